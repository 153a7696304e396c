//! A session of a newer Astride, understood as far as this one can: to be looked at, never to be
//! saved.
//!
//! Fields that this program does not know are taken out of a copy of the text and named. Anything
//! else that it does not know, such as a new kind of response, stays a reason not to open: there is
//! no honest way to show half a value. Not for older formats: see [`super::migrate`].

use std::collections::BTreeSet;
use std::ops::Range;

use ron::extensions::Extensions;

use super::decode::newer_format;
use super::open_error::OpenError;
use super::scan::Scanner;
use crate::session::types::{FORMAT, Session};

/// Kinds of fields that may be unknown before nothing is shown at all: each costs one more attempt.
const MOST: usize = 64;

/// What is not shown of a session that a newer program saved.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Newer {
    /// The format of its file.
    pub format: u64,
    /// The fields that are left out, such as `mood of threats`, in the order of the alphabet.
    pub left_out: Vec<String>,
}

impl Newer {
    /// What people are told before they look at it.
    pub fn words(&self) -> String {
        const SHOWN: usize = 4;
        let format = self.format;
        let left_out = match self.left_out.as_slice() {
            [] => String::new(),
            few if few.len() <= SHOWN => format!(" Not shown here: {}.", few.join(", ")),
            many => format!(
                " Not shown here: {} and {} more.",
                many[..SHOWN].join(", "),
                many.len() - SHOWN
            ),
        };
        format!(
            "Reading only: a newer Astride saved this session (format {format}, this one writes \
             {FORMAT}).{left_out} Its file stays as it is."
        )
    }
}

/// The session in `text`, which has the newer `format`, without what is not known of it.
pub(super) fn understand(text: &str, format: u64) -> Result<(Session, Newer), OpenError> {
    let options = ron::Options::default().with_default_extension(Extensions::IMPLICIT_SOME);
    let newer = newer_format(format);
    let mut text = text.to_owned();
    let mut left_out = BTreeSet::new();
    for _ in 0..=MOST {
        let error = match options.from_str::<Session>(&text) {
            Ok(mut session) => {
                session.format = FORMAT;
                let left_out = left_out.into_iter().collect();
                return Ok((session, Newer { format, left_out }));
            }
            Err(error) => error,
        };
        let ron::Error::NoSuchStructField { found, .. } = &error.code else {
            return Err(newer);
        };
        let end = &error.span.end;
        let Some((fields, words)) = unknown(&text, found, offset(&text, end.line, end.col)) else {
            return Err(newer);
        };
        text = without(&text, &fields);
        left_out.insert(words);
    }
    Err(newer)
}

/// A field of a structure in the text.
struct Field {
    name: Range<usize>,
    /// From its name to behind the comma after its value, or to the bracket that closes.
    whole: Range<usize>,
    /// The names of the fields around it, outermost first.
    path: Vec<String>,
}

/// All fields like the last one named `found` that begins before `at`: of that name, at that place
/// of the document. With words for them.
fn unknown(text: &str, found: &str, at: usize) -> Option<(Vec<Range<usize>>, String)> {
    let fields = fields(text)?;
    let named = |field: &&Field| text[field.name.clone()] == *found;
    let before = |field: &&Field| field.name.start <= at;
    let path = fields.iter().filter(named).rfind(before)?.path.clone();
    let same_place = |field: &&Field| field.path == path;
    let ranges = fields
        .iter()
        .filter(named)
        .filter(same_place)
        .map(|field| field.whole.clone())
        .collect();
    // A name in a file may be anything; it is shown like any text that is not ours.
    let name = crate::encode::screen(&found.replace('_', " ")).into_owned();
    let words = match path.last() {
        Some(place) => format!("{name} of {}", place.replace('_', " ")),
        None => name,
    };
    Some((ranges, words))
}

