//! A folder of the user's: it adds to what the program knows or overrides it by id, and every entry
//! keeps its origin.

#![allow(clippy::unwrap_used)] // a panic in a test is a result

use std::fs;
use std::path::{Path, PathBuf};

use astride::catalog::source::{Origin, SourceFile, embedded_catalog};
use astride::catalog::types::Id;
use astride::catalog::{Catalog, Kind, check_user};
use astride::stride::Category;
use pretty_assertions::assert_eq;

fn load(texts: &[(&str, &str)]) -> Catalog {
    let files: Vec<SourceFile> = texts
        .iter()
        .map(|(path, text)| SourceFile::user(*path, (*text).to_owned()))
        .collect();
    Catalog::load_with(files).unwrap()
}

fn id(text: &str) -> Id {
    Id::new(text).unwrap()
}

/// That an entry is the user's and took the place of one of the program's.
fn assert_overridden(catalog: &Catalog, kind: Kind, id: &str) {
    let origin = Origin::User("ours.ron".to_owned());
    assert_eq!(catalog.origin(kind, id), &origin);
    assert!(catalog.is_overridden(kind, id), "{id}");
}

#[test]
fn without_files_of_the_users_everything_is_the_programs() {
    let catalog = load(&[]);
    assert_eq!(
        catalog.origin(Kind::Threat, "host-docker-sock-mounted"),
        &Origin::Program
    );
    assert!(!catalog.is_overridden(Kind::Threat, "host-docker-sock-mounted"));
    assert_eq!(
        catalog.threat("host-docker-sock-mounted").unwrap().0.id,
        "docker-host"
    );
}

#[test]
fn what_the_build_compiled_is_what_the_texts_say() {
    let compiled = Catalog::embedded();
    let parsed = Catalog::load(&embedded_catalog()).unwrap();
    assert_eq!(compiled.systems, parsed.systems);
    assert_eq!(compiled.components, parsed.components);
    assert_eq!(compiled.controls, parsed.controls);
    assert_eq!(compiled.attackers, parsed.attackers);
    assert_eq!(compiled.glossary, parsed.glossary);
    assert_eq!(compiled.references, parsed.references);
    assert_eq!(compiled.briefs, parsed.briefs);
}

#[test]
fn a_threat_is_overridden_by_its_id_and_keeps_its_place() {
    const OURS: &str = r#"addition((
        component: "docker-host",
        threats: [(
            id: "host-docker-sock-mounted",
            category: elevation_of_privilege,
            surface: "daemon-api",
            title: "Ours",
            what_goes_wrong: "It goes wrong.",
            preconditions: "It holds.",
            impact: "It follows.",
            mitigations: [(what: "Do it.", verify: "Look.")],
            rank: 17,
        )],
    ))"#;
    let before = Catalog::embedded();
    let after = load(&[("ours.ron", OURS)]);
    assert_overridden(&after, Kind::Threat, "host-docker-sock-mounted");
    let (component, threat) = after.threat("host-docker-sock-mounted").unwrap();
    assert_eq!(
        (component.id.as_str(), &*threat.title),
        ("docker-host", "Ours")
    );
    assert_eq!(threat.references, []);

    let order = |catalog: &Catalog| -> Vec<Id> {
        let cell = catalog.suggestions(&id("docker-host"), Category::ElevationOfPrivilege);
        cell.map(|one| one.id.clone()).collect()
    };
    assert_eq!(order(&before), order(&after));
    assert_eq!(
        after.origin(Kind::Component, "docker-host"),
        &Origin::Program
    );
    assert_eq!(
        after.origin(Kind::Threat, "host-privileged-container"),
        &Origin::Program
    );
}

