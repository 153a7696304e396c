//! Does what `update` asked for. The one place of the terminal program that touches files; what comes of
//! it goes back as events.
//!
//! Here is which effect is done where, and the saver of the open session. Not for the single effects: see
//! the files below.

mod export;
mod opening;
mod past;
mod reports;
mod rescue;
mod sessions;
pub mod templates;
mod texts;

use std::path::PathBuf;
use std::sync::Arc;
use std::time::Duration;

use jiff::Timestamp;

use crate::catalog::Catalog;
use crate::session::types::Session;
use crate::store::{
    Clock, DataFolder, Location, Outcome, Owner, Pace, Replica, SaveHandle, Saver, SaverEvent,
    SystemClock, Trashed, Writer, needs_a_save,
};
use crate::tui::app::{Effect, Event};
use crate::tui::events::EventSender;
use crate::tui::overlays::trouble::SaveTrouble;
use opening::argument_for;

pub use export::{is_same_file, replace_file};

/// How long an end or an export waits for the disk.
pub const PATIENCE: Duration = Duration::from_secs(2);

/// Sessions, files and the saver of the open session.
pub struct Stage {
    folder: DataFolder,
    events: EventSender,
    clock: SystemClock,
    saver: Option<Saver>,
    location: Option<Location>,
    trash: Vec<Trashed>,
    /// How many lists of changes that need a save the saver was given.
    handed_over: u64,
    catalog: Option<Arc<Catalog>>,
    /// Folders of the user's templates; of two of the same name that in the later one.
    templates: Vec<PathBuf>,
}

/// What the last line in the shell says.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum LastWords {
    /// No session was open.
    Nothing,
    /// Everything is on disk.
    Saved {
        /// The file.
        path: PathBuf,
        /// How the session is opened again.
        argument: String,
    },
    /// It is not, and why.
    NotSaved(String),
}

impl Stage {
    /// Works in a data folder and reports to `events`.
    pub fn new(folder: DataFolder, events: EventSender) -> Self {
        Self {
            folder,
            events,
            clock: SystemClock::start(),
            saver: None,
            location: None,
            trash: Vec::new(),
            handed_over: 0,
            catalog: None,
            templates: Vec::new(),
        }
    }

    /// Looks for templates of write-ups in these folders.
    #[must_use]
    pub fn with_templates(mut self, folders: Vec<PathBuf>) -> Self {
        self.templates = folders;
        self
    }

    /// The catalog is ready: reports are read with it.
    pub fn know(&mut self, catalog: Arc<Catalog>) {
        self.catalog = Some(catalog);
    }

    /// The time of day.
    pub fn now(&self) -> Timestamp {
        self.clock.now()
    }

    /// For signal handling and panic hooks: saves without the screen.
    pub fn handle(&self) -> Option<SaveHandle> {
        self.saver.as_ref().map(|saver| saver.handle().clone())
    }

    /// Carries an effect out. What belongs to the terminal itself is the loop's.
    pub fn perform(&mut self, effect: Effect) {
        let result = match effect {
            Effect::Changes(deltas) => {
                if let Some(saver) = &self.saver {
                    self.handed_over += u64::from(needs_a_save(&deltas));
                    saver.handle().changes(deltas);
                }
                Ok(())
            }
            Effect::SaveNow => {
                self.save_soon();
                Ok(())
            }
            Effect::ListSessions => self.list(),
            Effect::Summarise(names) => {
                self.summarise(names);
                Ok(())
            }
            Effect::ListTrash => self.list_trash(),
            Effect::Open(argument) => self.open_argument(&argument),
            Effect::OpenExample(file) => self.open_example(&file),
            Effect::Create {
                title,
                brief,
                components,
            } => {
                let session = Session::new(title, brief, components, self.now());
                self.create(&session, true)
            }
            Effect::Close => {
                self.close();
                Ok(())
            }
            Effect::Restore { name, version } => rescue::restore(self, &name, &version),
            Effect::ReadTexts(names) => texts::read(self, names),
            Effect::ReadPast { present, field } => past::read(self, *present, field),
            Effect::RestoreCopy { version, title } => rescue::restore_copy(self, &version, &title),
            Effect::SaveElsewhere(folder) => rescue::save_elsewhere(self, &folder),
            Effect::Rename { name, title } => self.retitle(&name, title),
            Effect::Duplicate(name) => self.duplicate(&name),
            Effect::MoveToTrash(name) => self.move_to_trash(&name),
            Effect::BringBack(entry) => self.bring_back(&entry),
            Effect::Export {
                path,
                text,
                overwrite,
            } => self.export(&path, &text, overwrite),
            Effect::CompletePath { typed, fill } => {
                reports::complete(&typed, fill, &self.events);
                Ok(())
            }
            Effect::ReadReport(path) => match self.catalog.clone() {
                Some(catalog) => reports::read(path, catalog, self.events.clone()),
                None => Err("One moment: the catalog is being read.".to_owned()),
            },
            Effect::ReadTemplates => self.read_templates(),
            Effect::EditOutside { .. }
            | Effect::Mouse(_)
            | Effect::Copy(_)
            | Effect::Suspend
            | Effect::Redraw => Ok(()),
        };
        if let Err(words) = result {
            self.tell(Event::Failed(words));
        }
    }

