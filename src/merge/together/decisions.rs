//! Answers to cells, and what tables disagree about.

use std::collections::{HashMap, HashSet};

use super::Table;
use super::lists::{labelled, said};
use crate::catalog::types::Id;
use crate::encode::{ForeignText, foreign};
use crate::session::id::{DisputeId, IdSource};
use crate::session::place::{CellKey, TextField};
use crate::session::types::{
    Cell, Dispute, Disputed, LeftSuggestion, NothingApplies, OpenKind, OpenQuestion, Session,
    Stamp, Threat,
};
use crate::stride::Category;

/// What tables disagree about, as it is found.
#[derive(Default)]
pub(super) struct Disputes {
    found: Vec<(String, Disputed, Stamp)>,
}

impl Disputes {
    pub fn note(&mut self, from: &str, other: Disputed, stamp: &Stamp) {
        let known = |(table, one, _): &(String, Disputed, Stamp)| table == from && *one == other;
        if !self.found.iter().any(known) {
            self.found.push((from.to_owned(), other, stamp.clone()));
        }
    }

    /// A text of another table: taken where there is none, otherwise in dispute.
    pub fn text(
        &mut self,
        ours: &mut ForeignText,
        theirs: &ForeignText,
        field: TextField,
        from: &str,
        stamp: &Stamp,
    ) {
        if ours.trim().is_empty() {
            ours.clone_from(theirs);
        } else if !theirs.trim().is_empty() && ours != theirs {
            self.note(from, Disputed::Text(field, theirs.clone()), stamp);
        }
    }

    /// The disputes that the tables brought along, and those between them.
    pub fn of(self, tables: &[Table], session: &Session, ids: &mut IdSource) -> Vec<Dispute> {
        let mut all: Vec<Dispute> = Vec::new();
        for one in tables.iter().flat_map(|table| &table.session.disputes) {
            let same = |other: &Dispute| other.from == one.from && other.other == one.other;
            if !all.iter().any(same) {
                all.push(one.clone());
            }
        }
        for (from, other, created) in self.found {
            if holds_already(session, &other) {
                continue;
            }
            let known = |id: &DisputeId| all.iter().any(|one| one.id == *id);
            let id = DisputeId::fresh(ids, known);
            all.push(Dispute {
                id,
                from: from.into(),
                other,
                created,
            });
        }
        all
    }
}

/// Whether the session has come to hold the value meanwhile, from a third table.
fn holds_already(session: &Session, other: &Disputed) -> bool {
    match other {
        Disputed::Text(field, text) => session.text(field) == Some(text),
        Disputed::Likelihood(id, value) => session
            .threat(id)
            .is_some_and(|one| one.likelihood == *value),
        Disputed::Impact(id, value) => session.threat(id).is_some_and(|one| one.impact == *value),
        Disputed::Response(id, value) => {
            session.threat(id).is_some_and(|one| one.response == *value)
        }
        Disputed::MitigationStatus(id, value) => session
            .mitigation(id)
            .is_some_and(|one| one.status == *value),
        _ => false,
    }
}

/// The cells of all tables. A cell without an answer of any table is not in the list.
pub(super) fn cells(tables: &[Table], threats: &[Threat], disputes: &mut Disputes) -> Vec<Cell> {
    let with_threats: HashSet<(&Id, Category)> = threats
        .iter()
        .map(|threat| (&threat.component, threat.category))
        .collect();
    let mut order: Vec<(&Id, Category)> = Vec::new();
    let mut found: HashMap<(&Id, Category), Vec<(&Table, &Cell)>> = HashMap::new();
    for table in tables {
        for cell in &table.session.cells {
            let key = (&cell.component, cell.category);
            let cells = found.entry(key).or_default();
            if cells.is_empty() {
                order.push(key);
            }
            cells.push((table, cell));
        }
    }
    let joined = order.into_iter().map(|key| {
        let cells = &found[&key];
        let has_threats = with_threats.contains(&key);
        cell(key, cells, has_threats, disputes)
    });
    joined.filter(|cell| !cell.is_empty()).collect()
}

fn cell(
    (component, category): (&Id, Category),
    cells: &[(&Table, &Cell)],
    has_threats: bool,
    disputes: &mut Disputes,
) -> Cell {
    let mut joined = Cell::new(component.clone(), category);
    joined.note = labelled(said(cells, |cell| Some(&cell.note)));
    joined.open_question = open_question(cells);
    joined.left = left(cells);
    let answers = || {
        cells
            .iter()
            .filter_map(|(table, cell)| Some((*table, cell.nothing_applies.as_ref()?)))
    };
    let key = CellKey {
        component: component.clone(),
        category,
    };
    if !has_threats {
        joined.nothing_applies = answers()
            .map(|(_, answer)| &answer.created)
            .min_by_key(|stamp| stamp.at)
            .map(|created| NothingApplies {
                reason: labelled(said(cells, |cell| {
                    cell.nothing_applies.as_ref().map(|one| &one.reason)
                })),
                created: created.clone(),
            });
        return joined;
    }
    for (table, answer) in answers() {
        let own = table.session.threats.iter();
        let mut own = own.filter(|one| one.component == *component && one.category == category);
        if own.next().is_some() {
            // The same people said both; it stays as they have it.
            let answer = answer.clone();
            joined.nothing_applies.get_or_insert(answer);
        }
        let other = Disputed::NothingApplies(key.clone(), answer.reason.clone());
        disputes.note(&table.name, other, &answer.created);
    }
    joined
}

fn open_question(cells: &[(&Table, &Cell)]) -> Option<OpenQuestion> {
    let questions = || {
        cells
            .iter()
            .filter_map(|(_, cell)| cell.open_question.as_ref())
    };
    let first = questions().min_by_key(|one| one.created.at)?;
    let disagree = questions().any(|one| one.kind == OpenKind::Disagree);
    Some(OpenQuestion {
        kind: if disagree {
            OpenKind::Disagree
        } else {
            OpenKind::NotKnown
        },
        text: labelled(said(cells, |cell| {
            cell.open_question.as_ref().map(|one| &one.text)
        })),
        created: first.created.clone(),
    })
}

fn left(cells: &[(&Table, &Cell)]) -> Vec<LeftSuggestion> {
    let mut order: Vec<&Id> = Vec::new();
    for (_, cell) in cells {
        for left in &cell.left {
            if !order.contains(&&left.suggestion) {
                order.push(&left.suggestion);
            }
        }
    }
    let all = |suggestion: &Id| -> Vec<(&str, &LeftSuggestion)> {
        let found = cells.iter().filter_map(|(table, cell)| {
            let left = cell.left.iter().find(|one| one.suggestion == *suggestion)?;
            Some((table.name.as_str(), left))
        });
        found.collect()
    };
    order
        .into_iter()
        .filter_map(|suggestion| {
            let found = all(suggestion);
            let (_, first) = found.iter().min_by_key(|(_, one)| one.created.at)?;
            let one_kind = found.iter().all(|(_, one)| one.kind == first.kind);
            let reasons = found.iter().map(|(table, one)| {
                let reason = match (one_kind, one.reason.is_empty()) {
                    (true, _) => one.reason.clone(),
                    (false, true) => one.kind.name().into(),
                    (false, false) => foreign!("{}: {}", one.kind.name(), one.reason),
                };
                (*table, reason)
            });
            Some(LeftSuggestion {
                suggestion: suggestion.clone(),
                kind: first.kind,
                reason: labelled(reasons.collect()),
                created: first.created.clone(),
            })
        })
        .collect()
}
