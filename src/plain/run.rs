//! Lines in, lines out: reads standard input on a thread of its own, performs effects with the stage
//! that the full screen uses too, and prints what is said. The one place of plain mode that touches
//! anything outside.
//!
//! A line is taken in only when everything is said that the line before brought about: whoever types
//! ahead, or reads from a file, gets the same as whoever waits.

use std::collections::VecDeque;
use std::io::{self, BufRead as _, IsTerminal as _, Write as _};
use std::sync::Arc;
use std::sync::mpsc::{self, Receiver, RecvTimeoutError, Sender};
use std::thread;

use super::{Reply, State, happened, interpret};
use crate::encode;
use crate::store::Outcome;
use crate::tui::app::{App, Effect, Event};
use crate::tui::events::{self, EventSender};
use crate::tui::run::{Start, keep_for_emergency, read_catalog};
use crate::tui::stage::{LastWords, PATIENCE, Stage};
use crate::tui::theme::Theme;

/// The size for which the program lays out what nobody sees, and what `screen` reads out.
const SIZE: (u16, u16) = (80, 40);

/// What comes in.
enum Incoming {
    Line(String),
    End,
    Event(Event),
}

/// Runs until the person leaves or the input ends.
pub fn run(start: Start) -> io::Result<LastWords> {
    let (events, from_stage) = mpsc::channel();
    let events = EventSender::from(events);
    let (sender, receiver) = mpsc::channel();
    read_catalog(start.catalog, &events);
    events::watch_for_end(&events);
    let folder = start.folder.root().display().to_string();
    let mut app = App::new(SIZE, Theme::None, start.zone, folder);
    app.author = start.author;
    app.command = start.command;
    let mut program = Program {
        state: State::new(app),
        stage: Stage::new(start.folder, events.clone()).with_templates(start.templates),
        events,
        receiver,
        ahead: VecDeque::new(),
        reading: false,
        looking_back: false,
        marks: 0,
        prompts: io::stdin().is_terminal(),
        ascii: start.ascii,
    };
    forward(from_stage, sender.clone());
    read_lines(sender);
    let first = match start.open {
        Some(argument) => Effect::Open(argument),
        None => Effect::ListSessions,
    };
    program.wait_for_catalog()?;
    program.carry_out(Reply {
        text: start
            .notice
            .map_or_else(String::new, |words| format!("{words}\n")),
        effects: vec![first],
        ..Reply::default()
    })?;
    program.prompt()?;
    program.work()?;
    let words = program.stage.end();
    keep_for_emergency(None);
    Ok(words)
}

fn forward(from: Receiver<Event>, to: Sender<Incoming>) {
    let work = move || {
        for event in from {
            if to.send(Incoming::Event(event)).is_err() {
                return;
            }
        }
    };
    spawn("events", work);
}

fn read_lines(to: Sender<Incoming>) {
    let work = move || {
        let mut input = io::stdin().lock();
        let mut bytes = Vec::new();
        loop {
            bytes.clear();
            // What is no UTF-8 becomes a visible mark; the rest of the line is kept.
            match input.read_until(b'\n', &mut bytes) {
                Ok(0) | Err(_) => break,
                Ok(_) => {}
            }
            let line = String::from_utf8_lossy(&bytes);
            let line = line.trim_end_matches(['\n', '\r']).to_owned();
            if to.send(Incoming::Line(line)).is_err() {
                return;
            }
        }
        let _ = to.send(Incoming::End);
    };
    spawn("lines", work);
}

fn spawn(name: &str, work: impl FnOnce() + Send + 'static) {
    thread::Builder::new()
        .name(name.to_owned())
        .spawn(work)
        .expect("a thread can be started before anything else runs");
}

#[allow(clippy::struct_excessive_bools)] // each is a fact of its own
struct Program {
    state: State,
    stage: Stage,
    /// Events of our own: what comes back behind the stage's says that the stage is done.
    events: EventSender,
    receiver: Receiver<Incoming>,
    /// Lines that came before they could be taken in.
    ahead: VecDeque<Incoming>,
    /// Sessions are being read in the background, and the list waits for them.
    reading: bool,
    /// Earlier versions are being read in the background, and what was asked about them waits.
    looking_back: bool,
    /// Marks that were sent behind the stage's work and have not come back. A wait within a wait takes
    /// in the marks of both, so they are counted in one place.
    marks: usize,
    /// Whether somebody sits there and is to be shown that the next line is theirs.
    prompts: bool,
    ascii: bool,
}

impl Program {
    fn wait_for_catalog(&mut self) -> io::Result<()> {
        while self.state.app.catalog.is_none() && !self.state.app.quitting {
            match self.receiver.recv() {
                Ok(Incoming::Event(Event::Failed(words))) => return Err(io::Error::other(words)),
                Ok(Incoming::Event(event)) => {
                    if let Event::Catalog(catalog) = &event {
                        self.stage.know(Arc::clone(catalog));
                    }
                    let now = self.stage.now();
                    happened(&mut self.state, event, now);
                }
                Ok(line) => self.ahead.push_back(line),
                Err(_) => return Ok(()),
            }
        }
        Ok(())
    }

