//! Whether a text that people typed shrank between two saves.
//!
//! An autosave that faithfully stores an accident is itself the loss: before text goes, the store
//! keeps the version that still has it.

use std::collections::{HashMap, HashSet};

use crate::session::place::TextField;
use crate::session::types::Session;

/// Losing fewer characters than this is typing, not loss: half of a short word taken back must not
/// push an hour's versions out of the history.
const A_WORD: usize = 8;
/// Losing more characters than this is a loss even in a long text.
const A_PARAGRAPH: usize = 200;

/// Whether going from one to the other takes more than half or more than 200 characters out of
/// any text, or a whole scan. Text that only moved, as from a draft into a threat, is not lost.
pub(super) fn is_lost(before: &Session, after: &Session) -> bool {
    let scans: HashSet<_> = after.scans.iter().map(|one| &one.id).collect();
    if before.scans.iter().any(|one| !scans.contains(&one.id)) {
        return true;
    }
    let texts = before.texts();
    is_any_lost(texts.iter().map(|(field, text)| (field, *text)), after)
}

/// The same of the texts that changed alone, given as they were before.
pub(super) fn is_any_lost<'a>(
    before: impl ExactSizeIterator<Item = (&'a TextField, &'a str)>,
    after: &Session,
) -> bool {
    // Looking a text up by its name goes through a list; many are better looked up in a table.
    const FEW: usize = 64;
    let table: Option<HashMap<TextField, &str>> =
        (before.len() > FEW).then(|| after.texts().into_iter().collect());
    let now = |field: &TextField| match &table {
        Some(table) => table.get(field).copied().unwrap_or_default(),
        None => after.text(field).unwrap_or_default(),
    };
    let shrunk: Vec<&str> = before
        // Bytes bound characters from above, which spares looking most texts up.
        .filter(|(field, old)| old.len() >= A_WORD && shrinks(old, now(field)))
        .map(|(_, old)| old.trim())
        .collect();
    if shrunk.is_empty() {
        return false;
    }
    let texts = after.texts();
    let contents: HashSet<&str> = texts.iter().map(|(_, text)| text.trim()).collect();
    shrunk.iter().any(|old| !contents.contains(old))
}

fn shrinks(old: &str, new: &str) -> bool {
    if old == new {
        return false;
    }
    let (old, new) = (old.chars().count(), new.chars().count());
    let lost = old.saturating_sub(new);
    lost >= A_WORD && (lost * 2 > old || lost > A_PARAGRAPH)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn more_than_half_or_more_than_a_paragraph_is_a_loss() {
        assert!(shrinks("twenty characters ok", "nine left"));
        assert!(!shrinks("twenty characters ok", "eleven left"));
        assert!(shrinks(&"x".repeat(1_000), &"x".repeat(799)));
        assert!(!shrinks(&"x".repeat(1_000), &"x".repeat(800)));
    }

    #[test]
    fn taking_a_short_word_back_is_typing() {
        assert!(!shrinks("forgery", ""));
        assert!(shrinks("forgeries", ""));
    }
}
