//! What every format asks of a session: its components with their places in a diagram, the flows between
//! them, and the threats and mitigations of each.
//!
//! Not for any one format. Order is that of the catalog and the session, so the same session gives
//! the same document.

use std::collections::{HashMap, HashSet};

use super::ids::Names;
use crate::catalog::Catalog;
use crate::catalog::types::{ElementKind, Id, ReferenceKind, System};
use crate::report::Options;
use crate::report::diagram::Diagram;
use crate::session::id::ThreatId;
use crate::session::types::{Mitigation, Session, Threat};

/// A session as other programs see one.
pub struct Model<'a> {
    /// The session.
    pub session: &'a Session,
    /// What is known.
    pub catalog: &'a Catalog,
    /// Whether people are named.
    pub names: bool,
    /// Trust zones.
    pub zones: Vec<Zone<'a>>,
    /// Components and what else stands in a diagram.
    pub nodes: Vec<Node<'a>>,
    /// What flows between nodes.
    pub flows: Vec<Flow<'a>>,
    /// The mitigations of each threat.
    mitigations: HashMap<&'a ThreatId, Vec<&'a Mitigation>>,
    /// Which component is which node, or a flow.
    places: HashMap<&'a Id, Place>,
}

/// An area whose border is a trust boundary.
pub struct Zone<'a> {
    /// Unique in the document.
    pub id: String,
    /// As people call it.
    pub name: &'a str,
}

/// A component, or something outside that one exchanges data with.
pub struct Node<'a> {
    /// Unique in the document.
    pub id: String,
    /// As people call it.
    pub name: &'a str,
    /// What it is.
    pub what: &'a str,
    /// What kind of thing it is.
    pub kind: ElementKind,
    /// Its zone.
    pub zone: usize,
    /// The system it belongs to.
    pub system: &'a str,
    /// Whether the team looks at it.
    pub in_scope: bool,
    /// What can go wrong there.
    pub threats: Vec<&'a Threat>,
}

/// What flows between two nodes.
pub struct Flow<'a> {
    /// Unique in the document.
    pub id: String,
    /// What flows.
    pub what: &'a str,
    /// Protocol and port, or another way.
    pub how: &'a str,
    /// The node it comes from.
    pub from: usize,
    /// The node it goes to.
    pub to: usize,
    /// What can go wrong with it.
    pub threats: Vec<&'a Threat>,
}

#[derive(Clone, Copy)]
enum Place {
    Node(usize),
    Flow(usize),
}

/// The zone of what no diagram shows.
const NO_ZONE: &str = "Not placed";
/// The system of what no catalog knows.
const NO_SYSTEM: &str = "Other components";

impl<'a> Model<'a> {
    /// Looks everything up once.
    pub fn of(session: &'a Session, catalog: &'a Catalog, options: &Options) -> Self {
        let mut mitigations: HashMap<&ThreatId, Vec<&Mitigation>> = HashMap::new();
        for mitigation in &session.mitigations {
            for threat in &mitigation.threats {
                mitigations.entry(threat).or_default().push(mitigation);
            }
        }
        let mut building = Building {
            model: Self {
                session,
                catalog,
                names: options.names,
                zones: Vec::new(),
                nodes: Vec::new(),
                flows: Vec::new(),
                mitigations,
                places: HashMap::new(),
            },
            in_scope: session.components.iter().collect(),
            names: Names::default(),
            zones: HashMap::new(),
            nowhere: None,
        };
        let is_own = |system: &System| session.own_systems.iter().any(|one| one.id == system.id);
        for system in catalog.systems.iter().filter(|one| is_own(one)) {
            building.whole(system);
        }
        for system in catalog.systems.iter().filter(|one| !is_own(one)) {
            building.shown(system);
        }
        building.other_components();
        building.threats();
        building.model
    }

    /// What is done about a threat.
    pub fn mitigations_of(&self, threat: &Threat) -> &[&'a Mitigation] {
        self.mitigations.get(&threat.id).map_or(&[], Vec::as_slice)
    }

