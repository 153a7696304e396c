//! JSON as scanners write it: one document, several in a row, log lines in between, and broken ones.
//!
//! Not for any scanner's own shape: this only says which documents there are and what they look
//! like from outside, so that each is parsed once, by the scanner whose it is.

use std::borrow::Cow;
use std::fmt;
use std::marker::PhantomData;

use serde::de::{Deserialize, Deserializer, IgnoredAny, MapAccess, SeqAccess, Visitor};

/// The most members of an object that an outline keeps.
const MOST_KEYS: usize = 400;

/// The most documents of one text; a log of events has fewer.
const MOST_DOCUMENTS: usize = 200_000;

/// What a document looks like from outside.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Outline {
    /// An object, by the names of its members.
    Object(Vec<String>),
    /// A list, by the outline of its first entry.
    List(Option<Box<Outline>>),
    /// Neither.
    Value,
}

impl Outline {
    /// Whether it is an object with this member.
    pub fn has(&self, key: &str) -> bool {
        matches!(self, Self::Object(keys) if keys.iter().any(|one| one == key))
    }

    /// Whether it is this kind of object, or a list of such.
    pub fn is_or_lists(&self, kind: impl Fn(&Self) -> bool) -> bool {
        kind(self) || matches!(self, Self::List(Some(first)) if kind(first))
    }
}

impl<'de> Deserialize<'de> for Outline {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct Look;

        impl<'de> Visitor<'de> for Look {
            type Value = Outline;

            fn expecting(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
                formatter.write_str("JSON")
            }

            fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Outline, A::Error> {
                let mut keys = Vec::new();
                while let Some(key) = map.next_key::<String>()? {
                    map.next_value::<IgnoredAny>()?;
                    if keys.len() < MOST_KEYS {
                        keys.push(key);
                    }
                }
                Ok(Outline::Object(keys))
            }

            fn visit_seq<A: SeqAccess<'de>>(self, mut list: A) -> Result<Outline, A::Error> {
                let first = list.next_element::<Outline>()?.map(Box::new);
                while list.next_element::<IgnoredAny>()?.is_some() {}
                Ok(Outline::List(first))
            }

            fn visit_bool<E>(self, _: bool) -> Result<Outline, E> {
                Ok(Outline::Value)
            }

            fn visit_i64<E>(self, _: i64) -> Result<Outline, E> {
                Ok(Outline::Value)
            }

            fn visit_u64<E>(self, _: u64) -> Result<Outline, E> {
                Ok(Outline::Value)
            }

            fn visit_f64<E>(self, _: f64) -> Result<Outline, E> {
                Ok(Outline::Value)
            }

            fn visit_str<E>(self, _: &str) -> Result<Outline, E> {
                Ok(Outline::Value)
            }

            fn visit_unit<E>(self) -> Result<Outline, E> {
                Ok(Outline::Value)
            }
        }

        deserializer.deserialize_any(Look)
    }
}

/// The documents of a text.
#[derive(Debug, Default)]
pub struct Documents<'t> {
    /// Each with its outline.
    pub whole: Vec<(Outline, &'t str)>,
    /// From the beginning of a broken document to the end of the text, and what is wrong with it.
    pub broken: Option<(&'t str, Broken)>,
    /// There were more documents than are read.
    pub overfull: bool,
}

/// Why a document cannot be parsed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Broken {
    /// The line of the text, from 1.
    pub line: usize,
    /// The column, from 1.
    pub column: usize,
    /// What the parser says.
    pub message: String,
}

/// Whether a text begins like a document and not like a line with a word in brackets.
pub fn looks_like_json(text: &str) -> bool {
    let text = text.trim_start();
    let inside = |skip: usize| text[skip..].trim_start().as_bytes().first().copied();
    match text.as_bytes().first() {
        Some(b'{') => matches!(inside(1), Some(b'"' | b'}') | None),
        Some(b'[') => matches!(inside(1), Some(b'{' | b']') | None),
        _ => false,
    }
}

/// Finds the documents of a text. Text around them is passed over.
pub fn documents(text: &str) -> Documents<'_> {
    let mut found = Documents::default();
    let mut at = 0;
    while let Some(start) = next_start(text, at) {
        if found.whole.len() == MOST_DOCUMENTS {
            found.overfull = true;
            break;
        }
        let rest = &text[start..];
        let mut stream = serde_json::Deserializer::from_str(rest).into_iter::<Outline>();
        match stream.next() {
            Some(Ok(outline)) => {
                let length = stream.byte_offset();
                found.whole.push((outline, &rest[..length]));
                at = start + length;
            }
            Some(Err(error)) => {
                found.broken = Some((rest, broken(text, start, &error)));
                break;
            }
            None => break,
        }
    }
    found
}

/// Where the next document begins: at `from` after blanks, or at the beginning of a later line.
fn next_start(text: &str, from: usize) -> Option<usize> {
    let mut at = from;
    loop {
        let rest = &text[at..];
        let start = at + (rest.len() - rest.trim_start().len());
        if start == text.len() {
            return None;
        }
        if looks_like_json(&text[start..start + first_bytes(&text[start..])]) {
            return Some(start);
        }
        at = start + text[start..].find('\n')? + 1;
    }
}

