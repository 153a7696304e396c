//! The small grammar of the benchmark tools' text output: what kind of line is this?
//!
//! Not for what a line means in its place: a line of the remediation section looks exactly like a
//! check, and only [`super::text`] knows where it stands. No regular expressions: this is the path
//! that every line of a report takes.

use super::raw::Word;

/// How far into a line its word may stand, after list marks, quotes, times or a service's name.
const LONGEST_PREFIX: usize = 96;

/// One line.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Line<'t> {
    /// Nothing, or blanks.
    Blank,
    /// `[WARN] 5.10 - Ensure …`, or a heading that looks the same.
    Check {
        /// The word.
        word: Word,
        /// Such as `5.10`, `2.2.a` or `V-242390`.
        number: &'t str,
        /// What follows, never empty.
        title: &'t str,
        /// Whether a dash stands between them.
        dash: bool,
    },
    /// `[WARN]      * Running as root: web`
    Detail(&'t str),
    /// A word without a number.
    Remark(Word, &'t str),
    /// `[INFO] Checks: 117`
    Checks(usize),
    /// `[INFO] Score: -14`
    Score,
    /// `Initializing 2031-02-03T04:05:06+00:00`
    RunStart(&'t str),
    /// `# Docker Bench for Security v1.6.0`, with the version.
    Banner(&'t str),
    /// `# Based on the CIS Docker Benchmark 1.6.0.`
    Benchmark(&'t str),
    /// Another line of the banner.
    Comment,
    /// `Section A - Check results`
    SectionA,
    /// `Section B - Remediation measures`
    SectionB,
    /// `Section C - Score`
    SectionC,
    /// `== Remediations master ==`
    Remediations,
    /// `== Summary master ==`, with the name.
    Summary(&'t str),
    /// `19 checks PASS`
    SummaryCount(usize, Word),
    /// A tab and a blank, then raw output of an audit command.
    Raw(&'t str),
    /// The beginning or end of a Markdown code block.
    Fence,
    /// Anything else.
    Other(&'t str),
}

/// What a line is, and how many bytes of noise stand before its word.
pub fn classify(line: &str) -> (usize, Line<'_>) {
    match find_word(line.as_bytes()) {
        Some((start, word)) => (start, after_word(word, &line[start + 6..])),
        None => (0, without_word(line)),
    }
}

/// What a line without a word is.
pub fn without_word(line: &str) -> Line<'_> {
    let text = uncoloured(line.trim_end());
    let bytes = text.as_bytes();
    match bytes.first() {
        None => return Line::Blank,
        Some(b'\t') if line.starts_with("\t ") => return Line::Raw(&line[2..]),
        Some(b'#') => return banner(text),
        Some(b'=') => {
            if let Some(name) = text
                .strip_prefix("== ")
                .and_then(|rest| rest.strip_suffix("=="))
            {
                let name = name.trim_end();
                if name == "Remediations" || name.starts_with("Remediations ") {
                    return Line::Remediations;
                }
                if let Some(name) = name.strip_prefix("Summary") {
                    return Line::Summary(name.trim());
                }
            }
        }
        Some(b'I') => {
            if let Some(rest) = text.strip_prefix("Initializing") {
                return Line::RunStart(rest.trim());
            }
        }
        Some(b'S') => match text.get(..11) {
            Some("Section A -") => return Line::SectionA,
            Some("Section B -") => return Line::SectionB,
            Some("Section C -") => return Line::SectionC,
            _ => {}
        },
        Some(b'0'..=b'9') => {
            if let Some((count, word)) = summary_count(text) {
                return Line::SummaryCount(count, word);
            }
        }
        Some(b'`' | b'~') if text.starts_with("```") || text.starts_with("~~~") => {
            return Line::Fence;
        }
        _ => {}
    }
    let indented = text.trim_start();
    if indented.is_empty() {
        Line::Blank
    } else if indented.starts_with("```") {
        Line::Fence
    } else {
        Line::Other(text)
    }
}

/// A line without a colour as web pages write it.
fn uncoloured(line: &str) -> &str {
    line.strip_prefix("<span")
        .and_then(|rest| rest.strip_suffix("</span>"))
        .and_then(|rest| rest.split_once('>'))
        .map_or(line, |(_, inner)| inner)
}

/// Where the word in square brackets begins, if the line has one at a place that makes sense.
fn find_word(bytes: &[u8]) -> Option<(usize, Word)> {
    if bytes.first() == Some(&b'[')
        && let Some(word) = word_at(bytes)
    {
        return Some((0, word));
    }
    if bytes.starts_with(b"\t ") {
        return None;
    }
    let searched = &bytes[..bytes.len().min(LONGEST_PREFIX)];
    let mut from = 0;
    while let Some(found) = searched[from..].iter().position(|byte| *byte == b'[') {
        let at = from + found;
        if let Some(word) = word_at(&bytes[at..])
            && is_noise(&bytes[..at])
        {
            return Some((at, word));
        }
        from = at + 1;
    }
    None
}

fn word_at(bytes: &[u8]) -> Option<Word> {
    match bytes.get(..6)? {
        b"[PASS]" => Some(Word::Pass),
        b"[WARN]" => Some(Word::Warn),
        b"[FAIL]" => Some(Word::Fail),
        b"[INFO]" => Some(Word::Info),
        b"[NOTE]" => Some(Word::Note),
        _ => None,
    }
}

/// Whether what stands before a word may be skipped: list marks, quotes, prompts, times, the name
/// of a service, or a colour whose escape character got lost. A quotation mark may not: that is
/// program text about reports.
fn is_noise(prefix: &[u8]) -> bool {
    match prefix.last() {
        Some(last) if last.is_ascii_whitespace() => true,
        Some(b'>' | b'|' | b'*' | b'`' | b'#' | b'-' | b':' | b'~' | 0xA0) => true,
        Some(b'm') => prefix.contains(&b'['),
        _ => false,
    }
}

fn after_word(word: Word, rest: &str) -> Line<'_> {
    let rest = rest
        .strip_prefix("[0m")
        .or_else(|| rest.strip_prefix("**"))
        .or_else(|| rest.strip_prefix('`'))
        .or_else(|| rest.strip_prefix("</span>"))
        .unwrap_or(rest);
    let text = rest.trim();
    if text.is_empty() || !rest.starts_with([' ', '\t', '\u{a0}']) {
        return Line::Other(text);
    }
    if let Some(detail) = text.strip_prefix('*')
        && (detail.is_empty() || detail.starts_with(' '))
    {
        return Line::Detail(detail.trim_start());
    }
    if let Some((number, after)) = split_number(text) {
        let after = after.trim_start();
        let dashed = ["-", "\u{2013}", "\u{2014}"]
            .iter()
            .find_map(|dash| after.strip_prefix(dash))
            .filter(|title| title.is_empty() || title.starts_with([' ', '\u{a0}']));
        let title = dashed.unwrap_or(after).trim_start();
        return if title.is_empty() {
            Line::Other(text)
        } else {
            Line::Check {
                word,
                number,
                title,
                dash: dashed.is_some(),
            }
        };
    }
    if let Some(count) = text.strip_prefix("Checks: ") {
        if let Ok(count) = count.parse() {
            return Line::Checks(count);
        }
    } else if let Some(score) = text.strip_prefix("Score: ")
        && score.parse::<i64>().is_ok()
    {
        return Line::Score;
    }
    Line::Remark(word, text)
}

/// The number at the beginning of a text, if one stands there with a blank after it.
pub fn split_number(text: &str) -> Option<(&str, &str)> {
    let length = number_length(text.as_bytes())?;
    let after = &text[length..];
    after
        .starts_with([' ', '\t', '\u{a0}'])
        .then(|| (&text[..length], after))
}

/// Whether a text is a number such as `5.10`, `2.2.a`, `1.1.37b`, `C.5.3.1` or `V-242390`.
pub fn is_number(text: &str) -> bool {
    number_length(text.as_bytes()) == Some(text.len())
}

fn number_length(bytes: &[u8]) -> Option<usize> {
    const LONGEST: usize = 24;
    const LONGEST_PART: usize = 6;
    let digits = |from: usize| {
        let count = bytes[from..]
            .iter()
            .take(LONGEST_PART + 1)
            .take_while(|byte| byte.is_ascii_digit())
            .count();
        (1..=LONGEST_PART).contains(&count).then_some(from + count)
    };
    let mut end = match bytes {
        [b'V', b'-', ..] => return digits(2),
        [b'C' | b'c', b'.', ..] => digits(2)?,
        [b'0'..=b'9', ..] => digits(0)?,
        _ => return None,
    };
    while bytes.get(end) == Some(&b'.') {
        match digits(end + 1) {
            Some(next) => end = next,
            None => break,
        }
    }
    if bytes.get(end).is_some_and(u8::is_ascii_lowercase) {
        end += 1;
    }
    if bytes.get(end) == Some(&b'.') && bytes.get(end + 1).is_some_and(u8::is_ascii_lowercase) {
        end += 2;
    }
    (end <= LONGEST).then_some(end)
}

fn summary_count(text: &str) -> Option<(usize, Word)> {
    let (count, word) = text.split_once(" checks ")?;
    Some((count.parse().ok()?, Word::parse(word)?))
}

fn banner(text: &str) -> Line<'_> {
    let text = text.trim_start_matches('#').trim();
    if let Some((_, version)) = text.split_once("Docker Bench for Security") {
        Line::Banner(version.trim().trim_start_matches('v'))
    } else if text.contains("CIS Docker") && text.contains("Benchmark") {
        Line::Benchmark(text)
    } else {
        Line::Comment
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use pretty_assertions::assert_eq;

    fn check<'t>(word: Word, number: &'t str, title: &'t str, dash: bool) -> Line<'t> {
        Line::Check {
            word,
            number,
            title,
            dash,
        }
    }

    #[test]
    fn checks_of_all_tools_are_recognised() {
        for (line, expected) in [
            (
                "[WARN] 1.1  - Ensure a partition",
                check(Word::Warn, "1.1", "Ensure a partition", true),
            ),
            (
                "[PASS] 1.10 - Ensure auditing",
                check(Word::Pass, "1.10", "Ensure auditing", true),
            ),
            (
                "[FAIL] 2.2.b Ensure the level",
                check(Word::Fail, "2.2.b", "Ensure the level", false),
            ),
            (
                "[FAIL] 1.1.37a Ensure --audit-log-path",
                check(Word::Fail, "1.1.37a", "Ensure --audit-log-path", false),
            ),
            (
                "[WARN] V-242390 \tThe API server",
                check(Word::Warn, "V-242390", "The API server", false),
            ),
            (
                "[PASS] C.5.3.1  - Ensure CAP_SYS_ADMIN",
                check(Word::Pass, "C.5.3.1", "Ensure CAP_SYS_ADMIN", true),
            ),
            (
                "[INFO] 5 - Container Runtime",
                check(Word::Info, "5", "Container Runtime", true),
            ),
            (
                "[FAIL] 4.2.1 - - dash in the title",
                check(Word::Fail, "4.2.1", "- dash in the title", true),
            ),
        ] {
            assert_eq!(classify(line).1, expected);
        }
    }

    #[test]
    fn a_number_without_blank_or_title_is_no_check() {
        for line in [
            "[WARN] 5.1",
            "[WARN] 5.1 -",
            "[WARN] 5.1-5.28 - many",
            "[WARN]5.1 - x",
            "[warn] 5.1 - x",
        ] {
            assert!(!matches!(classify(line).1, Line::Check { .. }), "{line}");
        }
    }

    #[test]
    fn noise_before_the_word_is_skipped() {
        for line in [
            "> [WARN] 5.10 - Memory",
            "  - [WARN] 5.10 - Memory",
            "# [WARN] 5.10 - Memory",
            "9.a [WARN] 5.10 - Memory",
            "bench-1  | [WARN] 5.10 - Memory",
            "2031-02-03T04:05:06.0000001Z [WARN] 5.10 - Memory",
            "**[WARN]** 5.10 - Memory",
            "`[WARN]` 5.10 - Memory",
            "[1;31m[WARN][0m 5.10 - Memory",
            "<span style=\"color:red\">[WARN]</span> 5.10 - Memory",
        ] {
            let expected = check(Word::Warn, "5.10", "Memory", true);
            assert_eq!(classify(line).1, expected, "{line}");
        }
        assert!(matches!(
            classify("text = \"[WARN] 5.10 - Memory").1,
            Line::Other(_)
        ));
    }

    #[test]
    fn details_marks_and_tails_are_recognised() {
        for (line, expected) in [
            (
                "[INFO]      * File not found",
                Line::Detail("File not found"),
            ),
            (
                "[WARN] * collapsed blanks",
                Line::Detail("collapsed blanks"),
            ),
            ("\t raw output", Line::Raw("raw output")),
            ("[INFO] Checks: 117", Line::Checks(117)),
            ("[INFO] Score: -14", Line::Score),
            ("19 checks PASS", Line::SummaryCount(19, Word::Pass)),
            ("== Summary master ==", Line::Summary("master")),
            ("== Summary ==", Line::Summary("")),
            ("== Remediations ==", Line::Remediations),
            (
                "<span style=\"color:red\">== Remediations ==</span>",
                Line::Remediations,
            ),
            ("Section B - Remediation measures", Line::SectionB),
            ("Initializing Sel Mei 1", Line::RunStart("Sel Mei 1")),
            ("# Docker Bench for Security v1.3.4", Line::Banner("1.3.4")),
            ("# ------", Line::Comment),
            ("```text", Line::Fence),
            (" \t", Line::Blank),
            (
                "[INFO] Ensure that experimental features are not used",
                Line::Remark(Word::Info, "Ensure that experimental features are not used"),
            ),
        ] {
            assert_eq!(classify(line).1, expected, "{line}");
        }
    }
}
