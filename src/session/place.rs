//! Which text is being typed, half-typed drafts, and where the team is: what makes it possible to
//! go on at the same word.
//!
//! Not for the screen's own state (scroll positions, open overlays): that is not saved.

use serde::{Deserialize, Serialize};

use super::id::{
    AcceptedCheckId, AssumptionId, HardeningId, MitigationId, NoteId, ParkedId, ParticipantId,
    ThreatId,
};
use crate::catalog::types::Id;
use crate::encode::ForeignText;
use crate::stride::Category;

/// One component and one category: the unit of the walk.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct CellKey {
    /// The component.
    pub component: Id,
    /// The category.
    pub category: Category,
}

/// The five steps of a session.
#[derive(
    Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize,
)]
#[serde(rename_all = "snake_case")]
pub enum Step {
    /// What are we working on?
    Scope,
    /// What can go wrong?
    #[default]
    Threats,
    /// What are we going to do about it?
    Harden,
    /// Did we do a good enough job?
    Review,
    /// The write-up.
    Report,
}

impl Step {
    /// All five in order.
    pub const ALL: [Self; 5] = [
        Self::Scope,
        Self::Threats,
        Self::Harden,
        Self::Review,
        Self::Report,
    ];

    /// Its name on the screen.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Scope => "Scope",
            Self::Threats => "Threats",
            Self::Harden => "Harden",
            Self::Review => "Review",
            Self::Report => "Report",
        }
    }

    /// The question that it answers.
    pub const fn question(self) -> &'static str {
        match self {
            Self::Scope => "What are we working on?",
            Self::Threats => "What can go wrong?",
            Self::Harden => "What are we going to do about it?",
            Self::Review => "Did we do a good enough job?",
            Self::Report => "The write-up",
        }
    }

    /// From 1, as the keys are.
    pub const fn number(self) -> usize {
        self as usize + 1
    }
}

/// A text of a session that can be typed into.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case", deny_unknown_fields)]
pub enum TextField {
    /// The session's title.
    Title,
    /// The environment.
    Description,
    /// A participant's name.
    ParticipantName(ParticipantId),
    /// An assumption.
    Assumption(AssumptionId),
    /// Why an attacker profile was chosen.
    AttackerNote(Id),
    /// Why nothing applies in a cell.
    NothingAppliesReason(CellKey),
    /// What would have to be found out about a cell.
    OpenQuestion(CellKey),
    /// The note on a cell.
    CellNote(CellKey),
    /// Why a suggestion was left, in its cell.
    LeftReason(CellKey, Id),
    /// A text of a threat.
    Threat(ThreatId, ThreatText),
    /// A text of a mitigation.
    Mitigation(MitigationId, MitigationText),
    /// A text of a hardening.
    Hardening(HardeningId, HardeningText),
    /// A note of the review.
    ReviewNote(NoteId),
    /// A thought that was put aside.
    Parked(ParkedId),
    /// Why a quality finding is left so.
    AcceptedCheck(AcceptedCheckId),
    /// Something that does not exist yet.
    Draft(DraftKey),
}

