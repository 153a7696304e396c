//! Which elements and flows of a system a session's diagram shows. Both drawings read this.

use crate::catalog::Catalog;
use crate::catalog::types::{DataFlow, Element, Id, System, TrustZone};
use crate::session::types::Session;

/// A diagram: elements in their trust zones, and what flows between.
pub struct Diagram<'a> {
    /// Zones that have an element, in the catalog's order, each with its elements.
    pub zones: Vec<(&'a TrustZone, Vec<&'a Element>)>,
    /// Flows between elements that are shown.
    pub flows: Vec<&'a DataFlow>,
}

impl<'a> Diagram<'a> {
    /// What the session has in scope of a system: the elements of its components, and those without
    /// a component of the walk that a flow ties to them. Nothing where no component is in scope.
    pub fn of(session: &Session, catalog: &'a Catalog, system: &Id) -> Option<Self> {
        let system = catalog.system(system.as_str())?;
        let in_scope = |id: &Id| session.components.contains(id);
        if !system.components.iter().any(in_scope) {
            return None;
        }
        let own = |id: &Id| {
            element(system, id).is_some_and(|one| one.component.as_ref().is_some_and(in_scope))
        };
        let outside = |id: &Id| element(system, id).is_some_and(|one| one.component.is_none());
        let flows: Vec<&DataFlow> = system
            .data_flows
            .iter()
            .filter(|flow| {
                let (from, to) = (&flow.from, &flow.to);
                (own(from) && (own(to) || outside(to))) || (outside(from) && own(to))
            })
            .collect();
        let shown =
            |id: &Id| own(id) || flows.iter().any(|flow| flow.from == *id || flow.to == *id);
        let zones = system
            .trust_zones
            .iter()
            .map(|zone| {
                let elements = system
                    .elements
                    .iter()
                    .filter(|one| one.zone == zone.id && shown(&one.id));
                (zone, elements.collect::<Vec<_>>())
            })
            .filter(|(_, elements)| !elements.is_empty())
            .collect();
        Some(Self { zones, flows })
    }

    /// All elements with their numbers from 1, zone by zone.
    pub fn numbered(&self) -> impl Iterator<Item = (usize, &'a Element)> + '_ {
        self.zones
            .iter()
            .flat_map(|(_, elements)| elements.iter().copied())
            .enumerate()
            .map(|(at, element)| (at + 1, element))
    }

    /// The number of an element.
    pub fn number(&self, id: &Id) -> usize {
        self.numbered()
            .find(|(_, element)| element.id == *id)
            .map_or(0, |(number, _)| number)
    }

    /// The zone of an element.
    pub fn zone(&self, id: &Id) -> Option<&'a TrustZone> {
        self.zones
            .iter()
            .find(|(_, elements)| elements.iter().any(|element| element.id == *id))
            .map(|(zone, _)| *zone)
    }
}

fn element<'a>(system: &'a System, id: &Id) -> Option<&'a Element> {
    system.elements.iter().find(|element| element.id == *id)
}
