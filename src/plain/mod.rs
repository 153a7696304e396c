//! Plain mode: the same questions and the same file, line by line, for screen readers, for terminals
//! that cannot place a cursor, and for scripts. No colour, no redraw, words as commands.
//!
//! [`interpret`] decides and does nothing: what is to be done outside comes back as effects, and
//! [`run`] performs them with the same stage and the same saver as the full screen. Places and rows
//! are those of the full screen too, so that nothing can be done in one and not in the other; only
//! how they are said is decided here. Not for drawing.

mod act;
mod asks;
mod decide;
mod edit;
mod go;
mod home;
mod past;
mod print;
pub mod run;
mod state;
pub mod words;
mod write;
mod write_up;

use jiff::Timestamp;

use crate::tui::app::{Effect, Event};

pub use state::State;

/// What a line brings about.
#[derive(Debug, Default, PartialEq, Eq)]
pub struct Reply {
    /// What is said.
    pub text: String,
    /// What is to be done outside.
    pub effects: Vec<Effect>,
    /// The disk is to be waited for, and what came of it to be said.
    pub save: bool,
    /// The program is to end.
    pub quit: bool,
}

/// Takes in one line as it was typed, without its line break.
pub fn interpret(state: &mut State, line: &str, now: Timestamp) -> Reply {
    state.begin(now);
    let place = state.place();
    if state.asks.is_some() {
        asks::answer(state, line);
    } else {
        act::command(state, line);
    }
    state.end(place.as_ref())
}

/// Takes in something that happened outside.
pub fn happened(state: &mut State, event: Event, now: Timestamp) -> Reply {
    state.begin(now);
    let place = state.place();
    home::happened(state, event, now);
    state.end(place.as_ref())
}
