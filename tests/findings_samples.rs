//! Every report against its truth file, which was counted by two other methods: the fixtures of the
//! project always, and the real reports of others where their folder is there
//! (`ASTRIDE_BENCH_SAMPLES`, or `../shared/bench-samples`).
#![allow(
    clippy::unwrap_used,
    clippy::print_stderr,
    reason = "a test that tells how many of how many are equal"
)]

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

use astride::catalog::Catalog;
use astride::findings::compare::{Subject, compare};
use astride::findings::{Reading, Run, Word, read};
use serde_json::Value;

fn folders() -> Vec<PathBuf> {
    let project = Path::new(env!("CARGO_MANIFEST_DIR"));
    let shared = std::env::var_os("ASTRIDE_BENCH_SAMPLES")
        .map_or_else(|| project.join("../shared/bench-samples"), PathBuf::from);
    let mut folders = vec![project.join("tests/fixtures/scans")];
    if shared.is_dir() {
        folders.push(shared);
    } else {
        eprintln!("The shared samples are not here; only the fixtures are tested.");
    }
    folders
}

fn truth(path: &Path) -> Value {
    serde_json::from_str(&fs::read_to_string(path).unwrap()).unwrap()
}

fn read_sample(folder: &Path, name: &str, catalog: &Catalog) -> Reading {
    let bytes = fs::read(folder.join(name)).unwrap();
    read(&bytes, name, catalog).unwrap_or_else(|error| panic!("{name}: {error}"))
}

fn texts(value: &Value) -> Vec<String> {
    let list = value.as_array().into_iter().flatten();
    list.map(|one| one.as_str().unwrap().to_owned()).collect()
}

/// The name that the truth files give a tool.
fn tool_in_truth(tool: &str) -> &str {
    match tool {
        "docker-bench" => "aquasecurity docker-bench",
        other => other,
    }
}

/// What differs from the truth, in words.
fn differences(reading: &Reading, truth: &Value) -> Vec<String> {
    let mut differences = Vec::new();
    let mut same = |what: &str, found: String, expected: String| {
        if found != expected {
            differences.push(format!("{what}: found {found}, expected {expected}"));
        }
    };
    same("reports", reading.reports.len().to_string(), "1".to_owned());
    let report = &reading.reports[0];
    let tool = truth["tool"].as_str().unwrap();
    same(
        "tool",
        tool_in_truth(report.tool).to_owned(),
        tool.to_owned(),
    );
    same(
        "runs",
        report.run_count.to_string(),
        truth["runs"].to_string(),
    );
    let counts = report.current().map_or([0; 5], Run::counts);
    for (word, found) in Word::ALL.into_iter().zip(counts) {
        let expected = &truth["counts"][word.as_str()];
        same(word.as_str(), found.to_string(), expected.to_string());
    }
    let failed: Vec<_> = report.current().into_iter().flat_map(Run::failed).collect();
    let numbers: Vec<_> = failed.iter().map(|one| one.number.clone()).collect();
    same(
        "failed",
        format!("{numbers:?}"),
        format!("{:?}", texts(&truth["failed"])),
    );
    if truth["failed_stable"].is_array() {
        let controls: Vec<String> = failed
            .iter()
            .filter_map(|one| Some(one.control.as_ref()?.to_string()))
            .collect();
        let expected = texts(&truth["failed_stable"]);
        same("controls", format!("{controls:?}"), format!("{expected:?}"));
    }
    if truth["warned"].is_array() {
        let warned: Vec<_> = report
            .current()
            .into_iter()
            .flat_map(|run| &run.findings)
            .filter(|one| one.printed_status == "WARN")
            .map(|one| one.number.clone())
            .collect();
        let expected = texts(&truth["warned"]);
        same("warned", format!("{warned:?}"), format!("{expected:?}"));
    }
    if let Some(runs) = truth["per_run"].as_array() {
        for (position, (run, expected)) in report.runs.iter().zip(runs).enumerate() {
            let numbers: Vec<_> = run.failed().map(|one| one.number.clone()).collect();
            let expected = texts(&expected["failed"]);
            same(
                &format!("failed of run {position}"),
                format!("{numbers:?}"),
                format!("{expected:?}"),
            );
        }
    }
    differences
}

#[test]
fn all_samples_equal_their_truth() {
    for folder in folders() {
        let (equal, all, wrong) = samples(&folder);
        eprintln!(
            "{equal} of {all} samples equal the truth in {}",
            folder.display()
        );
        assert!(
            wrong.is_empty(),
            "{equal} of {all} equal:\n{}",
            wrong.join("\n")
        );
    }
}

