//! How many keys it takes: the tasks of a first-time user, in a real terminal, with every key counted.
//! Text that is the answer itself is not counted, nor are the Enter keys within it.

#![allow(clippy::unwrap_used)] // a panic in a test is a result
#![cfg(unix)]

mod common;

use std::fs;

use common::Terminal;

/// A terminal in which keys are counted.
struct Counted {
    program: Terminal,
    keys: usize,
    folder: tempfile::TempDir,
}

impl Counted {
    fn start() -> Self {
        let folder = tempfile::tempdir().unwrap();
        let mut program = Terminal::start(folder.path(), 80, 24, &[]);
        program.wait("New session");
        Self {
            program,
            keys: 0,
            folder,
        }
    }

    fn with_session() -> Self {
        let mut counted = Self::start();
        counted
            .program
            .send("n")
            .wait("The assignment")
            .send("Blue\r");
        counted.program.wait("Docker client · Spoofing");
        counted
    }

    /// Starts the program again and goes on with the session.
    fn resume(&mut self) -> &mut Terminal {
        self.program = Terminal::start(self.folder.path(), 80, 24, &[]);
        self.program
            .wait("Continue where you stopped")
            .send("\r")
            .wait("Docker client · Spoofing")
    }

    /// One key.
    fn key(&mut self, key: &str, then: &str) -> &mut Self {
        self.keys += 1;
        self.program.send(key).wait(then);
        self
    }

    /// Words that are an answer or a search.
    fn text(&mut self, words: &str) -> &mut Self {
        self.program.send(words).wait(words);
        self
    }

    fn at_most(&self, keys: usize) {
        assert!(self.keys <= keys, "{} keys, and not {keys}", self.keys);
    }
}

#[test]
fn the_first_answer_takes_at_most_four_keys_from_the_start() {
    let mut counted = Counted::start();
    counted
        .key("n", "The assignment")
        .key("\r", "Docker client · Spoofing");
    counted
        .key("a", "Enter done")
        .text("Somebody steals the key");
    counted.at_most(4);
}

#[test]
fn leaving_without_loss_is_one_key() {
    let mut counted = Counted::with_session();
    counted.program.send("q");
    assert_eq!(counted.program.end(), 0);
    assert!(counted.program.flowing().contains("Saved in"));
}

#[test]
fn going_back_two_questions_takes_two_keys_also_while_typing() {
    let mut counted = Counted::with_session();
    counted
        .program
        .send("\x0e")
        .wait("· Tampering")
        .send("\x0e")
        .wait("· Repudiation");
    counted
        .program
        .send("a")
        .wait("Enter done")
        .send("half")
        .wait("half");
    counted.key("\x10", "· Tampering").key("\x10", "· Spoofing");
    counted.at_most(2);
}

#[test]
fn a_threat_in_an_empty_list_takes_two_keys_and_its_text() {
    let mut counted = Counted::with_session();
    counted
        .key("a", "Enter done")
        .text("A threat")
        .key("\r", "Recorded.");
    counted.at_most(3);
}

#[test]
fn any_cell_is_two_keys_and_its_words_away() {
    let mut counted = Counted::with_session();
    counted
        .key(":", "What would you like to do?")
        .text("etcd: inf");
    counted.key("\r", "etcd · Information");
    counted.at_most(5);
}

#[test]
fn a_deleted_threat_comes_back_with_one_key() {
    let mut counted = Counted::with_session();
    counted
        .program
        .send("a")
        .wait("Enter done")
        .send("A precious threat\r")
        .wait("Recorded.");
    counted.program.esc().wait_gone("Enter done");
    counted
        .program
        .send("k")
        .send("D")
        .wait("Removed.")
        .wait_gone("A precious threat");
    counted.key("u", "A precious threat");
    counted.at_most(1);
}

#[test]
fn the_report_is_written_with_at_most_four_keys_and_its_path_is_said() {
    let mut counted = Counted::with_session();
    counted
        .key("\x05", "Write the file to")
        .key("\r", "Written to");
    counted.at_most(4);
    let said = counted.program.flowing();
    assert!(said.contains("blue.md"), "{said}");
    let file = counted.folder.path().join("blue.md");
    assert!(fs::read_to_string(file).unwrap().starts_with("# Blue"));
}

#[test]
fn after_a_kill_nothing_is_to_be_decided() {
    let mut counted = Counted::with_session();
    counted
        .program
        .send("a")
        .wait("Enter done")
        .send("the forgotten sentence")
        .wait("sentence");
    wait_for_disk(counted.folder.path());
    counted.program.signal("KILL");
    counted.program.end();
    counted.program = Terminal::start(counted.folder.path(), 80, 24, &[]);
    counted.program.wait("Continue where you stopped");
    counted
        .key("\r", "Here you stopped.")
        .program
        .wait("the forgotten sentence");
    counted.at_most(1);
}

#[test]
fn yesterdays_version_of_an_answer_is_back_with_at_most_six_keys() {
    let mut counted = Counted::with_session();
    counted
        .program
        .send("a")
        .wait("Enter done")
        .send("A precious threat\r")
        .wait("Recorded.");
    counted.program.esc().wait_gone("Enter done").send("q");
    assert_eq!(counted.program.end(), 0);
    // The next run keeps the file as it was before it saves something else.
    counted.resume().send("Gk\r").wait("What goes wrong");
    counted
        .program
        .send("\r")
        .wait("Enter done")
        .send("\x15Ruined")
        .wait_gone("precious")
        .esc()
        .wait_gone("Enter done")
        .send("q");
    assert_eq!(counted.program.end(), 0);
    let history = counted.folder.path().join("data/history/blue");
    let yesterday = std::time::SystemTime::now() - std::time::Duration::from_hours(24);
    for version in fs::read_dir(history).unwrap() {
        let version = fs::File::open(version.unwrap().path()).unwrap();
        version.set_modified(yesterday).unwrap();
    }
    counted.resume().wait("Ruined");
    counted.key("G", "Ruined").key("k", "Ruined");
    counted.key("H", "yesterday").key("\r", "Undo with u");
    counted.program.wait("A precious threat");
    counted.at_most(6);
}

/// Waits until the sentence is in the session's file, as the promise says: within a second.
fn wait_for_disk(folder: &std::path::Path) {
    let file = folder.join("data/sessions/blue.ron");
    let start = std::time::Instant::now();
    while !fs::read_to_string(&file)
        .unwrap_or_default()
        .contains("the forgotten sentence")
    {
        assert!(start.elapsed().as_secs() < 10, "not saved");
        std::thread::park_timeout(std::time::Duration::from_millis(5));
    }
}
