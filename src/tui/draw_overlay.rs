//! Draws what lies over a screen.

use ratatui::buffer::Buffer;
use ratatui::layout::{Position, Rect};
use unicode_width::UnicodeWidthStr;

use crate::tui::app::App;
use crate::tui::draw::{floating, more_mark};
use crate::tui::draw_history;
use crate::tui::draw_import;
use crate::tui::draw_ratings;
use crate::tui::draw_room;
use crate::tui::overlays::help::{Help, HelpLine};
use crate::tui::overlays::palette::Palette;
use crate::tui::overlays::{InputLine, Overlay, briefs};
use crate::tui::screens::home;
use crate::tui::text::{edit, put, wrap};
use crate::tui::theme::Meaning;

/// Draws the overlay; gives the place for the real cursor.
pub fn draw(app: &App, overlay: &Overlay, area: Rect, buffer: &mut Buffer) -> Option<Position> {
    // The status line and the key bar stay visible below.
    let area = Rect {
        height: area.height.saturating_sub(2),
        ..area
    };
    match overlay {
        Overlay::Help(help) => {
            draw_help(app, help, area, buffer);
            None
        }
        Overlay::Palette(palette) => draw_palette(app, palette, area, buffer),
        Overlay::Ask { asked, line } => {
            let inner = floating(app, area, (72, 3), asked.heading(), buffer);
            input_line(app, line, "", inner, buffer)
        }
        Overlay::Question { text, .. } => {
            let width = 72.min(area.width);
            let lines = wrap::lines(text, usize::from(width.saturating_sub(4))).len() as u16;
            let inner = floating(app, area, (width, lines + 4), "Question", buffer);
            let words = [
                (text.clone(), Meaning::Question),
                (String::new(), Meaning::Text),
                ("y yes   Esc no".to_owned(), Meaning::Key),
            ];
            super::draw_home::paragraphs(app, &words, inner, buffer);
            None
        }
        Overlay::Trouble(trouble) => {
            super::draw_trouble::draw(app, trouble, area, buffer);
            None
        }
        Overlay::Search(search) => draw_room::search(app, search, area, buffer),
        Overlay::Parking(list) => draw_room::parked(app, list, area, buffer),
        Overlay::History(history) => draw_history::draw(app, history, area, buffer),
        Overlay::Ratings(ratings) => draw_ratings::draw(app, ratings, area, buffer),
        Overlay::Deck(deck) => draw_room::deck(app, deck, area, buffer),
        Overlay::ShowOfHands(hands) => draw_room::show_of_hands(app, hands, area, buffer),
        Overlay::Path(prompt) => draw_import::path(app, prompt, area, buffer),
        Overlay::Preview(preview) => {
            draw_import::preview(app, preview, area, buffer);
            None
        }
        Overlay::Menu(menu) => draw_import::menu(app, menu, area, buffer),
        Overlay::NewSession { line, brief } => draw_new(app, line, *brief, area, buffer),
    }
}

fn draw_help(app: &App, help: &Help, area: Rect, buffer: &mut Buffer) {
    let inner = floating(app, area, (84, area.height), "Help for this screen", buffer);
    let below = help_lines(app, help, inner, buffer);
    let border = Rect::new(inner.x - 2, inner.y - 1, inner.width + 4, inner.height + 2);
    more_mark(app, border, (help.top > 0, below), buffer);
}

/// The visible lines of the help; whether there are more below.
fn help_lines(app: &App, help: &Help, inner: Rect, buffer: &mut Buffer) -> bool {
    let width = usize::from(inner.width);
    let key_columns = 22.min(width / 3);
    let mut y = inner.y;
    for line in help.lines.iter().skip(help.top) {
        let (column, text, meaning) = match line {
            HelpLine::Blank => (0, "", Meaning::Text),
            HelpLine::Heading(text) => (0, text.as_str(), Meaning::Heading),
            HelpLine::Key(keys, text) => {
                if y < inner.bottom() {
                    let style = app.theme.style(Meaning::Key);
                    let keys = wrap::fitted(keys, key_columns);
                    put(buffer, inner.x, y, keys, key_columns, style);
                }
                (key_columns + 1, *text, Meaning::Text)
            }
            HelpLine::Text(text) => (0, text.as_str(), Meaning::Text),
        };
        let room = width.saturating_sub(column);
        for range in wrap::lines(text, room) {
            if y >= inner.bottom() {
                return true;
            }
            let line = wrap::fitted(text[range].trim_end(), room);
            let x = inner.x + column as u16;
            put(buffer, x, y, line, room, app.theme.style(meaning));
            y += 1;
        }
    }
    false
}

