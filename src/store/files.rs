//! The few things that saving does to a disk, behind a small trait, so that tests can make each
//! of them fail, or stop the world after any of them.
//!
//! Not for reading folders of sessions (see [`super::folder`]) and not for the order of things
//! (see [`super::save`]).

use std::fs::{self, DirBuilder, File};
use std::io::{self, Read, Write};
use std::path::{Path, PathBuf};
use std::time::Duration;

use jiff::Timestamp;

use super::courtesy::step_aside;

/// What saving needs of a disk. Paths are whole; nothing here follows names out of a folder.
pub trait Files: Send {
    /// The content of an ordinary file, up to `limit` bytes of it.
    fn read(&self, path: &Path, limit: u64) -> io::Result<Vec<u8>>;
    /// A new, empty file with a fresh name in the folder of `target`, for its owner only.
    fn create_beside(&self, target: &Path) -> io::Result<Box<dyn NewFile>>;
    /// Gives `from` the name `to`, in the place of what has it now, at once or not at all.
    fn rename(&self, from: &Path, to: &Path) -> io::Result<()>;
    /// Gives the content of `from` a second name that must be free.
    fn hard_link(&self, from: &Path, to: &Path) -> io::Result<()>;
    /// Deletes a file.
    fn remove(&self, path: &Path) -> io::Result<()>;
    /// Whether something has this name.
    fn exists(&self, path: &Path) -> io::Result<bool>;
    /// Makes a folder for its owner only, and those above it, unless it is there.
    fn create_folder(&self, path: &Path) -> io::Result<()>;
    /// Makes the names in a folder last.
    fn sync_folder(&self, path: &Path) -> io::Result<()>;
    /// Gives `to` the permissions of `from`. Never called to widen those of somebody's file: `to`
    /// is always ours and new.
    fn keep_permissions(&self, from: &Path, to: &Path) -> io::Result<()>;
    /// The files of a folder; none where there is no such folder.
    fn list(&self, folder: &Path) -> io::Result<Vec<Listed>>;
}

/// A file that is being written for the first time.
pub trait NewFile: Send {
    /// Its path.
    fn path(&self) -> &Path;
    /// Writes all of it.
    fn write_all(&mut self, bytes: &[u8]) -> io::Result<()>;
    /// How long the disk says it is.
    fn length(&self) -> io::Result<u64>;
    /// Makes its content last.
    fn sync(&self) -> io::Result<()>;
}

/// A file in a folder.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Listed {
    /// Its name, where that is text.
    pub name: String,
    /// Its size in bytes.
    pub bytes: u64,
    /// When its content changed last.
    pub modified: Timestamp,
}

/// How many bytes one call of the system reads or writes. It cannot be interrupted: for eight megabytes at
/// once, a key waited up to 25 ms for the processor.
const AT_ONCE: usize = 64 * 1024;

/// The real disk.
#[derive(Clone, Copy, Debug, Default)]
pub struct Disk;

/// Virus scanners and programs that synchronise hold files open for moments; on Windows a rename
/// fails while they do.
const PATIENCE: [Duration; 5] = [
    Duration::from_millis(10),
    Duration::from_millis(25),
    Duration::from_millis(50),
    Duration::from_millis(100),
    Duration::from_millis(250),
];

/// What stands before and after the random letters in the name of a file that is being written
/// beside `target`.
pub(super) fn temporary_affixes(target: &Path) -> (String, &'static str) {
    const LONGEST: usize = 160;
    let stem = target.file_stem().unwrap_or_default().to_string_lossy();
    let mut end = stem.len().min(LONGEST);
    while !stem.is_char_boundary(end) {
        end -= 1;
    }
    (format!(".{}.", &stem[..end]), ".tmp")
}

/// How many random letters there are between the two.
pub(super) const TEMPORARY_LETTERS: usize = 8;

impl Files for Disk {
    fn read(&self, path: &Path, limit: u64) -> io::Result<Vec<u8>> {
        // Opening a pipe or a device may wait for ever: look first.
        let metadata = fs::metadata(path)?;
        if !metadata.is_file() {
            return Err(io::ErrorKind::InvalidInput.into());
        }
        let length = usize::try_from(metadata.len().min(limit)).unwrap_or_default();
        let mut bytes = Vec::with_capacity(length);
        let mut file = File::open(path)?.take(limit);
        while file.by_ref().take(AT_ONCE as u64).read_to_end(&mut bytes)? > 0 {
            step_aside();
        }
        Ok(bytes)
    }

