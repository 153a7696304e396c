//! What becomes of white space in text that Markdown shows.
//!
//! Markdown itself drops white space at both ends of a line and has no tabs in prose, so the
//! rules here say once what "exact" means for text that comes back from a write-up.

use super::hidden::with_marks;

/// The text on one line: each run of line breaks and the white space around it becomes one space,
/// a tab one space, nothing stays at either end. Everything hidden is a mark.
pub(super) fn one_line(text: &str) -> String {
    let marked = with_marks(text);
    let mut out = String::with_capacity(marked.len());
    for line in marked.split(['\n', '\r']) {
        let line = line.trim();
        if line.is_empty() {
            continue;
        }
        if !out.is_empty() {
            out.push(' ');
        }
        out.extend(line.chars().map(|c| if c == '\t' { ' ' } else { c }));
    }
    out
}

/// The paragraphs of a text, each as its lines: LF, CRLF and CR end a line, blank lines divide
/// paragraphs, a tab is four spaces, white space at the end of lines and at both ends of the text
/// is gone. Everything hidden is a mark.
pub(super) fn paragraphs(text: &str) -> Vec<Vec<String>> {
    let marked = with_marks(text).replace("\r\n", "\n");
    let mut paragraphs: Vec<Vec<String>> = Vec::new();
    let mut open = false;
    for line in marked.trim().split(['\n', '\r']) {
        let line = line.trim_end();
        if line.is_empty() {
            open = false;
            continue;
        }
        let line = line.replace('\t', "    ");
        match paragraphs.last_mut() {
            Some(paragraph) if open => paragraph.push(line),
            _ => paragraphs.push(vec![line]),
        }
        open = true;
    }
    paragraphs
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_title_with_breaks_becomes_one_line() {
        assert_eq!(one_line(" a \r\n\r\n b\tc \n"), "a b c");
        assert_eq!(one_line(" \n "), "");
    }

    #[test]
    fn an_answer_keeps_paragraphs_lines_and_indentation() {
        assert_eq!(
            paragraphs("\n\none \r\ntwo\n\n \t\n  three\n\tfour\n"),
            [vec!["one", "two"], vec!["  three", "    four"]]
        );
        assert!(paragraphs(" \n").is_empty());
    }
}
