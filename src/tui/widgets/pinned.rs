//! The question stays on the screen: where a long list has scrolled it away, its first lines stand
//! above the list. Not for lists that do not begin with a question.

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;

use crate::encode;
use crate::tui::text::{put, wrap};
use crate::tui::theme::{Meaning, Theme};
use crate::tui::widgets::rows::{Row, RowKind};

/// From so many rows on, a line of the question stays; from so many, two.
const ONE_FROM: u16 = 8;
const TWO_FROM: u16 = 12;

/// The lines of the question that stay on top, where the list is scrolled to `top`.
fn lines(rows: &[Row], area: Rect, top: usize) -> Vec<String> {
    let count = match area.height {
        _ if top == 0 => return Vec::new(),
        0..ONE_FROM => return Vec::new(),
        ONE_FROM..TWO_FROM => 1,
        _ => 2,
    };
    let Some(RowKind::Text {
        text,
        meaning: Meaning::Question,
        indent: 0,
    }) = rows.first().map(|row| &row.kind)
    else {
        return Vec::new();
    };
    let width = usize::from(area.width);
    let wrapped = wrap::lines(text, width);
    let cut = wrapped.len() > count;
    wrapped
        .into_iter()
        .take(count)
        .enumerate()
        .map(|(at, range)| {
            let line = text[range].trim_end();
            if cut && at + 1 == count {
                wrap::fitted(&format!("{line} …"), width)
            } else {
                line.to_owned()
            }
        })
        .collect()
}

/// The room for the list below what stays on top.
pub fn below(rows: &[Row], area: Rect, top: usize) -> Rect {
    let taken = lines(rows, area, top).len() as u16;
    Rect {
        y: area.y + taken,
        height: area.height - taken,
        ..area
    }
}

/// Draws what stays on top.
pub fn draw(rows: &[Row], area: Rect, top: usize, theme: Theme, buffer: &mut Buffer) {
    for (line, y) in lines(rows, area, top).iter().zip(area.y..) {
        let style = theme.style(Meaning::Question);
        put(
            buffer,
            area.x,
            y,
            encode::screen(line),
            usize::from(area.width),
            style,
        );
    }
}
