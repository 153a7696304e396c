//! `astride findings`: what a scanner found, in plain words, without a session.

use std::fmt::Write as _;
use std::fs::File;
use std::io::{self, Read as _};
use std::path::Path;

use super::Context;
use super::output::{self, Ending, Failure};
use crate::catalog::Catalog;
use crate::encode::ForeignText;
use crate::findings::compare::{Comparison, Subject, compare};
use crate::findings::json::FindingsJson;
use crate::findings::{self, LARGEST, Reading};
use crate::session::types::FindingStatus;

/// Reads reports and prints what is in them.
pub fn run(
    context: &Context,
    files: &[std::path::PathBuf],
    json: bool,
    failed: bool,
    later: Option<&Path>,
) -> Result<Ending, Failure> {
    let catalog = context.catalog()?;
    let mut readings = Vec::new();
    for file in files {
        readings.push(read(file, &catalog)?);
    }
    let after = later.map(|file| read(file, &catalog)).transpose()?;
    let comparison = match &after {
        Some(after) => Some(compared(&readings, after)?),
        None => None,
    };
    if json {
        let mut value = FindingsJson::new(&readings, &catalog, failed);
        if let Some(comparison) = &comparison {
            value = value.with_comparison(comparison);
        }
        output::json(&value)?;
        return Ok(Ending::Done);
    }
    let mut text = String::new();
    for reading in &readings {
        in_words(reading, &catalog, failed, &mut text);
    }
    if let Some(comparison) = &comparison {
        comparison_in_words(comparison, &catalog, &mut text);
    }
    output::text(&text)?;
    Ok(Ending::Done)
}

/// Reads one report, from a file or from standard input, no further than any report may be long.
pub fn read(file: &Path, catalog: &Catalog) -> Result<Reading, Failure> {
    let from_input = file == Path::new("-");
    let shown = if from_input {
        "standard input".to_owned()
    } else {
        file.display().to_string()
    };
    let limit = LARGEST as u64 + 1;
    let mut bytes = Vec::new();
    let result = if from_input {
        io::stdin().lock().take(limit).read_to_end(&mut bytes)
    } else {
        File::open(file).and_then(|file| file.take(limit).read_to_end(&mut bytes))
    };
    result.map_err(|error| {
        Failure::new(
            format!("{shown} cannot be read: {error}."),
            "Check the name and your rights to the file.",
        )
    })?;
    findings::read(&bytes, &shown, catalog)
        .map_err(|error| Failure::new(format!("{shown}: {error}"), ""))
}

fn compared(before: &[Reading], after: &Reading) -> Result<Comparison, Failure> {
    let first = before.first().and_then(|reading| reading.reports.last());
    match (before.len(), first, after.reports.last()) {
        (1, Some(before), Some(after)) => Ok(compare(before.side(), after.side())),
        _ => Err(Failure::new(
            "Two reports can be compared, one before and one after.",
            "For instance: astride findings before.log --compare after.log",
        )),
    }
}

fn in_words(reading: &Reading, catalog: &Catalog, only_failed: bool, text: &mut String) {
    for report in &reading.reports {
        let Some(run) = report.current() else {
            continue;
        };
        let benchmark = run.benchmark.as_foreign().or("benchmark not known").shown();
        let _ = writeln!(
            text,
            "{}: {} {}, {benchmark}",
            reading.file,
            report.tool,
            run.tool_version.shown()
        );
        let failed = run.failed().count();
        let _ = writeln!(text, "{failed} of {} checks failed", run.findings.len());
        for finding in &run.findings {
            if only_failed && finding.status != FindingStatus::Failed {
                continue;
            }
            let _ = writeln!(
                text,
                "  {:<7} {:<7} {}",
                status_word(finding.status),
                finding.number.shown(),
                finding.title.shown()
            );
            let control = finding
                .control
                .as_ref()
                .and_then(|id| catalog.control(id.as_str()));
            if let Some(control) = control
                && finding.status == FindingStatus::Failed
            {
                let letters: String = control.categories.iter().map(|one| one.letter()).collect();
                let _ = writeln!(text, "          {letters}: {}", control.title);
            }
        }
    }
    for notice in &reading.notices {
        let _ = writeln!(text, "Note: {notice}");
    }
    let counts = reading.counts;
    let _ = writeln!(
        text,
        "{} lines or entries: {} read, {} skipped, {} not understood",
        counts.total(),
        counts.read,
        counts.skipped,
        counts.not_understood
    );
}

/// What a status means, in one word.
pub const fn status_word(status: FindingStatus) -> &'static str {
    match status {
        FindingStatus::Passed => "passed",
        FindingStatus::Failed => "failed",
        FindingStatus::Manual => "look",
        FindingStatus::Information => "info",
    }
}

fn comparison_in_words(comparison: &Comparison, catalog: &Catalog, text: &mut String) {
    let title = |key: &ForeignText| match catalog.control(key.raw()) {
        Some(control) => format!("{} ({})", control.title, key.shown()),
        None => key.shown().into_owned(),
    };
    let still = comparison
        .still_failing
        .iter()
        .map(|one| one.subject.words());
    let lists: [(&str, Vec<ForeignText>); 4] = [
        (
            "Fixed",
            comparison.fixed.iter().map(Subject::words).collect(),
        ),
        ("Still failing", still.collect()),
        ("New", comparison.new.iter().map(Subject::words).collect()),
        (
            "Not checked again, so not known to be fixed",
            comparison.not_checked.iter().map(Subject::words).collect(),
        ),
    ];
    for (heading, keys) in lists {
        let _ = writeln!(text, "{heading}: {}", keys.len());
        for key in keys {
            let _ = writeln!(text, "  {}", title(&key));
        }
    }
    for caution in &comparison.cautions {
        let _ = writeln!(text, "Note: {}", caution.words().shown());
    }
}
