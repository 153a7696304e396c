//! JSON on its way to a file or a terminal: what would act or hide becomes a `\u` escape, which means the
//! same to a reader of JSON.

use std::io::{self, Write};

use serde::Serialize;
use serde_json::Serializer;
use serde_json::ser::{Formatter, PrettyFormatter};

use super::hidden::{is_hidden, is_plain};

/// Indented JSON in which only line breaks, spaces and visible characters are left.
pub fn json(value: &impl Serialize) -> serde_json::Result<String> {
    let mut out = Vec::new();
    value.serialize(&mut Serializer::with_formatter(
        &mut out,
        Visible::default(),
    ))?;
    String::from_utf8(out).map_err(serde::ser::Error::custom)
}

/// Indents, and escapes what is hidden. Hidden characters stand in strings alone.
#[derive(Default)]
struct Visible(PrettyFormatter<'static>);

impl Formatter for Visible {
    fn write_string_fragment<W: ?Sized + Write>(
        &mut self,
        writer: &mut W,
        fragment: &str,
    ) -> io::Result<()> {
        if is_plain(fragment) {
            return writer.write_all(fragment.as_bytes());
        }
        let mut copied = 0;
        for (at, character) in fragment.char_indices().filter(|(_, one)| is_hidden(*one)) {
            writer.write_all(&fragment.as_bytes()[copied..at])?;
            for unit in character.encode_utf16(&mut [0; 2]) {
                write!(writer, "\\u{unit:04x}")?;
            }
            copied = at + character.len_utf8();
        }
        writer.write_all(&fragment.as_bytes()[copied..])
    }

    fn begin_array<W: ?Sized + Write>(&mut self, writer: &mut W) -> io::Result<()> {
        self.0.begin_array(writer)
    }

    fn end_array<W: ?Sized + Write>(&mut self, writer: &mut W) -> io::Result<()> {
        self.0.end_array(writer)
    }

    fn begin_array_value<W: ?Sized + Write>(
        &mut self,
        writer: &mut W,
        first: bool,
    ) -> io::Result<()> {
        self.0.begin_array_value(writer, first)
    }

    fn end_array_value<W: ?Sized + Write>(&mut self, writer: &mut W) -> io::Result<()> {
        self.0.end_array_value(writer)
    }

    fn begin_object<W: ?Sized + Write>(&mut self, writer: &mut W) -> io::Result<()> {
        self.0.begin_object(writer)
    }

    fn end_object<W: ?Sized + Write>(&mut self, writer: &mut W) -> io::Result<()> {
        self.0.end_object(writer)
    }

    fn begin_object_key<W: ?Sized + Write>(
        &mut self,
        writer: &mut W,
        first: bool,
    ) -> io::Result<()> {
        self.0.begin_object_key(writer, first)
    }

    fn begin_object_value<W: ?Sized + Write>(&mut self, writer: &mut W) -> io::Result<()> {
        self.0.begin_object_value(writer)
    }

    fn end_object_value<W: ?Sized + Write>(&mut self, writer: &mut W) -> io::Result<()> {
        self.0.end_object_value(writer)
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;
    use serde_json::Value;

    use super::*;

    #[test]
    fn json_is_indented() {
        let value = serde_json::json!({ "a": [], "b": [1, { "c": null }], "\u{202e}": "\u{1b}\n" });
        let expected = "{\n  \"a\": [],\n  \"b\": [\n    1,\n    {\n      \"c\": null\n    }\n  ],\n  \
                        \"\\u202e\": \"\\u001b\\n\"\n}";
        assert_eq!(json(&value).unwrap(), expected);
    }

    proptest! {
        #[test]
        fn nothing_hides_and_every_text_comes_back(text in any::<String>()) {
            let written = json(&[&text, "x"]).unwrap();
            prop_assert!(!written.chars().any(|c| c != '\n' && is_hidden(c)));
            let back: Value = serde_json::from_str(&written).unwrap();
            prop_assert_eq!(back, serde_json::json!([text, "x"]));
        }
    }
}
