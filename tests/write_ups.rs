//! Write-ups of sessions made by the operations that the screens use: their looks, and that every
//! word comes back exactly from a Markdown parser with nothing active in it.

// A test may say that it failed by panicking.
#![allow(clippy::unwrap_used)]

#[path = "write_ups/forms.rs"]
mod forms;
#[path = "write_ups/team.rs"]
mod team;

use astride::catalog::Catalog;
use astride::encode;
use astride::report::Form;
use astride::session::edit::Operation;
use astride::session::id::{IdSource, ThreatId};
use astride::stride::Category;
use pretty_assertions::assert_eq;
use proptest::prelude::*;
use pulldown_cmark::{CodeBlockKind, Event, Options as Extensions, Parser, Tag, TagEnd};

use team::{FIELDS, Team, full, id, sensible, written};

/// What a reader of the rendered write-up sees, and its structure.
#[derive(Default)]
struct Rendered {
    text: String,
    structure: Vec<String>,
    code: Vec<String>,
}

fn rendered(markdown: &str) -> Rendered {
    let extensions = Extensions::ENABLE_TABLES
        | Extensions::ENABLE_FOOTNOTES
        | Extensions::ENABLE_STRIKETHROUGH
        | Extensions::ENABLE_TASKLISTS
        | Extensions::ENABLE_GFM;
    let mut out = Rendered::default();
    let mut in_code = false;
    for event in Parser::new_ext(markdown, extensions) {
        match event {
            Event::Text(text) if in_code => {
                out.text.push_str(&text);
                out.code.last_mut().unwrap().push_str(&text);
            }
            Event::Text(text) => out.text.push_str(&text),
            Event::Start(Tag::CodeBlock(CodeBlockKind::Fenced(language))) => {
                in_code = true;
                out.code.push(String::new());
                // Code in a remediation depends on its words; diagrams do not.
                if &*language == "mermaid" {
                    out.structure.push("mermaid".to_owned());
                }
            }
            Event::End(TagEnd::CodeBlock) => {
                in_code = false;
                out.text.push('\n');
            }
            Event::Start(Tag::Paragraph | Tag::Strong) | Event::End(TagEnd::Strong) => {}
            Event::Start(tag) => out.structure.push(format!("{tag:?}")),
            Event::HardBreak | Event::End(_) => out.text.push('\n'),
            other => out.structure.push(format!("{other:?}")),
        }
    }
    out
}

/// Words with single spaces between, hidden characters as marks: what "exact" compares.
fn plain(text: &str) -> String {
    let shown = encode::screen_lines(text);
    shown.split_whitespace().collect::<Vec<_>>().join(" ")
}

#[test]
fn a_full_session_reads_like_this() {
    insta::assert_snapshot!(full(sensible).write_up());
}

#[test]
fn a_new_course_session_says_what_is_not_there_yet() {
    insta::assert_snapshot!(Team::new("Team blue").write_up());
}

#[test]
fn every_answer_comes_back_exactly() {
    let team = full(sensible);
    let seen = plain(&rendered(&team.write_up()).text);
    for field in FIELDS {
        let words = plain(&sensible(field));
        assert!(
            seen.contains(&words),
            "{field} is not in the write-up: {words}"
        );
    }
    let taken = &team.session().threats[0];
    for words in [
        &taken.title,
        &taken.what_goes_wrong,
        &taken.preconditions,
        &taken.consequences,
    ] {
        assert!(seen.contains(&plain(words.raw())));
    }
}

#[test]
fn a_snippet_in_a_remediation_is_code() {
    let code = rendered(&full(sensible).write_up()).code;
    let pasted: Vec<&str> = code.iter().map(String::as_str).skip(2).collect();
    assert_eq!(
        pasted,
        [
            "{\n  \"userland-proxy\": false\n}\n",
            "systemctl restart docker --no-block\n"
        ]
    );
}

#[test]
fn the_same_session_gives_the_same_bytes() {
    assert_eq!(full(sensible).write_up(), full(sensible).write_up());
}

#[test]
fn without_names_nobody_is_named() {
    let team = full(sensible);
    let text = written(team.session(), &team.catalog, false);
    for name in ["Alice", "Olga", "Participants", "Recorded by", "Owner"] {
        assert!(team.write_up().contains(name));
        assert!(!text.contains(name), "{name} is still there");
    }
}

#[test]
fn what_the_catalog_does_not_know_is_named_by_its_id() {
    let team = full(sensible);
    let text = written(team.session(), &Catalog::default(), true);
    for id in [
        "docker-client",
        "traffic-replayed",
        "crypto-miner",
        "daemon-tls",
    ] {
        assert!(text.contains(id), "{id} is not there");
    }
    let seen = plain(&rendered(&text).text);
    for field in FIELDS {
        assert!(seen.contains(&plain(&sensible(field))), "{field} is lost");
    }
}

#[test]
fn a_component_put_out_of_scope_keeps_its_words() {
    let mut team = full(sensible);
    team.does(Operation::SetInScope {
        component: id("etcd"),
        in_scope: false,
        walk_order: Vec::new(),
    });
    let text = team.write_up();
    let (_, out_of_scope) = text.split_once("## Threats out of scope").unwrap();
    assert!(out_of_scope.contains("### 2. Anyone with the backup"));
}

