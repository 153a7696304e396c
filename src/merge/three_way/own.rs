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
                (Some(ours), Some(theirs)) => Some(joined(ours, theirs)),
                (one, other) => one.or(other).cloned(),
            },
        )
    }
}

/// Ours with everything behind it that only theirs has.
fn joined(ours: &OwnSystem, theirs: &OwnSystem) -> OwnSystem {
    let mut joined = ours.clone();
    macro_rules! add {
        ($list:ident) => {
            for one in &theirs.$list {
                if !ours.$list.iter().any(|our| our.id == one.id) {
                    joined.$list.push(one.clone());
                }
            }
        };
    }
    add!(components);
    add!(trust_zones);
    add!(elements);
    add!(data_flows);
    joined
}
