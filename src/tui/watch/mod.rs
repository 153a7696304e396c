//! The facilitator's second terminal: follows a session that others work on, and never writes.
//!
//! It shows where the team is and what comes next: the question with its hint ahead of time, whose turn
//! it is, the time box, parked thoughts, coverage. Small on purpose: one state, one drawing, one loop.
//! Nothing here takes a lock, keeps a version or touches a file in any way but reading it.

mod rows;
mod run;
mod view;

pub use run::{Start, run};
pub use view::draw_on;

use std::sync::Arc;

use jiff::Timestamp;
use jiff::tz::TimeZone;
use ratatui::crossterm::event::{KeyEvent, KeyEventKind};

use crate::catalog::Catalog;
use crate::session::types::Session;
use crate::tui::keymap::{self, Action, Context};
use crate::tui::theme::Theme;
use crate::tui::widgets::rows::{ListState, Row};

/// Everything that the watcher shows.
#[derive(Debug)]
pub struct Watch {
    /// Columns and rows of the terminal.
    pub size: (u16, u16),
    /// The colours.
    pub theme: Theme,
    /// For showing times.
    pub zone: TimeZone,
    /// What is known.
    pub catalog: Arc<Catalog>,
    /// The session as it was read last.
    pub session: Session,
    /// When it was read in this state for the first time.
    pub seen: Timestamp,
    /// Why the file cannot be read at the moment.
    pub problem: Option<String>,
    /// The time of the last event.
    pub now: Timestamp,
    /// The first visible line.
    pub list: ListState,
    /// What is shown.
    pub rows: Vec<Row>,
    /// Whether the program is to end.
    pub quitting: bool,
}

/// Something that happened to a watcher.
#[derive(Debug)]
pub enum Event {
    /// A key was pressed.
    Key(KeyEvent),
    /// The window has a new size.
    Resize(u16, u16),
    /// The file was read anew.
    Read(Box<Session>),
    /// The file could not be read, and why.
    Unreadable(String),
    /// Time passed.
    Tick,
    /// The program is to end.
    Terminate,
}

impl Watch {
    /// A watcher for a session that was just read.
    pub fn new(
        size: (u16, u16),
        theme: Theme,
        zone: TimeZone,
        catalog: Arc<Catalog>,
        session: Session,
        now: Timestamp,
    ) -> Self {
        let mut watch = Self {
            size,
            theme,
            zone,
            catalog,
            session,
            seen: now,
            problem: None,
            now,
            list: ListState::default(),
            rows: Vec::new(),
            quitting: false,
        };
        watch.refresh();
        watch
    }

    /// Decides what an event means.
    pub fn update(&mut self, event: Event, now: Timestamp) {
        self.now = now;
        match event {
            Event::Key(key) if key.kind != KeyEventKind::Release => self.key(&key),
            Event::Key(_) | Event::Tick => {}
            Event::Resize(columns, rows) => self.size = (columns, rows),
            Event::Read(session) => {
                // The team goes on to another cell: the top is what matters again.
                if session.working.place.cell != self.session.working.place.cell {
                    self.list.top = 0;
                }
                self.session = *session;
                self.seen = now;
                self.problem = None;
            }
            Event::Unreadable(why) => self.problem = Some(why),
            Event::Terminate => self.quitting = true,
        }
        self.refresh();
    }

    fn key(&mut self, key: &KeyEvent) {
        let page = usize::from(self.size.1 / 2).max(1);
        match keymap::meaning(&[Context::Watch], key) {
            Some(Action::Quit) => self.quitting = true,
            Some(Action::Up) => self.list.top = self.list.top.saturating_sub(1),
            Some(Action::Down) => self.list.top += 1,
            Some(Action::PageUp) => self.list.top = self.list.top.saturating_sub(page),
            Some(Action::PageDown) => self.list.top += page,
            Some(Action::First) => self.list.top = 0,
            _ => {}
        }
    }

    fn refresh(&mut self) {
        self.rows = rows::rows(self);
        let view = view::view(self);
        let total = view.total(&self.rows, usize::MAX);
        let last = total.saturating_sub(usize::from(view.area.height));
        self.list.top = self.list.top.min(last);
    }
}
