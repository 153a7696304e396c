//! Earlier versions from the command line: listed, shown, brought back, and that taken back.

use std::fs;

use pretty_assertions::assert_eq;

use super::sandbox::Sandbox;

/// A session whose file is at its second save, with the first in its history.
fn with_two_versions() -> Sandbox {
    let sandbox = Sandbox::new();
    sandbox.done(&["new", "Team blue", "--no-open"]);
    let file = sandbox.path("data/sessions/team-blue.ron");
    sandbox.write("data/history/team-blue/1.ron", fs::read(file).unwrap());
    sandbox.write("report.log", include_str!("before.log"));
    sandbox.done(&["attach", "team-blue", "report.log"]);
    sandbox
}

fn scans(sandbox: &Sandbox, session: &str) -> usize {
    let shown = sandbox.json(&["show", session, "--json"]);
    shown["scans"].as_array().unwrap().len()
}

#[test]
fn history_lists_the_versions_and_says_how_to_go_back() {
    let sandbox = with_two_versions();
    let listed = sandbox.done(&["history", "team-blue"]);
    let first = listed.lines().next().unwrap();
    assert!(first.starts_with("1  2"), "{listed}");
    assert!(first.ends_with("cells, 0 threats  Team blue"), "{listed}");
    assert!(listed.contains("`astride restore team-blue@1`"), "{listed}");
}

#[test]
fn a_session_without_versions_says_when_there_will_be_one() {
    let sandbox = Sandbox::new();
    sandbox.done(&["new", "Team blue", "--no-open"]);
    let ran = sandbox.run(&["history", "team-blue"]);
    assert_eq!((ran.code, ran.stdout.as_str()), (0, ""));
    assert!(ran.stderr.starts_with("No earlier versions yet."));
    let said = sandbox.refused(&["history", "team-blu"]);
    assert!(said.contains("Did you mean team-blue?"), "{said}");
}

#[test]
fn a_restore_is_taken_back_by_another() {
    let sandbox = with_two_versions();
    assert_eq!(scans(&sandbox, "team-blue"), 1);
    assert_eq!(scans(&sandbox, "team-blue@1"), 0);
    let ran = sandbox.run(&["restore", "team-blue@1"]);
    assert_eq!(ran.code, 0, "{}", ran.stderr);
    assert!(
        ran.stderr.contains("Version 1 is in place: "),
        "{}",
        ran.stderr
    );
    assert!(
        ran.stderr.contains("`astride restore team-blue@2`"),
        "{}",
        ran.stderr
    );
    assert_eq!(scans(&sandbox, "team-blue"), 0);
    sandbox.done(&["restore", "team-blue@2"]);
    assert_eq!(scans(&sandbox, "team-blue"), 1);
}

#[test]
fn a_version_becomes_a_session_of_its_own() {
    let sandbox = with_two_versions();
    let before = fs::read(sandbox.path("data/sessions/team-blue.ron")).unwrap();
    sandbox.done(&["restore", "team-blue@1", "--as", "As it was"]);
    let shown = sandbox.json(&["show", "as-it-was", "--json"]);
    assert_eq!(shown["title"], "As it was");
    assert_eq!(scans(&sandbox, "as-it-was"), 0);
    let after = fs::read(sandbox.path("data/sessions/team-blue.ron")).unwrap();
    assert_eq!(after, before);
}

#[test]
fn a_damaged_session_is_brought_back_and_the_damage_is_kept() {
    let sandbox = with_two_versions();
    let damage = "// astride session, format 1, save 9\n(\n    format: 1,\n    title: \"Te";
    let file = sandbox.write("data/sessions/team-blue.ron", damage);
    sandbox.refused(&["show", "team-blue"]);
    sandbox.done(&["restore", "team-blue@1"]);
    assert_eq!(scans(&sandbox, "team-blue"), 0);
    let kept = sandbox.path("data/history/team-blue/9.ron");
    assert_eq!(fs::read_to_string(kept).unwrap(), damage);
    let listed = sandbox.done(&["history", "team-blue"]);
    assert!(listed.contains("9  "), "{listed}");
    assert!(listed.contains("! The session file cannot be"), "{listed}");
    // A session that is gone comes back in the same way.
    fs::remove_file(file).unwrap();
    sandbox.done(&["restore", "team-blue@1"]);
    assert_eq!(scans(&sandbox, "team-blue"), 0);
}

#[test]
fn a_version_that_is_not_there_or_does_not_open_changes_nothing() {
    let sandbox = with_two_versions();
    sandbox.write("data/history/team-blue/7.ron", "(format: 1,");
    for (arguments, words) in [
        (&["restore", "team-blue"][..], "Which version of team-blue?"),
        (&["restore", "team-blue@99"], "There is no version 99"),
        (&["show", "team-blue@99"], "There is no version 99"),
        (
            &["restore", "team-blue@7"],
            "Version 7 of team-blue does not open",
        ),
        (
            &["restore", "team-blue@1", "--as", " "],
            "A new session needs a title",
        ),
        (&["restore", "nobody@1"], "There is no version 1 of nobody"),
    ] {
        let said = sandbox.refused(arguments);
        assert!(said.contains(words), "{said}");
    }
}

#[test]
fn salvage_prints_the_words_that_are_left() {
    let sandbox = Sandbox::new();
    let whole = include_str!("everything.ron");
    let half = &whole[..whole.len() * 2 / 3];
    sandbox.write("half.ron", half);
    sandbox.refused(&["show", "half.ron"]);
    let before = fs::read(sandbox.path("half.ron")).unwrap();
    let ran = sandbox.run(&["show", "half.ron", "--salvage"]);
    assert_eq!(ran.code, 0, "{}", ran.stderr);
    assert!(ran.stdout.contains(", title\n  "), "{}", ran.stdout);
    assert!(ran.stderr.contains("The file was left as it is."));
    assert_eq!(fs::read(sandbox.path("half.ron")).unwrap(), before);
    sandbox.write("empty.ron", [0; 512]);
    let said = sandbox.refused(&["show", "empty.ron", "--salvage"]);
    assert!(said.contains("no text can be found"), "{said}");
}

#[test]
fn salvage_of_a_hostile_file_cannot_drive_the_terminal() {
    let sandbox = Sandbox::new();
    sandbox.write(
        "evil.ron",
        b"(title: \"\x1b]0;owned\x07 \\u{202e}evil\x9b31m\", \xff",
    );
    let shown = sandbox.done(&["show", "evil.ron", "--salvage"]);
    assert!(
        !shown.contains(|c: char| c != '\n' && c.is_control() || c == '\u{202e}'),
        "{shown:?}"
    );
    assert!(shown.contains("owned"), "{shown}");
}

#[test]
fn a_newer_session_is_refused_whole_and_its_texts_can_be_read() {
    let sandbox = Sandbox::new();
    let newer = "// astride session, format 9, save 2\n(format: 9, mood: \"calm and busy\")\n";
    sandbox.write("newer.ron", newer);
    let said = sandbox.refused(&["show", "newer.ron"]);
    assert!(said.contains("--salvage"), "{said}");
    let shown = sandbox.done(&["show", "newer.ron", "--salvage"]);
    assert!(shown.contains("calm and busy"), "{shown}");
}
