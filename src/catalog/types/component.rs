//! Components: where they can be attacked and what the walk asks about them.

use serde::{Deserialize, Serialize};

use super::id::Id;
use super::text::Text;
use super::threat::{CatalogThreat, SampleAnswer};
use crate::stride::Category;

/// A part of a system: one row of the walk.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Component {
    /// Such as `docker-host`.
    pub id: Id,
    /// The system it belongs to.
    pub system: Id,
    /// Such as `Docker host`.
    pub name: Text,
    /// At most 11 characters, for the map.
    pub short: Text,
    /// What it is and why it matters, in two or three sentences.
    pub summary: Text,
    /// Where it can be attacked.
    pub surfaces: Vec<Surface>,
    /// What the walk asks.
    pub prompts: Vec<Prompt>,
    /// What can go wrong.
    pub threats: Vec<CatalogThreat>,
    /// Model answers to compare with, after a group has answered.
    #[serde(default)]
    pub samples: Vec<SampleAnswer>,
}

/// Entries that join a component of another file.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Addition {
    /// The component that they join.
    pub component: Id,
    /// Where it can be attacked.
    #[serde(default)]
    pub surfaces: Vec<Surface>,
    /// What the walk asks.
    #[serde(default)]
    pub prompts: Vec<Prompt>,
    /// What can go wrong.
    #[serde(default)]
    pub threats: Vec<CatalogThreat>,
    /// Model answers.
    #[serde(default)]
    pub samples: Vec<SampleAnswer>,
}

/// A place where a component can be attacked.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Surface {
    /// Such as `isolation-tampering`.
    pub id: Id,
    /// Such as `Isolation tampering`.
    pub name: Text,
    /// What belongs to it, in a sentence.
    pub what: Text,
}

/// A guiding question of one cell.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Prompt {
    /// Such as `docker-host-e1`.
    pub id: Id,
    /// The cell's category.
    pub category: Category,
    /// One short open question about the group's own system.
    pub question: Text,
    /// What to think of, in a few words.
    pub hint: Text,
    /// Why it is asked, in a sentence.
    #[serde(default)]
    pub why: Option<Text>,
}
