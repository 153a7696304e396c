//! Which threats of several sessions are about the same thing: the same threat of the catalog, or
//! nearly the same title in the same cell.

use std::collections::HashMap;

use unicode_normalization::UnicodeNormalization as _;

use crate::catalog::types::Id;
use crate::session::types::Threat;
use crate::stride::Category;

/// From so many threats in a cell on, only equal titles are the same: comparing each with each would
/// take too long.
const MANY: usize = 400;

/// How alike two titles must be: of 1, where 1 is equal.
const ALIKE: f64 = 0.84;

/// How many of the words of two titles must be in both: three of four.
const SHARED_WORDS: (usize, usize) = (3, 4);

/// A number for each threat: those about the same thing have the same one. Numbers begin at 0 and
/// follow the first appearance. Whether two belong together does not depend on the order.
pub(super) fn groups(threats: &[&Threat]) -> Vec<usize> {
    let mut sets = Sets::new(threats.len());
    let mut cells: HashMap<(&Id, Category), Vec<usize>> = HashMap::new();
    for (at, threat) in threats.iter().enumerate() {
        let cell = (&threat.component, threat.category);
        cells.entry(cell).or_default().push(at);
    }
    let words: Vec<String> = threats.iter().map(|one| plain(one.title.raw())).collect();
    for cell in cells.values() {
        let mut suggestions: HashMap<&Id, usize> = HashMap::new();
        let mut titles: HashMap<&str, usize> = HashMap::new();
        for at in cell {
            if let Some(suggestion) = &threats[*at].suggestion {
                sets.join(*suggestions.entry(suggestion).or_insert(*at), *at);
            }
            if !words[*at].is_empty() {
                sets.join(*titles.entry(&words[*at]).or_insert(*at), *at);
            }
        }
        let different: Vec<usize> = titles.into_values().collect();
        if different.len() > MANY {
            continue;
        }
        for (position, one) in different.iter().enumerate() {
            for other in &different[position + 1..] {
                let both = (&threats[*one].suggestion, &threats[*other].suggestion);
                // The catalog knows better than their titles whether two of its threats are one.
                if !matches!(both, (Some(_), Some(_))) && is_near(&words[*one], &words[*other]) {
                    sets.join(*one, *other);
                }
            }
        }
    }
    let mut numbers: HashMap<usize, usize> = HashMap::new();
    (0..threats.len())
        .map(|at| {
            let next = numbers.len();
            *numbers.entry(sets.root(at)).or_insert(next)
        })
        .collect()
}

/// A text as plain words: no capitals, accents or punctuation.
pub(super) fn plain(text: &str) -> String {
    let letters: String = text
        .nfd()
        .filter(|c| !unicode_normalization::char::is_combining_mark(*c))
        .map(|c| if c.is_alphanumeric() { c } else { ' ' })
        .collect();
    let lower = letters.to_lowercase();
    // `Docker's` is `Docker`.
    let words: Vec<&str> = lower
        .split_whitespace()
        .filter(|word| *word != "s")
        .collect();
    words.join(" ")
}

/// Whether two titles in plain words say nearly the same.
fn is_near(one: &str, other: &str) -> bool {
    let (short, long) = if one.len() < other.len() {
        (one, other)
    } else {
        (other, one)
    };
    // Far apart in length is far apart; the comparison itself is the slow part.
    if short.len() * 2 < long.len() {
        return false;
    }
    let words = |text: &str| text.split(' ').map(str::to_owned).collect::<Vec<String>>();
    let (one_words, other_words) = (words(one), words(other));
    let shared = one_words
        .iter()
        .filter(|word| other_words.contains(word))
        .count();
    let all = one_words.len() + other_words.len() - shared;
    (shared > 2 && shared * SHARED_WORDS.1 >= all * SHARED_WORDS.0)
        || strsim::normalized_levenshtein(one, other) >= ALIKE
}

/// Sets that grow together.
struct Sets {
    above: Vec<usize>,
}

impl Sets {
    fn new(count: usize) -> Self {
        Self {
            above: (0..count).collect(),
        }
    }

    fn root(&mut self, mut at: usize) -> usize {
        while self.above[at] != at {
            self.above[at] = self.above[self.above[at]];
            at = self.above[at];
        }
        at
    }

    fn join(&mut self, one: usize, other: usize) {
        let (one, other) = (self.root(one), self.root(other));
        let (first, last) = (one.min(other), one.max(other));
        self.above[last] = first;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn titles_that_say_the_same_are_near() {
        for (one, other) in [
            (
                "Build agents mount the Docker socket",
                "Build agents mount Docker's socket",
            ),
            ("Anyone may push latest", "Anybody may push :latest"),
            ("Größe des Logs", "Grosse des Logs"),
        ] {
            assert!(is_near(&plain(one), &plain(other)), "{one} / {other}");
        }
        for (one, other) in [
            ("Logs are lost", "Keys are lost"),
            ("Container runs as root", "Container reads the host's disk"),
            ("etcd", "etcd is reachable from every node of the cluster"),
        ] {
            assert!(!is_near(&plain(one), &plain(other)), "{one} / {other}");
        }
    }
}
