//! How much the catalog holds, cell by cell, in the form of `astride catalog stats --json`.
//!
//! The names of the fields are a promise to scripts (docs/json.md): new ones may join, none may
//! change.

use serde::Serialize;

use super::load::Catalog;
use super::types::{Component, Id};
use crate::stride::Category;

/// The schema of [`CatalogStats`].
pub const SCHEMA: &str = "astride.catalog-stats/1";

/// Counts of everything.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct CatalogStats {
    /// [`SCHEMA`], first, so that a reader knows what follows.
    pub schema: &'static str,
    /// In the order of the walk.
    pub systems: Vec<SystemStats>,
    /// Threats of all components.
    pub threats: usize,
    /// Mitigations of all threats.
    pub mitigations: usize,
    /// Controls of the benchmarks.
    pub controls: usize,
    /// Attacker profiles.
    pub attackers: usize,
    /// Terms.
    pub glossary: usize,
    /// Documents that entries rest on, and official ids such as `T1611`.
    pub references: usize,
    /// Data flows of all systems.
    pub data_flows: usize,
}

/// The components of a system.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct SystemStats {
    /// The system.
    pub id: Id,
    /// In the order of the walk.
    pub components: Vec<ComponentStats>,
}

/// The cells of a component.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct ComponentStats {
    /// The component.
    pub id: Id,
    /// Attack surfaces.
    pub surfaces: usize,
    /// One for each category.
    pub cells: Cells,
}

/// The six cells of a component, by the ids of the categories.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
pub struct Cells {
    /// Pretending.
    pub spoofing: CellStats,
    /// Changing.
    pub tampering: CellStats,
    /// Denying.
    pub repudiation: CellStats,
    /// Disclosing.
    pub information_disclosure: CellStats,
    /// Stopping.
    pub denial_of_service: CellStats,
    /// Gaining rights.
    pub elevation_of_privilege: CellStats,
}

/// What a cell offers.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize)]
pub struct CellStats {
    /// Questions.
    pub prompts: usize,
    /// Suggestions.
    pub threats: usize,
}

impl Cells {
    /// The six in the order of the letters.
    pub const fn all(&self) -> [CellStats; 6] {
        [
            self.spoofing,
            self.tampering,
            self.repudiation,
            self.information_disclosure,
            self.denial_of_service,
            self.elevation_of_privilege,
        ]
    }

    fn of(component: &Component) -> Self {
        let cell = |category: Category| CellStats {
            prompts: count(component.prompts.iter().map(|one| one.category), category),
            threats: count(component.threats.iter().map(|one| one.category), category),
        };
        Self {
            spoofing: cell(Category::Spoofing),
            tampering: cell(Category::Tampering),
            repudiation: cell(Category::Repudiation),
            information_disclosure: cell(Category::InformationDisclosure),
            denial_of_service: cell(Category::DenialOfService),
            elevation_of_privilege: cell(Category::ElevationOfPrivilege),
        }
    }
}

fn count(categories: impl Iterator<Item = Category>, wanted: Category) -> usize {
    categories.filter(|one| *one == wanted).count()
}

impl CatalogStats {
    /// Counts what the catalog holds.
    pub fn of(catalog: &Catalog) -> Self {
        let component = |one: &Component| ComponentStats {
            id: one.id.clone(),
            surfaces: one.surfaces.len(),
            cells: Cells::of(one),
        };
        let systems = catalog.systems.iter().map(|system| SystemStats {
            id: system.id.clone(),
            components: catalog.components_of(&system.id).map(component).collect(),
        });
        let threats = || catalog.components.iter().flat_map(|one| &one.threats);
        Self {
            schema: SCHEMA,
            systems: systems.collect(),
            threats: threats().count(),
            mitigations: threats().map(|one| one.mitigations.len()).sum(),
            controls: catalog.controls.len(),
            attackers: catalog.attackers.len(),
            glossary: catalog.glossary.len(),
            references: catalog.references.len(),
            data_flows: catalog.systems.iter().map(|one| one.data_flows.len()).sum(),
        }
    }
}
