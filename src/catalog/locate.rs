//! From an entry of a parsed file back to its line and column in the text.
//!
//! The outline of a text is made only when something is wrong in it: a good catalog costs nothing.

use std::cell::OnceCell;

use super::outline::{Node, Outline, Shape};
use super::source::{Problem, SourceFile};
use super::types::Id;

/// The way from the top of a file to a value in it. Lives on the stack while checks go down.
#[derive(Clone, Copy, Debug)]
pub enum Place<'a> {
    /// What the file holds.
    Top,
    /// A field of the record at a place.
    Field(&'a Place<'a>, &'static str),
    /// An item of the list at a place, from 0.
    Item(&'a Place<'a>, usize),
}

impl Place<'_> {
    /// A field of the record here.
    pub const fn field<'a>(&'a self, name: &'static str) -> Place<'a> {
        Place::Field(self, name)
    }

    /// An item of the list here.
    pub const fn item(&self, index: usize) -> Place<'_> {
        Place::Item(self, index)
    }

    /// The value here, or the nearest around it that the outline has.
    fn node<'n>(&self, root: &'n Node) -> &'n Node {
        match self {
            Place::Top => root,
            Place::Field(parent, name) => {
                let parent = parent.node(root);
                parent.field(name).unwrap_or(parent)
            }
            Place::Item(parent, index) => {
                let parent = parent.node(root);
                parent.item(*index).unwrap_or(parent)
            }
        }
    }
}

/// Finds places in one file.
#[derive(Debug)]
pub struct Locator<'a> {
    file: &'a SourceFile,
    outline: OnceCell<Outline>,
}

impl<'a> Locator<'a> {
    /// For this file.
    pub const fn new(file: &'a SourceFile) -> Self {
        Self {
            file,
            outline: OnceCell::new(),
        }
    }

    /// The file.
    pub const fn file(&self) -> &'a SourceFile {
        self.file
    }

    /// The outline of its text.
    pub fn outline(&self) -> &Outline {
        self.outline.get_or_init(|| Outline::of(&self.file.text))
    }

    /// A problem with the value at a place.
    pub fn problem(&self, place: &Place<'_>, message: String) -> Problem {
        let at = match &self.outline().root {
            Some(root) => place.node(root).start,
            None => 0,
        };
        self.problem_at(at, message)
    }

    /// A problem at a byte of the text.
    pub fn problem_at(&self, at: usize, message: String) -> Problem {
        let (line, column) = line_and_column(&self.file.text, at);
        Problem {
            file: self.file.path.clone(),
            line,
            column,
            path: self.ids_around(at),
            message,
        }
    }

    /// The ids of the entries around a byte, such as `docker › docker-host › host-kernel-flaw`.
    fn ids_around(&self, at: usize) -> String {
        let mut ids: Vec<&str> = Vec::new();
        for node in self.outline().around(at) {
            if !matches!(node.shape, Shape::Record(_)) {
                continue;
            }
            for field in ["system", "component", "id"] {
                // `system` and `component` name what an entry belongs to only at the top.
                let names_an_owner = field == "id" || ids.is_empty();
                if names_an_owner
                    && let Some(id) = node.text(field)
                    && is_plain(id)
                {
                    ids.push(id);
                }
            }
        }
        ids.join(" › ")
    }
}

/// Whether it may be shown as an id: a text of a broken file could hold anything.
fn is_plain(id: &str) -> bool {
    let plain = |byte: &u8| byte.is_ascii_alphanumeric() || matches!(byte, b'.' | b'-' | b':');
    !id.is_empty() && id.len() <= Id::MAX && id.as_bytes().iter().all(plain)
}

/// Line and column, both from 1 and the column in characters, of a byte. A byte-order mark has no
/// column.
pub fn line_and_column(text: &str, at: usize) -> (usize, usize) {
    let before = text.get(..at).unwrap_or(text);
    let line_start = before.rfind('\n').map_or(0, |newline| newline + 1);
    let line = before.bytes().filter(|byte| *byte == b'\n').count() + 1;
    let column = before[line_start..]
        .trim_start_matches('\u{feff}')
        .chars()
        .count()
        + 1;
    (line, column)
}

/// The byte at a line and column, the end of the text if there is no such place.
pub fn byte_at(text: &str, line: usize, column: usize) -> usize {
    let skip = if text.starts_with('\u{feff}') { 3 } else { 0 };
    let mut start = skip;
    for _ in 1..line {
        match text[start..].find('\n') {
            Some(offset) => start += offset + 1,
            None => return text.len(),
        }
    }
    let offset = text[start..].char_indices().nth(column.saturating_sub(1));
    offset.map_or(text.len(), |(offset, _)| start + offset)
}
