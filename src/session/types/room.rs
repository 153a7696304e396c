//! What belongs to the people in the room: parked thoughts, shows of hands, whose turn it is and
//! how much time a step has.
//!
//! Not for answers: these are threats, cells and notes.

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use super::{Impact, Likelihood, Stamp};
use crate::encode::ForeignText;
use crate::session::id::{ParkedId, ParticipantId};
use crate::session::place::{CellKey, Step};

/// A thought that was put aside to be taken up later.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ParkedThought {
    /// Its id.
    pub id: ParkedId,
    /// The thought.
    pub text: ForeignText,
    /// The cell that was on the screen.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub cell: Option<CellKey>,
    /// It was taken up and is done with.
    #[serde(default, skip_serializing_if = "is_false")]
    pub settled: bool,
    /// Who parked it, and when.
    pub created: Stamp,
}

#[allow(clippy::trivially_copy_pass_by_ref)] // what serde calls
const fn is_false(value: &bool) -> bool {
    !*value
}

/// How many hands went up for each of five levels, lowest level first.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Hands(pub [u8; 5]);

impl Hands {
    /// Whether no hand went up.
    pub fn is_empty(&self) -> bool {
        self.0.iter().all(|hands| *hands == 0)
    }

    /// All hands.
    pub fn total(&self) -> u32 {
        self.0.iter().map(|hands| u32::from(*hands)).sum()
    }

    /// The lowest and the highest level that got a hand, from 0.
    pub fn spread(&self) -> Option<(usize, usize)> {
        let lowest = self.0.iter().position(|hands| *hands > 0)?;
        let highest = self.0.iter().rposition(|hands| *hands > 0)?;
        Some((lowest, highest))
    }

    /// Whether the room is more than one level apart.
    pub fn disagree(&self) -> bool {
        self.spread()
            .is_some_and(|(lowest, highest)| highest - lowest > 1)
    }
}

/// A show of hands on one threat. The spread is kept, never averaged.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Votes {
    /// For how often.
    #[serde(default, skip_serializing_if = "Hands::is_empty")]
    pub likelihood: Hands,
    /// For how bad.
    #[serde(default, skip_serializing_if = "Hands::is_empty")]
    pub impact: Hands,
    /// What those apart from the others say.
    #[serde(default, skip_serializing_if = "ForeignText::is_empty")]
    pub note: ForeignText,
}

impl Votes {
    /// Whether nobody voted and nothing was noted.
    pub fn is_empty(&self) -> bool {
        self.likelihood.is_empty() && self.impact.is_empty() && self.note.is_empty()
    }

    /// Whether the room is more than one level apart on either scale.
    pub fn disagree(&self) -> bool {
        self.likelihood.disagree() || self.impact.disagree()
    }
}

/// One level of one of the two scales.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Level {
    /// How often.
    Likelihood(Likelihood),
    /// How bad.
    Impact(Impact),
}

/// The time that the room gives a step.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct TimeBox {
    /// The step.
    pub step: Step,
    /// How long.
    pub minutes: u16,
    /// Since when.
    pub started: Timestamp,
}

/// Whose turn it is, and the time box that runs.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Room {
    /// Whose turn it is.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub turn: Option<ParticipantId>,
    /// The time box that runs.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub time_box: Option<TimeBox>,
}

impl Room {
    /// Whether nothing is set.
    pub const fn is_empty(&self) -> bool {
        self.turn.is_none() && self.time_box.is_none()
    }
}
