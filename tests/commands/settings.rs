//! The configuration file, the table of keys and the doctor.

use pretty_assertions::assert_eq;

use super::sandbox::Sandbox;

#[test]
fn the_example_is_a_configuration_that_sets_nothing() {
    let sandbox = Sandbox::new();
    let before = sandbox.done(&["config"]);
    let example = sandbox.done(&["config", "--example"]);
    for setting in [
        "theme",
        "ascii",
        "mouse",
        "author",
        "data_dir",
        "catalog_dir",
        "keys",
    ] {
        assert!(
            example.contains(&format!("// {setting}: ")),
            "{setting} is not explained"
        );
    }
    sandbox.write(".config/astride/config.ron", &example);
    let after = sandbox.run(&["config"]);
    assert_eq!(after.stderr, "");
    let same = |text: &str| text.lines().skip(1).map(str::to_owned).collect::<Vec<_>>();
    assert_eq!(same(&after.stdout), same(&before));
}

#[test]
fn settings_come_from_the_platforms_folder_an_option_or_the_environment() {
    let sandbox = Sandbox::new();
    sandbox.write(".config/astride/config.ron", "(theme: light)");
    assert!(sandbox.done(&["config"]).contains("theme: light"));
    let other = sandbox.write("other.ron", "(theme: high_contrast, mouse: true)");
    let other = other.to_str().unwrap();
    let shown = sandbox.done(&["--config", other, "config"]);
    assert!(
        shown.contains("theme: high contrast") && shown.contains("mouse: on"),
        "{shown}"
    );
    let mut command = sandbox.bare();
    let output = command
        .env("ASTRIDE_CONFIG", other)
        .arg("config")
        .output()
        .unwrap();
    assert!(
        String::from_utf8(output.stdout)
            .unwrap()
            .contains("mouse: on")
    );
}

#[test]
fn a_broken_file_is_named_with_its_line_and_left_alone() {
    let sandbox = Sandbox::new();
    let broken = "(\n  theme: dark,\n  mouse: perhaps,\n)";
    let file = sandbox.write(".config/astride/config.ron", broken);
    let listed = sandbox.run(&["list"]);
    assert_eq!(listed.code, 0);
    let shown = sandbox.run(&["config"]);
    assert!(shown.stderr.contains("config.ron:3:"), "{}", shown.stderr);
    assert!(sandbox.done(&["doctor"]).contains("config.ron:3:"));
    assert_eq!(std::fs::read_to_string(file).unwrap(), broken);
}

#[test]
fn the_data_folder_can_be_a_setting() {
    let sandbox = Sandbox::new();
    let folder = sandbox.path("models");
    let folder = folder.to_str().unwrap();
    sandbox.write(
        ".config/astride/config.ron",
        format!("(data_dir: {folder:?})"),
    );
    let mut command = sandbox.bare();
    command
        .args(["new", "Team blue", "--no-open"])
        .assert()
        .success();
    assert!(sandbox.path("models/sessions/team-blue.ron").exists());
}

#[test]
fn keys_are_listed_as_they_hold() {
    let sandbox = Sandbox::new();
    let before = sandbox.done(&["keys"]);
    assert!(before.contains("card.note") && before.contains("Write a note on this cell"));
    let config = sandbox.write("own.ron", "(keys: {\"card.note\": [\"Ctrl+G\"]})");
    let after = sandbox.done(&["--config", config.to_str().unwrap(), "keys"]);
    let line = after
        .lines()
        .find(|line| line.contains("card.note"))
        .unwrap();
    assert!(line.trim().starts_with("Ctrl+G"), "{line}");
    let clash = sandbox.write("clash.ron", "(keys: {\"card.note\": [\"a\"]})");
    let shown = sandbox.run(&["--config", clash.to_str().unwrap(), "config"]);
    assert!(
        shown.stderr.contains("means 'add' already"),
        "{}",
        shown.stderr
    );
}

#[test]
fn the_doctor_says_where_things_are_and_makes_nothing() {
    let sandbox = Sandbox::new();
    let said = sandbox.done(&["doctor"]);
    for words in [
        "Folders",
        "data",
        "(not there)",
        "Terminal",
        "Sessions",
        "would refuse",
    ] {
        assert!(said.contains(words), "{words} is not in\n{said}");
    }
    assert!(!sandbox.path("data").exists());
}
