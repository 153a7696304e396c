//! Where events come from: threads for keys, signals and a vanished terminal, all into one channel.
//! Keys have a file of their own.
//!
//! Reading keys on a thread of its own is also what keeps bursts of more than 1,024 bytes from
//! stalling, together with crossterm's feature `use-dev-tty`.

use std::io;
use std::sync::mpsc::Sender;
use std::thread;

use crate::tui::app::Event;

mod keys;

pub use keys::{Pause, pause};

/// Starts the threads. They end with the program.
pub fn start(sender: &Sender<Event>) -> io::Result<()> {
    keys::start(sender)?;
    watch_for_end(sender);
    Ok(())
}

/// Only what ends the program from outside: signals, and a terminal that is gone.
pub fn watch_for_end(sender: &Sender<Event>) {
    #[cfg(unix)]
    {
        let signals = sender.clone();
        spawn("signals", move || wait_for_signals(&signals));
        let hangup = sender.clone();
        spawn("hangup", move || wait_for_hangup(&hangup));
    }
    #[cfg(not(unix))]
    let _ = sender;
}

fn spawn(name: &str, work: impl FnOnce() + Send + 'static) {
    // Without the thread the program would be deaf; the panic hook gives the terminal back.
    thread::Builder::new()
        .name(name.to_owned())
        .spawn(work)
        .expect("a thread can be started");
}

#[cfg(unix)]
fn wait_for_signals(sender: &Sender<Event>) {
    use signal_hook::consts::{SIGHUP, SIGINT, SIGQUIT, SIGTERM, SIGXFSZ};
    use signal_hook::iterator::Signals;

    // A write beyond a limit must fail like any other, not end the program: hence SIGXFSZ.
    let Ok(mut signals) = Signals::new([SIGTERM, SIGHUP, SIGINT, SIGQUIT, SIGXFSZ]) else {
        return;
    };
    for signal in &mut signals {
        // While the terminal is an editor's, Ctrl+C is meant for the editor.
        if keys::is_paused() && matches!(signal, SIGINT | SIGQUIT) {
            continue;
        }
        if signal != SIGXFSZ && sender.send(Event::Terminate).is_err() {
            return;
        }
    }
}

/// Sleeps until the terminal is gone. Where no signal tells so, reading keys would spin for ever.
#[cfg(unix)]
fn wait_for_hangup(sender: &Sender<Event>) {
    use rustix::event::{PollFd, PollFlags, poll};

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
