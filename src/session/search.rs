//! Search over everything that a team typed.
//!
//! Words are found as in the catalog's search: every word of the query begins a word of the text,
//! without regard to case and accents. Not for the catalog itself: see [`crate::catalog::search`].

use super::place::TextField;
use super::types::Session;
use crate::catalog::search::{Query, fold};

/// The texts of a session, made ready to be searched while the query is typed.
#[derive(Clone, Debug, Default)]
pub struct SessionIndex {
    entries: Vec<(TextField, String)>,
}

impl SessionIndex {
    /// Makes the texts ready; empty ones are left out.
    pub fn new(session: &Session) -> Self {
        let entries = session
            .texts()
            .into_iter()
            .filter(|(_, text)| !text.trim().is_empty())
            .map(|(field, text)| (field, fold(text.raw())))
            .collect();
        Self { entries }
    }

    /// The fields whose text holds every word of the query, in the order of the session, at most
    /// `limit`. None for an empty query.
    pub fn search(&self, query: &str, limit: usize) -> Vec<&TextField> {
        let folded = fold(query);
        let query = Query::of(&folded);
        if query.is_empty() {
            return Vec::new();
        }
        self.entries
            .iter()
            .filter(|(_, text)| query.is_in(text))
            .map(|(field, _)| field)
            .take(limit)
            .collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::catalog::types::Id;

    #[test]
    fn every_word_has_to_begin_a_word_of_the_text() {
        let now = "2026-11-21T10:00:00Z".parse().unwrap();
        let mut session = Session::new("Team Grün", Id::new("course").unwrap(), Vec::new(), now);
        session.description = "Four build hosts on one rack".into();
        let index = SessionIndex::new(&session);
        assert_eq!(index.search("grun", 9), [&TextField::Title]);
        assert_eq!(index.search("RACK buil", 9), [&TextField::Description]);
        assert!(index.search("uild", 9).is_empty());
        assert!(index.search("rack team", 9).is_empty());
        assert!(index.search("  ", 9).is_empty());
    }
}
