//! Members of broken JSON, one after another: docker-bench-security escapes nothing and forgets
//! commas, and a run that was stopped leaves no closing brackets.
//!
//! Not a parser: it knows no nesting. What it finds is what stands in the text as a whole pair; a
//! pair that is cut off is not found.

use std::borrow::Cow;

/// What a member holds.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Member<'t> {
    /// Text in quotation marks.
    Text(Cow<'t, str>),
    /// The beginning of an object, or of a list of other things than texts.
    Opens,
    /// A whole list of texts.
    Texts(Vec<Cow<'t, str>>),
    /// A number or another bare word.
    Bare(&'t str),
}

/// The pairs of name and value of a text, in order.
pub fn members(text: &str) -> Members<'_> {
    Members {
        text,
        at: 0,
        in_vain: 0,
    }
}

/// How many bytes may be read in vain for lists, so that broken ones stay linear.
const MOST_IN_VAIN: usize = 1 << 20;

/// See [`members`].
pub struct Members<'t> {
    text: &'t str,
    at: usize,
    in_vain: usize,
}

impl<'t> Iterator for Members<'t> {
    type Item = (&'t str, Member<'t>);

    fn next(&mut self) -> Option<Self::Item> {
        loop {
            let start = self.at + self.text[self.at..].find('"')? + 1;
            let end = start + plain_end(&self.text[start..])?;
            let name = &self.text[start..end];
            self.at = end + 1;
            let rest = self.text[self.at..].trim_start();
            let Some(value) = rest.strip_prefix(':') else {
                continue;
            };
            let value = value.trim_start();
            let value_at = self.text.len() - value.len();
            match value.as_bytes().first() {
                Some(b'"') => {
                    let start = value_at + 1;
                    let end = start + value_end(&self.text[start..])?;
                    self.at = end + 1;
                    return Some((name, Member::Text(unescaped(&self.text[start..end]))));
                }
                Some(b'{' | b'[') => {
                    self.at = value_at + 1;
                    return match self.texts() {
                        Some(texts) => Some((name, Member::Texts(texts))),
                        None => Some((name, Member::Opens)),
                    };
                }
                Some(_) => {
                    // A number at the very end may be cut off.
                    let length = value.find([',', '}', ']', '\n', '\r', ' ', '"'])?;
                    self.at = value_at + length;
                    return Some((name, Member::Bare(&value[..length])));
                }
                None => return None,
            }
        }
    }
}

impl<'t> Members<'t> {
    /// The texts up to the closing bracket, if the list holds nothing else.
    fn texts(&mut self) -> Option<Vec<Cow<'t, str>>> {
        if self.in_vain > MOST_IN_VAIN {
            return None;
        }
        let mut texts = Vec::new();
        let mut at = self.at;
        loop {
            let rest = self.text[at..].trim_start_matches([' ', '\n', '\r', '\t', ',']);
            let start = self.text.len() - rest.len();
            let end = match rest.as_bytes().first() {
                Some(b'"') => value_end(&self.text[start + 1..]),
                Some(b']') if !texts.is_empty() => {
                    self.at = start + 1;
                    return Some(texts);
                }
                Some(_) => {
                    self.in_vain += start - self.at;
                    return None;
                }
                None => None,
            };
            let Some(length) = end else {
                self.in_vain += self.text.len() - self.at;
                return None;
            };
            texts.push(unescaped(&self.text[start + 1..start + 1 + length]));
            at = start + length + 2;
        }
    }
}

/// The length of a name: up to the next quotation mark.
fn plain_end(text: &str) -> Option<usize> {
    let bytes = text.as_bytes();
    let mut from = 0;
    loop {
        let at = from + text[from..].find('"')?;
        if !is_escaped(bytes, at) {
            return Some(at);
        }
        from = at + 1;
    }
}

/// The length of a text that may hold quotation marks which nobody escaped: up to one that a comma,
/// a closing bracket or the end follows.
fn value_end(text: &str) -> Option<usize> {
    let bytes = text.as_bytes();
    let mut from = 0;
    loop {
        let at = from + text[from..].find('"')?;
        from = at + 1;
        if is_escaped(bytes, at) {
            continue;
        }
        // Only blanks up to the next character, and few of them: this must stay linear.
        let next = bytes[from..]
            .iter()
            .take(256)
            .find(|byte| !byte.is_ascii_whitespace());
        if matches!(next, None | Some(b',' | b'}' | b']')) {
            return Some(at);
        }
    }
}

fn is_escaped(bytes: &[u8], at: usize) -> bool {
    let backslashes = bytes[..at]
        .iter()
        .rev()
        .take(64)
        .take_while(|byte| **byte == b'\\')
        .count();
    backslashes % 2 == 1
}

fn unescaped(text: &str) -> Cow<'_, str> {
    if !text.contains('\\') {
        return Cow::Borrowed(text);
    }
    serde_json::from_str(&format!("\"{text}\"")).map_or(Cow::Borrowed(text), Cow::Owned)
}

#[cfg(test)]
mod tests {
    use super::*;
    use pretty_assertions::assert_eq;

    fn found(text: &str) -> Vec<(String, String)> {
        members(text)
            .map(|(name, member)| {
                let value = match member {
                    Member::Text(text) => text.into_owned(),
                    Member::Opens => "(opens)".to_owned(),
                    Member::Texts(texts) => texts.join("|"),
                    Member::Bare(text) => text.to_owned(),
                };
                (name.to_owned(), value)
            })
            .collect()
    }

    fn pairs(expected: &[(&str, &str)]) -> Vec<(String, String)> {
        expected
            .iter()
            .map(|(name, value)| ((*name).to_owned(), (*value).to_owned()))
            .collect()
    }

    #[test]
    fn pairs_are_found_where_commas_are_missing() {
        assert_eq!(
            found("{ \"id\": \"2.2\", \"n\": 5 }\n{ \"id\": \"4\", \"results\": [ \"a\",\"b\" ] }"),
            pairs(&[("id", "2.2"), ("n", "5"), ("id", "4"), ("results", "a|b")])
        );
    }

    #[test]
    fn quotation_marks_that_nobody_escaped_stay_in_the_text() {
        assert_eq!(
            found("\"remediation\": \"set \"icc\": false\", \"x\": \"y\\n\""),
            pairs(&[("remediation", "set \"icc\": false"), ("x", "y\n")])
        );
    }

    #[test]
    fn a_pair_that_is_cut_off_is_not_found() {
        assert_eq!(found("{\"id\": \"5.1"), pairs(&[]));
        assert_eq!(found("{\"checks\": 11"), pairs(&[]));
    }
}
