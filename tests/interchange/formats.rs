//! The formats' schemas, and the checks that a schema cannot make: dangling references, doubled ids, threats
//! where the application looks for them.

use std::collections::HashSet;
use std::sync::LazyLock;

use jsonschema::Validator;
use serde_json::{Value, json};

fn validator(text: &str) -> Validator {
    let schema: Value = serde_json::from_str(text).unwrap();
    jsonschema::options()
        .should_validate_formats(true)
        .build(&schema)
        .unwrap()
}

static OTM: LazyLock<Validator> = LazyLock::new(|| {
    validator(include_str!(
        "../fixtures/interchange/otm-0.2.0.schema.json"
    ))
});
static THREAT_COMPOSER: LazyLock<Validator> = LazyLock::new(|| {
    validator(include_str!(
        "../fixtures/interchange/threat-composer-v1.schema.json"
    ))
});
static TM_BOM: LazyLock<Validator> = LazyLock::new(|| {
    validator(include_str!(
        "../fixtures/interchange/tm-bom-1.0.2.schema.json"
    ))
});
/// The whole schema, and the part of it for a threat, which it does not apply where threats really are.
static THREAT_DRAGON: LazyLock<(Validator, Validator)> = LazyLock::new(|| {
    let text = include_str!("../fixtures/interchange/threat-dragon-v2.schema.json");
    let mut schema: Value = serde_json::from_str(text).unwrap();
    make_nullable(&mut schema);
    let cell =
        "/properties/detail/properties/diagrams/items/properties/cells/items/properties/threats";
    let threats = schema.pointer(cell).unwrap().clone();
    (
        validator(&schema.to_string()),
        validator(&threats.to_string()),
    )
});

/// `nullable` is not of JSON Schema: says the same in its words.
fn make_nullable(schema: &mut Value) {
    match schema {
        Value::Object(fields) => {
            if fields.remove("nullable") == Some(json!(true)) {
                let kind = fields["type"].take();
                fields["type"] = json!([kind, "null"]);
            }
            fields.values_mut().for_each(make_nullable);
        }
        Value::Array(list) => list.iter_mut().for_each(make_nullable),
        _ => {}
    }
}

/// What is wrong with a document of a form; nothing where it is fine.
pub fn problems(form: &str, text: &str) -> Vec<String> {
    let document: Value = match serde_json::from_str(text) {
        Ok(document) => document,
        Err(error) => return vec![error.to_string()],
    };
    let (schema, more) = match form {
        "otm" => (&*OTM, otm(&document)),
        "threat-composer" => (&*THREAT_COMPOSER, threat_composer(&document)),
        "tm-bom" => (&*TM_BOM, tm_bom(&document)),
        "threat-dragon" => (&THREAT_DRAGON.0, threat_dragon(&document)),
        other => panic!("no schema for {other}"),
    };
    let broken = schema.iter_errors(&document);
    let mut problems: Vec<String> = broken
        .map(|error| format!("{}: {error}", error.instance_path()))
        .collect();
    problems.extend(more);
    problems
}

fn list<'a>(value: &'a Value, path: &str) -> impl Iterator<Item = &'a Value> {
    value
        .pointer(path)
        .and_then(Value::as_array)
        .into_iter()
        .flatten()
}

fn text<'a>(value: &'a Value, path: &str) -> &'a str {
    value
        .pointer(path)
        .and_then(Value::as_str)
        .unwrap_or_default()
}

/// The ids of a list; a doubled one is a problem.
fn ids<'a>(
    document: &'a Value,
    path: &str,
    id: &str,
    problems: &mut Vec<String>,
) -> HashSet<&'a str> {
    let mut seen = HashSet::new();
    for one in list(document, path) {
        let id = text(one, id);
        if !seen.insert(id) {
            problems.push(format!("{path}: {id} stands twice"));
        }
    }
    seen
}

struct References(Vec<String>);

impl References {
    fn check(&mut self, known: &HashSet<&str>, id: &str, place: &str) {
        if !known.contains(id) {
            self.0.push(format!("{place}: there is no {id:?}"));
        }
    }
}

fn otm(document: &Value) -> Vec<String> {
    let mut problems = Vec::new();
    let zones = ids(document, "/trustZones", "/id", &mut problems);
    let components = ids(document, "/components", "/id", &mut problems);
    let threats = ids(document, "/threats", "/id", &mut problems);
    let mitigations = ids(document, "/mitigations", "/id", &mut problems);
    ids(document, "/dataflows", "/id", &mut problems);
    let mut references = References(problems);
    for component in list(document, "/components") {
        references.check(&zones, text(component, "/parent/trustZone"), "parent");
    }
    for flow in list(document, "/dataflows") {
        references.check(&components, text(flow, "/source"), "source");
        references.check(&components, text(flow, "/destination"), "destination");
    }
    for holder in list(document, "/components").chain(list(document, "/dataflows")) {
        for instance in list(holder, "/threats") {
            references.check(&threats, text(instance, "/threat"), "threat");
            for mitigation in list(instance, "/mitigations") {
                references.check(&mitigations, text(mitigation, "/mitigation"), "mitigation");
            }
        }
    }
    references.0
}

