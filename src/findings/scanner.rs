//! The table of scanners. A new one is a file beside this and a line in [`SCANNERS`].

use crate::catalog::Catalog;
use crate::catalog::types::Control;
use crate::session::types::FindingStatus;

use super::Counts;
use super::documents::Outline;
use super::matching::Family;
use super::notice::Notice;
use super::raw::{RawRun, Signs, Word};
use super::{aqua_docker_bench, docker_bench_security, kube_bench, trivy};

/// All scanners whose output is read. Where several know a form, the first has it.
pub const SCANNERS: [&Scanner; 4] = [
    &docker_bench_security::SCANNER,
    &aqua_docker_bench::SCANNER,
    &kube_bench::SCANNER,
    &trivy::SCANNER,
];

/// What is known of one scanner.
pub struct Scanner {
    /// Its name, as sessions and JSON write it.
    pub tool: &'static str,
    /// What its benchmarks are about; none where it numbers checks by a table of its own.
    pub family: Option<Family>,
    /// Whether lines with these signs are its output.
    pub prints: fn(&Signs) -> bool,
    /// What stands in the lines that it prints when it cannot start.
    pub start_failures: &'static [&'static str],
    /// Its JSON, if it has any.
    pub json: Option<Json>,
    /// Reads its `JUnit` report, if it has one.
    pub junit: Option<for<'t> fn(&'t str) -> Read<'t>>,
    /// What it means by its words.
    pub meaning: fn(Word) -> FindingStatus,
    /// Works out tool version and benchmark.
    pub identify: for<'c> fn(&RawRun<'_>, &[(&str, &'c Control)], &'c Catalog) -> Identity,
}

/// How a scanner's JSON is read.
pub struct Json {
    /// Whether a document is its.
    pub recognises: fn(&Outline) -> bool,
    /// Reads its documents in order.
    pub read: for<'t> fn(&[&'t str]) -> Result<Read<'t>, serde_json::Error>,
    /// Reads what can be read of a broken document; no runs where it is another's.
    pub recover: for<'t> fn(&'t str) -> Read<'t>,
}

/// What stands in a report.
#[derive(Debug, Default)]
pub struct Read<'t> {
    /// The runs, oldest first.
    pub runs: Vec<RawRun<'t>>,
    /// Entries.
    pub counts: Counts,
}

/// Which version of what a run is.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Identity {
    /// The tool's version, empty where it cannot be known.
    pub tool_version: String,
    /// The benchmark and its version, empty where it cannot be known.
    pub benchmark: String,
    /// The version as the catalog names it, for numbers without titles.
    pub column: String,
    /// What had to be worked out.
    pub notice: Option<Notice>,
}

/// The scanner that prints lines with these signs.
pub fn printing(signs: &Signs) -> Option<&'static Scanner> {
    SCANNERS.into_iter().find(|scanner| (scanner.prints)(signs))
}

/// The scanner that writes documents like this.
pub fn writing(outline: &Outline) -> Option<&'static Scanner> {
    SCANNERS.into_iter().find(|scanner| {
        let json = scanner.json.as_ref();
        json.is_some_and(|json| (json.recognises)(outline))
    })
}

/// The scanner that prints this line when it cannot start.
pub fn failing_with(line: &str) -> Option<&'static Scanner> {
    SCANNERS.into_iter().find(|scanner| {
        scanner
            .start_failures
            .iter()
            .any(|failure| line.contains(failure))
    })
}
