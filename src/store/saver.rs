//! The thread that saves while people type.
//!
//! It has its own copy of the session, its own clock, and needs nothing of the screen: an input
//! loop that is blocked for ever does not stop it. While there is nothing to save, it sleeps.

use std::sync::mpsc::{self, Receiver, RecvTimeoutError, SyncSender};
use std::sync::{Arc, OnceLock};
use std::thread;
use std::time::Duration;

use jiff::Timestamp;

use super::clock::Clock;
use super::replica::Replica;
use super::save::{Conflict, Saved, Warning, Writer};
use super::save_error::SaveError;
use super::save_handle::{Message, Outcome, Question, SaveHandle};
use super::schedule::{Pace, Schedule};
use crate::session::edit::Delta;

/// How many messages are taken in before a save that is due goes first.
const BATCH: usize = 1_024;
/// A large session is read back as a whole at most this often while people type.
const BETWEEN_LOOKS: Duration = Duration::from_secs(180);
/// How long dropping a saver waits for its last save.
const LAST_PATIENCE: Duration = Duration::from_secs(2);

/// What the saver says while it works.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum SaverEvent {
    /// Everything up to here is on disk.
    Saved {
        /// When.
        at: Timestamp,
        /// The number of the save.
        sequence: u64,
        /// How large the file is; 8 MiB are allowed.
        bytes: usize,
        /// How many lists of changes that need a save are in it, counted from the start. What was
        /// handed over after those is not on disk yet.
        changes: u64,
        /// What did not work out besides.
        warning: Option<Warning>,
    },
    /// It is not on disk. It is tried again by itself; typing goes on.
    Failed {
        /// Why.
        error: SaveError,
        /// How long until the next attempt.
        retry_in: Duration,
    },
    /// Somebody else changed the file; this session has another one from now on.
    Conflict(Conflict),
    /// A change did not fit. Answer with [`SaveHandle::replace`]; until then changes are not
    /// taken in, and what was taken in before is kept.
    OutOfStep,
}

/// The saver of one open session. Dropping it saves what is not saved and lets the lock go.
pub struct Saver {
    handle: SaveHandle,
    /// The demand to finish, where it was made before anybody waits for the answer.
    finishing: Option<Question>,
    ended: bool,
}

/// What could not be saved at the end. The saver is still there and still tries.
pub struct Unfinished {
    /// The saver.
    pub saver: Saver,
    /// What became of the last save.
    pub outcome: Outcome,
}

impl Saver {
    /// Starts saving the session of `replica` with `writer`, and tells `notify` what happens. `notify` runs on
    /// the saver's thread and must not wait.
    pub fn start(
        writer: Writer,
        replica: Replica,
        clock: Arc<dyn Clock>,
        pace: Pace,
        notify: impl Fn(SaverEvent) + Send + 'static,
    ) -> Result<Self, SaveError> {
        let (sender, messages) = mpsc::channel();
        let last_words = Arc::new(OnceLock::new());
        let worker = Worker {
            writer,
            replica,
            clock: Arc::clone(&clock),
            schedule: Schedule::new(pace),
            in_step: true,
            taken: 0,
            looked_at_the_whole: clock.elapsed(),
            notify: Box::new(notify),
            last_words: Arc::clone(&last_words),
        };
        let thread = thread::Builder::new()
            .name("astride-saver".to_owned())
            .spawn(move || worker.run(&messages))
            .map_err(|_| SaveError::WriterFailed)?;
        let handle = SaveHandle {
            sender,
            clock,
            thread: thread.thread().id(),
            last_words,
        };
        Ok(Self {
            handle,
            finishing: None,
            ended: false,
        })
    }

    /// The handle to hand changes over with.
    pub const fn handle(&self) -> &SaveHandle {
        &self.handle
    }

    /// Begins to do what [`Saver::finish`] waits for, so that the caller can do something else meanwhile.
    /// Nothing may be handed over any more.
    pub fn begin_to_finish(&mut self) {
        self.finishing = Some(self.ask_to_finish(false));
    }

