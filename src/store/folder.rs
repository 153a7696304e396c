//! The data folder: which sessions there are, and making, opening, renaming and copying them.
//!
//! ```text
//! sessions/NAME.ron            a session
//! sessions/NAME.lock           who has it open
//! history/NAME/SEQUENCE.ron    its earlier versions
//! trash/ENTRY/NAME.ron         a session thrown away, with its history beside it
//! outside/NAME-MARK/           history (and lock) of a session that lives elsewhere
//! ```
//!
//! Folders are for their owner only (0700), files too (0600). Where the folder is, the caller says.

use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use jiff::Timestamp;

use super::decode::{Loaded, decode, decode_to_look_at};
use super::error::{FolderError, shown};
use super::files::{Disk, Files, create_private_folder};
use super::generations::{self, Generation, GenerationId};
use super::location::{self, Location, OnDisk, Opened, file_in, read_bytes};
use super::lock::{Locking, Owner, Permit, acquire_lock};
use super::name::{SessionName, near};
use super::open_error::OpenError;
use super::salvage::{Salvaged, salvage};
use super::save::Writer;
use crate::session::types::Session;

/// Names to try for one title: `team-blue`, `team-blue-2` and so on.
const SAME_NAME: u32 = 10_000;

/// The data folder.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DataFolder {
    root: PathBuf,
}

/// A session in the list.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Entry {
    /// Its name.
    pub name: SessionName,
    /// When its file changed last.
    pub modified: Timestamp,
    /// The size of its file.
    pub bytes: u64,
}

/// What a session may be opened for.
#[derive(Debug)]
pub struct OpenedSession {
    /// The session.
    pub opened: Opened,
    /// The bytes that it was read from, for [`Replica::read_from`].
    ///
    /// [`Replica::read_from`]: super::replica::Replica::read_from
    pub read_from: Vec<u8>,
    /// Whether it is ours to write, and who has it otherwise.
    pub locking: Locking,
}

/// What bringing an earlier version back did.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Restored {
    /// The session as it is now.
    pub opened: Opened,
    /// The version under which what stood there before is kept; nothing where nothing stood there.
    pub kept: Option<GenerationId>,
}

/// Where a session came from that was copied into the data folder.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Imported {
    /// Where it lives now.
    pub location: Location,
    /// The file that it was copied from.
    pub source: PathBuf,
    /// How large that was.
    pub bytes: u64,
    /// The CRC-32 of that.
    pub checksum: u32,
}

impl DataFolder {
    /// The data folder at `root`. Nothing is made before something is saved.
    pub const fn new(root: PathBuf) -> Self {
        Self { root }
    }

    /// Where it is.
    pub fn root(&self) -> &Path {
        &self.root
    }

    pub(super) fn sessions(&self) -> PathBuf {
        self.root.join("sessions")
    }

    /// All sessions, the last changed first. Nothing is opened: damaged ones are in the list.
    pub fn list(&self) -> Result<Vec<Entry>, FolderError> {
        let files = Disk
            .list(&self.sessions())
            .map_err(disk("the list of sessions could not be read"))?;
        let mut entries: Vec<Entry> = files
            .into_iter()
            .filter_map(|file| {
                let name = SessionName::new(file.name.strip_suffix(".ron")?).ok()?;
                Some(Entry {
                    name,
                    modified: file.modified,
                    bytes: file.bytes,
                })
            })
            .collect();
        entries.sort_by(|one, other| {
            let newest_first = other.modified.cmp(&one.modified);
            newest_first.then_with(|| one.name.cmp(&other.name))
        });
        Ok(entries)
    }

    /// Where the session of that name lives, whether or not there is one.
    pub fn location(&self, name: &SessionName) -> Result<Location, OpenError> {
        Location::named(&self.root, name)
    }

