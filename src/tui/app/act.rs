//! Actions, wherever they come from: a key, the palette, the mouse, a line of the plain mode. Not for what
//! belongs to one screen: see `tui::screens`.

use super::open::Pane;
use super::{App, Effect};
use crate::session::place::Step;
use crate::tui::keymap::Action;
use crate::tui::overlays::{
    Overlay, deck::Deck, help::Help, palette::Palette, parking::Parking, ratings::Ratings,
    search::Search,
};
use crate::tui::screens;

impl App {
    /// Carries out what a key means outside text.
    pub fn act(&mut self, action: Action, effects: &mut Vec<Effect>) {
        if self.act_on_screen(action, effects) || self.act_on_list(action) {
            return;
        }
        match action {
            Action::Help => self.overlay = Some(Overlay::Help(Help::for_screen(self))),
            Action::Palette => self.overlay = Some(Overlay::Palette(Palette::open(self))),
            Action::Search => self.search_everything(effects),
            Action::Words => self.overlay = Some(Overlay::Search(Search::words(self))),
            Action::Park => self.ask_to_park(),
            Action::Parking => self.overlay = Some(Overlay::Parking(Parking::open(self))),
            Action::History => self.show_history(effects),
            Action::Ratings => self.overlay = Some(Overlay::Ratings(Ratings::open(self))),
            Action::Deal => self.overlay = Some(Overlay::Deck(Deck::shuffled(self))),
            Action::PassTurn => self.pass_turn(),
            Action::TimeBox => self.time_box(),
            Action::Wall => self.toggle_wall(),
            Action::Quit => self.quitting = !self.holds_unsaved_text(),
            Action::Interrupt => self.interrupt(),
            Action::Redraw => effects.push(Effect::Redraw),
            Action::Suspend => effects.extend([Effect::SaveNow, Effect::Suspend]),
            Action::Save => self.save(effects),
            Action::Export => self.export(effects),
            Action::NextTheme => self.next_theme(),
            Action::ToggleMouse => self.toggle_mouse(effects),
            Action::ToggleAscii => self.toggle_ascii(),
            Action::Undo => self.undo(),
            Action::Redo => self.redo(),
            Action::StepScope => _ = self.go_step(1),
            Action::StepThreats => _ = self.go_step(2),
            Action::StepHarden => _ = self.go_step(3),
            Action::StepReview => _ = self.go_step(4),
            Action::StepReport => _ = self.go_step(5),
            Action::NextCell => self.go_cell(1),
            Action::PreviousCell => self.go_cell(-1),
            Action::NextOpen => self.go_next_open(),
            Action::NextPane | Action::PreviousPane => self.next_pane(),
            Action::Back => self.back(effects),
            _ => self.say("Nothing to do here with that key. ? shows the keys that do something."),
        }
    }

    fn act_on_screen(&mut self, action: Action, effects: &mut Vec<Effect>) -> bool {
        let Some(open) = &self.open else {
            return screens::home::act(self, action, effects);
        };
        match (open.step, open.threat.is_some(), open.pane) {
            _ if open.compare.is_some() => screens::compare::act(self, action),
            (Step::Scope, ..) => screens::scope::act(self, action),
            (Step::Threats, true, _) => screens::threat::act(self, action),
            (Step::Threats, false, Pane::Map) => screens::map::act(self, action),
            (Step::Threats, false, Pane::Card) => screens::card::act(self, action),
            (Step::Harden, ..) => screens::harden::act(self, action, effects),
            (Step::Review, ..) => screens::review::act(self, action),
            (Step::Report, ..) => screens::report::act(self, action, effects),
        }
    }

    /// Moves the cursor in the list on the screen.
    fn act_on_list(&mut self, action: Action) -> bool {
        let page = isize::try_from(self.size.1 / 2).unwrap_or(10);
        let Some(open) = &mut self.open else {
            return false;
        };
        let by = match action {
            Action::Up => -1,
            Action::Down => 1,
            Action::PageUp => -page,
            Action::PageDown => page,
            Action::First => isize::MIN / 2,
            Action::Last => isize::MAX / 2,
            _ => return false,
        };
        let rows = std::mem::take(&mut open.rows);
        open.list_mut().step(&rows, by);
        open.rows = rows;
        true
    }

    /// Goes to the write-up, and asks where to write it.
    fn export(&mut self, effects: &mut Vec<Effect>) {
        if self.go_step(Step::Report.number()) {
            screens::report::act(self, Action::Export, effects);
        }
    }
}
