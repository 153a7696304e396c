//! Templates of the user's own at the command line.

use std::fs;

use pretty_assertions::assert_eq;

use crate::sandbox::Sandbox;

#[test]
fn a_template_of_a_forms_name_takes_its_place_and_another_name_is_one_more_form() {
    let sandbox = Sandbox::new();
    let everything = sandbox.everything();
    sandbox.write("own/table.md.j2", "# Ours\n\n{{ threats | length }}\n");
    sandbox.write(
        "own/board.md.j2",
        "# Board\n\n{% for t in threats %}\n- {{ t.title }}\n{% endfor %}\n",
    );
    let own = sandbox.path("own");
    let own = own.to_str().unwrap();
    let table = sandbox.done(&["export", &everything, "--form", "table", "--templates", own]);
    assert!(table.starts_with("# Ours\n\n"), "{table}");
    let board = sandbox.done(&["export", &everything, "--form", "board", "--templates", own]);
    assert!(board.starts_with("# Board\n\n- "), "{board}");
    let course = sandbox.done(&["export", &everything, "--templates", own]);
    assert_eq!(course, sandbox.done(&["export", &everything]));
    let refused = sandbox.refused(&["export", &everything, "--form", "bord", "--templates", own]);
    assert!(
        refused.contains("There is no form") && refused.contains("board"),
        "{refused}"
    );
}

#[test]
fn a_broken_template_is_refused_with_its_line_and_nothing_is_written() {
    let sandbox = Sandbox::new();
    let everything = sandbox.everything();
    let file = sandbox.write("own/board.md.j2", "# Board\n\n{{ titel }}\n");
    let out = sandbox.path("out.md");
    let own = sandbox.path("own");
    let refused = sandbox.refused(&[
        "export",
        &everything,
        "--form",
        "board",
        "--templates",
        own.to_str().unwrap(),
        "-o",
        out.to_str().unwrap(),
    ]);
    assert!(refused.contains("own/board.md.j2:3: "), "{refused}");
    assert!(!out.exists());
    fs::write(&file, b"\xff").unwrap();
    let refused = sandbox.refused(&[
        "export",
        &everything,
        "--form",
        "board",
        "--templates",
        own.to_str().unwrap(),
    ]);
    assert!(refused.contains("not UTF-8"), "{refused}");
    let missing = sandbox.refused(&["export", &everything, "--templates", "nowhere"]);
    assert!(missing.contains("nowhere cannot be read"), "{missing}");
}

#[test]
fn the_programs_templates_can_be_copied_and_give_the_same_write_up() {
    let sandbox = Sandbox::new();
    let everything = sandbox.everything();
    for form in [
        "threat-description",
        "threat-mitigation",
        "attack-surface",
        "summary",
        "full",
        "table",
    ] {
        let template = sandbox.done(&["template", form]);
        sandbox.write(&format!("own/{form}.md.j2"), template);
        let own = sandbox.path("own");
        let own = own.to_str().unwrap();
        let by_copy = sandbox.done(&["export", &everything, "--form", form, "--templates", own]);
        assert_eq!(
            by_copy,
            sandbox.done(&["export", &everything, "--form", form])
        );
    }
    let refused = sandbox.refused(&["template", "course"]);
    assert!(
        refused.contains("Choose one of: threat-description, "),
        "{refused}"
    );
}
