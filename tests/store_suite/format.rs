//! The text of a session file: what goes in comes out, and what is not whole is noticed.

use astride::session::types::Session;
use astride::store::{Integrity, MAX_FILE, OpenError, decode, encode, salvage};
use pretty_assertions::assert_eq;
use proptest::prelude::*;

use super::edits::{edited, edits};
use super::support::{empty_session, full_session, id};

fn text() -> String {
    encode(&full_session(), 12).unwrap()
}

fn problem(text: &str) -> String {
    match decode(text.as_bytes()) {
        Err(error) => error.explain().what,
        Ok(_) => panic!("it opened:\n{text}"),
    }
}

#[test]
fn what_does_not_fit_the_format_never_opens_as_something_else() {
    let text = text();
    for (from, to) in [
        ("    description:", "    descripion:"),
        ("    brief: \"", "    brief: 7, // \""),
        ("    threats: [", "    threats: (["),
    ] {
        let changed = text.replacen(from, to, 1);
        assert_ne!(changed, text, "{from} is not in the text");
        assert!(decode(changed.as_bytes()).is_err(), "{to} opened");
    }
}

proptest! {
    #[test]
    fn whatever_people_do_comes_back_as_it_was(edits in edits(), sequence: u64) {
        let editor = edited(&edits);
        let text = encode(editor.session(), sequence).unwrap();
        let loaded = decode(text.as_bytes()).unwrap();
        prop_assert_eq!(&loaded.session, editor.session());
        prop_assert_eq!(loaded.integrity, Integrity::Intact);
        prop_assert_eq!(loaded.sequence, sequence);
        // Saving what was loaded changes nothing.
        prop_assert_eq!(encode(&loaded.session, sequence).unwrap(), text);
    }

    #[test]
    fn no_control_or_invisible_character_reaches_the_file(edits in edits()) {
        let text = encode(edited(&edits).session(), 1).unwrap();
        let is_hidden = |letter: char| {
            letter.is_control() && letter != '\n'
                || matches!(letter, '\u{200b}'..='\u{200f}' | '\u{2028}'..='\u{202e}')
                || matches!(letter, '\u{2066}'..='\u{2069}' | '\u{feff}' | '\u{e0000}'..='\u{e007f}')
        };
        prop_assert_eq!(text.chars().find(|letter| is_hidden(*letter)), None);
    }

    #[test]
    fn line_ends_changed_by_git_change_no_text(edits in edits()) {
        let editor = edited(&edits);
        let text = encode(editor.session(), 1).unwrap().replace('\n', "\r\n");
        let loaded = decode(text.as_bytes()).unwrap();
        prop_assert_eq!(&loaded.session, editor.session());
        prop_assert_eq!(loaded.integrity, Integrity::Intact);
    }

    #[test]
    fn any_bytes_are_refused_or_opened_without_a_panic(bytes in prop::collection::vec(any::<u8>(), 0..600)) {
        let _ = decode(&bytes);
        let _ = salvage(&bytes);
    }

    #[test]
    fn anything_that_looks_like_ron_is_refused_or_opened_without_a_panic(
        tokens in prop::collection::vec(prop::sample::select(vec![
            "(", ")", "[", "]", "{", "}", ",", ":", "\"", "\\", "'", "#", "r#\"", "\"#", "b\"",
            "//", "/*", "*/", "\n", "\r\n", "#![enable(implicit_some)]", "format", "1", "-1", "1e999",
            "NaN", "Some(", "None", "title", "threats", "\"\\u{110000}\"", "\u{feff}", "é", "\u{0}",
            "// astride session, format 1, save 12", "// checksum: 00000000",
        ]), 0..80),
    ) {
        let text = tokens.concat();
        let _ = decode(text.as_bytes());
        let _ = salvage(text.as_bytes());
    }

    #[test]
    fn a_file_with_a_few_bytes_changed_never_opens_as_if_whole(
        changes in prop::collection::vec((any::<prop::sample::Index>(), any::<u8>()), 1..6),
    ) {
        let original = text().into_bytes();
        let mut bytes = original.clone();
        for (index, byte) in changes {
            let at = index.index(bytes.len());
            bytes[at] = byte;
        }
        let _ = salvage(&bytes);
        if let Ok(loaded) = decode(&bytes) {
            prop_assert_eq!(loaded.integrity == Integrity::Intact, bytes == original);
        }
    }
}

