//! What was not understood, collected while a model is read and said in a bounded list.

use std::collections::BTreeMap;

use serde_json::Value;

use super::value::says;

/// The most lines that are said.
const LONGEST: usize = 60;
/// The longest name of a field that is repeated.
const NAME: usize = 60;

/// What was not understood.
#[derive(Default)]
pub struct Notices {
    said: Vec<String>,
    /// How often a field that has no place was filled, by where it stands.
    fields: BTreeMap<String, usize>,
}

impl Notices {
    /// Says something in words.
    pub fn say(&mut self, words: impl Into<String>) {
        self.said.push(words.into());
    }

    /// Says something that was counted, unless it was none.
    pub fn count(&mut self, count: usize, one: &str, many: &str) {
        match count {
            0 => {}
            1 => self.say(format!("1 {one}")),
            _ => self.say(format!("{count} {many}")),
        }
    }

    /// Counts the fields of an object that say something and are not among `known`.
    pub fn rest(&mut self, place: &str, object: &Value, known: &[&str]) {
        for (name, value) in object.as_object().into_iter().flatten() {
            if says(value) && !known.contains(&name.as_str()) {
                let name: String = name.chars().take(NAME).collect();
                *self.fields.entry(format!("{place}, {name}")).or_default() += 1;
            }
        }
    }

    /// All of it, in sentences.
    pub fn finish(self) -> Vec<String> {
        let mut lines = self.said;
        for (field, times) in self.fields {
            lines.push(match times {
                1 => format!("{field}: 1 time"),
                times => format!("{field}: {times} times"),
            });
        }
        let more = lines.len().saturating_sub(LONGEST);
        if more > 0 {
            lines.truncate(LONGEST);
            lines.push(format!("and {more} more fields"));
        }
        lines
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn only_fields_that_say_something_are_named() {
        let mut notices = Notices::default();
        let object =
            json!({ "known": 1, "size": { "w": 1 }, "none": null, "empty": "", "off": false });
        notices.rest("components", &object, &["known"]);
        notices.rest("components", &object, &["known"]);
        assert_eq!(notices.finish(), ["components, size: 2 times"]);
    }

    #[test]
    fn the_list_ends_somewhere() {
        let mut notices = Notices::default();
        for number in 0..1_000 {
            notices.say(number.to_string());
        }
        let lines = notices.finish();
        assert_eq!(lines.len(), LONGEST + 1);
        assert_eq!(lines[LONGEST], "and 940 more fields");
    }
}
