//! The JSON forms, held against docs/json.md: what it describes is printed, what is printed is described.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::Value;

use super::sandbox::{Sandbox, shipped};

const PAGE: &str = include_str!("../../docs/json.md");

const BEFORE: &str = include_str!("before.log");
const AFTER: &str = include_str!("after.log");

/// One row of a table: which types a field has, and whether it may be absent.
struct Field {
    types: BTreeSet<String>,
    is_optional: bool,
}

/// The chapter about a form.
fn chapter(schema: &str) -> &'static str {
    let heading = format!("\n## {schema}\n");
    let (_, rest) = PAGE
        .split_once(heading.as_str())
        .unwrap_or_else(|| panic!("docs/json.md has no chapter on {schema}"));
    rest.split("\n## ").next().unwrap()
}

/// The fields that the page describes for a form.
fn described(schema: &str) -> BTreeMap<String, Field> {
    chapter(schema)
        .lines()
        .skip_while(|line| !line.starts_with("| field"))
        .skip(2)
        .take_while(|line| line.starts_with('|'))
        .map(|row| {
            let mut columns = row.trim_matches('|').splitn(3, '|').map(str::trim);
            let path = columns.next().unwrap().trim_matches('`').to_owned();
            let types = columns.next().unwrap();
            let field = Field {
                types: types
                    .replace(", optional", "")
                    .split(" or ")
                    .map(str::to_owned)
                    .collect(),
                is_optional: types.ends_with(", optional"),
            };
            (path, field)
        })
        .collect()
}

/// Collects the types of every field below `value`, under its path.
fn collect(
    value: &Value,
    path: &str,
    known: &BTreeMap<String, Field>,
    found: &mut BTreeMap<String, BTreeSet<&'static str>>,
) {
    let field = known.get(path);
    if !path.is_empty() {
        found.entry(path.to_owned()).or_default();
    }
    if field.is_some_and(|field| field.types.contains("any")) {
        found.entry(path.to_owned()).or_default().insert("any");
        return;
    }
    let kind = match value {
        Value::Null => "null",
        Value::Bool(_) => "boolean",
        Value::Number(_) => "number",
        Value::String(_) => "string",
        Value::Array(entries) => {
            for entry in entries {
                collect(entry, &format!("{path}[]"), known, found);
            }
            "array"
        }
        Value::Object(fields) => {
            let names_are_data = known.contains_key(&format!("{path}.*"));
            for (name, value) in fields {
                let name = if names_are_data { "*" } else { name };
                let below = match path {
                    "" => name.to_owned(),
                    _ => format!("{path}.{name}"),
                };
                collect(value, &below, known, found);
            }
            "object"
        }
    };
    if !path.is_empty() {
        found.entry(path.to_owned()).or_default().insert(kind);
    }
}

/// Holds what was printed against the page. `whole` samples together have every field.
fn agrees(schema: &str, samples: &[Value], whole: bool) {
    let known = described(schema);
    let mut found = BTreeMap::new();
    for sample in samples {
        assert_eq!(sample["schema"], schema);
        collect(sample, "", &known, &mut found);
    }
    for (path, types) in &found {
        // Entries of arrays of objects are described by their fields.
        if path.ends_with("[]") && types.contains("object") {
            continue;
        }
        let Some(field) = known.get(path) else {
            panic!("docs/json.md does not describe {path} of {schema}");
        };
        for kind in types {
            assert!(
                field.types.contains(*kind),
                "{schema}: {path} is {kind}, docs/json.md says {:?}",
                field.types
            );
        }
    }
    for path in known.keys() {
        assert!(
            found.contains_key(path) || (!whole && may_be_absent(path, &known)),
            "{schema} has no {path}, which docs/json.md describes"
        );
    }
}

/// Whether a field is optional, stands below one that is, or in a list that may be empty.
fn may_be_absent(path: &str, known: &BTreeMap<String, Field>) -> bool {
    path.contains("[]")
        || known.iter().any(|(above, field)| {
            field.is_optional && (path == above || path.starts_with(&format!("{above}.")))
        })
}

/// The example of a form on the page.
fn example(schema: &str) -> Value {
    let (_, rest) = chapter(schema).split_once("```json\n").unwrap();
    let (text, _) = rest.split_once("```").unwrap();
    assert!(text.starts_with("{\n  \"schema\": "), "schema comes first");
    serde_json::from_str(text).unwrap()
}

