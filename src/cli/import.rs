//! `astride import`: a model of another program as a new session.

use std::fs::File;
use std::io::Read as _;
use std::path::Path;

use jiff::Timestamp;

use super::output::{self, Ending, Failure};
use super::{Context, refusal};
use crate::import::{self, LARGEST};
use crate::session::id::IdSource;
use crate::store::Owner;

/// Reads the model, makes the session, and says what was not taken over.
pub fn run(context: &Context, file: &Path, name: Option<&str>) -> Result<Ending, Failure> {
    let catalog = context.catalog()?;
    let shown = file.display();
    let bytes = read(file).map_err(|error| {
        Failure::new(
            format!("{shown} could not be read: {error}. No session was made."),
            "Give the path of a model.",
        )
    })?;
    let now = Timestamp::now();
    let ids = IdSource::new(now.as_nanosecond().unsigned_abs() as u64);
    let mut imported = import::read(&bytes, &catalog, ids, now).map_err(|error| {
        Failure::new(
            format!("{shown} could not be taken over: {error}. No session was made."),
            "Open Threat Model (JSON or YAML), Threat Dragon 2 and Threat Composer 1 are read; \
             `astride attach` reads reports of scanners.",
        )
    })?;
    if let Some(name) = name.map(str::trim).filter(|name| !name.is_empty()) {
        imported.session.title = name.into();
    }
    let session = &imported.session;
    let location = context
        .folder
        .create(session, &Owner::this_process(now))
        .map_err(|error| refusal::to_use(&context.folder, &error))?;
    output::say(&format!(
        "Made {} of a model of {}: {} threats, {} mitigations, {} components.",
        location.path().display(),
        imported.format.name(),
        session.threats.len(),
        session.mitigations.len(),
        session.components.len(),
    ));
    if !imported.notices.is_empty() {
        output::say("Not taken over, and kept as a note of the review:");
    }
    for notice in &imported.notices {
        output::say(&format!("  - {notice}"));
    }
    let argument = location.name().map_or_else(
        || location.path().display().to_string(),
        ToString::to_string,
    );
    output::raw(&argument)?;
    Ok(Ending::Done)
}

/// The file, at most one byte more than is taken.
fn read(file: &Path) -> std::io::Result<Vec<u8>> {
    let mut bytes = Vec::new();
    let most = LARGEST as u64 + 1;
    File::open(file)?.take(most).read_to_end(&mut bytes)?;
    Ok(bytes)
}