    fn work(&mut self) -> io::Result<()> {
        while !self.state.app.quitting {
            let incoming = match self.ahead.pop_front() {
                Some(line) => line,
                None => match self.receiver.recv() {
                    Ok(incoming) => incoming,
                    Err(_) => return Ok(()),
                },
            };
            match incoming {
                Incoming::Line(line) => {
                    let now = self.stage.now();
                    let reply = interpret(&mut self.state, &line, now);
                    self.carry_out(reply)?;
                    self.prompt()?;
                }
                Incoming::Event(event) => {
                    if self.take_in(event)? {
                        self.prompt()?;
                    }
                }
                Incoming::End => return Ok(()),
            }
        }
        Ok(())
    }

    /// Takes in what happened; whether anything was said.
    fn take_in(&mut self, event: Event) -> io::Result<bool> {
        if matches!(event, Event::OutOfStep)
            && let Some(open) = &self.state.app.open
        {
            self.stage.replace(open.editor.session().clone());
        }
        match event {
            Event::Summaries(_) => self.reading = false,
            Event::Past(_) | Event::Failed(_) => self.looking_back = false,
            _ => {}
        }
        let now = self.stage.now();
        let reply = happened(&mut self.state, event, now);
        let says = !reply.text.is_empty();
        self.carry_out(reply)?;
        Ok(says)
    }

    fn carry_out(&mut self, reply: Reply) -> io::Result<()> {
        self.print(&reply.text)?;
        if reply.save {
            let words = self.save_now();
            self.print(&words)?;
        }
        if reply.effects.is_empty() {
            return Ok(());
        }
        for effect in reply.effects {
            self.reading |= matches!(effect, Effect::Summarise(_));
            self.looking_back |= matches!(effect, Effect::ReadPast { .. });
            self.stage.perform(effect);
        }
        keep_for_emergency(self.stage.handle());
        self.wait_for_stage()
    }

    /// Says everything that the stage answers, before the next line is taken in.
    fn wait_for_stage(&mut self) -> io::Result<()> {
        // A size that did not change means nothing, and comes behind all that the stage said.
        let mark = || Event::Resize(SIZE.0, SIZE.1);
        if self.events.send(mark()).is_err() {
            return Ok(());
        }
        self.marks += 1;
        while self.marks > 0 || self.reading || self.looking_back {
            match self.receiver.recv_timeout(PATIENCE) {
                Ok(Incoming::Event(Event::Resize(..))) => {
                    self.marks = self.marks.saturating_sub(1);
                }
                Ok(Incoming::Event(event)) => _ = self.take_in(event)?,
                Ok(line) => self.ahead.push_back(line),
                // Without the titles the list still has the names.
                Err(RecvTimeoutError::Timeout) if self.reading => {
                    self.reading = false;
                    let reply = interpret(&mut self.state, "list", self.stage.now());
                    self.print(&reply.text)?;
                }
                Err(RecvTimeoutError::Timeout) if self.looking_back => {
                    self.looking_back = false;
                    self.print("The disk is slow: the earlier versions are still being read.\n")?;
                }
                Err(RecvTimeoutError::Timeout) => {}
                Err(RecvTimeoutError::Disconnected) => return Ok(()),
            }
        }
        Ok(())
    }

    fn save_now(&self) -> String {
        let Some(handle) = self.stage.handle() else {
            return "There is nothing to save.\n".to_owned();
        };
        match handle.save_now(PATIENCE) {
            Outcome::Safe { path, .. } => {
                let clock = self.state.app.clock(self.stage.now());
                format!("Saved {clock} in {}.\n", path.display())
            }
            Outcome::Failed(error) => format!("NOT SAVED: {}.\n", error.reason()),
            Outcome::NoAnswer => "The disk has not answered yet; it is tried again.\n".to_owned(),
        }
    }

    fn print(&self, text: &str) -> io::Result<()> {
        if text.is_empty() {
            return Ok(());
        }
        let text = encode::screen_lines(text);
        let text = if self.ascii {
            encode::ascii(&text)
        } else {
            text
        };
        let mut out = io::stdout().lock();
        out.write_all(text.as_bytes())?;
        if !text.ends_with('\n') {
            out.write_all(b"\n")?;
        }
        out.flush()
    }

    /// Shows whoever sits there that the next line is theirs, and for what.
    fn prompt(&self) -> io::Result<()> {
        if !self.prompts || self.state.app.quitting {
            return Ok(());
        }
        let mut out = io::stdout().lock();
        write!(out, "{}> ", self.state.asks())?;
        out.flush()
    }
}
