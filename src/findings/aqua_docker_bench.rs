//! aquasecurity's docker-bench, written in Go.
//!
//! Not to be confused with docker-bench-security: here FAIL is a failed check and WARN a check that
//! a person has to do. One control may have two lines, one for the command line and one for the
//! file.

use super::benchmark;
use super::documents::Outline;
use super::go_report::{self, Part};
use super::matching::Family;
use super::raw::{RawRun, Signs, Word};
use super::scanner::{Identity, Json, Read, Scanner};
use crate::catalog::Catalog;
use crate::catalog::types::Control;
use crate::session::types::FindingStatus;

/// How the catalog names its sets of checks.
const COLUMN: &str = "aqua-docker-bench-";

/// What is known of it.
pub const SCANNER: Scanner = Scanner {
    tool: "docker-bench",
    family: Some(Family::Docker),
    prints,
    start_failures: &[],
    json: Some(Json {
        recognises,
        read,
        recover,
    }),
    junit: None,
    meaning: go_meaning,
    identify,
};

/// What the tools written in Go mean by their words.
pub fn go_meaning(word: Word) -> FindingStatus {
    match word {
        Word::Pass => FindingStatus::Passed,
        Word::Fail => FindingStatus::Failed,
        Word::Warn | Word::Note => FindingStatus::Manual,
        Word::Info => FindingStatus::Information,
    }
}

fn prints(signs: &Signs) -> bool {
    signs.docker_benchmark || (signs.docker_titles > signs.kubernetes_titles && signs.go() > 0)
}

fn is_report(outline: &Outline) -> bool {
    outline.has("tests")
        && outline.has("text")
        && !outline.has("node_type")
        && !outline.has("version")
}

fn recognises(outline: &Outline) -> bool {
    outline.is_or_lists(is_report)
}

fn read<'t>(documents: &[&'t str]) -> Result<Read<'t>, serde_json::Error> {
    let mut read = Read::default();
    for text in documents {
        let parts: Vec<Part<'t>> = if text.starts_with('[') {
            serde_json::from_str(text)?
        } else {
            vec![serde_json::from_str(text)?]
        };
        for part in parts {
            // The same library makes reports of operating systems.
            if !part.text.0.contains("Docker") {
                read.counts.not_understood += 1;
                continue;
            }
            let mut run = RawRun {
                benchmark: part.id.0.clone(),
                ..RawRun::default()
            };
            part.add_to(&mut run, &mut read);
            if !run.checks.is_empty() {
                read.runs.push(run);
            }
        }
    }
    Ok(read)
}

fn recover(text: &str) -> Read<'_> {
    let is_docker = text.contains("CIS Docker") || text.contains("DefinedConstraints");
    if is_docker {
        go_report::recover(text)
    } else {
        Read::default()
    }
}

fn identify<'c>(run: &RawRun<'_>, pairs: &[(&str, &'c Control)], catalog: &'c Catalog) -> Identity {
    // The report names a version of Docker and not of the benchmark, and for two weeks of 2024 the
    // wrong one: numbers decide.
    let fits = benchmark::fits(catalog, COLUMN, pairs, &rank);
    let column = benchmark::best(&fits).map(|fit| fit.version.to_owned());
    let column = column.or_else(|| column_of(&run.benchmark));
    let column = column.unwrap_or_default();
    let benchmark = match column.strip_prefix(COLUMN) {
        Some("cis-1.0") => "CIS Docker 1.13.0".to_owned(),
        Some("cis-1.1") => "CIS Docker CE 1.1.0".to_owned(),
        Some("cis-1.2") => "CIS Docker 1.2.0".to_owned(),
        Some(set) => set.replacen("cis-", "CIS Docker ", 1),
        None => String::new(),
    };
    Identity {
        tool_version: String::new(),
        benchmark,
        column,
        notice: None,
    }
}

/// The age of a set.
fn rank(set: &str) -> Option<u32> {
    let ages = ["cis-1.0", "cis-1.1", "cis-1.2", "cis-1.3.1", "cis-1.6.0"];
    (0..)
        .zip(ages)
        .find_map(|(age, one)| (set[COLUMN.len()..] == *one).then_some(age))
}

fn column_of(engine: &str) -> Option<String> {
    let set = match engine {
        "1.13.0" => "cis-1.0",
        "17.06" => "cis-1.1",
        "18.09" => "cis-1.2",
        "20.04" => "cis-1.3.1",
        "20.10" => "cis-1.6.0",
        _ => return None,
    };
    Some(format!("{COLUMN}{set}"))
}
