//! What a shell is told when a session does not open: where, what, and a step that a shell has.
//!
//! The store explains the same errors for the screen; here the file is named, because nothing else
//! on the line says which one it was.

use super::output::Failure;
use crate::store::{DataFolder, FolderError, Location, OpenError};

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
        OpenError::Missing { near, .. } if location.name().is_some() && !near.is_empty() => {
            format!(
                "Did you mean {}? `astride list` shows every session.",
                near.join(", ")
            )
        }
        OpenError::Missing {
            earlier_versions: 1..,
            ..
        } => format!(
            "They are in {}; `astride show FILE` shows one.",
            location.history().display()
        ),
        OpenError::Missing { .. } => {
            "`astride list` shows the sessions in the data folder.".to_owned()
        }
        _ if error.is_damage() => match folder.newest_good_version(location) {
            Some(version) => format!(
                "An earlier version opens: {}. `astride show` shows it; copy it over the session to go back to it.",
                version.path.display()
            ),
            None if error.position().is_some() => {
                "Mend that place in a text editor, or bring the file back from a copy.".to_owned()
            }
            None => {
                "Bring the file back from a copy, for instance from version control.".to_owned()
            }
        },
        _ => explanation.advice,
    };
    Failure::new(what, next)
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
