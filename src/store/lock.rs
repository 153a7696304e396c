//! Who may write a session: one lock file for each, held by the kernel while a program has the
//! session open, and let go by it whatever ends the program.
//!
//! The lock is on a file of its own that is never renamed and never deleted. A lock on the session
//! file would stay with the old file when a save puts a new one in its place, and the next program
//! would get 'the' lock as well. What stands in the lock file is for the message only.

use std::fmt;
use std::fs::{File, OpenOptions, TryLockError};
use std::io::{self, Read, Seek, Write};
use std::path::{Path, PathBuf};
use std::time::Duration;

use jiff::Timestamp;

use super::disk_fault::DiskFault;
use super::files::create_private_folder;

/// A program that has, or had, a session open.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Owner {
    /// The name of the computer; empty where it is not known.
    pub host: String,
    /// The number of the process.
    pub process: u32,
    /// When it opened the session.
    pub since: Timestamp,
}

impl Owner {
    /// This process on this computer.
    pub fn this_process(now: Timestamp) -> Self {
        Self {
            host: host_name(),
            process: std::process::id(),
            since: now,
        }
    }

    fn to_text(&self) -> String {
        let (host, process, since) = (plain(&self.host), self.process, self.since);
        format!("host: {host}\nprocess: {process}\nsince: {since}\n")
    }

    fn from_text(text: &str) -> Option<Self> {
        let value = |name: &str| {
            let mut lines = text.lines();
            lines.find_map(|line| line.strip_prefix(name)?.strip_prefix(": "))
        };
        Some(Self {
            host: plain(value("host")?),
            process: value("process")?.parse().ok()?,
            since: value("since")?.parse().ok()?,
        })
    }
}

impl fmt::Display for Owner {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "process {}", self.process)?;
        if !self.host.is_empty() {
            write!(formatter, " on {}", self.host)?;
        }
        write!(
            formatter,
            ", since {}",
            self.since.strftime("%Y-%m-%d %H:%M UTC")
        )
    }
}

/// A lock file can be written by anyone who may write there: only plain characters leave it.
fn plain(host: &str) -> String {
    let is_plain =
        |letter: &char| letter.is_ascii_alphanumeric() || matches!(letter, '-' | '.' | '_');
    host.chars().filter(is_plain).take(64).collect()
}

#[cfg(unix)]
fn host_name() -> String {
    plain(&rustix::system::uname().nodename().to_string_lossy())
}

#[cfg(not(unix))]
fn host_name() -> String {
    plain(&std::env::var("COMPUTERNAME").unwrap_or_default())
}

/// What came of trying to lock a session.
#[derive(Debug)]
pub enum Locking {
    /// It is ours until the lock is dropped.
    Held(Lock),
    /// Another window or program has it. It may be read, not written.
    HeldByOther {
        /// Who, where the lock file says so.
        who: Option<Owner>,
    },
    /// There are no locks here, as on some network folders. It is not known who else writes; each
    /// save compares what is on disk instead.
    Unsupported(DiskFault),
}

impl Locking {
    /// The right to write, or who has it.
    pub fn permit(self) -> Result<Permit, HeldByOther> {
        match self {
            Self::Held(lock) => Ok(Permit { lock: Some(lock) }),
            Self::Unsupported(_) => Ok(Permit { lock: None }),
            Self::HeldByOther { who } => Err(HeldByOther { who }),
        }
    }
}

/// Another window or program has the session.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct HeldByOther {
    /// Who, where the lock file says so.
    pub who: Option<Owner>,
}

/// The right to write a session. There is no other way to a [`Writer`](super::save::Writer).
#[derive(Debug)]
pub struct Permit {
    lock: Option<Lock>,
}

impl Permit {
    /// Whether the kernel keeps others out, or only the comparison before each save.
    pub const fn is_locked(&self) -> bool {
        self.lock.is_some()
    }

    /// The right to write another session in addition, for the same owner.
    pub(super) fn also_for(&self, lock_file: &Path) -> Self {
        let lock = self
            .lock
            .as_ref()
            .and_then(|held| match acquire_lock(lock_file, &held.owner) {
                Locking::Held(lock) => Some(lock),
                Locking::HeldByOther { .. } | Locking::Unsupported(_) => None,
            });
        Self { lock }
    }
}

/// A lock that is held; dropping it lets it go.
#[derive(Debug)]
pub struct Lock {
    _file: File,
    path: PathBuf,
    owner: Owner,
}

impl Lock {
    /// The lock file.
    pub fn path(&self) -> &Path {
        &self.path
    }
}

/// How often and how long to wait for a lock that is held. A child that this program starts has
/// its open files, and with them its locks, for the moment until it is another program: a session
/// that was closed in that moment still looks held.
const MOMENTS: (u32, Duration) = (8, Duration::from_millis(10));

/// Tries to lock; waits for a moment at most.
pub fn acquire_lock(path: &Path, owner: &Owner) -> Locking {
    match try_acquire(path, owner) {
        Ok(locking) => locking,
        // Not 'free': whoever cannot ask does not know.
        Err(error) => Locking::Unsupported(error.into()),
    }
}

fn try_acquire(path: &Path, owner: &Owner) -> io::Result<Locking> {
    if let Some(folder) = path.parent() {
        create_private_folder(folder)?;
    }
    let mut options = OpenOptions::new();
    options.read(true).write(true).create(true).truncate(false);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    let mut file = options.open(path)?;
    match try_for_a_moment(&file) {
        Ok(()) => {
            // Only for the message: a full disk must not keep anybody from opening.
            let _ = file
                .set_len(0)
                .and_then(|()| file.rewind())
                .and_then(|()| file.write_all(owner.to_text().as_bytes()));
            Ok(Locking::Held(Lock {
                _file: file,
                path: path.to_owned(),
                owner: owner.clone(),
            }))
        }
        Err(TryLockError::WouldBlock) => {
            let mut text = String::new();
            let read = file.take(1024).read_to_string(&mut text);
            let who = read.ok().and_then(|_| Owner::from_text(&text));
            Ok(Locking::HeldByOther { who })
        }
        Err(TryLockError::Error(error)) => Err(error),
    }
}

fn try_for_a_moment(file: &File) -> Result<(), TryLockError> {
    let (times, moment) = MOMENTS;
    for _ in 0..times {
        match file.try_lock() {
            Err(TryLockError::WouldBlock) => std::thread::sleep(moment),
            done => return done,
        }
    }
    file.try_lock()
}

#[cfg(test)]
mod tests {
    use pretty_assertions::assert_eq;

    use super::*;

    #[test]
    fn a_hostile_lock_file_brings_no_control_characters() {
        let text = "host: a\u{1b}[2Jb\u{202e}\nprocess: 7\nsince: 2026-11-21T10:00:00Z\n";
        let owner = Owner::from_text(text).unwrap();
        assert_eq!(
            owner.to_string(),
            "process 7 on a2Jb, since 2026-11-21 10:00 UTC"
        );
        assert_eq!(Owner::from_text("nonsense"), None);
    }

    #[test]
    fn what_is_written_about_the_owner_is_read_back() {
        let owner = Owner::this_process("2026-11-21T10:00:00Z".parse().unwrap());
        assert_eq!(Owner::from_text(&owner.to_text()), Some(owner));
    }
}
