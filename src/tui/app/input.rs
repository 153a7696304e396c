//! Typing into a field of the session: every key is text first, and the change goes to the session
//! at once, so that nothing typed lives in a widget alone.

use ratatui::crossterm::event::{KeyCode, KeyEvent, KeyModifiers};

use super::{App, Effect};
use crate::session::edit::Operation;
use crate::session::place::{DraftKey, TextField};
use crate::tui::app::visit::target_of;
use crate::tui::keymap::{self, Action, Context};
use crate::tui::text::{Change, Outcome, TextEdit};
use crate::tui::widgets::rows::{ActiveField, RowKind};

impl App {
    /// Begins to type into a field, at the end of its text.
    pub fn type_into(&mut self, field: TextField) {
        let Some(open) = &mut self.open else { return };
        if open.read_only.is_some() {
            self.warn("This session is open for reading only.");
            return;
        }
        let text = open.editor.session().text(&field).unwrap_or_default();
        let edit = TextEdit::at_end(text, field.is_long());
        let target = target_of(&field);
        open.list_mut().selected = Some(target);
        open.active = Some(ActiveField::new(field, edit));
    }

    /// A key while a field is being typed into.
    pub(super) fn key_in_text(&mut self, key: KeyEvent, effects: &mut Vec<Effect>) {
        let Some(open) = &mut self.open else { return };
        let Some(active) = &mut open.active else {
            return;
        };
        let context = if active.field.is_long() {
            Context::LongText
        } else {
            Context::ShortText
        };
        if let Some(action) = keymap::meaning(&[context], &key) {
            self.notice = None;
            return self.act_in_text(action, effects);
        }
        // Esc and a letter typed quickly arrive as one: that is Esc, and never an edit.
        if key.modifiers == KeyModifiers::ALT && matches!(key.code, KeyCode::Char(_)) {
            return self.act_in_text(Action::Back, effects);
        }
        let text = open
            .editor
            .session()
            .text(&active.field)
            .unwrap_or_default();
        match active.edit.key(text, key) {
            Outcome::Changed(change) => {
                self.notice = None;
                self.change(change);
            }
            Outcome::Moved => open.editor.close_step(),
            Outcome::Copy(text) => {
                effects.push(Effect::Copy(text));
                self.say("Sent to the terminal's clipboard.");
            }
            Outcome::Ignored => {
                // Up and down leave a short field for its neighbours.
                match key.code {
                    KeyCode::Up => self.act_in_text(Action::PreviousPane, effects),
                    KeyCode::Down => self.act_in_text(Action::NextPane, effects),
                    _ => self.say("That key does nothing while typing. Esc leaves the field; the text is kept."),
                }
            }
        }
    }

    fn act_in_text(&mut self, action: Action, effects: &mut Vec<Effect>) {
        match action {
            Action::Back => {
                self.leave_text(effects);
            }
            Action::Submit => self.submit(effects),
            Action::Undo => self.undo(),
            Action::Redo => self.redo(),
            Action::NextPane => self.next_field(1, effects),
            Action::PreviousPane => self.next_field(-1, effects),
            Action::NextCell => {
                self.leave_text(effects);
                self.go_cell(1);
            }
            Action::PreviousCell => {
                self.leave_text(effects);
                self.go_cell(-1);
            }
            Action::EditOutside => self.edit_outside(effects),
            Action::Save | Action::Help | Action::Park | Action::History => {
                self.act(action, effects);
            }
            Action::NewLine => self.new_line(),
            _ => {}
        }
    }

    /// Pasted text is one edit.
    pub(super) fn paste(&mut self, pasted: &str) {
        if let Some(overlay) = &mut self.overlay {
            if let Some(line) = overlay.line_mut() {
                line.paste(pasted);
            }
            if let Some(mut overlay) = self.overlay.take() {
                overlay.line_changed(self);
                self.overlay = Some(overlay);
            }
            return;
        }
        let Some(open) = &mut self.open else { return };
        let Some(active) = &mut open.active else {
            self.say("Begin a field first, for instance with a; then paste.");
            return;
        };
        let text = open
            .editor
            .session()
            .text(&active.field)
            .unwrap_or_default();
        if let Outcome::Changed(change) = active.edit.paste(text, pasted) {
            self.change(change);
            if let Some(open) = &mut self.open {
                open.editor.close_step();
            }
        }
    }

