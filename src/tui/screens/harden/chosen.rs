//! Step 3, the findings that were chosen to be hardened: their texts, what the scans say about them,
//! and the threats that they prove.

use super::list::{facts, number_rows};
use crate::catalog::Catalog;
use crate::findings::evidence::threats_for;
use crate::findings::standing::{outcome, seen};
use crate::session::place::{HardeningText, TextField};
use crate::session::types::{FindingStatus, Hardening};
use crate::tui::app::OpenSession;
use crate::tui::theme::Meaning;
use crate::tui::widgets::rows::{Row, Target};

/// The texts of a hardening: label, text, what stands there while it is empty.
const TEXTS: [(&str, HardeningText, &str); 6] = [
    (
        "Number, as the tool printed it",
        HardeningText::Number,
        "such as 2.17",
    ),
    (
        "Title, as the tool printed it",
        HardeningText::Title,
        "such as Ensure …",
    ),
    ("Issue", HardeningText::Issue, "what is wrong"),
    (
        "Why it matters here",
        HardeningText::WhyHere,
        "what it would mean for this system",
    ),
    (
        "Remediation",
        HardeningText::Remediation,
        "what to set, with the exact line or command",
    ),
    (
        "Result",
        HardeningText::Result,
        "what the tool says after the change",
    ),
];

/// A chosen finding, open where the cursor asked for it.
pub fn rows(open: &OpenSession, catalog: &Catalog, hardening: &Hardening, rows: &mut Vec<Row>) {
    let session = open.editor.session();
    let target = Target::Hardening(hardening.id.clone());
    let expanded = open.expanded.as_ref() == Some(&target);
    let title = match (&hardening.number, &hardening.title) {
        (number, title) if number.is_empty() && title.is_empty() => {
            "a finding without number and title".to_owned()
        }
        (number, title) => format!("{} {}", number.shown(), title.shown()),
    };
    let seen = seen(session, hardening);
    let tail = match (outcome(&seen), &hardening.confirmed) {
        (_, Some(_)) => "confirmed by hand".to_owned(),
        (Some(change), None) => change.name().to_owned(),
        (None, None) => hardening.benchmark.shown().into_owned(),
    };
    rows.push(Row::item("◆", title, target).with_tail(tail));
    if !expanded {
        return;
    }
    let control = hardening
        .control
        .as_ref()
        .and_then(|id| catalog.control(id.as_str()));
    if let Some(control) = control {
        rows.push(Row::indented(control.why.clone(), Meaning::Muted, 6));
    }
    for one in &seen {
        let line = match one.finding {
            Some(finding) => format!(
                "{}: [{}] {} {}",
                one.scan.file.shown(),
                finding.printed_status.shown(),
                finding.number.shown(),
                finding.title.shown()
            ),
            None => format!("{}: not checked, which is not fixed", one.scan.file.shown()),
        };
        rows.push(Row::indented(line, Meaning::Text, 6));
    }
    confirmation(hardening, &seen, rows);
    for (label, part, placeholder) in TEXTS {
        let field = TextField::Hardening(hardening.id.clone(), part);
        rows.push(Row::field(label, field, placeholder).set_in(4));
    }
    links(open, catalog, hardening, rows);
    if let Some(control) = control {
        rows.push(Row::indented(facts(catalog, control), Meaning::Muted, 6));
        number_rows(control, rows);
    }
}

/// Where the tool can only give a note, a person can say that it holds.
fn confirmation(
    hardening: &Hardening,
    seen: &[crate::findings::standing::Seen<'_>],
    rows: &mut Vec<Row>,
) {
    if let Some(stamp) = &hardening.confirmed {
        let day = stamp.at.strftime("%Y-%m-%d");
        rows.push(Row::indented(
            format!("Confirmed by hand on {day}. b takes that back."),
            Meaning::Text,
            6,
        ));
        return;
    }
    let last = seen.last().and_then(|one| one.finding);
    let undecided = last.is_some_and(|finding| {
        matches!(
            finding.status,
            FindingStatus::Manual | FindingStatus::Information
        )
    });
    if undecided {
        rows.push(Row::indented(
            "The tool cannot decide this. b says that you looked and that it holds.",
            Meaning::Text,
            6,
        ));
    }
}

/// The threats that are linked, and those that may be.
fn links(open: &OpenSession, catalog: &Catalog, hardening: &Hardening, rows: &mut Vec<Row>) {
    let session = open.editor.session();
    let control = hardening
        .control
        .as_ref()
        .and_then(|id| catalog.control(id.as_str()));
    let suggested = control.map_or_else(Vec::new, |control| threats_for(session, control));
    rows.push(Row::indented(
        "Threats that it proves (Space links, t makes one of it):",
        Meaning::Muted,
        6,
    ));
    let mut item = |mark: &str, id: &crate::session::id::ThreatId, tail: &str| {
        if let Some(threat) = open.recorded.threat(session, id) {
            let target = Target::Link(hardening.id.clone(), id.clone());
            let row = Row::item(mark, threat.title.shown(), target);
            rows.push(row.with_tail(tail.to_owned()).set_in(4));
        }
    };
    for id in &hardening.threats {
        item("[x]", id, "linked");
    }
    let open = suggested
        .iter()
        .filter(|(id, _)| !hardening.threats.contains(id));
    for (id, why) in open {
        item("[ ]", id, why.name());
    }
    if suggested.is_empty() && hardening.threats.is_empty() {
        rows.push(Row::indented(
            "None of yours shares its control, or its component and letter.",
            Meaning::Muted,
            8,
        ));
    }
}
