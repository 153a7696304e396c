//! Puts back what was there before: a text, an entry that was removed, a whole version.
//!
//! Not for the list in which they are chosen: see [`crate::tui::overlays::history`].

use super::{App, Effect};
use crate::merge::past::{EarlierText, Version};
use crate::session::edit::Operation;
use crate::session::place::{HardeningText, MitigationText, TextField, ThreatText};
use crate::session::removed::Removed;
use crate::tui::app::open::SaveState;
use crate::tui::overlays::{Overlay, history::History};
use crate::tui::text::TextEdit;
use crate::tui::widgets::rows::Target;

impl App {
    /// Shows the earlier texts of the field that is typed into or marked, and the earlier versions.
    pub(super) fn show_history(&mut self, effects: &mut Vec<Effect>) {
        let Some(open) = &self.open else { return };
        let field = match &open.active {
            Some(active) => Some(active.field.clone()),
            None => open.selected().and_then(field_of),
        };
        effects.push(Effect::ReadPast {
            present: Box::new(open.editor.session().clone()),
            field: field.clone(),
        });
        self.overlay = Some(Overlay::History(History::waiting(field)));
    }

    /// Puts an earlier text back into its field.
    pub fn put_text_back(&mut self, field: &TextField, earlier: &EarlierText) -> bool {
        let when = self.moment(earlier.version.saved);
        let operation = Operation::RestoreText {
            field: field.clone(),
            text: earlier.text.clone(),
        };
        if !self.edit(operation) {
            return false;
        }
        let mut key = "u";
        if let Some(active) = self.open.as_mut().and_then(|open| open.active.as_mut())
            && active.field == *field
        {
            active.edit = TextEdit::at_end(&earlier.text, field.is_long());
            key = "Ctrl+Z";
        }
        self.say(format!("The text of {when} is back. Undo with {key}."));
        true
    }

    /// Brings something back that was removed, and goes there.
    pub fn bring_back(&mut self, removed: &Removed) -> bool {
        let words = match removed {
            Removed::Threat { mitigations, .. } => match mitigations.len() {
                0 => "The threat is back.".to_owned(),
                1 => "The threat is back, with its mitigation.".to_owned(),
                many => format!("The threat is back, with its {many} mitigations."),
            },
            other => format!("Back: {}.", other.field().name()),
        };
        if !self.edit(Operation::BringBack(Box::new(removed.clone()))) {
            return false;
        }
        if let Some(open) = &mut self.open {
            open.active = None;
        }
        self.visit_text(&removed.field());
        self.say(format!("{words} Undo with u."));
        true
    }

    /// Makes a new session of an earlier version and opens it.
    pub fn open_version_as_copy(&mut self, version: Version, effects: &mut Vec<Effect>) {
        let when = self.moment_to_keep(version.saved);
        let Some(open) = &self.open else { return };
        let title = format!("{}, as of {when}", open.editor.session().title);
        let effect = Effect::RestoreCopy {
            version: version.number,
            title,
        };
        self.leave_for_version(effect, effects);
    }

    /// Puts an earlier version in the place of the session, which is kept as a version itself.
    pub fn go_back_to_version(&mut self, version: Version, effects: &mut Vec<Effect>) {
        let Some(open) = &self.open else { return };
        if open.read_only.is_some() {
            return self.warn("This session is open for reading only; nothing was changed.");
        }
        let effect = Effect::Restore {
            name: open.name.clone(),
            version: version.number,
        };
        self.leave_for_version(effect, effects);
    }

    /// The session on the screen makes room for another one.
    fn leave_for_version(&mut self, effect: Effect, effects: &mut Vec<Effect>) {
        let Some(open) = &mut self.open else { return };
        if matches!(open.save, SaveState::Failed(..)) {
            return self.warn("NOT SAVED: what you typed comes first. Save it, then go back.");
        }
        open.active = None;
        open.editor.set_place(open.place());
        effects.push(Effect::Changes(open.editor.take_changes()));
        effects.push(effect);
        open.leaving = true;
    }

    /// A day and a time that say the same tomorrow.
    fn moment_to_keep(&self, time: jiff::Timestamp) -> String {
        time.to_zoned(self.zone.clone())
            .strftime("%-d %b %H:%M")
            .to_string()
    }
}

/// The text that people mean by what is marked.
fn field_of(target: &Target) -> Option<TextField> {
    Some(match target {
        Target::Field(field) => field.clone(),
        Target::Threat(id) => TextField::Threat(id.clone(), ThreatText::Title),
        Target::Mitigation(id) => TextField::Mitigation(id.clone(), MitigationText::What),
        Target::Hardening(id) => TextField::Hardening(id.clone(), HardeningText::Issue),
        _ => return None,
    })
}
