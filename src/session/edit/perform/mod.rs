//! What each [`Operation`] changes. Plans only: nothing is changed here, so an edit that turns
//! out to be impossible leaves no trace.

mod decisions;
mod room;

use crate::catalog::types::{CatalogThreat, Id};
use crate::session::edit::delta::{Delta, Slot, TextDelta};
use crate::session::edit::operation::{MAX_TEXT, Operation, Refusal};
use crate::session::id::{
    AssumptionId, HardeningId, IdSource, MitigationId, NoteId, ParticipantId, ThreatId,
};
use crate::session::place::{CellKey, Draft, DraftKey, TextField};
use crate::session::types::{
    Assumption, Cell, ChosenAttacker, Hardening, LeaveKind, LeftSuggestion, Level, Mitigation,
    MitigationStatus, NothingApplies, Participant, ReviewNote, Session, Stamp, Threat,
};

type Plan = Result<(String, Vec<Delta>), Refusal>;

/// The label of an operation and the changes that carry it out.
#[allow(clippy::too_many_lines)] // one arm an operation: the table of all edits
pub(super) fn plan(
    session: &Session,
    operation: Operation,
    stamp: &Stamp,
    ids: &mut IdSource,
) -> Plan {
    match operation {
        Operation::EditText {
            field,
            at,
            remove,
            insert,
            typing: _,
        } => edit_text(session, field, at, remove, insert, stamp),
        Operation::AddParticipant { name } => {
            let name = words(name)?;
            let known = |id: &ParticipantId| session.participants.iter().any(|one| one.id == *id);
            let label = format!("add {name}");
            let entry = Participant {
                id: ParticipantId::fresh(ids, known),
                name,
            };
            let added = Delta::Participant(Slot::put_in(session.participants.len(), entry));
            Ok((
                label,
                with_draft_dropped(session, &DraftKey::Participant, added),
            ))
        }
        Operation::RemoveParticipant(id) => {
            let index = position(&session.participants, |one| one.id == id)?;
            let label = format!("remove {}", session.participants[index].name);
            Ok((
                label,
                vec![Delta::Participant(Slot::taken_out(
                    index,
                    &session.participants,
                ))],
            ))
        }
        Operation::SetInScope {
            component,
            in_scope,
            walk_order,
        } => set_in_scope(session, component, in_scope, &walk_order),
        Operation::AddAssumption { text } => {
            let text = words(text)?;
            let known = |id: &AssumptionId| session.assumptions.iter().any(|one| one.id == *id);
            let label = format!("add the assumption '{}'", shortened(&text));
            let id = AssumptionId::fresh(ids, known);
            let entry = Assumption {
                id,
                text,
                created: stamp.clone(),
            };
            let added = Delta::Assumption(Slot::put_in(session.assumptions.len(), entry));
            Ok((
                label,
                with_draft_dropped(session, &DraftKey::Assumption, added),
            ))
        }
        Operation::RemoveAssumption(id) => {
            let index = position(&session.assumptions, |one| one.id == id)?;
            let label = format!(
                "remove the assumption '{}'",
                shortened(&session.assumptions[index].text)
            );
            Ok((
                label,
                vec![Delta::Assumption(Slot::taken_out(
                    index,
                    &session.assumptions,
                ))],
            ))
        }
        Operation::ChooseAttacker(profile) => {
            if session.attackers.iter().any(|one| one.profile == profile) {
                return Err(Refusal::NoChange);
            }
            let label = format!("choose the attacker {profile}");
            let entry = ChosenAttacker {
                profile,
                note: String::new(),
            };
            Ok((
                label,
                vec![Delta::Attacker(Slot::put_in(
                    session.attackers.len(),
                    entry,
                ))],
            ))
        }
        Operation::DropAttacker(profile) => {
            let index = position(&session.attackers, |one| one.profile == profile)?;
            let label = format!("drop the attacker {profile}");
            Ok((
                label,
                vec![Delta::Attacker(Slot::taken_out(index, &session.attackers))],
            ))
        }
        Operation::TakeSuggestion {
            component,
            suggestion,
        } => Ok(take_suggestion(session, component, &suggestion, stamp, ids)),
        Operation::LeaveSuggestion { cell, suggestion } => {
            let label = format!("leave the suggestion {suggestion}");
            let change = change_cell(session, &cell, |cell| {
                if cell.left.iter().all(|one| one.suggestion != suggestion) {
                    let created = stamp.clone();
                    cell.left.push(LeftSuggestion {
                        suggestion,
                        kind: LeaveKind::default(),
                        reason: String::new(),
                        created,
                    });
                }
            })?;
            Ok((label, vec![change]))
        }
        Operation::ReopenSuggestion { cell, suggestion } => {
            let label = format!("reopen the suggestion {suggestion}");
            let change = change_cell(session, &cell, |cell| {
                cell.left.retain(|one| one.suggestion != suggestion);
            })?;
            Ok((label, vec![change]))
        }
        Operation::SetLeaveKind {
            cell,
            suggestion,
            kind,
        } => decisions::set_leave_kind(session, &cell, &suggestion, kind),
        Operation::SetOpenQuestion { cell, kind } => {
            decisions::set_open_question(session, &cell, kind, stamp)
        }
        Operation::SetNothingApplies { cell, applies } => {
            let label = if applies {
                "say that nothing applies"
            } else {
                "reopen the cell"
            };
            let change = change_cell(session, &cell, |cell| {
                match (&cell.nothing_applies, applies) {
                    (None, true) => {
                        let created = stamp.clone();
                        cell.nothing_applies = Some(NothingApplies {
                            reason: String::new(),
                            created,
                        });
                    }
                    (_, false) => cell.nothing_applies = None,
                    (Some(_), true) => {}
                }
            })?;
            Ok((label.to_owned(), vec![change]))
        }
        Operation::AddThreat { cell, title } => {
            let title = words(title)?;
            let label = format!("add '{}'", shortened(&title));
            let threat = new_threat(session, cell.clone(), title, stamp, ids);
            let added = Delta::Threat(Slot::put_in(session.threats.len(), threat));
            let mut deltas = with_draft_dropped(session, &DraftKey::Threat(cell.clone()), added);
            deltas.extend(reopened(session, &cell));
            Ok((label, deltas))
        }
        Operation::AddSentence { cell } => room::add_sentence(session, &cell, stamp, ids),
        Operation::AddThreatFromFinding {
            cell,
            finding,
            what_goes_wrong,
        } => {
            let label = format!("make finding {} a threat", finding.number);
            let mut threat = new_threat(session, cell.clone(), words(finding.title)?, stamp, ids);
            threat.what_goes_wrong = what_goes_wrong;
            let links =
                decisions::linked_by_control(session, finding.control.as_ref(), &threat.id, stamp);
            threat.controls.extend(finding.control);
            let mut deltas = vec![Delta::Threat(Slot::put_in(session.threats.len(), threat))];
            deltas.extend(links);
            deltas.extend(reopened(session, &cell));
            Ok((label, deltas))
        }
        Operation::CountHands {
            threat,
            level,
            hands,
        } => change_threat(
            session,
            &threat,
            "count the hands",
            stamp,
            |one| match level {
                Level::Likelihood(level) => one.votes.likelihood.0[level as usize] = hands,
                Level::Impact(level) => one.votes.impact.0[level as usize] = hands,
            },
        ),
        Operation::RemoveThreat(id) => remove_threat(session, &id),
        Operation::SetSurface(id, surface) => {
            change_threat(session, &id, "set the attack surface", stamp, |one| {
                one.surface = surface;
            })
        }
        Operation::SetLikelihood(id, likelihood) => {
            change_threat(session, &id, "rate the likelihood", stamp, |one| {
                one.likelihood = likelihood;
            })
        }
        Operation::SetImpact(id, impact) => {
            change_threat(session, &id, "rate the impact", stamp, |one| {
                one.impact = impact;
            })
        }
        Operation::SetResponse(id, response) => {
            change_threat(session, &id, "decide the response", stamp, |one| {
                one.response = response;
            })
        }
        Operation::AddMitigation {
            threat,
            what,
            verify,
            controls,
        } => {
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
        Operation::LinkMitigation(id, threat) => {
            session.threat(&threat).ok_or(Refusal::Gone)?;
            change_mitigation(session, &id, "link the mitigation", stamp, |one| {
                if !one.threats.contains(&threat) {
                    one.threats.push(threat);
                }
            })
        }
        Operation::UnlinkMitigation(id, threat) => {
            let index = position(&session.mitigations, |one| one.id == id)?;
            if session.mitigations[index].threats == [threat.clone()] {
                return remove_mitigation(session, &id);
            }
            change_mitigation(session, &id, "unlink the mitigation", stamp, |one| {
                one.threats.retain(|linked| *linked != threat);
            })
        }
        Operation::RemoveMitigation(id) => remove_mitigation(session, &id),
        Operation::SetMitigationStatus(id, status) => {
            let label = format!("mark the mitigation {}", status.name());
            change_mitigation(session, &id, &label, stamp, |one| one.status = status)
        }
        Operation::VerifyMitigation {
            mitigation,
            evidence,
        } => change_mitigation(
            session,
            &mitigation,
            "verify the mitigation",
            stamp,
            |one| {
                one.status = MitigationStatus::Verified;
                if !one.evidence.contains(&evidence) {
                    if !one.evidence.is_empty() {
                        one.evidence.push('\n');
                    }
                    one.evidence.push_str(&evidence);
                }
            },
        ),
        Operation::AddScan(scan) => {
            let label = format!("add the scan {}", shortened(&scan.file));
            Ok((
                label,
                vec![Delta::Scan(Slot::put_in(session.scans.len(), *scan))],
            ))
        }
        Operation::AddScans(scans) => decisions::add_scans(session, scans, stamp, ids),
        Operation::RemoveScan(id) => {
            let index = position(&session.scans, |one| one.id == id)?;
            let label = format!("remove the scan {}", shortened(&session.scans[index].file));
            Ok((
                label,
                vec![Delta::Scan(Slot::taken_out(index, &session.scans))],
            ))
        }
        Operation::ChooseFinding { finding, benchmark } => {
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
        Operation::RemoveHardening(id) => {
            let index = position(&session.hardenings, |one| one.id == id)?;
            let label = format!("remove finding {}", session.hardenings[index].number);
            Ok((
                label,
                vec![Delta::Hardening(Slot::taken_out(
                    index,
                    &session.hardenings,
                ))],
            ))
        }
        Operation::SetHardeningThreat {
            hardening,
            threat,
            linked,
        } => set_hardening_threat(session, &hardening, &threat, linked, stamp),
        Operation::SetHardeningConfirmed {
            hardening,
            confirmed,
        } => decisions::set_hardening_confirmed(session, &hardening, confirmed, stamp),
        Operation::Park { text, cell } => room::park(session, text, cell, stamp, ids),
        Operation::SettleParked(id, settled) => room::settle_parked(session, &id, settled),
        Operation::RemoveParked(id) => room::remove_parked(session, &id),
        Operation::AcceptCheck { check, subject } => {
            decisions::accept_check(session, check, subject, stamp, ids)
        }
        Operation::RemoveAcceptedCheck(id) => decisions::remove_accepted_check(session, &id),
        Operation::SettleDispute {
            dispute,
            take_other,
        } => decisions::settle_dispute(session, &dispute, take_other, stamp),
        Operation::SetTurn(turn) => room::set_turn(session, turn),
        Operation::SetTimeBox(time_box) => room::set_time_box(session, time_box),
        Operation::AddReviewNote { text } => {
            let text = words(text)?;
            let label = format!("add the note '{}'", shortened(&text));
            let known = |id: &NoteId| session.review_notes.iter().any(|one| one.id == *id);
            let entry = ReviewNote {
                id: NoteId::fresh(ids, known),
                text,
                created: stamp.clone(),
            };
            let added = Delta::ReviewNote(Slot::put_in(session.review_notes.len(), entry));
            Ok((
                label,
                with_draft_dropped(session, &DraftKey::ReviewNote, added),
            ))
        }
        Operation::RemoveReviewNote(id) => {
            let index = position(&session.review_notes, |one| one.id == id)?;
            let label = format!(
                "remove the note '{}'",
                shortened(&session.review_notes[index].text)
            );
            Ok((
                label,
                vec![Delta::ReviewNote(Slot::taken_out(
                    index,
                    &session.review_notes,
                ))],
            ))
        }
        Operation::DropDraft(key) => {
            let index = position(&session.working.drafts, |draft| draft.key == key)?;
            let dropped = Slot::taken_out(index, &session.working.drafts);
            Ok(("drop the draft".to_owned(), vec![Delta::Draft(dropped)]))
        }
    }
}

fn edit_text(
    session: &Session,
    field: TextField,
    at: usize,
    remove: usize,
    insert: String,
    stamp: &Stamp,
) -> Plan {
    let label = if insert.is_empty() {
        "delete text"
    } else {
        "type"
    }
    .to_owned();
    let draft = if let TextField::Draft(key) = &field {
        session
            .working
            .drafts
            .iter()
            .position(|draft| draft.key == *key)
    } else {
        None
    };
    if let TextField::CellNote(key) = &field
        && session.cell(&key.component, key.category).is_none()
    {
        let change = change_cell(session, key, |cell| cell.note = insert)?;
        return Ok((label, vec![change]));
    }
    let old = match (session.text(&field), &field) {
        (Some(text), _) => text,
        (None, TextField::Draft(_)) => "",
        (None, _) => return Err(Refusal::Gone),
    };
    let removed = old.get(at..at + remove).ok_or(Refusal::Gone)?.to_owned();
    if removed == insert {
        return Err(Refusal::NoChange);
    }
    if old.len() - remove + insert.len() > MAX_TEXT {
        return Err(Refusal::TooLong);
    }
    if let TextField::Draft(key) = &field {
        if let Some(index) = draft
            && insert.is_empty()
            && remove == old.len()
        {
            let dropped = Slot::taken_out(index, &session.working.drafts);
            return Ok((label, vec![Delta::Draft(dropped)]));
        }
        if draft.is_none() {
            let entry = Draft {
                key: key.clone(),
                text: insert,
            };
            let added = Slot::put_in(session.working.drafts.len(), entry);
            return Ok((label, vec![Delta::Draft(added)]));
        }
    }
    let touched = match &field {
        TextField::Threat(id, _) => session.threat(id).map(|one| &one.changed),
        TextField::Mitigation(id, _) => session.mitigation(id).map(|one| &one.changed),
        TextField::Hardening(id, _) => session.hardening(id).map(|one| &one.changed),
        _ => None,
    }
    .map(|before| (before.clone(), stamp.clone()));
    Ok((
        label,
        vec![Delta::Text(TextDelta {
            field,
            at,
            removed,
            inserted: insert,
            touched,
        })],
    ))
}

fn set_in_scope(session: &Session, component: Id, in_scope: bool, walk_order: &[Id]) -> Plan {
    let found = session.components.iter().position(|one| *one == component);
    match (found, in_scope) {
        (Some(index), false) => {
            let label = format!("put {component} out of scope");
            Ok((
                label,
                vec![Delta::Component(Slot::taken_out(
                    index,
                    &session.components,
                ))],
            ))
        }
        (None, true) => {
            let rank = |id: &Id| {
                walk_order
                    .iter()
                    .position(|one| one == id)
                    .unwrap_or(usize::MAX)
            };
            let index = session
                .components
                .iter()
                .filter(|one| rank(one) < rank(&component))
                .count();
            let label = format!("put {component} in scope");
            Ok((
                label,
                vec![Delta::Component(Slot::put_in(index, component))],
            ))
        }
        _ => Err(Refusal::NoChange),
    }
}

fn take_suggestion(
    session: &Session,
    component: Id,
    suggestion: &CatalogThreat,
    stamp: &Stamp,
    ids: &mut IdSource,
) -> (String, Vec<Delta>) {
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
    (format!("take '{}'", shortened(&suggestion.title)), deltas)
}

fn new_threat(
    session: &Session,
    cell: CellKey,
    title: String,
    stamp: &Stamp,
    ids: &mut IdSource,
) -> Threat {
    let id = ThreatId::fresh(ids, |id| session.threat(id).is_some());
    Threat::new(id, cell, title, stamp)
}

/// A recorded threat takes back the answer that nothing applies.
fn reopened(session: &Session, cell: &CellKey) -> Option<Delta> {
    session
        .cell(&cell.component, cell.category)?
        .nothing_applies
        .as_ref()?;
    change_cell(session, cell, |cell| cell.nothing_applies = None).ok()
}

fn remove_threat(session: &Session, id: &ThreatId) -> Plan {
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

fn remove_mitigation(session: &Session, id: &MitigationId) -> Plan {
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

fn set_hardening_threat(
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

/// A changed copy of the cell in its place; the cell appears when it is first needed and goes when
/// nothing is left in it.
fn change_cell(
    session: &Session,
    key: &CellKey,
    change: impl FnOnce(&mut Cell),
) -> Result<Delta, Refusal> {
    let found = session
        .cells
        .iter()
        .position(|cell| cell.component == key.component && cell.category == key.category);
    let mut cell = match found {
        Some(index) => session.cells[index].clone(),
        None => Cell::new(key.component.clone(), key.category),
    };
    change(&mut cell);
    Ok(Delta::Cell(match found {
        Some(index) if session.cells[index] == cell => return Err(Refusal::NoChange),
        Some(index) if cell.is_empty() => Slot::taken_out(index, &session.cells),
        Some(index) => Slot::replaced(index, &session.cells, cell),
        None if cell.is_empty() => return Err(Refusal::NoChange),
        None => Slot::put_in(session.cells.len(), cell),
    }))
}

fn change_threat(
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

fn change_mitigation(
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

/// What was added, and the draft gone from which it came.
fn with_draft_dropped(session: &Session, key: &DraftKey, added: Delta) -> Vec<Delta> {
    let mut deltas = Vec::new();
    if let Ok(index) = position(&session.working.drafts, |draft| draft.key == *key) {
        deltas.push(Delta::Draft(Slot::taken_out(
            index,
            &session.working.drafts,
        )));
    }
    deltas.push(added);
    deltas
}

fn position<T>(list: &[T], is_it: impl Fn(&T) -> bool) -> Result<usize, Refusal> {
    list.iter().position(is_it).ok_or(Refusal::Gone)
}

fn words(text: String) -> Result<String, Refusal> {
    match text.trim() {
        "" => Err(Refusal::Empty),
        trimmed if trimmed.len() > MAX_TEXT => Err(Refusal::TooLong),
        trimmed if trimmed.len() == text.len() => Ok(text),
        trimmed => Ok(trimmed.to_owned()),
    }
}

/// At most 40 characters of a text's first line, for a label.
fn shortened(text: &str) -> String {
    let line = text.lines().next().unwrap_or_default();
    if line.chars().count() <= 40 {
        line.to_owned()
    } else {
        let mut start: String = line.chars().take(39).collect();
        start.push('…');
        start
    }
}
