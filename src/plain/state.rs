//! What plain mode knows between two lines: the program's state, what was numbered in the last list,
//! and what the next line is asked for.

use jiff::Timestamp;

use super::Reply;
use super::{asks, print};
use crate::catalog::types::Id;
use crate::session::id::ThreatId;
use crate::session::place::{CellKey, Step, TextField};
use crate::tui::app::{App, Effect, OpenSession};
use crate::tui::screens::home::HomeLine;
use crate::tui::widgets::rows::Target;

/// The state of plain mode.
#[derive(Debug)]
pub struct State {
    /// The program, the same as behind the full screen.
    pub app: App,
    /// What the next line is asked for, where it is no command.
    pub(super) asks: Option<Asks>,
    /// What the numbers of the last list stand for: a number never means what was not said.
    pub(super) numbered: Vec<Target>,
    /// The same in the list of sessions.
    pub(super) home: Vec<HomeLine>,
    /// What is said in answer to this line.
    pub(super) said: String,
    /// What was said before, to be heard again.
    pub(super) before: String,
    pub(super) effects: Vec<Effect>,
    pub(super) save: bool,
    pub(super) quit: bool,
    /// The list that lies over the screen was read out before and is not to be heard again now.
    pub(super) listed: bool,
}

/// What the next line is asked for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Asks {
    /// A text of the session.
    Text {
        /// Which.
        field: TextField,
        /// Whether what stands there is kept, and the lines join it.
        joins: bool,
        /// Whether a line was taken in already.
        begun: bool,
    },
    /// The assignment of a new session of this title.
    Brief {
        /// Its title.
        title: String,
        /// The assignments in the order of their numbers.
        briefs: Vec<Id>,
    },
    /// What lies over the screen wants an answer.
    Overlay,
}

/// Where the team is: when it changes, the new place is read out.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Here {
    name: String,
    step: Step,
    cell: CellKey,
    threat: Option<ThreatId>,
}

impl State {
    /// Plain mode over a program that was just started.
    pub const fn new(app: App) -> Self {
        Self {
            app,
            asks: None,
            numbered: Vec::new(),
            home: Vec::new(),
            said: String::new(),
            before: String::new(),
            effects: Vec::new(),
            save: false,
            quit: false,
            listed: false,
        }
    }

    pub(super) fn begin(&mut self, now: Timestamp) {
        self.app.now = now;
        self.app.notice = None;
        self.said.clear();
        self.listed = false;
    }

    /// Brings everything up to date, and says what is to be said.
    pub(super) fn end(&mut self, place: Option<&Here>) -> Reply {
        self.app.finish(&mut self.effects);
        self.say_what_is_to_be_copied();
        if let Some(notice) = self.app.notice.take() {
            self.say(&notice.text);
        }
        asks::look(self);
        if self.app.open.is_some() && self.place().as_ref() != place && self.asks.is_none() {
            print::place(self);
        }
        if !self.said.is_empty() {
            self.before.clone_from(&self.said);
        }
        Reply {
            text: std::mem::take(&mut self.said),
            effects: std::mem::take(&mut self.effects),
            save: std::mem::take(&mut self.save),
            quit: self.quit || self.app.quitting,
        }
    }

    /// A clipboard needs a terminal that can do more than lines: here the text itself is said.
    fn say_what_is_to_be_copied(&mut self) {
        let effects = std::mem::take(&mut self.effects);
        for effect in effects {
            match effect {
                Effect::Copy(text) => {
                    self.app.notice = None;
                    self.say("To copy:");
                    self.say(&text);
                }
                other => self.effects.push(other),
            }
        }
    }

    /// What the next line is asked for, in a word.
    pub const fn asks(&self) -> &'static str {
        asks::prompt(self)
    }

    /// Says a sentence or several lines.
    pub(super) fn say(&mut self, words: &str) {
        if words.is_empty() {
            return;
        }
        self.said.push_str(words);
        if !words.ends_with('\n') {
            self.said.push('\n');
        }
    }

    /// The open session.
    pub(super) fn open(&self) -> Option<&OpenSession> {
        self.app.open.as_deref()
    }

    pub(super) fn place(&self) -> Option<Here> {
        let open = self.open()?;
        Some(Here {
            name: open.name.clone(),
            step: open.step,
            cell: open.cell.clone(),
            threat: open.threat.clone(),
        })
    }
}
