//! Which threats and answers stand in which section, and in which order.

use std::collections::{HashMap, HashSet};

use crate::catalog::Catalog;
use crate::catalog::types::{Id, Requirement};
use crate::encode::ForeignText;
use crate::session::types::{Cell, Session, Threat};
use crate::stride::Category;

/// A section of the write-up: the threats and answers of one system, or what is left over.
pub struct Section<'a> {
    /// What it is about, such as the system's name.
    pub name: String,
    /// Its heading.
    pub title: String,
    /// Whether the brief asks for threats here, so that there should be some.
    pub asked: bool,
    /// Whether it is about components in scope.
    pub in_scope: bool,
    /// In the order of the walk, within a cell as they were recorded.
    pub threats: Vec<&'a Threat>,
    /// In the same order.
    pub cells: Vec<&'a Cell>,
}

/// The sections that have something to say, in their order.
pub fn of<'a>(session: &'a Session, catalog: &'a Catalog) -> Vec<Section<'a>> {
    let sorting = Sorting::of(session, catalog);
    let mut sections: Vec<Section<'a>> = catalog
        .systems
        .iter()
        .map(|system| {
            let title = format!("{} threats", system.name);
            Section::new(&system.name, title, asked(session, catalog, &system.id))
        })
        .collect();
    for (name, title) in [
        ("Other components", "Threats to other components"),
        ("Out of scope", "Threats out of scope"),
    ] {
        sections.push(Section::new(name, title.to_owned(), false));
    }
    if let Some(last) = sections.last_mut() {
        last.in_scope = false;
    }
    for threat in &session.threats {
        sections[sorting.section(&threat.component)]
            .threats
            .push(threat);
    }
    for cell in &session.cells {
        sections[sorting.section(&cell.component)].cells.push(cell);
    }
    for section in &mut sections {
        section
            .threats
            .sort_by_cached_key(|one| sorting.rank(&one.component, one.category));
        section
            .cells
            .sort_by_cached_key(|one| sorting.rank(&one.component, one.category));
    }
    sections.retain(Section::has_something_to_say);
    sections
}

impl Section<'_> {
    fn new(name: &str, title: String, asked: bool) -> Self {
        Self {
            name: name.to_owned(),
            title,
            asked,
            in_scope: true,
            threats: Vec::new(),
            cells: Vec::new(),
        }
    }

    fn has_something_to_say(&self) -> bool {
        let said = |text: &ForeignText| !text.trim().is_empty();
        self.asked
            || !self.threats.is_empty()
            || self.cells.iter().any(|cell| {
                said(&cell.note)
                    || cell
                        .nothing_applies
                        .as_ref()
                        .is_some_and(|answer| said(&answer.reason))
                    || cell.left.iter().any(|left| said(&left.reason))
            })
    }
}

fn asked(session: &Session, catalog: &Catalog, wanted: &Id) -> bool {
    let brief = catalog.brief(session.brief.as_str());
    brief.is_some_and(|brief| {
        brief
            .requirements
            .iter()
            .any(|requirement| match requirement {
                Requirement::Threats { system, .. }
                | Requirement::Categories { system, .. }
                | Requirement::Mitigations { system } => system == wanted,
                _ => false,
            })
    })
}

struct Sorting<'a> {
    in_scope: HashSet<&'a Id>,
    /// Each component's place in the walk, and its system's among the systems.
    places: HashMap<&'a Id, (usize, usize)>,
    systems: usize,
}

impl<'a> Sorting<'a> {
    fn of(session: &'a Session, catalog: &'a Catalog) -> Self {
        let systems: HashMap<&Id, usize> = catalog
            .systems
            .iter()
            .enumerate()
            .map(|(at, system)| (&system.id, at))
            .collect();
        let places = catalog
            .components
            .iter()
            .enumerate()
            .filter_map(|(at, one)| Some((&one.id, (at, *systems.get(&one.system)?))))
            .collect();
        Self {
            in_scope: session.components.iter().collect(),
            places,
            systems: systems.len(),
        }
    }

    fn section(&self, component: &Id) -> usize {
        if !self.in_scope.contains(component) {
            return self.systems + 1;
        }
        let place = self.places.get(component);
        place.map_or(self.systems, |(_, system)| *system)
    }

    /// Unknown components come last, together, in the order of their ids.
    fn rank<'b>(&self, component: &'b Id, category: Category) -> (usize, &'b str, Category)
    where
        'a: 'b,
    {
        let place = self.places.get(component);
        let place = place.map_or(usize::MAX, |(walk, _)| *walk);
        (place, component.as_str(), category)
    }
}
