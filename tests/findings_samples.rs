//! Every real report of the shared folder against its truth file, which was counted by two other
//! methods. Runs where the folder exists: `ASTRIDE_BENCH_SAMPLES`, or `../shared/bench-samples`.

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

use astride::catalog::Catalog;
use astride::findings::compare::{Subject, compare};
use astride::findings::{Reading, Word, read};
use serde_json::Value;

fn folder() -> Option<PathBuf> {
    let folder = std::env::var_os("ASTRIDE_BENCH_SAMPLES").map_or_else(
        || Path::new(env!("CARGO_MANIFEST_DIR")).join("../shared/bench-samples"),
        PathBuf::from,
    );
    folder.is_dir().then_some(folder)
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
    let counts = report.current().map_or([0; 5], |run| run.counts());
    for (word, found) in Word::ALL.into_iter().zip(counts) {
        let expected = &truth["counts"][word.as_str()];
        same(word.as_str(), found.to_string(), expected.to_string());
    }
    let failed: Vec<_> = report
        .current()
        .into_iter()
        .flat_map(|run| run.failed())
        .collect();
    let numbers: Vec<String> = failed.iter().map(|one| one.number.clone()).collect();
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
        let warned: Vec<String> = report
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
    let Some(folder) = folder() else {
        eprintln!("no shared samples here; the fixtures of the project are tested elsewhere");
        return;
    };
    let catalog = Catalog::embedded();
    let (mut all, mut equal, mut benchmarks) = (0, 0, 0);
    let mut wrong = Vec::new();
    let mut names: Vec<_> = fs::read_dir(&folder)
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
        let reading = read_sample(&folder, name, &catalog);
        let differences = differences(&reading, &truth);
        let expected = truth["benchmark"]
            .as_str()
            .unwrap()
            .replace(" (inferred)", "");
        let run = reading.reports[0].current();
        let benchmark = run.map_or("", |run| run.benchmark.as_str());
        benchmarks += usize::from(benchmark == expected);
        if benchmark != expected {
            eprintln!("{name}: benchmark {benchmark:?}, the truth says {expected:?}");
        }
        let unmatched: Vec<_> = run
            .into_iter()
            .flat_map(|run| &run.findings)
            .filter(|one| one.control.is_none())
            .collect();
        eprintln!(
            "{name}: {} {:?} {:?} unmatched {} notices {:?}",
            reading.reports[0].tool,
            run.map(|run| &run.tool_version),
            reading.counts,
            unmatched.len(),
            reading.notices
        );
        if differences.is_empty() {
            equal += 1;
        } else {
            wrong.push(format!("{name}\n  {}", differences.join("\n  ")));
        }
    }
    eprintln!("{equal} of {all} samples equal the truth; {benchmarks} of {all} benchmarks too");
    assert!(
        wrong.is_empty(),
        "{equal} of {all} equal:\n{}",
        wrong.join("\n")
    );
}

#[test]
fn all_pairs_equal_their_truth() {
    let Some(folder) = folder() else {
        return;
    };
    let catalog = Catalog::embedded();
    let pairs = truth(&folder.join("pairs.truth.json"));
    let (mut all, mut equal) = (0, 0);
    let mut wrong = Vec::new();
    for pair in pairs.as_array().unwrap() {
        all += 1;
        let [before, after] = ["before", "after"].map(|side| pair[side].as_str().unwrap());
        let [old, new] = [before, after].map(|name| read_sample(&folder, name, &catalog));
        let comparison = compare(old.reports[0].side(), new.reports[0].side());
        // Kubernetes pairs are given as numbers.
        let by_number = pair["matched_by"].as_str().unwrap().starts_with("id");
        let old_run = old.reports[0].current().unwrap();
        let new_run = new.reports[0].current().unwrap();
        let name = |subject: &Subject| -> String {
            match subject {
                Subject::Control(id) if by_number => old_run
                    .findings
                    .iter()
                    .chain(&new_run.findings)
                    .find(|one| one.control.as_ref() == Some(id))
                    .map_or(String::new(), |one| one.number.clone()),
                other => other.to_string(),
            }
        };
        let set = |subjects: &mut dyn Iterator<Item = &Subject>| -> BTreeSet<String> {
            subjects.map(name).collect()
        };
        let found = [
            set(&mut comparison.fixed.iter()),
            set(&mut comparison.still_failing.iter().map(|one| &one.subject)),
            set(&mut comparison.new.iter()),
            set(&mut comparison.not_checked.iter()),
            set(&mut comparison.newly_checked.iter()),
            set(&mut comparison.undecided.iter()),
            set(&mut comparison.renumbered.iter().map(|one| &one.subject)),
        ];
        let first = |value: &Value| -> BTreeSet<String> {
            let list = value.as_array().into_iter().flatten();
            list.map(|one| one[0].as_str().unwrap().to_owned())
                .collect()
        };
        let expected = [
            texts(&pair["fixed"]).into_iter().collect(),
            texts(&pair["still_failing"]).into_iter().collect(),
            texts(&pair["newly_failing"]).into_iter().collect(),
            texts(&pair["failed_before_absent_after"])
                .into_iter()
                .collect(),
            texts(&pair["failing_after_absent_before"])
                .into_iter()
                .collect(),
            first(&pair["no_longer_failing_but_not_pass"]),
            first(&pair["id_moved"]),
        ];
        let lists = [
            "fixed",
            "still failing",
            "new",
            "not checked",
            "newly checked",
            "undecided",
            "renumbered",
        ];
        let differences: Vec<String> = lists
            .iter()
            .zip(found.iter().zip(&expected))
            .filter(|(_, (found, expected))| found != expected)
            .map(|(list, (found, expected))| {
                let more: Vec<_> = found.difference(expected).collect();
                let less: Vec<_> = expected.difference(found).collect();
                format!("{list}: too many {more:?}, missing {less:?}")
            })
            .collect();
        if differences.is_empty() {
            equal += 1;
        } else {
            wrong.push(format!(
                "{before} -> {after}\n  {}",
                differences.join("\n  ")
            ));
        }
    }
    eprintln!("{equal} of {all} pairs equal the truth");
    assert!(
        wrong.is_empty(),
        "{equal} of {all} equal:\n{}",
        wrong.join("\n")
    );
}
