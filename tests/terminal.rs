//! What the program does with a real terminal besides drawing on it: the person's editor, the mouse,
//! windows that are too small, terminals with few characters, and mistakes in the settings.

#![allow(clippy::unwrap_used)] // a panic in a test is a result
#![cfg(unix)]

mod common;

use std::fs;
use std::os::unix::fs::PermissionsExt as _;
use std::path::Path;

use common::Terminal;
use pretty_assertions::assert_eq;

/// A script that stands for somebody's editor.
fn editor(folder: &Path, script: &str) -> String {
    let path = folder.join("editor");
    fs::write(&path, format!("#!/bin/sh\n{script}\n")).unwrap();
    fs::set_permissions(&path, fs::Permissions::from_mode(0o755)).unwrap();
    path.to_str().unwrap().to_owned()
}

fn begin(program: &mut Terminal, title: &str) {
    program.wait("New session").send("n").wait("The assignment");
    program
        .send(title)
        .send("\r")
        .wait("Docker client · Spoofing");
}

fn saved(folder: &Path, name: &str) -> String {
    fs::read_to_string(folder.join(format!("data/sessions/{name}.ron"))).unwrap()
}

#[test]
fn a_text_goes_to_the_editor_and_the_whole_text_comes_back() {
    let folder = tempfile::tempdir().unwrap();
    // What was typed is on disk before the editor gets the terminal, and the terminal is a plain one.
    let script = "grep -q 'half a sentence' \"$PWD/data/sessions/blue.ron\" && echo safe > seen\n\
                  stty -a < /dev/tty >> seen\n\
                  printf 'two\\nlines | and <b>\\n' >> \"$1\"";
    let editor = editor(folder.path(), script);
    let mut program = Terminal::start_with(folder.path(), (80, 34), &[], &[("EDITOR", &editor)]);
    begin(&mut program, "Blue");
    program
        .send("o")
        .wait("Esc done")
        .send("half a sentence")
        .wait("half a sentence");
    program
        .send("\x0f")
        .wait("from your editor")
        .wait("lines | and <b>");
    let seen = fs::read_to_string(folder.path().join("seen")).unwrap();
    assert!(seen.starts_with("safe\n"), "{seen}");
    assert!(
        seen.contains(" icanon") && !seen.contains("-icanon"),
        "{seen}"
    );
    // The keys are the program's again, and the editor's text is one step of undo.
    program
        .send("Z")
        .wait("<b>Z")
        .send("\x1a")
        .wait_gone("<b>Z")
        .send("\x1a")
        .wait_gone("lines");
    program.send("\x19").wait("lines | and <b>");
    program.esc().send("q");
    assert_eq!(program.end(), 0);
    let text = saved(folder.path(), "blue");
    assert!(
        text.contains("half a sentencetwo\\nlines | and <b>") || text.contains("lines | and <b>")
    );
}

#[test]
fn an_editor_that_fails_leaves_the_text_as_it_was() {
    let folder = tempfile::tempdir().unwrap();
    let editor = editor(folder.path(), "echo gone > \"$1\"; exit 3");
    let mut program = Terminal::start_with(folder.path(), (80, 24), &[], &[("EDITOR", &editor)]);
    begin(&mut program, "Blue");
    program
        .send("a")
        .wait("Enter done")
        .send("My threat")
        .wait("My threat");
    program
        .send("\x0f")
        .wait("The text is as it was.")
        .wait("My threat");
    program.send("\r").wait("Recorded.").esc().send("q");
    assert_eq!(program.end(), 0);
    assert!(saved(folder.path(), "blue").contains("My threat"));
}

#[test]
fn without_an_editor_the_key_says_how_to_name_one() {
    let folder = tempfile::tempdir().unwrap();
    let mut program = Terminal::start(folder.path(), 80, 24, &[]);
    begin(&mut program, "Blue");
    program
        .send("a")
        .wait("Enter done")
        .send("\x0f")
        .wait("Set EDITOR");
}

#[test]
fn the_mouse_is_the_terminals_until_it_is_asked_for() {
    let folder = tempfile::tempdir().unwrap();
    let mut program = Terminal::start(folder.path(), 80, 24, &[]);
    begin(&mut program, "Blue");
    assert!(!program.has_mouse());
    program
        .send("\x1b[18~")
        .wait("The mouse is on")
        .wait_for_mouse();
    // A click on the second letter of the map's second component: its cell opens.
    program
        .send("\x1b[<0;16;4M\x1b[<0;16;4m")
        .wait("· Tampering");
    // The wheel moves, and nothing is typed by it.
    program.send("\x1b[<65;50;12M").wait("›");
    program.send("q");
    assert_eq!(program.end(), 0);
    assert!(!program.has_mouse());
    assert_eq!(program.modes(), (false, false));
}

#[test]
fn a_killed_program_with_the_mouse_gives_it_back() {
    let folder = tempfile::tempdir().unwrap();
    let config = folder.path().join("config.ron");
    fs::write(&config, "(mouse: true, theme: light)").unwrap();
    let config = config.to_str().unwrap();
    let mut program =
        Terminal::start_with(folder.path(), (80, 24), &[], &[("ASTRIDE_CONFIG", config)]);
    program.wait("New session").wait_for_mouse();
    program.signal("TERM");
    assert_eq!(program.end(), 0);
    assert!(!program.has_mouse());
}

