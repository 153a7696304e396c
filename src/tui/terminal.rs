//! Takes the terminal and gives it back, whatever happens in between: normal end, error, panic,
//! signal. Every mode that is switched on here is switched off here, once.

use std::io::{self, IsTerminal as _, Write as _};
use std::sync::atomic::{AtomicBool, Ordering};

use ratatui::Terminal;
use ratatui::crossterm::cursor::{MoveTo, Show};
use ratatui::crossterm::event::{
    DisableBracketedPaste, DisableMouseCapture, EnableBracketedPaste, EnableMouseCapture,
};
use ratatui::crossterm::style::force_color_output;
use ratatui::crossterm::terminal::{
    self, Clear, ClearType, EnterAlternateScreen, LeaveAlternateScreen, disable_raw_mode,
    enable_raw_mode,
};
use ratatui::crossterm::{execute, queue};
use ratatui::layout::Size;

mod frames;

pub use frames::Frames;

/// Whether the terminal is ours now. Swapped, so that it is given back exactly once.
static TAKEN: AtomicBool = AtomicBool::new(false);

/// Whether the mouse is ours now.
static MOUSE: AtomicBool = AtomicBool::new(false);

/// The terminal to draw on.
pub type Screen = Terminal<Frames<io::Stdout>>;

/// Gives the terminal back when it goes out of scope.
#[derive(Debug)]
pub struct Taken(());

/// Whether somebody sits at a terminal: both input and output.
pub fn is_there() -> bool {
    io::stdin().is_terminal() && io::stdout().is_terminal()
}

/// Whether the terminal is ours now.
pub fn is_taken() -> bool {
    TAKEN.load(Ordering::SeqCst)
}

/// Takes the terminal: raw input, a screen of its own, paste as one event.
pub fn take() -> io::Result<(Screen, Taken)> {
    // NO_COLOR is a theme of ours: the terminal layer would also drop bold and reverse with it.
    force_color_output(true);
    enable_raw_mode()?;
    TAKEN.store(true, Ordering::SeqCst);
    let taken = Taken(());
    queue!(io::stdout(), EnterAlternateScreen, EnableBracketedPaste)?;
    Ok((fresh()?, taken))
}

/// An empty screen, of which every cell is drawn anew. Clearing an old one would ask the terminal for
/// its cursor, and wait for an answer that not every terminal gives.
pub fn fresh() -> io::Result<Screen> {
    execute!(io::stdout(), Clear(ClearType::All))?;
    let (columns, rows) = terminal::size()?;
    Terminal::new(Frames::new(io::stdout(), Size::new(columns, rows)))
}

/// Takes the mouse, or leaves it to the terminal.
pub fn mouse(take: bool) -> io::Result<()> {
    if MOUSE.swap(take, Ordering::SeqCst) == take {
        return Ok(());
    }
    if take {
        execute!(io::stdout(), EnableMouseCapture)
    } else {
        execute!(io::stdout(), DisableMouseCapture)
    }
}

/// Gives the terminal back. Errors are not shown: there is no screen left to show them on.
pub fn give_back() {
    if TAKEN.swap(false, Ordering::SeqCst) {
        let mut out = io::stdout();
        if MOUSE.swap(false, Ordering::SeqCst) {
            let _ = queue!(out, DisableMouseCapture);
        }
        // GNU screen has no second screen unless it is told to: the last words would stand in ours.
        let _ = queue!(out, MoveTo(0, 0), Clear(ClearType::All));
        let _ = queue!(out, DisableBracketedPaste, LeaveAlternateScreen, Show);
        let _ = out.flush();
        let _ = disable_raw_mode();
    }
}

impl Drop for Taken {
    fn drop(&mut self) {
        give_back();
    }
}
