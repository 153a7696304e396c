//! Words that move about: into what has a number, to steps and cells, one step out, and away. Not for
//! words that write.

use super::act::{act, act_on, split, target};
use super::home;
use super::print;
use super::state::State;
use super::words::Word;
use crate::session::place::Step;
use crate::tui::app::Effect;
use crate::tui::keymap::Action;
use crate::tui::overlays::palette::{Palette, What, carry_out};
use crate::tui::screens::home::HomeLine;

pub(super) fn open(state: &mut State, rest: &str) {
    if state.open().is_some() {
        let (number, _) = split(rest);
        if let Some(target) = target(state, number) {
            act_on(state, target, Action::Enter);
            if state.said.is_empty() && state.app.notice.is_none() {
                state.app.finish(&mut state.effects);
                if state
                    .open()
                    .is_some_and(|open| open.active.is_none() && open.threat.is_none())
                {
                    print::list(state);
                }
            }
        }
        return;
    }
    let Ok(number) = rest.parse::<usize>() else {
        if rest.is_empty() {
            return state.say("Say a number of the list, or a session's name.");
        }
        return state.effects.push(Effect::Open(rest.to_owned()));
    };
    let line = number
        .checked_sub(1)
        .and_then(|at| state.home.get(at))
        .cloned();
    match line {
        Some(HomeLine::New) => home::begin(state, ""),
        Some(_) => {
            state.app.home.selected = number - 1;
            act(state, Action::Enter);
        }
        None => state.say("There is nothing of that number. list reads the sessions out."),
    }
}

pub(super) fn quit(state: &mut State) {
    act(state, Action::Quit);
    state.quit = state.app.quitting;
    if let Some(notice) = &mut state.app.notice {
        notice.text = notice.text.replace(
            "Ctrl+S tries again, Ctrl+C twice leaves",
            "save tries again, Ctrl+C leaves",
        );
    }
}

/// One step out, or the whole way to the list of sessions.
pub(super) fn out(state: &mut State, word: Word) {
    if state.open().is_none() {
        act(state, Action::Back);
        if state.app.notice.is_some() {
            state.app.notice = None;
            state.say("This is the start. quit leaves; everything is saved.");
        } else {
            home::list(state);
        }
        return;
    }
    // The map is for the eye: here one step out of a card is out of the session.
    for _ in 0..8 {
        let before = state.place();
        act(state, Action::Back);
        let moved = state.place() != before;
        if state.app.notice.is_some() || (word == Word::Out && moved) {
            break;
        }
    }
    if state.open().is_none() {
        state.app.notice = None;
        state.say("Saved.");
    }
}

pub(super) fn back(state: &mut State) {
    if state.open().is_some_and(|open| open.threat.is_some()) {
        state.app.leave_threat();
    } else {
        state.app.go_cell(-1);
    }
}

pub(super) fn step(state: &mut State, word: Word) {
    let step = match word {
        Word::Scope => Step::Scope,
        Word::Harden => Step::Harden,
        Word::Review => Step::Review,
        Word::Report => Step::Report,
        _ => Step::Threats,
    };
    let here = state
        .open()
        .is_some_and(|open| open.step == step && open.threat.is_none());
    state.app.go_step(step.number());
    if here {
        print::place(state);
    } else if step == Step::Report {
        state.say(
            "form NAME chooses the form, names off leaves names out, export PATH writes the file.",
        );
    }
}

/// To the best of what the palette finds among the cells.
pub(super) fn go(state: &mut State, words: &str) {
    let mut palette = Palette::open(&state.app);
    palette
        .line
        .paste(&format!("go to {}", words.replace([':', ','], " ")));
    palette.search(&state.app);
    palette
        .entries
        .retain(|entry| matches!(entry.what, What::Cell(_)) && entry.text.starts_with("Go to "));
    match palette.entries.len() {
        0 => state.say("No cell has these words in its name. review lists them all."),
        1..=12 => {
            let entry = palette.entries.remove(0);
            carry_out(&mut state.app, entry, &mut state.effects);
        }
        many => state.say(&format!(
            "{many} cells have these words in their names: say one more."
        )),
    }
}