#[test]
fn prompts_and_surfaces_and_samples_of_a_component_are_overridden() {
    const OURS: &str = r#"addition((
        component: "docker-host",
        surfaces: [(id: "daemon-api", name: "Ours", what: "The socket.")],
        prompts: [(id: "docker-host-s1", category: spoofing, question: "Ours?", hint: "Sockets")],
        samples: [(category: spoofing, answer: "Our answer.", threats: [])],
    ))"#;
    let before = Catalog::embedded();
    let after = load(&[("ours.ron", OURS)]);
    assert_overridden(&after, Kind::Surface, "daemon-api");
    assert_overridden(&after, Kind::Prompt, "docker-host-s1");
    assert_eq!(after.surface("daemon-api").unwrap().1.name, "Ours");
    let (old, new) = (
        before.component("docker-host").unwrap(),
        after.component("docker-host").unwrap(),
    );
    assert_eq!(new.prompts[0].question, "Ours?");
    assert_eq!(new.prompts[1..], old.prompts[1..]);
    assert_eq!(new.surfaces.len(), old.surfaces.len());
    assert_eq!(new.samples.len(), old.samples.len());
    let sample = new
        .samples
        .iter()
        .find(|one| one.category == Category::Spoofing);
    assert_eq!(sample.unwrap().answer, "Our answer.");
}

#[test]
fn an_addition_adds_entries_with_new_ids() {
    const OURS: &str = r#"addition((
        component: "etcd",
        prompts: [(id: "our-etcd-s", category: spoofing, question: "Ours?", hint: "Sockets")],
    ))"#;
    let after = load(&[("ours.ron", OURS)]);
    assert!(!after.is_overridden(Kind::Prompt, "our-etcd-s"));
    assert_eq!(
        after.origin(Kind::Prompt, "our-etcd-s"),
        &Origin::User("ours.ron".to_owned())
    );
    let questions: Vec<_> = after.prompts(&id("etcd"), Category::Spoofing).collect();
    assert_eq!(questions.last().unwrap().question, "Ours?");
    assert!(questions.len() > 1);
}

#[test]
fn a_control_is_overridden() {
    const OURS: &str = r#"controls([(
        id: "daemon-icc-off", title: "Ours", why: "Because.", remediation: (text: "Set it."),
        level: two, assessment: manual, categories: [spoofing], components: [], numbers: [],
    )])"#;
    let after = load(&[("ours.ron", OURS)]);
    assert_overridden(&after, Kind::Control, "daemon-icc-off");
    assert_eq!(after.control("daemon-icc-off").unwrap().title, "Ours");
    assert_eq!(after.controls.len(), Catalog::embedded().controls.len());
}

#[test]
fn an_attacker_profile_and_a_term_and_a_reference_and_a_brief_are_overridden() {
    let after = load(&[
        (
            "attackers.ron",
            r#"attackers([(id: "crypto-miner", name: "Ours", goal: "Coins", methods: "Scans",
                capability: "Low", assets: "Compute")])"#,
        ),
        (
            "words.ron",
            r#"glossary([(id: "kernel", name: "Ours", definition: "The core.")])"#,
        ),
        (
            "references.ron",
            r#"references([(id: "T1611", kind: attack, name: "Ours")])"#,
        ),
        (
            "brief.ron",
            r#"brief((id: "course", name: "Ours", summary: "Less.", components: ["etcd"]))"#,
        ),
    ]);
    assert_eq!(after.attacker("crypto-miner").unwrap().name, "Ours");
    assert_eq!(after.term("kernel").unwrap().name, "Ours");
    assert_eq!(after.reference("T1611").unwrap().name, "Ours");
    assert_eq!(after.brief("course").unwrap().name, "Ours");
    for (kind, id, file) in [
        (Kind::Attacker, "crypto-miner", "attackers.ron"),
        (Kind::Term, "kernel", "words.ron"),
        (Kind::Reference, "T1611", "references.ron"),
        (Kind::Brief, "course", "brief.ron"),
    ] {
        assert_eq!(after.origin(kind, id), &Origin::User(file.to_owned()));
        assert!(after.is_overridden(kind, id));
    }
    let before = Catalog::embedded();
    assert_eq!(after.attackers.len(), before.attackers.len());
    assert_eq!(after.glossary.len(), before.glossary.len());
    assert_eq!(after.references.len(), before.references.len());
    assert_eq!(after.briefs.len(), before.briefs.len());
}

