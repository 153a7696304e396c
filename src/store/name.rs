//! Names of sessions in the data folder: what is one, and how a title becomes one.
//!
//! A name is a file name on every system and never a path: it cannot leave the folder.

use std::fmt;

use super::error::shown;
use super::open_error::OpenError;

/// The longest name in bytes. With what saving adds to it, it stays below what file systems allow.
const LONGEST: usize = 160;
/// The longest name that is made from a title.
const LONGEST_SLUG: usize = 60;
/// Names that Windows keeps for devices: what is saved there is gone.
const DEVICES: [&str; 4] = ["con", "prn", "aux", "nul"];

/// The name of a session in the data folder, without `.ron`.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct SessionName(String);

impl SessionName {
    /// Takes a name as it is, or says why it is none.
    pub fn new(text: impl Into<String>) -> Result<Self, OpenError> {
        let text = text.into();
        match fault(&text) {
            None => Ok(Self(text)),
            Some(why) => Err(OpenError::NotAName {
                asked: shown(&text),
                why,
            }),
        }
    }

    /// A name made from a title: lower-case letters and digits joined by hyphens.
    pub fn from_title(title: &str) -> Self {
        let mut slug = String::new();
        for letter in title.chars() {
            let plain = plain(letter);
            if plain.is_empty() {
                if !slug.is_empty() && !slug.ends_with('-') {
                    slug.push('-');
                }
            } else if slug.len() + plain.len() <= LONGEST_SLUG {
                slug.push_str(&plain);
            } else {
                break;
            }
        }
        let slug = slug.trim_end_matches('-');
        if slug.is_empty() || is_device(slug) {
            return Self(format!(
                "session{}{slug}",
                if slug.is_empty() { "" } else { "-" }
            ));
        }
        Self(slug.to_owned())
    }

    /// The same name with a number: `team-blue-2`.
    #[must_use]
    pub fn numbered(&self, number: u32) -> Self {
        self.with(&format!("-{number}"))
    }

    /// The name of the file in which a save ends that would have overwritten somebody else's.
    #[must_use]
    pub(super) fn conflict(&self, number: u32) -> Self {
        self.with(&format!(" (conflict {number})"))
    }

    /// The same name with the mark of a path, for a session outside the data folder.
    #[must_use]
    pub(super) fn marked(&self, mark: u32) -> Self {
        self.with(&format!("-{mark:08x}"))
    }

    fn with(&self, ending: &str) -> Self {
        let mut end = self.0.len().min(LONGEST - ending.len());
        while !self.0.is_char_boundary(end) {
            end -= 1;
        }
        Self(format!("{}{ending}", self.0[..end].trim_end()))
    }

    /// The name as text; safe to print.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for SessionName {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.pad(&self.0)
    }
}

/// Why a text cannot be a name.
fn fault(text: &str) -> Option<&'static str> {
    let path_letter =
        |letter| matches!(letter, '/' | '\\' | ':' | '*' | '?' | '"' | '<' | '>' | '|');
    // What `escape_debug` leaves alone prints as itself: no control, bidi or invisible characters.
    let printed: String = text
        .chars()
        .flat_map(|letter| {
            let escapes = !matches!(letter, '\'' | '"' | '\\');
            escapes.then(|| letter.escape_debug()).into_iter().flatten()
        })
        .collect();
    if text.is_empty() {
        Some("it is empty")
    } else if text.len() > LONGEST {
        Some("it is too long")
    } else if text.contains(path_letter) {
        Some("it holds characters that file names cannot have")
    } else if printed.contains('\\') || text.contains('@') {
        Some("it holds characters that names of sessions cannot have")
    } else if text.starts_with(['.', '-']) || text.ends_with('.') || text.trim() != text {
        Some("it begins or ends with a dot, a hyphen or a space")
    } else if is_device(text) {
        Some("it is the name of a device")
    } else {
        None
    }
}

fn is_device(text: &str) -> bool {
    let stem = text.split('.').next().unwrap_or_default().to_lowercase();
    let stem = stem.trim_end();
    let is_port = |port: &str| {
        stem.strip_prefix(port)
            .is_some_and(|number| matches!(number.as_bytes(), [b'1'..=b'9']))
    };
    DEVICES.contains(&stem) || is_port("com") || is_port("lpt")
}

