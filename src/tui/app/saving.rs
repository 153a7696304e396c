//! What is said about saving, and that one key alone never leaves text behind that is not on disk. Not for
//! saving itself: that is the stage's and the store's.

use super::open::SaveState;
use super::{App, Effect};
use crate::tui::overlays::{Overlay, trouble::About};
use crate::tui::theme::Meaning;

impl App {
    pub(super) fn save(&mut self, effects: &mut Vec<Effect>) {
        let Some(open) = &self.open else { return };
        if open.read_only.is_some() {
            self.say("This session is open for reading only; there is nothing to save.");
            return;
        }
        effects.push(Effect::SaveNow);
        if matches!(open.save, SaveState::Failed(..)) {
            self.overlay = Some(Overlay::trouble(About::NotSaved));
            return;
        }
        let (answered, _) = open.coverage.answered();
        let threats = open.editor.session().threats.len();
        let plural = |count: usize| if count == 1 { "" } else { "s" };
        self.say(format!(
            "Saved: {answered} cell{} answered, {threats} threat{}.",
            plural(answered),
            plural(threats)
        ));
    }

    /// Says that the disk has not everything, where it has not: then one key must not leave.
    pub(super) fn holds_unsaved_text(&mut self) -> bool {
        let Some(SaveState::Failed(trouble, _)) = self.open.as_ref().map(|open| &open.save) else {
            return false;
        };
        let reason = &trouble.reason;
        let words = format!("NOT SAVED: {reason}. Ctrl+C twice leaves all the same.");
        self.overlay = Some(Overlay::trouble(About::NotSaved));
        self.say(words);
        true
    }

    /// How the file stands, in words for the top line. As plain text: a change of colours would be half
    /// of what a typed letter sends.
    pub fn save_words(&self) -> (String, Meaning) {
        let Some(open) = &self.open else {
            return (String::new(), Meaning::Muted);
        };
        if open.read_only.is_some() {
            return ("reading only".to_owned(), Meaning::Warning);
        }
        match &open.save {
            SaveState::Saved(Some(at)) => (format!("saved {}", self.clock(*at)), Meaning::Text),
            SaveState::Saved(None) => ("saved".to_owned(), Meaning::Text),
            SaveState::Saving(_) => ("saving…".to_owned(), Meaning::Text),
            SaveState::Failed(..) => ("NOT SAVED".to_owned(), Meaning::Danger),
        }
    }
}