#[test]
fn the_examples_on_the_page_have_the_form_that_it_describes() {
    let mut forms = 0;
    for schema in PAGE
        .lines()
        .filter_map(|line| line.strip_prefix("## "))
        .filter(|heading| heading.starts_with("astride."))
    {
        agrees(schema, &[example(schema)], false);
        forms += 1;
    }
    assert_eq!(forms, 13);
}

#[test]
fn list_has_the_form_of_the_page() {
    let sandbox = Sandbox::new();
    let none = sandbox.json(&["list", "--json"]);
    sandbox.done(&["new", "Team blue", "--no-open"]);
    sandbox.write("data/sessions/broken.ron", "(format: 1,");
    let two = sandbox.json(&["list", "--json"]);
    assert_eq!(two["sessions"].as_array().unwrap().len(), 2);
    agrees("astride.list/1", &[none, two], true);
}

#[test]
fn history_has_the_form_of_the_page() {
    let sandbox = Sandbox::new();
    sandbox.done(&["new", "Team blue", "--no-open"]);
    let none = sandbox.json(&["history", "team-blue", "--json"]);
    let file = sandbox.path("data/sessions/team-blue.ron");
    let good = std::fs::read(file).unwrap();
    sandbox.write("data/history/team-blue/1.ron", good);
    sandbox.write("data/history/team-blue/2-2.ron", "(format: 1,");
    let two = sandbox.json(&["history", "team-blue", "--json"]);
    assert_eq!(two["versions"][0]["version"], "2-2");
    assert_eq!(two["versions"][1]["title"], "Team blue");
    agrees("astride.history/1", &[none, two], true);
}

#[test]
fn show_has_the_form_of_the_page_and_holds_everything() {
    let sandbox = Sandbox::new();
    let everything = sandbox.everything();
    let shown = sandbox.json(&["show", &everything, "--json"]);
    agrees("astride.session/1", std::slice::from_ref(&shown), true);
    assert_eq!(
        shown["working"]["drafts"][0]["text"],
        "Somebody swaps the image bef"
    );
    assert_eq!(shown["participants"][0]["name"], "Ana");

    // What a session file holds and what is shown is the same, field by field.
    let session: Value = ron::from_str(include_str!("everything.ron")).unwrap();
    for field in session.as_object().unwrap().keys() {
        assert!(shown.get(field).is_some(), "{field} is not shown");
    }
    for example in ["course.ron", "web-infrastructure.ron"] {
        let shown = sandbox.json(&["show", &shipped(example), "--json"]);
        agrees("astride.session/1", &[shown], false);
    }
}

#[test]
fn the_json_form_of_an_export_is_what_show_prints_without_the_file() {
    let sandbox = Sandbox::new();
    let everything = sandbox.everything();
    let mut shown = sandbox.json(&["show", &everything, "--json"]);
    let mut exported = sandbox.json(&["export", &everything, "--form", "json"]);
    assert_eq!(exported["schema"], "astride.export/1");
    for field in ["schema", "name", "path", "sequence"] {
        shown.as_object_mut().unwrap().remove(field);
        exported.as_object_mut().unwrap().remove(field);
    }
    assert_eq!(exported, shown);
}

#[test]
fn keys_and_doctor_have_the_form_of_the_page() {
    let sandbox = Sandbox::new();
    agrees("astride.keys/1", &[sandbox.json(&["keys", "--json"])], true);
    sandbox.done(&["new", "Team blue", "--no-open"]);
    let doctor = sandbox.json(&["doctor", "--json"]);
    assert_eq!(doctor["sessions"], 1);
    assert_eq!(doctor["folders"][0]["writable"], true);
    agrees("astride.doctor/1", &[doctor], false);
}

#[test]
fn check_has_the_form_of_the_page() {
    let sandbox = Sandbox::new();
    // A rating is missing and an answer has no reason: warnings and notes stand out.
    let session = include_str!("everything.ron")
        .replace("All commands go through the pipeline.", "")
        .replace("likelihood: likely,", "")
        .replace(
            "    working: (",
            r#"    accepted_checks: [(
                id: "q-1r7kpc",
                check: "nothing-applies-without-reason",
                subject: "docker-client/repudiation",
                reason: "Ana asks.",
                created: (at: "2026-11-12T08:22:03Z"),
            )],
            working: ("#,
        )
        .replace(
            "remediation: \"--memory 512m\"",
            "remediation: \"--memroy 512m\"",
        );
    sandbox.write("odd.ron", session);
    let checked = sandbox.json(&["check", "odd.ron", "--json"]);
    assert_eq!(checked["passes"], false);
    agrees("astride.check/1", &[checked], true);
    let checked = sandbox.json(&["check", &shipped("web-infrastructure.ron"), "--json"]);
    assert_eq!(checked["passes"], true);
}

