//! The facilitator's second terminal, for real: it follows the first within a second, and writes
//! nothing.

#![allow(clippy::unwrap_used)] // a panic in a test is a result
#![cfg(unix)]

mod common;

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::time::{Duration, Instant, SystemTime};

use common::Terminal;
use pretty_assertions::assert_eq;

/// Every file and folder with its bytes and the time of its last change.
fn everything(folder: &Path) -> BTreeMap<PathBuf, (Option<Vec<u8>>, SystemTime)> {
    let mut found = BTreeMap::new();
    let mut folders = vec![folder.to_owned()];
    while let Some(folder) = folders.pop() {
        let changed = fs::metadata(&folder).unwrap().modified().unwrap();
        found.insert(folder.clone(), (None, changed));
        for entry in fs::read_dir(&folder).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                folders.push(path);
                continue;
            }
            let changed = fs::metadata(&path).unwrap().modified().unwrap();
            found.insert(path.clone(), (fs::read(&path).ok(), changed));
        }
    }
    found
}

fn make(folder: &Path) {
    let made = Command::new(env!("CARGO_BIN_EXE_astride"))
        .args(["new", "Team blue", "--brief", "course", "--no-open"])
        .env("ASTRIDE_DATA_DIR", folder.join("data"))
        .output()
        .unwrap();
    assert!(made.status.success());
}

#[test]
fn it_writes_nothing_and_leaves_no_trace() {
    let folder = tempfile::tempdir().unwrap();
    make(folder.path());
    let before = everything(folder.path());
    let mut watcher = Terminal::start(folder.path(), 60, 20, &["watch", "team-blue"]);
    watcher.wait("Team blue").wait("Next:").wait("q quit");
    watcher.send("jjk ").send("g").wait("watching");
    watcher.send("q");
    assert_eq!(watcher.end(), 0);
    assert_eq!(watcher.modes(), (false, false));
    assert_eq!(everything(folder.path()), before);
}

#[test]
fn it_shows_what_the_first_terminal_does_within_a_second() {
    let folder = tempfile::tempdir().unwrap();
    make(folder.path());
    let mut first = Terminal::start(folder.path(), 80, 24, &["open", "team-blue"]);
    first.wait("Docker client · Spoofing");
    let mut watcher = Terminal::start(folder.path(), 80, 24, &["watch", "team-blue"]);
    watcher.wait("Next:");
    // The team goes from cell to cell without writing anything.
    let mut fastest = Duration::MAX;
    for name in [
        "Tampering",
        "Repudiation",
        "Information disclosure",
        "Denial of service",
        "Elevation of privilege",
    ] {
        first.send("\x0e").wait(&format!("Docker client · {name}"));
        let moved = Instant::now();
        watcher.wait(&format!("Now: Docker client · {name}"));
        fastest = fastest.min(moved.elapsed());
    }
    // Half a second until it is saved, a quarter until it is looked at. The machine that tests may be
    // busy for a moment, not five times.
    assert!(fastest < Duration::from_secs(1), "it took {fastest:?}");
    first
        .send("a")
        .wait("Enter done")
        .send("One Dockerfile for all");
    watcher.wait("> One Dockerfile for all");
    first.send("\r").wait("Recorded.");
    watcher.wait("1 threat recorded");
    watcher.send("q");
    assert_eq!(watcher.end(), 0);
}
