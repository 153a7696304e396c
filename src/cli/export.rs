//! `astride export`: a write-up, to standard output or into a file.

use std::fs;
use std::io::{self, Write as _};
use std::path::Path;

use super::Context;
use super::output::{self, Ending, Failure};
use crate::report::{Form, Options};
use crate::tui::stage::replace_file;

/// Writes a session up.
pub fn run(
    context: &Context,
    argument: &str,
    form: &str,
    target: Option<&Path>,
    force: bool,
    names: bool,
) -> Result<Ending, Failure> {
    let Some(form) = Form::by_id(form) else {
        let known: Vec<&str> = Form::ALL.iter().map(|form| form.id).collect();
        return Err(Failure::new(
            format!("There is no form \"{form}\"."),
            format!("Choose one of: {}.", known.join(", ")),
        ));
    };
    let opened = context.read(argument)?;
    let catalog = context.catalog()?;
    let text = (form.write)(&opened.loaded.session, &catalog, &Options { names });
    let Some(target) = target else {
        output::raw(&text)?;
        return Ok(Ending::Done);
    };
    let written = if force {
        replace_file(target, &text)
    } else {
        fs::OpenOptions::new()
            .write(true)
            .create_new(true)
            .open(target)
            .and_then(|mut file| {
                file.write_all(text.as_bytes())
                    .and_then(|()| file.sync_all())
            })
    };
    written.map_err(|error| {
        let shown = target.display();
        if error.kind() == io::ErrorKind::AlreadyExists {
            Failure::new(
                format!("{shown} is there already and was left as it is."),
                "Choose another name, or replace it with --force.",
            )
        } else {
            Failure::new(
                format!("{shown} could not be written: {error}."),
                "Choose another place. The session is safe.",
            )
        }
    })?;
    output::say(&format!("Written to {}", target.display()));
    Ok(Ending::Done)
}
