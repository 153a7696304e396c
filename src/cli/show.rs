//! `astride show`: all that a session or one of its earlier versions holds, drafts included.

use std::fmt::Write as _;

use serde::Serialize;

use super::output::{self, Ending, Failure};
use super::{Context, refusal};
use crate::catalog::Catalog;
use crate::encode::{Foreign, ForeignText};
use crate::session::coverage::Coverage;
use crate::session::types::{Cell, Hardening, Response, Session, Threat};
use crate::session::words::Risk;
use crate::store::split_version;

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
    let (location, path, loaded) = match split_version(argument) {
        (_, None) => {
            let opened = context.read(argument)?;
            let path = opened.location.path().to_owned();
            (opened.location, path, opened.loaded)
        }
        (session, Some(id)) => {
            let location = context.location(session)?;
            let version = context
                .folder
                .read_version(&location, id)
                .map_err(|error| refusal::to_find_version(session, id, &error))?;
            let path = location.history().join(format!("{id}.ron"));
            (location, path, version)
        }
    };
    let session = &loaded.session;
    if json {
        let name = location.name();
        output::json(&Shown {
            schema: "astride.session/1",
            name: name.map_or_else(String::new, ToString::to_string),
            path: path.display().to_string(),
            sequence: loaded.sequence,
            session,
        })?;
        return Ok(Ending::Done);
    }
    let catalog = context.catalog()?;
    let catalog = session.with_own_systems(&catalog);
    output::text(&in_words(session, &catalog))?;
    Ok(Ending::Done)
}

fn in_words(session: &Session, catalog: &Catalog) -> String {
    let mut text = String::new();
    let (answered, cells) = Coverage::of(session).answered();
    let _ = writeln!(text, "{}", session.title.shown());
    let _ = writeln!(
        text,
        "brief {}, {answered} of {cells} cells answered",
        session.brief
    );
    let names: Vec<_> = session
        .participants
        .iter()
        .map(|one| one.name.shown())
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
        session.assumptions.iter().map(|one| shown(&one.text)),
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
            answer.reason.shown()
        ))
    });
    list(&mut text, "Nothing applies", nothing);
    let notes = session.cells.iter().filter(|cell| !cell.note.is_empty());
    let notes = notes.map(|cell| format!("{}: {}", cell_name(catalog, cell), cell.note.shown()));
    list(&mut text, "Notes on cells", notes);
    list(&mut text, "Suggestions left", left(session, catalog));
    let scans = session.scans.iter().map(|scan| {
        format!(
            "{}: {} {}, {} findings",
            scan.file.shown(),
            scan.tool.shown(),
            scan.tool_version.shown(),
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
        session.review_notes.iter().map(|one| shown(&one.text)),
    );
    let accepted = session.accepted_checks.iter().map(|one| {
        let who = session.who_and_when(&one.created);
        let what = format!("{} of {} ({who})", one.check.shown(), one.subject.shown());
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
        session.parked.iter().map(|one| shown(&one.text)),
    );
    list(
        &mut text,
        "Drafts",
        session.working.drafts.iter().map(|one| shown(&one.text)),
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
            question.text.shown()
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
        ("attack surface", surface.into()),
        ("what goes wrong", threat.what_goes_wrong.as_foreign()),
        ("when", threat.preconditions.as_foreign()),
        ("what it leads to", threat.consequences.as_foreign()),
        ("risk", risk.as_str().into()),
        (
            "response",
            threat.response.map_or("", Response::name).into(),
        ),
        ("response because", threat.response_reason.as_foreign()),
        ("accepted until", threat.accepted_until.as_foreign()),
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
            ("owner", mitigation.owner.as_foreign()),
            ("due", mitigation.due.as_foreign()),
            ("verify", mitigation.verify.as_foreign()),
            ("evidence", mitigation.evidence.as_foreign()),
        ] {
            line(text, "         ", label, value);
        }
    }
}

fn in_words_hardening(hardening: &Hardening) -> String {
    let mut text = format!("{} {}", hardening.number.shown(), hardening.title.shown());
    for (label, value) in [
        ("benchmark", &hardening.benchmark),
        ("what is wrong", &hardening.issue),
        ("why it matters here", &hardening.why_here),
        ("what is done", &hardening.remediation),
        ("what was seen", &hardening.result),
    ] {
        if !value.is_empty() {
            let _ = write!(text, "\n{label}: {}", value.shown());
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

fn shown(text: &ForeignText) -> String {
    text.shown().into_owned()
}

fn with_reason(what: &str, reason: &ForeignText) -> String {
    if reason.is_empty() {
        what.to_owned()
    } else {
        format!("{what}: {}", reason.shown())
    }
}

fn line(text: &mut String, indent: &str, label: &str, value: Foreign<'_>) {
    if !value.is_empty() {
        let _ = writeln!(text, "{indent}{label}: {}", indented(value));
    }
}

fn part(text: &mut String, heading: &str, body: &ForeignText) {
    if !body.is_empty() {
        let _ = writeln!(
            text,
            "\n{heading}\n  {}",
            body.shown().replace('\n', "\n  ")
        );
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

fn indented<'a>(value: impl Into<Foreign<'a>>) -> String {
    value.into().shown().replace('\n', "\n       ")
}
