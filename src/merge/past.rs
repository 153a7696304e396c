//! The earlier versions of a session beside the present one: the earlier texts of one field, what
//! changed since each version, and what was removed since.
//!
//! Not for reading versions (the store does) and not for bringing anything back: texts and entries
//! come back by an edit, whole versions by the store.

use std::collections::{HashMap, HashSet};

use jiff::Timestamp;

use super::Difference;
use crate::session::place::TextField;
use crate::session::removed::Removed;
use crate::session::types::Session;

/// A version that is kept.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Version {
    /// Its number, as `astride restore` takes it.
    pub number: String,
    /// When it was saved.
    pub saved: Timestamp,
}

/// Everything that earlier versions hold and the present does not.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Past {
    /// How many versions are kept.
    pub kept: usize,
    /// The field whose texts were looked for.
    pub field: Option<TextField>,
    /// What it says now; empty where it is not there.
    pub now: String,
    /// Its earlier texts, newest first; the same text again is not listed.
    pub texts: Vec<EarlierText>,
    /// The versions, newest first; one without a difference to its neighbour is not listed.
    pub versions: Vec<EarlierVersion>,
    /// What was removed, as the newest version has it that has it.
    pub removed: Vec<RemovedEntry>,
}

/// An earlier text of a field.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct EarlierText {
    /// The newest version that has it.
    pub version: Version,
    /// The text.
    pub text: String,
    /// What it would bring and take, put back now.
    pub change: WordChange,
}

/// An earlier version of the whole session.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct EarlierVersion {
    /// Which.
    pub version: Version,
    /// What changed from it to the present, or why it does not open.
    pub since: Result<Box<Difference>, String>,
}

/// Something that was removed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RemovedEntry {
    /// The newest version that has it.
    pub version: Version,
    /// What it is.
    pub entry: Removed,
}

/// How many words a text has more and fewer than another.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct WordChange {
    /// Words that only the second has.
    pub added: usize,
    /// Words that only the first has.
    pub removed: usize,
}

impl WordChange {
    /// Compares two texts word by word, whatever their order.
    pub fn between(before: &str, after: &str) -> Self {
        let mut counts: HashMap<&str, isize> = HashMap::new();
        for word in after.split_whitespace() {
            *counts.entry(word).or_default() += 1;
        }
        for word in before.split_whitespace() {
            *counts.entry(word).or_default() -= 1;
        }
        let more = counts.values().filter(|count| **count > 0);
        let fewer = counts.values().filter(|count| **count < 0);
        Self {
            added: more.map(|count| count.unsigned_abs()).sum(),
            removed: fewer.map(|count| count.unsigned_abs()).sum(),
        }
    }

    /// Such as `+212 −3 words`.
    pub fn words(self) -> String {
        let unit = if self.added + self.removed == 1 {
            "word"
        } else {
            "words"
        };
        match (self.added, self.removed) {
            (0, 0) => "the same words, set differently".to_owned(),
            (added, 0) => format!("+{added} {unit}"),
            (0, removed) => format!("−{removed} {unit}"),
            (added, removed) => format!("+{added} −{removed} {unit}"),
        }
    }
}

impl Past {
    /// Goes through the versions, newest first. They are taken one at a time, so that no more than
    /// one has to be in memory.
    pub fn of(
        present: &Session,
        field: Option<TextField>,
        versions: impl IntoIterator<Item = (Version, Result<Session, String>)>,
    ) -> Self {
        let now = field.as_ref().and_then(|field| present.text(field));
        let now = now.unwrap_or_default().to_owned();
        let mut past = Self {
            field,
            now,
            ..Self::default()
        };
        let mut seen = HashSet::new();
        for (version, read) in versions {
            past.kept += 1;
            match read {
                Ok(session) => {
                    past.text(&version, &session);
                    past.removed(&version, &session, present, &mut seen);
                    past.version(version, &session, present);
                }
                Err(problem) => past.versions.push(EarlierVersion {
                    version,
                    since: Err(problem),
                }),
            }
        }
        past
    }

