//! A threat written as a sentence: who can do what, because of what, leading to which harm.
//!
//! Not for the threat itself: its title and what goes wrong are texts of their own, which a team
//! may write freely. The sentence is kept beside them, part by part, where one was built.

use serde::{Deserialize, Serialize};

/// The parts of a threat's sentence; all empty where the team wrote freely.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Sentence {
    /// Who: 'a job of a stranger'.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub who: String,
    /// Can do what: 'start a container with the host's disk mounted'.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub action: String,
    /// Because of what: 'the build agents share the Docker socket'.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub because: String,
    /// Leading to which harm: 'root on the build host'.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub harm: String,
    /// On which asset: 'our signing keys'.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub asset: String,
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
    pub fn parts(&self) -> [&str; 5] {
        [
            &self.who,
            &self.action,
            &self.because,
            &self.harm,
            &self.asset,
        ]
    }

    /// The first half, as a title: `A job of a stranger can read the cache`.
    pub fn title(&self) -> String {
        capitalised(&format!(
            "{} can {}",
            told(&self.who, "someone"),
            told(&self.action, OPEN)
        ))
    }

    /// The sentence as far as it is built. It reads as one at every moment: who and what are always
    /// there, if only as 'Someone can …'; the other parts come with their words.
    pub fn text(&self) -> String {
        let mut text = self.title();
        if let Some(because) = written(&self.because) {
            text.push_str(" because ");
            text.push_str(because);
        }
        match (written(&self.harm), written(&self.asset)) {
            (Some(harm), asset) => {
                text.push_str(", which leads to ");
                text.push_str(harm);
                if let Some(asset) = asset {
                    text.push_str(" on ");
                    text.push_str(asset);
                }
            }
            (None, Some(asset)) => {
                text.push_str(", which harms ");
                text.push_str(asset);
            }
            (None, None) => {}
        }
        if !text.ends_with(['.', '!', '?', '…']) {
            text.push('.');
        }
        text
    }
}

/// A part without the spaces and the full stop that would break the sentence.
fn written(part: &str) -> Option<&str> {
    let part = part.trim().trim_end_matches('.').trim_end();
    (!part.is_empty()).then_some(part)
}

fn told<'a>(part: &'a str, otherwise: &'a str) -> &'a str {
    written(part).unwrap_or(otherwise)
}

fn capitalised(text: &str) -> String {
    let mut letters = text.chars();
    match letters.next() {
        Some(first) => first.to_uppercase().chain(letters).collect(),
        None => String::new(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn sentence(parts: [&str; 5]) -> Sentence {
        let [who, action, because, harm, asset] = parts.map(str::to_owned);
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