/// A letter as plain lower-case letters; nothing for what separates words.
fn plain(letter: char) -> String {
    let letters = match letter {
        'ä' | 'Ä' | 'æ' | 'Æ' => "ae",
        'ö' | 'Ö' | 'ø' | 'Ø' | 'œ' | 'Œ' => "oe",
        'ü' | 'Ü' => "ue",
        'ß' | 'ẞ' => "ss",
        'à' | 'á' | 'â' | 'ã' | 'å' | 'À' | 'Á' | 'Â' | 'Ã' | 'Å' => "a",
        'ç' | 'Ç' => "c",
        'è' | 'é' | 'ê' | 'ë' | 'È' | 'É' | 'Ê' | 'Ë' => "e",
        'ì' | 'í' | 'î' | 'ï' | 'Ì' | 'Í' | 'Î' | 'Ï' => "i",
        'ñ' | 'Ñ' => "n",
        'ò' | 'ó' | 'ô' | 'õ' | 'Ò' | 'Ó' | 'Ô' | 'Õ' => "o",
        'ù' | 'ú' | 'û' | 'Ù' | 'Ú' | 'Û' => "u",
        'ý' | 'ÿ' | 'Ý' => "y",
        _ => "",
    };
    if letter.is_ascii_alphanumeric() {
        letter.to_ascii_lowercase().to_string()
    } else {
        letters.to_owned()
    }
}

/// Names that somebody who typed `asked` may have meant, best first.
pub(super) fn near<'a>(asked: &str, names: impl Iterator<Item = &'a SessionName>) -> Vec<String> {
    let asked = asked.to_lowercase();
    let mut scored: Vec<(usize, &SessionName)> = names
        .filter_map(|name| {
            let candidate = name.as_str().to_lowercase();
            let shared = candidate
                .chars()
                .zip(asked.chars())
                .take_while(|(one, other)| one == other)
                .count();
            let contains = candidate.contains(&asked) || asked.contains(&candidate);
            (contains || shared >= 3).then_some((shared, name))
        })
        .collect();
    scored.sort_by(|one, other| other.0.cmp(&one.0).then(one.1.cmp(other.1)));
    let best = scored.into_iter().take(3);
    best.map(|(_, name)| name.to_string()).collect()
}

#[cfg(test)]
mod tests {
    use pretty_assertions::assert_eq;

    use super::*;

    #[test]
    fn a_title_becomes_a_plain_name() {
        let name = |title| SessionName::from_title(title).to_string();
        assert_eq!(name("Team Blue: Docker & co."), "team-blue-docker-co");
        assert_eq!(name("Größe der Küche"), "groesse-der-kueche");
        assert_eq!(name("  ../../etc/passwd"), "etc-passwd");
        assert_eq!(name("会議"), "session");
        assert_eq!(name(""), "session");
        assert_eq!(name("NUL"), "session-nul");
        assert_eq!(name(&"x".repeat(500)).len(), LONGEST_SLUG);
    }

    #[test]
    fn a_name_made_from_any_title_is_a_name() {
        for title in ["CON", "com1", "--", "a@b", "...", "\u{202e}x", "a.", " -x"] {
            let name = SessionName::from_title(title);
            assert_eq!(SessionName::new(name.as_str()), Ok(name.clone()), "{title}");
        }
    }

    #[test]
    fn a_name_cannot_leave_the_folder_or_hurt_the_screen() {
        for bad in [
            "",
            ".",
            "..",
            "../x",
            "a/b",
            "a\\b",
            "/etc/passwd",
            "C:x",
            ".hidden",
            "-o",
            "a.",
            " a",
            "a\n",
            "a\u{1b}[2J",
            "a\u{202e}b",
            "a\u{200b}b",
            "nul",
            "NUL.txt",
            "com7",
            "x@3",
        ] {
            assert!(SessionName::new(bad).is_err(), "{bad:?}");
        }
        assert!(SessionName::new("x".repeat(LONGEST + 1)).is_err());
    }

    #[test]
    fn names_that_people_give_their_files_are_names() {
        for good in [
            "team-blue",
            "Team Blue's 2nd (final)",
            "Größe",
            "v1.2",
            "会議",
        ] {
            assert!(SessionName::new(good).is_ok(), "{good}");
        }
        let long = SessionName::new("ü".repeat(80)).unwrap().conflict(12);
        assert!(SessionName::new(long.as_str()).is_ok());
    }

    #[test]
    fn similar_names_are_offered() {
        let names = ["team-blue", "team-red", "kitchen"].map(SessionName::from_title);
        assert_eq!(near("team-bleu", names.iter()), ["team-blue", "team-red"]);
        assert_eq!(near("BLUE", names.iter()), ["team-blue"]);
        assert_eq!(near("zzz", names.iter()), Vec::<String>::new());
    }
}
