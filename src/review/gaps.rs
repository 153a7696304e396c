//! Where something is left to do: cells without an answer, answers in doubt, threats without a
//! mitigation, thoughts that were parked. And the cells of each system by their state.

use std::collections::HashSet;

use super::Jump;
use crate::catalog::Catalog;
use crate::catalog::types::Id;
use crate::encode::ForeignText;
use crate::session::coverage::{CellState, Coverage};
use crate::session::id::ThreatId;
use crate::session::place::CellKey;
use crate::session::types::{Cell, LeaveKind, Response, Session, Stamp};
use crate::stride::Category;

/// A kind of gap.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum GapKind {
    /// Cells without an answer.
    Empty,
    /// Cells where the team does not know or disagrees.
    InDoubt,
    /// Threats that nothing is done about.
    Unmitigated,
    /// Thoughts that were put aside.
    Parked,
}

impl GapKind {
    /// All four.
    pub const ALL: [Self; 4] = [Self::Empty, Self::InDoubt, Self::Unmitigated, Self::Parked];

    /// In words.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Empty => "Cells without an answer",
            Self::InDoubt => "Open questions: we do not know, or we disagree",
            Self::Unmitigated => "Threats without a mitigation",
            Self::Parked => "Parked thoughts",
        }
    }
}

/// One place where something is left to do.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Gap {
    /// What it is.
    pub text: String,
    /// Who said so and when, where somebody did.
    pub tail: String,
    /// Where it is.
    pub jump: Jump,
}

/// All of them.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Gaps([Vec<Gap>; 4]);

impl Gaps {
    /// Of a session, in its order.
    pub fn of(session: &Session, catalog: &Catalog) -> Self {
        Self([
            empty(session, catalog),
            in_doubt(session, catalog),
            unmitigated(session),
            parked(session),
        ])
    }

    /// Those of a kind.
    pub fn get(&self, kind: GapKind) -> &[Gap] {
        &self.0[kind as usize]
    }
}

/// A cell as people call it.
pub fn cell_name(catalog: &Catalog, component: &Id, category: Category) -> String {
    let component = catalog
        .component(component.as_str())
        .map_or(component.as_str(), |one| one.name.as_str());
    format!("{component} · {category}")
}

fn empty(session: &Session, catalog: &Catalog) -> Vec<Gap> {
    let coverage = Coverage::of(session);
    let mut gaps = Vec::new();
    for component in &session.components {
        for category in Category::ALL {
            let state = coverage.state(component, category);
            if state.is_answered() {
                continue;
            }
            let begun = if state == CellState::InProgress {
                ", in progress"
            } else {
                ""
            };
            gaps.push(Gap {
                text: format!("{}{begun}", cell_name(catalog, component, category)),
                tail: String::new(),
                jump: Jump::Cell(CellKey {
                    component: component.clone(),
                    category,
                }),
            });
        }
    }
    gaps
}

/// Questions that are open on record: whole cells, and suggestions that were left undecided.
fn in_doubt(session: &Session, catalog: &Catalog) -> Vec<Gap> {
    let in_scope: HashSet<&Id> = session.components.iter().collect();
    let cells = session.cells.iter();
    let considered = cells.filter(|cell| in_scope.contains(&cell.component));
    considered
        .flat_map(|cell| doubts(session, cell, catalog))
        .collect()
}

fn doubts(session: &Session, cell: &Cell, catalog: &Catalog) -> Vec<Gap> {
    let place = cell_name(catalog, &cell.component, cell.category);
    let gap = |what: &str, words: &ForeignText, created: &Stamp| {
        let colon = if words.trim().is_empty() { "" } else { ": " };
        Gap {
            text: format!("{place}, {what}{colon}{}", words.trim().shown()),
            tail: session.who_and_when(created),
            jump: Jump::Cell(CellKey {
                component: cell.component.clone(),
                category: cell.category,
            }),
        }
    };
    let question = cell.open_question.as_ref();
    let question = question.map(|one| gap(one.kind.name(), &one.text, &one.created));
    let left = cell
        .left
        .iter()
        .filter(|one| matches!(one.kind, LeaveKind::NotKnown | LeaveKind::Disagree))
        .map(|one| {
            let title = catalog
                .threat(one.suggestion.as_str())
                .map_or(one.suggestion.as_str(), |(_, threat)| threat.title.as_str());
            gap(
                &format!("'{title}', {}", one.kind.name()),
                &one.reason,
                &one.created,
            )
        });
    question.into_iter().chain(left).collect()
}

fn unmitigated(session: &Session) -> Vec<Gap> {
    let in_scope: HashSet<&Id> = session.components.iter().collect();
    let mitigated: HashSet<&ThreatId> = session
        .mitigations
        .iter()
        .filter(|one| !one.what.trim().is_empty())
        .flat_map(|one| &one.threats)
        .collect();
    session
        .threats
        .iter()
        .filter(|one| in_scope.contains(&one.component) && !mitigated.contains(&one.id))
        .filter(|one| !matches!(one.response, Some(Response::Accept | Response::Transfer)))
        .map(|one| Gap {
            text: one.title.shown().into_owned(),
            tail: String::new(),
            jump: Jump::Threat(one.id.clone()),
        })
        .collect()
}

fn parked(session: &Session) -> Vec<Gap> {
    let open = session.parked.iter().filter(|one| !one.settled);
    open.map(|one| Gap {
        text: one.text.shown().into_owned(),
        tail: session.who_and_when(&one.created),
        jump: one.cell.clone().map_or(Jump::Scope, Jump::Cell),
    })
    .collect()
}

/// How many cells are in each state.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct StateCounts([usize; 5]);

impl StateCounts {
    /// Of these components.
    pub fn of<'a>(coverage: &Coverage, components: impl IntoIterator<Item = &'a Id>) -> Self {
        let mut counts = Self::default();
        for component in components {
            for category in Category::ALL {
                counts.0[coverage.state(component, category) as usize] += 1;
            }
        }
        counts
    }

    /// How many are in a state.
    pub const fn get(self, state: CellState) -> usize {
        self.0[state as usize]
    }

    /// How many cells in scope have an answer, and how many there are.
    pub const fn answered(self) -> (usize, usize) {
        let answered = self.get(CellState::ThreatsRecorded) + self.get(CellState::NothingApplies);
        let open = self.get(CellState::Untouched) + self.get(CellState::InProgress);
        (answered, answered + open)
    }
}
