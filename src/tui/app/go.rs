//! Moving about: steps, cells of the walk, threats, panes, and one step out again. Not for going to what
//! was found or stands out: see `visit`.

use super::open::Pane;
use super::{App, Effect};
use crate::session::id::ThreatId;
use crate::session::place::{CellKey, DraftKey, Step, TextField};
use crate::tui::screens::{self, card::Start};
use crate::tui::widgets::rows::{Choice, ListState, Target};

impl App {
    /// Goes to a step by its number.
    pub fn go_step(&mut self, number: usize) -> bool {
        let Some(open) = &mut self.open else {
            return false;
        };
        let Some(step) = number.checked_sub(1).and_then(|at| Step::ALL.get(at)) else {
            return false;
        };
        if *step == Step::Threats {
            open.threat = None;
        }
        open.step = *step;
        // Templates may have been changed meanwhile, also by whoever asks for the step they are at.
        open.report.asked_for_templates = false;
        open.compare = None;
        open.came_from = None;
        true
    }

    /// Goes so many cells on in the walk.
    pub fn go_cell(&mut self, by: isize) {
        let Some(open) = &mut self.open else { return };
        let walk: Vec<CellKey> = open.walk().collect();
        let here = walk.iter().position(|cell| *cell == open.cell);
        let there = match here {
            Some(at) => at.saturating_add_signed(by),
            None => 0,
        };
        match walk.get(there) {
            Some(cell) if here != Some(there) => {
                let cell = cell.clone();
                self.visit_cell(cell);
            }
            _ if by < 0 => self.say("This is the first cell of the walk."),
            _ => self.say("This is the last cell of the walk. 4 shows what is still open."),
        }
    }

    pub(super) fn go_next_open(&mut self) {
        let Some(open) = &mut self.open else { return };
        let walk: Vec<CellKey> = open.walk().collect();
        let here = walk
            .iter()
            .position(|cell| *cell == open.cell)
            .map_or(0, |at| at + 1);
        let (before, after) = walk.split_at(here.min(walk.len()));
        let next = after.iter().chain(before).find(|cell| {
            !open
                .coverage
                .state(&cell.component, cell.category)
                .is_answered()
        });
        match next {
            Some(cell) if *cell != open.cell => {
                let cell = cell.clone();
                self.visit_cell(cell);
            }
            Some(_) => self.say("This is the only cell left without an answer."),
            None => self.say("Every cell in scope has an answer. 4 shows the review."),
        }
    }

    /// Goes to the card of a cell.
    pub fn visit_cell(&mut self, cell: CellKey) {
        let Some(open) = &mut self.open else { return };
        open.step = Step::Threats;
        open.compare = None;
        open.threat = None;
        open.came_from = None;
        open.pane = Pane::Card;
        open.expanded = None;
        open.lists[Step::Threats as usize] = ListState::default();
        open.cell = cell;
    }

    /// Opens a threat of the card.
    pub fn open_threat(&mut self, id: ThreatId, start: Option<Start>) {
        let Some(catalog) = self.catalog.clone() else {
            return;
        };
        let Some(open) = &mut self.open else { return };
        open.threat_list = ListState::default();
        open.expanded = None;
        open.threat = Some(id.clone());
        match start {
            None => {}
            Some(Start::Rating) => {
                open.threat_list.selected = Some(Target::Choice(Choice::Likelihood));
                self.say("← and → or 1 to 5 rate it. Esc goes back to the card.");
            }
            Some(Start::Mitigation) => match screens::threat::first_untaken(open, &catalog, &id) {
                Some(at) => {
                    open.threat_list.selected = Some(Target::SuggestedMitigation(at));
                    self.say("Space takes a suggested mitigation. m writes one of your own.");
                }
                None => self.type_into(TextField::Draft(DraftKey::Mitigation(id))),
            },
        }
    }

    /// Opens a threat from another step, to which Esc goes back.
    pub fn visit_threat(&mut self, id: ThreatId, from: Step) {
        let Some(open) = &mut self.open else { return };
        let Some(threat) = open.editor.session().threat(&id) else {
            return;
        };
        let cell = CellKey {
            component: threat.component.clone(),
            category: threat.category,
        };
        self.visit_cell(cell);
        self.open_threat(id, None);
        if let Some(open) = &mut self.open {
            open.came_from = Some(from);
        }
    }

    /// Goes back from an open threat to where it was opened.
    pub fn leave_threat(&mut self) {
        let Some(open) = &mut self.open else { return };
        if let Some(id) = open.threat.take() {
            let target = Target::Threat(id);
            open.lists[Step::Threats as usize].selected = Some(target);
        }
        open.expanded = None;
        if let Some(step) = open.came_from.take() {
            open.step = step;
        }
    }

    pub(super) fn next_pane(&mut self) {
        let Some(open) = &mut self.open else { return };
        if open.step == Step::Threats && open.threat.is_none() && open.compare.is_none() {
            open.pane = match open.pane {
                Pane::Map => Pane::Card,
                Pane::Card => Pane::Map,
            };
        } else {
            self.say("There is one pane here. 1 to 5 go to the other steps.");
        }
    }

    /// One step out: an open threat, the card, the step, the session.
    pub(super) fn back(&mut self, effects: &mut Vec<Effect>) {
        let Some(open) = &mut self.open else { return };
        if open.step == Step::Threats && open.threat.is_some() && open.compare.is_none() {
            self.leave_threat();
        } else if open.expanded.is_some() {
            open.expanded = None;
        } else if open.compare.is_some() {
            open.compare = None;
        } else if open.step == Step::Threats && open.pane == Pane::Card {
            open.pane = Pane::Map;
        } else if open.step != Step::Threats {
            _ = self.go_step(Step::Threats.number());
        } else if !self.holds_unsaved_text()
            && let Some(open) = &mut self.open
        {
            open.editor.set_place(open.place());
            effects.push(Effect::Changes(open.editor.take_changes()));
            effects.extend([Effect::Close, Effect::ListSessions]);
            self.open = None;
            self.home.selected = 0;
            self.say("Saved. Enter goes on with the session where you stopped.");
        }
    }
}
