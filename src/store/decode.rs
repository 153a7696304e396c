//! The bytes of a file as a session, or what is wrong with them.
//!
//! Everything that could hurt is checked before the parser sees it: size, characters, the format
//! of a newer program, nesting. Not for reading from disk: see [`super::folder`].

use std::thread;

use ron::extensions::Extensions;
use serde::de::DeserializeOwned;

use super::check::check;
use super::envelope::{self, Integrity};
use super::error::{Problem, shown};
use super::migrate::{self, Step};
use super::newer::{self, Newer};
use super::open_error::OpenError;
use super::scan::{Overview, scan};
use crate::session::types::{FORMAT, Session};

/// The largest session file that is opened or written.
pub const MAX_FILE: usize = 8 * 1024 * 1024;

/// A debug build of the parser overflows 256 KiB of stack below its own limit of nesting, and a
/// stack overflow ends the program without saving anything.
const STACK: usize = 8 * 1024 * 1024;

/// A session from a file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Loaded {
    /// The session.
    pub session: Session,
    /// Which save of it the file says it is; 0 where it does not say.
    pub sequence: u64,
    /// Whether the file is as it was saved.
    pub integrity: Integrity,
    /// The older format that it had, if it had one.
    pub migrated_from: Option<u32>,
    /// Saved by a newer program: only to be looked at. Never so in what [`decode`] gives.
    pub newer: Option<Newer>,
}

/// Understands the bytes of a session file. What a newer program saved is refused: to go on with it
/// would drop what is not understood.
pub fn decode(bytes: &[u8]) -> Result<Loaded, OpenError> {
    decode_with(bytes, migrate::STEPS)
}

/// The same for text that we just made ourselves, on the thread of the caller: it is no deeper than a
/// session is, and another thread would be one more thing to wait for on a busy machine.
pub(super) fn decode_own(text: &str) -> Result<Loaded, OpenError> {
    decode_here(text.as_bytes(), migrate::STEPS, Purpose::GoOn)
}

/// The same, to look at: what a newer program saved is understood as far as possible, and
/// [`Loaded::newer`] says what is missing.
pub fn decode_to_look_at(bytes: &[u8]) -> Result<Loaded, OpenError> {
    on_a_thread(|| decode_here(bytes, migrate::STEPS, Purpose::LookAt))
}

/// The same as [`decode`] with other steps from older formats.
pub(super) fn decode_with(bytes: &[u8], steps: &[Step]) -> Result<Loaded, OpenError> {
    on_a_thread(|| decode_here(bytes, steps, Purpose::GoOn))
}

/// With a stack that no file can exhaust.
fn on_a_thread(
    work: impl FnOnce() -> Result<Loaded, OpenError> + Send,
) -> Result<Loaded, OpenError> {
    thread::scope(|scope| {
        thread::Builder::new()
            .name("astride-open".to_owned())
            .stack_size(STACK)
            .spawn_scoped(scope, work)
            .ok()
            .and_then(|worker| worker.join().ok())
            .unwrap_or(Err(OpenError::ReaderFailed))
    })
}

/// What a session is read for.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Purpose {
    /// To be saved again, so that everything in it must be understood.
    GoOn,
    /// Only to be seen.
    LookAt,
}

fn decode_here(bytes: &[u8], steps: &[Step], purpose: Purpose) -> Result<Loaded, OpenError> {
    if bytes.len() > MAX_FILE {
        let bytes = bytes.len() as u64;
        return Err(OpenError::TooLarge { bytes });
    }
    let is_blank = |byte: &u8| *byte == 0 || byte.is_ascii_whitespace();
    if bytes.iter().all(is_blank) {
        return Err(OpenError::Empty);
    }
    let text = std::str::from_utf8(bytes).map_err(|error| OpenError::NotText {
        at: error.valid_up_to(),
    })?;
    let text = text.strip_prefix('\u{feff}').unwrap_or(text);
    let first_line = envelope::first_line(text.as_bytes());
    let said = first_line.map_or(0, |line| line.format);
    if purpose == Purpose::GoOn {
        refuse_newer(said)?;
    }
    let overview = scan(text).map_err(|problem| match refuse_newer(said) {
        Ok(()) => OpenError::Damaged(merge_mark(text, problem)),
        // Its brackets may be other brackets.
        Err(newer) => newer,
    })?;
    let format = match overview.format {
        Some(format) => format.max(if said > u64::from(FORMAT) { said } else { 0 }),
        None if first_line.is_some() => said,
        None => u64::from(FORMAT),
    };
    let (session, newer) = match (refuse_newer(format), purpose) {
        (Ok(()), _) => {
            let current = migrate::bring_up(text, format, steps)?;
            (parse(&current).map_err(OpenError::Damaged)?, None)
        }
        (Err(_), Purpose::LookAt) => {
            let (session, newer) = newer::understand(text, format)?;
            (session, Some(newer))
        }
        (Err(newer), Purpose::GoOn) => return Err(newer),
    };
    check(&session, text, &overview).map_err(|problem| match &newer {
        None => OpenError::Inconsistent(problem),
        Some(newer) => newer_format(newer.format),
    })?;
    Ok(Loaded {
        session,
        sequence: first_line.and_then(|line| line.sequence).unwrap_or(0),
        integrity: integrity(text, &overview),
        migrated_from: u32::try_from(format).ok().filter(|format| *format < FORMAT),
        newer,
    })
}

