//! What the catalog that the program carries promises: its size, that no cell is empty, that every
//! statement of the course is in it, that every official id has its official name, and that what it
//! tells people to paste can be pasted.

#![allow(clippy::unwrap_used)] // a panic in a test is a result

use std::collections::{BTreeMap, BTreeSet, HashMap, HashSet};
use std::io::Write as _;
use std::process::{Command, Stdio};

use astride::catalog::source::embedded_catalog;
use astride::catalog::types::{CatalogThreat, Component, ReferenceId, ReferenceKind, SnippetKind};
use astride::catalog::{Catalog, CatalogStats, check, vocabulary};
use pretty_assertions::assert_eq;
use saphyr::LoadableYamlNode as _;

fn threats(catalog: &Catalog) -> impl Iterator<Item = (&Component, &CatalogThreat)> {
    let of = |component| std::iter::repeat(component);
    catalog
        .components
        .iter()
        .flat_map(move |component| of(component).zip(&component.threats))
}

#[test]
fn the_embedded_catalog_loads_and_nothing_is_wrong_with_it() {
    let files = embedded_catalog();
    let catalog = Catalog::load(&files).unwrap_or_else(|error| panic!("{error}"));
    let problems: Vec<String> = check::check(&files, &catalog)
        .iter()
        .map(ToString::to_string)
        .collect();
    assert_eq!(problems, [""; 0]);
}

#[test]
fn the_catalog_is_as_large_as_promised() {
    let stats = CatalogStats::of(&Catalog::embedded());
    for (what, count, promised) in [
        ("threats", stats.threats, 250),
        ("controls", stats.controls, 250),
        ("mitigations", stats.mitigations, 500),
        ("glossary", stats.glossary, 80),
        ("attackers", stats.attackers, 14),
        ("data flows", stats.data_flows, 60),
        ("references", stats.references, 70),
    ] {
        assert!(count >= promised, "{what}: {count}, promised {promised}");
    }
    let prompts: usize = stats
        .systems
        .iter()
        .flat_map(|system| &system.components)
        .flat_map(|component| component.cells.all())
        .map(|cell| cell.prompts)
        .sum();
    assert!(prompts >= 140, "prompts: {prompts}");
}

#[test]
fn every_cell_of_every_component_has_a_prompt_and_a_threat() {
    let stats = CatalogStats::of(&Catalog::embedded());
    let components: Vec<_> = stats
        .systems
        .iter()
        .flat_map(|one| &one.components)
        .collect();
    assert_eq!(components.len(), 24);
    for component in components {
        assert!(component.surfaces > 0, "{}", component.id);
        for cell in component.cells.all() {
            assert!(
                cell.prompts > 0 && cell.threats > 0,
                "{}: {cell:?}",
                component.id
            );
        }
    }
}

#[test]
fn the_cells_where_most_is_found_have_two_prompts() {
    let catalog = Catalog::embedded();
    let rich = [
        "kube-apiserver",
        "etcd",
        "kubelet",
        "workloads",
        "docker-host",
        "docker-registry",
        "web-server",
        "database",
    ];
    for id in rich {
        let component = catalog.component(id).unwrap();
        let mut counts: HashMap<_, usize> = HashMap::new();
        for prompt in &component.prompts {
            *counts.entry(prompt.category).or_default() += 1;
        }
        assert!(counts.values().any(|count| *count >= 2), "{id}: {counts:?}");
    }
}

