//! RON text as words, texts and brackets with their places, comments and blanks left out.
//!
//! It takes any text and never fails; what the tokens mean together is [`super::outline`]'s.

/// The smallest piece of a RON text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Token {
    /// What it is.
    pub kind: TokenKind,
    /// Its first byte.
    pub start: usize,
    /// The byte after its last.
    pub end: usize,
}

/// What a token is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum TokenKind {
    /// `(`, `[` or `{`.
    Open(char),
    /// `)`, `]` or `}`.
    Close(char),
    /// `,`
    Comma,
    /// `:`
    Colon,
    /// A name, such as of a field or a category.
    Word,
    /// Text in quotes.
    Text {
        /// The first byte inside the quotes.
        from: usize,
        /// The byte after the last inside the quotes.
        to: usize,
    },
    /// Text whose closing quote is missing.
    OpenText,
    /// A comment `/*` without an end.
    OpenComment,
    /// A number or anything else.
    Other,
}

/// Gives the tokens of a text in order.
#[derive(Clone, Debug)]
pub struct Scanner<'a> {
    text: &'a str,
    at: usize,
}

impl<'a> Scanner<'a> {
    /// Starts at the beginning, after a byte-order mark if there is one.
    pub fn new(text: &'a str) -> Self {
        let at = if text.starts_with('\u{feff}') { 3 } else { 0 };
        Self { text, at }
    }

    fn rest(&self) -> &'a str {
        &self.text[self.at..]
    }

    /// Steps over blanks, comments and attributes. Gives the start of a comment that has no end.
    fn blanks(&mut self) -> Option<usize> {
        loop {
            let rest = self.rest();
            let trimmed = rest.trim_start();
            self.at += rest.len() - trimmed.len();
            if trimmed.starts_with("//") {
                self.at += trimmed.find('\n').unwrap_or(trimmed.len());
            } else if trimmed.starts_with("/*") {
                let start = self.at;
                match comment(trimmed) {
                    Some(length) => self.at += length,
                    None => return Some(start),
                }
            } else if trimmed.starts_with("#![") {
                let line = trimmed.find('\n').unwrap_or(trimmed.len());
                self.at += trimmed[..line].find(")]").map_or(line, |end| end + 2);
            } else {
                return None;
            }
        }
    }

    /// The kind and the length of the token that starts with this character.
    fn measure(&self, first: char) -> (TokenKind, usize) {
        let rest = self.rest();
        match first {
            '(' | '[' | '{' => (TokenKind::Open(first), 1),
            ')' | ']' | '}' => (TokenKind::Close(first), 1),
            ',' => (TokenKind::Comma, 1),
            ':' => (TokenKind::Colon, 1),
            '"' => self.quoted(0),
            'b' if rest.starts_with("b\"") => self.quoted(1),
            'r' if is_raw(&rest[1..]) => self.raw(1),
            'b' if rest.starts_with("br") && is_raw(&rest[2..]) => self.raw(2),
            '\'' => (TokenKind::Other, character(rest)),
            _ if first == '_' || first.is_alphabetic() => (TokenKind::Word, run(rest, "_#")),
            _ if first.is_numeric() || matches!(first, '-' | '+' | '.') => {
                (TokenKind::Other, run(rest, "_.+-"))
            }
            _ => (TokenKind::Other, first.len_utf8()),
        }
    }

    /// Text with escapes; `prefix` bytes stand before the quote.
    fn quoted(&self, prefix: usize) -> (TokenKind, usize) {
        let rest = self.rest();
        let mut escaped = false;
        for (offset, byte) in rest.bytes().enumerate().skip(prefix + 1) {
            match byte {
                _ if escaped => escaped = false,
                b'\\' => escaped = true,
                b'"' => {
                    let kind = TokenKind::Text {
                        from: self.at + prefix + 1,
                        to: self.at + offset,
                    };
                    return (kind, offset + 1);
                }
                _ => {}
            }
        }
        (TokenKind::OpenText, rest.len())
    }

    /// Text as `r#"…"#`; `prefix` bytes stand before the first `#` or quote.
    fn raw(&self, prefix: usize) -> (TokenKind, usize) {
        let rest = self.rest();
        let hashes = rest[prefix..].bytes().take_while(|b| *b == b'#').count();
        let from = prefix + hashes + 1;
        let end = format!("\"{}", "#".repeat(hashes));
        match rest[from..].find(&end) {
            Some(offset) => {
                let kind = TokenKind::Text {
                    from: self.at + from,
                    to: self.at + from + offset,
                };
                (kind, from + offset + end.len())
            }
            None => (TokenKind::OpenText, rest.len()),
        }
    }
}

