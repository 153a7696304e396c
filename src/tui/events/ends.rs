//! An end from outside for whoever waits for lines and not for an [`Inbox`](super::Inbox): threads for
//! signals and for a terminal that is gone.

use super::EventSender;

/// Reports what ends the program from outside: signals, and a terminal that is gone.
pub fn watch_for_end(sender: &EventSender) {
    #[cfg(unix)]
    {
        let signals = sender.clone();
        unix::spawn("signals", move || unix::wait_for_signals(&signals));
        let hangup = sender.clone();
        unix::spawn("hangup", move || unix::wait_for_hangup(&hangup));
    }
    #[cfg(not(unix))]
    let _ = sender;
}

#[cfg(unix)]
mod unix {
    use std::thread;

    use rustix::event::{PollFd, PollFlags, poll};
    use signal_hook::consts::SIGXFSZ;
    use signal_hook::iterator::Signals;

    use crate::tui::app::Event;
    use crate::tui::events::EventSender;
    use crate::tui::events::waiter::ENDING;

    pub(super) fn spawn(name: &str, work: impl FnOnce() + Send + 'static) {
        // Without the thread the program would be deaf; the panic hook gives the terminal back.
        thread::Builder::new()
            .name(name.to_owned())
            .spawn(work)
            .expect("a thread can be started");
    }

    pub(super) fn wait_for_signals(sender: &EventSender) {
        // A write beyond a limit must fail like any other, not end the program: hence SIGXFSZ.
        let Ok(mut signals) = Signals::new(ENDING.into_iter().chain([SIGXFSZ])) else {
            return;
        };
        for signal in &mut signals {
            if signal != SIGXFSZ && sender.send(Event::Terminate).is_err() {
                return;
            }
        }
    }

    /// Sleeps until the terminal is gone, which no signal may tell.
    pub(super) fn wait_for_hangup(sender: &EventSender) {
        let Ok(terminal) = std::fs::File::open("/dev/tty") else {
            return;
        };
        let mut descriptors = [PollFd::new(&terminal, PollFlags::empty())];
        loop {
            match poll(&mut descriptors, None) {
                Ok(_) => {
                    let _ = sender.send(Event::Terminate);
                    return;
                }
                Err(rustix::io::Errno::INTR) => {}
                Err(_) => return,
            }
        }
    }
}
