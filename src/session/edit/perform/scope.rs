//! Plans of the edits of step 1: who is in the room, what is in scope, what is taken for granted, whom
//! the team reckons with. Not for turns and time boxes: see `room`.

use super::texts::with_draft_dropped;
use super::{Plan, position, shortened, words};
use crate::catalog::types::Id;
use crate::session::edit::delta::{Delta, Slot};
use crate::session::edit::operation::Refusal;
use crate::session::id::{AssumptionId, IdSource, ParticipantId};
use crate::session::place::DraftKey;
use crate::session::types::{Assumption, ChosenAttacker, Participant, Session, Stamp};

pub(super) fn add_participant(session: &Session, name: String, ids: &mut IdSource) -> Plan {
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

pub(super) fn remove_participant(session: &Session, id: &ParticipantId) -> Plan {
    let index = position(&session.participants, |one| one.id == *id)?;
    let label = format!("remove {}", session.participants[index].name);
    Ok((
        label,
        vec![Delta::Participant(Slot::taken_out(
            index,
            &session.participants,
        ))],
    ))
}

pub(super) fn set_in_scope(
    session: &Session,
    component: Id,
    in_scope: bool,
    walk_order: &[Id],
) -> Plan {
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

pub(super) fn add_assumption(
    session: &Session,
    text: String,
    stamp: &Stamp,
    ids: &mut IdSource,
) -> Plan {
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

pub(super) fn remove_assumption(session: &Session, id: &AssumptionId) -> Plan {
    let index = position(&session.assumptions, |one| one.id == *id)?;
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

pub(super) fn choose_attacker(session: &Session, profile: Id) -> Plan {
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

pub(super) fn drop_attacker(session: &Session, profile: &Id) -> Plan {
    let index = position(&session.attackers, |one| one.profile == *profile)?;
    let label = format!("drop the attacker {profile}");
    Ok((
        label,
        vec![Delta::Attacker(Slot::taken_out(index, &session.attackers))],
    ))
}
