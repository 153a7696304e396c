//! A session in a folder of its own, and the program opened on it.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use astride::store::{Integrity, decode};

use super::common::Terminal;

/// A home folder with the session `team-red` in it.
pub struct Team {
    folder: tempfile::TempDir,
}

impl Team {
    pub fn new() -> Self {
        let folder = tempfile::tempdir().unwrap();
        let made = Command::new(env!("CARGO_BIN_EXE_astride"))
            .args(["new", "Team red", "--no-open"])
            .env("ASTRIDE_DATA_DIR", folder.path().join("data"))
            .env("HOME", folder.path())
            .output()
            .unwrap();
        assert!(made.status.success());
        Self { folder }
    }

    pub fn home(&self) -> &Path {
        self.folder.path()
    }

    pub fn file(&self) -> PathBuf {
        self.home().join("data/sessions/team-red.ron")
    }

    /// The program, with the session on the screen.
    pub fn open(&self) -> Terminal {
        let mut program = Terminal::start(self.home(), 80, 24, &["open", "team-red"]);
        program.wait("Map");
        program
    }

    /// The program, with the cursor in a new threat that is empty.
    pub fn typing(&self) -> Terminal {
        let mut program = self.open();
        program.send("a").wait("Enter done");
        program
    }

    /// The text that was begun and not finished, from the file: whole, or this panics.
    pub fn draft(&self) -> String {
        let bytes = fs::read(self.file()).unwrap();
        let loaded = decode(&bytes).unwrap_or_else(|error| panic!("{error}"));
        assert_eq!(loaded.integrity, Integrity::Intact);
        let drafts = loaded.session.working.drafts;
        drafts
            .first()
            .map_or_else(String::new, |one| one.text.raw().to_owned())
    }

    /// Files that a killed save left half-written.
    pub fn temporary_files(&self) -> usize {
        let sessions = self.home().join("data/sessions");
        fs::read_dir(sessions)
            .unwrap()
            .filter(|entry| {
                let path = entry.as_ref().unwrap().path();
                path.extension().is_some_and(|ending| ending == "tmp")
            })
            .count()
    }
}
