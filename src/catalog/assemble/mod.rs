//! Files become one catalog: entries join, entries of the user's take the place of the program's,
//! and the whole is put in the order of the walk.
//!
//! What stands in the way of that is a problem here: a text that cannot be understood, an id that
//! stands twice, an entry that belongs to nothing. Everything else is [`super::check`]'s.

mod lists;
mod order;

use std::collections::{HashMap, HashSet};

use self::lists::{numbered, put, put_by, retain_numbered};
use crate::catalog::index::Index;
use crate::catalog::load::{Catalog, FromUser, Kind, MAX_FILES};
use crate::catalog::locate::{Locator, Place};
use crate::catalog::parse::parse;
use crate::catalog::scanner::declared_ids;
use crate::catalog::source::{Origin, Problem, SourceFile};
use crate::catalog::suggest::nearest;
use crate::catalog::types::{Addition, CatalogFile, Component, Id, SampleAnswer};

/// A catalog under way.
#[derive(Default)]
pub struct Assembly<'a> {
    catalog: Catalog,
    problems: Vec<Problem>,
    /// Which ids are taken. Filled only where files of the user's come in: the tests see to it
    /// that the program's own ids are unique.
    taken: HashMap<(Kind, String), Taken>,
    locators: Vec<Locator<'a>>,
    /// Ids in files that could not be read. What refers to them is not to blame.
    unread: HashSet<&'a str>,
}

/// Who has an id.
struct Taken {
    /// The component, for what belongs to one.
    component: Option<Id>,
    /// Where it was declared; nothing for what was there at the start.
    by: Option<Declared>,
}

/// Where an entry was declared: file, list in it, number in the list.
#[derive(Clone, Copy)]
struct Declared {
    file: usize,
    list: Option<&'static str>,
    item: Option<usize>,
}

impl Declared {
    /// Finds the id of the entry in its file.
    fn with_place<T>(self, then: impl FnOnce(&Place<'_>) -> T) -> T {
        let top = Place::Top;
        let list = self.list.map_or(top, |list| top.field(list));
        let entry = self.item.map_or(list, |item| list.item(item));
        then(&entry.field("id"))
    }
}

impl<'a> Assembly<'a> {
    /// Starts with a catalog.
    pub fn on(base: Catalog) -> Self {
        let mut assembly = Self {
            catalog: base,
            ..Self::default()
        };
        assembly.note_what_is_there();
        assembly
    }

    /// Adds what the program carries, in which no id stands twice.
    pub fn take_from_program(&mut self, content: CatalogFile) {
        let catalog = &mut self.catalog;
        match content {
            CatalogFile::System(system) => catalog.systems.push(system),
            CatalogFile::Component(component) => catalog.components.push(component),
            // An addition has to wait for its component; the program's own files have none.
            CatalogFile::Addition(addition) => self.join(addition),
            CatalogFile::Controls(entries) => catalog.controls.extend(entries),
            CatalogFile::Attackers(entries) => catalog.attackers.extend(entries),
            CatalogFile::Glossary(entries) => catalog.glossary.extend(entries),
            CatalogFile::References(entries) => catalog.references.extend(entries),
            CatalogFile::Brief(brief) => catalog.briefs.push(brief),
        }
    }

    /// Adds files; their entries take the place of what was there at the start.
    pub fn take_files(&mut self, files: &'a [SourceFile]) {
        if let Some(file) = files.get(MAX_FILES) {
            self.problems.push(Problem {
                file: file.path.clone(),
                line: 1,
                column: 1,
                path: String::new(),
                message: format!(
                    "there are more than {MAX_FILES} catalog files; this one and those after it \
                     were not read"
                ),
            });
        }
        let mut contents = Vec::new();
        for (number, file) in files.iter().take(MAX_FILES).enumerate() {
            self.locators.push(Locator::new(file));
            match parse(file) {
                Ok(content) => contents.push((number, content)),
                Err(problem) => {
                    self.problems.push(problem);
                    self.unread.extend(declared_ids(&file.text));
                }
            }
        }
        // Systems and components first, in whatever order the files come: the others need them.
        contents.sort_by_key(|(_, content)| match content {
            CatalogFile::System(_) => 0,
            CatalogFile::Component(_) => 1,
            _ => 2,
        });
        let mut listed = Vec::new();
        for (number, content) in contents {
            if let CatalogFile::System(system) = &content {
                listed.push((number, system.components.clone()));
            }
            self.take(number, content);
        }
        for (number, components) in listed {
            self.components_exist(number, &components);
        }
    }

    /// The catalog in the order of the walk, and what is wrong.
    pub fn finish(mut self) -> (Catalog, Vec<Problem>) {
        order::put_in_order(&mut self.catalog);
        self.catalog.index = Index::of(&self.catalog);
        let order: HashMap<&str, usize> = self
            .locators
            .iter()
            .map(|locator| locator.file().path.as_str())
            .zip(0..)
            .collect();
        self.problems.sort_by_key(|problem| {
            let file = order.get(problem.file.as_str()).copied();
            (file.unwrap_or(usize::MAX), problem.line, problem.column)
        });
        (self.catalog, self.problems)
    }

