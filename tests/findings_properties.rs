//! Whatever is done to a report, reading it ends, does not panic, and invents no failure.
#![allow(
    clippy::case_sensitive_file_extension_comparisons,
    clippy::unwrap_used,
    reason = "a test"
)]

use std::collections::BTreeSet;
use std::fs;
use std::path::Path;
use std::sync::LazyLock;

use astride::catalog::Catalog;
use astride::findings::{Reading, read};
use proptest::prelude::*;
use proptest::sample::{Index, select};

static CATALOG: LazyLock<Catalog> = LazyLock::new(Catalog::embedded);

/// Reports without escapes of their own, so that sprinkling cannot cut one in two.
static PLAIN: [&str; 7] = [
    "made-dbs-master-before-nocolor-remediation.txt",
    "made-dbs-master-before-remediation.json",
    "made-dbs-mixed-invalid.json",
    "made-dbs-two-checks-no-section.json",
    "made-aqua-cis-1.2-before.txt",
    "made-kube-bench-0.15.6-before.txt",
    "made-kube-bench-0.15.6-test-output.txt",
];

static ALL: [&str; 12] = [
    "made-dbs-1.3.5-before.txt",
    "made-dbs-1.3.5-before.json",
    "made-dbs-master-before-nocolor-remediation.txt",
    "made-dbs-master-before-remediation.json",
    "made-dbs-mixed-invalid.json",
    "made-dbs-two-checks-no-section.json",
    "made-aqua-cis-1.2-before.txt",
    "made-aqua-cis-1.2-tty.txt",
    "made-aqua-cis-1.2-before.json",
    "made-kube-bench-0.15.6-before.txt",
    "made-kube-bench-0.2.3-concatenated.json",
    "made-kube-bench-0.15.6-before-junit.xml",
];

fn fixture(name: &str) -> Vec<u8> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures/scans");
    fs::read(folder.join(name)).unwrap()
}

fn failed(reading: &Reading) -> BTreeSet<String> {
    let runs = reading.reports.iter().flat_map(|report| &report.runs);
    runs.flat_map(|run| run.failed().map(|one| one.number.raw().to_owned()))
        .collect()
}

fn failed_in(bytes: &[u8]) -> BTreeSet<String> {
    read(bytes, "report", &CATALOG).map_or_else(|_| BTreeSet::new(), |reading| failed(&reading))
}

/// Every number stands in the text, whole: not as a piece of a longer one.
fn all_stand_in(numbers: &BTreeSet<String>, bytes: &[u8]) -> Result<(), TestCaseError> {
    let text = String::from_utf8_lossy(bytes);
    let is_part = |one: char| one.is_ascii_digit() || one == '.';
    for number in numbers {
        let stands = text.match_indices(number.as_str()).any(|(at, _)| {
            !text[..at].ends_with(is_part)
                && !text[at + number.len()..].starts_with(|one: char| one.is_ascii_digit())
        });
        prop_assert!(stands, "{number} is not in the text");
    }
    Ok(())
}

/// Few cases as a rule; `PROPTEST_CASES` asks for more.
fn config() -> ProptestConfig {
    let mut config = ProptestConfig {
        failure_persistence: None,
        ..ProptestConfig::default()
    };
    if std::env::var_os("PROPTEST_CASES").is_none() {
        config.cases = 48;
    }
    config
}