#[test]
fn the_statistics_have_the_documented_form() {
    let json = serde_json::to_string(&CatalogStats::of(&Catalog::embedded())).unwrap();
    assert!(json.starts_with(
        r#"{"schema":"astride.catalog-stats/1","systems":[{"id":"docker","components":[{"id":"docker-client","surfaces":"#
    ));
    let value: serde_json::Value = serde_json::from_str(&json).unwrap();
    let keys = |value: &serde_json::Value| -> BTreeSet<String> {
        value.as_object().unwrap().keys().cloned().collect()
    };
    let words = |list: &str| -> BTreeSet<String> { list.split(' ').map(str::to_owned).collect() };
    assert_eq!(
        keys(&value),
        words(
            "schema systems threats mitigations controls attackers glossary references data_flows"
        )
    );
    let component = &value["systems"][0]["components"][0];
    assert_eq!(keys(&value["systems"][0]), words("id components"));
    assert_eq!(keys(component), words("id surfaces cells"));
    assert_eq!(
        keys(&component["cells"]),
        words(
            "spoofing tampering repudiation information_disclosure denial_of_service \
             elevation_of_privilege"
        )
    );
    assert_eq!(
        keys(&component["cells"]["spoofing"]),
        words("prompts threats")
    );
    assert!(component["cells"]["spoofing"]["threats"].as_u64().unwrap() > 0);
}

#[test]
fn every_threat_says_when_and_what_follows_and_how_to_verify_what_helps() {
    let catalog = Catalog::embedded();
    for (_, threat) in threats(&catalog) {
        let id = &threat.id;
        assert!(!threat.preconditions.trim().is_empty(), "{id}");
        assert!(!threat.impact.trim().is_empty(), "{id}");
        assert!(!threat.mitigations.is_empty(), "{id}");
        for mitigation in &threat.mitigations {
            assert!(!mitigation.verify.trim().is_empty(), "{id}");
            assert!(mitigation.what.ends_with('.'), "{id}: {}", mitigation.what);
        }
        assert!(!threat.references.is_empty(), "{id}");
        for reference in &threat.references {
            assert!(
                catalog.reference(reference.as_str()).is_some(),
                "{id}: {reference}"
            );
        }
    }
}

#[test]
fn titles_are_unlike_within_a_component() {
    let catalog = Catalog::embedded();
    let mut seen = HashSet::new();
    for (component, threat) in threats(&catalog) {
        assert!(
            seen.insert((&component.id, threat.title.to_lowercase())),
            "{}: {}",
            component.id,
            threat.title
        );
    }
}

#[test]
fn every_prompt_is_one_question_with_a_hint() {
    let catalog = Catalog::embedded();
    for prompt in catalog.components.iter().flat_map(|one| &one.prompts) {
        let question = &prompt.question;
        assert!(question.ends_with('?'), "{}: {question}", prompt.id);
        assert_eq!(
            question.matches('?').count(),
            1,
            "{}: {question}",
            prompt.id
        );
        assert!(!prompt.hint.trim().is_empty(), "{}", prompt.id);
        assert!(prompt.why.is_some(), "{}", prompt.id);
    }
}

#[test]
fn every_component_has_a_model_answer_for_each_category() {
    for component in &Catalog::embedded().components {
        let answered: HashSet<_> = component.samples.iter().map(|one| one.category).collect();
        assert_eq!(answered.len(), 6, "{}", component.id);
    }
}

#[test]
fn no_text_carries_a_leftover_or_a_character_that_terminals_obey() {
    for file in embedded_catalog() {
        for leftover in [
            "\"SUMMARY\"",
            "\"WHY\"",
            "\"VERIFY\"",
            "\"TAUGHT\"",
            "TODO",
            "FIXME",
        ] {
            assert!(!file.text.contains(leftover), "{}: {leftover}", file.path);
        }
        let obeyed = |c: char| {
            (c.is_control() && c != '\n')
                || ('\u{202a}'..='\u{202e}').contains(&c)
                || ('\u{2066}'..='\u{2069}').contains(&c)
        };
        assert!(!file.text.contains(obeyed), "{}", file.path);
        assert!(!file.text.contains("\\u{"), "{}", file.path);
    }
}

// What the course states.

/// Rows of a table beside this test, by the names of their columns.
fn table(text: &str) -> Vec<HashMap<String, String>> {
    csv::Reader::from_reader(text.as_bytes())
        .deserialize()
        .map(Result::unwrap)
        .collect()
}

