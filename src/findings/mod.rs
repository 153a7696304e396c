//! Findings as evidence: the output of benchmark scanners in, findings under the catalog's controls
//! out.
//!
//! [`read`] takes a file as it is: coloured, in UTF-16, pasted into Markdown, with several runs, cut
//! off. The format is told from the content. [`compare`] sets two runs side by side, [`json`]
//! writes both for other programs.
//!
//! Not for files or sessions: bytes come in, and what becomes of a run is for the session's edits.
//! A scanner is one file and one line in [`scanner::SCANNERS`].

pub mod compare;
pub mod json;

mod aqua_docker_bench;
mod assemble;
mod benchmark;
mod decode;
mod docker_bench_security;
mod documents;
mod go_report;
mod grammar;
mod kube_bench;
mod markdown;
mod matching;
mod normalise;
mod notice;
mod raw;
mod recover;
mod scanner;
mod secrets;
mod text;
mod trivy;

use crate::catalog::Catalog;
use crate::session::id::ScanId;
use crate::session::types::{Finding, FindingStatus, Scan, Stamp};

use assemble::Assembler;
use raw::RawRun;
use scanner::Scanner;

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
                tool: self.tool,
                tool_version: "",
                benchmark: "",
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
    pub started: String,
    /// The tool's version; empty where unknown.
    pub tool_version: String,
    /// The benchmark and its version; empty where unknown.
    pub benchmark: String,
    /// What it found, in the order of the report.
    pub findings: Vec<Finding>,
}

impl Run {
    /// The run as a session keeps it.
    pub fn to_scan(&self, file: &str, id: ScanId, created: Stamp) -> Scan {
        Scan {
            id,
            file: file.to_owned(),
            tool: self.tool.to_owned(),
            tool_version: self.tool_version.clone(),
            benchmark: self.benchmark.clone(),
            findings: self.findings.clone(),
            created,
        }
    }

    /// The run as one side of a comparison.
    pub fn side(&self) -> compare::Side<'_> {
        compare::Side {
            tool: self.tool,
            tool_version: &self.tool_version,
            benchmark: &self.benchmark,
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
    if bytes.len() > LARGEST {
        return Err(ReadError::TooLarge);
    }
    let decoded = decode::decode(bytes);
    let text = decoded.text.as_ref();
    if text.trim().is_empty() {
        return Err(ReadError::Empty);
    }
    let mut collector = Collector {
        assembler: Assembler::new(catalog),
        reading: Reading {
            file: base_name(file_name),
            ..Reading::default()
        },
    };
    if decoded.encoding == decode::Encoding::Damaged {
        collector.reading.notices.push(Notice::Damaged);
    }
    collector.content(text)?;
    let mut reading = collector.reading;
    if reading.reports.is_empty() {
        return Err(ReadError::Unknown);
    }
    let runs = reading.reports.iter().filter(|report| report.run_count > 1);
    let runs: Vec<Notice> = runs
        .map(|report| Notice::Runs {
            tool: report.tool,
            count: report.run_count,
        })
        .collect();
    reading.notices.splice(0..0, runs);
    Ok(reading)
}

fn base_name(path: &str) -> String {
    let name = path.rsplit(['/', '\\']).next().unwrap_or(path);
    name.to_owned()
}

struct Collector<'c> {
    assembler: Assembler<'c>,
    reading: Reading,
}