    fn take(&mut self, file: usize, content: CatalogFile) {
        let whole = Declared {
            file,
            list: None,
            item: None,
        };
        match content {
            CatalogFile::System(system) => {
                if let Some(replaces) = self.admit(Kind::System, system.id.as_str(), None, whole) {
                    put(&mut self.catalog.systems, system, replaces, |one| &one.id);
                }
            }
            CatalogFile::Component(component) => self.take_component(whole, component),
            CatalogFile::Addition(addition) => self.take_addition(whole, addition),
            CatalogFile::Controls(entries) => {
                for (entry, at) in numbered(entries, whole) {
                    if let Some(replaces) = self.admit(Kind::Control, entry.id.as_str(), None, at) {
                        put(&mut self.catalog.controls, entry, replaces, |one| &one.id);
                    }
                }
            }
            CatalogFile::Attackers(entries) => {
                for (entry, at) in numbered(entries, whole) {
                    if let Some(replaces) = self.admit(Kind::Attacker, entry.id.as_str(), None, at)
                    {
                        put(&mut self.catalog.attackers, entry, replaces, |one| &one.id);
                    }
                }
            }
            CatalogFile::Glossary(entries) => {
                for (entry, at) in numbered(entries, whole) {
                    if let Some(replaces) = self.admit(Kind::Term, entry.id.as_str(), None, at) {
                        put(&mut self.catalog.glossary, entry, replaces, |one| &one.id);
                    }
                }
            }
            CatalogFile::References(entries) => {
                for (entry, at) in numbered(entries, whole) {
                    if let Some(replaces) = self.admit(Kind::Reference, entry.id.as_str(), None, at)
                    {
                        put(&mut self.catalog.references, entry, replaces, |one| &one.id);
                    }
                }
            }
            CatalogFile::Brief(brief) => {
                if let Some(replaces) = self.admit(Kind::Brief, brief.id.as_str(), None, whole) {
                    put(&mut self.catalog.briefs, brief, replaces, |one| &one.id);
                }
            }
        }
    }

    fn take_component(&mut self, whole: Declared, mut component: Component) {
        let systems = self.catalog.systems.iter().map(|one| one.id.as_str());
        let system = component.system.as_str();
        if !self.unread.contains(system) && systems.clone().all(|id| id != system) {
            let message = missing("system", system, systems);
            self.refuse(whole.file, &Place::Top.field("system"), message);
        }
        let Some(replaces) = self.admit(Kind::Component, component.id.as_str(), None, whole) else {
            return;
        };
        let id = component.id.clone();
        let list = |list| Declared {
            list: Some(list),
            ..whole
        };
        let mut nested =
            |kind, entry: &Id, at| self.admit(kind, entry.as_str(), Some(&id), at).is_some();
        retain_numbered(&mut component.surfaces, list("surfaces"), |one, at| {
            nested(Kind::Surface, &one.id, at)
        });
        retain_numbered(&mut component.prompts, list("prompts"), |one, at| {
            nested(Kind::Prompt, &one.id, at)
        });
        retain_numbered(&mut component.threats, list("threats"), |one, at| {
            nested(Kind::Threat, &one.id, at)
        });
        put(&mut self.catalog.components, component, replaces, |one| {
            &one.id
        });
    }

    fn take_addition(&mut self, whole: Declared, mut addition: Addition) {
        let id = addition.component.clone();
        let known = self.catalog.components.iter().map(|one| one.id.as_str());
        if known.clone().all(|one| id != one) {
            if !self.unread.contains(id.as_str()) {
                let message = missing("component", id.as_str(), known);
                self.refuse(whole.file, &Place::Top.field("component"), message);
            }
            return;
        }
        let list = |list| Declared {
            list: Some(list),
            ..whole
        };
        let mut nested =
            |kind, entry: &Id, at| self.admit(kind, entry.as_str(), Some(&id), at).is_some();
        retain_numbered(&mut addition.surfaces, list("surfaces"), |one, at| {
            nested(Kind::Surface, &one.id, at)
        });
        retain_numbered(&mut addition.prompts, list("prompts"), |one, at| {
            nested(Kind::Prompt, &one.id, at)
        });
        retain_numbered(&mut addition.threats, list("threats"), |one, at| {
            nested(Kind::Threat, &one.id, at)
        });
        self.join(addition);
    }

