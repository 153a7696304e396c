//! The form `threat-dragon`: a model of OWASP Threat Dragon 2, with one diagram for each system. Boxes are
//! placed zone by zone; threats stand under the `data` of their cell, where the application looks for them.

use std::cell::Cell;
use std::collections::{BTreeMap, HashMap};

use serde::Serialize;
use serde_json::{Value, json};

use super::document::{Each, to_text};
use super::ids::uuid;
use super::left_out::{Part, sentences};
use super::model::{Flow, Model, Node};
use super::words::{State, or_untitled, paragraphs, severity, state};
use crate::catalog::Catalog;
use crate::catalog::types::ElementKind;
use crate::report::Options;
use crate::session::types::{Mitigation, MitigationStatus, Response, Session, Threat};
use crate::session::words::{MARKED_MITIGATED, NOT_APPLICABLE, Risk};

/// The model version that is written.
const VERSION: &str = "2.4.0";

const BOX: (usize, usize) = (160, 80);
const GAP: usize = 60;
const ROWS: usize = 5;

#[derive(Serialize)]
struct Document<'a, D: Serialize> {
    version: &'static str,
    summary: Value,
    detail: Detail<'a, D>,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Detail<'a, D: Serialize> {
    contributors: Vec<Value>,
    diagrams: D,
    diagram_top: usize,
    reviewer: &'static str,
    /// The last number, which is known once the diagrams before it are written.
    threat_top: &'a Numbers,
}

/// The session as a Threat Dragon model.
pub fn write(session: &Session, catalog: &Catalog, options: &Options) -> String {
    let model = Model::of(session, catalog, options);
    let sheets = sheets(&model);
    let numbers = Numbers::default();
    let diagrams = sheets.iter().enumerate().map(|(at, sheet)| {
        json!({
            "id": at,
            "title": or_untitled(sheet.system, "Diagram"),
            "diagramType": "STRIDE",
            "placeholder": "New STRIDE diagram description",
            "thumbnail": "./public/content/images/thumbnail.stride.jpg",
            "version": VERSION,
            "cells": cells(&model, sheet, &numbers),
        })
    });
    let people = model.people().into_iter();
    to_text(&Document {
        version: VERSION,
        summary: json!({
            "title": or_untitled(&session.title, "Untitled"),
            "owner": "",
            "description": description(session),
            "id": 0,
        }),
        detail: Detail {
            contributors: people.map(|name| json!({ "name": name })).collect(),
            diagrams: Each::of(diagrams),
            diagram_top: sheets.len(),
            reviewer: "",
            threat_top: &numbers,
        },
    })
}

