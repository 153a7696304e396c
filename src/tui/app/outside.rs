//! What comes from outside the session: the person's editor, name and taste in colours.

use std::sync::Arc;

use super::{App, Effect};
use crate::report::layout::{Layout, OwnTemplate};
use crate::session::edit::{Editor, Operation};
use crate::session::place::TextField;
use crate::tui::text::TextEdit;

impl App {
    /// Asks for the text of the field to be opened in the person's editor.
    pub(super) fn edit_outside(&mut self, effects: &mut Vec<Effect>) {
        let Some(open) = &mut self.open else { return };
        let Some(active) = &open.active else { return };
        let field = active.field.clone();
        let text = open
            .editor
            .session()
            .text(&field)
            .unwrap_or_default()
            .to_owned();
        open.editor.close_step();
        let changes = open.editor.take_changes();
        if !changes.is_empty() {
            effects.push(Effect::Changes(changes));
        }
        effects.push(Effect::EditOutside { field, text });
    }

    /// Takes in the whole text from the editor: one step of undo, and nothing where it is the same.
    pub(super) fn edited(&mut self, field: &TextField, text: &str, effects: &mut Vec<Effect>) {
        let Some(open) = &self.open else { return };
        let before = open
            .editor
            .session()
            .text(field)
            .unwrap_or_default()
            .to_owned();
        // A short text is one line here, whatever an editor makes of it.
        let text = if field.is_long() {
            text.to_owned()
        } else {
            text.lines()
                .map(str::trim)
                .filter(|line| !line.is_empty())
                .collect::<Vec<_>>()
                .join(" ")
        };
        if text == before {
            return self.say("The text came back as it was.");
        }
        let operation = Operation::EditText {
            field: field.clone(),
            at: 0,
            remove: before.len(),
            insert: text.clone(),
            typing: false,
        };
        if self.edit(operation) {
            effects.push(Effect::SaveNow);
            self.say("The text from your editor is in the field. Ctrl+Z takes it back.");
            if let Some(open) = &mut self.open
                && let Some(active) = &mut open.active
                && active.field == *field
            {
                active.edit = TextEdit::at_end(&text, field.is_long());
            }
        }
        self.settle_text();
    }

    /// Takes in the person's own templates, and says where what is shown became another one.
    pub(super) fn take_templates(&mut self, templates: Vec<Arc<OwnTemplate>>) {
        let Some(open) = &mut self.open else { return };
        let before = open.report.layout.id().to_owned();
        if !open.report.take_templates(templates) || self.notice.is_some() {
            return;
        }
        let Some(open) = &self.open else { return };
        match &open.report.layout {
            Layout::Own(template) => {
                let words = format!("By your own template {}.", template.path);
                self.say(words);
            }
            Layout::Form(form) => {
                let words = format!(
                    "Your template {before} is not there any more; this is the form {}.",
                    form.id
                );
                self.warn(words);
            }
        }
    }

    /// The next set of colours.
    pub(super) fn next_theme(&mut self) {
        self.theme = self.theme.next();
        let words = format!(
            "Colours: {}. The setting is theme in config.ron.",
            self.theme.name()
        );
        self.say(words);
    }

    /// Takes the mouse, or leaves it to the terminal.
    pub(super) fn toggle_mouse(&mut self, effects: &mut Vec<Effect>) {
        self.mouse = !self.mouse;
        effects.push(Effect::Mouse(self.mouse));
        self.say(if self.mouse {
            "The mouse is on: click and wheel. With Shift the terminal selects text as before."
        } else {
            "The mouse is off: the terminal selects text with it."
        });
    }

    /// Frames and signs in ASCII, or not.
    pub(super) fn toggle_ascii(&mut self) {
        self.ascii = !self.ascii;
        self.say(if self.ascii {
            "Frames and signs are in ASCII. The setting is ascii in config.ron."
        } else {
            "Frames and signs are drawn."
        });
    }

    /// Lets what is typed here be by the person whom the settings name, where they are in the room.
    pub(super) fn name_typist(&self, editor: &mut Editor, is_new: bool) {
        let Some(author) = self
            .author
            .as_deref()
            .map(str::trim)
            .filter(|name| !name.is_empty())
        else {
            return;
        };
        let known = |editor: &Editor| {
            let same = |name: &str| name.trim().to_lowercase() == author.to_lowercase();
            let participants = &editor.session().participants;
            participants
                .iter()
                .find(|one| same(&one.name))
                .map(|one| one.id.clone())
        };
        if is_new && known(editor).is_none() {
            let operation = Operation::AddParticipant {
                name: author.to_owned(),
            };
            // A name that is refused is only not in the room.
            let _ = editor.perform(operation, self.now);
        }
        // Whose turn it is in the room goes before who sits at this machine.
        if editor.typist().is_none() {
            let typist = known(editor);
            editor.set_typist(typist);
        }
    }
}
