//! Sessions and folders for the tests, and a clock that is told the time.

use std::io;
use std::path::PathBuf;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::Duration;

use astride::catalog::types::Id;
use astride::session::edit::{Editor, Operation};
use astride::session::id::IdSource;
use astride::session::place::TextField;
use astride::session::types::Session;
use astride::store::{
    Clock, DataFolder, Disk, DiskFault, Files, Location, Locking, OnDisk, OpenedSession, Owner,
    Permit, Writer,
};
use jiff::{SignedDuration, Timestamp};

use super::edits::{Edit, perform};

pub fn time(text: &str) -> Timestamp {
    text.parse().unwrap()
}

pub fn start() -> Timestamp {
    time("2026-11-21T10:00:00Z")
}

pub fn after(seconds: i64) -> Timestamp {
    start() + SignedDuration::from_secs(seconds)
}

pub fn owner() -> Owner {
    Owner {
        host: "table-3".to_owned(),
        process: 4711,
        since: start(),
    }
}

pub fn id(text: &str) -> Id {
    Id::new(text).unwrap()
}

pub fn empty_session(title: &str) -> Session {
    let components = ["docker-client", "docker-host", "kube-apiserver"].map(id);
    Session::new(title, id("course"), components.to_vec(), start())
}

/// An editor with something of everything in its session.
pub fn full_editor() -> Editor {
    let mut editor = Editor::new(empty_session("x"), IdSource::new(1));
    for seed in 0..40_u8 {
        let words = format!("words number {seed} \"quoted\", on\ntwo lines");
        let (kind, pick) = (seed, seed);
        perform(&mut editor, &Edit { kind, pick, words });
    }
    let remove = editor.session().title.len();
    let title = Operation::EditText {
        field: TextField::Title,
        at: 0,
        remove,
        insert: "Team blue".to_owned(),
        typing: false,
    };
    editor.perform(title, start()).unwrap();
    editor.take_changes();
    editor
}

pub fn full_session() -> Session {
    full_editor().session().clone()
}

pub fn describe(editor: &mut Editor, text: &str) {
    let remove = editor.session().description.len();
    let operation = Operation::EditText {
        field: TextField::Description,
        at: 0,
        remove,
        insert: text.to_owned(),
        typing: false,
    };
    let _ = editor.perform(operation, start());
}

/// A data folder that goes away with the test.
pub struct TestFolder {
    pub folder: DataFolder,
    _directory: tempfile::TempDir,
}

impl TestFolder {
    pub fn new() -> Self {
        let directory = tempfile::tempdir().unwrap();
        Self {
            folder: DataFolder::new(directory.path().join("data")),
            _directory: directory,
        }
    }

    /// A path beside the data folder.
    pub fn outside(&self, name: &str) -> PathBuf {
        self.folder.root().with_file_name(name)
    }

    pub fn create(&self, session: &Session) -> Location {
        self.folder.create(session, &owner()).unwrap()
    }

    pub fn session(&self, location: &Location) -> Session {
        self.folder.read(location).unwrap().loaded.session
    }

    /// The session of the location, opened to write.
    pub fn writer(&self, location: &Location, files: impl Files + 'static) -> Writer {
        let OpenedSession {
            opened, locking, ..
        } = self.folder.open(location, &owner()).unwrap();
        let permit = locking.permit().unwrap();
        Writer::new(Box::new(files), opened.location, opened.on_disk, permit)
    }

    /// The same, with the real disk.
    pub fn disk_writer(&self, location: &Location) -> Writer {
        let OpenedSession {
            opened, locking, ..
        } = self.folder.open(location, &owner()).unwrap();
        opened.writer(locking.permit().unwrap())
    }

    /// The same where there are no locks.
    pub fn writer_without_lock(&self, location: &Location) -> Writer {
        let on_disk = match self.folder.read(location) {
            Ok(opened) => opened.on_disk,
            Err(_) => OnDisk::Nothing,
        };
        Writer::new(Box::new(Disk), location.clone(), on_disk, no_lock())
    }

    /// Every file below the data folder except lock files, for seeing what was left behind.
    pub fn files(&self) -> Vec<PathBuf> {
        let mut found = Vec::new();
        let mut folders = vec![self.folder.root().to_owned()];
        while let Some(folder) = folders.pop() {
            for entry in std::fs::read_dir(folder).unwrap() {
                let path = entry.unwrap().path();
                if path.is_dir() {
                    folders.push(path);
                } else if path.extension().is_none_or(|ending| ending != "lock") {
                    found.push(path);
                }
            }
        }
        found
    }

    pub fn temporary_files(&self) -> Vec<PathBuf> {
        let mut files = self.files();
        files.retain(|path| path.extension().is_some_and(|ending| ending == "tmp"));
        files
    }
}

/// The right to write where the kernel has no locks.
pub fn no_lock() -> Permit {
    let fault = DiskFault {
        kind: io::ErrorKind::Unsupported,
        code: None,
    };
    Locking::Unsupported(fault).permit().unwrap()
}

/// A clock that stands until it is moved.
#[derive(Debug, Default)]
pub struct FakeClock {
    milliseconds: AtomicU64,
}

impl FakeClock {
    pub fn advance(&self, time: Duration) {
        let milliseconds = u64::try_from(time.as_millis()).unwrap();
        self.milliseconds.fetch_add(milliseconds, Ordering::SeqCst);
    }
}

impl Clock for FakeClock {
    fn now(&self) -> Timestamp {
        start() + SignedDuration::try_from(self.elapsed()).unwrap()
    }

    fn elapsed(&self) -> Duration {
        Duration::from_millis(self.milliseconds.load(Ordering::SeqCst))
    }
}
