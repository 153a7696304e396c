//! The form `csv`: one row for each threat, for a spreadsheet. RFC 4180, UTF-8, CRLF at the end of rows.

use std::fmt::Write as _;

use super::left_out::{Part, sentences};
use super::model::Model;
use super::words::{State, severity, state};
use crate::catalog::Catalog;
use crate::encode;
use crate::report::Options;
use crate::session::types::{Impact, Likelihood, Mitigation, Response, Session, Threat};

const HEADER: &str = "number,id,title,system,component,category,attack surface,what goes wrong,\
                      preconditions,consequences,likelihood,impact,risk,response,response because,\
                      accepted until,state,mitigations";

/// The threats of a session as a table.
pub fn write(session: &Session, catalog: &Catalog, options: &Options) -> String {
    let model = Model::of(session, catalog, options);
    let mut text = format!("{HEADER}\r\n");
    for (at, threat) in session.threats.iter().enumerate() {
        // Writing to a string cannot fail.
        let _ = write!(text, "{}", at + 1);
        let mitigations: Vec<String> = model
            .mitigations_of(threat)
            .iter()
            .map(|one| mitigation(&model, one))
            .collect();
        for cell in row(&model, threat, &mitigations.join("\n")) {
            text.extend([",", &encode::csv_cell(cell)]);
        }
        text.push_str("\r\n");
    }
    text
}

/// What a table of threats has no place for.
pub fn left_out(session: &Session, catalog: &Catalog, options: &Options) -> Vec<String> {
    sentences(
        &Model::of(session, catalog, options),
        &[
            Part::Description,
            Part::Assumptions,
            Part::Attackers,
            Part::Participants,
            Part::Diagram,
            Part::EmptyComponents,
            Part::Answers,
            Part::LooseMitigations,
            Part::Controls,
            Part::Votes,
            Part::Sentences,
            Part::Scans,
            Part::Hardenings,
            Part::ReviewNotes,
            Part::Parked,
            Part::Drafts,
            Part::Stamps,
        ],
    )
}

/// The cells of a threat behind its number; the last one holds its mitigations.
fn row<'a>(model: &Model<'a>, threat: &'a Threat, mitigations: &'a str) -> [&'a str; 17] {
    let state = match state(model, threat) {
        State::Open => "open",
        State::Mitigated => "mitigated",
        State::Accepted => "accepted",
    };
    [
        threat.id.as_str(),
        &threat.title,
        model.node_of(threat).map_or("", |one| one.system),
        model.component_of(threat),
        threat.category.name(),
        model.surface_of(threat),
        &threat.what_goes_wrong,
        &threat.preconditions,
        &threat.consequences,
        threat.likelihood.map_or("", Likelihood::name),
        threat.impact.map_or("", Impact::name),
        severity(threat).map_or("", |risk| risk.name()),
        threat.response.map_or("", Response::name),
        &threat.response_reason,
        &threat.accepted_until,
        state,
        mitigations,
    ]
}

/// A mitigation with what is known about it, on lines of its own.
fn mitigation(model: &Model<'_>, mitigation: &Mitigation) -> String {
    let mut text = format!("[{}] {}", mitigation.status.name(), mitigation.what.trim());
    for (label, fact) in [
        ("owner", model.owner_of(mitigation)),
        ("due", &mitigation.due),
        ("verify", &mitigation.verify),
        ("evidence", &mitigation.evidence),
    ] {
        if !fact.trim().is_empty() {
            let _ = write!(text, "; {label}: {}", fact.trim());
        }
    }
    text
}
