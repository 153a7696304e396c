//! The lines of a piece at a width. Not for colours: see [`mod@super::draw`].

use pulldown_cmark::Alignment;
use std::borrow::Cow;
use std::ops::Range;

use super::markdown::QUOTE;
use super::page::{Kind, Page, Piece};
use super::table::{BETWEEN, Shape, Table};
use crate::tui::text::wrap;
use crate::tui::theme::Meaning;

/// The widest that a paragraph gets: longer lines are hard to follow.
const PROSE: usize = 76;

/// What is left for text beside the signs of lists within lists, however deep they are.
const NARROWEST: usize = 12;

/// A line on the screen: what stands where in it.
pub(super) type Line<'a> = Vec<Part<'a>>;

/// Something in a line.
#[derive(Clone, Debug)]
pub(super) struct Part<'a> {
    /// The column in which it begins.
    pub column: usize,
    /// What stands there.
    pub text: Cow<'a, str>,
    /// Where that is in the text of the page; nothing for signs and frames.
    pub place: Option<usize>,
    /// How it looks, but for what stands out in it.
    pub meaning: Meaning,
}

impl<'a> Part<'a> {
    fn sign(column: usize, text: impl Into<Cow<'a, str>>) -> Self {
        Self {
            column,
            text: text.into(),
            place: None,
            meaning: Meaning::Muted,
        }
    }
}

/// The lines of a piece, at least those that are there; some pieces have none at some widths.
pub(super) fn lines<'a>(page: &'a Page, piece: &'a Piece, columns: usize) -> Vec<Line<'a>> {
    let columns = columns.max(1);
    let prose = columns.min(PROSE);
    match &piece.kind {
        Kind::Blank => vec![signs(page, piece, 0, columns)],
        Kind::Text => wrapped(page, piece, prose, Meaning::Text),
        Kind::Heading(level) => {
            let meaning = match level {
                1 | 3 => Meaning::Heading,
                _ => Meaning::Question,
            };
            wrapped(page, piece, prose, meaning)
        }
        Kind::Plain(meaning) => wrapped(page, piece, columns, *meaning),
        Kind::Underline(level) => {
            let sign = if *level == 1 { "━" } else { "─" };
            vec![vec![Part::sign(0, sign.repeat(prose))]]
        }
        Kind::Rule => {
            let mut line = signs(page, piece, 0, columns);
            let lead = page.lead_columns(piece).min(prose);
            line.push(Part::sign(lead, "─".repeat(prose - lead)));
            vec![line]
        }
        Kind::CodeTop(longest) => {
            let name = &page.text[piece.text.clone()];
            vec![border(page, piece, columns, *longest, ["┌", "┐"], name)]
        }
        Kind::CodeBottom(longest) => {
            vec![border(page, piece, columns, *longest, ["└", "┘"], "")]
        }
        Kind::Code(longest) => code(page, piece, columns, *longest),
        Kind::Diagram(at) => diagram(page, piece, *at, columns),
        Kind::BelowHeader(table) => below_header(&page.tables[*table], columns),
        Kind::Row {
            table,
            cells,
            is_header,
        } => row(page, &page.tables[*table], cells, *is_header, columns),
    }
}

/// The signs before a piece, in its first line or in a later one.
fn signs<'a>(page: &'a Page, piece: &Piece, at: usize, columns: usize) -> Line<'a> {
    let lead = &page.text[piece.lead..piece.text.start];
    if lead.trim().is_empty() {
        return Vec::new();
    }
    let lead = if at == 0 {
        Cow::Borrowed(lead)
    } else {
        Cow::Owned(continued(lead))
    };
    if wrap::width(&lead) > room_for_signs(columns) {
        return Vec::new();
    }
    vec![Part {
        meaning: Meaning::Key,
        ..Part::sign(0, lead)
    }]
}

/// The signs before later lines: those of quotes, and blanks instead of those of lists.
fn continued(lead: &str) -> String {
    let quote = QUOTE.chars().next().unwrap_or(' ');
    lead.chars()
        .map(|sign| if sign == quote { sign } else { ' ' })
        .collect()
}

