//! `astride export`: a write-up, to standard output or into a file.

use std::fs;
use std::io::{self, Write as _};
use std::mem::ManuallyDrop;
use std::path::Path;
use std::thread;

use super::Context;
use super::output::{self, Ending, Failure};
use super::user_templates::refused;
use crate::encode;
use crate::report::Options;
use crate::report::layout::Layout;
use crate::tui::stage::{is_same_file, replace_file};

/// Writes a session up.
pub fn run(
    context: &Context,
    argument: &str,
    layout: &Layout,
    target: Option<&Path>,
    force: bool,
    names: bool,
) -> Result<Ending, Failure> {
    // Neither needs the other, and each takes as long as the writing.
    let (opened, catalog) = thread::scope(|scope| {
        let reader = scope.spawn(|| context.read(argument));
        let catalog = context.catalog();
        let gone = || Failure::new("The session could not be read.", "Try again.");
        (reader.join().unwrap_or_else(|_| Err(gone())), catalog)
    });
    let (opened, catalog) = (ManuallyDrop::new(opened?), catalog?);
    let session = &opened.loaded.session;
    let catalog = session.with_own_systems(&catalog);
    let options = Options { names };
    let text = layout
        .write(session, &catalog, &options)
        .map_err(|problem| refused(&problem))?;
    let left_out = layout.left_out(session, &catalog, &options);
    let Some(target) = target else {
        output::raw(&text)?;
        say_what_is_missing(layout, &left_out);
        return Ok(Ending::Done);
    };
    let shown = target.display();
    if is_same_file(target, opened.location.path()) {
        return Err(Failure::new(
            format!("{shown} is the session itself; a write-up in its place would end it."),
            "Choose another name.",
        ));
    }
    write(target, &text, force).map_err(|error| match error.kind() {
        io::ErrorKind::AlreadyExists => Failure::new(
            format!("{shown} is there already and was left as it is."),
            "Choose another name, or replace it with --force.",
        ),
        io::ErrorKind::IsADirectory => Failure::new(
            format!("{shown} is a folder."),
            "Name a file in it, such as threat-model.md.",
        ),
        _ => Failure::new(
            format!("{shown} could not be written: {error}. The session is as it was."),
            "Choose another place.",
        ),
    })?;
    output::say(&format!("Written to {shown}"));
    say_what_is_missing(layout, &left_out);
    Ok(Ending::Done)
}

fn say_what_is_missing(layout: &Layout, left_out: &[String]) {
    if !left_out.is_empty() {
        let name = match layout {
            Layout::Form(form) => form.name.to_owned(),
            Layout::Own(template) => encode::quoted(&template.path),
        };
        output::say(&format!("Not in it, because {name} has no place for it:"));
    }
    for line in left_out {
        output::say(&format!("  - {line}"));
    }
}

fn write(target: &Path, text: &str, force: bool) -> io::Result<()> {
    match fs::metadata(target) {
        Ok(found) if found.is_dir() => Err(io::ErrorKind::IsADirectory.into()),
        // A device or a pipe holds nothing that could be lost, and must stay what it is.
        Ok(found) if !found.is_file() => fs::OpenOptions::new()
            .write(true)
            .open(target)?
            .write_all(text.as_bytes()),
        // Where a link leads is replaced, and not the link.
        Ok(_) if force => replace_file(&fs::canonicalize(target)?, text),
        _ => create(target, text),
    }
}

/// A new file, or nothing: half a write-up is taken away again.
fn create(target: &Path, text: &str) -> io::Result<()> {
    let mut file = fs::OpenOptions::new()
        .write(true)
        .create_new(true)
        .open(target)?;
    let written = file
        .write_all(text.as_bytes())
        .and_then(|()| file.sync_all());
    if written.is_err() {
        drop(file);
        // If it cannot be taken away either, the first error says more.
        let _ = fs::remove_file(target);
    }
    written
}
