//! How fast reports are read. Only the times of a release build say anything:
//! `cargo test --release --test findings_speed -- --ignored --nocapture`.
#![allow(
    clippy::cast_precision_loss,
    clippy::format_collect,
    clippy::unwrap_used,
    clippy::print_stderr,
    reason = "a test that tells what it measured"
)]

use std::fmt::Write as _;
use std::fs;
use std::path::Path;
use std::time::{Duration, Instant};

use astride::catalog::Catalog;
use astride::findings::{LARGEST, ReadError, Reading, read};

fn fixture(name: &str) -> String {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures/scans");
    fs::read_to_string(folder.join(name)).unwrap()
}

/// The text again and again, up to the largest file that is read.
fn filled(text: &str) -> String {
    text.repeat(LARGEST / text.len())
}

fn timed(what: &str, text: &[u8]) -> (Result<Reading, ReadError>, Duration) {
    let catalog = Catalog::embedded();
    let begun = Instant::now();
    let reading = read(text, what, &catalog);
    let taken = begun.elapsed();
    let megabytes = f64::from(u32::try_from(text.len()).unwrap()) / 1e6;
    let speed = megabytes / taken.as_secs_f64();
    let runs = reading.as_ref().map_or(0, |reading| {
        reading.reports.iter().map(|report| report.run_count).sum()
    });
    eprintln!("{what}: {megabytes:.0} MB in {taken:.2?}, {speed:.0} MB/s, {runs} runs");
    (reading, taken)
}

fn under_two_seconds(what: &str, text: &[u8]) -> Option<Reading> {
    let (reading, taken) = timed(what, text);
    assert!(taken < Duration::from_secs(2), "{what} took {taken:?}");
    reading.ok()
}

#[test]
#[ignore = "needs a release build"]
fn the_largest_logs_are_read_within_two_seconds() {
    for name in [
        "made-dbs-1.3.5-before.txt",
        "made-dbs-master-before-nocolor-remediation.txt",
        "made-aqua-cis-1.2-tty.txt",
        "made-kube-bench-0.15.6-before.txt",
    ] {
        let text = filled(&fixture(name));
        let reading = under_two_seconds(name, text.as_bytes()).unwrap();
        assert!(reading.reports[0].run_count > 1000);
    }
}

#[test]
#[ignore = "needs a release build"]
fn the_largest_json_is_read_within_two_seconds() {
    for name in [
        "made-dbs-1.3.5-before.json",
        "made-dbs-master-before-remediation.json",
        "made-aqua-cis-1.2-before.json",
        "made-kube-bench-0.15.6-before.json",
        "made-kube-bench-0.2.3-concatenated.json",
        "made-dbs-mixed-invalid.json",
        "made-kube-bench-0.15.6-before-junit.xml",
    ] {
        let text = filled(&fixture(name));
        under_two_seconds(name, text.as_bytes()).unwrap();
    }
}

#[test]
#[ignore = "needs a release build"]
fn utf16_is_read_within_two_seconds() {
    let text = fixture("made-dbs-1.3.5-before.txt");
    let text = text.repeat(LARGEST / text.len() / 2);
    let bytes: Vec<u8> = text.encode_utf16().flat_map(u16::to_le_bytes).collect();
    under_two_seconds("UTF-16", &bytes).unwrap();
}

#[test]
#[ignore = "needs a release build"]
fn hostile_texts_are_read_or_refused_in_linear_time() {
    let distinct = (0..900_000).fold(String::new(), |mut text, number| {
        writeln!(
            text,
            "[WARN] 5.{} - Ensure the thing {number} is right",
            number % 999
        )
        .unwrap();
        text
    });
    let alternating = "[FAIL] 1.1 a b\n== Remediations ==\n1.1 do\n== Summary ==\n1 checks FAIL\n";
    let cases: Vec<(&str, String)> = vec![
        ("one line", "[".repeat(LARGEST)),
        ("brackets", filled("[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[\n")),
        ("escapes", filled("\u{1b}[\u{1b}]\u{1b}")),
        ("tiny checks", filled("[WARN] 1.1 a\n")),
        ("distinct titles", distinct),
        ("alternating", filled(alternating)),
        ("fences", filled("```\n[WARN] 5.10 - a\n```\n")),
        ("objects", filled("{\"a\":1}\n")),
        ("open lists", "[{\"a\":".repeat(LARGEST / 6)),
        ("quotes", filled("{\"result\":\"\\\\\\\"")),
        ("pairs", format!("{{{}", filled("\"result\":\"WARN\" "))),
        ("lists", format!("{{{}", filled("\"result\":[\"x\",\"y\" "))),
        (
            "more lists",
            format!("{{{}", filled("\"result\":[\"x\",1 ")),
        ),
        ("rows", filled("|||||||||||||||||||||||||||||||||||||||\n")),
        (
            "test cases",
            filled("<testsuite><testcase name=\"1.1 a\"><failure>"),
        ),
        (
            "ampersands",
            format!(
                "<testsuite>{}",
                filled("<testcase name=\"1.1 a\"><system-out>&#34;&")
            ),
        ),
        (
            "secrets",
            filled("[WARN] 5.1 - a\n[WARN]  * secret=[secret=[secret=[-----BEGIN eyJ=\n"),
        ),
        (
            "a long secret",
            format!(
                "[WARN] 5.1 - a\n[WARN]  * {}\n",
                "secret=[eyJ=://".repeat(65_000)
            ),
        ),
        (
            "a wrapped title",
            format!("[WARN] 5.1 - a {}\n", "((scored)".repeat(100_000)),
        ),
    ];
    let mut slow = Vec::new();
    for (what, text) in cases {
        let (_, taken) = timed(what, &text.as_bytes()[..text.len().min(LARGEST)]);
        // Anything worse than linear would take minutes.
        if taken > Duration::from_secs(5) {
            slow.push(what);
        }
    }
    assert!(slow.is_empty(), "{slow:?}");
}
