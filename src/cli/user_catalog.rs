//! Catalog files of the user's: found on disk, joined to the program's own.

use std::borrow::Cow;
use std::fs;
use std::io::Read as _;
use std::path::{Path, PathBuf};

use super::output::Failure;
use crate::catalog::{Catalog, CatalogError, Origin, Problem, SourceFile};

/// The largest file that is read, in bytes.
const MAX_FILE: u64 = 2 * 1024 * 1024;

/// The most files that are read.
const MAX_FILES: usize = 2_000;

/// How many folders deep is looked.
const MAX_DEPTH: usize = 8;

/// The program's catalog with the files in these folders.
pub fn load(folders: &[PathBuf]) -> Result<Catalog, Failure> {
    load_files(&files(folders)?).map_err(|error| {
        Failure::new(
            format!("The catalog cannot be used:\n{error}"),
            "Mend the lines above, or start without that folder. `astride catalog check DIR` finds more.",
        )
    })
}

/// The program's catalog with these files.
pub fn load_files(files: &[SourceFile]) -> Result<Catalog, CatalogError> {
    Catalog::load_with(files)
}

/// A failure to read, in the shape of a catalog's own errors.
pub fn unreadable(failure: &Failure) -> CatalogError {
    CatalogError(vec![Problem {
        file: "catalog".to_owned(),
        line: 1,
        column: 1,
        path: String::new(),
        message: failure.to_string(),
    }])
}

/// The RON files in these folders, in the order of their names.
pub fn files(folders: &[PathBuf]) -> Result<Vec<SourceFile>, Failure> {
    let mut paths = Vec::new();
    for folder in folders {
        collect(folder, 0, &mut paths)?;
    }
    paths.into_iter().map(|path| read(&path)).collect()
}

fn collect(folder: &Path, depth: usize, paths: &mut Vec<PathBuf>) -> Result<(), Failure> {
    let unreadable = |error: std::io::Error| {
        Failure::new(
            format!(
                "The catalog folder {} cannot be read: {error}.",
                folder.display()
            ),
            "Check its name and your rights to it.",
        )
    };
    if depth > MAX_DEPTH {
        return Ok(());
    }
    let mut entries: Vec<PathBuf> = fs::read_dir(folder)
        .map_err(unreadable)?
        .map(|entry| entry.map(|entry| entry.path()))
        .collect::<Result<_, _>>()
        .map_err(unreadable)?;
    entries.sort();
    for path in entries {
        if path.is_dir() {
            collect(&path, depth + 1, paths)?;
        } else if path.extension().is_some_and(|extension| extension == "ron") {
            paths.push(path);
            if paths.len() > MAX_FILES {
                return Err(Failure::new(
                    format!(
                        "{} holds more than {MAX_FILES} RON files.",
                        folder.display()
                    ),
                    "Name the folder of the catalog itself.",
                ));
            }
        }
    }
    Ok(())
}

fn read(path: &Path) -> Result<SourceFile, Failure> {
    let shown = path.display().to_string();
    let fail = |what: String| Failure::new(what, "Check the file, or take it out of the folder.");
    let mut bytes = Vec::new();
    fs::File::open(path)
        .and_then(|file| file.take(MAX_FILE + 1).read_to_end(&mut bytes))
        .map_err(|error| fail(format!("{shown} cannot be read: {error}.")))?;
    if bytes.len() as u64 > MAX_FILE {
        return Err(fail(format!(
            "{shown} is larger than 2 MiB, which no catalog file needs."
        )));
    }
    let text = String::from_utf8(bytes).map_err(|error| {
        fail(format!(
            "{shown} is not UTF-8 text (byte {}).",
            error.utf8_error().valid_up_to()
        ))
    })?;
    Ok(SourceFile {
        path: shown.clone(),
        text: Cow::Owned(text),
        origin: Origin::User(shown),
    })
}
