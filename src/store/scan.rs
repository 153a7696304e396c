//! Looks over the text of a file before it is parsed: nesting, number of entries, what was opened
//! and never closed. One pass, no recursion, memory for 32 brackets.
//!
//! Not a parser: what passes here may still not be RON. It keeps hostile files away from the
//! parser, and it explains a cut-off file better than a parser can.

use memchr::{memchr, memchr2};

use super::error::Problem;
use crate::session::edit::MAX_TEXT;

/// Deeper than any session (8 levels) and far from what could exhaust a stack.
const DEEPEST: usize = 32;
/// A session of 8 MiB in our own layout has a third of this.
const MOST_ENTRIES: usize = 1_000_000;

/// What was seen on the way.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Overview {
    /// The number of the field `format` of the outermost structure.
    pub format: Option<u64>,
    /// Some quoted text goes over several lines of the file.
    pub text_spans_lines: bool,
    /// Where the first text begins that is longer than any may be.
    pub too_long_text: Option<usize>,
}

/// Looks over `text`.
pub(super) fn scan(text: &str) -> Result<Overview, Problem> {
    let mut scanner = Scanner::new(text);
    while scanner.at < scanner.bytes.len() {
        scanner.step()?;
    }
    match scanner.open.last() {
        None => Ok(scanner.overview),
        Some(_) => Err(problem_at(
            text,
            text.len(),
            "the file ends before everything that was opened is closed; its end may be missing",
        )),
    }
}

/// A problem at a byte of the text.
pub(super) fn problem_at(text: &str, at: usize, what: impl Into<String>) -> Problem {
    let before = text.get(..at).unwrap_or(text);
    let line_start = before.rfind('\n').map_or(0, |end| end + 1);
    Problem {
        line: before.bytes().filter(|byte| *byte == b'\n').count() + 1,
        column: before[line_start..].chars().count() + 1,
        what: what.into(),
    }
}

/// Goes over a text, one bracket, word, blank, quoted text or comment after the other.
pub(super) struct Scanner<'a> {
    text: &'a str,
    bytes: &'a [u8],
    at: usize,
    open: Vec<u8>,
    entries: usize,
    overview: Overview,
}

impl<'a> Scanner<'a> {
    /// At the beginning of a text.
    pub(super) fn new(text: &'a str) -> Self {
        Self {
            text,
            bytes: text.as_bytes(),
            at: 0,
            open: Vec::with_capacity(DEEPEST),
            entries: 0,
            overview: Overview::default(),
        }
    }

    /// How many bytes are behind.
    pub(super) const fn at(&self) -> usize {
        self.at
    }

    /// The next byte, if there is one.
    pub(super) fn byte(&self) -> Option<u8> {
        self.bytes.get(self.at).copied()
    }

    /// Passes what begins here.
    pub(super) fn step(&mut self) -> Result<(), Problem> {
        let byte = self.bytes[self.at];
        match byte {
            b'"' => self.quoted(self.at),
            b'\'' => {
                self.character();
                Ok(())
            }
            b'/' => self.comment(),
            b'(' | b'[' | b'{' => self.opened(byte),
            b')' | b']' | b'}' => self.closed(byte),
            b',' => self.entry(),
            b'_' | b'a'..=b'z' | b'A'..=b'Z' => self.word(),
            b' ' | b'\n' | b'\r' | b'\t' => {
                self.blank();
                Ok(())
            }
            _ => {
                self.at += 1;
                Ok(())
            }
        }
    }

    fn blank(&mut self) {
        let is_blank = |byte: &&u8| matches!(byte, b' ' | b'\n' | b'\r' | b'\t');
        let rest = &self.bytes[self.at..];
        self.at += rest.iter().take_while(is_blank).count();
    }

    fn problem(&self, at: usize, what: &str) -> Problem {
        problem_at(self.text, at, what)
    }

    fn entry(&mut self) -> Result<(), Problem> {
        self.entries += 1;
        if self.entries > MOST_ENTRIES {
            return Err(self.problem(self.at, "there are more entries than any session has"));
        }
        self.at += 1;
        Ok(())
    }

    fn opened(&mut self, bracket: u8) -> Result<(), Problem> {
        if self.open.len() == DEEPEST {
            return Err(self.problem(self.at, "this is nested deeper than any session is"));
        }
        self.open.push(bracket);
        self.entry()
    }

    fn closed(&mut self, bracket: u8) -> Result<(), Problem> {
        let opened_by = match bracket {
            b')' => b'(',
            b']' => b'[',
            _ => b'{',
        };
        if self.open.pop() == Some(opened_by) {
            self.at += 1;
            Ok(())
        } else {
            Err(self.problem(
                self.at,
                &format!(
                    "this '{}' closes nothing that was opened",
                    char::from(bracket)
                ),
            ))
        }
    }

    /// A text in quotes; escaped quotes do not end it.
    fn quoted(&mut self, begin: usize) -> Result<(), Problem> {
        self.at += 1;
        while let Some(rest) = self.bytes.get(self.at..) {
            let Some(length) = memchr2(b'"', b'\\', rest) else {
                break;
            };
            self.at += length;
            if self.bytes[self.at] == b'"' {
                self.at += 1;
                self.note_text(begin);
                return Ok(());
            }
            self.at += 2;
        }
        Err(self.problem(begin, "the text that begins here has no end"))
    }

