//! The list of sessions in plain mode, and what happens outside: a session opens, a save fails.

use std::fmt::Write as _;

use jiff::Timestamp;

use super::State;
use super::print;
use crate::tui::app::{Effect, Event};
use crate::tui::overlays::briefs;
use crate::tui::screens::home::{self, HomeLine};

/// What a first line says about the words that begin.
const FIRST: &str = "Type a word and press Enter. help lists the words, quit leaves; all is saved by \
                     itself.";

/// Reads the sessions out, with numbers.
pub(super) fn list(state: &mut State) {
    let app = &state.app;
    let lines = app.home.lines();
    let mut text = String::new();
    if let Some(trash) = &app.home.trash {
        text.push_str(if trash.is_empty() {
            "The trash is empty. out goes back.\n"
        } else {
            "In the trash. open N brings a session back, out goes back.\n"
        });
    } else {
        text.push_str("Sessions. new TITLE begins one, open N opens one.\n");
    }
    for (at, line) in lines.iter().enumerate() {
        let words = match line {
            HomeLine::Session(index) => {
                let Some(session) = app.home.sessions.as_ref().and_then(|all| all.get(*index))
                else {
                    continue;
                };
                let first = if *index == 0 {
                    "continue where you stopped: "
                } else {
                    ""
                };
                let age = session
                    .modified
                    .map_or_else(String::new, |time| app.age(time));
                format!(
                    "{first}{} ({}, {age})",
                    home::title(session),
                    home::progress(session)
                )
            }
            HomeLine::New => "begin a new session".to_owned(),
            HomeLine::Example(file) => format!("finished example: {}", home::example_title(file)),
            HomeLine::Trashed(index) => {
                let Some(session) = app.home.trash.as_ref().and_then(|all| all.get(*index)) else {
                    continue;
                };
                home::title(session)
            }
        };
        let _ = writeln!(text, "{}. {words}", at + 1);
    }
    state.home = lines;
    state.say(&text);
}

/// Takes in something that happened outside, and says what a person has to know.
pub(super) fn happened(state: &mut State, event: Event, now: Timestamp) {
    match event {
        Event::Sessions(_) | Event::Trash(_) => {
            let first = state.app.home.sessions.is_none();
            take_in(state, event, now);
            if first {
                let folder = state.app.folder.clone();
                state.say(&format!(
                    "Astride, guided threat modelling. Sessions are in {folder}."
                ));
                state.say(FIRST);
            }
            // The titles come with the summaries; where nothing is to be read, now.
            if !state
                .effects
                .iter()
                .any(|effect| matches!(effect, Effect::Summarise(_)))
            {
                list(state);
            }
        }
        Event::Summaries(_) => {
            take_in(state, event, now);
            if state.open().is_none() {
                list(state);
            }
        }
        Event::Opened(opened) => {
            let title = opened.session.title.clone();
            let is_new = opened.is_new;
            take_in(state, Event::Opened(opened), now);
            if state.open().is_some_and(|open| open.read_only.is_none()) {
                state.app.notice = None;
            }
            state.say(&format!("Session {}.", print::quoted(&title)));
            if is_new {
                state.say(
                    "Read the question aloud. take N takes a suggestion, add TEXT writes a threat of \
                     your own, help lists the words.",
                );
            }
            stopped_here(state);
        }
        Event::SaveFailed(reason) => {
            let words = format!(
                "NOT SAVED: {}. Go on; it is tried again. save tries at once.",
                reason.reason
            );
            take_in(state, Event::SaveFailed(reason), now);
            state.say(&words);
        }
        other => take_in(state, other, now),
    }
}

fn take_in(state: &mut State, event: Event, now: Timestamp) {
    let effects = state.app.update(event, now);
    state.effects.extend(effects);
}

/// Somebody stopped in mid-sentence: says where, and leaves the field, for there is no cursor here.
fn stopped_here(state: &mut State) {
    let Some(open) = &mut state.app.open else {
        return;
    };
    let Some(active) = open.active.take() else {
        return;
    };
    let text = open
        .editor
        .session()
        .text(&active.field)
        .unwrap_or_default()
        .to_owned();
    if text.is_empty() {
        return;
    }
    state.say(&format!(
        "Here you stopped: {} It is kept; in the list it has a number, and more N goes on with it.",
        print::quoted(&text)
    ));
}

/// Begins a new session: with one assignment at once, otherwise after asking which.
pub(super) fn begin(state: &mut State, title: &str) {
    let title = if title.is_empty() {
        home::default_title(&state.app)
    } else {
        title.to_owned()
    };
    let known = briefs(&state.app);
    let mut text = String::from("Which assignment? Type its number; Enter alone takes 1.\n");
    for (at, brief) in known.iter().enumerate() {
        let _ = writeln!(text, "{}. {}", at + 1, brief.name);
    }
    let briefs = known.into_iter().map(|brief| brief.id.clone()).collect();
    state.say(&text);
    state.asks = Some(super::state::Asks::Brief { title, briefs });
}
