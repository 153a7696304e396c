//! Which piece of the text a change touches.
//!
//! Not for carrying changes out: a delta does that itself.

use super::part::Part;
use crate::session::edit::{Delta, Slot};
use crate::session::place::TextField;
use crate::session::types::Session;

/// What a change does to the pieces of the text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Touched {
    Nothing,
    Piece(Part, usize),
    PutIn(Part, usize),
    TakenOut(Part, usize),
}

/// What the change does to the pieces of `session`, which it is about to change.
pub fn touched(session: &Session, delta: &Delta) -> Touched {
    match delta {
        Delta::Text(text) => piece_of(session, &text.field)
            .map_or(Touched::Nothing, |(part, index)| {
                Touched::Piece(part, index)
            }),
        Delta::Participant(slot) => in_list(Part::Participants, slot),
        Delta::Component(slot) => in_list(Part::Components, slot),
        Delta::Assumption(slot) => in_list(Part::Assumptions, slot),
        Delta::Attacker(slot) => in_list(Part::Attackers, slot),
        Delta::Cell(slot) => in_list(Part::Cells, slot),
        Delta::Threat(slot) => in_list(Part::Threats, slot),
        Delta::Mitigation(slot) => in_list(Part::Mitigations, slot),
        Delta::Scan(slot) => in_list(Part::Scans, slot),
        Delta::Hardening(slot) => in_list(Part::Hardenings, slot),
        Delta::ReviewNote(slot) => in_list(Part::ReviewNotes, slot),
        Delta::Parked(slot) => in_list(Part::Parked, slot),
        Delta::AcceptedCheck(slot) => in_list(Part::AcceptedChecks, slot),
        Delta::Dispute(slot) => in_list(Part::Disputes, slot),
        Delta::Room { .. } => Touched::Piece(Part::Room, 0),
        Delta::Draft(_) | Delta::Place { .. } => Touched::Piece(Part::Working, 0),
    }
}

fn in_list<T>(part: Part, slot: &Slot<T>) -> Touched {
    match (&slot.before, &slot.after) {
        (None, None) => Touched::Nothing,
        (None, Some(_)) => Touched::PutIn(part, slot.index),
        (Some(_), None) => Touched::TakenOut(part, slot.index),
        (Some(_), Some(_)) => Touched::Piece(part, slot.index),
    }
}

/// The piece that holds a text; none where there is no such text.
fn piece_of(session: &Session, field: &TextField) -> Option<(Part, usize)> {
    let (part, index) = match field {
        TextField::Title => (Part::Title, Some(0)),
        TextField::Description => (Part::Description, Some(0)),
        TextField::ParticipantName(id) => (
            Part::Participants,
            session.participants.iter().position(|one| one.id == *id),
        ),
        TextField::Assumption(id) => (
            Part::Assumptions,
            session.assumptions.iter().position(|one| one.id == *id),
        ),
        TextField::AttackerNote(id) => (
            Part::Attackers,
            session.attackers.iter().position(|one| one.profile == *id),
        ),
        TextField::NothingAppliesReason(key)
        | TextField::OpenQuestion(key)
        | TextField::CellNote(key)
        | TextField::LeftReason(key, _) => (
            Part::Cells,
            session
                .cells
                .iter()
                .position(|one| one.category == key.category && one.component == key.component),
        ),
        TextField::Threat(id, _) => (
            Part::Threats,
            session.threats.iter().position(|one| one.id == *id),
        ),
        TextField::Mitigation(id, _) => (
            Part::Mitigations,
            session.mitigations.iter().position(|one| one.id == *id),
        ),
        TextField::Hardening(id, _) => (
            Part::Hardenings,
            session.hardenings.iter().position(|one| one.id == *id),
        ),
        TextField::ReviewNote(id) => (
            Part::ReviewNotes,
            session.review_notes.iter().position(|one| one.id == *id),
        ),
        TextField::Parked(id) => (
            Part::Parked,
            session.parked.iter().position(|one| one.id == *id),
        ),
        TextField::AcceptedCheck(id) => (
            Part::AcceptedChecks,
            session.accepted_checks.iter().position(|one| one.id == *id),
        ),
        TextField::Draft(_) => (Part::Working, Some(0)),
    };
    index.map(|index| (part, index))
}
