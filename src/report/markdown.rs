//! Puts a Markdown document together: blocks with one blank line between them, lists, tables. Every
//! text of a session goes through the encoder here, so that a form cannot forget it.

use std::borrow::Cow;
use std::collections::{HashMap, HashSet};
use std::fmt::Write as _;

use crate::encode;

/// A Markdown document that grows block by block.
#[derive(Debug, Default)]
pub struct Document {
    text: String,
    /// The headings so far.
    headings: HashSet<String>,
    /// How often a heading was wanted that was there already.
    repeated: HashMap<String, usize>,
}

/// What begins an item of a list, and how far its later lines are set in.
const ITEM: &str = "- ";

impl Document {
    /// The text, with one line break at its end.
    pub fn finish(self) -> String {
        self.text
    }

    /// Begins a block: whoever does ends its last line.
    fn begin(&mut self) -> &mut String {
        if !self.text.is_empty() {
            self.text.push('\n');
        }
        &mut self.text
    }

    /// A heading made of words of ours and words of the session. No two are the same, so that links
    /// to them lead somewhere: a second one gets a number behind it.
    pub fn heading(&mut self, level: usize, text: &str) {
        let text = match text.trim() {
            "" => "Untitled",
            text => text,
        };
        let mut heading = encode::markdown_heading(text).into_owned();
        while self.headings.contains(&heading) {
            let number = self.repeated.entry(text.to_owned()).or_insert(1);
            *number += 1;
            heading = encode::markdown_heading(&format!("{text} ({number})")).into_owned();
        }
        let out = self.begin();
        out.extend(std::iter::repeat_n('#', level));
        out.extend([" ", &heading, "\n"]);
        self.headings.insert(heading);
    }

    /// A paragraph, or several, of the session's words.
    pub fn paragraphs(&mut self, text: &str) {
        if !text.trim().is_empty() {
            let block = encode::markdown_block(text);
            self.begin().extend([&block, "\n"]);
        }
    }

    /// The session's words behind a label in bold; nothing where there are none.
    pub fn labelled(&mut self, label: &str, text: &str) {
        if !text.trim().is_empty() {
            let block = encode::markdown_block(text);
            self.begin().extend(["**", label, ":** ", &block, "\n"]);
        }
    }

    /// A label in bold for the list, table or code that follows.
    pub fn label(&mut self, label: &str) {
        self.begin().extend(["**", label, ":**\n"]);
    }

    /// A list of short facts: a label and a text on one line. Empty texts are left out.
    pub fn facts(&mut self, facts: &[(&str, &str)]) {
        let written = |(_, text): &&(&str, &str)| !text.trim().is_empty();
        let mut facts = facts.iter().filter(written).peekable();
        if facts.peek().is_none() {
            return;
        }
        let out = self.begin();
        for (label, text) in facts {
            out.extend([ITEM, label, ": ", &encode::markdown_inline(text), "\n"]);
        }
    }

    /// A list of the session's words.
    pub fn list<'a>(&mut self, texts: impl IntoIterator<Item = &'a str>) {
        let items: Vec<Cow<'_, str>> = texts
            .into_iter()
            .filter(|text| !text.trim().is_empty())
            .map(encode::markdown_block)
            .collect();
        self.items(&items);
    }

    /// A list of items that are Markdown already.
    pub fn items(&mut self, items: &[impl AsRef<str>]) {
        if items.is_empty() {
            return;
        }
        // Blank lines between items as soon as one has paragraphs of its own.
        let loose = items.iter().any(|item| item.as_ref().contains("\n\n"));
        let out = self.begin();
        for (at, item) in items.iter().enumerate() {
            if at > 0 && loose {
                out.push('\n');
            }
            out.push_str(ITEM);
            push_set_in(out, ITEM.len(), item.as_ref());
            out.push('\n');
        }
    }

    /// A table of the session's words. Columns without any text are left out.
    pub fn table<const COLUMNS: usize>(
        &mut self,
        header: [&str; COLUMNS],
        rows: &[[String; COLUMNS]],
    ) {
        let filled: Vec<usize> = (0..COLUMNS)
            .filter(|column| rows.iter().any(|row| !row[*column].trim().is_empty()))
            .collect();
        if filled.is_empty() {
            return;
        }
        let out = self.begin();
        push_row(
            out,
            filled.iter().map(|column| Cow::Borrowed(header[*column])),
        );
        push_row(out, filled.iter().map(|_| Cow::Borrowed("---")));
        for row in rows {
            let cells = filled
                .iter()
                .map(|column| encode::markdown_cell(&row[*column]));
            push_row(out, cells);
        }
    }

    /// A block of code.
    pub fn code(&mut self, text: &str, language: &str) {
        let fence = encode::code_fence(text, language);
        self.begin().extend([&fence, "\n"]);
    }
}

