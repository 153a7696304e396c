//! How rows are laid out in an area: how high each is.
//! Not for painting them: see `draw`.

use std::borrow::Cow;
use std::ops::Range;

use ratatui::layout::Rect;

use super::{ActiveField, Row, RowKind, Target, field};
use crate::session::place::TextField;
use crate::session::types::Session;
use crate::tui::text::edit::position;
use crate::tui::text::wrap;
use crate::tui::theme::Theme;

/// Everything that laying out rows needs.
#[derive(Clone, Copy, Debug)]
pub struct View<'a> {
    /// Where the rows go.
    pub area: Rect,
    /// Whose texts the fields show.
    pub session: &'a Session,
    /// The field that is being typed into.
    pub active: Option<&'a ActiveField>,
    /// Where the cursor rests: why that row matters is shown below it.
    pub selected: Option<&'a Target>,
    /// Whether the pane has the focus.
    pub focused: bool,
    /// The colours.
    pub theme: Theme,
}

impl View<'_> {
    pub(super) fn field_columns(&self, indent: u16) -> usize {
        field::field_columns(self.area.width, indent)
    }

    pub(super) fn is_active(&self, field: &TextField) -> Option<&ActiveField> {
        self.active.filter(|active| active.field == *field)
    }

    /// The lines of a field's text, which are known already while it is being typed into.
    pub(super) fn lines_of(
        &self,
        field: &TextField,
        text: &str,
        indent: u16,
    ) -> Cow<'_, [Range<usize>]> {
        let columns = self.field_columns(indent);
        match self.is_active(field) {
            Some(ActiveField { wrapped, .. }) if wrapped.columns == columns => {
                Cow::Borrowed(&wrapped.lines)
            }
            _ => Cow::Owned(wrap::lines(text, columns)),
        }
    }

    pub(super) fn height(&self, row: &Row) -> usize {
        let width = usize::from(self.area.width);
        match &row.kind {
            RowKind::Blank | RowKind::Heading(_) | RowKind::Matrix(_) => 1,
            RowKind::Text { text, indent, .. } => {
                wrap::lines(text, width.saturating_sub(usize::from(*indent))).len()
            }
            RowKind::Why { text, of, indent } if self.selected == Some(of) => {
                wrap::lines(text, width.saturating_sub(usize::from(*indent))).len()
            }
            RowKind::Why { .. } => 0,
            RowKind::Item {
                mark,
                text,
                tail,
                indent,
            } => wrap::lines(text, item_columns(width, mark, tail, *indent)).len(),
            RowKind::Field {
                label,
                field,
                indent,
                placeholder,
            } => {
                let text = self.session.text(field).unwrap_or_default().raw();
                let lines = if text.is_empty() {
                    wrap::lines(placeholder, self.field_columns(*indent)).len()
                } else {
                    self.lines_of(field, text, *indent).len()
                };
                usize::from(!label.is_empty()) + lines
            }
        }
    }

    /// The lines of all rows, counted no further than `enough`.
    pub fn total(&self, rows: &[Row], enough: usize) -> usize {
        let mut total = 0;
        for row in rows {
            total += self.height(row);
            if total >= enough {
                break;
            }
        }
        total
    }

    pub(super) fn cursor_line(&self, row: &Row) -> Option<usize> {
        let RowKind::Field {
            label,
            field,
            indent,
            ..
        } = &row.kind
        else {
            return None;
        };
        let active = self.is_active(field)?;
        let text = self.session.text(field).unwrap_or_default().raw();
        let lines = self.lines_of(field, text, *indent);
        let (line, _) = position(text, &lines, active.edit.cursor);
        Some(line + usize::from(!label.is_empty()))
    }
}

/// The tail of an item, where there is room for it beside the text.
pub(super) fn shown_tail(width: usize, tail: &str) -> &str {
    if width >= 40 { tail } else { "" }
}

/// The columns left for an item's text beside its mark and tail.
pub(super) fn item_columns(width: usize, mark: &str, tail: &str, indent: u16) -> usize {
    let tail = shown_tail(width, tail);
    let mark = if mark.is_empty() {
        0
    } else {
        wrap::width(mark) + 1
    };
    let tail = if tail.is_empty() {
        0
    } else {
        wrap::width(tail) + 2
    };
    // The mark of the cursor stands in the first two columns.
    width
        .saturating_sub(2 + usize::from(indent) + mark + tail)
        .max(8)
}
