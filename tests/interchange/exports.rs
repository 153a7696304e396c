//! Every export of every session: valid, the same each time, nothing lost that is not said.

use std::time::{Duration, Instant};

use astride::report::{Form, Kind, Options};
use astride::session::types::Session;
use pretty_assertions::assert_eq;
use serde_json::Value;

use super::formats::problems;
use super::sessions::{Sample, all, full, hostile, large};

const NAMED: Options = Options { names: true };

fn written(form: &str, sample: &Sample, options: &Options) -> String {
    (Form::by_id(form).unwrap().write)(&sample.session, &sample.catalog, options)
}

fn interchange() -> impl Iterator<Item = &'static Form> {
    Form::ALL
        .iter()
        .filter(|form| matches!(form.kind, Kind::Interchange(_)))
}

#[test]
fn every_export_is_valid() {
    for sample in all() {
        for form in ["otm", "threat-dragon", "threat-composer", "tm-bom"] {
            let text = written(form, &sample, &NAMED);
            assert_eq!(problems(form, &text), [""; 0], "{form} of {}", sample.name);
        }
    }
}

#[test]
fn every_export_names_every_threat_and_mitigation() {
    for sample in all() {
        for form in [
            "otm",
            "threat-dragon",
            "threat-composer",
            "tm-bom",
            "csv",
            "json",
        ] {
            let text = written(form, &sample, &NAMED);
            let count = |needle: &str| text.matches(needle).count();
            let (threats, mitigations) = (
                sample.session.threats.len(),
                sample.session.mitigations.len(),
            );
            let found = match form {
                "otm" => (count("\"likelihood\": "), count("\"riskReduction\": ")),
                "threat-dragon" => (count("\"modelType\": \"STRIDE\""), mitigations),
                "threat-composer" => (
                    count("\"key\": \"STRIDE\""),
                    count("\"status\": \"mitigation"),
                ),
                "tm-bom" => (count("\"threat_persona\": "), count("\"priority\": ")),
                "csv" => (rows(&text).len(), mitigations),
                _ => {
                    let Value::Object(fields) = serde_json::from_str(&text).unwrap() else {
                        panic!()
                    };
                    let length = |name: &str| fields[name].as_array().unwrap().len();
                    (length("threats"), length("mitigations"))
                }
            };
            assert_eq!(found, (threats, mitigations), "{form} of {}", sample.name);
        }
    }
}

fn rows(text: &str) -> Vec<csv::StringRecord> {
    let mut reader = csv::Reader::from_reader(text.as_bytes());
    reader.records().map(Result::unwrap).collect()
}

#[test]
fn no_cell_of_a_table_is_a_formula() {
    let sample = full("hostile", hostile);
    let rows = rows(&written("csv", &sample, &NAMED));
    assert!(rows.iter().any(|row| row[2].starts_with("'=cmd")));
    for row in rows {
        for cell in &row {
            assert!(
                !cell.trim_start().starts_with(['=', '+', '-', '@', '|']),
                "{cell}"
            );
        }
    }
}

#[test]
fn nothing_acts_or_hides_in_an_export() {
    let sample = full("hostile", hostile);
    for form in interchange() {
        let text = written(form.id, &sample, &NAMED);
        let steers = |c: char| (c.is_control() && !matches!(c, '\n' | '\r')) || c == '\u{202e}';
        assert_eq!(text.chars().find(|c| steers(*c)), None, "{}", form.id);
    }
}

#[test]
fn the_same_session_gives_the_same_bytes() {
    for sample in all() {
        for form in interchange() {
            let again = Sample {
                name: String::new(),
                session: sample.session.clone(),
                catalog: sample.catalog.clone(),
            };
            assert_eq!(
                written(form.id, &sample, &NAMED),
                written(form.id, &again, &NAMED)
            );
        }
    }
}

#[test]
fn the_json_form_is_the_session() {
    let sample = full("sensible", super::team::sensible);
    let mut document: Value = serde_json::from_str(&written("json", &sample, &NAMED)).unwrap();
    let schema = document.as_object_mut().unwrap().remove("schema");
    assert_eq!(schema.unwrap(), "astride.export/1");
    let back: Session = serde_json::from_value(document).unwrap();
    assert_eq!(back, sample.session);
}

#[test]
fn without_names_nobody_is_named() {
    let word = |field: &str| match field {
        "participant Alice" | "participant Bo" | "mitigation.owner" => "Zebedee".to_owned(),
        other => super::team::sensible(other),
    };
    let sample = full("named", word);
    for form in interchange() {
        let named = written(form.id, &sample, &NAMED);
        let unnamed = written(form.id, &sample, &Options { names: false });
        assert!(!unnamed.contains("Zebedee"), "{}", form.id);
        assert_eq!(named.contains("Zebedee"), form.id != "sarif", "{}", form.id);
        let person = sample.session.participants[0].id.as_str();
        assert!(!unnamed.contains(person), "{}", form.id);
    }
}

#[test]
fn what_a_format_cannot_carry_is_counted_from_the_session() {
    let [full, empty] = [
        full("sensible", super::team::sensible),
        all().pop().unwrap(),
    ];
    let left_out =
        |form: &Form, one: &Sample| form.left_out(&one.session, &one.catalog, &NAMED).join("\n");
    for form in interchange() {
        let (of_full, of_empty) = (left_out(form, &full), left_out(form, &empty));
        assert_eq!(
            of_full.contains("1 scan with its findings"),
            form.id != "json",
            "{}: {of_full}",
            form.id
        );
        assert!(!of_empty.contains("scan"), "{}: {of_empty}", form.id);
    }
    assert_eq!(left_out(Form::by_id("json").unwrap(), &full), "");
}

#[test]
fn sarif_holds_what_is_open() {
    for sample in all() {
        let document: Value = serde_json::from_str(&written("sarif", &sample, &NAMED)).unwrap();
        let run = &document["runs"][0];
        let rules = run["tool"]["driver"]["rules"].as_array().unwrap();
        let results = run["results"].as_array().unwrap();
        assert!(results.len() <= sample.session.threats.len());
        let mut prints: Vec<&Value> = results
            .iter()
            .map(|one| &one["partialFingerprints"])
            .collect();
        prints.dedup();
        assert_eq!(prints.len(), results.len());
        for result in results {
            let rule = usize::try_from(result["ruleIndex"].as_u64().unwrap()).unwrap();
            assert_eq!(rules[rule]["id"], result["ruleId"]);
            assert_ne!(result["locations"][0]["logicalLocations"][0]["name"], "");
            assert_ne!(result["message"]["text"], "");
            let id = result["properties"]["id"].as_str().unwrap();
            let threat = sample
                .session
                .threats
                .iter()
                .find(|one| one.id.as_str() == id)
                .unwrap();
            assert!(!matches!(
                threat.response,
                Some(
                    astride::session::types::Response::Accept
                        | astride::session::types::Response::Transfer
                )
            ));
        }
    }
}

/// Generous, because a debug build on a busy machine is measured; a quadratic loop takes minutes.
#[test]
fn ten_thousand_threats_export_in_every_form() {
    let sample = large(10_000);
    for form in Form::ALL {
        let begun = Instant::now();
        let text = (form.write)(&sample.session, &sample.catalog, &NAMED);
        assert!(
            text.matches("Threat number").count() >= 10_000 || form.id == "sarif",
            "{}",
            form.id
        );
        assert!(
            begun.elapsed() < Duration::from_secs(20),
            "{}: {:?}",
            form.id,
            begun.elapsed()
        );
    }
}
