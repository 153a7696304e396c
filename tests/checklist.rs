//! docs/ux-checklist.md names only what is there: tests by their names, snapshots by their files.

#![allow(clippy::unwrap_used)] // a panic in a test is a result

use std::collections::BTreeSet;
use std::fs;
use std::path::Path;

const PAGE: &str = include_str!("../docs/ux-checklist.md");

fn sources(folder: &Path, text: &mut String) {
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            sources(&path, text);
        } else if path.extension().is_some_and(|ending| ending == "rs") {
            text.push_str(&fs::read_to_string(path).unwrap());
        }
    }
}

/// What stands between backticks on the page.
fn named() -> BTreeSet<&'static str> {
    PAGE.split('`').skip(1).step_by(2).collect()
}

#[test]
fn every_test_on_the_page_is_there() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let mut text = String::new();
    sources(&root.join("tests"), &mut text);
    sources(&root.join("src"), &mut text);
    let is_test = |name: &&&str| {
        name.len() > 16
            && name
                .chars()
                .all(|c| c.is_ascii_lowercase() || c == '_' || c.is_ascii_digit())
    };
    let names = named();
    let tests: Vec<&&str> = names.iter().filter(is_test).collect();
    assert!(tests.len() > 60, "{} tests are named", tests.len());
    for name in tests {
        assert!(
            text.contains(&format!("fn {name}()")),
            "there is no test {name}"
        );
    }
}

#[test]
fn every_snapshot_on_the_page_is_there() {
    let snapshots = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/snapshots");
    let names = named();
    let pictures: Vec<&&str> = names
        .iter()
        .filter(|name| name.ends_with("-80x24"))
        .collect();
    assert!(pictures.len() > 5);
    for name in pictures {
        assert!(
            snapshots.join(format!("{name}.snap")).exists(),
            "there is no snapshot {name}"
        );
    }
}

#[test]
fn all_sixty_are_there_once_and_in_order() {
    let numbers: Vec<usize> = PAGE
        .lines()
        .filter_map(|line| line.strip_prefix("| ")?.split_once(" |")?.0.parse().ok())
        .collect();
    assert_eq!(numbers, (1..=60).collect::<Vec<_>>());
}
