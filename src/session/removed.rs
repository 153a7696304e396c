//! What an earlier version of a session holds and the present one holds no more: found, named, and
//! ready to be brought back as one edit.
//!
//! Not for reading versions (the store does) and not for bringing back: see [`super::edit`].

use std::collections::HashSet;

use super::id::{HardeningId, ThreatId};
use super::place::{CellKey, HardeningText, MitigationText, TextField, ThreatText};
use super::types::{
    Assumption, Hardening, Mitigation, NothingApplies, OpenQuestion, ParkedThought, ReviewNote,
    Session, Threat,
};

/// An entry that was removed since an earlier version.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Removed {
    /// A threat, with what belonged to it.
    Threat {
        /// The threat.
        threat: Box<Threat>,
        /// All mitigations that it had, those too that the session still has for other threats.
        mitigations: Vec<Mitigation>,
        /// The hardenings that were linked to it.
        hardenings: Vec<HardeningId>,
    },
    /// A mitigation of a threat that is still there.
    Mitigation(Box<Mitigation>),
    /// A chosen and documented finding.
    Hardening(Box<Hardening>),
    /// An assumption.
    Assumption(Assumption),
    /// A note of the review.
    ReviewNote(ReviewNote),
    /// A thought that was put aside.
    Parked(ParkedThought),
    /// The answer that nothing applies, in a cell without threats.
    NothingApplies(CellKey, NothingApplies),
    /// A question that was left open.
    OpenQuestion(CellKey, OpenQuestion),
}

impl Removed {
    /// Everything that `earlier` holds and `present` does not, in the order of the session.
    pub fn since(earlier: &Session, present: &Session) -> Vec<Self> {
        let mut removed = threats(earlier, present);
        removed.extend(mitigations(earlier, present));
        let gone = gone(&earlier.hardenings, &present.hardenings, |one| &one.id);
        removed.extend(gone.map(|one| Self::Hardening(Box::new(one.clone()))));
        removed.extend(answers(earlier, present));
        let gone = self::gone(&earlier.assumptions, &present.assumptions, |one| &one.id);
        removed.extend(gone.map(|one| Self::Assumption(one.clone())));
        let gone = self::gone(&earlier.review_notes, &present.review_notes, |one| &one.id);
        removed.extend(gone.map(|one| Self::ReviewNote(one.clone())));
        let gone = self::gone(&earlier.parked, &present.parked, |one| &one.id);
        removed.extend(gone.map(|one| Self::Parked(one.clone())));
        removed
    }

    /// The text by which people know it; it leads to its place once it is back.
    pub fn field(&self) -> TextField {
        match self {
            Self::Threat { threat, .. } => TextField::Threat(threat.id.clone(), ThreatText::Title),
            Self::Mitigation(one) => TextField::Mitigation(one.id.clone(), MitigationText::What),
            Self::Hardening(one) => TextField::Hardening(one.id.clone(), HardeningText::Issue),
            Self::Assumption(one) => TextField::Assumption(one.id.clone()),
            Self::ReviewNote(one) => TextField::ReviewNote(one.id.clone()),
            Self::Parked(one) => TextField::Parked(one.id.clone()),
            Self::NothingApplies(cell, _) => TextField::NothingAppliesReason(cell.clone()),
            Self::OpenQuestion(cell, _) => TextField::OpenQuestion(cell.clone()),
        }
    }

    /// Its words.
    pub fn title(&self) -> &str {
        match self {
            Self::Threat { threat, .. } => &threat.title,
            Self::Mitigation(one) => &one.what,
            Self::Hardening(one) => &one.title,
            Self::Assumption(one) => &one.text,
            Self::ReviewNote(one) => &one.text,
            Self::Parked(one) => &one.text,
            Self::NothingApplies(_, answer) => &answer.reason,
            Self::OpenQuestion(_, question) => &question.text,
        }
    }

