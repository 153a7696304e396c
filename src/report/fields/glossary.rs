//! The terms that a write-up uses, for a reader who was not in the room.
//!
//! A term is found by its names as whole words of ASCII letters, in the singular or the plural, and of
//! several names at one place the longest counts. The names are kept by their first word, so that a
//! text is looked through once and not once for every name.

use std::collections::{BTreeMap, HashMap};

use minijinja::Value;

use crate::catalog::Catalog;
use crate::catalog::types::{Id, Term, Text};
use crate::encode::ForeignText;
use crate::report::source::Source;
use crate::report::template::{Record, list};
use crate::session::types::Session;

/// The terms that occur in the team's words, by name.
pub fn glossary(source: &Source<'_>) -> Value {
    let names = Names::of(source.catalog);
    let mut used: BTreeMap<&Id, &Term> = BTreeMap::new();
    for text in texts(source.session) {
        names.in_text(text, |term| {
            used.insert(&term.id, term);
        });
    }
    let mut terms: Vec<&Term> = used.into_values().collect();
    terms.sort_by_cached_key(|term| term.name.to_lowercase());
    list(terms.into_iter().map(|term| {
        Record::default()
            .with("name", term.name.as_str())
            .with("definition", term.definition.trim())
    }))
}

/// The names of terms in small letters.
struct Names<'a> {
    /// By their first word, the longest first.
    by_word: HashMap<String, Vec<(String, &'a Term)>>,
    /// How long the first words are that begin with two letters, a bit for each length: most words of
    /// a text are passed over by it.
    lengths: Box<[u64; 1024]>,
    /// Names that begin with another sign, the longest first.
    others: Vec<(String, &'a Term)>,
    /// The signs that those begin with.
    signs: Box<[bool; 256]>,
}

impl<'a> Names<'a> {
    fn of(catalog: &'a Catalog) -> Self {
        let mut names: HashMap<String, &Term> = HashMap::new();
        for term in &catalog.glossary {
            // `Namespace (Linux)` is written without what stands in brackets.
            let name = term.name.split(" (").next().unwrap_or_default();
            for name in term
                .also
                .iter()
                .map(Text::as_str)
                .chain([name, term.name.as_str()])
            {
                if name.is_ascii() && name.len() > 1 {
                    names.entry(name.to_ascii_lowercase()).or_insert(term);
                }
            }
        }
        let mut sorted = Self {
            by_word: HashMap::new(),
            lengths: Box::new([0; 1024]),
            others: Vec::new(),
            signs: Box::new([false; 256]),
        };
        for (name, term) in names {
            match &name[..word_length(name.as_bytes())] {
                "" => {
                    sorted.signs[usize::from(name.as_bytes()[0])] = true;
                    sorted.others.push((name, term));
                }
                word => {
                    sorted.lengths[beginning(word.as_bytes())] |= length_bit(word.len());
                    let with_word = sorted.by_word.entry(word.to_owned()).or_default();
                    with_word.push((name, term));
                }
            }
        }
        for list in sorted.by_word.values_mut().chain([&mut sorted.others]) {
            list.sort_by_key(|(name, _)| std::cmp::Reverse(name.len()));
        }
        sorted
    }

    /// Says each term that stands in a text.
    fn in_text(&self, text: &str, mut found: impl FnMut(&'a Term)) {
        let text = text.as_bytes();
        let mut at = 0;
        while at < text.len() {
            let length = word_length(&text[at..]);
            let here = match length {
                0 if !self.signs[usize::from(text[at])] || !is_border(text, at) => None,
                0 => longest(&self.others, text, at),
                _ => self.at_word(text, at, &text[at..at + length]),
            };
            if let Some(place) = here {
                found(place.term);
                at = place.end;
            } else {
                at += length.max(1);
            }
        }
    }

    /// The longest name where this word begins.
    fn at_word(&self, text: &[u8], at: usize, word: &[u8]) -> Option<Place<'a>> {
        let shortest = word.len().saturating_sub(2);
        // As it stands there, or as one of the two plurals of a single word.
        let found = (shortest..=word.len()).rev().filter_map(|length| {
            let word = &word[..length];
            if self.lengths[beginning(word)] & length_bit(length) == 0 {
                return None;
            }
            let word = str::from_utf8(word).ok()?;
            let names = self.by_word.get(word.to_ascii_lowercase().as_str())?;
            longest(names, text, at)
        });
        found.max_by_key(|place| place.length)
    }
}

/// The place of the first two signs of a word, whatever their case: other words may have the same.
fn beginning(word: &[u8]) -> usize {
    let sign = |at: usize| usize::from(word.get(at).copied().unwrap_or_default() & 31);
    sign(0) * 32 + sign(1)
}

const fn length_bit(length: usize) -> u64 {
    1 << if length < 63 { length } else { 63 }
}

/// A name in a text.
struct Place<'a> {
    /// How long the name is, without an ending.
    length: usize,
    /// Where its place ends, with the ending.
    end: usize,
    term: &'a Term,
}

/// The first of these names that stands here.
fn longest<'a>(names: &[(String, &'a Term)], text: &[u8], at: usize) -> Option<Place<'a>> {
    names.iter().find_map(|(name, term)| {
        let end = end_of(name, text, at)?;
        Some(Place {
            length: name.len(),
            end,
            term,
        })
    })
}