#[test]
fn threats_stand_in_the_order_of_the_walk_with_numbers_through_the_document() {
    let mut team = Team::new("Team");
    team.threat("etcd", Category::Spoofing, "D");
    team.threat("docker-host", Category::Spoofing, "C");
    team.threat("docker-client", Category::Tampering, "B");
    team.threat("docker-client", Category::Spoofing, "A");
    let text = team.write_up();
    let headings: Vec<&str> = text
        .lines()
        .filter(|line| line.starts_with("### "))
        .skip(2)
        .collect();
    assert_eq!(headings, ["### 1. A", "### 2. B", "### 3. C", "### 4. D"]);
}

#[test]
fn headings_are_unique_whatever_is_chosen_twice() {
    let mut team = Team::new("Docker threats");
    for _ in 0..3 {
        team.finding("2.14", "Same.");
    }
    let text = team.write_up();
    let mut headings: Vec<&str> = text.lines().filter(|line| line.starts_with('#')).collect();
    let all = headings.len();
    headings = headings
        .iter()
        .map(|line| line.trim_start_matches(['#', ' ']))
        .collect();
    headings.sort_unstable();
    headings.dedup();
    assert_eq!(headings.len(), all);
}

#[test]
fn every_form_has_a_name_of_its_own() {
    for form in Form::ALL {
        assert_eq!(Form::by_id(form.id).unwrap().name, form.name);
        assert!(!form.extension.starts_with('.'));
    }
    assert!(Form::by_id("nothing").is_none());
}

#[test]
fn ten_thousand_threats_are_written_up_without_a_wait() {
    let team = full(sensible);
    let mut session = team.session().clone();
    let mut ids = IdSource::new(5);
    for _ in 0..10_000 {
        let mut threat = session.threats[1].clone();
        threat.id = ThreatId::fresh(&mut ids, |_| false);
        let mut mitigation = session.mitigations[0].clone();
        mitigation.threats = vec![threat.id.clone()];
        let mut hardening = session.hardenings[0].clone();
        hardening.threats = vec![threat.id.clone()];
        session.threats.push(threat);
        session.mitigations.push(mitigation);
        session.hardenings.push(hardening);
    }
    // Work that grows with the square of the session would show here as minutes.
    let text = written(&session, &team.catalog, true);
    assert!(text.contains("### 10002. "));
}

/// What tries to be structure.
const HOSTILE: [&str; 43] = [
    "*",
    "**",
    "_",
    "`",
    "```",
    "~~~",
    "#",
    "## ",
    "[",
    "](",
    "[a]: b",
    "<script>",
    "<!--",
    "-->",
    "</table>",
    "&lt;",
    "\\",
    "|",
    "| --- |",
    "---",
    "===",
    "- ",
    "- [ ] ",
    "1. ",
    "> ",
    ":-",
    "https://a.b",
    "a",
    "word",
    "é",
    " ",
    "    ",
    "\t",
    "\n",
    "\n\n",
    "\r\n",
    "\u{1b}[2J",
    "\u{202e}",
    "\u{200b}",
    "!",
    ".",
    "{\"a\": 1}",
    "docker run -v /",
];

/// Text that tries to be structure, in any field.
fn hostile() -> impl Strategy<Value = String> {
    let pieces = prop::sample::select(HOSTILE.to_vec());
    let any_text = prop_oneof![
        3 => prop::collection::vec(pieces, 1..12).prop_map(|pieces| pieces.concat()),
        1 => any::<String>(),
    ];
    any_text.prop_filter("a field must have words to be shown", |text| {
        !text.trim().is_empty()
    })
}

proptest! {
    #![proptest_config(ProptestConfig {
        cases: 150,
        failure_persistence: None,
        ..ProptestConfig::default()
    })]

    #[test]
    fn hostile_words_change_no_structure_and_come_back(texts in prop::collection::vec(hostile(), 8)) {
        change_no_structure_and_come_back(|field| {
            let at = FIELDS.iter().position(|one| *one == field).unwrap();
            texts[at % texts.len()].clone()
        });
    }
}

#[test]
fn each_hostile_piece_in_every_field_changes_no_structure_and_comes_back() {
    for piece in HOSTILE {
        // In each field other words, so that none is found in the place of another.
        change_no_structure_and_come_back(|field| {
            let at = FIELDS.iter().position(|one| *one == field).unwrap();
            format!("before{at}{piece}after{at}")
        });
    }
}

fn change_no_structure_and_come_back(word: impl Fn(&str) -> String + Copy) {
    let page = full(word).write_up();
    let found = rendered(&page);
    let expected = rendered(&full(sensible).write_up());
    assert_eq!(found.structure, expected.structure, "{page}");
    let seen = plain(&found.text);
    for field in FIELDS {
        let words = plain(&word(field));
        assert!(seen.contains(&words), "{field} {words:?} in {page}");
    }
    assert!(page.chars().all(|c| c == '\n' || !c.is_control()));
    assert!(page.ends_with('\n') && !page.ends_with("\n\n"));
    let in_code = |line: &str| found.code.iter().any(|code| code.contains(line));
    assert!(
        page.lines()
            .all(|line| line.trim_end() == line || in_code(line))
    );
}
