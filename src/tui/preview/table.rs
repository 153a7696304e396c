//! How wide the columns of a table are. Not for its text, which is the page's.

use pulldown_cmark::Alignment;

/// What a column needs at least, where a word of it is longer.
const LONGEST_WORD: usize = 14;

/// A cell of about so many lines is no longer read as one of a table.
const MOST_LINES: usize = 12;

/// The columns between two columns: a line with a blank on both sides.
pub const BETWEEN: usize = 3;

/// What is known about a table once it was read.
#[derive(Clone, Debug, Default)]
pub struct Table {
    /// Its columns.
    pub columns: Vec<Column>,
    /// The place of its header's first cell.
    pub header: usize,
}

/// A column of a table.
#[derive(Clone, Debug)]
pub struct Column {
    /// On which side its text stands.
    pub alignment: Alignment,
    /// Its widest cell.
    pub widest: usize,
    /// The longest word in it.
    pub longest_word: usize,
}

/// How a table stands on the screen.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Shape {
    /// Columns of these widths, and no cell is broken into lines.
    Whole(Vec<usize>),
    /// Columns of these widths; cells are broken into lines.
    Broken(Vec<usize>),
    /// There is no room for columns that could be read: each row is a list of its cells, with the header
    /// as labels.
    List,
}

impl Table {
    /// How it stands in so many columns of the screen.
    pub fn shape(&self, room: usize) -> Shape {
        let lines = BETWEEN * self.columns.len().saturating_sub(1);
        let room = room.saturating_sub(lines);
        let mut widths: Vec<usize> = self.columns.iter().map(|one| one.widest.max(1)).collect();
        if widths.iter().sum::<usize>() <= room {
            return Shape::Whole(widths);
        }
        for (width, column) in widths.iter_mut().zip(&self.columns) {
            *width = column.longest_word.clamp(1, LONGEST_WORD).min(*width);
        }
        let needed = widths.iter().sum::<usize>();
        if needed > room {
            return Shape::List;
        }
        // Every column of the screen goes to the cell that has most lines.
        for _ in needed..room {
            let narrowest = (0..widths.len())
                .filter(|at| widths[*at] < self.columns[*at].widest)
                .max_by_key(|at| self.columns[*at].widest * 100 / widths[*at]);
            let Some(at) = narrowest else { break };
            widths[at] += 1;
        }
        let lines = widths.iter().zip(&self.columns);
        if lines.map(|(width, column)| column.widest / width).max() > Some(MOST_LINES) {
            return Shape::List;
        }
        Shape::Broken(widths)
    }
}
