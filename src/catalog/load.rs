//! RON files in, a [`Catalog`] out. A folder of the user's adds entries or overrides them by id.
//!
//! Not for judging what the entries say: that is [`super::check`].

use std::collections::HashMap;

use super::source::{Origin, Problem, SourceFile, embedded_catalog};
use super::types::{
    Addition, AttackerProfile, Brief, CatalogFile, CatalogThreat, Component, Control, Id, Prompt,
    Reference, SampleAnswer, Surface, System, Term,
};
use crate::stride::Category;

/// Everything that is known.
#[derive(Clone, Debug, Default)]
pub struct Catalog {
    /// Systems in the order of the walk.
    pub systems: Vec<System>,
    /// Components in the order of the walk.
    pub components: Vec<Component>,
    /// Controls of the benchmarks.
    pub controls: Vec<Control>,
    /// Attacker profiles.
    pub attackers: Vec<AttackerProfile>,
    /// Terms.
    pub glossary: Vec<Term>,
    /// Sources and official ids.
    pub references: Vec<Reference>,
    /// Assignments.
    pub briefs: Vec<Brief>,
    origins: HashMap<(Kind, String), Origin>,
    overridden: Vec<(Kind, String)>,
    positions: HashMap<(Kind, String), usize>,
}

/// The kinds of entries; an id is unique within its kind.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Kind {
    /// A system.
    System,
    /// A component.
    Component,
    /// An attack surface.
    Surface,
    /// A guiding question.
    Prompt,
    /// A threat.
    Threat,
    /// A control.
    Control,
    /// An attacker profile.
    Attacker,
    /// A term.
    Term,
    /// A reference.
    Reference,
    /// A brief.
    Brief,
}

impl Kind {
    /// As messages name it.
    pub const fn name(self) -> &'static str {
        match self {
            Self::System => "system",
            Self::Component => "component",
            Self::Surface => "attack surface",
            Self::Prompt => "prompt",
            Self::Threat => "threat",
            Self::Control => "control",
            Self::Attacker => "attacker profile",
            Self::Term => "term",
            Self::Reference => "reference",
            Self::Brief => "brief",
        }
    }
}

/// What is wrong in a catalog, at least one thing.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{}", .0.iter().map(ToString::to_string).collect::<Vec<_>>().join("\n"))]
pub struct CatalogError(pub Vec<Problem>);

impl Catalog {
    /// The catalog that the program carries.
    ///
    /// # Panics
    ///
    /// Never in a program that passed its tests: they load and check every embedded file.
    pub fn embedded() -> Self {
        Self::load(&embedded_catalog()).expect("the tests load every embedded catalog file")
    }

    /// Reads the files in order. Within one origin an id may stand once; a later origin overrides.
    pub fn load(files: &[SourceFile]) -> Result<Self, CatalogError> {
        let mut problems = Vec::new();
        let mut parsed = Vec::new();
        for file in files {
            match parse(file) {
                Ok(content) => parsed.push((file, content)),
                Err(problem) => problems.push(problem),
            }
        }
        let mut loader = Loader {
            catalog: Self::default(),
            problems,
        };
        // Components first: additions need something to join, in whatever order the files come.
        let (additions, others): (Vec<_>, Vec<_>) = parsed
            .into_iter()
            .partition(|(_, content)| matches!(content, CatalogFile::Addition(_)));
        for (file, content) in others.into_iter().chain(additions) {
            loader.take(file, content);
        }
        if loader.problems.is_empty() {
            let mut catalog = loader.catalog;
            catalog.put_in_order();
            Ok(catalog)
        } else {
            Err(CatalogError(loader.problems))
        }
    }

    fn put_in_order(&mut self) {
        const SHIPPED: [&str; 3] = ["docker", "kubernetes", "web-app"];
        self.systems.sort_by_key(|system| {
            SHIPPED
                .iter()
                .position(|id| system.id == **id)
                .unwrap_or(SHIPPED.len())
        });
        let order: HashMap<&Id, usize> = self
            .systems
            .iter()
            .flat_map(|system| &system.components)
            .zip(0..)
            .collect();
        self.components
            .sort_by_key(|one| order.get(&one.id).copied().unwrap_or(usize::MAX));
        for component in &mut self.components {
            component
                .threats
                .sort_by_key(|threat| (threat.category, threat.rank.unwrap_or(u8::MAX)));
        }
        self.positions = HashMap::new();
        let positions = &mut self.positions;
        let mut note = |kind, ids: &mut dyn Iterator<Item = &str>| {
            for (position, id) in ids.enumerate() {
                positions.insert((kind, id.to_owned()), position);
            }
        };
        note(
            Kind::Component,
            &mut self.components.iter().map(|one| one.id.as_str()),
        );
        note(
            Kind::Control,
            &mut self.controls.iter().map(|one| one.id.as_str()),
        );
        note(
            Kind::Reference,
            &mut self.references.iter().map(|one| one.id.as_str()),
        );
        for (position, component) in self.components.iter().enumerate() {
            for threat in &component.threats {
                positions.insert((Kind::Threat, threat.id.as_str().to_owned()), position);
            }
        }
    }

