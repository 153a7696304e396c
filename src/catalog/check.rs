//! Whether a catalog makes sense: references that resolve, cells that are filled, titles that fit.
//!
//! Syntax and duplicate ids are found earlier, by [`super::load`].

use std::collections::{HashMap, HashSet};

use super::load::{Catalog, parse};
use super::source::{Problem, SourceFile};
use super::types::{CatalogFile, CatalogThreat, Component, Control, Requirement, System};
use crate::stride::Category;

/// The longest title of a threat or a control, in characters.
pub const MAX_TITLE: usize = 70;

/// The longest short name of a component, in characters: the map has no room for more.
pub const MAX_SHORT: usize = 11;

/// Everything wrong in `files`, given the whole catalog that they are part of.
pub fn check(files: &[SourceFile], catalog: &Catalog) -> Vec<Problem> {
    let known = Known::of(catalog);
    let mut problems = Vec::new();
    for file in files {
        // What does not parse was reported by loading.
        if let Ok(content) = parse(file) {
            Checker {
                file,
                known: &known,
                problems: &mut problems,
            }
            .content(&content);
        }
    }
    problems
}

/// The ids that may be referred to.
struct Known<'a> {
    catalog: &'a Catalog,
    surfaces: HashMap<&'a str, HashSet<&'a str>>,
}

impl<'a> Known<'a> {
    fn of(catalog: &'a Catalog) -> Self {
        let surfaces = catalog
            .components
            .iter()
            .map(|one| {
                (
                    one.id.as_str(),
                    one.surfaces.iter().map(|s| s.id.as_str()).collect(),
                )
            })
            .collect();
        Self { catalog, surfaces }
    }
}

struct Checker<'a> {
    file: &'a SourceFile,
    known: &'a Known<'a>,
    problems: &'a mut Vec<Problem>,
}