    /// What a person means by `SESSION`: a path if it has a separator in it or ends in `.ron`,
    /// otherwise a name in the data folder.
    pub fn resolve(&self, argument: &str) -> Result<Location, OpenError> {
        let has_separator = argument.contains(std::path::is_separator);
        if !has_separator && !has_our_ending(argument) {
            return self.location(&SessionName::new(argument)?);
        }
        if !has_our_ending(argument) {
            return Err(OpenError::NotAName {
                asked: shown(argument),
                why: "it is a path that does not end in .ron",
            });
        }
        Location::at_path(&self.root, Path::new(argument))
    }

    /// Reads a session to look at or to write up. One that a newer program saved is there without
    /// what is not understood of it, and says so ([`Loaded::newer`]).
    pub fn read(&self, location: &Location) -> Result<Opened, OpenError> {
        location::read(location, decode_to_look_at)
            .map(|(opened, _)| opened)
            .map_err(|error| self.explain_missing(location, error))
    }

    /// Reads a session that will be saved again, here or elsewhere: all of it, or nothing.
    pub fn read_whole(&self, location: &Location) -> Result<Opened, OpenError> {
        self.read_with_bytes(location).map(|(opened, _)| opened)
    }

    fn read_with_bytes(&self, location: &Location) -> Result<(Opened, Vec<u8>), OpenError> {
        location::read(location, decode).map_err(|error| self.explain_missing(location, error))
    }

    /// Reads a session to go on with it, and asks for the right to write it. Half-written files
    /// of a killed program are taken away.
    pub fn open(&self, location: &Location, owner: &Owner) -> Result<OpenedSession, OpenError> {
        // The lock file of a session that does not exist would only be litter.
        if let Err(error) = fs::metadata(location.path()) {
            return Err(self.explain_missing(location, OpenError::Unreadable(error.into())));
        }
        // The lock first: what is read after it is not changed by anyone else.
        let locking = acquire_lock(&location.lock_file(), owner);
        let (opened, read_from) = self.read_with_bytes(location)?;
        if matches!(locking, Locking::Held(_)) {
            for leftover in location.leftovers(&Disk).unwrap_or_default() {
                // One that stays is no harm.
                let _ = fs::remove_file(leftover);
            }
        }
        Ok(OpenedSession {
            opened,
            read_from,
            locking,
        })
    }

    /// Saves a new session under a free name made from its title, and says where it lives.
    pub fn create(&self, session: &Session, owner: &Owner) -> Result<Location, FolderError> {
        self.create_named(
            &SessionName::from_title(session.title.raw()),
            session,
            owner,
        )
    }

    pub(super) fn create_named(
        &self,
        wanted: &SessionName,
        session: &Session,
        owner: &Owner,
    ) -> Result<Location, FolderError> {
        let (location, permit) = self.claim(wanted, owner)?;
        let mut writer = Writer::new(Box::new(Disk), location, OnDisk::Nothing, permit);
        writer.save(session, owner.since)?;
        Ok(writer.location().clone())
    }

    /// The first free name like `wanted`, with the right to write there. The lock keeps others from
    /// taking it meanwhile. Also the place for [`SaveHandle::move_to`] when another folder fails.
    ///
    /// [`SaveHandle::move_to`]: super::save_handle::SaveHandle::move_to
    pub fn claim(
        &self,
        wanted: &SessionName,
        owner: &Owner,
    ) -> Result<(Location, Permit), FolderError> {
        create_private_folder(&self.sessions())
            .map_err(disk("the folder for sessions could not be made"))?;
        for number in 1..SAME_NAME {
            let name = match number {
                1 => wanted.clone(),
                number => wanted.numbered(number),
            };
            if self.is_taken(&name) {
                continue;
            }
            let location = self.location(&name)?;
            if let Ok(permit) = acquire_lock(&location.lock_file(), owner).permit()
                && !self.is_taken(&name)
            {
                return Ok((location, permit));
            }
        }
        let name = wanted.to_string();
        Err(FolderError::NameTaken { name })
    }

    /// A name is taken by a session, and by the history of one that is gone: it could come back.
    fn is_taken(&self, name: &SessionName) -> bool {
        let session = file_in(&self.sessions(), name);
        let history = self.root.join("history").join(name.as_str());
        fs::symlink_metadata(session).is_ok() || fs::symlink_metadata(history).is_ok()
    }

