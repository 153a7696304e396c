//! Draws the program. Reads only: everything that is decided was decided by `update`.

use ratatui::Frame;
use ratatui::buffer::Buffer;
use ratatui::layout::{Position, Rect};
use ratatui::style::Style;
use ratatui::symbols;
use ratatui::widgets::{Clear, Widget};
use unicode_width::UnicodeWidthStr;

use crate::encode;
use crate::session::place::Step;
use crate::tui::app::open::Pane;
use crate::tui::app::{App, OpenSession, SaveState};
use crate::tui::draw_home;
use crate::tui::draw_overlay;
use crate::tui::key::Key;
use crate::tui::keymap::{self, Action};
use crate::tui::layout::{Areas, KEYS_FROM, SMALLEST, inside};
use crate::tui::screens::map;
use crate::tui::text::{put, wrap};
use crate::tui::theme::Meaning;
use crate::tui::widgets::rows::{ListState, View};
use crate::tui::widgets::{border, pinned};

/// Draws one frame.
pub fn draw(app: &App, frame: &mut Frame<'_>) {
    let area = frame.area();
    if (area.width, area.height) != app.size {
        // The window changed a moment ago and its event is on the way: the layout is for another
        // size, and drawing it here would reach beyond the buffer.
        return;
    }
    let buffer = frame.buffer_mut();
    let cursor = draw_on(app, area, buffer);
    if let Some(cursor) = cursor {
        frame.set_cursor_position(cursor);
    }
}

/// Draws on a buffer; gives the place for the real cursor.
pub fn draw_on(app: &App, area: Rect, buffer: &mut Buffer) -> Option<Position> {
    let cursor = draw_signs(app, area, buffer);
    if app.ascii {
        in_ascii(buffer);
    }
    cursor
}

/// The one place where frames and signs become ASCII: each takes as many columns as before.
fn in_ascii(buffer: &mut Buffer) {
    for cell in &mut buffer.content {
        let mut characters = cell.symbol().chars();
        if let (Some(character), None) = (characters.next(), characters.next())
            && let Some(sign) = encode::ascii_sign(character)
        {
            cell.set_char(sign);
        }
    }
}

fn draw_signs(app: &App, area: Rect, buffer: &mut Buffer) -> Option<Position> {
    if area.width < SMALLEST.0 || area.height < SMALLEST.1 {
        // Saving works here too, and what came of it is the most important line then.
        let said = app.notice.as_ref().map(|notice| notice.text.as_str());
        let said = said.filter(|text| text.starts_with("Saved") || text.starts_with("NOT SAVED"));
        let lines = [said, Some("Please enlarge."), Some("Your text is safe.")];
        for (line, y) in lines.iter().flatten().zip(area.y..area.bottom()) {
            put(
                buffer,
                area.x,
                y,
                line,
                usize::from(area.width),
                Style::new(),
            );
        }
        return None;
    }
    let areas = Areas::of(app);
    if let Some(top) = areas.top {
        top_line(app, top, buffer);
    }
    let mut cursor = match &app.open {
        None => draw_home::draw(app, areas.main?, areas.bordered, buffer),
        Some(open) => session(app, open, &areas, buffer),
    };
    let rest = status_line(app, areas.status, buffer);
    match (areas.keys, rest) {
        // A message that is too long for its line takes that of the keys until the next key.
        (Some(keys), Some((words, meaning))) => {
            put_words(app, keys, &words, meaning, buffer);
        }
        (Some(keys), None) => key_bar(app, keys, buffer),
        (None, _) => {}
    }
    if let Some(overlay) = &app.overlay {
        let spot = draw_overlay::draw(app, overlay, area, buffer);
        cursor = spot;
    }
    cursor
}

