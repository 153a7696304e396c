//! Foreign text inside a message of ours: quoted, escaped, short.

use std::fmt::Write as _;

use super::Foreign;
use super::hidden::is_hidden;

const MAX: usize = 120;

/// The text in double quotes, on one line, with everything hidden escaped (`\n`, `\u{1b}`), at
/// most 120 characters with the quotes. What is too long ends in `…`.
pub fn quoted<'a>(text: impl Into<Foreign<'a>>) -> String {
    let mut out = String::from("\"");
    // The quotes are two characters, and there must be room for the sign that something is cut.
    let mut room = MAX - 2;
    let mut characters = text.into().raw().chars().peekable();
    while let Some(character) = characters.next() {
        let piece = escaped(character);
        let length = piece.chars().count();
        let spare = usize::from(characters.peek().is_some());
        if length + spare > room {
            out.push('…');
            break;
        }
        room -= length;
        out.push_str(&piece);
    }
    out.push('"');
    out
}

fn escaped(character: char) -> String {
    match character {
        '"' => "\\\"".to_owned(),
        '\\' => "\\\\".to_owned(),
        '\n' => "\\n".to_owned(),
        '\r' => "\\r".to_owned(),
        '\t' => "\\t".to_owned(),
        _ if is_hidden(character) => {
            let mut piece = String::new();
            // Writing to a string cannot fail.
            let _ = write!(piece, "\\u{{{:x}}}", character as u32);
            piece
        }
        _ => character.to_string(),
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn quotes_and_controls_are_escaped() {
        assert_eq!(
            quoted("a \"b\"\\\n\u{1b}[2J\u{202e}"),
            r#""a \"b\"\\\n\u{1b}[2J\u{202e}""#
        );
    }

    #[test]
    fn long_text_is_cut_and_says_so() {
        assert_eq!(quoted(&"x".repeat(118)).chars().count(), 120);
        let cut = quoted(&"x".repeat(119));
        assert_eq!(cut.chars().count(), 120);
        assert!(cut.ends_with("x…\""));
    }

    proptest! {
        #[test]
        fn it_is_short_and_harmless(text in any::<String>()) {
            let shown = quoted(&text);
            prop_assert!(shown.chars().count() <= MAX);
            prop_assert!(!shown.chars().any(is_hidden));
        }
    }
}