fn threat_composer(document: &Value) -> Vec<String> {
    let mut problems = Vec::new();
    let threats = ids(document, "/threats", "/id", &mut problems);
    let mitigations = ids(document, "/mitigations", "/id", &mut problems);
    ids(document, "/assumptions", "/id", &mut problems);
    let mut references = References(problems);
    for link in list(document, "/mitigationLinks") {
        references.check(&mitigations, text(link, "/mitigationId"), "mitigationLinks");
        references.check(&threats, text(link, "/linkedId"), "mitigationLinks");
    }
    references.0
}

fn tm_bom(document: &Value) -> Vec<String> {
    let mut problems = Vec::new();
    let name = "/symbolic_name";
    let zones = ids(document, "/trust_zones", name, &mut problems);
    let mut nodes = ids(document, "/components", name, &mut problems);
    let components = nodes.clone();
    nodes.extend(ids(document, "/actors", name, &mut problems));
    nodes.extend(ids(document, "/data_stores", name, &mut problems));
    let threats = ids(document, "/threats", name, &mut problems);
    let personas = ids(document, "/threat_personas", name, &mut problems);
    ids(document, "/controls", name, &mut problems);
    ids(document, "/risks", name, &mut problems);
    ids(document, "/data_flows", name, &mut problems);
    let mut references = References(problems);
    for path in ["/components", "/actors", "/data_stores"] {
        for node in list(document, path) {
            references.check(&zones, text(node, "/trust_zone"), path);
        }
    }
    for boundary in list(document, "/trust_boundaries") {
        references.check(&zones, text(boundary, "/trust_zone_a"), "trust_boundaries");
        references.check(&zones, text(boundary, "/trust_zone_b"), "trust_boundaries");
    }
    for flow in list(document, "/data_flows") {
        for end in ["/source", "/destination"] {
            references.check(&nodes, text(flow, &format!("{end}/object")), end);
            if text(flow, &format!("{end}/type")) == "component" {
                references.check(&components, text(flow, &format!("{end}/object")), end);
            }
        }
    }
    for threat in list(document, "/threats") {
        references.check(&personas, text(threat, "/threat_persona"), "threat_persona");
        for node in list(threat, "/components_affected") {
            references.check(&nodes, node.as_str().unwrap(), "components_affected");
        }
    }
    for holder in list(document, "/controls").chain(list(document, "/risks")) {
        for threat in list(holder, "/threats") {
            references.check(&threats, threat.as_str().unwrap(), "threats");
        }
    }
    references.0
}

fn threat_dragon(document: &Value) -> Vec<String> {
    let mut problems = Vec::new();
    let mut seen = HashSet::new();
    for diagram in list(document, "/detail/diagrams") {
        let cells = ids(diagram, "/cells", "/id", &mut problems);
        let mut references = References(Vec::new());
        for cell in list(diagram, "/cells") {
            if text(cell, "/shape") == "flow" {
                references.check(&cells, text(cell, "/source/cell"), "source");
                references.check(&cells, text(cell, "/target/cell"), "target");
            }
            let Some(threats) = cell.pointer("/data/threats") else {
                continue;
            };
            let broken = THREAT_DRAGON.1.iter_errors(threats);
            references
                .0
                .extend(broken.map(|error| format!("{}: {error}", error.instance_path())));
            for threat in threats.as_array().unwrap() {
                for field in ["id", "number"] {
                    if threat[field].is_null() || !seen.insert((field, threat[field].to_string())) {
                        references.0.push(format!(
                            "{field} {} is missing or stands twice",
                            threat[field]
                        ));
                    }
                }
            }
        }
        problems.extend(references.0);
    }
    problems
}

#[test]
fn the_checks_find_what_a_schema_does_not_see() {
    let dangling = json!({
        "otmVersion": "0.2.0",
        "project": { "name": "x", "id": "x" },
        "components": [{ "id": "a", "name": "a", "type": "t", "parent": { "trustZone": "nowhere" } }],
    });
    assert_eq!(
        problems("otm", &dangling.to_string()),
        ["parent: there is no \"nowhere\""]
    );
    let no_title = json!({ "version": "2", "summary": { "title": "x" }, "detail": {
        "contributors": [], "diagramTop": 0, "reviewer": "", "threatTop": 0,
        "diagrams": [{ "id": 0, "diagramType": "STRIDE", "thumbnail": "", "title": "x", "version": "2",
            "cells": [{ "id": "c1", "shape": "process", "zIndex": 1, "data": {
                "type": "tm.Process", "hasOpenThreats": true,
                "threats": [{ "id": "t", "number": 1, "status": 3 }],
            } }],
        }],
    } });
    assert!(problems("threat-dragon", &no_title.to_string()).len() >= 2);
}
