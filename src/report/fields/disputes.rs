//! Disputes of two versions of a session in words: what they are about, what this version says and
//! what the other one says.

use std::collections::HashMap;

use super::or;
use super::systems::name;
use crate::report::source::Source;
use crate::session::id::{MitigationId, ThreatId};
use crate::session::place::{CellKey, HardeningText, MitigationText, TextField, ThreatText};
use crate::session::types::{Dispute, Disputed, Impact, Likelihood, Mitigation, Response, Session};

/// What a dispute is about, and both values in a sentence or two.
pub fn in_words(source: &Source<'_>, dispute: &Dispute) -> (String, String) {
    let session = source.session;
    let threat = |id: &ThreatId, part: &str| format!("{}, {part}", threat(source, id));
    let value = |word: Option<&'static str>| word.unwrap_or("nothing").to_owned();
    let (about, here, there) = match &dispute.other {
        Disputed::Text(text, other) => {
            let here = session.text(text).unwrap_or_default().to_owned();
            (field(source, text), here, other.clone())
        }
        Disputed::Likelihood(id, other) => {
            let here = session.threat(id).and_then(|one| one.likelihood);
            let words = |one: Option<Likelihood>| value(one.map(Likelihood::name));
            (threat(id, "likelihood"), words(here), words(*other))
        }
        Disputed::Impact(id, other) => {
            let here = session.threat(id).and_then(|one| one.impact);
            let words = |one: Option<Impact>| value(one.map(Impact::name));
            (threat(id, "impact"), words(here), words(*other))
        }
        Disputed::Response(id, other) => {
            let here = session.threat(id).and_then(|one| one.response);
            let words = |one: Option<Response>| value(one.map(Response::name));
            (threat(id, "response"), words(here), words(*other))
        }
        Disputed::Surface(id, other) => {
            let words = |id: Option<&crate::catalog::types::Id>| {
                let known = id.and_then(|id| source.catalog.surface(id.as_str()));
                let name = known.map(|(_, surface)| surface.name.to_string());
                name.or_else(|| id.map(ToString::to_string))
                    .unwrap_or_else(|| "nothing".to_owned())
            };
            let here = session.threat(id).and_then(|one| one.surface.as_ref());
            (
                threat(id, "attack surface"),
                words(here),
                words(other.as_ref()),
            )
        }
        Disputed::MitigationStatus(id, other) => {
            let here = session.mitigation(id).map(|one| one.status.name());
            let about = format!("{}, status", mitigation(source, id));
            (about, value(here), other.name().to_owned())
        }
        Disputed::ThreatRemoved(id) => {
            let about = threat(id, "whether it stays");
            (about, "kept and changed".to_owned(), "removed".to_owned())
        }
        Disputed::MitigationRemoved(id) => {
            let about = format!("{}, whether it stays", mitigation(source, id));
            (about, "kept and changed".to_owned(), "removed".to_owned())
        }
        Disputed::NothingApplies(key, reason) => {
            let there = format!("nothing applies, because: {}", reason.trim());
            (cell(source, key), "there are threats".to_owned(), there)
        }
        Disputed::InScope(component, there) => {
            let words = |inside: bool| if inside { "in scope" } else { "out of scope" };
            let about = name(source, component).to_owned();
            (about, words(!there).to_owned(), words(*there).to_owned())
        }
    };
    let from = or(&dispute.from, "the other version");
    let text = format!(
        "Here: {}\n\nIn {from}: {}",
        or(&here, "nothing"),
        or(&there, "nothing")
    );
    (about, text)
}

/// The threats and mitigations that checks may be about, by their ids.
pub struct Subjects<'a>(HashMap<&'a str, Named<'a>>);

