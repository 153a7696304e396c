//! Every text of a session that people type, under the name of its field.
//!
//! Not for one text by its name: that is in [`super::texts`].

use super::place::{CellKey, HardeningText, MitigationText, SentencePart, TextField, ThreatText};
use super::types::Session;
use crate::encode::ForeignText;

impl Session {
    /// Every text that people type, with its name.
    pub fn texts(&self) -> Vec<(TextField, &ForeignText)> {
        let mut texts: Vec<(TextField, &ForeignText)> = vec![
            (TextField::Title, &self.title),
            (TextField::Description, &self.description),
        ];
        for one in &self.participants {
            texts.push((TextField::ParticipantName(one.id.clone()), &one.name));
        }
        for one in &self.assumptions {
            texts.push((TextField::Assumption(one.id.clone()), &one.text));
        }
        for one in &self.attackers {
            texts.push((TextField::AttackerNote(one.profile.clone()), &one.note));
        }
        for cell in &self.cells {
            let key = CellKey {
                component: cell.component.clone(),
                category: cell.category,
            };
            for left in &cell.left {
                let field = TextField::LeftReason(key.clone(), left.suggestion.clone());
                texts.push((field, &left.reason));
            }
            if let Some(answer) = &cell.nothing_applies {
                texts.push((TextField::NothingAppliesReason(key.clone()), &answer.reason));
            }
            if let Some(question) = &cell.open_question {
                texts.push((TextField::OpenQuestion(key.clone()), &question.text));
            }
            texts.push((TextField::CellNote(key), &cell.note));
        }
        for one in &self.threats {
            let parts = [
                (ThreatText::Title, &one.title),
                (ThreatText::WhatGoesWrong, &one.what_goes_wrong),
                (ThreatText::Preconditions, &one.preconditions),
                (ThreatText::Consequences, &one.consequences),
                (ThreatText::ResponseReason, &one.response_reason),
                (ThreatText::AcceptedUntil, &one.accepted_until),
                (ThreatText::VotesNote, &one.votes.note),
            ];
            texts.extend(parts.map(|(part, text)| {
                let field = TextField::Threat(one.id.clone(), part);
                (field, text)
            }));
        }
        for one in &self.threats {
            let parts = SentencePart::ALL.into_iter().zip(one.sentence.parts());
            texts.extend(parts.map(|(part, text)| {
                let field = TextField::Threat(one.id.clone(), ThreatText::Sentence(part));
                (field, text)
            }));
        }
        for one in &self.mitigations {
            let parts = [
                (MitigationText::What, &one.what),
                (MitigationText::Owner, &one.owner),
                (MitigationText::Due, &one.due),
                (MitigationText::Verify, &one.verify),
                (MitigationText::Evidence, &one.evidence),
            ];
            texts.extend(parts.map(|(part, text)| {
                let field = TextField::Mitigation(one.id.clone(), part);
                (field, text)
            }));
        }
        for one in &self.hardenings {
            let parts = [
                (HardeningText::Number, &one.number),
                (HardeningText::Title, &one.title),
                (HardeningText::Issue, &one.issue),
                (HardeningText::WhyHere, &one.why_here),
                (HardeningText::Remediation, &one.remediation),
                (HardeningText::Result, &one.result),
            ];
            texts.extend(parts.map(|(part, text)| {
                let field = TextField::Hardening(one.id.clone(), part);
                (field, text)
            }));
        }
        for one in &self.review_notes {
            texts.push((TextField::ReviewNote(one.id.clone()), &one.text));
        }
        for one in &self.parked {
            texts.push((TextField::Parked(one.id.clone()), &one.text));
        }
        for one in &self.accepted_checks {
            texts.push((TextField::AcceptedCheck(one.id.clone()), &one.reason));
        }
        for draft in &self.working.drafts {
            texts.push((TextField::Draft(draft.key.clone()), &draft.text));
        }
        texts
    }
}
