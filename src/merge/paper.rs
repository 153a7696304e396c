//! Results as a short paper: headings, one table, lists. Once as text for a terminal, once as Markdown.

use std::borrow::Cow;
use std::fmt::Write as _;

use crate::encode::{Foreign, ForeignText};
use crate::report::markdown::{Document, item_with_facts};

/// How many columns the table of a paper has.
pub(super) const COLUMNS: usize = 7;

/// A result for people.
#[derive(Debug, Default)]
pub(super) struct Paper {
    pub title: ForeignText,
    /// Short facts below the title.
    pub facts: Vec<(&'static str, ForeignText)>,
    /// Header and rows.
    pub table: Option<([&'static str; COLUMNS], Vec<[ForeignText; COLUMNS]>)>,
    pub sections: Vec<Section>,
}

/// A list under a heading.
#[derive(Debug)]
pub(super) struct Section {
    pub heading: String,
    pub items: Vec<Item>,
}

/// One item with its details.
#[derive(Debug)]
pub(super) struct Item {
    pub text: ForeignText,
    pub details: Vec<(String, ForeignText)>,
}

impl Item {
    pub fn new(text: impl Into<ForeignText>) -> Self {
        Self {
            text: text.into(),
            details: Vec::new(),
        }
    }

    pub fn with(mut self, name: &str, value: impl Into<ForeignText>) -> Self {
        self.details.push((name.to_owned(), value.into()));
        self
    }
}

impl Paper {
    /// Adds a list; nothing where it is empty.
    pub fn list(&mut self, heading: &str, items: Vec<Item>) {
        if !items.is_empty() {
            let heading = format!("{heading} ({})", items.len());
            self.sections.push(Section { heading, items });
        }
    }

    /// For a terminal.
    pub fn text(&self) -> String {
        let mut text = format!("{}\n", self.title.shown());
        for (name, value) in &self.facts {
            let _ = writeln!(text, "{name}: {}", value.shown());
        }
        if let Some((header, rows)) = &self.table {
            text.push('\n');
            columns(header, rows, &mut text);
        }
        for section in &self.sections {
            let _ = writeln!(text, "\n{}", section.heading);
            for item in &section.items {
                let _ = writeln!(text, "  - {}", item.text.shown().replace('\n', "\n    "));
                for (name, value) in &item.details {
                    if !value.trim().is_empty() {
                        let value = value.shown().replace('\n', "\n        ");
                        let _ = writeln!(text, "      {name}: {value}");
                    }
                }
            }
        }
        text
    }

    /// As Markdown.
    pub fn markdown(&self) -> String {
        let mut document = Document::default();
        document.heading(1, &self.title);
        let facts: Vec<(&str, Foreign<'_>)> = self
            .facts
            .iter()
            .map(|(name, value)| (*name, value.as_foreign()))
            .collect();
        document.facts(&facts);
        if let Some((header, rows)) = &self.table {
            document.table(*header, rows);
        }
        for section in &self.sections {
            document.heading(2, &section.heading);
            let items: Vec<String> = section
                .items
                .iter()
                .map(|item| {
                    let details: Vec<(&str, Foreign<'_>)> = item
                        .details
                        .iter()
                        .map(|(name, value)| (name.as_str(), value.as_foreign()))
                        .collect();
                    item_with_facts(&item.text, &details)
                })
                .collect();
            document.items(&items);
        }
        document.finish()
    }
}

fn columns(header: &[&str; COLUMNS], rows: &[[ForeignText; COLUMNS]], text: &mut String) {
    let rows: Vec<[Cow<'_, str>; COLUMNS]> = rows
        .iter()
        .map(|row| std::array::from_fn(|column| row[column].shown()))
        .collect();
    let width = |column: usize| {
        let cells = rows.iter().map(|row| row[column].chars().count());
        cells.max().unwrap_or(0).max(header[column].chars().count())
    };
    let widths: [usize; COLUMNS] = std::array::from_fn(width);
    let mut line = |cells: [&str; COLUMNS]| {
        let mut line = String::new();
        for (cell, width) in cells.into_iter().zip(widths) {
            let _ = write!(line, "{cell:width$}  ");
        }
        let _ = writeln!(text, "{}", line.trim_end());
    };
    line(*header);
    for row in &rows {
        line(std::array::from_fn(|column| &*row[column]));
    }
}