#[test]
fn a_component_is_replaced_with_all_that_it_had() {
    const OURS: &str = r#"component((
        id: "kube-proxy", system: "kubernetes", name: "Ours", short: "ours", summary: "Ours.",
        surfaces: [], prompts: [], threats: [],
    ))"#;
    let before = Catalog::embedded();
    let after = load(&[("ours.ron", OURS)]);
    assert_overridden(&after, Kind::Component, "kube-proxy");
    assert_eq!(after.walk_order(), before.walk_order());
    for threat in &before.component("kube-proxy").unwrap().threats {
        assert!(after.threat(threat.id.as_str()).is_none());
    }
}

#[test]
fn a_component_may_be_replaced_and_added_to_in_whatever_order_the_files_come() {
    const ADDITION: &str = r#"addition((
        component: "kube-proxy",
        prompts: [(id: "kube-proxy-s1", category: spoofing, question: "Ours?", hint: "Ports")],
    ))"#;
    const COMPONENT: &str = r#"component((
        id: "kube-proxy", system: "kubernetes", name: "Ours", short: "ours", summary: "Ours.",
        surfaces: [], prompts: [], threats: [],
    ))"#;
    let after = load(&[("a.ron", ADDITION), ("b.ron", COMPONENT)]);
    let component = after.component("kube-proxy").unwrap();
    assert_eq!((&*component.name, component.prompts.len()), ("Ours", 1));
}

#[test]
fn a_system_is_overridden_and_what_it_does_not_list_comes_last() {
    const OURS: &str = r#"system((
        id: "docker", name: "Ours", summary: "Ours.", components: ["docker-registry"],
        trust_zones: [], elements: [], data_flows: [],
    ))"#;
    let after = load(&[("ours.ron", OURS)]);
    assert_overridden(&after, Kind::System, "docker");
    let docker = id("docker");
    let walk: Vec<_> = after
        .components_of(&docker)
        .map(|one| one.id.as_str())
        .collect();
    assert_eq!(walk, ["docker-registry", "docker-client", "docker-host"]);
    assert_eq!(after.systems[0].name, "Ours");
    assert_eq!(after.systems[0].components.len(), 3);
    assert_eq!(after.walk_order()[..3], after.systems[0].components);
}

#[test]
fn one_file_adds_a_component_to_a_system_as_its_last() {
    const OURS: &str = r#"component((
        id: "docker-swarm", system: "docker", name: "Swarm", short: "swarm", summary: "Ours.",
        surfaces: [], prompts: [], threats: [],
    ))"#;
    let after = load(&[("ours.ron", OURS)]);
    let walk = after.walk_order();
    assert_eq!(walk[3], "docker-swarm");
    assert_eq!(walk[4], "kube-apiserver");
    assert_eq!(after.system("docker").unwrap().components.len(), 4);
}

#[test]
fn a_system_of_the_users_comes_after_those_of_the_program() {
    let catalog = example_catalog();
    let systems: Vec<_> = catalog.systems.iter().map(|one| one.id.as_str()).collect();
    assert_eq!(systems, ["docker", "kubernetes", "web-app", "ci-pipeline"]);
    assert_eq!(catalog.walk_order().last().unwrap(), &id("build-runner"));
}

#[test]
fn an_id_in_two_files_of_the_users_is_refused_even_if_it_overrides() {
    let text = r#"references([(id: "T1611", kind: attack, name: "Ours")])"#;
    let files = vec![
        SourceFile::user("a.ron", text),
        SourceFile::user("b.ron", text),
    ];
    let error = Catalog::load_with(files).unwrap_err();
    assert_eq!(
        error.to_string(),
        "b.ron:1:18: T1611: the reference id T1611 stands twice, first in a.ron:1; ids are unique, \
         so choose another"
    );
}

#[test]
fn files_of_both_origins_may_be_loaded_at_once() {
    let mut files = embedded_catalog();
    files.push(SourceFile::user(
        "ours.ron",
        r#"references([(id: "T1611", kind: attack, name: "Ours")])"#,
    ));
    let catalog = Catalog::load(&files).unwrap();
    assert_overridden(&catalog, Kind::Reference, "T1611");
}

// The worked example of docs/catalog.md.

fn example() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures/catalog/ci-pipeline")
}

