//! Draws what lies over the Harden step: the path of a report, what was read, and small menus.

use ratatui::buffer::Buffer;
use ratatui::layout::{Position, Rect};

use crate::encode;
use crate::tui::app::App;
use crate::tui::draw::{floating, more_mark};
use crate::tui::draw_overlay::input_line;
use crate::tui::overlays::import::Preview;
use crate::tui::overlays::menu::Menu;
use crate::tui::overlays::path::{PathFor, PathPrompt};
use crate::tui::text::{put, wrap};
use crate::tui::theme::Meaning;

/// The most names of files that are shown.
const NAMES: usize = 10;

/// A path, with the names that it may become.
pub fn path(app: &App, asked: &PathPrompt, area: Rect, buffer: &mut Buffer) -> Option<Position> {
    let names = asked.names.len().min(NAMES + 1) as u16;
    let what = match asked.asked {
        PathFor::Report { .. } => {
            "As it is: text or JSON of docker-bench-security, docker-bench, kube-bench, Trivy. \
             It stays on this machine."
        }
        PathFor::WriteUp { .. } => "From the folder where Astride was started, or from / or ~/ on.",
    };
    let width = usize::from(area.width.min(76).saturating_sub(4));
    let height = wrap::lines(what, width).len() as u16;
    let size = (76, 4 + height + names + u16::from(names > 0));
    let inner = floating(app, area, size, asked.heading(), buffer);
    let first = Rect { height: 1, ..inner };
    let placeholder = "the path of the file; Tab completes names";
    let cursor = input_line(app, &asked.line, placeholder, first, buffer);
    let mut lines: Vec<(String, Meaning)> = asked
        .names
        .iter()
        .take(NAMES)
        .map(|name| (encode::screen(name).into_owned(), Meaning::Text))
        .collect();
    if asked.names.len() > NAMES {
        let more = format!("… and {} more", asked.names.len() - NAMES);
        lines.push((more, Meaning::Muted));
    }
    if !lines.is_empty() {
        lines.push((String::new(), Meaning::Text));
    }
    lines.push((what.to_owned(), Meaning::Muted));
    let below = Rect {
        y: inner.y + 2,
        height: inner.height.saturating_sub(2),
        ..inner
    };
    paragraphs(app, &lines, below, buffer);
    cursor
}

/// What a report holds, before it is added.
pub fn preview(app: &App, preview: &Preview, area: Rect, buffer: &mut Buffer) {
    let width = 78.min(area.width);
    let columns = usize::from(width.saturating_sub(4)).max(1);
    let shown: Vec<(String, Meaning)> = preview
        .lines
        .iter()
        .map(|(text, meaning)| (encode::screen(text).into_owned(), *meaning))
        .collect();
    let height: usize = shown
        .iter()
        .map(|(text, _)| wrap::lines(text, columns).len().max(1))
        .sum();
    let height = u16::try_from(height + 2).unwrap_or(u16::MAX);
    let inner = floating(app, area, (width, height), "What was read", buffer);
    let rest = &shown[preview.top.min(shown.len())..];
    let below = paragraphs(app, rest, inner, buffer);
    let border = Rect::new(
        inner.x.saturating_sub(2),
        inner.y.saturating_sub(1),
        inner.width + 4,
        inner.height + 2,
    );
    more_mark(app, border, (preview.top > 0, below), buffer);
}

/// A menu with its marked line.
pub fn menu(app: &App, menu: &Menu, area: Rect, buffer: &mut Buffer) -> Option<Position> {
    let height = u16::try_from(menu.entries.len() + 2).unwrap_or(u16::MAX);
    let inner = floating(app, area, (64, height), menu.heading, buffer);
    let width = usize::from(inner.width);
    let shown = usize::from(inner.height);
    let top = menu.selected.saturating_sub(shown.saturating_sub(1));
    let entries = menu.entries.iter().enumerate().skip(top);
    let mut cursor = None;
    for ((at, entry), y) in entries.zip(inner.y..inner.bottom()) {
        let marked = at == menu.selected;
        let meaning = if marked {
            put(buffer, inner.x, y, "›", 1, app.theme.style(Meaning::Key));
            cursor = Some(Position::new(inner.x + 2, y));
            Meaning::Selected
        } else {
            Meaning::Text
        };
        let tail = wrap::fitted(&encode::screen(&entry.tail), width / 2);
        let room = width.saturating_sub(wrap::width(&tail) + 4);
        let text = wrap::fitted(&encode::screen(&entry.text), room);
        put(buffer, inner.x + 2, y, text, room, app.theme.style(meaning));
        let x = inner.x + width.saturating_sub(wrap::width(&tail)) as u16;
        put(buffer, x, y, tail, width, app.theme.style(Meaning::Muted));
    }
    let border = Rect::new(
        inner.x.saturating_sub(2),
        inner.y.saturating_sub(1),
        inner.width + 4,
        inner.height + 2,
    );
    let below = top + shown < menu.entries.len();
    more_mark(app, border, (top > 0, below), buffer);
    cursor
}

/// Wrapped lines from the top; whether some found no room.
fn paragraphs(app: &App, lines: &[(String, Meaning)], inner: Rect, buffer: &mut Buffer) -> bool {
    let width = usize::from(inner.width);
    let mut y = inner.y;
    for (text, meaning) in lines {
        for range in wrap::lines(text, width) {
            if y >= inner.bottom() {
                return true;
            }
            let style = app.theme.style(*meaning);
            put(buffer, inner.x, y, text[range].trim_end(), width, style);
            y += 1;
        }
    }
    false
}
