//! Whether a text that people typed shrank between two saves.
//!
//! An autosave that faithfully stores an accident is itself the loss: before text goes, the store
//! keeps the version that still has it.

use std::collections::{HashMap, HashSet};

use crate::encode::{Foreign, ForeignText};
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
    let after = after.texts();
    let contents: HashSet<Foreign<'_>> = after.iter().map(|(_, text)| text.trim()).collect();
    let after: HashMap<TextField, &ForeignText> = after.into_iter().collect();
    before.texts().into_iter().any(|(field, old)| {
        let new = after.get(&field).copied().unwrap_or_default();
        // Bytes bound characters from above, which spares counting most texts.
        old != new
            && old.len() >= A_WORD
            && shrinks(old.raw(), new.raw())
            && !contents.contains(&old.trim())
    })
}

fn shrinks(old: &str, new: &str) -> bool {
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
