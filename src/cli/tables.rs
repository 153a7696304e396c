//! Several sessions as arguments: read, and named so that no two have the same name.

use super::Context;
use super::output::Failure;
use crate::merge::Table;
use crate::session::types::Session;
use crate::store::split_version;

/// The sessions of a command, in its order.
pub(super) fn read(context: &Context, arguments: &[String]) -> Result<Vec<Table>, Failure> {
    tables(arguments, |argument| one(context, argument))
}

/// The same for a command that makes a new session of them, in which nothing may be missing.
pub(super) fn read_whole(context: &Context, arguments: &[String]) -> Result<Vec<Table>, Failure> {
    tables(arguments, |argument| match split_version(argument) {
        (_, None) => Ok(context.read_whole(argument)?.loaded.session),
        (_, Some(_)) => one(context, argument),
    })
}

fn tables(
    arguments: &[String],
    one: impl Fn(&str) -> Result<Session, Failure>,
) -> Result<Vec<Table>, Failure> {
    let sessions = arguments
        .iter()
        .map(|argument| Ok((argument, one(argument)?)))
        .collect::<Result<Vec<(&String, Session)>, Failure>>()?;
    let same_title = |session: &Session| {
        let other = |(_, one): &&(&String, Session)| one.title == session.title && one != session;
        sessions.iter().any(|one| other(&one))
    };
    Ok(sessions
        .iter()
        .map(|(argument, session)| Table {
            name: if same_title(session) || session.title.trim().is_empty() {
                (*argument).clone()
            } else {
                session.title.clone()
            },
            session: session.clone(),
        })
        .collect())
}

/// One session, or with `@NUMBER` behind it an earlier version of one.
pub(super) fn one(context: &Context, argument: &str) -> Result<Session, Failure> {
    let (name, version) = split_version(argument);
    let Some(version) = version else {
        return Ok(context.read(argument)?.loaded.session);
    };
    let location = context.location(name)?;
    let found = context.folder.read_version(&location, version);
    found.map(|loaded| loaded.session).map_err(|error| {
        let explanation = error.explain();
        let history = context.folder.history(&location).unwrap_or_default();
        let known: Vec<String> = history
            .iter()
            .take(8)
            .map(|one| one.id.to_string())
            .collect();
        let next = if known.is_empty() {
            "This session has no earlier versions yet.".to_owned()
        } else {
            format!("Its latest earlier versions are {}.", known.join(", "))
        };
        Failure::new(
            format!("{argument}: {} {}", explanation.what, explanation.meaning),
            next,
        )
    })
}
