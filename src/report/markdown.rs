//! Puts a Markdown document together: blocks with one blank line between them, lists, tables. Every
//! text of a session goes through the encoder here, so that a form cannot forget it.

use crate::encode;

/// A Markdown document that grows block by block.
#[derive(Debug, Default)]
pub struct Document {
    text: String,
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

    /// A heading made of words of ours and words of the session.
    pub fn heading(&mut self, level: usize, text: &str) {
        let heading = format!("{} {}", "#".repeat(level), encode::markdown_heading(text));
        self.block(&heading);
    }

    /// A paragraph, or several, of the session's words.
    pub fn paragraphs(&mut self, text: &str) {
        if !text.trim().is_empty() {
            self.block(&encode::markdown_block(text));
        }
    }

    /// A list of facts: a label in bold and a text. Empty texts are left out.
    pub fn facts(&mut self, facts: &[(&str, &str)]) {
        let items: Vec<String> = facts
            .iter()
            .filter(|(_, text)| !text.trim().is_empty())
            .map(|(label, text)| format!("**{label}:** {}", encode::markdown_block(text)))
            .collect();
        self.items(&items);
    }

    /// A list of the session's words.
    pub fn list<'a>(&mut self, texts: impl IntoIterator<Item = &'a str>) {
        let items: Vec<String> = texts.into_iter().map(encode::markdown_block).collect();
        self.items(&items);
    }

    /// A numbered list of items that are Markdown already.
    pub fn numbered(&mut self, items: &[String]) {
        let lines: Vec<String> = items
            .iter()
            .enumerate()
            .map(|(at, item)| {
                let lead = format!("{}. ", at + 1);
                set_in(&lead, item)
            })
            .collect();
        if !lines.is_empty() {
            self.block(&joined(&lines));
        }
    }

    /// A list of items that are Markdown already.
    pub fn items(&mut self, items: &[String]) {
        let lines: Vec<String> = items.iter().map(|item| set_in("- ", item)).collect();
        if !lines.is_empty() {
            self.block(&joined(&lines));
        }
    }

    /// A table of the session's words.
    pub fn table(&mut self, header: &[&str], rows: &[Vec<String>]) {
        let line = |cells: Vec<String>| {
            let cell = |text: String| {
                if text.is_empty() {
                    " |".to_owned()
                } else {
                    format!(" {text} |")
                }
            };
            format!("|{}", cells.into_iter().map(cell).collect::<String>())
        };
        let mut lines = vec![
            line(header.iter().map(ToString::to_string).collect()),
            line(header.iter().map(|_| "---".to_owned()).collect()),
        ];
        for row in rows {
            lines.push(line(
                row.iter().map(|cell| encode::markdown_cell(cell)).collect(),
            ));
        }
        self.block(&lines.join("\n"));
    }

    /// A block of code.
    pub fn code(&mut self, text: &str, language: &str) {
        self.block(&encode::code_fence(text, language));
    }
}

/// An item behind its lead; its later lines are set in as far.
fn set_in(lead: &str, item: &str) -> String {
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

/// The items of a list: blank lines between them as soon as one has paragraphs of its own.
fn joined(items: &[String]) -> String {
    let loose = items.iter().any(|item| item.contains("\n\n"));
    items.join(if loose { "\n\n" } else { "\n" })
}
