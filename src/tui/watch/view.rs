//! Draws the watcher. Reads only.

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::style::Style;

use super::Watch;
use crate::encode;
use crate::tui::keymap::{self, Context};
use crate::tui::layout::{KEYS_FROM, SMALLEST};
use crate::tui::text::{put, wrap};
use crate::tui::theme::Meaning;
use crate::tui::widgets::rows::View;

/// The rows of the state in their place.
pub(super) fn view(watch: &Watch) -> View<'_> {
    let (width, height) = watch.size;
    let keys = u16::from(height >= KEYS_FROM);
    let area = Rect::new(
        1.min(width),
        1.min(height),
        width.saturating_sub(2),
        height.saturating_sub(1 + keys),
    );
    View {
        area,
        session: &watch.session,
        active: None,
        selected: None,
        focused: false,
        theme: watch.theme,
    }
}

/// Draws one frame on a buffer.
pub fn draw_on(watch: &Watch, area: Rect, buffer: &mut Buffer) {
    if (area.width, area.height) != watch.size {
        return;
    }
    if area.width < SMALLEST.0 || area.height < SMALLEST.1 {
        put(
            buffer,
            0,
            0,
            "Please enlarge.",
            usize::from(area.width),
            Style::new(),
        );
        return;
    }
    top_line(watch, area, buffer);
    let view = view(watch);
    view.draw(&watch.rows, &watch.list, buffer);
    if area.height >= KEYS_FROM {
        key_bar(watch, area, buffer);
    }
}

fn top_line(watch: &Watch, area: Rect, buffer: &mut Buffer) {
    let width = usize::from(area.width);
    let seen = watch.seen.to_zoned(watch.zone.clone());
    let tail = format!("watching · {} ", seen.strftime("%H:%M:%S"));
    let title = encode::screen(&watch.session.title).into_owned();
    let room = width.saturating_sub(wrap::width(&tail) + 2);
    let title = wrap::fitted(&title, room);
    let bold = watch.theme.style(Meaning::Heading);
    put(buffer, 1, 0, title, room, bold);
    let muted = watch.theme.style(Meaning::Muted);
    let at = width.saturating_sub(wrap::width(&tail)) as u16;
    put(buffer, at, 0, &tail, width, muted);
}

fn key_bar(watch: &Watch, area: Rect, buffer: &mut Buffer) {
    let y = area.height - 1;
    let mut x = 1;
    for binding in keymap::of(Context::Watch).filter(|binding| binding.bar) {
        let key = binding.keys[0].to_string();
        let needed = wrap::width(&key) + wrap::width(binding.label) + 3;
        if usize::from(x) + needed > usize::from(area.width) {
            break;
        }
        let room = usize::from(area.width - x);
        put(buffer, x, y, &key, room, watch.theme.style(Meaning::Key));
        x += wrap::width(&key) as u16 + 1;
        let room = usize::from(area.width - x);
        put(
            buffer,
            x,
            y,
            binding.label,
            room,
            watch.theme.style(Meaning::Muted),
        );
        x += wrap::width(binding.label) as u16 + 2;
    }
}
