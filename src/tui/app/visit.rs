//! Goes to a place by what is there: a text of the team, a suggestion of the catalog.
//!
//! Not for the next and the one before: moving about by keys is in [`super::update`].

use super::App;
use crate::catalog::types::Id;
use crate::session::place::{CellKey, DraftKey, Step, TextField};
use crate::tui::overlays::{Overlay, parking::Parking};
use crate::tui::widgets::rows::Target;

impl App {
    /// Goes to a suggestion, with its details open; to the team's threat where it was taken.
    pub fn visit_suggestion(&mut self, cell: CellKey, suggestion: &Id) {
        self.visit_cell(cell);
        let Some(open) = &mut self.open else { return };
        let taken = open.editor.session().threats.iter().find(|threat| {
            threat.suggestion.as_ref() == Some(suggestion)
                && threat.component == open.cell.component
        });
        let target = match taken {
            Some(threat) => Target::Threat(threat.id.clone()),
            None => Target::Suggestion(suggestion.clone()),
        };
        open.expanded = Some(target.clone());
        open.list_mut().selected = Some(target);
    }

    /// Goes to a text that was found before its session was open, instead of where the team stopped.
    pub(super) fn go_to_found(&mut self, field: &TextField) {
        let Some(open) = &mut self.open else { return };
        open.active = None;
        self.visit_text(field);
        self.notice = None;
    }

    /// Goes to the place where a text of the team stands.
    pub fn visit_text(&mut self, field: &TextField) {
        let Some(open) = &self.open else { return };
        let from = open.step;
        match field {
            TextField::Title
            | TextField::Description
            | TextField::ParticipantName(_)
            | TextField::Assumption(_)
            | TextField::AttackerNote(_)
            | TextField::Draft(DraftKey::Assumption | DraftKey::Participant) => {
                self.visit_step(Step::Scope, None, field);
            }
            TextField::NothingAppliesReason(cell)
            | TextField::OpenQuestion(cell)
            | TextField::CellNote(cell)
            | TextField::LeftReason(cell, _)
            | TextField::Draft(DraftKey::Threat(cell) | DraftKey::Sentence(cell, _)) => {
                self.visit_cell(cell.clone());
                self.mark(target_of(field));
            }
            TextField::Threat(id, _) | TextField::Draft(DraftKey::Mitigation(id)) => {
                self.visit_threat(id.clone(), from);
                self.mark(target_of(field));
            }
            TextField::Mitigation(id, _) => {
                self.visit_step(Step::Harden, Some(Target::Mitigation(id.clone())), field);
            }
            TextField::Hardening(id, _) => {
                self.visit_step(Step::Harden, Some(Target::Hardening(id.clone())), field);
            }
            TextField::ReviewNote(_)
            | TextField::AcceptedCheck(_)
            | TextField::Draft(DraftKey::ReviewNote) => {
                self.visit_step(Step::Review, None, field);
            }
            TextField::Parked(_) | TextField::Draft(DraftKey::Parked) => {
                self.overlay = Some(Overlay::Parking(Parking::open(self)));
            }
        }
    }

    /// Goes to a step, opens an entry of its list, and marks a field.
    fn visit_step(&mut self, step: Step, entry: Option<Target>, field: &TextField) {
        self.go_step(step.number());
        if let Some(open) = &mut self.open {
            open.expanded.clone_from(&entry);
        }
        self.mark(target_of(field));
        // Not every text of an entry has a row of its own; then the entry is marked.
        if let (Some(entry), Some(open), Some(catalog)) = (entry, &mut self.open, &self.catalog) {
            let wanted = target_of(field);
            let rows = crate::tui::screens::rows(open, catalog);
            if rows.iter().all(|row| row.target.as_ref() != Some(&wanted)) {
                open.list_mut().selected = Some(entry);
            }
        }
    }

    fn mark(&mut self, target: Target) {
        if let Some(open) = &mut self.open {
            open.list_mut().selected = Some(target);
        }
    }
}

/// The row of a field.
pub(super) fn target_of(field: &TextField) -> Target {
    match field {
        TextField::Draft(key) => Target::New(key.clone()),
        other => Target::Field(other.clone()),
    }
}
