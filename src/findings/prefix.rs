//! What stands before every line of a report: the name of a service, a time, a quotation mark.

use super::grammar::{self, Line};

/// The prefix of the first line that has a word: a banner stands before it, under the same prefix.
pub fn first(text: &str) -> &str {
    const LOOKED_AT: usize = 2000;
    super::decode::lines(text)
        .take(LOOKED_AT)
        .find_map(|line| match grammar::classify(line) {
            (prefix, Line::Check { .. } | Line::Remark(..)) => Some(&line[..prefix]),
            _ => None,
        })
        .unwrap_or_default()
}

/// The line after a prefix of the same form as the one before the last word: the same characters,
/// where digits may differ, as in times.
pub fn after_same<'t>(line: &'t str, prefix: &str) -> Option<&'t str> {
    let start = line.get(..prefix.len())?;
    let same = start
        .bytes()
        .zip(prefix.bytes())
        .all(|(one, other)| one == other || (one.is_ascii_digit() && other.is_ascii_digit()));
    same.then(|| &line[prefix.len()..])
}
