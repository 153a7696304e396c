use std::io::Write as _;
use std::sync::LazyLock;

use jiff::Timestamp;
use pretty_assertions::assert_eq;

use super::tidy::Tidy;
use super::*;
use crate::catalog::types::Id;
use crate::report::Form;

static CATALOG: LazyLock<Catalog> = LazyLock::new(Catalog::embedded);

fn session(description: &str) -> Session {
    let id = |text: &str| Id::new(text).unwrap();
    let mut session = Session::new(
        "A\n# b",
        id("free"),
        vec![id("etcd")],
        Timestamp::UNIX_EPOCH,
    );
    session.description = description.to_owned();
    session
}

fn written(source: &str, description: &str) -> Result<String, TemplateError> {
    let template = Template {
        name: "own.md.j2",
        source,
    };
    template.write(&session(description), &CATALOG, &Options { names: true })
}

#[test]
fn what_a_template_writes_is_escaped_unless_an_encoder_did_it() {
    let hostile = "<b>|*x*\n# y";
    let plain = "\\<b>\\|\\*x\\* # y\n";
    for source in [
        "{{ description }}",
        "{% autoescape false %}{{ description }}{% endautoescape %}",
        "{% set x %}{{ description }}{% endset %}{{ x }}",
        "{% set x = description %}{{ x }}",
        "{{ [description] | join }}",
        "{{ description[0:] }}",
        "{{ description * 1 }}",
        "{{ description ~ '' }}",
    ] {
        assert_eq!(written(source, hostile).unwrap(), plain, "{source}");
    }
    assert_eq!(
        written("- {{ description | block(2) }}", hostile).unwrap(),
        "- \\<b>|\\*x\\*\\\n  \\# y\n"
    );
    assert_eq!(
        written("{{ description | code('sh') }}", "a\n```\n").unwrap(),
        "````sh\na\n```\n````\n"
    );
    assert_eq!(
        written("{{ description | block | upper }}", "*").unwrap(),
        "\\\\\\*\n",
        "a filter that changes text gives up that it was escaped"
    );
}

#[test]
fn nothing_marks_text_as_safe() {
    for filter in ["safe", "escape", "e", "string", "format"] {
        let error = written(&format!("{{{{ description | {filter} }}}}"), "x").unwrap_err();
        assert!(error.message.contains("filter"), "{error}");
    }
}

#[test]
fn a_broken_template_says_where_and_what() {
    let said = |source: &str| written(source, "x").unwrap_err().to_string();
    let unended = said("# {{ title }}\n\n{% for x in threats %}\n");
    assert!(
        unended.starts_with("own.md.j2:") && unended.contains("syntax error"),
        "{unended}"
    );
    let misspelt = said("# {{ title }}\n\n{{ descripton }}\n");
    assert!(
        misspelt.starts_with("own.md.j2:3: there is no such name"),
        "{misspelt}"
    );
    let field = said("{% for system in scope %}\n{{ system.nam }}\n{% endfor %}");
    assert!(
        field.starts_with("own.md.j2:2: there is no such name"),
        "{field}"
    );
    let list = said("\n{{ scope }}");
    assert!(
        list.starts_with("own.md.j2:2: ") && list.contains("`for`"),
        "{list}"
    );
    for broken in [
        "{{",
        "{% if %}",
        "{{ title() }}",
        "{{ title.x.y }}",
        "{% x %}",
    ] {
        assert!(written(broken, "x").is_err(), "{broken}");
    }
}

#[test]
fn a_template_reads_no_other_file() {
    for source in ["{% include 'own.md.j2' %}", "{% extends 'own.md.j2' %}"] {
        assert!(written(source, "x").is_err(), "{source}");
    }
}

/// The text in order, the same however it arrives.
fn tidied(text: &str) -> String {
    let by_pieces = |length: usize| {
        let mut tidy = Tidy::default();
        let pieces = text.as_bytes().chunks(length);
        pieces.for_each(|piece| tidy.write_all(piece).unwrap());
        tidy.finish()
    };
    let whole = by_pieces(usize::MAX);
    assert_eq!(by_pieces(1), whole);
    whole
}

#[test]
fn the_layout_is_put_in_order() {
    let text = "\n\n# A\nb  \n\n\n\n## A\n- x\n```sh\n# A\n\n\n  y  \n```\n## A:\n| a |  |\n## w\\.\n| a |\n| --- |\n|  |\n\n";
    assert_eq!(
        tidied(text),
        "# A\n\nb\n\n## A (2)\n\n- x\n```sh\n# A\n\n\n  y  \n```\n\n## A&#58;\n\n| a |  |\n\n## w&#46;\n\n| a |\n| --- |\n| |\n"
    );
    assert_eq!(tidied(""), "\n");
}

#[test]
fn every_template_of_the_program_names_only_fields_that_there_are() {
    for form in Form::ALL.iter().filter_map(|form| form.template) {
        written(form, "x").unwrap();
    }
}

#[test]
fn a_template_that_would_go_on_for_ever_is_ended_with_its_line() {
    let template = Template {
        name: "own.md.j2",
        source: "# a\n{% for a in threats %}{% for b in threats %}{{ b }}{% endfor %}{% endfor %}",
    };
    let threats = list((0..100).map(|at| at.to_string()));
    let fields = Record::default().with("threats", threats);
    let error = engine::rendered_within(1_000, &template, |_| fields).unwrap_err();
    assert_eq!(error.line, 2);
    assert!(error.message.contains("goes on for too long"), "{error}");
}
