//! Plans of edits that bring back what an earlier version held: a text, or an entry that is gone.
//! What comes back keeps the stamps that it had.

use super::cells::change_cell;
use super::texts::edit_text;
use super::{Plan, position, shortened};
use crate::session::edit::delta::{Delta, Slot};
use crate::session::edit::operation::Refusal;
use crate::session::id::{HardeningId, ThreatId};
use crate::session::place::{CellKey, TextField};
use crate::session::removed::Removed;
use crate::session::types::{Mitigation, Session, Stamp, Threat};

/// The whole text as it was, in one step of undo.
pub(super) fn restore_text(
    session: &Session,
    field: TextField,
    text: String,
    stamp: &Stamp,
) -> Plan {
    let length = session.text(&field).map_or(0, str::len);
    let (_, deltas) = edit_text(session, field, 0, length, text, stamp)?;
    Ok(("put back an earlier text".to_owned(), deltas))
}

/// An entry as it was, unless the session has it again.
pub(super) fn bring_back(session: &Session, removed: Removed) -> Plan {
    let label = format!("bring back '{}'", shortened(removed.title()));
    let deltas = match removed {
        Removed::Threat {
            threat,
            mitigations,
            hardenings,
        } => threat_deltas(session, *threat, mitigations, &hardenings)?,
        Removed::Mitigation(mut one) => {
            is_gone(session.mitigation(&one.id))?;
            one.threats.retain(|id| session.threat(id).is_some());
            if one.threats.is_empty() {
                return Err(Refusal::Gone);
            }
            let index = session.mitigations.len();
            vec![Delta::Mitigation(Slot::put_in(index, *one))]
        }
        Removed::Hardening(mut one) => {
            is_gone(session.hardening(&one.id))?;
            one.threats.retain(|id| session.threat(id).is_some());
            let index = session.hardenings.len();
            vec![Delta::Hardening(Slot::put_in(index, *one))]
        }
        Removed::Assumption(one) => {
            is_gone(session.assumptions.iter().find(|it| it.id == one.id))?;
            let index = session.assumptions.len();
            vec![Delta::Assumption(Slot::put_in(index, one))]
        }
        Removed::ReviewNote(one) => {
            is_gone(session.review_notes.iter().find(|it| it.id == one.id))?;
            let index = session.review_notes.len();
            vec![Delta::ReviewNote(Slot::put_in(index, one))]
        }
        Removed::Parked(one) => {
            is_gone(session.parked.iter().find(|it| it.id == one.id))?;
            vec![Delta::Parked(Slot::put_in(session.parked.len(), one))]
        }
        Removed::NothingApplies(key, answer) => {
            let has_threats = session
                .threats
                .iter()
                .any(|one| one.component == key.component && one.category == key.category);
            if has_threats {
                return Err(Refusal::NoChange);
            }
            vec![change_cell(session, &key, |cell| {
                cell.nothing_applies.get_or_insert(answer);
            })?]
        }
        Removed::OpenQuestion(key, question) => {
            vec![change_cell(session, &key, |cell| {
                cell.open_question.get_or_insert(question);
            })?]
        }
    };
    Ok((label, deltas))
}

/// A threat with its mitigations and links. Mitigations that the session has are linked again.
fn threat_deltas(
    session: &Session,
    threat: Threat,
    mitigations: Vec<Mitigation>,
    hardenings: &[HardeningId],
) -> Result<Vec<Delta>, Refusal> {
    is_gone(session.threat(&threat.id))?;
    let id = threat.id.clone();
    let cell = CellKey {
        component: threat.component.clone(),
        category: threat.category,
    };
    let suggestion = threat.suggestion.clone();
    let mut deltas = vec![Delta::Threat(Slot::put_in(session.threats.len(), threat))];
    let mut end = session.mitigations.len();
    for mut one in mitigations {
        if let Ok(at) = position(&session.mitigations, |it| it.id == one.id) {
            let mut linked = session.mitigations[at].clone();
            if link(&mut linked.threats, &id) {
                let slot = Slot::replaced(at, &session.mitigations, linked);
                deltas.push(Delta::Mitigation(slot));
            }
        } else {
            one.threats
                .retain(|linked| *linked == id || session.threat(linked).is_some());
            deltas.push(Delta::Mitigation(Slot::put_in(end, one)));
            end += 1;
        }
    }
    for hardening in hardenings {
        let Ok(at) = position(&session.hardenings, |it| it.id == *hardening) else {
            continue;
        };
        let mut linked = session.hardenings[at].clone();
        if link(&mut linked.threats, &id) {
            let slot = Slot::replaced(at, &session.hardenings, linked);
            deltas.push(Delta::Hardening(slot));
        }
    }
    // As when a suggestion is taken: the threat answers what was said since.
    if let Ok(change) = change_cell(session, &cell, |cell| {
        cell.nothing_applies = None;
        cell.left
            .retain(|one| Some(&one.suggestion) != suggestion.as_ref());
    }) {
        deltas.push(change);
    }
    Ok(deltas)
}

/// Adds a link; whether it was missing.
fn link(threats: &mut Vec<ThreatId>, id: &ThreatId) -> bool {
    let missing = !threats.contains(id);
    if missing {
        threats.push(id.clone());
    }
    missing
}

fn is_gone<T>(found: Option<&T>) -> Result<(), Refusal> {
    match found {
        None => Ok(()),
        Some(_) => Err(Refusal::NoChange),
    }
}
