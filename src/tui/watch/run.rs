//! The watcher's loop: looks four times a second whether the file is another one, and reads it then.
//!
//! Looking at a file's time costs a microsecond and works on every file system, also where another
//! computer writes; watching by the system would need a crate and does not.

use std::fs;
use std::io;
use std::sync::Arc;
use std::time::{Duration, SystemTime};

use jiff::Timestamp;
use jiff::tz::TimeZone;
use ratatui::layout::Size;

use super::{Event, Watch, draw_on};
use crate::catalog::Catalog;
use crate::session::types::Session;
use crate::store::{DataFolder, Location};
use crate::tui::app::Event as TerminalEvent;
use crate::tui::events::Inbox;
use crate::tui::terminal;
use crate::tui::theme::Theme;

/// How often the file is looked at. The other program writes half a second after a key, so that a
/// change is here within a second.
const EVERY: Duration = Duration::from_millis(250);

/// How the watcher starts.
pub struct Start {
    /// Where sessions live.
    pub folder: DataFolder,
    /// The session's place.
    pub location: Location,
    /// The session as it was just read.
    pub session: Session,
    /// What is known.
    pub catalog: Catalog,
    /// The colours.
    pub theme: Theme,
    /// For showing times.
    pub zone: TimeZone,
}

/// What tells one state of a file from another without reading it.
type Mark = Option<(Option<SystemTime>, u64)>;

/// Watches until the person leaves.
pub fn run(start: Start) -> io::Result<()> {
    let (_sender, mut inbox) = Inbox::new()?;
    let (mut screen, _taken) = terminal::take()?;
    let size = screen.size()?;
    let mut watch = Watch::new(
        (size.width, size.height),
        start.theme,
        start.zone,
        Arc::new(start.catalog),
        start.session,
        Timestamp::now(),
    );
    // Read once more at the first look: it may have changed since it was read.
    let mut mark: Mark = None;
    loop {
        screen.draw(|frame| {
            let area = frame.area();
            draw_on(&watch, area, frame.buffer_mut());
        })?;
        let mut events = inbox.wait(Some(EVERY));
        if events.is_empty() {
            events.push(TerminalEvent::Minute);
        }
        for event in events {
            let event = match event {
                TerminalEvent::Key(key) => Event::Key(key),
                TerminalEvent::Resize(columns, rows) => {
                    screen.backend_mut().resize(Size::new(columns, rows));
                    Event::Resize(columns, rows)
                }
                TerminalEvent::Terminate => Event::Terminate,
                _ => Event::Tick,
            };
            watch.update(event, Timestamp::now());
            if watch.quitting {
                return Ok(());
            }
        }
        let now = mark_of(&start.location);
        if now != mark {
            mark = now;
            let event = read(&start.folder, &start.location);
            watch.update(event, Timestamp::now());
        }
    }
}

fn mark_of(location: &Location) -> Mark {
    let metadata = fs::metadata(location.path()).ok()?;
    Some((metadata.modified().ok(), metadata.len()))
}

fn read(folder: &DataFolder, location: &Location) -> Event {
    match folder.read(location) {
        Ok(opened) => Event::Read(Box::new(opened.loaded.session)),
        Err(error) => Event::Unreadable(format!(
            "The file cannot be read at the moment; this is how it was. {}",
            error.explain().what
        )),
    }
}
