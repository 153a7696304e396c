//! What a team says about a component and a category besides its threats: that nothing applies, which
//! suggestions it left. Not for questions left open: see `decision`.

use serde::{Deserialize, Serialize};

use super::{LeaveKind, OpenQuestion, Stamp};
use crate::catalog::types::Id;
use crate::stride::Category;

/// What a team said about one component and one category besides its threats.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Cell {
    /// The component.
    pub component: Id,
    /// The category.
    pub category: Category,
    /// The group found that nothing applies.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub nothing_applies: Option<NothingApplies>,
    /// The group leaves the question open, on record.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub open_question: Option<OpenQuestion>,
    /// A note on the cell.
    pub note: String,
    /// Suggestions that the team looked at and left.
    pub left: Vec<LeftSuggestion>,
}

impl Cell {
    /// A cell without an answer.
    pub const fn new(component: Id, category: Category) -> Self {
        Self {
            component,
            category,
            nothing_applies: None,
            open_question: None,
            note: String::new(),
            left: Vec::new(),
        }
    }

    /// Whether nothing is recorded in it.
    pub fn is_empty(&self) -> bool {
        self.nothing_applies.is_none()
            && self.open_question.is_none()
            && self.note.is_empty()
            && self.left.is_empty()
    }
}

/// The answer 'nothing applies'.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct NothingApplies {
    /// Why; the cell is in progress while this is empty.
    pub reason: String,
    /// Who said so first, and when.
    pub created: Stamp,
}

/// A suggestion that the team looked at and left.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct LeftSuggestion {
    /// The catalog's threat.
    pub suggestion: Id,
    /// What the team says about it.
    #[serde(default, skip_serializing_if = "LeaveKind::is_default")]
    pub kind: LeaveKind,
    /// Why it does not apply, if the team said so.
    pub reason: String,
    /// Who left it, and when.
    pub created: Stamp,
}
