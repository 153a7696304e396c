//! How much a catalog holds, cell by cell. docs/json.md describes the JSON form.

use std::collections::BTreeMap;

use serde::Serialize;

use super::Catalog;
use crate::stride::Category;

/// Counts of a whole catalog.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Stats {
    /// Name and version of this form.
    pub schema: &'static str,
    /// Each system.
    pub systems: Vec<SystemStats>,
    /// All threats.
    pub threats: usize,
    /// All mitigations of threats.
    pub mitigations: usize,
    /// All controls.
    pub controls: usize,
    /// All attacker profiles.
    pub attackers: usize,
    /// All terms.
    pub glossary: usize,
    /// All sources and official ids.
    pub references: usize,
    /// All data flows.
    pub data_flows: usize,
}

/// Counts of a system.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct SystemStats {
    /// Its id.
    pub id: String,
    /// Each component.
    pub components: Vec<ComponentStats>,
}

/// Counts of a component.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct ComponentStats {
    /// Its id.
    pub id: String,
    /// Its attack surfaces.
    pub surfaces: usize,
    /// Each cell, by the category's id.
    pub cells: BTreeMap<&'static str, CellStats>,
}

/// Counts of a cell.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
pub struct CellStats {
    /// Its questions.
    pub prompts: usize,
    /// Its threats.
    pub threats: usize,
}

impl Stats {
    /// Counts a catalog.
    pub fn of(catalog: &Catalog) -> Self {
        let threats = || {
            catalog
                .components
                .iter()
                .flat_map(|component| &component.threats)
        };
        let systems = catalog.systems.iter().map(|system| SystemStats {
            id: system.id.to_string(),
            components: catalog
                .components_of(&system.id)
                .map(|component| ComponentStats {
                    id: component.id.to_string(),
                    surfaces: component.surfaces.len(),
                    cells: Category::ALL
                        .map(|category| {
                            let cell = CellStats {
                                prompts: catalog.prompts(&component.id, category).count(),
                                threats: catalog.suggestions(&component.id, category).count(),
                            };
                            (category.id(), cell)
                        })
                        .into(),
                })
                .collect(),
        });
        Self {
            schema: "astride.catalog-stats/1",
            systems: systems.collect(),
            threats: threats().count(),
            mitigations: threats().map(|threat| threat.mitigations.len()).sum(),
            controls: catalog.controls.len(),
            attackers: catalog.attackers.len(),
            glossary: catalog.glossary.len(),
            references: catalog.references.len(),
            data_flows: catalog
                .systems
                .iter()
                .map(|system| system.data_flows.len())
                .sum(),
        }
    }
}
