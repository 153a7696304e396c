//! Breaks a text into the lines that fit a width: by words, and words that are too long by
//! graphemes. Works on byte ranges, so that a cursor can be found on the screen and back.
//!
//! Not for styling: see [`super::edit`] and the widgets.

use std::ops::Range;

use unicode_segmentation::UnicodeSegmentation;
use unicode_width::UnicodeWidthStr;

use crate::encode;

/// The columns that a grapheme takes on the screen, marks for control characters included.
pub fn width_of(grapheme: &str) -> usize {
    if let [byte] = grapheme.as_bytes()
        && (b' '..=b'~').contains(byte)
    {
        return 1;
    }
    encode::screen(grapheme).width()
}

/// The columns that a text without line breaks takes.
pub fn width(text: &str) -> usize {
    if is_plain(text) {
        text.len()
    } else {
        text.graphemes(true).map(width_of).sum()
    }
}

fn is_plain(text: &str) -> bool {
    text.bytes().all(|byte| (b' '..=b'~').contains(&byte))
}

/// The lines of `text` at `columns`, as ranges of bytes. Line breaks belong to no range; blanks at
/// the end of a wrapped line belong to it, though they may stand beyond the border. There is
/// always at least one line.
pub fn lines(text: &str, columns: usize) -> Vec<Range<usize>> {
    let columns = columns.max(1);
    let mut lines = Vec::new();
    let mut start = 0;
    for paragraph in text.split('\n') {
        wrap_paragraph(paragraph, start, columns, &mut lines);
        start += paragraph.len() + 1;
    }
    lines
}

fn wrap_paragraph(paragraph: &str, offset: usize, columns: usize, lines: &mut Vec<Range<usize>>) {
    let plain = is_plain(paragraph);
    if plain && paragraph.len() <= columns {
        lines.push(offset..offset + paragraph.len());
        return;
    }
    let mut line_start = 0;
    let mut line_width = 0;
    // The end of the last blank in the line: where it may be broken, and the width up to there.
    let mut break_at: Option<(usize, usize)> = None;
    let mut place = |at: usize, grapheme: &str, grapheme_width: usize| {
        let blank = grapheme == " " || grapheme == "\t";
        if line_width + grapheme_width > columns && !blank && line_width > 0 {
            let (end, width_before) = break_at.unwrap_or((at, line_width));
            lines.push(offset + line_start..offset + end);
            line_start = end;
            line_width -= width_before;
            break_at = None;
        }
        line_width += grapheme_width;
        if blank {
            break_at = Some((at + grapheme.len(), line_width));
        }
    };
    if plain {
        for at in 0..paragraph.len() {
            place(at, &paragraph[at..=at], 1);
        }
    } else {
        for (at, grapheme) in paragraph.grapheme_indices(true) {
            place(at, grapheme, width_of(grapheme));
        }
    }
    lines.push(offset + line_start..offset + paragraph.len());
}

/// The start of a text that fits `columns`, with an ellipsis where something was cut off.
pub fn fitted(text: &str, columns: usize) -> String {
    let line = text.lines().next().unwrap_or_default();
    if width(line) <= columns && line.len() == text.len() {
        return encode::screen(line).into_owned();
    }
    let mut fitted = String::new();
    let mut used = 0;
    for grapheme in line.graphemes(true) {
        let next = width_of(grapheme);
        if used + next + 1 > columns {
            break;
        }
        fitted.push_str(&encode::screen(grapheme));
        used += next;
    }
    if columns > 0 {
        fitted.push('…');
    }
    fitted
}

#[cfg(test)]
mod tests {
    use pretty_assertions::assert_eq;
    use proptest::prelude::*;

    use super::*;

    fn wrapped(text: &str, columns: usize) -> Vec<&str> {
        lines(text, columns)
            .into_iter()
            .map(|range| &text[range])
            .collect()
    }

    #[test]
    fn breaks_at_words_and_keeps_the_blank_before() {
        assert_eq!(wrapped("one two three", 8), ["one two ", "three"]);
        assert_eq!(wrapped("one two", 7), ["one two"]);
    }

    #[test]
    fn a_word_that_is_too_long_is_broken_inside() {
        assert_eq!(wrapped("abcdefgh", 3), ["abc", "def", "gh"]);
        assert_eq!(wrapped("x abcdefgh", 4), ["x ", "abcd", "efgh"]);
    }

    #[test]
    fn keeps_empty_lines_and_the_last_one() {
        assert_eq!(wrapped("a\n\nb\n", 5), ["a", "", "b", ""]);
        assert_eq!(wrapped("", 5), [""]);
    }

    #[test]
    fn wide_characters_count_two_columns() {
        assert_eq!(wrapped("漢字漢字", 4), ["漢字", "漢字"]);
    }

    #[test]
    fn a_text_is_cut_with_an_ellipsis() {
        assert_eq!(fitted("privileged container", 10), "privilege…");
        assert_eq!(fitted("short", 10), "short");
        assert_eq!(fitted("two\nlines", 10), "two…");
    }

    proptest! {
        #[test]
        fn lines_put_together_are_the_text(text in "[a-z 漢é\u{301}\n\t]{0,60}", columns in 1_usize..12) {
            let ranges = lines(&text, columns);
            let mut at = 0;
            for range in &ranges {
                prop_assert!(range.start == at || range.start == at + 1);
                if range.start == at + 1 {
                    prop_assert_eq!(&text[at..range.start], "\n");
                }
                at = range.end;
            }
            prop_assert_eq!(at, text.len());
        }
    }
}
