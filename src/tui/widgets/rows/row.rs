//! One row and how screens make it. Not for its place on the screen: see `view` and `draw`.

use std::borrow::Cow;

use super::Target;
use crate::session::place::TextField;
use crate::tui::theme::Meaning;
use crate::tui::widgets::matrix::MatrixLine;

/// One row.
#[derive(Clone, Debug, PartialEq)]
pub struct Row {
    /// What it looks like.
    pub kind: RowKind,
    /// What it stands for; nothing where the cursor cannot rest.
    pub target: Option<Target>,
}

/// What a row looks like.
#[derive(Clone, Debug, PartialEq)]
pub enum RowKind {
    /// An empty line.
    Blank,
    /// A heading.
    Heading(String),
    /// A wrapped text.
    Text {
        /// The text.
        text: String,
        /// Its style.
        meaning: Meaning,
        /// Columns from the left.
        indent: u16,
    },
    /// Something to choose.
    Item {
        /// A sign or a box before it.
        mark: String,
        /// The text.
        text: String,
        /// Something short at the right end.
        tail: String,
        /// Columns from the left.
        indent: u16,
    },
    /// Why a row matters. It is only there while the cursor rests on that row.
    Why {
        /// The text.
        text: &'static str,
        /// The row that it is about.
        of: Target,
        /// Columns from the left.
        indent: u16,
    },
    /// A line of the coverage matrix, as wide as there is room.
    Matrix(MatrixLine),
    /// A text of the session to type into.
    Field {
        /// What it is.
        label: Cow<'static, str>,
        /// The text.
        field: TextField,
        /// What stands there while it is empty.
        placeholder: &'static str,
        /// Columns from the left.
        indent: u16,
    },
}

impl Row {
    /// Whether it is an empty line.
    pub const fn is_blank(&self) -> bool {
        matches!(self.kind, RowKind::Blank)
    }

    /// An empty line.
    pub const fn blank() -> Self {
        Self {
            kind: RowKind::Blank,
            target: None,
        }
    }

    /// A heading.
    pub fn heading(text: impl Into<String>) -> Self {
        Self {
            kind: RowKind::Heading(text.into()),
            target: None,
        }
    }

    /// A wrapped text in a style.
    pub fn text(text: impl Into<String>, meaning: Meaning) -> Self {
        Self {
            kind: RowKind::Text {
                text: text.into(),
                meaning,
                indent: 0,
            },
            target: None,
        }
    }

    /// A wrapped text, set in from the left.
    pub fn indented(text: impl Into<String>, meaning: Meaning, indent: u16) -> Self {
        Self {
            kind: RowKind::Text {
                text: text.into(),
                meaning,
                indent,
            },
            target: None,
        }
    }

    /// Why the row of a target matters, below it while the cursor rests there.
    pub const fn why(text: &'static str, of: Target, indent: u16) -> Self {
        Self {
            kind: RowKind::Why { text, of, indent },
            target: None,
        }
    }

    /// Something to choose.
    pub fn item(mark: impl Into<String>, text: impl Into<String>, target: Target) -> Self {
        let kind = RowKind::Item {
            mark: mark.into(),
            text: text.into(),
            tail: String::new(),
            indent: 0,
        };
        Self {
            kind,
            target: Some(target),
        }
    }

    /// A line of the coverage matrix.
    pub const fn matrix(line: MatrixLine, target: Option<Target>) -> Self {
        Self {
            kind: RowKind::Matrix(line),
            target,
        }
    }

    /// The same with something short at the right end.
    #[must_use]
    pub fn with_tail(mut self, words: impl Into<String>) -> Self {
        if let RowKind::Item { tail, .. } = &mut self.kind {
            *tail = words.into();
        }
        self
    }

    /// The same, set in from the left.
    #[must_use]
    pub fn set_in(mut self, columns: u16) -> Self {
        match &mut self.kind {
            RowKind::Item { indent, .. }
            | RowKind::Field { indent, .. }
            | RowKind::Text { indent, .. }
            | RowKind::Why { indent, .. } => *indent = columns,
            RowKind::Blank | RowKind::Heading(_) | RowKind::Matrix(_) => {}
        }
        self
    }

    /// Whether this row belongs to the row above that is set in by `indent`: its details.
    pub(super) const fn belongs_to(&self, indent: u16) -> bool {
        match &self.kind {
            RowKind::Blank | RowKind::Heading(_) | RowKind::Matrix(_) => false,
            RowKind::Text { indent: own, .. }
            | RowKind::Why { indent: own, .. }
            | RowKind::Item { indent: own, .. }
            | RowKind::Field { indent: own, .. } => *own > indent,
        }
    }

    /// How far a field is set in, where this row is that field.
    pub fn indent_of(&self, wanted: &TextField) -> Option<u16> {
        match &self.kind {
            RowKind::Field { field, indent, .. } if field == wanted => Some(*indent),
            _ => None,
        }
    }

    /// A text of the session to type into.
    pub fn field(
        label: impl Into<Cow<'static, str>>,
        field: TextField,
        placeholder: &'static str,
    ) -> Self {
        let target = match &field {
            TextField::Draft(key) => Target::New(key.clone()),
            other => Target::Field(other.clone()),
        };
        let kind = RowKind::Field {
            label: label.into(),
            field,
            placeholder,
            indent: 0,
        };
        Self {
            kind,
            target: Some(target),
        }
    }
}