    /// Saves what is not saved, lets the lock go and ends. If that fails, or takes longer than
    /// `patience`, the saver is given back and still holds everything.
    pub fn finish(mut self, patience: Duration) -> Result<Outcome, Unfinished> {
        let begun = self.finishing.take();
        let outcome = begun
            .unwrap_or_else(|| self.ask_to_finish(false))
            .wait(patience);
        match outcome {
            Outcome::Safe { .. } => {
                // Nobody waits for its thread, which has only its copy of the session to take apart.
                self.ended = true;
                Ok(outcome)
            }
            Outcome::Failed(_) | Outcome::NoAnswer => Err(Unfinished {
                saver: self,
                outcome,
            }),
        }
    }

    fn ask_to_finish(&self, in_any_case: bool) -> Question {
        self.handle.put(|answer| Message::Finish {
            answer,
            in_any_case,
        })
    }
}

impl Drop for Saver {
    fn drop(&mut self) {
        if !self.ended {
            let _ = self.ask_to_finish(true).wait(LAST_PATIENCE);
        }
    }
}

struct Worker {
    writer: Writer,
    replica: Replica,
    clock: Arc<dyn Clock>,
    schedule: Schedule,
    /// Whether the replica is as the session on the screen.
    in_step: bool,
    /// How many lists of changes were taken in, without those that only say where the team is.
    taken: u64,
    /// When a large session was last read back as a whole beside the saves.
    looked_at_the_whole: Duration,
    notify: Box<dyn Fn(SaverEvent) + Send>,
    /// For those who ask after the end.
    last_words: Arc<OnceLock<Outcome>>,
}

/// Whether changes are more than where the team is, which is saved together with something else.
pub fn needs_a_save(deltas: &[Delta]) -> bool {
    deltas
        .iter()
        .any(|delta| !matches!(delta, Delta::Place { .. }))
}

/// Whether to go on.
enum Then {
    GoOn,
    /// Who is told what became of the last save.
    End(SyncSender<Outcome>, Outcome),
}

impl Worker {
    fn run(mut self, messages: &Receiver<Message>) {
        // Whatever goes wrong here is said by the first save.
        let _ = self.guarded(|_, replica| {
            replica.prepare();
            Ok(())
        });
        while let Some(message) = self.next(messages) {
            if let Then::End(answer, outcome) = self.take_in(message) {
                // With it the lock goes: whoever has the answer may open the session again.
                drop(self.writer);
                let _ = answer.send(outcome);
                return;
            }
        }
        // Everyone who could hand something over is gone.
        if self.schedule.has_news() {
            self.save();
        }
    }

    /// Sleeps until a message comes, and saves meanwhile when that is due.
    fn next(&mut self, messages: &Receiver<Message>) -> Option<Message> {
        loop {
            let Some(due) = self.schedule.due() else {
                return messages.recv().ok();
            };
            let left = due.saturating_sub(self.clock.elapsed());
            if !left.is_zero() {
                match messages.recv_timeout(left) {
                    Ok(message) => return Some(message),
                    Err(RecvTimeoutError::Disconnected) => return None,
                    Err(RecvTimeoutError::Timeout) => {}
                }
                continue;
            }
            // What waits in the channel belongs to this save.
            for _ in 0..BATCH {
                match messages.try_recv() {
                    Ok(Message::Changes { deltas, at }) => self.take_changes(&deltas, at),
                    Ok(other) => {
                        self.save();
                        return Some(other);
                    }
                    Err(_) => break,
                }
            }
            self.save();
            self.look_at_the_whole();
        }
    }

    fn take_in(&mut self, message: Message) -> Then {
        match message {
            Message::Changes { deltas, at } => self.take_changes(&deltas, at),
            Message::Replace { session, at } => {
                self.in_step = true;
                if *session != *self.replica.session() {
                    self.replica.replace(*session);
                    self.schedule.changed(at);
                }
            }
            Message::SaveNow(answer) => {
                // Whoever asked may have stopped waiting.
                let _ = answer.send(self.save_news());
            }
            Message::MoveTo {
                location,
                permit,
                answer,
            } => {
                let before = self.writer.move_to(*location, permit);
                let outcome = self.save();
                if matches!(outcome, Outcome::Failed(_)) {
                    // The own folder may come back; the other one was only a try.
                    self.writer.move_back(before);
                }
                let _ = answer.send(outcome);
            }
            Message::Finish {
                answer,
                in_any_case,
            } => {
                let outcome = self.save_at_the_end();
                let is_safe = matches!(outcome, Outcome::Safe { .. });
                let ends = is_safe || in_any_case;
                if ends {
                    let _ = self.last_words.set(outcome.clone());
                    return Then::End(answer, outcome);
                }
                let _ = answer.send(outcome);
            }
        }
        Then::GoOn
    }

