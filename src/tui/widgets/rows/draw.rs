//! Paints rows, clipped to what can be seen. Reads everything and changes nothing but the screen's cells.

use std::borrow::Cow;
use std::ops::Range;

use ratatui::buffer::Buffer;
use ratatui::layout::Position;
use ratatui::style::{Modifier, Style};

use super::field::FIELD_INDENT;
use super::view::{item_columns, shown_tail};
use super::{Heights, ListState, Row, RowKind, View};
use crate::encode;
use crate::session::place::TextField;
use crate::tui::text::edit::position;
use crate::tui::text::{TextEdit, put, wrap};
use crate::tui::theme::{Meaning, Theme};

impl View<'_> {
    /// Draws a short list from the first visible line; gives the place for the real cursor.
    pub fn draw(&self, rows: &[Row], state: &ListState, buffer: &mut Buffer) -> Option<Position> {
        let mut heights = Heights::default();
        heights.measure(rows, self);
        self.draw_measured(rows, &heights, state, buffer)
    }

    /// The same with heights that are known: looks at no row but those that can be seen.
    pub fn draw_measured(
        &self,
        rows: &[Row],
        heights: &Heights,
        state: &ListState,
        buffer: &mut Buffer,
    ) -> Option<Position> {
        let mut cursor = None;
        let bottom = state.top + usize::from(self.area.height);
        for (at, row) in rows.iter().enumerate().skip(heights.first_below(state.top)) {
            let first = heights.lines(at).start;
            if first >= bottom {
                break;
            }
            let selected = row.target.is_some() && row.target == state.selected;
            let mut pen = Pen {
                view: self,
                buffer,
                first,
                top: state.top,
            };
            let spot = pen.row(row, selected);
            cursor = cursor.or(spot);
        }
        cursor
    }
}

/// Draws one row, clipped to what is visible.
struct Pen<'a, 'b> {
    view: &'a View<'a>,
    buffer: &'b mut Buffer,
    /// The row's first line in the whole list.
    first: usize,
    /// The first visible line of the whole list.
    top: usize,
}

impl Pen<'_, '_> {
    /// Where the row's `line` is on the screen.
    fn y(&self, line: usize) -> Option<u16> {
        let offset = (self.first + line).checked_sub(self.top)?;
        let offset = u16::try_from(offset).ok()?;
        (offset < self.view.area.height).then(|| self.view.area.y + offset)
    }

    fn put(&mut self, line: usize, column: u16, text: &str, style: Style) {
        if let Some(y) = self.y(line)
            && column < self.view.area.width
        {
            let room = usize::from(self.view.area.width - column);
            put(
                self.buffer,
                self.view.area.x + column,
                y,
                encode::screen(text),
                room,
                style,
            );
        }
    }

    fn row(&mut self, row: &Row, selected: bool) -> Option<Position> {
        let width = usize::from(self.view.area.width);
        let style = |meaning| self.view.theme.style(meaning);
        match &row.kind {
            RowKind::Blank => None,
            RowKind::Heading(text) => {
                let style = style(Meaning::Heading);
                self.put(0, 0, &wrap::fitted(text, width), style);
                None
            }
            RowKind::Text {
                text,
                meaning,
                indent,
            } => {
                let style = style(*meaning);
                let lines = wrap::lines(text, width.saturating_sub(usize::from(*indent)));
                for (line, range) in lines.into_iter().enumerate() {
                    self.put(line, *indent, text[range].trim_end(), style);
                }
                None
            }
            RowKind::Why { text, of, indent } => {
                if self.view.selected == Some(of) {
                    let lines = wrap::lines(text, width.saturating_sub(usize::from(*indent)));
                    for (line, range) in lines.into_iter().enumerate() {
                        self.put(line, *indent, text[range].trim_end(), style(Meaning::Muted));
                    }
                }
                None
            }
            RowKind::Item {
                mark,
                text,
                tail,
                indent,
            } => self.item(mark, text, tail, *indent, selected),
            RowKind::Matrix(line) if row.target.is_some() => {
                let text = line.text(width.saturating_sub(2));
                self.item("", &text, "", 0, selected)
            }
            RowKind::Matrix(line) => {
                let text = line.text(width.saturating_sub(2));
                self.put(0, 2, &text, style(Meaning::Muted));
                None
            }
            RowKind::Field {
                label,
                field,
                placeholder,
                indent,
            } => self.field(label, field, placeholder, *indent, selected),
        }
    }

