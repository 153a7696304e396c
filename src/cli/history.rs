//! `astride history`: the earlier versions of a session, and how to go back to one.

use std::fmt::Write as _;

use jiff::Timestamp;
use serde::Serialize;

use super::output::{self, Ending, Failure};
use super::{Context, refusal};
use crate::encode::ForeignText;
use crate::session::coverage::Coverage;
use crate::store::{FolderError, Generation, Loaded, Location};

/// One version in JSON.
#[derive(Serialize)]
struct Line {
    version: String,
    saved: String,
    bytes: u64,
    path: String,
    /// Nothing where the version does not open.
    title: Option<ForeignText>,
    answered_cells: Option<usize>,
    cells: Option<usize>,
    threats: Option<usize>,
    drafts: Option<usize>,
    /// Why it does not open.
    problem: Option<String>,
}

/// All versions in JSON.
#[derive(Serialize)]
struct History {
    schema: &'static str,
    name: String,
    path: String,
    versions: Vec<Line>,
}

/// Lists the versions, newest first. The session itself need not open, and need not be there.
pub fn run(context: &Context, argument: &str, json: bool) -> Result<Ending, Failure> {
    let location = context.location(argument)?;
    let generations = context
        .folder
        .history(&location)
        .map_err(|error| refusal::to_use(&context.folder, &error))?;
    if generations.is_empty() && !location.path().is_file() {
        // Neither the session nor a trace of it: a word about names like this one.
        context.read(argument)?;
    }
    let versions: Vec<Line> = generations
        .into_iter()
        .map(|one| {
            let read = context.folder.read_version(&location, one.id);
            version(&one, read)
        })
        .collect();
    if json {
        let name = location.name();
        output::json(&History {
            schema: "astride.history/1",
            name: name.map_or_else(String::new, ToString::to_string),
            path: location.path().display().to_string(),
            versions,
        })?;
        return Ok(Ending::Done);
    }
    if versions.is_empty() {
        output::say(
            "No earlier versions yet. One is kept before the first save of each run, every few \
             minutes, and before text goes.",
        );
        return Ok(Ending::Done);
    }
    output::text(&in_words(&location, &versions))?;
    Ok(Ending::Done)
}

fn version(generation: &Generation, read: Result<Loaded, FolderError>) -> Line {
    let mut version = Line {
        version: generation.id.to_string(),
        saved: at(generation.saved),
        bytes: generation.bytes,
        path: generation.path.display().to_string(),
        title: None,
        answered_cells: None,
        cells: None,
        threats: None,
        drafts: None,
        problem: None,
    };
    match read {
        Ok(Loaded { session, .. }) => {
            let (answered, cells) = Coverage::of(&session).answered();
            version.answered_cells = Some(answered);
            version.cells = Some(cells);
            version.threats = Some(session.threats.len());
            version.drafts = Some(session.working.drafts.len());
            version.title = Some(session.title.clone());
        }
        Err(error) => version.problem = Some(error.explain().what),
    }
    version
}

fn at(time: Timestamp) -> String {
    time.strftime("%Y-%m-%dT%H:%M:%SZ").to_string()
}

fn in_words(location: &Location, versions: &[Line]) -> String {
    let mut text = String::new();
    let width = versions
        .iter()
        .map(|one| one.version.len())
        .max()
        .unwrap_or(0);
    for one in versions {
        let what = match (&one.problem, one.answered_cells, one.cells, one.threats) {
            (None, Some(answered), Some(cells), Some(threats)) => {
                let plural = if threats == 1 { "" } else { "s" };
                format!("{answered}/{cells} cells, {threats} threat{plural}")
            }
            (problem, ..) => format!("! {}", problem.as_deref().unwrap_or_default()),
        };
        let title = one
            .title
            .as_ref()
            .map(ForeignText::shown)
            .unwrap_or_default();
        // Writing to a string cannot fail.
        let line = format!("{:>width$}  {}  {what}  {title}", one.version, one.saved);
        let _ = writeln!(text, "{}", line.trim_end());
    }
    let argument = refusal::argument(location);
    let newest = &versions[0].version;
    let _ = write!(
        text,
        "\n`astride show {argument}@{newest}` shows version {newest}; `astride restore \
         {argument}@{newest}` goes back to it. What is there now is kept as a version then."
    );
    text
}