    /// The name of a threat's component.
    pub fn component_of(&self, threat: &Threat) -> &'a str {
        match self.places.get(&threat.component) {
            Some(Place::Node(at)) => self.nodes[*at].name,
            Some(Place::Flow(at)) => self.flows[*at].what,
            None => "",
        }
    }

    /// The node of a threat; of a flow, where it comes from.
    pub fn node_of(&self, threat: &Threat) -> Option<&Node<'a>> {
        self.nodes.get(self.position_of(threat)?)
    }

    /// The position of that node.
    pub fn position_of(&self, threat: &Threat) -> Option<usize> {
        match self.places.get(&threat.component)? {
            Place::Node(at) => Some(*at),
            Place::Flow(at) => Some(self.flows.get(*at)?.from),
        }
    }

    /// The name of a threat's attack surface.
    pub fn surface_of(&self, threat: &'a Threat) -> &'a str {
        let Some(id) = &threat.surface else { return "" };
        let component = self.catalog.component(threat.component.as_str());
        component
            .and_then(|one| one.surfaces.iter().find(|surface| surface.id == *id))
            .map_or(id.as_str(), |surface| surface.name.as_str())
    }

    /// The official ids of one kind that the catalog gives for the suggestion it was taken from.
    pub fn references_of(&self, threat: &Threat, kind: ReferenceKind) -> Vec<&'a str> {
        let suggestion = threat.suggestion.as_ref();
        let known = suggestion.and_then(|id| self.catalog.threat(id.as_str()));
        known
            .into_iter()
            .flat_map(|(_, known)| &known.references)
            .filter(|id| {
                let found = self.catalog.reference(id.as_str());
                found.is_some_and(|one| one.kind == kind)
            })
            .map(crate::catalog::types::ReferenceId::as_str)
            .collect()
    }

    /// The names of those in the room, where people are named.
    pub fn people(&self) -> Vec<&'a str> {
        let people = self.session.participants.iter();
        people
            .filter(|one| self.names && !one.name.trim().is_empty())
            .map(|one| one.name.as_str())
            .collect()
    }

    /// Who does a mitigation, where people are named.
    pub fn owner_of(&self, mitigation: &'a Mitigation) -> &'a str {
        if self.names { &mitigation.owner } else { "" }
    }
}

struct Building<'a> {
    model: Model<'a>,
    in_scope: HashSet<&'a Id>,
    names: Names,
    /// Positions by system and zone.
    zones: HashMap<(&'a Id, &'a Id), usize>,
    nowhere: Option<usize>,
}

impl<'a> Building<'a> {
    fn zone(&mut self, id: &str, name: &'a str) -> usize {
        let id = self.names.give(id);
        self.model.zones.push(Zone { id, name });
        self.model.zones.len() - 1
    }

    fn zone_of(&mut self, system: &'a System, zone: &'a Id, id: &str) -> usize {
        if let Some(at) = self.zones.get(&(&system.id, zone)) {
            return *at;
        }
        let known = system.trust_zones.iter().find(|one| one.id == *zone);
        let at = self.zone(id, known.map_or(zone.as_str(), |one| one.name.as_str()));
        self.zones.insert((&system.id, zone), at);
        at
    }

    fn nowhere(&mut self) -> usize {
        if let Some(at) = self.nowhere {
            return at;
        }
        let at = self.zone("not-placed", NO_ZONE);
        self.nowhere = Some(at);
        at
    }

    /// A system of the session's own, with all that it had where it came from.
    fn whole(&mut self, system: &'a System) {
        for zone in &system.trust_zones {
            self.zone_of(system, &zone.id, zone.id.as_str());
        }
        let mut nodes: HashMap<&Id, usize> = HashMap::new();
        for element in &system.elements {
            let zone = self.zone_of(system, &element.zone, element.zone.as_str());
            let component = element.component.as_ref();
            let known = component.and_then(|id| self.model.catalog.component(id.as_str()));
            let at = self.model.nodes.len();
            let id = component.unwrap_or(&element.id);
            if let Some(id) = component {
                self.model.places.entry(id).or_insert(Place::Node(at));
            }
            self.model.nodes.push(Node {
                id: self.names.give(id.as_str()),
                name: &element.name,
                what: known.map_or("", |one| one.summary.as_str()),
                kind: element.kind,
                zone,
                system: &system.name,
                in_scope: component.is_none_or(|id| self.in_scope.contains(id)),
                threats: Vec::new(),
            });
            nodes.insert(&element.id, at);
        }
        for flow in &system.data_flows {
            let (Some(from), Some(to)) = (nodes.get(&flow.from), nodes.get(&flow.to)) else {
                continue;
            };
            self.model
                .places
                .insert(&flow.id, Place::Flow(self.model.flows.len()));
            self.model.flows.push(Flow {
                id: self.names.give(flow.id.as_str()),
                what: &flow.what,
                how: &flow.how,
                from: *from,
                to: *to,
                threats: Vec::new(),
            });
        }
    }