/// All fields of all structures. Nothing where the brackets do not fit, which was checked before.
fn fields(text: &str) -> Option<Vec<Field>> {
    let mut scanner = Scanner::new(text);
    let mut fields: Vec<Field> = Vec::new();
    // For each open bracket, the field that it is in; and the field whose value has not ended, in it.
    let mut around: Vec<String> = Vec::new();
    let mut unfinished: Vec<Option<usize>> = vec![None];
    let mut last_word: Option<Range<usize>> = None;
    while let Some(byte) = scanner.byte() {
        let begin = scanner.at();
        scanner.step().ok()?;
        match byte {
            b'(' | b'[' | b'{' => {
                let field = unfinished.last().copied().flatten();
                let name = field.map_or("", |at| &text[fields[at].name.clone()]);
                around.push(name.to_owned());
                unfinished.push(None);
                last_word = None;
            }
            b')' | b']' | b'}' => {
                if let Some(at) = unfinished.pop()? {
                    fields[at].whole.end = begin;
                }
                around.pop()?;
                last_word = None;
            }
            b',' => {
                if let Some(at) = unfinished.last_mut()?.take() {
                    fields[at].whole.end = scanner.at();
                }
                last_word = None;
            }
            b':' => {
                if let Some(name) = last_word.take() {
                    *unfinished.last_mut()? = Some(fields.len());
                    let path = around.iter().filter(|name| !name.is_empty());
                    fields.push(Field {
                        whole: name.start..text.len(),
                        name,
                        path: path.cloned().collect(),
                    });
                }
            }
            b'_' | b'a'..=b'z' | b'A'..=b'Z' => last_word = Some(begin..scanner.at()),
            b'"' => last_word = None,
            _ => {}
        }
    }
    Some(fields)
}

/// The text without these parts of it, none of which overlap.
fn without(text: &str, parts: &[Range<usize>]) -> String {
    let mut rest = String::with_capacity(text.len());
    let mut at = 0;
    for part in parts {
        rest.push_str(text.get(at..part.start).unwrap_or_default());
        at = part.end.max(at);
    }
    rest.push_str(text.get(at..).unwrap_or_default());
    rest
}

/// The byte at a line and a column, both from 1, the column in characters.
fn offset(text: &str, line: usize, column: usize) -> usize {
    let mut lines = text.split_inclusive('\n');
    let before: usize = lines
        .by_ref()
        .take(line.saturating_sub(1))
        .map(str::len)
        .sum();
    let in_line = lines.next().unwrap_or_default();
    let characters = in_line.char_indices().nth(column.saturating_sub(1));
    before + characters.map_or(in_line.len(), |(at, _)| at)
}

#[cfg(test)]
mod tests {
    use pretty_assertions::assert_eq;

    use super::*;
    use crate::store::{decode, decode_to_look_at};

    fn example() -> String {
        crate::catalog::source::embedded_examples()
            .first()
            .expect("there are examples")
            .text()
    }

    /// The example as a program of tomorrow may write it.
    fn of_tomorrow() -> String {
        example()
            .replace(
                "    format: 1,\n",
                "    format: 2,\n    mood: Some((calm: [1, 2], words: \"a ) , b\")),\n",
            )
            .replace(
                "            what_goes_wrong:",
                "            withdrawn: true, // new\n            what_goes_wrong:",
            )
    }

    #[test]
    fn new_fields_are_left_out_and_named_and_everything_else_is_there() {
        let mut loaded = decode_to_look_at(of_tomorrow().as_bytes()).unwrap();
        let newer = loaded.newer.take().unwrap();
        assert_eq!(newer.format, 2);
        assert_eq!(newer.left_out, ["mood", "withdrawn of threats"]);
        assert_eq!(
            loaded.session,
            decode(example().as_bytes()).unwrap().session
        );
        assert_eq!(
            newer.words(),
            "Reading only: a newer Astride saved this session (format 2, this one writes 1). Not \
             shown here: mood, withdrawn of threats. Its file stays as it is."
        );
    }

    #[test]
    fn it_is_not_opened_to_be_written() {
        assert!(matches!(
            decode(of_tomorrow().as_bytes()),
            Err(OpenError::NewerFormat { found: 2, .. })
        ));
    }

    #[test]
    fn a_new_kind_of_value_is_a_reason_not_to_show_it() {
        let text = of_tomorrow().replacen("response: mitigate", "response: defer", 1);
        assert!(text.contains("defer"));
        assert!(matches!(
            decode_to_look_at(text.as_bytes()),
            Err(OpenError::NewerFormat { found: 2, .. })
        ));
    }

    #[test]
    fn a_session_of_today_is_read_as_always() {
        let loaded = decode_to_look_at(example().as_bytes()).unwrap();
        assert_eq!(loaded, decode(example().as_bytes()).unwrap());
        let misspelt = example().replacen("what_goes_wrong", "what_goes_wrogn", 1);
        assert!(matches!(
            decode_to_look_at(misspelt.as_bytes()),
            Err(OpenError::Damaged(_))
        ));
    }

    #[test]
    fn what_is_cut_off_or_has_other_brackets_is_refused_as_newer() {
        let text = of_tomorrow().replace("session, format 1,", "session, format 2,");
        assert!(text.starts_with("// astride session, format 2,"));
        let cut = &text[..text.len() / 2];
        assert!(matches!(
            decode_to_look_at(cut.as_bytes()),
            Err(OpenError::NewerFormat { found: 2, .. })
        ));
    }
}
