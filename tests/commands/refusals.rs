//! Bad input: one clear message with the next step, exit code 2, and nothing changed on disk.

use std::fs;

use super::sandbox::{Sandbox, shipped};

/// A sandbox with two sessions and files that are none.
fn with_sessions() -> Sandbox {
    let sandbox = Sandbox::new();
    sandbox.done(&["new", "Team blue", "--no-open"]);
    sandbox.done(&["new", "Team red", "--no-open"]);
    sandbox
}

#[test]
fn an_unknown_session_gets_names_like_it() {
    let sandbox = with_sessions();
    for command in ["show", "check", "export", "open"] {
        let said = sandbox.refused(&[command, "team-blu"]);
        assert!(said.contains("There is no session 'team-blu'."), "{said}");
        assert!(said.contains("Did you mean team-blue, team-red?"), "{said}");
        assert!(said.contains("`astride list`"), "{said}");
    }
    let said = sandbox.refused(&["show", "completely-different"]);
    assert!(
        said.ends_with("`astride list` shows the sessions in the data folder.\n"),
        "{said}"
    );
}

#[test]
fn every_refusal_names_the_file_and_the_next_step() {
    let sandbox = with_sessions();
    sandbox.write("empty.ron", "");
    sandbox.write("blank.ron", " \n\n");
    sandbox.write("zeros.ron", [0; 512]);
    sandbox.write("not-text.ron", b"(format: 1, title: \"\xff\xfe\")");
    sandbox.write(
        "unclosed.ron",
        "(\n    format: 1,\n    title: \"Team blue\",\n",
    );
    sandbox.write(
        "unknown-field.ron",
        include_str!("everything.ron").replace("description:", "descripion:"),
    );
    sandbox.write("newer.ron", "(format: 99, title: \"From tomorrow\")");
    sandbox.write("too-large.ron", vec![b' '; 8 * 1024 * 1024 + 1]);
    sandbox.write("notes.txt", "not a session");
    fs::create_dir(sandbox.path("folder.ron")).unwrap();
    let mut said = String::new();
    for file in [
        "missing.ron",
        "empty.ron",
        "blank.ron",
        "zeros.ron",
        "not-text.ron",
        "unclosed.ron",
        "unknown-field.ron",
        "newer.ron",
        "too-large.ron",
        "folder.ron",
        "notes.txt/inside.ron",
        "./notes.txt",
        "../data",
    ] {
        for command in ["check", "export", "open"] {
            let other = sandbox.refused(&["show", file]);
            assert_eq!(sandbox.refused(&[command, file]), other);
        }
        said.push_str(&sandbox.refused(&["show", file]));
        said.push('\n');
    }
    insta::assert_snapshot!("sessions_that_do_not_open", said);
}

#[test]
fn malformed_ron_is_named_with_line_and_column() {
    let sandbox = Sandbox::new();
    sandbox.write("a.ron", "(\n    format: 1,\n    title: Team blue,\n)");
    let said = sandbox.refused(&["show", "a.ron"]);
    assert!(
        said.contains("HOME/a.ron:3:11: a text in double quotes is expected here."),
        "{said}"
    );
}

#[cfg(unix)]
#[test]
fn a_file_that_may_not_be_read_is_said_to_be_one() {
    use std::os::unix::fs::PermissionsExt as _;

    let sandbox = Sandbox::new();
    let file = sandbox.everything();
    fs::set_permissions(&file, fs::Permissions::from_mode(0o000)).unwrap();
    if fs::read(&file).is_ok() {
        return; // an administrator may read everything
    }
    let said = sandbox.refused(&["show", &file]);
    assert!(said.contains("could not be read"), "{said}");
}

#[cfg(unix)]
#[test]
fn links_in_a_circle_are_said_to_be_some() {
    let sandbox = Sandbox::new();
    std::os::unix::fs::symlink("b.ron", sandbox.path("a.ron")).unwrap();
    std::os::unix::fs::symlink("a.ron", sandbox.path("b.ron")).unwrap();
    let said = sandbox.refused(&["show", "a.ron"]);
    assert!(said.contains("link"), "{said}");
}

#[test]
fn a_damaged_session_with_history_names_the_version_that_opens() {
    let sandbox = with_sessions();
    let good = fs::read(sandbox.path("data/sessions/team-blue.ron")).unwrap();
    sandbox.write("data/history/team-blue/1.ron", good);
    sandbox.write("data/sessions/team-blue.ron", "(format: 1,");
    let said = sandbox.refused(&["show", "team-blue"]);
    assert!(
        said.contains("An earlier version opens: `astride restore team-blue@1`"),
        "{said}"
    );
    assert!(
        said.contains("`astride show team-blue --salvage`"),
        "{said}"
    );
    fs::remove_file(sandbox.path("data/sessions/team-blue.ron")).unwrap();
    let said = sandbox.refused(&["show", "team-blue"]);
    assert!(
        said.contains("One earlier version of it is kept."),
        "{said}"
    );
    assert!(
        said.contains("`astride restore team-blue@VERSION`"),
        "{said}"
    );
    sandbox.done(&["show", "team-blue@1"]);
}

