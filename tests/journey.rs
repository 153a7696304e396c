//! The main job, end to end, in a real terminal: begin, walk, lose the terminal in mid-sentence, come
//! back to the same word, review, hand in.

#![allow(clippy::unwrap_used)] // a panic in a test is a result
#![cfg(unix)]

mod common;

use std::fs;
use std::path::Path;
use std::process::Command;

use common::Terminal;
use pretty_assertions::assert_eq;

/// Cells of the walk, the own threat written there, and its mitigation.
const WALK: [(&str, &str, &str); 5] = [
    (
        "docker client: tampering",
        "Our laptops share one Dockerfile folder",
        "Review every Dockerfile in a pull request",
    ),
    (
        "docker host: elevation",
        "Build agents share the host socket",
        "Give each build its own rootless daemon",
    ),
    (
        "docker registry: tampering",
        "Anyone in the office can push latest",
        "Only the pipeline may push, by digest",
    ),
    (
        "kube-apiserver: spoofing",
        "One admin kubeconfig is passed around",
        "One short-lived certificate for each person",
    ),
    (
        "etcd: information",
        "Snapshots lie on an open file share",
        "Encrypt snapshots and restrict the share",
    ),
];

#[test]
fn the_whole_journey_at_80_columns() {
    journey(80, 24);
}

#[test]
fn the_whole_journey_at_120_columns() {
    journey(120, 40);
}

fn journey(columns: u16, rows: u16) {
    let folder = tempfile::tempdir().unwrap();
    let mut program = Terminal::start(folder.path(), columns, rows, &[]);
    program.wait("New session").send("n").wait("The assignment");
    program
        .wait("Container security course")
        .send("Team blue\r");
    program.wait("Docker client · Spoofing");
    for (cell, threat, mitigation) in WALK {
        walk_one_cell(&mut program, cell, threat, mitigation);
    }
    kill_and_come_back(&mut program, folder.path(), columns, rows);
    review_and_hand_in(&mut program, folder.path());
    program.send("q");
    assert_eq!(program.end(), 0);
    assert_eq!(program.modes(), (false, false));
    assert!(!program.hides_cursor());
    assert!(
        program.flowing().contains(" open team-blue"),
        "{}",
        program.text()
    );
}

/// Takes the first suggestion of a cell and writes a threat of one's own with a mitigation.
fn walk_one_cell(program: &mut Terminal, cell: &str, threat: &str, mitigation: &str) {
    program
        .send(":")
        .wait("What would you like to do?")
        .send(cell)
        .wait(cell);
    program.send("\r").wait_gone("What would you like to do?");
    program.send(" ").wait("[x]");
    program
        .send("a")
        .wait("Enter done")
        .send(threat)
        .send("\r")
        .wait("Recorded.");
    program.esc().wait_gone("Enter done");
    program
        .send("m")
        .wait("What we do about it")
        .wait("Enter done");
    program
        .send(mitigation)
        .send("\r")
        .wait("Noted as planned.");
    program.esc().wait_gone("Enter done").esc().wait("Ours");
}

const SENTENCE: &str = "the proxy container listens on every interface of ";
const UNFINISHED: &str = "the ho";

fn kill_and_come_back(program: &mut Terminal, folder: &Path, columns: u16, rows: u16) {
    program
        .send(":")
        .wait("What would you like to do?")
        .send("kubelet: denial\r");
    program.wait("kubelet · Denial");
    program.send("a").wait("Enter done").send(SENTENCE);
    wait_for_disk(folder, SENTENCE.trim_end());
    program.send(UNFINISHED).wait("the ho");
    program.signal("KILL");
    program.end();
    *program = Terminal::start(folder, columns, rows, &[]);
    program
        .wait("Continue where you stopped")
        .wait("Team blue")
        .send("\r");
    program.wait("Here you stopped.").wait("Enter done");
    let flowing = program.flowing();
    assert!(
        flowing.contains("> the proxy container listens on every"),
        "{flowing}"
    );
    let shown = Command::new(env!("CARGO_BIN_EXE_astride"))
        .args(["show", "team-blue", "--json"])
        .env("ASTRIDE_DATA_DIR", folder.join("data"))
        .output()
        .unwrap();
    let shown: serde_json::Value = serde_json::from_slice(&shown.stdout).unwrap();
    let draft = shown["working"]["drafts"][0]["text"].as_str().unwrap();
    assert!(draft.starts_with(SENTENCE), "{draft}");
    // The cursor is behind the last word: typing goes on there. Undo takes that back.
    program.send("NODE");
    program
        .wait("NODE")
        .send("\x1a")
        .wait("Undone")
        .wait_gone("NODE");
    program
        .send("\r")
        .wait("Recorded.")
        .esc()
        .wait_gone("Enter done");
    program
        .send("u")
        .wait("Undone: add")
        .send("\x12")
        .wait("Done again: add");
}

