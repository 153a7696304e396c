//! What was decided and why, and what is still open.

use minijinja::Value;

use super::disputes::{self, Subjects};
use super::systems::name;
use super::{day, or};
use crate::report::source::{Source, response};
use crate::report::template::{Record, list};
use crate::session::types::{Cell, LeaveKind, Response, Stamp};

/// Answers that somebody may ask about later, each with its reason.
pub fn decisions(source: &Source<'_>) -> Value {
    let mut decisions = Vec::new();
    let mut add = |about: String, decision: String, reason: &str, stamp: &Stamp| {
        decisions.push(
            Record::default()
                .with("about", about)
                .with("decision", decision)
                .with("reason", reason.trim())
                .with("by", source.recorded_by(stamp))
                .with("on", day(stamp)),
        );
    };
    for threat in threats(source) {
        let reason = &threat.response_reason;
        let decided = match threat.response {
            None => false,
            Some(Response::Mitigate) => !reason.trim().is_empty(),
            Some(_) => true,
        };
        if decided && let Some(about) = source.named_threat(&threat.id) {
            add(about, response(threat), reason, &threat.changed);
        }
    }
    for cell in cells(source) {
        let place = place(source, cell);
        if let Some(answer) = &cell.nothing_applies {
            let decision = "nothing applies".to_owned();
            add(place.clone(), decision, &answer.reason, &answer.created);
        }
        for left in &cell.left {
            if !is_open(left.kind) {
                let about = format!("{place}: {}", suggestion(source, left.suggestion.as_str()));
                add(
                    about,
                    left.kind.name().to_owned(),
                    &left.reason,
                    &left.created,
                );
            }
        }
    }
    let subjects = Subjects::of(source.session);
    for accepted in &source.session.accepted_checks {
        let about = subjects.named(source, &accepted.subject);
        let decision = format!("left so: {}", accepted.check.replace('-', " "));
        add(about, decision, &accepted.reason, &accepted.created);
    }
    list(decisions)
}

/// What nobody knows, what the room disagrees about, and what nobody has answered.
pub fn questions(source: &Source<'_>) -> Value {
    let mut questions = Vec::new();
    let mut add = |about: String, why: &str, text: &str| {
        questions.push(
            Record::default()
                .with("about", about)
                .with("why", why)
                .with("text", text.trim()),
        );
    };
    for cell in cells(source) {
        let place = place(source, cell);
        if let Some(question) = &cell.open_question {
            add(place.clone(), question.kind.name(), &question.text);
        }
        for left in cell.left.iter().filter(|left| is_open(left.kind)) {
            let about = format!("{place}: {}", suggestion(source, left.suggestion.as_str()));
            add(about, left.kind.name(), &left.reason);
        }
    }
    for dispute in &source.session.disputes {
        let (about, text) = disputes::in_words(source, dispute);
        add(about, "two versions disagree", &text);
    }
    for threat in threats(source) {
        let Some(about) = source.named_threat(&threat.id) else {
            continue;
        };
        if threat.votes.disagree() {
            add(
                about.clone(),
                "the room disagrees about the risk",
                &threat.votes.note,
            );
        }
        if threat.response.is_none() && !source.mitigations.contains_key(&threat.id) {
            add(about, "no response yet", "");
        }
    }
    list(questions)
}

/// Thoughts that were put aside.
pub fn parked(source: &Source<'_>) -> Value {
    let thoughts = source.session.parked.iter();
    let written = thoughts.filter(|one| !one.text.trim().is_empty());
    list(written.map(|one| {
        let place = one.cell.as_ref().map_or_else(String::new, |cell| {
            format!("{}, {}", name(source, &cell.component), cell.category)
        });
        Record::default()
            .with("text", one.text.trim())
            .with("place", place)
            .with("settled", one.settled)
            .with("by", source.recorded_by(&one.created))
    }))
}

const fn is_open(kind: LeaveKind) -> bool {
    matches!(kind, LeaveKind::NotKnown | LeaveKind::Disagree)
}

fn threats<'a>(source: &Source<'a>) -> Vec<&'a crate::session::types::Threat> {
    let sections = source.sections.iter();
    sections
        .flat_map(|one| one.threats.iter().copied())
        .collect()
}

fn cells<'a>(source: &Source<'a>) -> Vec<&'a Cell> {
    let sections = source.sections.iter();
    sections.flat_map(|one| one.cells.iter().copied()).collect()
}

fn place(source: &Source<'_>, cell: &Cell) -> String {
    format!("{}, {}", name(source, &cell.component), cell.category)
}

fn suggestion<'a>(source: &Source<'a>, id: &'a str) -> &'a str {
    let known = source.catalog.threat(id);
    known.map_or(id, |(_, known)| or(&known.title, id))
}
