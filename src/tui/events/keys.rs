//! Reads keys, pastes, sizes and the mouse on a thread of its own, and can be told to leave the
//! terminal to another program for a while.
//!
//! The thread sleeps until the terminal has something to read or somebody wakes it through a pipe:
//! waiting in the terminal layer itself could not be interrupted, and looking from time to time would
//! keep the machine awake.

use std::io;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::mpsc::Sender;
use std::sync::{Condvar, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use ratatui::crossterm::event::{self, Event as TerminalEvent};

use super::spawn;
use crate::tui::app::Event;

/// How long the terminal layer is asked for more after something came. It reads nothing where no
/// time is given, and what it has read ahead must not stay there while the thread sleeps.
const SETTLE: Duration = Duration::from_millis(100);

/// How the thread stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Standing {
    /// It reads, or does not run.
    Reading,
    /// It is asked to leave the terminal alone.
    Asked,
    /// It leaves the terminal alone.
    Away,
}

static STANDING: Mutex<Standing> = Mutex::new(Standing::Reading);
static CHANGED: Condvar = Condvar::new();
static RUNS: AtomicBool = AtomicBool::new(false);

fn standing() -> MutexGuard<'static, Standing> {
    STANDING.lock().unwrap_or_else(PoisonError::into_inner)
}

/// Whether another program has the terminal.
pub(super) fn is_paused() -> bool {
    *standing() != Standing::Reading
}

/// Starts the thread.
pub fn start(sender: &Sender<Event>) -> io::Result<()> {
    let waiter = waiter::Waiter::new()?;
    let sender = sender.clone();
    RUNS.store(true, Ordering::SeqCst);
    spawn("keys", move || {
        read(&sender, &waiter);
        RUNS.store(false, Ordering::SeqCst);
        *standing() = Standing::Away;
        CHANGED.notify_all();
    });
    Ok(())
}

fn read(sender: &Sender<Event>, waiter: &waiter::Waiter) {
    loop {
        if waiter.wait().is_err() {
            let _ = sender.send(Event::Terminate);
            return;
        }
        rest_while_paused();
        // Everything that is there, and soon nothing: waiting happens above.
        loop {
            match event::poll(SETTLE) {
                Ok(true) => {}
                Ok(false) => break,
                Err(_) => {
                    let _ = sender.send(Event::Terminate);
                    return;
                }
            }
            let event = match event::read() {
                Ok(TerminalEvent::Key(key)) => Event::Key(key),
                Ok(TerminalEvent::Paste(text)) => Event::Paste(text),
                Ok(TerminalEvent::Resize(columns, rows)) => Event::Resize(columns, rows),
                Ok(TerminalEvent::Mouse(mouse)) => Event::Mouse(mouse),
                Ok(TerminalEvent::FocusGained | TerminalEvent::FocusLost) => continue,
                Err(_) => Event::Terminate,
            };
            let last = matches!(event, Event::Terminate);
            if sender.send(event).is_err() || last {
                return;
            }
        }
    }
}

fn rest_while_paused() {
    let mut standing = standing();
    if *standing == Standing::Asked {
        *standing = Standing::Away;
        CHANGED.notify_all();
    }
    while *standing != Standing::Reading {
        standing = CHANGED
            .wait(standing)
            .unwrap_or_else(PoisonError::into_inner);
    }
}

/// Keys are not read for as long as this lives.
#[derive(Debug)]
pub struct Pause(());

/// Asks the thread to leave the terminal alone, and waits until it does.
pub fn pause() -> Pause {
    let mut standing = standing();
    if RUNS.load(Ordering::SeqCst) {
        *standing = Standing::Asked;
        waiter::wake();
        while *standing == Standing::Asked {
            standing = CHANGED
                .wait(standing)
                .unwrap_or_else(PoisonError::into_inner);
        }
    }
    Pause(())
}

impl Drop for Pause {
    fn drop(&mut self) {
        *standing() = Standing::Reading;
        CHANGED.notify_all();
    }
}

#[cfg(unix)]
mod waiter {
    //! Sleeps until there is something to read from the terminal, or somebody wakes it.

    use std::io::{self, Read as _, Write as _};
    use std::os::unix::net::UnixStream;
    use std::sync::{Mutex, PoisonError};

    use rustix::event::{PollFd, PollFlags, poll};
    use signal_hook::consts::SIGWINCH;

    static WAKE: Mutex<Option<UnixStream>> = Mutex::new(None);

    pub(super) struct Waiter {
        input: io::Stdin,
        woken: UnixStream,
    }

    impl Waiter {
        pub(super) fn new() -> io::Result<Self> {
            let (wake, woken) = UnixStream::pair()?;
            woken.set_nonblocking(true)?;
            // A new size of the window is no input: the signal itself wakes the thread.
            signal_hook::low_level::pipe::register(SIGWINCH, wake.try_clone()?)?;
            *WAKE.lock().unwrap_or_else(PoisonError::into_inner) = Some(wake);
            let input = io::stdin();
            Ok(Self { input, woken })
        }

        pub(super) fn wait(&self) -> io::Result<()> {
            let mut descriptors = [
                PollFd::new(&self.input, PollFlags::IN),
                PollFd::new(&self.woken, PollFlags::IN),
            ];
            match poll(&mut descriptors, None) {
                Ok(_) | Err(rustix::io::Errno::INTR) => {}
                Err(error) => return Err(error.into()),
            }
            let gone = PollFlags::HUP | PollFlags::ERR | PollFlags::NVAL;
            if descriptors[0].revents().intersects(gone) {
                return Err(io::ErrorKind::BrokenPipe.into());
            }
            let mut bytes = [0; 64];
            while matches!((&self.woken).read(&mut bytes), Ok(1..)) {}
            Ok(())
        }
    }

    pub(super) fn wake() {
        if let Some(wake) = &mut *WAKE.lock().unwrap_or_else(PoisonError::into_inner) {
            // A pipe that is full wakes as well.
            let _ = wake.write(&[0]);
        }
    }
}

#[cfg(not(unix))]
mod waiter {
    //! Where the terminal cannot be waited for together with something else: a look now and then.

    use std::io;
    use std::time::Duration;

    pub(super) struct Waiter(());

    impl Waiter {
        pub(super) fn new() -> io::Result<Self> {
            Ok(Self(()))
        }

        pub(super) fn wait(&self) -> io::Result<()> {
            ratatui::crossterm::event::poll(Duration::from_millis(250)).map(|_| ())
        }
    }

    pub(super) fn wake() {}
}
