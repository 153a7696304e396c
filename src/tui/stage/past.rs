//! Reads the earlier versions of the open session in the background: on a slow disk fifty files take
//! their time, and the screen never waits for them.

use std::thread;

use super::Stage;
use crate::merge::Past;
use crate::merge::past::Version;
use crate::session::place::TextField;
use crate::session::types::Session;
use crate::tui::app::Event;

/// Compares every version that is kept with the session as it is now, and tells what came of it.
pub fn read(stage: &Stage, present: Session, field: Option<TextField>) -> Result<(), String> {
    let location = stage.location.clone().ok_or("No session is open.")?;
    let folder = stage.folder.clone();
    let events = stage.events.clone();
    let work = move || {
        let past = match folder.history(&location) {
            Err(error) => Err(error.explain().to_string()),
            Ok(kept) => {
                let versions = kept.into_iter().map(|one| {
                    let read = folder.read_version(&location, one.id);
                    let version = Version {
                        number: one.id.to_string(),
                        saved: one.saved,
                    };
                    let session = read.map(|loaded| loaded.session);
                    (version, session.map_err(|error| error.explain().what))
                });
                Ok(Past::of(&present, field, versions))
            }
        };
        // The loop holds the receiver for as long as the stage lives.
        let _ = events.send(Event::Past(Box::new(past)));
    };
    thread::Builder::new()
        .name("past".to_owned())
        .spawn(work)
        .map(drop)
        .map_err(|error| format!("The earlier versions could not be read: {error}."))
}
