//! Reads the texts of all sessions in the background, for a search that goes through them.

use std::thread;

use super::Stage;
use super::sessions::session_name;
use crate::session::search::KeptTexts;
use crate::tui::app::Event;

/// No more text than this is held for a search. The newest sessions come first; it is some hundred
/// times what a team writes.
const MOST_BYTES: usize = 32 << 20;

/// Reads the sessions of these names, in this order. Those that do not open are left out: the list
/// says so already.
pub fn read(stage: &Stage, names: Vec<String>) -> Result<(), String> {
    let folder = stage.folder.clone();
    let events = stage.events.clone();
    let work = move || {
        let mut all = Vec::new();
        let mut bytes = 0;
        for name in names {
            let location = session_name(&name).and_then(|name| {
                let found = folder.location(&name);
                found.map_err(|error| error.explain().to_string())
            });
            let Ok(opened) = location.and_then(|location| {
                let read = folder.read(&location);
                read.map_err(|error| error.explain().to_string())
            }) else {
                continue;
            };
            let texts = KeptTexts::of(name, &opened.loaded.session);
            bytes += texts.bytes();
            if bytes > MOST_BYTES {
                break;
            }
            all.push(texts);
        }
        // The loop holds the receiver for as long as the stage lives.
        let _ = events.send(Event::Texts(all));
    };
    thread::Builder::new()
        .name("texts".to_owned())
        .spawn(work)
        .map(drop)
        .map_err(|error| format!("The sessions could not be searched: {error}."))
}
