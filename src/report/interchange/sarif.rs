//! The form `sarif`: open threats as results of SARIF 2.1.0, for tools that show what scanners found. The six
//! STRIDE categories are its rules; a component is a logical location, because a threat has no line of code.

use serde::Serialize;
use serde_json::{Value, json};

use super::document::{Each, to_text};
use super::ids::fingerprint;
use super::left_out::{Part, sentences};
use super::model::Model;
use super::words::{State, filled, or_untitled, paragraphs, severity, state};
use crate::catalog::Catalog;
use crate::report::Options;
use crate::session::types::{Impact, Likelihood, Session, Threat};
use crate::session::words::Risk;
use crate::stride::Category;

const SCHEMA: &str =
    "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json";

#[derive(Serialize)]
struct Log<R: Serialize> {
    #[serde(rename = "$schema")]
    schema: &'static str,
    version: &'static str,
    runs: [Run<R>; 1],
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Run<R: Serialize> {
    tool: Value,
    automation_details: Value,
    column_kind: &'static str,
    results: R,
}

/// The open threats of a session as results.
pub fn write(session: &Session, catalog: &Catalog, options: &Options) -> String {
    let model = &Model::of(session, catalog, options);
    let rules: Vec<Value> = Category::ALL
        .iter()
        .map(|category| {
            json!({
                "id": category.id(),
                "name": category.name().split(' ').map(capitalised).collect::<String>(),
                "shortDescription": { "text": category.name() },
                "fullDescription": { "text": category.plain_question() },
                "help": { "text": format!("Violates {}.", category.violated_property()) },
            })
        })
        .collect();
    let name = crate::encode::file_name(&session.title);
    to_text(&Log {
        schema: SCHEMA,
        version: "2.1.0",
        runs: [Run {
            tool: json!({ "driver": {
                "name": "Astride",
                "version": env!("CARGO_PKG_VERSION"),
                "rules": rules,
            } }),
            automation_details: json!({ "id": format!("astride/{name}") }),
            column_kind: "unicodeCodePoints",
            results: Each::of(open(model).map(|threat| result(model, threat))),
        }],
    })
}

/// What results have no place for.
pub fn left_out(session: &Session, catalog: &Catalog, options: &Options) -> Vec<String> {
    let model = Model::of(session, catalog, options);
    let settled = session.threats.len() - open(&model).count();
    let mut lines = Vec::new();
    if settled > 0 {
        lines.push(format!("{settled} threats that are mitigated, accepted or transferred: results are what is open"));
    }
    lines.extend(sentences(
        &model,
        &[
            Part::Description,
            Part::Assumptions,
            Part::Attackers,
            Part::Participants,
            Part::Diagram,
            Part::EmptyComponents,
            Part::Answers,
            Part::MitigationFacts,
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
    ));
    lines
}

fn open<'m, 'a>(model: &'m Model<'a>) -> impl Iterator<Item = &'a Threat> + use<'m, 'a> {
    let threats = model.session.threats.iter();
    threats.filter(|one| state(model, one) == State::Open)
}

fn result(model: &Model<'_>, threat: &Threat) -> Value {
    let title = or_untitled(&threat.title, "Untitled threat");
    let component = model.component_of(threat);
    let system = model.node_of(threat).map_or("", |one| one.system);
    let mitigations = model.mitigations_of(threat).iter();
    let mitigations: Vec<String> = mitigations
        .map(|one| format!("[{}] {}", one.status.name(), one.what.trim()))
        .collect();
    let level = match severity(threat) {
        None | Some(Risk::Medium) => "warning",
        Some(Risk::Low) => "note",
        Some(Risk::High | Risk::Critical) => "error",
    };
    json!({
        "ruleId": threat.category.id(),
        "ruleIndex": threat.category.index(),
        "kind": "fail",
        "level": level,
        "message": { "text": paragraphs(&[
            ("", title),
            ("", &threat.what_goes_wrong),
            ("Preconditions", &threat.preconditions),
            ("Consequences", &threat.consequences),
            ("Mitigations", &mitigations.join("\n")),
        ]) },
        "locations": [{
            "logicalLocations": [{
                "name": or_untitled(component, threat.component.as_str()),
                "fullyQualifiedName": format!("{system}/{component}"),
                "kind": "module",
            }],
        }],
        "partialFingerprints": { "astrideThreat/v1": fingerprint(threat.id.as_str()) },
        "properties": filled([
            ("id", json!(threat.id.as_str())),
            ("surface", json!(model.surface_of(threat))),
            ("likelihood", json!(threat.likelihood.map(Likelihood::name))),
            ("impact", json!(threat.impact.map(Impact::name))),
            ("risk", json!(severity(threat).map(Risk::name))),
        ]),
    })
}

fn capitalised(word: &str) -> String {
    let mut letters = word.chars();
    letters
        .next()
        .map(|first| first.to_uppercase().chain(letters).collect())
        .unwrap_or_default()
}
