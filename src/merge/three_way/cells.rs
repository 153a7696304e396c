//! Cells: answers that are not threats. A cell that is not there is an empty one.

use super::list::keyed;
use super::{Merger, Side, picked};
use crate::encode::{Foreign, foreign};
use crate::session::place::{CellKey, TextField};
use crate::session::types::{
    Cell, Disputed, LeaveKind, LeftSuggestion, NothingApplies, OpenQuestion, Session, Stamp,
};

impl Merger<'_> {
    pub(super) fn cells(&mut self) -> Vec<Cell> {
        let (base, ours, theirs) = (self.base, self.ours, self.theirs);
        keyed(&base.cells, &ours.cells, &theirs.cells, key, |sides| {
            let any = sides.ours.or(sides.theirs)?;
            let empty = Cell::new(any.component.clone(), any.category);
            let cell = self.cell(
                sides.base.unwrap_or(&empty),
                sides.ours.unwrap_or(&empty),
                sides.theirs.unwrap_or(&empty),
            );
            (!cell.is_empty()).then_some(cell)
        })
    }

    fn cell(&mut self, base: &Cell, ours: &Cell, theirs: &Cell) -> Cell {
        let key = key(ours);
        let begun = Stamp {
            by: None,
            at: self.ours.created,
        };
        let field = || TextField::CellNote(key.clone());
        let note = self.text(
            base.note.as_foreign(),
            &ours.note,
            &theirs.note,
            field,
            (&begun, &begun),
        );
        Cell {
            component: ours.component.clone(),
            category: ours.category,
            nothing_applies: self.nothing_applies(&key, base, ours, theirs),
            open_question: self.open_question(&key, base, ours, theirs),
            note,
            left: self.left(&key, base, ours, theirs),
        }
    }

    fn nothing_applies(
        &mut self,
        key: &CellKey,
        base: &Cell,
        ours: &Cell,
        theirs: &Cell,
    ) -> Option<NothingApplies> {
        let [was, our, their] = [base, ours, theirs].map(|cell| cell.nothing_applies.as_ref());
        let answer = match (our, their) {
            (Some(our), Some(their)) => {
                let field = || TextField::NothingAppliesReason(key.clone());
                let was = was.map_or_else(Foreign::default, |one| one.reason.as_foreign());
                let stamps = (&our.created, &their.created);
                let reason = self.text(was, &our.reason, &their.reason, field, stamps);
                Some(NothingApplies {
                    reason,
                    created: our.created.clone(),
                })
            }
            (Some(one), None) | (None, Some(one)) if was != Some(one) => Some(one.clone()),
            _ => None,
        }?;
        // One side says that nothing applies while the other found a threat.
        let side = if our.is_some() {
            Side::Ours
        } else {
            Side::Theirs
        };
        let (one, other) = match side {
            Side::Ours => (self.ours, self.theirs),
            Side::Theirs => (self.theirs, self.ours),
        };
        let only_one_says_so = our.is_none() || their.is_none();
        if only_one_says_so && !has_threats(one, key) && has_threats(other, key) {
            let other = Disputed::NothingApplies(key.clone(), answer.reason);
            self.dispute(side, other, &answer.created);
            return None;
        }
        Some(answer)
    }

    fn open_question(
        &mut self,
        key: &CellKey,
        base: &Cell,
        ours: &Cell,
        theirs: &Cell,
    ) -> Option<OpenQuestion> {
        let [was, our, their] = [base, ours, theirs].map(|cell| cell.open_question.as_ref());
        match (our, their) {
            (Some(our), Some(their)) => {
                let field = || TextField::OpenQuestion(key.clone());
                let text = was.map_or_else(Foreign::default, |one| one.text.as_foreign());
                let stamps = (&our.created, &their.created);
                let kind = was.map_or(our.kind, |one| one.kind);
                Some(OpenQuestion {
                    kind: *picked(&kind, &our.kind, &their.kind).0,
                    text: self.text(text, &our.text, &their.text, field, stamps),
                    created: our.created.clone(),
                })
            }
            (Some(one), None) | (None, Some(one)) if was != Some(one) => Some(one.clone()),
            _ => None,
        }
    }

    fn left(
        &mut self,
        key: &CellKey,
        base: &Cell,
        ours: &Cell,
        theirs: &Cell,
    ) -> Vec<LeftSuggestion> {
        keyed(
            &base.left,
            &ours.left,
            &theirs.left,
            |one| one.suggestion.clone(),
            |sides| {
                let (Some(our), Some(their)) = (sides.ours, sides.theirs) else {
                    return sides.lone().cloned();
                };
                let kind = sides.base.map_or(LeaveKind::default(), |one| one.kind);
                let (kind, differ) = picked(&kind, &our.kind, &their.kind);
                let field = || TextField::LeftReason(key.clone(), our.suggestion.clone());
                if differ {
                    // The decision itself is in dispute: theirs goes along with its reason.
                    let said = foreign!("{}: {}", their.kind.name(), their.reason);
                    let other = Disputed::Text(field(), said);
                    self.dispute(Side::Theirs, other, &their.created);
                    return Some(our.clone());
                }
                let reason = sides
                    .base
                    .map_or_else(Foreign::default, |one| one.reason.as_foreign());
                let stamps = (&our.created, &their.created);
                let reason = self.text(reason, &our.reason, &their.reason, field, stamps);
                Some(LeftSuggestion {
                    suggestion: our.suggestion.clone(),
                    kind: *kind,
                    reason,
                    created: our.created.clone(),
                })
            },
        )
    }
}

fn key(cell: &Cell) -> CellKey {
    CellKey {
        component: cell.component.clone(),
        category: cell.category,
    }
}

fn has_threats(session: &Session, key: &CellKey) -> bool {
    session
        .threats
        .iter()
        .any(|threat| threat.category == key.category && threat.component == key.component)
}
