//! Undo and redo: what was done, in the steps in which people expect it to be taken back.

use std::collections::VecDeque;

use jiff::Timestamp;

use super::delta::{Delta, Slot, TextDelta};
use crate::session::place::{Draft, TextField};

/// How many steps are kept. Far more than a workshop makes, and a bound on memory.
const KEPT: usize = 10_000;

/// A pause in typing that begins a new step, in seconds.
const PAUSE: i64 = 3;

/// What one undo takes back.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Step {
    /// What was done, such as `take 'Container runs as root'`.
    pub label: String,
    /// The changes in the order in which they were made.
    pub deltas: Vec<Delta>,
    at: Timestamp,
    /// Typing goes on in this step; a paste or any other edit closes it.
    open: bool,
}

/// The steps made so far and those taken back.
#[derive(Clone, Debug, Default)]
pub struct History {
    done: VecDeque<Step>,
    undone: Vec<Step>,
}

impl History {
    /// Notes what was done. Typing that goes on where the last step stopped joins it.
    pub fn note(&mut self, label: String, deltas: Vec<Delta>, at: Timestamp, typing: bool) {
        self.undone.clear();
        if typing
            && let Some(last) = self.done.back_mut()
            && last.open
            && at.as_second() - last.at.as_second() < PAUSE
            && let [Delta::Text(next)] = deltas.as_slice()
            && joins(&mut last.deltas, next)
        {
            last.at = at;
            return;
        }
        self.done.push_back(Step {
            label,
            deltas,
            at,
            open: typing,
        });
        if self.done.len() > KEPT {
            self.done.pop_front();
        }
    }

    /// The next typed character begins a new step, for instance because the field was left.
    pub fn close(&mut self) {
        if let Some(last) = self.done.back_mut() {
            last.open = false;
        }
    }

    /// The step to take back next. The caller applies the inverse of its changes, last first.
    pub fn undo(&mut self) -> Option<&Step> {
        let mut step = self.done.pop_back()?;
        step.open = false;
        self.undone.push(step);
        self.undone.last()
    }

    /// The step to do again next.
    pub fn redo(&mut self) -> Option<&Step> {
        let step = self.undone.pop()?;
        self.done.push_back(step);
        self.done.back()
    }

    /// What undo would take back.
    pub fn next_undo(&self) -> Option<&str> {
        self.done.back().map(|step| step.label.as_str())
    }

    /// What redo would do again.
    pub fn next_redo(&self) -> Option<&str> {
        self.undone.last().map(|step| step.label.as_str())
    }
}

/// Adds `next` to a step of typing if it goes on at the same spot, within the same word.
fn joins(deltas: &mut [Delta], next: &TextDelta) -> bool {
    match deltas {
        [Delta::Text(last)] if last.field == next.field => {
            let inserts = last.removed.is_empty() && next.removed.is_empty();
            let deletes = last.inserted.is_empty() && next.inserted.is_empty();
            if inserts && next.at == last.at + last.inserted.len() && !starts_word(last, next) {
                last.inserted.push_str(&next.inserted);
            } else if deletes && next.at + next.removed.len() == last.at {
                last.removed.insert_str(0, &next.removed);
                last.at = next.at;
            } else if deletes && next.at == last.at {
                last.removed.push_str(&next.removed);
            } else {
                return false;
            }
            if let (Some(last), Some(next)) = (&mut last.touched, &next.touched) {
                last.1 = next.1.clone();
            }
            true
        }
        [
            Delta::Draft(Slot {
                before: None,
                after: Some(draft),
                ..
            }),
        ] => goes_on_in_draft(draft, next),
        _ => false,
    }
}

/// The first character of a draft makes the draft; what follows in the same word belongs to it.
fn goes_on_in_draft(draft: &mut Draft, next: &TextDelta) -> bool {
    let same = matches!(&next.field, TextField::Draft(key) if *key == draft.key);
    let at_end = next.removed.is_empty() && next.at == draft.text.len();
    let new_word = draft.text.raw().ends_with(char::is_whitespace)
        && !next.inserted.starts_with(char::is_whitespace);
    if same && at_end && !new_word {
        draft.text.push_str(&next.inserted);
        return true;
    }
    false
}

fn starts_word(last: &TextDelta, next: &TextDelta) -> bool {
    last.inserted.ends_with(char::is_whitespace) && !next.inserted.starts_with(char::is_whitespace)
}
