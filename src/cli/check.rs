//! `astride check`: what the brief still asks for and what stands out, as the Review step shows it.

use std::fmt::Write as _;

use serde::Serialize;

use super::Context;
use super::output::{self, Ending, Failure};
use crate::encode::ForeignText;
use crate::review::{self, CheckReport, Jump};
use crate::session::types::Session;

/// The result in JSON.
#[derive(Serialize)]
struct Report<'a> {
    schema: &'static str,
    session: ForeignText,
    brief: String,
    passes: bool,
    requirements: Vec<RequirementLine<'a>>,
    quality: Vec<QualityLine<'a>>,
    accepted: Vec<AcceptedLine<'a>>,
}

#[derive(Serialize)]
struct RequirementLine<'a> {
    requirement: &'a str,
    met: bool,
    missing: &'a str,
    place: String,
}

#[derive(Serialize)]
struct QualityLine<'a> {
    check: &'static str,
    severity: &'static str,
    message: &'a str,
    why: &'static str,
    subject: &'a str,
    place: String,
}

#[derive(Serialize)]
struct AcceptedLine<'a> {
    check: &'a ForeignText,
    subject: &'a ForeignText,
    message: &'a str,
    reason: &'a ForeignText,
    stands_out: bool,
}

/// Checks a session. Exit code 1 where something is missing.
pub fn run(context: &Context, argument: &str, json: bool) -> Result<Ending, Failure> {
    let opened = context.read(argument)?;
    let session = &opened.loaded.session;
    let catalog = context.catalog()?;
    let catalog = session.with_own_systems(&catalog);
    let report = review::check(session, &catalog);
    let ending = if report.passes() {
        Ending::Done
    } else {
        Ending::Found
    };
    if json {
        output::json(&Report {
            schema: "astride.check/1",
            session: session.title.clone(),
            brief: session.brief.to_string(),
            passes: report.passes(),
            requirements: report
                .requirements
                .iter()
                .map(|result| RequirementLine {
                    requirement: &result.requirement,
                    met: result.met,
                    missing: &result.missing,
                    place: place(&result.jump),
                })
                .collect(),
            quality: report
                .quality
                .iter()
                .map(|quality| QualityLine {
                    check: quality.check,
                    severity: quality.severity.name(),
                    message: &quality.message,
                    why: quality.why,
                    subject: &quality.subject,
                    place: place(&quality.jump),
                })
                .collect(),
            accepted: accepted(session, &report).collect(),
        })?;
    } else {
        output::text(&in_words(session, &report))?;
    }
    Ok(ending)
}

/// What stood out and is left as it is, with the reasons.
fn accepted<'a>(
    session: &'a Session,
    report: &'a CheckReport,
) -> impl Iterator<Item = AcceptedLine<'a>> {
    report.accepted.iter().filter_map(|accepted| {
        let mut entries = session.accepted_checks.iter();
        let entry = entries.find(|one| one.id == accepted.id)?;
        let quality = accepted.quality.as_ref();
        Some(AcceptedLine {
            check: &entry.check,
            subject: &entry.subject,
            message: quality.map_or("", |one| &one.message),
            reason: &entry.reason,
            stands_out: quality.is_some(),
        })
    })
}

fn in_words(session: &Session, report: &CheckReport) -> String {
    let mut text = String::new();
    for result in report.requirements.iter().filter(|result| !result.met) {
        let _ = writeln!(text, "missing: {}. {}", result.requirement, result.missing);
    }
    for quality in &report.quality {
        let _ = writeln!(
            text,
            "{}: {} ({})",
            quality.severity.name(),
            quality.message,
            quality.check
        );
    }
    for one in accepted(session, report).filter(|one| one.stands_out) {
        let reason = one.reason.shown().replace('\n', " ");
        let _ = writeln!(
            text,
            "accepted: {} ({}): {reason}",
            one.message,
            one.check.shown()
        );
    }
    if report.passes() {
        let _ = writeln!(text, "Nothing is missing.");
    }
    text
}

fn place(jump: &Jump) -> String {
    match jump {
        Jump::Scope => "scope".to_owned(),
        Jump::Cell(cell) => format!("{}/{}", cell.component, cell.category.id()),
        Jump::Threat(id) => format!("threat {id}"),
        Jump::Mitigation(id) => format!("mitigation {id}"),
        Jump::Hardening(id) => format!("finding {id}"),
        Jump::Harden => "harden".to_owned(),
    }
}