#[test]
fn no_single_bit_flip_opens_as_if_whole() {
    let bytes = text().into_bytes();
    let bits = bytes.len() * 8;
    // 10,000 bits spread over the file; every bit of the first and the last line.
    let step = (bits / 10_000).max(1);
    let edges = (0..80 * 8).chain(bits - 40 * 8..bits);
    for bit in (0..bits).step_by(step).chain(edges) {
        let mut flipped = bytes.clone();
        flipped[bit / 8] ^= 1 << (bit % 8);
        if let Ok(loaded) = decode(&flipped) {
            assert_ne!(loaded.integrity, Integrity::Intact, "bit {bit}");
        }
    }
}

#[test]
fn no_truncation_opens_as_if_whole() {
    let bytes = text().into_bytes();
    for length in 0..bytes.len() {
        match decode(&bytes[..length]) {
            Ok(loaded) => assert_ne!(loaded.integrity, Integrity::Intact, "{length}"),
            Err(error) => assert!(error.is_damage(), "{length}: {error}"),
        }
    }
}

#[test]
fn one_field_stands_on_one_line() {
    let text = text();
    assert!(
        text.starts_with("// astride session, format 1, save 12\n#![enable(implicit_some)]\n(\n")
    );
    assert!(text.contains("\n    title: \"Team blue"));
    assert!(text.contains("\n            likelihood: "));
    for line in text.lines().filter(|line| !line.starts_with("//")) {
        let in_quotes = line.split('"').step_by(2);
        let fields: usize = in_quotes.map(|part| part.matches(": ").count()).sum();
        assert!(fields <= 1, "{line}");
    }
}

#[test]
fn ids_stand_once() {
    let mut session = full_session();
    session.threats.push(session.threats[0].clone());
    let text = encode(&session, 1).unwrap();
    let id = session.threats[0].id.to_string();
    let line = 1 + text
        .lines()
        .enumerate()
        .filter(|(_, line)| line.contains(&format!("id: \"{id}\"")))
        .nth(1)
        .unwrap()
        .0;
    let what = problem(&text);
    assert!(what.contains(&format!("line {line}, column ")), "{what}");
    assert!(what.contains("stands twice"), "{what}");
}

#[test]
fn two_answers_to_one_cell_are_refused() {
    let mut session = full_session();
    session.cells.push(session.cells[0].clone());
    let what = problem(&encode(&session, 1).unwrap());
    assert!(what.contains("stands twice"), "{what}");
}

#[test]
fn a_mitigation_for_a_threat_that_is_not_there_is_told_by_its_line() {
    let mut session = full_session();
    session.mitigations[0].threats = vec![ron::from_str("\"t-gone\"").unwrap()];
    let text = encode(&session, 1).unwrap();
    let line = 1 + text
        .lines()
        .position(|line| line.contains("t-gone"))
        .unwrap();
    let what = problem(&text);
    assert!(what.contains(&format!("line {line}, ")), "{what}");
    assert!(what.contains("there is no threat \"t-gone\""), "{what}");
}

#[test]
fn a_text_beyond_what_the_editor_allows_is_refused() {
    let mut session = full_session();
    session.description = "x".repeat(256 * 1024).into();
    assert!(decode(encode(&session, 1).unwrap().as_bytes()).is_ok());
    session.description.push_str("x");
    let what = problem(&encode(&session, 1).unwrap());
    assert!(what.contains("longer than 256 KiB"), "{what}");
    // Escaped, the longest text takes five times its length and is allowed all the same.
    session.description = "\u{1}".repeat(256 * 1024).into();
    assert!(decode(encode(&session, 1).unwrap().as_bytes()).is_ok());
}

