//! Words and numbers that formats share: how far a threat is dealt with, how bad it is, texts cut to a
//! format's length.

use serde_json::{Map, Value};

use super::model::Model;
use crate::session::types::{Impact, MitigationStatus, Response, Threat};
use crate::session::words::Risk;

/// How far a threat is dealt with.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum State {
    /// Something is still to be decided or done.
    Open,
    /// Every mitigation is done.
    Mitigated,
    /// The team lives with it, or somebody else carries it.
    Accepted,
}

/// How far a threat is dealt with.
pub fn state(model: &Model<'_>, threat: &Threat) -> State {
    let mitigations = model.mitigations_of(threat);
    let all_done = mitigations
        .iter()
        .all(|one| one.status != MitigationStatus::Planned);
    match threat.response {
        Some(Response::Accept | Response::Transfer) => State::Accepted,
        _ if !mitigations.is_empty() && all_done => State::Mitigated,
        _ => State::Open,
    }
}

/// How bad a threat is: its risk, or by its impact alone where that is all that was rated.
pub fn severity(threat: &Threat) -> Option<Risk> {
    match (threat.likelihood, threat.impact) {
        (Some(likelihood), Some(impact)) => Some(Risk::of(likelihood, impact)),
        (None, Some(impact)) => Some(match impact {
            Impact::Negligible | Impact::Minor => Risk::Low,
            Impact::Moderate => Risk::Medium,
            Impact::Major => Risk::High,
            Impact::Severe => Risk::Critical,
        }),
        _ => None,
    }
}

/// A text, or words for one that nobody has written yet.
pub fn or_untitled<'a>(text: &'a str, otherwise: &'a str) -> &'a str {
    match text.trim() {
        "" => otherwise,
        text => text,
    }
}

/// The first line of a text, for a field that wants a name.
pub fn first_line(text: &str) -> String {
    let line = text.trim().lines().next().unwrap_or_default().trim();
    cut(or_untitled(line, "Not described yet"), 100)
}

/// At most so many characters; what is cut ends in `…`.
pub fn cut(text: &str, longest: usize) -> String {
    if text.chars().count() <= longest {
        return text.to_owned();
    }
    let mut cut: String = text.chars().take(longest - 1).collect();
    cut.push('…');
    cut
}

/// Parts under their labels, one a paragraph; a part without text is left out, and one without a
/// label stands alone.
pub fn paragraphs(parts: &[(&str, &str)]) -> String {
    let parts: Vec<String> = parts
        .iter()
        .filter(|(_, text)| !text.trim().is_empty())
        .map(|(label, text)| match *label {
            "" => text.trim().to_owned(),
            label => format!("{label}: {}", text.trim()),
        })
        .collect();
    parts.join("\n\n")
}

/// An object of the fields that say something: no empty texts, lists and objects, no nulls.
pub fn filled<const FIELDS: usize>(fields: [(&str, Value); FIELDS]) -> Value {
    let says = |value: &Value| match value {
        Value::Null => false,
        Value::String(text) => !text.trim().is_empty(),
        Value::Array(list) => !list.is_empty(),
        Value::Object(fields) => !fields.is_empty(),
        Value::Bool(_) | Value::Number(_) => true,
    };
    let fields = fields.into_iter().filter(|(_, value)| says(value));
    let fields: Map<String, Value> = fields
        .map(|(name, value)| (name.to_owned(), value))
        .collect();
    Value::Object(fields)
}
