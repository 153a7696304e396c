//! Models of other programs as sessions: Open Threat Model, OWASP Threat Dragon 2, Threat Composer 1. Which
//! one a file is, is seen from what it says. Every threat, mitigation and component comes along; what
//! has no place in a session is named, and kept as words where it is words.
//!
//! Not for files and names of sessions, which are the store's, nor for writing such models: that is
//! `report::interchange`.

mod builder;
mod category;
mod notices;
mod otm;
mod threat_composer;
mod threat_dragon;
mod value;
mod yaml;

use jiff::Timestamp;
use serde_json::Value;

use self::builder::Builder;
use crate::catalog::Catalog;
use crate::session::id::IdSource;
use crate::session::types::Session;

/// The largest file that is read, in bytes. Pictures inside such files are large.
pub const LARGEST: usize = 32 * 1024 * 1024;

/// The formats that are read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Format {
    /// Open Threat Model, as JSON or YAML.
    Otm,
    /// OWASP Threat Dragon 2.
    ThreatDragon,
    /// AWS Threat Composer, schema 1.
    ThreatComposer,
}

impl Format {
    /// As people call it.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Otm => "Open Threat Model",
            Self::ThreatDragon => "OWASP Threat Dragon",
            Self::ThreatComposer => "Threat Composer",
        }
    }
}

/// A model as a session.
#[derive(Debug)]
pub struct Import {
    /// The session.
    pub session: Session,
    /// What the file was.
    pub format: Format,
    /// What was not understood or has no place in a session, in sentences.
    pub notices: Vec<String>,
}

/// Why a file is no model that can be read.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum ImportError {
    /// More than [`LARGEST`].
    #[error("it is larger than 32 MiB")]
    TooLarge,
    /// Neither JSON nor YAML.
    #[error("it is neither JSON nor YAML: {0}")]
    Unreadable(String),
    /// Something else in JSON or YAML.
    #[error("it is not an Open Threat Model, a Threat Dragon 2 or a Threat Composer 1 model")]
    Unknown,
    /// A version of a known format that is not read.
    #[error("it is a {0}, which is not read")]
    OtherVersion(String),
    /// More entries than a session holds.
    #[error("it has {count} {what}, and a session holds 10000")]
    TooMany {
        /// How many there are.
        count: usize,
        /// Of what.
        what: &'static str,
    },
    /// A text that a session would refuse.
    #[error("a text in it is longer than 256 KiB")]
    TextTooLong,
}

/// Reads a model. `ids` gives ids where the file has none that a session could keep.
pub fn read(
    bytes: &[u8],
    catalog: &Catalog,
    ids: IdSource,
    now: Timestamp,
) -> Result<Import, ImportError> {
    if bytes.len() > LARGEST {
        return Err(ImportError::TooLarge);
    }
    let bytes = bytes.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(bytes);
    let text = std::str::from_utf8(bytes)
        .map_err(|_| ImportError::Unreadable("it is not UTF-8 text".to_owned()))?;
    let document = parse(text)?;
    let format = format_of(&document)?;
    let builder = Builder::new(catalog, ids, now);
    match format {
        Format::Otm => otm::read(&document, builder),
        Format::ThreatDragon => threat_dragon::read(&document, builder),
        Format::ThreatComposer => threat_composer::read(&document, builder),
    }
}

fn parse(text: &str) -> Result<Value, ImportError> {
    if text.trim_start().starts_with(['{', '[']) {
        return serde_json::from_str(text)
            .map_err(|error| ImportError::Unreadable(error.to_string()));
    }
    yaml::parse(text).map_err(ImportError::Unreadable)
}

fn format_of(document: &Value) -> Result<Format, ImportError> {
    let has = |name: &str| !document[name].is_null();
    if has("otmVersion") {
        return Ok(Format::Otm);
    }
    if document["summary"].is_object() && document["detail"].is_object() {
        let diagrams = value::list(&document["detail"], "diagrams");
        return if diagrams.iter().any(|one| !one["diagramJson"].is_null()) {
            Err(ImportError::OtherVersion(
                "Threat Dragon 1 model".to_owned(),
            ))
        } else {
            Ok(Format::ThreatDragon)
        };
    }
    if has("schema")
        && ["applicationInfo", "threats", "mitigations", "assumptions"]
            .into_iter()
            .any(has)
    {
        return match document["schema"].as_f64() {
            Some(version) if version <= 1.0 => Ok(Format::ThreatComposer),
            _ => Err(ImportError::OtherVersion(
                "later Threat Composer workspace".to_owned(),
            )),
        };
    }
    Err(ImportError::Unknown)
}
