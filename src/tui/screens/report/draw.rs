//! Draws the write-up, or the two texts beside each other.

use ratatui::buffer::Buffer;
use ratatui::layout::{Position, Rect};

use super::{ReportView, Show, halves};
use crate::tui::preview;
use crate::tui::text::put;
use crate::tui::theme::{Meaning, Theme};

/// What came of drawing.
#[derive(Clone, Copy, Debug, Default)]
pub struct Drawn {
    /// Whether there is more above and below.
    pub more: (bool, bool),
    /// Where the words stand that were looked for.
    pub at: Option<Position>,
}

impl ReportView {
    /// Draws the visible part.
    pub fn draw(&self, area: Rect, theme: Theme, buffer: &mut Buffer) -> Drawn {
        let Some(reader) = self.reader() else {
            return Drawn::default();
        };
        let (left, right) = halves(area, self.shown());
        let found = self.found.as_ref();
        let drawn = preview::draw(&reader.page, reader.top, found, (left, theme), buffer);
        if let (Some(right), Some(raw)) = (right, &self.raw) {
            for y in area.y..area.bottom() {
                let style = theme.style(Meaning::Border);
                put(buffer, left.right() + 1, y, "│", 1, style);
            }
            let found = self.found_beside.as_ref();
            preview::draw(&raw.page, raw.beside(reader), found, (right, theme), buffer);
        }
        Drawn {
            more: (reader.is_below_start(), drawn.below),
            at: drawn.at,
        }
    }

    /// What the border of the pane says: the form, how it is shown, what was looked for.
    pub fn tail(&self) -> String {
        let show = match self.shown() {
            Show::Raw if self.layout.is_markdown() => " · raw",
            Show::Rendered | Show::Raw => "",
            Show::Both => " · side by side",
        };
        let found = match &self.found {
            None => String::new(),
            Some(found) if found.places.is_empty() => " · not found".to_owned(),
            Some(found) => format!(" · {} of {}", found.at + 1, found.places.len()),
        };
        format!("{}{show}{found}", self.layout.name())
    }
}
