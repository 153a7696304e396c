//! Every command of the compiled program: what it prints, its exit code, and what it leaves on disk.

#![allow(clippy::unwrap_used)] // a test that cannot go on has failed

#[path = "commands/catalog.rs"]
mod catalog;
#[path = "commands/exchange.rs"]
mod exchange;
#[path = "commands/history.rs"]
mod history;
#[path = "commands/json.rs"]
mod json;
#[path = "commands/newer.rs"]
mod newer;
#[path = "commands/refusals.rs"]
mod refusals;
#[path = "commands/review.rs"]
mod review;
#[path = "commands/sandbox.rs"]
mod sandbox;
#[path = "commands/settings.rs"]
mod settings;
#[path = "commands/teams.rs"]
mod teams;
#[path = "commands/templates.rs"]
mod templates;

use std::fs;
use std::process::{Command, Stdio};

use pretty_assertions::assert_eq;

use sandbox::{Sandbox, shipped};

#[test]
fn help_of_the_program_and_of_each_command() {
    let sandbox = Sandbox::new();
    for command in [
        "",
        "new",
        "open",
        "list",
        "show",
        "history",
        "restore",
        "export",
        "template",
        "import",
        "check",
        "findings",
        "attach",
        "merge",
        "compare",
        "diff",
        "watch",
        "git-setup",
        "catalog",
        "catalog list",
        "catalog show",
        "catalog stats",
        "catalog check",
        "keys",
        "doctor",
        "config",
        "completions",
        "man",
    ] {
        let mut arguments: Vec<&str> = command.split_whitespace().collect();
        arguments.push("--help");
        let name = if command.is_empty() {
            "help".to_owned()
        } else {
            format!("help_{}", command.replace(' ', "_"))
        };
        insta::assert_snapshot!(name, sandbox.run(&arguments).done());
    }
}

#[test]
fn the_version_is_the_packages() {
    let version = Sandbox::new().run(&["--version"]).done();
    assert_eq!(version, format!("astride {}\n", env!("CARGO_PKG_VERSION")));
}

#[test]
fn completions_know_the_commands() {
    let sandbox = Sandbox::new();
    for shell in ["bash", "zsh", "fish"] {
        let script = sandbox.run(&["completions", shell]).done();
        for word in [
            "export", "catalog", "no-open", "data-dir", "doctor", "plain",
        ] {
            assert!(script.contains(word), "{shell} does not complete {word}");
        }
    }
}

#[test]
fn the_manual_holds_commands_options_and_keys() {
    let manual = Sandbox::new().run(&["man"]).done();
    assert!(manual.contains(".TH astride 1"));
    for part in [
        r"astride new [OPTIONS] <NAME>",
        r"astride catalog check [OPTIONS] [FOLDER]",
        r"\-\-no\-names",
        r"astride doctor [OPTIONS]",
        "config.ron",
        "EDITOR",
        "Write a threat of your own",
        "ASTRIDE_DATA_DIR",
        "Exit codes: 0 done",
    ] {
        assert!(manual.contains(part), "the manual does not say {part:?}");
    }
}

#[test]
fn a_new_course_session_lists_the_five_things_that_are_missing() {
    let sandbox = Sandbox::new();
    let made = sandbox.run(&["new", "x", "--brief", "course", "--no-open"]);
    assert_eq!(made.code, 0);
    assert_eq!(made.stdout, "x\n");
    let checked = sandbox.run(&["check", "x"]);
    assert_eq!((checked.code, checked.stderr.as_str()), (1, ""));
    insta::assert_snapshot!("new_course_session_checked", checked.stdout);
    assert_eq!(checked.stdout.lines().count(), 5);
}

#[test]
fn a_new_session_holds_what_the_options_say() {
    let sandbox = Sandbox::new();
    sandbox.done(&[
        "new",
        "Team blue",
        "--brief",
        "free",
        "--system",
        "docker",
        "--system",
        "web-app",
        "--participant",
        "Ana",
        "--participant",
        "Bo",
        "--no-open",
    ]);
    let shown = sandbox.json(&["show", "team-blue", "--json"]);
    assert_eq!(shown["title"], "Team blue");
    assert_eq!(shown["brief"], "free");
    let names = shown["participants"].as_array().unwrap().iter();
    let names: Vec<_> = names.map(|one| one["name"].as_str().unwrap()).collect();
    assert_eq!(names, ["Ana", "Bo"]);
    let components = shown["components"].as_array().unwrap();
    assert_eq!(components.len(), 8);
    assert_eq!(components[0], "docker-client");
}

