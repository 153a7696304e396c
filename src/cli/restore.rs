//! `astride restore`: back to an earlier version, or a new session made of one. Undone by another
//! `restore`, because what stood there before is kept as a version first.

use super::output::{self, Ending, Failure};
use super::{Context, refusal};
use crate::encode;
use crate::session::coverage::Coverage;
use crate::store::{
    Clock as _, FolderError, GenerationId, Location, Owner, SystemClock, split_version,
};

/// Brings a version back, in the place of the session or as a new one.
pub fn run(context: &Context, argument: &str, title: Option<&str>) -> Result<Ending, Failure> {
    let (session, version) = split_version(argument);
    let Some(version) = version else {
        return Err(Failure::new(
            format!("Which version of {session}? Nothing was changed."),
            format!(
                "`astride history {}` lists them; name one as in {}@12.",
                encode::shell_word(session),
                encode::shell_word(session)
            ),
        ));
    };
    let location = context.location(session)?;
    let owner = Owner::this_process(SystemClock::start().now());
    match title.map(str::trim) {
        Some("") => Err(Failure::new(
            "A new session needs a title. Nothing was changed.",
            "Give one, as in --as \"Team blue, as it was\".",
        )),
        Some(title) => beside(context, &location, (session, version), title, &owner),
        None => in_place(context, &location, (session, version), &owner),
    }
}

fn in_place(
    context: &Context,
    location: &Location,
    (session, version): (&str, GenerationId),
    owner: &Owner,
) -> Result<Ending, Failure> {
    let restored = context
        .folder
        .restore(location, version, owner)
        .map_err(|error| refused(context, session, version, &error))?;
    let now = &restored.opened.loaded.session;
    let (answered, cells) = Coverage::of(now).answered();
    let threats = now.threats.len();
    let plural = if threats == 1 { "" } else { "s" };
    output::say(&format!(
        "Version {version} is in place: {answered} of {cells} cells answered, {threats} threat{plural}."
    ));
    if let Some(kept) = restored.kept {
        output::say(&format!(
            "What stood there before is version {kept}: `astride restore {}@{kept}` takes this back.",
            refusal::argument(location)
        ));
    }
    Ok(Ending::Done)
}

fn beside(
    context: &Context,
    location: &Location,
    (session, version): (&str, GenerationId),
    title: &str,
    owner: &Owner,
) -> Result<Ending, Failure> {
    let made = context
        .folder
        .restore_as(location, version, title, owner)
        .map_err(|error| refused(context, session, version, &error))?;
    output::say(&format!(
        "Version {version} is the session {0} now; `astride open {0}` opens it.",
        refusal::argument(&made)
    ));
    Ok(Ending::Done)
}

fn refused(
    context: &Context,
    session: &str,
    version: GenerationId,
    error: &FolderError,
) -> Failure {
    match error {
        FolderError::NoSuchEntry | FolderError::Open(_) => {
            refusal::to_find_version(session, version, error)
        }
        other => refusal::to_use(&context.folder, other),
    }
}
