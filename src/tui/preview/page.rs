//! A text cut into pieces, each no more than a paragraph, a line of code or a row of a table. What is
//! long is many pieces, so that a frame never has to look at more than it shows.

use std::ops::Range;

use crate::catalog::types::Id;
use crate::tui::text::wrap;
use crate::tui::theme::Meaning;

use super::layout;
use super::table::Table;

/// A text cut into pieces.
#[derive(Clone, Debug, Default)]
pub struct Page {
    /// All letters that are shown, one piece after the other, each ended by a line break, so that
    /// nothing is found across two of them. As they were written: they are encoded where they are drawn.
    pub(super) text: String,
    pub(super) pieces: Vec<Piece>,
    /// What is not ordinary text, in order.
    pub(super) spans: Vec<Span>,
    /// The cells of all tables, as places in the text.
    pub(super) cells: Vec<Range<usize>>,
    pub(super) tables: Vec<Table>,
    pub(super) diagrams: Vec<Diagram>,
}

/// A piece of a page.
#[derive(Clone, Debug)]
pub(super) struct Piece {
    pub kind: Kind,
    /// Where the signs before the text begin: those of lists and quotes. They end where the text begins.
    pub lead: usize,
    /// The text, as a place in that of the page.
    pub text: Range<usize>,
    /// Where it begins in what will be written; never before the piece above.
    pub source: usize,
    /// Whether it will be written, and is not the program's own note.
    pub is_written: bool,
}

/// What a piece is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Kind {
    /// Nothing, between two others.
    Blank,
    /// A paragraph, or a line of a list.
    Text,
    /// A heading of this level.
    Heading(u8),
    /// The rule below a heading of this level.
    Underline(u8),
    /// A rule between paragraphs.
    Rule,
    /// A text that is shown as it is.
    Plain(Meaning),
    /// The upper border of a block of code, whose longest line has so many columns; the text names it.
    CodeTop(usize),
    /// A line of code.
    Code(usize),
    /// The lower border.
    CodeBottom(usize),
    /// A row of a table: which one, and which cells.
    Row {
        table: usize,
        cells: Range<usize>,
        is_header: bool,
    },
    /// The line below the header of a table.
    BelowHeader(usize),
    /// A diagram whose source is in the write-up, in letters.
    Diagram(usize),
}

/// The data-flow diagram of a system.
#[derive(Clone, Debug)]
pub(super) struct Diagram {
    pub system: Id,
    /// In letters, for so many columns.
    pub drawn: Option<(usize, String)>,
}

/// Text that stands out.
#[derive(Clone, Debug)]
pub(super) struct Span {
    pub text: Range<usize>,
    pub look: Look,
}

/// How text stands out.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Look(u8);

impl Look {
    pub const STRONG: Self = Self(1);
    pub const EMPHASIS: Self = Self(2);
    pub const CODE: Self = Self(4);
    pub const LINK: Self = Self(8);

    pub const fn with(self, other: Self) -> Self {
        Self(self.0 | other.0)
    }

    pub const fn has(self, other: Self) -> bool {
        self.0 & other.0 != 0
    }

    pub const fn is_ordinary(self) -> bool {
        self.0 == 0
    }
}

impl Page {
    /// Adds a piece without any signs before it.
    pub(super) fn push(&mut self, kind: Kind, text: &str, source: Option<usize>) {
        let start = self.text.len();
        self.text.push_str(text);
        self.end_piece(kind, start, start, source);
    }

    /// Makes a piece of what was written since `start`.
    pub(super) fn end_piece(
        &mut self,
        kind: Kind,
        lead: usize,
        start: usize,
        source: Option<usize>,
    ) {
        let text = start..self.text.len();
        self.text.push('\n');
        let above = self.last_source();
        self.pieces.push(Piece {
            kind,
            lead,
            text,
            source: source.map_or(above, |source| source.max(above)),
            is_written: source.is_some(),
        });
    }

    fn last_source(&self) -> usize {
        self.pieces.last().map_or(0, |piece| piece.source)
    }

    /// Adds a paragraph of the program's own words.
    pub fn note(&mut self, text: &str, meaning: Meaning) {
        if text.is_empty() {
            self.push(Kind::Blank, "", None);
        } else {
            self.push(Kind::Plain(meaning), text, None);
        }
    }

    /// Whether there is nothing in it.
    pub const fn is_empty(&self) -> bool {
        self.pieces.is_empty()
    }

    /// Adds a list of the program's own words.
    pub fn list(&mut self, items: &[String]) {
        for item in items {
            let lead = self.text.len();
            self.text.push_str("• ");
            let start = self.text.len();
            self.text.push_str(item);
            self.end_piece(Kind::Text, lead, start, None);
        }
    }

    /// Adds a rule of the program's own.
    pub fn rule(&mut self) {
        self.push(Kind::Rule, "", None);
    }

    /// Adds another page behind this one.
    pub fn append(&mut self, other: &Self) {
        let (text, cells) = (self.text.len(), self.cells.len());
        let (tables, diagrams) = (self.tables.len(), self.diagrams.len());
        let above = self.last_source();
        let moved = |range: &Range<usize>| range.start + text..range.end + text;
        self.text.push_str(&other.text);
        self.pieces.extend(other.pieces.iter().map(|piece| Piece {
            kind: match &piece.kind {
                Kind::Row {
                    table,
                    cells: own,
                    is_header,
                } => Kind::Row {
                    table: table + tables,
                    cells: own.start + cells..own.end + cells,
                    is_header: *is_header,
                },
                Kind::BelowHeader(table) => Kind::BelowHeader(table + tables),
                Kind::Diagram(at) => Kind::Diagram(at + diagrams),
                other => other.clone(),
            },
            lead: piece.lead + text,
            text: moved(&piece.text),
            source: piece.source.max(above),
            is_written: piece.is_written,
        }));
        self.spans.extend(other.spans.iter().map(|span| Span {
            text: moved(&span.text),
            look: span.look,
        }));
        self.cells.extend(other.cells.iter().map(moved));
        self.tables.extend(other.tables.iter().cloned());
        self.diagrams.extend(other.diagrams.iter().cloned());
    }

    /// Draws the diagrams in letters where the width is another one.
    pub fn draw_diagrams(&mut self, columns: usize, draw: &dyn Fn(&Id, usize) -> Option<String>) {
        let room = layout::inside_frame(columns);
        for diagram in &mut self.diagrams {
            let fits = matches!(&diagram.drawn, Some((drawn, _)) if *drawn == room);
            if !fits {
                let text = draw(&diagram.system, room);
                diagram.drawn = text.map(|text| (room, text));
            }
        }
    }

    /// The piece in which a place of the text is.
    pub(super) fn piece_at(&self, place: usize) -> usize {
        let after = self.pieces.partition_point(|piece| piece.lead <= place);
        after.saturating_sub(1)
    }

    /// The columns of the signs before a piece's text.
    pub(super) fn lead_columns(&self, piece: &Piece) -> usize {
        wrap::width(&self.text[piece.lead..piece.text.start])
    }

    /// The whole paragraph in which a place of the text is, for reading out.
    pub fn paragraph(&self, place: usize) -> &str {
        let piece = &self.pieces[self.piece_at(place)];
        let text = &self.text[piece.lead..piece.text.end];
        text.trim()
    }
}
