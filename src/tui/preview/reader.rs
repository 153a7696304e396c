//! A page that is read: what of it is on the screen, and how that moves. Looks at no more of the page
//! than it passes.

use super::layout::lines;
use super::page::Page;

/// A line of a page: which piece, and which line of it.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub struct Spot {
    /// The piece.
    pub piece: usize,
    /// The line of it, at the width that holds.
    pub line: usize,
}

/// A page that is read.
#[derive(Clone, Debug, Default)]
pub struct Reader {
    /// What is read.
    pub page: Page,
    /// The first visible line.
    pub top: Spot,
    columns: usize,
    rows: usize,
}

impl Reader {
    /// Begins to read a page.
    pub fn of(page: Page) -> Self {
        Self {
            page,
            ..Self::default()
        }
    }

    /// Has so many columns and rows from now on; the first visible words stay where they are.
    pub fn fit(&mut self, columns: usize, rows: usize) {
        if (columns, rows) == (self.columns, self.rows) {
            return;
        }
        let place = self.place_of_top();
        let wider = columns != self.columns;
        (self.columns, self.rows) = (columns, rows);
        if wider && let Some(place) = place {
            self.top = self.spot_of(place);
        }
        self.settle();
    }

    /// How many lines a piece has.
    fn height(&self, piece: usize) -> usize {
        let piece = self.page.pieces.get(piece);
        piece.map_or(0, |piece| lines(&self.page, piece, self.columns).len())
    }

    /// The spot so many lines below another, or the end.
    fn below(&self, spot: Spot, by: usize) -> Spot {
        let mut spot = spot;
        let mut left = by;
        while spot.piece < self.page.pieces.len() {
            let rest = self.height(spot.piece).saturating_sub(spot.line);
            if left < rest {
                spot.line += left;
                return spot;
            }
            left -= rest;
            spot = Spot {
                piece: spot.piece + 1,
                line: 0,
            };
        }
        spot
    }

    /// The spot so many lines above another, or the start.
    fn above(&self, spot: Spot, by: usize) -> Spot {
        let mut spot = spot;
        let mut left = by;
        loop {
            if left <= spot.line {
                spot.line -= left;
                return spot;
            }
            left -= spot.line;
            if spot.piece == 0 {
                return Spot::default();
            }
            spot.piece -= 1;
            spot.line = self.height(spot.piece);
        }
    }

    /// Where the last page begins.
    fn last_top(&self) -> Spot {
        let end = Spot {
            piece: self.page.pieces.len(),
            line: 0,
        };
        self.above(end, self.rows.max(1))
    }

    /// Goes no further than the last page.
    fn settle(&mut self) {
        self.top = self.top.min(self.last_top());
    }

    /// Moves by so many lines; whether there was anywhere to go.
    pub fn scroll(&mut self, by: isize) -> bool {
        let before = self.top;
        self.top = if by < 0 {
            self.above(self.top, by.unsigned_abs())
        } else {
            self.below(self.top, by.unsigned_abs())
        };
        self.settle();
        self.top != before
    }

    /// To the start.
    pub fn first(&mut self) {
        self.top = Spot::default();
    }

    /// To the end.
    pub fn last(&mut self) {
        self.top = self.last_top();
    }

    /// Whether there is more above.
    pub fn is_below_start(&self) -> bool {
        self.top > Spot::default()
    }

    /// The place in the page's text with which the first visible line begins.
    pub fn place_of_top(&self) -> Option<usize> {
        let piece = self.page.pieces.get(self.top.piece)?;
        let lines = lines(&self.page, piece, self.columns);
        let parts = lines.get(self.top.line)?;
        let place = parts.iter().find_map(|part| part.place);
        Some(place.unwrap_or(piece.text.start))
    }

    /// Where a place of the page's text is.
    pub fn spot_of(&self, place: usize) -> Spot {
        let at = self.page.piece_at(place);
        let Some(piece) = self.page.pieces.get(at) else {
            return Spot::default();
        };
        let holds = |line: &super::layout::Line<'_>| {
            line.iter().any(|part| {
                part.place
                    .is_some_and(|start| (start..=start + part.text.len()).contains(&place))
            })
        };
        let lines = lines(&self.page, piece, self.columns);
        // The end of a line is the start of the next: of both the later one.
        let line = lines.iter().rposition(holds).unwrap_or(0);
        Spot { piece: at, line }
    }

    /// Makes a place visible, with some of what stands before it.
    pub fn show(&mut self, place: usize) {
        let spot = self.spot_of(place);
        let end = self.below(self.top, self.rows.max(1));
        if spot < self.top || spot >= end {
            self.top = self.above(spot, self.rows / 3);
            self.settle();
        }
    }

    /// Where the first visible line stands in what will be written.
    pub fn source_of_top(&self) -> usize {
        let piece = self.page.pieces.get(self.top.piece);
        piece.map_or(0, |piece| piece.source)
    }

    /// The spot of what stands at a place in what will be written.
    pub fn spot_of_source(&self, source: usize) -> Spot {
        let pieces = &self.page.pieces;
        let after = pieces.partition_point(|piece| piece.source <= source);
        let Some(last) = after.checked_sub(1) else {
            return Spot::default();
        };
        // Of several pieces from one place, the first.
        let own = pieces[last].source;
        Spot {
            piece: pieces.partition_point(|piece| piece.source < own),
            line: 0,
        }
    }

    /// Where what will be written goes on behind what is at `source`.
    fn source_after(&self, source: usize) -> usize {
        let pieces = &self.page.pieces;
        let after = pieces.partition_point(|piece| piece.source <= source);
        pieces.get(after).map_or(source, |piece| piece.source)
    }

    /// The place of the first visible line in what will be written, by how far it is in what was made of
    /// that: a diagram or a long paragraph is one place there and many lines here.
    fn estimated_source(&self) -> usize {
        let source = self.source_of_top();
        let first = self.spot_of_source(source).piece;
        let after = self
            .page
            .pieces
            .partition_point(|piece| piece.source <= source);
        let lines = |pieces: std::ops::Range<usize>| -> usize {
            pieces.map(|piece| self.height(piece)).sum()
        };
        let passed = lines(first..self.top.piece) + self.top.line;
        let all = lines(first..after).max(1);
        source + (self.source_after(source) - source) * passed / all
    }

    /// The spot of what stands first in another reader of the same text.
    pub fn beside(&self, other: &Self) -> Spot {
        let source = other.estimated_source();
        let spot = self.spot_of_source(source);
        let own = self.page.pieces.get(spot.piece);
        let own = own.map_or(source, |piece| piece.source);
        let length = (self.source_after(own) - own).max(1);
        let height = self.height(spot.piece);
        let line = source.saturating_sub(own) * height / length;
        Spot {
            line: line.min(height.saturating_sub(1)),
            ..spot
        }
    }

    /// Goes to what stands at a place in what will be written.
    pub fn go_to_source(&mut self, source: usize) {
        self.top = self.spot_of_source(source);
        self.settle();
    }
}