#[test]
fn every_statement_of_the_course_is_in_the_catalog() {
    let catalog = Catalog::embedded();
    let rows = table(include_str!("fixtures/catalog/seed-coverage.csv"));
    assert!(rows.len() >= 112);
    let mut missing = Vec::new();
    for row in &rows {
        let mut kind = "";
        for part in row["represented_by"].split(';') {
            let id = match part.split_once(':') {
                Some((name, id)) => {
                    kind = name;
                    id
                }
                None => part,
            };
            let is_system = catalog.system(id).is_some();
            let found = match kind {
                "threats" => catalog.threat(id).is_some(),
                "glossary" => catalog.term(id).is_some(),
                "attackers" => catalog.attacker(id).is_some(),
                "attack-surfaces" => catalog.surface(id).is_some() || is_system,
                "dataflows" => is_system && !catalog.system(id).unwrap().data_flows.is_empty(),
                "cis-docker-controls" if id == "all rows" => catalog.controls.len() > 250,
                "cis-docker-controls" => catalog.control(id).is_some(),
                _ => false,
            };
            if !found {
                missing.push(format!("{}: {kind}:{id}", row["gist"]));
            }
        }
    }
    assert_eq!(missing, [""; 0]);
}

// Official ids.

/// Every id that looks like one of ATT&CK, CWE, CAPEC or CVE, anywhere in a text.
fn official_ids(text: &str) -> BTreeSet<String> {
    let is_number = |word: &str| !word.is_empty() && word.bytes().all(|b| b.is_ascii_digit());
    text.split(|c: char| !c.is_ascii_alphanumeric() && c != '-' && c != '.')
        .map(|word| word.trim_matches(['.', '-']))
        .filter(|word| {
            let technique = word.strip_prefix('T').is_some_and(|rest| {
                let (main, sub) = rest.split_once('.').unwrap_or((rest, "001"));
                main.len() == 4 && is_number(main) && sub.len() == 3 && is_number(sub)
            });
            let numbered = |prefix: &str| {
                word.strip_prefix(prefix)
                    .is_some_and(|rest| rest.split('-').all(is_number))
            };
            technique || numbered("CWE-") || numbered("CAPEC-") || numbered("CVE-")
        })
        .map(str::to_owned)
        .collect()
}

#[test]
fn every_official_id_in_the_catalog_is_known_under_its_official_name() {
    let catalog = Catalog::embedded();
    let known: BTreeMap<String, (String, String)> =
        table(include_str!("fixtures/catalog/identifiers.csv"))
            .into_iter()
            .map(|mut row| {
                let mut column = |name| row.remove(name).unwrap();
                (column("id"), (column("kind"), column("name")))
            })
            .collect();
    let kind = |kind: ReferenceKind| match kind {
        ReferenceKind::Attack => Some("attack"),
        ReferenceKind::Cwe => Some("cwe"),
        ReferenceKind::Capec => Some("capec"),
        ReferenceKind::Cve => Some("cve"),
        _ => None,
    };
    let listed: BTreeMap<String, (String, String)> = catalog
        .references
        .iter()
        .filter_map(|one| {
            let kind = kind(one.kind)?.to_owned();
            Some((one.id.as_str().to_owned(), (kind, one.name.to_string())))
        })
        .collect();
    assert_eq!(listed, known);

    // Ids stand in running text, too.
    for file in embedded_catalog() {
        for id in official_ids(&file.text) {
            assert!(known.contains_key(&id), "{}: {id}", file.path);
        }
    }
}

