//! The write-ups have the structure of real hand-ins, item for item: tests/fixtures/seeds/README.md.

#![allow(clippy::unwrap_used)] // a panic in a test is a result

use std::fs;
use std::path::{Path, PathBuf};

use astride::catalog::Catalog;
use astride::report::{Form, Options};
use astride::session::types::Session;
use astride::store;
use pretty_assertions::{assert_eq, assert_ne};
use pulldown_cmark::{CodeBlockKind, Event, Options as Extensions, Parser, Tag, TagEnd};

/// A hand-in, and the labels and items that its structure names.
struct Seed {
    file: &'static str,
    form: &'static str,
    labels: &'static [&'static str],
    items: &'static [&'static str],
}

const SEEDS: [Seed; 5] = [
    Seed {
        file: "000-threat-description",
        form: "threat-description",
        labels: &["Threat:", "Description:", "Attack surface:"],
        items: &["2.", "3."],
    },
    Seed {
        file: "001-course",
        form: "course",
        labels: &["What goes wrong:", "Mitigations:", "Issue:", "Remediation:"],
        items: &["Category"],
    },
    Seed {
        file: "002-threat-mitigation",
        form: "threat-mitigation",
        labels: &["Threat:", "Mitigation:", "Issue:", "Recommendation:"],
        items: &[],
    },
    Seed {
        file: "003-attack-surface",
        form: "attack-surface",
        labels: &[
            "SPOOFING",
            "TAMPERING",
            "REPUDIATION",
            "INFORMATION DISCLOSURE",
            "DENIAL OF SERVICE",
            "ELEVATION OF PRIVILEGE",
        ],
        items: &["5."],
    },
    Seed {
        file: "004-summary",
        form: "summary",
        labels: &[""],
        items: &["Goal: ", "Methods: ", "2."],
    },
];

fn fixture(name: &str) -> PathBuf {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures/seeds");
    folder.join(name)
}

impl Seed {
    fn session(&self) -> Session {
        let bytes = fs::read(fixture(&format!("{}.ron", self.file))).unwrap();
        store::decode(&bytes).unwrap().session
    }

    fn wanted(&self) -> Vec<String> {
        let text = fs::read_to_string(fixture(&format!("{}.txt", self.file))).unwrap();
        text.lines().map(str::to_owned).collect()
    }

    /// The structure of the write-up: headings with number signs, labels, items, code.
    fn structure(&self, session: &Session, catalog: &Catalog) -> Vec<String> {
        let form = Form::by_id(self.form).unwrap();
        let text = (form.write)(session, catalog, &Options { names: true });
        let mut found = Vec::new();
        // The text since a heading, a label or an item began.
        let mut here: Option<String> = None;
        let mut item = String::new();
        for event in Parser::new_ext(&text, Extensions::ENABLE_TABLES) {
            match event {
                Event::Start(Tag::Heading { level, .. }) => {
                    here = Some(format!("{} ", "#".repeat(level as usize)));
                }
                Event::Start(Tag::Strong | Tag::Emphasis) => here = Some(String::new()),
                Event::End(TagEnd::Heading(_)) => found.extend(here.take()),
                Event::End(TagEnd::Strong | TagEnd::Emphasis) => {
                    let label = here.take().unwrap_or_default();
                    if self
                        .labels
                        .iter()
                        .any(|one| one.is_empty() || *one == label)
                    {
                        found.push(label);
                    }
                }
                Event::Start(Tag::CodeBlock(CodeBlockKind::Fenced(language))) => {
                    found.push(format!("code {language}"));
                }
                Event::Start(Tag::Item) => item = String::from("- "),
                Event::Text(text) => match &mut here {
                    Some(here) => here.push_str(&text),
                    None if item == "- " => {
                        let known = self.items.iter().find(|one| text.starts_with(**one));
                        // What stands behind a label is not structure.
                        match known {
                            Some(label) if label.ends_with(": ") => {
                                found.push(format!("- {label}"));
                            }
                            Some(_) => found.push(format!("- {text}")),
                            None => {}
                        }
                        item.clear();
                    }
                    None => {}
                },
                _ => {}
            }
        }
        // Which terms are explained depends on the catalog's glossary.
        let end = found.iter().position(|line| line == "## Terms");
        found.truncate(end.map_or(found.len(), |at| at + 1));
        found
    }
}

#[test]
fn each_write_up_has_the_structure_of_its_hand_in() {
    let catalog = Catalog::embedded();
    for seed in &SEEDS {
        let found = seed.structure(&seed.session(), &catalog);
        assert_eq!(found.join("\n"), seed.wanted().join("\n"), "{}", seed.file);
    }
}

#[test]
fn a_dropped_item_is_noticed() {
    let catalog = Catalog::embedded();
    for seed in &SEEDS {
        let session = seed.session();
        let wanted = seed.wanted();
        for at in 0..session.threats.len() {
            let mut without = session.clone();
            let gone = without.threats.remove(at).id;
            without
                .mitigations
                .retain(|one| !one.threats.contains(&gone));
            assert_ne!(
                seed.structure(&without, &catalog),
                wanted,
                "{} {at}",
                seed.file
            );
        }
        for at in 0..session.hardenings.len() {
            let mut without = session.clone();
            without.hardenings.remove(at);
            assert_ne!(
                seed.structure(&without, &catalog),
                wanted,
                "{} {at}",
                seed.file
            );
        }
        for at in 0..session.attackers.len() {
            let mut without = session.clone();
            without.attackers.remove(at);
            assert_ne!(
                seed.structure(&without, &catalog),
                wanted,
                "{} {at}",
                seed.file
            );
        }
    }
}
