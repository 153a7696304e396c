//! The smallest changes of a session: each knows what was before and what is after, so that it can
//! be taken back exactly, and sent to the saver instead of a copy of the whole document.

use crate::catalog::types::Id;
use crate::session::place::{Draft, Place, TextField};
use crate::session::types::{
    AcceptedCheck, Assumption, Cell, ChosenAttacker, Dispute, Hardening, Mitigation, ParkedThought,
    Participant, ReviewNote, Room, Scan, Session, Stamp, Threat,
};

/// One smallest change.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Delta {
    /// Part of a text was replaced.
    Text(TextDelta),
    /// An entry of the list of participants.
    Participant(Slot<Participant>),
    /// An entry of the list of components in scope.
    Component(Slot<Id>),
    /// An entry of the list of assumptions.
    Assumption(Slot<Assumption>),
    /// An entry of the list of attacker profiles.
    Attacker(Slot<ChosenAttacker>),
    /// An entry of the list of cells.
    Cell(Slot<Cell>),
    /// An entry of the list of threats.
    Threat(Slot<Threat>),
    /// An entry of the list of mitigations.
    Mitigation(Slot<Mitigation>),
    /// An entry of the list of scans.
    Scan(Slot<Scan>),
    /// An entry of the list of hardenings.
    Hardening(Slot<Hardening>),
    /// An entry of the list of review notes.
    ReviewNote(Slot<ReviewNote>),
    /// An entry of the list of parked thoughts.
    Parked(Slot<ParkedThought>),
    /// An entry of the list of accepted checks.
    AcceptedCheck(Slot<AcceptedCheck>),
    /// An entry of the list of disputes.
    Dispute(Slot<Dispute>),
    /// Whose turn it is, or the time box.
    Room {
        /// As it was.
        before: Room,
        /// As it is.
        after: Room,
    },
    /// An entry of the list of drafts.
    Draft(Slot<Draft>),
    /// The place moved. Never part of undo: going back in time does not move the team about.
    Place {
        /// Where the team was.
        before: Place,
        /// Where it is.
        after: Place,
    },
}

/// Part of a text was replaced.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TextDelta {
    /// The text.
    pub field: TextField,
    /// Where, in bytes from its start.
    pub at: usize,
    /// What was taken out there.
    pub removed: String,
    /// What was put in instead.
    pub inserted: String,
    /// The owner's stamp before and after, where it has one.
    pub touched: Option<(Stamp, Stamp)>,
}

/// One entry of a list: put in (nothing before), taken out (nothing after), or replaced.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Slot<T> {
    /// Its position in the list.
    pub index: usize,
    /// The entry as it was.
    pub before: Option<Box<T>>,
    /// The entry as it is.
    pub after: Option<Box<T>>,
}

impl<T: Clone> Slot<T> {
    /// An entry put in at `index`.
    pub fn put_in(index: usize, entry: T) -> Self {
        Self {
            index,
            before: None,
            after: Some(Box::new(entry)),
        }
    }

    /// The entry at `index` taken out.
    pub fn taken_out(index: usize, list: &[T]) -> Self {
        Self {
            index,
            before: Some(Box::new(list[index].clone())),
            after: None,
        }
    }

    /// The entry at `index` replaced.
    pub fn replaced(index: usize, list: &[T], entry: T) -> Self {
        Self {
            index,
            before: Some(Box::new(list[index].clone())),
            after: Some(Box::new(entry)),
        }
    }

    fn apply(&self, list: &mut Vec<T>) {
        match (&self.before, &self.after) {
            (None, Some(entry)) => list.insert(self.index, (**entry).clone()),
            (Some(_), None) => {
                list.remove(self.index);
            }
            (Some(_), Some(entry)) => list[self.index] = (**entry).clone(),
            (None, None) => {}
        }
    }

    fn inverse(&self) -> Self {
        Self {
            index: self.index,
            before: self.after.clone(),
            after: self.before.clone(),
        }
    }
}

impl Delta {
    /// Carries the change out. The session must be as it was when the change was made.
    pub fn apply(&self, session: &mut Session) {
        match self {
            Self::Text(delta) => delta.apply(session),
            Self::Participant(slot) => slot.apply(&mut session.participants),
            Self::Component(slot) => slot.apply(&mut session.components),
            Self::Assumption(slot) => slot.apply(&mut session.assumptions),
            Self::Attacker(slot) => slot.apply(&mut session.attackers),
            Self::Cell(slot) => slot.apply(&mut session.cells),
            Self::Threat(slot) => slot.apply(&mut session.threats),
            Self::Mitigation(slot) => slot.apply(&mut session.mitigations),
            Self::Scan(slot) => slot.apply(&mut session.scans),
            Self::Hardening(slot) => slot.apply(&mut session.hardenings),
            Self::ReviewNote(slot) => slot.apply(&mut session.review_notes),
            Self::Parked(slot) => slot.apply(&mut session.parked),
            Self::AcceptedCheck(slot) => slot.apply(&mut session.accepted_checks),
            Self::Dispute(slot) => slot.apply(&mut session.disputes),
            Self::Room { after, .. } => session.room = after.clone(),
            Self::Draft(slot) => slot.apply(&mut session.working.drafts),
            Self::Place { after, .. } => session.working.place = after.clone(),
        }
    }

    /// The change that takes this one back.
    #[must_use]
    pub fn inverse(&self) -> Self {
        match self {
            Self::Text(delta) => Self::Text(delta.inverse()),
            Self::Participant(slot) => Self::Participant(slot.inverse()),
            Self::Component(slot) => Self::Component(slot.inverse()),
            Self::Assumption(slot) => Self::Assumption(slot.inverse()),
            Self::Attacker(slot) => Self::Attacker(slot.inverse()),
            Self::Cell(slot) => Self::Cell(slot.inverse()),
            Self::Threat(slot) => Self::Threat(slot.inverse()),
            Self::Mitigation(slot) => Self::Mitigation(slot.inverse()),
            Self::Scan(slot) => Self::Scan(slot.inverse()),
            Self::Hardening(slot) => Self::Hardening(slot.inverse()),
            Self::ReviewNote(slot) => Self::ReviewNote(slot.inverse()),
            Self::Parked(slot) => Self::Parked(slot.inverse()),
            Self::AcceptedCheck(slot) => Self::AcceptedCheck(slot.inverse()),
            Self::Dispute(slot) => Self::Dispute(slot.inverse()),
            Self::Room { before, after } => Self::Room {
                before: after.clone(),
                after: before.clone(),
            },
            Self::Draft(slot) => Self::Draft(slot.inverse()),
            Self::Place { before, after } => Self::Place {
                before: after.clone(),
                after: before.clone(),
            },
        }
    }

    /// Whether it changes only the letters of a text, so that no count or list of the screen
    /// needs to be made anew.
    pub const fn is_text(&self) -> bool {
        matches!(self, Self::Text(_) | Self::Place { .. })
    }
}

impl TextDelta {
    fn apply(&self, session: &mut Session) {
        if let Some(text) = session.text_mut(&self.field) {
            text.replace_range(self.at..self.at + self.removed.len(), &self.inserted);
        }
        if let Some((_, after)) = &self.touched
            && let Some(stamp) = session.changed_stamp_mut(&self.field)
        {
            *stamp = after.clone();
        }
    }

    fn inverse(&self) -> Self {
        Self {
            field: self.field.clone(),
            at: self.at,
            removed: self.inserted.clone(),
            inserted: self.removed.clone(),
            touched: self.touched.clone().map(|(before, after)| (after, before)),
        }
    }
}
