//! The findings of a write-up, for any Markdown form: the scans that were read, what changed between
//! them, and each finding that was chosen, with what was done about it.
//!
//! Numbers and titles stand as the tool printed them; names of threats are the form's.

use super::markdown::Document;
use super::snippet::{Part, parts};
use crate::catalog::Catalog;
use crate::catalog::types::Control;
use crate::findings::evidence::{named, tool};
use crate::findings::standing::{BeforeAndAfter, Change, Standing, lines, outcome, seen};
use crate::findings::words::counts;
use crate::session::id::ThreatId;
use crate::session::types::{Hardening, Scan, Session};

/// What writing about findings needs.
pub struct Findings<'a> {
    /// The session.
    pub session: &'a Session,
    /// The catalog.
    pub catalog: &'a Catalog,
    /// How the form names a threat; nothing where it does not show it.
    pub threat: &'a dyn Fn(&ThreatId) -> Option<String>,
}

impl Findings<'_> {
    /// The scans in a list, oldest first; nothing where there are none.
    pub fn scans(&self, document: &mut Document) {
        if self.session.scans.is_empty() {
            return;
        }
        document.label("Scans");
        let scans: Vec<String> = self.session.scans.iter().map(scan_in_words).collect();
        document.list(scans.iter().map(String::as_str));
    }

    /// What changed by the latest run of each tool, under a heading of its own.
    pub fn before_and_after(&self, level: usize, document: &mut Document) {
        let standing = Standing::of(self.session);
        for two in standing.before_and_after(self.session) {
            let BeforeAndAfter {
                before,
                after,
                comparison,
            } = two;
            document.heading(level, &format!("Before and after: {}", tool(after)));
            document.paragraphs(&format!(
                "Before: {}. After: {}.",
                scan_file(before),
                scan_file(after)
            ));
            let (old, new) = (lines(before), lines(after));
            let mut rows: Vec<[String; 3]> = Vec::new();
            for change in Change::ALL {
                for subject in change.subjects(comparison) {
                    rows.push([
                        change.name().to_owned(),
                        line(before, old.get(subject)),
                        line(after, new.get(subject)),
                    ]);
                }
            }
            if rows.is_empty() {
                document.paragraphs("No check that failed came out differently.");
            } else {
                document.table(["Change", "Before", "After"], &rows);
            }
            let cautions: Vec<String> = comparison
                .cautions
                .iter()
                .map(ToString::to_string)
                .collect();
            document.list(cautions.iter().map(String::as_str));
        }
    }

    /// One finding that was chosen, under a heading of its own.
    pub fn chosen(&self, hardening: &Hardening, level: usize, document: &mut Document) {
        let heading = format!("{} {}", hardening.number.trim(), hardening.title.trim());
        let heading = match heading.trim() {
            "" => "Untitled finding",
            heading => heading,
        };
        document.heading(level, heading);
        let control = hardening.control.as_ref();
        let known = control.and_then(|id| self.catalog.control(id.as_str()));
        let control = match known {
            Some(known) => known.title.as_str(),
            None => control.map_or("", |id| id.as_str()),
        };
        let concerns = known.map_or_else(String::new, |known| self.concerns(known));
        let confirmed = hardening
            .confirmed
            .as_ref()
            .map_or_else(String::new, |stamp| {
                stamp.at.strftime("%Y-%m-%d").to_string()
            });
        document.facts(&[
            ("Benchmark", &hardening.benchmark),
            ("Control", control),
            ("Concerns", &concerns),
            ("Confirmed by hand", &confirmed),
        ]);
        document.labelled("Issue", &hardening.issue);
        document.labelled("Why it matters here", &hardening.why_here);
        remediation(hardening, known, document);
        document.labelled("Result", &hardening.result);
        self.history(hardening, document);
        let threats: Vec<String> = hardening
            .threats
            .iter()
            .filter_map(|id| (self.threat)(id))
            .collect();
        if !threats.is_empty() {
            document.label("Threats");
            document.list(threats.iter().map(String::as_str));
        }
    }

    /// Letters and components.
    fn concerns(&self, control: &Control) -> String {
        let letters: Vec<&str> = control.categories.iter().map(|one| one.name()).collect();
        let components: Vec<&str> = control
            .components
            .iter()
            .map(|id| {
                let known = self.catalog.component(id.as_str());
                known.map_or(id.as_str(), |one| one.name.as_str())
            })
            .collect();
        format!("{} ({})", letters.join(", "), components.join(", "))
    }

    /// What each scan says about it, and what became of it.
    fn history(&self, hardening: &Hardening, document: &mut Document) {
        let seen = seen(self.session, hardening);
        if seen.is_empty() {
            return;
        }
        document.label("What the scans say");
        let mut lines: Vec<String> = seen
            .iter()
            .map(|one| match one.finding {
                Some(finding) => format!(
                    "{}: [{}] {}",
                    one.scan.file,
                    finding.printed_status,
                    named(finding)
                ),
                None => format!("{}: not checked", one.scan.file),
            })
            .collect();
        if let Some(change) = outcome(&seen) {
            lines.push(format!("Outcome: {}", change.name()));
        }
        document.list(lines.iter().map(String::as_str));
    }
}

/// The remediation: sentences as prose, and what is to be pasted as code.
pub fn remediation(hardening: &Hardening, control: Option<&Control>, document: &mut Document) {
    for (at, part) in parts(&hardening.remediation, control).iter().enumerate() {
        match part {
            Part::Prose(text) if at == 0 => document.labelled("Remediation", text),
            Part::Prose(text) => document.paragraphs(text),
            Part::Code(text, language) => {
                if at == 0 {
                    document.label("Remediation");
                }
                document.code(text, language);
            }
        }
    }
}

/// A scan in a line: what ran, on which file, and how it came out.
pub fn scan_in_words(scan: &Scan) -> String {
    let (tool, benchmark, file) = (tool(scan), scan.benchmark.trim(), scan.file.trim());
    let from = [tool.as_str(), benchmark, file]
        .into_iter()
        .filter(|text| !text.is_empty())
        .collect::<Vec<_>>()
        .join(", ");
    let counts = match counts(&scan.findings).join(", ") {
        none if none.is_empty() => "no findings".to_owned(),
        counts => counts,
    };
    format!("{from}: {counts}")
}

fn scan_file(scan: &Scan) -> String {
    let day = scan.created.at.strftime("%Y-%m-%d");
    match scan.benchmark.trim() {
        "" => format!("{}, added {day}", scan.file),
        benchmark => format!("{} ({benchmark}), added {day}", scan.file),
    }
}

/// What a run prints about a control or check.
fn line(scan: &Scan, at: Option<&usize>) -> String {
    match at.map(|at| &scan.findings[*at]) {
        Some(finding) => format!("[{}] {}", finding.printed_status, named(finding)),
        None => "not checked".to_owned(),
    }
}
