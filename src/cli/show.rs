//! `astride show`: all that a session holds, drafts included.

use std::fmt::Write as _;

use serde::Serialize;

use super::Context;
use super::output::{self, Ending, Failure};
use crate::catalog::Catalog;
use crate::session::coverage::Coverage;
use crate::session::types::Session;

/// A session in JSON: the document with its schema first.
#[derive(Serialize)]
struct Shown<'a> {
    schema: &'static str,
    name: String,
    path: String,
    sequence: u64,
    #[serde(flatten)]
    session: &'a Session,
}

/// Shows a session.
pub fn run(context: &Context, argument: &str, json: bool) -> Result<Ending, Failure> {
    let opened = context.read(argument)?;
    let session = &opened.loaded.session;
    if json {
        let name = opened
            .location
            .name()
            .map_or_else(String::new, ToString::to_string);
        output::json(&Shown {
            schema: "astride.session/1",
            name,
            path: opened.location.path().display().to_string(),
            sequence: opened.loaded.sequence,
            session,
        })?;
        return Ok(Ending::Done);
    }
    let catalog = context.catalog()?;
    output::text(&in_words(session, &catalog))?;
    Ok(Ending::Done)
}

fn in_words(session: &Session, catalog: &Catalog) -> String {
    let mut text = String::new();
    let (answered, cells) = Coverage::of(session).answered();
    let _ = writeln!(text, "{}", session.title);
    let _ = writeln!(
        text,
        "brief {}, {answered} of {cells} cells answered",
        session.brief
    );
    let names: Vec<&str> = session
        .participants
        .iter()
        .map(|one| one.name.as_str())
        .collect();
    if !names.is_empty() {
        let _ = writeln!(text, "in the room: {}", names.join(", "));
    }
    part(&mut text, "Environment", &session.description);
    list(
        &mut text,
        "Assumptions",
        session.assumptions.iter().map(|one| one.text.clone()),
    );
    let attackers = session.attackers.iter().map(|chosen| {
        let name = catalog
            .attacker(chosen.profile.as_str())
            .map(|one| one.name.as_str());
        let name = name.unwrap_or(chosen.profile.as_str());
        if chosen.note.is_empty() {
            name.to_owned()
        } else {
            format!("{name}: {}", chosen.note)
        }
    });
    list(&mut text, "Attackers", attackers);
    if !session.threats.is_empty() {
        let _ = writeln!(text, "\nThreats");
    }
    for (number, threat) in session.threats.iter().enumerate() {
        let component = catalog.component(threat.component.as_str());
        let component = component.map_or(threat.component.as_str(), |one| one.name.as_str());
        let _ = writeln!(text, "{:>3}. {}", number + 1, threat.title);
        let _ = writeln!(text, "     {component} · {}", threat.category);
        for (label, value) in [
            ("what goes wrong", &threat.what_goes_wrong),
            ("when", &threat.preconditions),
            ("what it leads to", &threat.consequences),
            ("response because", &threat.response_reason),
            ("accepted until", &threat.accepted_until),
        ] {
            if !value.is_empty() {
                let _ = writeln!(text, "     {label}: {}", indented(value));
            }
        }
        for mitigation in session
            .mitigations
            .iter()
            .filter(|m| m.threats.contains(&threat.id))
        {
            let _ = writeln!(
                text,
                "     [{}] {}",
                mitigation.status.name(),
                indented(&mitigation.what)
            );
        }
    }
    let nothing = session.cells.iter().filter_map(|cell| {
        let answer = cell.nothing_applies.as_ref()?;
        Some(format!(
            "{} · {}: {}",
            cell.component, cell.category, answer.reason
        ))
    });
    list(&mut text, "Nothing applies", nothing);
    let notes = session.cells.iter().filter(|cell| !cell.note.is_empty());
    let notes = notes.map(|cell| format!("{} · {}: {}", cell.component, cell.category, cell.note));
    list(&mut text, "Notes on cells", notes);
    let findings = session
        .hardenings
        .iter()
        .map(|one| format!("{} {}", one.number, one.title));
    list(&mut text, "Findings chosen", findings);
    list(
        &mut text,
        "Review",
        session.review_notes.iter().map(|one| one.text.clone()),
    );
    list(
        &mut text,
        "Drafts",
        session.working.drafts.iter().map(|one| one.text.clone()),
    );
    text
}

fn part(text: &mut String, heading: &str, body: &str) {
    if !body.is_empty() {
        let _ = writeln!(text, "\n{heading}\n  {}", body.replace('\n', "\n  "));
    }
}

fn list(text: &mut String, heading: &str, entries: impl Iterator<Item = String>) {
    let mut entries = entries.peekable();
    if entries.peek().is_some() {
        let _ = writeln!(text, "\n{heading}");
        for entry in entries {
            let _ = writeln!(text, "  - {}", entry.replace('\n', "\n    "));
        }
    }
}

fn indented(value: &str) -> String {
    value.replace('\n', "\n       ")
}
