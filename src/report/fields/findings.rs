//! Findings: the scans that were read, what changed between two of them, and the findings that were
//! chosen and documented.

use std::collections::HashMap;
use std::fmt::Write as _;

use minijinja::Value;

use super::{or, words};
use crate::catalog::Catalog;
use crate::encode;
use crate::findings::compare::{Caution, Subject};
use crate::findings::standing::{BeforeAndAfter, Standing};
use crate::findings::words::verdict;
use crate::report::snippet::{Part, parts};
use crate::report::source::Source;
use crate::report::template::{Record, list};
use crate::session::types::{FindingStatus, Hardening, Scan};

/// The chosen findings.
pub fn findings(source: &Source<'_>) -> Value {
    let scans: Vec<Verdicts<'_>> = source.session.scans.iter().map(Verdicts::of).collect();
    let all = &source.session.hardenings;
    list(all.iter().map(|one| finding(source, one, &scans)))
}

fn finding(source: &Source<'_>, hardening: &Hardening, scans: &[Verdicts<'_>]) -> Record {
    let id = hardening.control.as_ref();
    let known = id.and_then(|id| source.catalog.control(id.as_str()));
    let control = match known {
        Some(known) => known.title.as_str(),
        None => id.map_or("", |id| id.as_str()),
    };
    let mut remediation = String::new();
    for part in parts(&hardening.remediation, known) {
        let block = match part {
            Part::Prose(text) => encode::markdown_block(&text).into_owned(),
            Part::Code(text, language) => encode::code_fence(&text, language),
        };
        let between = if remediation.is_empty() { "" } else { "\n\n" };
        // Writing to a string cannot fail.
        let _ = write!(remediation, "{between}{block}");
    }
    let title = format!("{} {}", hardening.number.trim(), hardening.title.trim());
    let threats = hardening.threats.iter().filter_map(|id| {
        let (number, threat) = source.threats.get(id)?;
        let title = or(&threat.title, "Untitled threat");
        Some(
            Record::default()
                .with("number", *number)
                .with("title", title),
        )
    });
    let seen = scans.iter().filter_map(|scan| {
        let found = scan.status(hardening)?;
        Some(
            Record::default()
                .with("scan", scan.name)
                .with("status", verdict(found)),
        )
    });
    let confirmed = hardening.confirmed.as_ref();
    Record::default()
        .with("heading", or(&title, "Untitled finding").to_owned())
        .with("number", hardening.number.trim())
        .with("title", or(&hardening.title, "Untitled finding"))
        .with("benchmark", hardening.benchmark.trim())
        .with("control", control)
        .with("issue", hardening.issue.trim())
        .with("why_here", hardening.why_here.trim())
        .with_markdown("remediation", remediation)
        .with("result", hardening.result.trim())
        .with(
            "confirmed_on",
            confirmed.map_or_else(String::new, super::day),
        )
        .with(
            "confirmed_by",
            confirmed.map_or("", |stamp| source.recorded_by(stamp)),
        )
        .with("seen", list(seen))
        .with("threats", list(threats))
}

/// What one scan says about each control and each number, the worst of its lines.
struct Verdicts<'a> {
    name: &'a str,
    controls: HashMap<&'a str, FindingStatus>,
    numbers: HashMap<(&'a str, &'a str), FindingStatus>,
}

impl<'a> Verdicts<'a> {
    fn of(scan: &'a Scan) -> Self {
        let mut verdicts = Self {
            name: or(&scan.file, "a scan"),
            controls: HashMap::new(),
            numbers: HashMap::new(),
        };
        for finding in &scan.findings {
            let number = (finding.number.trim(), finding.title.trim());
            let so_far = match &finding.control {
                Some(id) => verdicts
                    .controls
                    .entry(id.as_str())
                    .or_insert(finding.status),
                None => verdicts.numbers.entry(number).or_insert(finding.status),
            };
            if finding.status == FindingStatus::Failed {
                *so_far = FindingStatus::Failed;
            }
        }
        verdicts
    }

    fn status(&self, hardening: &Hardening) -> Option<FindingStatus> {
        let control = hardening.control.as_ref();
        let by_control = control.and_then(|id| self.controls.get(id.as_str()));
        let number = (hardening.number.trim(), hardening.title.trim());
        by_control.or_else(|| self.numbers.get(&number)).copied()
    }
}

/// The scans, oldest first.
pub fn scans(source: &Source<'_>) -> Value {
    list(source.session.scans.iter().map(|scan| {
        let count = |status| {
            scan.findings
                .iter()
                .filter(|one| one.status == status)
                .count()
        };
        Record::default()
            .with("file", scan.file.trim())
            .with(
                "tool",
                format!("{} {}", scan.tool.trim(), scan.tool_version.trim()).trim(),
            )
            .with("benchmark", scan.benchmark.trim())
            .with("failed", count(FindingStatus::Failed))
            .with("passed", count(FindingStatus::Passed))
            .with("manual", count(FindingStatus::Manual))
            .with("information", count(FindingStatus::Information))
    }))
}

/// For each tool with several scans: what changed by the last one.
pub fn comparisons(source: &Source<'_>) -> Value {
    let standing = Standing::of(source.session);
    let all = standing.before_and_after(source.session);
    list(all.map(|two| comparison(source.catalog, &two)))
}

fn comparison(catalog: &Catalog, two: &BeforeAndAfter<'_>) -> Record {
    let compared = two.comparison;
    let names = |subjects: &[Subject]| list(subjects.iter().map(|one| subject(catalog, one)));
    let still = compared.still_failing.iter().map(|one| {
        let name = subject(catalog, &one.subject);
        if one.items_before == one.items_after {
            name
        } else {
            format!(
                "{name} ({} places before, {} now)",
                one.items_before, one.items_after
            )
        }
    });
    let cautions: Vec<String> = compared.cautions.iter().map(Caution::to_string).collect();
    Record::default()
        .with("before", or(&two.before.file, "the scan before"))
        .with("after", or(&two.after.file, "the last scan"))
        .with("in_both", compared.in_both)
        .with("fixed", names(&compared.fixed))
        .with("still_failing", list(still))
        .with("new", names(&compared.new))
        .with("newly_checked", names(&compared.newly_checked))
        .with("undecided", names(&compared.undecided))
        .with("not_checked", names(&compared.not_checked))
        .with("cautions", words(cautions.iter().map(String::as_str)))
}

fn subject(catalog: &Catalog, subject: &Subject) -> String {
    match subject {
        Subject::Control(id) => catalog
            .control(id.as_str())
            .map_or_else(|| id.to_string(), |one| one.title.to_string()),
        Subject::Check { number, title } => format!("{number} {title}"),
    }
}
