//! Draws the box about a session that does not open or is not saved.

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;

use crate::tui::app::App;
use crate::tui::draw::{floating, more_mark};
use crate::tui::overlays::trouble::{Trouble, WIDTH};
use crate::tui::text::{put, wrap};

/// Draws it as high as it needs to be.
pub fn draw(app: &App, trouble: &Trouble, area: Rect, buffer: &mut Buffer) {
    let rows = trouble.rows(app);
    let wanted = u16::try_from(rows.len()).unwrap_or(u16::MAX);
    let height = wanted.saturating_add(2).min(area.height);
    let inner = floating(app, area, (WIDTH, height), trouble.heading(), buffer);
    let shown = usize::from(inner.height);
    // The window may have grown since it was scrolled.
    let top = trouble.top.min(rows.len().saturating_sub(shown));
    let width = usize::from(inner.width);
    for ((text, meaning), y) in rows.iter().skip(top).zip(inner.y..inner.bottom()) {
        let style = app.theme.style(*meaning);
        put(buffer, inner.x, y, wrap::fitted(text, width), width, style);
    }
    if inner.x >= 2 && inner.y >= 1 {
        let border = Rect::new(inner.x - 2, inner.y - 1, inner.width + 4, inner.height + 2);
        more_mark(app, border, (top > 0, top + shown < rows.len()), buffer);
    }
}
