//! What scanners found, and the findings that were chosen and documented. Not for what findings mean for
//! each other: see `findings`.

use serde::{Deserialize, Serialize};

use super::Stamp;
use crate::catalog::types::Id;
use crate::session::id::{HardeningId, ScanId, ThreatId};

/// What a scanner says about one control, in the meaning that the tool itself gives its words.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum FindingStatus {
    /// The control is met.
    Passed,
    /// The control is not met.
    Failed,
    /// A person has to look.
    Manual,
    /// Said for information, without a verdict.
    Information,
}

/// What a scanner found for one control.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Finding {
    /// The number that the tool printed, such as `5.10`.
    pub number: String,
    /// The title as the tool printed it.
    pub title: String,
    /// The word that the tool printed, such as `WARN`.
    pub printed_status: String,
    /// What that word means.
    pub status: FindingStatus,
    /// The catalog's control, where the title is known.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub control: Option<Id>,
    /// Containers, files and users that the tool named.
    pub details: Vec<String>,
    /// What the tool says to do.
    pub remediation: String,
}

/// One imported run of a scanner.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Scan {
    /// Its id.
    pub id: ScanId,
    /// The file's name, without its folders.
    pub file: String,
    /// Such as `docker-bench-security`.
    pub tool: String,
    /// The tool's version, where it says so.
    pub tool_version: String,
    /// The benchmark and its version, where known.
    pub benchmark: String,
    /// What it found.
    pub findings: Vec<Finding>,
    /// Who imported it, and when.
    pub created: Stamp,
}

/// A finding that was chosen to be hardened, and documented.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Hardening {
    /// Its id.
    pub id: HardeningId,
    /// The number as the tool printed it.
    pub number: String,
    /// The title as the tool printed it.
    pub title: String,
    /// The benchmark and version that the number belongs to.
    pub benchmark: String,
    /// The catalog's control.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub control: Option<Id>,
    /// What is wrong.
    pub issue: String,
    /// Why it matters here.
    pub why_here: String,
    /// What is done about it.
    pub remediation: String,
    /// What was seen afterwards.
    pub result: String,
    /// Somebody looked by hand that it holds, where the tool can only give a note.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub confirmed: Option<Stamp>,
    /// The threats that it bears on.
    pub threats: Vec<ThreatId>,
    /// Who chose it, and when.
    pub created: Stamp,
    /// Who changed it last, and when.
    pub changed: Stamp,
}
