//! Reports of scanners for the terminal program: names of files for completion, and reading a report
//! on a thread of its own, so that the screen never waits for 64 MiB.

use std::fs::{self, File};
use std::io::{self, Read as _};
use std::path::Path;
use std::sync::Arc;
use std::thread;

use super::export::expanded;
use crate::catalog::Catalog;
use crate::encode;
use crate::findings::{self, LARGEST, Reading};
use crate::tui::app::{Event, PathNames, ReportRead};
use crate::tui::events::EventSender;

/// The most names that are shown.
const MOST_NAMES: usize = 200;

/// The most entries of a folder that are looked at.
const MOST_ENTRIES: usize = 20_000;

/// The files and folders that a typed path may become.
pub fn complete(typed: &str, fill: bool, events: &EventSender) {
    let (folder, start) = typed
        .rfind('/')
        .map_or(("", typed), |at| typed.split_at(at + 1));
    let mut names = names_in(folder, start);
    names.sort_unstable();
    let filled = match names.split_first() {
        Some((first, rest)) if fill => {
            let common = rest.iter().fold(first.as_str(), |common, name| {
                let same = common.chars().zip(name.chars());
                let length: usize = same
                    .take_while(|(one, other)| one == other)
                    .map(|(one, _)| one.len_utf8())
                    .sum();
                &common[..length]
            });
            format!("{folder}{common}")
        }
        _ => typed.to_owned(),
    };
    names.truncate(MOST_NAMES);
    // The loop holds the receiver for as long as the stage lives.
    let _ = events.send(Event::PathNames(PathNames {
        typed: typed.to_owned(),
        filled,
        names,
    }));
}

/// Names in a folder that begin so; folders end with a slash. A folder that cannot be listed has none.
fn names_in(folder: &str, start: &str) -> Vec<String> {
    let place = if folder.is_empty() { "./" } else { folder };
    let Ok(entries) = fs::read_dir(expanded(place)) else {
        return Vec::new();
    };
    entries
        .take(MOST_ENTRIES)
        .filter_map(Result::ok)
        .filter_map(|entry| {
            let name = entry.file_name().into_string().ok()?;
            let hidden = name.starts_with('.') && !start.starts_with('.');
            if hidden || !name.starts_with(start) {
                return None;
            }
            let is_folder = fs::metadata(entry.path()).is_ok_and(|one| one.is_dir());
            Some(if is_folder { format!("{name}/") } else { name })
        })
        .collect()
}

/// Reads a report in the background and tells what was in it.
pub fn read(path: String, catalog: Arc<Catalog>, events: EventSender) -> Result<(), String> {
    let work = move || {
        let result = read_now(&path, &catalog);
        let _ = events.send(Event::Report(Box::new(ReportRead { path, result })));
    };
    thread::Builder::new()
        .name("report".to_owned())
        .spawn(work)
        .map(drop)
        .map_err(|error| format!("The report could not be read: {error}."))
}

fn read_now(path: &str, catalog: &Catalog) -> Result<Reading, String> {
    let place = expanded(path.trim());
    let shown = encode::screen(path.trim()).into_owned();
    let bytes =
        bytes_of(&place, LARGEST).map_err(|error| format!("{shown} cannot be read: {error}."))?;
    let name = place.file_name().map_or_else(
        || path.to_owned(),
        |name| name.to_string_lossy().into_owned(),
    );
    findings::read(&bytes, &name, catalog).map_err(|error| format!("{shown}: {error}"))
}

/// The content of a plain file; of a longer one than may be, one byte more than that.
pub(super) fn bytes_of(place: &Path, largest: usize) -> io::Result<Vec<u8>> {
    // Looked at before it is opened: opening a pipe would wait for whoever writes to it.
    let metadata = fs::metadata(place)?;
    if metadata.is_dir() {
        return Err(io::Error::other("it is a folder"));
    }
    if !metadata.is_file() {
        return Err(io::Error::other("it is no plain file"));
    }
    let mut bytes = Vec::new();
    File::open(place)?
        .take(largest as u64 + 1)
        .read_to_end(&mut bytes)?;
    Ok(bytes)
}