    fn take_changes(&mut self, deltas: &[Delta], at: Duration) {
        self.taken += u64::from(needs_a_save(deltas));
        for delta in deltas {
            if !self.in_step {
                return;
            }
            if self.replica.apply(delta).is_err() {
                self.in_step = false;
                (self.notify)(SaverEvent::OutOfStep);
            } else if is_small_move(delta) {
                self.schedule.moved();
            } else {
                self.schedule.changed(at);
            }
        }
    }

    fn save_news(&mut self) -> Outcome {
        if !self.in_step {
            // What there is goes to disk, but it is not everything.
            if self.schedule.has_news() {
                self.save();
            }
            return Outcome::Failed(SaveError::OutOfStep);
        }
        if self.schedule.has_news() {
            self.save()
        } else {
            Outcome::Safe {
                path: self.writer.location().path().to_owned(),
                sequence: self.writer.on_disk().sequence(),
            }
        }
    }

    /// The same before the program ends. What was read back in pieces is read back as a whole once
    /// more: a fault that nobody noticed would be found now, while there is still a window to say it.
    fn save_at_the_end(&mut self) -> Outcome {
        if self.schedule.has_news() {
            self.replica.read_back_whole();
        } else if let Err(error) = self.guarded(|_, replica| replica.check_whole()) {
            return self.failed(error);
        }
        self.save_news()
    }

    /// From time to time, all of a large session is read back: after a save, where nobody waits for it.
    fn look_at_the_whole(&mut self) {
        let now = self.clock.elapsed();
        if now.saturating_sub(self.looked_at_the_whole) < BETWEEN_LOOKS {
            return;
        }
        self.looked_at_the_whole = now;
        if let Err(error) = self.guarded(|_, replica| replica.check_whole()) {
            // The next attempt makes all of it anew.
            self.failed(error);
        }
    }

    fn save(&mut self) -> Outcome {
        self.schedule.begins(self.clock.elapsed());
        let now = self.clock.now();
        match self.guarded(|writer, replica| writer.save_replica(replica, now)) {
            Ok(saved) => self.saved(saved, now),
            Err(error) => self.failed(error),
        }
    }

    /// A fault of our own must not end saving: the session is only read, its text is made anew after a
    /// fault, and the writer looks at the disk anew at the next attempt.
    fn guarded<T>(
        &mut self,
        attempt: impl FnOnce(&mut Writer, &mut Replica) -> Result<T, SaveError>,
    ) -> Result<T, SaveError> {
        let (writer, replica) = (&mut self.writer, &mut self.replica);
        let attempt = std::panic::AssertUnwindSafe(|| attempt(writer, replica));
        std::panic::catch_unwind(attempt).unwrap_or_else(|_| {
            self.replica.distrust();
            Err(SaveError::WriterFailed)
        })
    }

    fn failed(&mut self, error: SaveError) -> Outcome {
        let retry_in = self.schedule.failed(self.clock.elapsed());
        (self.notify)(SaverEvent::Failed {
            error: error.clone(),
            retry_in,
        });
        Outcome::Failed(error)
    }

    fn saved(&mut self, saved: Saved, at: Timestamp) -> Outcome {
        self.schedule.succeeded();
        if let Some(conflict) = saved.conflict {
            (self.notify)(SaverEvent::Conflict(conflict));
        }
        (self.notify)(SaverEvent::Saved {
            at,
            sequence: saved.sequence,
            bytes: saved.bytes,
            changes: self.taken,
            warning: saved.warning,
        });
        Outcome::Safe {
            path: saved.path,
            sequence: saved.sequence,
        }
    }
}

/// A cursor that moved within the screen. Going to another cell or step is worth a save of its own: a
/// killed program goes on there, and a second terminal that watches follows.
fn is_small_move(delta: &Delta) -> bool {
    match delta {
        Delta::Place { before, after } => before.step == after.step && before.cell == after.cell,
        _ => false,
    }
}
