//! Decisions that are not threats: questions left open, quality findings accepted, and values that
//! two versions of a session disagree about.
//!
//! Not for responses to threats: a threat carries its own.

use serde::{Deserialize, Serialize};

use super::{Impact, Likelihood, MitigationStatus, Response, Stamp};
use crate::catalog::types::Id;
use crate::encode::ForeignText;
use crate::session::id::{AcceptedCheckId, DisputeId, MitigationId, ThreatId};
use crate::session::place::{CellKey, TextField};

/// Why a question stays open.
#[derive(
    Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize,
)]
#[serde(rename_all = "snake_case")]
pub enum OpenKind {
    /// Nobody here knows.
    #[default]
    NotKnown,
    /// The room disagrees.
    Disagree,
}

/// A cell's question that stays open, on record.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct OpenQuestion {
    /// Why.
    pub kind: OpenKind,
    /// What would have to be found out, or what each side says.
    pub text: ForeignText,
    /// Who said so first, and when.
    pub created: Stamp,
}

/// What a team says about a suggestion that it leaves.
#[derive(
    Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize,
)]
#[serde(rename_all = "snake_case")]
pub enum LeaveKind {
    /// It does not apply, because …
    #[default]
    DoesNotApply,
    /// Something stands against it already.
    Mitigated,
    /// It is accepted, by whom and until when stands in the reason.
    Accepted,
    /// Nobody here knows.
    NotKnown,
    /// The room disagrees.
    Disagree,
}

impl LeaveKind {
    #[allow(clippy::trivially_copy_pass_by_ref)] // what serde calls
    pub(super) fn is_default(&self) -> bool {
        *self == Self::default()
    }
}

/// What a quality check is about. Together with the check's name it stays the same while the
/// session grows, so an acceptance holds on to it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct AcceptedCheck {
    /// Its id.
    pub id: AcceptedCheckId,
    /// The name of the check, such as `threat-without-response`.
    pub check: ForeignText,
    /// The id of what it is about: a threat, a mitigation, a cell (`component/letter`) and so on.
    pub subject: ForeignText,
    /// Why the team leaves it so.
    pub reason: ForeignText,
    /// Who accepted it, and when.
    pub created: Stamp,
}

/// A value that two versions of the session disagree about. The session holds the one, this the
/// other; the group settles it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Dispute {
    /// Its id.
    pub id: DisputeId,
    /// Where the other value comes from: a branch, a file, a table of the workshop.
    pub from: ForeignText,
    /// What it is about, and the other value.
    pub other: Disputed,
    /// Who gave the other value, and when, as far as it is known.
    pub created: Stamp,
}

/// What is in dispute, with the value that the session does not hold.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case", deny_unknown_fields)]
pub enum Disputed {
    /// A text.
    Text(TextField, ForeignText),
    /// How often a threat is expected.
    Likelihood(ThreatId, Option<Likelihood>),
    /// How bad it is.
    Impact(ThreatId, Option<Impact>),
    /// What is done about it in principle.
    Response(ThreatId, Option<Response>),
    /// Its attack surface.
    Surface(ThreatId, Option<Id>),
    /// How far a mitigation is.
    MitigationStatus(MitigationId, MitigationStatus),
    /// The other version removed this threat, this one changed it.
    ThreatRemoved(ThreatId),
    /// The other version removed this mitigation, this one changed it.
    MitigationRemoved(MitigationId),
    /// The other version has no threat here and says that nothing applies, for this reason.
    NothingApplies(CellKey, ForeignText),
    /// A component: in scope in the other version, or not.
    InScope(Id, bool),
}