fn integrity(text: &str, overview: &Overview) -> Integrity {
    envelope::integrity(text, overview.text_spans_lines)
}

fn refuse_newer(found: u64) -> Result<(), OpenError> {
    if found > u64::from(FORMAT) {
        return Err(newer_format(found));
    }
    Ok(())
}

/// It was saved by a program that knows more than this one.
pub(super) const fn newer_format(found: u64) -> OpenError {
    let reads = FORMAT;
    OpenError::NewerFormat { found, reads }
}

/// Parses one structure. For the session and for the structures of older formats.
pub(super) fn parse<T: DeserializeOwned>(text: &str) -> Result<T, Problem> {
    let options = ron::Options::default().with_default_extension(Extensions::IMPLICIT_SOME);
    options.from_str(text).map_err(|error| {
        let problem = Problem {
            line: error.span.start.line,
            column: error.span.start.col,
            what: in_words(&error.code),
        };
        merge_mark(text, problem)
    })
}

/// A file that git could not merge is not damaged: it waits for a decision.
fn merge_mark(text: &str, problem: Problem) -> Problem {
    let marks = ["<<<<<<< ", "=======", ">>>>>>> "];
    let is_mark = |line: &str| marks.iter().any(|mark| line.starts_with(mark));
    match text.lines().position(is_mark) {
        Some(line) if line < problem.line => Problem {
            line: line + 1,
            column: 1,
            what: "git could not merge this place; choose what holds and remove git's marks"
                .to_owned(),
        },
        _ => problem,
    }
}

/// What the parser says, for people who never heard of it.
fn in_words(error: &ron::Error) -> String {
    match error {
        ron::Error::Eof => "the file ends too early".to_owned(),
        ron::Error::ExpectedComma => "a comma is missing before this".to_owned(),
        ron::Error::ExpectedMapColon => "a colon is missing before this".to_owned(),
        ron::Error::ExpectedString => "a text in double quotes is expected here".to_owned(),
        ron::Error::ExpectedInteger => "a whole number is expected here".to_owned(),
        ron::Error::ExpectedArray => "a list in square brackets is expected here".to_owned(),
        ron::Error::ExpectedStructLike
        | ron::Error::ExpectedNamedStructLike(_)
        | ron::Error::ExpectedDifferentStructName { .. } => {
            "an opening '(' is expected here".to_owned()
        }
        ron::Error::ExpectedStructLikeEnd | ron::Error::ExpectedArrayEnd => {
            "a comma or a closing bracket is expected here".to_owned()
        }
        ron::Error::TrailingCharacters => {
            "something stands here after the end of the session".to_owned()
        }
        ron::Error::NoSuchStructField {
            expected, found, ..
        } => format!(
            "the field '{}' is not known here; known are {}",
            shown(found),
            expected.join(", ")
        ),
        ron::Error::MissingStructField { field, .. } => {
            format!("the field '{field}' is missing before this")
        }
        ron::Error::DuplicateStructField { field, .. } => {
            format!("the field '{field}' stands twice")
        }
        ron::Error::NoSuchEnumVariant {
            expected, found, ..
        } => format!("'{}' is not one of {}", shown(found), expected.join(", ")),
        ron::Error::InvalidValueForType { expected, found } => {
            format!("{} is expected here, not {}", shown(expected), shown(found))
        }
        ron::Error::ExceededRecursionLimit => {
            "this is nested deeper than any session is".to_owned()
        }
        ron::Error::Message(message) => clipped(message),
        other => clipped(&other.to_string()),
    }
}

