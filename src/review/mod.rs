//! Did we do a good enough job? What the brief still asks for, and what stands out in the session.
//!
//! Judges what is there; never what a team thinks. Each result leads to the place where it can be
//! put right. One pass through the session, so that ten thousand threats are no matter.

pub mod checks;
pub mod compare;
pub mod gaps;
pub mod quality;
pub mod requirements;

mod words;

use crate::catalog::Catalog;
use crate::session::id::{HardeningId, MitigationId, ThreatId};
use crate::session::place::CellKey;
use crate::session::types::Session;

pub use gaps::{Gap, Gaps};
pub use quality::{Accepted, Quality, Severity};
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
    /// A chosen finding.
    Hardening(HardeningId),
    /// Step 3.
    Harden,
}

impl Jump {
    /// The id of what stands there, as acceptances hold on to it.
    pub fn subject(&self) -> String {
        match self {
            Self::Scope => "scope".to_owned(),
            Self::Cell(cell) => format!("{}/{}", cell.component, cell.category.id()),
            Self::Threat(id) => id.to_string(),
            Self::Mitigation(id) => id.to_string(),
            Self::Hardening(id) => id.to_string(),
            Self::Harden => "harden".to_owned(),
        }
    }
}

/// Everything that the review says about a session.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CheckReport {
    /// What the brief asks for, met or not.
    pub requirements: Vec<RequirementResult>,
    /// What stands out, in the order of the session.
    pub quality: Vec<Quality>,
    /// What stood out and is left as it is, with a reason.
    pub accepted: Vec<Accepted>,
    /// Where something is left to do.
    pub gaps: Gaps,
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
    let (quality, accepted) = quality::check(session, catalog);
    CheckReport {
        requirements: requirements::check(session, catalog),
        quality,
        accepted,
        gaps: Gaps::of(session, catalog),
    }
}

#[cfg(test)]
mod testing;
#[cfg(test)]
mod tests;
