//! Why a session could not be saved.

use super::disk_fault::DiskFault;
use super::error::{Explanation, explanation};

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
    /// Changes went missing on their way to the saver. What it had before is on disk.
    OutOfStep,
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
            Self::OutOfStep => "changes went missing inside Astride".to_owned(),
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
            Self::WouldNotOpen { .. } | Self::OutOfStep | Self::WriterFailed => {
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