impl Collector<'_> {
    fn content(&mut self, text: &str) -> Result<(), ReadError> {
        let start = text.trim_start();
        if documents::looks_like_json(start) {
            return self.json(text);
        }
        if start.starts_with('<') && text.contains("<testsuite") {
            self.junit(text);
            return Ok(());
        }
        if self.lines(text) {
            return Ok(());
        }
        // Reports in other formats, with log lines before them.
        self.reading.counts = Counts::default();
        if text.contains("<testsuite") {
            self.junit(text);
        } else if !self.table(text) {
            return self.json(text);
        }
        Ok(())
    }

    /// Whether the text holds lines of a known tool.
    fn lines(&mut self, text: &str) -> bool {
        let is_failure = |line: &str| scanner::failing_with(line).is_some();
        let read = text::read(text, &is_failure);
        self.reading.counts = read.counts;
        let kept = read.runs.len();
        for (position, run) in read.runs.into_iter().enumerate() {
            let Some(scanner) = self.assembler.scanner_of(&run) else {
                continue;
            };
            let unkept = if position == 0 {
                read.run_count - kept
            } else {
                0
            };
            self.take(run, scanner, Format::Text, 1 + unkept);
        }
        if self.reading.reports.is_empty()
            && let Some(line) = read.failure
            && let Some(scanner) = scanner::failing_with(line)
        {
            self.reading.reports.push(Report {
                tool: scanner.tool,
                format: Format::Text,
                run_count: 0,
                runs: Vec::new(),
                notices: Vec::new(),
            });
            self.reading.notices.push(Notice::NotStarted {
                tool: scanner.tool,
                line: line.trim().to_owned(),
            });
        }
        if self.reading.reports.is_empty() {
            return false;
        }
        if read.long_lines > 0 {
            let notice = Notice::LongLines(read.long_lines);
            self.reading.notices.push(notice);
        }
        if read.overfull {
            self.reading.notices.push(Notice::Overfull);
        }
        true
    }

    fn table(&mut self, text: &str) -> bool {
        let (run, counts) = markdown::table(text);
        if run.checks.is_empty() {
            return false;
        }
        let mut marked = run;
        // A table has no dashes and no tabs: titles decide between the tools.
        marked.signs.without_dash = 1;
        if marked.signs.notes > 0 && marked.signs.fails == 0 {
            marked.signs.without_dash = 0;
            marked.signs.dashes = 1;
        }
        let Some(scanner) = self.assembler.scanner_of(&marked) else {
            return false;
        };
        self.reading.counts = counts;
        self.take(marked, scanner, Format::MarkdownTable, 1);
        true
    }

    fn junit(&mut self, text: &str) {
        for scanner in scanner::SCANNERS {
            if let Some(read) = scanner.junit {
                self.take_all(read(text), scanner, Format::Junit);
            }
        }
    }

    fn json(&mut self, text: &str) -> Result<(), ReadError> {
        /// In how many documents of no known scanner a wrapped report is looked for.
        const LOOKED_INTO: usize = 100;
        let found = documents::documents(text);
        let mut recovered_from = None;
        if found.overfull {
            self.reading.notices.push(Notice::Overfull);
        }
        let owners: Vec<Option<&str>> = found
            .whole
            .iter()
            .map(|(outline, _)| Some(scanner::writing(outline)?.tool))
            .collect();
        for scanner in scanner::SCANNERS {
            let Some(json) = &scanner.json else { continue };
            let its: Vec<&str> = owners
                .iter()
                .zip(&found.whole)
                .filter(|(owner, _)| **owner == Some(scanner.tool))
                .map(|(_, (_, text))| *text)
                .collect();
            if its.is_empty() {
                continue;
            }
            match (json.read)(&its) {
                Ok(read) => self.take_all(read, scanner, Format::Json),
                // Whole JSON of an unexpected shape: members are still members.
                Err(error) => {
                    for text in its {
                        self.take_all((json.recover)(text), scanner, Format::Json);
                    }
                    recovered_from = Some((error.line(), error.column()));
                }
            }
        }
        if let Some((rest, broken)) = found.broken {
            for scanner in scanner::SCANNERS {
                let Some(json) = &scanner.json else { continue };
                let read = (json.recover)(rest);
                if !read.runs.is_empty() {
                    self.take_all(read, scanner, Format::Json);
                    recovered_from = Some((broken.line, broken.column));
                    break;
                }
            }
            if self.reading.reports.is_empty() {
                return Err(ReadError::BrokenJson {
                    line: broken.line,
                    column: broken.column,
                    message: broken.message,
                });
            }
        }
        if let Some((line, column)) = recovered_from
            && !self.reading.reports.is_empty()
        {
            let notice = Notice::Recovered { line, column };
            self.reading.notices.push(notice);
        }
        if self.reading.reports.is_empty() {
            for (outline, document) in found.whole.iter().take(LOOKED_INTO) {
                for wrapped in documents::texts(document) {
                    let plain = decode::decode(wrapped.as_bytes()).text.into_owned();
                    if self.lines(&plain) {
                        return Ok(());
                    }
                }
                if let Some(kind) = other_kind(outline) {
                    return Err(ReadError::OtherKind(kind));
                }
            }
        }
        Ok(())
    }

    fn take_all(&mut self, read: scanner::Read<'_>, scanner: &'static Scanner, format: Format) {
        self.reading.counts.add(read.counts);
        let unkept = read.runs.len().saturating_sub(text::KEPT_RUNS);
        for (position, run) in read.runs.into_iter().skip(unkept).enumerate() {
            let count = if position == 0 { 1 + unkept } else { 1 };
            self.take(run, scanner, format, count);
        }
    }

    fn take(&mut self, run: RawRun<'_>, scanner: &'static Scanner, format: Format, count: usize) {
        let assembled = self.assembler.assemble(run, scanner);
        let reports = &mut self.reading.reports;
        let position = reports.iter().position(|one| one.tool == scanner.tool);
        let position = position.unwrap_or_else(|| {
            reports.push(Report {
                tool: scanner.tool,
                format,
                run_count: 0,
                runs: Vec::new(),
                notices: Vec::new(),
            });
            reports.len() - 1
        });
        let report = &mut reports[position];
        report.notices = assembled.notices;
        report.run_count += count;
        report.runs.push(assembled.run);
    }
}

/// What else people are likely to try, and what to do instead.
fn other_kind(outline: &documents::Outline) -> Option<&'static str> {
    if outline.has("rule") && outline.has("priority") {
        Some(
            "This is a log of Falco. It says what happened, not how the system is configured, so \
             it holds no findings. Give a report of docker-bench-security or kube-bench.",
        )
    } else if outline.is_or_lists(|one| one.has("HostConfig")) {
        Some(
            "This is the output of docker inspect, which states settings without judging them. \
             Give a report of docker-bench-security, which checks the same containers.",
        )
    } else {
        None
    }
}
