//! Controls: the checks of the benchmarks. Findings of scanners are the session's.

use serde::{Deserialize, Serialize};

use super::id::Id;
use super::text::Text;
use crate::stride::Category;

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
    pub title: Text,
    /// Titles as the tools print them over the versions, one for each wording.
    #[serde(default)]
    pub printed_titles: Vec<Text>,
    /// Patterns over normalised titles, where wordings vary too much to list.
    #[serde(default)]
    pub title_patterns: Vec<Text>,
    /// What it checks and why that matters, in plain words.
    pub why: Text,
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
    pub numbers: Vec<(Id, Text)>,
}

/// How to satisfy a control.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Remediation {
    /// What to do, in a sentence.
    pub text: Text,
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
    pub text: Text,
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
