//! Draws the earlier texts and versions.

use ratatui::buffer::Buffer;
use ratatui::layout::{Position, Rect};
use unicode_width::UnicodeWidthStr;

use crate::encode;
use crate::tui::app::App;
use crate::tui::draw::floating;
use crate::tui::draw_home::paragraphs;
use crate::tui::draw_room::{entry, words_at};
use crate::tui::overlays::history::{self, History, List};
use crate::tui::theme::Meaning;

/// The list, and below it what the marked line holds.
pub fn draw(app: &App, history: &History, area: Rect, buffer: &mut Buffer) -> Option<Position> {
    // The top line stays visible: it says whether everything is saved.
    let area = Rect {
        y: area.y + 1,
        height: area.height.saturating_sub(1),
        ..area
    };
    let heading = history.heading();
    let inner = floating(app, area, (history::COLUMNS, area.height), &heading, buffer);
    lists(app, history, inner, buffer);
    let below = Rect {
        y: inner.y + 2,
        height: inner.height.saturating_sub(2),
        ..inner
    };
    let lines = history.lines(app);
    if lines.is_empty() {
        let words = encode::screen(&history.nothing()).into_owned();
        paragraphs(app, &[(words, Meaning::Text)], below, buffer);
        return (below.height > 0).then(|| Position::new(below.x, below.y));
    }
    let list = Rect {
        height: (below.height.saturating_sub(1) / 2).min(lines.len() as u16),
        ..below
    };
    let shown = usize::from(list.height);
    let top = history.selected.saturating_sub(shown.saturating_sub(1));
    for (at, line) in lines.iter().enumerate().skip(top).take(shown) {
        let spot = Rect {
            y: list.y + (at - top) as u16,
            height: 1,
            ..list
        };
        let words = (line.text.as_str(), line.tail.as_str());
        entry(app, spot, at == history.selected, words, buffer);
    }
    let rest = Rect {
        y: list.bottom(),
        height: below.bottom().saturating_sub(list.bottom()),
        ..below
    };
    let count = format!("{} of {}", history.selected + 1, lines.len());
    let column = rest.width.saturating_sub(count.width() as u16);
    let rule = "─".repeat(usize::from(column.saturating_sub(1)));
    words_at(app, rest, (0, 0), &rule, Meaning::Muted, buffer);
    words_at(app, rest, (column, 0), &count, Meaning::Muted, buffer);
    let about = Rect {
        y: rest.y + 1,
        height: rest.height.saturating_sub(1),
        ..rest
    };
    let text = history.about_lines(usize::from(about.width));
    for (line, row) in text.iter().skip(history.top).zip(0..about.height) {
        words_at(app, about, (0, row), line, Meaning::Text, buffer);
    }
    let y = list.y + (history.selected - top) as u16;
    (shown > 0).then(|| Position::new(list.x, y))
}

/// The names of the three lists; the one on the screen is marked.
fn lists(app: &App, history: &History, area: Rect, buffer: &mut Buffer) {
    let mut column = 0;
    for list in List::ALL {
        let marked = list == history.list;
        let meaning = if marked {
            Meaning::Marked
        } else {
            Meaning::Muted
        };
        let name = if marked {
            format!("›{} ", list.name())
        } else {
            format!(" {} ", list.name())
        };
        words_at(app, area, (column, 0), &name, meaning, buffer);
        column += name.width() as u16 + 1;
    }
}
