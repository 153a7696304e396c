//! Findings for other programs: the JSON shape `astride.findings/1`.
//!
//! The shape is a promise. New members may come; those that are here keep their names and meaning.
//! `counts`, `failed` and `failed_controls` are about the current run, which is the last of a file.

use std::collections::BTreeMap;

use serde::Serialize;

use super::compare::{Caution, Comparison, Subject};
use super::{Reading, Report, Word};
use crate::catalog::Catalog;
use crate::encode::{Foreign, ForeignText};
use crate::session::types::Finding;

/// The name and version of the shape.
pub const SCHEMA: &str = "astride.findings/1";

/// What files hold, and how two of them compare.
#[derive(Clone, Debug, Serialize)]
pub struct FindingsJson<'a> {
    /// [`SCHEMA`].
    pub schema: &'static str,
    /// One entry for each tool in each file.
    pub scans: Vec<ScanJson<'a>>,
    /// How two of them compare, if that was asked for.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub compare: Option<CompareJson>,
}

/// The report of one tool in one file.
#[derive(Clone, Debug, Serialize)]
pub struct ScanJson<'a> {
    /// The file's name.
    pub file: &'a str,
    /// Such as `docker-bench-security`.
    pub tool: &'a str,
    /// Empty where unknown.
    pub tool_version: Foreign<'a>,
    /// Empty where unknown.
    pub benchmark: Foreign<'a>,
    /// `text`, `markdown-table`, `json` or `junit`.
    pub format: &'static str,
    /// How many runs the file holds.
    pub runs: usize,
    /// How many checks have each word.
    pub counts: CountsJson,
    /// The numbers of the checks that failed, in order.
    pub failed: Vec<Foreign<'a>>,
    /// Their controls, in the same order; a control with two failed lines stands twice.
    pub failed_controls: Vec<&'a str>,
    /// Lines or entries of the file that became part of a run.
    pub read: usize,
    /// Those that are known to carry no finding.
    pub skipped: usize,
    /// Those of no known kind.
    pub not_understood: usize,
    /// What to know besides, in sentences.
    pub notices: Vec<String>,
    /// The findings of the current run.
    pub findings: Vec<FindingJson<'a>>,
}

/// How many checks have each word.
#[derive(Clone, Copy, Debug, Serialize)]
#[serde(rename_all = "UPPERCASE")]
pub struct CountsJson {
    /// Passed.
    pub pass: usize,
    /// A failure in docker-bench-security, manual in the others.
    pub warn: usize,
    /// Failed.
    pub fail: usize,
    /// Without a verdict.
    pub info: usize,
    /// Manual.
    pub note: usize,
}

/// One finding.
#[derive(Clone, Debug, Serialize)]
pub struct FindingJson<'a> {
    /// The number as printed.
    pub id: Foreign<'a>,
    /// The title as printed.
    pub title: Foreign<'a>,
    /// The word as printed.
    pub status: Foreign<'a>,
    /// The catalog's control, or null.
    pub control: Option<&'a str>,
    /// The letters of its STRIDE categories.
    pub categories: Vec<char>,
    /// Containers, files and users that the tool named.
    pub details: &'a [ForeignText],
    /// What the tool says to do, or else the catalog.
    pub remediation: Foreign<'a>,
}

/// What became of the failed controls: keys, or numbers where the catalog knows no control.
#[derive(Clone, Debug, Serialize)]
pub struct CompareJson {
    /// Failed before, passes now.
    pub fixed: Vec<ForeignText>,
    /// Failed before, fails now.
    pub still_failing: Vec<ForeignText>,
    /// Was checked before and did not fail, fails now.
    pub new: Vec<ForeignText>,
    /// Failed before, and was not checked again. This is not fixed.
    pub not_checked: Vec<ForeignText>,
    /// Fails now, and was not checked before.
    pub newly_checked: Vec<ForeignText>,
    /// Failed before; now the tool does not decide.
    pub undecided: Vec<ForeignText>,
    /// Numbers that moved: key to the number before and after.
    pub renumbered: BTreeMap<ForeignText, [ForeignText; 2]>,
    /// Why the comparison may mislead, in sentences.
    pub cautions: Vec<ForeignText>,
}

