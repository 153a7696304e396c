//! What a row stands for, and so what keys on it are about. Not for how it looks: see `row`.

use crate::catalog::types::Id;
use crate::review::Jump;
use crate::review::gaps::GapKind;
use crate::session::id::{
    AcceptedCheckId, AssumptionId, DisputeId, HardeningId, MitigationId, NoteId, ParticipantId,
    ScanId, ThreatId,
};
use crate::session::place::{DraftKey, TextField};

/// What a row stands for, and so what keys on it are about.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Target {
    /// A text to type into.
    Field(TextField),
    /// A line that begins something new.
    New(DraftKey),
    /// A component of the catalog.
    Component(Id),
    /// An attacker profile.
    Attacker(Id),
    /// An assumption.
    Assumption(AssumptionId),
    /// Someone in the room.
    Participant(ParticipantId),
    /// A catalog threat that is not taken.
    Suggestion(Id),
    /// Which decision leaving that suggestion was.
    LeaveKind(Id),
    /// A recorded threat.
    Threat(ThreatId),
    /// A catalog mitigation that is not taken, by its position.
    SuggestedMitigation(usize),
    /// A mitigation.
    Mitigation(MitigationId),
    /// A chosen finding.
    Hardening(HardeningId),
    /// A check of a scan, by its position.
    Finding(ScanId, usize),
    /// A threat that a chosen finding may prove.
    Link(HardeningId, ThreatId),
    /// A mitigation that a scan shows to hold.
    Offer(MitigationId),
    /// All failed checks that bear on the cell.
    Evidence,
    /// A note of the review.
    Note(NoteId),
    /// A choice among few values.
    Choice(Choice),
    /// A place to go to; the number tells apart lines that lead to the same place.
    Jump(Jump, usize),
    /// A way to settle a dispute: keep what the session holds, or take the other value.
    Dispute(DisputeId, bool),
    /// A component's line of the coverage matrix.
    Cell(Id),
    /// A kind of gap, to be listed.
    Gaps(GapKind),
    /// What stands out and is accepted.
    Accepted(AcceptedCheckId),
    /// A line to read, so that the cursor can pass through a long text.
    Line(usize),
}

/// The choices of a threat.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Choice {
    /// The attack surface.
    Surface,
    /// How often.
    Likelihood,
    /// How bad.
    Impact,
    /// What to do in principle.
    Response,
}
