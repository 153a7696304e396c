//! The form `otm`: Open Threat Model 0.2.0. What OTM has no field for stands in its free `attributes`,
//! under the name `astride`.

use std::collections::HashSet;

use serde::Serialize;
use serde_json::{Value, json};

use super::document::{Each, to_text};
use super::left_out::{Part, sentences};
use super::model::{Flow, Model, Node, Zone};
use super::words::{State, filled, first_line, or_untitled, state};
use crate::catalog::Catalog;
use crate::catalog::types::{ElementKind, ReferenceKind};
use crate::encode;
use crate::report::Options;
use crate::session::types::{Mitigation, MitigationStatus, Response, Session, Threat};

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Document<C: Serialize, T: Serialize, M: Serialize> {
    otm_version: &'static str,
    project: Value,
    trust_zones: Value,
    components: C,
    dataflows: Value,
    threats: T,
    mitigations: M,
}

/// The session as an Open Threat Model.
pub fn write(session: &Session, catalog: &Catalog, options: &Options) -> String {
    let model = &Model::of(session, catalog, options);
    let zone = |zone: &Zone<'_>| {
        json!({
            "id": zone.id,
            "name": or_untitled(zone.name, &zone.id),
            "risk": { "trustRating": NOT_RATED },
        })
    };
    let flow = |flow: &Flow<'_>| {
        json!({
            "id": flow.id,
            "name": or_untitled(flow.what, &flow.id),
            "description": flow.how,
            "source": model.nodes[flow.from].id,
            "destination": model.nodes[flow.to].id,
            "threats": instances(model, &flow.threats),
        })
    };
    to_text(&Document {
        otm_version: "0.2.0",
        project: project(model),
        trust_zones: model.zones.iter().map(zone).collect(),
        components: Each::of(model.nodes.iter().map(|node| component(model, node))),
        dataflows: model.flows.iter().map(flow).collect(),
        threats: Each::of(session.threats.iter().map(|one| threat(model, one))),
        mitigations: Each::of(session.mitigations.iter().map(|one| mitigation(model, one))),
    })
}

fn component(model: &Model<'_>, node: &Node<'_>) -> Value {
    let kind = match node.kind {
        ElementKind::Actor => "actor",
        ElementKind::Process => "process",
        ElementKind::Store => "data-store",
        ElementKind::ExternalService => "external-service",
    };
    json!({
        "id": node.id,
        "name": or_untitled(node.name, &node.id),
        "type": kind,
        "description": node.what,
        "parent": { "trustZone": model.zones[node.zone].id },
        "threats": instances(model, &node.threats),
        "attributes": { "astride": { "system": node.system, "inScope": node.in_scope } },
    })
}

/// The number for what OTM wants rated and Astride does not rate.
const NOT_RATED: u8 = 0;