fn example_files() -> Vec<SourceFile> {
    let mut files: Vec<SourceFile> = fs::read_dir(example())
        .unwrap()
        .map(|entry| {
            let path = entry.unwrap().path();
            let name = path.file_name().unwrap().to_string_lossy().into_owned();
            SourceFile::user(
                format!("our-catalog/{name}"),
                fs::read_to_string(path).unwrap(),
            )
        })
        .collect();
    files.sort_by(|one, other| one.path.cmp(&other.path));
    files
}

fn example_catalog() -> Catalog {
    Catalog::load_with(example_files()).unwrap()
}

#[test]
fn the_worked_example_loads_and_nothing_is_wrong_with_it() {
    assert_eq!(check_user(&example_files()), []);
    let catalog = example_catalog();
    assert!(catalog.is_overridden(Kind::Threat, "host-docker-sock-mounted"));
    assert_eq!(
        catalog.brief("pipeline-review").unwrap().components.len(),
        2
    );
    assert_eq!(catalog.components_of(&id("ci-pipeline")).count(), 1);
}

#[test]
fn the_worked_example_is_what_the_page_shows() {
    let page = include_str!("../docs/catalog.md");
    let mut shown = 0;
    for part in page.split("<!-- file: ").skip(1) {
        let (name, rest) = part.split_once(" -->\n```ron\n").unwrap();
        let (text, _) = rest.split_once("```").unwrap();
        assert_eq!(
            text,
            fs::read_to_string(example().join(name)).unwrap(),
            "{name}"
        );
        shown += 1;
    }
    assert_eq!(shown, example_files().len());
}

#[test]
fn the_message_on_the_page_is_what_the_checker_says() {
    let mut files = example_files();
    for file in &mut files {
        if file.path.ends_with("build-runner.ron") {
            let (start, threats) = file.text.split_once("threats: [").unwrap();
            let threats = threats.replacen("tampering", "tampring", 1);
            file.text = format!("{start}threats: [{threats}").into();
        }
    }
    let page = include_str!("../docs/catalog.md");
    let (_, rest) = page.split_once("<!-- message -->\n```text\n").unwrap();
    let (shown, _) = rest.split_once("\n```").unwrap();
    let told = check_user(&files);
    assert_eq!(
        told.iter().map(ToString::to_string).collect::<Vec<_>>(),
        [shown]
    );
}

#[test]
fn an_example_that_is_no_draft_any_more_lists_its_empty_cells() {
    let mut files = example_files();
    for file in &mut files {
        file.text = file.text.replace("    draft: true,\n", "").into();
    }
    let told: Vec<String> = check_user(&files)
        .iter()
        .map(|one| one.message.clone())
        .collect();
    let empty = [
        "spoofing",
        "repudiation",
        "denial_of_service",
        "elevation_of_privilege",
    ];
    let expected: Vec<String> = ["prompt", "threat"]
        .iter()
        .flat_map(|what| {
            empty.map(|cell| format!("the cell {cell} has no {what}; add one for this category"))
        })
        .collect();
    assert_eq!(told, expected);
}

#[test]
fn the_page_names_every_field() {
    let page = include_str!("../docs/catalog.md");
    for field in [
        "id",
        "name",
        "summary",
        "draft",
        "components",
        "trust_zones",
        "elements",
        "data_flows",
        "kind",
        "zone",
        "component",
        "from",
        "to",
        "what",
        "how",
        "system",
        "short",
        "surfaces",
        "prompts",
        "threats",
        "samples",
        "category",
        "question",
        "hint",
        "why",
        "surface",
        "title",
        "what_goes_wrong",
        "preconditions",
        "impact",
        "mitigations",
        "references",
        "controls",
        "correction",
        "unverified",
        "rank",
        "verify",
        "taught",
        "today",
        "sources",
        "answer",
        "printed_titles",
        "title_patterns",
        "remediation",
        "level",
        "assessment",
        "categories",
        "numbers",
        "text",
        "snippets",
        "goal",
        "methods",
        "capability",
        "assets",
        "examples",
        "definition",
        "also",
        "publisher",
        "edition",
        "note",
        "requirements",
        "form",
        "at_least",
        "of_own_choice",
        "given",
    ] {
        let named = page
            .split(|c: char| !c.is_alphanumeric() && c != '_')
            .any(|word| word == field);
        assert!(named, "{field}");
    }
}
