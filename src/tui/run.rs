//! The event loop: sleeps until something happens, lets `update` decide, carries effects out, draws
//! once. No tick: while nothing happens, nothing runs.

use std::io::{self, Write as _};
use std::mem;
use std::path::PathBuf;
use std::sync::{Arc, Mutex, PoisonError};
use std::thread;
use std::time::{Duration, Instant};

use jiff::SignedDuration;
use jiff::tz::TimeZone;
use ratatui::crossterm::clipboard::CopyToClipboard;
use ratatui::crossterm::event::{KeyCode, KeyEvent, KeyEventKind, KeyModifiers};
use ratatui::crossterm::execute;
use ratatui::layout::Size;

use super::app::{App, Effect, Event};
use super::draw::draw;
use super::editor;
use super::events::{EventSender, Inbox};
use super::stage::{LastWords, PATIENCE, Stage};
use super::terminal::{self, Screen, Taken};
use super::theme::Theme;
use crate::catalog::{Catalog, CatalogError};
use crate::session::place::TextField;
use crate::store::{DataFolder, SaveHandle};

/// How the program starts.
pub struct Start {
    /// Where sessions live.
    pub folder: DataFolder,
    /// The colours.
    pub theme: Theme,
    /// Frames and signs in ASCII.
    pub ascii: bool,
    /// Whether the program takes the mouse.
    pub mouse: bool,
    /// Who types at this machine.
    pub author: Option<String>,
    /// The person's editor, as its variable names it.
    pub editor: Option<String>,
    /// Something to say at the start, such as a mistake in the settings.
    pub notice: Option<String>,
    /// For showing times.
    pub zone: TimeZone,
    /// Folders of the person's own templates of write-ups.
    pub templates: Vec<PathBuf>,
    /// How the program is called from a shell, with the folders that it was called with.
    pub command: String,
    /// The session to open at once, by name or path.
    pub open: Option<String>,
    /// Reads the catalog, on a thread of its own.
    pub catalog: ReadCatalog,
}

/// How long the first frame waits for what it shows.
const FIRST_FRAME: Duration = Duration::from_millis(20);

/// The saver of the open session, for the panic hook: it must not need the loop.
static EMERGENCY: Mutex<Option<SaveHandle>> = Mutex::new(None);

/// Saves whatever is open, for the panic hook. Says whether everything is on disk.
pub fn save_in_emergency() -> bool {
    let handle = EMERGENCY
        .lock()
        .unwrap_or_else(PoisonError::into_inner)
        .clone();
    handle.is_none_or(|handle| {
        matches!(
            handle.save_now(PATIENCE),
            crate::store::Outcome::Safe { .. }
        )
    })
}

/// What a panic hook does first, on whichever thread: gives the terminal back and saves. Says whether
/// everything is on disk; nothing where the panic is contained and the program goes on, because who
/// asked that thread is told of the failure.
pub fn after_panic() -> Option<bool> {
    let contained = ["astride-saver", "astride-open"];
    let is_contained = thread::current()
        .name()
        .is_some_and(|name| contained.contains(&name));
    if is_contained && terminal::is_taken() {
        return None;
    }
    terminal::give_back();
    Some(save_in_emergency())
}

/// Why the program did not run, or ended.
#[derive(Debug)]
pub enum NotRun {
    /// The session that it was started with does not open, and why.
    Open(String),
    /// The terminal could not be used.
    Terminal(io::Error),
}

impl From<io::Error> for NotRun {
    fn from(error: io::Error) -> Self {
        Self::Terminal(error)
    }
}

/// Remembers the saver of what is open, for the panic hook.
pub fn keep_for_emergency(handle: Option<SaveHandle>) {
    *EMERGENCY.lock().unwrap_or_else(PoisonError::into_inner) = handle;
}

