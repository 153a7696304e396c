//! Exports for other programs and imports from them, as the shell sees them.

use std::path::Path;

use super::sandbox::{Sandbox, shipped};

fn example(name: &str) -> String {
    let path = Path::new(env!("CARGO_MANIFEST_DIR"))
        .join("tests/fixtures/interchange/examples")
        .join(name);
    path.display().to_string()
}

#[test]
fn an_export_says_beside_it_what_the_format_could_not_carry() {
    let sandbox = Sandbox::new();
    let everything = sandbox.everything();
    let ran = sandbox.run(&["export", &everything, "--form", "sarif"]);
    assert_eq!(ran.code, 0);
    assert!(ran.stdout.starts_with("{\n"), "{}", ran.stdout);
    assert!(
        ran.stderr
            .contains("Not in it, because SARIF 2.1.0 has no place for it:"),
        "{}",
        ran.stderr
    );
    assert!(
        ran.stderr.contains("1 scan with its findings"),
        "{}",
        ran.stderr
    );
    let whole = sandbox.run(&["export", &everything, "--form", "json"]);
    assert_eq!((whole.code, whole.stderr.as_str()), (0, ""));
}

#[test]
fn an_imported_model_is_a_session_like_any_other() {
    let sandbox = Sandbox::new();
    let made = sandbox.run(&["import", &example("v2-threat-model.json")]);
    assert_eq!(
        (made.code, made.stdout.as_str()),
        (0, "demo-threat-model\n"),
        "{}",
        made.stderr
    );
    assert!(
        made.stderr.contains("OWASP Threat Dragon: 14 threats"),
        "{}",
        made.stderr
    );
    assert!(made.stderr.contains("drawn as lines"), "{}", made.stderr);
    let shown = sandbox.run(&["show", "demo-threat-model"]).done();
    for words in [
        "Poison messages 1",
        "Message Queue",
        "Background Worker Process",
        "drawn as lines",
    ] {
        assert!(shown.contains(words), "{words}");
    }
    let written = sandbox.run(&["export", "demo-threat-model"]).done();
    assert!(written.contains("Background Worker Process"), "{written}");
    assert!(
        sandbox
            .run(&["export", "demo-threat-model", "--form", "html"])
            .done()
            .contains("<svg")
    );
}

#[test]
fn an_import_can_be_given_a_name() {
    let sandbox = Sandbox::new();
    let made = sandbox.run(&[
        "import",
        &example("manual_threat_model.yaml"),
        "--name",
        "Ours now",
    ]);
    assert_eq!(
        (made.code, made.stdout.as_str()),
        (0, "ours-now\n"),
        "{}",
        made.stderr
    );
    assert_eq!(
        sandbox.json(&["show", "ours-now", "--json"])["title"],
        "Ours now"
    );
}

#[test]
fn what_is_no_model_leaves_nothing_behind() {
    let sandbox = Sandbox::new();
    for file in [
        shipped("course.ron"),
        sandbox.path("nowhere").display().to_string(),
    ] {
        let ran = sandbox.run(&["import", &file]);
        assert_eq!((ran.code, ran.stdout.as_str()), (2, ""));
        assert!(
            ran.stderr.contains("No session was made."),
            "{}",
            ran.stderr
        );
    }
    assert_eq!(
        sandbox.json(&["list", "--json"])["sessions"]
            .as_array()
            .unwrap()
            .len(),
        0
    );
}
