//! Lines that are no commands: the text of a field, a number that was asked for, a path, yes or no.
//! A few words lead out of every question; only where a text is typed every line is text.

use ratatui::crossterm::event::{KeyCode, KeyEvent, KeyModifiers};

use super::State;
use super::edit;
use super::past;
use super::print;
use super::state::Asks;
use crate::session::place::TextField;
use crate::tui::app::Effect;
use crate::tui::overlays::{self, Overlay};

/// The words that lead out of every question.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Aside {
    Back,
    Help,
    Again,
    Quit,
}

/// What a line says about the question instead of answering it.
fn aside(line: &str) -> Option<Aside> {
    Some(match line.trim().to_lowercase().as_str() {
        "." | "out" | "esc" | "back" | "close" => Aside::Back,
        "help" | "?" => Aside::Help,
        "again" => Aside::Again,
        "quit" | "exit" | "bye" => Aside::Quit,
        _ => return None,
    })
}

/// What leads out of every question, in a sentence.
const WAYS_OUT: &str = "back leaves the question, again says it once more, quit leaves the program; \
                        all is saved.";

/// Takes in the answer to what was asked.
pub(super) fn answer(state: &mut State, line: &str) {
    let is_text = matches!(state.asks, Some(Asks::Text { .. }));
    if !is_text && let Some(said) = aside(line) {
        return step_aside(state, said);
    }
    match state.asks.take() {
        Some(Asks::Text {
            field,
            joins,
            begun,
        }) => text(state, line, field, joins, begun),
        Some(Asks::Brief { title, briefs }) => {
            let line = line.trim();
            let number = if line.is_empty() {
                Some(1)
            } else {
                line.parse().ok()
            };
            let chosen = number.and_then(|number: usize| briefs.get(number.checked_sub(1)?));
            let Some(brief) = chosen.cloned() else {
                state.say(&format!(
                    "Type a number from 1 to {}, or back.",
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

/// Leaves the question, explains it, or leaves the program.
fn step_aside(state: &mut State, said: Aside) {
    let asked = state.asks.take();
    match (said, asked) {
        (Aside::Quit, _) => {
            state.app.overlay = None;
            super::go::quit(state);
        }
        (Aside::Back, Some(Asks::Overlay)) => press(state, KeyCode::Esc),
        (Aside::Back, _) => state.say("Nothing was begun."),
        (Aside::Help, asked) => {
            if let Some(Asks::Brief { briefs, .. }) = &asked {
                state.say(&format!(
                    "An assignment says what a finished session holds. Type its number, from 1 to {}.",
                    briefs.len()
                ));
            }
            state.say(WAYS_OUT);
            state.asks = asked;
        }
        (Aside::Again, Some(Asks::Brief { title, .. })) => super::home::begin(state, &title),
        (Aside::Again, asked) => state.asks = asked,
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
        (true, ..) | (false, true, false) => format!("{before}\n{line}"),
        _ => line.to_owned(),
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
        Some(Overlay::History(history)) if history.past.is_none() || state.listed => {
            state.asks = Some(Asks::Overlay);
        }
        Some(Overlay::History(history)) => {
            let words = past::read_out(&state.app, history);
            state.say(&words);
            state.asks = Some(Asks::Overlay);
        }
        Some(Overlay::Ratings(_)) => {
            state.app.overlay = None;
            let words = print::ratings(&state.app);
            state.say(&words);
        }
        Some(Overlay::Menu(menu)) => {
            let words = print::menu(menu);
            state.say(&words);
            state.asks = Some(Asks::Overlay);
        }
        Some(Overlay::Question { text, .. }) => {
            let words = format!("{text} Type yes or no.");
            state.say(&words);
            state.asks = Some(Asks::Overlay);
        }
        Some(Overlay::Ask { asked, line }) => {
            let words = line_in_words(asked.heading(), &line.text);
            state.say(&words);
            state.asks = Some(Asks::Overlay);
        }
        Some(Overlay::Path(prompt)) => {
            let words = line_in_words(prompt.heading(), &prompt.line.text);
            state.say(&words);
            state.asks = Some(Asks::Overlay);
        }
        Some(_) => {
            let words = print::screen(&state.app);
            state.say(&words);
            state.say("Type the name of a key, such as Enter or Down; a text; or back.");
            state.asks = Some(Asks::Overlay);
        }
    }
}

/// What a line is asked for, and what stands in it.
fn line_in_words(heading: &str, text: &str) -> String {
    if text.is_empty() {
        return format!("{heading}: type it, back leaves it.");
    }
    let text = print::quoted(text);
    format!("{heading}: Enter alone takes {text}, back leaves it.")
}

/// An answer to the box over the screen.
fn overlay(state: &mut State, line: &str) {
    let typed = line.trim();
    let code = match &mut state.app.overlay {
        None => return,
        Some(Overlay::History(_)) => return past::answer(state, typed),
        Some(Overlay::Menu(menu)) => match number(typed, menu.entries.len()) {
            Some(at) => {
                menu.selected = at;
                KeyCode::Enter
            }
            None => return,
        },
        Some(Overlay::Question { .. }) => match typed.to_lowercase().as_str() {
            "y" | "yes" => KeyCode::Char('y'),
            "n" | "no" => KeyCode::Char('n'),
            _ => return,
        },
        Some(
            Overlay::Ask { line, .. } | Overlay::Path(overlays::path::PathPrompt { line, .. }),
        ) => {
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
    press(state, code);
}

pub(super) fn press(state: &mut State, code: KeyCode) {
    let key = KeyEvent::new(code, KeyModifiers::NONE);
    let mut effects = Vec::new();
    overlays::key(&mut state.app, key, &mut effects);
    state.effects.extend(effects);
}

/// A number of a list of so many lines, from 0.
pub(super) fn number(typed: &str, lines: usize) -> Option<usize> {
    let at = typed.parse::<usize>().ok()?.checked_sub(1)?;
    (at < lines).then_some(at)
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
