//! Plans of the edits that settle what two versions disagree about. Not for finding it: see
//! `crate::merge`.

use super::cells::change_cell;
use super::mitigations::{change_mitigation, remove_mitigation};
use super::scope::set_in_scope;
use super::threats::{change_threat, remove_threat};
use super::{Plan, position};
use crate::session::edit::delta::{Delta, Slot, TextDelta};
use crate::session::edit::operation::Refusal;
use crate::session::id::DisputeId;
use crate::session::types::{Disputed, NothingApplies, Session, Stamp};

/// Removes the dispute, and carries out what it says where the other value is taken. A value whose
/// owner is gone by now settles itself.
pub(super) fn settle_dispute(
    session: &Session,
    id: &DisputeId,
    take_other: bool,
    stamp: &Stamp,
) -> Plan {
    let index = position(&session.disputes, |one| one.id == *id)?;
    let mut deltas = Vec::new();
    if take_other {
        match take(session, &session.disputes[index].other, stamp) {
            Ok((_, changes)) => deltas.extend(changes),
            Err(Refusal::NoChange | Refusal::Gone) => {}
            Err(refusal) => return Err(refusal),
        }
    }
    let label = if take_other {
        "settle it with the other value"
    } else {
        "settle it as it is"
    };
    deltas.push(Delta::Dispute(Slot::taken_out(index, &session.disputes)));
    Ok((label.to_owned(), deltas))
}

fn take(session: &Session, other: &Disputed, stamp: &Stamp) -> Plan {
    let label = "take the other value";
    match other.clone() {
        Disputed::Text(field, text) => {
            let old = session.text(&field).ok_or(Refusal::Gone)?.to_owned();
            let delta = TextDelta {
                field,
                at: 0,
                removed: old,
                inserted: text,
                touched: None,
            };
            Ok((label.to_owned(), vec![Delta::Text(delta)]))
        }
        Disputed::Likelihood(id, value) => {
            change_threat(session, &id, label, stamp, |one| one.likelihood = value)
        }
        Disputed::Impact(id, value) => {
            change_threat(session, &id, label, stamp, |one| one.impact = value)
        }
        Disputed::Response(id, value) => {
            change_threat(session, &id, label, stamp, |one| one.response = value)
        }
        Disputed::Surface(id, value) => {
            change_threat(session, &id, label, stamp, |one| one.surface = value)
        }
        Disputed::MitigationStatus(id, value) => {
            change_mitigation(session, &id, label, stamp, |one| one.status = value)
        }
        Disputed::ThreatRemoved(id) => remove_threat(session, &id),
        Disputed::MitigationRemoved(id) => remove_mitigation(session, &id),
        Disputed::NothingApplies(key, reason) => {
            let change = change_cell(session, &key, |cell| {
                cell.nothing_applies = Some(NothingApplies {
                    reason,
                    created: stamp.clone(),
                });
            })?;
            Ok((label.to_owned(), vec![change]))
        }
        Disputed::InScope(component, in_scope) => {
            set_in_scope(session, component, in_scope, &session.components)
        }
    }
}