    /// A system of the catalog, as far as the session's diagram shows it.
    fn shown(&mut self, system: &'a System) {
        let catalog = self.model.catalog;
        // Components that an own system shows already would only stand there twice.
        let placed = |id: &&Id| self.model.places.contains_key(*id);
        let mut in_scope = system
            .components
            .iter()
            .filter(|id| self.in_scope.contains(id));
        if in_scope.all(|id| placed(&id)) {
            return;
        }
        let Some(diagram) = Diagram::of(self.model.session, catalog, &system.id) else {
            return;
        };
        let mut of_component: HashMap<&Id, usize> = HashMap::new();
        for node in diagram.zones.iter().flat_map(|zone| &zone.elements) {
            if let Some(id) = &node.element.component {
                *of_component.entry(id).or_default() += 1;
            }
        }
        let mut nodes: HashMap<usize, usize> = HashMap::new();
        for zone in &diagram.zones {
            let id = format!("{}.{}", system.id, zone.zone.id);
            let zone_at = self.zone_of(system, &zone.zone.id, &id);
            for node in &zone.elements {
                let at = self.model.nodes.len();
                // The element that stands for a whole component has its name.
                let component = node.element.component.as_ref().filter(|id| {
                    let alone = of_component.get(id) == Some(&1);
                    (alone || **id == node.element.id) && !self.model.places.contains_key(*id)
                });
                let known = component.and_then(|id| catalog.component(id.as_str()));
                let id = match component {
                    Some(id) => id.to_string(),
                    None => format!("{}.{}", system.id, node.element.id),
                };
                if let Some(id) = component {
                    self.model.places.insert(id, Place::Node(at));
                }
                self.model.nodes.push(Node {
                    id: self.names.give(&id),
                    name: known.map_or(node.element.name.as_str(), |one| one.name.as_str()),
                    what: known.map_or("", |one| one.summary.as_str()),
                    kind: node.element.kind,
                    zone: zone_at,
                    system: &system.name,
                    in_scope: true,
                    threats: Vec::new(),
                });
                nodes.insert(node.number, at);
            }
        }
        for flow in &diagram.flows {
            let (Some(from), Some(to)) = (nodes.get(&flow.from.number), nodes.get(&flow.to.number))
            else {
                continue;
            };
            let id = format!("{}.{}", system.id, flow.data.id);
            self.model.flows.push(Flow {
                id: self.names.give(&id),
                what: &flow.data.what,
                how: &flow.data.how,
                from: *from,
                to: *to,
                threats: Vec::new(),
            });
        }
    }

    /// Components without an element of their own, those out of scope that have threats, and those
    /// that the catalog does not know.
    fn other_components(&mut self) {
        let session = self.model.session;
        let own = session.own_systems.iter().flat_map(|one| &one.components);
        let all = session
            .components
            .iter()
            .chain(session.threats.iter().map(|one| &one.component))
            .chain(own.map(|one| &one.id));
        for id in all {
            if self.model.places.contains_key(id) {
                continue;
            }
            let known = self.model.catalog.component(id.as_str());
            let system = known.and_then(|one| self.model.catalog.system(one.system.as_str()));
            let element = system.and_then(|system| {
                let mut elements = system.elements.iter();
                elements.find(|one| one.component.as_ref() == Some(id))
            });
            let zone = match (system, element) {
                (Some(system), Some(element)) => {
                    let zone = format!("{}.{}", system.id, element.zone);
                    self.zone_of(system, &element.zone, &zone)
                }
                _ => self.nowhere(),
            };
            self.model
                .places
                .insert(id, Place::Node(self.model.nodes.len()));
            self.model.nodes.push(Node {
                id: self.names.give(id.as_str()),
                name: known.map_or(id.as_str(), |one| one.name.as_str()),
                what: known.map_or("", |one| one.summary.as_str()),
                kind: element.map_or(ElementKind::Process, |one| one.kind),
                zone,
                system: system.map_or(NO_SYSTEM, |one| one.name.as_str()),
                in_scope: self.in_scope.contains(id),
                threats: Vec::new(),
            });
        }
    }

    fn threats(&mut self) {
        for threat in &self.model.session.threats {
            match self.model.places.get(&threat.component) {
                Some(Place::Node(at)) => self.model.nodes[*at].threats.push(threat),
                Some(Place::Flow(at)) => self.model.flows[*at].threats.push(threat),
                // Every component of a threat got a place above.
                None => {}
            }
        }
    }
}
