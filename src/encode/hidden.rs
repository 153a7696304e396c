//! Which characters act or hide instead of being seen, and the marks that stand for them.
//!
//! Not for line breaks and tabs: they are kept here, and each encoder says what becomes of them.

use std::borrow::Cow;
use std::fmt::Write as _;

const ZERO_WIDTH_JOINER: char = '\u{200d}';
const EMOJI_SELECTOR: char = '\u{fe0f}';
const KEYCAP: char = '\u{20e3}';

/// The names of the characters below the space.
const CONTROL_NAMES: [&str; 32] = [
    "NUL", "SOH", "STX", "ETX", "EOT", "ENQ", "ACK", "BEL", "BS", "TAB", "LF", "VT", "FF", "CR",
    "SO", "SI", "DLE", "DC1", "DC2", "DC3", "DC4", "NAK", "SYN", "ETB", "CAN", "EM", "SUB", "ESC",
    "FS", "GS", "RS", "US",
];

/// Whether a character steers something or cannot be seen.
///
/// Control characters, line and paragraph separators, bidirectional controls, everything that
/// Unicode wants ignored where it is not understood (zero-width, variation selectors, fillers,
/// tags), the blank Braille pattern, and code points that are no characters.
pub(super) const fn is_hidden(character: char) -> bool {
    matches!(character,
        '\u{0}'..='\u{1f}' | '\u{7f}'..='\u{9f}' | '\u{ad}' | '\u{34f}' | '\u{61c}'
        | '\u{115f}'..='\u{1160}' | '\u{17b4}'..='\u{17b5}' | '\u{180b}'..='\u{180f}'
        | '\u{200b}'..='\u{200f}' | '\u{2028}'..='\u{202e}' | '\u{2060}'..='\u{206f}'
        | '\u{2800}' | '\u{3164}' | '\u{fdd0}'..='\u{fdef}' | '\u{fe00}'..='\u{fe0f}'
        | '\u{feff}' | '\u{ffa0}' | '\u{fff0}'..='\u{fffb}' | '\u{13430}'..='\u{1343f}'
        | '\u{1bca0}'..='\u{1bca3}' | '\u{1d159}' | '\u{1d173}'..='\u{1d17a}'
        | '\u{e0000}'..='\u{e0fff}')
        || (character as u32) & 0xfffe == 0xfffe
}

/// Whether emoji are made of it: wide enough for every emoji, and nothing in it is invisible.
const fn is_emoji(character: char) -> bool {
    matches!(character,
        '\u{a9}' | '\u{ae}' | '\u{203c}' | '\u{2049}' | '\u{2122}' | '\u{2139}'
        | '\u{2194}'..='\u{21aa}' | '\u{231a}'..='\u{23ff}' | '\u{24c2}'
        | '\u{25aa}'..='\u{25fe}' | '\u{2600}'..='\u{27bf}' | '\u{2934}'..='\u{2935}'
        | '\u{2b05}'..='\u{2b55}' | '\u{3030}' | '\u{303d}' | '\u{3297}' | '\u{3299}'
        | '\u{1f000}'..='\u{1faff}')
}

/// Says for each character in turn whether it may be seen as it is.
#[derive(Default)]
struct Watch {
    before: Option<char>,
    in_emoji: bool,
}

impl Watch {
    fn allows(&mut self, character: char, next: Option<char>) -> bool {
        let allowed = match character {
            // Families and professions: one emoji, a joiner, another emoji.
            ZERO_WIDTH_JOINER => self.in_emoji && next.is_some_and(is_emoji),
            EMOJI_SELECTOR => match self.before {
                Some('0'..='9' | '#' | '*') => next == Some(KEYCAP),
                Some(before) => is_emoji(before),
                None => false,
            },
            _ => !is_hidden(character),
        };
        self.in_emoji = match character {
            EMOJI_SELECTOR => allowed && self.in_emoji,
            _ => is_emoji(character),
        };
        self.before = Some(character);
        allowed
    }
}

const fn is_line_break_or_tab(character: char) -> bool {
    matches!(character, '\n' | '\r' | '\t')
}

