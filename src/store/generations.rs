//! Earlier versions of a session: keeping the file that a save is about to replace, listing what
//! is kept, and letting old ones go.
//!
//! Not for deciding when to keep one: see [`super::save`].

use std::collections::HashSet;
use std::fmt;
use std::io;
use std::path::{Path, PathBuf};

use jiff::{SignedDuration, Timestamp, tz::TimeZone};

use super::decode::MAX_FILE;
use super::files::{Files, Listed};

/// How many recent versions are kept.
const RECENT: usize = 20;
/// For how many days one a day is kept beyond those.
const DAYS: i64 = 30;
/// How many different files may have the same number. There are two when a session was changed
/// outside or brought back; more only if somebody makes them on purpose.
const SAME_NUMBER: u32 = 1_000;

/// Which earlier version: the number of the save, and which of several files with that number.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct GenerationId {
    /// The number of the save.
    pub sequence: u64,
    /// 1, unless the session was changed outside without a new number.
    pub copy: u32,
}

impl fmt::Display for GenerationId {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.copy {
            1 => write!(formatter, "{}", self.sequence),
            copy => write!(formatter, "{}-{copy}", self.sequence),
        }
    }
}

impl GenerationId {
    /// Reads `12` or `12-2`.
    pub fn parse(text: &str) -> Option<Self> {
        let number = |text: &str| {
            text.bytes()
                .all(|byte| byte.is_ascii_digit())
                .then_some(())
                .and_then(|()| text.parse::<u64>().ok())
        };
        let (sequence, copy) = match text.split_once('-') {
            Some((sequence, copy)) => (sequence, u32::try_from(number(copy)?).ok()?),
            None => (text, 1),
        };
        let sequence = number(sequence)?;
        (copy > 0).then_some(Self { sequence, copy })
    }
}

/// An earlier version that is kept.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Generation {
    /// Its number.
    pub id: GenerationId,
    /// When it was saved.
    pub saved: Timestamp,
    /// Its size in bytes.
    pub bytes: u64,
    /// Its file.
    pub path: PathBuf,
}

/// The earlier versions in a folder, newest first.
pub(super) fn list(files: &dyn Files, folder: &Path) -> io::Result<Vec<Generation>> {
    let mut generations: Vec<Generation> = files
        .list(folder)?
        .into_iter()
        .filter_map(|listed| generation(folder, &listed))
        .collect();
    generations.sort_by_key(|one| std::cmp::Reverse(one.id));
    Ok(generations)
}

fn generation(folder: &Path, listed: &Listed) -> Option<Generation> {
    Some(Generation {
        id: GenerationId::parse(listed.name.strip_suffix(".ron")?)?,
        saved: listed.modified,
        bytes: listed.bytes,
        path: folder.join(&listed.name),
    })
}

/// A version to be kept.
#[derive(Clone, Copy, Debug)]
pub(super) struct ToKeep<'a> {
    /// Its content.
    pub bytes: &'a [u8],
    /// Its number.
    pub sequence: u64,
    /// A file that has this content now; a second name for it costs no space.
    pub file: Option<&'a Path>,
}

/// Keeps a version in the history. The same content is not kept twice under a number, and
/// different content never replaces what is kept.
pub(super) fn keep(files: &dyn Files, folder: &Path, version: ToKeep<'_>) -> io::Result<()> {
    files.create_folder(folder)?;
    let name = |copy| {
        let sequence = version.sequence;
        folder.join(format!("{}.ron", GenerationId { sequence, copy }))
    };
    keep_as(files, name, version).map(|_| ())
}

/// Keeps a version under the first of the names that is free, or has the same content already.
pub(super) fn keep_as(
    files: &dyn Files,
    name: impl Fn(u32) -> PathBuf,
    version: ToKeep<'_>,
) -> io::Result<PathBuf> {
    for copy in 1..=SAME_NUMBER {
        let kept = name(copy);
        if files.exists(&kept)? {
            if files.read(&kept, MAX_FILE as u64 + 1)? == version.bytes {
                return Ok(kept);
            }
            continue;
        }
        match version.file.map(|file| files.hard_link(file, &kept)) {
            Some(Ok(())) => {}
            Some(Err(error)) if error.kind() == io::ErrorKind::AlreadyExists => continue,
            // Another disk, or one without second names.
            Some(Err(_)) | None => copy_to(files, &kept, version.bytes)?,
        }
        if let Some(folder) = kept.parent() {
            files.sync_folder(folder).or_else(unless_unsupported)?;
        }
        return Ok(kept);
    }
    Err(io::ErrorKind::AlreadyExists.into())
}

fn copy_to(files: &dyn Files, kept: &Path, bytes: &[u8]) -> io::Result<()> {
    let temporary = write_new(files, kept, bytes).map_err(|(_, error)| error)?;
    files.rename(&temporary, kept).inspect_err(|_| {
        let _ = files.remove(&temporary);
    })
}