    /// Everything that comes back with it, under its names; empty texts are left out.
    pub fn texts(&self) -> Vec<(&'static str, &str)> {
        let mut texts: Vec<(&'static str, &str)> = match self {
            Self::Threat {
                threat,
                mitigations,
                ..
            } => {
                let mut texts = vec![
                    ("What goes wrong", threat.what_goes_wrong.as_str()),
                    ("When", &threat.preconditions),
                    ("What it leads to", &threat.consequences),
                    ("Response because", &threat.response_reason),
                ];
                texts.extend(mitigations.iter().map(|one| ("Mitigation", &*one.what)));
                texts
            }
            Self::Mitigation(one) => vec![
                ("Owner", one.owner.as_str()),
                ("Due", &one.due),
                ("How to verify it", &one.verify),
                ("Evidence", &one.evidence),
            ],
            Self::Hardening(one) => vec![
                ("What is wrong", one.issue.as_str()),
                ("Why it matters here", &one.why_here),
                ("What is done", &one.remediation),
                ("What was seen", &one.result),
            ],
            _ => Vec::new(),
        };
        texts.retain(|(_, text)| !text.trim().is_empty());
        texts
    }
}

/// The entries of one list that the other has not, by their ids.
fn gone<'a, T, I: Eq + std::hash::Hash>(
    earlier: &'a [T],
    present: &'a [T],
    id: impl Fn(&T) -> &I,
) -> impl Iterator<Item = &'a T> {
    let kept: HashSet<&I> = present.iter().map(&id).collect();
    let gone: Vec<&T> = earlier
        .iter()
        .filter(|one| !kept.contains(id(one)))
        .collect();
    gone.into_iter()
}

fn threats(earlier: &Session, present: &Session) -> Vec<Removed> {
    let gone = gone(&earlier.threats, &present.threats, |one| &one.id);
    gone.map(|threat| {
        let belongs = |threats: &[ThreatId]| threats.contains(&threat.id);
        let mitigations = earlier.mitigations.iter();
        let mitigations = mitigations.filter(|one| belongs(&one.threats));
        let hardenings = earlier.hardenings.iter();
        let hardenings = hardenings.filter(|one| belongs(&one.threats));
        Removed::Threat {
            threat: Box::new(threat.clone()),
            mitigations: mitigations.cloned().collect(),
            hardenings: hardenings.map(|one| one.id.clone()).collect(),
        }
    })
    .collect()
}

/// Those of threats that are still there: the others come back with their threat.
fn mitigations(earlier: &Session, present: &Session) -> Vec<Removed> {
    let threats: HashSet<&ThreatId> = present.threats.iter().map(|one| &one.id).collect();
    gone(&earlier.mitigations, &present.mitigations, |one| &one.id)
        .filter(|one| one.threats.iter().any(|id| threats.contains(id)))
        .map(|one| Removed::Mitigation(Box::new(one.clone())))
        .collect()
}

/// What was said about whole cells and is said no more. A cell that has threats by now needs no
/// reason why nothing applies.
fn answers(earlier: &Session, present: &Session) -> Vec<Removed> {
    let mut removed = Vec::new();
    for cell in &earlier.cells {
        let key = CellKey {
            component: cell.component.clone(),
            category: cell.category,
        };
        let now = present.cell(&cell.component, cell.category);
        let has_threats = present
            .threats
            .iter()
            .any(|one| one.component == cell.component && one.category == cell.category);
        if let Some(answer) = &cell.nothing_applies
            && !answer.reason.trim().is_empty()
            && !has_threats
            && now.is_none_or(|now| now.nothing_applies.is_none())
        {
            removed.push(Removed::NothingApplies(key.clone(), answer.clone()));
        }
        if let Some(question) = &cell.open_question
            && !question.text.trim().is_empty()
            && now.is_none_or(|now| now.open_question.is_none())
        {
            removed.push(Removed::OpenQuestion(key, question.clone()));
        }
    }
    removed
}
