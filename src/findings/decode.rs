//! Bytes in, plain text out: encodings, terminal escapes, line ends.
//!
//! Not for meaning: what a line says is [`super::grammar`]'s. Nothing here copies character by
//! character: clean text is borrowed as it is, the rest is copied in runs.

use std::borrow::Cow;

/// How the bytes were written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Encoding {
    /// UTF-8, or ASCII, which is the same here.
    Utf8,
    /// UTF-16, low byte first, as older Windows shells redirect output.
    Utf16LittleEndian,
    /// UTF-16, high byte first.
    Utf16BigEndian,
    /// None of these: what is not UTF-8 is replaced.
    Damaged,
}

/// Text without byte order mark and terminal escapes.
#[derive(Debug)]
pub struct Decoded<'b> {
    /// The text.
    pub text: Cow<'b, str>,
    /// How it was written.
    pub encoding: Encoding,
}

/// Makes text of bytes. Never fails: what cannot be decoded is replaced.
pub fn decode(bytes: &[u8]) -> Decoded<'_> {
    let (text, encoding) = match bytes {
        [0xEF, 0xBB, 0xBF, rest @ ..] => utf8(rest),
        [0xFF, 0xFE, rest @ ..] => utf16(rest, Encoding::Utf16LittleEndian),
        [0xFE, 0xFF, rest @ ..] => utf16(rest, Encoding::Utf16BigEndian),
        _ => match utf16_without_mark(bytes) {
            Some(encoding) => utf16(bytes, encoding),
            None => utf8(bytes),
        },
    };
    Decoded {
        text: without_escapes(text),
        encoding,
    }
}

fn utf8(bytes: &[u8]) -> (Cow<'_, str>, Encoding) {
    match std::str::from_utf8(bytes) {
        Ok(text) => (Cow::Borrowed(text), Encoding::Utf8),
        Err(_) => (String::from_utf8_lossy(bytes), Encoding::Damaged),
    }
}

fn utf16(bytes: &[u8], encoding: Encoding) -> (Cow<'_, str>, Encoding) {
    let units = bytes.as_chunks::<2>().0.iter().map(|pair| match encoding {
        Encoding::Utf16BigEndian => u16::from_be_bytes(*pair),
        _ => u16::from_le_bytes(*pair),
    });
    let mut text = String::with_capacity(bytes.len() / 2 + 16);
    text.extend(char::decode_utf16(units).map(|one| one.unwrap_or(char::REPLACEMENT_CHARACTER)));
    (Cow::Owned(text), encoding)
}

/// Recognises UTF-16 by its zero bytes: reports are ASCII for the most part, so that every other
/// byte is zero.
fn utf16_without_mark(bytes: &[u8]) -> Option<Encoding> {
    const LOOKED_AT: usize = 4096;
    let pairs = bytes[..bytes.len().min(LOOKED_AT)].as_chunks::<2>().0;
    if pairs.len() < 2 {
        return None;
    }
    let first = pairs.iter().filter(|pair| pair[0] == 0).count();
    let second = pairs.iter().filter(|pair| pair[1] == 0).count();
    let most = pairs.len() * 3 / 5;
    match (first, second) {
        (few, many) if many > most && few < pairs.len() / 5 => Some(Encoding::Utf16LittleEndian),
        (many, few) if many > most && few < pairs.len() / 5 => Some(Encoding::Utf16BigEndian),
        _ => None,
    }
}

