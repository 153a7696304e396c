//! What can go wrong, how it is rated, and what the team does about it. Not for the sentence that a threat
//! may be told in: see `sentence`; nor for shows of hands: see `room`.

use serde::{Deserialize, Serialize};

use super::{Sentence, Stamp, Votes};
use crate::catalog::types::Id;
use crate::session::id::{MitigationId, ThreatId};
use crate::session::place::CellKey;
use crate::stride::Category;

/// How often something is expected.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Likelihood {
    /// Once in many years.
    Rare,
    /// Once in a few years.
    Unlikely,
    /// Once a year.
    Possible,
    /// Every few months.
    Likely,
    /// Every week, or already now.
    Expected,
}

/// How much harm it does.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Impact {
    /// Hardly noticed.
    Negligible,
    /// An annoyance for some.
    Minor,
    /// A bad day for many.
    Moderate,
    /// Loss of data, money or trust.
    Major,
    /// The organisation may not recover.
    Severe,
}

/// What is being done about a threat in principle.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Response {
    /// Make it less likely or less harmful.
    Mitigate,
    /// Remove what makes it possible.
    Eliminate,
    /// Let someone else carry it.
    Transfer,
    /// Live with it, knowingly.
    Accept,
}

/// A threat that the team recorded.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Threat {
    /// Its id.
    pub id: ThreatId,
    /// The component of its cell.
    pub component: Id,
    /// The category of its cell.
    pub category: Category,
    /// The catalog's threat that it was taken from. The texts below are the team's own copy.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub suggestion: Option<Id>,
    /// In a few words.
    pub title: String,
    /// The attack surface of the component.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub surface: Option<Id>,
    /// What goes wrong, in sentences.
    pub what_goes_wrong: String,
    /// What must be so for it to happen.
    pub preconditions: String,
    /// What it leads to.
    pub consequences: String,
    /// The same as a sentence in parts, where the team built one.
    #[serde(default, skip_serializing_if = "Sentence::is_empty")]
    pub sentence: Sentence,
    /// How often, or not rated.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub likelihood: Option<Likelihood>,
    /// How bad, or not rated.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub impact: Option<Impact>,
    /// The show of hands on both ratings.
    #[serde(default, skip_serializing_if = "Votes::is_empty")]
    pub votes: Votes,
    /// What is done about it in principle, or not decided.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub response: Option<Response>,
    /// Why this response.
    pub response_reason: String,
    /// For accepted threats: until when.
    pub accepted_until: String,
    /// Controls of the benchmarks that bear on it.
    pub controls: Vec<Id>,
    /// Who recorded it, and when.
    pub created: Stamp,
    /// Who changed it last, and when.
    pub changed: Stamp,
}

impl Threat {
    /// A threat of which no more than its cell and its title is known.
    pub fn new(id: ThreatId, cell: CellKey, title: String, stamp: &Stamp) -> Self {
        Self {
            id,
            component: cell.component,
            category: cell.category,
            suggestion: None,
            title,
            surface: None,
            what_goes_wrong: String::new(),
            preconditions: String::new(),
            consequences: String::new(),
            sentence: Sentence::default(),
            likelihood: None,
            impact: None,
            votes: Votes::default(),
            response: None,
            response_reason: String::new(),
            accepted_until: String::new(),
            controls: Vec::new(),
            created: stamp.clone(),
            changed: stamp.clone(),
        }
    }
}

/// How far a mitigation is.
#[derive(
    Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize,
)]
#[serde(rename_all = "snake_case")]
pub enum MitigationStatus {
    /// To be done.
    #[default]
    Planned,
    /// Done, not yet checked.
    Done,
    /// Done, and somebody looked that it holds.
    Verified,
}

/// Something the team does about one or more threats.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Mitigation {
    /// Its id.
    pub id: MitigationId,
    /// The threats that it is for.
    pub threats: Vec<ThreatId>,
    /// What to do.
    pub what: String,
    /// How far it is.
    pub status: MitigationStatus,
    /// Who does it.
    pub owner: String,
    /// By when, as people say it.
    pub due: String,
    /// How to see that it holds.
    pub verify: String,
    /// What was seen.
    pub evidence: String,
    /// Controls of the benchmarks that check it.
    pub controls: Vec<Id>,
    /// Who noted it, and when.
    pub created: Stamp,
    /// Who changed it last, and when.
    pub changed: Stamp,
}
