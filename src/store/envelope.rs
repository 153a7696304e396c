//! The first and the last line of a session file: which format, which save, and a checksum.
//!
//! Not for what stands between them: see [`super::encode()`] and [`super::decode()`].

use super::courtesy::checksum;
use crate::session::types::FORMAT;

/// How the first line begins.
const FIRST: &str = "// astride session, format ";
/// What stands between the two numbers of the first line.
const SAVE: &str = ", save ";
/// How the last line begins.
const LAST: &str = "// checksum: ";
/// No first line is longer, so nothing beyond is looked at.
const LONGEST_FIRST: usize = 80;
/// How long the last line is: eight digits and a line end.
const LENGTH_OF_LAST: usize = LAST.len() + 9;

/// Whether a file is as Astride wrote it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Integrity {
    /// The checksum holds: not one byte of meaning was changed since it was saved.
    Intact,
    /// There is a checksum and it does not hold: changed by hand, by a merge, or by a bad disk.
    ChangedOutside,
    /// There is no checksum: written by hand or by another program.
    NoChecksum,
}

/// What the first line says.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct FirstLine {
    /// The format of the file.
    pub format: u64,
    /// Which save of the session this is.
    pub sequence: Option<u64>,
}

/// What the first line says, if it is there. Works on bytes, so that a damaged file still tells
/// which save it was, and a newer format is noticed before anything else is understood.
pub(super) fn first_line(bytes: &[u8]) -> Option<FirstLine> {
    let bytes = bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(bytes);
    let end = bytes
        .iter()
        .take(LONGEST_FIRST)
        .position(|byte| matches!(byte, b'\n' | b'\r'))?;
    let line = std::str::from_utf8(&bytes[..end]).ok()?;
    let numbers = line.strip_prefix(FIRST)?;
    let (format, sequence) = match numbers.split_once(SAVE) {
        Some((format, sequence)) => (format, Some(sequence.parse().ok()?)),
        None => (numbers, None),
    };
    Some(FirstLine {
        format: format.parse().ok()?,
        sequence,
    })
}

/// The whole file around `document`, which ends with a line end.
pub(super) fn wrap(document: &str, sequence: u64) -> String {
    let mut text = begin(sequence, document.len());
    text.push_str(document);
    end(&mut text);
    text
}

/// The first line, with room for a document of so many bytes.
pub(super) fn begin(sequence: u64, document: usize) -> String {
    let line = format!("{FIRST}{FORMAT}{SAVE}{sequence}\n");
    let mut text = String::with_capacity(line.len() + document + LENGTH_OF_LAST);
    text.push_str(&line);
    text
}

/// Adds the last line to what [`begin`] began and a document ended.
pub(super) fn end(text: &mut String) {
    let checksum = format!("{:08x}", checksum(text.as_bytes()));
    text.extend([LAST, &checksum, "\n"]);
}

/// Compares the last line with what stands before it.
///
/// Line ends that were turned into CR LF, as git does on Windows, are not a change, unless a text
/// of the session itself goes over several lines of the file (`text_spans_lines`): those line ends
/// are part of what somebody wrote.
pub(super) fn integrity(text: &str, text_spans_lines: bool) -> Integrity {
    let broken = || {
        if text.contains(&format!("\n{LAST}")) {
            Integrity::ChangedOutside
        } else {
            Integrity::NoChecksum
        }
    };
    let Some(lines) = text.strip_suffix('\n') else {
        return broken();
    };
    let (before, last) = lines.split_at(lines.rfind('\n').map_or(0, |end| end + 1));
    let Some(written) = last.strip_prefix(LAST) else {
        return broken();
    };
    let holds = |text: &str, written: &str| written == format!("{:08x}", checksum(text.as_bytes()));
    let holds = holds(before, written)
        || !text_spans_lines
            && written
                .strip_suffix('\r')
                .is_some_and(|written| holds(&before.replace("\r\n", "\n"), written));
    if holds {
        Integrity::Intact
    } else {
        Integrity::ChangedOutside
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_first_line_tells_format_and_save() {
        let text = wrap("()\n", 12);
        let expected = FirstLine {
            format: u64::from(FORMAT),
            sequence: Some(12),
        };
        assert_eq!(first_line(text.as_bytes()), Some(expected));
        let future = first_line(b"// astride session, format 9\n").unwrap();
        assert_eq!((future.format, future.sequence), (9, None));
    }

    #[test]
    fn anything_else_is_not_a_first_line() {
        for other in [
            "",
            "()",
            "// astride session, format\n",
            "// astride session, format x, save 1\n",
            "// astride session, format 1, save -1\n",
            "// astride session, format 1, save 99999999999999999999\n",
        ] {
            assert_eq!(first_line(other.as_bytes()), None, "{other:?}");
        }
    }

    #[test]
    fn the_checksum_holds_only_for_what_was_written() {
        let text = wrap("(a)\n", 1);
        assert_eq!(integrity(&text, false), Integrity::Intact);
        let changed = text.replace("(a)", "(b)");
        assert_eq!(integrity(&changed, false), Integrity::ChangedOutside);
        let added = format!("{text}// a note\n");
        assert_eq!(integrity(&added, false), Integrity::ChangedOutside);
        assert_eq!(integrity("(a)\n", false), Integrity::NoChecksum);
        assert_eq!(integrity("", false), Integrity::NoChecksum);
    }

    #[test]
    fn line_ends_changed_by_git_are_no_change_outside_texts() {
        let text = wrap("(\n    a,\n)\n", 1).replace('\n', "\r\n");
        assert_eq!(integrity(&text, false), Integrity::Intact);
        assert_eq!(integrity(&text, true), Integrity::ChangedOutside);
    }
}
