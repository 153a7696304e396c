//! Errors in sentences: what happened, what it means for the text, what to do now; and what can
//! go wrong with the sessions of a folder. For one session see [`super::open_error`] and
//! [`super::save_error`].
//!
//! Every message is made of our own words, numbers and names that are safe to print; nothing of a
//! file's content reaches it except a few quoted and shortened characters.

use std::fmt;

use super::disk_fault::DiskFault;
use super::lock::Owner;
use super::open_error::OpenError;
use super::save_error::SaveError;

/// An error in three sentences for people.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Explanation {
    /// What happened.
    pub what: String,
    /// What it means for the text.
    pub meaning: String,
    /// What to do now.
    pub advice: String,
}

impl fmt::Display for Explanation {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "{} {} {}", self.what, self.meaning, self.advice)
    }
}

pub(super) fn explanation(
    what: impl Into<String>,
    meaning: impl Into<String>,
    advice: impl Into<String>,
) -> Explanation {
    Explanation {
        what: what.into(),
        meaning: meaning.into(),
        advice: advice.into(),
    }
}

/// A place in a file and what is wrong there.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Problem {
    /// The line, from 1.
    pub line: usize,
    /// The column in characters, from 1.
    pub column: usize,
    /// What is wrong, without a full stop.
    pub what: String,
}

impl fmt::Display for Problem {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(
            formatter,
            "line {}, column {}: {}",
            self.line, self.column, self.what
        )
    }
}

/// Why something could not be done with the sessions of a folder.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum FolderError {
    /// The session could not be opened.
    Open(OpenError),
    /// The session could not be saved.
    Save(SaveError),
    /// The disk refused.
    Disk {
        /// What was being done, such as `the list of sessions could not be read`.
        doing: &'static str,
        /// Why it was refused.
        fault: DiskFault,
    },
    /// There is a session of that name already.
    NameTaken {
        /// The name.
        name: String,
    },
    /// Another window or program has the session open.
    InUse {
        /// Who, as far as known.
        who: Option<Owner>,
    },
    /// There is no such entry in the trash or in the history.
    NoSuchEntry,
}

impl FolderError {
    /// In sentences.
    pub fn explain(&self) -> Explanation {
        match self {
            Self::Open(error) => error.explain(),
            Self::Save(error) => error.explain(),
            Self::Disk { doing, fault } => explanation(
                format!("{}: {fault}.", capitalised(doing)),
                "No session was changed.",
                fault.advice(),
            ),
            Self::NameTaken { name } => explanation(
                format!("There is a session '{name}' already."),
                "Nothing was changed.",
                "Choose another name.",
            ),
            Self::InUse { who } => explanation(
                match who {
                    Some(who) => format!("The session is open elsewhere: {who}."),
                    None => "The session is open in another window or program.".to_owned(),
                },
                "Nothing was changed.",
                "Close it there first.",
            ),
            Self::NoSuchEntry => explanation(
                "This is not there any more.",
                "Nothing was changed.",
                "Look at the list again.",
            ),
        }
    }
}

impl From<OpenError> for FolderError {
    fn from(error: OpenError) -> Self {
        Self::Open(error)
    }
}

impl From<SaveError> for FolderError {
    fn from(error: SaveError) -> Self {
        Self::Save(error)
    }
}

macro_rules! displayed_as_explained {
    ($($name:ident),+) => {$(
        impl fmt::Display for $name {
            fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
                self.explain().fmt(formatter)
            }
        }
        impl std::error::Error for $name {}
    )+};
}

displayed_as_explained!(OpenError, SaveError, FolderError);

fn capitalised(words: &str) -> String {
    let mut letters = words.chars();
    letters.next().map_or_else(String::new, |first| {
        first.to_uppercase().chain(letters).collect()
    })
}

/// Foreign characters as they may stand in a message: escaped, and not many of them.
pub(super) fn shown(text: &str) -> String {
    const LONGEST: usize = 60;
    let mut letters = text.chars();
    let mut quoted: String = letters
        .by_ref()
        .take(LONGEST)
        .flat_map(char::escape_debug)
        .collect();
    if letters.next().is_some() {
        quoted.push('…');
    }
    quoted
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::store::save_error::SaveStep;

    #[test]
    fn a_message_says_what_what_it_means_and_what_to_do() {
        let error = SaveError::Disk {
            step: SaveStep::Write,
            fault: DiskFault {
                kind: std::io::ErrorKind::StorageFull,
                code: None,
            },
        };
        assert_eq!(
            error.to_string(),
            "The session could not be saved: the text could not be written: the disk is full. \
             What you typed since the last save is only in this window; what was saved before is \
             whole. Free some space on this disk. Saving is tried again by itself."
        );
    }

    #[test]
    fn foreign_text_in_a_message_is_escaped_and_short() {
        assert_eq!(shown("a\u{1b}[2J\u{202e}"), "a\\u{1b}[2J\\u{202e}");
        assert!(shown(&"x".repeat(10_000)).chars().count() <= 61);
    }
}
