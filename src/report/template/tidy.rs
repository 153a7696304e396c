//! Puts the layout of a filled template in order, so that templates can be written with blank lines
//! wherever they read well: one blank line between blocks, blank lines around headings, no spaces at
//! the end of lines, one line break at the end, no two headings alike.
//!
//! Works on lines and leaves blocks of code as they are. Words of a session cannot be mistaken for
//! layout here, because they were escaped before.

use std::borrow::Cow;
use std::collections::{HashMap, HashSet};
use std::fmt::Write as _;
use std::io;

use memchr::memchr;

/// Takes the text as it is written, so that it is never there twice.
#[derive(Default)]
pub struct Tidy {
    out: String,
    /// The line that is not whole yet.
    line: Vec<u8>,
    /// A blank line is due before the next line.
    gap: bool,
    /// How long the fence of the block of code is that is open.
    fence: Option<usize>,
    /// The rows of a table follow. Words cannot begin one, since the line below its header would be
    /// escaped.
    in_table: bool,
    headings: HashSet<String>,
    repeated: HashMap<String, usize>,
}

impl io::Write for Tidy {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        let mut rest = bytes;
        while let Some(end) = memchr(b'\n', rest) {
            if self.line.is_empty() {
                self.take_bytes(&rest[..end]);
            } else {
                let mut line = std::mem::take(&mut self.line);
                line.extend_from_slice(&rest[..end]);
                self.take_bytes(&line);
                line.clear();
                self.line = line;
            }
            rest = &rest[end + 1..];
        }
        self.line.extend_from_slice(rest);
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

impl Tidy {
    /// The text in order.
    pub fn finish(mut self) -> String {
        let rest = std::mem::take(&mut self.line);
        if !rest.is_empty() {
            self.take_bytes(&rest);
        }
        if self.out.is_empty() {
            self.out.push('\n');
        }
        self.out
    }

    fn take_bytes(&mut self, line: &[u8]) {
        // The engine writes texts, so there is nothing that is none.
        let line =
            str::from_utf8(line).map_or_else(|_| String::from_utf8_lossy(line), Cow::Borrowed);
        self.take(line.strip_suffix('\r').unwrap_or(&line));
    }

    fn take(&mut self, line: &str) {
        if let Some(fence) = self.fence {
            if closes(line, fence) {
                self.fence = None;
            }
            self.push(&[line]);
            return;
        }
        let line = line.trim_end();
        self.in_table = line.starts_with('|') && (self.in_table || is_below_header(line));
        if line.is_empty() {
            self.gap = true;
        } else if let Some((level, text)) = heading(line) {
            self.gap = true;
            let text = self.heading(text);
            self.push(&[&line[..level], " ", &text]);
            self.gap = true;
        } else if self.in_table {
            self.push(&[&empty_cells(line)]);
        } else {
            self.fence = fence(line);
            self.push(&[line]);
        }
    }

    /// A line in pieces.
    fn push(&mut self, line: &[&str]) {
        if self.gap && !self.out.is_empty() {
            self.out.push('\n');
        }
        self.gap = false;
        self.out.extend(line.iter().copied());
        self.out.push('\n');
    }

    /// A heading that is like no other; a second one gets a number behind it. Linters forbid some
    /// signs at its end, so they are written as character references.
    fn heading<'a>(&mut self, text: &'a str) -> Cow<'a, str> {
        let mut wanted = Cow::Borrowed(text);
        if !self.headings.insert(text.to_owned()) {
            let mut number = self.repeated.get(text).copied().unwrap_or(1);
            while self.headings.contains(&*wanted) {
                number += 1;
                wanted = Cow::Owned(format!("{text} ({number})"));
            }
            self.repeated.insert(text.to_owned(), number);
            self.headings.insert(wanted.clone().into_owned());
        }
        match wanted.chars().next_back() {
            Some(last) if ".,;:!。，；：！".contains(last) && !ends_with_reference(&wanted) => {
                let mut wanted = wanted.into_owned();
                wanted.truncate(wanted.len() - last.len_utf8());
                let before = wanted.trim_end_matches('\\').len();
                if (wanted.len() - before) % 2 == 1 {
                    // It was escaped, which the reference makes needless.
                    wanted.pop();
                }
                // Writing to a string cannot fail.
                let _ = write!(wanted, "&#{};", last as u32);
                Cow::Owned(wanted)
            }
            _ => wanted,
        }
    }
}

/// Whether it is the line between the header of a table and its rows.
fn is_below_header(line: &str) -> bool {
    line.contains("---") && line.chars().all(|c| "|-: ".contains(c))
}

/// A row of a table with one space in empty cells, as linters want it. Texts cannot hold what is
/// looked for, since each `|` in them has a backslash before it.
fn empty_cells(row: &str) -> Cow<'_, str> {
    let mut row = Cow::Borrowed(row);
    while row.contains("|  |") {
        row = Cow::Owned(row.replace("|  |", "| |"));
    }
    row
}

/// The number signs and the text of a heading.
fn heading(line: &str) -> Option<(usize, &str)> {
    let text = line.trim_start_matches('#');
    let level = line.len() - text.len();
    let text = text.strip_prefix(' ')?.trim();
    ((1..=6).contains(&level) && !text.is_empty()).then_some((level, text))
}

/// How long the fence is that opens a block of code.
fn fence(line: &str) -> Option<usize> {
    // A block may be the first thing in an item of a list.
    let line = line.trim_start_matches(['-', ' ']);
    let length = line.len() - line.trim_start_matches('`').len();
    (length >= 3).then_some(length)
}

fn closes(line: &str, fence: usize) -> bool {
    let line = line.trim();
    line.len() >= fence && line.bytes().all(|byte| byte == b'`')
}

fn ends_with_reference(text: &str) -> bool {
    text.ends_with(';')
        && text.rfind("&#").is_some_and(|at| {
            let digits = &text[at + 2..text.len() - 1];
            !digits.is_empty() && digits.bytes().all(|byte| byte.is_ascii_digit())
        })
}
