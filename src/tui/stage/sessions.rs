//! The list of sessions: reading it, and what is done to a session that is not open. Not for opening
//! one: see `opening`.

use std::collections::HashMap;
use std::thread;

use super::Stage;
use crate::encode::foreign;
use crate::session::coverage::Coverage;
use crate::session::types::Session;
use crate::store::{DataFolder, Disk, OpenError, SessionName, Writer};
use crate::tui::app::{Event, SessionLine, Summary};
use crate::tui::known::{self, Known};

impl Stage {
    /// Lists the sessions: as they were last time, where no file came or went since, and then as
    /// they are, should that be otherwise.
    pub(super) fn list(&self) -> Result<(), String> {
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
        let are_many = entries.len() >= known::WORTH_IT;
        let lines = known.unwrap_or_default().lines_for(entries);
        self.tell(Event::Sessions(lines));
        if are_many {
            let folder = self.folder.clone();
            in_background("sessions", move || {
                known::remember(&folder, &HashMap::new());
            });
        }
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
    pub(super) fn summarise(&self, names: Vec<String>) {
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

    pub(super) fn list_trash(&mut self) -> Result<(), String> {
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

    pub(super) fn retitle(&mut self, name: &str, title: String) -> Result<(), String> {
        let explain = |error: OpenError| error.explain().to_string();
        let location = self.folder.resolve(name).map_err(explain)?;
        let found = self
            .folder
            .open(&location, &self.owner())
            .map_err(explain)?;
        let mut session = found.opened.loaded.session;
        let permit = found.locking.permit().map_err(|_| {
            "The session is open in another window. Close it there first.".to_owned()
        })?;
        session.title = title.into();
        let on_disk = found.opened.on_disk;
        let mut writer = Writer::new(Box::new(Disk), found.opened.location, on_disk, permit);
        writer
            .save(&session, self.now())
            .map_err(|error| error.explain().to_string())?;
        self.tell(Event::Told("It has its new title.".to_owned()));
        self.list()
    }

    pub(super) fn duplicate(&mut self, name: &str) -> Result<(), String> {
        let name = session_name(name)?;
        let summary = self
            .folder
            .summary(&name)
            .map_err(|error| error.explain().to_string())?;
        let title = foreign!("{} (copy)", summary.title);
        self.folder
            .duplicate(&name, title.raw(), &self.owner())
            .map_err(|error| error.explain().to_string())?;
        self.tell(Event::Told("Copied.".to_owned()));
        self.list()
    }

    pub(super) fn move_to_trash(&mut self, name: &str) -> Result<(), String> {
        let name = session_name(name)?;
        self.folder
            .throw_away(&name, &self.owner())
            .map_err(|error| error.explain().to_string())?;
        self.tell(Event::Told(
            "In the trash. t shows it, and Enter brings it back.".to_owned(),
        ));
        self.list()
    }

    pub(super) fn bring_back(&mut self, entry: &str) -> Result<(), String> {
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
}

pub(super) fn session_name(name: &str) -> Result<SessionName, String> {
    SessionName::new(name).map_err(|error| error.explain().to_string())
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
        title: session.title.shown().into_owned(),
        brief: session.brief.clone(),
        answered: Coverage::of(session).answered(),
        threats: session.threats.len(),
        place: format!(
            "at step {} {}{cell}",
            place.step.number(),
            place.step.name()
        ),
        preview: preview.shown().into_owned(),
    }
}