/// What Threat Dragon has no place for.
pub fn left_out(session: &Session, catalog: &Catalog, options: &Options) -> Vec<String> {
    sentences(
        &Model::of(session, catalog, options),
        &[
            Part::Attackers,
            Part::Answers,
            Part::Ratings,
            Part::Decisions,
            Part::Surfaces,
            Part::Controls,
            Part::MitigationFacts,
            Part::LooseMitigations,
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

fn description(session: &Session) -> String {
    let assumptions = session.assumptions.iter().map(|one| one.text.trim());
    let assumptions: Vec<&str> = assumptions.filter(|text| !text.is_empty()).collect();
    paragraphs(&[
        ("", &session.description),
        ("Assumptions", &assumptions.join("\n")),
    ])
}

/// Numbers of threats through the whole model: the last one that was given.
#[derive(Default, Serialize)]
#[serde(transparent)]
struct Numbers(Cell<usize>);

impl Numbers {
    fn next(&self) -> usize {
        self.0.set(self.0.get() + 1);
        self.0.get()
    }
}

/// Where a box stands.
struct Spot {
    x: usize,
    y: usize,
}

/// What stands in the diagram of one system.
struct Sheet<'m, 'a> {
    system: &'a str,
    /// The nodes of each zone that has some.
    zones: BTreeMap<usize, Vec<usize>>,
    flows: Vec<&'m Flow<'a>>,
}

/// A diagram for each system, in the order of its first node.
fn sheets<'m, 'a>(model: &'m Model<'a>) -> Vec<Sheet<'m, 'a>> {
    let mut sheets: Vec<Sheet<'_, '_>> = Vec::new();
    let mut places: HashMap<&str, usize> = HashMap::new();
    for (at, node) in model.nodes.iter().enumerate() {
        let place = *places.entry(node.system).or_insert_with(|| {
            sheets.push(Sheet {
                system: node.system,
                zones: BTreeMap::new(),
                flows: Vec::new(),
            });
            sheets.len() - 1
        });
        sheets[place].zones.entry(node.zone).or_default().push(at);
    }
    for flow in &model.flows {
        let [from, to] = [flow.from, flow.to].map(|at| model.nodes[at].system);
        if from == to {
            sheets[places[from]].flows.push(flow);
        }
    }
    sheets
}

fn cells(model: &Model<'_>, sheet: &Sheet<'_, '_>, numbers: &Numbers) -> Vec<Value> {
    let mut cells = Vec::new();
    let mut x = GAP;
    let mut spots: BTreeMap<usize, Spot> = BTreeMap::new();
    for (zone, nodes) in &sheet.zones {
        let zone = &model.zones[*zone];
        let columns = nodes.len().div_ceil(ROWS);
        let rows = nodes.len().min(ROWS);
        for (at, node) in nodes.iter().enumerate() {
            let spot = Spot {
                x: x + GAP / 2 + at / ROWS * (BOX.0 + GAP),
                y: GAP + GAP / 2 + at % ROWS * (BOX.1 + GAP),
            };
            spots.insert(*node, spot);
        }
        let width = columns * (BOX.0 + GAP);
        cells.push(json!({
            "position": { "x": x, "y": GAP },
            "size": { "width": width, "height": rows * (BOX.1 + GAP) },
            "attrs": { "label": { "text": zone.name } },
            "visible": true,
            "shape": "trust-boundary-box",
            "id": uuid("zone", &format!("{}/{}", sheet.system, zone.id)),
            "zIndex": -1,
            "data": {
                "type": "tm.BoundaryBox",
                "name": zone.name,
                "description": "",
                "isTrustBoundary": true,
                "hasOpenThreats": false,
            },
        }));
        x += width + GAP;
    }
    for (node, spot) in &spots {
        let node = &model.nodes[*node];
        cells.push(node_cell(model, node, spot, cells.len(), numbers));
    }
    let flows = sheet.flows.iter();
    cells.extend(flows.map(|flow| flow_cell(model, flow, numbers)));
    cells
}

fn node_cell(
    model: &Model<'_>,
    node: &Node<'_>,
    spot: &Spot,
    z: usize,
    numbers: &Numbers,
) -> Value {
    let open = has_open(model, &node.threats);
    let stroke = json!({
        "stroke": if open { "red" } else { "#333333" },
        "strokeWidth": if open { 3.0 } else { 1.5 },
        "strokeDasharray": null,
    });
    let text = json!({ "text": node.name });
    let (shape, kind, attrs) = match node.kind {
        ElementKind::Actor | ElementKind::ExternalService => {
            ("actor", "tm.Actor", json!({ "text": text, "body": stroke }))
        }
        ElementKind::Process => (
            "process",
            "tm.Process",
            json!({ "text": text, "body": stroke }),
        ),
        ElementKind::Store => (
            "store",
            "tm.Store",
            json!({ "text": text, "topLine": stroke, "bottomLine": stroke }),
        ),
    };
    json!({
        "position": { "x": spot.x, "y": spot.y },
        "size": { "width": BOX.0, "height": BOX.1 },
        "attrs": attrs,
        "visible": true,
        "shape": shape,
        "id": uuid("node", &node.id),
        "zIndex": z,
        "data": {
            "type": kind,
            "name": or_untitled(node.name, &node.id),
            "description": node.what,
            "outOfScope": !node.in_scope,
            "reasonOutOfScope": "",
            "isTrustBoundary": false,
            "threats": threats(model, &node.threats, numbers),
            "hasOpenThreats": open,
        },
    })
}

fn flow_cell(model: &Model<'_>, flow: &Flow<'_>, numbers: &Numbers) -> Value {
    let open = has_open(model, &flow.threats);
    json!({
        "shape": "flow",
        "attrs": { "line": {
            "stroke": if open { "red" } else { "#333333" },
            "strokeWidth": if open { 3.0 } else { 1.5 },
            "targetMarker": { "name": "block" },
            "sourceMarker": { "name": "" },
            "strokeDasharray": null,
        } },
        "width": 200,
        "height": 100,
        "zIndex": 10,
        "connector": "smooth",
        "labels": [flow.what],
        "id": uuid("flow", &flow.id),
        "source": { "cell": uuid("node", &model.nodes[flow.from].id) },
        "target": { "cell": uuid("node", &model.nodes[flow.to].id) },
        "vertices": [],
        "data": {
            "type": "tm.Flow",
            "name": flow.what,
            "description": "",
            "outOfScope": false,
            "reasonOutOfScope": "",
            "isBidirectional": false,
            "isEncrypted": false,
            "isPublicNetwork": false,
            "protocol": flow.how,
            "isTrustBoundary": false,
            "threats": threats(model, &flow.threats, numbers),
            "hasOpenThreats": open,
        },
    })
}

fn has_open(model: &Model<'_>, threats: &[&Threat]) -> bool {
    threats.iter().any(|one| status(model, one) == "Open")
}

fn status(model: &Model<'_>, threat: &Threat) -> &'static str {
    match state(model, threat) {
        State::Mitigated => "Mitigated",
        State::Accepted if threat.response_reason == NOT_APPLICABLE => "NotApplicable",
        // A risk that is lived with is still there for whoever reads the model.
        State::Accepted | State::Open => "Open",
    }
}

fn threats(model: &Model<'_>, threats: &[&Threat], numbers: &Numbers) -> Vec<Value> {
    let one = |threat: &&Threat| {
        let number = numbers.next();
        let reason = match (threat.response, threat.response_reason.as_str()) {
            (Some(Response::Accept | Response::Transfer), NOT_APPLICABLE) => String::new(),
            (Some(response), reason) => paragraphs(&[
                ("Response", response.name()),
                ("Why", reason),
                ("Until", &threat.accepted_until),
            ]),
            (None, reason) => paragraphs(&[("Why", reason)]),
        };
        // A plain decision to mitigate says no more than that there is a mitigation.
        let plain =
            threat.response == Some(Response::Mitigate) && threat.response_reason.trim().is_empty();
        let mitigations = model
            .mitigations_of(threat)
            .iter()
            .map(|one| mitigation(model, one, threat));
        let mitigations: Vec<String> = mitigations.collect();
        json!({
            "id": uuid("threat", threat.id.as_str()),
            "title": or_untitled(&threat.title, "Untitled threat"),
            "status": status(model, threat),
            "severity": match severity(threat) {
                None => "TBD",
                Some(Risk::Low) => "Low",
                Some(Risk::Medium) => "Medium",
                Some(Risk::High) => "High",
                Some(Risk::Critical) => "Critical",
            },
            "type": threat.category.name(),
            "description": paragraphs(&[
                ("", &threat.what_goes_wrong),
                ("Preconditions", &threat.preconditions),
                ("Consequences", &threat.consequences),
            ]),
            "mitigation": paragraphs(&[
                ("", &mitigations.join("\n\n")),
                ("", if plain { "" } else { &reason }),
            ]),
            "modelType": "STRIDE",
            "new": false,
            "number": number,
            "score": "",
        })
    };
    threats.iter().map(one).collect()
}

/// A mitigation as text, with its state where the threat's own does not say it.
fn mitigation(model: &Model<'_>, mitigation: &Mitigation, threat: &Threat) -> String {
    let implied = match status(model, threat) {
        "Open" => MitigationStatus::Planned,
        _ => MitigationStatus::Done,
    };
    let status = if mitigation.status == implied {
        ""
    } else {
        mitigation.status.name()
    };
    paragraphs(&[
        (
            "",
            if mitigation.what == MARKED_MITIGATED {
                ""
            } else {
                &mitigation.what
            },
        ),
        ("Status", status),
        ("Owner", model.owner_of(mitigation)),
        ("Due", &mitigation.due),
        ("How to verify", &mitigation.verify),
        ("Evidence", &mitigation.evidence),
    ])
}