#[test]
fn a_window_that_is_too_small_saves_and_quits() {
    let folder = tempfile::tempdir().unwrap();
    let mut program = Terminal::start(folder.path(), 80, 24, &[]);
    begin(&mut program, "Blue");
    program.resize(19, 4).wait("Please enlarge.");
    // Keys that would do something unseen do nothing: D, and the space that takes a suggestion.
    program.send(" D").send("\x13").wait("Saved: 0 cells");
    program.send("q");
    assert_eq!(program.end(), 0);
    assert!(saved(folder.path(), "blue").contains("threats: []"));
}

#[test]
fn the_linux_console_gets_signs_that_it_has() {
    let folder = tempfile::tempdir().unwrap();
    for environment in [[("TERM", "linux")], [("LC_ALL", "C")]] {
        let mut program = Terminal::start_with(folder.path(), (80, 24), &[], &environment);
        program.wait("New session");
        assert!(program.text().is_ascii(), "{}", program.text());
        program
            .send("\x1b[19~")
            .wait("Frames and signs are drawn.")
            .wait("┏");
        program.send("q");
        assert_eq!(program.end(), 0);
    }
}

#[test]
fn a_broken_configuration_is_said_and_nothing_stops() {
    let folder = tempfile::tempdir().unwrap();
    let config = folder.path().join("config.ron");
    let broken = "(\n  theme: lihgt,\n)\n";
    fs::write(&config, broken).unwrap();
    let path = config.to_str().unwrap();
    let mut program = Terminal::start_with(folder.path(), (80, 24), &["--config", path], &[]);
    program.wait("config.ron:2:").wait("New session").send("q");
    assert_eq!(program.end(), 0);
    assert_eq!(fs::read_to_string(&config).unwrap(), broken);
}

#[test]
fn keys_of_ones_own_are_obeyed_and_shown() {
    let folder = tempfile::tempdir().unwrap();
    let config = folder.path().join("config.ron");
    fs::write(
        &config,
        "(keys: {\"home.new_session\": [\"b\"], \"card.add\": [\"+\"]})",
    )
    .unwrap();
    let config = config.to_str().unwrap();
    let mut program =
        Terminal::start_with(folder.path(), (80, 24), &[], &[("ASTRIDE_CONFIG", config)]);
    program
        .wait("b new")
        .send("b")
        .wait("The assignment")
        .send("Blue\r");
    program.wait("+ add").send("+").wait("Enter done");
}

#[test]
fn the_author_of_the_settings_is_in_the_room_of_a_new_session() {
    let folder = tempfile::tempdir().unwrap();
    let config = folder.path().join("config.ron");
    fs::write(&config, "(author: \"Ana\")").unwrap();
    let config = config.to_str().unwrap();
    let mut program =
        Terminal::start_with(folder.path(), (80, 24), &[], &[("ASTRIDE_CONFIG", config)]);
    begin(&mut program, "Blue");
    program
        .send("a")
        .wait("Enter done")
        .send("A threat\r")
        .wait("Recorded.")
        .esc()
        .send("q");
    assert_eq!(program.end(), 0);
    let text = saved(folder.path(), "blue");
    assert!(
        text.contains("name: \"Ana\"") && text.contains("by: \""),
        "{text}"
    );
}

#[test]
fn the_colours_change_while_the_program_runs() {
    let folder = tempfile::tempdir().unwrap();
    let mut program = Terminal::start(folder.path(), 80, 24, &[]);
    program
        .wait("New session")
        .send(":")
        .wait("What would you like to do?");
    program
        .send("colours")
        .wait("The next set of colours")
        .send("\r")
        .wait("Colours: light.");
    program.send("\x1b[17~").wait("Colours: high contrast.");
    program.send("\x1b[17~").wait("Colours: none.");
}

#[test]
fn a_template_in_the_data_folder_is_a_form_on_the_screen_and_on_the_command_line() {
    let folder = tempfile::tempdir().unwrap();
    let templates = folder.path().join("data/templates");
    fs::create_dir_all(&templates).unwrap();
    let template = templates.join("board.md.j2");
    fs::write(&template, "# {{ title }}, {{ wrong }}\n").unwrap();
    let mut program = Terminal::start(folder.path(), 100, 30, &[]);
    begin(&mut program, "Blue");
    program.send("5").wait("• Brief:").send("f").wait("yours");
    for _ in 0..20 {
        program.send("j");
    }
    program
        .send("\r")
        .wait("board.md.j2:1: there is no such name");
    fs::write(&template, "# {{ title }} for the board\n").unwrap();
    program.send("5").wait("Blue for the board");
    program.send("w").wait("Write the file to");
    program
        .send("\x1a")
        .send("dat\t")
        .wait("> data/")
        .send("\r");
    program.wait("> data/blue.md").send("\r").wait("Written to");
    program.send("q");
    assert_eq!(program.end(), 0);
    let written = fs::read_to_string(folder.path().join("data/blue.md")).unwrap();
    assert_eq!(written, "# Blue for the board\n");
    let exported = std::process::Command::new(env!("CARGO_BIN_EXE_astride"))
        .args(["export", "blue", "--form", "board"])
        .env("ASTRIDE_DATA_DIR", folder.path().join("data"))
        .output()
        .unwrap();
    assert_eq!(String::from_utf8_lossy(&exported.stdout), written);
}
