//! What holds for every form: the answers that it carries come back exactly, words cannot become
//! structure, and a large session is no matter.

use astride::catalog::Catalog;
use astride::report::{Form, Options};
use astride::session::id::{IdSource, ThreatId};
use astride::session::place::CellKey;
use astride::session::types::{Hands, OpenKind, OpenQuestion, ParkedThought, Session};
use astride::stride::Category;
use pretty_assertions::assert_eq;
use proptest::prelude::*;

use super::team::{FIELDS, full, id, sensible};
use super::{hostile, plain, rendered};

/// The fields that a form carries; the full report carries every one.
fn carried(form: &str) -> &'static [&'static str] {
    match form {
        "course" | "full" => &FIELDS,
        "threat-description" | "attack-surface" => &[
            "title",
            "participant Alice",
            "description",
            "threat.title",
            "threat.what_goes_wrong",
            "threat.consequences",
            "finding.number",
            "finding.title",
            "finding.issue",
            "finding.remediation",
            "finding.result",
        ],
        "threat-mitigation" => &[
            "title",
            "participant Alice",
            "description",
            "threat.title",
            "threat.what_goes_wrong",
            "threat.consequences",
            "threat.response_reason",
            "mitigation.what",
            "finding.number",
            "finding.title",
            "finding.issue",
            "finding.why_here",
            "finding.remediation",
            "finding.result",
        ],
        "summary" => &[
            "title",
            "participant Alice",
            "description",
            "attacker.note",
            "threat.title",
            "threat.what_goes_wrong",
            "threat.consequences",
            "mitigation.what",
            "finding.number",
            "finding.title",
        ],
        "table" => &[
            "title",
            "threat.title",
            "threat.what_goes_wrong",
            "mitigation.what",
        ],
        _ => &[],
    }
}

fn markdown_forms() -> impl Iterator<Item = &'static Form> {
    Form::ALL.iter().filter(|form| form.extension == "md")
}

fn written(form: &Form, session: &Session, catalog: &Catalog, names: bool) -> String {
    (form.write)(session, catalog, &Options { names })
}

#[test]
fn every_form_gives_the_answers_back_that_it_carries() {
    let team = full(sensible);
    for form in markdown_forms() {
        let text = written(form, team.session(), &team.catalog, true);
        let seen = plain(&rendered(&text).text);
        assert!(!carried(form.id).is_empty(), "{}", form.id);
        for field in carried(form.id) {
            let words = plain(&sensible(field));
            assert!(
                seen.contains(&words),
                "{}: {field} is lost: {words}",
                form.id
            );
        }
    }
}

#[test]
fn every_form_of_a_full_session_reads_like_this() {
    let team = full(sensible);
    for form in markdown_forms().filter(|form| form.id != "course") {
        let text = written(form, team.session(), &team.catalog, true);
        assert_eq!(text, written(form, team.session(), &team.catalog, true));
        insta::assert_snapshot!(form.id, text);
    }
}

#[test]
fn without_names_no_form_names_anybody() {
    let team = full(sensible);
    for form in markdown_forms() {
        let text = written(form, team.session(), &team.catalog, false);
        for name in ["Alice", "Bo,", "Olga", "Participants"] {
            assert!(!text.contains(name), "{}: {name} is still there", form.id);
        }
    }
}

