//! The main job, end to end, line by line: begin, walk, be killed, come back, review, hand in.

use std::fs;
use std::path::Path;
use std::process::Command;
use std::time::{Duration, Instant};

use pretty_assertions::assert_eq;
use serde_json::Value;

use super::driver::Plain;

/// Cells of the walk, the own threat written there, and its mitigation: as in the full screen.
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

const SENTENCE: &str = "the proxy container listens on every interface of the host";

#[test]
fn the_whole_journey_line_by_line() {
    for (arguments, environment) in [
        (&["--plain"][..], &[][..]),
        (&[], &[("ACCESSIBLE", "1")]),
        (&[], &[("TERM", "dumb")]),
    ] {
        journey(arguments, environment);
    }
}

fn journey(arguments: &[&str], environment: &[(&str, &str)]) {
    let folder = tempfile::tempdir().unwrap();
    let mut plain = Plain::start(folder.path(), arguments, environment);
    plain.hear("Sessions are in");
    plain.say("new Team blue");
    let course = plain.number("Container security course");
    plain.say(&course);
    plain.hear("Docker client, Spoofing, cell 1 of 60");
    for (cell, threat, mitigation) in WALK {
        plain.say(&format!("go {cell}"));
        plain.hear("Suggested:");
        let taken = plain.number(". ");
        plain.say(&format!("take {taken}"));
        plain.hear("Taken as your own.");
        plain.say(&format!("add {threat}"));
        plain.hear("Recorded.");
        plain.say("list");
        let number = plain.number(threat);
        plain.say(&format!("mitigate {number} {mitigation}"));
        plain.hear("Noted as planned.");
    }
    plain
        .say("go kubelet denial")
        .hear("kubelet, Denial of service");
    // Long answers go on until a line with a single dot; each line is kept as soon as it is there.
    plain.say("note").hear("A line with a single dot ends it.");
    plain.say(SENTENCE);
    wait_for_disk(folder.path(), SENTENCE);
    plain.kill();

    let mut plain = Plain::start(
        folder.path(),
        &["--plain", "open", "team-blue"],
        environment,
    );
    plain.hear("kubelet, Denial of service");
    let note = plain.number(SENTENCE);
    plain.say(&format!("more {note} and nobody knows why"));
    plain.hear("Noted.");
    plain.say("undo").hear("Undone");
    plain.say("redo").hear("Done again");
    plain.say("save").hear("Saved ");
    plain.say("review").hear("Did we do a good enough job?");
    let check = json(folder.path(), "check");
    for result in check["requirements"].as_array().unwrap() {
        let state = if result["met"] == true {
            "met"
        } else {
            "missing"
        };
        let line = format!("{state}: {}", result["requirement"].as_str().unwrap());
        plain.hear(&line);
    }
    plain.say("export").hear("team-blue.md");
    plain.say("").hear("Written to");
    plain
        .say("export team-blue.md")
        .hear("Replace it? Type yes or no.");
    plain.say("no");
    plain.say("quit");
    let (code, last) = plain.end();
    assert_eq!(code, 0);
    assert!(last.contains(" open team-blue"), "{last}");

    let text = fs::read_to_string(folder.path().join("team-blue.md")).unwrap();
    for (_, threat, mitigation) in WALK {
        assert!(
            text.contains(threat) && text.contains(mitigation),
            "{threat}\n{text}"
        );
    }
    let session = json(folder.path(), "show");
    assert_eq!(session["threats"].as_array().unwrap().len(), 10);
    assert_eq!(session["mitigations"].as_array().unwrap().len(), 5);
}

fn json(folder: &Path, command: &str) -> Value {
    let output = Command::new(env!("CARGO_BIN_EXE_astride"))
        .args([command, "team-blue", "--json"])
        .env("ASTRIDE_DATA_DIR", folder.join("data"))
        .output()
        .unwrap();
    serde_json::from_slice(&output.stdout).unwrap()
}

fn wait_for_disk(folder: &Path, words: &str) {
    let file = folder.join("data/sessions/team-blue.ron");
    let start = Instant::now();
    while !fs::read_to_string(&file)
        .unwrap_or_default()
        .contains(words)
    {
        assert!(start.elapsed() < Duration::from_secs(10), "not saved");
        std::thread::park_timeout(Duration::from_millis(5));
    }
}
