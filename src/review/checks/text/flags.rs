//! Flags that are nearly one that exists, such as `--privilege` for `--privileged`.

use super::{Add, FLAG};
use crate::catalog::vocabulary::{FLAGS, REMOVED_FROM_KUBERNETES};

/// Shorter flags are too much alike.
const SHORTEST: usize = 6;

/// From so many letters on, two may differ.
const LONG: usize = 12;

pub(super) fn check(text: &str, add: &mut Add<'_>) {
    for flag in flags(text) {
        if let Some(meant) = misspelt(flag) {
            add(
                &FLAG,
                &format!("--{flag}"),
                format!("the flag --{flag} does not exist; did you mean --{meant}?"),
            );
        }
    }
}

/// The long flags of a text, without their hyphens.
fn flags(text: &str) -> impl Iterator<Item = &str> {
    text.match_indices("--").filter_map(move |(at, _)| {
        let before = text[..at].chars().next_back();
        if before.is_some_and(|c| c.is_alphanumeric() || c == '-') {
            return None;
        }
        let rest = &text[at + 2..];
        let is_part = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '-';
        let end = rest.find(|c| !is_part(c)).unwrap_or(rest.len());
        let flag = rest[..end].trim_end_matches('-');
        let next = rest[end..].chars().next();
        // `--authorization_mode` and `--feature.gates` belong to other tools.
        let goes_on = next.is_some_and(|c| c == '_' || c.is_alphanumeric());
        (!goes_on && flag.starts_with(|c: char| c.is_ascii_lowercase())).then_some(flag)
    })
}

fn misspelt(flag: &str) -> Option<&'static str> {
    if flag.len() < SHORTEST || FLAGS.contains(&flag) {
        return None;
    }
    let gone = |one: &&str| one.strip_prefix("--") == Some(flag);
    if REMOVED_FROM_KUBERNETES
        .iter()
        .map(|one| one.name)
        .any(|one| gone(&one))
    {
        return None;
    }
    let allowed = if flag.len() < LONG { 1 } else { 2 };
    FLAGS
        .iter()
        .copied()
        .filter(|known| known.len().abs_diff(flag.len()) <= allowed)
        .map(|known| (strsim::osa_distance(flag, known), known))
        .filter(|(distance, _)| *distance <= allowed)
        .min()
        .map(|(_, known)| known)
}