    /// Gives a session another name, with its history. The title inside stays.
    pub fn rename(
        &self,
        from: &SessionName,
        to: &SessionName,
        owner: &Owner,
    ) -> Result<Location, FolderError> {
        let _from_permit = self.permit_to_move(from, owner)?;
        let target = self.location(to)?;
        let to_permit = acquire_lock(&target.lock_file(), owner).permit();
        if to_permit.is_err() || self.is_taken(to) {
            let name = to.to_string();
            return Err(FolderError::NameTaken { name });
        }
        let doing = "the session could not be renamed";
        let sessions = self.sessions();
        Disk.rename(&file_in(&sessions, from), &file_in(&sessions, to))
            .map_err(disk(doing))?;
        let history = |name: &SessionName| self.root.join("history").join(name.as_str());
        move_folder(&history(from), &history(to))
            .map_err(disk("the earlier versions stayed under the old name"))?;
        let _ = Disk.sync_folder(&sessions);
        Ok(target)
    }

    /// Saves a copy of a session under another title, as a new session.
    pub fn duplicate(
        &self,
        name: &SessionName,
        title: &str,
        owner: &Owner,
    ) -> Result<Location, FolderError> {
        let mut session = self.read_whole(&self.location(name)?)?.loaded.session;
        session.title = title.into();
        self.create(&session, owner)
    }

    /// Copies somebody else's file into the data folder as a new session. The file is only read.
    pub fn import(&self, source: &Path, owner: &Owner) -> Result<Imported, FolderError> {
        let bytes = read_bytes(source)?;
        let session = decode(&bytes)?.session;
        Ok(Imported {
            location: self.create(&session, owner)?,
            source: source.to_owned(),
            bytes: bytes.len() as u64,
            checksum: crc32fast::hash(&bytes),
        })
    }

    /// The earlier versions of a session, newest first.
    pub fn history(&self, location: &Location) -> Result<Vec<Generation>, FolderError> {
        generations::list(&Disk, &location.history())
            .map_err(disk("the earlier versions could not be listed"))
    }

    /// One earlier version, to look at.
    pub fn read_version(
        &self,
        location: &Location,
        version: GenerationId,
    ) -> Result<Loaded, FolderError> {
        let history = self.history(location)?;
        let found = history.iter().find(|one| one.id == version);
        let found = found.ok_or(FolderError::NoSuchEntry)?;
        Ok(decode(&read_bytes(&found.path)?)?)
    }

    /// The newest earlier version that opens, to offer when the session itself does not.
    pub fn newest_good_version(&self, location: &Location) -> Option<Generation> {
        let history = self.history(location).ok()?;
        let opens =
            |one: &Generation| read_bytes(&one.path).is_ok_and(|bytes| decode(&bytes).is_ok());
        history.into_iter().find(opens)
    }

    /// The texts that can still be found in a session that does not open.
    pub fn salvage(&self, location: &Location) -> Result<Vec<Salvaged>, OpenError> {
        let bytes = read_bytes(location.path());
        let bytes = bytes.map_err(|error| self.explain_missing(location, error))?;
        Ok(salvage(&bytes))
    }

    /// Puts an earlier version in the place of the session. What stands there now, damaged or
    /// not, is kept as a version first; without that nothing is replaced.
    pub fn restore(
        &self,
        location: &Location,
        version: GenerationId,
        owner: &Owner,
    ) -> Result<Restored, FolderError> {
        // The version first: one that does not open must not even leave a lock file behind.
        let session = self.read_version(location, version)?.session;
        let permit = acquire_lock(&location.lock_file(), owner)
            .permit()
            .map_err(|held| FolderError::InUse { who: held.who })?;
        let (before, on_disk) = match read_bytes(location.path()) {
            Ok(bytes) => {
                let on_disk = OnDisk::of(&bytes);
                (Some(bytes), on_disk)
            }
            Err(OpenError::Unreadable(fault)) if fault.kind == io::ErrorKind::NotFound => {
                (None, OnDisk::Nothing)
            }
            Err(error) => return Err(error.into()),
        };
        let writer = Writer::new(Box::new(Disk), location.clone(), on_disk, permit);
        let mut writer = writer.keeping_for_certain();
        writer.save(&session, owner.since)?;
        Ok(Restored {
            kept: before.and_then(|bytes| self.version_of(writer.location(), &bytes)),
            opened: self.read(writer.location())?,
        })
    }

