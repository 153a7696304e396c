//! `astride merge`: the sessions of several tables become one new session.

use std::io::{self, Write as _};
use std::path::Path;

use jiff::Timestamp;

use super::output::{self, Ending, Failure};
use super::{Context, refusal, tables};
use crate::merge::bring_together;
use crate::session::types::Session;
use crate::store::{self, Disk, OnDisk, Owner, SessionName, Writer};

/// Brings sessions together under a new name or in a new file.
pub fn run(context: &Context, target: &str, arguments: &[String]) -> Result<Ending, Failure> {
    let tables = tables::read_whole(context, arguments)?;
    let session = bring_together(&tables);
    check(&session)?;
    let is_path = target.contains(std::path::is_separator)
        || Path::new(target)
            .extension()
            .is_some_and(|ending| ending == "ron");
    let place = if is_path {
        write_file(Path::new(target), &session)?;
        target.to_owned()
    } else {
        save(context, target, &session)?
    };
    output::say(&format!(
        "Brought {} sessions together: {} threats, {} mitigations, {} people.",
        arguments.len(),
        session.threats.len(),
        session.mitigations.len(),
        session.participants.len()
    ));
    match session.disputes.len() {
        0 => {}
        1 => output::say("They disagree about one thing. Step 4 shows it, to be settled."),
        count => output::say(&format!(
            "They disagree about {count} things. Step 4 shows them, to be settled."
        )),
    }
    output::raw(&place)?;
    Ok(Ending::Done)
}

/// What is written must open again: lists and files have bounds.
fn check(session: &Session) -> Result<(), Failure> {
    let text = store::encode(session, 1).map_err(|error| error.to_string());
    let opens = text.and_then(|text| {
        let loaded = store::decode(text.as_bytes());
        loaded.map_err(|error| error.explain().what)
    });
    match opens {
        Ok(_) => Ok(()),
        Err(why) => Err(Failure::new(
            format!("Together they do not make a session that opens: {why} Nothing was written."),
            "Bring fewer sessions together.",
        )),
    }
}

fn write_file(target: &Path, session: &Session) -> Result<(), Failure> {
    let text = store::encode(session, 1)
        .map_err(|error| Failure::new(format!("The session could not be written: {error}."), ""))?;
    create_whole(target, &text).map_err(|error| match error.kind() {
        io::ErrorKind::AlreadyExists => Failure::new(
            format!(
                "{} is there already and was left as it is.",
                target.display()
            ),
            "Choose another name.",
        ),
        _ => Failure::new(
            format!("{} could not be written: {error}.", target.display()),
            "Choose another place. The sessions are as they were.",
        ),
    })
}

/// A new file with all of the text, or none.
fn create_whole(target: &Path, text: &str) -> io::Result<()> {
    let folder = match target.parent() {
        Some(folder) if !folder.as_os_str().is_empty() => folder,
        _ => Path::new("."),
    };
    let mut file = tempfile::NamedTempFile::new_in(folder)?;
    file.write_all(text.as_bytes())?;
    file.as_file().sync_all()?;
    file.persist_noclobber(target)
        .map_err(|error| error.error)?;
    Ok(())
}

fn save(context: &Context, name: &str, session: &Session) -> Result<String, Failure> {
    let now = Timestamp::now();
    let wanted = SessionName::new(name).unwrap_or_else(|_| SessionName::from_title(name));
    let (location, permit) = context
        .folder
        .claim(&wanted, &Owner::this_process(now))
        .map_err(|error| refusal::to_use(&context.folder, &error))?;
    let mut writer = Writer::new(Box::new(Disk), location, OnDisk::Nothing, permit);
    writer.save(session, now).map_err(|error| {
        let explanation = error.explain();
        Failure::new(
            format!("{} {}", explanation.what, explanation.meaning),
            explanation.advice,
        )
    })?;
    let location = writer.location();
    output::say(&format!("Made {}", location.path().display()));
    Ok(location.name().map_or_else(
        || location.path().display().to_string(),
        ToString::to_string,
    ))
}
