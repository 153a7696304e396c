//! A group's threats of a cell beside what the catalog has for it: what both have, what only the
//! group has, what it looked at and left, and what it did not consider.
//!
//! There is no single right answer. This says what is there and what is not, and judges nothing.

use super::words::Words;
use crate::catalog::Catalog;
use crate::catalog::types::CatalogThreat;
use crate::session::place::CellKey;
use crate::session::types::{LeftSuggestion, Session, Threat};

/// Words in common, in percent, from which a threat of the group's own wording is taken for one of the catalog.
const ALIKE: usize = 60;

/// So many words must be common.
const AT_LEAST: usize = 2;

/// The two sides of a cell.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Comparison<'a> {
    /// What a good group would say, in sentences.
    pub samples: Vec<&'a str>,
    /// The group's threat, and the catalog's that says the same.
    pub both: Vec<(&'a Threat, &'a CatalogThreat)>,
    /// What only the group has.
    pub only_ours: Vec<&'a Threat>,
    /// What the group looked at and left.
    pub left: Vec<(&'a CatalogThreat, &'a LeftSuggestion)>,
    /// What the group did not consider; what the sample answer is about comes first.
    pub missed: Vec<Missed<'a>>,
}

/// A threat that the group did not consider.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Missed<'a> {
    /// The catalog's threat.
    pub threat: &'a CatalogThreat,
    /// The sample answer is about it.
    pub in_sample: bool,
}

/// Compares a cell.
pub fn compare<'a>(session: &'a Session, catalog: &'a Catalog, cell: &CellKey) -> Comparison<'a> {
    let of_cell = |one: &&Threat| one.category == cell.category && one.component == cell.component;
    let ours: Vec<&Threat> = session.threats.iter().filter(of_cell).collect();
    let theirs: Vec<&CatalogThreat> = catalog
        .suggestions(&cell.component, cell.category)
        .collect();
    let samples = || {
        let component = catalog.component(cell.component.as_str());
        let samples = component.into_iter().flat_map(|one| &one.samples);
        samples.filter(|one| one.category == cell.category)
    };
    let pairs = pairs(&ours, &theirs);
    let only_ours = ours
        .iter()
        .filter(|one| !pairs.iter().any(|(threat, _)| threat.id == one.id));
    let record = session.cell(&cell.component, cell.category);
    let mut left = Vec::new();
    let mut missed = Vec::new();
    for threat in theirs {
        if pairs.iter().any(|(_, one)| one.id == threat.id) {
            continue;
        }
        let decision = record.and_then(|record| {
            let mut left = record.left.iter();
            left.find(|one| one.suggestion == threat.id)
        });
        match decision {
            Some(decision) => left.push((threat, decision)),
            None => missed.push(Missed {
                threat,
                in_sample: samples().any(|sample| sample.threats.contains(&threat.id)),
            }),
        }
    }
    missed.sort_by_key(|one| !one.in_sample);
    Comparison {
        samples: samples().map(|sample| sample.answer.as_str()).collect(),
        only_ours: only_ours.copied().collect(),
        both: pairs,
        left,
        missed,
    }
}

/// Which of the group's threats is which of the catalog's: taken from it, or else nearly the same
/// words, the best pairs first and each threat in one pair.
fn pairs<'a>(
    ours: &[&'a Threat],
    theirs: &[&'a CatalogThreat],
) -> Vec<(&'a Threat, &'a CatalogThreat)> {
    let mut chosen: Vec<Option<usize>> = ours
        .iter()
        .map(|one| {
            let taken = one.suggestion.as_ref()?;
            theirs.iter().position(|threat| threat.id == *taken)
        })
        .collect();
    let words = |title: &str| Words::of(title);
    let their_words: Vec<Words> = theirs.iter().map(|one| words(&one.title)).collect();
    let mut likely: Vec<(usize, usize, usize)> = Vec::new();
    for (our, threat) in ours.iter().enumerate() {
        if chosen[our].is_some() {
            continue;
        }
        let own = words(threat.title.raw());
        for (their, other) in their_words.iter().enumerate() {
            let likeness = own.likeness(other);
            let near = likeness >= ALIKE && own.shared(other) >= AT_LEAST;
            if near && !own.contradicts(other) {
                likely.push((likeness, our, their));
            }
        }
    }
    likely.sort_by_key(|(likeness, our, their)| (std::cmp::Reverse(*likeness), *our, *their));
    for (_, our, their) in likely {
        if chosen[our].is_none() && !chosen.contains(&Some(their)) {
            chosen[our] = Some(their);
        }
    }
    let pair = |(our, their): (usize, Option<usize>)| Some((ours[our], theirs[their?]));
    chosen.into_iter().enumerate().filter_map(pair).collect()
}

#[cfg(test)]
mod tests;
