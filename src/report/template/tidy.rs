//! Puts the layout of a filled template in order, so that templates can be written with blank lines
//! wherever they read well: one blank line between blocks, blank lines around headings, no spaces at
//! the end of lines, one line break at the end, no two headings alike.
//!
//! Works on lines and leaves blocks of code as they are. Words of a session cannot be mistaken for
//! layout here, because they were escaped before.

use std::collections::{HashMap, HashSet};
use std::fmt::Write as _;

/// The text in order.
pub fn tidied(text: &str) -> String {
    let mut page = Page {
        out: String::with_capacity(text.len()),
        ..Page::default()
    };
    for line in text.lines() {
        page.line(line);
    }
    if page.out.is_empty() {
        page.out.push('\n');
    }
    page.out
}

#[derive(Default)]
struct Page<'a> {
    out: String,
    /// A blank line is due before the next line.
    gap: bool,
    /// The fence of the block of code that is open.
    fence: Option<&'a str>,
    /// The rows of a table follow. Words cannot begin one, since the line below its header would be
    /// escaped.
    in_table: bool,
    headings: HashSet<String>,
    repeated: HashMap<String, usize>,
}

impl<'a> Page<'a> {
    fn line(&mut self, line: &'a str) {
        if let Some(fence) = self.fence {
            if closes(line, fence) {
                self.fence = None;
            }
            self.push(line);
            return;
        }
        let line = line.trim_end();
        self.in_table = line.starts_with('|') && (self.in_table || is_below_header(line));
        if line.is_empty() {
            self.gap = true;
        } else if let Some((level, text)) = heading(line) {
            self.gap = true;
            let text = self.heading(text);
            self.push(&format!("{} {text}", &line[..level]));
            self.gap = true;
        } else if self.in_table {
            self.push(&empty_cells(line));
        } else {
            self.fence = fence(line);
            self.push(line);
        }
    }

    fn push(&mut self, line: &str) {
        if self.gap && !self.out.is_empty() {
            self.out.push('\n');
        }
        self.gap = false;
        self.out.push_str(line);
        self.out.push('\n');
    }

    /// A heading that is like no other; a second one gets a number behind it. Linters forbid some
    /// signs at its end, so they are written as character references.
    fn heading(&mut self, text: &str) -> String {
        let mut wanted = text.to_owned();
        let mut number = self.repeated.get(text).copied().unwrap_or(1);
        while self.headings.contains(&wanted) {
            number += 1;
            wanted = format!("{text} ({number})");
        }
        if number > 1 {
            self.repeated.insert(text.to_owned(), number);
        }
        self.headings.insert(wanted.clone());
        match wanted.chars().next_back() {
            Some(last) if ".,;:!。，；：！".contains(last) && !ends_with_reference(&wanted) => {
                wanted.truncate(wanted.len() - last.len_utf8());
                let before = wanted.trim_end_matches('\\').len();
                if (wanted.len() - before) % 2 == 1 {
                    // It was escaped, which the reference makes needless.
                    wanted.pop();
                }
                // Writing to a string cannot fail.
                let _ = write!(wanted, "&#{};", last as u32);
                wanted
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
fn empty_cells(row: &str) -> String {
    let mut row = row.to_owned();
    while row.contains("|  |") {
        row = row.replace("|  |", "| |");
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

/// The fence that opens a block of code.
fn fence(line: &str) -> Option<&str> {
    // A block may be the first thing in an item of a list.
    let line = line.trim_start_matches(['-', ' ']);
    let length = line.len() - line.trim_start_matches('`').len();
    (length >= 3).then(|| &line[..length])
}

fn closes(line: &str, fence: &str) -> bool {
    let line = line.trim();
    line.len() >= fence.len() && line.bytes().all(|byte| byte == b'`')
}

fn ends_with_reference(text: &str) -> bool {
    text.ends_with(';')
        && text.rfind("&#").is_some_and(|at| {
            let digits = &text[at + 2..text.len() - 1];
            !digits.is_empty() && digits.bytes().all(|byte| byte.is_ascii_digit())
        })
}
