//! What a title says, whatever its small words, endings and slips of the fingers: so that two
//! wordings of one thing are recognised.
//!
//! Words alone, no meaning: two titles with the same words are taken for the same, and nothing else.

/// Words that say nothing about which threat it is.
const FILLERS: &[&str] = &[
    "a", "an", "and", "are", "as", "at", "attacker", "be", "been", "by", "can", "could", "for",
    "from", "has", "have", "in", "into", "is", "it", "its", "may", "might", "of", "on", "or",
    "our", "over", "someone", "somebody", "some", "that", "the", "their", "there", "this",
    "through", "to", "via", "was", "which", "who", "with", "your",
];

/// Words that turn a statement into its opposite.
const NEGATIONS: &[&str] = &["no", "not", "never", "without", "unable", "cannot"];

/// From so many letters on, one letter may differ.
const FORGIVING_FROM: usize = 6;

/// The words of a title that matter, without their endings: in order, each once.
#[derive(Clone, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Words(Vec<String>);

impl Words {
    /// Of a title.
    pub fn of(title: &str) -> Self {
        let lower = title.to_lowercase();
        let words = lower
            .split(|c: char| !c.is_alphanumeric())
            .filter(|word| !word.is_empty() && !FILLERS.contains(word));
        let mut words: Vec<String> = words.map(stem).collect();
        words.sort_unstable();
        words.dedup();
        Self(words)
    }

    fn has(&self, word: &str) -> bool {
        self.0
            .binary_search_by(|one| one.as_str().cmp(word))
            .is_ok()
    }

    /// Whether nothing is left to compare.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// Whether at least half of the words of the shorter one are the same to the letter: a quick look
    /// before the comparison that forgives.
    pub fn overlaps(&self, other: &Self) -> bool {
        let same = self.0.iter().filter(|word| other.has(word)).count();
        2 * same >= self.0.len().min(other.0.len())
    }

    /// How many words both have, a slip of the fingers forgiven.
    pub fn shared(&self, other: &Self) -> usize {
        let has = |word: &&String| other.has(word) || other.0.iter().any(|one| is_slip(word, one));
        self.0.iter().filter(has).count()
    }

    /// From 0, nothing in common, to 100, the same words.
    pub fn likeness(&self, other: &Self) -> usize {
        let all = self.0.len() + other.0.len();
        // A word may be near to two of the other side.
        let shared = self.shared(other).min(other.shared(self));
        (200 * shared).checked_div(all).unwrap_or(0)
    }

    /// Whether the one says no where the other does not.
    pub fn contradicts(&self, other: &Self) -> bool {
        let negated = |words: &Self| NEGATIONS.iter().any(|one| words.has(one));
        negated(self) != negated(other)
    }
}

/// A word without the endings of plural and tense. Not a word any more, only good to compare.
fn stem(word: &str) -> String {
    let mut stem = word;
    if let Some(rest) = word.strip_suffix("ies").filter(|rest| rest.len() > 2) {
        return format!("{rest}y");
    }
    if stem.len() > 3 && !["ss", "us", "is"].iter().any(|end| stem.ends_with(end)) {
        stem = stem.strip_suffix('s').unwrap_or(stem);
    }
    for ending in ["ing", "ed"] {
        if let Some(rest) = stem.strip_suffix(ending).filter(|rest| rest.len() > 3) {
            stem = rest;
            break;
        }
    }
    let stem = match stem.strip_suffix('e') {
        Some(rest) if rest.len() > 3 => rest,
        _ => stem,
    };
    stem.to_owned()
}

/// One letter more, less, other or swapped. Numbers and short words are never a slip of another.
fn is_slip(one: &str, other: &str) -> bool {
    let long = |word: &str| word.len() >= FORGIVING_FROM && word.chars().all(char::is_alphabetic);
    long(one)
        && long(other)
        && one.len().abs_diff(other.len()) <= 1
        && strsim::osa_distance(one, other) <= 1
}

#[cfg(test)]
mod tests {
    use super::*;

    fn likeness(one: &str, other: &str) -> usize {
        Words::of(one).likeness(&Words::of(other))
    }

    #[test]
    fn small_words_endings_and_slips_do_not_count() {
        for (one, other) in [
            (
                "Docker socket mounted in a container",
                "The Docker sockets is mounted into containers",
            ),
            ("Unauthorized access", "unauthorised accesses"),
            ("Registry credentials stolen", "stolen registry credentials"),
            ("Images shared", "share an image"),
        ] {
            assert_eq!(likeness(one, other), 100, "{one} / {other}");
        }
    }

    #[test]
    fn other_words_and_other_numbers_are_other_titles() {
        assert_eq!(likeness("Threat 1", "Threat 2"), 50);
        assert_eq!(likeness("T1", "T2"), 0);
        assert_eq!(likeness("Socket mounted", "Secrets in an image"), 0);
        assert_eq!(likeness("", ""), 0);
    }

    #[test]
    fn a_no_on_one_side_is_a_contradiction() {
        let contradicts = |one, other| Words::of(one).contradicts(&Words::of(other));
        assert!(contradicts("Traffic without TLS", "Traffic with TLS"));
        assert!(!contradicts("Traffic without TLS", "No TLS"));
    }
}
