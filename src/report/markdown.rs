//! Puts a Markdown document together: blocks with one blank line between them, lists, tables. Every
//! text of a session goes through the encoder here, so that a form cannot forget it.

use std::collections::{HashMap, HashSet};

use crate::encode::{self, Foreign, ForeignText, foreign};

/// A Markdown document that grows block by block.
#[derive(Debug, Default)]
pub struct Document {
    text: String,
    /// The headings so far.
    headings: HashSet<String>,
    /// How often a heading was wanted that was there already.
    repeated: HashMap<ForeignText, usize>,
}

impl Document {
    /// The text, with one line break at its end.
    pub fn finish(self) -> String {
        self.text
    }

    fn block(&mut self, block: &str) {
        if !self.text.is_empty() {
            self.text.push('\n');
        }
        self.text.push_str(block);
        self.text.push('\n');
    }

    /// A heading made of words of ours and words of the session. No two are the same, so that links
    /// to them lead somewhere: a second one gets a number behind it.
    pub fn heading<'a>(&mut self, level: usize, text: impl Into<Foreign<'a>>) {
        let text = text.into().or("Untitled");
        let mut heading = encode::markdown_heading(text);
        while self.headings.contains(&heading) {
            let number = self.repeated.entry(text.to_text()).or_insert(1);
            *number += 1;
            heading = encode::markdown_heading(&foreign!("{} ({})", text, number));
        }
        self.block(&format!("{} {heading}", "#".repeat(level)));
        self.headings.insert(heading);
    }

    /// A paragraph, or several, of the session's words.
    pub fn paragraphs<'a>(&mut self, text: impl Into<Foreign<'a>>) {
        let text = text.into();
        if !text.trim().is_empty() {
            self.block(&encode::markdown_block(text));
        }
    }

    /// The session's words behind a label in bold; nothing where there are none.
    pub fn labelled<'a>(&mut self, label: &str, text: impl Into<Foreign<'a>>) {
        let text = text.into();
        if !text.trim().is_empty() {
            self.block(&labelled(label, text));
        }
    }

    /// A label in bold for the list, table or code that follows.
    pub fn label(&mut self, label: &str) {
        self.block(&format!("**{label}:**"));
    }

    /// A list of short facts: a label and a text on one line. Empty texts are left out.
    pub fn facts(&mut self, facts: &[(&str, Foreign<'_>)]) {
        let items: Vec<String> = facts
            .iter()
            .filter(|(_, text)| !text.trim().is_empty())
            .map(|(label, text)| format!("{label}: {}", encode::markdown_inline(*text)))
            .collect();
        self.items(&items);
    }

    /// A list of the session's words.
    pub fn list<'a, T: Into<Foreign<'a>>>(&mut self, texts: impl IntoIterator<Item = T>) {
        let items: Vec<String> = texts
            .into_iter()
            .map(Into::into)
            .filter(|text: &Foreign<'a>| !text.trim().is_empty())
            .map(|text| encode::markdown_block(text))
            .collect();
        self.items(&items);
    }

    /// A list of items that are Markdown already.
    pub fn items(&mut self, items: &[String]) {
        if items.is_empty() {
            return;
        }
        let lines: Vec<String> = items.iter().map(|item| set_in("- ", item)).collect();
        // Blank lines between items as soon as one has paragraphs of its own.
        let loose = items.iter().any(|item| item.contains("\n\n"));
        self.block(&lines.join(if loose { "\n\n" } else { "\n" }));
    }

    /// A table of the session's words. Columns without any text are left out.
    pub fn table<const COLUMNS: usize>(
        &mut self,
        header: [&str; COLUMNS],
        rows: &[[ForeignText; COLUMNS]],
    ) {
        let filled: Vec<usize> = (0..COLUMNS)
            .filter(|column| rows.iter().any(|row| !row[*column].trim().is_empty()))
            .collect();
        if filled.is_empty() {
            return;
        }
        let line = |cell: &dyn Fn(usize) -> String| {
            let mut line = String::from("|");
            for column in &filled {
                let cell = cell(*column);
                line.push_str(if cell.is_empty() { "" } else { " " });
                line.push_str(&cell);
                line.push_str(" |");
            }
            line
        };
        let mut lines = vec![
            line(&|column| header[column].to_owned()),
            line(&|_| "---".to_owned()),
        ];
        for row in rows {
            lines.push(line(&|column| encode::markdown_cell(&row[column])));
        }
        self.block(&lines.join("\n"));
    }

    /// A block of code.
    pub fn code<'a>(&mut self, text: impl Into<Foreign<'a>>, language: &str) {
        self.block(&encode::code_fence(text, language));
    }
}

/// The session's words behind a label in bold, as Markdown.
fn labelled(label: &str, text: Foreign<'_>) -> String {
    format!("**{label}:** {}", encode::markdown_block(text))
}

/// An item with a list of facts below it, as Markdown. Facts may be long; empty ones are left out.
pub fn item_with_facts<'a>(item: impl Into<Foreign<'a>>, facts: &[(&str, Foreign<'_>)]) -> String {
    let mut out = encode::markdown_block(item);
    let facts: Vec<String> = facts
        .iter()
        .filter(|(_, text)| !text.trim().is_empty())
        .map(|(label, text)| set_in("- ", &format!("{label}: {}", encode::markdown_block(*text))))
        .collect();
    if out.is_empty() {
        // A list must not begin inside an item that has no words.
        out.push_str("Not described yet");
    }
    let loose = out.contains("\n\n") || facts.iter().any(|fact| fact.contains("\n\n"));
    let between = if loose { "\n\n" } else { "\n" };
    for fact in facts {
        out.push_str(between);
        out.push_str(&fact);
    }
    out
}

/// An item behind its lead; its later lines are set in as far.
pub fn set_in(lead: &str, item: &str) -> String {
    let indent = " ".repeat(lead.len());
    let mut out = String::from(lead);
    for (at, line) in item.split('\n').enumerate() {
        if at > 0 {
            out.push('\n');
            if !line.is_empty() {
                out.push_str(&indent);
            }
        }
        out.push_str(line);
    }
    out
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
        document.facts(&[("Owner", "".into()), ("Due", "Friday".into())]);
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
        let words = |row: [&str; 3]| row.map(ForeignText::from);
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
        document.items(&[item_with_facts(
            "a\n\nb",
            &[("Seen", "x\ny".into()), ("Due", "".into())],
        )]);
        assert_eq!(document.finish(), "- a\n\n  b\n\n  - Seen: x\\\n    y\n");
    }
}
