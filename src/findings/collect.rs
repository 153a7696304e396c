//! Finds out what a file holds, and hands it to the scanners whose it is.
//!
//! The format is told from the content: JSON by how it begins, `JUnit` by its elements, anything else
//! by its lines, and only where those say nothing, by what else may stand between them.

use super::assemble::Assembler;
use super::notice::Notice;
use super::raw::RawRun;
use super::scanner::{self, Scanner};
use super::{Counts, Format, LARGEST, ReadError, Reading, Report};
use super::{decode, documents, markdown, text};
use crate::catalog::Catalog;

/// Reads a report as it is.
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
