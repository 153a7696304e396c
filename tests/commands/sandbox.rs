//! A folder of its own for each test, and the program run in it.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

use assert_cmd::Command;
use pretty_assertions::assert_eq;
use serde_json::Value;
use tempfile::TempDir;

/// A home folder with nothing in it.
pub struct Sandbox {
    folder: TempDir,
}

/// How a command ended.
pub struct Ran {
    pub code: i32,
    pub stdout: String,
    pub stderr: String,
}

impl Ran {
    /// What was printed, by a command that did what was asked.
    pub fn done(self) -> String {
        assert_eq!(self.code, 0, "{}{}", self.stdout, self.stderr);
        self.stdout
    }
}

impl Sandbox {
    pub fn new() -> Self {
        Self {
            folder: tempfile::tempdir().unwrap(),
        }
    }

    pub fn path(&self, inside: &str) -> PathBuf {
        self.folder.path().join(inside)
    }

    /// Writes a file, with the folders above it.
    pub fn write(&self, inside: &str, content: impl AsRef<[u8]>) -> PathBuf {
        let path = self.path(inside);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(&path, content).unwrap();
        path
    }

    /// A copy of the session in which every field holds something.
    pub fn everything(&self) -> String {
        let session = include_str!("everything.ron");
        let path = self.write("everything.ron", session);
        path.to_str().unwrap().to_owned()
    }

    /// The program with nothing in its environment but a home folder, and no terminal.
    pub fn bare(&self) -> Command {
        let mut command = Command::new(env!("CARGO_BIN_EXE_astride"));
        command.env_clear();
        command.env("HOME", self.folder.path());
        command.current_dir(self.folder.path());
        command.write_stdin("");
        command
    }

    /// Runs a command on the data folder of the sandbox.
    pub fn run(&self, arguments: &[&str]) -> Ran {
        let mut command = self.bare();
        command.arg("--data-dir").arg(self.path("data"));
        let output = command.args(arguments).output().unwrap();
        Ran {
            code: output.status.code().unwrap(),
            stdout: String::from_utf8(output.stdout).unwrap(),
            stderr: String::from_utf8(output.stderr).unwrap(),
        }
    }

    /// Runs a command that does what was asked.
    pub fn done(&self, arguments: &[&str]) -> String {
        self.run(arguments).done()
    }

    /// The JSON that a command prints, whatever its exit code says.
    pub fn json(&self, arguments: &[&str]) -> Value {
        let printed = self.run(arguments).stdout;
        assert!(printed.starts_with("{\n  \"schema\": \"astride."));
        serde_json::from_str(&printed).unwrap()
    }

    /// What is said by a command that refuses: exit code 2, nothing on standard output, a next step,
    /// and everything on disk as it was.
    pub fn refused(&self, arguments: &[&str]) -> String {
        let before = self.files();
        let ran = self.run(arguments);
        assert_eq!(ran.code, 2, "{arguments:?}: {}", ran.stderr);
        assert_eq!(ran.stdout, "", "{arguments:?}");
        assert_eq!(self.files(), before, "{arguments:?} changed the disk");
        if let Some(message) = ran.stderr.strip_prefix("astride: ") {
            let lines: Vec<&str> = message.lines().collect();
            assert!(
                message.matches(". ").count() + lines.len() >= 2
                    && lines.iter().all(|line| !line.is_empty()),
                "{arguments:?} should say what happened and what to do: {message}"
            );
        } else {
            // The parser of the command line speaks in its own form.
            assert!(ran.stderr.starts_with("error: "), "{}", ran.stderr);
            assert!(ran.stderr.contains("--help"), "{}", ran.stderr);
        }
        assert!(!ran.stderr.contains("panicked"), "{}", ran.stderr);
        // The sandbox has another name each time.
        let folder = fs::canonicalize(self.folder.path()).unwrap();
        ran.stderr
            .replace(folder.to_str().unwrap(), "HOME")
            .replace(self.folder.path().to_str().unwrap(), "HOME")
    }

    /// Every file with its bytes, every folder with nothing.
    fn files(&self) -> BTreeMap<PathBuf, Option<Vec<u8>>> {
        let mut found = BTreeMap::new();
        let mut folders = vec![self.folder.path().to_owned()];
        while let Some(folder) = folders.pop() {
            for entry in fs::read_dir(folder).unwrap() {
                let path = entry.unwrap().path();
                let content = if path.is_dir() {
                    folders.push(path.clone());
                    None
                } else {
                    // A link that leads nowhere is compared by its name.
                    fs::read(&path).ok()
                };
                found.insert(path, content);
            }
        }
        found
    }
}

/// The path of an example that ships with the program.
pub fn shipped(name: &str) -> String {
    let path = Path::new(env!("CARGO_MANIFEST_DIR"))
        .join("sessions")
        .join(name);
    path.to_str().unwrap().to_owned()
}