/// Runs until the person leaves.
pub fn run(start: Start) -> Result<LastWords, NotRun> {
    let (sender, inbox) = Inbox::new()?;
    let shown_folder = start.folder.root().display().to_string();
    let mut stage = Stage::new(start.folder, sender.clone()).with_templates(start.templates);
    let mut catalog = Some(start.catalog);
    if let Some(argument) = &start.open {
        // A session waits for it; the list of sessions does not, and is shown first.
        if let Some(read) = catalog.take() {
            read_catalog(read, &sender);
        }
        // Before the screen is taken: what is wrong is for the shell to show.
        stage.open_argument(argument).map_err(NotRun::Open)?;
    }
    keep_for_emergency(stage.handle());
    if start.open.is_none() {
        // Looked for while the terminal is being taken.
        stage.perform(Effect::ListSessions);
    }
    let (mut screen, taken) = terminal::take()?;
    let size = screen.size()?;
    let mut app = App::new(
        (size.width, size.height),
        start.theme,
        start.zone,
        shown_folder,
    );
    app.ascii = start.ascii;
    app.mouse = start.mouse;
    app.author = start.author;
    app.command = start.command;
    terminal::mouse(start.mouse)?;
    if let Some(words) = start.notice {
        app.warn(words);
    }
    let mut program = Program {
        app,
        stage,
        inbox,
        taken: Some(taken),
        catalog: catalog.map(|read| (read, sender)),
        editor: start.editor,
    };
    let result = program.work(&mut screen);
    // While the last save is on its way, the terminal is given back.
    program.stage.begin_to_end();
    drop(program.taken);
    let words = program.stage.end();
    keep_for_emergency(None);
    // To take the catalog, the session and the screen apart would keep the person waiting for nothing.
    mem::forget((program.app, screen));
    // A terminal that is gone is an ordinary end: everything is saved.
    match result {
        Ok(()) => Ok(words),
        Err(_) if matches!(words, LastWords::Saved { .. }) => Ok(words),
        Err(error) => Err(error.into()),
    }
}

/// Reads the catalog on a thread of its own; it comes as an event.
///
/// # Panics
///
/// Where no thread can be started, before anything else runs.
pub fn read_catalog(read: ReadCatalog, sender: &EventSender) {
    let sender = sender.clone();
    let work = move || {
        let event = match read() {
            Ok(catalog) => Event::Catalog(Arc::new(catalog)),
            Err(error) => Event::Failed(error.to_string()),
        };
        let _ = sender.send(event);
    };
    thread::Builder::new()
        .name("catalog".to_owned())
        .spawn(work)
        .expect("a thread can be started before anything else runs");
}

/// Characters that follow each other become one event: thousands cost no more than one.
fn merged(events: Vec<Event>) -> Vec<Event> {
    let mut merged: Vec<Event> = Vec::with_capacity(events.len().min(64));
    for event in events {
        let Some(character) = plain_character(&event) else {
            merged.push(event);
            continue;
        };
        let before = merged.last().and_then(plain_character);
        match (merged.last_mut(), before) {
            (Some(Event::Typed(text)), _) => text.push(character),
            (Some(last), Some(before)) => {
                *last = Event::Typed([before, character].iter().collect());
            }
            _ => merged.push(event),
        }
    }
    merged
}

/// The character of a key that is nothing else.
fn plain_character(event: &Event) -> Option<char> {
    match event {
        Event::Key(KeyEvent {
            code: KeyCode::Char(character),
            modifiers,
            kind,
            ..
        }) if KeyModifiers::SHIFT.contains(*modifiers) && *kind != KeyEventKind::Release => {
            Some(*character)
        }
        _ => None,
    }
}

struct Program {
    app: App,
    stage: Stage,
    inbox: Inbox,
    taken: Option<Taken>,
    /// Reads the catalog, once there is a first frame to look at; and where it goes.
    catalog: Option<(ReadCatalog, EventSender)>,
    editor: Option<String>,
}

/// Reads the catalog.
pub type ReadCatalog = Box<dyn FnOnce() -> Result<Catalog, CatalogError> + Send>;

impl Program {
    fn work(&mut self, screen: &mut Screen) -> io::Result<()> {
        self.wait_for_first_frame(screen)?;
        loop {
            screen.draw(|frame| draw(&self.app, frame))?;
            if let Some((read, sender)) = self.catalog.take() {
                read_catalog(read, &sender);
            }
            // Until something happens, or the next minute of a time box that is on the screen.
            let limit = self.app.next_tick().map(|tick| {
                let left = tick.duration_since(self.stage.now());
                left.max(SignedDuration::ZERO).unsigned_abs()
            });
            let mut events = self.inbox.wait(limit);
            if events.is_empty() {
                events.push(Event::Minute);
            }
            self.take_in(events, screen)?;
            if self.app.quitting {
                return Ok(());
            }
        }
    }

