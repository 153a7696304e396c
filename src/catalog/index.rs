//! Finding entries by id: positions in the order of the ids, so that no id is stored twice and the
//! start of the program makes no map.

use super::load::Catalog;
use super::types::{CatalogThreat, Component};

/// Positions of entries in the order of their ids.
#[derive(Clone, Debug, Default)]
pub struct Index {
    components: Vec<usize>,
    controls: Vec<usize>,
    references: Vec<usize>,
    glossary: Vec<usize>,
    /// A component's position and a threat's position in it.
    threats: Vec<(usize, usize)>,
}

impl Index {
    /// Of what the catalog holds now. Stale once entries are added or moved.
    pub fn of(catalog: &Catalog) -> Self {
        let mut threats: Vec<(usize, usize)> = catalog
            .components
            .iter()
            .enumerate()
            .flat_map(|(at, component)| (0..component.threats.len()).map(move |one| (at, one)))
            .collect();
        threats.sort_by_key(|&(component, threat)| {
            catalog.components[component].threats[threat].id.as_str()
        });
        Self {
            components: sorted(&catalog.components, |one| one.id.as_str()),
            controls: sorted(&catalog.controls, |one| one.id.as_str()),
            references: sorted(&catalog.references, |one| one.id.as_str()),
            glossary: sorted(&catalog.glossary, |one| one.id.as_str()),
            threats,
        }
    }

    /// The position of a component.
    pub fn component(&self, catalog: &Catalog, id: &str) -> Option<usize> {
        look_up(&self.components, &catalog.components, id, |one| {
            one.id.as_str()
        })
    }

    /// The position of a control.
    pub fn control(&self, catalog: &Catalog, id: &str) -> Option<usize> {
        look_up(&self.controls, &catalog.controls, id, |one| one.id.as_str())
    }

    /// The position of a reference.
    pub fn reference(&self, catalog: &Catalog, id: &str) -> Option<usize> {
        look_up(&self.references, &catalog.references, id, |one| {
            one.id.as_str()
        })
    }

    /// The position of a term.
    pub fn term(&self, catalog: &Catalog, id: &str) -> Option<usize> {
        look_up(&self.glossary, &catalog.glossary, id, |one| one.id.as_str())
    }

    /// A threat with its component.
    pub fn threat<'a>(
        &self,
        catalog: &'a Catalog,
        id: &str,
    ) -> Option<(&'a Component, &'a CatalogThreat)> {
        let entry = |(component, threat): (usize, usize)| {
            let component = catalog.components.get(component)?;
            Some((component, component.threats.get(threat)?))
        };
        let found = self
            .threats
            .binary_search_by(|&at| {
                entry(at)
                    .map_or("", |(_, threat)| threat.id.as_str())
                    .cmp(id)
            })
            .ok()?;
        entry(self.threats[found])
    }
}

fn sorted<T>(list: &[T], id: impl Fn(&T) -> &str) -> Vec<usize> {
    let mut positions: Vec<usize> = (0..list.len()).collect();
    positions.sort_by_key(|at| id(&list[*at]));
    positions
}

fn look_up<T>(
    positions: &[usize],
    list: &[T],
    wanted: &str,
    id: impl Fn(&T) -> &str,
) -> Option<usize> {
    let found = positions.binary_search_by(|at| list.get(*at).map_or("", &id).cmp(wanted));
    found.ok().map(|found| positions[found])
}
