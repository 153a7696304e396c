//! Draws what of a page is visible. Every letter goes through the screen's encoder here.

use std::ops::Range;

use ratatui::buffer::Buffer;
use ratatui::layout::{Position, Rect};
use ratatui::style::{Modifier, Style};

use super::find::Found;
use super::layout::{Part, lines};
use super::page::{Look, Page};
use super::reader::Spot;
use crate::encode;
use crate::tui::text::{put, wrap};
use crate::tui::theme::{Meaning, Theme};

/// What came of drawing.
#[derive(Clone, Copy, Debug, Default)]
pub struct Drawn {
    /// There is more below.
    pub below: bool,
    /// Where the place stands that the reader is at.
    pub at: Option<Position>,
}

/// Draws a page from a spot on.
pub fn draw(
    page: &Page,
    top: Spot,
    found: Option<&Found>,
    (area, theme): (Rect, Theme),
    buffer: &mut Buffer,
) -> Drawn {
    let mut drawn = Drawn::default();
    let mut y = area.y;
    let mut skip = top.line;
    for piece in page.pieces.iter().skip(top.piece) {
        for line in lines(page, piece, usize::from(area.width))
            .into_iter()
            .skip(std::mem::take(&mut skip))
        {
            if y >= area.bottom() {
                drawn.below = true;
                return drawn;
            }
            for part in &line {
                let row = Row {
                    page,
                    found,
                    area: Rect {
                        y,
                        height: 1,
                        ..area
                    },
                    theme,
                };
                let at = row.part(part, buffer);
                drawn.at = drawn.at.or(at);
            }
            y += 1;
        }
    }
    drawn
}

struct Row<'a> {
    page: &'a Page,
    found: Option<&'a Found>,
    area: Rect,
    theme: Theme,
}

impl Row<'_> {
    /// Draws a part of the line; gives where the reader's place begins in it.
    fn part(&self, part: &Part<'_>, buffer: &mut Buffer) -> Option<Position> {
        let base = self.theme.style(part.meaning);
        let Some(place) = part.place else {
            self.put(part.column, &part.text, base, buffer);
            return None;
        };
        let here = place..place + part.text.len();
        let mut cuts = vec![here.start, here.end];
        let spans = overlapping(&self.page.spans, &here, |span| &span.text);
        let places = self.found.map_or(&[][..], |found| found.places.as_slice());
        let hits = overlapping(places, &here, |place| place);
        for range in spans.iter().map(|span| &span.text).chain(hits) {
            cuts.push(range.start.clamp(here.start, here.end));
            cuts.push(range.end.clamp(here.start, here.end));
        }
        cuts.sort_unstable();
        cuts.dedup();
        let current = self.found.and_then(Found::place);
        let mut column = part.column;
        let mut at = None;
        for cut in cuts.windows(2) {
            let text = &part.text[cut[0] - place..cut[1] - place];
            let look = spans.iter().find(|span| span.text.contains(&cut[0]));
            let mut style = look.map_or(base, |span| self.style(base, span.look));
            if let Some(hit) = hits.iter().find(|hit| hit.contains(&cut[0])) {
                let is_current = current == Some(hit);
                let meaning = if is_current {
                    Meaning::Selection
                } else {
                    Meaning::Marked
                };
                style = style.patch(self.theme.style(meaning));
                if is_current && at.is_none() {
                    let x = self.area.x + u16::try_from(column).unwrap_or(u16::MAX);
                    at = Some(Position::new(x, self.area.y)).filter(|at| self.area.contains(*at));
                }
            }
            self.put(column, text, style, buffer);
            column += wrap::width(text);
        }
        at
    }

    fn style(&self, base: Style, look: Look) -> Style {
        let mut style = base;
        if look.has(Look::CODE) {
            style = style.patch(self.theme.style(Meaning::Key));
        }
        if look.has(Look::STRONG) {
            style = style.add_modifier(Modifier::BOLD);
        }
        if look.has(Look::EMPHASIS) || look.has(Look::LINK) {
            style = style.add_modifier(Modifier::UNDERLINED);
        }
        style
    }

    fn put(&self, column: usize, text: &str, style: Style, buffer: &mut Buffer) {
        let room = usize::from(self.area.width).saturating_sub(column);
        if room > 0 {
            let x = self.area.x + column as u16;
            put(buffer, x, self.area.y, encode::screen(text), room, style);
        }
    }
}

/// Those of ordered ranges that have something in common with a range.
fn overlapping<'a, T>(
    all: &'a [T],
    here: &Range<usize>,
    range: impl Fn(&T) -> &Range<usize>,
) -> &'a [T] {
    let first = all.partition_point(|one| range(one).end <= here.start);
    let after = all.partition_point(|one| range(one).start < here.end);
    all.get(first..after).unwrap_or_default()
}