    /// A text that ends with a quote and as many `#` as it began with.
    fn raw(&mut self, begin: usize, hashes: usize) -> Result<(), Problem> {
        self.at += 1;
        while let Some(byte) = self.bytes.get(self.at) {
            self.at += 1;
            if *byte == b'"' {
                let closing = &self.bytes[self.at..];
                if closing.iter().take_while(|byte| **byte == b'#').count() >= hashes {
                    self.at += hashes;
                    self.note_text(begin);
                    return Ok(());
                }
            }
        }
        Err(self.problem(begin, "the text that begins here has no end"))
    }

    fn note_text(&mut self, begin: usize) {
        let text = &self.bytes[begin..self.at];
        self.overview.text_spans_lines |= memchr(b'\n', text).is_some();
        // Written out, a text is never shorter than in memory.
        if text.len() > MAX_TEXT && self.overview.too_long_text.is_none() {
            self.overview.too_long_text = Some(begin);
        }
    }

    /// A character in single quotes, so that `'"'` does not begin a text.
    fn character(&mut self) {
        let rest = &self.bytes[self.at + 1..];
        let escaped = usize::from(rest.first() == Some(&b'\\')) * 2;
        let end = rest
            .iter()
            .skip(escaped)
            .take(12)
            .position(|byte| *byte == b'\'');
        self.at += end.map_or(1, |end| escaped + end + 2);
    }

    fn comment(&mut self) -> Result<(), Problem> {
        let begin = self.at;
        match self.bytes.get(self.at + 1) {
            Some(b'/') => {
                let rest = &self.bytes[self.at..];
                let end = rest.iter().position(|byte| *byte == b'\n');
                self.at += end.unwrap_or(rest.len());
                Ok(())
            }
            Some(b'*') => {
                let mut depth = 0_usize;
                while self.at < self.bytes.len() {
                    match &self.bytes[self.at..] {
                        [b'/', b'*', ..] => {
                            depth += 1;
                            self.at += 2;
                        }
                        [b'*', b'/', ..] => {
                            depth -= 1;
                            self.at += 2;
                            if depth == 0 {
                                return Ok(());
                            }
                        }
                        _ => self.at += 1,
                    }
                }
                Err(self.problem(begin, "the comment that begins here has no end"))
            }
            _ => {
                self.at += 1;
                Ok(())
            }
        }
    }

    /// A name, or the `r` and `b` before a raw text.
    fn word(&mut self) -> Result<(), Problem> {
        let begin = self.at;
        let rest = &self.bytes[begin..];
        let prefix = match rest {
            [b'b', b'r', ..] => 2,
            [b'r' | b'b', ..] => 1,
            _ => 0,
        };
        if prefix > 0 {
            let hashes = rest[prefix..]
                .iter()
                .take_while(|byte| **byte == b'#')
                .count();
            if rest.get(prefix + hashes) == Some(&b'"') {
                self.at += prefix + hashes;
                let is_raw = rest[prefix - 1] == b'r';
                if is_raw {
                    return self.raw(begin, hashes);
                }
                if hashes == 0 {
                    return self.quoted(begin);
                }
            }
        }
        let is_part = |byte: &u8| byte.is_ascii_alphanumeric() || *byte == b'_';
        let length = rest.iter().take_while(|byte| is_part(byte)).count();
        self.at = begin + length.max(1);
        if self.open.as_slice() == b"(" && &rest[..length] == b"format" {
            let value = self.text[self.at..].trim_start();
            if let Some(value) = value.strip_prefix(':') {
                let value = value.trim_start();
                let digits = value.bytes().take_while(u8::is_ascii_digit).count();
                self.overview.format = value[..digits].parse().ok().or(self.overview.format);
            }
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn what(text: &str) -> String {
        scan(text).unwrap_err().to_string()
    }

    #[test]
    fn brackets_in_texts_and_comments_do_not_count() {
        for text in [
            r#"( a: "((((\"", b: '(' )"#,
            r##"( a: r#"("("# )"##,
            "( // (((\n /* ( /* ( */ ( */ )",
            "( a: br\"(\\\" )",
            "( a: b\"(\\\"\" )",
            r#"( a: '"', b: '\'', c: '\u{22}' )"#,
            "( r#type: 1 )",
        ] {
            assert_eq!(scan(text).err(), None, "{text}");
        }
    }

    #[test]
    fn the_format_is_read_from_the_outermost_structure_only() {
        let text =
            "#![enable(implicit_some)]\n( title: \"format: 7\", inner: (format: 8), format: 3 )";
        assert_eq!(scan(text).unwrap().format, Some(3));
    }

    #[test]
    fn what_is_not_closed_is_named_where_it_begins() {
        assert_eq!(
            what("(\n  title: \"half"),
            "line 2, column 10: the text that begins here has no end"
        );
        assert_eq!(
            what("(\n  /* half"),
            "line 2, column 3: the comment that begins here has no end"
        );
        assert_eq!(
            what("(]"),
            "line 1, column 2: this ']' closes nothing that was opened"
        );
        assert!(what("( [ ] ").contains("its end may be missing"));
    }

    #[test]
    fn a_hundred_thousand_brackets_are_refused_early() {
        assert!(what(&"[".repeat(100_000)).contains("column 33: this is nested deeper"));
        assert!(what(&format!("({}", ",".repeat(1_100_000))).contains("more entries"));
    }

    #[test]
    fn a_text_over_several_lines_is_noticed() {
        assert!(scan("( a: \"x\ny\" )").unwrap().text_spans_lines);
        assert!(!scan("( a: \"x\\ny\" )\n").unwrap().text_spans_lines);
    }
}
