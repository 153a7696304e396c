//! Findings as evidence, end to end, in a real terminal: a report comes in, three findings are chosen
//! and documented, the scanner runs again, the write-up has it all.

#![allow(clippy::unwrap_used)] // a panic in a test is a result
#![cfg(unix)]

mod common;

use std::fs;
use std::path::Path;
use std::process::Command;

use common::Terminal;
use pretty_assertions::assert_eq;

/// What nobody wants on a screen or in a document.
const EVIL: &str = "evil\u{1b}[2J\u{1b}]52;c;ZXZpbA==\u{7}\u{202e}</details><script>alert(1)</script> ![x](http://x/y) `a` | b";

#[test]
fn findings_are_hardened_and_handed_in_at_80_columns() {
    journey(80, 24);
}

#[test]
fn findings_are_hardened_and_handed_in_at_120_columns() {
    journey(120, 40);
}

fn journey(columns: u16, rows: u16) {
    let folder = tempfile::tempdir().unwrap();
    put_reports(folder.path());
    let mut program = Terminal::start(folder.path(), columns, rows, &[]);
    program.wait("New session").send("n").wait("The assignment");
    program
        .wait("Container security course")
        .send("Team blue\r")
        .wait("Docker client · Spoofing");
    import(&mut program, "bef", "before.log");
    // One of the three is a note, not a failure: all are shown.
    program.send("f").wait("Which findings").send("jjj\r");
    program.wait("Shown: all checks");
    for (number, issue) in [
        ("5.10", "One container can eat all memory."),
        ("5.14", "A crashing container restarts for ever."),
        ("5.22", "Anybody with exec gets a root shell."),
    ] {
        document(&mut program, number, issue);
    }
    assert!(!findings_are_enough(folder.path(), &mut program));
    document(&mut program, "2.17", "A setuid program can gain root.");
    assert!(findings_are_enough(folder.path(), &mut program));
    import(&mut program, "aft", "after.log");
    program.send("3f").wait("Which findings");
    program.send("jjjjj\r").wait("Fixed (");
    assert!(
        program.flowing().contains("Since before.log: 26 fixed"),
        "{}",
        program.text()
    );
    program.send("5").wait("• Brief:").send("w");
    program.wait("team-blue.md").send("\r").wait("Written to");
    program.send("q");
    assert_eq!(program.end(), 0);
    let text = fs::read_to_string(folder.path().join("team-blue.md")).unwrap();
    check(&text);
}

/// The report of before the change, with hostile words among its details, and that of after it.
fn put_reports(folder: &Path) {
    let samples = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures/scans");
    let before = fs::read_to_string(samples.join("made-dbs-1.3.5-before.txt")).unwrap();
    let title = "limited\n";
    assert!(before.contains(title));
    let hostile = format!("{title}\u{1b}[1;31m[WARN]\u{1b}[0m      * {EVIL}\n");
    fs::write(
        folder.join("before.log"),
        before.replacen(title, &hostile, 1),
    )
    .unwrap();
    fs::copy(
        samples.join("made-dbs-1.3.5-after.txt"),
        folder.join("after.log"),
    )
    .unwrap();
}

/// Types the beginning of a file's name, lets Tab complete it, looks at what was read, adds it.
fn import(program: &mut Terminal, typed: &str, file: &str) {
    program.send("3i").wait("Read the report of a scanner");
    program.send(typed).wait(&format!("> {typed}")).send("\t");
    program.wait(&format!("> {file}")).send("\r");
    program
        .wait("What was read")
        .wait("docker-bench-security")
        .send("G\r");
    program.wait("Added 1 run.");
}

/// Finds a finding by its number, chooses it and says what is wrong.
fn document(program: &mut Terminal, number: &str, issue: &str) {
    program.send("3/").wait("Findings with these words");
    program.send("\x1a").send(number).send("\r");
    program.wait(&format!("with '{number}'")).send("e");
    program.wait("Enter new line").send(issue).wait(issue);
    program.esc().wait_gone("Enter new line");
    program
        .send("/")
        .wait("Findings with these words")
        .send("\x1a\r");
    program.wait_gone("Findings with these words");
}

/// Whether the brief has what it asks for of the findings, as screen and command line say alike.
fn findings_are_enough(folder: &Path, program: &mut Terminal) -> bool {
    program.send("4").wait("Did we do a good enough job?");
    program.wait_gone("saving…");
    let check = Command::new(env!("CARGO_BIN_EXE_astride"))
        .args(["check", "team-blue", "--json"])
        .env("ASTRIDE_DATA_DIR", folder.join("data"))
        .output()
        .unwrap();
    let check: serde_json::Value = serde_json::from_slice(&check.stdout).unwrap();
    let requirements = check["requirements"].as_array().unwrap();
    let about = |one: &&serde_json::Value| {
        let requirement = one["requirement"].as_str().unwrap();
        requirement.contains("none of 5.10, 5.14, 5.22")
    };
    let met = requirements.iter().find(about).unwrap()["met"] == true;
    let mark = if met { "✓" } else { "○" };
    let line = format!("{mark} 3 findings chosen and documented");
    assert!(
        program.flowing().contains(&line),
        "{line}\n{}",
        program.text()
    );
    met
}

/// The write-up has everything, nothing hostile, and the form that linters ask for.
fn check(text: &str) {
    for wanted in [
        "### 5.10 Ensure that the memory usage for containers is limited",
        "### 5.22 Ensure docker exec commands are not used with privileged option",
        "### 2.17 Ensure containers are restricted from acquiring new privileges",
        "Benchmark: CIS Docker 1.2.0",
        "One container can eat all memory.",
        "\"no-new-privileges\": true",
        "```json",
        "Outcome: fixed",
        "### Before and after",
        "| fixed |",
        "| still failing |",
    ] {
        assert!(text.contains(wanted), "{wanted} is missing in\n{text}");
    }
    let harmful = |one: char| one.is_control() && one != '\n' || "\u{202e}\u{200f}".contains(one);
    assert!(!text.contains(harmful), "{text:?}");
    assert!(!text.contains("<script>"), "{text}");
    let mut in_code = false;
    let mut headings = Vec::new();
    let lines: Vec<&str> = text.lines().collect();
    for (at, line) in lines.iter().enumerate() {
        assert_eq!(line.trim_end(), *line, "blanks at the end of line {at}");
        let blank = |at: Option<usize>| {
            at.and_then(|at| lines.get(at))
                .is_none_or(|one| one.is_empty())
        };
        if line.starts_with("```") {
            let outer = if in_code {
                Some(at + 1)
            } else {
                at.checked_sub(1)
            };
            assert!(blank(outer), "no blank line around the code at line {at}");
            in_code = !in_code;
        } else if !in_code && line.starts_with('#') {
            assert!(blank(at.checked_sub(1)) && blank(Some(at + 1)), "line {at}");
            assert!(!headings.contains(line), "{line} twice");
            headings.push(line);
        } else if !in_code && line.is_empty() {
            assert!(
                !blank(Some(at + 1)) || at + 1 == lines.len(),
                "two blank lines at {at}"
            );
        }
    }
    assert!(!in_code && text.ends_with('\n') && !text.ends_with("\n\n"));
    assert_eq!(
        headings.iter().filter(|one| one.starts_with("# ")).count(),
        1
    );
}