    /// Puts typed text into the field as one edit.
    pub(super) fn insert(&mut self, typed: &str) {
        let Some(open) = &mut self.open else { return };
        let Some(active) = &mut open.active else {
            return;
        };
        let text = open
            .editor
            .session()
            .text(&active.field)
            .unwrap_or_default();
        if let Outcome::Changed(change) = active.edit.insert_typed(text, typed) {
            self.change(change);
        }
    }

    fn new_line(&mut self) {
        let Some(open) = &mut self.open else { return };
        let Some(active) = &mut open.active else {
            return;
        };
        let field = &active.field;
        let text = open.editor.session().text(field).unwrap_or_default();
        let enter = KeyEvent::new(KeyCode::Enter, KeyModifiers::NONE);
        if let Outcome::Changed(change) = active.edit.key(text, enter) {
            self.change(change);
        }
    }

    fn change(&mut self, change: Change) {
        let Some(open) = &self.open else { return };
        let Some(active) = &open.active else { return };
        let before = active.edit.clone();
        let operation = Operation::EditText {
            field: active.field.clone(),
            at: change.at,
            remove: change.remove,
            insert: change.insert,
            typing: change.typing,
        };
        if !self.edit(operation) {
            // The text is as it was, so the cursor has to be inside it.
            if let Some(open) = &mut self.open
                && let Some(active) = &mut open.active
            {
                active.edit = before;
            }
            self.settle_text();
        }
    }

    /// Leaves the field; what was typed stays, as an answer or as a draft.
    pub(super) fn leave_text(&mut self, effects: &mut Vec<Effect>) {
        let Some(open) = &mut self.open else { return };
        let Some(active) = open.active.take() else {
            return;
        };
        open.editor.close_step();
        effects.push(Effect::SaveNow);
        if let TextField::Draft(key) = &active.field
            && open.editor.session().draft(key).is_some()
        {
            self.say("Kept as a draft. Enter in the field makes it an answer.");
        }
    }

    /// Enter in a short field: a draft becomes what it was meant to be.
    fn submit(&mut self, effects: &mut Vec<Effect>) {
        let Some(open) = &mut self.open else { return };
        let Some(active) = &open.active else { return };
        let TextField::Draft(key) = active.field.clone() else {
            return self.next_field(1, effects);
        };
        let sentence = matches!(key, DraftKey::Sentence(..));
        let text = open
            .editor
            .session()
            .draft(&key)
            .unwrap_or_default()
            .to_owned();
        let Some(operation) = Operation::answering(&key, text.clone()) else {
            return self.next_field(1, effects);
        };
        if text.is_empty() && !sentence {
            self.leave_text(effects);
            return;
        }
        if text.trim().is_empty() && !sentence {
            self.edit(Operation::DropDraft(key));
            self.leave_text(effects);
            return;
        }
        if self.edit(operation) {
            let words = match key {
                DraftKey::Sentence(..) => "Recorded as a threat. Enter opens it, s builds another.",
                DraftKey::Threat(_) => {
                    "Recorded. Type the next one, or Esc; then m says what to do about it."
                }
                DraftKey::Mitigation(_) => {
                    "Noted as planned. Type the next one, or Esc; Enter opens one for owner and check."
                }
                _ => "Added. Type the next one, or Esc.",
            };
            effects.push(Effect::SaveNow);
            self.say(words);
            self.settle_text();
        }
    }

    /// Goes to the next field of the list, or to the one before.
    fn next_field(&mut self, by: isize, effects: &mut Vec<Effect>) {
        self.leave_text(effects);
        self.notice = None;
        let Some(open) = &mut self.open else { return };
        let fields: Vec<TextField> = open
            .rows
            .iter()
            .filter_map(|row| match &row.kind {
                RowKind::Field { field, .. } => Some(field.clone()),
                _ => None,
            })
            .collect();
        let selected = open.selected().cloned();
        let here = fields
            .iter()
            .position(|field| Some(target_of(field)) == selected);
        let there = here
            .and_then(|at| at.checked_add_signed(by))
            .and_then(|at| fields.get(at));
        match there.cloned() {
            Some(field) => self.type_into(field),
            None => self.say("That was the last field. The text is kept."),
        }
    }

    /// Keeps the cursor inside a text that changed elsewhere, and leaves a field that is gone.
    pub(super) fn settle_text(&mut self) {
        let Some(open) = &mut self.open else { return };
        let Some(active) = &mut open.active else {
            return;
        };
        let session = open.editor.session();
        match (session.text(&active.field), &active.field) {
            (Some(text), _) => active.edit.settle(text),
            (None, TextField::Draft(_)) => active.edit.settle(""),
            (None, _) => open.active = None,
        }
    }
}
