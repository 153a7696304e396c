//! Earlier texts and versions in plain mode: the three lists read out with numbers, and the numbers
//! that put something back. What they do is decided where the full screen's box decides it.

use std::fmt::Write as _;

use ratatui::crossterm::event::KeyCode;

use super::State;
use super::act;
use super::asks;
use crate::tui::app::App;
use crate::tui::keymap::Action;
use crate::tui::overlays::Overlay;
use crate::tui::overlays::history::{History, List};

/// Earlier texts of what has this number; without one, the earlier versions of the session.
pub(super) fn ask(state: &mut State, rest: &str) {
    if rest.is_empty() {
        act::act(state, Action::History);
        if let Some(Overlay::History(history)) = &mut state.app.overlay {
            history.show(List::Session);
        }
    } else if let Some(target) = act::target(state, rest) {
        act::act_on(state, target, Action::History);
    }
}

/// Earlier texts and versions, with numbers.
pub(super) fn read_out(app: &App, history: &History) -> String {
    let lines = history.lines(app);
    let mut text = format!("{}.\n", history.heading());
    for (at, line) in lines.iter().enumerate() {
        let tail = match line.tail.as_str() {
            "" => String::new(),
            tail => format!(" ({tail})"),
        };
        let _ = writeln!(text, "{}. {}{tail}", at + 1, line.text);
    }
    if lines.is_empty() {
        let _ = writeln!(text, "{}", history.nothing());
    } else {
        text.push_str("A number puts that one back, show N reads it. ");
    }
    text.push_str("texts, versions and removed read the three lists, back leaves them.\n");
    text
}

/// An answer to the lists of earlier texts and versions: a number puts back, show N reads, the name
/// of a list reads that one.
pub(super) fn answer(state: &mut State, typed: &str) {
    let Some(Overlay::History(history)) = &mut state.app.overlay else {
        return;
    };
    let (word, rest) = act::split(typed);
    let lines = history.count();
    match (word.to_lowercase().as_str(), asks::number(word, lines)) {
        (_, Some(at)) => {
            history.selected = at;
            asks::press(state, KeyCode::Enter);
        }
        ("show" | "read", _) => {
            let Some(at) = asks::number(rest, lines) else {
                return state.say("Say a number of the list, such as: show 1.");
            };
            history.selected = at;
            let words = history.about();
            state.say(&words);
            state.say("Its number puts it back.");
            state.listed = true;
        }
        ("texts", _) => history.show(List::Text),
        ("versions", _) => history.show(List::Session),
        ("removed", _) => history.show(List::Removed),
        _ => state.say("Type a number of the list, or back."),
    }
}
