//! The text of a catalog before it is understood: files with their names, and where in them
//! something stands.
//!
//! serde gives no positions for values, so a problem of meaning is found again in the text by the
//! id of the entry and then the value.

use std::borrow::Cow;
use std::fmt;

mod embedded {
    include!(concat!(env!("OUT_DIR"), "/embedded.rs"));
}

/// Who wrote an entry.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub enum Origin {
    /// It came with the program.
    Program,
    /// It came from a folder of the user's; this file in it.
    User(String),
}

/// One RON file of a catalog.
#[derive(Clone, Debug)]
pub struct SourceFile {
    /// As messages name it.
    pub path: String,
    /// Its text.
    pub text: Cow<'static, str>,
    /// Who wrote it.
    pub origin: Origin,
}

/// The catalog that the program carries.
pub fn embedded_catalog() -> Vec<SourceFile> {
    embedded::CATALOG_FILES
        .iter()
        .map(|(path, text)| SourceFile {
            path: (*path).to_owned(),
            text: Cow::Borrowed(*text),
            origin: Origin::Program,
        })
        .collect()
}

/// The example sessions that the program carries: file name and text.
pub fn embedded_examples() -> impl Iterator<Item = (&'static str, &'static str)> {
    embedded::EXAMPLE_FILES
        .iter()
        .map(|(path, text)| (path.strip_prefix("sessions/").unwrap_or(path), *text))
}

/// Something wrong in a catalog, and where.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Problem {
    /// The file.
    pub file: String,
    /// From 1.
    pub line: usize,
    /// From 1, in characters.
    pub column: usize,
    /// The ids on the way to it, such as `docker › docker-host › host-docker-sock-mounted`.
    pub path: String,
    /// What is wrong and what to do.
    pub message: String,
}

impl fmt::Display for Problem {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "{}:{}:{}: ", self.file, self.line, self.column)?;
        if !self.path.is_empty() {
            write!(formatter, "{}: ", self.path)?;
        }
        formatter.write_str(&self.message)
    }
}

impl SourceFile {
    /// A problem at the place where `value` stands in the entry `owner`, or as near as possible.
    pub fn problem(&self, owner: &str, value: &str, path: String, message: String) -> Problem {
        let (line, column) = self.locate(owner, value);
        Problem {
            file: self.path.clone(),
            line,
            column,
            path,
            message,
        }
    }

    /// Line and column of a quoted value after the id of its entry.
    fn locate(&self, owner: &str, value: &str) -> (usize, usize) {
        let text = &*self.text;
        let entry = find_id(text, owner).unwrap_or(0);
        let quoted = format!("\"{value}\"");
        let at = text[entry..]
            .find(&quoted)
            .map(|offset| entry + offset)
            .or_else(|| text[entry..].find(value).map(|offset| entry + offset))
            .unwrap_or(entry);
        line_and_column(text, at)
    }

    /// A problem at the last place where the id stands, for an id that stands twice.
    pub fn problem_at_last(&self, id: &str, path: String, message: String) -> Problem {
        let needle = format!("\"{id}\"");
        let text = &*self.text;
        let mut found = 0;
        let mut from = 0;
        while let Some(offset) = text[from..].find(&needle) {
            let at = from + offset;
            if is_id_field(text, at) {
                found = at;
            }
            from = at + needle.len();
        }
        let (line, column) = line_and_column(text, found);
        Problem {
            file: self.path.clone(),
            line,
            column,
            path,
            message,
        }
    }
}

fn find_id(text: &str, id: &str) -> Option<usize> {
    let needle = format!("\"{id}\"");
    let mut from = 0;
    while let Some(offset) = text[from..].find(&needle) {
        let at = from + offset;
        if is_id_field(text, at) {
            return Some(at);
        }
        from = at + needle.len();
    }
    None
}

fn is_id_field(text: &str, at: usize) -> bool {
    let before = text[..at].trim_end();
    before.strip_suffix(':').is_some_and(|rest| {
        let name = rest.trim_end();
        name.ends_with("id") || name.ends_with("component")
    })
}

fn line_and_column(text: &str, at: usize) -> (usize, usize) {
    let before = &text[..at];
    let line = before.matches('\n').count() + 1;
    let column = before
        .rsplit('\n')
        .next()
        .map_or(0, |start| start.chars().count())
        + 1;
    (line, column)
}
