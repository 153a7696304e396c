//! The saver's own copy of the session, kept up by the same changes as the one on the screen.
//!
//! A change that does not fit would mean that the two copies differ. It is noticed before it is
//! carried out: a copy that is known to be good is never traded for one that may not be.

use crate::session::edit::{Delta, Slot, TextDelta};
use crate::session::types::Session;

/// The change does not fit the copy.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct OutOfStep;

/// Carries a change out, or leaves everything as it is.
pub(super) fn apply(session: &mut Session, delta: &Delta) -> Result<(), OutOfStep> {
    if fits(session, delta) {
        delta.apply(session);
        Ok(())
    } else {
        Err(OutOfStep)
    }
}

fn fits(session: &Session, delta: &Delta) -> bool {
    match delta {
        Delta::Text(text) => text_fits(session, text),
        Delta::Participant(slot) => slot_fits(&session.participants, slot),
        Delta::Component(slot) => slot_fits(&session.components, slot),
        Delta::Assumption(slot) => slot_fits(&session.assumptions, slot),
        Delta::Attacker(slot) => slot_fits(&session.attackers, slot),
        Delta::Cell(slot) => slot_fits(&session.cells, slot),
        Delta::Threat(slot) => slot_fits(&session.threats, slot),
        Delta::Mitigation(slot) => slot_fits(&session.mitigations, slot),
        Delta::Scan(slot) => slot_fits(&session.scans, slot),
        Delta::Hardening(slot) => slot_fits(&session.hardenings, slot),
        Delta::ReviewNote(slot) => slot_fits(&session.review_notes, slot),
        Delta::Parked(slot) => slot_fits(&session.parked, slot),
        Delta::AcceptedCheck(slot) => slot_fits(&session.accepted_checks, slot),
        Delta::Dispute(slot) => slot_fits(&session.disputes, slot),
        Delta::Room { before, .. } => session.room == *before,
        Delta::Draft(slot) => slot_fits(&session.working.drafts, slot),
        Delta::Place { before, .. } => session.working.place == *before,
    }
}

fn slot_fits<T: PartialEq>(list: &[T], slot: &Slot<T>) -> bool {
    match &slot.before {
        None => slot.index <= list.len(),
        Some(before) => list.get(slot.index) == Some(&**before),
    }
}

fn text_fits(session: &Session, delta: &TextDelta) -> bool {
    let end = delta.at.checked_add(delta.removed.len());
    session
        .text(&delta.field)
        .zip(end)
        .and_then(|(text, end)| text.raw().get(delta.at..end))
        .is_some_and(|found| found == delta.removed)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::catalog::types::Id;
    use crate::session::place::TextField;

    fn session() -> Session {
        let now = "2026-11-21T10:00:00Z".parse().unwrap();
        Session::new("Grüße", Id::new("course").unwrap(), Vec::new(), now)
    }

    fn typed(at: usize, removed: &str) -> Delta {
        Delta::Text(TextDelta {
            field: TextField::Title,
            at,
            removed: removed.to_owned(),
            inserted: "x".to_owned(),
            touched: None,
        })
    }

    #[test]
    fn a_change_that_fits_is_carried_out() {
        let mut session = session();
        assert_eq!(apply(&mut session, &typed(2, "ü")), Ok(()));
        assert_eq!(session.title, "Grxße");
    }

    #[test]
    fn a_change_that_does_not_fit_leaves_everything_as_it_was() {
        let component = Id::new("docker-host").unwrap();
        let taken_out = Slot {
            index: 0,
            before: Some(Box::new(component.clone())),
            after: None,
        };
        for delta in [
            typed(3, ""),
            typed(99, ""),
            typed(usize::MAX, "x"),
            typed(0, "x"),
            Delta::Component(Slot::put_in(1, component)),
            Delta::Component(taken_out),
        ] {
            let mut changed = session();
            assert_eq!(apply(&mut changed, &delta), Err(OutOfStep), "{delta:?}");
            assert_eq!(changed, session());
        }
    }
}