fn draw_palette(app: &App, palette: &Palette, area: Rect, buffer: &mut Buffer) -> Option<Position> {
    let height = area.height.min(20);
    let inner = floating(
        app,
        area,
        (76, height),
        "What would you like to do?",
        buffer,
    );
    let first = Rect { height: 1, ..inner };
    let cursor = input_line(
        app,
        &palette.line,
        "type a word, such as undo, export, next",
        first,
        buffer,
    );
    let list = Rect {
        y: inner.y + 2,
        height: inner.height.saturating_sub(2),
        ..inner
    };
    let width = usize::from(list.width);
    if palette.entries.is_empty() {
        let words = "Nothing by that name. Try another word.";
        put(
            buffer,
            list.x,
            list.y,
            words,
            width,
            app.theme.style(Meaning::Muted),
        );
    }
    let shown = usize::from(list.height);
    let top = palette.selected.saturating_sub(shown.saturating_sub(1));
    let entries = palette.entries.iter().enumerate().skip(top);
    for ((at, entry), y) in entries.zip(list.y..list.bottom()) {
        let marked = at == palette.selected;
        if marked {
            put(buffer, list.x, y, "›", 1, app.theme.style(Meaning::Key));
        }
        let room = width.saturating_sub(entry.key.width() + 4);
        let style = app.theme.style(if marked {
            Meaning::Selected
        } else {
            Meaning::Text
        });
        put(
            buffer,
            list.x + 2,
            y,
            wrap::fitted(&entry.text, room),
            room,
            style,
        );
        let x = list.x + width.saturating_sub(entry.key.width()) as u16;
        put(
            buffer,
            x,
            y,
            &entry.key,
            width,
            app.theme.style(Meaning::Key),
        );
    }
    cursor
}

fn draw_new(
    app: &App,
    line: &InputLine,
    brief: usize,
    area: Rect,
    buffer: &mut Buffer,
) -> Option<Position> {
    let briefs = briefs(app);
    let height = briefs.len() as u16 + 13;
    let inner = floating(app, area, (76, height), "New session", buffer);
    let width = usize::from(inner.width);
    let put = |buffer: &mut Buffer, row: u16, text: &str, meaning: Meaning| {
        if row < inner.height {
            let style = app.theme.style(meaning);
            put(
                buffer,
                inner.x,
                inner.y + row,
                wrap::fitted(text, width),
                width,
                style,
            );
        }
    };
    put(
        buffer,
        0,
        "What are you working on? A title is enough.",
        Meaning::Question,
    );
    let title = Rect {
        y: inner.y + 1,
        height: 1,
        ..inner
    };
    let cursor = input_line(app, line, &home::default_title(app), title, buffer);
    put(
        buffer,
        3,
        "The assignment: ↑ and ↓ choose",
        Meaning::Heading,
    );
    if briefs.is_empty() {
        put(
            buffer,
            4,
            "One moment: the catalog is being read.",
            Meaning::Muted,
        );
    }
    let mut row = 4;
    for (at, entry) in briefs.iter().enumerate() {
        let sign = if at == brief { "›" } else { " " };
        let meaning = if at == brief {
            Meaning::Selected
        } else {
            Meaning::Text
        };
        put(buffer, row, &format!("{sign} {}", entry.name), meaning);
        row += 1;
    }
    row += 1;
    if let Some(chosen) = briefs.get(brief) {
        for range in wrap::lines(&chosen.summary, width) {
            put(
                buffer,
                row,
                chosen.summary[range].trim_end(),
                Meaning::Muted,
            );
            row += 1;
        }
    }
    cursor
}

/// A line of text with its cursor, scrolled so that the cursor is visible.
pub fn input_line(
    app: &App,
    line: &InputLine,
    placeholder: &str,
    area: Rect,
    buffer: &mut Buffer,
) -> Option<Position> {
    if area.width < 4 || area.height == 0 {
        return None;
    }
    put(
        buffer,
        area.x,
        area.y,
        ">",
        1,
        app.theme.style(Meaning::Key),
    );
    let room = usize::from(area.width) - 3;
    let whole = std::slice::from_ref(&(0..line.text.len())).to_vec();
    let (_, column) = edit::position(&line.text, &whole, line.edit.cursor);
    let x = area.x + 2;
    if line.text.is_empty() {
        put(
            buffer,
            x,
            area.y,
            placeholder,
            room,
            app.theme.style(Meaning::Muted),
        );
        return Some(Position::new(x, area.y));
    }
    let mut skipped = 0;
    let mut start = 0;
    for (at, grapheme) in
        unicode_segmentation::UnicodeSegmentation::grapheme_indices(line.text.as_str(), true)
    {
        if column - skipped <= room {
            start = at;
            break;
        }
        skipped += wrap::width_of(grapheme);
        start = at + grapheme.len();
    }
    let shown = crate::encode::screen(&line.text[start..]).into_owned();
    put(
        buffer,
        x,
        area.y,
        shown,
        room,
        app.theme.style(Meaning::Text),
    );
    Some(Position::new(
        x + (column - skipped).min(room) as u16,
        area.y,
    ))
}
