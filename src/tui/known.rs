//! What the list of sessions showed last time, kept in a file of the data folder, so that a start
//! with a thousand sessions need not look at each of them before it shows the first.
//!
//! Only ever a guess: what it says of a session holds while the file has the same size and time,
//! and the folder is looked through behind the first frame in any case. It may be deleted.

use std::collections::HashMap;
use std::fs;
use std::io::{self, Read as _};
use std::path::PathBuf;
use std::time::SystemTime;

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use crate::store::{DataFolder, Entry};
use crate::tui::app::{SessionLine, Summary};

/// Fewer sessions than this are listed and read faster than anybody looks.
pub const WORTH_IT: usize = 20;

/// The shape of the file; another one is not read.
const VERSION: u32 = 1;

/// No list is larger.
const MAX: u64 = 16 * 1024 * 1024;

/// A folder that changed within this time may change again without a later time of change.
const SETTLED: jiff::SignedDuration = jiff::SignedDuration::from_secs(1);

/// What is known of the sessions of a folder.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Known {
    version: u32,
    /// When a file was last made, renamed or deleted in the folder.
    folder: Option<i64>,
    /// The newest first.
    sessions: Vec<KnownSession>,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
struct KnownSession {
    name: String,
    modified: i64,
    bytes: u64,
    summary: Option<Summary>,
}

impl Known {
    /// What was known last time; nothing where there is no such file, or it is not whole.
    pub fn read(folder: &DataFolder) -> Option<Self> {
        let mut bytes = Vec::new();
        let file = fs::File::open(path(folder)).ok()?;
        file.take(MAX).read_to_end(&mut bytes).ok()?;
        let (content, checksum) = bytes.split_last_chunk::<4>()?;
        if crc32fast::hash(content) != u32::from_le_bytes(*checksum) {
            return None;
        }
        let known: Self = postcard::from_bytes(content).ok()?;
        (known.version == VERSION).then_some(known)
    }

    /// Whether no file came or went since.
    pub fn is_of(&self, folder: &DataFolder) -> bool {
        self.folder.is_some() && self.folder == changed(folder)
    }

    /// The list as it was.
    pub fn lines(&self) -> Vec<SessionLine> {
        let line = |known: &KnownSession| SessionLine {
            name: known.name.clone(),
            modified: Timestamp::from_nanosecond(known.modified.into()).ok(),
            summary: known.summary.clone(),
        };
        self.sessions.iter().map(line).collect()
    }

    /// The list as it is, with what is known of files that are as they were.
    pub fn lines_for(&self, entries: Vec<Entry>) -> Vec<SessionLine> {
        let known: HashMap<&str, &KnownSession> = self
            .sessions
            .iter()
            .map(|known| (known.name.as_str(), known))
            .collect();
        let line = |entry: Entry| SessionLine {
            summary: known
                .get(entry.name.as_str())
                .filter(|known| known.is_still(&entry))
                .and_then(|known| known.summary.clone()),
            name: entry.name.to_string(),
            modified: Some(entry.modified),
        };
        entries.into_iter().map(line).collect()
    }

    /// Whether it has the same sessions in the same order.
    pub fn has_all_of(&self, entries: &[Entry]) -> bool {
        self.sessions.len() == entries.len()
            && self
                .sessions
                .iter()
                .zip(entries)
                .all(|(known, entry)| known.name == entry.name.as_str() && known.is_still(entry))
    }
}

impl KnownSession {
    fn is_still(&self, entry: &Entry) -> bool {
        self.bytes == entry.bytes && Some(self.modified) == nanoseconds(entry.modified)
    }
}

/// Writes down what is known now. A folder that cannot be written is no reason to complain: the
/// next start is slower, and that is all.
pub fn remember(folder: &DataFolder, new: &HashMap<String, Summary>) {
    // Before the list is read: what changes meanwhile makes the next start look.
    let mut changed = changed(folder);
    let Ok(entries) = folder.list() else { return };
    if entries.len() < WORTH_IT {
        return;
    }
    let settled = nanoseconds(Timestamp::now().saturating_sub(SETTLED).unwrap_or_default());
    if changed > settled {
        changed = None;
    }
    let old = Known::read(folder).unwrap_or_default();
    let mut lines = old.lines_for(entries.clone());
    for line in &mut lines {
        if let Some(summary) = new.get(&line.name) {
            line.summary = Some(summary.clone());
        }
    }
    let sessions = entries.iter().zip(lines).filter_map(|(entry, line)| {
        Some(KnownSession {
            name: line.name,
            modified: nanoseconds(entry.modified)?,
            bytes: entry.bytes,
            summary: line.summary,
        })
    });
    let known = Known {
        version: VERSION,
        folder: changed,
        sessions: sessions.collect(),
    };
    if known != old {
        let _ = known.write(folder);
    }
}

