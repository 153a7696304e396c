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
        let mut sum = 0;
        each_grapheme(text, |_, _, width| sum += width);
        sum
    }
}

/// Whether every byte is a character of one column. In pieces without a way out, which the compiler
/// turns into a few instructions each.
fn is_plain(text: &str) -> bool {
    let all = |piece: &[u8]| {
        piece
            .iter()
            .fold(true, |all, byte| all & is_plain_byte(*byte))
    };
    text.as_bytes().chunks(64).all(all)
}

/// How many bytes at the start of a text are characters of one column, whatever follows them: the last one
/// before another character may be one with it.
pub fn plain_start(text: &str) -> usize {
    if is_plain(text) {
        return text.len();
    }
    let is_other = |byte: &u8| !is_plain_byte(*byte);
    let plain = text.bytes().position(|byte| is_other(&byte));
    plain.map_or(text.len(), |plain| plain.saturating_sub(1))
}

const fn is_plain_byte(byte: u8) -> bool {
    byte.wrapping_sub(b' ') < b'\x7f' - b' '
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
    if is_plain(paragraph) {
        return wrap_plain(paragraph.as_bytes(), offset, columns, lines);
    }
    let mut line_start = 0;
    let mut line_width = 0;
    // The end of the last blank in the line: where it may be broken, and the width up to there.
    let mut break_at: Option<(usize, usize)> = None;
    each_grapheme(paragraph, |at, grapheme, grapheme_width| {
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
    });
    lines.push(offset + line_start..offset + paragraph.len());
}

/// The same where a byte is a column: from line to line, and not from letter to letter.
fn wrap_plain(paragraph: &[u8], offset: usize, columns: usize, lines: &mut Vec<Range<usize>>) {
    let mut start = 0;
    loop {
        let beyond = paragraph.get(start + columns..).unwrap_or_default();
        // Blanks may stand beyond the border; the first letter there belongs to the next line.
        let Some(letter) = beyond.iter().position(|byte| *byte != b' ') else {
            lines.push(offset + start..offset + paragraph.len());
            return;
        };
        let letter = start + columns + letter;
        let blank = paragraph[start..letter]
            .iter()
            .rposition(|byte| *byte == b' ');
        let end = blank.map_or(letter, |blank| start + blank + 1);
        lines.push(offset + start..offset + end);
        start = end;
    }
}

/// Every grapheme with its place and its columns. Between two plain characters there is always a
/// border, so only what stands around others goes through the tables of Unicode.
fn each_grapheme(text: &str, mut take: impl FnMut(usize, &str, usize)) {
    let bytes = text.as_bytes();
    let is_border = |at: usize| {
        bytes
            .get(at)
            .is_none_or(|byte| is_plain_byte(*byte) && is_plain_byte(bytes[at - 1]))
    };
    let mut at = 0;
    while at < bytes.len() {
        let mut end = at + 1;
        if is_plain_byte(bytes[at]) && is_border(end) {
            take(at, &text[at..end], 1);
        } else {
            while !is_border(end) {
                end += 1;
            }
            for (offset, grapheme) in text[at..end].grapheme_indices(true) {
                take(at + offset, grapheme, width_of(grapheme));
            }
        }
        at = end;
    }
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

    /// The columns of each grapheme of a text, one by one.
    fn slowly(text: &str) -> Vec<(usize, String, usize)> {
        text.grapheme_indices(true)
            .map(|(at, grapheme)| (at, grapheme.to_owned(), width_of(grapheme)))
            .collect()
    }

    /// Letter by letter, as [`wrap_plain`] does not do it.
    fn wrapped_slowly(text: &str, columns: usize) -> Vec<String> {
        let (mut lines, mut start, mut after_blank) = (Vec::new(), 0, None);
        for (at, letter) in text.char_indices() {
            if letter == ' ' {
                after_blank = Some(at + 1);
            } else if at - start >= columns {
                let end = after_blank.take().unwrap_or(at);
                lines.push(text[start..end].to_owned());
                start = end;
            }
        }
        lines.push(text[start..].to_owned());
        lines
    }

    proptest! {
        #[test]
        fn a_plain_text_is_wrapped_line_by_line_as_letter_by_letter(
            text in "[a-c ]{0,60}",
            columns in 1_usize..12,
        ) {
            prop_assert_eq!(wrapped(&text, columns), wrapped_slowly(&text, columns));
        }

        #[test]
        fn graphemes_are_those_of_unicode(
            text in "[ab \u{600}é\u{301}👩\u{200d}🇩🇪\u{fe0f}1\u{20e3}\r\t]{0,24}",
        ) {
            let mut found = Vec::new();
            each_grapheme(&text, |at, grapheme, width| found.push((at, grapheme.to_owned(), width)));
            prop_assert_eq!(found, slowly(&text));
        }

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
