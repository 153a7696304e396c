//! Step 2, the map: every cell in scope with its state, which is the coverage matrix itself.

use ratatui::buffer::Buffer;
use ratatui::layout::{Position, Rect};
use ratatui::style::Style;

use crate::catalog::Catalog;
use crate::catalog::types::Id;
use crate::session::coverage::CellState;
use crate::session::place::CellKey;
use crate::stride::Category;
use crate::tui::app::open::Pane;
use crate::tui::app::{App, OpenSession};
use crate::tui::keymap::Action;
use crate::tui::text::{put, wrap};
use crate::tui::theme::{Meaning, Theme};

/// One line of the map.
enum Line<'a> {
    System(&'a str),
    Component(&'a Id, &'a str),
}

fn lines<'a>(open: &'a OpenSession, catalog: &'a Catalog) -> Vec<Line<'a>> {
    let mut lines = Vec::new();
    let mut system = None;
    for id in open.components() {
        match catalog.component(id.as_str()) {
            Some(component) => {
                if system != Some(&component.system) {
                    system = Some(&component.system);
                    let name = catalog.system(component.system.as_str());
                    lines.push(Line::System(name.map_or("", |one| one.name.as_str())));
                }
                lines.push(Line::Component(id, &component.short));
            }
            None => lines.push(Line::Component(id, id.as_str())),
        }
    }
    lines
}

/// What the signs mean, where there is room to say it.
const LEGEND: [&str; 2] = ["● threats  – nothing", "○ begun    · untouched"];

/// The column of the first letter.
const LETTERS: u16 = 11;

/// The lines below the map for how far the walk is, where there is room.
const fn foot(area: Rect) -> u16 {
    if area.height >= 8 { 2 } else { 0 }
}

