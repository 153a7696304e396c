//! Briefs: what a finished session must contain. Whether it does is judged elsewhere.

use serde::{Deserialize, Serialize};

use super::id::Id;
use super::text::Text;
use crate::stride::Category;

/// An assignment: what a finished session must contain.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Brief {
    /// Such as `course`.
    pub id: Id,
    /// Such as `Container security course`.
    pub name: Text,
    /// What is asked of the group, in a few sentences.
    pub summary: Text,
    /// Components in scope at the start, in the order of the walk.
    pub components: Vec<Id>,
    /// What a finished session must contain.
    #[serde(default)]
    pub requirements: Vec<Requirement>,
    /// The form in which it is handed in.
    #[serde(default)]
    pub form: Option<Id>,
}

/// One thing that a brief asks for.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case", deny_unknown_fields)]
pub enum Requirement {
    /// At least so many threats in a system.
    Threats {
        /// The system they belong to.
        system: Id,
        /// The category they belong to; left out, any.
        #[serde(default)]
        category: Option<Category>,
        /// How many.
        at_least: usize,
    },
    /// At least so many different categories among the threats of a system.
    Categories {
        /// The system.
        system: Id,
        /// How many of the six.
        at_least: usize,
    },
    /// Every threat of a system has a mitigation.
    Mitigations {
        /// The system.
        system: Id,
    },
    /// At least so many findings chosen and documented.
    Findings {
        /// How many.
        at_least: usize,
        /// At least this many of them must have none of the numbers in `given`.
        #[serde(default)]
        of_own_choice: usize,
        /// Numbers that the assignment itself mentions.
        #[serde(default)]
        given: Vec<Text>,
    },
    /// The environment is described.
    Description,
    /// At least so many attacker profiles chosen.
    Attackers {
        /// How many.
        at_least: usize,
    },
    /// At least so many assumptions noted.
    Assumptions {
        /// How many.
        at_least: usize,
    },
    /// Every cell in scope has been answered.
    EveryCell,
}
