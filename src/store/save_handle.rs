//! How the rest of the program speaks to the saver: hands changes over, asks for saves.
//!
//! Not for saving: the thread on the other end is [`super::saver`].

use std::path::PathBuf;
use std::sync::mpsc::{self, Receiver, RecvTimeoutError, Sender, SyncSender};
use std::sync::{Arc, OnceLock};
use std::thread::{self, ThreadId};
use std::time::Duration;

use super::clock::Clock;
use super::location::Location;
use super::lock::Permit;
use super::save_error::SaveError;
use crate::session::edit::Delta;
use crate::session::types::Session;

/// What became of a demand to save.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Outcome {
    /// Everything handed over before is on disk.
    Safe {
        /// The file.
        path: PathBuf,
        /// The number of its last save.
        sequence: u64,
    },
    /// It is not.
    Failed(SaveError),
    /// No answer in time: the disk is slow or hangs. The save may still succeed.
    NoAnswer,
}

/// What the saver is told.
pub(super) enum Message {
    Changes {
        deltas: Vec<Delta>,
        at: Duration,
    },
    Replace {
        session: Box<Session>,
        at: Duration,
    },
    SaveNow(SyncSender<Outcome>),
    MoveTo {
        location: Box<Location>,
        permit: Permit,
        answer: SyncSender<Outcome>,
    },
    /// Ends if everything could be saved, or in any case.
    Finish {
        answer: SyncSender<Outcome>,
        in_any_case: bool,
    },
}

/// Hands changes over and asks for saves. Cheap to clone; for any thread, for signal handling and
/// for panic hooks. Nothing here waits, except for what the caller says.
#[derive(Clone)]
pub struct SaveHandle {
    pub(super) sender: Sender<Message>,
    pub(super) clock: Arc<dyn Clock>,
    pub(super) thread: ThreadId,
    /// What was said last, for those who ask after the end.
    pub(super) last_words: Arc<OnceLock<Outcome>>,
}

impl SaveHandle {
    /// Hands changes over, in the order in which they were made.
    pub fn changes(&self, deltas: Vec<Delta>) {
        if !deltas.is_empty() {
            let at = self.clock.elapsed();
            // If the saver is gone, a demand to save says so.
            let _ = self.sender.send(Message::Changes { deltas, at });
        }
    }

    /// Hands the whole session over, as an answer to
    /// [`SaverEvent::OutOfStep`](super::saver::SaverEvent::OutOfStep).
    pub fn replace(&self, session: Session) {
        let session = Box::new(session);
        let at = self.clock.elapsed();
        let _ = self.sender.send(Message::Replace { session, at });
    }

    /// Saves at once and waits for it, but not longer than `patience`.
    pub fn save_now(&self, patience: Duration) -> Outcome {
        self.ask(patience, Message::SaveNow)
    }

    /// Saves in another place from now on, and at once. Where that fails, everything stays as it
    /// was.
    pub fn move_to(&self, location: Location, permit: Permit, patience: Duration) -> Outcome {
        let location = Box::new(location);
        self.ask(patience, |answer| Message::MoveTo {
            location,
            permit,
            answer,
        })
    }

    pub(super) fn ask(
        &self,
        patience: Duration,
        question: impl FnOnce(SyncSender<Outcome>) -> Message,
    ) -> Outcome {
        self.put(question).wait(patience)
    }

    /// Asks, and leaves it to the caller when to wait for the answer.
    pub(super) fn put(&self, question: impl FnOnce(SyncSender<Outcome>) -> Message) -> Question {
        // A panic hook may run on the saver's own thread, which cannot answer itself.
        let can_answer = thread::current().id() != self.thread;
        let answer = can_answer.then(|| {
            let (answer, outcome) = mpsc::sync_channel(1);
            // If the saver is gone, so is the question, which says it as well as an error here.
            let _ = self.sender.send(question(answer));
            outcome
        });
        Question {
            answer,
            last_words: Arc::clone(&self.last_words),
        }
    }
}

/// What the saver was asked and did not answer yet.
pub(super) struct Question {
    /// Where the answer comes; nowhere if nobody can answer.
    answer: Option<Receiver<Outcome>>,
    last_words: Arc<OnceLock<Outcome>>,
}

impl Question {
    /// The answer, if it comes within `patience`.
    pub(super) fn wait(self, patience: Duration) -> Outcome {
        match self.answer.map(|answer| answer.recv_timeout(patience)) {
            Some(Ok(outcome)) => outcome,
            // It ended before: what it did last still holds.
            Some(Err(RecvTimeoutError::Disconnected)) => {
                self.last_words.get().cloned().unwrap_or(Outcome::NoAnswer)
            }
            Some(Err(RecvTimeoutError::Timeout)) | None => Outcome::NoAnswer,
        }
    }
}
