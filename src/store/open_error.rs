//! Why a session could not be opened.

use super::disk_fault::DiskFault;
use super::error::{Explanation, Problem, explanation};

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
