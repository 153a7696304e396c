//! Opens sessions: by name or path, as a new one, from an example. Not for files that do not open: see
//! `rescue`; nor for the saver that then begins: see the stage itself.

use std::hash::{BuildHasher, RandomState};

use super::{Stage, rescue};
use crate::catalog::source::embedded_examples;
use crate::session::types::Session;
use crate::store::{Disk, Integrity, Location, Replica, Writer, decode};
use crate::tui::app::{Event, Opened};

impl Stage {
    /// Opens a session by name or path.
    pub fn open_argument(&mut self, argument: &str) -> Result<(), String> {
        let location = self
            .folder
            .resolve(argument)
            .map_err(|error| error.explain().to_string())?;
        self.open(&location, false)
    }

    pub(super) fn open(&mut self, location: &Location, is_new: bool) -> Result<(), String> {
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
                let replica = Replica::new(session.clone()).read_from(found.read_from);
                self.start_saver(writer, replica)?;
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

    pub(super) fn create(&mut self, session: &Session, is_new: bool) -> Result<(), String> {
        let location = self
            .folder
            .create(session, &self.owner())
            .map_err(|error| error.explain().to_string())?;
        self.open(&location, is_new)
    }

    pub(super) fn open_example(&mut self, file: &str) -> Result<(), String> {
        let example = embedded_examples()
            .iter()
            .find(|example| example.file == file)
            .ok_or_else(|| "There is no such example.".to_owned())?;
        let loaded =
            decode(example.text().as_bytes()).map_err(|error| error.explain().to_string())?;
        self.create(&loaded.session, false)
    }

    /// A start for new ids that no other run has.
    pub(super) fn seed(&self) -> u64 {
        RandomState::new().hash_one(self.now().as_nanosecond())
    }
}

/// How the session is opened again from a shell.
pub(super) fn argument_for(location: &Location) -> String {
    location.name().map_or_else(
        || location.path().display().to_string(),
        ToString::to_string,
    )
}
