//! The saved document: what a team decided. One RON file holds one [`Session`].
//!
//! Not for changing it: every edit goes through [`super::edit`]. Not for files: see `store`.
//! docs/session-format.md describes the file for people.

mod decision;
mod room;
mod sentence;

pub use decision::{AcceptedCheck, Dispute, Disputed, LeaveKind, OpenKind, OpenQuestion};
pub use room::{Hands, Level, ParkedThought, Room, TimeBox, Votes};
pub use sentence::Sentence;

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use crate::catalog::types::Id;
use crate::session::id::{
    AssumptionId, HardeningId, MitigationId, NoteId, ParticipantId, ScanId, ThreatId,
};
use crate::session::own::OwnSystem;
use crate::session::place::{CellKey, Working};
use crate::stride::Category;

/// The format that this program writes.
pub const FORMAT: u32 = 1;

/// Who did something, and when.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Stamp {
    /// The participant who was typing, if the group names them.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub by: Option<ParticipantId>,
    /// When, to the second, in UTC.
    pub at: Timestamp,
}

/// A threat-modelling session of one team.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Session {
    /// The format of the file; see [`FORMAT`].
    pub format: u32,
    /// What the team calls it.
    pub title: String,
    /// The assignment.
    pub brief: Id,
    /// When it was begun.
    pub created: Timestamp,
    /// Who is in the room.
    pub participants: Vec<Participant>,
    /// The environment in the team's words.
    pub description: String,
    /// The components in scope, in the order of the walk.
    pub components: Vec<Id>,
    /// Systems that the catalog does not know, from another tool.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub own_systems: Vec<OwnSystem>,
    /// What the team takes for granted.
    pub assumptions: Vec<Assumption>,
    /// The attacker profiles that the team reckons with.
    pub attackers: Vec<ChosenAttacker>,
    /// Answers to cells that are not threats.
    pub cells: Vec<Cell>,
    /// What can go wrong.
    pub threats: Vec<Threat>,
    /// What the team does about it.
    pub mitigations: Vec<Mitigation>,
    /// Imported scanner runs, oldest first.
    pub scans: Vec<Scan>,
    /// Findings that were chosen and documented.
    pub hardenings: Vec<Hardening>,
    /// What the team says about its own work.
    pub review_notes: Vec<ReviewNote>,
    /// Thoughts that were put aside.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub parked: Vec<ParkedThought>,
    /// What quality checks found and the team leaves so, with reasons.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub accepted_checks: Vec<AcceptedCheck>,
    /// What two versions that were brought together disagree about.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub disputes: Vec<Dispute>,
    /// Whose turn it is, and the time box.
    #[serde(default, skip_serializing_if = "Room::is_empty")]
    pub room: Room,
    /// Half-typed text and where the team was.
    pub working: Working,
}

/// Someone in the room.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Participant {
    /// How stamps refer to them.
    pub id: ParticipantId,
    /// A name or initials.
    pub name: String,
}

/// Something the team takes for granted.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Assumption {
    /// Its id.
    pub id: AssumptionId,
    /// The assumption.
    pub text: String,
    /// Who wrote it first, and when.
    pub created: Stamp,
}

/// An attacker profile that the team reckons with.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ChosenAttacker {
    /// The catalog's profile.
    pub profile: Id,
    /// Why this one, in the team's words.
    pub note: String,
}

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

/// How often something is expected.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Likelihood {
    /// Once in many years.
    Rare,
    /// Once in a few years.
    Unlikely,
    /// Once a year.
    Possible,
    /// Every few months.
    Likely,
    /// Every week, or already now.
    Expected,
}

/// How much harm it does.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Impact {
    /// Hardly noticed.
    Negligible,
    /// An annoyance for some.
    Minor,
    /// A bad day for many.
    Moderate,
    /// Loss of data, money or trust.
    Major,
    /// The organisation may not recover.
    Severe,
}

/// What is being done about a threat in principle.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Response {
    /// Make it less likely or less harmful.
    Mitigate,
    /// Remove what makes it possible.
    Eliminate,
    /// Let someone else carry it.
    Transfer,
    /// Live with it, knowingly.
    Accept,
}

/// A threat that the team recorded.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Threat {
    /// Its id.
    pub id: ThreatId,
    /// The component of its cell.
    pub component: Id,
    /// The category of its cell.
    pub category: Category,
    /// The catalog's threat that it was taken from. The texts below are the team's own copy.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub suggestion: Option<Id>,
    /// In a few words.
    pub title: String,
    /// The attack surface of the component.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub surface: Option<Id>,
    /// What goes wrong, in sentences.
    pub what_goes_wrong: String,
    /// What must be so for it to happen.
    pub preconditions: String,
    /// What it leads to.
    pub consequences: String,
    /// The same as a sentence in parts, where the team built one.
    #[serde(default, skip_serializing_if = "Sentence::is_empty")]
    pub sentence: Sentence,
    /// How often, or not rated.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub likelihood: Option<Likelihood>,
    /// How bad, or not rated.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub impact: Option<Impact>,
    /// The show of hands on both ratings.
    #[serde(default, skip_serializing_if = "Votes::is_empty")]
    pub votes: Votes,
    /// What is done about it in principle, or not decided.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub response: Option<Response>,
    /// Why this response.
    pub response_reason: String,
    /// For accepted threats: until when.
    pub accepted_until: String,
    /// Controls of the benchmarks that bear on it.
    pub controls: Vec<Id>,
    /// Who recorded it, and when.
    pub created: Stamp,
    /// Who changed it last, and when.
    pub changed: Stamp,
}

