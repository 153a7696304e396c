//! Text on its way to a terminal: nothing in it may move the cursor, turn or hide what stands
//! beside it.
//!
//! Not for widths and wrapping: the screen measures what it gets from here.

use std::borrow::Cow;

use super::Foreign;
use super::hidden::{is_plain, with_marks};

const TAB: &str = "    ";

/// A text on one line. Line breaks (LF, CRLF or CR) become `↵`, tabs four spaces, everything
/// hidden a mark.
pub fn screen<'a>(text: impl Into<Foreign<'a>>) -> Cow<'a, str> {
    with_line_breaks(text.into().raw(), "↵")
}

/// A text of several lines. Line breaks (LF, CRLF or CR) become `\n`, tabs four spaces,
/// everything else hidden a mark.
pub fn screen_lines<'a>(text: impl Into<Foreign<'a>>) -> Cow<'a, str> {
    with_line_breaks(text.into().raw(), "\n")
}

fn with_line_breaks<'a>(text: &'a str, line_break: &str) -> Cow<'a, str> {
    if is_plain(text) {
        return Cow::Borrowed(text);
    }
    let marked = with_marks(text);
    let is_fine = |c: char| c != '\t' && c != '\r' && (c != '\n' || line_break == "\n");
    if marked.chars().all(is_fine) {
        return marked;
    }
    let mut out = String::with_capacity(marked.len() + 16);
    let mut characters = marked.chars().peekable();
    while let Some(character) = characters.next() {
        match character {
            '\t' => out.push_str(TAB),
            '\r' => {
                characters.next_if_eq(&'\n');
                out.push_str(line_break);
            }
            '\n' => out.push_str(line_break),
            _ => out.push(character),
        }
    }
    Cow::Owned(out)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::super::hidden::is_hidden;
    use super::*;

    #[test]
    fn one_line_stays_one_line() {
        assert_eq!(screen("a\r\nb\nc\rd\te"), "a↵b↵c↵d    e");
    }

    #[test]
    fn several_lines_keep_their_breaks() {
        assert_eq!(screen_lines("a\r\nb\n\nc\rd\te"), "a\nb\n\nc\nd    e");
    }

    #[test]
    fn clean_text_is_borrowed() {
        assert!(matches!(screen("Container runs as root"), Cow::Borrowed(_)));
        assert!(matches!(screen_lines("one\ntwo"), Cow::Borrowed(_)));
    }

    proptest! {
        #[test]
        fn nothing_hidden_reaches_the_screen(text in any::<String>()) {
            let emoji_parts = ['\u{200d}', '\u{fe0f}'];
            let shown = screen(&text);
            prop_assert!(!shown.chars().any(|c| is_hidden(c) && !emoji_parts.contains(&c)));
            let lines = screen_lines(&text);
            prop_assert!(
                !lines.chars().any(|c| is_hidden(c) && c != '\n' && !emoji_parts.contains(&c))
            );
        }

        #[test]
        fn showing_twice_changes_nothing(text in any::<String>()) {
            let once = screen_lines(&text).into_owned();
            prop_assert_eq!(screen_lines(&once), once.as_str());
        }
    }
}
