//! A session as facts: entries with headings, and below each what is said about it, one fact a line.
//! What version control shows of a session, and what two sessions are compared by.
//!
//! Not the document (`store` writes that) and not a write-up (`report` does).

use std::fmt::Write as _;

use super::dispute;
use crate::catalog::types::Id;
use crate::encode::{ForeignText, foreign};
use crate::session::place::{MitigationText, SentencePart, TextField, ThreatText};
use crate::session::types::{
    Cell, Hands, Hardening, Impact, Likelihood, Mitigation, Response, Session, Stamp, Threat,
};

/// A thing of a session with what is said about it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Entry {
    /// What stays the same from one version to the next.
    pub key: String,
    /// What it is, in words.
    pub heading: ForeignText,
    /// What is said about it; nothing that is empty.
    pub facts: Vec<(&'static str, ForeignText)>,
}

impl Entry {
    fn new(key: impl Into<String>, heading: impl Into<ForeignText>) -> Self {
        Self {
            key: key.into(),
            heading: heading.into(),
            facts: Vec::new(),
        }
    }

    fn fact(&mut self, name: &'static str, value: impl Into<ForeignText>) {
        let value = value.into();
        if !value.is_empty() {
            self.facts.push((name, value));
        }
    }
}

/// The session as text, one fact a line, for a comparison of two versions line by line.
pub fn readable(session: &Session) -> String {
    let mut text = String::new();
    for entry in entries(session) {
        let _ = writeln!(text, "{}", entry.heading.shown().replace('\n', "\n    "));
        for (name, value) in entry.facts {
            let _ = writeln!(text, "  {name}: {}", value.shown().replace('\n', "\n    "));
        }
    }
    text
}

/// Everything in a session.
pub fn entries(session: &Session) -> Vec<Entry> {
    let mut all = scope(session);
    all.extend(session.cells.iter().map(|one| cell(session, one)));
    all.extend(session.threats.iter().map(|one| threat(session, one)));
    all.extend(
        session
            .mitigations
            .iter()
            .map(|one| mitigation(session, one)),
    );
    for one in &session.scans {
        let mut entry = Entry::new(one.id.as_str(), foreign!("Scan: {}", one.file));
        entry.fact("tool", foreign!("{} {}", one.tool, one.tool_version));
        entry.fact("benchmark", &one.benchmark);
        entry.fact("findings", one.findings.len().to_string());
        all.push(entry);
    }
    all.extend(session.hardenings.iter().map(|one| hardening(session, one)));
    for one in &session.review_notes {
        let mut entry = Entry::new(one.id.as_str(), foreign!("Review note: {}", one.text));
        entry.fact("by", name(session, &one.created));
        all.push(entry);
    }
    for one in &session.parked {
        let mut entry = Entry::new(one.id.as_str(), foreign!("Parked: {}", one.text));
        entry.fact("settled", if one.settled { "yes" } else { "" });
        entry.fact("by", name(session, &one.created));
        all.push(entry);
    }
    for one in &session.accepted_checks {
        let heading = foreign!("Left so: {} of {}", one.check, one.subject);
        let mut entry = Entry::new(one.id.as_str(), heading);
        entry.fact("because", &one.reason);
        entry.fact("by", name(session, &one.created));
        all.push(entry);
    }
    for one in &session.disputes {
        let words = dispute::in_words(session, one);
        let mut entry = Entry::new(one.id.as_str(), foreign!("To settle: {}", words.about));
        entry.fact("held", words.held);
        entry.fact("other", words.other);
        entry.fact("from", &one.from);
        all.push(entry);
    }
    for one in &session.working.drafts {
        let field = TextField::Draft(one.key.clone());
        let mut entry = Entry::new(
            format!("draft {:?}", one.key),
            dispute::field_in_words(session, &field),
        );
        entry.fact("so far", &one.text);
        all.push(entry);
    }
    all
}

fn scope(session: &Session) -> Vec<Entry> {
    let mut head = Entry::new("session", foreign!("Session: {}", session.title));
    head.fact("brief", session.brief.as_str());
    head.fact("environment", &session.description);
    let mut all = vec![head];
    for one in &session.participants {
        all.push(Entry::new(
            one.id.as_str(),
            foreign!("In the room: {}", one.name),
        ));
    }
    for id in &session.components {
        all.push(Entry::new(
            format!("in scope {id}"),
            format!("In scope: {id}"),
        ));
    }
    for one in &session.assumptions {
        let mut entry = Entry::new(one.id.as_str(), foreign!("Assumption: {}", one.text));
        entry.fact("by", name(session, &one.created));
        all.push(entry);
    }
    for one in &session.attackers {
        let key = format!("attacker {}", one.profile);
        let mut entry = Entry::new(key, format!("Attacker: {}", one.profile));
        entry.fact("because", &one.note);
        all.push(entry);
    }
    all
}