impl Known {
    fn write(&self, folder: &DataFolder) -> io::Result<()> {
        let mut bytes = postcard::to_allocvec(self).map_err(io::Error::other)?;
        let checksum = crc32fast::hash(&bytes);
        bytes.extend(checksum.to_le_bytes());
        let path = path(folder);
        let beside = path.with_extension("new");
        fs::write(&beside, bytes)?;
        fs::rename(beside, path)
    }
}

fn path(folder: &DataFolder) -> PathBuf {
    folder.root().join("known-sessions.bin")
}

/// When a file was last made, renamed or deleted among the sessions.
fn changed(folder: &DataFolder) -> Option<i64> {
    let metadata = fs::metadata(folder.root().join("sessions")).ok()?;
    let time: SystemTime = metadata.modified().ok()?;
    nanoseconds(Timestamp::try_from(time).ok()?)
}

fn nanoseconds(time: Timestamp) -> Option<i64> {
    i64::try_from(time.as_nanosecond()).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A folder with so many sessions that it is worth to remember them.
    fn folder() -> (tempfile::TempDir, DataFolder) {
        let root = tempfile::tempdir().unwrap();
        let sessions = root.path().join("sessions");
        fs::create_dir_all(&sessions).unwrap();
        for number in 0..WORTH_IT {
            fs::write(sessions.join(format!("team-{number}.ron")), "()").unwrap();
        }
        let folder = DataFolder::new(root.path().to_owned());
        (root, folder)
    }

    fn damaged(words: &str) -> Summary {
        Summary::Damaged(words.to_owned())
    }

    fn whole() -> Summary {
        Summary::Whole {
            title: "Team red".to_owned(),
            brief: crate::catalog::types::Id::new("course").unwrap(),
            answered: (1, 30),
            threats: 2,
            place: "Docker host · Spoofing".to_owned(),
            preview: "The socket".to_owned(),
        }
    }

    #[test]
    fn a_summary_is_known_again_while_the_file_is_the_same() {
        let (root, folder) = folder();
        let new = HashMap::from([
            ("team-1".to_owned(), damaged("one")),
            ("team-2".to_owned(), damaged("two")),
            ("team-3".to_owned(), whole()),
        ]);
        remember(&folder, &new);
        fs::write(root.path().join("sessions/team-2.ron"), "(changed)").unwrap();
        let known = Known::read(&folder).unwrap();
        let lines = known.lines_for(folder.list().unwrap());
        let of = |name: &str| lines.iter().find(|line| line.name == name).unwrap();
        assert_eq!(of("team-1").summary, Some(damaged("one")));
        assert_eq!(of("team-2").summary, None);
        assert_eq!(of("team-3").summary, Some(whole()));
        assert!(!known.has_all_of(&folder.list().unwrap()));
    }

    #[test]
    fn a_folder_that_just_changed_is_looked_through() {
        let (_root, folder) = folder();
        remember(&folder, &HashMap::new());
        let known = Known::read(&folder).unwrap();
        assert!(!known.is_of(&folder));
        assert!(known.has_all_of(&folder.list().unwrap()));
    }

    #[test]
    fn a_file_that_is_not_whole_is_not_believed() {
        let (root, folder) = folder();
        remember(&folder, &HashMap::new());
        let path = root.path().join("known-sessions.bin");
        let mut bytes = fs::read(&path).unwrap();
        bytes[2] ^= 1;
        fs::write(&path, &bytes).unwrap();
        assert_eq!(Known::read(&folder), None);
        fs::write(&path, &bytes[..3]).unwrap();
        assert_eq!(Known::read(&folder), None);
    }

    #[test]
    fn few_sessions_leave_no_file() {
        let (root, folder) = folder();
        fs::remove_file(root.path().join("sessions/team-0.ron")).unwrap();
        remember(&folder, &HashMap::new());
        assert_eq!(Known::read(&folder), None);
    }
}
