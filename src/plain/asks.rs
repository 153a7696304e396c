//! Lines that are no commands: the text of a field, a number that was asked for, a path, yes or no.

use ratatui::crossterm::event::{KeyCode, KeyEvent, KeyModifiers};

use super::State;
use super::edit;
use super::print;
use super::state::Asks;
use crate::encode::{ForeignText, foreign};
use crate::session::edit::Operation;
use crate::session::place::{DraftKey, TextField};
use crate::tui::app::Effect;
use crate::tui::overlays::{self, Overlay};

/// Takes in the answer to what was asked.
pub(super) fn answer(state: &mut State, line: &str) {
    match state.asks.take() {
        Some(Asks::Text {
            field,
            joins,
            begun,
        }) => text(state, line, field, joins, begun),
        Some(Asks::Brief { title, briefs }) => {
            let line = line.trim();
            if line == "." || line.eq_ignore_ascii_case("out") {
                return state.say("Nothing was begun.");
            }
            let number = if line.is_empty() {
                Some(1)
            } else {
                line.parse().ok()
            };
            let chosen = number.and_then(|number: usize| briefs.get(number.checked_sub(1)?));
            let Some(brief) = chosen.cloned() else {
                state.say(&format!(
                    "Type a number from 1 to {}, or a dot to go back.",
                    briefs.len()
                ));
                state.asks = Some(Asks::Brief { title, briefs });
                return;
            };
            let components = state
                .app
                .catalog
                .as_ref()
                .and_then(|catalog| catalog.brief(brief.as_str()))
                .map(|brief| brief.components.clone())
                .unwrap_or_default();
            state.effects.push(Effect::Create {
                title,
                brief,
                components,
            });
        }
        Some(Asks::Overlay) => overlay(state, line),
        None => {}
    }
}

/// A line of a text. A long text goes on until a line with a single dot; every line is in the
/// session as soon as it is there.
fn text(state: &mut State, line: &str, field: TextField, joins: bool, begun: bool) {
    let long = field.is_long();
    if line.trim_end() == "." || (!long && line.trim().is_empty()) {
        state.say(if begun {
            "Noted."
        } else {
            "Nothing was changed."
        });
        return;
    }
    // A line of two dots stands for one.
    let line = if line == ".." { "." } else { line };
    if !long {
        return edit::answer(state, &field, line, joins);
    }
    let before = edit::text_of(state, &field);
    let text = match (begun, joins, before.is_empty()) {
        (true, ..) | (false, true, false) => foreign!("{}\n{}", before, line),
        _ => line.into(),
    };
    if edit::replace(state, &field, &text) {
        state.asks = Some(Asks::Text {
            field,
            joins,
            begun: true,
        });
    }
}

/// Asks for the text of a field, and says what stands there.
pub(super) fn ask_for_text(state: &mut State, field: TextField, joins: bool) {
    let now = edit::text_of(state, &field);
    if !now.is_empty() {
        state.say(&format!("Now it says: {}", print::quoted(&now)));
    }
    state.say(match (field.is_long(), now.is_empty(), joins) {
        (true, true, _) => "Type the text. A line with a single dot ends it.",
        (true, false, false) => {
            "Type it anew. A line with a single dot ends it; at once, it stays as it is."
        }
        (true, false, true) => "Type how it goes on. A line with a single dot ends it.",
        (false, true, _) => "Type it, and press Enter.",
        (false, false, false) => "Type it anew, and press Enter. Enter alone keeps it.",
        (false, false, true) => "Type how it goes on, and press Enter.",
    });
    state.asks = Some(Asks::Text {
        field,
        joins,
        begun: false,
    });
}

/// What the full screen would ask for now is asked here: a field that was opened, a box.
pub(super) fn look(state: &mut State) {
    if let Some(open) = &mut state.app.open
        && let Some(active) = open.active.take()
    {
        ask_for_text(state, active.field, false);
        return;
    }
    match &state.app.overlay {
        None => {
            if state.asks == Some(Asks::Overlay) {
                state.asks = None;
            }
        }
        Some(Overlay::Help(_) | Overlay::Palette(_)) => {
            state.app.overlay = None;
            super::act::command(state, "help");
        }
        Some(Overlay::Question { text, .. }) => {
            let words = format!("{text} Type yes or no.");
            state.say(&words);
            state.asks = Some(Asks::Overlay);
        }
        Some(Overlay::Ask { asked, line }) => {
            let words = format!(
                "{}: Enter alone takes {}, a dot goes back.",
                asked.heading(),
                print::quoted(&line.text)
            );
            state.say(&words);
            state.asks = Some(Asks::Overlay);
        }
        Some(_) => {
            let words = print::screen(&state.app);
            state.say(&words);
            state.say("Type the name of a key, such as Enter, Down or Esc; or a text.");
            state.asks = Some(Asks::Overlay);
        }
    }
}

/// An answer to the box over the screen.
fn overlay(state: &mut State, line: &str) {
    let typed = line.trim();
    let esc =
        typed == "." || typed.eq_ignore_ascii_case("out") || typed.eq_ignore_ascii_case("esc");
    let code = match &mut state.app.overlay {
        None => return,
        Some(_) if esc => KeyCode::Esc,
        Some(Overlay::Question { .. }) => match typed.to_lowercase().as_str() {
            "y" | "yes" => KeyCode::Char('y'),
            "n" | "no" => KeyCode::Char('n'),
            _ => return,
        },
        Some(Overlay::Ask { line, .. }) => {
            if !typed.is_empty() {
                *line = overlays::InputLine::new(typed);
            }
            KeyCode::Enter
        }
        Some(_) => {
            let Some(code) = edit::key_named(typed) else {
                return type_into_box(state, typed);
            };
            code
        }
    };
    let key = KeyEvent::new(code, KeyModifiers::NONE);
    let mut effects = Vec::new();
    overlays::key(&mut state.app, key, &mut effects);
    state.effects.extend(effects);
}

/// Words typed into the line of a box, where it has one.
fn type_into_box(state: &mut State, typed: &str) {
    let Some(mut overlay) = state.app.overlay.take() else {
        return;
    };
    if let Some(line) = overlay.line_mut() {
        *line = overlays::InputLine::new(typed);
    }
    overlay.line_changed(&mut state.app);
    state.app.overlay = Some(overlay);
}

/// What the next line is asked for, in a word.
pub(super) const fn prompt(state: &State) -> &'static str {
    match &state.asks {
        None => "astride",
        Some(Asks::Text { .. }) => "text",
        Some(Asks::Brief { .. }) => "number",
        Some(Asks::Overlay) => "answer",
    }
}

/// The edit that makes an answer of what was typed for something new.
pub(super) fn operation(key: &DraftKey, text: ForeignText) -> Option<Operation> {
    Some(match key {
        DraftKey::Threat(cell) => Operation::AddThreat {
            cell: cell.clone(),
            title: text,
        },
        DraftKey::Mitigation(threat) => Operation::AddMitigation {
            threat: threat.clone(),
            what: text,
            verify: ForeignText::new(),
            controls: Vec::new(),
        },
        DraftKey::Assumption => Operation::AddAssumption { text },
        DraftKey::Participant => Operation::AddParticipant { name: text },
        DraftKey::ReviewNote => Operation::AddReviewNote { text },
        DraftKey::Parked => Operation::Park { text, cell: None },
        // A part of a sentence stays a draft until the sentence is taken.
        DraftKey::Sentence(..) => return None,
    })
}
