//! YAML as the same values that JSON gives. Bounded: no aliases, no deep nesting, so that a small file cannot
//! become a large one.

use saphyr_parser::{Event, Parser, ScalarStyle, StrInput};
use serde_json::{Map, Value};

/// How deep lists and maps may stand in each other.
const DEEPEST: usize = 64;

/// The first document of a text, or why it is none.
pub fn parse(text: &str) -> Result<Value, String> {
    let mut reader = Reader {
        events: Parser::new_from_str(text),
    };
    loop {
        match reader.next()? {
            Event::StreamStart | Event::DocumentStart(_) | Event::Nothing => {}
            Event::StreamEnd => return Err("there is nothing in it".to_owned()),
            event => return reader.value(event, 0),
        }
    }
}

struct Reader<'t> {
    events: Parser<'t, StrInput<'t>>,
}

impl<'t> Reader<'t> {
    fn next(&mut self) -> Result<Event<'t>, String> {
        match self.events.next_event() {
            Some(Ok((event, _))) => Ok(event),
            Some(Err(error)) => Err(error.to_string()),
            None => Ok(Event::StreamEnd),
        }
    }

    fn value(&mut self, event: Event<'t>, depth: usize) -> Result<Value, String> {
        if depth > DEEPEST {
            return Err(format!("it is nested deeper than {DEEPEST} levels"));
        }
        match event {
            Event::Scalar(text, style, ..) => Ok(scalar(&text, style)),
            Event::SequenceStart(..) => {
                let mut list = Vec::new();
                loop {
                    match self.next()? {
                        Event::SequenceEnd => return Ok(Value::Array(list)),
                        event => list.push(self.value(event, depth + 1)?),
                    }
                }
            }
            Event::MappingStart(..) => {
                let mut fields = Map::new();
                loop {
                    let name = match self.next()? {
                        Event::MappingEnd => return Ok(Value::Object(fields)),
                        Event::Scalar(name, ..) => name.into_owned(),
                        _ => return Err("a field's name is a list or a map".to_owned()),
                    };
                    let event = self.next()?;
                    let value = self.value(event, depth + 1)?;
                    if fields.insert(name.clone(), value).is_some() {
                        let name: String = name.chars().take(60).collect();
                        return Err(format!("the field {name:?} stands twice"));
                    }
                }
            }
            Event::Alias(_) => Err("it has an alias (*name), which is not read".to_owned()),
            _ => Err("it ends too early".to_owned()),
        }
    }
}

/// A scalar by YAML's core rules: only a plain one can be something else than text.
fn scalar(text: &str, style: ScalarStyle) -> Value {
    if style != ScalarStyle::Plain {
        return Value::String(text.to_owned());
    }
    match text {
        "" | "~" | "null" | "Null" | "NULL" => Value::Null,
        "true" | "True" | "TRUE" => Value::Bool(true),
        "false" | "False" | "FALSE" => Value::Bool(false),
        _ => number(text).unwrap_or_else(|| Value::String(text.to_owned())),
    }
}

/// Numbers as JSON writes them; others (octal, `.inf`) stay text. An id such as `007` is no number.
fn number(text: &str) -> Option<Value> {
    serde_json::from_str::<serde_json::Number>(text)
        .ok()
        .map(Value::Number)
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn plain_scalars_are_typed_and_quoted_ones_are_text() {
        let text = "a: 1\nb: '1'\nc: ~\nd: true\ne: [x, \"y\"]\nf: 007\ng: |\n  one\n  two\n";
        let expected = json!({ "a": 1, "b": "1", "c": null, "d": true, "e": ["x", "y"], "f": "007",
            "g": "one\ntwo\n" });
        assert_eq!(parse(text).unwrap(), expected);
    }

    #[test]
    fn what_could_grow_is_refused() {
        assert!(parse("a: &x [1]\nb: *x\n").unwrap_err().contains("alias"));
        assert!(parse(&"[".repeat(1_000)).is_err());
        assert!(
            parse(&format!("{}1{}", "[".repeat(100), "]".repeat(100)))
                .unwrap_err()
                .contains("deeper")
        );
        assert!(parse("").is_err());
        assert!(parse("a: 1\na: 2\n").unwrap_err().contains("twice"));
    }
}