    /// Waits for what the first frame shows, which is a moment away; drawing one without it would take
    /// longer. A slow disk is not waited for.
    fn wait_for_first_frame(&mut self, screen: &mut Screen) -> io::Result<()> {
        let end = Instant::now() + FIRST_FRAME;
        while !self.app.quitting
            && !self.app.has_something_to_show()
            && let Some(event) = self.inbox.report_before(end)
        {
            self.handle(event, screen)?;
        }
        Ok(())
    }

    /// Takes in everything that happened, so that a burst of keys is drawn once.
    fn take_in(&mut self, events: Vec<Event>, screen: &mut Screen) -> io::Result<()> {
        for event in merged(events) {
            self.handle(event, screen)?;
            if self.app.quitting {
                break;
            }
        }
        Ok(())
    }

    fn handle(&mut self, event: Event, screen: &mut Screen) -> io::Result<()> {
        if let Event::Catalog(catalog) = &event {
            self.stage.know(Arc::clone(catalog));
        }
        if matches!(event, Event::OutOfStep)
            && let Some(open) = &self.app.open
        {
            self.stage.replace(open.editor.session().clone());
        }
        if let Event::Resize(columns, rows) = event {
            screen.backend_mut().resize(Size::new(columns, rows));
        }
        let event = match event {
            Event::SavedUpTo { changes, .. } if !self.stage.is_everything(changes) => return Ok(()),
            Event::SavedUpTo { at, .. } => Event::Saved(at),
            other => other,
        };
        let now = self.stage.now();
        for effect in self.app.update(event, now) {
            match effect {
                Effect::Redraw => {
                    *screen = terminal::fresh()?;
                    self.fit(screen)?;
                }
                Effect::Suspend => self.suspend(screen)?,
                Effect::Mouse(take) => terminal::mouse(take)?,
                Effect::EditOutside { field, text } => {
                    self.edit_outside(&field, text.raw(), screen)?;
                }
                Effect::Copy(text) => {
                    execute!(io::stdout(), CopyToClipboard::to_clipboard_from(text))?;
                }
                other => self.perform(other),
            }
        }
        Ok(())
    }

    fn perform(&mut self, effect: Effect) {
        self.stage.perform(effect);
        keep_for_emergency(self.stage.handle());
    }

    /// Gives the terminal to the shell until it brings the program back.
    #[cfg(unix)]
    fn suspend(&mut self, screen: &mut Screen) -> io::Result<()> {
        if let Some(handle) = self.stage.handle() {
            // A stopped program saves nothing, and may never be brought back.
            let _ = handle.save_now(PATIENCE);
        }
        self.taken = None;
        let _ = io::stdout().flush();
        let stopped = signal_hook::low_level::raise(signal_hook::consts::SIGTSTP);
        self.take_again(screen)?;
        stopped
    }

    /// The terminal is the program's again, whatever was done to it meanwhile.
    fn take_again(&mut self, screen: &mut Screen) -> io::Result<()> {
        let (new_screen, taken) = terminal::take()?;
        *screen = new_screen;
        self.taken = Some(taken);
        terminal::mouse(self.app.mouse)?;
        self.fit(screen)
    }

    /// Lays out for the size that a fresh screen found.
    fn fit(&mut self, screen: &Screen) -> io::Result<()> {
        let size = screen.size()?;
        let now = self.stage.now();
        self.app.update(Event::Resize(size.width, size.height), now);
        Ok(())
    }

    /// Gives the terminal to the person's editor with a text, and takes in what comes back.
    fn edit_outside(
        &mut self,
        field: &TextField,
        text: &str,
        screen: &mut Screen,
    ) -> io::Result<()> {
        let Some(editor) = self.editor.clone() else {
            self.app.say(
                "No editor is set. Set EDITOR to one before the start, such as: EDITOR=nano astride",
            );
            return Ok(());
        };
        // Whatever the editor does, what was typed until now is on disk.
        if let Some(handle) = self.stage.handle() {
            let _ = handle.save_now(PATIENCE);
        }
        self.taken = None;
        let edited = editor::edit(&editor, text);
        // While the terminal was the editor's, Ctrl+C was meant for the editor.
        self.inbox.forget_interrupts();
        self.take_again(screen)?;
        match edited {
            Ok(text) => {
                let field = field.clone();
                self.handle(Event::Edited { field, text }, screen)
            }
            Err(words) => {
                self.app.warn(words);
                Ok(())
            }
        }
    }

    #[cfg(not(unix))]
    fn suspend(&mut self, _screen: &mut Screen) -> io::Result<()> {
        self.app.say("This system has no way to stop and go on.");
        Ok(())
    }
}
