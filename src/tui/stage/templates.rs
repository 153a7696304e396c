//! Templates of the user's own: files `NAME.md.j2` in folders, read whole. One that cannot be read is
//! there all the same, and says why.

use std::fs;
use std::io;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use super::reports::bytes_of;
use crate::report::layout::OwnTemplate;

/// How the files' names end.
pub const ENDING: &str = ".md.j2";

/// The largest file that is read, in bytes.
const LARGEST: usize = 1024 * 1024;

/// A folder of templates that cannot be read.
#[derive(Debug)]
pub struct UnreadableFolder {
    /// The folder.
    pub folder: PathBuf,
    /// Why.
    pub error: io::Error,
}

/// The templates in these folders in the order of their names; of two of the same name that in the
/// later folder.
pub fn read(folders: &[PathBuf]) -> Result<Vec<Arc<OwnTemplate>>, UnreadableFolder> {
    let mut found: Vec<(String, PathBuf)> = Vec::new();
    for folder in folders {
        for (name, path) in files(folder).map_err(|error| UnreadableFolder {
            folder: folder.clone(),
            error,
        })? {
            found.retain(|(known, _)| *known != name);
            found.push((name, path));
        }
    }
    found.sort();
    let templates = found.into_iter().map(|(name, path)| {
        Arc::new(OwnTemplate {
            name,
            source: text_of(&path),
            path: path.display().to_string(),
        })
    });
    Ok(templates.collect())
}

fn files(folder: &Path) -> io::Result<Vec<(String, PathBuf)>> {
    let mut found = Vec::new();
    for entry in fs::read_dir(folder)? {
        let entry = entry?;
        let file = entry.file_name();
        let name = file.to_str().and_then(|name| name.strip_suffix(ENDING));
        if let Some(name) = name.filter(|name| !name.is_empty()) {
            found.push((name.to_owned(), entry.path()));
        }
    }
    Ok(found)
}

fn text_of(path: &Path) -> Result<String, String> {
    let shown = path.display();
    let bytes =
        bytes_of(path, LARGEST).map_err(|error| format!("{shown} cannot be read: {error}."))?;
    if bytes.len() > LARGEST {
        return Err(format!(
            "{shown} is larger than 1 MiB, which no template needs."
        ));
    }
    String::from_utf8(bytes).map_err(|error| {
        let at = error.utf8_error().valid_up_to();
        format!("{shown} is not UTF-8 text (byte {at}).")
    })
}
