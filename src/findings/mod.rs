//! Findings as evidence: the output of benchmark scanners in, findings under the catalog's controls
//! out.
//!
//! [`read`] takes a file as it is: coloured, in UTF-16, pasted into Markdown, with several runs, cut
//! off. The format is told from the content. [`compare`] sets two runs side by side, [`json`]
//! writes both for other programs.
//!
//! Not for files or sessions: bytes come in, and what becomes of a run is for the session's edits.
//! A scanner is one file and one line in `scanner::SCANNERS`.

pub mod compare;
pub mod evidence;
pub mod json;
pub mod numbers;
pub mod standing;
pub mod words;

mod aqua_docker_bench;
mod asff;
mod assemble;
mod benchmark;
mod building;
mod collect;
mod decode;
mod docker_bench_json;
mod docker_bench_security;
mod documents;
mod go_report;
mod grammar;
mod kube_bench;
mod markdown;
mod matching;
mod normalise;
mod notice;
mod prefix;
mod raw;
mod recover;
mod scanner;
mod secrets;
mod text;
mod trivy;
mod trivy_controls;

use crate::catalog::Catalog;
use crate::encode::{Foreign, ForeignText};
use crate::session::id::ScanId;
use crate::session::types::{Finding, FindingStatus, Scan, Stamp};

pub use notice::Notice;
pub use raw::Word;
pub use secrets::MASK;

/// The largest file that is read, in bytes.
pub const LARGEST: usize = 64 << 20;

/// What a file holds.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Reading {
    /// The file's name, without its folders.
    pub file: String,
    /// The reports, one for each tool; nearly always one.
    pub reports: Vec<Report>,
    /// What became of the lines, or in JSON of the entries, of all runs.
    pub counts: Counts,
    /// What to know about the file; what concerns a report stands in it.
    pub notices: Vec<Notice>,
}

impl Reading {
    /// Everything to know besides the findings, in the order in which to show it.
    pub fn all_notices(&self) -> impl Iterator<Item = &Notice> {
        let reports = self.reports.iter().flat_map(|report| &report.notices);
        self.notices.iter().chain(reports)
    }
}

/// The runs of one tool in a file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Report {
    /// Such as `docker-bench-security`.
    pub tool: &'static str,
    /// How it is written.
    pub format: Format,
    /// How many runs the file holds.
    pub run_count: usize,
    /// The last runs, oldest first; none where the tool could not start.
    pub runs: Vec<Run>,
    /// What to know about the current run.
    pub notices: Vec<Notice>,
}

impl Report {
    /// The current run: the last of the file.
    pub fn current(&self) -> Option<&Run> {
        self.runs.last()
    }

    /// The current run as one side of a comparison; a run that found nothing where there is none.
    pub fn side(&self) -> compare::Side<'_> {
        self.current().map_or(
            compare::Side {
                tool: self.tool.into(),
                tool_version: Foreign::default(),
                benchmark: Foreign::default(),
                findings: &[],
            },
            Run::side,
        )
    }
}

/// How a report is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Format {
    /// Lines, coloured or not.
    Text,
    /// Rows of a Markdown table that somebody made of it.
    MarkdownTable,
    /// JSON in any of the tool's forms.
    Json,
    /// The XML of `JUnit`.
    Junit,
}

impl Format {
    /// The name, as JSON writes it.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Text => "text",
            Self::MarkdownTable => "markdown-table",
            Self::Json => "json",
            Self::Junit => "junit",
        }
    }
}

/// One run of a tool.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Run {
    /// Such as `docker-bench-security`.
    pub tool: &'static str,
    /// When it began, in the report's own words; empty where unknown.
    pub started: ForeignText,
    /// The tool's version; empty where unknown.
    pub tool_version: ForeignText,
    /// The benchmark and its version; empty where unknown.
    pub benchmark: ForeignText,
    /// What it found, in the order of the report.
    pub findings: Vec<Finding>,
}

impl Run {
    /// The run as a session keeps it.
    pub fn to_scan(&self, file: &str, id: ScanId, created: Stamp) -> Scan {
        Scan {
            id,
            file: file.into(),
            tool: self.tool.into(),
            tool_version: self.tool_version.clone(),
            benchmark: self.benchmark.clone(),
            findings: self.findings.clone(),
            created,
        }
    }

    /// The run as one side of a comparison.
    pub fn side(&self) -> compare::Side<'_> {
        compare::Side {
            tool: self.tool.into(),
            tool_version: self.tool_version.as_foreign(),
            benchmark: self.benchmark.as_foreign(),
            findings: &self.findings,
        }
    }

    /// How many checks have each word, in the order of [`Word::ALL`]. A check that the tool prints
    /// without a number is not counted, as in the tool's own tables.
    pub fn counts(&self) -> [usize; 5] {
        Word::ALL.map(|word| {
            let findings = self.findings.iter().filter(|one| !one.number.is_empty());
            findings
                .filter(|one| one.printed_status == word.as_str())
                .count()
        })
    }

    /// The checks that failed, in the order of the report.
    pub fn failed(&self) -> impl Iterator<Item = &Finding> {
        self.findings
            .iter()
            .filter(|finding| finding.status == FindingStatus::Failed)
    }
}

/// What became of the lines of a text, or of the entries of a JSON report: every one is in exactly
/// one of the three.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Counts {
    /// Became part of a run.
    pub read: usize,
    /// Known to carry no finding: blank lines, banners, prose around code blocks, headings.
    pub skipped: usize,
    /// Of no known kind.
    pub not_understood: usize,
}

impl Counts {
    /// All of them.
    pub const fn total(&self) -> usize {
        self.read + self.skipped + self.not_understood
    }

    fn add(&mut self, other: Self) {
        self.read += other.read;
        self.skipped += other.skipped;
        self.not_understood += other.not_understood;
    }
}

/// Why nothing could be read.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum ReadError {
    /// The file is larger than [`LARGEST`].
    #[error(
        "The file is larger than 64 MiB, so it was not read. Give the report of one run, or the \
         end of the log."
    )]
    TooLarge,
    /// There is no text in it.
    #[error(
        "The file is empty. If the scanner wrote it, look at what it printed on the screen, and \
         run it again."
    )]
    Empty,
    /// It is JSON, but broken beyond recovery.
    #[error(
        "The JSON is broken at line {line}, column {column} ({message}), and no finding could be \
         recovered. Run the scanner again, or give its text output."
    )]
    BrokenJson {
        /// The line, from 1.
        line: usize,
        /// The column, from 1.
        column: usize,
        /// What the parser says.
        message: String,
    },
    /// It is something else that is known.
    #[error("{0}")]
    OtherKind(&'static str),
    /// No finding of a known scanner is in it.
    #[error(
        "No finding was recognised. Astride reads text and JSON of docker-bench-security, \
         aquasecurity's docker-bench and kube-bench, JUnit of kube-bench, and JSON of Trivy."
    )]
    Unknown,
}

/// Reads a report as it is. `file_name` is only noted; the format is told from the content.
pub fn read(bytes: &[u8], file_name: &str, catalog: &Catalog) -> Result<Reading, ReadError> {
    collect::read(bytes, file_name, catalog)
}