fn session(app: &App, open: &OpenSession, areas: &Areas, buffer: &mut Buffer) -> Option<Position> {
    let catalog = app.catalog.as_deref()?;
    let mut cursor = None;
    if let Some(area) = areas.map {
        let focused = open.pane == Pane::Map && open.threat.is_none();
        let inner = if areas.bordered {
            pane(app, area, "Map", "", focused, buffer);
            inside(area)
        } else {
            area
        };
        let spot = map::draw(open, catalog, inner, app.theme, buffer);
        cursor = if focused { spot } else { None };
    }
    if let (Some(area), Some(inner)) = (areas.main, areas.inner()) {
        let focused =
            open.step != Step::Threats || open.threat.is_some() || open.pane == Pane::Card;
        if areas.bordered {
            let (title, tail) = main_title(app, open);
            pane(app, area, &title, &tail, focused, buffer);
        }
        if open.step == Step::Report {
            let drawn = open.report.draw(inner, app.theme, buffer);
            cursor = drawn.at;
            if areas.bordered {
                more_mark(app, area, drawn.more, buffer);
            }
        } else {
            let top = open.list().top;
            pinned::draw(&open.rows, inner, top, app.theme, buffer);
            let inner = pinned::below(&open.rows, inner, top);
            let view = View {
                area: inner,
                session: open.editor.session(),
                active: open.active.as_ref(),
                selected: open.selected(),
                focused,
                theme: app.theme,
            };
            let spot = view.draw_measured(&open.rows, &open.heights, open.list(), buffer);
            if focused {
                cursor = spot;
            }
            if areas.bordered {
                let top = open.list().top;
                let below = open.heights.total() > top + usize::from(inner.height);
                more_mark(app, area, (top > 0, below), buffer);
            }
        }
    }
    if let Some(area) = areas.context {
        pane(app, area, "Context", "", false, buffer);
        let view = View {
            area: inside(area),
            session: open.editor.session(),
            active: None,
            selected: None,
            focused: false,
            theme: app.theme,
        };
        view.draw(&open.context, &ListState::default(), buffer);
    }
    cursor
}

/// What the main pane shows, and how far the walk is.
fn main_title(app: &App, open: &OpenSession) -> (String, String) {
    let catalog = app.catalog.as_deref();
    if open.step == Step::Report {
        return (open.step.name().to_owned(), open.report.tail());
    }
    if let Some(compare) = &open.compare {
        return ("Compare".to_owned(), compare.place(open));
    }
    if open.step != Step::Threats {
        return (open.step.name().to_owned(), String::new());
    }
    let component = catalog
        .and_then(|catalog| catalog.component(open.cell.component.as_str()))
        .map_or_else(
            || open.cell.component.to_string(),
            |one| one.name.to_string(),
        );
    let title = format!("{component} · {}", open.cell.category);
    let count = open.components().len() * 6;
    let number = open
        .components()
        .iter()
        .position(|id| *id == open.cell.component)
        .map(|at| at * 6 + open.cell.category.index() + 1);
    let tail = number.map_or_else(|| "out of scope".to_owned(), |n| format!("{n} of {count}"));
    (title, tail)
}

/// A pane's border with its title on the left and something short on the right.
fn pane(app: &App, area: Rect, title: &str, tail: &str, focused: bool, buffer: &mut Buffer) {
    let meaning = if focused {
        Meaning::FocusedBorder
    } else {
        Meaning::Border
    };
    let style = app.theme.style(meaning);
    // Focus shows by weight as well as by colour.
    let set = if focused {
        symbols::border::THICK
    } else {
        symbols::border::PLAIN
    };
    border(area, &set, style, buffer);
    let width = usize::from(area.width).saturating_sub(2);
    let room = usize::from(area.width).saturating_sub(tail.width() + 8);
    let title = format!(" {} ", wrap::fitted(title, room));
    let title_style = if focused {
        app.theme.style(Meaning::Heading)
    } else {
        app.theme.style(Meaning::Muted)
    };
    put(buffer, area.x + 1, area.y, title, width, title_style);
    if !tail.is_empty() {
        let tail = format!(" {tail} ");
        let x = area.right().saturating_sub(tail.width() as u16 + 1);
        put(
            buffer,
            x,
            area.y,
            tail,
            width,
            app.theme.style(Meaning::Muted),
        );
    }
}