    /// Puts the entries of an addition into its component.
    fn join(&mut self, addition: Addition) {
        let components = &mut self.catalog.components;
        let Some(component) = components
            .iter_mut()
            .find(|one| one.id == addition.component)
        else {
            return;
        };
        for surface in addition.surfaces {
            put(&mut component.surfaces, surface, true, |one| &one.id);
        }
        for prompt in addition.prompts {
            put(&mut component.prompts, prompt, true, |one| &one.id);
        }
        for threat in addition.threats {
            put(&mut component.threats, threat, true, |one| &one.id);
        }
        // A sample answer has no id: there is one for each category.
        for sample in addition.samples {
            let category = |one: &SampleAnswer| one.category;
            put_by(&mut component.samples, sample, true, category);
        }
    }

    /// Notes who wrote an entry and says whether it takes the place of one that was there.
    /// Nothing if its id is taken.
    fn admit(
        &mut self,
        kind: Kind,
        id: &str,
        component: Option<&Id>,
        declared: Declared,
    ) -> Option<bool> {
        let key = (kind, id.to_owned());
        let replaces = match self.taken.get(&key) {
            None => false,
            Some(Taken {
                component: owner,
                by: None,
            }) if owner.as_ref() == component => true,
            Some(taken) => {
                let message = match (taken, component) {
                    (
                        Taken {
                            component: Some(owner),
                            by: None,
                        },
                        _,
                    ) => format!(
                        "the {} {id} belongs to the component {owner}; override it there, or \
                         choose another id",
                        kind.name()
                    ),
                    (
                        Taken {
                            by: Some(first), ..
                        },
                        _,
                    ) => format!(
                        "the {} id {id} stands twice, first in {}; ids are unique, so choose another",
                        kind.name(),
                        self.told(*first, declared.file)
                    ),
                    (Taken { by: None, .. }, _) => {
                        format!("the {} id {id} is taken; choose another", kind.name())
                    }
                };
                let problem = declared
                    .with_place(|place| self.locators[declared.file].problem(place, message));
                self.problems.push(problem);
                return None;
            }
        };
        let taken = Taken {
            component: component.cloned(),
            by: Some(declared),
        };
        self.taken.insert(key, taken);
        let origin = &self.locators[declared.file].file().origin;
        if *origin != Origin::Program {
            let entry = FromUser {
                origin: origin.clone(),
                overrides: replaces,
            };
            let kinds = &mut self.catalog.from_user;
            kinds.entry(kind).or_default().insert(id.to_owned(), entry);
        }
        Some(replaces)
    }

    /// Where the first of two stands, as the reader of the second needs it.
    fn told(&self, first: Declared, reader: usize) -> String {
        let locator = &self.locators[first.file];
        let line = first.with_place(|place| locator.problem(place, String::new()).line);
        if first.file == reader {
            format!("line {line}")
        } else {
            format!("{}:{line}", locator.file().path)
        }
    }

    fn refuse(&mut self, file: usize, place: &Place<'_>, message: String) {
        self.problems
            .push(self.locators[file].problem(place, message));
    }

    fn components_exist(&mut self, file: usize, components: &[Id]) {
        for (number, id) in components.iter().enumerate() {
            let known = self.catalog.components.iter().map(|one| one.id.as_str());
            if !self.unread.contains(id.as_str()) && known.clone().all(|one| *id != one) {
                let message = missing("component", id.as_str(), known);
                let list = Place::Top.field("components");
                self.refuse(file, &list.item(number), message);
            }
        }
    }

    fn note_what_is_there(&mut self) {
        let mut note = |kind, id: &str, component: Option<&Id>| {
            let taken = Taken {
                component: component.cloned(),
                by: None,
            };
            self.taken.insert((kind, id.to_owned()), taken);
        };
        let catalog = &self.catalog;
        for one in &catalog.systems {
            note(Kind::System, one.id.as_str(), None);
        }
        for component in &catalog.components {
            note(Kind::Component, component.id.as_str(), None);
            for one in &component.surfaces {
                note(Kind::Surface, one.id.as_str(), Some(&component.id));
            }
            for one in &component.prompts {
                note(Kind::Prompt, one.id.as_str(), Some(&component.id));
            }
            for one in &component.threats {
                note(Kind::Threat, one.id.as_str(), Some(&component.id));
            }
        }
        for one in &catalog.controls {
            note(Kind::Control, one.id.as_str(), None);
        }
        for one in &catalog.attackers {
            note(Kind::Attacker, one.id.as_str(), None);
        }
        for one in &catalog.glossary {
            note(Kind::Term, one.id.as_str(), None);
        }
        for one in &catalog.references {
            note(Kind::Reference, one.id.as_str(), None);
        }
        for one in &catalog.briefs {
            note(Kind::Brief, one.id.as_str(), None);
        }
    }
}

/// What to say of an id that leads nowhere.
pub(super) fn missing<'n>(
    kind: &str,
    id: &str,
    known: impl IntoIterator<Item = &'n str>,
) -> String {
    match nearest(id, known) {
        Some(near) => format!("there is no {kind} {id}; did you mean {near}?"),
        None => format!("there is no {kind} {id}; add it, or correct the id"),
    }
}