fn cell(session: &Session, cell: &Cell) -> Entry {
    let place = format!("{} · {}", cell.component, cell.category);
    let mut entry = Entry::new(format!("cell {place}"), format!("Cell: {place}"));
    if let Some(answer) = &cell.nothing_applies {
        let reason = if answer.reason.is_empty() {
            "no reason yet".into()
        } else {
            answer.reason.as_foreign()
        };
        entry.fact("nothing applies", reason);
        entry.fact("said by", name(session, &answer.created));
    }
    if let Some(question) = &cell.open_question {
        let text = foreign!("{}: {}", question.kind.name(), question.text);
        entry.fact("open question", text);
    }
    entry.fact("note", &cell.note);
    for left in &cell.left {
        let said = foreign!("{}, {}: {}", left.suggestion, left.kind.name(), left.reason);
        entry.fact("left", said);
    }
    entry
}

/// What is said about a threat.
pub(super) fn threat(session: &Session, threat: &Threat) -> Entry {
    let mut entry = Entry::new(threat.id.as_str(), foreign!("Threat: {}", threat.title));
    let text = |part| {
        let field = TextField::Threat(threat.id.clone(), part);
        session.text(&field).unwrap_or_default()
    };
    entry.fact(
        "cell",
        format!("{} · {}", threat.component, threat.category),
    );
    entry.fact(
        "from the catalog",
        threat.suggestion.as_ref().map_or("", Id::as_str),
    );
    entry.fact(
        "attack surface",
        threat.surface.as_ref().map_or("", Id::as_str),
    );
    let parts = [
        ThreatText::WhatGoesWrong,
        ThreatText::Preconditions,
        ThreatText::Consequences,
    ];
    let sentence = SentencePart::ALL.map(ThreatText::Sentence);
    for part in parts.into_iter().chain(sentence) {
        entry.fact(dispute::threat_text(part), text(part));
    }
    entry.fact("how often", threat.likelihood.map_or("", Likelihood::name));
    entry.fact("how bad", threat.impact.map_or("", Impact::name));
    entry.fact("hands for how often", hands(threat.votes.likelihood));
    entry.fact("hands for how bad", hands(threat.votes.impact));
    entry.fact("response", threat.response.map_or("", Response::name));
    for part in [
        ThreatText::VotesNote,
        ThreatText::ResponseReason,
        ThreatText::AcceptedUntil,
    ] {
        entry.fact(dispute::threat_text(part), text(part));
    }
    entry.fact("controls", joined(threat.controls.iter()));
    entry.fact("by", name(session, &threat.created));
    entry
}

/// What is said about a mitigation.
pub(super) fn mitigation(session: &Session, one: &Mitigation) -> Entry {
    let mut entry = Entry::new(one.id.as_str(), foreign!("Mitigation: {}", one.what));
    entry.fact("how far", one.status.name());
    let titles = one.threats.iter().map(|id| {
        let threat = session.threat(id);
        threat.map_or_else(|| id.as_str().into(), |threat| threat.title.as_foreign())
    });
    entry.fact("for", ForeignText::joined(titles, "; "));
    for part in [
        MitigationText::Owner,
        MitigationText::Due,
        MitigationText::Verify,
        MitigationText::Evidence,
    ] {
        let field = TextField::Mitigation(one.id.clone(), part);
        let text = session.text(&field).unwrap_or_default();
        entry.fact(dispute::mitigation_text(part), text);
    }
    entry.fact("controls", joined(one.controls.iter()));
    entry.fact("by", name(session, &one.created));
    entry
}

fn hardening(session: &Session, one: &Hardening) -> Entry {
    let heading = foreign!("Finding chosen: {} {}", one.number, one.title);
    let mut entry = Entry::new(one.id.as_str(), heading);
    entry.fact("benchmark", &one.benchmark);
    entry.fact("control", one.control.as_ref().map_or("", Id::as_str));
    entry.fact("what is wrong", &one.issue);
    entry.fact("why it matters here", &one.why_here);
    entry.fact("what is done", &one.remediation);
    entry.fact("what was seen", &one.result);
    if let Some(stamp) = &one.confirmed {
        entry.fact("confirmed", stamp.at.to_string());
    }
    entry.fact("by", name(session, &one.created));
    entry
}

fn hands(hands: Hands) -> String {
    if hands.is_empty() {
        return String::new();
    }
    joined(hands.0.iter())
}

fn joined(values: impl Iterator<Item = impl ToString>) -> String {
    let values: Vec<String> = values.map(|one| one.to_string()).collect();
    values.join(", ")
}

fn name(session: &Session, stamp: &Stamp) -> ForeignText {
    let Some(by) = &stamp.by else {
        return ForeignText::new();
    };
    let mut all = session.participants.iter();
    all.find(|one| one.id == *by)
        .map_or_else(|| by.as_str().into(), |one| one.name.clone())
}
