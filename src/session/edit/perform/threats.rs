//! Plans of the edits of threats: where they come from, what is said about them, and what goes with
//! them. Not for their texts: see `texts`; nor for threats told as sentences: see `room`.

// Each edit is planned by one function that gives a `Plan`, whether or not it can be refused.
#![allow(clippy::unnecessary_wraps)]

use super::cells::{change_cell, reopened};
use super::hardenings::linked_by_control;
use super::texts::with_draft_dropped;
use super::{Plan, position, shortened, words};
use crate::catalog::types::{CatalogThreat, Id};
use crate::session::edit::delta::{Delta, Slot};
use crate::session::edit::operation::Refusal;
use crate::session::id::{IdSource, ThreatId};
use crate::session::place::{CellKey, DraftKey};
use crate::session::types::{Finding, Session, Stamp, Threat};

pub(super) fn take_suggestion(
    session: &Session,
    component: Id,
    suggestion: &CatalogThreat,
    stamp: &Stamp,
    ids: &mut IdSource,
) -> Plan {
    let cell = CellKey {
        component,
        category: suggestion.category,
    };
    let mut threat = new_threat(
        session,
        cell.clone(),
        suggestion.title.to_string(),
        stamp,
        ids,
    );
    threat.suggestion = Some(suggestion.id.clone());
    threat.surface = Some(suggestion.surface.clone());
    threat.what_goes_wrong = suggestion.what_goes_wrong.to_string();
    threat.preconditions = suggestion.preconditions.to_string();
    threat.consequences = suggestion.impact.to_string();
    threat.controls.clone_from(&suggestion.controls);
    let mut deltas = vec![Delta::Threat(Slot::put_in(session.threats.len(), threat))];
    // Taking a suggestion answers what was said before about leaving it or about nothing applying.
    if let Ok(change) = change_cell(session, &cell, |cell| {
        cell.left.retain(|one| one.suggestion != suggestion.id);
        cell.nothing_applies = None;
    }) {
        deltas.push(change);
    }
    Ok((format!("take '{}'", shortened(&suggestion.title)), deltas))
}

pub(super) fn add_threat(
    session: &Session,
    cell: &CellKey,
    title: String,
    stamp: &Stamp,
    ids: &mut IdSource,
) -> Plan {
    let title = words(title)?;
    let label = format!("add '{}'", shortened(&title));
    let threat = new_threat(session, cell.clone(), title, stamp, ids);
    let added = Delta::Threat(Slot::put_in(session.threats.len(), threat));
    let mut deltas = with_draft_dropped(session, &DraftKey::Threat(cell.clone()), added);
    deltas.extend(reopened(session, cell));
    Ok((label, deltas))
}

pub(super) fn add_threat_from_finding(
    session: &Session,
    cell: &CellKey,
    finding: Finding,
    what_goes_wrong: String,
    stamp: &Stamp,
    ids: &mut IdSource,
) -> Plan {
    let label = format!("make finding {} a threat", finding.number);
    let mut threat = new_threat(session, cell.clone(), words(finding.title)?, stamp, ids);
    threat.what_goes_wrong = what_goes_wrong;
    let links = linked_by_control(session, finding.control.as_ref(), &threat.id, stamp);
    threat.controls.extend(finding.control);
    let mut deltas = vec![Delta::Threat(Slot::put_in(session.threats.len(), threat))];
    deltas.extend(links);
    deltas.extend(reopened(session, cell));
    Ok((label, deltas))
}

pub(super) fn new_threat(
    session: &Session,
    cell: CellKey,
    title: String,
    stamp: &Stamp,
    ids: &mut IdSource,
) -> Threat {
    let id = ThreatId::fresh(ids, |id| session.threat(id).is_some());
    Threat::new(id, cell, title, stamp)
}

pub(super) fn change_threat(
    session: &Session,
    id: &ThreatId,
    label: &str,
    stamp: &Stamp,
    change: impl FnOnce(&mut Threat),
) -> Plan {
    let index = position(&session.threats, |one| one.id == *id)?;
    let mut threat = session.threats[index].clone();
    change(&mut threat);
    if threat == session.threats[index] {
        return Err(Refusal::NoChange);
    }
    threat.changed = stamp.clone();
    let replaced = Slot::replaced(index, &session.threats, threat);
    Ok((label.to_owned(), vec![Delta::Threat(replaced)]))
}

pub(super) fn remove_threat(session: &Session, id: &ThreatId) -> Plan {
    let index = position(&session.threats, |one| one.id == *id)?;
    let label = format!("remove '{}'", shortened(&session.threats[index].title));
    let mut deltas = Vec::new();
    // From the last to the first, so that the positions of those before stay true.
    for (at, mitigation) in session.mitigations.iter().enumerate().rev() {
        if mitigation.threats == [id.clone()] {
            deltas.push(Delta::Mitigation(Slot::taken_out(at, &session.mitigations)));
        } else if mitigation.threats.contains(id) {
            let mut kept = mitigation.clone();
            kept.threats.retain(|linked| linked != id);
            deltas.push(Delta::Mitigation(Slot::replaced(
                at,
                &session.mitigations,
                kept,
            )));
        }
    }
    for (at, hardening) in session.hardenings.iter().enumerate() {
        if hardening.threats.contains(id) {
            let mut kept = hardening.clone();
            kept.threats.retain(|linked| linked != id);
            deltas.push(Delta::Hardening(Slot::replaced(
                at,
                &session.hardenings,
                kept,
            )));
        }
    }
    let draft = DraftKey::Mitigation(id.clone());
    if let Ok(at) = position(&session.working.drafts, |one| one.key == draft) {
        deltas.push(Delta::Draft(Slot::taken_out(at, &session.working.drafts)));
    }
    deltas.push(Delta::Threat(Slot::taken_out(index, &session.threats)));
    Ok((label, deltas))
}