    fn create_beside(&self, target: &Path) -> io::Result<Box<dyn NewFile>> {
        let folder = target.parent().ok_or(io::ErrorKind::InvalidInput)?;
        let (prefix, suffix) = temporary_affixes(target);
        let (file, path) = tempfile::Builder::new()
            .prefix(&prefix)
            .suffix(suffix)
            .rand_bytes(TEMPORARY_LETTERS)
            .disable_cleanup(true)
            .tempfile_in(folder)?
            .into_parts();
        Ok(Box::new(DiskFile {
            file,
            path: path.to_path_buf(),
        }))
    }

    fn rename(&self, from: &Path, to: &Path) -> io::Result<()> {
        for pause in PATIENCE {
            match fs::rename(from, to) {
                Err(error) if is_passing(&error) => std::thread::sleep(pause),
                done => return done,
            }
        }
        fs::rename(from, to)
    }

    fn hard_link(&self, from: &Path, to: &Path) -> io::Result<()> {
        fs::hard_link(from, to)
    }

    fn remove(&self, path: &Path) -> io::Result<()> {
        fs::remove_file(path)
    }

    fn exists(&self, path: &Path) -> io::Result<bool> {
        match fs::symlink_metadata(path) {
            Ok(_) => Ok(true),
            Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(false),
            Err(error) => Err(error),
        }
    }

    fn create_folder(&self, path: &Path) -> io::Result<()> {
        create_private_folder(path)
    }

    fn sync_folder(&self, path: &Path) -> io::Result<()> {
        // Windows has no such thing; its file systems keep a journal of names.
        if cfg!(windows) {
            return Ok(());
        }
        File::open(path)?.sync_all()
    }

    fn keep_permissions(&self, from: &Path, to: &Path) -> io::Result<()> {
        fs::set_permissions(to, fs::metadata(from)?.permissions())
    }

    fn list(&self, folder: &Path) -> io::Result<Vec<Listed>> {
        let entries = match fs::read_dir(folder) {
            Ok(entries) => entries,
            Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(Vec::new()),
            Err(error) => return Err(error),
        };
        let mut listed = Vec::new();
        for entry in entries {
            let entry = entry?;
            // A link may lead nowhere, and a file may vanish while we look: not in the list. What is
            // no link is asked for by its name in the open folder, without the way to it.
            let is_link = entry.file_type().is_ok_and(|kind| kind.is_symlink());
            let metadata = if is_link {
                fs::metadata(entry.path())
            } else {
                entry.metadata()
            };
            let Ok(metadata) = metadata else { continue };
            if let (true, Ok(name)) = (metadata.is_file(), entry.file_name().into_string()) {
                let modified = metadata.modified().ok();
                let modified = modified.and_then(|time| Timestamp::try_from(time).ok());
                listed.push(Listed {
                    name,
                    bytes: metadata.len(),
                    modified: modified.unwrap_or(Timestamp::UNIX_EPOCH),
                });
            }
        }
        Ok(listed)
    }
}

/// Whether an error of Windows goes away when whoever reads the file is done.
fn is_passing(error: &io::Error) -> bool {
    cfg!(windows) && matches!(error.raw_os_error(), Some(5 | 32))
}

struct DiskFile {
    file: File,
    path: PathBuf,
}

impl NewFile for DiskFile {
    fn path(&self) -> &Path {
        &self.path
    }

    fn write_all(&mut self, bytes: &[u8]) -> io::Result<()> {
        for stretch in bytes.chunks(AT_ONCE) {
            self.file.write_all(stretch)?;
            step_aside();
        }
        Ok(())
    }

    fn length(&self) -> io::Result<u64> {
        Ok(self.file.metadata()?.len())
    }

    fn sync(&self) -> io::Result<()> {
        self.file.sync_all()
    }
}

/// Makes a folder for its owner only, and those above it, unless it is there. What is saved in a
/// new folder lasts only if the folder's own name does.
pub(super) fn create_private_folder(path: &Path) -> io::Result<()> {
    if path.is_dir() {
        return Ok(());
    }
    let above = path.parent().filter(|above| !above.as_os_str().is_empty());
    if let Some(above) = above {
        create_private_folder(above)?;
    }
    let mut builder = DirBuilder::new();
    #[cfg(unix)]
    std::os::unix::fs::DirBuilderExt::mode(&mut builder, 0o700);
    match builder.create(path) {
        Err(error) if error.kind() == io::ErrorKind::AlreadyExists && path.is_dir() => {}
        made => made?,
    }
    // A folder above may be one that we can pass through and not read; that is no reason to fail.
    let _ = above.map(|above| Disk.sync_folder(above));
    Ok(())
}
