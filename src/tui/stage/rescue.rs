//! What the stage does when a file is not as it should be: offers what there is of a session that does
//! not open, goes back to an earlier version or makes a session of one, saves in another folder.

use std::thread;
use std::time::Duration;

use super::Stage;
use super::export::expanded;
use super::opening::argument_for;
use crate::encode;
use crate::store::{DataFolder, GenerationId, Location, OpenError, Outcome, SessionName};
use crate::tui::app::{Event, Opened};
use crate::tui::overlays::trouble::Damage;

/// How long another folder may take for its first save. Nobody waits for it but a thread.
const PATIENCE: Duration = Duration::from_secs(30);

/// Tells what there is of a session that does not open, or just why it does not. What a newer program
/// saved is opened for reading, where it can be understood.
pub fn offer(stage: &mut Stage, location: &Location, error: &OpenError) -> Result<(), String> {
    let is_newer = matches!(error, OpenError::NewerFormat { .. });
    if is_newer
        && let Ok(opened) = stage.folder.read(location)
        && let Some(newer) = opened.loaded.newer
    {
        stage.location = Some(location.clone());
        stage.tell(Event::Opened(Box::new(Opened {
            name: argument_for(location),
            session: opened.loaded.session,
            read_only: Some(newer.words()),
            notice: None,
            id_seed: stage.seed(),
            is_new: false,
        })));
        return Ok(());
    }
    let explanation = error.explain();
    if !error.is_damage() && !is_newer {
        return Err(explanation.to_string());
    }
    let good = if is_newer {
        None
    } else {
        stage.folder.newest_good_version(location)
    };
    let texts = stage.folder.salvage(location).unwrap_or_default();
    stage.tell(Event::Damaged(Box::new(Damage {
        name: argument_for(location),
        what: explanation.what,
        meaning: explanation.meaning,
        good: good.map(|one| (one.id.to_string(), one.saved)),
        texts: texts
            .into_iter()
            .filter(crate::store::Salvaged::is_words)
            .map(|one| {
                let field = one.field.as_deref().unwrap_or("text").replace('_', " ");
                (format!("line {}, {field}", one.line), one.text)
            })
            .collect(),
        is_newer,
    })));
    Ok(())
}

/// Goes back to an earlier version and opens it.
pub fn restore(stage: &mut Stage, name: &str, version: &str) -> Result<(), String> {
    let explain = |error: &OpenError| error.explain().to_string();
    let location = stage.folder.resolve(name).map_err(|one| explain(&one))?;
    let id = GenerationId::parse(version).ok_or("That is not a version.")?;
    let was_open = let_go(stage, &location)?;
    let restored = match stage.folder.restore(&location, id, &stage.owner()) {
        Ok(restored) => restored,
        Err(error) => {
            if was_open {
                stage.open(&location, false)?;
            }
            return Err(error.explain().to_string());
        }
    };
    stage.open(&location, false)?;
    let kept = restored.kept.map_or_else(String::new, |kept| {
        if was_open {
            format!(" The session as it was is version {kept}; H leads back to it.")
        } else {
            format!(" The file as it was is version {kept}.")
        }
    });
    stage.tell(Event::Told(format!("This is version {version}.{kept}")));
    Ok(())
}

/// Makes a new session of an earlier version of the open one, and opens it.
pub fn restore_copy(stage: &mut Stage, version: &str, title: &str) -> Result<(), String> {
    let location = stage.location.clone().ok_or("No session is open.")?;
    let id = GenerationId::parse(version).ok_or("That is not a version.")?;
    let_go(stage, &location)?;
    let made = stage
        .folder
        .restore_as(&location, id, title, &stage.owner())
        .map_err(|error| error.explain().to_string());
    match made {
        Ok(copy) => stage.open(&copy, false)?,
        Err(words) => {
            stage.open(&location, false)?;
            return Err(words);
        }
    }
    stage.tell(Event::Told(format!(
        "This is a new session, made of version {version}. The other is as it was, in the list."
    )));
    Ok(())
}

/// Saves the session and lets its lock go, where it is the open one. One that cannot be saved is
/// kept open: the earlier version would cost what was typed.
fn let_go(stage: &mut Stage, location: &Location) -> Result<bool, String> {
    if stage.location.as_ref() != Some(location) {
        return Ok(false);
    }
    if let Some(handle) = stage.handle()
        && !matches!(handle.save_now(super::PATIENCE), Outcome::Safe { .. })
    {
        return Err(
            "The session as it is now could not be saved, so it was left open. \
                    Nothing was restored."
                .to_owned(),
        );
    }
    stage.close();
    Ok(true)
}

/// Saves the open session in another folder from now on. The screen does not wait for that disk.
pub fn save_elsewhere(stage: &Stage, typed: &str) -> Result<(), String> {
    let handle = stage.handle().ok_or("No session is open.")?;
    let name = stage
        .location
        .as_ref()
        .and_then(|location| location.name().cloned())
        .unwrap_or_else(|| SessionName::from_title("rescued"));
    let folder = expanded(typed);
    // Whole, so that the last line in the shell is right in any folder.
    let folder = DataFolder::new(std::path::absolute(&folder).unwrap_or(folder));
    let owner = stage.owner();
    let shown = encode::screen(typed).into_owned();
    let events = stage.events.clone();
    let work = move || {
        let event = match folder.claim(&name, &owner) {
            Err(error) => Event::Failed(format!(
                "{shown}: {} Name another folder.",
                error.explain().what
            )),
            Ok((location, permit)) => match handle.move_to(location, permit, PATIENCE) {
                Outcome::Safe { path, .. } => Event::Told(format!(
                    "Saved in {}, and from now on there.",
                    path.display()
                )),
                Outcome::Failed(error) => {
                    Event::Failed(format!("{shown}: {}. Name another folder.", error.reason()))
                }
                Outcome::NoAnswer => {
                    Event::Failed(format!("{shown} does not answer. Name another folder."))
                }
            },
        };
        // The loop holds the receiver for as long as the program runs.
        let _ = events.send(event);
    };
    thread::Builder::new()
        .name("elsewhere".to_owned())
        .spawn(work)
        .map(|_| ())
        .map_err(|error| format!("The system gave no thread for it: {error}."))
}
