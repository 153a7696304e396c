//! Finds the text that a [`TextField`] names, to read or to change.
//!
//! Only [`super::edit`] changes texts; everyone may read them.

use super::place::{
    CellKey, DraftKey, HardeningText, MitigationText, SentencePart, TextField, ThreatText,
};
use super::types::{Cell, Hardening, Mitigation, Sentence, Session, Stamp, Threat};
use crate::catalog::types::Id;
use crate::encode::ForeignText;
use crate::stride::Category;

use super::id::{HardeningId, MitigationId, ThreatId};

impl Session {
    /// The text of a field; nothing where what it belongs to does not exist.
    pub fn text(&self, field: &TextField) -> Option<&ForeignText> {
        Some(match field {
            TextField::Title => &self.title,
            TextField::Description => &self.description,
            TextField::ParticipantName(id) => {
                &self.participants.iter().find(|one| one.id == *id)?.name
            }
            TextField::Assumption(id) => &self.assumptions.iter().find(|one| one.id == *id)?.text,
            TextField::AttackerNote(id) => {
                &self.attackers.iter().find(|one| one.profile == *id)?.note
            }
            TextField::NothingAppliesReason(key) => {
                let cell = self.cell(&key.component, key.category)?;
                &cell.nothing_applies.as_ref()?.reason
            }
            TextField::OpenQuestion(key) => {
                let cell = self.cell(&key.component, key.category)?;
                &cell.open_question.as_ref()?.text
            }
            TextField::CellNote(key) => &self.cell(&key.component, key.category)?.note,
            TextField::LeftReason(key, suggestion) => {
                let cell = self.cell(&key.component, key.category)?;
                &cell
                    .left
                    .iter()
                    .find(|one| one.suggestion == *suggestion)?
                    .reason
            }
            TextField::Threat(id, part) => threat_text(self.threat(id)?, *part),
            TextField::Mitigation(id, part) => mitigation_text(self.mitigation(id)?, *part),
            TextField::Hardening(id, part) => hardening_text(self.hardening(id)?, *part),
            TextField::ReviewNote(id) => &self.review_notes.iter().find(|one| one.id == *id)?.text,
            TextField::Parked(id) => &self.parked.iter().find(|one| one.id == *id)?.text,
            TextField::AcceptedCheck(id) => {
                &self
                    .accepted_checks
                    .iter()
                    .find(|one| one.id == *id)?
                    .reason
            }
            TextField::Draft(key) => self.draft(key)?,
        })
    }

    /// The same to change it, for [`super::edit`] alone.
    pub(super) fn text_mut(&mut self, field: &TextField) -> Option<&mut ForeignText> {
        Some(match field {
            TextField::Title => &mut self.title,
            TextField::Description => &mut self.description,
            TextField::ParticipantName(id) => {
                &mut self.participants.iter_mut().find(|one| one.id == *id)?.name
            }
            TextField::Assumption(id) => {
                &mut self.assumptions.iter_mut().find(|one| one.id == *id)?.text
            }
            TextField::AttackerNote(id) => {
                &mut self
                    .attackers
                    .iter_mut()
                    .find(|one| one.profile == *id)?
                    .note
            }
            TextField::NothingAppliesReason(key) => {
                let cell = self.cell_mut(&key.component, key.category)?;
                &mut cell.nothing_applies.as_mut()?.reason
            }
            TextField::OpenQuestion(key) => {
                let cell = self.cell_mut(&key.component, key.category)?;
                &mut cell.open_question.as_mut()?.text
            }
            TextField::CellNote(key) => &mut self.cell_mut(&key.component, key.category)?.note,
            TextField::LeftReason(key, suggestion) => {
                let cell = self.cell_mut(&key.component, key.category)?;
                &mut cell
                    .left
                    .iter_mut()
                    .find(|one| one.suggestion == *suggestion)?
                    .reason
            }
            TextField::Threat(id, part) => {
                let threat = self.threats.iter_mut().find(|one| one.id == *id)?;
                threat_text_mut(threat, *part)
            }
            TextField::Mitigation(id, part) => {
                let mitigation = self.mitigations.iter_mut().find(|one| one.id == *id)?;
                mitigation_text_mut(mitigation, *part)
            }
            TextField::Hardening(id, part) => {
                let hardening = self.hardenings.iter_mut().find(|one| one.id == *id)?;
                hardening_text_mut(hardening, *part)
            }
            TextField::ReviewNote(id) => {
                &mut self.review_notes.iter_mut().find(|one| one.id == *id)?.text
            }
            TextField::Parked(id) => &mut self.parked.iter_mut().find(|one| one.id == *id)?.text,
            TextField::AcceptedCheck(id) => {
                &mut self
                    .accepted_checks
                    .iter_mut()
                    .find(|one| one.id == *id)?
                    .reason
            }
            TextField::Draft(key) => {
                &mut self
                    .working
                    .drafts
                    .iter_mut()
                    .find(|one| one.key == *key)?
                    .text
            }
        })
    }

    /// The stamp that a change of this field renews, where there is one.
    pub(super) fn changed_stamp_mut(&mut self, field: &TextField) -> Option<&mut Stamp> {
        match field {
            TextField::Threat(id, _) => self
                .threats
                .iter_mut()
                .find(|one| one.id == *id)
                .map(|one| &mut one.changed),
            TextField::Mitigation(id, _) => self
                .mitigations
                .iter_mut()
                .find(|one| one.id == *id)
                .map(|one| &mut one.changed),
            TextField::Hardening(id, _) => self
                .hardenings
                .iter_mut()
                .find(|one| one.id == *id)
                .map(|one| &mut one.changed),
            _ => None,
        }
    }