impl TextField {
    /// What it holds, in a few words.
    pub const fn name(&self) -> &'static str {
        match self {
            Self::Title => "Title",
            Self::Description => "Environment",
            Self::ParticipantName(_) => "In the room",
            Self::Assumption(_) => "Assumption",
            Self::AttackerNote(_) => "Why this attacker",
            Self::NothingAppliesReason(_) => "Why nothing applies",
            Self::CellNote(_) => "Note on a cell",
            Self::LeftReason(..) => "Why a suggestion was left",
            Self::OpenQuestion(_) => "Open question",
            Self::Parked(_) => "Put aside",
            Self::AcceptedCheck(_) => "Why it is left so",
            Self::Threat(_, part) => match part {
                ThreatText::Title => "Threat",
                ThreatText::WhatGoesWrong => "What goes wrong",
                ThreatText::Preconditions => "When",
                ThreatText::Consequences => "What it leads to",
                ThreatText::ResponseReason => "Response because",
                ThreatText::AcceptedUntil => "Accepted until",
                ThreatText::Sentence(_) => "Part of the sentence",
                ThreatText::VotesNote => "What the others say",
            },
            Self::Mitigation(_, part) => match part {
                MitigationText::What => "Mitigation",
                MitigationText::Owner => "Owner",
                MitigationText::Due => "Due",
                MitigationText::Verify => "How to verify it",
                MitigationText::Evidence => "Evidence",
            },
            Self::Hardening(_, part) => match part {
                HardeningText::Number => "Finding",
                HardeningText::Title => "Title of the finding",
                HardeningText::Issue => "What is wrong",
                HardeningText::WhyHere => "Why it matters here",
                HardeningText::Remediation => "What is done",
                HardeningText::Result => "What was seen",
            },
            Self::ReviewNote(_) => "Review",
            Self::Draft(_) => "Begun and not finished",
        }
    }

    /// Whether Enter makes a new line in it, or goes on.
    pub const fn is_long(&self) -> bool {
        match self {
            Self::Title
            | Self::ParticipantName(_)
            | Self::Draft(_)
            | Self::AttackerNote(_)
            | Self::Threat(
                _,
                ThreatText::Title
                | ThreatText::AcceptedUntil
                | ThreatText::Sentence(_)
                | ThreatText::VotesNote,
            )
            | Self::Parked(_)
            | Self::Mitigation(_, MitigationText::Owner | MitigationText::Due)
            | Self::Hardening(_, HardeningText::Number | HardeningText::Title) => false,
            Self::Description
            | Self::Assumption(_)
            | Self::NothingAppliesReason(_)
            | Self::OpenQuestion(_)
            | Self::AcceptedCheck(_)
            | Self::CellNote(_)
            | Self::LeftReason(..)
            | Self::Threat(..)
            | Self::Mitigation(..)
            | Self::Hardening(..)
            | Self::ReviewNote(_) => true,
        }
    }
}

/// The texts of a threat.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ThreatText {
    /// In a few words.
    Title,
    /// In sentences.
    WhatGoesWrong,
    /// What must be so for it to happen.
    Preconditions,
    /// What it leads to.
    Consequences,
    /// Why this response.
    ResponseReason,
    /// Until when it is accepted.
    AcceptedUntil,
    /// A part of its sentence.
    Sentence(SentencePart),
    /// What those apart from the others say at a show of hands.
    VotesNote,
}

/// The parts of a threat's sentence.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum SentencePart {
    /// Who.
    Who,
    /// Can do what.
    Action,
    /// Because of what.
    Because,
    /// Leading to which harm.
    Harm,
    /// On which asset.
    Asset,
}

impl SentencePart {
    /// All five, in the order of the sentence.
    pub const ALL: [Self; 5] = [
        Self::Who,
        Self::Action,
        Self::Because,
        Self::Harm,
        Self::Asset,
    ];
}

/// The texts of a mitigation.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum MitigationText {
    /// What to do.
    What,
    /// Who does it.
    Owner,
    /// By when.
    Due,
    /// How to see that it holds.
    Verify,
    /// What was seen.
    Evidence,
}

/// The texts of a hardening.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum HardeningText {
    /// The number as printed.
    Number,
    /// The title as printed.
    Title,
    /// What is wrong.
    Issue,
    /// Why it matters here.
    WhyHere,
    /// What is done about it.
    Remediation,
    /// What was seen afterwards.
    Result,
}

/// Something that is being typed and does not exist yet.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case", deny_unknown_fields)]
pub enum DraftKey {
    /// A threat of the team's own.
    Threat(CellKey),
    /// A part of the sentence of a threat.
    Sentence(CellKey, SentencePart),
    /// A mitigation for a threat.
    Mitigation(ThreatId),
    /// An assumption.
    Assumption,
    /// A participant.
    Participant,
    /// A note of the review.
    ReviewNote,
    /// A thought to put aside.
    Parked,
}

/// Half-typed text.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Draft {
    /// What it is to become.
    pub key: DraftKey,
    /// As far as it was typed; never empty.
    pub text: ForeignText,
}

/// Where the team was.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Place {
    /// The step on the screen.
    pub step: Step,
    /// The cell of the walk.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub cell: Option<CellKey>,
    /// The text that was being typed.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub field: Option<TextField>,
    /// The cursor in that text, in bytes from its start.
    #[serde(default)]
    pub cursor: usize,
}

/// What is not yet an answer.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Working {
    /// Where the team was.
    pub place: Place,
    /// Half-typed texts.
    pub drafts: Vec<Draft>,
}
