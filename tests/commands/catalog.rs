//! `astride catalog`: what it holds, checking it, and a folder of one's own.

use std::collections::{HashMap, HashSet};
use std::fs;
use std::path::Path;

use super::sandbox::Sandbox;

const HOST: &str = "mine/systems/docker/docker-host.ron";

/// A sandbox with a copy of the program's catalog in `mine`.
fn with_copy() -> Sandbox {
    let sandbox = Sandbox::new();
    let catalog = Path::new(env!("CARGO_MANIFEST_DIR")).join("catalog");
    let mut folders = vec![catalog.clone()];
    while let Some(folder) = folders.pop() {
        for entry in fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                folders.push(path);
            } else {
                let inside = path.strip_prefix(&catalog).unwrap();
                let inside = Path::new("mine").join(inside);
                sandbox.write(inside.to_str().unwrap(), fs::read(path).unwrap());
            }
        }
    }
    sandbox
}

/// Changes the copy once, and says where: the line and column of the change.
fn change(sandbox: &Sandbox, file: &str, from: &str, to: &str) {
    let text = fs::read_to_string(sandbox.path(file)).unwrap();
    assert!(text.contains(from), "{file} has no {from}");
    sandbox.write(file, text.replacen(from, to, 1));
}

/// The problems that the check prints: file, line, column, what.
fn problems(sandbox: &Sandbox) -> Vec<String> {
    let checked = sandbox.run(&["catalog", "check", "mine"]);
    assert_eq!(checked.code, 1, "{}{}", checked.stdout, checked.stderr);
    assert_eq!(checked.stderr, "");
    let lines: Vec<String> = checked.stdout.lines().map(str::to_owned).collect();
    for line in &lines {
        let mut parts = line.splitn(4, ':');
        let file = parts.next().unwrap();
        assert!(sandbox.path(file).is_file(), "{line}");
        let mut number = || parts.next().unwrap().parse::<usize>().unwrap();
        assert!(number() > 0 && number() > 0, "{line}");
    }
    lines
}

#[test]
fn the_programs_catalog_is_in_order() {
    let sandbox = Sandbox::new();
    let checked = sandbox.run(&["catalog", "check"]);
    assert_eq!(checked.code, 0, "{}", checked.stdout);
    assert!(checked.stdout.ends_with(" files, nothing wrong.\n"));
    let checked = sandbox.json(&["catalog", "check", "--json"]);
    assert_eq!(checked["problems"].as_array().unwrap().len(), 0);
}

#[test]
fn a_copy_of_it_is_in_order_too() {
    let sandbox = with_copy();
    let checked = sandbox.run(&["catalog", "check", "mine"]);
    assert_eq!(checked.code, 0, "{}", checked.stdout);
}

#[test]
fn a_duplicate_id_is_found_with_its_place() {
    let sandbox = with_copy();
    change(
        &sandbox,
        HOST,
        "id: \"host-raw-socket-spoofing\"",
        "id: \"host-daemon-api-unauthenticated\"",
    );
    let found = problems(&sandbox).join("\n");
    assert!(found.contains("docker-host.ron:153:"), "{found}");
    assert!(found.contains("host-daemon-api-unauthenticated"), "{found}");
}

#[test]
fn a_dangling_reference_is_found_with_its_place() {
    let sandbox = with_copy();
    change(
        &sandbox,
        HOST,
        "surface: \"daemon-api\"",
        "surface: \"no-such-surface\"",
    );
    let found = problems(&sandbox).join("\n");
    assert!(found.contains("docker-host.ron:119:"), "{found}");
    assert!(found.contains("no-such-surface"), "{found}");
}

#[test]
fn an_unknown_field_is_found_with_its_place() {
    let sandbox = with_copy();
    change(&sandbox, HOST, "preconditions:", "precondition:");
    let found = problems(&sandbox).join("\n");
    assert!(found.contains("docker-host.ron:122:"), "{found}");
    assert!(found.contains("precondition"), "{found}");
}

#[test]
fn a_missing_bracket_is_found_with_its_place() {
    let sandbox = with_copy();
    change(&sandbox, HOST, "    threats: [\n", "    threats: \n");
    let found = problems(&sandbox).join("\n");
    assert!(found.contains("docker-host.ron:11"), "{found}");
}