    /// A system.
    pub fn system(&self, id: &str) -> Option<&System> {
        self.systems.iter().find(|one| one.id == *id)
    }

    /// A component.
    pub fn component(&self, id: &str) -> Option<&Component> {
        self.components.get(self.position(Kind::Component, id)?)
    }

    /// A control.
    pub fn control(&self, id: &str) -> Option<&Control> {
        self.controls.get(self.position(Kind::Control, id)?)
    }

    /// A source or an official id.
    pub fn reference(&self, id: &str) -> Option<&Reference> {
        self.references.get(self.position(Kind::Reference, id)?)
    }

    /// A threat of the catalog, with its component.
    pub fn threat(&self, id: &str) -> Option<(&Component, &CatalogThreat)> {
        let component = self.components.get(self.position(Kind::Threat, id)?)?;
        Some((
            component,
            component.threats.iter().find(|one| one.id == *id)?,
        ))
    }

    /// An attacker profile.
    pub fn attacker(&self, id: &str) -> Option<&AttackerProfile> {
        self.attackers.iter().find(|one| one.id == *id)
    }

    /// A brief.
    pub fn brief(&self, id: &str) -> Option<&Brief> {
        self.briefs.iter().find(|one| one.id == *id)
    }

    /// The components of a system in the order of the walk.
    pub fn components_of(&self, system: &Id) -> impl Iterator<Item = &Component> {
        self.components
            .iter()
            .filter(move |one| one.system == *system)
    }

    /// All component ids in the order of the walk.
    pub fn walk_order(&self) -> Vec<Id> {
        self.components.iter().map(|one| one.id.clone()).collect()
    }

    /// The questions of a cell.
    pub fn prompts(&self, component: &Id, category: Category) -> impl Iterator<Item = &Prompt> {
        self.component(component.as_str())
            .into_iter()
            .flat_map(|one| &one.prompts)
            .filter(move |prompt| prompt.category == category)
    }

    /// The catalog's threats of a cell, the most telling first.
    pub fn suggestions(
        &self,
        component: &Id,
        category: Category,
    ) -> impl Iterator<Item = &CatalogThreat> {
        self.component(component.as_str())
            .into_iter()
            .flat_map(|one| &one.threats)
            .filter(move |threat| threat.category == category)
    }

    /// Who wrote an entry.
    pub fn origin(&self, kind: Kind, id: &str) -> &Origin {
        self.origins
            .get(&(kind, id.to_owned()))
            .unwrap_or(&Origin::Program)
    }

    /// Whether an entry of the program was replaced by one of the user's.
    pub fn is_overridden(&self, kind: Kind, id: &str) -> bool {
        self.overridden
            .iter()
            .any(|(one, entry)| *one == kind && entry == id)
    }

    fn position(&self, kind: Kind, id: &str) -> Option<usize> {
        self.positions.get(&(kind, id.to_owned())).copied()
    }
}

/// The content of one file, or where it cannot be understood.
pub fn parse(file: &SourceFile) -> Result<CatalogFile, Problem> {
    let text = file.text.strip_prefix('\u{feff}').unwrap_or(&file.text);
    let options =
        ron::Options::default().with_default_extension(ron::extensions::Extensions::IMPLICIT_SOME);
    options.from_str(text).map_err(|error| Problem {
        file: file.path.clone(),
        line: error.span.start.line,
        column: error.span.start.col,
        path: String::new(),
        message: error.code.to_string(),
    })
}

struct Loader {
    catalog: Catalog,
    problems: Vec<Problem>,
}

