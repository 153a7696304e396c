//! A dispute in words: what it is about, what the session holds, what the other value is.

use crate::session::place::{
    CellKey, DraftKey, HardeningText, MitigationText, SentencePart, TextField, ThreatText,
};
use crate::session::types::{Dispute, Disputed, MitigationStatus, Session};

/// What stands for a text or choice that is not there.
const NOTHING: &str = "nothing";

/// A dispute for people to read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct InWords {
    /// What it is about.
    pub about: String,
    /// What the session holds.
    pub held: String,
    /// The other value.
    pub other: String,
}

/// Puts a dispute into words.
pub fn in_words(session: &Session, dispute: &Dispute) -> InWords {
    let words = |about: String, held: String, other: String| InWords { about, held, other };
    let name = |value: Option<&str>| value.unwrap_or(NOTHING).to_owned();
    let threat = |id: &crate::session::id::ThreatId| session.threat(id);
    let title = |id: &crate::session::id::ThreatId| {
        threat(id).map_or_else(|| id.to_string(), |one| one.title.clone())
    };
    match &dispute.other {
        Disputed::Text(field, other) => words(
            field_in_words(session, field),
            text_or_nothing(session.text(field).unwrap_or_default()),
            text_or_nothing(other),
        ),
        Disputed::Likelihood(id, other) => words(
            format!("How often: {}", title(id)),
            name(threat(id).and_then(|one| Some(one.likelihood?.name()))),
            name(other.map(crate::session::types::Likelihood::name)),
        ),
        Disputed::Impact(id, other) => words(
            format!("How bad: {}", title(id)),
            name(threat(id).and_then(|one| Some(one.impact?.name()))),
            name(other.map(crate::session::types::Impact::name)),
        ),
        Disputed::Response(id, other) => words(
            format!("Response: {}", title(id)),
            name(threat(id).and_then(|one| Some(one.response?.name()))),
            name(other.map(crate::session::types::Response::name)),
        ),
        Disputed::Surface(id, other) => words(
            format!("Attack surface: {}", title(id)),
            name(threat(id).and_then(|one| Some(one.surface.as_ref()?.as_str()))),
            name(other.as_ref().map(crate::catalog::types::Id::as_str)),
        ),
        Disputed::MitigationStatus(id, other) => {
            let found = session.mitigation(id);
            words(
                format!("How far: {}", found.map_or("", |one| one.what.as_str())),
                name(found.map(|one| one.status).map(MitigationStatus::name)),
                other.name().to_owned(),
            )
        }
        Disputed::ThreatRemoved(id) => words(
            format!("Threat: {}", title(id)),
            "keep it".to_owned(),
            "remove it, with its mitigations".to_owned(),
        ),
        Disputed::MitigationRemoved(id) => {
            let what = session.mitigation(id).map_or("", |one| one.what.as_str());
            words(
                format!("Mitigation: {what}"),
                "keep it".to_owned(),
                "remove it".to_owned(),
            )
        }
        Disputed::NothingApplies(cell, reason) => {
            let threats = session.threats.iter();
            let count = threats
                .filter(|one| one.component == cell.component && one.category == cell.category)
                .count();
            words(
                format!("Does anything apply? {}", cell_in_words(cell)),
                match count {
                    1 => "1 threat recorded".to_owned(),
                    count => format!("{count} threats recorded"),
                },
                format!("nothing applies: {}", text_or_nothing(reason)),
            )
        }
        Disputed::InScope(component, other) => {
            let scope = |is_in| if is_in { "in scope" } else { "out of scope" };
            words(
                format!("Scope: {component}"),
                scope(session.components.contains(component)).to_owned(),
                scope(*other).to_owned(),
            )
        }
    }
}

fn text_or_nothing(text: &str) -> String {
    if text.trim().is_empty() {
        "no text".to_owned()
    } else {
        text.to_owned()
    }
}

fn cell_in_words(cell: &CellKey) -> String {
    format!("{} · {}", cell.component, cell.category)
}

/// A text of the session by what it belongs to.
pub fn field_in_words(session: &Session, field: &TextField) -> String {
    match field {
        TextField::Title => "Title of the session".to_owned(),
        TextField::Description => "The environment".to_owned(),
        TextField::ParticipantName(_) => "Name of a participant".to_owned(),
        TextField::Assumption(_) => "An assumption".to_owned(),
        TextField::AttackerNote(profile) => format!("Why this attacker: {profile}"),
        TextField::NothingAppliesReason(cell) => {
            format!("Why nothing applies: {}", cell_in_words(cell))
        }
        TextField::OpenQuestion(cell) => format!("Open question: {}", cell_in_words(cell)),
        TextField::CellNote(cell) => format!("Note: {}", cell_in_words(cell)),
        TextField::LeftReason(cell, suggestion) => {
            format!("Why {suggestion} is left: {}", cell_in_words(cell))
        }
        TextField::Threat(id, part) => {
            let title = session.threat(id).map_or("", |one| one.title.as_str());
            format!("{}: {title}", threat_text(*part))
        }
        TextField::Mitigation(id, part) => {
            let what = session.mitigation(id).map_or("", |one| one.what.as_str());
            format!("{}: {what}", mitigation_text(*part))
        }
        TextField::Hardening(id, part) => {
            let found = session.hardening(id);
            let number = found.map_or("", |one| one.number.as_str());
            format!("{}: finding {number}", hardening_text(*part))
        }
        TextField::ReviewNote(_) => "A note of the review".to_owned(),
        TextField::Parked(_) => "A parked thought".to_owned(),
        TextField::AcceptedCheck(id) => {
            let mut all = session.accepted_checks.iter();
            let check = all.find(|one| one.id == *id);
            format!(
                "Why it is left so: {}",
                check.map_or("", |one| one.check.as_str())
            )
        }
        TextField::Draft(key) => match key {
            DraftKey::Threat(cell) | DraftKey::Sentence(cell, _) => {
                format!("Half-typed threat: {}", cell_in_words(cell))
            }
            _ => "Half-typed text".to_owned(),
        },
    }
}

/// A text of a threat.
pub(super) const fn threat_text(part: ThreatText) -> &'static str {
    match part {
        ThreatText::Title => "Title",
        ThreatText::WhatGoesWrong => "What goes wrong",
        ThreatText::Preconditions => "What must be so",
        ThreatText::Consequences => "What it leads to",
        ThreatText::ResponseReason => "Why this response",
        ThreatText::AcceptedUntil => "Accepted until",
        ThreatText::Sentence(SentencePart::Who) => "Who",
        ThreatText::Sentence(SentencePart::Action) => "Can do what",
        ThreatText::Sentence(SentencePart::Because) => "Because of what",
        ThreatText::Sentence(SentencePart::Harm) => "Leading to what harm",
        ThreatText::Sentence(SentencePart::Asset) => "On what asset",
        ThreatText::VotesNote => "Note on the vote",
    }
}

/// A text of a mitigation.
pub(super) const fn mitigation_text(part: MitigationText) -> &'static str {
    match part {
        MitigationText::What => "What we do",
        MitigationText::Owner => "Who does it",
        MitigationText::Due => "By when",
        MitigationText::Verify => "How to check it",
        MitigationText::Evidence => "What was seen",
    }
}

const fn hardening_text(part: HardeningText) -> &'static str {
    match part {
        HardeningText::Number => "Number",
        HardeningText::Title => "Title",
        HardeningText::Issue => "What is wrong",
        HardeningText::WhyHere => "Why it matters here",
        HardeningText::Remediation => "What is done",
        HardeningText::Result => "What was seen",
    }
}
