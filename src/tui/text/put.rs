//! Puts text on the screen's cells. Not for wrapping it: see [`super::wrap`].

use ratatui::buffer::Buffer;
use ratatui::style::Style;

use super::wrap;

/// Puts text on one line of the buffer, in at most `room` columns; gives the column behind it.
///
/// The same as [`Buffer::set_stringn`], which looks each character up in Unicode's tables. What has
/// one byte a column needs no table, and most of a screen is that: a frame takes half as long.
pub fn put(
    buffer: &mut Buffer,
    x: u16,
    y: u16,
    text: impl AsRef<str>,
    room: usize,
    style: Style,
) -> u16 {
    let text = text.as_ref();
    let border = buffer.area.right();
    let room = room.min(usize::from(border.saturating_sub(x)));
    if room == 0 {
        return x;
    }
    let plain = wrap::plain_start(text);
    let (start, rest) = text.split_at(plain.min(room));
    let first = buffer.index_of(x, y);
    for (cell, byte) in buffer.content[first..].iter_mut().zip(start.bytes()) {
        cell.set_char(char::from(byte)).set_style(style);
    }
    let x = x + start.len() as u16;
    if plain >= room || rest.is_empty() {
        return x;
    }
    buffer.set_stringn(x, y, rest, room - start.len(), style).0
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;
    use ratatui::layout::Rect;
    use ratatui::style::{Color, Modifier};

    use super::*;

    proptest! {
        #[test]
        fn it_is_what_ratatui_puts(
            text in "[ -~é日e\u{301}👩\u{200d}🔬…›]{0,30}",
            (x, y) in (0_u16..24, 0_u16..3),
            room in 0_usize..40,
        ) {
            let style = Style::new().fg(Color::Red).add_modifier(Modifier::BOLD);
            let area = Rect::new(0, 0, 24, 3);
            let (mut ours, mut theirs) = (Buffer::empty(area), Buffer::empty(area));
            let end = put(&mut ours, x, y, &text, room, style);
            let (expected, _) = theirs.set_stringn(x, y, &text, room, style);
            prop_assert_eq!(ours, theirs);
            prop_assert_eq!(end, expected);
        }
    }
}
