//! Sessions in a repository, with git itself: whatever two people do on two branches, `git merge` gives
//! a session that opens and holds what both wrote.

#![allow(clippy::unwrap_used)] // a panic in a test is a result
#![allow(clippy::print_stderr)] // where there is no git, the test says so
#![cfg(unix)]

#[path = "common/edits.rs"]
mod edits;

use std::fs;
use std::path::Path;
use std::process::{Command, Output};

use astride::session::types::Session;
use astride::store::{Integrity, decode, encode};
use tempfile::TempDir;

use edits::{edit, holds, new_session, texts, written};

/// A repository with a session in it, and nothing of this machine's settings.
struct Repository {
    folder: TempDir,
}

impl Repository {
    /// None where there is no git.
    fn new() -> Option<Self> {
        let repository = Self {
            folder: tempfile::tempdir().unwrap(),
        };
        let made = repository
            .command("git")
            .args(["init", "-q", "-b", "main", "."])
            .output();
        if !made.is_ok_and(|made| made.status.success()) {
            return None;
        }
        for (key, value) in [("user.name", "Ana"), ("user.email", "ana@example.org")] {
            repository.git(&["config", key, value]);
        }
        let set_up = repository.astride(&["git-setup"]);
        assert!(set_up.status.success(), "{}", words(&set_up));
        Some(repository)
    }

    fn path(&self) -> &Path {
        self.folder.path()
    }

    fn command(&self, program: &str) -> Command {
        let mut command = Command::new(program);
        command
            .current_dir(self.path())
            .env_clear()
            .env("PATH", std::env::var_os("PATH").unwrap_or_default())
            .env("HOME", self.path())
            .env("GIT_CONFIG_NOSYSTEM", "1")
            .env("GIT_CONFIG_GLOBAL", self.path().join("no-such-file"));
        command
    }

    fn git(&self, arguments: &[&str]) -> Output {
        let ran = self.command("git").args(arguments).output().unwrap();
        assert!(ran.status.success(), "git {arguments:?}: {}", words(&ran));
        ran
    }

    fn astride(&self, arguments: &[&str]) -> Output {
        let program = env!("CARGO_BIN_EXE_astride");
        self.command(program).args(arguments).output().unwrap()
    }

    fn write(&self, session: &Session, sequence: u64) {
        let text = encode(session, sequence).unwrap();
        fs::write(self.path().join("team.ron"), text).unwrap();
    }

    fn commit(&self, session: &Session, sequence: u64) {
        self.write(session, sequence);
        self.git(&["add", "-A"]);
        self.git(&["commit", "-q", "--allow-empty", "-m", "A step"]);
    }

    /// Two branches of one session, merged.
    fn merge(&self, base: &Session, ours: &Session, theirs: &Session, name: &str) -> Session {
        let (common, their_branch) = (format!("base-{name}"), format!("theirs-{name}"));
        self.git(&["checkout", "-q", "-B", &common]);
        self.commit(base, 1);
        self.git(&["checkout", "-q", "-b", &their_branch]);
        self.commit(theirs, 2);
        self.git(&["checkout", "-q", &common]);
        self.commit(ours, 2);
        self.git(&["merge", "-q", "--no-edit", &their_branch]);
        let bytes = fs::read(self.path().join("team.ron")).unwrap();
        let loaded = decode(&bytes).unwrap();
        assert_eq!(loaded.integrity, Integrity::Intact);
        loaded.session
    }
}

fn words(output: &Output) -> String {
    format!(
        "{}{}",
        String::from_utf8_lossy(&output.stdout),
        String::from_utf8_lossy(&output.stderr)
    )
}

/// Says why nothing was tested.
fn skipped() {
    eprintln!("skipped: there is no git here");
}

fn pairs_of_edits(count: u64) {
    let Some(repository) = Repository::new() else {
        return skipped();
    };
    for pair in 0..count {
        let base = edit(new_session("Team"), pair * 3, 30, "base");
        let ours = edit(base.clone(), pair * 3 + 1, 12, "ours");
        let theirs = edit(base.clone(), pair * 3 + 2, 12, "theirs");
        let merged = repository.merge(&base, &ours, &theirs, &pair.to_string());
        let there = texts(&merged);
        for text in written(&ours, "ours")
            .iter()
            .chain(&written(&theirs, "theirs"))
        {
            assert!(holds(&there, text), "pair {pair}: {text} is missing");
        }
        for text in written(&ours, "base").intersection(&written(&theirs, "base")) {
            assert!(holds(&there, text), "pair {pair}: {text} is missing");
        }
    }
}