/// Says on the lower border whether there is more above and below.
pub fn more_mark(app: &App, area: Rect, (above, below): (bool, bool), buffer: &mut Buffer) {
    let mark = match (above, below) {
        (true, true) => " ↑↓ more ",
        (true, false) => " ↑ more ",
        (false, true) => " ↓ more ",
        (false, false) => return,
    };
    let x = area.right().saturating_sub(mark.width() as u16 + 2);
    let style = app.theme.style(Meaning::Key);
    put(buffer, x, area.bottom() - 1, mark, mark.width(), style);
}

fn top_line(app: &App, area: Rect, buffer: &mut Buffer) {
    let theme = app.theme;
    let width = usize::from(area.width);
    let Some(open) = &app.open else {
        put(
            buffer,
            area.x + 1,
            area.y,
            "astride",
            width,
            theme.style(Meaning::Heading),
        );
        let words = "guided threat modelling";
        if width > 40 {
            put(
                buffer,
                area.x + 10,
                area.y,
                words,
                width,
                theme.style(Meaning::Muted),
            );
        }
        return;
    };
    let (mut save, save_meaning) = app.save_words();
    let long = width >= 76;
    if !long && matches!(open.save, SaveState::Saved(_)) && open.read_only.is_none() {
        "saved".clone_into(&mut save);
    }
    let steps: Vec<(String, bool)> = Step::ALL
        .iter()
        .map(|step| {
            let current = *step == open.step;
            let name = if current {
                step.name().to_uppercase()
            } else {
                step.name().to_owned()
            };
            let shown = if long || current {
                format!("{} {name}", step.number())
            } else {
                step.number().to_string()
            };
            (shown, current)
        })
        .collect();
    let gap = if width >= 96 { 2 } else { 1 };
    let steps_width: usize = steps.iter().map(|(step, _)| step.width() + gap).sum();
    // As wide as the longest usual words, so that nothing moves while the session is saved.
    let save_width = save.width().max(if long { 11 } else { 7 });
    let save_column = width.saturating_sub(save_width + 1);
    let steps_column = save_column.saturating_sub(steps_width + 1);
    let name_room = steps_column.saturating_sub(2);
    let title = open.editor.session().title.shown();
    let name = if name_room >= 9 + wrap::width(&title).min(15) {
        "astride  "
    } else {
        ""
    };
    let title = wrap::fitted(&title, name_room.saturating_sub(name.len()).min(60));
    put(
        buffer,
        area.x + 1,
        area.y,
        name,
        name_room,
        theme.style(Meaning::Heading),
    );
    let x = area.x + 1 + name.len() as u16;
    put(
        buffer,
        x,
        area.y,
        title,
        name_room,
        theme.style(Meaning::Question),
    );
    let mut x = area.x + steps_column as u16;
    for (step, current) in steps {
        let meaning = if current {
            Meaning::Selected
        } else {
            Meaning::Muted
        };
        put(buffer, x, area.y, &step, width, theme.style(meaning));
        x += (step.width() + gap) as u16;
    }
    let x = area.x + width.saturating_sub(save.width() + 1) as u16;
    put(buffer, x, area.y, save, width, theme.style(save_meaning));
}