    /// Makes a new session of an earlier version, under another title. The session stays as it is.
    pub fn restore_as(
        &self,
        location: &Location,
        version: GenerationId,
        title: &str,
        owner: &Owner,
    ) -> Result<Location, FolderError> {
        let mut session = self.read_version(location, version)?.session;
        session.title = title.into();
        self.create(&session, owner)
    }

    /// The version that has this content.
    fn version_of(&self, location: &Location, content: &[u8]) -> Option<GenerationId> {
        let history = self.history(location).ok()?;
        let has = |one: &Generation| read_bytes(&one.path).is_ok_and(|bytes| bytes == content);
        history.into_iter().find(has).map(|one| one.id)
    }

    /// The right to move a session's file. A window that has it open would save it back.
    pub(super) fn permit_to_move(
        &self,
        name: &SessionName,
        owner: &Owner,
    ) -> Result<Permit, FolderError> {
        let location = self.location(name)?;
        let path = file_in(&self.sessions(), name);
        if let Err(error) = fs::symlink_metadata(path) {
            let error = OpenError::Unreadable(error.into());
            return Err(self.explain_missing(&location, error).into());
        }
        acquire_lock(&location.lock_file(), owner)
            .permit()
            .map_err(|held| FolderError::InUse { who: held.who })
    }

    /// What to say about a session that is not there: similar names, and whether it was once.
    fn explain_missing(&self, location: &Location, error: OpenError) -> OpenError {
        match error {
            OpenError::Unreadable(fault) if fault.kind == io::ErrorKind::NotFound => {
                let asked = match location.name() {
                    Some(name) => name.to_string(),
                    None => shown(&location.path().to_string_lossy()),
                };
                let names = self.list().unwrap_or_default();
                OpenError::Missing {
                    near: near(&asked, names.iter().map(|entry| &entry.name)),
                    asked,
                    earlier_versions: self.history(location).map_or(0, |history| history.len()),
                }
            }
            other => other,
        }
    }
}

/// Splits `SESSION@VERSION`.
pub fn split_version(argument: &str) -> (&str, Option<GenerationId>) {
    match argument.rsplit_once('@') {
        Some((session, version)) => match GenerationId::parse(version) {
            Some(version) => (session, Some(version)),
            None => (argument, None),
        },
        None => (argument, None),
    }
}

fn has_our_ending(path: &str) -> bool {
    Path::new(path)
        .extension()
        .is_some_and(|ending| ending == "ron")
}

/// Moves a folder to a free name; nothing happens where there is none.
pub(super) fn move_folder(from: &Path, to: &Path) -> io::Result<()> {
    if let Some(above) = to.parent() {
        create_private_folder(above)?;
    }
    match fs::rename(from, to) {
        Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(()),
        done => done,
    }
}

pub(super) fn disk(doing: &'static str) -> impl Fn(io::Error) -> FolderError {
    move |error| FolderError::Disk {
        doing,
        fault: error.into(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_version_is_split_off_only_where_there_is_one() {
        let version = |sequence, copy| Some(GenerationId { sequence, copy });
        assert_eq!(split_version("blue@12"), ("blue", version(12, 1)));
        assert_eq!(split_version("a@b/c.ron@7-2"), ("a@b/c.ron", version(7, 2)));
        assert_eq!(split_version("blue"), ("blue", None));
        assert_eq!(split_version("me@home"), ("me@home", None));
    }
}
