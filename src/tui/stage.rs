//! Does what `update` asked for: opening, saving, listing, exporting. The one place of the terminal
//! program that touches files; what comes of it goes back as events.

mod reports;
mod rescue;

use std::collections::HashMap;
use std::fs;
use std::io::{self, Write as _};
use std::path::PathBuf;
use std::sync::Arc;
use std::sync::mpsc::Sender;
use std::thread;
use std::time::Duration;

use jiff::Timestamp;

use crate::catalog::Catalog;
use crate::catalog::source::embedded_examples;
use crate::encode;
use crate::session::types::Session;
use crate::store::{
    Clock, DataFolder, Disk, Integrity, Location, Outcome, Owner, Pace, SaveHandle, Saver,
    SaverEvent, SessionName, SystemClock, Trashed, Writer, decode, needs_a_save,
};
use crate::tui::app::{Effect, Event, Opened, SessionLine, Summary};
use crate::tui::known::{self, Known};
use crate::tui::overlays::trouble::SaveTrouble;

/// How long an end or an export waits for the disk.
pub const PATIENCE: Duration = Duration::from_secs(2);

/// Sessions, files and the saver of the open session.
pub struct Stage {
    folder: DataFolder,
    events: Sender<Event>,
    clock: SystemClock,
    saver: Option<Saver>,
    location: Option<Location>,
    trash: Vec<Trashed>,
    /// How many lists of changes that need a save the saver was given.
    handed_over: u64,
    catalog: Option<Arc<Catalog>>,
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
    pub fn new(folder: DataFolder, events: Sender<Event>) -> Self {
        Self {
            folder,
            events,
            clock: SystemClock::start(),
            saver: None,
            location: None,
            trash: Vec::new(),
            handed_over: 0,
            catalog: None,
        }
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

    /// Lists the sessions: as they were last time, where no file came or went since, and then as
    /// they are, should that be otherwise.
    fn list(&self) -> Result<(), String> {
        let known = Known::read(&self.folder);
        if let Some(known) = known.as_ref().filter(|known| known.is_of(&self.folder)) {
            self.tell(Event::Sessions(known.lines()));
            self.look_again(known.clone());
            return Ok(());
        }
        let entries = self
            .folder
            .list()
            .map_err(|error| error.explain().to_string())?;
        let lines = known.unwrap_or_default().lines_for(entries);
        self.tell(Event::Sessions(lines));
        let folder = self.folder.clone();
        in_background("sessions", move || {
            known::remember(&folder, &HashMap::new());
        });
        Ok(())
    }

    /// A file may have been changed in its place, which the folder's time does not tell.
    fn look_again(&self, known: Known) {
        let folder = self.folder.clone();
        let events = self.events.clone();
        in_background("sessions", move || {
            if let Ok(entries) = folder.list()
                && !known.has_all_of(&entries)
            {
                let _ = events.send(Event::Sessions(known.lines_for(entries)));
            }
        });
    }

    /// Reads sessions in the background: the list is on the screen meanwhile.
    fn summarise(&self, names: Vec<String>) {
        let folder = self.folder.clone();
        let events = self.events.clone();
        in_background("summaries", move || {
            let summaries: HashMap<String, Summary> = names
                .into_iter()
                .map(|name| (name.clone(), summary(&folder, &name)))
                .collect();
            let _ = events.send(Event::Summaries(summaries.clone()));
            known::remember(&folder, &summaries);
        });
    }

    fn list_trash(&mut self) -> Result<(), String> {
        self.trash = self
            .folder
            .list_trash()
            .map_err(|error| error.explain().to_string())?;
        let lines = self
            .trash
            .iter()
            .map(|trashed| SessionLine {
                name: trashed.entry.to_string(),
                modified: Some(trashed.thrown_away),
                summary: None,
            })
            .collect();
        self.tell(Event::Trash(lines));
        Ok(())
    }

    /// Opens a session by name or path.
    pub fn open_argument(&mut self, argument: &str) -> Result<(), String> {
        let location = self
            .folder
            .resolve(argument)
            .map_err(|error| error.explain().to_string())?;
        self.open(&location, false)
    }

    fn open(&mut self, location: &Location, is_new: bool) -> Result<(), String> {
        self.close();
        let owner = self.owner();
        let found = match self.folder.open(location, &owner) {
            Ok(found) => found,
            Err(error) => return rescue::offer(self, location, &error),
        };
        let loaded = found.opened.loaded;
        if loaded.integrity == Integrity::ChangedOutside {
            // The lock goes before the copy is made; the file itself is not touched.
            drop(found.locking);
            return self.open_changed_outside(&loaded.session, location);
        }
        let session = loaded.session;
        let mut read_only = None;
        match found.locking.permit() {
            Ok(permit) => {
                let writer = Writer::new(
                    Box::new(Disk),
                    found.opened.location.clone(),
                    found.opened.on_disk,
                    permit,
                );
                self.start_saver(writer, &session)?;
            }
            Err(other) => {
                let who = other
                    .who
                    .map_or_else(String::new, |who| format!(" ({who})"));
                read_only = Some(format!("Reading only: it is open in another window{who}."));
            }
        }
        self.location = Some(found.opened.location.clone());
        self.tell(Event::Opened(Box::new(Opened {
            name: argument_for(&found.opened.location),
            session,
            read_only,
            notice: None,
            id_seed: self.seed(),
            is_new,
        })));
        Ok(())
    }

    /// A file that was changed outside is kept as it is; work goes on in a copy.
    fn open_changed_outside(&mut self, session: &Session, from: &Location) -> Result<(), String> {
        self.create(session, false)?;
        let path = from.path().display();
        self.tell(Event::Failed(format!(
            "{path} was changed outside Astride. It is kept as it is; this is a copy of it."
        )));
        Ok(())
    }

    fn create(&mut self, session: &Session, is_new: bool) -> Result<(), String> {
        let location = self
            .folder
            .create(session, &self.owner())
            .map_err(|error| error.explain().to_string())?;
        self.open(&location, is_new)
    }

    fn open_example(&mut self, file: &str) -> Result<(), String> {
        let example = embedded_examples()
            .iter()
            .find(|example| example.file == file)
            .ok_or_else(|| "There is no such example.".to_owned())?;
        let loaded =
            decode(example.text().as_bytes()).map_err(|error| error.explain().to_string())?;
        self.create(&loaded.session, false)
    }

    fn start_saver(&mut self, writer: Writer, session: &Session) -> Result<(), String> {
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
        let saver = Saver::start(writer, session.clone(), clock, Pace::default(), notify)
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

    fn retitle(&mut self, name: &str, title: String) -> Result<(), String> {
        let explain = |error: crate::store::OpenError| error.explain().to_string();
        let location = self.folder.resolve(name).map_err(explain)?;
        let found = self
            .folder
            .open(&location, &self.owner())
            .map_err(explain)?;
        let mut session = found.opened.loaded.session;
        let permit = found.locking.permit().map_err(|_| {
            "The session is open in another window. Close it there first.".to_owned()
        })?;
        session.title = title;
        let on_disk = found.opened.on_disk;
        let mut writer = Writer::new(Box::new(Disk), found.opened.location, on_disk, permit);
        writer
            .save(&session, self.now())
            .map_err(|error| error.explain().to_string())?;
        self.tell(Event::Told("It has its new title.".to_owned()));
        self.list()
    }

    fn duplicate(&mut self, name: &str) -> Result<(), String> {
        let name = session_name(name)?;
        let summary = self
            .folder
            .summary(&name)
            .map_err(|error| error.explain().to_string())?;
        let title = format!("{} (copy)", summary.title);
        self.folder
            .duplicate(&name, &title, &self.owner())
            .map_err(|error| error.explain().to_string())?;
        self.tell(Event::Told("Copied.".to_owned()));
        self.list()
    }

    fn move_to_trash(&mut self, name: &str) -> Result<(), String> {
        let name = session_name(name)?;
        self.folder
            .throw_away(&name, &self.owner())
            .map_err(|error| error.explain().to_string())?;
        self.tell(Event::Told(
            "In the trash. t shows it, and Enter brings it back.".to_owned(),
        ));
        self.list()
    }

    fn bring_back(&mut self, entry: &str) -> Result<(), String> {
        let Some(trashed) = self
            .trash
            .iter()
            .find(|one| one.entry.as_str() == entry)
            .cloned()
        else {
            return Err("That is not in the trash any more.".to_owned());
        };
        self.folder
            .bring_back(&trashed, &self.owner())
            .map_err(|error| error.explain().to_string())?;
        self.tell(Event::Told("It is back among the sessions.".to_owned()));
        self.list()?;
        self.list_trash()
    }

    fn export(&self, path: &str, text: &str, overwrite: bool) -> Result<(), String> {
        let shown = encode::screen(path).into_owned();
        let target = expanded(path);
        let written = if overwrite {
            replace_file(&target, text)
        } else {
            match fs::OpenOptions::new()
                .write(true)
                .create_new(true)
                .open(&target)
            {
                Ok(mut file) => file
                    .write_all(text.as_bytes())
                    .and_then(|()| file.sync_all()),
                Err(error) if error.kind() == io::ErrorKind::AlreadyExists => {
                    self.tell(Event::ExportExists {
                        path: path.to_owned(),
                    });
                    return Ok(());
                }
                Err(error) => Err(error),
            }
        };
        written.map_err(|error| {
            format!(
                "{shown} could not be written: {error}. Choose another path; your session is safe."
            )
        })?;
        let full = fs::canonicalize(&target).unwrap_or(target);
        self.tell(Event::Told(format!("Written to {}", full.display())));
        Ok(())
    }

    /// A start for new ids that no other run has.
    fn seed(&self) -> u64 {
        use std::hash::{BuildHasher, RandomState};
        RandomState::new().hash_one(self.now().as_nanosecond())
    }
}

fn session_name(name: &str) -> Result<SessionName, String> {
    SessionName::new(name).map_err(|error| error.explain().to_string())
}

/// A new content for a file that is there: beside it first, then in its place.
pub fn replace_file(target: &std::path::Path, text: &str) -> io::Result<()> {
    let folder = match target.parent() {
        Some(folder) if !folder.as_os_str().is_empty() => folder,
        _ => std::path::Path::new("."),
    };
    let mut file = tempfile::NamedTempFile::new_in(folder)?;
    file.write_all(text.as_bytes())?;
    file.as_file().sync_all()?;
    if let Ok(metadata) = fs::metadata(target) {
        file.as_file().set_permissions(metadata.permissions())?;
    }
    file.persist(target).map_err(|error| error.error)?;
    Ok(())
}

/// A path as a person types it: `~/` is their home folder.
fn expanded(path: &str) -> PathBuf {
    match path.strip_prefix("~/") {
        Some(rest) => match directories::BaseDirs::new() {
            Some(base) => base.home_dir().join(rest),
            None => PathBuf::from(path),
        },
        None => PathBuf::from(path),
    }
}

/// How the session is opened again from a shell.
fn argument_for(location: &Location) -> String {
    location.name().map_or_else(
        || location.path().display().to_string(),
        ToString::to_string,
    )
}

/// Does something that nobody waits for. Without the thread it is not done: the list shows names
/// alone.
fn in_background(name: &str, work: impl FnOnce() + Send + 'static) {
    let _ = thread::Builder::new().name(name.to_owned()).spawn(work);
}

fn summary(folder: &DataFolder, name: &str) -> Summary {
    let read = SessionName::new(name).and_then(|name| folder.read(&folder.location(&name)?));
    match read {
        Ok(opened) => whole(&opened.loaded.session),
        Err(error) => Summary::Damaged(error.explain().what),
    }
}

fn whole(session: &Session) -> Summary {
    let place = &session.working.place;
    let cell = place.cell.as_ref().map_or_else(String::new, |cell| {
        format!(", {} · {}", cell.component, cell.category)
    });
    let preview = session
        .working
        .drafts
        .last()
        .map(|draft| draft.text.clone())
        .or_else(|| {
            let last = session
                .threats
                .iter()
                .max_by_key(|threat| threat.changed.at)?;
            Some(last.title.clone())
        })
        .unwrap_or_default();
    Summary::Whole {
        title: session.title.clone(),
        brief: session.brief.clone(),
        answered: crate::session::coverage::Coverage::of(session).answered(),
        threats: session.threats.len(),
        place: format!(
            "at step {} {}{cell}",
            place.step.number(),
            place.step.name()
        ),
        preview,
    }
}
