//! The text exactly as it will be written, line by line.

use super::page::{Kind, Page};
use crate::tui::theme::Meaning;

/// Cuts a text into its lines; headings of Markdown stand out.
pub fn raw(text: &str, is_markdown: bool) -> Page {
    let mut page = Page::default();
    let mut source = 0;
    let mut fence = 0;
    for line in text.trim_end().split('\n') {
        let ticks = line.len() - line.trim_start_matches('`').len();
        if ticks >= 3 && (fence == 0 || ticks >= fence) {
            fence = if fence == 0 { ticks } else { 0 };
        }
        let meaning = if is_markdown && fence == 0 && line.starts_with('#') {
            Meaning::Heading
        } else {
            Meaning::Text
        };
        page.push(Kind::Plain(meaning), line, Some(source));
        source += line.len() + 1;
    }
    page
}
