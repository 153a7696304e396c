//! Plans of the edits of scans and of the findings that were chosen from them. Not for their texts: see
//! `texts`; nor for threats that findings become: see `threats`.

// Each edit is planned by one function that gives a `Plan`, whether or not it can be refused.
#![allow(clippy::unnecessary_wraps)]

use super::{Plan, position, shortened};
use crate::catalog::types::Id;
use crate::session::edit::delta::{Delta, Slot};
use crate::session::edit::operation::Refusal;
use crate::session::id::{HardeningId, IdSource, ScanId, ThreatId};
use crate::session::types::{Finding, Hardening, Scan, Session, Stamp};

pub(super) fn add_scan(session: &Session, scan: Scan) -> Plan {
    let label = format!("add the scan {}", shortened(&scan.file));
    Ok((
        label,
        vec![Delta::Scan(Slot::put_in(session.scans.len(), scan))],
    ))
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

pub(super) fn remove_scan(session: &Session, id: &ScanId) -> Plan {
    let index = position(&session.scans, |one| one.id == *id)?;
    let label = format!("remove the scan {}", shortened(&session.scans[index].file));
    Ok((
        label,
        vec![Delta::Scan(Slot::taken_out(index, &session.scans))],
    ))
}

pub(super) fn choose_finding(
    session: &Session,
    finding: Finding,
    benchmark: String,
    stamp: &Stamp,
    ids: &mut IdSource,
) -> Plan {
    let label = format!("choose finding {}", finding.number);
    let known = |id: &HardeningId| session.hardening(id).is_some();
    let entry = Hardening {
        id: HardeningId::fresh(ids, known),
        number: finding.number,
        title: finding.title,
        benchmark,
        control: finding.control,
        issue: String::new(),
        why_here: String::new(),
        remediation: finding.remediation,
        result: String::new(),
        confirmed: None,
        threats: Vec::new(),
        created: stamp.clone(),
        changed: stamp.clone(),
    };
    let added = Delta::Hardening(Slot::put_in(session.hardenings.len(), entry));
    Ok((label, vec![added]))
}

pub(super) fn remove_hardening(session: &Session, id: &HardeningId) -> Plan {
    let index = position(&session.hardenings, |one| one.id == *id)?;
    let label = format!("remove finding {}", session.hardenings[index].number);
    Ok((
        label,
        vec![Delta::Hardening(Slot::taken_out(
            index,
            &session.hardenings,
        ))],
    ))
}

pub(super) fn set_hardening_threat(
    session: &Session,
    id: &HardeningId,
    threat: &ThreatId,
    linked: bool,
    stamp: &Stamp,
) -> Plan {
    session.threat(threat).ok_or(Refusal::Gone)?;
    let index = position(&session.hardenings, |one| one.id == *id)?;
    let mut entry = session.hardenings[index].clone();
    entry.threats.retain(|one| one != threat);
    if linked {
        entry.threats.push(threat.clone());
    }
    if entry == session.hardenings[index] {
        return Err(Refusal::NoChange);
    }
    entry.changed = stamp.clone();
    let label = if linked {
        "link the finding"
    } else {
        "unlink the finding"
    };
    let replaced = Slot::replaced(index, &session.hardenings, entry);
    Ok((label.to_owned(), vec![Delta::Hardening(replaced)]))
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
