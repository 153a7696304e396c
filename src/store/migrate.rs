//! The way from older formats to today's: a table of steps, each from one format to the next.
//!
//! A step gets the text of the old format and gives the text of the next one. It parses with
//! structures of its own that are never changed again, so that a later change of the session's
//! types cannot break it. The original file is kept in the history before the first save.

use std::borrow::Cow;

use super::error::Problem;
use super::open_error::OpenError;
use crate::session::types::FORMAT;

/// One step.
pub(super) struct Step {
    /// The format that it starts from; it leads to the next.
    pub from: u32,
    /// The text of the next format.
    pub upgrade: fn(&str) -> Result<String, Problem>,
}

/// All steps. Format 1 is the first, so there is none yet.
pub(super) const STEPS: &[Step] = &[];

/// The text in today's format.
pub(super) fn bring_up<'a>(
    text: &'a str,
    found: u64,
    steps: &[Step],
) -> Result<Cow<'a, str>, OpenError> {
    let mut text = Cow::Borrowed(text);
    let mut format = found;
    while format < u64::from(FORMAT) {
        let step = steps
            .iter()
            .find(|step| u64::from(step.from) == format)
            .ok_or(OpenError::UnknownFormat { found })?;
        text = Cow::Owned((step.upgrade)(&text).map_err(OpenError::Damaged)?);
        format += 1;
    }
    Ok(text)
}

#[cfg(test)]
mod tests {
    use pretty_assertions::assert_eq;
    use serde::{Deserialize, Serialize};

    use super::*;
    use crate::catalog::types::Id;
    use crate::session::types::Session;
    use crate::store::decode::{decode, decode_with, parse};
    use crate::store::encode::document;
    use crate::store::envelope::Integrity;

    /// A format that never was: the team had a `name`, and there was one list of words.
    #[derive(Serialize, Deserialize)]
    #[serde(deny_unknown_fields)]
    struct SessionOfFormat0 {
        format: u32,
        name: String,
        brief: Id,
        created: jiff::Timestamp,
        notes: Vec<String>,
    }

    fn from_0_to_1(text: &str) -> Result<String, Problem> {
        let old: SessionOfFormat0 = parse(text)?;
        let mut new = Session::new(old.name, old.brief, Vec::new(), old.created);
        new.description = old.notes.join("\n").into();
        document(&new).map_err(|error| Problem {
            line: 1,
            column: 1,
            what: error.to_string(),
        })
    }

    const FROM_0: &[Step] = &[Step {
        from: 0,
        upgrade: from_0_to_1,
    }];

    const OLD: &str = "// astride session, format 0, save 41\n(\n    format: 0,\n    \
        name: \"Team blue\",\n    brief: \"course\",\n    created: \"2025-03-01T09:00:00Z\",\n    \
        notes: [\n        \"first\",\n        \"second\",\n    ],\n)\n";

    #[test]
    fn an_older_session_opens_with_all_its_text() {
        let loaded = decode_with(OLD.as_bytes(), FROM_0).unwrap();
        assert_eq!(loaded.session.format, FORMAT);
        assert_eq!(loaded.session.title, "Team blue");
        assert_eq!(loaded.session.description, "first\nsecond");
        assert_eq!(loaded.migrated_from, Some(0));
        assert_eq!(loaded.sequence, 41);
        assert_eq!(loaded.integrity, Integrity::NoChecksum);
    }

    #[test]
    fn a_damaged_older_session_is_told_by_its_own_lines() {
        let damaged = OLD.replace("    notes:", "    moats:");
        match decode_with(damaged.as_bytes(), FROM_0) {
            Err(OpenError::Damaged(problem)) => {
                assert_eq!(problem.line, 7, "{problem}");
                assert!(problem.what.contains("'moats'"), "{problem}");
            }
            other => panic!("{other:?}"),
        }
    }

    #[test]
    fn an_older_format_without_a_step_is_refused() {
        let error = decode(OLD.as_bytes()).unwrap_err();
        assert_eq!(error, OpenError::UnknownFormat { found: 0 });
    }

    #[test]
    fn the_steps_lead_from_each_older_format_to_the_next() {
        let from: Vec<u32> = STEPS.iter().map(|step| step.from).collect();
        assert_eq!(from, (1..FORMAT).collect::<Vec<_>>());
    }
}