#[test]
fn two_sessions_of_one_title_do_not_meet() {
    let sandbox = Sandbox::new();
    let names: Vec<String> = (0..2)
        .map(|_| sandbox.done(&["new", "Team blue", "--no-open"]))
        .collect();
    assert_eq!(names, ["team-blue\n", "team-blue-2\n"]);
}

#[test]
fn the_course_example_lacks_its_three_findings_and_nothing_else() {
    let checked = Sandbox::new().run(&["check", &shipped("course.ron")]);
    assert_eq!(checked.code, 1);
    assert_eq!(checked.stdout.lines().count(), 1, "{}", checked.stdout);
    assert!(checked.stdout.starts_with(
        "missing: 3 findings chosen and documented, at least 1 of them none of 5.10, 5.14, 5.22."
    ));
}

#[test]
fn the_web_example_lacks_nothing() {
    let checked = Sandbox::new().run(&["check", &shipped("web-infrastructure.ron")]);
    assert_eq!(
        (checked.code, checked.stdout.as_str()),
        (0, "Nothing is missing.\n")
    );
}

#[test]
fn list_names_every_session_and_says_which_does_not_open() {
    let sandbox = Sandbox::new();
    sandbox.done(&["new", "Team blue", "--no-open"]);
    sandbox.write("data/sessions/broken.ron", "(format: 1,");
    let listed = sandbox.done(&["list"]);
    assert!(listed.contains("team-blue") && listed.contains("0 of 144 cells"));
    assert!(listed.contains("broken") && listed.contains("! The session file"));
}

#[test]
fn an_empty_list_says_where_it_looked_and_makes_nothing() {
    let sandbox = Sandbox::new();
    let listed = sandbox.run(&["list"]);
    assert_eq!((listed.code, listed.stdout.as_str()), (0, ""));
    assert!(listed.stderr.starts_with("No sessions yet in "));
    assert!(!sandbox.path("data").exists());
}

#[test]
fn show_leaves_nothing_out() {
    let sandbox = Sandbox::new();
    let everything = sandbox.everything();
    let shown = sandbox.done(&["show", &everything]);
    insta::assert_snapshot!("everything_shown", shown);
}

#[test]
fn the_data_folder_can_come_from_the_environment() {
    let sandbox = Sandbox::new();
    let mut command = sandbox.bare();
    command.env("ASTRIDE_DATA_DIR", sandbox.path("elsewhere"));
    command.args(["new", "x", "--no-open"]);
    assert!(command.output().unwrap().status.success());
    assert!(sandbox.path("elsewhere/sessions/x.ron").exists());
}

#[test]
fn export_gives_the_same_text_to_standard_output_and_to_a_file() {
    let sandbox = Sandbox::new();
    let session = shipped("web-infrastructure.ron");
    let printed = sandbox.done(&["export", &session, "--form", "course"]);
    assert!(printed.starts_with("# "));
    let file = sandbox.path("out.md");
    let written = sandbox.run(&["export", &session, "-o", file.to_str().unwrap()]);
    assert_eq!((written.code, written.stdout.as_str()), (0, ""));
    assert!(written.stderr.starts_with("Written to "));
    assert_eq!(fs::read_to_string(file).unwrap(), printed);
}

#[test]
fn export_replaces_a_file_only_when_forced() {
    let sandbox = Sandbox::new();
    let session = shipped("web-infrastructure.ron");
    let file = sandbox.write("out.md", "ours\n");
    let file = file.to_str().unwrap();
    let refused = sandbox.refused(&["export", &session, "-o", file]);
    assert!(refused.contains("is there already") && refused.contains("--force"));
    sandbox.run(&["export", &session, "-o", file, "--force"]);
    assert!(fs::read_to_string(file).unwrap().starts_with("# "));
}