    /// What was recorded for a cell besides its threats.
    pub fn cell(&self, component: &Id, category: Category) -> Option<&Cell> {
        self.cells
            .iter()
            .find(|cell| cell.category == category && cell.component == *component)
    }

    fn cell_mut(&mut self, component: &Id, category: Category) -> Option<&mut Cell> {
        self.cells
            .iter_mut()
            .find(|cell| cell.category == category && cell.component == *component)
    }

    /// A recorded threat.
    pub fn threat(&self, id: &ThreatId) -> Option<&Threat> {
        self.threats.iter().find(|threat| threat.id == *id)
    }

    /// A mitigation.
    pub fn mitigation(&self, id: &MitigationId) -> Option<&Mitigation> {
        self.mitigations
            .iter()
            .find(|mitigation| mitigation.id == *id)
    }

    /// A chosen and documented finding.
    pub fn hardening(&self, id: &HardeningId) -> Option<&Hardening> {
        self.hardenings.iter().find(|hardening| hardening.id == *id)
    }

    /// The sentence that is being built for a cell, from its half-typed parts.
    pub fn draft_sentence(&self, cell: &CellKey) -> Sentence {
        let mut sentence = Sentence::default();
        for part in SentencePart::ALL {
            if let Some(text) = self.draft(&DraftKey::Sentence(cell.clone(), part)) {
                text.clone_into(sentence_text_mut(&mut sentence, part));
            }
        }
        sentence
    }

    /// A half-typed text.
    pub fn draft(&self, key: &DraftKey) -> Option<&ForeignText> {
        self.working
            .drafts
            .iter()
            .find(|draft| draft.key == *key)
            .map(|draft| &draft.text)
    }
}

fn threat_text(threat: &Threat, part: ThreatText) -> &ForeignText {
    match part {
        ThreatText::Title => &threat.title,
        ThreatText::WhatGoesWrong => &threat.what_goes_wrong,
        ThreatText::Preconditions => &threat.preconditions,
        ThreatText::Consequences => &threat.consequences,
        ThreatText::ResponseReason => &threat.response_reason,
        ThreatText::AcceptedUntil => &threat.accepted_until,
        ThreatText::Sentence(part) => sentence_text(&threat.sentence, part),
        ThreatText::VotesNote => &threat.votes.note,
    }
}

fn threat_text_mut(threat: &mut Threat, part: ThreatText) -> &mut ForeignText {
    match part {
        ThreatText::Title => &mut threat.title,
        ThreatText::WhatGoesWrong => &mut threat.what_goes_wrong,
        ThreatText::Preconditions => &mut threat.preconditions,
        ThreatText::Consequences => &mut threat.consequences,
        ThreatText::ResponseReason => &mut threat.response_reason,
        ThreatText::AcceptedUntil => &mut threat.accepted_until,
        ThreatText::Sentence(part) => sentence_text_mut(&mut threat.sentence, part),
        ThreatText::VotesNote => &mut threat.votes.note,
    }
}

fn sentence_text(sentence: &Sentence, part: SentencePart) -> &ForeignText {
    match part {
        SentencePart::Who => &sentence.who,
        SentencePart::Action => &sentence.action,
        SentencePart::Because => &sentence.because,
        SentencePart::Harm => &sentence.harm,
        SentencePart::Asset => &sentence.asset,
    }
}

const fn sentence_text_mut(sentence: &mut Sentence, part: SentencePart) -> &mut ForeignText {
    match part {
        SentencePart::Who => &mut sentence.who,
        SentencePart::Action => &mut sentence.action,
        SentencePart::Because => &mut sentence.because,
        SentencePart::Harm => &mut sentence.harm,
        SentencePart::Asset => &mut sentence.asset,
    }
}

fn mitigation_text(mitigation: &Mitigation, part: MitigationText) -> &ForeignText {
    match part {
        MitigationText::What => &mitigation.what,
        MitigationText::Owner => &mitigation.owner,
        MitigationText::Due => &mitigation.due,
        MitigationText::Verify => &mitigation.verify,
        MitigationText::Evidence => &mitigation.evidence,
    }
}

fn mitigation_text_mut(mitigation: &mut Mitigation, part: MitigationText) -> &mut ForeignText {
    match part {
        MitigationText::What => &mut mitigation.what,
        MitigationText::Owner => &mut mitigation.owner,
        MitigationText::Due => &mut mitigation.due,
        MitigationText::Verify => &mut mitigation.verify,
        MitigationText::Evidence => &mut mitigation.evidence,
    }
}

fn hardening_text(hardening: &Hardening, part: HardeningText) -> &ForeignText {
    match part {
        HardeningText::Number => &hardening.number,
        HardeningText::Title => &hardening.title,
        HardeningText::Issue => &hardening.issue,
        HardeningText::WhyHere => &hardening.why_here,
        HardeningText::Remediation => &hardening.remediation,
        HardeningText::Result => &hardening.result,
    }
}

fn hardening_text_mut(hardening: &mut Hardening, part: HardeningText) -> &mut ForeignText {
    match part {
        HardeningText::Number => &mut hardening.number,
        HardeningText::Title => &mut hardening.title,
        HardeningText::Issue => &mut hardening.issue,
        HardeningText::WhyHere => &mut hardening.why_here,
        HardeningText::Remediation => &mut hardening.remediation,
        HardeningText::Result => &mut hardening.result,
    }
}
