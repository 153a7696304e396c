//! The order of the walk.

use std::collections::HashMap;

use crate::catalog::load::Catalog;
use crate::catalog::types::Id;

/// Systems and components in the order of the walk, threats with the most telling first.
pub fn put_in_order(catalog: &mut Catalog) {
    const SHIPPED: [&str; 3] = ["docker", "kubernetes", "web-app"];
    catalog.systems.sort_by_key(|system| {
        let place = SHIPPED.iter().position(|id| system.id == **id);
        place.unwrap_or(SHIPPED.len())
    });
    // A component that its system does not list comes last in it: one file adds a component.
    for component in &catalog.components {
        let systems = &mut catalog.systems;
        if let Some(system) = systems.iter_mut().find(|one| one.id == component.system)
            && !system.components.contains(&component.id)
        {
            system.components.push(component.id.clone());
        }
    }
    let order: HashMap<(&Id, &Id), usize> = catalog
        .systems
        .iter()
        .flat_map(|system| system.components.iter().map(|one| (&system.id, one)))
        .zip(0..)
        .collect();
    catalog.components.sort_by_key(|one| {
        let place = order.get(&(&one.system, &one.id)).copied();
        place.unwrap_or(usize::MAX)
    });
    for component in &mut catalog.components {
        component
            .threats
            .sort_by_key(|threat| (threat.category, threat.rank.unwrap_or(u8::MAX)));
    }
}
