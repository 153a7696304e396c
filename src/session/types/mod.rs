//! The saved document: what a team decided. One RON file holds one [`Session`].
//!
//! Not for changing it: every edit goes through [`super::edit`]. Not for files: see `store`.
//! docs/session-format.md describes the file for people.

mod cell;
mod decision;
mod hardening;
mod room;
mod sentence;
mod threat;

pub use cell::{Cell, LeftSuggestion, NothingApplies};
pub use decision::{AcceptedCheck, Dispute, Disputed, LeaveKind, OpenKind, OpenQuestion};
pub use hardening::{Finding, FindingStatus, Hardening, Scan};
pub use room::{Hands, Level, ParkedThought, Room, TimeBox, Votes};
pub use sentence::Sentence;
pub use threat::{Impact, Likelihood, Mitigation, MitigationStatus, Response, Threat};

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use crate::catalog::types::Id;
use crate::session::id::{AssumptionId, NoteId, ParticipantId};
use crate::session::own::OwnSystem;
use crate::session::place::Working;

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