/// What was being done to a new file when it failed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum NewFileStep {
    Create,
    Write,
    Harden,
}

/// Writes a new file beside `target` and makes sure that it is whole and on the disk. When that
/// fails it is taken away again, so that it does not eat the last space.
pub(super) fn write_new(
    files: &dyn Files,
    target: &Path,
    bytes: &[u8],
) -> Result<PathBuf, (NewFileStep, io::Error)> {
    let mut file = files
        .create_beside(target)
        .map_err(|error| (NewFileStep::Create, error))?;
    let path = file.path().to_owned();
    let written = (|| {
        file.write_all(bytes)
            .map_err(|error| (NewFileStep::Write, error))?;
        // A disk that fills up may take half and say nothing.
        let length = file.length().map_err(|error| (NewFileStep::Write, error))?;
        if length != bytes.len() as u64 {
            let short = io::ErrorKind::WriteZero.into();
            return Err((NewFileStep::Write, short));
        }
        file.sync()
            .or_else(unless_unsupported)
            .map_err(|error| (NewFileStep::Harden, error))
    })();
    drop(file);
    match written {
        Ok(()) => Ok(path),
        Err(error) => {
            let _ = files.remove(&path);
            Err(error)
        }
    }
}

/// Some network and stacked file systems cannot harden files or folders. They are no worse then
/// than their own promise.
pub(super) fn unless_unsupported(error: io::Error) -> io::Result<()> {
    match error.kind() {
        io::ErrorKind::Unsupported | io::ErrorKind::InvalidInput => Ok(()),
        _ => Err(error),
    }
}

/// Lets versions go that are neither among the 20 recent ones nor the last of a day in 30 days.
pub(super) fn thin(files: &dyn Files, folder: &Path, now: Timestamp) -> io::Result<()> {
    let generations = list(files, folder)?;
    for old in superfluous(&generations, now) {
        files.remove(&old.path)?;
    }
    Ok(())
}

/// Which of the versions, newest first, may go.
fn superfluous(generations: &[Generation], now: Timestamp) -> Vec<&Generation> {
    let day = |time: Timestamp| time.to_zoned(TimeZone::UTC).date();
    let oldest = now.saturating_sub(SignedDuration::from_hours(24 * DAYS));
    let oldest = oldest.map_or(day(now), day);
    let mut days = HashSet::new();
    let mut superfluous = Vec::new();
    for (position, one) in generations.iter().enumerate() {
        let saved = day(one.saved);
        let last_of_its_day = saved >= oldest && days.insert(saved);
        if position >= RECENT && !last_of_its_day {
            superfluous.push(one);
        }
    }
    superfluous
}

#[cfg(test)]
mod tests {
    use pretty_assertions::assert_eq;

    use super::*;

    fn saved(sequence: u64, at: Timestamp) -> Generation {
        Generation {
            id: GenerationId { sequence, copy: 1 },
            saved: at,
            bytes: 1,
            path: PathBuf::new(),
        }
    }

    #[test]
    fn twenty_recent_and_one_a_day_for_thirty_days_are_kept() {
        let now: Timestamp = "2026-11-21T12:00:00Z".parse().unwrap();
        // Every six hours, for fifty days: four a day.
        let generations: Vec<Generation> = (0..200)
            .map(|age| {
                saved(
                    1_000 - age,
                    now - SignedDuration::from_hours(6 * age.cast_signed()),
                )
            })
            .collect();
        let gone = superfluous(&generations, now);
        let kept: Vec<&Generation> = generations
            .iter()
            .filter(|one| !gone.contains(one))
            .collect();
        assert!(generations[..20].iter().all(|one| kept.contains(&one)));
        let days: HashSet<_> = kept
            .iter()
            .map(|one| one.saved.to_zoned(TimeZone::UTC).date())
            .collect();
        assert_eq!(days.len(), 31, "today and thirty days back");
        assert_eq!(
            kept.len(),
            20 + 31 - 6,
            "the recent ones are the last of six days"
        );
    }

    #[test]
    fn a_clock_that_jumped_removes_nothing_recent() {
        let now: Timestamp = "2026-11-21T12:00:00Z".parse().unwrap();
        let future = now + SignedDuration::from_hours(24 * 400);
        let generations: Vec<_> = (0..20).map(|age| saved(100 - age, future)).collect();
        assert_eq!(superfluous(&generations, now), Vec::<&Generation>::new());
    }

    #[test]
    fn numbers_of_versions_are_read_strictly() {
        let id = |sequence, copy| Some(GenerationId { sequence, copy });
        assert_eq!(GenerationId::parse("12"), id(12, 1));
        assert_eq!(GenerationId::parse("12-3"), id(12, 3));
        assert_eq!(id(12, 3).unwrap().to_string(), "12-3");
        for bad in ["", "x", "-1", "1-", "1-0", "+1", "1-+2", "../1"] {
            assert_eq!(GenerationId::parse(bad), None, "{bad}");
        }
    }
}