    fn item(
        &mut self,
        mark: &str,
        text: &str,
        tail: &str,
        indent: u16,
        selected: bool,
    ) -> Option<Position> {
        let width = usize::from(self.view.area.width);
        let theme = self.view.theme;
        let meaning = match (selected, self.view.focused) {
            (true, true) => Meaning::Selected,
            (true, false) => Meaning::Marked,
            _ => Meaning::Text,
        };
        let style = theme.style(meaning);
        if selected {
            self.put(0, 0, "›", theme.style(Meaning::Key));
        }
        let mark_column = 2 + indent;
        self.put(0, mark_column, mark, theme.style(Meaning::Text));
        let mark_width = if mark.is_empty() {
            0
        } else {
            wrap::width(mark) as u16 + 1
        };
        let columns = item_columns(width, mark, tail, indent);
        for (line, range) in wrap::lines(text, columns).into_iter().enumerate() {
            self.put(
                line,
                mark_column + mark_width,
                text[range].trim_end(),
                style,
            );
        }
        let tail = shown_tail(width, tail);
        if !tail.is_empty() {
            let at = width.saturating_sub(wrap::width(tail)) as u16;
            self.put(0, at, tail, theme.style(Meaning::Muted));
        }
        let spot = Position::new(self.view.area.x + mark_column, self.y(0)?);
        (selected && self.view.focused && self.view.active.is_none()).then_some(spot)
    }

    fn field(
        &mut self,
        label: &str,
        field: &TextField,
        placeholder: &str,
        indent: u16,
        selected: bool,
    ) -> Option<Position> {
        let theme = self.view.theme;
        let text = self.view.session.text(field).unwrap_or_default().raw();
        let active = self.view.is_active(field).map(|active| &active.edit);
        let mut line = 0;
        if !label.is_empty() {
            let meaning = if selected && self.view.focused {
                Meaning::Key
            } else {
                Meaning::Muted
            };
            // The colon tells a label from a text where there are no colours.
            let label = format!("{label}:");
            self.put(0, indent + FIELD_INDENT, &label, theme.style(meaning));
            line = 1;
        }
        let sign = if active.is_some() { ">" } else { "›" };
        if selected {
            self.put(line, indent, sign, theme.style(Meaning::Key));
        }
        let column = indent + FIELD_INDENT;
        if text.is_empty() {
            let meaning = if selected && self.view.focused && active.is_none() {
                Meaning::Selected
            } else {
                Meaning::Muted
            };
            let style = theme.style(meaning);
            for (at, range) in wrap::lines(placeholder, self.view.field_columns(indent))
                .into_iter()
                .enumerate()
            {
                self.put(line + at, column, placeholder[range].trim_end(), style);
            }
        }
        let lines = self.view.lines_of(field, text, indent);
        let selection = active.and_then(TextEdit::selection);
        let above = self.top.saturating_sub(self.first + line);
        let visible = lines.iter().enumerate().skip(above);
        for (at, range) in visible.take(usize::from(self.view.area.height)) {
            let Some(y) = self.y(line + at) else { continue };
            let shown = styled(
                text,
                range.clone(),
                selection.clone(),
                theme,
                selected && active.is_none() && self.view.focused,
            );
            let mut x = self.view.area.x + column;
            let end = self.view.area.right();
            for (part, style) in shown {
                let room = usize::from(end.saturating_sub(x));
                x = put(self.buffer, x, y, part, room, style);
            }
        }
        let Some(edit) = active else {
            let spot = Position::new(self.view.area.x + column, self.y(line)?);
            return (selected && self.view.focused && self.view.active.is_none()).then_some(spot);
        };
        let (row, at) = position(text, &lines, edit.cursor);
        let y = self.y(line + row)?;
        let x = self.view.area.x + (column + at as u16).min(self.view.area.width.saturating_sub(1));
        Some(Position::new(x, y))
    }
}

/// A line of a field in parts, of which the selected one is marked.
fn styled(
    text: &str,
    line: Range<usize>,
    selection: Option<Range<usize>>,
    theme: Theme,
    whole: bool,
) -> Vec<(Cow<'_, str>, Style)> {
    let plain = if whole {
        Style::new().add_modifier(Modifier::UNDERLINED)
    } else {
        Style::new()
    };
    let Some(selection) = selection.filter(|one| one.start < line.end && one.end > line.start)
    else {
        return vec![(clean(text[line].trim_end()), plain)];
    };
    let start = selection.start.clamp(line.start, line.end);
    let end = selection.end.clamp(line.start, line.end);
    vec![
        (clean(&text[line.start..start]), plain),
        (clean(&text[start..end]), theme.style(Meaning::Selection)),
        (clean(&text[end..line.end]), plain),
    ]
}

fn clean(part: &str) -> Cow<'_, str> {
    encode::screen(part.trim_end_matches('\n'))
}
