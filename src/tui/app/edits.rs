//! Edits of the open session, and taking them back. Not for what an edit changes: see `session::edit`.

use super::App;
use crate::session::edit::Operation;

impl App {
    /// Makes one edit; says why where it cannot be made.
    pub fn edit(&mut self, operation: Operation) -> bool {
        let now = self.now;
        let Some(open) = &mut self.open else {
            return false;
        };
        if open.leaving {
            self.say("One moment: the earlier version is being opened.");
            return false;
        }
        if open.read_only.is_some() {
            self.warn("This session is open for reading only; nothing was changed.");
            return false;
        }
        match open.editor.perform(operation, now) {
            Ok(()) => true,
            Err(refusal) => {
                self.say(format!("Not done: {refusal}."));
                false
            }
        }
    }

    /// Removes something and says how it comes back.
    pub fn remove(&mut self, operation: Operation) -> bool {
        let removed = self.edit(operation);
        if removed {
            self.say("Removed. u brings it back.");
        }
        removed
    }

    /// Takes the last step back and says what it was.
    pub fn undo(&mut self) {
        let Some(open) = &mut self.open else { return };
        match open.editor.undo() {
            Some(label) => {
                self.say(format!("Undone: {label}. Ctrl+R does it again."));
                self.settle_text();
                self.settle_threat();
            }
            None => self.say("Nothing to undo."),
        }
    }

    /// Leaves an open threat that is gone.
    fn settle_threat(&mut self) {
        let Some(open) = &self.open else { return };
        let session = open.editor.session();
        if open
            .threat
            .as_ref()
            .is_some_and(|id| session.threat(id).is_none())
        {
            self.leave_threat();
        }
    }

    /// Does again what was taken back.
    pub fn redo(&mut self) {
        let Some(open) = &mut self.open else { return };
        match open.editor.redo() {
            Some(label) => {
                self.say(format!("Done again: {label}."));
                self.settle_text();
                self.settle_threat();
            }
            None => self.say("Nothing to do again."),
        }
    }
}
