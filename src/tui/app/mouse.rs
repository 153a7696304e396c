//! The mouse, where it was switched on: a click moves to what is under it and opens what is marked
//! already, the wheel moves. Everything else stays with the terminal.

use ratatui::crossterm::event::{MouseButton, MouseEvent, MouseEventKind};
use ratatui::layout::Position;

use super::open::Pane;
use super::{App, Effect};
use crate::session::place::Step;
use crate::tui::draw_home;
use crate::tui::keymap::Action;
use crate::tui::layout::{Areas, inside};
use crate::tui::screens::map;
use crate::tui::widgets::pinned;

/// How many rows one step of the wheel moves.
const WHEEL: usize = 3;

impl App {
    /// Takes in what the mouse did.
    pub(super) fn on_mouse(&mut self, mouse: MouseEvent, effects: &mut Vec<Effect>) {
        // A box over the screen belongs to the keys.
        if !self.mouse || self.overlay.is_some() {
            return;
        }
        let at = Position::new(mouse.column, mouse.row);
        match mouse.kind {
            MouseEventKind::ScrollUp => self.turn_wheel(Action::Up, effects),
            MouseEventKind::ScrollDown => self.turn_wheel(Action::Down, effects),
            MouseEventKind::Down(MouseButton::Left) => self.click(at, effects),
            _ => {}
        }
    }

    fn turn_wheel(&mut self, action: Action, effects: &mut Vec<Effect>) {
        if self.open.as_ref().is_some_and(|open| open.active.is_some()) {
            return;
        }
        self.notice = None;
        for _ in 0..WHEEL {
            self.act(action, effects);
        }
    }

    fn click(&mut self, at: Position, effects: &mut Vec<Effect>) {
        self.notice = None;
        let areas = Areas::of(self);
        let inside_of =
            |area: ratatui::layout::Rect| if areas.bordered { inside(area) } else { area };
        if self.open.is_none() {
            let line = areas
                .main
                .and_then(|area| draw_home::line_at(self, area, areas.bordered, at.y));
            if let Some(line) = line {
                if self.home.selected == line {
                    self.act(Action::Enter, effects);
                } else {
                    self.home.selected = line;
                }
            }
            return;
        }
        if self.open.as_ref().is_some_and(|open| open.active.is_some()) {
            self.leave_text(effects);
        }
        let Some(catalog) = self.catalog.clone() else {
            return;
        };
        let Some(open) = &mut self.open else { return };
        if let Some(area) = areas.map.filter(|area| area.contains(at)) {
            open.threat = None;
            open.pane = Pane::Map;
            let clicked = map::cell_at(open, &catalog, inside_of(area), at);
            if let Some(cell) = clicked {
                if cell == open.cell {
                    open.pane = Pane::Card;
                } else {
                    self.visit_cell(cell);
                }
            }
            return;
        }
        let Some(inner) = areas
            .inner()
            .filter(|_| areas.main.is_some_and(|area| area.contains(at)))
        else {
            return;
        };
        if open.step == Step::Threats && open.threat.is_none() {
            open.pane = Pane::Card;
        }
        let list = pinned::below(&open.rows, inner, open.list().top);
        let Some(offset) = at.y.checked_sub(list.y).filter(|y| *y < list.height) else {
            return;
        };
        let row = open
            .heights
            .first_below(open.list().top + usize::from(offset));
        let Some(target) = open.rows.get(row).and_then(|row| row.target.clone()) else {
            return;
        };
        if open.selected() == Some(&target) {
            self.act(Action::Enter, effects);
        } else {
            open.list_mut().selected = Some(target);
        }
    }
}
