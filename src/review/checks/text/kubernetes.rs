//! Kinds, interfaces, flags and features that Kubernetes removed. A sentence that says so itself is
//! no advice to use them.

use std::sync::LazyLock;

use memchr::memmem::Finder;

use super::{Add, REMOVED};
use crate::catalog::vocabulary::{REMOVED_FROM_KUBERNETES, Removed};

/// Words of a sentence that speaks of the end of something.
const FAREWELLS: &[&str] = &[
    "removed",
    "no longer",
    "instead of",
    "replac",
    "deprecated",
    "gone",
    "takes the place",
    "migrat",
    "do not use",
    "don't use",
    "never use",
    "away from",
    "not use",
];

/// What finds each name in a text of small letters. Made once: most texts have none of them.
static NAMES: LazyLock<Vec<(Finder<'static>, &Removed)>> = LazyLock::new(|| {
    let with_finder = |removed: &'static Removed| {
        let name = removed.name.to_ascii_lowercase();
        (Finder::new(&name).into_owned(), removed)
    };
    REMOVED_FROM_KUBERNETES.iter().map(with_finder).collect()
});

pub(super) fn check(text: &str, add: &mut Add<'_>) {
    let lower = text.to_ascii_lowercase();
    let mut told: Vec<&str> = Vec::new();
    for (name, removed) in NAMES.iter() {
        let advised = name
            .find_iter(lower.as_bytes())
            .any(|at| is_whole(&lower, at, removed.name.len()) && !says_farewell(&lower, at));
        // One of several spellings is enough.
        if advised && !told.contains(&removed.instead) {
            told.push(removed.instead);
            add(&REMOVED, removed.name, message(removed));
        }
    }
}

fn message(removed: &Removed) -> String {
    let Removed {
        name,
        since,
        instead,
    } = removed;
    format!("Kubernetes has no {name} since {since}; today it is {instead}")
}

/// Whether the name stands there by itself.
fn is_whole(text: &str, at: usize, length: usize) -> bool {
    let inside = |c: Option<char>| c.is_some_and(|c| c.is_alphanumeric() || c == '-');
    let after = text[at + length..].chars().next();
    let before = text[..at].chars().next_back();
    // A flag brings its hyphens along, `apps/v1beta1` must not end `k8s.io/apps/v1beta1`.
    !inside(after) && !inside(before) && before != Some('/') && before != Some('.')
}

fn says_farewell(text: &str, at: usize) -> bool {
    let start = text[..at].rfind(". ").map_or(0, |end| end + 2);
    let end = text[at..].find(". ").map_or(text.len(), |end| at + end);
    let sentence = &text[start..end];
    FAREWELLS.iter().any(|word| sentence.contains(word))
}
