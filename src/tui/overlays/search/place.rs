//! Where a text of the team stands, in words.

use crate::catalog::Catalog;
use crate::session::place::{
    CellKey, DraftKey, HardeningText, MitigationText, TextField, ThreatText,
};
use crate::session::types::Session;

/// Where a text of the team belongs, in words.
pub fn place_of(session: &Session, catalog: &Catalog, field: &TextField) -> String {
    let cell = |key: &CellKey| {
        let name = catalog
            .component(key.component.as_str())
            .map_or(key.component.as_str(), |one| one.name.as_str());
        format!("{name} · {}", key.category)
    };
    let threat_cell = |id| {
        session.threat(id).map_or_else(String::new, |threat| {
            cell(&CellKey {
                component: threat.component.clone(),
                category: threat.category,
            })
        })
    };
    match field {
        TextField::Title => "The title".to_owned(),
        TextField::Description => "Scope, the environment".to_owned(),
        TextField::ParticipantName(_) | TextField::Draft(DraftKey::Participant) => {
            "Scope, in the room".to_owned()
        }
        TextField::Assumption(_) | TextField::Draft(DraftKey::Assumption) => {
            "Scope, an assumption".to_owned()
        }
        TextField::AttackerNote(_) => "Scope, an attacker".to_owned(),
        TextField::NothingAppliesReason(key) => format!("{}, nothing applies", cell(key)),
        TextField::OpenQuestion(key) => format!("{}, an open question", cell(key)),
        TextField::CellNote(key) => format!("{}, note", cell(key)),
        TextField::LeftReason(key, _) => format!("{}, a suggestion left", cell(key)),
        TextField::Draft(DraftKey::Threat(key) | DraftKey::Sentence(key, _)) => {
            format!("{}, half typed", cell(key))
        }
        TextField::Threat(id, part) => {
            let part = match part {
                ThreatText::Title => "threat",
                ThreatText::WhatGoesWrong => "what goes wrong",
                ThreatText::Preconditions => "when it can happen",
                ThreatText::Consequences => "what it leads to",
                ThreatText::ResponseReason | ThreatText::AcceptedUntil => "the response",
                ThreatText::Sentence(_) => "the sentence",
                ThreatText::VotesNote => "the show of hands",
            };
            format!("{}, {part}", threat_cell(id))
        }
        TextField::Draft(DraftKey::Mitigation(id)) => format!("{}, half typed", threat_cell(id)),
        TextField::Mitigation(_, part) => {
            let part = match part {
                MitigationText::What => "mitigation",
                MitigationText::Owner => "who does it",
                MitigationText::Due => "by when",
                MitigationText::Verify => "how to check",
                MitigationText::Evidence => "what was seen",
            };
            format!("Harden, {part}")
        }
        TextField::Hardening(_, part) => {
            let part = match part {
                HardeningText::Number | HardeningText::Title => "finding",
                HardeningText::Issue => "the issue",
                HardeningText::WhyHere => "why it matters here",
                HardeningText::Remediation => "the remediation",
                HardeningText::Result => "the result",
            };
            format!("Harden, {part}")
        }
        TextField::ReviewNote(_) | TextField::Draft(DraftKey::ReviewNote) => {
            "Review, a note".to_owned()
        }
        TextField::AcceptedCheck(_) => "Review, left as it is".to_owned(),
        TextField::Parked(_) | TextField::Draft(DraftKey::Parked) => "Parked".to_owned(),
    }
}