fn review_and_hand_in(program: &mut Terminal, folder: &Path) {
    program.send("4").wait("Did we do a good enough job?");
    // The command reads the disk, which is at most half a second behind the screen.
    program.wait_gone("saving…");
    let review = program.flowing();
    let check = Command::new(env!("CARGO_BIN_EXE_astride"))
        .args(["check", "team-blue", "--json"])
        .env("ASTRIDE_DATA_DIR", folder.join("data"))
        .output()
        .unwrap();
    assert_eq!(check.status.code(), Some(1));
    let check: serde_json::Value = serde_json::from_slice(&check.stdout).unwrap();
    let requirements = check["requirements"].as_array().unwrap();
    assert_eq!(requirements.len(), 5);
    for result in requirements {
        let requirement = result["requirement"].as_str().unwrap();
        let missing = result["missing"].as_str().unwrap();
        let mark = if result["met"] == true { '✓' } else { '○' };
        let line = format!("{mark} {requirement} {missing}");
        let shown: String = line.trim_end().chars().take(60).collect();
        assert!(
            review.contains(shown.trim_end()),
            "{shown} is not on\n{review}"
        );
    }
    let met = requirements.iter().filter(|result| result["met"] == true);
    // Five threats of each system, but nothing else yet.
    assert_eq!(met.count(), 2);
    program
        .send("5")
        .wait("• Brief:")
        .send("w")
        .wait("Write the file to");
    program.wait("team-blue.md").send("\r").wait("Written to");
    program
        .send("w")
        .wait("Write the file to")
        .send("\r")
        .wait("Replace it?");
    program.send("\x1b").wait_gone("Replace it?");
    let text = fs::read_to_string(folder.join("team-blue.md")).unwrap();
    for (_, threat, mitigation) in WALK {
        assert!(text.contains(threat), "{threat} is not in\n{text}");
        assert!(text.contains(mitigation), "{mitigation} is not in\n{text}");
    }
    assert!(text.contains(SENTENCE.trim_end()), "{text}");
}

/// Waits until the sentence is in the session's file, as the promise says: within a second.
fn wait_for_disk(folder: &Path, sentence: &str) {
    let file = folder.join("data/sessions/team-blue.ron");
    let start = std::time::Instant::now();
    while !fs::read_to_string(&file)
        .unwrap_or_default()
        .contains(sentence)
    {
        assert!(
            start.elapsed() < std::time::Duration::from_secs(10),
            "not saved"
        );
        std::thread::park_timeout(std::time::Duration::from_millis(5));
    }
}

#[test]
fn a_signal_saves_and_gives_the_terminal_back() {
    for signal in ["TERM", "HUP", "INT"] {
        let folder = tempfile::tempdir().unwrap();
        let mut program = Terminal::start(folder.path(), 80, 24, &[]);
        program
            .wait("New session")
            .send("n")
            .wait("The assignment")
            .send("Team red\r");
        program.wait("Spoofing").send("a").wait("Enter done");
        program.send("half a sen").wait("half a sen");
        program.signal(signal);
        assert_eq!(program.end(), 0, "{signal}");
        assert_eq!(program.modes(), (false, false), "{signal}");
        let file = folder.path().join("data/sessions/team-red.ron");
        assert!(
            fs::read_to_string(file).unwrap().contains("half a sen"),
            "{signal}"
        );
    }
}

#[test]
fn a_burst_of_ten_thousand_characters_arrives_whole() {
    let folder = tempfile::tempdir().unwrap();
    let mut program = Terminal::start(folder.path(), 80, 24, &[]);
    program
        .wait("New session")
        .send("n")
        .wait("The assignment")
        .send("Burst\r");
    program
        .wait("Spoofing")
        .send("1")
        .wait("Environment")
        .send("j\r")
        .wait("Esc done");
    let words: String = (0..2_000).fold(String::new(), |words, number| {
        words + &format!("{number:04} ")
    });
    program.send(&words).wait("1999");
    program.esc().wait_gone("Esc done").send("q");
    assert_eq!(program.end(), 0);
    let file = folder.path().join("data/sessions/burst.ron");
    assert!(fs::read_to_string(file).unwrap().contains(words.trim_end()));
}

#[test]
fn resizing_while_typing_loses_nothing() {
    let folder = tempfile::tempdir().unwrap();
    let mut program = Terminal::start(folder.path(), 80, 24, &[]);
    program
        .wait("New session")
        .send("n")
        .wait("The assignment")
        .send("Sizes\r");
    program.wait("Spoofing").send("a").wait("Enter done");
    for (number, (columns, rows)) in [
        (120, 40),
        (60, 20),
        (40, 12),
        (20, 5),
        (10, 3),
        (132, 43),
        (80, 24),
    ]
    .iter()
    .enumerate()
    {
        program.resize(*columns, *rows).send(&format!("w{number} "));
    }
    program.wait("w0 w1 w2 w3 w4 w5 w6");
    program.send("\r").wait("Recorded.");
}
