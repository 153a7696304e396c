//! Step 2, the context: what helps with the cell. Attack surfaces, the words that turn up in it, and the
//! attackers that the team reckons with.

use std::collections::{BTreeSet, HashMap};

use crate::catalog::Catalog;
use crate::catalog::types::Term;
use crate::tui::app::OpenSession;
use crate::tui::theme::Meaning;
use crate::tui::widgets::rows::{Row, Target};

/// The rows of the context.
pub fn rows(open: &OpenSession, catalog: &Catalog) -> Vec<Row> {
    let cell = &open.cell;
    let mut rows = Vec::new();
    let Some(component) = catalog.component(cell.component.as_str()) else {
        return rows;
    };
    rows.push(Row::text(cell.category.plain_question(), Meaning::Text));
    rows.push(Row::text(
        format!("It is about {}.", cell.category.violated_property()),
        Meaning::Muted,
    ));
    let selected = match open.selected() {
        Some(Target::Suggestion(id)) => Some(id.clone()),
        Some(Target::Threat(id)) => open
            .editor
            .session()
            .threat(id)
            .and_then(|threat| threat.suggestion.clone()),
        _ => None,
    };
    let suggestion = selected.and_then(|id| Some(catalog.threat(id.as_str())?.1));
    rows.push(Row::blank());
    rows.push(Row::heading("Attack surfaces"));
    for surface in &component.surfaces {
        let marked = suggestion.is_some_and(|suggestion| suggestion.surface == surface.id);
        let sign = if marked { "›" } else { " " };
        rows.push(Row::text(format!("{sign} {}", surface.name), Meaning::Text));
    }
    let attackers: Vec<&str> = open
        .editor
        .session()
        .attackers
        .iter()
        .filter_map(|chosen| catalog.attacker(chosen.profile.as_str()))
        .map(|attacker| attacker.name.as_str())
        .collect();
    if !attackers.is_empty() {
        rows.push(Row::blank());
        rows.push(Row::heading("Attackers"));
        rows.extend(
            attackers
                .into_iter()
                .map(|name| Row::indented(name, Meaning::Text, 2)),
        );
    }
    let terms = terms(open, catalog);
    if !terms.is_empty() {
        rows.push(Row::blank());
        rows.push(Row::heading("Words"));
        for term in terms {
            rows.push(Row::text(term.name.clone(), Meaning::Key));
            rows.push(Row::indented(term.definition.clone(), Meaning::Muted, 2));
        }
    }
    rows
}

/// The terms that turn up in the cell's questions and suggestions, at most five.
pub fn terms<'a>(open: &OpenSession, catalog: &'a Catalog) -> Vec<&'a Term> {
    let cell = &open.cell;
    let mut text = String::new();
    for prompt in catalog.prompts(&cell.component, cell.category) {
        text.push_str(&prompt.question);
        text.push(' ');
        text.push_str(&prompt.hint);
        text.push(' ');
    }
    for suggestion in catalog.suggestions(&cell.component, cell.category) {
        text.push_str(&suggestion.title);
        text.push(' ');
    }
    let found = open.glossary.terms_in(&text.to_lowercase());
    let terms = found.iter().take(5);
    terms.filter_map(|at| catalog.glossary.get(*at)).collect()
}

/// The names of the glossary by their first word: a text is looked through once, and not once for
/// every name.
#[derive(Clone, Debug, Default)]
pub struct Glossary {
    /// By the first word: names, and the positions of their terms.
    by_word: HashMap<String, Vec<(String, usize)>>,
    /// Names that begin with something else.
    others: Vec<(String, usize)>,
}

impl Glossary {
    /// The names of a catalog's terms.
    pub fn of(catalog: &Catalog) -> Self {
        let mut glossary = Self::default();
        for (at, term) in catalog.glossary.iter().enumerate() {
            for name in std::iter::once(&term.name).chain(&term.also) {
                let name = name.to_lowercase();
                // A name with its explanation in brackets turns up by what stands before them.
                let name = name.split(" (").next().unwrap_or_default();
                let word = &name[..word_length(name)];
                let entry = (name.to_owned(), at);
                match word {
                    "" => glossary.others.push(entry),
                    word => {
                        let names = glossary.by_word.entry(word.to_owned()).or_default();
                        names.push(entry);
                    }
                }
            }
        }
        glossary
    }

    /// The positions of the terms that turn up as words of a text in small letters, or as their
    /// plural.
    fn terms_in(&self, text: &str) -> BTreeSet<usize> {
        let mut found = BTreeSet::new();
        let mut look_up = |word: &str, rest: &str| {
            for (name, term) in self.by_word.get(word).into_iter().flatten() {
                if rest.strip_prefix(name.as_str()).is_some_and(ends_a_word) {
                    found.insert(*term);
                }
            }
        };
        let mut rest = text;
        while !rest.is_empty() {
            let length = word_length(rest);
            let word = &rest[..length];
            look_up(word, rest);
            // The plural of a single word.
            for (at, _) in word.match_indices('s') {
                look_up(&word[..at], rest);
            }
            let between = rest[length..].find(char::is_alphanumeric);
            rest = &rest[between.map_or(rest.len(), |between| length + between)..];
        }
        let begins = |at: usize| {
            let before = text[..at].chars().next_back();
            !before.is_some_and(char::is_alphanumeric)
        };
        for (name, term) in &self.others {
            let mut places = text.match_indices(name.as_str());
            if places.any(|(at, _)| begins(at) && ends_a_word(&text[at + name.len()..])) {
                found.insert(*term);
            }
        }
        found
    }
}

/// How many bytes the word has with which a text begins.
fn word_length(text: &str) -> usize {
    text.find(|c: char| !c.is_alphanumeric())
        .unwrap_or(text.len())
}

/// Whether what stands before `rest` is a whole word or begins a plural.
fn ends_a_word(rest: &str) -> bool {
    let next = rest.chars().next();
    next == Some('s') || !next.is_some_and(char::is_alphanumeric)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Every name looked for in the whole text.
    fn slowly(catalog: &Catalog, text: &str) -> BTreeSet<usize> {
        let turns_up = |name: &str| {
            let name = name.to_lowercase();
            let name = name.split(" (").next().unwrap();
            text.match_indices(name).any(|(at, _)| {
                let before = text[..at].chars().next_back();
                !before.is_some_and(char::is_alphanumeric) && ends_a_word(&text[at + name.len()..])
            })
        };
        let terms = catalog.glossary.iter().enumerate();
        terms
            .filter(|(_, term)| turns_up(&term.name) || term.also.iter().any(|name| turns_up(name)))
            .map(|(at, _)| at)
            .collect()
    }

    #[test]
    fn every_term_is_found_that_a_slow_search_finds() {
        let catalog = Catalog::embedded();
        let glossary = Glossary::of(&catalog);
        let mut all = BTreeSet::new();
        for component in &catalog.components {
            for prompt in &component.prompts {
                let text = format!("{} {}", prompt.question, prompt.hint).to_lowercase();
                let found = glossary.terms_in(&text);
                assert_eq!(found, slowly(&catalog, &text), "{text}");
                all.extend(found);
            }
        }
        assert!(all.len() > 20, "only {} terms turn up", all.len());
    }
}