/// A message that may quote the file: without control characters, and 120 characters at most.
fn clipped(message: &str) -> String {
    const LONGEST: usize = 120;
    let mut letters = message.chars();
    let mut words = String::new();
    for letter in letters.by_ref().take(LONGEST) {
        if letter == '"' || letter == '\'' || letter == '\\' {
            words.push(letter);
        } else {
            words.extend(letter.escape_debug());
        }
    }
    if letters.next().is_some() {
        words.push('…');
    }
    words
}

#[cfg(test)]
mod tests {
    use pretty_assertions::assert_eq;

    use super::*;
    use crate::catalog::types::Id;
    use crate::store::encode::encode;

    fn sample() -> String {
        let now = "2026-11-21T10:00:00Z".parse().unwrap();
        let brief = Id::new("course").unwrap();
        let components = vec![Id::new("docker-host").unwrap()];
        let session = Session::new("Team \"blue\"", brief, components, now);
        encode(&session, 3).unwrap()
    }

    fn what(text: &str) -> String {
        match decode(text.as_bytes()) {
            Err(OpenError::Damaged(problem) | OpenError::Inconsistent(problem)) => {
                problem.to_string()
            }
            other => format!("{other:?}"),
        }
    }

    #[test]
    fn a_saved_session_comes_back_whole() {
        let loaded = decode(sample().as_bytes()).unwrap();
        assert_eq!(loaded.session.title, "Team \"blue\"");
        assert_eq!(loaded.sequence, 3);
        assert_eq!(loaded.integrity, Integrity::Intact);
        assert_eq!(loaded.migrated_from, None);
    }

    #[test]
    fn a_byte_order_mark_is_no_change() {
        let loaded = decode(format!("\u{feff}{}", sample()).as_bytes()).unwrap();
        assert_eq!(loaded.integrity, Integrity::Intact);
    }

    #[test]
    fn an_empty_file_is_damage_and_not_a_new_session() {
        for bytes in [&b""[..], b"\n  \r\n", &[0; 4096]] {
            assert_eq!(decode(bytes), Err(OpenError::Empty));
        }
        assert!(OpenError::Empty.is_damage());
    }

    #[test]
    fn bytes_that_are_not_text_are_told_by_position() {
        let mut bytes = sample().into_bytes();
        bytes[40] = 0xff;
        assert_eq!(decode(&bytes), Err(OpenError::NotText { at: 40 }));
    }

    #[test]
    fn a_newer_format_is_recognised_before_its_content_is_understood() {
        let newer = OpenError::NewerFormat {
            found: 7,
            reads: FORMAT,
        };
        let by_first_line = "// astride session, format 7, save 2\n{ anything: new";
        assert_eq!(decode(by_first_line.as_bytes()), Err(newer.clone()));
        let by_field = "( format: 7, anything: new )";
        assert_eq!(decode(by_field.as_bytes()), Err(newer));
    }

    #[test]
    fn a_field_of_tomorrow_is_refused_and_not_dropped() {
        let text = sample().replace("    title:", "    mood: \"good\",\n    title:");
        assert!(
            what(&text).contains("the field 'mood' is not known here; known are format, title")
        );
    }

    #[test]
    fn a_misspelt_field_is_not_an_empty_list() {
        let text = sample().replace("    threats:", "    thraets:");
        assert!(
            what(&text).contains("'thraets' is not known"),
            "{}",
            what(&text)
        );
    }

    #[test]
    fn a_field_that_stands_twice_is_refused() {
        let text = sample().replace("    threats: [],\n", "    threats: [],\n    threats: [],\n");
        assert!(
            what(&text).contains("'threats' stands twice"),
            "{}",
            what(&text)
        );
    }

    #[test]
    fn an_unfinished_merge_is_told_as_such() {
        let text = sample().replace(
            "    description: \"\",\n",
            "<<<<<<< ours\n    description: \"a\",\n=======\n    description: \"b\",\n>>>>>>> theirs\n",
        );
        assert!(
            what(&text).contains("git could not merge"),
            "{}",
            what(&text)
        );
    }

    #[test]
    fn a_hostile_message_is_short_and_without_controls() {
        let long = "x".repeat(100_000);
        let text = sample().replace("    title:", &format!("    {long}:"));
        assert!(what(&text).len() < 1_000);
        let id = sample().replace("\"docker-host\"", "\"\\u{1b}]0;owned\\u{7}\"");
        assert!(!what(&id).contains(char::is_control), "{}", what(&id));
    }

    #[test]
    fn too_many_bytes_are_refused_unread() {
        let bytes = vec![b' '; MAX_FILE + 1];
        let expected = OpenError::TooLarge {
            bytes: bytes.len() as u64,
        };
        assert_eq!(decode(&bytes), Err(expected));
    }
}
