//! What may be wrong with the brackets, commas and quotes of a RON text. How that is told to its
//! author is in `parse`.

/// What does not fit together in a text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Fault {
    /// A bracket that is not closed where it should have been.
    NotClosed {
        /// The bracket.
        bracket: char,
        /// Where it was opened.
        opened: usize,
        /// Where that was noticed.
        noticed: usize,
        /// What stands there, if anything.
        found: Option<String>,
    },
    /// A closing bracket that closes nothing.
    NotOpened {
        /// The bracket.
        bracket: char,
        /// Where it stands.
        at: usize,
    },
    /// Text whose closing quote is missing.
    TextNotClosed {
        /// Where it was opened.
        opened: usize,
    },
    /// A comment that starts with `/*` and has no end.
    CommentNotClosed {
        /// Where it was opened.
        opened: usize,
    },
    /// Two things side by side with no comma between them.
    NoComma {
        /// Where the second starts.
        at: usize,
    },
    /// A field with a value but no colon, or with no value.
    NoColon {
        /// The field.
        field: String,
        /// Where the colon belongs.
        at: usize,
    },
    /// A field without a value.
    NoValue {
        /// The field.
        field: String,
        /// Where the value belongs.
        at: usize,
    },
    /// More brackets within brackets than any catalog needs.
    TooDeep {
        /// Where that starts.
        at: usize,
    },
    /// Something after the end.
    Trailing {
        /// Where it starts.
        at: usize,
    },
}

impl Fault {
    /// Where the author should look.
    pub fn at(&self) -> usize {
        match *self {
            Self::NotClosed { noticed, .. } => noticed,
            Self::TextNotClosed { opened } | Self::CommentNotClosed { opened } => opened,
            Self::NotOpened { at, .. }
            | Self::NoComma { at }
            | Self::NoColon { at, .. }
            | Self::NoValue { at, .. }
            | Self::TooDeep { at }
            | Self::Trailing { at } => at,
        }
    }
}
