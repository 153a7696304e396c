//! The form `threat-composer`: a workspace of AWS Threat Composer, schema 1. Its fields are short; a text that
//! does not fit is cut there and stands whole in a `custom:` entry beside it.

use serde::Serialize;
use serde_json::{Value, json};

use super::document::{Each, to_text};
use super::ids::uuid;
use super::left_out::{Part, sentences};
use super::model::Model;
use super::words::{State, cut, filled, or_untitled, severity, state};
use crate::catalog::Catalog;
use crate::report::Options;
use crate::session::types::{Assumption, Mitigation, MitigationStatus, Response, Session, Threat};
use crate::session::words::{MARKED_RESOLVED, NOT_USEFUL, Risk, WILL_NOT_ACTION};

const NAME: usize = 200;
const CONTENT: usize = 1_000;
const STATEMENT: usize = 1_400;
const TAG: usize = 30;
const DESCRIPTION: usize = 100_000;

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Workspace<M: Serialize, L: Serialize, T: Serialize> {
    schema: u8,
    application_info: Value,
    architecture: Value,
    dataflow: Value,
    assumptions: Value,
    mitigations: M,
    assumption_links: [Value; 0],
    mitigation_links: L,
    threats: T,
}

/// The session as a workspace.
pub fn write(session: &Session, catalog: &Catalog, options: &Options) -> String {
    let model = &Model::of(session, catalog, options);
    let assumption = |(at, one): (usize, &Assumption)| {
        json!({
            "id": uuid("assumption", one.id.as_str()),
            "numericId": at + 1,
            "displayOrder": at + 1,
            "metadata": custom([("Text", whole(&one.text, CONTENT))]),
            "content": cut(&one.text, CONTENT),
        })
    };
    let links = session.mitigations.iter().flat_map(|one| {
        one.threats.iter().map(|threat| {
            json!({
                "mitigationId": uuid("mitigation", one.id.as_str()),
                "linkedId": uuid("threat", threat.as_str()),
            })
        })
    });
    let mitigations = session.mitigations.iter().enumerate();
    let threats = session.threats.iter().enumerate();
    to_text(&Workspace {
        schema: 1,
        application_info: json!({
            "name": cut(or_untitled(&session.title, "Untitled"), NAME),
            "description": cut(&session.description, DESCRIPTION),
        }),
        architecture: json!({ "description": "", "image": "" }),
        dataflow: json!({ "description": cut(&flows(model), DESCRIPTION), "image": "" }),
        assumptions: session
            .assumptions
            .iter()
            .enumerate()
            .map(assumption)
            .collect(),
        mitigations: Each::of(mitigations.map(|(at, one)| mitigation(model, at, one))),
        assumption_links: [],
        mitigation_links: Each::of(links),
        threats: Each::of(threats.map(|(at, one)| threat(model, at, one))),
    })
}

/// What Threat Composer has no place for.
pub fn left_out(session: &Session, catalog: &Catalog, options: &Options) -> Vec<String> {
    let model = Model::of(session, catalog, options);
    let mut lines = sentences(
        &model,
        &[
            Part::Attackers,
            Part::Participants,
            Part::EmptyComponents,
            Part::Answers,
            Part::Votes,
            Part::Scans,
            Part::Hardenings,
            Part::ReviewNotes,
            Part::Parked,
            Part::Drafts,
            Part::Stamps,
        ],
    );
    if session.description.chars().count() > DESCRIPTION {
        lines
            .push("the end of the description, which is longer than 100,000 characters".to_owned());
    }
    if !model.flows.is_empty() {
        lines.push("the diagram as a picture: the data flows stand there as a list".to_owned());
    }
    lines
}

/// The data flows in words, one a line.
fn flows(model: &Model<'_>) -> String {
    let line = |flow: &super::model::Flow<'_>| {
        let (from, to) = (model.nodes[flow.from].name, model.nodes[flow.to].name);
        let how = if flow.how.trim().is_empty() {
            String::new()
        } else {
            format!(" ({})", flow.how)
        };
        format!("- {from} → {to}: {}{how}", flow.what)
    };
    let lines: Vec<String> = model.flows.iter().map(line).collect();
    lines.join("\n")
}

/// A text that its field has no room for.
fn whole(text: &str, longest: usize) -> &str {
    if text.chars().count() > longest {
        text
    } else {
        ""
    }
}

/// Facts as entries of metadata; empty ones are left out.
fn custom<'a>(facts: impl IntoIterator<Item = (&'a str, &'a str)>) -> Vec<Value> {
    facts
        .into_iter()
        .filter(|(_, text)| !text.trim().is_empty())
        .map(|(label, text)| json!({ "key": format!("custom:{label}"), "value": text }))
        .collect()
}