#[test]
fn export_can_leave_names_out() {
    let sandbox = Sandbox::new();
    let everything = sandbox.everything();
    let with = sandbox.done(&["export", &everything]);
    let without = sandbox.done(&["export", &everything, "--no-names"]);
    assert!(with.contains("Ana"));
    assert!(!without.contains("Ana"), "{without}");
}

#[test]
fn export_never_replaces_the_session_itself() {
    let sandbox = Sandbox::new();
    let everything = sandbox.everything();
    let refused = sandbox.refused(&["export", &everything, "-o", &everything, "--force"]);
    assert!(refused.contains("is the session itself"));
}

#[cfg(unix)]
#[test]
fn export_writes_into_a_device_and_leaves_it_one() {
    let sandbox = Sandbox::new();
    let session = shipped("course.ron");
    let written = sandbox.run(&["export", &session, "-o", "/dev/null", "--force"]);
    assert_eq!(written.code, 0);
    assert!(!fs::metadata("/dev/null").unwrap().is_file());
}

#[test]
fn a_report_is_read_in_plain_words_and_attached_to_a_session() {
    let sandbox = Sandbox::new();
    sandbox.write("before.log", include_str!("commands/before.log"));
    let read = sandbox.done(&["findings", "before.log", "--failed"]);
    assert!(read.contains("5.11"), "{read}");
    sandbox.done(&["new", "Team blue", "--no-open"]);
    let attached = sandbox.run(&["attach", "team-blue", "before.log"]);
    assert_eq!((attached.code, attached.stdout.as_str()), (0, ""));
    assert!(attached.stderr.starts_with("Added docker-bench-security"));
    let again = sandbox.run(&["attach", "team-blue", "before.log"]);
    assert_eq!(again.code, 0);
    assert!(again.stderr.starts_with("Nothing new:"), "{}", again.stderr);
    let shown = sandbox.json(&["show", "team-blue", "--json"]);
    assert_eq!(shown["scans"][0]["file"], "before.log");
}

#[test]
fn hostile_text_is_shown_and_does_nothing() {
    let sandbox = Sandbox::new();
    let hostile = "a\u{1b}]0;owned\u{7}\u{1b}[2Jb\u{9b}31m\u{202e}c\u{200b}";
    sandbox.done(&["new", hostile, "--participant", hostile, "--no-open"]);
    let name = sandbox.json(&["list", "--json"])["sessions"][0]["name"].clone();
    let name = name.as_str().unwrap();
    for arguments in [
        vec!["list"],
        vec!["show", name],
        vec!["check", name],
        vec!["export", name],
        vec!["list", "--json"],
        vec!["show", name, "--json"],
        vec!["check", name, "--json"],
        vec!["show", hostile],
        vec!["new", "y", "--brief", hostile],
        vec!["new", "y", "--no-open", "--system", hostile],
        vec!["export", name, "--form", hostile],
        vec!["catalog", "show", hostile],
    ] {
        let ran = sandbox.run(&arguments);
        for output in [&ran.stdout, &ran.stderr] {
            let raw = output.chars().find(|&character| {
                (character.is_control() && character != '\n')
                    || matches!(character, '\u{202e}' | '\u{200b}')
            });
            assert_eq!(raw, None, "{arguments:?}: {output}");
        }
    }
    let shown = sandbox.json(&["show", name, "--json"]);
    assert_eq!(shown["title"], hostile, "JSON gives the text back exact");
}

#[test]
fn a_reader_that_leaves_early_is_no_error() {
    let sandbox = Sandbox::new();
    for arguments in [&["catalog", "list"][..], &["catalog", "list", "--json"]] {
        let mut program = Command::new(env!("CARGO_BIN_EXE_astride"))
            .args(arguments)
            .env_clear()
            .env("HOME", sandbox.path(""))
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()
            .unwrap();
        // The list is longer than a pipe holds, so the program meets the closed end.
        drop(program.stdout.take());
        let ended = program.wait_with_output().unwrap();
        assert_eq!(ended.status.code(), Some(0));
        assert_eq!(String::from_utf8_lossy(&ended.stderr), "");
    }
}
