//! Every edit of a session, by name.

use crate::catalog::types::{CatalogThreat, Id};
use crate::session::id::{
    AcceptedCheckId, AssumptionId, DisputeId, HardeningId, MitigationId, NoteId, ParkedId,
    ParticipantId, ScanId, ThreatId,
};
use crate::session::place::{CellKey, DraftKey, SentencePart, TextField};
use crate::session::removed::Removed;
use crate::session::types::{
    Finding, Impact, LeaveKind, Level, Likelihood, MitigationStatus, OpenKind, Response, Scan,
    TimeBox,
};

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
    /// Put an earlier text back in the place of what stands in a field.
    RestoreText {
        /// The text.
        field: TextField,
        /// As it was.
        text: String,
    },
    /// Bring back what an earlier version held and this session holds no more.
    BringBack(Box<Removed>),
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
    /// Say what kind of decision leaving a suggestion was.
    SetLeaveKind {
        /// Its cell.
        cell: CellKey,
        /// The catalog's threat.
        suggestion: Id,
        /// The decision.
        kind: LeaveKind,
    },
    /// Leave a cell's question open on record, or no longer.
    SetOpenQuestion {
        /// The cell.
        cell: CellKey,
        /// Why it stays open; nothing takes it back together with its text.
        kind: Option<OpenKind>,
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
    /// Record the threat whose sentence was built in the cell's drafts.
    AddSentence {
        /// The cell.
        cell: CellKey,
    },
    /// Record a finding as a threat of the team. Hardenings of its control are linked to it.
    AddThreatFromFinding {
        /// The cell.
        cell: CellKey,
        /// The finding.
        finding: Box<Finding>,
        /// What it means, in plain words.
        what_goes_wrong: String,
    },
    /// Remove a threat, and its mitigations that are for no other.
    RemoveThreat(ThreatId),
    /// Say which attack surface a threat uses.
    SetSurface(ThreatId, Option<Id>),
    /// Rate how often.
    SetLikelihood(ThreatId, Option<Likelihood>),
    /// Rate how bad.
    SetImpact(ThreatId, Option<Impact>),
    /// Count the hands for one level, in a show of hands.
    CountHands {
        /// The threat.
        threat: ThreatId,
        /// The level.
        level: Level,
        /// How many.
        hands: u8,
    },
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
    /// Mark a mitigation verified, with what was seen.
    VerifyMitigation {
        /// The mitigation.
        mitigation: MitigationId,
        /// What was seen; joins the evidence that is there.
        evidence: String,
    },
    /// Add an imported scan.
    AddScan(Box<Scan>),
    /// Add the runs of one report, in one step. They get ids of their own and the time of the edit.
    AddScans(Vec<Scan>),
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
    /// Say that somebody looked by hand that a hardening holds, or not any more.
    SetHardeningConfirmed {
        /// The hardening.
        hardening: HardeningId,
        /// Confirmed or not.
        confirmed: bool,
    },
    /// Put a thought aside.
    Park {
        /// The thought.
        text: String,
        /// The cell that is on the screen.
        cell: Option<CellKey>,
    },
    /// A parked thought is done with, or open again.
    SettleParked(ParkedId, bool),
    /// Forget a parked thought.
    RemoveParked(ParkedId),
    /// Leave what a quality check found as it is; the reason is typed afterwards.
    AcceptCheck {
        /// The name of the check.
        check: String,
        /// The id of what it is about.
        subject: String,
    },
    /// Take an acceptance back.
    RemoveAcceptedCheck(AcceptedCheckId),
    /// Settle what two versions disagree about: keep what the session holds, or take the other value.
    SettleDispute {
        /// The dispute.
        dispute: DisputeId,
        /// Take the other value.
        take_other: bool,
    },
    /// Say whose turn it is.
    SetTurn(Option<ParticipantId>),
    /// Give a step some time, or stop the time box.
    SetTimeBox(Option<TimeBox>),
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

impl Operation {
    /// The edit that makes an answer of what was typed for something new. A part of a sentence stays
    /// a draft until the last one is there, which makes a threat of all five: then none is needed of
    /// `text`, because the parts are drafts of the session.
    pub fn answering(key: &DraftKey, text: String) -> Option<Self> {
        Some(match key {
            DraftKey::Threat(cell) => Self::AddThreat {
                cell: cell.clone(),
                title: text,
            },
            DraftKey::Mitigation(threat) => Self::AddMitigation {
                threat: threat.clone(),
                what: text,
                verify: String::new(),
                controls: Vec::new(),
            },
            DraftKey::Assumption => Self::AddAssumption { text },
            DraftKey::Participant => Self::AddParticipant { name: text },
            DraftKey::ReviewNote => Self::AddReviewNote { text },
            DraftKey::Parked => Self::Park { text, cell: None },
            DraftKey::Sentence(cell, SentencePart::Asset) => {
                Self::AddSentence { cell: cell.clone() }
            }
            DraftKey::Sentence(..) => return None,
        })
    }
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