#[test]
fn an_unknown_word_gets_the_known_ones() {
    let sandbox = with_sessions();
    for (arguments, known) in [
        (
            &["new", "x", "--brief", "nope", "--no-open"][..],
            "course, docker, free",
        ),
        (
            &["new", "x", "--system", "nope", "--no-open"],
            "docker, kubernetes, web-app",
        ),
        (&["export", "team-blue", "--form", "nope"], "course"),
        (&["catalog", "show", "nope"], "`astride catalog list`"),
        (
            &["catalog", "show", "shared-kern"],
            "Did you mean shared-kernel?",
        ),
        (&["shwo"], "show"),
        (&["completions", "nope"], "bash"),
        (&["list", "--jsn"], "--json"),
        (&["--color", "sometimes", "list"], "auto"),
    ] {
        let said = sandbox.refused(arguments);
        assert!(said.contains(known), "{arguments:?}: {said}");
    }
}

#[test]
fn a_session_needs_a_title_and_participants_names() {
    let sandbox = Sandbox::new();
    let said = sandbox.refused(&["new", "  ", "--no-open"]);
    assert!(said.contains("needs a title"), "{said}");
    let said = sandbox.refused(&["new", "x", "--participant", "", "--no-open"]);
    assert!(said.contains("--participant \"\""), "{said}");
    sandbox.refused(&["new", "--no-open"]);
}

#[test]
fn the_screen_needs_a_terminal() {
    let sandbox = with_sessions();
    for arguments in [&[][..], &["open", "team-blue"], &["new", "x"]] {
        let said = sandbox.refused(arguments);
        assert!(
            said.starts_with("astride: Astride needs a terminal"),
            "{said}"
        );
        assert_eq!(said.lines().count(), 2, "{said}");
    }
}

#[test]
fn export_says_why_a_file_cannot_be_written() {
    let sandbox = Sandbox::new();
    let session = shipped("course.ron");
    fs::create_dir(sandbox.path("folder")).unwrap();
    for force in [&[][..], &["--force"]] {
        let run = |target| {
            let arguments = [&["export", session.as_str(), "-o", target], force].concat();
            sandbox.refused(&arguments)
        };
        assert!(run("folder").contains("folder is a folder."));
        assert!(run("nowhere/out.md").contains("nowhere/out.md could not be written"));
    }
}

#[test]
fn a_data_folder_that_is_a_file_is_said_to_be_one() {
    let sandbox = Sandbox::new();
    sandbox.write("data", "not a folder");
    for arguments in [
        &["list"][..],
        &["new", "x", "--no-open"],
        &["show", "team-blue"],
    ] {
        let said = sandbox.refused(arguments);
        assert!(said.contains("HOME/data"), "{arguments:?}: {said}");
    }
}

#[test]
fn a_catalog_folder_must_be_there_and_make_sense() {
    let sandbox = with_sessions();
    let said = sandbox.refused(&["--catalog", "nowhere", "catalog", "list"]);
    assert!(said.contains("there is no such folder"), "{said}");
    let said = sandbox.refused(&["catalog", "check", "nowhere"]);
    assert!(said.contains("there is no such folder"), "{said}");
    sandbox.write(
        "ours/a.ron",
        "#![enable(implicit_some)]\nglossary([\n    (id: \"x\", nam: \"X\"),\n])",
    );
    for arguments in [
        &["catalog", "list"][..],
        &["new", "x", "--no-open"],
        &["check", "team-blue"],
    ] {
        let said = sandbox.refused(&[&["--catalog", "ours"], arguments].concat());
        assert!(said.contains("ours/a.ron:3:"), "{said}");
        assert!(said.contains("`astride catalog check DIR`"), "{said}");
    }
}

#[test]
fn a_file_that_is_no_report_is_left_out() {
    let sandbox = with_sessions();
    sandbox.write("notes.txt", "hello");
    sandbox.write("empty.log", "");
    sandbox.write("broken.ron", "(format: 1,");
    sandbox.write("good.log", include_str!("before.log"));
    for file in ["notes.txt", "empty.log", "missing.log", "data"] {
        assert!(sandbox.refused(&["findings", file]).contains(file));
        assert!(
            sandbox
                .refused(&["attach", "team-blue", file])
                .contains(file)
        );
    }
    let said = sandbox.refused(&["attach", "team-blu", "good.log"]);
    assert!(said.contains("Did you mean team-blue"), "{said}");
    let said = sandbox.refused(&["attach", "broken.ron", "good.log"]);
    assert!(said.contains("HOME/broken.ron:1:"), "{said}");
}