impl<'a> FindingsJson<'a> {
    /// Everything of some files; with `only_failed`, `findings` holds the failed ones only.
    pub fn new(readings: &'a [Reading], catalog: &'a Catalog, only_failed: bool) -> Self {
        let scans = readings
            .iter()
            .flat_map(|reading| {
                let reports = reading.reports.iter();
                reports.map(move |report| scan(reading, report, catalog, only_failed))
            })
            .collect();
        Self {
            schema: SCHEMA,
            scans,
            compare: None,
        }
    }

    /// Adds a comparison.
    #[must_use]
    pub fn with_comparison(mut self, comparison: &Comparison) -> Self {
        let keys = |subjects: &[Subject]| subjects.iter().map(Subject::words).collect();
        self.compare = Some(CompareJson {
            fixed: keys(&comparison.fixed),
            still_failing: comparison
                .still_failing
                .iter()
                .map(|one| one.subject.words())
                .collect(),
            new: keys(&comparison.new),
            not_checked: keys(&comparison.not_checked),
            newly_checked: keys(&comparison.newly_checked),
            undecided: keys(&comparison.undecided),
            renumbered: comparison
                .renumbered
                .iter()
                .map(|one| {
                    let numbers = [one.before.clone(), one.after.clone()];
                    (one.subject.words(), numbers)
                })
                .collect(),
            cautions: comparison.cautions.iter().map(Caution::words).collect(),
        });
        self
    }
}

fn scan<'a>(
    reading: &'a Reading,
    report: &'a Report,
    catalog: &'a Catalog,
    only_failed: bool,
) -> ScanJson<'a> {
    let run = report.current();
    let [pass, warn, fail, info, note] = run.map_or([0; 5], super::Run::counts);
    debug_assert_eq!(Word::ALL.len(), 5, "the counts above are in its order");
    let failed: Vec<&Finding> = run.into_iter().flat_map(super::Run::failed).collect();
    let shown: Vec<&Finding> = if only_failed {
        failed.clone()
    } else {
        run.into_iter().flat_map(|run| &run.findings).collect()
    };
    ScanJson {
        file: &reading.file,
        tool: report.tool,
        tool_version: run.map_or_else(Foreign::default, |run| run.tool_version.as_foreign()),
        benchmark: run.map_or_else(Foreign::default, |run| run.benchmark.as_foreign()),
        format: report.format.as_str(),
        runs: report.run_count,
        counts: CountsJson {
            pass,
            warn,
            fail,
            info,
            note,
        },
        failed: failed.iter().map(|one| one.number.as_foreign()).collect(),
        failed_controls: failed
            .iter()
            .filter_map(|one| Some(one.control.as_ref()?.as_str()))
            .collect(),
        read: reading.counts.read,
        skipped: reading.counts.skipped,
        not_understood: reading.counts.not_understood,
        notices: reading
            .notices
            .iter()
            .chain(&report.notices)
            .map(ToString::to_string)
            .collect(),
        findings: shown.into_iter().map(|one| finding(one, catalog)).collect(),
    }
}

fn finding<'a>(finding: &'a Finding, catalog: &'a Catalog) -> FindingJson<'a> {
    let control = finding.control.as_ref();
    let known = control.and_then(|id| catalog.control(id.as_str()));
    let remediation = if finding.remediation.is_empty() {
        known.map_or("", |control| &control.remediation.text).into()
    } else {
        finding.remediation.as_foreign()
    };
    FindingJson {
        id: finding.number.as_foreign(),
        title: finding.title.as_foreign(),
        status: finding.printed_status.as_foreign(),
        control: control.map(crate::catalog::types::Id::as_str),
        categories: known
            .into_iter()
            .flat_map(|control| &control.categories)
            .map(|category| category.letter())
            .collect(),
        details: &finding.details,
        remediation,
    }
}
