//! `astride show`: all that a session holds, drafts included.

use std::fmt::Write as _;

use serde::Serialize;

use super::Context;
use super::output::{self, Ending, Failure};
use crate::catalog::Catalog;
use crate::session::coverage::Coverage;
use crate::session::types::{Cell, Hardening, Response, Session, Threat};
use crate::session::words::Risk;

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
    let components = session
        .components
        .iter()
        .map(|id| component_name(catalog, id.as_str()).to_owned());
    list(&mut text, "In scope", components);
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
        with_reason(name, &chosen.note)
    });
    list(&mut text, "Attackers", attackers);
    if !session.threats.is_empty() {
        let _ = writeln!(text, "\nThreats");
    }
    for (number, threat) in session.threats.iter().enumerate() {
        in_words_threat(session, catalog, number, threat, &mut text);
    }
    let nothing = session.cells.iter().filter_map(|cell| {
        let answer = cell.nothing_applies.as_ref()?;
        let who = session.who_and_when(&answer.created);
        Some(format!(
            "{} ({who}): {}",
            cell_name(catalog, cell),
            answer.reason
        ))
    });
    list(&mut text, "Nothing applies", nothing);
    let notes = session.cells.iter().filter(|cell| !cell.note.is_empty());
    let notes = notes.map(|cell| format!("{}: {}", cell_name(catalog, cell), cell.note));
    list(&mut text, "Notes on cells", notes);
    list(&mut text, "Suggestions left", left(session, catalog));
    let scans = session.scans.iter().map(|scan| {
        format!(
            "{}: {} {}, {} findings",
            scan.file,
            scan.tool,
            scan.tool_version,
            scan.findings.len()
        )
    });
    list(&mut text, "Scans", scans);
    list(
        &mut text,
        "Findings chosen",
        session.hardenings.iter().map(in_words_hardening),
    );
    list(
        &mut text,
        "Review",
        session.review_notes.iter().map(|one| one.text.clone()),
    );
    let accepted = session.accepted_checks.iter().map(|one| {
        let who = session.who_and_when(&one.created);
        let what = format!("{} of {} ({who})", one.check, one.subject);
        with_reason(&what, &one.reason)
    });
    list(&mut text, "Left as it is", accepted);
    list(
        &mut text,
        "Open questions",
        open_questions(session, catalog),
    );
    list(
        &mut text,
        "Parked",
        session.parked.iter().map(|one| one.text.clone()),
    );
    list(
        &mut text,
        "Drafts",
        session.working.drafts.iter().map(|one| one.text.clone()),
    );
    text
}

fn left<'a>(session: &'a Session, catalog: &'a Catalog) -> impl Iterator<Item = String> + 'a {
    session.cells.iter().flat_map(move |cell| {
        cell.left.iter().map(move |left| {
            let suggestion = catalog.threat(left.suggestion.as_str());
            let title = suggestion.map_or(left.suggestion.as_str(), |(_, one)| one.title.as_str());
            let place = cell_name(catalog, cell);
            let who = session.who_and_when(&left.created);
            let decision = format!("{place}: {title}: {} ({who})", left.kind.name());
            with_reason(&decision, &left.reason)
        })
    })
}

fn open_questions<'a>(
    session: &'a Session,
    catalog: &'a Catalog,
) -> impl Iterator<Item = String> + 'a {
    session.cells.iter().filter_map(move |cell| {
        let question = cell.open_question.as_ref()?;
        let place = cell_name(catalog, cell);
        Some(format!(
            "{place}: {} ({}): {}",
            question.kind.name(),
            session.who_and_when(&question.created),
            question.text
        ))
    })
}

fn in_words_threat(
    session: &Session,
    catalog: &Catalog,
    number: usize,
    threat: &Threat,
    text: &mut String,
) {
    let _ = writeln!(text, "{:>3}. {}", number + 1, indented(&threat.title));
    let component = component_name(catalog, threat.component.as_str());
    let _ = writeln!(text, "     {component} · {}", threat.category);
    let surface = threat.surface.as_ref().map_or("", |surface| {
        catalog
            .component(threat.component.as_str())
            .and_then(|component| component.surfaces.iter().find(|one| one.id == *surface))
            .map_or(surface.as_str(), |one| one.name.as_str())
    });
    let risk = match (threat.likelihood, threat.impact) {
        (Some(likelihood), Some(impact)) => format!(
            "{} ({}, {})",
            Risk::of(likelihood, impact).name(),
            likelihood.name(),
            impact.name()
        ),
        (Some(likelihood), None) => format!("{}, impact not rated", likelihood.name()),
        (None, Some(impact)) => format!("likelihood not rated, {}", impact.name()),
        (None, None) => String::new(),
    };
    for (label, value) in [
        ("attack surface", surface),
        ("what goes wrong", &threat.what_goes_wrong),
        ("when", &threat.preconditions),
        ("what it leads to", &threat.consequences),
        ("risk", &risk),
        ("response", threat.response.map_or("", Response::name)),
        ("response because", &threat.response_reason),
        ("accepted until", &threat.accepted_until),
    ] {
        line(text, "     ", label, value);
    }
    let mitigations = session.mitigations.iter();
    for mitigation in mitigations.filter(|one| one.threats.contains(&threat.id)) {
        let _ = writeln!(
            text,
            "     [{}] {}",
            mitigation.status.name(),
            indented(&mitigation.what)
        );
        for (label, value) in [
            ("owner", &mitigation.owner),
            ("due", &mitigation.due),
            ("verify", &mitigation.verify),
            ("evidence", &mitigation.evidence),
        ] {
            line(text, "         ", label, value);
        }
    }
}

fn in_words_hardening(hardening: &Hardening) -> String {
    let mut text = format!("{} {}", hardening.number, hardening.title);
    for (label, value) in [
        ("benchmark", &hardening.benchmark),
        ("what is wrong", &hardening.issue),
        ("why it matters here", &hardening.why_here),
        ("what is done", &hardening.remediation),
        ("what was seen", &hardening.result),
    ] {
        if !value.is_empty() {
            let _ = write!(text, "\n{label}: {value}");
        }
    }
    text
}

fn component_name<'a>(catalog: &'a Catalog, id: &'a str) -> &'a str {
    catalog.component(id).map_or(id, |one| one.name.as_str())
}

fn cell_name(catalog: &Catalog, cell: &Cell) -> String {
    let component = component_name(catalog, cell.component.as_str());
    format!("{component} · {}", cell.category)
}

fn with_reason(what: &str, reason: &str) -> String {
    if reason.is_empty() {
        what.to_owned()
    } else {
        format!("{what}: {reason}")
    }
}

fn line(text: &mut String, indent: &str, label: &str, value: &str) {
    if !value.is_empty() {
        let _ = writeln!(text, "{indent}{label}: {}", indented(value));
    }
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