/// The first visible line: keeps the marked one in the middle where the map is longer than the pane.
fn top(open: &OpenSession, lines: &[Line<'_>], height: usize) -> usize {
    let here = lines
        .iter()
        .position(|line| matches!(line, Line::Component(id, _) if **id == open.cell.component))
        .unwrap_or(0);
    here.saturating_sub(height / 2)
        .min(lines.len().saturating_sub(height))
}

/// The cell that is drawn at this place of the screen.
pub fn cell_at(open: &OpenSession, catalog: &Catalog, area: Rect, at: Position) -> Option<CellKey> {
    let lines = lines(open, catalog);
    let height = usize::from(area.height - foot(area));
    let offset = usize::from(at.y.checked_sub(area.y)?);
    if offset >= height {
        return None;
    }
    let Line::Component(id, _) = lines.get(top(open, &lines, height) + offset)? else {
        return None;
    };
    let column = usize::from(at.x.saturating_sub(area.x + LETTERS)) / 2;
    let category = match Category::ALL.get(column) {
        Some(category) if at.x >= area.x + LETTERS => *category,
        _ => open.cell.category,
    };
    Some(CellKey {
        component: (*id).clone(),
        category,
    })
}

/// Draws the map; gives the place for the real cursor.
pub fn draw(
    open: &OpenSession,
    catalog: &Catalog,
    area: Rect,
    theme: Theme,
    buffer: &mut Buffer,
) -> Option<Position> {
    let lines = lines(open, catalog);
    let foot = foot(area);
    let height = usize::from(area.height - foot);
    if lines.len() + 1 + LEGEND.len() < height {
        let y = area.bottom() - foot - 1 - LEGEND.len() as u16;
        for (words, y) in LEGEND.iter().zip(y..) {
            let width = usize::from(area.width);
            put(buffer, area.x, y, words, width, theme.style(Meaning::Muted));
        }
    }
    let top = top(open, &lines, height);
    let mut cursor = None;
    for (line, y) in lines
        .iter()
        .skip(top)
        .zip(area.y..area.y + area.height - foot)
    {
        match line {
            Line::System(name) => {
                let room = usize::from(LETTERS) - 1;
                let style = theme.style(Meaning::Heading);
                put(buffer, area.x, y, wrap::fitted(name, room), room, style);
                for category in Category::ALL {
                    let x = area.x + LETTERS + 2 * category.index() as u16;
                    let style = theme.style(Meaning::Muted);
                    put(buffer, x, y, category.letter().to_string(), 1, style);
                }
            }
            Line::Component(id, short) => {
                let spot = component(
                    open,
                    id,
                    short,
                    Rect {
                        y,
                        height: 1,
                        ..area
                    },
                    theme,
                    buffer,
                );
                cursor = cursor.or(spot);
            }
        }
    }
    if foot > 0 {
        let y = area.bottom() - 2;
        let (answered, all) = open.coverage.answered();
        let threats = open.editor.session().threats.len();
        let plural = if threats == 1 { "" } else { "s" };
        let words = format!("{answered}/{all} cells {threats} threat{plural}");
        let width = usize::from(area.width);
        put(buffer, area.x, y, words, width, theme.style(Meaning::Muted));
        let bar_width = width.saturating_sub(6);
        let share = (answered * 100).checked_div(all).unwrap_or(0);
        let filled = bar_width * share / 100;
        let bar = format!(
            "{}{} {share:>3} %",
            "▇".repeat(filled),
            "░".repeat(bar_width - filled)
        );
        put(
            buffer,
            area.x,
            y + 1,
            bar,
            width,
            theme.style(Meaning::Done),
        );
    }
    cursor
}

fn component(
    open: &OpenSession,
    id: &Id,
    short: &str,
    area: Rect,
    theme: Theme,
    buffer: &mut Buffer,
) -> Option<Position> {
    let here = *id == open.cell.component;
    let name = theme.style(if here {
        Meaning::Question
    } else {
        Meaning::Text
    });
    let room = usize::from(LETTERS) - 1;
    put(
        buffer,
        area.x,
        area.y,
        wrap::fitted(short, room),
        room,
        name,
    );
    let mut cursor = None;
    for category in Category::ALL {
        let x = area.x + LETTERS + 2 * category.index() as u16;
        let state = open.coverage.state(id, category);
        let marked = here && category == open.cell.category;
        let focused = open.pane == Pane::Map;
        let style = match (marked, focused) {
            (true, true) => theme.style(Meaning::Selected),
            (true, false) => theme.style(Meaning::Marked),
            _ => state_style(state, theme),
        };
        let sign = if marked && state == CellState::Untouched {
            '▶'
        } else {
            state.sign()
        };
        if x < area.right() {
            put(buffer, x, area.y, sign.to_string(), 1, style);
        }
        if marked && focused {
            cursor = Some(Position::new(x, area.y));
        }
    }
    cursor
}

fn state_style(state: CellState, theme: Theme) -> Style {
    theme.style(match state {
        CellState::ThreatsRecorded => Meaning::Done,
        CellState::InProgress => Meaning::Warning,
        CellState::NothingApplies => Meaning::Text,
        CellState::Untouched | CellState::OutOfScope => Meaning::Muted,
    })
}

/// Carries out what a key means on the map.
pub fn act(app: &mut App, action: Action) -> bool {
    let Some(open) = &mut app.open else {
        return false;
    };
    let components = open.components();
    let row = components.iter().position(|id| *id == open.cell.component);
    let column = open.cell.category.index();
    let to_row = |by: isize| {
        let last = components.len().checked_sub(1)?;
        let row = row.map_or(0, |row| row.saturating_add_signed(by).min(last));
        components.get(row).cloned()
    };
    let (component, category) = match action {
        Action::Up => (to_row(-1), column),
        Action::Down => (to_row(1), column),
        Action::PageUp => (to_row(-5), column),
        Action::PageDown => (to_row(5), column),
        Action::First => (components.first().cloned(), 0),
        Action::Last => (components.last().cloned(), 5),
        Action::Left => (to_row(0), column.saturating_sub(1)),
        Action::Right => (to_row(0), (column + 1).min(5)),
        Action::Enter => {
            open.pane = Pane::Card;
            return true;
        }
        _ => return false,
    };
    if let Some(component) = component {
        open.cell = CellKey {
            component,
            category: Category::ALL[category],
        };
        open.expanded = None;
        open.lists[1] = crate::tui::widgets::rows::ListState::default();
    }
    true
}
