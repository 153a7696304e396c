//! The section of findings: the scans that were read, and each finding that was chosen.

use crate::catalog::types::Requirement;
use crate::report::markdown::Document;
use crate::report::snippet::{Part, parts};
use crate::report::source::Source;
use crate::session::types::{FindingStatus, Hardening, Scan};

impl Source<'_> {
    pub fn findings(&self, document: &mut Document) {
        let brief = self.catalog.brief(self.session.brief.as_str());
        let asked = brief.is_some_and(|brief| {
            let findings = |one: &Requirement| matches!(one, Requirement::Findings { .. });
            brief.requirements.iter().any(findings)
        });
        let (scans, chosen) = (&self.session.scans, &self.session.hardenings);
        if scans.is_empty() && chosen.is_empty() && !asked {
            return;
        }
        document.heading(2, "Docker-bench findings");
        if !scans.is_empty() {
            document.label("Scans");
            let scans: Vec<String> = scans.iter().map(scan).collect();
            document.list(scans.iter().map(String::as_str));
        }
        if chosen.is_empty() {
            document.paragraphs("No findings are documented yet.");
        }
        for hardening in chosen {
            self.finding(hardening, document);
        }
    }

    fn finding(&self, hardening: &Hardening, document: &mut Document) {
        let heading = format!("{} {}", hardening.number.trim(), hardening.title.trim());
        let heading = match heading.trim() {
            "" => "Untitled finding",
            heading => heading,
        };
        document.heading(3, heading);
        let control = hardening.control.as_ref();
        let known = control.and_then(|id| self.catalog.control(id.as_str()));
        let control = match known {
            Some(known) => known.title.as_str(),
            None => control.map_or("", |id| id.as_str()),
        };
        document.facts(&[("Benchmark", &hardening.benchmark), ("Control", control)]);
        document.labelled("Issue", &hardening.issue);
        document.labelled("Why it matters here", &hardening.why_here);
        for (at, part) in parts(&hardening.remediation, known).iter().enumerate() {
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
        document.labelled("Result", &hardening.result);
        let threats: Vec<String> = hardening
            .threats
            .iter()
            .filter_map(|id| self.named_threat(id))
            .collect();
        if !threats.is_empty() {
            document.label("Threats");
            document.list(threats.iter().map(String::as_str));
        }
    }
}

/// A scan in a line: what ran, on which file, and how it came out.
fn scan(scan: &Scan) -> String {
    let tool = format!("{} {}", scan.tool.trim(), scan.tool_version.trim());
    let from = [tool.trim(), scan.benchmark.trim(), scan.file.trim()]
        .into_iter()
        .filter(|text| !text.is_empty())
        .collect::<Vec<_>>()
        .join(", ");
    let counts: Vec<String> = [
        (FindingStatus::Failed, "failed"),
        (FindingStatus::Passed, "passed"),
        (FindingStatus::Manual, "to look at by hand"),
        (FindingStatus::Information, "for information"),
    ]
    .into_iter()
    .filter_map(|(status, words)| {
        let count = scan
            .findings
            .iter()
            .filter(|one| one.status == status)
            .count();
        (count > 0).then(|| format!("{count} {words}"))
    })
    .collect();
    let counts = match counts.as_slice() {
        [] => "no findings".to_owned(),
        counts => counts.join(", "),
    };
    format!("{from}: {counts}")
}
