//! What can go wrong with session files: what happened, what it means for the text, what to do.
//!
//! Every message is made of our own words, numbers and names that are safe to print; nothing of a
//! file's content reaches it except a few quoted and shortened characters.

use std::fmt;

use super::disk_fault::DiskFault;
use super::lock::Owner;

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

fn explanation(
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

/// Why a session could not be opened. Nothing was changed on disk.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum OpenError {
    /// There is no such session.
    Missing {
        /// What was asked for, safe to print.
        asked: String,
        /// Sessions with a similar name.
        near: Vec<String>,
        /// How many earlier versions of it are kept, although the session itself is gone.
        earlier_versions: usize,
    },
    /// What was asked for can be neither a name nor a path of a session.
    NotAName {
        /// What was asked for, safe to print.
        asked: String,
        /// Why not.
        why: &'static str,
    },
    /// A folder, a device or a pipe.
    NotAFile,
    /// A link that leads to another link.
    LinkToLink,
    /// The system does not let it be read.
    Unreadable(DiskFault),
    /// Larger than any session may be.
    TooLarge {
        /// Its size in bytes, or as far as it was read.
        bytes: u64,
    },
    /// Nothing but blanks or zero bytes.
    Empty,
    /// Not UTF-8 text.
    NotText {
        /// The first byte that is not text, from 0.
        at: usize,
    },
    /// Saved by a newer Astride. It may be copied and looked at, not changed.
    NewerFormat {
        /// The format of the file.
        found: u64,
        /// The newest format that this program understands.
        reads: u32,
    },
    /// A format that no step leads away from.
    UnknownFormat {
        /// The format of the file.
        found: u64,
    },
    /// The text does not have the shape of a session.
    Damaged(Problem),
    /// The shape is right and the content contradicts itself.
    Inconsistent(Problem),
    /// The program itself failed while reading. The file may be whole.
    ReaderFailed,
}

impl OpenError {
    /// Line and column, where the error has them.
    pub const fn position(&self) -> Option<(usize, usize)> {
        match self {
            Self::Damaged(problem) | Self::Inconsistent(problem) => {
                Some((problem.line, problem.column))
            }
            _ => None,
        }
    }

    /// Whether the file is there but its content is not a session any more, so that an earlier
    /// version and the texts that can still be found in it should be offered.
    pub const fn is_damage(&self) -> bool {
        matches!(
            self,
            Self::Empty | Self::NotText { .. } | Self::Damaged(_) | Self::Inconsistent(_)
        )
    }

    /// In sentences.
    pub fn explain(&self) -> Explanation {
        const UNTOUCHED: &str = "The file was left as it is.";
        const RESTORE: &str =
            "Restore an earlier version from its history, or look at the texts found in the file.";
        match self {
            Self::Missing {
                asked,
                near,
                earlier_versions,
            } => explain_missing(asked, near, *earlier_versions),
            Self::NotAName { asked, why } => explanation(
                format!("'{asked}' is not the name of a session: {why}."),
                "Nothing was opened.",
                "Give a name from the list of sessions, or the path of a .ron file.",
            ),
            Self::NotAFile => explanation(
                "This is not an ordinary file.",
                "Nothing was read from it.",
                "Give the path of a session's .ron file.",
            ),
            Self::LinkToLink => explanation(
                "This is a link to another link.",
                "Nothing was read from it.",
                "Open the file that it leads to in the end.",
            ),
            Self::Unreadable(fault) => explanation(
                format!("The session could not be read: {fault}."),
                "Its content is not known; nothing was changed.",
                "Check that the file is there and that you may read it, then try again.",
            ),
            Self::TooLarge { bytes } => explanation(
                format!(
                    "The file is too large for a session: {} MiB, and 8 MiB are allowed.",
                    bytes.div_ceil(1024 * 1024)
                ),
                UNTOUCHED,
                "If this is a session, remove scans from a copy of it with a text editor.",
            ),
            Self::Empty => explanation(
                "The session file is damaged: it is empty.",
                "Its text is not in this file any more; the file was left as it is.",
                "Restore an earlier version from its history.",
            ),
            Self::NotText { at } => explanation(
                format!("The session file is damaged: byte {at} is not text."),
                UNTOUCHED,
                RESTORE,
            ),
            Self::NewerFormat { found, reads } => explanation(
                format!(
                    "This session was saved by a newer Astride: format {found}, and this one \
                     knows formats up to {reads}."
                ),
                "All its text is safe; it was not changed and will not be.",
                "Open it with the newer Astride.",
            ),
            Self::UnknownFormat { found } => explanation(
                format!("The file says that it has format {found}, which is not known."),
                UNTOUCHED,
                "Check the first line and the field 'format' of the file.",
            ),
            Self::Damaged(problem) => explanation(
                format!("The session file cannot be understood at {problem}."),
                UNTOUCHED,
                RESTORE,
            ),
            Self::Inconsistent(problem) => explanation(
                format!("The session file contradicts itself at {problem}."),
                UNTOUCHED,
                "Correct that line with a text editor, or restore an earlier version.",
            ),
            Self::ReaderFailed => explanation(
                "Astride failed while reading the session.",
                UNTOUCHED,
                "Try again; if it fails again, please report it.",
            ),
        }
    }
}

