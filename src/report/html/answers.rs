//! Findings that were documented, and the answers that are no threats.

use super::Writer;
use super::page::Page;
use crate::report::snippet::{Part, parts};
use crate::session::types::{FindingStatus, Hardening};

impl Writer<'_> {
    pub fn findings(&self, page: &mut Page) {
        let (scans, chosen) = (&self.session.scans, &self.session.hardenings);
        if scans.is_empty() && chosen.is_empty() {
            return;
        }
        page.section("findings", "Findings");
        let rows: Vec<[String; 5]> = scans
            .iter()
            .map(|scan| {
                let count = |status: FindingStatus| {
                    scan.findings
                        .iter()
                        .filter(|one| one.status == status)
                        .count()
                        .to_string()
                };
                [
                    format!("{} {}", scan.tool, scan.tool_version),
                    scan.benchmark.clone(),
                    scan.file.clone(),
                    count(FindingStatus::Failed),
                    count(FindingStatus::Passed),
                ]
            })
            .collect();
        page.table(["Scan", "Benchmark", "File", "Failed", "Passed"], &rows);
        for one in chosen {
            self.finding(one, page);
        }
    }

    fn finding(&self, hardening: &Hardening, page: &mut Page) {
        let heading = format!("{} {}", hardening.number.trim(), hardening.title.trim());
        page.heading(
            3,
            match heading.trim() {
                "" => "Untitled finding",
                heading => heading,
            },
        );
        let control = hardening.control.as_ref();
        let known = control.and_then(|id| self.catalog.control(id.as_str()));
        let check = known.map_or_else(
            || control.map_or("", |id| id.as_str()),
            |one| one.title.as_str(),
        );
        let threats = self.numbers_of(&hardening.threats);
        page.facts(&[
            ("Benchmark", &hardening.benchmark),
            ("Check", check),
            ("Threats", &threats),
        ]);
        page.labelled("What is wrong", &hardening.issue);
        page.labelled("Why it matters here", &hardening.why_here);
        if !hardening.remediation.trim().is_empty() {
            page.push("<p class=\"label\">What is done</p>\n");
        }
        for part in parts(&hardening.remediation, known) {
            match part {
                Part::Prose(text) => page.paragraphs(&text),
                Part::Code(text, _) => Self::code(page, &text),
            }
        }
        page.labelled("What was seen", &hardening.result);
    }

    /// Where nothing applies, what was left, open questions, notes, and the review.
    pub fn answers(&self, page: &mut Page) {
        let mut rows: Vec<[String; 4]> = Vec::new();
        for cell in &self.session.cells {
            let place = [
                self.component(&cell.component).to_owned(),
                cell.category.name().to_owned(),
            ];
            let mut row = |answer: &str, words: &str| {
                let [component, category] = place.clone();
                rows.push([component, category, answer.to_owned(), words.to_owned()]);
            };
            if let Some(answer) = &cell.nothing_applies {
                row("nothing applies", &answer.reason);
            }
            if let Some(question) = &cell.open_question {
                row(question.kind.name(), &question.text);
            }
            for left in &cell.left {
                let id = left.suggestion.as_str();
                let title = self
                    .catalog
                    .threat(id)
                    .map_or(id, |(_, known)| known.title.as_str());
                row(&format!("{title}: {}", left.kind.name()), &left.reason);
            }
            if !cell.note.trim().is_empty() {
                row("note", &cell.note);
            }
        }
        let written = |text: &str| !text.trim().is_empty();
        let parked = || {
            self.session
                .parked
                .iter()
                .filter(|one| !one.settled)
                .map(|one| one.text.as_str())
        };
        let notes = || {
            self.session
                .review_notes
                .iter()
                .map(|one| one.text.as_str())
        };
        if rows.is_empty() && !parked().any(written) && !notes().any(written) {
            return;
        }
        page.section("answers", "Other answers");
        page.table(["Component", "Category", "Answer", "Because"], &rows);
        if parked().any(written) {
            page.heading(3, "Put aside");
            page.list(parked());
        }
        if notes().any(written) {
            page.heading(3, "Review notes");
            page.list(notes());
        }
    }
}
