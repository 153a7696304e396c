//! Systems and their data-flow diagrams. Their components have files of their own.

use serde::{Deserialize, Serialize};

use super::id::Id;
use super::text::Text;

/// Something that is modelled: its trust zones, the elements in them and what flows between.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct System {
    /// Such as `docker`.
    pub id: Id,
    /// Such as `Docker`.
    pub name: Text,
    /// One or two sentences on what the system covers.
    pub summary: Text,
    /// Still being written: its empty cells are no problem.
    #[serde(default)]
    pub draft: bool,
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
    pub name: Text,
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
    pub name: Text,
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
    pub what: Text,
    /// Protocol and port, or another way.
    pub how: Text,
}