/// What OTM has no place for, not even in its attributes.
pub fn left_out(session: &Session, catalog: &Catalog, options: &Options) -> Vec<String> {
    let model = Model::of(session, catalog, options);
    let mut lines = sentences(
        &model,
        &[
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
    if !model.zones.is_empty() {
        lines.push(
            "the trust in each zone as a number: 0 stands there, because nobody rated it"
                .to_owned(),
        );
    }
    let unrated = session
        .threats
        .iter()
        .filter(|one| one.impact.is_none())
        .count();
    if unrated > 0 {
        lines.push(format!(
            "that {unrated} threats have no rated impact: OTM wants a number, so 0 stands there"
        ));
    }
    if !session.mitigations.is_empty() {
        lines.push(
            "how much each mitigation lowers the risk: 0 stands there, because nobody rated it"
                .to_owned(),
        );
    }
    lines
}

fn project(model: &Model<'_>) -> Value {
    let session = model.session;
    let assumptions: Vec<&str> = session
        .assumptions
        .iter()
        .map(|one| one.text.as_str())
        .collect();
    let attackers: Vec<Value> = session
        .attackers
        .iter()
        .map(|one| {
            let known = model.catalog.attacker(one.profile.as_str());
            let name = known.map_or(one.profile.as_str(), |known| known.name.as_str());
            filled([("name", json!(name)), ("note", json!(one.note))])
        })
        .collect();
    json!({
        "name": or_untitled(&session.title, "Untitled"),
        "id": encode::file_name(&session.title),
        "description": session.description,
        "attributes": { "astride": filled([
            ("brief", json!(session.brief.as_str())),
            ("created", json!(session.created.to_string())),
            ("participants", json!(model.people())),
            ("assumptions", json!(assumptions)),
            ("attackers", json!(attackers)),
        ]) },
    })
}

/// The threats of a component or flow, and how far each is dealt with there.
fn instances(model: &Model<'_>, threats: &[&Threat]) -> Value {
    let instance = |threat: &&Threat| {
        let mitigations = model.mitigations_of(threat).iter();
        json!({
            "threat": threat.id.as_str(),
            "state": match state(model, threat) {
                State::Open => "exposed",
                State::Mitigated => "mitigated",
                State::Accepted => "accepted",
            },
            "mitigations": mitigations.map(|one| json!({
                "mitigation": one.id.as_str(),
                "state": match one.status {
                    MitigationStatus::Planned => "required",
                    MitigationStatus::Done | MitigationStatus::Verified => "implemented",
                },
            })).collect::<Value>(),
        })
    };
    threats.iter().map(instance).collect()
}

fn threat(model: &Model<'_>, threat: &Threat) -> Value {
    // The five steps of each scale on OTM's scale from 0 to 100.
    let step = |level: u8| (u32::from(level) + 1) * 20;
    let known: HashSet<&str> = model
        .references_of(threat, ReferenceKind::Cwe)
        .into_iter()
        .collect();
    let mut weaknesses: Vec<&str> = known.into_iter().collect();
    weaknesses.sort_unstable();
    let risk = filled([
        (
            "likelihood",
            json!(threat.likelihood.map(|one| step(one as u8))),
        ),
        ("likelihoodComment", json!(threat.preconditions)),
        (
            "impact",
            json!(
                threat
                    .impact
                    .map_or(u32::from(NOT_RATED), |one| step(one as u8))
            ),
        ),
        ("impactComment", json!(threat.consequences)),
    ]);
    let sentence = &threat.sentence;
    let sentence = filled([
        ("who", json!(sentence.who)),
        ("action", json!(sentence.action)),
        ("because", json!(sentence.because)),
        ("harm", json!(sentence.harm)),
        ("asset", json!(sentence.asset)),
    ]);
    let mut risk = risk;
    if let (Value::Object(fields), None) = (&mut risk, threat.likelihood) {
        // Required by the schema, where null is the word for 'not known'.
        fields.insert("likelihood".to_owned(), Value::Null);
    }
    json!({
        "id": threat.id.as_str(),
        "name": or_untitled(&threat.title, "Untitled threat"),
        "description": threat.what_goes_wrong,
        "categories": [threat.category.name()],
        "cwes": weaknesses,
        "risk": risk,
        "attributes": { "astride": filled([
            ("surface", json!(model.surface_of(threat))),
            ("response", json!(threat.response.map(Response::name))),
            ("responseReason", json!(threat.response_reason)),
            ("acceptedUntil", json!(threat.accepted_until)),
            ("controls", json!(threat.controls)),
            ("sentence", sentence),
        ]) },
    })
}

fn mitigation(model: &Model<'_>, mitigation: &Mitigation) -> Value {
    json!({
        "id": mitigation.id.as_str(),
        "name": first_line(&mitigation.what),
        "description": mitigation.what,
        "riskReduction": NOT_RATED,
        "attributes": { "astride": filled([
            ("status", json!(mitigation.status.name())),
            ("owner", json!(model.owner_of(mitigation))),
            ("due", json!(mitigation.due)),
            ("verify", json!(mitigation.verify)),
            ("evidence", json!(mitigation.evidence)),
            ("controls", json!(mitigation.controls)),
        ]) },
    })
}