/// The column in which the text of a piece begins.
fn indent(page: &Page, piece: &Piece, columns: usize) -> usize {
    page.lead_columns(piece).min(room_for_signs(columns))
}

/// The columns that signs may take.
fn room_for_signs(columns: usize) -> usize {
    columns - NARROWEST.min(columns / 2)
}

fn wrapped<'a>(
    page: &'a Page,
    piece: &'a Piece,
    columns: usize,
    meaning: Meaning,
) -> Vec<Line<'a>> {
    let indent = indent(page, piece, columns);
    let text = &page.text[piece.text.clone()];
    let ranges = wrap::lines(text, columns - indent);
    let lines = ranges.into_iter().enumerate().map(|(at, range)| {
        let mut line = signs(page, piece, at, columns);
        line.push(Part {
            column: indent,
            place: Some(piece.text.start + range.start),
            text: Cow::Borrowed(text[range].trim_end_matches(' ')),
            meaning,
        });
        line
    });
    lines.collect()
}

/// The columns of a block of code with its frame.
fn code_columns(indent: usize, columns: usize, longest: usize) -> usize {
    let room = columns.saturating_sub(indent).max(6);
    let least = PROSE.saturating_sub(indent).min(room);
    (longest + 4).clamp(least, room)
}

fn border<'a>(
    page: &'a Page,
    piece: &'a Piece,
    columns: usize,
    longest: usize,
    corners: [&str; 2],
    name: &str,
) -> Line<'a> {
    let indent = indent(page, piece, columns);
    let width = code_columns(indent, columns, longest);
    let name = match name {
        "" => String::new(),
        name => format!(" {} ", wrap::fitted(name, width.saturating_sub(6))),
    };
    let rule = "─".repeat(width.saturating_sub(3 + wrap::width(&name)));
    let mut line = signs(page, piece, 0, columns);
    let text = format!("{}─{name}{rule}{}", corners[0], corners[1]);
    line.push(Part::sign(indent, text));
    line
}

fn code<'a>(page: &'a Page, piece: &'a Piece, columns: usize, longest: usize) -> Vec<Line<'a>> {
    let indent = indent(page, piece, columns);
    let width = code_columns(indent, columns, longest);
    let text = &page.text[piece.text.clone()];
    let ranges = wrap::lines(text, width.saturating_sub(4));
    let lines = ranges.into_iter().map(|range| {
        let mut line = signs(page, piece, 1, columns);
        line.push(Part::sign(indent, "│"));
        line.push(Part {
            column: indent + 2,
            place: Some(piece.text.start + range.start),
            text: Cow::Borrowed(&text[range]),
            meaning: Meaning::Text,
        });
        line.push(Part::sign(indent + width - 1, "│"));
        line
    });
    lines.collect()
}

/// The columns inside the frame of a diagram.
pub(super) fn inside_frame(columns: usize) -> usize {
    code_columns(0, columns, 0).saturating_sub(4)
}

fn diagram<'a>(page: &'a Page, piece: &'a Piece, at: usize, columns: usize) -> Vec<Line<'a>> {
    let indent = indent(page, piece, columns);
    let width = code_columns(indent, columns, 0);
    let drawn = &page.diagrams[at].drawn;
    let text = drawn.as_ref().map_or("", |(_, text)| text.as_str());
    let lines = text.trim_end().split('\n').map(|text| {
        let mut line = signs(page, piece, 1, columns);
        line.push(Part::sign(indent, "│"));
        line.push(Part {
            meaning: Meaning::Text,
            ..Part::sign(indent + 2, text)
        });
        line.push(Part::sign(indent + width - 1, "│"));
        line
    });
    lines.collect()
}

fn below_header<'a>(table: &Table, columns: usize) -> Vec<Line<'a>> {
    let (Shape::Whole(widths) | Shape::Broken(widths)) = table.shape(columns) else {
        return Vec::new();
    };
    vec![vec![Part::sign(0, ruled(&widths, "─", "─┼─"))]]
}

