//! What the catalog knows, as types. One RON file holds one [`CatalogFile`].
//!
//! Not for loading or checking: see [`super::load`] and [`super::check`]. Every id is kebab-case,
//! unique within its kind and stable, because saved sessions refer to it.

use std::fmt;

use serde::{Deserialize, Deserializer, Serialize, de};

use crate::stride::Category;

/// The name of a catalog entry: lower-case letters, digits, dots and single hyphens, 64 characters
/// at most, such as `docker-host` or `cis-docker-1.6.0`.
///
/// ATT&CK, CWE, CAPEC and CVE entries keep their official spelling and are [`ReferenceId`]s.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(transparent)]
pub struct Id(String);

impl Id {
    /// The longest id that is accepted, in bytes.
    pub const MAX: usize = 64;

    /// Takes a name as it is, or says what is wrong with it.
    pub fn new(text: impl Into<String>) -> Result<Self, InvalidId> {
        let text = text.into();
        let fits = !text.is_empty() && text.len() <= Self::MAX;
        let plain = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '.';
        if fits
            && text
                .split('-')
                .all(|part| !part.is_empty() && part.chars().all(plain))
        {
            Ok(Self(text))
        } else {
            Err(InvalidId(text.chars().take(Self::MAX).collect()))
        }
    }

    /// The id as text.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for Id {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.pad(&self.0)
    }
}

impl PartialEq<str> for Id {
    fn eq(&self, other: &str) -> bool {
        self.0 == other
    }
}

impl PartialEq<&str> for Id {
    fn eq(&self, other: &&str) -> bool {
        self.0 == *other
    }
}

impl std::borrow::Borrow<str> for Id {
    fn borrow(&self) -> &str {
        &self.0
    }
}

impl<'de> Deserialize<'de> for Id {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        Self::new(String::deserialize(deserializer)?).map_err(de::Error::custom)
    }
}

/// A name that is not an [`Id`].
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error(
    "the id {0:?} is not kebab-case: use lower-case letters, digits and dots, words joined by \
     single hyphens, at most 64 characters"
)]
pub struct InvalidId(pub String);

/// The id of a [`Reference`]: a kebab-case source id, or an official id such as `T1611`,
/// `CWE-250`, `CAPEC-94`, `CVE-2019-5736`, `NIST-3.4.3`.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(transparent)]
pub struct ReferenceId(String);

impl ReferenceId {
    /// The id as text.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for ReferenceId {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.pad(&self.0)
    }
}

impl<'de> Deserialize<'de> for ReferenceId {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = String::deserialize(deserializer)?;
        let plain = |c: char| c.is_ascii_alphanumeric() || matches!(c, '.' | '-' | ':');
        if !text.is_empty() && text.len() <= Id::MAX && text.chars().all(plain) {
            Ok(Self(text))
        } else {
            Err(de::Error::custom(format!(
                "the reference id {text:?} may hold letters, digits, dots, colons and hyphens only"
            )))
        }
    }
}

/// What one RON file of a catalog holds.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case", deny_unknown_fields)]
pub enum CatalogFile {
    /// A system with its data-flow diagram; its components have files of their own.
    System(System),
    /// A component with everything asked and known about it.
    Component(Component),
    /// More entries for a component of another file; an entry with a known id overrides it.
    Addition(Addition),
    /// Controls of a benchmark.
    Controls(Vec<Control>),
    /// Attacker profiles.
    Attackers(Vec<AttackerProfile>),
    /// Terms and what they mean.
    Glossary(Vec<Term>),
    /// Sources and official ids with their names.
    References(Vec<Reference>),
    /// An assignment.
    Brief(Brief),
}

/// Something that is modelled: its trust zones, the elements in them and what flows between.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct System {
    /// Such as `docker`.
    pub id: Id,
    /// Such as `Docker`.
    pub name: String,
    /// One or two sentences on what the system covers.
    pub summary: String,
    /// The components in the order of the walk.
    pub components: Vec<Id>,
    /// Areas in which everything trusts each other to the same degree.
    pub trust_zones: Vec<TrustZone>,
    /// The nodes of the data-flow diagram.
    pub elements: Vec<Element>,
    /// The arrows of the data-flow diagram.
    pub data_flows: Vec<DataFlow>,
}

/// An area whose border is a trust boundary.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct TrustZone {
    /// Unique within the system.
    pub id: Id,
    /// As people call it.
    pub name: String,
}

