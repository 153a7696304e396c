//! The frame around a pane: its sides alone. A block of ratatui's would go over every cell inside it
//! as well, in every frame.

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::style::Style;
use ratatui::symbols::border::Set;

/// Draws the sides and corners of an area.
pub fn border(area: Rect, set: &Set<'_>, style: Style, buffer: &mut Buffer) {
    let area = area.intersection(buffer.area);
    if area.is_empty() {
        return;
    }
    let (right, bottom) = (area.right() - 1, area.bottom() - 1);
    let mut cell = |x: u16, y: u16, symbol: &str| {
        buffer[(x, y)].set_symbol(symbol).set_style(style);
    };
    for x in area.x..=right {
        cell(x, area.y, set.horizontal_top);
        cell(x, bottom, set.horizontal_bottom);
    }
    for y in area.y..=bottom {
        cell(area.x, y, set.vertical_left);
        cell(right, y, set.vertical_right);
    }
    cell(area.x, area.y, set.top_left);
    cell(right, area.y, set.top_right);
    cell(area.x, bottom, set.bottom_left);
    cell(right, bottom, set.bottom_right);
}
