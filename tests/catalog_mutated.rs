//! Catalog text as accidents and hostile hands leave it: every outcome is a catalog or a message,
//! never a panic, and every message points into the text.

#![allow(clippy::unwrap_used)] // a panic in a test is a result

use astride::catalog::source::embedded_catalog;
use astride::catalog::{Catalog, SourceFile, check_user};
use proptest::prelude::*;

/// What the mutations start from: every kind of file.
fn seeds() -> Vec<String> {
    let chosen = [
        "catalog/attackers.ron",
        "catalog/briefs/course.ron",
        "catalog/controls/docker-community.ron",
        "catalog/references/owasp.ron",
        "catalog/systems/docker/system.ron",
    ];
    let fixtures = [
        include_str!("fixtures/catalog/ci-pipeline/build-runner.ron"),
        include_str!("fixtures/catalog/ci-pipeline/more-for-the-docker-host.ron"),
        include_str!("fixtures/catalog/ci-pipeline/words.ron"),
    ];
    embedded_catalog()
        .into_iter()
        .filter(|file| chosen.contains(&&*file.path))
        .map(|file| file.text.into_owned())
        .chain(fixtures.map(str::to_owned))
        .collect()
}

/// One accident: at a place in the text, so many characters go and something else comes.
#[derive(Clone, Debug)]
struct Accident {
    place: prop::sample::Index,
    lost: usize,
    found: String,
}

fn accident() -> impl Strategy<Value = Accident> {
    let found = prop_oneof![
        Just(String::new()),
        "[(){}\\[\\],:\"'#/*r\\\\-]{1,3}",
        "[a-z_]{1,12}: ",
        "[a-z]{1,3}\u{202e}[a-z]{1,3}",
        "\u{1b}\\]52;c;[a-z]{1,3}\u{7}",
        Just("x".repeat(3_000)),
        "\\PC{1,4}",
        Just("\u{0}\u{1b}[2J\u{202e}".to_owned()),
        Just("/*".to_owned()),
        Just("r#\"".to_owned()),
        Just("((((((((((((((((((((((((((((((((((((((((".to_owned()),
        Just("[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[".to_owned()),
        Just("99999999999999999999999".to_owned()),
    ];
    (any::<prop::sample::Index>(), 0..40_usize, found).prop_map(|(place, lost, found)| Accident {
        place,
        lost,
        found,
    })
}

fn happen(text: &str, accident: &Accident) -> String {
    let characters: Vec<char> = text.chars().collect();
    let at = accident.place.index(characters.len() + 1);
    let end = (at + accident.lost).min(characters.len());
    let (before, after) = (&characters[..at], &characters[end..]);
    before
        .iter()
        .copied()
        .chain(accident.found.chars())
        .chain(after.iter().copied())
        .collect()
}

fn survives(text: String) -> Result<(), TestCaseError> {
    let lines: Vec<usize> = text.split('\n').map(|line| line.chars().count()).collect();
    let files = [SourceFile::user("mutated.ron", text)];
    for problem in check_user(&files) {
        prop_assert!((1..=lines.len()).contains(&problem.line), "{problem}");
        prop_assert!(
            (1..=lines[problem.line - 1] + 1).contains(&problem.column),
            "{problem}"
        );
        prop_assert!(!problem.message.is_empty());
        let foreign = |c: char| c.is_control() || c == '\u{202e}';
        prop_assert!(!problem.to_string().contains(foreign), "{problem:?}");
        prop_assert!(problem.message.len() < 400, "{problem}");
    }
    // It may be refused, but it may not panic.
    let _ = Catalog::load_with(files);
    Ok(())
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 128, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn accidents_are_told_and_never_panic(
        seed in any::<prop::sample::Index>(),
        accidents in prop::collection::vec(accident(), 1..4),
    ) {
        let seeds = seeds();
        let mut text = seed.get(&seeds).clone();
        for accident in &accidents {
            text = happen(&text, accident);
        }
        survives(text)?;
    }

    #[test]
    fn any_text_is_told_and_never_panics(text in "[a-z(){}\\[\\],:\"'#/*\\\\ \n\u{feff}\u{202e}ä-]{0,200}") {
        survives(text)?;
    }
}

#[test]
fn a_hundred_thousand_brackets_do_not_overflow_the_stack() {
    for text in [
        "(",
        "[",
        "{",
        "a(",
        "component((surfaces: [(id: ",
        "\"\\",
        "/*",
    ] {
        survives(text.repeat(100_000)).unwrap();
    }
}