fn mitigation(model: &Model<'_>, at: usize, one: &Mitigation) -> Value {
    let will_not = one.evidence == WILL_NOT_ACTION;
    let verified = one.status == MitigationStatus::Verified;
    json!({
        "id": uuid("mitigation", one.id.as_str()),
        "numericId": at + 1,
        "displayOrder": at + 1,
        "metadata": custom([
            ("Text", whole(&one.what, CONTENT)),
            ("Status", if verified { "verified" } else { "" }),
            ("Owner", model.owner_of(one)),
            ("Due", &one.due),
            ("Verify", &one.verify),
            ("Evidence", if will_not { "" } else { &one.evidence }),
            ("Controls", &ids(&one.controls)),
        ]),
        "content": cut(&one.what, CONTENT),
        "status": match one.status {
            _ if will_not => "mitigationResolvedWillNotAction",
            MitigationStatus::Planned => "mitigationIdentified",
            MitigationStatus::Done | MitigationStatus::Verified => "mitigationResolved",
        },
    })
}

fn threat(model: &Model<'_>, at: usize, threat: &Threat) -> Value {
    let mut metadata =
        vec![json!({ "key": "STRIDE", "value": [threat.category.letter().to_string()] })];
    if let Some(risk) = severity(threat) {
        let priority = match risk {
            Risk::Low => "Low",
            Risk::Medium => "Medium",
            Risk::High | Risk::Critical => "High",
        };
        metadata.push(json!({ "key": "Priority", "value": priority }));
    }
    let not_useful = threat.response_reason == NOT_USEFUL;
    let sentence = &threat.sentence;
    let component = model.component_of(threat);
    metadata.extend(custom([
        ("Component", component),
        ("Attack surface", model.surface_of(threat)),
        ("Title", threat.title.as_str()),
        ("What goes wrong", &threat.what_goes_wrong),
        ("Preconditions", &threat.preconditions),
        ("Consequences", &threat.consequences),
        ("Likelihood", threat.likelihood.map_or("", |one| one.name())),
        ("Impact", threat.impact.map_or("", |one| one.name())),
        (
            "Response",
            if not_useful {
                ""
            } else {
                threat.response.map_or("", Response::name)
            },
        ),
        (
            "Response because",
            if not_useful {
                ""
            } else {
                &threat.response_reason
            },
        ),
        ("Accepted until", &threat.accepted_until),
        ("Controls", &ids(&threat.controls)),
        ("Who", whole(&sentence.who, NAME)),
        ("Action", whole(&sentence.action, NAME)),
        ("Because", whole(&sentence.because, NAME)),
        ("Harm", whole(&sentence.harm, NAME)),
        ("Asset", whole(&sentence.asset, NAME)),
    ]));
    let asset = sentence.asset.trim();
    let assets: Vec<String> = if asset.is_empty() {
        Vec::new()
    } else {
        vec![cut(asset, NAME)]
    };
    let fields = filled([
        ("metadata", Value::Array(metadata)),
        (
            "tags",
            json!([cut(or_untitled(component, "component"), TAG)]),
        ),
        ("threatSource", json!(cut(&sentence.who, NAME))),
        ("prerequisites", json!(cut(&sentence.because, NAME))),
        ("threatAction", json!(cut(&sentence.action, NAME))),
        ("threatImpact", json!(cut(&sentence.harm, NAME))),
        ("impactedAssets", json!(assets)),
        ("statement", json!(cut(&statement(threat), STATEMENT))),
    ]);
    let mut document = json!({
        "id": uuid("threat", threat.id.as_str()),
        "numericId": at + 1,
        "displayOrder": at + 1,
        "status": match state(model, threat) {
            State::Accepted if not_useful => "threatResolvedNotUseful",
            State::Accepted | State::Mitigated => "threatResolved",
            State::Open if threat.response_reason == MARKED_RESOLVED => "threatResolved",
            State::Open => "threatIdentified",
        },
    });
    if let (Value::Object(document), Value::Object(fields)) = (&mut document, fields) {
        document.extend(fields);
    }
    document
}

/// The threat in a paragraph: what goes wrong, or the title where nobody wrote more.
fn statement(threat: &Threat) -> String {
    let words = or_untitled(&threat.what_goes_wrong, &threat.title);
    or_untitled(words, "Untitled threat").to_owned()
}

fn ids(controls: &[crate::catalog::types::Id]) -> String {
    let ids: Vec<&str> = controls
        .iter()
        .map(crate::catalog::types::Id::as_str)
        .collect();
    ids.join(", ")
}
