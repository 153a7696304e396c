//! Changes of the session that a word asks for, as the full screen makes them: named operations
//! through the program, which knows about read-only sessions and refusals.

use ratatui::crossterm::event::KeyCode;

use super::state::State;
use crate::session::edit::Operation;
use crate::session::place::{DraftKey, TextField};

/// The text of a field; empty where there is none.
pub(super) fn text_of(state: &State, field: &TextField) -> String {
    state
        .open()
        .and_then(|open| open.editor.session().text(field))
        .unwrap_or_default()
        .to_owned()
}

/// Makes one edit, and says the words where it was made; where not, the program says why.
pub(super) fn perform(state: &mut State, operation: Operation, words: &str) -> bool {
    let made = state.app.edit(operation);
    if made {
        state.app.notice = None;
        state.say(words);
    }
    made
}

/// Puts another text into a field.
pub(super) fn replace(state: &mut State, field: &TextField, text: &str) -> bool {
    let before = text_of(state, field);
    if before == text {
        return true;
    }
    let operation = Operation::EditText {
        field: field.clone(),
        at: 0,
        remove: before.len(),
        insert: text.to_owned(),
        typing: false,
    };
    perform(state, operation, "")
}

/// A short text that was typed whole. What was being drafted becomes an answer.
pub(super) fn answer(state: &mut State, field: &TextField, typed: &str, joins: bool) {
    let before = text_of(state, field);
    let text = if joins {
        format!("{before}{typed}")
    } else {
        typed.to_owned()
    };
    let TextField::Draft(key) = field else {
        if replace(state, field, &text) {
            state.say("Noted.");
        }
        return;
    };
    let Some(operation) = Operation::answering(key, text.trim().to_owned()) else {
        if replace(state, field, &text) {
            state.say("Noted.");
        }
        return;
    };
    // The draft is the answer now: it goes with the same words, so that both are one step of undo.
    // A sentence is made of its drafts, so that its last part has to be one.
    let is_draft = !before.is_empty() || matches!(key, DraftKey::Sentence(..));
    if is_draft && !replace(state, field, text.trim()) {
        return;
    }
    perform(state, operation, "Recorded.");
}

/// The key of this name, without Ctrl.
pub(super) fn key_named(name: &str) -> Option<KeyCode> {
    let mut letters = name.chars();
    Some(match name.to_lowercase().as_str() {
        "enter" => KeyCode::Enter,
        "esc" => KeyCode::Esc,
        "up" => KeyCode::Up,
        "down" => KeyCode::Down,
        "left" => KeyCode::Left,
        "right" => KeyCode::Right,
        "tab" => KeyCode::Tab,
        "space" => KeyCode::Char(' '),
        "pgup" => KeyCode::PageUp,
        "pgdn" => KeyCode::PageDown,
        _ => match (letters.next(), letters.next()) {
            (Some(letter), None) => KeyCode::Char(letter),
            _ => return None,
        },
    })
}
