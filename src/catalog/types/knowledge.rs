//! Attacker profiles, terms and references: what helps to understand threats.

use serde::{Deserialize, Serialize};

use super::id::{Id, ReferenceId};
use super::text::Text;

/// Someone who might attack: a goal and the usual methods.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct AttackerProfile {
    /// Such as `crypto-miner`.
    pub id: Id,
    /// Such as `Crypto-mining crew`.
    pub name: Text,
    /// What they want.
    pub goal: Text,
    /// How they usually go about it.
    pub methods: Text,
    /// Skill and means.
    pub capability: Text,
    /// What they are after.
    pub assets: Text,
    /// Components they like to start from.
    #[serde(default)]
    pub components: Vec<Id>,
    /// Groups or cases on record.
    #[serde(default)]
    pub examples: Option<Text>,
    /// ATT&CK ids and sources.
    #[serde(default)]
    pub references: Vec<ReferenceId>,
}

/// A word of the field and what it means.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Term {
    /// Such as `trust-boundary`.
    pub id: Id,
    /// The word.
    pub name: Text,
    /// What it means, for someone who never heard it.
    pub definition: Text,
    /// Other spellings to recognise in texts.
    #[serde(default)]
    pub also: Vec<Text>,
    /// Attack surfaces where the word turns up.
    #[serde(default)]
    pub surfaces: Vec<Id>,
}

/// What kind of thing a reference points to.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ReferenceKind {
    /// A technique of MITRE ATT&CK.
    Attack,
    /// A weakness of the Common Weakness Enumeration.
    Cwe,
    /// An attack pattern of CAPEC.
    Capec,
    /// A published vulnerability.
    Cve,
    /// A risk of NIST SP 800-190.
    Nist,
    /// An entry of an OWASP list.
    Owasp,
    /// A technique of Microsoft's threat matrix for Kubernetes.
    MicrosoftMatrix,
    /// A document.
    Document,
}

/// A source, or an official id with its official name.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Reference {
    /// As entries cite it.
    pub id: ReferenceId,
    /// What it is.
    pub kind: ReferenceKind,
    /// The official name or title.
    pub name: Text,
    /// Who publishes it, for documents.
    #[serde(default)]
    pub publisher: Option<Text>,
    /// Version or year, for documents.
    #[serde(default)]
    pub edition: Option<Text>,
    /// How far it was read or where the id was verified.
    #[serde(default)]
    pub note: Option<Text>,
}