/// How the file stands where it is not saved, or else the message; gives what found no room.
fn status_line(app: &App, area: Rect, buffer: &mut Buffer) -> Option<(String, Meaning)> {
    let width = usize::from(area.width).saturating_sub(1);
    if let Some(open) = &app.open
        && let SaveState::Failed(trouble, _) = &open.save
    {
        let words = match &app.notice {
            Some(notice) if notice.text.starts_with("NOT SAVED") => notice.text.clone(),
            Some(notice) => format!("NOT SAVED. {}", notice.text),
            None => trouble.words(),
        };
        put_words(app, area, &words, Meaning::Danger, buffer);
        return None;
    }
    let Some(notice) = &app.notice else {
        let room = [app.turn_words(), app.time_words()];
        let words: Vec<String> = room.into_iter().flatten().collect();
        let words = encode::screen(&words.join("   ")).into_owned();
        put_words(app, area, &words, Meaning::Muted, buffer);
        return None;
    };
    let text = encode::screen(&notice.text);
    let lines = wrap::lines(&text, width);
    let first = lines.first()?.clone();
    let rest = text[first.end..].to_owned();
    if rest.is_empty() || area.height == 0 || app.size.1 < KEYS_FROM {
        put_words(app, area, &text, notice.meaning, buffer);
        return None;
    }
    put_words(app, area, text[first].trim_end(), notice.meaning, buffer);
    Some((rest, notice.meaning))
}

/// A line of words from the left, cut where it is too long.
fn put_words(app: &App, area: Rect, words: &str, meaning: Meaning, buffer: &mut Buffer) {
    let width = usize::from(area.width).saturating_sub(1);
    let style = app.theme.style(meaning);
    let words = wrap::fitted(words, width);
    put(buffer, area.x + 1, area.y, words, width, style);
}

/// The keys that matter here, as many as fit; help is always the last.
fn key_bar(app: &App, area: Rect, buffer: &mut Buffer) {
    let contexts = app.bar_contexts();
    let mut entries: Vec<(String, &str)> = Vec::new();
    let mut last = None;
    for (at, context) in contexts.iter().enumerate() {
        // A key that means something else in a narrower context is not shown with its wider meaning.
        let shadowed = |key: Key| {
            contexts[..at]
                .iter()
                .any(|narrower| keymap::of(*narrower).any(|one| one.keys.contains(&key)))
        };
        for binding in keymap::of(*context).filter(|one| one.bar && !shadowed(one.keys[0])) {
            let entry = (binding.keys[0].to_string(), binding.label);
            if binding.action == Action::Help {
                last = Some(entry);
            } else {
                entries.push(entry);
            }
        }
    }
    let width = usize::from(area.width).saturating_sub(2);
    let columns = |entry: &(String, &str)| entry.0.width() + 1 + entry.1.width() + 2;
    let reserved = last.as_ref().map_or(0, columns);
    let mut used = 0;
    let mut shown: Vec<(String, &str)> = Vec::new();
    for entry in entries {
        if used + columns(&entry) + reserved <= width + 2 {
            used += columns(&entry);
            shown.push(entry);
        }
    }
    shown.extend(last);
    let mut x = area.x + 1;
    for (key, label) in shown {
        let room = usize::from(area.right().saturating_sub(x));
        put(buffer, x, area.y, &key, room, app.theme.style(Meaning::Key));
        x += key.width() as u16 + 1;
        let room = usize::from(area.right().saturating_sub(x));
        put(
            buffer,
            x,
            area.y,
            label,
            room,
            app.theme.style(Meaning::Muted),
        );
        x += label.width() as u16 + 2;
    }
}

/// A pane with a title; gives the room inside.
pub fn boxed(app: &App, area: Rect, title: &str, focused: bool, buffer: &mut Buffer) -> Rect {
    pane(app, area, title, "", focused, buffer);
    inside(area)
}

/// A box in the middle of the screen, cleared and with a border; gives the room inside.
pub fn floating(app: &App, area: Rect, size: (u16, u16), title: &str, buffer: &mut Buffer) -> Rect {
    let width = size.0.min(area.width);
    let height = size.1.min(area.height);
    let x = area.x + (area.width - width) / 2;
    let y = area.y + (area.height - height) / 2;
    let rect = Rect {
        x,
        y,
        width,
        height,
    };
    Clear.render(rect, buffer);
    pane(app, rect, title, "", true, buffer);
    inside(rect)
}
