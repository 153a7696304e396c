//! Models of other programs: every threat, mitigation and component comes along, and goes back.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::{env, fs};

use astride::catalog::Catalog;
use astride::import::{Format, Import, ImportError, read};
use astride::report::{Form, Options};
use astride::session::id::IdSource;
use astride::session::types::{MitigationStatus, Response};
use astride::store;
use astride::stride::Category;
use pretty_assertions::assert_eq;
use proptest::prelude::*;
use serde_json::{Value, json};

use super::formats::problems;
use super::sessions::{all, hostile};

fn import(bytes: &[u8]) -> Result<Import, ImportError> {
    let now = "2026-11-14T09:30:00Z".parse().unwrap();
    read(bytes, &Catalog::embedded(), IdSource::new(5), now)
}

fn import_json(document: &Value) -> Import {
    import(document.to_string().as_bytes()).unwrap()
}

fn export(import: &Import) -> (&'static str, Value) {
    let form = match import.format {
        Format::Otm => "otm",
        Format::ThreatDragon => "threat-dragon",
        Format::ThreatComposer => "threat-composer",
    };
    let catalog = Catalog::embedded();
    let catalog = import.session.with_own_systems(&catalog);
    let write = Form::by_id(form).unwrap().write;
    let text = write(&import.session, &catalog, &Options { names: true });
    assert_eq!(problems(form, &text), [""; 0]);
    (form, serde_json::from_str(&text).unwrap())
}

/// The example models: those beside this file, and a whole folder of them where one is named.
fn examples() -> Vec<PathBuf> {
    let mut paths = Vec::new();
    let fixtures =
        Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures/interchange/examples");
    paths.extend(
        fs::read_dir(fixtures)
            .unwrap()
            .map(|one| one.unwrap().path()),
    );
    if let Some(folder) = env::var_os("ASTRIDE_SCHEMA_EXAMPLES") {
        for format in ["otm", "threat-dragon-v2", "threat-composer-v1"] {
            let folder = Path::new(&folder).join(format);
            paths.extend(fs::read_dir(folder).unwrap().map(|one| one.unwrap().path()));
        }
    }
    paths.sort();
    paths
}

fn list<'a>(value: &'a Value, path: &str) -> impl Iterator<Item = &'a Value> {
    value
        .pointer(path)
        .and_then(Value::as_array)
        .into_iter()
        .flatten()
}

fn flat(text: &Value) -> String {
    let words: Vec<&str> = text
        .as_str()
        .unwrap_or_default()
        .split_whitespace()
        .collect();
    words.join(" ")
}

/// How often each component, threat and mitigation stands in a document, by its words.
fn parts(format: Format, document: &Value) -> [BTreeMap<String, usize>; 3] {
    let count = |words: Vec<String>| {
        let mut counted = BTreeMap::new();
        for word in words {
            *counted.entry(word).or_insert(0) += 1;
        }
        counted
    };
    let names =
        |path: &str, field: &str| list(document, path).map(|one| flat(&one[field])).collect();
    match format {
        Format::Otm => [
            count(names("/components", "name")),
            count(names("/threats", "name")),
            count(names("/mitigations", "name")),
        ],
        Format::ThreatComposer => [
            count(Vec::new()),
            count(
                names("/threats", "statement")
                    .into_iter()
                    .filter(|one| !one.is_empty())
                    .collect(),
            ),
            count(names("/mitigations", "content")),
        ],
        Format::ThreatDragon => {
            let cells: Vec<&Value> = list(document, "/detail/diagrams")
                .flat_map(|one| list(one, "/cells"))
                .collect();
            let parts = cells.iter().filter(|one| {
                let kind = one["data"]["type"].as_str().unwrap_or_default();
                ["tm.Process", "tm.Store", "tm.Actor"].contains(&kind)
            });
            let threats: Vec<&Value> = cells
                .iter()
                .flat_map(|one| list(one, "/data/threats"))
                .collect();
            let words = |field: &str| {
                threats
                    .iter()
                    .map(|one| flat(&one[field]))
                    .collect::<Vec<_>>()
            };
            let mitigations = words("mitigation")
                .into_iter()
                .filter(|one| !one.is_empty());
            [
                count(parts.map(|one| flat(&one["data"]["name"])).collect()),
                count(words("title")),
                count(mitigations.collect()),
            ]
        }
    }
}

