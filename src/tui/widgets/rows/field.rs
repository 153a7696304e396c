//! The field that is being typed into, and how wide its text may be. Not for what keys do in it: see
//! `tui::text::edit`.

use std::ops::Range;

use crate::session::place::TextField;
use crate::session::types::Session;
use crate::tui::text::{TextEdit, wrap};

/// The field that is being typed into.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ActiveField {
    /// Which text.
    pub field: TextField,
    /// Cursor and selection.
    pub edit: TextEdit,
    /// The text in lines, as it was wrapped last: once a key, however often it is asked for.
    pub(super) wrapped: Wrapped,
}

/// The lines of a text at a width.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Wrapped {
    pub(super) columns: usize,
    pub(super) lines: Vec<Range<usize>>,
}

impl ActiveField {
    /// A field with a cursor in it.
    pub const fn new(field: TextField, edit: TextEdit) -> Self {
        let wrapped = Wrapped {
            columns: 0,
            lines: Vec::new(),
        };
        Self {
            field,
            edit,
            wrapped,
        }
    }

    /// Wraps the text anew, after a key that may have changed it.
    pub fn wrap(&mut self, session: &Session, columns: usize) {
        let text = session.text(&self.field).unwrap_or_default();
        self.wrapped = Wrapped {
            columns,
            lines: wrap::lines(text, columns),
        };
        self.edit.set_columns(columns);
    }
}

/// How far text stands from the left border of a field.
pub(super) const FIELD_INDENT: u16 = 2;

/// The columns for the text of a field that is set in by `indent`.
pub fn field_columns(width: u16, indent: u16) -> usize {
    // One column stays free for the cursor after the last character of a full line.
    usize::from(width.saturating_sub(indent + FIELD_INDENT + 1)).clamp(1, 76)
}
