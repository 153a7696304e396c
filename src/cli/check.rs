//! `astride check`: what the brief still asks for and what stands out, as the Review step shows it.

use std::fmt::Write as _;

use serde::Serialize;

use super::Context;
use super::output::{self, Ending, Failure};
use crate::review::{self, CheckReport, Jump};

/// The result in JSON.
#[derive(Serialize)]
struct Report<'a> {
    schema: &'static str,
    session: String,
    brief: String,
    passes: bool,
    requirements: Vec<RequirementLine<'a>>,
    quality: Vec<QualityLine<'a>>,
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
    place: String,
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
                    place: place(&quality.jump),
                })
                .collect(),
        })?;
    } else {
        output::text(&in_words(&report))?;
    }
    Ok(ending)
}

fn in_words(report: &CheckReport) -> String {
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
        Jump::Harden => "harden".to_owned(),
    }
}