fn document(bytes: &[u8]) -> Value {
    serde_json::from_slice(bytes).unwrap_or_else(|_| {
        // Only to count: every example in YAML is a plain one.
        json!({ "yaml": String::from_utf8_lossy(bytes) })
    })
}

#[test]
fn every_example_loads_and_keeps_its_parts() {
    for path in examples() {
        let bytes = fs::read(&path).unwrap();
        let imported = import(&bytes).unwrap_or_else(|error| panic!("{}: {error}", path.display()));
        // What is made can be saved and opened.
        let text = store::encode(&imported.session, 1).unwrap();
        assert_eq!(
            store::decode(text.as_bytes()).unwrap().session,
            imported.session
        );
        let theirs = document(&bytes);
        if theirs["yaml"].is_string() {
            continue;
        }
        let (_, ours) = export(&imported);
        let [components, threats, mitigations] = parts(imported.format, &theirs);
        let [our_components, our_threats, our_mitigations] = parts(imported.format, &ours);
        let missing = |theirs: &BTreeMap<String, usize>, ours: &BTreeMap<String, usize>| {
            let holds = |name: &str, times: usize| {
                // A text can have more behind it: a tag, a comment, a reason.
                let found = ours.iter().filter(|(one, _)| one.starts_with(name));
                found.map(|(_, times)| times).sum::<usize>() >= times
            };
            let missing = theirs.iter().filter(|(name, times)| !holds(name, **times));
            missing.map(|(name, _)| name.clone()).collect::<Vec<_>>()
        };
        assert_eq!(
            missing(&components, &our_components),
            [""; 0],
            "{}",
            path.display()
        );
        assert_eq!(
            missing(&threats, &our_threats),
            [""; 0],
            "{}",
            path.display()
        );
        assert_eq!(
            missing(&mitigations, &our_mitigations),
            [""; 0],
            "{}",
            path.display()
        );
    }
}

#[test]
fn a_second_way_there_and_back_changes_nothing() {
    for path in examples() {
        let first = import(&fs::read(&path).unwrap()).unwrap();
        let (_, once) = export(&first);
        let (_, twice) = export(&import_json(&once));
        assert_eq!(
            parts(first.format, &twice),
            parts(first.format, &once),
            "{}",
            path.display()
        );
    }
}

#[test]
fn yaml_models_keep_components_flows_and_zones() {
    let path = Path::new(env!("CARGO_MANIFEST_DIR"))
        .join("tests/fixtures/interchange/examples/manual_threat_model.yaml");
    let imported = import(&fs::read(path).unwrap()).unwrap();
    let (_, ours) = export(&imported);
    let names: Vec<String> = list(&ours, "/components")
        .map(|one| flat(&one["name"]))
        .collect();
    assert_eq!(names, ["User", "Web server", "Database"]);
    let ends: Vec<[&Value; 2]> = list(&ours, "/dataflows")
        .map(|one| [&one["source"], &one["destination"]])
        .collect();
    assert_eq!(
        ends,
        [
            [&json!("user"), &json!("web-server")],
            [&json!("web-server"), &json!("database")]
        ]
    );
    let zones: Vec<String> = list(&ours, "/trustZones")
        .map(|one| flat(&one["name"]))
        .collect();
    assert_eq!(zones, ["Internet", "Public", "Private Secured"]);
    assert_eq!(
        ours["components"][0]["parent"]["trustZone"],
        "f0ba7722-39b6-4c81-8290-a30a248bb8d9"
    );
}

