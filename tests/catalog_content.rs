//! What the shipped catalog must hold: enough of everything, nothing empty, every statement of the
//! course material, official names, snippets that can be pasted.

#![allow(clippy::unwrap_used)] // a panic in a test is a result

use std::collections::{BTreeMap, BTreeSet};
use std::sync::LazyLock;

use astride::catalog::source::embedded_catalog;
use astride::catalog::types::{ReferenceKind, SnippetKind};
use astride::catalog::{Catalog, CatalogStats, check};
use pretty_assertions::assert_eq;

static CATALOG: LazyLock<Catalog> = LazyLock::new(Catalog::embedded);

/// The records of a CSV text by column name; fields may be quoted.
fn records(text: &str) -> Vec<BTreeMap<String, String>> {
    let mut rows: Vec<Vec<String>> = vec![vec![String::new()]];
    let mut quoted = false;
    let mut letters = text.chars().peekable();
    while let Some(letter) = letters.next() {
        let row = rows.last_mut().unwrap();
        match letter {
            '"' if quoted && letters.peek() == Some(&'"') => {
                letters.next();
                row.last_mut().unwrap().push('"');
            }
            '"' => quoted = !quoted,
            ',' if !quoted => row.push(String::new()),
            '\n' if !quoted => rows.push(vec![String::new()]),
            '\r' if !quoted => {}
            other => row.last_mut().unwrap().push(other),
        }
    }
    let header = rows.remove(0);
    rows.into_iter()
        .filter(|row| row.len() == header.len())
        .map(|row| header.iter().cloned().zip(row).collect())
        .collect()
}

#[test]
fn nothing_is_wrong_in_the_shipped_catalog() {
    let problems: Vec<String> = check::check(&embedded_catalog(), &CATALOG)
        .iter()
        .map(ToString::to_string)
        .collect();
    assert_eq!(problems, Vec::<String>::new());
}

#[test]
fn there_is_enough_of_everything_and_no_empty_cell() {
    let stats = CatalogStats::of(&CATALOG);
    assert!(stats.threats >= 250 && stats.controls >= 250 && stats.mitigations >= 500);
    assert!(stats.glossary >= 80 && stats.attackers >= 14);
    assert!(stats.data_flows >= 60 && stats.references >= 70);
    let components: Vec<_> = stats
        .systems
        .iter()
        .flat_map(|system| &system.components)
        .collect();
    assert_eq!(components.len(), 24);
    for component in components {
        for cell in component.cells.all() {
            assert!(cell.prompts >= 1 && cell.threats >= 1, "{}", component.id);
        }
    }
    let prompts: usize = CATALOG.components.iter().map(|one| one.prompts.len()).sum();
    assert!(prompts >= 140);
}

#[test]
fn every_prompt_is_one_question_with_a_hint_and_a_why() {
    for prompt in CATALOG.components.iter().flat_map(|one| &one.prompts) {
        assert!(prompt.question.ends_with('?'), "{}", prompt.id);
        assert_eq!(prompt.question.matches('?').count(), 1, "{}", prompt.id);
        assert!(
            !prompt.hint.is_empty() && prompt.why.is_some(),
            "{}",
            prompt.id
        );
    }
}

#[test]
fn every_threat_can_be_answered_and_checked() {
    for component in &CATALOG.components {
        let mut titles = BTreeSet::new();
        for threat in &component.threats {
            assert!(titles.insert(&threat.title), "{} twice", threat.title);
            assert!(!threat.mitigations.is_empty() && !threat.references.is_empty());
            for mitigation in &threat.mitigations {
                assert!(!mitigation.what.is_empty() && !mitigation.verify.is_empty());
            }
        }
    }
}

#[test]
fn every_component_has_a_model_answer_for_each_letter() {
    for component in &CATALOG.components {
        let letters: BTreeSet<char> = component
            .samples
            .iter()
            .map(|one| one.category.letter())
            .collect();
        assert_eq!(letters.len(), 6, "{}", component.id);
    }
}

#[test]
fn every_statement_of_the_course_material_is_in_the_catalog() {
    let table = records(include_str!("fixtures/catalog/seed-coverage.csv"));
    assert_eq!(table.len(), 112);
    for record in table {
        let mut kind = "";
        for part in record["represented_by"].split(';') {
            let id = match part.split_once(':') {
                Some((new, id)) => {
                    kind = new;
                    id
                }
                None => part,
            };
            let known = match kind {
                "threats" => CATALOG.threat(id).is_some(),
                "glossary" => CATALOG.glossary.iter().any(|one| one.id == *id),
                "attackers" => CATALOG.attacker(id).is_some(),
                "attack-surfaces" => CATALOG.surface(id).is_some() || CATALOG.system(id).is_some(),
                "dataflows" => CATALOG.system(id).is_some(),
                "cis-docker-controls" => CATALOG.control(id).is_some() || id == "all rows",
                _ => false,
            };
            assert!(known, "{kind}:{id}: {}", record["gist"]);
        }
    }
}

#[test]
fn every_official_id_is_cited_under_its_official_name() {
    let table = records(include_str!("fixtures/catalog/identifiers.csv"));
    let official: BTreeMap<&str, &str> = table
        .iter()
        .map(|record| (record["id"].as_str(), record["name"].as_str()))
        .collect();
    let kinds = [
        ReferenceKind::Attack,
        ReferenceKind::Cwe,
        ReferenceKind::Capec,
        ReferenceKind::Cve,
    ];
    let mut checked = 0;
    for reference in CATALOG
        .references
        .iter()
        .filter(|one| kinds.contains(&one.kind))
    {
        let name = official.get(reference.id.as_str());
        assert_eq!(name, Some(&reference.name.as_str()), "{}", reference.id);
        checked += 1;
    }
    assert_eq!(checked, 489);
}

/// Keys of the daemon's configuration file, from the documentation of dockerd.
const DAEMON_KEYS: &[&str] = &[
    "authorization-plugins",
    "cgroup-parent",
    "containerd",
    "data-root",
    "debug",
    "default-address-pools",
    "default-cgroupns-mode",
    "default-runtime",
    "default-shm-size",
    "default-ulimits",
    "dns",
    "experimental",
    "features",
    "hosts",
    "icc",
    "init",
    "insecure-registries",
    "ip",
    "ip6tables",
    "iptables",
    "ipv6",
    "live-restore",
    "log-driver",
    "log-level",
    "log-opts",
    "max-concurrent-downloads",
    "no-new-privileges",
    "registry-mirrors",
    "runtimes",
    "seccomp-profile",
    "selinux-enabled",
    "storage-driver",
    "storage-opts",
    "tls",
    "tlscacert",
    "tlscert",
    "tlskey",
    "tlsverify",
    "userland-proxy",
    "userns-remap",
];

#[test]
fn snippets_for_the_daemon_are_json_with_keys_that_it_knows() {
    let snippets = CATALOG.controls.iter().flat_map(|control| {
        control
            .remediation
            .snippets
            .iter()
            .map(move |one| (control, one))
    });
    let mut checked = 0;
    for (control, snippet) in snippets.filter(|(_, one)| one.kind == SnippetKind::DaemonJson) {
        let value: serde_json::Value = serde_json::from_str(&snippet.text)
            .unwrap_or_else(|error| panic!("{}: {error}", control.id));
        for key in value.as_object().unwrap().keys() {
            assert!(DAEMON_KEYS.contains(&key.as_str()), "{}: {key}", control.id);
        }
        checked += 1;
    }
    assert!(checked >= 10, "{checked}");
}