/// Where a name or its plural ends that stands here as a whole word.
fn end_of(name: &str, text: &[u8], at: usize) -> Option<usize> {
    let end = at + name.len();
    let here = text.get(at..end)?;
    if !here.eq_ignore_ascii_case(name.as_bytes()) {
        return None;
    }
    ["es", "s", ""].into_iter().find_map(|plural| {
        let whole = end + plural.len();
        let is_plural = text
            .get(end..whole)?
            .eq_ignore_ascii_case(plural.as_bytes());
        (is_plural && is_border(text, whole)).then_some(whole)
    })
}

const fn is_of_word(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() || byte == b'_'
}

/// How many bytes the word has with which a text begins.
fn word_length(text: &[u8]) -> usize {
    let end = text.iter().position(|byte| !is_of_word(*byte));
    end.unwrap_or(text.len())
}

/// Whether a word begins or ends here.
fn is_border(text: &[u8], at: usize) -> bool {
    let before = at.checked_sub(1).is_some_and(|at| is_of_word(text[at]));
    let behind = text.get(at).is_some_and(|byte| is_of_word(*byte));
    before != behind
}

/// What the team wrote in sentences.
fn texts(session: &Session) -> impl Iterator<Item = &str> {
    let threats = session.threats.iter().flat_map(|one| {
        [
            &one.title,
            &one.what_goes_wrong,
            &one.preconditions,
            &one.consequences,
            &one.response_reason,
        ]
    });
    let mitigations = session
        .mitigations
        .iter()
        .flat_map(|one| [&one.what, &one.verify]);
    let findings = session
        .hardenings
        .iter()
        .flat_map(|one| [&one.title, &one.issue, &one.why_here, &one.remediation]);
    let assumptions = session.assumptions.iter().map(|one| &one.text);
    threats
        .chain(mitigations)
        .chain(findings)
        .chain(assumptions)
        .chain([&session.description])
        .map(ForeignText::raw)
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use proptest::prelude::*;
    use regex::bytes::Regex;

    use super::*;

    /// The names that stand in a text, found by a pattern of all of them.
    fn slowly(names: &Names<'_>, text: &str) -> Vec<String> {
        let lists = names.by_word.values().chain([&names.others]);
        let mut all: Vec<&str> = lists.flatten().map(|(name, _)| name.as_str()).collect();
        all.sort_by_key(|name| std::cmp::Reverse(name.len()));
        let escaped: Vec<String> = all.iter().map(|name| regex::escape(name)).collect();
        let pattern = format!(r"(?i-u)\b({})(?:es|s)?\b", escaped.join("|"));
        let pattern = Regex::new(&pattern).unwrap();
        let places = pattern.captures_iter(text.as_bytes());
        places
            .map(|place| String::from_utf8_lossy(&place[1]).to_ascii_lowercase())
            .collect()
    }

    /// The same by the index.
    fn quickly(names: &Names<'_>, text: &str) -> Vec<Id> {
        let mut found = Vec::new();
        names.in_text(text, |term| found.push(term.id.clone()));
        found
    }

    fn agree(catalog: &Catalog, text: &str) -> Vec<Id> {
        let names = Names::of(catalog);
        let lists = names.by_word.values().chain([&names.others]);
        let terms: HashMap<&str, &Id> = lists
            .flatten()
            .map(|(name, term)| (name.as_str(), &term.id))
            .collect();
        let expected: Vec<Id> = slowly(&names, text)
            .iter()
            .map(|name| terms[name.as_str()].clone())
            .collect();
        assert_eq!(quickly(&names, text), expected, "{text:?}");
        expected
    }

    fn catalog(names: &[&str]) -> Catalog {
        let terms = names.iter().enumerate().map(|(at, name)| Term {
            id: Id::new(format!("term-{at}")).unwrap(),
            name: (*name).into(),
            definition: "".into(),
            also: Vec::new(),
            surfaces: Vec::new(),
        });
        let mut catalog = Catalog::default();
        catalog.glossary = terms.collect();
        catalog
    }

    #[test]
    fn every_term_is_found_that_a_pattern_of_all_names_finds() {
        let catalog = Catalog::embedded();
        let mut all = BTreeSet::new();
        for component in &catalog.components {
            let prompts = component.prompts.iter().map(|one| &one.question);
            let threats = component.threats.iter().map(|one| &one.what_goes_wrong);
            let texts: Vec<&str> = prompts.chain(threats).map(Text::as_str).collect();
            all.extend(agree(&catalog, &texts.join("\n")));
        }
        assert!(all.len() > 20, "only {} terms turn up", all.len());
    }

    proptest! {
        #[test]
        fn plurals_borders_and_the_longest_name_are_those_of_the_pattern(
            text in "(a|b|s|es|A|B|ab|aes| |-|_|é|\\.|ss){0,24}",
        ) {
            let catalog = catalog(&["ab", "ab-b", "aes", "bs", "a b", "-b", "ss", "abs", ".a", "b."]);
            agree(&catalog, &text);
        }
    }
}
