//! What becomes of white space in text that Markdown shows.
//!
//! Markdown itself drops white space at both ends of a line and has no tabs in prose, so the
//! rules here say once what "exact" means for text that comes back from a write-up. Text that is so
//! already, as most is, comes back as it came and not as a copy.

use std::borrow::Cow;

use memchr::memchr3;

use super::hidden::with_marks;

/// What a line begins.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Begins {
    /// The text.
    Text,
    /// A paragraph.
    Paragraph,
    /// Nothing: it goes on in the paragraph.
    Nothing,
}

/// The text on one line: each run of line breaks and the white space around it becomes one space,
/// a tab one space, nothing stays at either end. Everything hidden is a mark.
pub(super) fn one_line(text: &str) -> Cow<'_, str> {
    let marked = with_marks(text);
    if !has_breaks_or_tabs(&marked) {
        return trimmed(marked);
    }
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
    Cow::Owned(out)
}

fn has_breaks_or_tabs(text: &str) -> bool {
    memchr3(b'\n', b'\r', b'\t', text.as_bytes()).is_some()
}

fn trimmed(text: Cow<'_, str>) -> Cow<'_, str> {
    match text {
        Cow::Borrowed(text) => Cow::Borrowed(text.trim()),
        Cow::Owned(text) if text.trim().len() == text.len() => Cow::Owned(text),
        Cow::Owned(text) => Cow::Owned(text.trim().to_owned()),
    }
}

/// The only line of a text that is no more than that, so that nothing needs to be put together; see
/// [`lines`] for what a line is.
pub(super) fn single_line(text: &str) -> Option<&str> {
    match with_marks(text) {
        Cow::Borrowed(text) => {
            let text = text.trim();
            (!has_breaks_or_tabs(text)).then_some(text)
        }
        Cow::Owned(_) => None,
    }
}

/// Goes through the lines of a text that have words: LF, CRLF and CR end a line, blank lines divide
/// paragraphs, a tab is four spaces, white space at the end of lines and at both ends of the text
/// is gone. Everything hidden is a mark.
pub(super) fn lines(text: &str, mut take: impl FnMut(Begins, &str)) {
    let marked = with_marks(text);
    let mut rest = Some(marked.trim());
    let mut begins = Begins::Text;
    while let Some(here) = rest {
        let (line, after) = match here.find(['\n', '\r']) {
            Some(end) => {
                let after = &here[end..];
                let after = after.strip_prefix("\r\n").unwrap_or(&after[1..]);
                (&here[..end], Some(after))
            }
            None => (here, None),
        };
        rest = after;
        let line = line.trim_end();
        if !line.is_empty() {
            if line.contains('\t') {
                take(begins, &line.replace('\t', "    "));
            } else {
                take(begins, line);
            }
            begins = Begins::Nothing;
        } else if begins == Begins::Nothing {
            begins = Begins::Paragraph;
        }
    }
}

/// The paragraphs of a text, each with its lines, to compare with what comes back.
#[cfg(test)]
pub(super) fn paragraphs(text: &str) -> Vec<Vec<String>> {
    let mut paragraphs: Vec<Vec<String>> = Vec::new();
    lines(text, |begins, line| match paragraphs.last_mut() {
        Some(paragraph) if begins == Begins::Nothing => paragraph.push(line.to_owned()),
        _ => paragraphs.push(vec![line.to_owned()]),
    });
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

    #[test]
    fn what_is_one_line_already_is_not_copied() {
        assert!(matches!(
            one_line(" Größe, a b "),
            Cow::Borrowed("Größe, a b")
        ));
        assert_eq!(single_line(" Größe, a b\n"), Some("Größe, a b"));
        for several in ["a\nb", "a\tb", "a\u{1b}b"] {
            assert_eq!(single_line(several), None);
        }
    }
}