impl Iterator for Scanner<'_> {
    type Item = Token;

    fn next(&mut self) -> Option<Token> {
        if let Some(start) = self.blanks() {
            self.at = self.text.len();
            return Some(Token {
                kind: TokenKind::OpenComment,
                start,
                end: self.at,
            });
        }
        let start = self.at;
        let (kind, length) = self.measure(self.rest().chars().next()?);
        self.at += length;
        Some(Token {
            kind,
            start,
            end: self.at,
        })
    }
}

/// The ids that a text declares, whether or not the rest of it can be understood.
pub fn declared_ids(text: &str) -> impl Iterator<Item = &str> {
    let tokens: Vec<Token> = Scanner::new(text).collect();
    let ids: Vec<&str> = tokens
        .windows(3)
        .filter_map(
            |three| match (three[0].kind, three[1].kind, three[2].kind) {
                (TokenKind::Word, TokenKind::Colon, TokenKind::Text { from, to })
                    if &text[three[0].start..three[0].end] == "id" =>
                {
                    Some(&text[from..to])
                }
                _ => None,
            },
        )
        .collect();
    ids.into_iter()
}

/// The length of a comment with the comments nested in it, or nothing if it does not end.
fn comment(text: &str) -> Option<usize> {
    let mut depth = 0_usize;
    let mut at = 0;
    loop {
        let next = at + text.get(at..)?.find(['/', '*'])?;
        match text.get(next..next + 2) {
            Some("/*") => {
                depth += 1;
                at = next + 2;
            }
            Some("*/") => {
                at = next + 2;
                depth -= 1;
                if depth == 0 {
                    return Some(at);
                }
            }
            _ => at = next + 1,
        }
    }
}

fn is_raw(after: &str) -> bool {
    after.trim_start_matches('#').starts_with('"')
}

/// The length of letters, digits and `others` at the start.
fn run(text: &str, others: &str) -> usize {
    text.find(|c: char| !c.is_alphanumeric() && !others.contains(c))
        .unwrap_or(text.len())
}

/// The length of a character in single quotes, or of the quote alone.
fn character(text: &str) -> usize {
    let mut characters = text.char_indices().skip(1);
    if let Some((_, '\\')) = characters.next() {
        characters.next();
    }
    match characters.next() {
        Some((offset, '\'')) => offset + 1,
        _ => 1,
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn words(text: &str) -> Vec<&str> {
        Scanner::new(text)
            .map(|token| &text[token.start..token.end])
            .collect()
    }

    #[test]
    fn comments_blanks_and_attributes_are_left_out() {
        let text = "\u{feff}// a (\n#![enable(implicit_some)]\n/* [ /* nested */ */ a(b: \"c\")";
        assert_eq!(words(text), ["a", "(", "b", ":", "\"c\"", ")"]);
    }

    #[test]
    fn brackets_in_texts_are_text() {
        let text = r##"["a \" (", r"\", r#" " ( "#, b"(", 'a', '\'', '(']"##;
        assert_eq!(
            words(text),
            [
                "[",
                r#""a \" (""#,
                ",",
                r#"r"\""#,
                ",",
                r##"r#" " ( "#"##,
                ",",
                "b\"(\"",
                ",",
                "'a'",
                ",",
                r"'\''",
                ",",
                "'('",
                "]"
            ]
        );
    }

    #[test]
    fn what_has_no_end_reaches_to_the_end() {
        let last = |text: &str| Scanner::new(text).last().unwrap().kind;
        assert_eq!(last("a: \"b"), TokenKind::OpenText);
        assert_eq!(last("a: r#\"b\""), TokenKind::OpenText);
        assert_eq!(last("a /* b /* c */"), TokenKind::OpenComment);
    }

    proptest! {
        #[test]
        fn every_text_is_taken_apart_without_gaps_in_characters(text in "[a-z\"'#/*\\\\(){}\\[\\],: \nä\u{1F600}-]{0,60}") {
            let mut end = 0;
            for token in Scanner::new(&text) {
                prop_assert!(token.start >= end && token.end > token.start);
                prop_assert!(text.is_char_boundary(token.start) && text.is_char_boundary(token.end));
                end = token.end;
            }
        }
    }
}
