//! Text as Markdown (with GFM tables) that shows it again exactly and does nothing else: no
//! structure, no HTML, no link comes out of somebody's words.
//!
//! Only what could become active where it stands gets a backslash, so that ordinary sentences
//! stay readable in the source. That holds for text at the start of a line or after a space, not
//! glued to other text; and the block and inline forms may stand in lists when later lines are
//! indented. White space follows [`super::line`]'s rules.
//!
//! Addresses are kept from becoming links wherever a backslash can do it. Some renderers look for
//! mail addresses in the finished text; nothing but changing the text could stop those.

use std::borrow::Cow;
use std::fmt::Write as _;

use super::Foreign;
use super::hidden::with_marks;
use super::line::{Begins, lines, one_line, single_line};

/// Where a line stands, which decides what could become active in it.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Place {
    /// In a paragraph, perhaps at its start.
    LineStart,
    /// In a paragraph, behind something else.
    Inside,
    /// In a cell of a table.
    Cell,
    /// After the number signs of a heading.
    Heading,
    /// Any of these: what a template does with it is not known here.
    Anywhere,
}

/// A text on one line for wherever a template puts it: a paragraph, a list item, a heading or a cell.
/// Each run of line breaks becomes a space.
pub fn markdown<'a>(text: impl Into<Foreign<'a>>) -> Cow<'a, str> {
    let text = text.into().raw();
    escaped_whole(one_line(text), Place::Anywhere)
}

/// A text on one line, for a paragraph or a list item. Each run of line breaks becomes a space.
pub fn markdown_inline<'a>(text: impl Into<Foreign<'a>>) -> Cow<'a, str> {
    let text = text.into().raw();
    escaped_whole(one_line(text), Place::LineStart)
}

/// A text on one line for the end of a heading. A last full stop, comma, colon, semicolon or
/// exclamation mark is written as a character reference, because linters forbid it there.
pub fn markdown_heading<'a>(text: impl Into<Foreign<'a>>) -> Cow<'a, str> {
    let text = text.into().raw();
    let line = one_line(text);
    match line.chars().next_back() {
        Some(last) if ".,;:!。，；：！".contains(last) => {
            let before = &line[..line.len() - last.len_utf8()];
            let mut out = escaped(before, Place::Heading).into_owned();
            // Writing to a string cannot fail.
            let _ = write!(out, "&#{};", last as u32);
            Cow::Owned(out)
        }
        _ => escaped_whole(line, Place::Heading),
    }
}

/// A text on one line for a cell of a table. Each run of line breaks becomes a space, because
/// cells have no line breaks without HTML.
pub fn markdown_cell<'a>(text: impl Into<Foreign<'a>>) -> Cow<'a, str> {
    let text = text.into().raw();
    escaped_whole(one_line(text), Place::Cell)
}

/// A text with its paragraphs and line breaks, without a line break at the end. Line breaks are
/// hard ones, written as a backslash; the first space of an indented line is written as a
/// character reference, because Markdown would drop or misread it.
pub fn markdown_block<'a>(text: impl Into<Foreign<'a>>) -> Cow<'a, str> {
    let text = text.into().raw();
    if let Some(line) = single_line(text) {
        return escaped(line, Place::LineStart);
    }
    let mut out = String::with_capacity(text.len() + text.len() / 16);
    lines(text, |begins, line| {
        out.push_str(match begins {
            Begins::Text => "",
            Begins::Paragraph => "\n\n",
            Begins::Nothing => "\\\n",
        });
        match line.strip_prefix(' ') {
            Some(rest) => {
                out.push_str("&#32;");
                out.push_str(&escaped(rest, Place::Inside));
            }
            None => out.push_str(&escaped(line, Place::LineStart)),
        }
    });
    Cow::Owned(out)
}

/// A text in a fence of backticks that is longer than any run of them inside, without a line
/// break at the end. Tabs become four spaces; line breaks at the end are gone. The language is a
/// plain word, or it is left at `text`.
pub fn code_fence<'a>(text: impl Into<Foreign<'a>>, language: &str) -> String {
    let text = with_marks(text.into().raw())
        .replace("\r\n", "\n")
        .replace('\r', "\n")
        .replace('\t', "    ");
    let text = text.trim_end_matches('\n');
    let longest = text
        .split(|c| c != '`')
        .map(str::len)
        .max()
        .unwrap_or_default();
    let fence = "`".repeat(longest.max(2) + 1);
    let plain = |c: char| c.is_ascii_alphanumeric() || matches!(c, '-' | '+');
    let language = if !language.is_empty() && language.chars().all(plain) {
        language
    } else {
        "text"
    };
    if text.is_empty() {
        format!("{fence}{language}\n{fence}")
    } else {
        format!("{fence}{language}\n{text}\n{fence}")
    }
}

/// One line with a backslash before everything that could become active in it. The text itself where
/// that is nothing, as in most sentences.
fn escaped(line: &str, place: Place) -> Cow<'_, str> {
    let opener = match place {
        Place::LineStart | Place::Anywhere => block_opener(line),
        Place::Inside | Place::Cell | Place::Heading => None,
    };
    let mut out = String::new();
    let mut copied = 0;
    let mut with_backslash = |at: usize| {
        if out.is_empty() {
            out.reserve(line.len() + line.len() / 16 + 1);
        }
        out.push_str(&line[copied..at]);
        out.push('\\');
        copied = at;
    };
    if let Some(at) = opener {
        // Before it there are at most digits, which are never active.
        with_backslash(at);
    }
    let mut here = Here {
        line,
        place,
        closing: line.trim_end_matches(['#', ' ']).len(),
        inside_word: false,
    };
    let signs = line.bytes().enumerate();
    for (at, sign) in signs.filter(|(_, byte)| may_be_active(*byte)) {
        if here.is_active(at, sign) && opener != Some(at) {
            with_backslash(at);
        }
    }
    if out.is_empty() {
        return Cow::Borrowed(line);
    }
    out.push_str(&line[copied..]);
    Cow::Owned(out)
}