#[test]
fn the_catalogs_list_and_its_statistics_have_the_form_of_the_page() {
    let sandbox = Sandbox::new();
    for (command, schema) in [
        ("list", "astride.catalog-list/1"),
        ("stats", "astride.catalog-stats/1"),
    ] {
        agrees(
            schema,
            &[sandbox.json(&["catalog", command, "--json"])],
            true,
        );
    }
}

#[test]
fn an_entry_of_each_kind_has_the_fields_of_the_page() {
    let sandbox = Sandbox::new();
    let listed = sandbox.json(&["catalog", "list", "--json"]);
    let rows = chapter("astride.catalog-entry/1").lines();
    let kinds: BTreeMap<&str, Vec<&str>> = rows
        .skip_while(|line| !line.starts_with("| kind"))
        .skip(2)
        .take_while(|line| line.starts_with('|'))
        .map(|row| {
            let (kind, fields) = row.trim_matches('|').split_once('|').unwrap();
            let fields = fields
                .split(',')
                .map(|field| field.trim().trim_matches('`'));
            (kind.trim().trim_matches('`'), fields.collect())
        })
        .collect();
    let entries = listed["entries"].as_array().unwrap();
    let listed: BTreeSet<&str> = entries
        .iter()
        .map(|entry| entry["kind"].as_str().unwrap())
        .collect();
    assert_eq!(
        listed,
        kinds.keys().copied().collect(),
        "every kind has a row"
    );
    for (kind, fields) in kinds {
        let entry = entries.iter().find(|entry| entry["kind"] == kind).unwrap();
        let id = entry["id"].as_str().unwrap();
        let shown = sandbox.json(&["catalog", "show", id, "--kind", kind, "--json"]);
        assert_eq!(shown["kind"], kind);
        let found: Vec<&String> = shown["entry"].as_object().unwrap().keys().collect();
        assert_eq!(found, fields, "{kind} {id}");
        agrees("astride.catalog-entry/1", &[shown], true);
    }
}

#[test]
fn the_catalogs_check_has_the_form_of_the_page() {
    let sandbox = Sandbox::new();
    sandbox.write("ours/a.ron", "glossary([(id: \"x\", nam: \"X\")])");
    let checked = sandbox.json(&["catalog", "check", "ours", "--json"]);
    agrees("astride.catalog-check/1", &[checked], true);
}

#[test]
fn compare_has_the_form_of_the_page() {
    let sandbox = Sandbox::new();
    let everything = sandbox.everything();
    // The same threats at a second table.
    let second = include_str!("everything.ron").replacen("title: \"", "title: \"Two: ", 1);
    sandbox.write("second.ron", second);
    let third = shipped("course.ron");
    let two = sandbox.json(&["compare", &everything, "second.ron", "--json"]);
    let three = sandbox.json(&["compare", &everything, "second.ron", &third, "--json"]);
    assert!(!two["found_by_all"].as_array().unwrap().is_empty());
    agrees("astride.compare/1", &[two, three], false);
}

#[test]
fn diff_has_the_form_of_the_page() {
    let sandbox = Sandbox::new();
    let everything = sandbox.everything();
    let course = shipped("course.ron");
    let there = sandbox.json(&["diff", &everything, &course, "--json"]);
    let back = sandbox.json(&["diff", &course, &everything, "--json"]);
    let changed = include_str!("everything.ron").replace("likelihood: likely", "likelihood: rare");
    sandbox.write("changed.ron", changed);
    let changed = sandbox.json(&["diff", &everything, "changed.ron", "--json"]);
    assert_eq!(changed["risks"][0]["direction"], "down");
    agrees("astride.diff/1", &[there, back, changed], false);
}

#[test]
fn findings_have_the_form_of_the_page() {
    let sandbox = Sandbox::new();
    sandbox.write("before.log", BEFORE);
    sandbox.write("after.log", AFTER);
    let plain = sandbox.json(&["findings", "before.log", "--json"]);
    assert_eq!(plain["scans"][0]["failed"][0], "5.11");
    let compare = ["findings", "before.log", "--compare", "after.log", "--json"];
    let compared = sandbox.json(&compare);
    assert_eq!(compared["compare"]["fixed"].as_array().unwrap().len(), 1);
    agrees("astride.findings/1", &[plain, compared], false);
}