#[test]
fn ten_thousand_threats_open_and_one_more_does_not() {
    let mut session = empty_session("many");
    let with_threats = full_session();
    session.threats = (0..10_000)
        .map(|number| {
            let mut threat = with_threats.threats[0].clone();
            threat.id = ron::from_str(&format!("\"t-{number}\"")).unwrap();
            threat.what_goes_wrong = "".into();
            threat
        })
        .collect();
    let text = encode(&session, 1).unwrap();
    assert!(text.len() < MAX_FILE);
    assert!(decode(text.as_bytes()).is_ok());
    let mut one_more = session.threats[0].clone();
    one_more.id = ron::from_str("\"t-one-more\"").unwrap();
    session.threats.push(one_more);
    let what = problem(&encode(&session, 1).unwrap());
    assert!(
        what.contains("10001 threats are more than the 10000 allowed"),
        "{what}"
    );
}

#[test]
fn a_written_by_hand_session_needs_neither_first_nor_last_line() {
    let text = text();
    let lines: Vec<&str> = text
        .lines()
        .filter(|line| !line.starts_with("//") && !line.starts_with("#!"))
        .collect();
    let loaded = decode(lines.join("\n").as_bytes()).unwrap();
    assert_eq!(loaded.session, full_session());
    assert_eq!(loaded.integrity, Integrity::NoChecksum);
    assert_eq!(loaded.sequence, 0);
}

#[test]
fn salvage_finds_the_answers_of_a_damaged_file() {
    let mut session = full_session();
    session.description = "what the \"daemon\" does,\nin two lines\u{1b}".into();
    let text = encode(&session, 1).unwrap();
    let damaged = text.replacen("    title:", "    \u{0}\u{0} [[[", 1);
    assert!(matches!(
        decode(damaged.as_bytes()),
        Err(OpenError::Damaged(_))
    ));
    let found = salvage(damaged.as_bytes());
    let description = found
        .iter()
        .find(|one| one.field.as_deref() == Some("description"))
        .unwrap();
    assert_eq!(description.text, session.description);
}

/// The file that format 1 was released with. It opens for ever, and is never changed.
#[test]
fn the_first_released_format_opens_and_is_written_the_same() {
    let golden = include_str!("golden/format-1.ron");
    let loaded = decode(golden.as_bytes()).unwrap();
    assert_eq!(loaded.integrity, Integrity::Intact);
    assert_eq!(loaded.session.title, "Team blue");
    assert_eq!(loaded.session.brief, id("course"));
    assert_eq!(encode(&loaded.session, loaded.sequence).unwrap(), golden);
}

/// What docs/session-format.md shows is what the program writes.
#[test]
fn the_documented_example_is_a_session() {
    let page = include_str!("../../docs/session-format.md");
    let example = page
        .split("```ron\n")
        .nth(1)
        .and_then(|rest| rest.split("```").next())
        .unwrap();
    let loaded = decode(example.as_bytes()).unwrap();
    assert_eq!(loaded.integrity, Integrity::Intact);
    assert_eq!(encode(&loaded.session, loaded.sequence).unwrap(), example);
}

/// Every field that a file can hold is explained.
#[test]
fn every_field_is_documented() {
    let page = include_str!("../../docs/session-format.md");
    let mut text = text();
    text.push_str(include_str!("golden/format-1.ron"));
    let mut missing: Vec<&str> = text
        .lines()
        .filter_map(|line| line.trim_start().split_once(": "))
        .map(|(field, _)| field)
        .filter(|field| {
            field
                .chars()
                .all(|letter| letter.is_ascii_lowercase() || letter == '_')
        })
        .filter(|field| !page.contains(&format!("`{field}`")))
        .collect();
    missing.dedup();
    assert_eq!(missing, Vec::<&str>::new());
}

#[test]
fn two_sessions_that_differ_never_have_the_same_text() {
    let one: Session = full_session();
    let mut other = one.clone();
    other.working.place.cursor += 1;
    assert_ne!(encode(&one, 1).unwrap(), encode(&other, 1).unwrap());
}