fn explain_missing(asked: &str, near: &[String], earlier_versions: usize) -> Explanation {
    let advice = if earlier_versions > 0 {
        "Restore it from its history.".to_owned()
    } else if near.is_empty() {
        "Look at the list of sessions.".to_owned()
    } else {
        format!("Did you mean {}?", near.join(", "))
    };
    let meaning = match earlier_versions {
        0 => "Nothing was opened.".to_owned(),
        1 => "One earlier version of it is kept.".to_owned(),
        kept => format!("{kept} earlier versions of it are kept."),
    };
    explanation(format!("There is no session '{asked}'."), meaning, advice)
}

/// What was being done when saving failed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum SaveStep {
    /// Making the new file beside the old one.
    Create,
    /// Writing the text into it.
    Write,
    /// Making sure that it is on the disk, whole.
    Harden,
    /// Looking at what is on disk now.
    Compare,
    /// Keeping the version before, where it must not be lost.
    Keep,
    /// Putting the new file in the place of the old one.
    Replace,
    /// Making sure that the new name is on the disk.
    HardenFolder,
}

impl SaveStep {
    const fn words(self) -> &'static str {
        match self {
            Self::Create => "a new file could not be made beside the session",
            Self::Write => "the text could not be written",
            Self::Harden => "the text may not be on the disk",
            Self::Compare => "the session on disk could not be compared",
            Self::Keep => "the version before could not be kept",
            Self::Replace => "the new file could not take its place",
            Self::HardenFolder => "the new file may not last on the disk",
        }
    }
}

/// Why a session could not be saved. What was last saved is still on disk, whole.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum SaveError {
    /// The disk refused.
    Disk {
        /// What was being done.
        step: SaveStep,
        /// Why it was refused.
        fault: DiskFault,
    },
    /// The file would be larger than what may be opened again.
    TooLarge {
        /// How large it would be.
        bytes: usize,
    },
    /// What would be written does not read back as the same session.
    WouldNotOpen {
        /// Where it differs, as far as known.
        problem: String,
    },
    /// The program itself failed while saving.
    WriterFailed,
}

impl SaveError {
    /// In a few words, for a line at the edge of the screen.
    pub fn reason(&self) -> String {
        match self {
            Self::Disk { step, fault } => format!("{}: {fault}", step.words()),
            Self::TooLarge { bytes } => format!(
                "the session is too large: {} MiB, and 8 MiB are allowed",
                bytes.div_ceil(1024 * 1024)
            ),
            Self::WouldNotOpen { problem } => {
                format!("it would not open again: {problem}")
            }
            Self::WriterFailed => "Astride failed while saving".to_owned(),
        }
    }

    /// In sentences.
    pub fn explain(&self) -> Explanation {
        let advice = match self {
            Self::Disk { fault, .. } => {
                format!("{} Saving is tried again by itself.", fault.advice())
            }
            Self::TooLarge { .. } => {
                "Remove a scan, or go on in a new session. Saving is tried again by itself."
                    .to_owned()
            }
            Self::WouldNotOpen { .. } | Self::WriterFailed => {
                "Undo the last step, or copy the text out of Astride, and please report it."
                    .to_owned()
            }
        };
        explanation(
            format!("The session could not be saved: {}.", self.reason()),
            "What you typed since the last save is only in this window; what was saved before is \
             whole.",
            advice,
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