/// What a node of a data-flow diagram is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ElementKind {
    /// A person.
    Actor,
    /// Something that runs.
    Process,
    /// Something that keeps data.
    Store,
    /// Something that others run.
    ExternalService,
}

/// A node of a data-flow diagram.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Element {
    /// Unique within the system.
    pub id: Id,
    /// As the diagram shows it.
    pub name: String,
    /// What it is.
    pub kind: ElementKind,
    /// The zone in which it stands.
    pub zone: Id,
    /// The component of the walk that it belongs to, if any.
    #[serde(default)]
    pub component: Option<Id>,
}

/// An arrow of a data-flow diagram.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct DataFlow {
    /// Unique within the system.
    pub id: Id,
    /// The element it comes from.
    pub from: Id,
    /// The element it goes to.
    pub to: Id,
    /// What flows.
    pub what: String,
    /// Protocol and port, or another way.
    pub how: String,
}

/// A part of a system: one row of the walk.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Component {
    /// Such as `docker-host`.
    pub id: Id,
    /// The system it belongs to.
    pub system: Id,
    /// Such as `Docker host`.
    pub name: String,
    /// At most 11 characters, for the map.
    pub short: String,
    /// What it is and why it matters, in two or three sentences.
    pub summary: String,
    /// Where it can be attacked.
    pub surfaces: Vec<Surface>,
    /// What the walk asks.
    pub prompts: Vec<Prompt>,
    /// What can go wrong.
    pub threats: Vec<CatalogThreat>,
    /// Model answers to compare with, after a group has answered.
    #[serde(default)]
    pub samples: Vec<SampleAnswer>,
}

/// Entries that join a component of another file.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Addition {
    /// The component that they join.
    pub component: Id,
    /// Where it can be attacked.
    #[serde(default)]
    pub surfaces: Vec<Surface>,
    /// What the walk asks.
    #[serde(default)]
    pub prompts: Vec<Prompt>,
    /// What can go wrong.
    #[serde(default)]
    pub threats: Vec<CatalogThreat>,
    /// Model answers.
    #[serde(default)]
    pub samples: Vec<SampleAnswer>,
}

/// A place where a component can be attacked.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Surface {
    /// Such as `isolation-tampering`.
    pub id: Id,
    /// Such as `Isolation tampering`.
    pub name: String,
    /// What belongs to it, in a sentence.
    pub what: String,
}

/// A guiding question of one cell.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Prompt {
    /// Such as `docker-host-e1`.
    pub id: Id,
    /// The cell's category.
    pub category: Category,
    /// One short open question about the group's own system.
    pub question: String,
    /// What to think of, in a few words.
    pub hint: String,
    /// Why it is asked, in a sentence.
    #[serde(default)]
    pub why: Option<String>,
}

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
    pub title: String,
    /// What goes wrong, in two or three sentences.
    pub what_goes_wrong: String,
    /// What must be so for it to happen.
    pub preconditions: String,
    /// What it leads to.
    pub impact: String,
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
    pub unverified: Option<String>,
    /// The place among the twenty that experts rank highest, from 1.
    #[serde(default)]
    pub rank: Option<u8>,
}

/// Something that can be done about a threat.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct CatalogMitigation {
    /// What to do, as an instruction.
    pub what: String,
    /// How to see that it holds: a command or a look.
    pub verify: String,
    /// Controls of the benchmarks that check it.
    #[serde(default)]
    pub controls: Vec<Id>,
}

/// Course wisdom that has aged: what was taught, and what holds today.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Correction {
    /// What the course said.
    pub taught: String,
    /// What holds today.
    pub today: String,
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
    pub answer: String,
    /// The catalog threats that the answer is about.
    pub threats: Vec<Id>,
}

/// Which people a control is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Level {
    /// Sensible everywhere, with little effect on use.
    One,
    /// For places that need more and accept the cost.
    Two,
}

/// Whether a tool can decide a control by itself.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Assessment {
    /// A tool can say pass or fail.
    Automated,
    /// A person has to look.
    Manual,
}

