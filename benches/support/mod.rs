//! Sessions of any size for the measurements, always the same for the same size: threats spread
//! over every cell of the catalog, a part of them rated, mitigated and taken from suggestions.
//!
//! Not for tests of behaviour: those say what they need where they need it.

use std::fmt::Write as _;

use astride::catalog::Catalog;
use astride::session::place::{Place, Step, TextField, ThreatText};
use astride::session::types::Session;
use astride::store::decode;

/// How many threats the measured sessions have: a workshop's, a large one, and the limit.
pub const SIZES: [usize; 3] = [14, 1_000, 10_000];

/// A session with so many threats and one mitigation for every fifth.
///
/// It comes through the file format, as any session does, so that it is one that opens.
pub fn session(catalog: &Catalog, threats: usize) -> Session {
    decode(text(catalog, threats).as_bytes())
        .expect("the text follows docs/session-format.md")
        .session
}

/// The same, in which the first threat's answer has `bytes` bytes and is being typed into.
pub fn session_with_long_answer(catalog: &Catalog, threats: usize, bytes: usize) -> Session {
    let mut session = session(catalog, threats);
    let sentence = "A job that reaches the daemon starts whatever it likes on the build host. ";
    let mut answer = sentence.repeat(bytes / sentence.len() + 1);
    answer.truncate(bytes);
    let first = &mut session.threats[0];
    first.what_goes_wrong = answer.into();
    session.working.place = Place {
        step: Step::Threats,
        cell: session.working.place.cell,
        field: Some(TextField::Threat(
            first.id.clone(),
            ThreatText::WhatGoesWrong,
        )),
        cursor: bytes,
    };
    session
}

fn text(catalog: &Catalog, threats: usize) -> String {
    let categories = [
        "spoofing",
        "tampering",
        "repudiation",
        "information_disclosure",
        "denial_of_service",
        "elevation_of_privilege",
    ];
    let stamp = r#"(at: "2026-11-21T09:00:00Z")"#;
    let components: Vec<&str> = catalog
        .components
        .iter()
        .map(|one| one.id.as_str())
        .collect();
    let in_scope: Vec<String> = components.iter().map(|id| format!("{id:?}")).collect();
    let mut listed = String::new();
    let mut mitigations = String::new();
    for number in 0..threats {
        let component = &catalog.components[number % components.len()];
        let category = categories[number / components.len() % 6];
        // Every third names the catalog's threat that it came from, where its cell has one.
        let suggestion = component
            .threats
            .iter()
            .find(|one| number.is_multiple_of(3) && one.category.id() == category)
            .map_or_else(String::new, |one| {
                format!("suggestion: {:?},", one.id.as_str())
            });
        let rating = match number % 4 {
            0 => "",
            1 => "likelihood: possible, impact: major,",
            2 => "likelihood: likely, impact: severe, response: mitigate,",
            _ => "likelihood: rare, impact: minor, response: accept,",
        };
        let _ = write!(
            listed,
            "(id: \"t-{number:06}\", component: {:?}, category: {category}, {suggestion}
              title: \"Build agents of team {number} share one socket\",
              what_goes_wrong: \"A job that reaches the socket starts a container with the host's root mounted.\",
              preconditions: \"\", consequences: \"Root on the build host.\", {rating}
              response_reason: \"\", accepted_until: \"\", controls: [],
              created: {stamp}, changed: {stamp}),\n",
            component.id.as_str()
        );
        if number % 5 == 1 {
            let _ = write!(
                mitigations,
                "(id: \"m-{number:06}\", threats: [\"t-{number:06}\"],
                  what: \"Build images of team {number} with a rootless builder.\", status: planned,
                  owner: \"Ada\", due: \"\", verify: \"\", evidence: \"\", controls: [],
                  created: {stamp}, changed: {stamp}),\n"
            );
        }
    }
    format!(
        "(format: 1, title: \"A session of {threats} threats\", brief: \"course\",
          created: \"2026-11-21T09:00:00Z\", participants: [], description: \"Build hosts on one rack.\",
          components: [{}], assumptions: [], attackers: [], cells: [],
          threats: [\n{listed}], mitigations: [\n{mitigations}], scans: [], hardenings: [],
          review_notes: [],
          working: (place: (step: threats, cell: (component: {:?}, category: spoofing)), drafts: []))\n",
        in_scope.join(", "),
        components[0],
    )
}