impl Checker<'_> {
    fn content(&mut self, content: &CatalogFile) {
        match content {
            CatalogFile::System(system) => self.system(system),
            CatalogFile::Component(component) => {
                self.component(component);
                for threat in &component.threats {
                    self.threat(component.id.as_str(), threat);
                }
                self.samples(component.id.as_str(), &component.samples);
            }
            CatalogFile::Addition(addition) => {
                for threat in &addition.threats {
                    self.threat(addition.component.as_str(), threat);
                }
                self.samples(addition.component.as_str(), &addition.samples);
            }
            CatalogFile::Controls(controls) => {
                for control in controls {
                    self.control(control);
                }
            }
            CatalogFile::Attackers(attackers) => {
                for one in attackers {
                    for component in &one.components {
                        self.component_exists(one.id.as_str(), component.as_str());
                    }
                    self.references(one.id.as_str(), &one.references, one.id.as_str());
                }
            }
            CatalogFile::Glossary(terms) => {
                for term in terms {
                    for surface in &term.surfaces {
                        let found = self
                            .known
                            .surfaces
                            .values()
                            .any(|ids| ids.contains(surface.as_str()));
                        if !found {
                            self.dangling(term.id.as_str(), "attack surface", surface.as_str());
                        }
                    }
                }
            }
            CatalogFile::References(_) => {}
            CatalogFile::Brief(brief) => {
                for component in &brief.components {
                    self.component_exists(brief.id.as_str(), component.as_str());
                }
                for requirement in &brief.requirements {
                    if let Requirement::Threats { system, .. }
                    | Requirement::Categories { system, .. }
                    | Requirement::Mitigations { system } = requirement
                        && self.known.catalog.system(system.as_str()).is_none()
                    {
                        self.dangling(brief.id.as_str(), "system", system.as_str());
                    }
                }
            }
        }
    }

    fn system(&mut self, system: &System) {
        let owner = system.id.as_str();
        for component in &system.components {
            self.component_exists(owner, component.as_str());
        }
        for element in &system.elements {
            if system
                .trust_zones
                .iter()
                .all(|zone| zone.id != element.zone)
            {
                self.dangling(element.id.as_str(), "trust zone", element.zone.as_str());
            }
            if let Some(component) = &element.component {
                self.component_exists(element.id.as_str(), component.as_str());
            }
        }
        for flow in &system.data_flows {
            for end in [&flow.from, &flow.to] {
                if system.elements.iter().all(|element| element.id != *end) {
                    self.dangling(flow.id.as_str(), "element", end.as_str());
                }
            }
        }
        let lists = [
            (
                "trust zone",
                system
                    .trust_zones
                    .iter()
                    .map(|one| one.id.as_str())
                    .collect::<Vec<_>>(),
            ),
            (
                "element",
                system.elements.iter().map(|one| one.id.as_str()).collect(),
            ),
            (
                "data flow",
                system
                    .data_flows
                    .iter()
                    .map(|one| one.id.as_str())
                    .collect(),
            ),
        ];
        for (kind, ids) in lists {
            let mut seen = HashSet::new();
            for id in ids {
                if !seen.insert(id) {
                    let message = format!("the {kind} id \"{id}\" stands twice in {owner}");
                    self.problems
                        .push(self.file.problem_at_last(id, owner.to_owned(), message));
                }
            }
        }
    }

    fn component(&mut self, component: &Component) {
        let owner = component.id.as_str();
        if self
            .known
            .catalog
            .system(component.system.as_str())
            .is_none()
        {
            self.dangling(owner, "system", component.system.as_str());
        }
        if component.short.chars().count() > MAX_SHORT {
            let message = format!("the short name is longer than {MAX_SHORT} characters");
            self.add(owner, &component.short, owner, message);
        }
        // Judged with what additions bring, so that a component may be spread over files.
        let whole = self.known.catalog.component(owner).unwrap_or(component);
        let mut empty = Vec::new();
        for category in Category::ALL {
            if whole.prompts.iter().all(|one| one.category != category) {
                empty.push(format!("the cell {category} has no prompt"));
            }
            if whole.threats.iter().all(|one| one.category != category) {
                empty.push(format!("the cell {category} has no threat"));
            }
        }
        for message in empty {
            self.add(owner, owner, owner, message);
        }
    }

    fn threat(&mut self, component: &str, threat: &CatalogThreat) {
        let owner = threat.id.as_str();
        let path = format!("{component} › {owner}");
        let surfaces = self.known.surfaces.get(component);
        if !surfaces.is_some_and(|ids| ids.contains(threat.surface.as_str())) {
            let message = format!("{component} has no attack surface \"{}\"", threat.surface);
            self.add(owner, threat.surface.as_str(), &path, message);
        }
        self.title(owner, &threat.title, &path);
        for (name, text) in [
            ("what_goes_wrong", &threat.what_goes_wrong),
            ("preconditions", &threat.preconditions),
            ("impact", &threat.impact),
        ] {
            if text.trim().is_empty() {
                self.add(owner, name, &path, format!("{name} is empty"));
            }
        }
        if threat.mitigations.is_empty() {
            self.add(
                owner,
                "mitigations",
                &path,
                "there is no mitigation".to_owned(),
            );
        }
        for mitigation in &threat.mitigations {
            if mitigation.verify.trim().is_empty() {
                let message = "this mitigation does not say how to verify it".to_owned();
                self.add(owner, &mitigation.what, &path, message);
            }
        }
        self.references(owner, &threat.references, &path);
        if let Some(correction) = &threat.correction {
            self.references(owner, &correction.sources, &path);
        }
        let controls = threat.mitigations.iter().flat_map(|one| &one.controls);
        for control in threat.controls.iter().chain(controls) {
            if self.known.catalog.control(control.as_str()).is_none() {
                let message = format!("there is no control \"{control}\"");
                self.add(owner, control.as_str(), &path, message);
            }
        }
    }

    fn samples(&mut self, component: &str, samples: &[super::types::SampleAnswer]) {
        for sample in samples {
            for threat in &sample.threats {
                if self.known.catalog.threat(threat.as_str()).is_none() {
                    self.dangling(component, "threat", threat.as_str());
                }
            }
        }
    }

    fn control(&mut self, control: &Control) {
        let owner = control.id.as_str();
        self.title(owner, &control.title, owner);
        // No category at all is an answer: some lines of a scanner are samples that say nothing.
        for component in &control.components {
            self.component_exists(owner, component.as_str());
        }
    }

    fn title(&mut self, owner: &str, title: &str, path: &str) {
        let length = title.chars().count();
        if length == 0 || length > MAX_TITLE {
            let message = format!("the title has {length} characters; 1 to {MAX_TITLE} fit");
            self.add(owner, title, path, message);
        }
    }

    fn references(&mut self, owner: &str, ids: &[super::types::ReferenceId], path: &str) {
        for id in ids {
            if self.known.catalog.reference(id.as_str()).is_none() {
                let message = format!("there is no reference \"{id}\"");
                self.add(owner, id.as_str(), path, message);
            }
        }
    }

    fn component_exists(&mut self, owner: &str, component: &str) {
        if self.known.catalog.component(component).is_none() {
            self.dangling(owner, "component", component);
        }
    }

    fn dangling(&mut self, owner: &str, kind: &str, id: &str) {
        self.add(owner, id, owner, format!("there is no {kind} \"{id}\""));
    }

    fn add(&mut self, owner: &str, value: &str, path: &str, message: String) {
        self.problems
            .push(self.file.problem(owner, value, path.to_owned(), message));
    }
}
