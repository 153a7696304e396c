//! The configuration file: a few settings, all optional. A broken file never stops the program: what
//! cannot be understood is said with line and column, and the defaults hold. The file is only read.
//!
//! Not for finding the file or the folders: the command line does.

mod place;

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use serde::Deserialize;

pub use place::{Place, locale_is_utf8};

/// The name of the file in the configuration folder.
pub const FILE: &str = "config.ron";

/// What a person may set.
#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Settings {
    /// The colours.
    pub theme: Option<ThemeName>,
    /// Frames and signs in ASCII.
    pub ascii: Option<bool>,
    /// Whether the program takes the mouse.
    pub mouse: Option<bool>,
    /// Who types at this machine.
    pub author: Option<String>,
    /// Where sessions live.
    pub data_dir: Option<PathBuf>,
    /// A folder of RON files that join the catalog.
    pub catalog_dir: Option<PathBuf>,
    /// A folder of templates of write-ups.
    pub templates_dir: Option<PathBuf>,
    /// Other keys for actions, by the action's name.
    pub keys: BTreeMap<String, Vec<String>>,
}

/// The colours by name.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ThemeName {
    /// For dark backgrounds.
    Dark,
    /// For light backgrounds.
    Light,
    /// Bold and reverse, hardly any colour.
    HighContrast,
    /// No colour at all.
    None,
}

/// Settings as they were read, and what could not be understood.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Read {
    /// What holds.
    pub settings: Settings,
    /// What is wrong, with file, line and column.
    pub problem: Option<String>,
}

/// Understands the text of a configuration file.
pub fn parse(file: &Path, text: &str) -> Read {
    let options = ron::Options::default()
        .with_default_extension(ron::extensions::Extensions::IMPLICIT_SOME)
        .with_default_extension(ron::extensions::Extensions::UNWRAP_NEWTYPES);
    if is_empty(text) {
        return Read::default();
    }
    match options.from_str::<Settings>(text) {
        Ok(settings) => Read {
            settings,
            problem: None,
        },
        Err(error) => {
            let at = error.span.start;
            let problem = format!(
                "{}:{}:{}: {}. The settings there are not used; the file is left as it is.",
                file.display(),
                at.line,
                at.col,
                error.code
            );
            Read {
                settings: Settings::default(),
                problem: Some(problem),
            }
        }
    }
}

/// Whether there is nothing in it but comments.
fn is_empty(text: &str) -> bool {
    text.lines()
        .map(str::trim)
        .all(|line| line.is_empty() || line.starts_with("//"))
}

/// Reads a configuration file. One that is not there sets nothing.
pub fn read(file: &Path) -> Read {
    match std::fs::read_to_string(file) {
        Ok(text) => parse(file, &text),
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => Read::default(),
        Err(error) => Read {
            settings: Settings::default(),
            problem: Some(format!(
                "{}: it cannot be read: {error}. The settings there are not used.",
                file.display()
            )),
        },
    }
}

/// A configuration file with every setting, explained and switched off.
pub const EXAMPLE: &str = include_str!("example.ron");

/// The environment, as far as it counts. Handed in, so that tests do not depend on the machine.
pub type Environment = BTreeMap<String, String>;

#[cfg(test)]
mod tests {
    use super::*;

    fn parsed(text: &str) -> Read {
        parse(Path::new("config.ron"), text)
    }

    #[test]
    fn settings_are_optional_and_comments_allowed() {
        let read = parsed("(\n  // for the projector\n  theme: light,\n  mouse: true,\n)");
        assert_eq!(read.problem, None);
        assert_eq!(read.settings.theme, Some(ThemeName::Light));
        assert_eq!(read.settings.mouse, Some(true));
        assert_eq!(read.settings.author, None);
        assert_eq!(parsed("// nothing\n"), Read::default());
    }

    #[test]
    fn a_broken_file_is_said_with_its_place_and_sets_nothing() {
        let read = parsed("(\n  theme: light,\n  mouse: perhaps,\n)");
        assert_eq!(read.settings, Settings::default());
        let problem = read.problem.unwrap_or_default();
        assert!(problem.starts_with("config.ron:3:"), "{problem}");
    }

    #[test]
    fn a_misspelt_setting_is_said() {
        let problem = parsed("(colour: dark)").problem.unwrap_or_default();
        assert!(problem.contains("colour"), "{problem}");
    }

    #[test]
    fn the_example_sets_nothing_until_its_lines_are_switched_on() {
        assert_eq!(parsed(EXAMPLE), Read::default());
        let on = EXAMPLE.replace("    // ", "    ");
        let on: String = on
            .lines()
            .filter(|line| !line.trim_start().starts_with("//"))
            .filter(|line| {
                let line = line.trim();
                line.is_empty()
                    || line.contains(": ") && line.ends_with(',')
                    || matches!(line, "(" | ")")
            })
            .fold(String::new(), |text, line| text + line + "\n");
        let read = parsed(&on);
        assert_eq!(read.problem, None, "{on}");
        assert!(read.settings.author.is_some() && !read.settings.keys.is_empty());
    }
}
