//! Threats that the catalog knows, what can be done about them, and model answers.

use serde::{Deserialize, Serialize};

use super::id::{Id, ReferenceId};
use super::text::Text;
use crate::stride::Category;

/// A threat that the catalog knows. In a cell it is a suggestion until it is taken or left.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct CatalogThreat {
    /// Such as `host-docker-sock-mounted`.
    pub id: Id,
    /// The cell's category.
    pub category: Category,
    /// The attack surface of the component.
    pub surface: Id,
    /// A plain title of at most 70 characters.
    pub title: Text,
    /// What goes wrong, in two or three sentences.
    pub what_goes_wrong: Text,
    /// What must be so for it to happen.
    pub preconditions: Text,
    /// What it leads to.
    pub impact: Text,
    /// What to do about it; at least one.
    pub mitigations: Vec<CatalogMitigation>,
    /// ATT&CK, CWE, CAPEC, CVE, NIST 800-190, OWASP and sources.
    #[serde(default)]
    pub references: Vec<ReferenceId>,
    /// Controls of the benchmarks that bear on it.
    #[serde(default)]
    pub controls: Vec<Id>,
    /// Where the course taught something that no longer holds.
    #[serde(default)]
    pub correction: Option<Correction>,
    /// What rests on inference or on secondary texts, if anything.
    #[serde(default)]
    pub unverified: Option<Text>,
    /// The place among the twenty that experts rank highest, from 1.
    #[serde(default)]
    pub rank: Option<u8>,
}

/// Something that can be done about a threat.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct CatalogMitigation {
    /// What to do, as an instruction.
    pub what: Text,
    /// How to see that it holds: a command or a look.
    pub verify: Text,
    /// Controls of the benchmarks that check it.
    #[serde(default)]
    pub controls: Vec<Id>,
}

/// Course wisdom that has aged: what was taught, and what holds today.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Correction {
    /// What the course said.
    pub taught: Text,
    /// What holds today.
    pub today: Text,
    /// Where that is written.
    pub sources: Vec<ReferenceId>,
}

/// A model answer for one cell.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct SampleAnswer {
    /// The cell's category.
    pub category: Category,
    /// What a good group would say, in a few sentences.
    pub answer: Text,
    /// The catalog threats that the answer is about.
    pub threats: Vec<Id>,
}