#[test]
fn a_folder_of_ones_own_overrides_a_threat_by_its_id() {
    let sandbox = Sandbox::new();
    let id = "host-daemon-api-unauthenticated";
    let before = sandbox.json(&["catalog", "show", id, "--json"]);
    assert_ne!(before["entry"]["title"], "Our own words");
    sandbox.write(
        "ours/docker.ron",
        r#"#![enable(implicit_some)]
addition((
    component: "docker-host",
    threats: [
        (
            id: "host-daemon-api-unauthenticated",
            category: spoofing,
            surface: "daemon-api",
            title: "Our own words",
            what_goes_wrong: "Anybody may ask.",
            preconditions: "A port is open.",
            impact: "The host is theirs.",
            mitigations: [(what: "Close the port.", verify: "`ss -ltn` does not list it.")],
        ),
    ],
))
"#,
    );
    let with = |arguments: &[&'static str]| [&["--catalog", "ours"], arguments].concat();
    let shown = sandbox.done(&with(&["catalog", "show", id]));
    assert!(shown.contains("title: Our own words"), "{shown}");
    let listed = sandbox.json(&with(&["catalog", "list", "--json"]));
    let entries = listed["entries"].as_array().unwrap();
    let ours = entries
        .iter()
        .find(|one| one["kind"] == "threat" && one["id"] == id)
        .unwrap();
    assert_eq!(ours["origin"], "ours/docker.ron");
    sandbox.done(&["catalog", "check", "ours"]);
    assert_eq!(
        sandbox.json(&with(&["catalog", "stats", "--json"]))["threats"],
        sandbox.json(&["catalog", "stats", "--json"])["threats"],
        "nothing was added"
    );
}

#[test]
fn no_cell_of_the_three_systems_is_empty() {
    let stats = Sandbox::new().json(&["catalog", "stats", "--json"]);
    let systems = stats["systems"].as_array().unwrap();
    let ids: Vec<_> = systems.iter().map(|system| &system["id"]).collect();
    assert_eq!(ids, ["docker", "kubernetes", "web-app"]);
    let mut cells = 0;
    for component in systems
        .iter()
        .flat_map(|system| system["components"].as_array().unwrap())
    {
        assert!(component["surfaces"].as_u64() > Some(0), "{component}");
        for cell in component["cells"].as_object().unwrap().values() {
            assert!(cell["prompts"].as_u64() > Some(0), "{component}");
            assert!(cell["threats"].as_u64() > Some(0), "{component}");
            cells += 1;
        }
    }
    assert_eq!(cells, 144);
    let said = Sandbox::new().done(&["catalog", "stats"]);
    assert!(
        said.lines().last().unwrap().contains(" threats, "),
        "{said}"
    );
}

#[test]
fn an_entry_is_shown_with_its_name_before_its_details() {
    let shown = Sandbox::new().done(&["catalog", "show", "shared-kernel"]);
    assert_eq!(
        shown,
        "attack surface\nid: shared-kernel\nname: Shared kernel\nwhat: The one kernel below all containers.\n"
    );
}

#[test]
fn two_kinds_may_share_an_id() {
    let sandbox = Sandbox::new();
    let first = sandbox.run(&["catalog", "show", "docker"]);
    assert!(first.stdout.starts_with("system\nid: docker\n"));
    assert_eq!(
        first.stderr,
        "There is a brief of this id too: add --kind 'brief' to see it.\n"
    );
    let brief = sandbox.run(&["catalog", "show", "docker", "--kind", "brief"]);
    assert!(brief.stdout.starts_with("brief\nid: docker\n"));
    assert_eq!(brief.stderr, "");
    let surface = ["catalog", "show", "build-context", "--kind", "surface"];
    assert!(sandbox.done(&surface).starts_with("attack surface\n"));
    let said = sandbox.refused(&["catalog", "show", "docker", "--kind", "term"]);
    assert!(said.contains("no entry \"docker\" of the kind \"term\""));
}

/// The kinds that `catalog list` may give an id of a column of the course's table.
fn kinds_of(column: &str) -> &'static [&'static str] {
    match column {
        "threats" => &["threat"],
        "glossary" => &["term"],
        "attackers" => &["attacker profile"],
        "attack-surfaces" => &["attack surface", "system"],
        "dataflows" => &["system"],
        "cis-docker-controls" => &["control"],
        other => panic!("{other} is a column that nobody thought of"),
    }
}

#[test]
fn every_statement_of_the_course_is_listed() {
    let sandbox = Sandbox::new();
    let listed = sandbox.json(&["catalog", "list", "--json"]);
    let entries: HashSet<(&str, &str)> = listed["entries"]
        .as_array()
        .unwrap()
        .iter()
        .map(|entry| {
            (
                entry["kind"].as_str().unwrap(),
                entry["id"].as_str().unwrap(),
            )
        })
        .collect();
    let table = include_str!("../fixtures/catalog/seed-coverage.csv");
    let mut rows = 0;
    for row in csv::Reader::from_reader(table.as_bytes()).deserialize() {
        let row: HashMap<String, String> = row.unwrap();
        let mut column = "";
        for part in row["represented_by"].split(';') {
            let id = match part.split_once(':') {
                Some((name, id)) => {
                    column = name;
                    id
                }
                None => part,
            };
            if id == "all rows" {
                let controls = entries.iter().filter(|(kind, _)| *kind == "control");
                assert!(controls.count() > 250);
                continue;
            }
            let found = kinds_of(column)
                .iter()
                .any(|kind| entries.contains(&(*kind, id)));
            assert!(found, "{}: {column}:{id}", row["gist"]);
        }
        rows += 1;
    }
    assert!(rows >= 112);
}
