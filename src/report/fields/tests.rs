use std::collections::BTreeSet;

use minijinja::Value;
use minijinja::value::ValueKind;
use pretty_assertions::assert_eq;

use super::*;
use crate::report::template::Template;
use crate::session::id::{IdSource, ParkedId, ThreatId};
use crate::session::types::ParkedThought;

const NAMES: [&str; 16] = [
    "scope",
    "attackers",
    "threats",
    "systems",
    "top_risks",
    "risk_matrix",
    "coverage",
    "owners",
    "findings",
    "scans",
    "comparisons",
    "decisions",
    "questions",
    "parked",
    "glossary",
    "references",
];

fn collect(value: &Value, names: &mut BTreeSet<String>) {
    if !matches!(value.kind(), ValueKind::Map | ValueKind::Seq) {
        return;
    }
    let entries = value.try_iter().unwrap();
    for entry in entries {
        if value.kind() == ValueKind::Map {
            names.insert(entry.to_string());
            let inside = value.get_item(&entry).unwrap();
            collect(&inside, names);
        } else {
            collect(&entry, names);
        }
    }
}

/// The words in backticks from the tables and lists of fields on.
fn documented() -> BTreeSet<String> {
    let page = include_str!("../../../docs/templates.md");
    let (_, fields) = page.split_once("## What there is").unwrap();
    let words = fields.split('`').skip(1).step_by(2);
    let plain = |word: &&str| !word.starts_with('-');
    words.filter(plain).map(str::to_owned).collect()
}

#[test]
fn the_page_on_templates_names_every_field_and_no_other() {
    let catalog = Catalog::embedded();
    let text = include_str!("../../../tests/commands/everything.ron");
    let mut session: Session = ron::from_str(text).unwrap();
    session.description = "TLS guards etcd.".to_owned();
    let found = session.scans[0].findings[0].clone();
    let hardening = &mut session.hardenings[0];
    hardening.number = found.number;
    hardening.title = found.title;
    hardening.control = found.control;
    let mut later = session.scans[0].clone();
    later.file = "after.log".to_owned();
    session.scans.push(later);
    let created = session.threats[0].created.clone();
    let mut ids = IdSource::new(1);
    session.parked.push(ParkedThought {
        id: ParkedId::fresh(&mut ids, |_| false),
        text: "Later.".to_owned(),
        cell: None,
        settled: false,
        created,
    });
    let mut bare = session.threats[0].clone();
    bare.id = ThreatId::fresh(&mut ids, |_| false);
    bare.response = None;
    session.threats.push(bare);
    let wanted = NAMES.iter().map(|name| (*name).to_owned()).collect();
    let names = Names::of("[", wanted);
    let record = of(&session, &catalog, &Options { names: true }, &names);
    let mut names = BTreeSet::new();
    collect(&record.into(), &mut names);
    assert_eq!(names, documented());
}

#[test]
fn a_field_is_there_however_a_template_asks_for_it() {
    let catalog = Catalog::embedded();
    let text = include_str!("../../../tests/commands/everything.ron");
    let session: Session = ron::from_str(text).unwrap();
    let title = session.threats[0].title.as_str();
    for (source, expected) in [
        ("{% for one in threats %}{{ one.title }}{% endfor %}", title),
        ("{{ threats[0].title }}", title),
        ("{{ threats[0]['title'] }}", title),
        ("{% set name = 'ti' ~ 'tle' %}{{ threats[0][name] }}", title),
        (
            "{% for one in threats %}{% for name in one %}{{ name }} {% endfor %}{% endfor %}",
            "recorded_by recorded_on",
        ),
    ] {
        let template = Template {
            name: "own.md.j2",
            source,
        };
        let written = template.write(&session, &catalog, &Options { names: true });
        assert!(
            written.as_ref().unwrap().contains(expected),
            "{source}: {written:?}"
        );
    }
}
