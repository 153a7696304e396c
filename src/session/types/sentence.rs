//! A threat written as a sentence: who can do what, because of what, leading to which harm.
//!
//! Not for the threat itself: its title and what goes wrong are texts of their own, which a team
//! may write freely. The sentence is kept beside them, part by part, where one was built.

use serde::{Deserialize, Serialize};

use crate::encode::{Foreign, ForeignText, foreign};

/// The parts of a threat's sentence; all empty where the team wrote freely.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Sentence {
    /// Who: 'a job of a stranger'.
    #[serde(default, skip_serializing_if = "ForeignText::is_empty")]
    pub who: ForeignText,
    /// Can do what: 'start a container with the host's disk mounted'.
    #[serde(default, skip_serializing_if = "ForeignText::is_empty")]
    pub action: ForeignText,
    /// Because of what: 'the build agents share the Docker socket'.
    #[serde(default, skip_serializing_if = "ForeignText::is_empty")]
    pub because: ForeignText,
    /// Leading to which harm: 'root on the build host'.
    #[serde(default, skip_serializing_if = "ForeignText::is_empty")]
    pub harm: ForeignText,
    /// On which asset: 'our signing keys'.
    #[serde(default, skip_serializing_if = "ForeignText::is_empty")]
    pub asset: ForeignText,
}

/// What stands in for a part that is not written yet.
const OPEN: &str = "…";

impl Sentence {
    /// Whether nothing of it is written, not even a space: what is typed is kept as it is.
    pub fn is_empty(&self) -> bool {
        self.parts().iter().all(|part| part.is_empty())
    }

    /// Whether who and what is written: enough to be a threat.
    pub fn is_told(&self) -> bool {
        !self.who.trim().is_empty() && !self.action.trim().is_empty()
    }

    /// The parts in the order of the sentence.
    pub fn parts(&self) -> [&ForeignText; 5] {
        [
            &self.who,
            &self.action,
            &self.because,
            &self.harm,
            &self.asset,
        ]
    }

    /// The first half, as a title: `A job of a stranger can read the cache`.
    pub fn title(&self) -> ForeignText {
        let who = written(&self.who).unwrap_or_else(|| "someone".into());
        let action = written(&self.action).unwrap_or_else(|| OPEN.into());
        capitalised(&foreign!("{} can {}", who, action))
    }

    /// The sentence as far as it is built. It reads as one at every moment: who and what are always
    /// there, if only as 'Someone can …'; the other parts come with their words.
    pub fn text(&self) -> ForeignText {
        let mut text = self.title();
        if let Some(because) = written(&self.because) {
            text = foreign!("{} because {}", text, because);
        }
        text = match (written(&self.harm), written(&self.asset)) {
            (Some(harm), Some(asset)) => {
                foreign!("{}, which leads to {} on {}", text, harm, asset)
            }
            (Some(harm), None) => foreign!("{}, which leads to {}", text, harm),
            (None, Some(asset)) => foreign!("{}, which harms {}", text, asset),
            (None, None) => text,
        };
        if text.raw().ends_with(['.', '!', '?', '…']) {
            text
        } else {
            foreign!("{}.", text)
        }
    }
}

/// A part without the spaces and the full stop that would break the sentence.
fn written(part: &ForeignText) -> Option<Foreign<'_>> {
    let part = part.raw().trim().trim_end_matches('.').trim_end();
    (!part.is_empty()).then(|| part.into())
}

fn capitalised(text: &ForeignText) -> ForeignText {
    let mut letters = text.raw().chars();
    match letters.next() {
        Some(first) => {
            let text: String = first.to_uppercase().chain(letters).collect();
            text.into()
        }
        None => ForeignText::new(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn sentence(parts: [&str; 5]) -> Sentence {
        let [who, action, because, harm, asset] = parts.map(ForeignText::from);
        Sentence {
            who,
            action,
            because,
            harm,
            asset,
        }
    }

    #[test]
    fn it_reads_as_a_sentence_at_every_moment() {
        let all = [
            "a job of a stranger",
            "mount the host's disk",
            "the agents share the Docker socket",
            "root",
            "the build host",
        ];
        let told = |count: usize| {
            let mut parts = [""; 5];
            parts[..count].copy_from_slice(&all[..count]);
            sentence(parts).text()
        };
        assert_eq!(told(0), "Someone can …");
        assert_eq!(told(1), "A job of a stranger can …");
        assert_eq!(told(2), "A job of a stranger can mount the host's disk.");
        assert_eq!(
            told(3),
            "A job of a stranger can mount the host's disk because the agents share the Docker \
             socket."
        );
        assert_eq!(
            told(5),
            "A job of a stranger can mount the host's disk because the agents share the Docker \
             socket, which leads to root on the build host."
        );
        assert_eq!(
            sentence(["", "", "", "", "the keys"]).text(),
            "Someone can …, which harms the keys."
        );
    }

    #[test]
    fn full_stops_and_spaces_of_the_parts_do_not_break_it() {
        let text = sentence(["Eve ", " read the cache. ", "it is shared.", "", ""]).text();
        assert_eq!(text, "Eve can read the cache because it is shared.");
    }
}
