//! `astride catalog`: list the catalog, count it, check it. Showing one entry: see [`super::entry`].

use std::fmt::Write as _;
use std::path::{Path, PathBuf};

use serde::Serialize;

use super::output::{self, Ending, Failure};
use super::{Context, user_catalog};
use crate::catalog::CatalogStats;
use crate::catalog::source::embedded_catalog;
use crate::catalog::{Catalog, Kind, Origin, Problem, check as checking, check_user};

/// One entry of the list.
#[derive(Serialize)]
pub struct Entry {
    kind: &'static str,
    pub id: String,
    title: String,
    /// The ids above it, such as `docker › docker-host`.
    path: String,
    origin: String,
}

#[derive(Serialize)]
struct List {
    schema: &'static str,
    entries: Vec<Entry>,
}

/// Lists every entry.
pub fn list(context: &Context, json: bool) -> Result<Ending, Failure> {
    let catalog = context.catalog()?;
    let entries = entries(&catalog);
    if json {
        output::json(&List {
            schema: "astride.catalog-list/1",
            entries,
        })?;
        return Ok(Ending::Done);
    }
    let mut text = String::new();
    for entry in entries {
        let _ = writeln!(text, "{:<16} {:<44} {}", entry.kind, entry.id, entry.title);
    }
    output::text(&text)?;
    Ok(Ending::Done)
}

/// Every entry, in the order of the walk.
pub fn entries(catalog: &Catalog) -> Vec<Entry> {
    let mut entries = Vec::new();
    let mut add = |kind: Kind, id: &str, title: &str, path: String| {
        let origin = match catalog.origin(kind, id) {
            Origin::Program => "program".to_owned(),
            Origin::User(file) => file.clone(),
        };
        let (id, title) = (id.to_owned(), title.to_owned());
        entries.push(Entry {
            kind: kind.name(),
            id,
            title,
            path,
            origin,
        });
    };
    for system in &catalog.systems {
        add(
            Kind::System,
            system.id.as_str(),
            &system.name,
            String::new(),
        );
        for component in catalog.components_of(&system.id) {
            let path = system.id.to_string();
            add(
                Kind::Component,
                component.id.as_str(),
                &component.name,
                path,
            );
            let path = format!("{} › {}", system.id, component.id);
            for surface in &component.surfaces {
                add(
                    Kind::Surface,
                    surface.id.as_str(),
                    &surface.name,
                    path.clone(),
                );
            }
            for prompt in &component.prompts {
                add(
                    Kind::Prompt,
                    prompt.id.as_str(),
                    &prompt.question,
                    path.clone(),
                );
            }
            for threat in &component.threats {
                add(
                    Kind::Threat,
                    threat.id.as_str(),
                    &threat.title,
                    path.clone(),
                );
            }
        }
    }
    for control in &catalog.controls {
        add(
            Kind::Control,
            control.id.as_str(),
            &control.title,
            String::new(),
        );
    }
    for attacker in &catalog.attackers {
        add(
            Kind::Attacker,
            attacker.id.as_str(),
            &attacker.name,
            String::new(),
        );
    }
    for term in &catalog.glossary {
        add(Kind::Term, term.id.as_str(), &term.name, String::new());
    }
    for reference in &catalog.references {
        add(
            Kind::Reference,
            reference.id.as_str(),
            &reference.name,
            String::new(),
        );
    }
    for brief in &catalog.briefs {
        add(Kind::Brief, brief.id.as_str(), &brief.name, String::new());
    }
    entries
}

/// Counts the catalog.
pub fn stats(context: &Context, json: bool) -> Result<Ending, Failure> {
    let catalog = context.catalog()?;
    let stats = CatalogStats::of(&catalog);
    if json {
        output::json(&stats)?;
        return Ok(Ending::Done);
    }
    let mut text = String::new();
    for system in &stats.systems {
        let _ = writeln!(text, "{}", system.id);
        for component in &system.components {
            let prompts: usize = component.cells.all().iter().map(|cell| cell.prompts).sum();
            let threats: usize = component.cells.all().iter().map(|cell| cell.threats).sum();
            let empty = component
                .cells
                .all()
                .iter()
                .filter(|cell| cell.prompts == 0 || cell.threats == 0)
                .count();
            let _ = writeln!(
                text,
                "  {:<26} {:>3} surfaces {prompts:>3} prompts {threats:>3} threats {empty:>3} empty cells",
                component.id, component.surfaces
            );
        }
    }
    let _ = writeln!(
        text,
        "{} threats, {} mitigations, {} controls, {} attackers, {} terms, {} references, {} data flows",
        stats.threats,
        stats.mitigations,
        stats.controls,
        stats.attackers,
        stats.glossary,
        stats.references,
        stats.data_flows
    );
    output::text(&text)?;
    Ok(Ending::Done)
}

#[derive(Serialize)]
struct Checked {
    schema: &'static str,
    files: usize,
    problems: Vec<ProblemLine>,
}

#[derive(Serialize)]
struct ProblemLine {
    file: String,
    line: usize,
    column: usize,
    path: String,
    message: String,
}

/// Checks the files of a folder as a part of the catalog, or the whole catalog.
pub fn check(context: &Context, folder: Option<&Path>, json: bool) -> Result<Ending, Failure> {
    let mut folders: Vec<PathBuf> = context.catalogs.clone();
    if let Some(folder) = folder {
        if !folder.is_dir() {
            return Err(Failure::new(
                format!("{}: there is no such folder.", folder.display()),
                "Name a folder of RON files; docs/catalog.md shows how to make one.",
            ));
        }
        folders.push(folder.to_owned());
    }
    let own = user_catalog::files(&folders)?;
    let checked = if folder.is_some() {
        own.clone()
    } else {
        [embedded_catalog(), own.clone()].concat()
    };
    let mut problems = check_user(&own);
    if folder.is_none() {
        let catalog = context.catalog()?;
        problems.extend(checking::check(&embedded_catalog(), &catalog));
    }
    let ending = if problems.is_empty() {
        Ending::Done
    } else {
        Ending::Found
    };
    if json {
        let files = checked.len();
        let problems = problems
            .into_iter()
            .map(
                |Problem {
                     file,
                     line,
                     column,
                     path,
                     message,
                 }| ProblemLine {
                    file,
                    line,
                    column,
                    path,
                    message,
                },
            )
            .collect();
        output::json(&Checked {
            schema: "astride.catalog-check/1",
            files,
            problems,
        })?;
        return Ok(ending);
    }
    if problems.is_empty() {
        output::text(&format!("{} files, nothing wrong.", checked.len()))?;
    } else {
        let lines: Vec<String> = problems.iter().map(ToString::to_string).collect();
        output::text(&lines.join("\n"))?;
    }
    Ok(ending)
}
