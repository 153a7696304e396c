//! All texts of a session that people type, and whether one of them shrank between two saves.
//!
//! An autosave that faithfully stores an accident is itself the loss: before text goes, the store
//! keeps the version that still has it.

use std::collections::{HashMap, HashSet};

use crate::session::place::{
    CellKey, HardeningText, MitigationText, SentencePart, TextField, ThreatText,
};
use crate::session::types::Session;

/// Losing fewer characters than this is typing, not loss: half of a short word taken back must not
/// push an hour's versions out of the history.
const A_WORD: usize = 8;
/// Losing more characters than this is a loss even in a long text.
const A_PARAGRAPH: usize = 200;

/// Every text that people type, with its name.
pub(super) fn typed(session: &Session) -> Vec<(TextField, &str)> {
    let mut texts: Vec<(TextField, &str)> = vec![
        (TextField::Title, &session.title),
        (TextField::Description, &session.description),
    ];
    for one in &session.participants {
        texts.push((TextField::ParticipantName(one.id.clone()), &one.name));
    }
    for one in &session.assumptions {
        texts.push((TextField::Assumption(one.id.clone()), &one.text));
    }
    for one in &session.attackers {
        texts.push((TextField::AttackerNote(one.profile.clone()), &one.note));
    }
    for cell in &session.cells {
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
    for one in &session.threats {
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
            (field, text.as_str())
        }));
    }
    for one in &session.threats {
        let parts = SentencePart::ALL.into_iter().zip(one.sentence.parts());
        texts.extend(parts.map(|(part, text)| {
            let field = TextField::Threat(one.id.clone(), ThreatText::Sentence(part));
            (field, text)
        }));
    }
    for one in &session.mitigations {
        let parts = [
            (MitigationText::What, &one.what),
            (MitigationText::Owner, &one.owner),
            (MitigationText::Due, &one.due),
            (MitigationText::Verify, &one.verify),
            (MitigationText::Evidence, &one.evidence),
        ];
        texts.extend(parts.map(|(part, text)| {
            let field = TextField::Mitigation(one.id.clone(), part);
            (field, text.as_str())
        }));
    }
    for one in &session.hardenings {
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
            (field, text.as_str())
        }));
    }
    for one in &session.review_notes {
        texts.push((TextField::ReviewNote(one.id.clone()), &one.text));
    }
    for one in &session.parked {
        texts.push((TextField::Parked(one.id.clone()), &one.text));
    }
    for one in &session.accepted_checks {
        texts.push((TextField::AcceptedCheck(one.id.clone()), &one.reason));
    }
    for draft in &session.working.drafts {
        texts.push((TextField::Draft(draft.key.clone()), &draft.text));
    }
    texts
}

/// Whether going from one to the other takes more than half or more than 200 characters out of
/// any text, or a whole scan. Text that only moved, as from a draft into a threat, is not lost.
pub(super) fn is_lost(before: &Session, after: &Session) -> bool {
    let scans: HashSet<_> = after.scans.iter().map(|one| &one.id).collect();
    if before.scans.iter().any(|one| !scans.contains(&one.id)) {
        return true;
    }
    let after = typed(after);
    let contents: HashSet<&str> = after.iter().map(|(_, text)| text.trim()).collect();
    let after: HashMap<TextField, &str> = after.into_iter().collect();
    typed(before).into_iter().any(|(field, old)| {
        let new = after.get(&field).copied().unwrap_or_default();
        // Bytes bound characters from above, which spares counting most texts.
        old != new && old.len() >= A_WORD && shrinks(old, new) && !contents.contains(old.trim())
    })
}

fn shrinks(old: &str, new: &str) -> bool {
    let (old, new) = (old.chars().count(), new.chars().count());
    let lost = old.saturating_sub(new);
    lost >= A_WORD && (lost * 2 > old || lost > A_PARAGRAPH)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn more_than_half_or_more_than_a_paragraph_is_a_loss() {
        assert!(shrinks("twenty characters ok", "nine left"));
        assert!(!shrinks("twenty characters ok", "eleven left"));
        assert!(shrinks(&"x".repeat(1_000), &"x".repeat(799)));
        assert!(!shrinks(&"x".repeat(1_000), &"x".repeat(800)));
    }

    #[test]
    fn taking_a_short_word_back_is_typing() {
        assert!(!shrinks("forgery", ""));
        assert!(shrinks("forgeries", ""));
    }
}