#[derive(Clone, Copy)]
enum Named<'a> {
    Threat(&'a ThreatId),
    Mitigation(&'a Mitigation),
}

impl<'a> Subjects<'a> {
    /// Of a session. Where a threat has the id of a mitigation, the threat counts.
    pub fn of(session: &'a Session) -> Self {
        let mitigations = session.mitigations.iter();
        let mitigations = mitigations.map(|one| (one.id.as_str(), Named::Mitigation(one)));
        let threats = session.threats.iter();
        let threats = threats.map(|one| (one.id.as_str(), Named::Threat(&one.id)));
        Self(mitigations.chain(threats).collect())
    }

    /// The subject of an accepted check: a threat or mitigation by its name, and otherwise as the
    /// check calls it.
    pub fn named(&self, source: &Source<'_>, id: &str) -> String {
        let found = match self.0.get(id) {
            Some(Named::Threat(id)) => source.named_threat(id),
            Some(Named::Mitigation(one)) => Some(described(Some(one))),
            None => None,
        };
        if let Some(found) = found {
            return found;
        }
        let (component, rest) = id.split_once('/').unwrap_or((id, ""));
        match source.catalog.component(component) {
            Some(known) if rest.is_empty() => known.name.to_string(),
            Some(known) => format!("{}, {rest}", known.name),
            None => id.to_owned(),
        }
    }
}

fn threat(source: &Source<'_>, id: &ThreatId) -> String {
    source
        .named_threat(id)
        .unwrap_or_else(|| "A threat".to_owned())
}

fn mitigation(source: &Source<'_>, id: &MitigationId) -> String {
    described(source.session.mitigation(id))
}

fn described(mitigation: Option<&Mitigation>) -> String {
    let what = mitigation.map_or("", |one| one.what.lines().next().unwrap_or_default());
    format!("Mitigation: {}", or(what, "not described yet"))
}

fn cell(source: &Source<'_>, key: &CellKey) -> String {
    format!("{}, {}", name(source, &key.component), key.category)
}

/// A text as people call it.
fn field(source: &Source<'_>, field: &TextField) -> String {
    match field {
        TextField::Title => "Title".to_owned(),
        TextField::Description => "Description".to_owned(),
        TextField::ParticipantName(_) => "Name of a participant".to_owned(),
        TextField::Assumption(_) => "Assumption".to_owned(),
        TextField::AttackerNote(id) => {
            let known = source.catalog.attacker(id.as_str());
            format!(
                "{}, note",
                known.map_or(id.as_str(), |one| one.name.as_str())
            )
        }
        TextField::NothingAppliesReason(key) => {
            format!("{}, why nothing applies", cell(source, key))
        }
        TextField::OpenQuestion(key) => format!("{}, open question", cell(source, key)),
        TextField::CellNote(key) => format!("{}, note", cell(source, key)),
        TextField::LeftReason(key, _) => format!("{}, why it was left", cell(source, key)),
        TextField::Threat(id, part) => {
            let part = match part {
                ThreatText::Title => "title",
                ThreatText::WhatGoesWrong => "what goes wrong",
                ThreatText::Preconditions => "preconditions",
                ThreatText::Consequences => "consequences",
                ThreatText::ResponseReason => "why this response",
                ThreatText::AcceptedUntil => "accepted until",
                ThreatText::Sentence(_) => "a part of its sentence",
                ThreatText::VotesNote => "note on the votes",
            };
            format!("{}, {part}", threat(source, id))
        }
        TextField::Mitigation(id, part) => {
            let part = match part {
                MitigationText::What => "what to do",
                MitigationText::Owner => "owner",
                MitigationText::Due => "due",
                MitigationText::Verify => "how to verify",
                MitigationText::Evidence => "evidence",
            };
            format!("{}, {part}", mitigation(source, id))
        }
        TextField::Hardening(id, part) => {
            let found = source.session.hardening(id);
            let title = found.map_or("", |one| one.title.as_str());
            let part = match part {
                HardeningText::Number => "number",
                HardeningText::Title => "title",
                HardeningText::Issue => "issue",
                HardeningText::WhyHere => "why it matters here",
                HardeningText::Remediation => "remediation",
                HardeningText::Result => "result",
            };
            format!("Finding {}, {part}", or(title, "without a title"))
        }
        TextField::ReviewNote(_) => "Review note".to_owned(),
        TextField::Parked(_) => "Parked thought".to_owned(),
        TextField::AcceptedCheck(_) => "Why a check is left so".to_owned(),
        TextField::Draft(_) => "Half-typed text".to_owned(),
    }
}
