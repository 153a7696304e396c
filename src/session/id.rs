//! Ids of what a team recorded, and the source of new ones.
//!
//! Ids are short and random, so that two people who add threats on two branches of a repository
//! do not get the same one. Numbers that people see (`threat 3`) come from the order instead.

use std::fmt;

use serde::{Deserialize, Deserializer, Serialize, de};

/// The longest id that is accepted, in bytes.
const MAX: usize = 64;

fn is_valid(text: &str) -> bool {
    let plain =
        |c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || matches!(c, '-' | '.' | '_');
    !text.is_empty() && text.len() <= MAX && text.chars().all(plain)
}

macro_rules! entry_id {
    ($(#[$meta:meta])* $name:ident, $prefix:literal) => {
        $(#[$meta])*
        #[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
        #[serde(transparent)]
        pub struct $name(String);

        impl $name {
            /// A new id that `taken` does not know yet.
            pub fn fresh(source: &mut IdSource, taken: impl Fn(&Self) -> bool) -> Self {
                loop {
                    let id = Self(format!(concat!($prefix, "-{}"), source.next_word()));
                    if !taken(&id) {
                        return id;
                    }
                }
            }

            /// The id as text.
            pub fn as_str(&self) -> &str {
                &self.0
            }
        }

        impl fmt::Display for $name {
            fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
                formatter.pad(&self.0)
            }
        }

        impl<'de> Deserialize<'de> for $name {
            fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
                let text = String::deserialize(deserializer)?;
                if is_valid(&text) {
                    Ok(Self(text))
                } else {
                    Err(de::Error::custom(format!(
                        "the id {:?} may hold lower-case letters, digits, dots, hyphens and \
                         underscores only, at most {MAX} characters",
                        text.chars().take(MAX).collect::<String>()
                    )))
                }
            }
        }
    };
}

entry_id!(
    /// A threat that the team recorded.
    ThreatId,
    "t"
);
entry_id!(
    /// A mitigation.
    MitigationId,
    "m"
);
entry_id!(
    /// An assumption.
    AssumptionId,
    "a"
);
entry_id!(
    /// A thought that was put aside.
    ParkedId,
    "k"
);
entry_id!(
    /// A quality finding that the team leaves so.
    AcceptedCheckId,
    "q"
);
entry_id!(
    /// A value that two versions disagree about.
    DisputeId,
    "d"
);
entry_id!(
    /// Someone in the room.
    ParticipantId,
    "p"
);
entry_id!(
    /// One imported run of a scanner.
    ScanId,
    "s"
);
entry_id!(
    /// A finding that was chosen and documented.
    HardeningId,
    "h"
);
entry_id!(
    /// A note of the review.
    NoteId,
    "n"
);

/// Where new ids come from. Given its start, so that tests get the same ids each time.
#[derive(Clone, Debug)]
pub struct IdSource {
    state: u64,
}

impl IdSource {
    /// A source that gives the same ids for the same start.
    pub const fn new(start: u64) -> Self {
        Self { state: start }
    }

    /// Six letters and digits without those that are mistaken for each other (30 bits).
    fn next_word(&mut self) -> String {
        const DIGITS: &[u8; 32] = b"0123456789abcdefghjkmnpqrstvwxyz";
        // SplitMix64: well mixed even from starts that differ in one bit.
        self.state = self.state.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut mixed = self.state;
        mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        mixed ^= mixed >> 31;
        (0..6)
            .map(|digit| char::from(DIGITS[(mixed >> (5 * digit)) as usize & 31]))
            .collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_taken_id_is_not_given_again() {
        let first = ThreatId::fresh(&mut IdSource::new(7), |_| false);
        let second = ThreatId::fresh(&mut IdSource::new(7), |id| *id == first);
        assert_ne!(first, second);
        assert!(first.as_str().starts_with("t-"));
    }

    #[test]
    fn an_id_from_a_file_must_be_plain() {
        assert!(ron::from_str::<ThreatId>("\"t-9k2\"").is_ok());
        assert!(ron::from_str::<ThreatId>("\"../etc\"").is_err());
        assert!(ron::from_str::<ThreatId>("\"\"").is_err());
    }
}