#[test]
fn threats_of_flows_and_of_what_is_out_of_scope_stay_where_they_are() {
    let path = Path::new(env!("CARGO_MANIFEST_DIR"))
        .join("tests/fixtures/interchange/examples/v2-threat-model.json");
    let imported = import(&fs::read(path).unwrap()).unwrap();
    let (_, ours) = export(&imported);
    let cells: Vec<&Value> = list(&ours, "/detail/diagrams")
        .flat_map(|one| list(one, "/cells"))
        .collect();
    let cell = |name: &str| {
        *cells
            .iter()
            .find(|one| flat(&one["data"]["name"]) == name)
            .unwrap()
    };
    let request = cell("Web Request");
    assert_eq!(request["shape"], "flow");
    assert_eq!(request["id"], "2d84bfae-f1ed-49e5-8542-10a02f4a1c57");
    let threat = &request["data"]["threats"][0];
    assert_eq!(threat["status"], "Mitigated");
    assert_eq!(threat["id"], "79cbaf10-e5a2-4fd6-9818-7f180a113938");
    let config = cell("Web Application Config");
    assert_eq!(config["data"]["outOfScope"], true);
    assert_eq!(config["data"]["threats"].as_array().unwrap().len(), 1);
    assert!(
        imported
            .notices
            .iter()
            .any(|one| one.contains("drawn as lines")),
        "{:?}",
        imported.notices
    );
}

#[test]
fn a_component_that_the_catalog_knows_is_the_catalogs() {
    let model = json!({ "otmVersion": "0.2.0", "project": { "name": "Build hosts", "id": "b" },
        "trustZones": [{ "id": "z", "name": "Rack", "risk": { "trustRating": 5 } }],
        "components": [
            { "id": "c1", "name": "docker HOST", "type": "server", "parent": { "trustZone": "z" } },
            { "id": "c2", "name": "Lamp", "type": "thing", "parent": { "component": "c1" } },
        ] });
    let session = import_json(&model).session;
    let names: Vec<&str> = session
        .components
        .iter()
        .map(astride::catalog::types::Id::as_str)
        .collect();
    assert_eq!(names, ["docker-host", "c2"]);
    assert_eq!(session.own_systems[0].components.len(), 1);
    assert_eq!(session.own_systems[0].elements[1].zone, "z");
}

#[test]
fn states_and_categories_are_understood() {
    let model = json!({ "version": "2.2", "summary": { "title": "T" }, "detail": { "diagrams": [{
        "title": "D", "cells": [{ "id": "c", "shape": "process", "data": { "type": "tm.Process", "name": "P",
            "threats": [
                { "id": "one", "title": "A", "status": "NotApplicable", "type": "Spoofing", "severity": "TBD" },
                { "id": "one", "title": "B", "status": "Mitigated", "type": "Linkability", "severity": "High" },
                { "title": "C", "status": "Odd", "type": "", "severity": "5", "mitigation": "Do it." },
            ] } }] }] } });
    let imported = import_json(&model);
    let session = &imported.session;
    let [a, b, c] = session.threats.as_slice() else {
        panic!("{:?}", session.threats)
    };
    assert_eq!(
        (a.response, a.category),
        (Some(Response::Accept), Category::Spoofing)
    );
    assert_eq!(b.category, Category::InformationDisclosure);
    assert_eq!(b.what_goes_wrong, "Category there: Linkability");
    assert_ne!(a.id, b.id);
    assert_eq!(session.mitigations[0].status, MitigationStatus::Done);
    assert_eq!(session.mitigations[1].threats, std::slice::from_ref(&c.id));
    let said = imported.notices.join("\n");
    assert!(said.contains("\"Odd\"") && said.contains("\"5\""), "{said}");
    assert_eq!(session.review_notes.len(), 1);
    let (_, ours) = export(&imported);
    let statuses: Vec<&Value> = list(&ours, "/detail/diagrams/0/cells")
        .flat_map(|one| list(one, "/data/threats"))
        .map(|one| &one["status"])
        .collect();
    assert_eq!(statuses, ["NotApplicable", "Mitigated", "Open"]);
}