/// A benchmark's check under a key of ours, which stays the same while the benchmark renumbers.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Control {
    /// Such as `daemon-icc-off`.
    pub id: Id,
    /// What it asks for, in our words.
    pub title: String,
    /// Titles as the tools print them over the versions, one for each wording.
    #[serde(default)]
    pub printed_titles: Vec<String>,
    /// Patterns over normalised titles, where wordings vary too much to list.
    #[serde(default)]
    pub title_patterns: Vec<String>,
    /// What it checks and why that matters, in plain words.
    pub why: String,
    /// What to do, something to paste where that is possible.
    pub remediation: Remediation,
    /// The benchmark's profile level.
    pub level: Level,
    /// Whether a tool can decide it.
    pub assessment: Assessment,
    /// The STRIDE categories it bears on.
    pub categories: Vec<Category>,
    /// The components it bears on.
    pub components: Vec<Id>,
    /// Its number in each benchmark or tool version, such as `("cis-docker-1.6.0", "5.11")`.
    pub numbers: Vec<(Id, String)>,
}

/// How to satisfy a control.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Remediation {
    /// What to do, in a sentence.
    pub text: String,
    /// What to paste.
    #[serde(default)]
    pub snippets: Vec<Snippet>,
}

/// Something to paste, and where.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Snippet {
    /// What kind of text it is.
    pub kind: SnippetKind,
    /// The text.
    pub text: String,
}

/// What a snippet is, which says how it is checked and shown.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum SnippetKind {
    /// A fragment of the Docker daemon's `daemon.json`.
    DaemonJson,
    /// Commands for a shell.
    Shell,
    /// Lines of a Dockerfile.
    Dockerfile,
    /// A Kubernetes manifest or a fragment of one.
    Yaml,
    /// Arguments of a control-plane component, one a line.
    Flags,
    /// Lines of another configuration file.
    Text,
}

impl SnippetKind {
    /// The language after the opening fence of a Markdown code block.
    pub const fn fence_language(self) -> &'static str {
        match self {
            Self::DaemonJson => "json",
            Self::Shell => "sh",
            Self::Dockerfile => "dockerfile",
            Self::Yaml => "yaml",
            Self::Flags | Self::Text => "text",
        }
    }
}

/// Someone who might attack: a goal and the usual methods.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct AttackerProfile {
    /// Such as `crypto-miner`.
    pub id: Id,
    /// Such as `Crypto-mining crew`.
    pub name: String,
    /// What they want.
    pub goal: String,
    /// How they usually go about it.
    pub methods: String,
    /// Skill and means.
    pub capability: String,
    /// What they are after.
    pub assets: String,
    /// Components they like to start from.
    #[serde(default)]
    pub components: Vec<Id>,
    /// Groups or cases on record.
    #[serde(default)]
    pub examples: Option<String>,
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
    pub name: String,
    /// What it means, for someone who never heard it.
    pub definition: String,
    /// Other spellings to recognise in texts.
    #[serde(default)]
    pub also: Vec<String>,
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
    pub name: String,
    /// Who publishes it, for documents.
    #[serde(default)]
    pub publisher: Option<String>,
    /// Version or year, for documents.
    #[serde(default)]
    pub edition: Option<String>,
    /// How far it was read or where the id was verified.
    #[serde(default)]
    pub note: Option<String>,
}

/// An assignment: what a finished session must contain.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Brief {
    /// Such as `course`.
    pub id: Id,
    /// Such as `Container security course`.
    pub name: String,
    /// What is asked of the group, in a few sentences.
    pub summary: String,
    /// Components in scope at the start, in the order of the walk.
    pub components: Vec<Id>,
    /// What a finished session must contain.
    #[serde(default)]
    pub requirements: Vec<Requirement>,
    /// The form in which it is handed in.
    #[serde(default)]
    pub form: Option<Id>,
}

/// One thing that a brief asks for.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case", deny_unknown_fields)]
pub enum Requirement {
    /// At least so many threats in a system.
    Threats {
        /// The system they belong to.
        system: Id,
        /// How many.
        at_least: usize,
    },
    /// At least so many different categories among the threats of a system.
    Categories {
        /// The system.
        system: Id,
        /// How many of the six.
        at_least: usize,
    },
    /// Every threat of a system has a mitigation.
    Mitigations {
        /// The system.
        system: Id,
    },
    /// At least so many findings chosen and documented.
    Findings {
        /// How many.
        at_least: usize,
        /// At least this many of them must have none of the numbers in `given`.
        #[serde(default)]
        of_own_choice: usize,
        /// Numbers that the assignment itself mentions.
        #[serde(default)]
        given: Vec<String>,
    },
    /// The environment is described.
    Description,
    /// At least so many attacker profiles chosen.
    Attackers {
        /// How many.
        at_least: usize,
    },
    /// At least so many assumptions noted.
    Assumptions {
        /// How many.
        at_least: usize,
    },
    /// Every cell in scope has been answered.
    EveryCell,
}
