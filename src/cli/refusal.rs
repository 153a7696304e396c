//! What a shell is told when a session does not open: where, what, and a step that a shell has.
//!
//! The store explains the same errors for the screen; here the file is named, because nothing else
//! on the line says which one it was.

use super::output::Failure;
use crate::encode;
use crate::store::{DataFolder, FolderError, GenerationId, Location, OpenError};

/// A session that could not be read.
pub fn to_read(folder: &DataFolder, location: &Location, error: &OpenError) -> Failure {
    let path = location.path().display();
    let explanation = error.explain();
    let what = match error {
        OpenError::Missing { .. } if location.name().is_none() => {
            format!("There is no file {path}. Nothing was opened.")
        }
        OpenError::Missing { .. } => format!("{} {}", explanation.what, explanation.meaning),
        OpenError::Damaged(problem) | OpenError::Inconsistent(problem) => format!(
            "{path}:{}:{}: {}. {}",
            problem.line, problem.column, problem.what, explanation.meaning
        ),
        _ => format!("{path}: {} {}", explanation.what, explanation.meaning),
    };
    let next = match error {
        OpenError::Missing {
            earlier_versions: 1..,
            ..
        } => format!(
            "`astride history {0}` lists them; `astride restore {0}@VERSION` brings one back.",
            argument(location)
        ),
        OpenError::Missing { near, .. } if location.name().is_some() && !near.is_empty() => {
            format!(
                "Did you mean {}? `astride list` shows every session.",
                near.join(", ")
            )
        }
        OpenError::Missing { .. } => {
            "`astride list` shows the sessions in the data folder.".to_owned()
        }
        OpenError::NewerFormat { .. } => format!(
            "{} Until then `astride show {} --salvage` prints its texts.",
            explanation.advice,
            argument(location)
        ),
        _ if error.is_damage() => match folder.newest_good_version(location) {
            Some(version) => format!(
                "An earlier version opens: `astride restore {0}@{1}` goes back to it and keeps the \
                 damaged file as a version; `astride show {0} --salvage` prints the texts that can \
                 still be read.",
                argument(location),
                version.id
            ),
            None if error.position().is_some() => format!(
                "Mend that place in a text editor, or bring the file back from a copy; \
                 `astride show {} --salvage` prints the texts that can still be read.",
                argument(location)
            ),
            None => {
                "Bring the file back from a copy, for instance from version control.".to_owned()
            }
        },
        _ => explanation.advice,
    };
    Failure::new(what, next)
}

/// A version that is not there or does not open.
pub fn to_find_version(session: &str, version: GenerationId, error: &FolderError) -> Failure {
    match error {
        FolderError::NoSuchEntry => Failure::new(
            format!("There is no version {version} of {session}. Nothing was changed."),
            format!(
                "`astride history {}` lists the versions.",
                encode::shell_word(session)
            ),
        ),
        FolderError::Open(error) => {
            let explanation = error.explain();
            Failure::new(
                format!(
                    "Version {version} of {session} does not open: {} Nothing was changed.",
                    explanation.what
                ),
                format!(
                    "`astride history {}` says which versions open.",
                    encode::shell_word(session)
                ),
            )
        }
        other => {
            let explanation = other.explain();
            Failure::new(
                format!("{} {}", explanation.what, explanation.meaning),
                explanation.advice,
            )
        }
    }
}

/// The session as a command takes it.
pub fn argument(location: &Location) -> String {
    location.name().map_or_else(
        || encode::shell_word(&location.path().display().to_string()).into_owned(),
        ToString::to_string,
    )
}

/// A word that cannot be a session.
pub fn to_resolve(error: &OpenError) -> Failure {
    let explanation = error.explain();
    let next = match error {
        OpenError::NotAName { .. } => {
            "Give a name that `astride list` shows, or the path of a .ron file.".to_owned()
        }
        _ => explanation.advice,
    };
    Failure::new(
        format!("{} {}", explanation.what, explanation.meaning),
        next,
    )
}

/// A data folder that could not be used.
pub fn to_use(folder: &DataFolder, error: &FolderError) -> Failure {
    let explanation = error.explain();
    Failure::new(
        format!(
            "{}: {} {}",
            folder.root().display(),
            explanation.what,
            explanation.meaning
        ),
        explanation.advice,
    )
}
