//! Every text of a session that people type, under the name of its field: of the whole session, or
//! of one entry of a list.
//!
//! Not for one text by its name: that is in [`super::texts`].

use super::place::{
    CellKey, Draft, HardeningText, MitigationText, SentencePart, TextField, ThreatText,
};
use super::types::{
    AcceptedCheck, Assumption, Cell, ChosenAttacker, Hardening, Mitigation, ParkedThought,
    Participant, ReviewNote, Session, Threat,
};

/// A text under the name of its field.
pub(crate) type Named<'a> = (TextField, &'a str);

/// An entry that people type texts into.
pub(crate) trait Texts {
    /// All its texts, the empty ones too.
    fn texts(&self) -> Vec<Named<'_>>;
}

impl Session {
    /// Every text that people type, with its name.
    pub fn texts(&self) -> Vec<(TextField, &str)> {
        let mut texts: Vec<Named<'_>> = vec![
            (TextField::Title, &self.title),
            (TextField::Description, &self.description),
        ];
        add(&mut texts, &self.participants);
        add(&mut texts, &self.assumptions);
        add(&mut texts, &self.attackers);
        add(&mut texts, &self.cells);
        add(&mut texts, &self.threats);
        add(&mut texts, &self.mitigations);
        add(&mut texts, &self.hardenings);
        add(&mut texts, &self.review_notes);
        add(&mut texts, &self.parked);
        add(&mut texts, &self.accepted_checks);
        add(&mut texts, &self.working.drafts);
        texts
    }
}

fn add<'a, T: Texts>(texts: &mut Vec<Named<'a>>, list: &'a [T]) {
    for entry in list {
        texts.extend(entry.texts());
    }
}

impl Texts for Participant {
    fn texts(&self) -> Vec<Named<'_>> {
        vec![(TextField::ParticipantName(self.id.clone()), &self.name)]
    }
}

impl Texts for Assumption {
    fn texts(&self) -> Vec<Named<'_>> {
        vec![(TextField::Assumption(self.id.clone()), &self.text)]
    }
}

impl Texts for ChosenAttacker {
    fn texts(&self) -> Vec<Named<'_>> {
        vec![(TextField::AttackerNote(self.profile.clone()), &self.note)]
    }
}

impl Texts for Cell {
    fn texts(&self) -> Vec<Named<'_>> {
        let key = CellKey {
            component: self.component.clone(),
            category: self.category,
        };
        let mut texts: Vec<Named<'_>> = Vec::new();
        for left in &self.left {
            let field = TextField::LeftReason(key.clone(), left.suggestion.clone());
            texts.push((field, &left.reason));
        }
        if let Some(answer) = &self.nothing_applies {
            texts.push((TextField::NothingAppliesReason(key.clone()), &answer.reason));
        }
        if let Some(question) = &self.open_question {
            texts.push((TextField::OpenQuestion(key.clone()), &question.text));
        }
        texts.push((TextField::CellNote(key), &self.note));
        texts
    }
}

impl Texts for Threat {
    fn texts(&self) -> Vec<Named<'_>> {
        let parts = [
            (ThreatText::Title, self.title.as_str()),
            (ThreatText::WhatGoesWrong, &self.what_goes_wrong),
            (ThreatText::Preconditions, &self.preconditions),
            (ThreatText::Consequences, &self.consequences),
            (ThreatText::ResponseReason, &self.response_reason),
            (ThreatText::AcceptedUntil, &self.accepted_until),
            (ThreatText::VotesNote, &self.votes.note),
        ];
        let sentence = SentencePart::ALL.into_iter().zip(self.sentence.parts());
        let sentence = sentence.map(|(part, text)| (ThreatText::Sentence(part), text));
        parts
            .into_iter()
            .chain(sentence)
            .map(|(part, text)| (TextField::Threat(self.id.clone(), part), text))
            .collect()
    }
}

impl Texts for Mitigation {
    fn texts(&self) -> Vec<Named<'_>> {
        let parts = [
            (MitigationText::What, self.what.as_str()),
            (MitigationText::Owner, &self.owner),
            (MitigationText::Due, &self.due),
            (MitigationText::Verify, &self.verify),
            (MitigationText::Evidence, &self.evidence),
        ];
        parts
            .map(|(part, text)| (TextField::Mitigation(self.id.clone(), part), text))
            .to_vec()
    }
}

impl Texts for Hardening {
    fn texts(&self) -> Vec<Named<'_>> {
        let parts = [
            (HardeningText::Number, self.number.as_str()),
            (HardeningText::Title, &self.title),
            (HardeningText::Issue, &self.issue),
            (HardeningText::WhyHere, &self.why_here),
            (HardeningText::Remediation, &self.remediation),
            (HardeningText::Result, &self.result),
        ];
        parts
            .map(|(part, text)| (TextField::Hardening(self.id.clone(), part), text))
            .to_vec()
    }
}

impl Texts for ReviewNote {
    fn texts(&self) -> Vec<Named<'_>> {
        vec![(TextField::ReviewNote(self.id.clone()), &self.text)]
    }
}

impl Texts for ParkedThought {
    fn texts(&self) -> Vec<Named<'_>> {
        vec![(TextField::Parked(self.id.clone()), &self.text)]
    }
}

impl Texts for AcceptedCheck {
    fn texts(&self) -> Vec<Named<'_>> {
        vec![(TextField::AcceptedCheck(self.id.clone()), &self.reason)]
    }
}

impl Texts for Draft {
    fn texts(&self) -> Vec<Named<'_>> {
        vec![(TextField::Draft(self.key.clone()), &self.text)]
    }
}
