//! Which elements and flows of a system a session's diagram shows. Both drawings read this.

use std::collections::{HashMap, HashSet};

use crate::catalog::Catalog;
use crate::catalog::types::{DataFlow, Element, Id, TrustZone};
use crate::session::types::Session;

/// A diagram: elements in their trust zones, and what flows between.
pub struct Diagram<'a> {
    /// Zones that have an element, in the catalog's order, each with its elements.
    pub zones: Vec<Zone<'a>>,
    /// Flows between elements that are shown.
    pub flows: Vec<Flow<'a>>,
}

/// A trust zone with what stands in it.
pub struct Zone<'a> {
    /// The zone.
    pub zone: &'a TrustZone,
    /// Its elements, numbered from 1 through the whole diagram.
    pub elements: Vec<Node<'a>>,
}

/// An element with its place.
#[derive(Clone, Copy)]
pub struct Node<'a> {
    /// Its number in the diagram.
    pub number: usize,
    /// The element.
    pub element: &'a Element,
    /// The zone it stands in.
    pub zone: &'a TrustZone,
}

/// A flow with both its ends.
pub struct Flow<'a> {
    /// What flows, and how.
    pub data: &'a DataFlow,
    /// Where it comes from.
    pub from: Node<'a>,
    /// Where it goes to.
    pub to: Node<'a>,
}

impl Flow<'_> {
    /// Whether it crosses a trust boundary.
    pub fn crosses(&self) -> bool {
        self.from.zone.id != self.to.zone.id
    }
}

impl<'a> Diagram<'a> {
    /// What the session has in scope of a system: the elements of its components, and those without
    /// a component of the walk that a flow ties to them. Nothing where no component is in scope.
    pub fn of(session: &Session, catalog: &'a Catalog, system: &Id) -> Option<Self> {
        let system = catalog.system(system.as_str())?;
        let in_scope: HashSet<&Id> = session.components.iter().collect();
        let drawn = system
            .elements
            .iter()
            .filter_map(|one| one.component.as_ref());
        if !system
            .components
            .iter()
            .chain(drawn)
            .any(|id| in_scope.contains(id))
        {
            return None;
        }
        let own: HashSet<&Id> = system
            .elements
            .iter()
            .filter(|one| {
                one.component
                    .as_ref()
                    .is_some_and(|id| in_scope.contains(id))
            })
            .map(|one| &one.id)
            .collect();
        let outside: HashSet<&Id> = system
            .elements
            .iter()
            .filter(|one| one.component.is_none())
            .map(|one| &one.id)
            .collect();
        let shown_flow = |flow: &&DataFlow| {
            let known = |id: &Id| own.contains(id) || outside.contains(id);
            let ties = own.contains(&flow.from) || own.contains(&flow.to);
            ties && known(&flow.from) && known(&flow.to)
        };
        let flows: Vec<&DataFlow> = system.data_flows.iter().filter(shown_flow).collect();
        let tied: HashSet<&Id> = flows.iter().flat_map(|one| [&one.from, &one.to]).collect();

        let mut zones = Vec::new();
        let mut nodes: HashMap<&Id, Node<'a>> = HashMap::new();
        for zone in &system.trust_zones {
            let mut elements = Vec::new();
            for element in system.elements.iter().filter(|one| one.zone == zone.id) {
                if own.contains(&element.id) || tied.contains(&element.id) {
                    let number = nodes.len() + 1;
                    let node = Node {
                        number,
                        element,
                        zone,
                    };
                    nodes.insert(&element.id, node);
                    elements.push(node);
                }
            }
            if !elements.is_empty() {
                zones.push(Zone { zone, elements });
            }
        }
        let flows = flows
            .into_iter()
            .filter_map(|flow| {
                let from = *nodes.get(&flow.from)?;
                let to = *nodes.get(&flow.to)?;
                Some(Flow {
                    data: flow,
                    from,
                    to,
                })
            })
            .collect();
        Some(Self { zones, flows })
    }
}