#[test]
fn every_official_id_in_the_lists_is_cited() {
    let catalog = Catalog::embedded();
    let mut cited: HashSet<&str> = HashSet::new();
    for (_, threat) in threats(&catalog) {
        let corrections = threat.correction.iter().flat_map(|one| &one.sources);
        cited.extend(
            threat
                .references
                .iter()
                .chain(corrections)
                .map(ReferenceId::as_str),
        );
    }
    for attacker in &catalog.attackers {
        cited.extend(attacker.references.iter().map(ReferenceId::as_str));
    }
    let uncited: Vec<&str> = catalog
        .references
        .iter()
        .filter(|one| {
            use ReferenceKind::{Attack, Capec, Cve, Cwe};
            matches!(one.kind, Attack | Capec | Cve | Cwe)
        })
        .map(|one| one.id.as_str())
        .filter(|id| !cited.contains(id))
        .collect();
    assert_eq!(uncited, [""; 0]);
}

// What people paste.

fn snippets(catalog: &Catalog, kind: SnippetKind) -> Vec<(&str, &str)> {
    let snippets: Vec<(&str, &str)> = catalog
        .controls
        .iter()
        .flat_map(|control| {
            let snippets = control.remediation.snippets.iter();
            snippets
                .filter(move |one| one.kind == kind)
                .map(|one| (control.id.as_str(), &*one.text))
        })
        .collect();
    assert!(!snippets.is_empty());
    snippets
}

#[test]
fn daemon_json_snippets_are_json_with_keys_that_the_daemon_knows() {
    for (control, text) in snippets(&Catalog::embedded(), SnippetKind::DaemonJson) {
        let value: serde_json::Value =
            serde_json::from_str(text).unwrap_or_else(|error| panic!("{control}: {error}\n{text}"));
        for key in value.as_object().unwrap().keys() {
            assert!(
                vocabulary::DAEMON_KEYS.contains(&&**key),
                "{control}: {key}"
            );
        }
    }
}

#[test]
fn yaml_snippets_are_yaml() {
    for (control, text) in snippets(&Catalog::embedded(), SnippetKind::Yaml) {
        let documents = saphyr::Yaml::load_from_str(text)
            .unwrap_or_else(|error| panic!("{control}: {error}\n{text}"));
        for document in documents {
            assert!(
                document.is_mapping() || document.is_sequence(),
                "{control}: not a manifest\n{text}"
            );
        }
    }
}

#[test]
fn shell_snippets_are_understood_by_a_shell() {
    let catalog = Catalog::embedded();
    for (control, text) in snippets(&catalog, SnippetKind::Shell) {
        let started = Command::new("sh")
            .arg("-n")
            .stdin(Stdio::piped())
            .stdout(Stdio::null())
            .stderr(Stdio::piped())
            .spawn();
        // Without a shell there is nothing to ask.
        let Ok(mut shell) = started else { return };
        shell
            .stdin
            .take()
            .unwrap()
            .write_all(text.as_bytes())
            .unwrap();
        let output = shell.wait_with_output().unwrap();
        let said = String::from_utf8_lossy(&output.stderr);
        assert!(output.status.success(), "{control}: {said}\n{text}");
    }
}

#[test]
fn dockerfile_snippets_begin_with_an_instruction() {
    const INSTRUCTIONS: &[&str] = &[
        "ADD",
        "ARG",
        "CMD",
        "COPY",
        "ENTRYPOINT",
        "ENV",
        "EXPOSE",
        "FROM",
        "HEALTHCHECK",
        "LABEL",
        "ONBUILD",
        "RUN",
        "SHELL",
        "STOPSIGNAL",
        "USER",
        "VOLUME",
        "WORKDIR",
    ];
    for (control, text) in snippets(&Catalog::embedded(), SnippetKind::Dockerfile) {
        let mut continued = false;
        for line in text.lines().filter(|line| !line.trim().is_empty()) {
            let word = line.split_whitespace().next().unwrap_or_default();
            let fits = continued || word.starts_with('#') || INSTRUCTIONS.contains(&word);
            assert!(fits, "{control}: {line}");
            continued = line.trim_end().ends_with('\\');
        }
    }
}
