//! What the catalog knows, as types. One RON file holds one [`CatalogFile`].
//!
//! Not for loading or checking. Every id is kebab-case, unique within its kind and stable, because
//! saved sessions refer to it. The build script compiles this folder too, so it may use nothing of
//! the crate but [`crate::stride`].

mod brief;
mod component;
mod control;
mod id;
mod knowledge;
mod system;
mod text;
mod threat;

use serde::{Deserialize, Serialize};

pub use brief::{Brief, Requirement};
pub use component::{Addition, Component, Prompt, Surface};
pub use control::{Assessment, Control, Level, Remediation, Snippet, SnippetKind};
pub use id::{Id, InvalidId, ReferenceId};
pub use knowledge::{AttackerProfile, Reference, ReferenceKind, Term};
pub use system::{DataFlow, Element, ElementKind, System, TrustZone};
pub use text::{Text, compiling, reading_compiled};
pub use threat::{CatalogMitigation, CatalogThreat, Correction, SampleAnswer};

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
