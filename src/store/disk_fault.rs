//! What the operating system says went wrong, in words that people can act on.
//!
//! Not for what it means for the text: that depends on what was being done, see [`super::error`].

use std::fmt;
use std::io;

/// Why the operating system refused something. Small and comparable, so that it can travel in
/// events, and without any text of the file.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct DiskFault {
    /// The kind of fault.
    pub kind: io::ErrorKind,
    /// The system's own number for it.
    pub code: Option<i32>,
}

impl From<&io::Error> for DiskFault {
    fn from(error: &io::Error) -> Self {
        Self {
            kind: error.kind(),
            code: error.raw_os_error(),
        }
    }
}

impl From<io::Error> for DiskFault {
    fn from(error: io::Error) -> Self {
        Self::from(&error)
    }
}

impl DiskFault {
    /// What can be done about it, as a whole sentence.
    pub const fn advice(self) -> &'static str {
        match self.kind {
            io::ErrorKind::StorageFull => "Free some space on this disk.",
            io::ErrorKind::QuotaExceeded | io::ErrorKind::FileTooLarge => {
                "Free some of your space, or choose another folder."
            }
            io::ErrorKind::PermissionDenied => {
                "Allow Astride to write there, or choose another folder."
            }
            io::ErrorKind::ReadOnlyFilesystem => "Choose another folder.",
            io::ErrorKind::NotFound | io::ErrorKind::NotADirectory => {
                "Bring the folder back, or choose another one."
            }
            io::ErrorKind::StaleNetworkFileHandle | io::ErrorKind::TimedOut => {
                "Check the connection to the network folder, or choose another one."
            }
            _ => "Choose a folder on another disk, and have this one looked at.",
        }
    }
}

impl fmt::Display for DiskFault {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let words = match self.kind {
            io::ErrorKind::StorageFull => "the disk is full",
            io::ErrorKind::QuotaExceeded => "your space on this disk is used up",
            io::ErrorKind::FileTooLarge => "the system does not allow a file of this size",
            io::ErrorKind::PermissionDenied => "the system does not permit it",
            io::ErrorKind::ReadOnlyFilesystem => "the disk can only be read",
            io::ErrorKind::NotFound => "the file or its folder is not there",
            io::ErrorKind::NotADirectory => "a file stands where a folder should be",
            io::ErrorKind::IsADirectory => "a folder stands where a file should be",
            io::ErrorKind::AlreadyExists => "something of that name is already there",
            io::ErrorKind::CrossesDevices => "the two places are on different disks",
            io::ErrorKind::StaleNetworkFileHandle => "the network folder went away",
            io::ErrorKind::TimedOut => "the disk did not answer in time",
            io::ErrorKind::WriteZero | io::ErrorKind::UnexpectedEof => {
                "not everything arrived on the disk"
            }
            io::ErrorKind::Unsupported => "this disk cannot do that",
            _ => {
                return match self.code {
                    Some(code) => write!(formatter, "the disk reports error {code}"),
                    None => formatter.write_str("the disk gave no reason"),
                };
            }
        };
        formatter.write_str(words)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    #[cfg(target_os = "linux")]
    fn common_faults_have_words_of_their_own() {
        let words = |code| DiskFault::from(io::Error::from_raw_os_error(code)).to_string();
        assert_eq!(words(28), "the disk is full");
        assert_eq!(words(122), "your space on this disk is used up");
        assert_eq!(words(27), "the system does not allow a file of this size");
        assert_eq!(words(30), "the disk can only be read");
        assert_eq!(words(18), "the two places are on different disks");
        assert_eq!(words(13), "the system does not permit it");
        assert_eq!(words(5), "the disk reports error 5");
    }
}
