//! Sleeps until there is something to read from the terminal, a signal came or somebody wakes it.
//! Not for reading: see `inbox`.

#[cfg(unix)]
pub(super) use unix::{ENDING, Waiter, Waker};

#[cfg(not(unix))]
pub(super) use elsewhere::{Waiter, Waker};

#[cfg(unix)]
mod unix {
    use std::io::{self, Read as _, Write as _};
    use std::os::unix::net::UnixStream;
    use std::sync::Arc;
    use std::sync::atomic::{AtomicBool, Ordering};
    use std::time::Duration;

    use rustix::event::{PollFd, PollFlags, Timespec, poll};
    use signal_hook::consts::{SIGHUP, SIGINT, SIGQUIT, SIGTERM, SIGWINCH, SIGXFSZ};
    use signal_hook::{flag, low_level::pipe};

    /// The signals that end the program.
    pub(in crate::tui::events) const ENDING: [i32; 4] = [SIGTERM, SIGHUP, SIGINT, SIGQUIT];

    /// Wakes a waiter from any thread.
    #[derive(Clone, Debug)]
    pub(in crate::tui::events) struct Waker(Arc<UnixStream>);

    impl Waker {
        pub(in crate::tui::events) fn wake(&self) {
            // A pipe that is full wakes as well.
            let _ = (&*self.0).write(&[0]);
        }
    }

    #[derive(Debug)]
    pub(in crate::tui::events) struct Waiter {
        input: io::Stdin,
        woken: UnixStream,
        /// SIGTERM or SIGHUP came.
        ended: Arc<AtomicBool>,
        /// SIGINT or SIGQUIT came. No key sends them while the terminal is ours.
        interrupted: Arc<AtomicBool>,
        resized: Arc<AtomicBool>,
    }

    impl Waiter {
        /// Sizes are told here and need not come with the keys.
        pub(in crate::tui::events) const SEES_SIZES: bool = true;

        pub(in crate::tui::events) fn new() -> io::Result<(Self, Waker)> {
            let (wake, woken) = UnixStream::pair()?;
            wake.set_nonblocking(true)?;
            woken.set_nonblocking(true)?;
            let waiter = Self {
                input: io::stdin(),
                woken,
                ended: Arc::default(),
                interrupted: Arc::default(),
                resized: Arc::default(),
            };
            // A write beyond a limit must fail like any other, not end the program.
            flag::register(SIGXFSZ, Arc::default())?;
            for (signal, came) in [
                (SIGTERM, &waiter.ended),
                (SIGHUP, &waiter.ended),
                (SIGINT, &waiter.interrupted),
                (SIGQUIT, &waiter.interrupted),
                (SIGWINCH, &waiter.resized),
            ] {
                // In this order: who is woken finds out why.
                flag::register(signal, Arc::clone(came))?;
                pipe::register(signal, wake.try_clone()?)?;
            }
            Ok((waiter, Waker(Arc::new(wake))))
        }

        /// Sleeps, for no longer than `limit`. An error means that the terminal is gone.
        pub(in crate::tui::events) fn wait(&self, limit: Option<Duration>) -> io::Result<()> {
            let mut descriptors = [
                PollFd::new(&self.input, PollFlags::IN),
                PollFd::new(&self.woken, PollFlags::IN),
            ];
            let limit = limit.map(|limit| Timespec::try_from(limit).unwrap_or_default());
            match poll(&mut descriptors, limit.as_ref()) {
                Ok(_) | Err(rustix::io::Errno::INTR) => {}
                Err(error) => return Err(error.into()),
            }
            let gone = PollFlags::HUP | PollFlags::ERR | PollFlags::NVAL;
            if descriptors[0].revents().intersects(gone) {
                return Err(io::ErrorKind::BrokenPipe.into());
            }
            if descriptors[1].revents().intersects(PollFlags::IN) {
                let mut bytes = [0; 64];
                while matches!((&self.woken).read(&mut bytes), Ok(1..)) {}
            }
            Ok(())
        }

        /// Whether a signal asked for the end since this was asked last.
        pub(in crate::tui::events) fn must_end(&self) -> bool {
            self.ended.swap(false, Ordering::SeqCst)
                | self.interrupted.swap(false, Ordering::SeqCst)
        }

        /// Whether the window has another size since this was asked last.
        pub(in crate::tui::events) fn is_resized(&self) -> bool {
            self.resized.swap(false, Ordering::SeqCst)
        }

        pub(in crate::tui::events) fn forget_interrupts(&self) {
            self.interrupted.store(false, Ordering::SeqCst);
        }
    }
}

#[cfg(not(unix))]
mod elsewhere {
    //! Where the terminal cannot be waited for together with something else: a look now and then.

    use std::io;
    use std::time::Duration;

    use ratatui::crossterm::event;

    const LOOK: Duration = Duration::from_millis(50);

    #[derive(Clone, Debug)]
    pub(in crate::tui::events) struct Waker(());

    impl Waker {
        #[allow(clippy::unused_self)] // it has something to do elsewhere
        pub(in crate::tui::events) fn wake(&self) {}
    }

    #[derive(Debug)]
    pub(in crate::tui::events) struct Waiter(());

    #[allow(clippy::unused_self)]
    impl Waiter {
        pub(in crate::tui::events) const SEES_SIZES: bool = false;

        pub(in crate::tui::events) fn new() -> io::Result<(Self, Waker)> {
            Ok((Self(()), Waker(())))
        }

        pub(in crate::tui::events) fn wait(&self, limit: Option<Duration>) -> io::Result<()> {
            event::poll(limit.map_or(LOOK, |limit| limit.min(LOOK))).map(|_| ())
        }

        pub(in crate::tui::events) fn must_end(&self) -> bool {
            false
        }

        pub(in crate::tui::events) fn is_resized(&self) -> bool {
            false
        }

        pub(in crate::tui::events) fn forget_interrupts(&self) {}
    }
}
