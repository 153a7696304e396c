//! A dispute in words: what it is about, what the session holds, what the other value is.

use crate::encode::{Foreign, ForeignText, foreign};
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
    pub about: ForeignText,
    /// What the session holds.
    pub held: ForeignText,
    /// The other value.
    pub other: ForeignText,
}

/// Puts a dispute into words.
pub fn in_words(session: &Session, dispute: &Dispute) -> InWords {
    let words =
        |about: ForeignText, held: ForeignText, other: ForeignText| InWords { about, held, other };
    let name = |value: Option<&str>| ForeignText::from(value.unwrap_or(NOTHING));
    let threat = |id: &crate::session::id::ThreatId| session.threat(id);
    let title = |id: &crate::session::id::ThreatId| {
        threat(id).map_or_else(|| id.as_str().into(), |one| one.title.clone())
    };
    match &dispute.other {
        Disputed::Text(field, other) => words(
            field_in_words(session, field),
            text_or_nothing(session.text(field).unwrap_or_default()),
            text_or_nothing(other),
        ),
        Disputed::Likelihood(id, other) => words(
            foreign!("How often: {}", title(id)),
            name(threat(id).and_then(|one| Some(one.likelihood?.name()))),
            name(other.map(crate::session::types::Likelihood::name)),
        ),
        Disputed::Impact(id, other) => words(
            foreign!("How bad: {}", title(id)),
            name(threat(id).and_then(|one| Some(one.impact?.name()))),
            name(other.map(crate::session::types::Impact::name)),
        ),
        Disputed::Response(id, other) => words(
            foreign!("Response: {}", title(id)),
            name(threat(id).and_then(|one| Some(one.response?.name()))),
            name(other.map(crate::session::types::Response::name)),
        ),
        Disputed::Surface(id, other) => words(
            foreign!("Attack surface: {}", title(id)),
            name(threat(id).and_then(|one| Some(one.surface.as_ref()?.as_str()))),
            name(other.as_ref().map(crate::catalog::types::Id::as_str)),
        ),
        Disputed::MitigationStatus(id, other) => {
            let found = session.mitigation(id);
            words(
                foreign!(
                    "How far: {}",
                    found.map_or_else(Foreign::default, |one| one.what.as_foreign())
                ),
                name(found.map(|one| one.status).map(MitigationStatus::name)),
                other.name().into(),
            )
        }
        Disputed::ThreatRemoved(id) => words(
            foreign!("Threat: {}", title(id)),
            "keep it".into(),
            "remove it, with its mitigations".into(),
        ),
        Disputed::MitigationRemoved(id) => {
            let what = session
                .mitigation(id)
                .map_or_else(Foreign::default, |one| one.what.as_foreign());
            words(
                foreign!("Mitigation: {}", what),
                "keep it".into(),
                "remove it".into(),
            )
        }
        Disputed::NothingApplies(cell, reason) => {
            let threats = session.threats.iter();
            let count = threats
                .filter(|one| one.component == cell.component && one.category == cell.category)
                .count();
            words(
                foreign!("Does anything apply? {}", cell_in_words(cell)),
                match count {
                    1 => "1 threat recorded".into(),
                    count => foreign!("{} threats recorded", count),
                },
                foreign!("nothing applies: {}", text_or_nothing(reason)),
            )
        }
        Disputed::InScope(component, other) => {
            let scope = |is_in| if is_in { "in scope" } else { "out of scope" };
            words(
                foreign!("Scope: {}", component),
                scope(session.components.contains(component)).into(),
                scope(*other).into(),
            )
        }
    }
}

fn text_or_nothing(text: &ForeignText) -> ForeignText {
    if text.trim().is_empty() {
        "no text".into()
    } else {
        text.clone()
    }
}

fn cell_in_words(cell: &CellKey) -> String {
    format!("{} · {}", cell.component, cell.category)
}

/// A text of the session by what it belongs to.
pub fn field_in_words(session: &Session, field: &TextField) -> ForeignText {
    match field {
        TextField::Title => "Title of the session".into(),
        TextField::Description => "The environment".into(),
        TextField::ParticipantName(_) => "Name of a participant".into(),
        TextField::Assumption(_) => "An assumption".into(),
        TextField::AttackerNote(profile) => foreign!("Why this attacker: {profile}"),
        TextField::NothingAppliesReason(cell) => {
            foreign!("Why nothing applies: {}", cell_in_words(cell))
        }
        TextField::OpenQuestion(cell) => foreign!("Open question: {}", cell_in_words(cell)),
        TextField::CellNote(cell) => foreign!("Note: {}", cell_in_words(cell)),
        TextField::LeftReason(cell, suggestion) => {
            foreign!("Why {suggestion} is left: {}", cell_in_words(cell))
        }
        TextField::Threat(id, part) => {
            let title = session
                .threat(id)
                .map_or_else(Foreign::default, |one| one.title.as_foreign());
            foreign!("{}: {}", threat_text(*part), title)
        }
        TextField::Mitigation(id, part) => {
            let what = session
                .mitigation(id)
                .map_or_else(Foreign::default, |one| one.what.as_foreign());
            foreign!("{}: {}", mitigation_text(*part), what)
        }
        TextField::Hardening(id, part) => {
            let found = session.hardening(id);
            let number = found.map_or_else(Foreign::default, |one| one.number.as_foreign());
            foreign!("{}: finding {}", hardening_text(*part), number)
        }
        TextField::ReviewNote(_) => "A note of the review".into(),
        TextField::Parked(_) => "A parked thought".into(),
        TextField::AcceptedCheck(id) => {
            let mut all = session.accepted_checks.iter();
            let check = all.find(|one| one.id == *id);
            foreign!(
                "Why it is left so: {}",
                check.map_or_else(Foreign::default, |one| one.check.as_foreign())
            )
        }
        TextField::Draft(key) => match key {
            DraftKey::Threat(cell) | DraftKey::Sentence(cell, _) => {
                foreign!("Half-typed threat: {}", cell_in_words(cell))
            }
            _ => "Half-typed text".into(),
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
