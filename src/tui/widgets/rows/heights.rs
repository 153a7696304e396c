//! Where each row begins and ends, so that a long list is measured once and not for every frame. Not for
//! how high one row is: see `view`.

use std::ops::Range;

use super::{Row, RowKind, View};

/// Where each row of a list begins and ends, in lines: measured once for its rows and a width.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Heights {
    width: u16,
    ends: Vec<usize>,
    /// The row that says why the one above it matters, where the cursor was when it was measured.
    open: Option<usize>,
}

impl Heights {
    /// Measures all rows.
    pub fn measure(&mut self, rows: &[Row], view: &View<'_>) {
        self.width = view.area.width;
        self.open = None;
        self.ends.clear();
        let mut end = 0;
        for (at, row) in rows.iter().enumerate() {
            let height = view.height(row);
            if height > 0 && matches!(row.kind, RowKind::Why { .. }) {
                self.open = Some(at);
            }
            end += height;
            self.ends.push(end);
        }
    }

    /// Whether they are of so many rows at this width.
    pub fn fit(&self, rows: &[Row], width: u16) -> bool {
        self.width == width && self.ends.len() == rows.len()
    }

    /// The cursor went to another row: what says why a row matters closes at the one and opens at the
    /// other.
    pub fn follow(&mut self, cursor: Option<usize>, rows: &[Row], view: &View<'_>) {
        let is_why = |at: &usize| matches!(rows.get(*at), Some(row) if matches!(row.kind, RowKind::Why { .. }));
        let open = cursor.map(|at| at + 1).filter(is_why);
        if self.open != open {
            for at in [self.open, open].into_iter().flatten() {
                self.measure_again(at, rows, view);
            }
            self.open = open;
        }
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
    pub fn first_below(&self, line: usize) -> usize {
        self.ends.partition_point(|end| *end <= line)
    }
}

#[cfg(test)]
mod tests {
    use ratatui::layout::Rect;

    use super::*;
    use crate::catalog::types::Id;
    use crate::session::types::Session;
    use crate::tui::theme::Theme;
    use crate::tui::widgets::rows::Target;

    /// Items, some of which say why they matter, in one line or in several.
    fn rows() -> Vec<Row> {
        let long = "because this goes over more than one line of a window that is so narrow";
        let mut rows = vec![Row::heading("What stands out")];
        for number in 0..9 {
            let target = Target::Line(number);
            rows.push(Row::item("!", format!("number {number}"), target.clone()));
            match number % 3 {
                0 => rows.push(Row::why("because", target, 4)),
                1 => rows.push(Row::why(long, target, 4)),
                _ => {}
            }
        }
        rows
    }

    #[test]
    fn what_follows_the_cursor_is_what_would_be_measured_anew() {
        let now = "2026-11-21T10:00:00Z".parse().unwrap();
        let session = Session::new("s", Id::new("course").unwrap(), Vec::new(), now);
        let rows = rows();
        let view_at = |selected| View {
            area: Rect::new(0, 0, 40, 10),
            session: &session,
            active: None,
            selected,
            focused: true,
            theme: Theme::Dark,
        };
        let mut heights = Heights::default();
        heights.measure(&rows, &view_at(None));
        assert_eq!(heights.total(), 10, "nothing is open");
        let everywhere = (0..rows.len()).chain((0..rows.len()).rev().step_by(4));
        let mut most = 0;
        for cursor in everywhere.filter(|at| rows[*at].target.is_some()) {
            let view = view_at(rows[cursor].target.as_ref());
            heights.follow(Some(cursor), &rows, &view);
            let mut anew = Heights::default();
            anew.measure(&rows, &view);
            assert_eq!(heights, anew, "the cursor is on row {cursor}");
            most = most.max(heights.total());
        }
        assert!(most > 11, "a long one was open");
        heights.follow(None, &rows, &view_at(None));
        assert_eq!(heights.total(), 10);
    }
}