impl Loader {
    fn take(&mut self, file: &SourceFile, content: CatalogFile) {
        match content {
            CatalogFile::System(system) => {
                if self.may_add(file, Kind::System, system.id.as_str()) {
                    put(&mut self.catalog.systems, system, |one| &one.id);
                }
            }
            CatalogFile::Component(component) => self.take_component(file, component),
            CatalogFile::Addition(addition) => self.take_addition(file, addition),
            CatalogFile::Controls(entries) => {
                for entry in entries {
                    if self.may_add(file, Kind::Control, entry.id.as_str()) {
                        put(&mut self.catalog.controls, entry, |one| &one.id);
                    }
                }
            }
            CatalogFile::Attackers(entries) => {
                for entry in entries {
                    if self.may_add(file, Kind::Attacker, entry.id.as_str()) {
                        put(&mut self.catalog.attackers, entry, |one| &one.id);
                    }
                }
            }
            CatalogFile::Glossary(entries) => {
                for entry in entries {
                    if self.may_add(file, Kind::Term, entry.id.as_str()) {
                        put(&mut self.catalog.glossary, entry, |one| &one.id);
                    }
                }
            }
            CatalogFile::References(entries) => {
                for entry in entries {
                    if self.may_add(file, Kind::Reference, entry.id.as_str()) {
                        put(&mut self.catalog.references, entry, |one| &one.id);
                    }
                }
            }
            CatalogFile::Brief(brief) => {
                if self.may_add(file, Kind::Brief, brief.id.as_str()) {
                    put(&mut self.catalog.briefs, brief, |one| &one.id);
                }
            }
        }
    }

    fn take_component(&mut self, file: &SourceFile, component: Component) {
        if !self.may_add(file, Kind::Component, component.id.as_str()) {
            return;
        }
        for surface in &component.surfaces {
            self.may_add(file, Kind::Surface, surface.id.as_str());
        }
        for prompt in &component.prompts {
            self.may_add(file, Kind::Prompt, prompt.id.as_str());
        }
        for threat in &component.threats {
            self.may_add(file, Kind::Threat, threat.id.as_str());
        }
        put(&mut self.catalog.components, component, |one| &one.id);
    }

    fn take_addition(&mut self, file: &SourceFile, addition: Addition) {
        let id = addition.component.clone();
        if self.catalog.components.iter().all(|one| one.id != id) {
            let message = format!("there is no component {id} to add to");
            self.problems
                .push(file.problem(id.as_str(), id.as_str(), id.to_string(), message));
            return;
        }
        let surfaces: Vec<Surface> = addition
            .surfaces
            .into_iter()
            .filter(|one| self.may_add(file, Kind::Surface, one.id.as_str()))
            .collect();
        let prompts: Vec<Prompt> = addition
            .prompts
            .into_iter()
            .filter(|one| self.may_add(file, Kind::Prompt, one.id.as_str()))
            .collect();
        let threats: Vec<CatalogThreat> = addition
            .threats
            .into_iter()
            .filter(|one| self.may_add(file, Kind::Threat, one.id.as_str()))
            .collect();
        let samples: Vec<SampleAnswer> = addition.samples;
        let component = self.catalog.components.iter_mut().find(|one| one.id == id);
        if let Some(component) = component {
            for surface in surfaces {
                put(&mut component.surfaces, surface, |one| &one.id);
            }
            for prompt in prompts {
                put(&mut component.prompts, prompt, |one| &one.id);
            }
            for threat in threats {
                put(&mut component.threats, threat, |one| &one.id);
            }
            component.samples.extend(samples);
        }
    }

    /// Notes who wrote the entry; refuses the same id twice from one origin.
    fn may_add(&mut self, file: &SourceFile, kind: Kind, id: &str) -> bool {
        let key = (kind, id.to_owned());
        match self.catalog.origins.get(&key) {
            None => {
                self.catalog.origins.insert(key, file.origin.clone());
                true
            }
            Some(Origin::Program) if file.origin != Origin::Program => {
                self.catalog
                    .origins
                    .insert(key.clone(), file.origin.clone());
                self.catalog.overridden.push(key);
                true
            }
            Some(_) => {
                let message = format!(
                    "the {} id \"{id}\" stands twice; ids must be unique",
                    kind.name()
                );
                self.problems
                    .push(file.problem_at_last(id, id.to_owned(), message));
                false
            }
        }
    }
}

/// Adds an entry, or puts it in the place of the one with the same id.
fn put<T, I: PartialEq>(list: &mut Vec<T>, entry: T, id: impl Fn(&T) -> &I) {
    match list.iter().position(|one| id(one) == id(&entry)) {
        Some(position) => list[position] = entry,
        None => list.push(entry),
    }
}