#[test]
fn twenty_pairs_of_edits_on_two_branches_merge() {
    pairs_of_edits(20);
}

#[test]
#[ignore = "takes a minute; the same with twenty pairs runs always"]
fn two_hundred_pairs_of_edits_on_two_branches_merge() {
    pairs_of_edits(200);
}

#[test]
fn a_true_conflict_becomes_a_dispute_that_names_the_branch() {
    let Some(repository) = Repository::new() else {
        return skipped();
    };
    let base = new_session("Team");
    let with = |text: &str| {
        let mut session = base.clone();
        session.description = text.into();
        session
    };
    let merged = repository.merge(&with("Base."), &with("Ours."), &with("Theirs."), "conflict");
    assert_eq!(merged.description, "Ours.");
    assert_eq!(merged.disputes.len(), 1);
    assert!(texts(&merged).contains("Theirs."));
    let from = merged.disputes[0].from.raw();
    assert!(
        ["theirs-conflict", "the other branch"].contains(&from),
        "{from}"
    );
}

#[test]
fn a_file_that_does_not_open_is_left_and_git_says_so() {
    let Some(repository) = Repository::new() else {
        return skipped();
    };
    let base = edit(new_session("Team"), 1, 20, "base");
    repository.commit(&base, 1);
    repository.git(&["checkout", "-q", "-b", "broken"]);
    fs::write(
        repository.path().join("team.ron"),
        "(format: 1, title: \"x\",",
    )
    .unwrap();
    repository.git(&["commit", "-q", "-am", "Broken"]);
    repository.git(&["checkout", "-q", "main"]);
    let ours = edit(base, 2, 20, "ours");
    repository.commit(&ours, 2);
    let before = fs::read(repository.path().join("team.ron")).unwrap();
    let merged = repository
        .command("git")
        .args(["merge", "--no-edit", "broken"])
        .output()
        .unwrap();
    assert_eq!(merged.status.code(), Some(1), "{}", words(&merged));
    assert!(
        words(&merged).contains("does not open as a session"),
        "{}",
        words(&merged)
    );
    let after = fs::read(repository.path().join("team.ron")).unwrap();
    assert_eq!(after, before, "our version stays byte for byte");
}

#[test]
fn git_shows_a_session_in_words() {
    let Some(repository) = Repository::new() else {
        return skipped();
    };
    let base = edit(new_session("Team"), 1, 30, "base");
    repository.commit(&base, 1);
    let mut changed = base.clone();
    changed.description = "Two hosts behind a proxy.".into();
    repository.write(&changed, 2);
    let shown = words(&repository.git(&["diff"]));
    assert!(
        shown.contains("+  environment: Two hosts behind a proxy."),
        "{shown}"
    );
    assert!(!shown.contains("// checksum"), "{shown}");
}

#[test]
fn setting_up_twice_changes_nothing_more_and_keeps_what_is_there() {
    let Some(repository) = Repository::new() else {
        return skipped();
    };
    let attributes = repository.path().join(".gitattributes");
    let config = repository.path().join(".git/config");
    let once = (fs::read(&attributes).unwrap(), fs::read(&config).unwrap());
    let again = repository.astride(&["git-setup"]);
    assert!(again.status.success());
    assert!(
        words(&again).contains("is set already"),
        "{}",
        words(&again)
    );
    assert_eq!(
        (fs::read(&attributes).unwrap(), fs::read(&config).unwrap()),
        once
    );
    fs::write(&attributes, "*.png binary").unwrap();
    repository.astride(&["git-setup", "models/*.ron"]);
    assert_eq!(
        fs::read_to_string(&attributes).unwrap(),
        "*.png binary\nmodels/*.ron merge=astride diff=astride\n"
    );
    let outside = tempfile::tempdir().unwrap();
    let refused = repository
        .command(env!("CARGO_BIN_EXE_astride"))
        .arg("git-setup")
        .env("GIT_CEILING_DIRECTORIES", outside.path())
        .current_dir(outside.path())
        .output()
        .unwrap();
    assert_eq!(refused.status.code(), Some(2), "{}", words(&refused));
    assert!(
        words(&refused).contains("no git repository"),
        "{}",
        words(&refused)
    );
}
