//! Where the cursor of a list rests and what of the list can be seen. Not for what the rows are.

use super::{Heights, Row, RowKind, Target, View};

/// Cursor and scroll position of a list of rows.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ListState {
    /// Where the cursor rests.
    pub selected: Option<Target>,
    /// The first visible line.
    pub top: usize,
    /// Where the cursor's row was found last: mostly it is still there.
    found: usize,
}

impl ListState {
    /// The position of the cursor's row.
    pub fn position(&self, rows: &[Row]) -> Option<usize> {
        let selected = self.selected.as_ref()?;
        let is_it = |row: &Row| row.target.as_ref() == Some(selected);
        if rows.get(self.found).is_some_and(is_it) {
            return Some(self.found);
        }
        rows.iter().position(is_it)
    }

    /// Puts the cursor on the first row that it can rest on, where it rests on none that is there.
    pub fn settle(&mut self, rows: &[Row], last_position: usize) {
        if let Some(found) = self.position(rows) {
            self.found = found;
            return;
        }
        let is_stop = |at: &usize| rows[*at].target.is_some();
        let from = last_position.min(rows.len());
        let found = (from..rows.len())
            .find(is_stop)
            .or_else(|| (0..from).rfind(is_stop));
        self.selected = found.and_then(|at| rows[at].target.clone());
        self.found = found.unwrap_or(0);
    }

    /// Moves the cursor by so many rows on which it can rest.
    pub fn step(&mut self, rows: &[Row], by: isize) -> bool {
        let Some(here) = self.position(rows) else {
            self.settle(rows, 0);
            return true;
        };
        let is_stop = |at: &usize| rows[*at].target.is_some();
        let most = by.unsigned_abs();
        let there = if by < 0 {
            (0..here).rev().filter(is_stop).take(most).last()
        } else {
            (here + 1..rows.len()).filter(is_stop).take(most).last()
        };
        let Some(there) = there else { return false };
        self.selected.clone_from(&rows[there].target);
        self.found = there;
        true
    }

    /// Scrolls so that the cursor's row can be seen, and what leads up to it where there is room.
    pub fn scroll(&mut self, rows: &[Row], heights: &Heights, view: &View<'_>) {
        let height = usize::from(view.area.height);
        let last_top = heights.total().saturating_sub(height);
        let Some(selected) = self.position(rows) else {
            self.top = self.top.min(last_top);
            return;
        };
        let row = &rows[selected];
        let all_lines = heights.lines(selected);
        // In a long field it is the line with the cursor that must be seen.
        let row_lines = match view.cursor_line(row) {
            Some(within) => all_lines.start + within..all_lines.start + within + 1,
            None => all_lines.clone(),
        };
        let is_stop = |at: &usize| rows[*at].target.is_some();
        let stop_above = (0..selected).rfind(is_stop);
        let heading_above = stop_above.map_or(0, |at| heights.lines(at).end);
        if heading_above < self.top && row_lines.end - heading_above <= height {
            self.top = heading_above;
        }
        // What opens below the row is shown too, as far as the row itself stays visible.
        if let RowKind::Item { indent, .. } = row.kind {
            let details = rows[selected + 1..]
                .iter()
                .take(height)
                .take_while(|row| row.belongs_to(indent))
                .count();
            let end = heights.lines(selected + details).end;
            if end > self.top + height {
                self.top = (end - height).min(row_lines.start);
            }
        }
        if row_lines.start < self.top {
            self.top = row_lines.start;
        }
        if row_lines.end > self.top + height {
            self.top = row_lines.end - height;
        }
        self.top = self.top.min(last_top);
    }
}