    fn read_templates(&self) -> Result<(), String> {
        let templates = templates::read(&self.templates).map_err(|unreadable| {
            let (folder, error) = (unreadable.folder.display(), unreadable.error);
            format!("Your templates in {folder} cannot be read: {error}. The forms are as always.")
        })?;
        self.tell(Event::Templates(templates));
        Ok(())
    }

    fn tell(&self, event: Event) {
        // The loop holds the receiver for as long as the stage lives.
        let _ = self.events.send(event);
    }

    fn owner(&self) -> Owner {
        Owner::this_process(self.now())
    }

    /// Asks the saver to save at once; the screen does not wait for it.
    fn save_soon(&self) {
        if let Some(handle) = self.handle() {
            let _ = handle.save_now(Duration::ZERO);
        }
    }

    fn start_saver(&mut self, writer: Writer, replica: Replica) -> Result<(), String> {
        let events = self.events.clone();
        let notify = move |event| {
            let event = match event {
                SaverEvent::Saved { at, changes, .. } => Event::SavedUpTo { at, changes },
                SaverEvent::Failed { error, retry_in } => {
                    Event::SaveFailed(SaveTrouble::of(&error, retry_in))
                }
                SaverEvent::Conflict(conflict) => Event::Failed(format!(
                    "The file was changed by another program. Yours is now {}; theirs is kept.",
                    conflict.ours.display()
                )),
                SaverEvent::OutOfStep => Event::OutOfStep,
            };
            let _ = events.send(event);
        };
        let clock: Arc<dyn Clock> = Arc::new(self.clock);
        let saver = Saver::start(writer, replica, clock, Pace::default(), notify)
            .map_err(|error| error.explain().to_string())?;
        self.saver = Some(saver);
        self.handed_over = 0;
        Ok(())
    }

    /// Whether a save with so many changes holds everything. What was typed while it was on its way
    /// is in the next one.
    pub const fn is_everything(&self, changes: u64) -> bool {
        changes == self.handed_over
    }

    /// Hands the whole session to the saver, where it lost count of the changes.
    pub fn replace(&self, session: Session) {
        if let Some(saver) = &self.saver {
            saver.handle().replace(session);
        }
    }

    fn close(&mut self) {
        // Dropping a saver saves what is not saved and lets the lock go.
        self.saver = None;
        self.location = None;
    }

    /// Begins to do what [`Stage::end`] waits for.
    pub fn begin_to_end(&mut self) {
        if let Some(saver) = &mut self.saver {
            saver.begin_to_finish();
        }
    }

    /// Saves, ends the saver, and says where the session is.
    pub fn end(&mut self) -> LastWords {
        let Some(location) = self.location.take() else {
            return LastWords::Nothing;
        };
        let argument = argument_for(&location);
        let path = location.path().to_owned();
        let Some(saver) = self.saver.take() else {
            return LastWords::Nothing;
        };
        match saver.finish(PATIENCE) {
            Ok(Outcome::Safe { path: found, .. }) if found != path => LastWords::Saved {
                argument: found.display().to_string(),
                path: found,
            },
            Ok(_) => LastWords::Saved { path, argument },
            Err(unfinished) => LastWords::NotSaved(match unfinished.outcome {
                Outcome::Failed(error) => error.explain().to_string(),
                _ => "The disk did not answer in time.".to_owned(),
            }),
        }
    }
}
