//! Several sessions at once: merge, compare, diff.

use std::fs;

use pretty_assertions::assert_eq;

use super::sandbox::{Sandbox, shipped};

#[test]
fn sessions_come_together_in_a_new_one_and_stay_as_they_are() {
    let sandbox = Sandbox::new();
    let everything = sandbox.everything();
    let course = shipped("course.ron");
    let before = fs::read(&course).unwrap();
    let name = sandbox.done(&["merge", "cohort", &everything, &course]);
    assert_eq!(name, "cohort\n");
    let merged = sandbox.json(&["show", "cohort", "--json"]);
    let titles = |session: &serde_json::Value| -> Vec<String> {
        let threats = session["threats"].as_array().unwrap().iter();
        threats
            .map(|one| one["title"].as_str().unwrap().to_owned())
            .collect()
    };
    let all = titles(&merged);
    for session in [everything.as_str(), &course] {
        for title in titles(&sandbox.json(&["show", session, "--json"])) {
            assert!(all.contains(&title), "{title} is missing");
        }
    }
    assert_eq!(fs::read(&course).unwrap(), before);
    // The other way round gives the same.
    sandbox.done(&["merge", "other.ron", &course, &everything]);
    let mut other = sandbox.json(&["show", "other.ron", "--json"]);
    for field in ["name", "path", "sequence"] {
        other[field] = merged[field].clone();
    }
    assert_eq!(other, merged);
}

#[test]
fn a_session_merged_with_itself_is_the_same_session() {
    let sandbox = Sandbox::new();
    let everything = sandbox.everything();
    sandbox.done(&["merge", "same.ron", &everything, &everything]);
    let difference = sandbox.done(&["diff", &everything, "same.ron"]);
    assert_eq!(difference, "Nothing is different.\n");
}

#[test]
fn an_existing_file_is_not_replaced_and_a_missing_version_is_told() {
    let sandbox = Sandbox::new();
    let everything = sandbox.everything();
    sandbox.write("there.ron", "something else");
    let said = sandbox.refused(&["merge", "there.ron", &everything]);
    assert!(said.contains("is there already"), "{said}");
    sandbox.done(&["new", "Team blue", "--no-open"]);
    let said = sandbox.refused(&["diff", "team-blue@7", "team-blue"]);
    assert!(said.contains("team-blue@7"), "{said}");
    let said = sandbox.refused(&["merge", "out", "no-such-session"]);
    assert!(said.contains("There is no session"), "{said}");
    sandbox.refused(&["watch", "no-such-session"]);
}

#[test]
fn hostile_titles_do_nothing_to_a_terminal() {
    let sandbox = Sandbox::new();
    let hostile =
        include_str!("everything.ron").replacen("title: \"", "title: \"\\u{1b}]0;owned\\u{7}", 1);
    sandbox.write("hostile.ron", hostile);
    let everything = sandbox.everything();
    for arguments in [
        vec!["compare", "hostile.ron", &everything],
        vec!["diff", "hostile.ron", &everything],
        vec!["diff", "hostile.ron", &everything, "--markdown"],
        vec!["textconv", "hostile.ron"],
    ] {
        let printed = sandbox.done(&arguments);
        assert!(!printed.contains('\u{1b}'), "{arguments:?}: {printed:?}");
    }
}