impl Threat {
    /// A threat of which no more than its cell and its title is known.
    pub fn new(id: ThreatId, cell: CellKey, title: String, stamp: &Stamp) -> Self {
        Self {
            id,
            component: cell.component,
            category: cell.category,
            suggestion: None,
            title,
            surface: None,
            what_goes_wrong: String::new(),
            preconditions: String::new(),
            consequences: String::new(),
            sentence: Sentence::default(),
            likelihood: None,
            impact: None,
            votes: Votes::default(),
            response: None,
            response_reason: String::new(),
            accepted_until: String::new(),
            controls: Vec::new(),
            created: stamp.clone(),
            changed: stamp.clone(),
        }
    }
}

/// How far a mitigation is.
#[derive(
    Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize,
)]
#[serde(rename_all = "snake_case")]
pub enum MitigationStatus {
    /// To be done.
    #[default]
    Planned,
    /// Done, not yet checked.
    Done,
    /// Done, and somebody looked that it holds.
    Verified,
}

/// Something the team does about one or more threats.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Mitigation {
    /// Its id.
    pub id: MitigationId,
    /// The threats that it is for.
    pub threats: Vec<ThreatId>,
    /// What to do.
    pub what: String,
    /// How far it is.
    pub status: MitigationStatus,
    /// Who does it.
    pub owner: String,
    /// By when, as people say it.
    pub due: String,
    /// How to see that it holds.
    pub verify: String,
    /// What was seen.
    pub evidence: String,
    /// Controls of the benchmarks that check it.
    pub controls: Vec<Id>,
    /// Who noted it, and when.
    pub created: Stamp,
    /// Who changed it last, and when.
    pub changed: Stamp,
}

/// What a scanner says about one control, in the meaning that the tool itself gives its words.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum FindingStatus {
    /// The control is met.
    Passed,
    /// The control is not met.
    Failed,
    /// A person has to look.
    Manual,
    /// Said for information, without a verdict.
    Information,
}

/// What a scanner found for one control.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Finding {
    /// The number that the tool printed, such as `5.10`.
    pub number: String,
    /// The title as the tool printed it.
    pub title: String,
    /// The word that the tool printed, such as `WARN`.
    pub printed_status: String,
    /// What that word means.
    pub status: FindingStatus,
    /// The catalog's control, where the title is known.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub control: Option<Id>,
    /// Containers, files and users that the tool named.
    pub details: Vec<String>,
    /// What the tool says to do.
    pub remediation: String,
}

/// One imported run of a scanner.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Scan {
    /// Its id.
    pub id: ScanId,
    /// The file's name, without its folders.
    pub file: String,
    /// Such as `docker-bench-security`.
    pub tool: String,
    /// The tool's version, where it says so.
    pub tool_version: String,
    /// The benchmark and its version, where known.
    pub benchmark: String,
    /// What it found.
    pub findings: Vec<Finding>,
    /// Who imported it, and when.
    pub created: Stamp,
}

/// A finding that was chosen to be hardened, and documented.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Hardening {
    /// Its id.
    pub id: HardeningId,
    /// The number as the tool printed it.
    pub number: String,
    /// The title as the tool printed it.
    pub title: String,
    /// The benchmark and version that the number belongs to.
    pub benchmark: String,
    /// The catalog's control.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub control: Option<Id>,
    /// What is wrong.
    pub issue: String,
    /// Why it matters here.
    pub why_here: String,
    /// What is done about it.
    pub remediation: String,
    /// What was seen afterwards.
    pub result: String,
    /// Somebody looked by hand that it holds, where the tool can only give a note.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub confirmed: Option<Stamp>,
    /// The threats that it bears on.
    pub threats: Vec<ThreatId>,
    /// Who chose it, and when.
    pub created: Stamp,
    /// Who changed it last, and when.
    pub changed: Stamp,
}

/// What the team says about its own work.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ReviewNote {
    /// Its id.
    pub id: NoteId,
    /// The note.
    pub text: String,
    /// Who wrote it first, and when.
    pub created: Stamp,
}

impl Session {
    /// An empty session with the components that its brief puts in scope.
    pub fn new(title: impl Into<String>, brief: Id, components: Vec<Id>, now: Timestamp) -> Self {
        Self {
            format: FORMAT,
            title: title.into(),
            brief,
            created: to_the_second(now),
            participants: Vec::new(),
            description: String::new(),
            components,
            own_systems: Vec::new(),
            assumptions: Vec::new(),
            attackers: Vec::new(),
            cells: Vec::new(),
            threats: Vec::new(),
            mitigations: Vec::new(),
            scans: Vec::new(),
            hardenings: Vec::new(),
            review_notes: Vec::new(),
            parked: Vec::new(),
            accepted_checks: Vec::new(),
            disputes: Vec::new(),
            room: Room::default(),
            working: Working::default(),
        }
    }
}

/// Cuts a time to whole seconds, which is what sessions keep.
pub fn to_the_second(time: Timestamp) -> Timestamp {
    Timestamp::from_second(time.as_second()).unwrap_or(time)
}
