//! Plans of the edits that record decisions: questions left open, checks accepted, disputes
//! settled, reports added, hardenings confirmed by hand.

use super::{
    Plan, change_cell, change_mitigation, change_threat, position, remove_mitigation,
    remove_threat, set_in_scope, shortened,
};
use crate::catalog::types::Id;
use crate::session::edit::delta::{Delta, Slot, TextDelta};
use crate::session::edit::operation::Refusal;
use crate::session::id::{AcceptedCheckId, DisputeId, HardeningId, IdSource, ScanId, ThreatId};
use crate::session::place::CellKey;
use crate::session::types::{
    AcceptedCheck, Disputed, LeaveKind, NothingApplies, OpenKind, OpenQuestion, Scan, Session,
    Stamp,
};

pub(super) fn set_leave_kind(
    session: &Session,
    cell: &CellKey,
    suggestion: &Id,
    kind: LeaveKind,
) -> Plan {
    let label = format!("say why the suggestion {suggestion} is left");
    let change = change_cell(session, cell, |cell| {
        for left in &mut cell.left {
            if left.suggestion == *suggestion {
                left.kind = kind;
            }
        }
    })?;
    Ok((label, vec![change]))
}

pub(super) fn set_open_question(
    session: &Session,
    cell: &CellKey,
    kind: Option<OpenKind>,
    stamp: &Stamp,
) -> Plan {
    let label = match kind {
        Some(OpenKind::NotKnown) => "say that we do not know",
        Some(OpenKind::Disagree) => "say that we disagree",
        None => "close the open question",
    };
    let change = change_cell(session, cell, |cell| {
        match (&mut cell.open_question, kind) {
            (Some(question), Some(kind)) => question.kind = kind,
            (question @ None, Some(kind)) => {
                *question = Some(OpenQuestion {
                    kind,
                    text: String::new(),
                    created: stamp.clone(),
                });
            }
            (question, None) => *question = None,
        }
    })?;
    Ok((label.to_owned(), vec![change]))
}

pub(super) fn accept_check(
    session: &Session,
    check: String,
    subject: String,
    stamp: &Stamp,
    ids: &mut IdSource,
) -> Plan {
    let accepted = &session.accepted_checks;
    if accepted
        .iter()
        .any(|one| one.check == check && one.subject == subject)
    {
        return Err(Refusal::NoChange);
    }
    let label = format!("accept {check}");
    let known = |id: &AcceptedCheckId| accepted.iter().any(|one| one.id == *id);
    let entry = AcceptedCheck {
        id: AcceptedCheckId::fresh(ids, known),
        check,
        subject,
        reason: String::new(),
        created: stamp.clone(),
    };
    let added = Slot::put_in(accepted.len(), entry);
    Ok((label, vec![Delta::AcceptedCheck(added)]))
}

pub(super) fn remove_accepted_check(session: &Session, id: &AcceptedCheckId) -> Plan {
    let index = position(&session.accepted_checks, |one| one.id == *id)?;
    let label = format!("no longer accept {}", session.accepted_checks[index].check);
    let taken = Slot::taken_out(index, &session.accepted_checks);
    Ok((label, vec![Delta::AcceptedCheck(taken)]))
}

pub(super) fn add_scans(
    session: &Session,
    scans: Vec<Scan>,
    stamp: &Stamp,
    ids: &mut IdSource,
) -> Plan {
    let file = scans.first().map(|scan| shortened(&scan.file));
    let label = format!("add the scan {}", file.ok_or(Refusal::NoChange)?);
    let mut taken: Vec<ScanId> = session.scans.iter().map(|scan| scan.id.clone()).collect();
    let mut deltas = Vec::with_capacity(scans.len());
    for mut scan in scans {
        scan.id = ScanId::fresh(ids, |id| taken.contains(id));
        scan.created = stamp.clone();
        let slot = Slot::put_in(taken.len(), scan.clone());
        taken.push(scan.id);
        deltas.push(Delta::Scan(slot));
    }
    Ok((label, deltas))
}

/// The hardenings of a control are linked to a threat that its finding became.
pub(super) fn linked_by_control(
    session: &Session,
    control: Option<&Id>,
    threat: &ThreatId,
    stamp: &Stamp,
) -> Vec<Delta> {
    let hardenings = session.hardenings.iter().enumerate();
    hardenings
        .filter(|(_, one)| control.is_some() && one.control.as_ref() == control)
        .map(|(index, one)| {
            let mut entry = one.clone();
            entry.threats.push(threat.clone());
            entry.changed = stamp.clone();
            Delta::Hardening(Slot::replaced(index, &session.hardenings, entry))
        })
        .collect()
}

pub(super) fn set_hardening_confirmed(
    session: &Session,
    id: &HardeningId,
    confirmed: bool,
    stamp: &Stamp,
) -> Plan {
    let index = position(&session.hardenings, |one| one.id == *id)?;
    let mut entry = session.hardenings[index].clone();
    if entry.confirmed.is_some() == confirmed {
        return Err(Refusal::NoChange);
    }
    entry.confirmed = confirmed.then(|| stamp.clone());
    entry.changed = stamp.clone();
    let done = if confirmed {
        "confirm"
    } else {
        "no longer confirm"
    };
    let label = format!("{done} finding {}", shortened(&entry.number));
    let replaced = Slot::replaced(index, &session.hardenings, entry);
    Ok((label, vec![Delta::Hardening(replaced)]))
}

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