fn push_row<'a>(out: &mut String, cells: impl Iterator<Item = Cow<'a, str>>) {
    out.push('|');
    for cell in cells {
        out.push_str(if cell.is_empty() { "" } else { " " });
        out.extend([&*cell, " |"]);
    }
    out.push('\n');
}

/// An item with a list of facts below it, as Markdown. Facts may be long; empty ones are left out.
pub fn item_with_facts(item: &str, facts: &[(&str, &str)]) -> String {
    let mut out = encode::markdown_block(item).into_owned();
    let facts: Vec<(&str, Cow<'_, str>)> = facts
        .iter()
        .filter(|(_, text)| !text.trim().is_empty())
        .map(|(label, text)| (*label, encode::markdown_block(text)))
        .collect();
    if out.is_empty() {
        // A list must not begin inside an item that has no words.
        out.push_str("Not described yet");
    }
    let loose = out.contains("\n\n") || facts.iter().any(|(_, fact)| fact.contains("\n\n"));
    let between = if loose { "\n\n" } else { "\n" };
    for (label, fact) in facts {
        out.extend([between, ITEM, label, ": "]);
        push_set_in(&mut out, ITEM.len(), &fact);
    }
    out
}

/// An item whose later lines are set in by so many spaces.
pub fn push_set_in(out: &mut String, indent: usize, item: &str) {
    for (at, line) in item.split('\n').enumerate() {
        if at > 0 {
            out.push('\n');
            if !line.is_empty() {
                // Writing to a string cannot fail.
                let _ = write!(out, "{:indent$}", "");
            }
        }
        out.push_str(line);
    }
}

#[cfg(test)]
mod tests {
    use pretty_assertions::assert_eq;

    use super::*;

    #[test]
    fn blocks_stand_apart_and_empty_ones_are_left_out() {
        let mut document = Document::default();
        document.heading(1, "Team");
        document.labelled("Issue", " \n");
        document.labelled("Result", "Good.\n\nBetter.");
        document.facts(&[("Owner", ""), ("Due", "Friday")]);
        assert_eq!(
            document.finish(),
            "# Team\n\n**Result:** Good.\n\nBetter.\n\n- Due: Friday\n"
        );
    }

    #[test]
    fn no_two_headings_are_the_same() {
        let mut document = Document::default();
        for text in ["Same", "Same (2)", "Same", "Same", "", "Untitled"] {
            document.heading(2, text);
        }
        assert_eq!(
            document.finish(),
            "## Same\n\n## Same (2)\n\n## Same (3)\n\n## Same (4)\n\n## Untitled\n\n## Untitled (2)\n"
        );
    }

    #[test]
    fn a_table_leaves_empty_columns_out() {
        let mut document = Document::default();
        let words = |row: [&str; 3]| row.map(str::to_owned);
        let rows = [words(["a|b", "", "c"]), words(["d", " ", ""])];
        document.table(["One", "Two", "Three"], &rows);
        document.table(["One"], &[]);
        assert_eq!(
            document.finish(),
            "| One | Three |\n| --- | --- |\n| a\\|b | c |\n| d | |\n"
        );
    }

    #[test]
    fn an_item_keeps_its_paragraphs_and_facts_inside() {
        let mut document = Document::default();
        document.items(&[item_with_facts("a\n\nb", &[("Seen", "x\ny"), ("Due", "")])]);
        assert_eq!(document.finish(), "- a\n\n  b\n\n  - Seen: x\\\n    y\n");
    }
}
