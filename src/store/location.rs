//! Where one session lives: its file, its lock and its history, and reading it from there.
//!
//! A session in the data folder has a name. A session elsewhere, as in a repository, has its lock
//! and its history in the data folder all the same, so that nothing of ours lies about beside it.

use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use super::courtesy::checksum;
use super::decode::{Loaded, MAX_FILE};
use super::envelope;
use super::files::{Disk, Files, TEMPORARY_LETTERS, temporary_affixes};
use super::lock::Permit;
use super::name::SessionName;
use super::open_error::OpenError;
use super::save::Writer;

/// Where one session lives.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Location {
    /// The data folder.
    root: PathBuf,
    name: SessionName,
    is_named: bool,
    path: PathBuf,
}

impl Location {
    /// The session of that name in the data folder `root`. If its file is a link, the session
    /// lives where the link leads.
    pub(super) fn named(root: &Path, name: &SessionName) -> Result<Self, OpenError> {
        let path = file_in(&root.join("sessions"), name);
        if link_target(&path)?.is_some() {
            return Self::at_path(root, &path);
        }
        Ok(Self {
            root: root.to_owned(),
            name: name.clone(),
            is_named: true,
            path,
        })
    }

    /// The session in the file at `path`, wherever that is. A link is followed once, so that a
    /// save replaces the file and not the link.
    pub(super) fn at_path(root: &Path, path: &Path) -> Result<Self, OpenError> {
        let unreadable = |error: io::Error| OpenError::Unreadable(error.into());
        let path = match link_target(path)? {
            Some(target) if link_target(&target)?.is_some() => return Err(OpenError::LinkToLink),
            Some(target) => target,
            None => path.to_owned(),
        };
        let path = std::path::absolute(path).map_err(unreadable)?;
        // One file has one lock, by whichever folder names it is reached.
        let folder = path.parent().unwrap_or(Path::new("/"));
        let folder = fs::canonicalize(folder).unwrap_or_else(|_| folder.to_owned());
        let path = folder.join(path.file_name().unwrap_or_default());
        let stem = path.file_stem().unwrap_or_default().to_string_lossy();
        let own_folder = fs::canonicalize(root.join("sessions"));
        let named = SessionName::new(stem.clone()).ok();
        if let (Ok(own_folder), Some(name)) = (own_folder, named)
            && path == file_in(&own_folder, &name)
        {
            return Ok(Self {
                root: root.to_owned(),
                name,
                is_named: true,
                path,
            });
        }
        let mark = crc32fast::hash(path.as_os_str().as_encoded_bytes());
        let name = SessionName::from_title(&stem).marked(mark);
        Ok(Self {
            root: root.to_owned(),
            name,
            is_named: false,
            path,
        })
    }

    /// The file.
    pub fn path(&self) -> &Path {
        &self.path
    }

    /// The name, for a session in the data folder.
    pub fn name(&self) -> Option<&SessionName> {
        self.is_named.then_some(&self.name)
    }

    /// The lock file. Never renamed and never deleted.
    pub fn lock_file(&self) -> PathBuf {
        let folder = if self.is_named { "sessions" } else { "outside" };
        self.root.join(folder).join(format!("{}.lock", self.name))
    }

    /// The folder of its earlier versions.
    pub fn history(&self) -> PathBuf {
        let folder = if self.is_named { "history" } else { "outside" };
        self.root.join(folder).join(self.name.as_str())
    }

    /// A place beside it, for a save that would overwrite somebody else's.
    pub(super) fn conflict(&self, number: u32) -> Self {
        let stem = self.path.file_stem().unwrap_or_default();
        let file = if self.is_named {
            format!("{}.ron", self.name.conflict(number))
        } else {
            format!("{} (conflict {number}).ron", stem.to_string_lossy())
        };
        Self {
            root: self.root.clone(),
            name: self.name.conflict(number),
            is_named: self.is_named,
            path: self.path.with_file_name(file),
        }
    }

    /// A file beside it for an earlier version, where the history cannot be written.
    pub(super) fn beside(&self, sequence: u64, copy: u32) -> PathBuf {
        let stem = self.path.file_stem().unwrap_or_default().to_string_lossy();
        let copy = match copy {
            1 => String::new(),
            copy => format!(", {copy}"),
        };
        let file = format!("{stem} (version {sequence}{copy}).ron");
        self.path.with_file_name(file)
    }

