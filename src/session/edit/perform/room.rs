//! Plans of the edits that belong to the people in the room: sentences, parked thoughts, turns,
//! time boxes.

use super::cells::reopened;
use super::texts::with_draft_dropped;
use super::threats::new_threat;
use super::{Plan, position, shortened, words};
use crate::session::edit::delta::{Delta, Slot};
use crate::session::edit::operation::Refusal;
use crate::session::id::{IdSource, ParkedId, ParticipantId};
use crate::session::place::{CellKey, DraftKey};
use crate::session::types::{ParkedThought, Room, Session, Stamp, TimeBox};

pub(super) fn add_sentence(
    session: &Session,
    cell: &CellKey,
    stamp: &Stamp,
    ids: &mut IdSource,
) -> Plan {
    let sentence = session.draft_sentence(cell);
    if !sentence.is_told() {
        return Err(Refusal::Empty);
    }
    let title = sentence.title();
    let label = format!("add '{}'", shortened(&title));
    let mut threat = new_threat(session, cell.clone(), title, stamp, ids);
    threat.what_goes_wrong = sentence.text();
    threat.sentence = sentence;
    let mut deltas: Vec<Delta> = Vec::new();
    // From the last to the first, so that the positions of those before stay true.
    for (at, draft) in session.working.drafts.iter().enumerate().rev() {
        if matches!(&draft.key, DraftKey::Sentence(key, _) if key == cell) {
            deltas.push(Delta::Draft(Slot::taken_out(at, &session.working.drafts)));
        }
    }
    deltas.push(Delta::Threat(Slot::put_in(session.threats.len(), threat)));
    deltas.extend(reopened(session, cell));
    Ok((label, deltas))
}

pub(super) fn park(
    session: &Session,
    text: String,
    cell: Option<CellKey>,
    stamp: &Stamp,
    ids: &mut IdSource,
) -> Plan {
    let text = words(text)?;
    let label = format!("park '{}'", shortened(&text));
    let known = |id: &ParkedId| session.parked.iter().any(|one| one.id == *id);
    let entry = ParkedThought {
        id: ParkedId::fresh(ids, known),
        text,
        cell,
        settled: false,
        created: stamp.clone(),
    };
    let added = Delta::Parked(Slot::put_in(session.parked.len(), entry));
    Ok((label, with_draft_dropped(session, &DraftKey::Parked, added)))
}

pub(super) fn settle_parked(session: &Session, id: &ParkedId, settled: bool) -> Plan {
    let index = position(&session.parked, |one| one.id == *id)?;
    let mut entry = session.parked[index].clone();
    if entry.settled == settled {
        return Err(Refusal::NoChange);
    }
    entry.settled = settled;
    let done = if settled { "settle" } else { "reopen" };
    let label = format!("{done} '{}'", shortened(&entry.text));
    let replaced = Slot::replaced(index, &session.parked, entry);
    Ok((label, vec![Delta::Parked(replaced)]))
}

pub(super) fn remove_parked(session: &Session, id: &ParkedId) -> Plan {
    let index = position(&session.parked, |one| one.id == *id)?;
    let label = format!("forget '{}'", shortened(&session.parked[index].text));
    let taken = Slot::taken_out(index, &session.parked);
    Ok((label, vec![Delta::Parked(taken)]))
}

pub(super) fn set_turn(session: &Session, turn: Option<ParticipantId>) -> Plan {
    if let Some(id) = &turn {
        position(&session.participants, |one| one.id == *id)?;
    }
    let after = Room {
        turn,
        ..session.room.clone()
    };
    change_room(session, "pass the turn on", after)
}

pub(super) fn set_time_box(session: &Session, time_box: Option<TimeBox>) -> Plan {
    let label = if time_box.is_some() {
        "start the time box"
    } else {
        "stop the time box"
    };
    let after = Room {
        time_box,
        ..session.room.clone()
    };
    change_room(session, label, after)
}

fn change_room(session: &Session, label: &str, after: Room) -> Plan {
    let before = session.room.clone();
    if before == after {
        return Err(Refusal::NoChange);
    }
    Ok((label.to_owned(), vec![Delta::Room { before, after }]))
}