    fn text(&mut self, version: &Version, session: &Session) {
        let Some(text) = self.field.as_ref().and_then(|field| session.text(field)) else {
            return;
        };
        let newer = self.texts.last().map(|one| one.text.as_str());
        if text == self.now || Some(text) == newer || text.trim().is_empty() {
            return;
        }
        self.texts.push(EarlierText {
            version: version.clone(),
            text: text.to_owned(),
            change: WordChange::between(&self.now, text),
        });
    }

    fn removed(
        &mut self,
        version: &Version,
        session: &Session,
        present: &Session,
        seen: &mut HashSet<TextField>,
    ) {
        for entry in Removed::since(session, present) {
            if seen.insert(entry.field()) {
                self.removed.push(RemovedEntry {
                    version: version.clone(),
                    entry,
                });
            }
        }
    }

    fn version(&mut self, version: Version, session: &Session, present: &Session) {
        let since = Difference::between(session, present);
        let newer = self.versions.last().map(|one| &one.since);
        let same = match newer {
            None => since.is_empty(),
            Some(newer) => newer.as_ref().is_ok_and(|newer| **newer == since),
        };
        if !same {
            self.versions.push(EarlierVersion {
                version,
                since: Ok(Box::new(since)),
            });
        }
    }
}

impl Difference {
    /// How much changed, in a few words such as `+2 −1 threats, 3 changed`.
    pub fn in_short(&self) -> String {
        if self.is_empty() {
            return "as it is now".to_owned();
        }
        let (added, gone) = (self.threats_added.len(), self.threats_gone.len());
        let mut words = Vec::new();
        let unit = if added + gone == 1 {
            "threat"
        } else {
            "threats"
        };
        match (added, gone) {
            (0, 0) => {}
            (added, 0) => words.push(format!("+{added} {unit}")),
            (0, gone) => words.push(format!("−{gone} {unit}")),
            (added, gone) => words.push(format!("+{added} −{gone} {unit}")),
        }
        let changed = self.threats_changed.len()
            + self.mitigations_added.len()
            + self.mitigations_gone.len()
            + self.mitigations_moved.len()
            + self.others.len();
        if changed > 0 {
            words.push(format!("{changed} changed"));
        }
        if words.is_empty() {
            return "findings alone".to_owned();
        }
        words.join(", ")
    }
}

#[cfg(test)]
mod tests {
    use pretty_assertions::assert_eq;

    use super::*;
    use crate::catalog::types::Id;

    fn session(description: &str) -> Session {
        let now = "2026-11-21T10:00:00Z".parse().unwrap();
        let mut session = Session::new("Blue", Id::new("course").unwrap(), Vec::new(), now);
        session.description = description.to_owned();
        session
    }

    fn past(now: &str, earlier: &[&str]) -> Past {
        let versions = earlier.iter().enumerate().map(|(age, text)| {
            let version = Version {
                number: (100 - age).to_string(),
                saved: "2026-11-21T10:00:00Z".parse().unwrap(),
            };
            (version, Ok(session(text)))
        });
        Past::of(&session(now), Some(TextField::Description), versions)
    }

    #[test]
    fn a_text_is_listed_once_and_under_the_newest_version_that_has_it() {
        let past = past("three", &["three", "two", "two", "", "one", "three"]);
        let listed: Vec<(&str, &str)> = past
            .texts
            .iter()
            .map(|one| (one.version.number.as_str(), one.text.as_str()))
            .collect();
        assert_eq!(listed, [("99", "two"), ("96", "one")]);
        assert_eq!(past.kept, 6);
    }

    #[test]
    fn a_version_without_a_difference_to_its_neighbour_is_not_listed() {
        let past = past("three", &["three", "two", "two", "one"]);
        let numbers: Vec<&str> = past
            .versions
            .iter()
            .map(|one| one.version.number.as_str())
            .collect();
        assert_eq!(numbers, ["99", "97"]);
    }

    #[test]
    fn differences_are_counted_in_words() {
        let words = |before, after| WordChange::between(before, after).words();
        assert_eq!(words("", "a few words"), "+3 words");
        assert_eq!(words("a few words", "a"), "−2 words");
        assert_eq!(words("a few words", "a few more words, now"), "+3 −1 words");
        assert_eq!(words("gone", ""), "−1 word");
        assert_eq!(words("a b", "b\na"), "the same words, set differently");
    }
}
