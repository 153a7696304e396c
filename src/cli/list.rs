//! `astride list`: the sessions of the data folder.

use std::fmt::Write as _;

use serde::Serialize;

use super::output::{self, Ending, Failure};
use super::{Context, refusal};
use crate::encode::{self, ForeignText};

/// One session in JSON.
#[derive(Serialize)]
struct Line {
    name: String,
    modified: String,
    bytes: u64,
    /// Nothing where the session does not open.
    title: Option<ForeignText>,
    brief: Option<String>,
    answered_cells: Option<usize>,
    cells: Option<usize>,
    threats: Option<usize>,
    drafts: Option<usize>,
    /// Why it does not open.
    problem: Option<String>,
}

/// The whole list in JSON.
#[derive(Serialize)]
struct List {
    schema: &'static str,
    sessions: Vec<Line>,
}

/// Lists the sessions, the last changed first.
pub fn run(context: &Context, json: bool) -> Result<Ending, Failure> {
    let entries = context
        .folder
        .list()
        .map_err(|error| refusal::to_use(&context.folder, &error))?;
    let lines: Vec<Line> = entries
        .into_iter()
        .map(|entry| {
            let summary = context.folder.summary(&entry.name);
            let found = summary.as_ref().ok();
            Line {
                name: entry.name.to_string(),
                modified: entry.modified.strftime("%Y-%m-%dT%H:%M:%SZ").to_string(),
                bytes: entry.bytes,
                title: found.map(|one| one.title.clone()),
                brief: found.map(|one| one.brief.to_string()),
                answered_cells: found.map(|one| one.answered),
                cells: found.map(|one| one.cells),
                threats: found.map(|one| one.threats),
                drafts: found.map(|one| one.drafts),
                problem: summary.as_ref().err().map(|error| error.explain().what),
            }
        })
        .collect();
    if json {
        output::json(&List {
            schema: "astride.list/1",
            sessions: lines,
        })?;
        return Ok(Ending::Done);
    }
    if lines.is_empty() {
        output::say(&format!(
            "No sessions yet in {}. `astride` begins one.",
            context.folder.root().display()
        ));
        return Ok(Ending::Done);
    }
    let width = lines
        .iter()
        .map(|line| line.name.chars().count())
        .max()
        .unwrap_or(0);
    let mut text = String::new();
    for line in &lines {
        let state = match (&line.problem, line.answered_cells, line.cells, line.threats) {
            (Some(problem), ..) => format!("! {problem}"),
            (None, Some(answered), Some(cells), Some(threats)) => {
                format!("{answered:>3} of {cells:>3} cells  {threats:>3} threats")
            }
            _ => String::new(),
        };
        let title = line.title.as_ref().map(encode::screen).unwrap_or_default();
        let _ = writeln!(
            text,
            "{:width$}  {}  {state}  {title}",
            line.name, line.modified
        );
    }
    output::text(&text)?;
    Ok(Ending::Done)
}
