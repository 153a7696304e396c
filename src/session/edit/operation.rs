//! Every edit of a session, by name.

use crate::catalog::types::{CatalogThreat, Id};
use crate::session::id::{
    AssumptionId, HardeningId, MitigationId, NoteId, ParticipantId, ScanId, ThreatId,
};
use crate::session::place::{CellKey, DraftKey, TextField};
use crate::session::types::{Finding, Impact, Likelihood, MitigationStatus, Response, Scan};

/// One edit, as the team would name it.
#[derive(Clone, Debug, PartialEq)]
pub enum Operation {
    /// Replace part of a text. In a draft, this makes the draft, and removes it when it is empty.
    EditText {
        /// The text.
        field: TextField,
        /// Where, in bytes from its start; on a character boundary.
        at: usize,
        /// How many bytes to take out there.
        remove: usize,
        /// What to put in instead.
        insert: String,
        /// Whether the next character may join it in one undo step.
        typing: bool,
    },
    /// Somebody joins.
    AddParticipant {
        /// A name or initials.
        name: String,
    },
    /// Somebody leaves. What they wrote stays.
    RemoveParticipant(ParticipantId),
    /// Put a component in scope or out of it. What was recorded for it stays.
    SetInScope {
        /// The component.
        component: Id,
        /// In or out.
        in_scope: bool,
        /// Where it belongs among the components in scope.
        walk_order: Vec<Id>,
    },
    /// Note an assumption.
    AddAssumption {
        /// The assumption.
        text: String,
    },
    /// Remove an assumption.
    RemoveAssumption(AssumptionId),
    /// Reckon with an attacker profile.
    ChooseAttacker(Id),
    /// Do not reckon with it any more.
    DropAttacker(Id),
    /// Take a suggestion as a threat of the team, as a copy of its own.
    TakeSuggestion {
        /// The component.
        component: Id,
        /// The catalog's threat.
        suggestion: Box<CatalogThreat>,
    },
    /// Leave a suggestion.
    LeaveSuggestion {
        /// Its cell.
        cell: CellKey,
        /// The catalog's threat.
        suggestion: Id,
    },
    /// A left suggestion is open again.
    ReopenSuggestion {
        /// Its cell.
        cell: CellKey,
        /// The catalog's threat.
        suggestion: Id,
    },
    /// Say, or no longer say, that nothing applies in a cell.
    SetNothingApplies {
        /// The cell.
        cell: CellKey,
        /// Say it, or take it back together with its reason.
        applies: bool,
    },
    /// Record a threat of the team's own, from the cell's draft if it is the same text.
    AddThreat {
        /// The cell.
        cell: CellKey,
        /// Its title.
        title: String,
    },
    /// Remove a threat, and its mitigations that are for no other.
    RemoveThreat(ThreatId),
    /// Say which attack surface a threat uses.
    SetSurface(ThreatId, Option<Id>),
    /// Rate how often.
    SetLikelihood(ThreatId, Option<Likelihood>),
    /// Rate how bad.
    SetImpact(ThreatId, Option<Impact>),
    /// Decide what to do in principle.
    SetResponse(ThreatId, Option<Response>),
    /// Note a mitigation for a threat.
    AddMitigation {
        /// The threat.
        threat: ThreatId,
        /// What to do.
        what: String,
        /// How to see that it holds.
        verify: String,
        /// Controls of the benchmarks that check it.
        controls: Vec<Id>,
    },
    /// Use a mitigation for another threat too.
    LinkMitigation(MitigationId, ThreatId),
    /// Do not use a mitigation for this threat; without any threat it is removed.
    UnlinkMitigation(MitigationId, ThreatId),
    /// Remove a mitigation.
    RemoveMitigation(MitigationId),
    /// Say how far a mitigation is.
    SetMitigationStatus(MitigationId, MitigationStatus),
    /// Add an imported scan.
    AddScan(Box<Scan>),
    /// Remove a scan. Hardenings stay.
    RemoveScan(ScanId),
    /// Choose a finding to be hardened.
    ChooseFinding {
        /// The finding.
        finding: Box<Finding>,
        /// The benchmark and version that its number belongs to.
        benchmark: String,
    },
    /// Remove a hardening with its texts.
    RemoveHardening(HardeningId),
    /// Link a hardening to a threat, or not any more.
    SetHardeningThreat {
        /// The hardening.
        hardening: HardeningId,
        /// The threat.
        threat: ThreatId,
        /// Linked or not.
        linked: bool,
    },
    /// Add a note of the review.
    AddReviewNote {
        /// The note.
        text: String,
    },
    /// Remove a note of the review.
    RemoveReviewNote(NoteId),
    /// Forget a half-typed text.
    DropDraft(DraftKey),
}

/// Why an edit could not be made. The session is as it was.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Refusal {
    /// It is about something that is not there any more.
    #[error("that is not there any more, perhaps after an undo")]
    Gone,
    /// A text would get longer than [`MAX_TEXT`].
    #[error(
        "the text would be longer than 256 KiB; put it into a file of its own and name it here"
    )]
    TooLong,
    /// The edit would change nothing.
    #[error("nothing to change")]
    NoChange,
    /// An entry needs words.
    #[error("type some words first")]
    Empty,
}

/// The longest text of a field, in bytes.
pub const MAX_TEXT: usize = 256 * 1024;