#[test]
fn the_full_form_tells_decisions_and_what_is_open() {
    let team = full(sensible);
    let mut session = team.session().clone();
    let created = session.threats[0].created.clone();
    session.cells[0].open_question = Some(OpenQuestion {
        kind: OpenKind::NotKnown,
        text: "Ask the hosting company.".to_owned(),
        created: created.clone(),
    });
    session.parked.push(ParkedThought {
        id: astride::session::id::ParkedId::fresh(&mut IdSource::new(1), |_| false),
        text: "Who restores backups?".to_owned(),
        cell: Some(CellKey {
            component: id("etcd"),
            category: Category::Tampering,
        }),
        settled: false,
        created,
    });
    session.threats[0].votes.likelihood = Hands([2, 0, 0, 0, 3]);
    session.threats[0].votes.note = "It happened last year.".to_owned();
    let form = Form::by_id("full").unwrap();
    let text = written(form, &session, &team.catalog, true);
    let section = |name: &str| {
        let start = text.find(&format!("\n## {name}\n")).unwrap() + 4;
        let end = text[start..]
            .find("\n## ")
            .map_or(text.len(), |at| start + at);
        text[start..end].to_owned()
    };
    let decisions = section("Decisions");
    for words in [
        "accept, until 31 December (Alice, 2026-11-14)",
        "The backup moves next month.",
        "nothing applies",
    ] {
        assert!(decisions.contains(words), "{words} in {decisions}");
    }
    let open = section("Open questions");
    for words in [
        "we do not know",
        "Ask the hosting company.",
        "the room disagrees about the risk",
        "It happened last year.",
        "no response yet",
    ] {
        assert!(open.contains(words), "{words} in {open}");
    }
    assert!(section("Parked thoughts").contains("Who restores backups? (etcd, Tampering)"));
    assert!(text.contains("- Show of hands: likelihood rare 2, expected 3"));
}

#[test]
fn ten_thousand_threats_are_no_matter_for_any_form() {
    let team = full(sensible);
    let mut session = team.session().clone();
    let mut ids = IdSource::new(5);
    for _ in 0..10_000 {
        let mut threat = session.threats[1].clone();
        threat.id = ThreatId::fresh(&mut ids, |_| false);
        let mut mitigation = session.mitigations[0].clone();
        mitigation.threats = vec![threat.id.clone()];
        session.threats.push(threat);
        session.mitigations.push(mitigation);
    }
    for form in markdown_forms() {
        // Work that grows with the square of the session would show here as minutes.
        let text = written(form, &session, &team.catalog, true);
        let count = text.matches("Anyone with the backup").count();
        assert!(count > 10_000, "{}: {count}", form.id);
    }
}

proptest! {
    #![proptest_config(ProptestConfig {
        cases: 60,
        failure_persistence: None,
        ..ProptestConfig::default()
    })]

    #[test]
    fn hostile_words_change_no_form_and_come_back(texts in prop::collection::vec(hostile(), 8)) {
        let word = |field: &str| {
            let at = FIELDS.iter().position(|one| *one == field).unwrap();
            texts[at % texts.len()].clone()
        };
        let (team, usual) = (full(word), full(sensible));
        for form in markdown_forms() {
            let page = written(form, team.session(), &team.catalog, true);
            let found = rendered(&page);
            let expected = rendered(&written(form, usual.session(), &usual.catalog, true));
            prop_assert_eq!(&found.structure, &expected.structure, "{} {}", form.id, page);
            let seen = plain(&found.text);
            for field in carried(form.id) {
                let words = plain(&word(field));
                prop_assert!(seen.contains(&words), "{} {} {:?} in {}", form.id, field, words, page);
            }
            prop_assert!(page.chars().all(|c| c == '\n' || !c.is_control()));
            prop_assert!(page.ends_with('\n') && !page.ends_with("\n\n"));
        }
    }
}

#[test]
fn before_and_after_are_the_same_two_runs_in_every_form() {
    let mut session: Session = ron::from_str(include_str!("../commands/everything.ron")).unwrap();
    let scan = session.scans[0].clone();
    session.scans = ["run one", "run two", "run three"]
        .map(|file| {
            let mut scan = scan.clone();
            file.clone_into(&mut scan.file);
            scan
        })
        .to_vec();
    let catalog = Catalog::embedded();
    for (id, compared) in [
        ("course", "Before: run two"),
        ("full", "Before and after: run two and run three"),
    ] {
        let form = Form::by_id(id).unwrap();
        let text = rendered(&written(form, &session, &catalog, true)).text;
        assert!(text.contains(compared), "{id}: {text}");
        assert!(!text.contains("Before: run one"), "{id}: {text}");
        assert!(!text.contains("after: run one"), "{id}: {text}");
    }
}
