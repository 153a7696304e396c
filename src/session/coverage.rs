//! The state of every cell: the matrix of components and categories, counted in one pass.
//!
//! Made anew when the structure of a session changes, not for every letter or frame.

use std::collections::HashMap;

use super::types::Session;
use crate::catalog::types::Id;
use crate::stride::Category;

/// The state of a cell. A cell is in exactly one.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum CellState {
    /// Nothing was said yet.
    Untouched,
    /// Something was said, but no answer.
    InProgress,
    /// At least one threat is recorded.
    ThreatsRecorded,
    /// Nothing applies, and the reason is noted.
    NothingApplies,
    /// Its component is not part of the model.
    OutOfScope,
}

impl CellState {
    /// The sign on the map.
    pub const fn sign(self) -> char {
        match self {
            Self::Untouched => '·',
            Self::InProgress => '○',
            Self::ThreatsRecorded => '●',
            Self::NothingApplies => '–',
            Self::OutOfScope => ' ',
        }
    }

    /// In words.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Untouched => "untouched",
            Self::InProgress => "in progress",
            Self::ThreatsRecorded => "threats recorded",
            Self::NothingApplies => "nothing applies",
            Self::OutOfScope => "out of scope",
        }
    }

    /// Whether the cell has an answer.
    pub const fn is_answered(self) -> bool {
        matches!(self, Self::ThreatsRecorded | Self::NothingApplies)
    }
}

/// The states of all cells of a session, and how many threats each has.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Coverage {
    rows: HashMap<Id, Row>,
    /// How many cells in scope have an answer, and how many there are.
    answered: (usize, usize),
}

/// The six cells of a component.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
struct Row {
    in_scope: bool,
    cells: [CellCount; 6],
}

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
struct CellCount {
    threats: usize,
    nothing_applies: bool,
    begun: bool,
}

impl Coverage {
    /// Counts once through the session.
    pub fn of(session: &Session) -> Self {
        let mut rows: HashMap<Id, Row> = HashMap::with_capacity(session.components.len());
        for component in &session.components {
            rows.entry(component.clone()).or_default().in_scope = true;
        }
        for threat in &session.threats {
            if let Some(row) = rows.get_mut(&threat.component) {
                row.cells[threat.category.index()].threats += 1;
            } else {
                let mut row = Row::default();
                row.cells[threat.category.index()].threats = 1;
                rows.insert(threat.component.clone(), row);
            }
        }
        for cell in &session.cells {
            let row = rows.entry(cell.component.clone()).or_default();
            let count = &mut row.cells[cell.category.index()];
            count.begun = !cell.is_empty();
            count.nothing_applies = cell
                .nothing_applies
                .as_ref()
                .is_some_and(|answer| !answer.reason.trim().is_empty());
        }
        for draft in &session.working.drafts {
            if let super::place::DraftKey::Threat(key) = &draft.key {
                let row = rows.entry(key.component.clone()).or_default();
                row.cells[key.category.index()].begun = true;
            }
        }
        let mut coverage = Self {
            rows,
            answered: (0, 0),
        };
        coverage.answered = coverage.count(&session.components);
        coverage
    }

    fn count(&self, components: &[Id]) -> (usize, usize) {
        let answered = components
            .iter()
            .flat_map(|component| Category::ALL.map(|category| self.state(component, category)))
            .filter(|state| state.is_answered())
            .count();
        (answered, components.len() * Category::ALL.len())
    }

    /// The state of a cell.
    pub fn state(&self, component: &Id, category: Category) -> CellState {
        let Some(row) = self.rows.get(component).filter(|row| row.in_scope) else {
            return CellState::OutOfScope;
        };
        match row.cells[category.index()] {
            CellCount { threats: 1.., .. } => CellState::ThreatsRecorded,
            CellCount {
                nothing_applies: true,
                ..
            } => CellState::NothingApplies,
            CellCount { begun: true, .. } => CellState::InProgress,
            _ => CellState::Untouched,
        }
    }

    /// How many threats a cell has.
    pub fn threats(&self, component: &Id, category: Category) -> usize {
        self.rows
            .get(component)
            .map_or(0, |row| row.cells[category.index()].threats)
    }

    /// How many cells in scope are answered, and how many there are.
    pub const fn answered(&self) -> (usize, usize) {
        self.answered
    }
}