/// Drops colours, cursor movements, titles and the like.
pub fn without_escapes(text: Cow<'_, str>) -> Cow<'_, str> {
    if !text.contains('\u{1b}') {
        return text;
    }
    let mut clean = String::with_capacity(text.len());
    let mut rest = text.as_ref();
    while let Some(at) = rest.find('\u{1b}') {
        clean.push_str(&rest[..at]);
        rest = after_escape(&rest[at + 1..]);
    }
    clean.push_str(rest);
    Cow::Owned(clean)
}

/// The text after one escape sequence whose escape character is already taken. A sequence never
/// reaches beyond its line, so that one without an end cannot swallow a report.
fn after_escape(text: &str) -> &str {
    let bytes = text.as_bytes();
    match bytes.first() {
        Some(b'[') => {
            let parameters = bytes[1..]
                .iter()
                .take_while(|byte| (0x20..=0x3f).contains(*byte))
                .count();
            match bytes.get(1 + parameters) {
                Some(0x40..=0x7e) => &text[parameters + 2..],
                _ => &text[parameters + 1..],
            }
        }
        Some(b']' | b'P' | b'X' | b'^' | b'_') => {
            // One search for whatever ends it, so that many without an end stay linear.
            let Some(end) = text.find(['\n', '\r', '\u{7}', '\u{1b}', '\u{9c}']) else {
                return "";
            };
            let rest = &text[end..];
            rest.strip_prefix("\u{1b}\\")
                .or_else(|| rest.strip_prefix(['\u{7}', '\u{9c}']))
                .unwrap_or(rest)
        }
        Some(b'(' | b')' | b'*' | b'+' | b'#' | b'%') => match bytes.get(1) {
            Some(0x20..=0x7e) => &text[2..],
            _ => &text[1..],
        },
        Some(0x30..=0x7e) => &text[1..],
        _ => text,
    }
}

/// The lines of a text. They end at a line feed, at a carriage return or at both together.
pub fn lines(text: &str) -> impl Iterator<Item = &str> {
    let text = text.strip_suffix('\n').unwrap_or(text);
    text.split('\n').flat_map(|line| {
        let line = line.trim_end_matches('\r');
        let line = line.strip_prefix('\u{feff}').unwrap_or(line);
        line.split('\r')
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn plain(bytes: &[u8]) -> String {
        decode(bytes).text.into_owned()
    }

    fn utf16_bytes(text: &str, big: bool) -> Vec<u8> {
        text.encode_utf16()
            .flat_map(|unit| {
                if big {
                    unit.to_be_bytes()
                } else {
                    unit.to_le_bytes()
                }
            })
            .collect()
    }

    #[test]
    fn clean_text_is_borrowed() {
        let decoded = decode(b"[PASS] 5.1 - Fine\n");
        assert!(matches!(decoded.text, Cow::Borrowed(_)));
        assert_eq!(decoded.encoding, Encoding::Utf8);
    }

    #[test]
    fn utf16_is_recognised_with_and_without_mark() {
        let text = "[WARN] 5.10 - Memory\r\n";
        for big in [false, true] {
            let bytes = utf16_bytes(text, big);
            assert_eq!(plain(&bytes), text);
            let mut marked = utf16_bytes("\u{feff}", big);
            marked.extend(&bytes);
            assert_eq!(plain(&marked), text);
        }
    }

    #[test]
    fn an_odd_byte_at_the_end_of_utf16_is_dropped() {
        let mut bytes = utf16_bytes("[WARN] 5.10 - Memory", false);
        bytes.pop();
        assert_eq!(plain(&bytes), "[WARN] 5.10 - Memor");
    }

    #[test]
    fn colours_titles_and_clipboard_writes_disappear() {
        let text =
            b"\x1b[1;31m[WARN]\x1b[0m 5.1\x1b]0;title\x07 - a\x1b]52;c;ZWNobw==\x1b\\ b\x1b(B\x1b=c";
        assert_eq!(plain(text), "[WARN] 5.1 - a bc");
    }

    #[test]
    fn an_escape_without_end_stays_in_its_line() {
        assert_eq!(plain(b"a\x1b]0;never\nb\x1b[31\nc\x1b"), "a\nb\nc");
    }

    #[test]
    fn an_escape_before_a_wide_character_does_not_split_it() {
        assert_eq!(plain("a\u{1b}äb".as_bytes()), "aäb");
        assert_eq!(plain("a\u{1b}[äb".as_bytes()), "aäb");
        assert_eq!(plain("a\u{1b}(äb".as_bytes()), "aäb");
        assert_eq!(plain("a\u{1b}]x\u{9c}b".as_bytes()), "ab");
    }

    #[test]
    fn damaged_text_is_replaced_not_refused() {
        let decoded = decode(b"ok \xff\xfe ok");
        assert_eq!(decoded.encoding, Encoding::Damaged);
        assert!(decoded.text.starts_with("ok "));
    }

    #[test]
    fn lines_end_in_every_way() {
        let found: Vec<_> = lines("a\r\nb\rc\r\r\n\nd\n").collect();
        assert_eq!(found, ["a", "b", "c", "", "d"]);
    }
}
