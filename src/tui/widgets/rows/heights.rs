//! Where each row begins and ends, so that a long list is measured once and not for every frame. Not for
//! how high one row is: see `view`.

use std::ops::Range;

use super::{Row, View};

/// Where each row of a list begins and ends, in lines: measured once for its rows and a width.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Heights {
    width: u16,
    ends: Vec<usize>,
}

impl Heights {
    /// Measures all rows.
    pub fn measure(&mut self, rows: &[Row], view: &View<'_>) {
        self.width = view.area.width;
        self.ends.clear();
        let mut end = 0;
        self.ends.extend(rows.iter().map(|row| {
            end += view.height(row);
            end
        }));
    }

    /// Whether they are of so many rows at this width.
    pub fn fit(&self, rows: &[Row], width: u16) -> bool {
        self.width == width && self.ends.len() == rows.len()
    }

    /// Measures one row again, whose text is being typed.
    pub fn measure_again(&mut self, at: usize, rows: &[Row], view: &View<'_>) {
        let before = self.lines(at);
        let end = before.start + view.height(&rows[at]);
        if end != before.end {
            for one in &mut self.ends[at..] {
                *one = *one + end - before.end;
            }
        }
    }

    /// The lines of a row.
    pub fn lines(&self, at: usize) -> Range<usize> {
        let start = at.checked_sub(1).map_or(0, |above| self.ends[above]);
        start..self.ends[at]
    }

    /// The lines of all rows.
    pub fn total(&self) -> usize {
        self.ends.last().copied().unwrap_or(0)
    }

    /// The first row that reaches below a line.
    pub(super) fn first_below(&self, line: usize) -> usize {
        self.ends.partition_point(|end| *end <= line)
    }
}
