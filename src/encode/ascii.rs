//! Frames and signs of the program for terminals that have only ASCII. Each becomes one character, so
//! that nothing on the screen moves.
//!
//! Not for letters: an answer in Greek or with umlauts stays as it was typed.

use std::borrow::Cow;

/// The sign of the program, or the mark of the encoder, that stands for this character in ASCII.
pub const fn ascii_sign(character: char) -> Option<char> {
    Some(match character {
        '─' | '╌' | '┄' | '—' | '–' | '−' | '‐' | '‑' => '-',
        '━' | '═' => '=',
        '│' | '┃' | '║' | '┆' => '|',
        '┌' | '┐' | '└' | '┘' | '├' | '┤' | '┬' | '┴' | '┼' | '╭' | '╮' | '╰' | '╯' => {
            '+'
        }
        '┏' | '┓' | '┗' | '┛' | '┣' | '┫' | '┳' | '┻' | '╋' | '█' | '▇' | '▓' => {
            '#'
        }
        '●' | '◆' | '◉' | '■' => '*',
        '○' | '◇' | '□' => 'o',
        '·' | '…' | '•' | '▒' | '░' => '.',
        '✓' | '✔' | '×' => 'x',
        '▲' => '!',
        '△' | '↑' => '^',
        '▶' | '►' | '›' | '→' | '»' => '>',
        '◀' | '◄' | '‹' | '←' | '«' => '<',
        '↓' | '▼' | '▾' => 'v',
        '↵' => '$',
        '‘' | '’' => '\'',
        '“' | '”' => '"',
        '\u{a0}' => ' ',
        _ => return None,
    })
}

/// A text in which every frame and sign of the program is ASCII.
pub fn ascii(text: &str) -> Cow<'_, str> {
    if text
        .chars()
        .all(|character| ascii_sign(character).is_none())
    {
        return Cow::Borrowed(text);
    }
    text.chars()
        .map(|character| ascii_sign(character).unwrap_or(character))
        .collect::<String>()
        .into()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn signs_become_ascii_and_answers_stay() {
        assert_eq!(ascii("┏━ ● Zoë – saving… ┓"), "#= * Zoë - saving. #");
        assert!(matches!(ascii("größer"), Cow::Borrowed(_)));
    }
}
