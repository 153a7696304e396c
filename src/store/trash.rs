//! Sessions that were thrown away, and bringing them back. Nothing here deletes anything.

use std::fs;
use std::io;
use std::path::Path;

use jiff::Timestamp;

use super::error::FolderError;
use super::files::{Disk, Files, create_private_folder};
use super::folder::{DataFolder, disk, move_folder};
use super::location::{Location, file_in};
use super::lock::Owner;
use super::name::SessionName;

/// Entries to try for one name.
const SAME_NAME: u32 = 10_000;

/// A session in the trash.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Trashed {
    /// Its folder in the trash.
    pub entry: SessionName,
    /// The name that it had.
    pub name: SessionName,
    /// When it was thrown away.
    pub thrown_away: Timestamp,
}

impl DataFolder {
    /// Throws a session away, with its history. It can be brought back.
    pub fn throw_away(&self, name: &SessionName, owner: &Owner) -> Result<Trashed, FolderError> {
        const DOING: &str = "the session could not be thrown away";
        let _permit = self.permit_to_move(name, owner)?;
        let trash = self.root().join("trash");
        create_private_folder(&trash).map_err(disk(DOING))?;
        let entry = free_entry(&trash, name).map_err(disk(DOING))?;
        let folder = trash.join(entry.as_str());
        // The session first: whatever stops us after that, its text is in one place, whole.
        let moved = Disk.rename(&file_in(&self.sessions(), name), &file_in(&folder, name));
        if let Err(error) = moved {
            let _ = fs::remove_dir(&folder);
            return Err(disk(DOING)(error));
        }
        let history = self.root().join("history").join(name.as_str());
        move_folder(&history, &folder.join("history"))
            .map_err(disk("the earlier versions stayed in the history"))?;
        let _ = Disk.sync_folder(&folder);
        let _ = Disk.sync_folder(&self.sessions());
        Ok(Trashed {
            entry,
            name: name.clone(),
            thrown_away: owner.since,
        })
    }

    /// What is in the trash, the last thrown away first.
    pub fn list_trash(&self) -> Result<Vec<Trashed>, FolderError> {
        let doing = disk("the trash could not be read");
        let entries = match fs::read_dir(self.root().join("trash")) {
            Ok(entries) => entries,
            Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(Vec::new()),
            Err(error) => return Err(doing(error)),
        };
        let mut trashed: Vec<Trashed> = entries
            .filter_map(|entry| trashed(&entry.ok()?.path()))
            .collect();
        trashed.sort_by(|one, other| {
            let last_first = other.thrown_away.cmp(&one.thrown_away);
            last_first.then_with(|| one.entry.cmp(&other.entry))
        });
        Ok(trashed)
    }

    /// Brings a session back, under its name or a free one like it.
    pub fn bring_back(&self, trashed: &Trashed, owner: &Owner) -> Result<Location, FolderError> {
        const DOING: &str = "the session could not be brought back";
        let folder = self.root().join("trash").join(trashed.entry.as_str());
        let file = file_in(&folder, &trashed.name);
        if fs::symlink_metadata(&file).is_err() {
            return Err(FolderError::NoSuchEntry);
        }
        let (location, _permit) = self.claim(&trashed.name, owner)?;
        Disk.rename(&file, location.path()).map_err(disk(DOING))?;
        move_folder(&folder.join("history"), &location.history())
            .map_err(disk("the earlier versions stayed in the trash"))?;
        let _ = Disk.sync_folder(&self.sessions());
        // Only an empty folder can be taken away like this.
        let _ = fs::remove_dir(folder);
        Ok(location)
    }
}

/// Makes a folder for one more entry of that name.
fn free_entry(trash: &Path, name: &SessionName) -> io::Result<SessionName> {
    for number in 1..SAME_NAME {
        let entry = match number {
            1 => name.clone(),
            number => name.numbered(number),
        };
        let folder = trash.join(entry.as_str());
        if fs::symlink_metadata(&folder).is_err() {
            create_private_folder(&folder)?;
            return Ok(entry);
        }
    }
    Err(io::ErrorKind::AlreadyExists.into())
}

fn trashed(folder: &Path) -> Option<Trashed> {
    let entry = SessionName::new(folder.file_name()?.to_str()?).ok()?;
    let file = Disk.list(folder).ok()?.into_iter().find_map(|file| {
        let name = SessionName::new(file.name.strip_suffix(".ron")?).ok()?;
        Some(name)
    })?;
    // Moving the session into its new folder is the last change of that folder.
    let modified = fs::metadata(folder).and_then(|metadata| metadata.modified());
    Some(Trashed {
        entry,
        name: file,
        thrown_away: Timestamp::try_from(modified.ok()?).ok()?,
    })
}
