//! Did we do a good enough job? What the brief still asks for, and what stands out in the session.
//!
//! Judges what is there; never what a team thinks. Each result leads to the place where it can be
//! put right. One pass through the session, so that ten thousand threats are no matter.

pub mod quality;
pub mod requirements;

use crate::catalog::Catalog;
use crate::session::id::{MitigationId, ThreatId};
use crate::session::place::CellKey;
use crate::session::types::Session;

pub use quality::{Quality, Severity};
pub use requirements::RequirementResult;

/// The place where something can be put right.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Jump {
    /// Step 1.
    Scope,
    /// The card of a cell.
    Cell(CellKey),
    /// A threat.
    Threat(ThreatId),
    /// A mitigation.
    Mitigation(MitigationId),
    /// Step 3.
    Harden,
}

/// Everything that the review says about a session.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CheckReport {
    /// What the brief asks for, met or not.
    pub requirements: Vec<RequirementResult>,
    /// What stands out, in the order of the session.
    pub quality: Vec<Quality>,
}

impl CheckReport {
    /// Whether nothing is missing and nothing stands out that should be mended.
    pub fn passes(&self) -> bool {
        self.requirements.iter().all(|result| result.met)
            && self
                .quality
                .iter()
                .all(|quality| quality.severity == Severity::Note)
    }
}

/// Reviews a session.
pub fn check(session: &Session, catalog: &Catalog) -> CheckReport {
    CheckReport {
        requirements: requirements::check(session, catalog),
        quality: quality::check(session, catalog),
    }
}

#[cfg(test)]
mod tests;
