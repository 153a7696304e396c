//! The texts that can still be found in a file that does not open, to copy from.
//!
//! Works on any bytes and understands nothing but quotes. Not for making a session out of them:
//! what is damaged is never repaired by guessing.

/// A text found in a damaged file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Salvaged {
    /// The line of the file, from 1.
    pub line: usize,
    /// The name of the field that it was in, where that stands before it.
    pub field: Option<String>,
    /// The text. Foreign text: it goes through the screen's encoder like any other.
    pub text: String,
}

/// Fields that hold ids, numbers, times and words of the program, never what somebody typed.
const NOT_WORDS: [&str; 13] = [
    "id",
    "by",
    "at",
    "created",
    "component",
    "suggestion",
    "surface",
    "profile",
    "brief",
    "control",
    "number",
    "status",
    "printed_status",
];

impl Salvaged {
    /// Whether it may be something that a person wrote. When in doubt it is: a text too many in
    /// a list does no harm.
    pub fn is_words(&self) -> bool {
        match &self.field {
            Some(field) => !NOT_WORDS.contains(&field.as_str()),
            // Lists of ids have no field of their own before each one.
            None => !self.text.bytes().all(|byte| {
                byte.is_ascii_lowercase() || byte.is_ascii_digit() || b"-._".contains(&byte)
            }),
        }
    }
}

/// Every text in double quotes, in the order of the file. Ids and times are among them.
pub fn salvage(bytes: &[u8]) -> Vec<Salvaged> {
    let text = String::from_utf8_lossy(bytes);
    let mut found = Vec::new();
    let mut line = 1;
    let mut at = 0;
    while let Some(begin) = text[at..].find('"').map(|quote| at + quote) {
        line += line_ends(&text[at..begin]);
        let (end, content) = quoted(&text, begin + 1);
        if !content.is_empty() {
            found.push(Salvaged {
                line,
                field: field_before(&text[at..begin]),
                text: content,
            });
        }
        line += line_ends(&text[begin..end]);
        at = end;
    }
    found
}

fn line_ends(text: &str) -> usize {
    text.bytes().filter(|byte| *byte == b'\n').count()
}

/// Where the text ends that begins at `begin`, and its content without escapes. A text whose end
/// is missing goes to the end of its line: the quotes after it would all be wrong otherwise.
fn quoted(text: &str, begin: usize) -> (usize, String) {
    let mut content = String::new();
    let mut letters = text[begin..].char_indices();
    while let Some((offset, letter)) = letters.next() {
        match letter {
            '"' => return (begin + offset + 1, content),
            '\n' => return (begin + offset, content),
            '\\' => match letters.next() {
                Some((_, 'n')) => content.push('\n'),
                Some((_, 'r')) => content.push('\r'),
                Some((_, 't')) => content.push('\t'),
                Some((_, '0')) => content.push('\0'),
                Some((offset, 'u')) => match code_point(&text[begin + offset + 1..]) {
                    Some((length, letter)) => {
                        content.push(letter);
                        letters.nth(length - 1);
                    }
                    None => content.push_str("\\u"),
                },
                Some((_, other)) => content.push(other),
                None => break,
            },
            other => content.push(other),
        }
    }
    (text.len(), content)
}

/// The character of `{1f600}` and how many characters that takes.
fn code_point(rest: &str) -> Option<(usize, char)> {
    let digits = rest.strip_prefix('{')?;
    let end = digits.bytes().take(9).position(|byte| byte == b'}')?;
    let number = u32::from_str_radix(digits.get(..end)?, 16).ok()?;
    Some((end + 2, char::from_u32(number)?))
}

fn field_before(text: &str) -> Option<String> {
    let name = text.trim_end().strip_suffix(':')?;
    let begin = name
        .rfind(|letter: char| !letter.is_ascii_alphanumeric() && letter != '_')
        .map_or(0, |at| at + 1);
    let name = name.get(begin..)?;
    (!name.is_empty() && name.len() <= 64).then(|| name.to_owned())
}

#[cfg(test)]
mod tests {
    use pretty_assertions::assert_eq;

    use super::*;

    #[test]
    fn texts_are_found_behind_damage() {
        let file = b"(\n title: \"Team \\\"blue\\\"\",\n \xff\xfe [[[ reason: \"line 1\\nline 2\",\n note: \"cut";
        let expected = [
            (2, Some("title"), "Team \"blue\""),
            (3, Some("reason"), "line 1\nline 2"),
            (4, Some("note"), "cut"),
        ]
        .map(|(line, field, text)| Salvaged {
            line,
            field: field.map(str::to_owned),
            text: text.into(),
        });
        assert_eq!(salvage(file), expected);
    }

    #[test]
    fn escaped_characters_come_back() {
        let found = salvage(b"\"a\\u{1f600}b\\u{zz}c\\0\"");
        assert_eq!(found[0].text, "a\u{1f600}b\\u{zz}c\0");
    }

    #[test]
    fn ids_and_times_are_told_from_words() {
        let file = b"id: \"t-5x2wqa\", threats: [\"t-5x2wqa\"], at: \"2026-11-21T09:00:00Z\", \
            title: \"root\", \"Build agents\", reason: \"no-key\"";
        let found = salvage(file);
        let words: Vec<&str> = found
            .iter()
            .filter(|one| one.is_words())
            .map(|one| one.text.as_str())
            .collect();
        assert_eq!(words, ["root", "Build agents", "no-key"]);
    }

    #[test]
    fn a_missing_quote_costs_one_line_only() {
        let found = salvage(b"a: \"no end,\nb: \"fine\",");
        assert_eq!(found[1].text, "fine");
    }
}
