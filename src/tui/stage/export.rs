//! Writes a text to where a person wants it. Not for what is in it: see `report`.

use std::fs;
use std::io::{self, Write as _};
use std::path::{Path, PathBuf};

use super::Stage;
use crate::encode;
use crate::store::Location;
use crate::tui::app::Event;

impl Stage {
    pub(super) fn export(&self, path: &str, text: &str, overwrite: bool) -> Result<(), String> {
        let shown = encode::screen(path).into_owned();
        let target = expanded(path);
        if target.is_dir() {
            return Err(format!(
                "{shown} is a folder. Name a file in it; Tab completes names."
            ));
        }
        let session = self.location.as_ref().map(Location::path);
        if session.is_some_and(|session| is_same_file(session, &target)) {
            return Err(format!(
                "{shown} is the session itself; a write-up in its place would end it. Choose another name."
            ));
        }
        let written = if overwrite {
            replace_file(&target, text)
        } else {
            match fs::OpenOptions::new()
                .write(true)
                .create_new(true)
                .open(&target)
            {
                Ok(mut file) => file
                    .write_all(text.as_bytes())
                    .and_then(|()| file.sync_all()),
                Err(error) if error.kind() == io::ErrorKind::AlreadyExists => {
                    self.tell(Event::ExportExists {
                        path: path.to_owned(),
                    });
                    return Ok(());
                }
                Err(error) => Err(error),
            }
        };
        written.map_err(|error| {
            format!(
                "{shown} could not be written: {error}. Choose another path; your session is safe."
            )
        })?;
        let full = fs::canonicalize(&target).unwrap_or(target);
        self.tell(Event::Written {
            path: path.to_owned(),
            full: full.display().to_string(),
        });
        Ok(())
    }
}

/// A new content for a file that is there: beside it first, then in its place.
pub fn replace_file(target: &Path, text: &str) -> io::Result<()> {
    let folder = match target.parent() {
        Some(folder) if !folder.as_os_str().is_empty() => folder,
        _ => Path::new("."),
    };
    let mut file = tempfile::NamedTempFile::new_in(folder)?;
    file.write_all(text.as_bytes())?;
    file.as_file().sync_all()?;
    if let Ok(metadata) = fs::metadata(target) {
        file.as_file().set_permissions(metadata.permissions())?;
    }
    file.persist(target).map_err(|error| error.error)?;
    Ok(())
}

/// Whether two paths lead to one file that is there.
pub fn is_same_file(one: &Path, other: &Path) -> bool {
    match (fs::canonicalize(one), fs::canonicalize(other)) {
        (Ok(one), Ok(other)) => one == other,
        _ => false,
    }
}

/// A path as a person types it: `~/` is their home folder.
pub(super) fn expanded(path: &str) -> PathBuf {
    match path.strip_prefix("~/") {
        Some(rest) => match directories::BaseDirs::new() {
            Some(base) => base.home_dir().join(rest),
            None => PathBuf::from(path),
        },
        None => PathBuf::from(path),
    }
}