proptest! {
    #![proptest_config(config())]

    #[test]
    fn a_report_that_is_cut_off_fails_nothing_else(name in select(&ALL[..]), at in any::<Index>()) {
        let whole = fixture(name);
        let cut = &whole[..at.index(whole.len())];
        let more: Vec<_> = failed_in(cut).difference(&failed_in(&whole)).cloned().collect();
        prop_assert!(more.is_empty(), "{name} cut to {} bytes: {more:?}", cut.len());
    }

    #[test]
    fn a_flipped_bit_invents_no_failure(
        name in select(&ALL[..]),
        at in any::<Index>(),
        bit in 0_u8..8,
    ) {
        let mut bytes = fixture(name);
        let at = at.index(bytes.len());
        bytes[at] ^= 1 << bit;
        all_stand_in(&failed_in(&bytes), &bytes)?;
    }

    #[test]
    fn many_flipped_bits_invent_no_failure(
        name in select(&ALL[..]),
        flips in prop::collection::vec((any::<Index>(), 0_u8..8), 1..200),
    ) {
        let mut bytes = fixture(name);
        for (at, bit) in flips {
            let at = at.index(bytes.len());
            bytes[at] ^= 1 << bit;
        }
        all_stand_in(&failed_in(&bytes), &bytes)?;
    }

    #[test]
    fn lines_in_another_order_fail_nothing_else(
        name in select(&ALL[..]),
        moves in prop::collection::vec((any::<Index>(), any::<Index>()), 1..60),
    ) {
        let whole = fixture(name);
        let text = String::from_utf8(whole.clone()).unwrap();
        let mut lines: Vec<&str> = text.split_inclusive('\n').collect();
        for (from, to) in moves {
            let line = lines.remove(from.index(lines.len()));
            lines.insert(to.index(lines.len() + 1), line);
        }
        let mixed = lines.concat();
        let found = failed_in(mixed.as_bytes());
        all_stand_in(&found, mixed.as_bytes())?;
        // Members of one check of JSON may now belong to another; a line of text stays whole.
        if Path::new(name).extension().is_some_and(|one| one == "txt") {
            let more: Vec<_> = found.difference(&failed_in(&whole)).cloned().collect();
            prop_assert!(more.is_empty(), "{name}: {more:?}");
        }
    }

    #[test]
    fn colours_anywhere_change_nothing(
        name in select(&PLAIN[..]),
        marks in prop::collection::vec(
            (any::<Index>(), select(&["\u{1b}[1;31m", "\u{1b}[0m", "\u{1b}[K", "\u{1b}]0;t\u{7}",
                "\u{1b}(B"][..])),
            1..100,
        ),
    ) {
        let whole = fixture(name);
        let text = String::from_utf8(whole.clone()).unwrap();
        let mut places: Vec<(usize, &str)> = marks
            .iter()
            .map(|(at, mark)| (at.index(text.len()), *mark))
            .filter(|(at, _)| text.is_char_boundary(*at))
            .collect();
        places.sort_unstable();
        let mut sprinkled = text.clone();
        for (at, mark) in places.into_iter().rev() {
            sprinkled.insert_str(at, mark);
        }
        prop_assert_eq!(
            read(sprinkled.as_bytes(), "report", &CATALOG),
            read(&whole, "report", &CATALOG)
        );
    }

    #[test]
    fn windows_line_ends_and_utf16_change_no_finding(name in select(&ALL[..]), big in any::<bool>()) {
        let whole = fixture(name);
        let text = String::from_utf8(whole.clone()).unwrap().replace("\r\n", "\n");
        let windows = text.replace('\n', "\r\n");
        let bytes: Vec<u8> = windows
            .encode_utf16()
            .flat_map(|unit| if big { unit.to_be_bytes() } else { unit.to_le_bytes() })
            .collect();
        prop_assert_eq!(failed_in(windows.as_bytes()), failed_in(&whole));
        prop_assert_eq!(failed_in(&bytes), failed_in(&whole));
    }

    #[test]
    fn any_bytes_are_read_or_refused(bytes in prop::collection::vec(any::<u8>(), 0..2000)) {
        let _ = read(&bytes, "report", &CATALOG);
    }

    #[test]
    fn pieces_of_the_grammar_in_any_order_are_read_or_refused(
        pieces in prop::collection::vec(select(&[
            "[WARN] ", "[INFO] ", "[PASS]", "[FAIL] 1.1 ", "5.10 - ", "5 - ", "Ensure live restore is",
            "\n", "\r", "\t ", "     * ", "== Remediations ==\n", "== Summary x ==\n", "3 checks PASS\n",
            "Initializing \n", "Section A - \n", "Section B - \n", "Section C - \n", "```\n", "| ",
            "{\"tests\":[", "\"id\":\"5.1\",", "\"result\":\"WARN\"", "}", "]", "{\"Controls\":[",
            "\"test_number\":\"1.1\",", "\"status\":\"FAIL\"", "<testsuite>", "<testcase name=\"1.1 x\">",
            "</testcase>", "<system-out>", "&#34;", "\u{1b}[", "\u{1b}]", "\u{feff}", "ä", "password=",
            "# Docker Bench for Security v", "[INFO] Checks: 1\n", "https://a:b@c ",
        ][..]), 0..60),
    ) {
        let text = pieces.concat();
        if let Ok(reading) = read(text.as_bytes(), "report", &CATALOG) {
            all_stand_in(&failed(&reading), text.as_bytes())?;
        }
    }
}

#[test]
fn every_prefix_of_the_small_reports_fails_nothing_else() {
    for name in [
        "made-dbs-two-checks-no-section.json",
        "made-dbs-mixed-invalid.json",
    ] {
        let whole = fixture(name);
        let expected = failed_in(&whole);
        for end in 0..whole.len() {
            let found = failed_in(&whole[..end]);
            assert!(found.is_subset(&expected), "{name} cut to {end}: {found:?}");
        }
    }
}
