//! The layout that a command names: a form of the program, or a template in the user's folders.

use std::path::PathBuf;

use super::output::Failure;
use crate::encode;
use crate::report::layout::{Layout, NotWritten};
use crate::tui::stage::templates::{self, ENDING};

/// The layout of this name; of templates of the same name that in the later folder.
pub fn named(name: &str, folders: &[PathBuf]) -> Result<Layout, Failure> {
    let own = templates::read(folders).map_err(|unreadable| {
        Failure::new(
            format!(
                "The folder of templates {} cannot be read: {}.",
                unreadable.folder.display(),
                unreadable.error
            ),
            format!("Name a folder of files such as NAME{ENDING}."),
        )
    })?;
    if let Some(layout) = Layout::named(name, &own) {
        return Ok(layout);
    }
    let layouts = Layout::all(&own);
    let known: Vec<&str> = layouts.iter().map(Layout::id).collect();
    Err(Failure::new(
        format!("There is no form {}.", encode::quoted(name)),
        format!("Choose one of: {}.", known.join(", ")),
    ))
}

/// Why nothing was written, and what to do.
pub fn refused(problem: &NotWritten) -> Failure {
    let advice = match problem {
        NotWritten::Unreadable(_) => "Check the file, or take it out of the folder.",
        NotWritten::Mistake(_) => {
            "Mend that line; docs/templates.md names what a template can use, and `astride \
             template FORM` prints one that works."
        }
    };
    Failure::new(problem.to_string(), advice)
}
