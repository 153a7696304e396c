//! Keys of `daemon.json`: in pasted objects, and by name in a sentence about the daemon.

use serde_json::Value;

use super::objects::{Found, objects};
use super::{Add, JSON, UNKNOWN_KEY};
use crate::catalog::vocabulary::{DAEMON_KEYS, NESTED_DAEMON_KEYS};

/// A name in a sentence is a misspelt key only where it is this long.
const LONG: usize = 8;

pub(super) fn check(text: &str, add: &mut Add<'_>) {
    let about_daemon = text.contains("daemon.json");
    // `config.json` is the client's, with keys of its own.
    let strict = about_daemon && !text.contains("config.json");
    if text.contains('{') {
        for object in objects(text) {
            match object {
                Found::Whole(object) => match serde_json::from_str::<Value>(object) {
                    Ok(Value::Object(fields)) => {
                        keys(fields.keys().map(String::as_str), strict, add);
                    }
                    Err(error) if strict => {
                        let line = error.line();
                        add(
                            &JSON,
                            "daemon.json",
                            format!(
                                "the lines for daemon.json are not valid JSON (line {line} of them: {})",
                                reason(&error)
                            ),
                        );
                    }
                    Ok(_) | Err(_) => {}
                },
                Found::Open(_) if strict => add(
                    &JSON,
                    "daemon.json",
                    "the lines for daemon.json are not valid JSON: the closing bracket is missing"
                        .to_owned(),
                ),
                Found::Open(_) => {}
            }
        }
    }
    if about_daemon || text.contains("dockerd") {
        for word in hyphenated(text) {
            if let Some(meant) = misspelt(word) {
                unknown(word, Some(meant), add);
            }
        }
    }
}

/// What a parser says, without its place.
pub(super) fn reason(error: &serde_json::Error) -> String {
    let words = error.to_string();
    match words.rfind(" at line ") {
        Some(at) => words[..at].to_owned(),
        None => words,
    }
}

fn keys<'k>(keys: impl Iterator<Item = &'k str> + Clone, strict: bool, add: &mut Add<'_>) {
    if keys.clone().any(|key| NESTED_DAEMON_KEYS.contains(&key)) {
        return;
    }
    let known = |key: &str| DAEMON_KEYS.contains(&key);
    // Without the name of the file it may be about anything: then only slips count.
    for key in keys.filter(|key| !known(key)) {
        let near = crate::catalog::suggest::nearest(key, DAEMON_KEYS.iter().copied());
        let slip = near.filter(|near| distance(key, near) <= 2 && key.len() >= LONG);
        match (strict, near, slip) {
            (true, near, _) => unknown(key, near, add),
            (false, _, Some(near)) => unknown(key, Some(near), add),
            (false, ..) => {}
        }
    }
}

fn unknown(key: &str, meant: Option<&str>, add: &mut Add<'_>) {
    let question = meant.map_or_else(String::new, |meant| format!("; did you mean {meant}?"));
    add(
        &UNKNOWN_KEY,
        key,
        format!("dockerd knows no key {key} in daemon.json{question}"),
    );
}

/// Names such as `no-new-privileges` in a text; flags and what stands in quotes are none.
fn hyphenated(text: &str) -> impl Iterator<Item = &str> {
    let is_part = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '-';
    text.split(move |c: char| !is_part(c))
        .filter(|word| !word.starts_with('-') && word.trim_end_matches('-').contains('-'))
}

/// The key that a name in a sentence was meant to be. A plural or a shorter form is none.
fn misspelt(word: &str) -> Option<&'static str> {
    if word.len() < LONG || DAEMON_KEYS.contains(&word) {
        return None;
    }
    let singular = |word: &str| word.strip_suffix("ies").map(|one| format!("{one}y"));
    DAEMON_KEYS.iter().copied().find(|key| {
        key.contains('-')
            && !word.starts_with(key)
            && !key.starts_with(word)
            && singular(key).is_none_or(|one| one != word)
            && distance(word, key) <= 2
    })
}

fn distance(one: &str, other: &str) -> usize {
    if one.len().abs_diff(other.len()) > 2 {
        return usize::MAX;
    }
    strsim::osa_distance(one, other)
}