/// The same of a line that may have been put together already.
fn escaped_whole(line: Cow<'_, str>, place: Place) -> Cow<'_, str> {
    match line {
        Cow::Borrowed(line) => escaped(line, place),
        Cow::Owned(line) => {
            let changed = match escaped(&line, place) {
                Cow::Owned(changed) => Some(changed),
                Cow::Borrowed(_) => None,
            };
            Cow::Owned(changed.unwrap_or(line))
        }
    }
}

/// The signs that [`Here::is_active`] looks at; everything between them is passed over.
const fn may_be_active(byte: u8) -> bool {
    matches!(
        byte,
        b'\\'
            | b'`'
            | b'*'
            | b'['
            | b'_'
            | b'~'
            | b'$'
            | b'<'
            | b'&'
            | b'|'
            | b'#'
            | b':'
            | b'.'
            | b'@'
    )
}

/// Where a line that would open a block (a list, heading, quote, rule, table) needs a backslash.
fn block_opener(line: &str) -> Option<usize> {
    let first = line.chars().next()?;
    let after = &line[first.len_utf8()..];
    let ends_word = |rest: &str| rest.chars().next().is_none_or(char::is_whitespace);
    let opens = match first {
        '#' | '>' => true,
        '-' => ends_word(after) || is_all(line, "-:| "),
        '+' => ends_word(after),
        '=' => is_all(line, "= "),
        // The line under a table's header, when the line above is taken for one.
        '|' | ':' => is_all(line, "-:| "),
        '0'..='9' => {
            let digits = line.len() - line.trim_start_matches(|c: char| c.is_ascii_digit()).len();
            let mut behind = line[digits..].chars();
            let is_marker = matches!(behind.next(), Some('.' | ')')) && ends_word(behind.as_str());
            return (digits <= 9 && is_marker).then_some(digits);
        }
        _ => false,
    };
    opens.then_some(0)
}

fn is_all(line: &str, allowed: &str) -> bool {
    line.chars().all(|c| allowed.contains(c))
}

/// A place in a line while it is escaped from left to right.
struct Here<'a> {
    line: &'a str,
    place: Place,
    /// From here on there are only number signs and spaces.
    closing: usize,
    /// Whether the run of underscores here stands between letters or digits, as in `no_new_privs`.
    inside_word: bool,
}

impl Here<'_> {
    /// Whether the sign could become active where it stands.
    fn is_active(&mut self, at: usize, sign: u8) -> bool {
        let earlier = &self.line[..at];
        let rest = &self.line[at + 1..];
        let before = earlier.chars().next_back();
        let next = rest.chars().next();
        let spaced = |neighbour: Option<char>| neighbour.is_none_or(char::is_whitespace);
        match sign {
            b'\\' => next.is_none_or(|c| c.is_ascii_punctuation()),
            b'`' | b'*' | b'[' => true,
            b'_' => {
                if before != Some('_') {
                    let after = rest.trim_start_matches('_').chars().next();
                    self.inside_word = before.is_some_and(char::is_alphanumeric)
                        && after.is_some_and(char::is_alphanumeric);
                }
                !self.inside_word
            }
            // A single one before a word opens, but nothing closes it: every other is escaped. What comes
            // before the beginning of a text that stands inside of something is unknown.
            b'~' => {
                let is_first_inside = before.is_none() && matches!(self.place, Place::Inside);
                next == Some('~') || is_first_inside || !spaced(before)
            }
            // Formulas and tags open with one that is glued to what follows.
            b'$' | b'<' => next != Some(' '),
            b'&' => is_character_reference(rest),
            b'|' => matches!(self.place, Place::Cell | Place::Anywhere),
            // A run of them at the end would close a heading; linters see one even when glued.
            b'#' => match self.place {
                Place::Heading | Place::Anywhere => at >= self.closing,
                Place::LineStart => at >= self.closing && spaced(before),
                Place::Inside | Place::Cell => false,
            },
            b':' => rest.starts_with("//") && ends_with_any(earlier, &["http", "https", "ftp"]),
            b'.' => ends_with_any(earlier, &["www"]),
            b'@' => is_mail_address(earlier, rest),
            _ => false,
        }
    }
}

/// Whether what follows an ampersand may make it a character reference such as `&lt;`.
fn is_character_reference(rest: &str) -> bool {
    let name = rest.strip_prefix('#').unwrap_or(rest);
    let behind = name.trim_start_matches(|c: char| c.is_ascii_alphanumeric());
    // At the end of the text, what comes behind is unknown.
    behind.is_empty() || (behind.len() < name.len() && behind.starts_with(';'))
}

fn ends_with_any(text: &str, words: &[&str]) -> bool {
    words.iter().any(|word| {
        text.len()
            .checked_sub(word.len())
            .and_then(|start| text.get(start..))
            .is_some_and(|end| end.eq_ignore_ascii_case(word))
    })
}

fn is_mail_address(before: &str, rest: &str) -> bool {
    let name = |c: char| c.is_ascii_alphanumeric() || matches!(c, '.' | '+' | '-' | '_');
    let domain = |c: char| c.is_ascii_alphanumeric() || matches!(c, '.' | '-' | '_');
    let host = &rest[..rest.len() - rest.trim_start_matches(domain).len()];
    before.ends_with(name) && host.trim_end_matches('.').contains('.')
}

#[cfg(test)]
mod tests;
