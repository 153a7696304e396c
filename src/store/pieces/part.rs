//! The fields of a session as parts of its text: their order, and how many pieces each of them has.
//!
//! Not for putting pieces together: see [`super::Pieces`].

use super::{Made, Maker};
use crate::session::types::Session;

/// A field of the session, in the order of the file.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Part {
    Format,
    Title,
    Brief,
    Created,
    Participants,
    Description,
    Components,
    OwnSystems,
    Assumptions,
    Attackers,
    Cells,
    Threats,
    Mitigations,
    Scans,
    Hardenings,
    ReviewNotes,
    Parked,
    AcceptedChecks,
    Disputes,
    Room,
    Working,
}

/// How the pieces of a part stand in the file.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// One piece.
    Field,
    /// A piece for each entry.
    List,
    /// The same; without entries, the file does not name the field.
    ListIfAny,
}

impl Part {
    /// All of them, each where its number says, with their names in the file.
    pub const ALL: [(Self, &'static str, Kind); 21] = [
        (Self::Format, "format", Kind::Field),
        (Self::Title, "title", Kind::Field),
        (Self::Brief, "brief", Kind::Field),
        (Self::Created, "created", Kind::Field),
        (Self::Participants, "participants", Kind::List),
        (Self::Description, "description", Kind::Field),
        (Self::Components, "components", Kind::List),
        (Self::OwnSystems, "own_systems", Kind::ListIfAny),
        (Self::Assumptions, "assumptions", Kind::List),
        (Self::Attackers, "attackers", Kind::List),
        (Self::Cells, "cells", Kind::List),
        (Self::Threats, "threats", Kind::List),
        (Self::Mitigations, "mitigations", Kind::List),
        (Self::Scans, "scans", Kind::List),
        (Self::Hardenings, "hardenings", Kind::List),
        (Self::ReviewNotes, "review_notes", Kind::List),
        (Self::Parked, "parked", Kind::ListIfAny),
        (Self::AcceptedChecks, "accepted_checks", Kind::ListIfAny),
        (Self::Disputes, "disputes", Kind::ListIfAny),
        (Self::Room, "room", Kind::Field),
        (Self::Working, "working", Kind::Field),
    ];

    /// How many pieces it has.
    pub fn count(self, session: &Session) -> usize {
        // Named one by one, so that a new field of the session cannot be forgotten here.
        let Session {
            format: _,
            title: _,
            brief: _,
            created: _,
            participants,
            description: _,
            components,
            own_systems,
            assumptions,
            attackers,
            cells,
            threats,
            mitigations,
            scans,
            hardenings,
            review_notes,
            parked,
            accepted_checks,
            disputes,
            room: _,
            working: _,
        } = session;
        match self {
            Self::Participants => participants.len(),
            Self::Components => components.len(),
            Self::OwnSystems => own_systems.len(),
            Self::Assumptions => assumptions.len(),
            Self::Attackers => attackers.len(),
            Self::Cells => cells.len(),
            Self::Threats => threats.len(),
            Self::Mitigations => mitigations.len(),
            Self::Scans => scans.len(),
            Self::Hardenings => hardenings.len(),
            Self::ReviewNotes => review_notes.len(),
            Self::Parked => parked.len(),
            Self::AcceptedChecks => accepted_checks.len(),
            Self::Disputes => disputes.len(),
            Self::Format
            | Self::Title
            | Self::Brief
            | Self::Created
            | Self::Description
            | Self::Room
            | Self::Working => 1,
        }
    }

    /// Writes one of its pieces.
    pub fn write(self, session: &Session, index: usize, maker: Maker) -> Result<Made, String> {
        let (_, name, _) = Self::ALL[self as usize];
        match self {
            Self::Format => maker.field(name, &session.format),
            Self::Title => maker.field(name, &session.title),
            Self::Brief => maker.field(name, &session.brief),
            Self::Created => maker.field(name, &session.created),
            Self::Participants => maker.entry(name, &session.participants[index]),
            Self::Description => maker.field(name, &session.description),
            Self::Components => maker.entry(name, &session.components[index]),
            Self::OwnSystems => maker.entry(name, &session.own_systems[index]),
            Self::Assumptions => maker.entry(name, &session.assumptions[index]),
            Self::Attackers => maker.entry(name, &session.attackers[index]),
            Self::Cells => maker.entry(name, &session.cells[index]),
            Self::Threats => maker.entry(name, &session.threats[index]),
            Self::Mitigations => maker.entry(name, &session.mitigations[index]),
            Self::Scans => maker.entry(name, &session.scans[index]),
            Self::Hardenings => maker.entry(name, &session.hardenings[index]),
            Self::ReviewNotes => maker.entry(name, &session.review_notes[index]),
            Self::Parked => maker.entry(name, &session.parked[index]),
            Self::AcceptedChecks => maker.entry(name, &session.accepted_checks[index]),
            Self::Disputes => maker.entry(name, &session.disputes[index]),
            Self::Room if session.room.is_empty() => Ok(Made::default()),
            Self::Room => maker.field(name, &session.room),
            Self::Working => maker.field(name, &session.working),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn parts_stand_in_the_table_where_they_are_looked_for() {
        for (at, (part, ..)) in Part::ALL.iter().enumerate() {
            assert_eq!(*part as usize, at);
        }
    }
}