/// Enough of the text to see how a document begins, cut at a character.
fn first_bytes(text: &str) -> usize {
    const ENOUGH: usize = 512;
    let mut end = text.len().min(ENOUGH);
    while !text.is_char_boundary(end) {
        end -= 1;
    }
    end
}

fn broken(text: &str, start: usize, error: &serde_json::Error) -> Broken {
    let lines_before = text[..start].bytes().filter(|byte| *byte == b'\n').count();
    let message = error.to_string();
    let message = message.split(" at line ").next().unwrap_or(&message);
    Broken {
        line: lines_before + error.line(),
        column: error.column(),
        message: message.to_owned(),
    }
}

/// Text of a member whatever its type; empty for lists, objects and null. Tools change the types of
/// members between versions.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Loose<'t>(pub Cow<'t, str>);

impl<'de: 't, 't> Deserialize<'de> for Loose<'t> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct Text<'t>(PhantomData<&'t ()>);

        impl<'de: 't, 't> Visitor<'de> for Text<'t> {
            type Value = Loose<'t>;

            fn expecting(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
                formatter.write_str("a value")
            }

            fn visit_borrowed_str<E>(self, text: &'de str) -> Result<Loose<'t>, E> {
                Ok(Loose(Cow::Borrowed(text)))
            }

            fn visit_str<E>(self, text: &str) -> Result<Loose<'t>, E> {
                Ok(Loose(Cow::Owned(text.to_owned())))
            }

            fn visit_string<E>(self, text: String) -> Result<Loose<'t>, E> {
                Ok(Loose(Cow::Owned(text)))
            }

            fn visit_bool<E>(self, value: bool) -> Result<Loose<'t>, E> {
                Ok(Loose(Cow::Owned(value.to_string())))
            }

            fn visit_i64<E>(self, value: i64) -> Result<Loose<'t>, E> {
                Ok(Loose(Cow::Owned(value.to_string())))
            }

            fn visit_u64<E>(self, value: u64) -> Result<Loose<'t>, E> {
                Ok(Loose(Cow::Owned(value.to_string())))
            }

            fn visit_f64<E>(self, value: f64) -> Result<Loose<'t>, E> {
                Ok(Loose(Cow::Owned(value.to_string())))
            }

            fn visit_unit<E>(self) -> Result<Loose<'t>, E> {
                Ok(Loose::default())
            }

            fn visit_seq<A: SeqAccess<'de>>(self, mut list: A) -> Result<Loose<'t>, A::Error> {
                while list.next_element::<IgnoredAny>()?.is_some() {}
                Ok(Loose::default())
            }

            fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Loose<'t>, A::Error> {
                while map.next_entry::<IgnoredAny, IgnoredAny>()?.is_some() {}
                Ok(Loose::default())
            }
        }

        deserializer.deserialize_any(Text(PhantomData))
    }
}

/// The long texts of a document that looks like nothing known: some tools wrap a whole coloured
/// report into one member.
pub fn texts(document: &str) -> Vec<String> {
    struct Texts(Vec<String>);

    impl Texts {
        fn gather(&mut self, value: serde_json::Value) {
            match value {
                serde_json::Value::String(text) if text.contains('\n') => self.0.push(text),
                serde_json::Value::Array(list) => {
                    for one in list {
                        self.gather(one);
                    }
                }
                serde_json::Value::Object(map) => {
                    for (_, one) in map {
                        self.gather(one);
                    }
                }
                _ => {}
            }
        }
    }

    let mut texts = Texts(Vec::new());
    // The parser refuses more than 128 levels, so that gathering cannot exhaust the stack.
    if let Ok(value) = serde_json::from_str(document) {
        texts.gather(value);
    }
    texts.0
}

#[cfg(test)]
mod tests {
    use super::*;
    use pretty_assertions::assert_eq;

    #[test]
    fn documents_in_a_row_are_found_with_text_around_them() {
        let text = "Warning: no version\n{\"a\":1}{\"b\":2}\n[INFO] 1 x\n[{\"c\":3}]\ndone\n";
        let found = documents(text);
        let texts: Vec<_> = found.whole.iter().map(|(_, text)| *text).collect();
        assert_eq!(texts, ["{\"a\":1}", "{\"b\":2}", "[{\"c\":3}]"]);
        assert!(found.broken.is_none());
        assert!(found.whole[2].0.is_or_lists(|outline| outline.has("c")));
    }

    #[test]
    fn a_broken_document_says_where() {
        let found = documents("log\n{\"a\": [\n  1 2\n]}\n");
        let (rest, broken) = found.broken.unwrap();
        assert!(rest.starts_with("{\"a\""));
        assert_eq!((broken.line, broken.column), (3, 5));
    }

    #[test]
    fn a_line_in_brackets_is_no_document() {
        assert!(!looks_like_json("[INFO] 1 - Host Configuration"));
        assert!(!looks_like_json("[+] Running 16/16"));
        assert!(!looks_like_json("{{ template }}"));
        assert!(looks_like_json(" \n[\n {"));
    }

    #[test]
    fn deep_nesting_is_refused_not_followed() {
        let deep = format!("{}{}", "[{\"a\":".repeat(50_000), "1");
        let found = documents(&deep);
        assert!(found.whole.is_empty());
        assert!(found.broken.is_some());
    }
}
