//! Systems that belong to one session alone, because the catalog does not know them: what an import
//! from another tool brought. They join the catalog while their session is looked at, so that
//! screens, diagrams and write-ups need no second way.
//!
//! Not for reading other tools' files: that is `import`.

use std::borrow::Cow;
use std::collections::HashSet;

use serde::{Deserialize, Serialize};

use super::types::Session;
use crate::catalog::Catalog;
use crate::catalog::types::{Component, DataFlow, Element, Id, System, TrustZone};
use crate::encode::ForeignText;

/// A system that the catalog does not know.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct OwnSystem {
    /// Its id, unlike that of any system of the program's.
    pub id: Id,
    /// As people call it.
    pub name: ForeignText,
    /// What it covers.
    pub what: ForeignText,
    /// Its components. One with the id of a data flow stands for that flow, which can be attacked too.
    pub components: Vec<OwnComponent>,
    /// Areas in which everything trusts each other to the same degree.
    pub trust_zones: Vec<TrustZone>,
    /// The nodes of its diagram.
    pub elements: Vec<Element>,
    /// The arrows of its diagram.
    pub data_flows: Vec<DataFlow>,
}

/// A component that the catalog does not know.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct OwnComponent {
    /// Its id, unlike that of any component of the program's.
    pub id: Id,
    /// As people call it.
    pub name: ForeignText,
    /// What it is, in the words of where it came from.
    pub what: ForeignText,
}

/// The longest short name of a component, in characters, for the map.
const SHORT: usize = 11;

impl OwnSystem {
    /// This system with everything behind it that only the other version of it has.
    #[must_use]
    pub fn joined_with(&self, other: &Self) -> Self {
        let mut joined = self.clone();
        macro_rules! add {
            ($list:ident) => {
                for one in &other.$list {
                    if !self.$list.iter().any(|own| own.id == one.id) {
                        joined.$list.push(one.clone());
                    }
                }
            };
        }
        add!(components);
        add!(trust_zones);
        add!(elements);
        add!(data_flows);
        joined
    }

    fn in_catalog(&self) -> (System, Vec<Component>) {
        let components: Vec<Component> = self
            .components
            .iter()
            .map(|one| Component {
                id: one.id.clone(),
                system: self.id.clone(),
                name: one.name.raw().into(),
                short: short(one.name.raw()).into(),
                summary: one.what.raw().into(),
                surfaces: Vec::new(),
                prompts: Vec::new(),
                threats: Vec::new(),
                samples: Vec::new(),
            })
            .collect();
        let system = System {
            id: self.id.clone(),
            name: self.name.raw().into(),
            summary: self.what.raw().into(),
            draft: true,
            components: components.iter().map(|one| one.id.clone()).collect(),
            trust_zones: self.trust_zones.clone(),
            elements: self.elements.clone(),
            data_flows: self.data_flows.clone(),
        };
        (system, components)
    }
}

impl Session {
    /// The catalog together with the session's own systems. What the catalog has under the same id stays.
    pub fn with_own_systems<'a>(&self, catalog: &'a Catalog) -> Cow<'a, Catalog> {
        if self.own_systems.is_empty() {
            return Cow::Borrowed(catalog);
        }
        let own = self.own_systems.iter().map(OwnSystem::in_catalog);
        Cow::Owned(catalog.joined_by(own))
    }

    /// The components of own systems that stand for a data flow.
    pub fn components_for_flows(&self) -> HashSet<&Id> {
        self.own_systems
            .iter()
            .flat_map(|system| {
                let flows: HashSet<&Id> = system.data_flows.iter().map(|one| &one.id).collect();
                let ids = system.components.iter().map(|one| &one.id);
                ids.filter(move |id| flows.contains(id))
            })
            .collect()
    }
}

/// A name cut to what the map has room for.
fn short(name: &str) -> String {
    let line: Vec<&str> = name.split_whitespace().collect();
    let line = line.join(" ");
    if line.chars().count() <= SHORT {
        return line;
    }
    let cut: String = line.chars().take(SHORT - 1).collect();
    format!("{}…", cut.trim_end())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn own(id: &str) -> OwnSystem {
        OwnSystem {
            id: Id::new("shop").unwrap(),
            name: "Shop".into(),
            what: ForeignText::new(),
            components: vec![OwnComponent {
                id: Id::new(id).unwrap(),
                name: "Background\nWorker Process".into(),
                what: "Takes orders.".into(),
            }],
            trust_zones: Vec::new(),
            elements: Vec::new(),
            data_flows: Vec::new(),
        }
    }

    fn session() -> Session {
        let brief = Id::new("free").unwrap();
        Session::new("Ours", brief, Vec::new(), jiff::Timestamp::UNIX_EPOCH)
    }

    #[test]
    fn an_own_component_is_found_like_any_other() {
        let mut session = session();
        session.own_systems.push(own("worker"));
        let catalog = Catalog::embedded();
        let joined = session.with_own_systems(&catalog);
        let worker = joined.component("worker").unwrap();
        assert_eq!(worker.short, "Background…");
        assert_eq!(joined.components_of(&worker.system).count(), 1);
        assert!(joined.component("docker-host").is_some());
    }

    #[test]
    fn a_component_of_the_catalog_is_never_replaced() {
        let mut session = session();
        session.own_systems.push(own("docker-host"));
        let catalog = Catalog::embedded();
        let joined = session.with_own_systems(&catalog);
        assert_eq!(joined.component("docker-host").unwrap().name, "Docker host");
        assert_eq!(joined.components.len(), catalog.components.len());
    }

    #[test]
    fn a_session_without_own_systems_copies_nothing() {
        let catalog = Catalog::embedded();
        assert!(matches!(
            session().with_own_systems(&catalog),
            Cow::Borrowed(_)
        ));
    }
}