    /// Files that a killed save of this session left half-written. Only whoever holds the lock may
    /// delete them.
    pub(super) fn leftovers(&self, files: &dyn Files) -> io::Result<Vec<PathBuf>> {
        let Some(folder) = self.path.parent() else {
            return Ok(Vec::new());
        };
        let (prefix, suffix) = temporary_affixes(&self.path);
        let is_leftover = |name: &str| {
            name.strip_prefix(prefix.as_str())
                .and_then(|rest| rest.strip_suffix(suffix))
                .is_some_and(|letters| {
                    letters.len() == TEMPORARY_LETTERS
                        && letters.bytes().all(|letter| letter.is_ascii_alphanumeric())
                })
        };
        let listed = files.list(folder)?.into_iter();
        Ok(listed
            .filter(|file| is_leftover(&file.name))
            .map(|file| folder.join(file.name))
            .collect())
    }
}

pub(super) fn file_in(folder: &Path, name: &SessionName) -> PathBuf {
    folder.join(format!("{name}.ron"))
}

/// Where a link leads, if it is one.
fn link_target(path: &Path) -> Result<Option<PathBuf>, OpenError> {
    let is_link = fs::symlink_metadata(path).is_ok_and(|metadata| metadata.is_symlink());
    if !is_link {
        return Ok(None);
    }
    let target = fs::read_link(path).map_err(|error| OpenError::Unreadable(error.into()))?;
    let folder = path.parent().unwrap_or(Path::new(""));
    Ok(Some(folder.join(target)))
}

/// What is on disk under a session's name, as exactly as a save needs to know it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum OnDisk {
    /// Nothing.
    Nothing,
    /// A file with this content.
    File {
        /// Which save it says it is; 0 where it does not say.
        sequence: u64,
        /// The checksum of all its bytes.
        checksum: u32,
        /// How long it is.
        bytes: u64,
    },
}

impl OnDisk {
    /// What `bytes` are.
    pub(super) fn of(bytes: &[u8]) -> Self {
        Self::File {
            sequence: envelope::first_line(bytes)
                .and_then(|line| line.sequence)
                .unwrap_or(0),
            checksum: checksum(bytes),
            bytes: bytes.len() as u64,
        }
    }

    /// Which save it says it is.
    pub const fn sequence(self) -> u64 {
        match self {
            Self::Nothing => 0,
            Self::File { sequence, .. } => sequence,
        }
    }
}

/// A session read from disk.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Opened {
    /// Where it lives.
    pub location: Location,
    /// The session, and how it was found.
    pub loaded: Loaded,
    /// What a save must still find there.
    pub on_disk: OnDisk,
}

impl Opened {
    /// A writer that goes on from what was read.
    pub fn writer(&self, permit: Permit) -> Writer {
        Writer::new(Box::new(Disk), self.location.clone(), self.on_disk, permit)
    }
}

/// The bytes of a session's file, of any content but not of any kind or size.
pub(super) fn read_bytes(path: &Path) -> Result<Vec<u8>, OpenError> {
    let unreadable = |error: io::Error| OpenError::Unreadable(error.into());
    let metadata = fs::metadata(path).map_err(unreadable)?;
    if !metadata.is_file() {
        return Err(OpenError::NotAFile);
    }
    let limit = MAX_FILE as u64;
    if metadata.len() > limit {
        let bytes = metadata.len();
        return Err(OpenError::TooLarge { bytes });
    }
    // One byte more than allowed, in case it grows meanwhile.
    let bytes = Disk.read(path, limit + 1).map_err(unreadable)?;
    if bytes.len() as u64 > limit {
        let bytes = bytes.len() as u64;
        return Err(OpenError::TooLarge { bytes });
    }
    Ok(bytes)
}

/// Reads the session at its location, with [`decode`](super::decode()) or
/// [`decode_to_look_at`](super::decode_to_look_at). Gives the bytes of the file, too.
pub(super) fn read(
    location: &Location,
    decode: impl FnOnce(&[u8]) -> Result<Loaded, OpenError>,
) -> Result<(Opened, Vec<u8>), OpenError> {
    let bytes = read_bytes(location.path())?;
    let opened = Opened {
        location: location.clone(),
        loaded: decode(&bytes)?,
        on_disk: OnDisk::of(&bytes),
    };
    Ok((opened, bytes))
}
