//! The one place where the loop waits, and how others put something in.

use std::collections::VecDeque;
use std::io;
use std::sync::mpsc::{self, Receiver, Sender};
use std::time::{Duration, Instant};

use ratatui::crossterm::event::{self, Event as TerminalEvent};

use super::waiter::{Waiter, Waker};
use crate::tui::app::Event;

/// How long the terminal layer is asked for more. It reads nothing where no time is given, and looks
/// for as long as it is given where nothing is there.
const MOMENT: Duration = Duration::from_micros(5);

/// When it is asked once more after something came: a processor that was taken away just in that
/// moment must not leave a key lying until the next one.
const SETTLE: Duration = Duration::from_millis(100);

/// The most events of the terminal that are taken at once: a stream without an end must not keep the
/// screen from being drawn.
const MOST: usize = 16_384;

/// Puts events into an inbox, from any thread.
#[derive(Clone, Debug)]
pub struct EventSender {
    sender: Sender<Event>,
    waker: Option<Waker>,
}

impl EventSender {
    /// Puts an event in and wakes who waits.
    ///
    /// # Errors
    ///
    /// The event comes back where nobody will ever take it out.
    pub fn send(&self, event: Event) -> Result<(), mpsc::SendError<Event>> {
        self.sender.send(event)?;
        if let Some(waker) = &self.waker {
            waker.wake();
        }
        Ok(())
    }
}

impl From<Sender<Event>> for EventSender {
    /// For a channel that is waited for by itself.
    fn from(sender: Sender<Event>) -> Self {
        Self {
            sender,
            waker: None,
        }
    }
}

/// Where the loop takes its events from.
#[derive(Debug)]
pub struct Inbox {
    reports: Receiver<Event>,
    waiter: Waiter,
    /// What was taken from the terminal and not yet given out.
    taken: VecDeque<Event>,
    /// Until when the terminal layer is asked once more.
    unsettled: Option<Instant>,
}

impl Inbox {
    /// An inbox for signals and the terminal at once, and who puts other events in.
    ///
    /// # Errors
    ///
    /// Where the system refuses a pipe or to tell of signals.
    pub fn new() -> io::Result<(EventSender, Self)> {
        let (sender, reports) = mpsc::channel();
        let (waiter, waker) = Waiter::new()?;
        let sender = EventSender {
            sender,
            waker: Some(waker),
        };
        let inbox = Self {
            reports,
            waiter,
            taken: VecDeque::new(),
            unsettled: None,
        };
        Ok((sender, inbox))
    }

    /// What others put in, one at a time; nothing where nothing comes before `end`.
    pub fn report_before(&self, end: Instant) -> Option<Event> {
        let left = end.saturating_duration_since(Instant::now());
        self.reports.recv_timeout(left).ok()
    }

    /// Everything that happened, at least one event; nothing where the time is over before.
    pub fn wait(&mut self, limit: Option<Duration>) -> Vec<Event> {
        let end = limit.map(|limit| Instant::now() + limit);
        loop {
            let mut events: Vec<Event> = self.taken.drain(..).collect();
            events.extend(self.reports.try_iter());
            if !events.is_empty() {
                return events;
            }
            let now = Instant::now();
            if end.is_some_and(|end| now >= end) {
                return events;
            }
            let until = [end, self.unsettled].into_iter().flatten().min();
            let left = until.map(|until| until.saturating_duration_since(now));
            if self.waiter.wait(left).is_err() {
                return vec![Event::Terminate];
            }
            if self.unsettled.is_some_and(|until| Instant::now() >= until) {
                self.unsettled = None;
            }
            if self.waiter.must_end() {
                self.taken.push_back(Event::Terminate);
            }
            self.take_size();
            self.take_from_terminal();
        }
    }

    /// For the time in which another program has the terminal: what was meant for it is no sign to us.
    pub fn forget_interrupts(&self) {
        self.waiter.forget_interrupts();
    }

    fn take_size(&mut self) {
        if self.waiter.is_resized()
            && let Ok((columns, rows)) = ratatui::crossterm::terminal::size()
        {
            self.taken.push_back(Event::Resize(columns, rows));
        }
    }

    /// Everything that is there. Nothing is waited for.
    fn take_from_terminal(&mut self) {
        while self.taken.len() < MOST {
            let read = match event::poll(MOMENT) {
                Ok(true) => event::read(),
                Ok(false) => return,
                Err(error) => Err(error),
            };
            self.unsettled = Some(Instant::now() + SETTLE);
            match read {
                Ok(TerminalEvent::Key(key)) => self.taken.push_back(Event::Key(key)),
                Ok(TerminalEvent::Paste(text)) => self.taken.push_back(Event::Paste(text)),
                Ok(TerminalEvent::Mouse(mouse)) => self.taken.push_back(Event::Mouse(mouse)),
                Ok(TerminalEvent::Resize(columns, rows)) if !Waiter::SEES_SIZES => {
                    self.taken.push_back(Event::Resize(columns, rows));
                }
                Ok(_) => {}
                Err(_) => {
                    self.taken.push_back(Event::Terminate);
                    return;
                }
            }
        }
        // There may be more: the rest is taken at once after the next frame.
        self.unsettled = Some(Instant::now());
    }
}