/// Whether a text has nothing but printable ASCII in it, as most have: it needs no closer look.
pub(super) fn is_plain(text: &str) -> bool {
    all_bytes(text, is_printable)
}

const fn is_printable(byte: u8) -> bool {
    byte.wrapping_sub(b' ') < b'\x7f' - b' '
}

/// In pieces without a way out, which the compiler turns into a few instructions each.
fn all_bytes(text: &str, is_so: impl Fn(u8) -> bool) -> bool {
    let all = |piece: &[u8]| piece.iter().fold(true, |all, byte| all & is_so(*byte));
    text.as_bytes().chunks(64).all(all)
}

/// The text with a mark in the place of everything hidden, except line breaks and tabs.
#[allow(clippy::needless_bitwise_bool)] // one after the other would be a way out
pub(super) fn with_marks(text: &str) -> Cow<'_, str> {
    let is_plain_in_lines = |byte: u8| matches!(byte, b'\n' | b'\r' | b'\t') | is_printable(byte);
    if all_bytes(text, is_plain_in_lines) {
        return Cow::Borrowed(text);
    }
    let mut watch = Watch::default();
    let mut marked = String::new();
    let mut copied = 0;
    let mut characters = text.char_indices().peekable();
    while let Some((at, character)) = characters.next() {
        let next = characters.peek().map(|(_, next)| *next);
        if watch.allows(character, next) || is_line_break_or_tab(character) {
            continue;
        }
        marked.push_str(&text[copied..at]);
        push_mark(&mut marked, character);
        copied = at + character.len_utf8();
    }
    if copied == 0 {
        return Cow::Borrowed(text);
    }
    marked.push_str(&text[copied..]);
    Cow::Owned(marked)
}

fn push_mark(out: &mut String, character: char) {
    let code = character as u32;
    out.push('‹');
    match CONTROL_NAMES.get(code as usize) {
        Some(name) => out.push_str(name),
        None if character == '\u{7f}' => out.push_str("DEL"),
        None => {
            // Writing to a string cannot fail.
            let _ = write!(out, "U+{code:04X}");
        }
    }
    out.push('›');
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_steers_a_terminal_becomes_a_mark() {
        assert_eq!(
            with_marks("a\u{1b}[2Jb\u{7f}\u{9b}c\0"),
            "a‹ESC›[2Jb‹DEL›‹U+009B›c‹NUL›"
        );
    }

    #[test]
    fn what_hides_or_turns_text_becomes_a_mark() {
        for hidden in [
            '\u{202e}',
            '\u{2066}',
            '\u{200b}',
            '\u{200c}',
            '\u{feff}',
            '\u{2028}',
            '\u{2800}',
            '\u{3164}',
            '\u{e0041}',
            '\u{ad}',
            '\u{fffe}',
            '\u{10ffff}',
        ] {
            let text = format!("pay{hidden}load");
            let expected = format!("pay‹U+{:04X}›load", hidden as u32);
            assert_eq!(with_marks(&text), expected);
        }
    }

    #[test]
    fn emoji_stay_whole() {
        for emoji in ["👩‍👩‍👧‍👦", "❤️‍🔥", "1️⃣", "🧑🏽‍💻", "🏳️‍🌈", "©️"]
        {
            assert!(
                matches!(with_marks(emoji), Cow::Borrowed(_)),
                "{emoji} was changed"
            );
        }
    }

    #[test]
    fn joiners_and_selectors_outside_emoji_become_marks() {
        assert_eq!(with_marks("a\u{200d}b"), "a‹U+200D›b");
        assert_eq!(with_marks("👩\u{200d}b"), "👩‹U+200D›b");
        assert_eq!(with_marks("a\u{fe0f}"), "a‹U+FE0F›");
        assert_eq!(with_marks("👩\u{fe0f}\u{fe0f}"), "👩\u{fe0f}‹U+FE0F›");
        assert_eq!(with_marks("1\u{fe0f}2"), "1‹U+FE0F›2");
    }

    #[test]
    fn ordinary_text_is_not_copied() {
        let text = "Größe, 中文, עברית, naïve\n\tline two";
        assert!(matches!(with_marks(text), Cow::Borrowed(_)));
    }
}