fn ruled(widths: &[usize], rule: &str, crossing: &str) -> String {
    let rules: Vec<String> = widths.iter().map(|width| rule.repeat(*width)).collect();
    rules.join(crossing)
}

fn row<'a>(
    page: &'a Page,
    table: &'a Table,
    cells: &Range<usize>,
    is_header: bool,
    columns: usize,
) -> Vec<Line<'a>> {
    let own = &page.cells[cells.clone()];
    match table.shape(columns) {
        Shape::Whole(widths) => in_columns(page, table, own, &widths, is_header),
        Shape::Broken(widths) => {
            let mut lines = in_columns(page, table, own, &widths, is_header);
            if !is_header {
                lines.push(vec![Part::sign(0, ruled(&widths, "┄", "┄┼┄"))]);
            }
            lines
        }
        // The header stands before each cell.
        Shape::List if is_header => Vec::new(),
        Shape::List => as_list(page, table, own, columns),
    }
}

fn in_columns<'a>(
    page: &'a Page,
    table: &'a Table,
    cells: &[Range<usize>],
    widths: &[usize],
    is_header: bool,
) -> Vec<Line<'a>> {
    let meaning = if is_header {
        Meaning::Question
    } else {
        Meaning::Text
    };
    let broken: Vec<Vec<Range<usize>>> = cells
        .iter()
        .zip(widths)
        .map(|(cell, width)| wrap::lines(&page.text[cell.clone()], *width))
        .collect();
    let height = broken.iter().map(Vec::len).max().unwrap_or(0);
    let line = |at: usize| {
        let mut line = Vec::with_capacity(widths.len() * 2);
        let mut column = 0;
        for (number, width) in widths.iter().enumerate() {
            if number > 0 {
                line.push(Part::sign(column + 1, "│"));
                column += BETWEEN;
            }
            let range = broken.get(number).and_then(|cell| cell.get(at));
            if let (Some(range), Some(cell)) = (range, cells.get(number)) {
                let text = page.text[cell.clone()][range.clone()].trim_end_matches(' ');
                let free = width.saturating_sub(wrap::width(text));
                let before = match table.columns[number].alignment {
                    Alignment::Right => free,
                    Alignment::Center => free / 2,
                    Alignment::None | Alignment::Left => 0,
                };
                line.push(Part {
                    column: column + before,
                    place: Some(cell.start + range.start),
                    text: Cow::Borrowed(text),
                    meaning,
                });
            }
            column += width;
        }
        line
    };
    (0..height).map(line).collect()
}

/// A row whose cells stand below each other, each behind the header of its column.
fn as_list<'a>(
    page: &'a Page,
    table: &'a Table,
    cells: &[Range<usize>],
    columns: usize,
) -> Vec<Line<'a>> {
    let mut lines: Vec<Line<'a>> = Vec::new();
    for (number, cell) in cells.iter().enumerate() {
        let text = &page.text[cell.clone()];
        if text.trim().is_empty() {
            continue;
        }
        let label = page.cells.get(table.header + number);
        let label = label.map_or("", |label| &page.text[label.clone()]);
        let label = format!("{}: ", wrap::fitted(label, columns / 2));
        let behind = wrap::width(&label);
        // Words begin behind the label, and later lines two columns from the left.
        let first = wrap::lines(text, columns.saturating_sub(behind).max(1))
            .into_iter()
            .next()
            .unwrap_or(0..0);
        let part = |column: usize, range: Range<usize>| Part {
            column,
            place: Some(cell.start + range.start),
            text: Cow::Borrowed(text[range].trim_end_matches(' ')),
            meaning: Meaning::Text,
        };
        let label = Part {
            meaning: Meaning::Question,
            ..Part::sign(0, label)
        };
        let end = first.end;
        lines.push(vec![label, part(behind, first)]);
        if end < text.len() {
            let rest = wrap::lines(&text[end..], columns.saturating_sub(2).max(1));
            let rest = rest.into_iter();
            lines.extend(rest.map(|range| vec![part(2, range.start + end..range.end + end)]));
        }
    }
    lines.push(Vec::new());
    lines
}
