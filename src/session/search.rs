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
            .map(|(field, text)| (field, fold(text)))
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

/// The texts of a session that is not open, ready to be searched.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct KeptTexts {
    /// The name by which the session is opened.
    pub name: String,
    /// Its title.
    pub title: String,
    /// Field, text, and the text made ready.
    texts: Vec<(TextField, String, String)>,
}

impl KeptTexts {
    /// The texts of a session; empty ones are left out.
    pub fn of(name: String, session: &Session) -> Self {
        let texts = session
            .texts()
            .into_iter()
            .filter(|(field, text)| !text.trim().is_empty() && *field != TextField::Title)
            .map(|(field, text)| (field, text.to_owned(), fold(text)))
            .collect();
        Self {
            name,
            title: session.title.clone(),
            texts,
        }
    }

    /// How many bytes of text it holds.
    pub fn bytes(&self) -> usize {
        self.texts.iter().map(|(_, text, _)| text.len()).sum()
    }

    /// One of its texts.
    pub fn text(&self, field: &TextField) -> Option<&str> {
        let found = self.texts.iter().find(|(one, ..)| one == field);
        found.map(|(_, text, _)| text.as_str())
    }

    /// The texts that hold every word of a folded query, in the order of the session.
    pub fn search<'a>(
        &'a self,
        query: &'a Query<'_>,
    ) -> impl Iterator<Item = (&'a TextField, &'a str)> {
        self.texts
            .iter()
            .filter(|(_, _, folded)| query.is_in(folded))
            .map(|(field, text, _)| (field, text.as_str()))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::catalog::types::Id;

    #[test]
    fn texts_of_a_session_that_is_not_open_are_found_without_its_title() {
        let now = "2026-11-21T10:00:00Z".parse().unwrap();
        let mut session = Session::new("Racks", Id::new("course").unwrap(), Vec::new(), now);
        session.description = "Four build hosts on one Rack".to_owned();
        let kept = KeptTexts::of("racks".to_owned(), &session);
        let query = fold("rack");
        let query = Query::of(&query);
        let found: Vec<_> = kept.search(&query).collect();
        assert_eq!(
            found,
            [(&TextField::Description, "Four build hosts on one Rack")]
        );
        assert_eq!(kept.bytes(), 28);
    }

    #[test]
    fn every_word_has_to_begin_a_word_of_the_text() {
        let now = "2026-11-21T10:00:00Z".parse().unwrap();
        let mut session = Session::new("Team Grün", Id::new("course").unwrap(), Vec::new(), now);
        session.description = "Four build hosts on one rack".to_owned();
        let index = SessionIndex::new(&session);
        assert_eq!(index.search("grun", 9), [&TextField::Title]);
        assert_eq!(index.search("RACK buil", 9), [&TextField::Description]);
        assert!(index.search("uild", 9).is_empty());
        assert!(index.search("rack team", 9).is_empty());
        assert!(index.search("  ", 9).is_empty());
    }
}
