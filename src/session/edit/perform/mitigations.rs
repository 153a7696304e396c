//! Plans of the edits of mitigations: which threats they are for, and how far they are. Not for their
//! texts: see `texts`.

use super::texts::with_draft_dropped;
use super::{Plan, position, shortened, words};
use crate::catalog::types::Id;
use crate::session::edit::delta::{Delta, Slot};
use crate::session::edit::operation::Refusal;
use crate::session::id::{IdSource, MitigationId, ThreatId};
use crate::session::place::DraftKey;
use crate::session::types::{Mitigation, MitigationStatus, Session, Stamp};

pub(super) fn add_mitigation(
    session: &Session,
    threat: ThreatId,
    what: String,
    verify: String,
    controls: Vec<Id>,
    stamp: &Stamp,
    ids: &mut IdSource,
) -> Plan {
    session.threat(&threat).ok_or(Refusal::Gone)?;
    let what = words(what)?;
    let label = format!("add the mitigation '{}'", shortened(&what));
    let known = |id: &MitigationId| session.mitigation(id).is_some();
    let entry = Mitigation {
        id: MitigationId::fresh(ids, known),
        threats: vec![threat.clone()],
        what,
        status: MitigationStatus::default(),
        owner: String::new(),
        due: String::new(),
        verify,
        evidence: String::new(),
        controls,
        created: stamp.clone(),
        changed: stamp.clone(),
    };
    let added = Delta::Mitigation(Slot::put_in(session.mitigations.len(), entry));
    Ok((
        label,
        with_draft_dropped(session, &DraftKey::Mitigation(threat), added),
    ))
}

pub(super) fn link_mitigation(
    session: &Session,
    id: &MitigationId,
    threat: ThreatId,
    stamp: &Stamp,
) -> Plan {
    session.threat(&threat).ok_or(Refusal::Gone)?;
    change_mitigation(session, id, "link the mitigation", stamp, |one| {
        if !one.threats.contains(&threat) {
            one.threats.push(threat);
        }
    })
}

pub(super) fn unlink_mitigation(
    session: &Session,
    id: &MitigationId,
    threat: &ThreatId,
    stamp: &Stamp,
) -> Plan {
    let index = position(&session.mitigations, |one| one.id == *id)?;
    if session.mitigations[index].threats == [threat.clone()] {
        return remove_mitigation(session, id);
    }
    change_mitigation(session, id, "unlink the mitigation", stamp, |one| {
        one.threats.retain(|linked| linked != threat);
    })
}

pub(super) fn remove_mitigation(session: &Session, id: &MitigationId) -> Plan {
    let index = position(&session.mitigations, |one| one.id == *id)?;
    let label = format!(
        "remove the mitigation '{}'",
        shortened(&session.mitigations[index].what)
    );
    Ok((
        label,
        vec![Delta::Mitigation(Slot::taken_out(
            index,
            &session.mitigations,
        ))],
    ))
}

pub(super) fn verify_mitigation(
    session: &Session,
    id: &MitigationId,
    evidence: &str,
    stamp: &Stamp,
) -> Plan {
    change_mitigation(session, id, "verify the mitigation", stamp, |one| {
        one.status = MitigationStatus::Verified;
        if !one.evidence.contains(evidence) {
            if !one.evidence.is_empty() {
                one.evidence.push('\n');
            }
            one.evidence.push_str(evidence);
        }
    })
}

pub(super) fn change_mitigation(
    session: &Session,
    id: &MitigationId,
    label: &str,
    stamp: &Stamp,
    change: impl FnOnce(&mut Mitigation),
) -> Plan {
    let index = position(&session.mitigations, |one| one.id == *id)?;
    let mut mitigation = session.mitigations[index].clone();
    change(&mut mitigation);
    if mitigation == session.mitigations[index] {
        return Err(Refusal::NoChange);
    }
    mitigation.changed = stamp.clone();
    let replaced = Slot::replaced(index, &session.mitigations, mitigation);
    Ok((label.to_owned(), vec![Delta::Mitigation(replaced)]))
}