#[test]
fn our_own_exports_come_back() {
    for sample in all() {
        for form in ["otm", "threat-dragon", "threat-composer"] {
            let text = (Form::by_id(form).unwrap().write)(
                &sample.session,
                &sample.catalog,
                &Options { names: true },
            );
            let back = import(text.as_bytes()).unwrap().session;
            assert_eq!(
                back.threats.len(),
                sample.session.threats.len(),
                "{form} of {}",
                sample.name
            );
            for (back, one) in back.threats.iter().zip(&sample.session.threats) {
                if form == "threat-composer" {
                    assert_eq!(back.category, one.category);
                    assert_eq!(back.what_goes_wrong, one.what_goes_wrong);
                    assert_eq!((back.likelihood, back.impact), (one.likelihood, one.impact));
                    assert_eq!(back.sentence, one.sentence);
                }
            }
            if form != "threat-dragon" {
                let words = |session: &astride::session::types::Session| {
                    let mitigations = session.mitigations.iter();
                    mitigations
                        .map(|one| (one.what.trim().to_text(), one.status, one.owner.clone()))
                        .collect::<Vec<_>>()
                };
                assert_eq!(
                    words(&back),
                    words(&sample.session),
                    "{form} of {}",
                    sample.name
                );
            }
        }
    }
}

#[test]
fn what_is_no_model_is_refused_with_the_reason() {
    let refused = |text: &str| import(text.as_bytes()).unwrap_err().to_string();
    assert!(refused("{}").starts_with("it is not an Open Threat Model"));
    assert!(refused("").contains("neither JSON nor YAML"));
    assert!(refused("{ \"a\": ").contains("neither JSON nor YAML"));
    assert!(refused(&"[".repeat(100_000)).contains("neither JSON nor YAML"));
    let old = json!({ "summary": {}, "detail": { "diagrams": [{ "diagramJson": {} }] } });
    assert!(refused(&old.to_string()).contains("Threat Dragon 1"));
    assert!(refused(r#"{ "schema": 2, "threats": [] }"#).contains("later Threat Composer"));
    let threat = json!({ "id": "x", "name": "x", "risk": {} });
    let many = json!({ "otmVersion": "0.2.0", "project": {}, "threats": vec![threat; 10_001] });
    assert!(refused(&many.to_string()).contains("10001 threats"));
    let long = json!({ "otmVersion": "0.2.0", "project": { "description": "x".repeat(300_000) } });
    assert!(refused(&long.to_string()).contains("256 KiB"));
    assert!(import(&[0xff, 0xfe, 0x00]).is_err());
}

/// JSON of any shape under the names that the formats use.
fn anything() -> impl Strategy<Value = Value> {
    let word = prop_oneof![
        Just(json!(null)),
        Just(json!(3)),
        Just(json!(true)),
        Just(json!(hostile("x"))),
        "[a-z]{0,3}".prop_map(Value::from),
    ];
    let name = prop::sample::select(vec![
        "otmVersion",
        "project",
        "name",
        "id",
        "components",
        "threats",
        "mitigations",
        "threat",
        "mitigation",
        "parent",
        "trustZone",
        "component",
        "dataflows",
        "source",
        "destination",
        "risk",
        "likelihood",
        "summary",
        "detail",
        "diagrams",
        "cells",
        "data",
        "type",
        "position",
        "size",
        "x",
        "schema",
        "metadata",
        "key",
        "value",
        "mitigationLinks",
        "linkedId",
        "brainstorm",
        "attributes",
        "astride",
    ]);
    word.prop_recursive(6, 60, 6, move |inner| {
        prop_oneof![
            prop::collection::vec(inner.clone(), 0..4).prop_map(Value::from),
            prop::collection::vec((name.clone(), inner), 0..6).prop_map(|fields| {
                let fields = fields
                    .into_iter()
                    .map(|(name, value)| (name.to_owned(), value));
                Value::Object(fields.collect())
            }),
        ]
    })
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(200))]
    #[test]
    fn no_document_breaks_the_reader(mut document in anything(), which in 0..3_u8) {
        if let Value::Object(fields) = &mut document {
            match which {
                0 => drop(fields.insert("otmVersion".to_owned(), json!("0.2.0"))),
                1 => {
                    fields.entry("summary").or_insert(json!({}));
                    fields.entry("detail").or_insert(json!({}));
                }
                _ => {
                    fields.insert("schema".to_owned(), json!(1));
                    fields.entry("threats").or_insert(json!([]));
                }
            }
        }
        if let Ok(imported) = import(document.to_string().as_bytes()) {
            let text = store::encode(&imported.session, 1).unwrap();
            prop_assert_eq!(&store::decode(text.as_bytes()).unwrap().session, &imported.session);
            export(&imported);
        }
    }
}