fn samples(folder: &Path) -> (usize, usize, Vec<String>) {
    let catalog = Catalog::embedded();
    let (mut all, mut equal) = (0, 0);
    let mut wrong = Vec::new();
    let mut names: Vec<_> = fs::read_dir(folder)
        .unwrap()
        .map(|entry| entry.unwrap().file_name().into_string().unwrap())
        .filter(|name| name.ends_with(".truth.json") && !name.starts_with("pairs"))
        .collect();
    names.sort();
    for name in names {
        let truth = truth(&folder.join(&name));
        // A log of events and a list of settings: no reports.
        if !truth["failed"].is_array() {
            continue;
        }
        all += 1;
        let name = name.trim_end_matches(".truth.json");
        let reading = read_sample(folder, name, &catalog);
        let differences = differences(&reading, &truth);
        let expected = truth["benchmark"].as_str().unwrap();
        let run = reading.reports[0].current();
        let benchmark = run.map_or("", |run| run.benchmark.raw());
        if benchmark != expected.replace(" (inferred)", "") {
            eprintln!("{name}: benchmark {benchmark:?}, the truth says {expected:?}");
        }
        if differences.is_empty() {
            equal += 1;
        } else {
            wrong.push(format!("{name}\n  {}", differences.join("\n  ")));
        }
    }
    (equal, all, wrong)
}

#[test]
fn all_pairs_equal_their_truth() {
    for folder in folders() {
        let catalog = Catalog::embedded();
        let pairs = truth(&folder.join("pairs.truth.json"));
        let pairs = pairs.as_array().unwrap();
        let wrong: Vec<String> = pairs
            .iter()
            .filter_map(|pair| pair_differences(&folder, pair, &catalog))
            .collect();
        let equal = pairs.len() - wrong.len();
        eprintln!(
            "{equal} of {} pairs equal the truth in {}",
            pairs.len(),
            folder.display()
        );
        assert!(wrong.is_empty(), "{}", wrong.join("\n"));
    }
}

/// What differs from the truth of a pair, in words.
fn pair_differences(folder: &Path, pair: &Value, catalog: &Catalog) -> Option<String> {
    let [before, after] = ["before", "after"].map(|side| pair[side].as_str().unwrap());
    let [old, new] = [before, after].map(|name| read_sample(folder, name, catalog));
    let comparison = compare(old.reports[0].side(), new.reports[0].side());
    // Kubernetes pairs are given as numbers.
    let by_number = pair["matched_by"].as_str().unwrap().starts_with("id");
    let name = |subject: &Subject| match subject {
        Subject::Control(id) if by_number => [&old, &new]
            .iter()
            .flat_map(|reading| &reading.reports[0].current().unwrap().findings)
            .find(|one| one.control.as_ref() == Some(id))
            .map_or_else(String::new, |one| one.number.raw().to_owned()),
        other => other.words().into_raw(),
    };
    let set = |subjects: &mut dyn Iterator<Item = &Subject>| -> BTreeSet<String> {
        subjects.map(name).collect()
    };
    let first = |value: &Value| -> BTreeSet<String> {
        let list = value.as_array().into_iter().flatten();
        list.map(|one| one[0].as_str().unwrap().to_owned())
            .collect()
    };
    let all = |value: &Value| -> BTreeSet<String> { texts(value).into_iter().collect() };
    let lists = [
        (
            "fixed",
            set(&mut comparison.fixed.iter()),
            all(&pair["fixed"]),
        ),
        (
            "still failing",
            set(&mut comparison.still_failing.iter().map(|one| &one.subject)),
            all(&pair["still_failing"]),
        ),
        (
            "new",
            set(&mut comparison.new.iter()),
            all(&pair["newly_failing"]),
        ),
        (
            "not checked",
            set(&mut comparison.not_checked.iter()),
            all(&pair["failed_before_absent_after"]),
        ),
        (
            "newly checked",
            set(&mut comparison.newly_checked.iter()),
            all(&pair["failing_after_absent_before"]),
        ),
        (
            "undecided",
            set(&mut comparison.undecided.iter()),
            first(&pair["no_longer_failing_but_not_pass"]),
        ),
        (
            "renumbered",
            set(&mut comparison.renumbered.iter().map(|one| &one.subject)),
            first(&pair["id_moved"]),
        ),
    ];
    let differences: Vec<String> = lists
        .iter()
        .filter(|(_, found, expected)| found != expected)
        .map(|(list, found, expected)| {
            let more: Vec<_> = found.difference(expected).collect();
            let less: Vec<_> = expected.difference(found).collect();
            format!("{list}: too many {more:?}, missing {less:?}")
        })
        .collect();
    let names = format!("{before} -> {after}\n  ");
    (!differences.is_empty()).then(|| names + &differences.join("\n  "))
}
