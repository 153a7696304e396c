//! The one place where a session changes. An [`Operation`] goes in; the smallest changes
//! ([`Delta`]s) come out, for the saver to repeat and for undo to take back.
//!
//! Not for deciding what to do (the screens do) and not for saving (the store does).

mod delta;
mod history;
mod operation;
mod perform;

pub use delta::{Delta, Slot, TextDelta};
pub use operation::{MAX_TEXT, Operation, Refusal};

use jiff::Timestamp;

use self::history::History;
use super::id::{IdSource, ParticipantId};
use super::place::Place;
use super::types::{Session, Stamp, to_the_second};

/// Holds the session and everything that undo needs.
#[derive(Clone, Debug)]
pub struct Editor {
    session: Session,
    history: History,
    ids: IdSource,
    by: Option<ParticipantId>,
    outbox: Vec<Delta>,
    revision: u64,
    structure: u64,
}

impl Editor {
    /// An editor for a session that was just made or loaded.
    pub fn new(session: Session, ids: IdSource) -> Self {
        Self {
            session,
            history: History::default(),
            ids,
            by: None,
            outbox: Vec::new(),
            revision: 0,
            structure: 0,
        }
    }

    /// The session, to read.
    pub const fn session(&self) -> &Session {
        &self.session
    }

    /// Counts every change.
    pub const fn revision(&self) -> u64 {
        self.revision
    }

    /// Counts the changes that are more than letters of a text: what lists and counts depend on.
    pub const fn structure(&self) -> u64 {
        self.structure
    }

    /// Who is typing from now on.
    pub fn set_typist(&mut self, by: Option<ParticipantId>) {
        self.by = by;
    }

    /// Who is typing.
    pub const fn typist(&self) -> Option<&ParticipantId> {
        self.by.as_ref()
    }

    /// Makes one edit, whole or not at all.
    pub fn perform(&mut self, operation: Operation, now: Timestamp) -> Result<(), Refusal> {
        let typing = matches!(operation, Operation::EditText { typing: true, .. });
        let stamp = Stamp {
            by: self.by.clone(),
            at: to_the_second(now),
        };
        let (label, deltas) = perform::plan(&self.session, operation, &stamp, &mut self.ids)?;
        if deltas.is_empty() {
            return Err(Refusal::NoChange);
        }
        for delta in &deltas {
            self.carry_out(delta.clone());
        }
        self.history.note(label, deltas, now, typing);
        Ok(())
    }

    /// Takes the last step back and says what it was.
    pub fn undo(&mut self) -> Option<String> {
        let step = self.history.undo()?;
        let label = step.label.clone();
        let inverses: Vec<Delta> = step.deltas.iter().rev().map(Delta::inverse).collect();
        for delta in inverses {
            self.carry_out(delta);
        }
        Some(label)
    }

    /// Does the last step that was taken back again and says what it is.
    pub fn redo(&mut self) -> Option<String> {
        let step = self.history.redo()?;
        let label = step.label.clone();
        for delta in step.deltas.clone() {
            self.carry_out(delta);
        }
        Some(label)
    }

    /// What undo would take back.
    pub fn next_undo(&self) -> Option<&str> {
        self.history.next_undo()
    }

    /// What redo would do again.
    pub fn next_redo(&self) -> Option<&str> {
        self.history.next_redo()
    }

    /// The next typed character begins a new undo step.
    pub fn close_step(&mut self) {
        self.history.close();
    }

    /// Remembers where the team is. Saved with the next change, and not a step of undo.
    pub fn set_place(&mut self, place: Place) {
        if self.session.working.place != place {
            let before = self.session.working.place.clone();
            let delta = Delta::Place {
                before,
                after: place,
            };
            delta.apply(&mut self.session);
            self.outbox.push(delta);
        }
    }

    /// The changes since the last call, for the saver.
    pub fn take_changes(&mut self) -> Vec<Delta> {
        std::mem::take(&mut self.outbox)
    }

    fn carry_out(&mut self, delta: Delta) {
        delta.apply(&mut self.session);
        self.revision += 1;
        self.structure += u64::from(!delta.is_text());
        self.outbox.push(delta);
    }
}
