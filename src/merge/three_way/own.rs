//! Systems of a session's own, from an import: what only one side has comes along, nothing is given up.
//!
//! Nobody edits them after the import, so sides differ only where they imported different models.

use super::Merger;
use super::list::keyed;
use crate::session::own::OwnSystem;

impl Merger<'_> {
    pub(super) fn own_systems(&self) -> Vec<OwnSystem> {
        keyed(
            &self.base.own_systems,
            &self.ours.own_systems,
            &self.theirs.own_systems,
            |one| one.id.clone(),
            |sides| match (sides.ours, sides.theirs) {
                (Some(ours), Some(theirs)) => Some(ours.joined_with(theirs)),
                (one, other) => one.or(other).cloned(),
            },
        )
    }
}
