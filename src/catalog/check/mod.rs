//! Whether the entries make sense: references that resolve, cells that are filled, texts that are
//! there and fit the screen.
//!
//! Syntax, ids that stand twice and entries that belong to nothing are found by loading.

mod component;

use std::collections::HashSet;

use crate::catalog::assemble::missing;
use crate::catalog::load::Catalog;
use crate::catalog::locate::{Locator, Place};
use crate::catalog::parse::parse;
use crate::catalog::scanner::declared_ids;
use crate::catalog::source::{Problem, SourceFile};
use crate::catalog::types::{
    AttackerProfile, Brief, CatalogFile, Control, Id, Reference, ReferenceId, ReferenceKind,
    Requirement, System, Term,
};
use crate::catalog::words::with_article;

/// The longest title of a threat or a control, in characters.
pub const MAX_TITLE: usize = 70;

/// The longest short name of a component, in characters: the map has no room for more.
pub const MAX_SHORT: usize = 11;

/// Everything wrong in the user's files, which add to the catalog that the program carries or
/// override it.
pub fn check_user(files: &[SourceFile]) -> Vec<Problem> {
    let (catalog, loading) = Catalog::load_leniently(Catalog::embedded(), files);
    let mut problems = loading.map_or_else(Vec::new, |error| error.0);
    problems.extend(check(files, &catalog));
    let order = |problem: &Problem| files.iter().position(|file| file.path == problem.file);
    problems.sort_by_cached_key(|one| (order(one), one.line, one.column));
    problems.dedup();
    problems
}

/// What does not make sense in `files`, given the whole catalog that they are part of.
pub fn check(files: &[SourceFile], catalog: &Catalog) -> Vec<Problem> {
    let mut contents = Vec::new();
    let mut unread = HashSet::new();
    for file in files {
        match parse(file) {
            Ok(content) => contents.push((file, content)),
            // Loading reported it. What refers to its entries is not to blame.
            Err(_) => unread.extend(declared_ids(&file.text)),
        }
    }
    let mut checker = Checker {
        catalog,
        unread,
        problems: Vec::new(),
    };
    for (file, content) in &contents {
        checker.file(&Locator::new(file), content);
    }
    checker.problems
}

/// Where the checks write what they find.
struct Checker<'a> {
    catalog: &'a Catalog,
    unread: HashSet<&'a str>,
    problems: Vec<Problem>,
}

impl Checker<'_> {
    fn file(&mut self, at: &Locator<'_>, content: &CatalogFile) {
        let top = &Place::Top;
        match content {
            CatalogFile::System(system) => self.system(at, system),
            CatalogFile::Component(component) => self.component(at, component),
            CatalogFile::Addition(addition) => {
                let id = &addition.component;
                self.surfaces(at, &addition.surfaces);
                self.prompts(at, &addition.prompts);
                self.threats(at, id, &addition.threats);
                self.samples(at, &addition.samples);
            }
            CatalogFile::Controls(entries) => {
                for (number, entry) in entries.iter().enumerate() {
                    self.control(at, &top.item(number), entry);
                }
            }
            CatalogFile::Attackers(entries) => {
                for (number, entry) in entries.iter().enumerate() {
                    self.attacker(at, &top.item(number), entry);
                }
            }
            CatalogFile::Glossary(entries) => {
                for (number, entry) in entries.iter().enumerate() {
                    self.term(at, &top.item(number), entry);
                }
            }
            CatalogFile::References(entries) => {
                for (number, entry) in entries.iter().enumerate() {
                    self.reference(at, &top.item(number), entry);
                }
            }
            CatalogFile::Brief(brief) => self.brief(at, brief),
        }
    }

    fn system(&mut self, at: &Locator<'_>, system: &System) {
        let top = &Place::Top;
        self.filled(
            at,
            top,
            &[("name", &system.name), ("summary", &system.summary)],
        );
        for (number, id) in system.components.iter().enumerate() {
            let component = self.catalog.component(id.as_str());
            if let Some(owner) = component.map(|one| &one.system)
                && *owner != system.id
            {
                let message =
                    format!("the component {id} belongs to {owner}; take it from this list");
                let list = top.field("components");
                self.add(at, &list.item(number), message);
            }
        }
        self.unlike(
            at,
            &top.field("components"),
            "component",
            &system.components,
        );
        self.unlike_entries(
            at,
            "trust_zones",
            "trust zone",
            &system.trust_zones,
            |one| &one.id,
        );
        self.unlike_entries(at, "elements", "element", &system.elements, |one| &one.id);
        self.unlike_entries(at, "data_flows", "data flow", &system.data_flows, |one| {
            &one.id
        });
        let zones = || system.trust_zones.iter().map(|zone| zone.id.as_str());
        for (number, zone) in system.trust_zones.iter().enumerate() {
            let list = top.field("trust_zones");
            self.filled(at, &list.item(number), &[("name", &zone.name)]);
        }
        for (number, element) in system.elements.iter().enumerate() {
            let list = top.field("elements");
            let here = list.item(number);
            self.filled(at, &here, &[("name", &element.name)]);
            self.resolves(
                at,
                &here.field("zone"),
                "trust zone",
                element.zone.as_str(),
                zones(),
            );
            if let Some(component) = &element.component {
                self.component_exists(at, &here.field("component"), component);
            }
        }
        for (number, flow) in system.data_flows.iter().enumerate() {
            let list = top.field("data_flows");
            let here = list.item(number);
            self.filled(at, &here, &[("what", &flow.what), ("how", &flow.how)]);
            for (field, end) in [("from", &flow.from), ("to", &flow.to)] {
                let elements = system.elements.iter().map(|one| one.id.as_str());
                self.resolves(at, &here.field(field), "element", end.as_str(), elements);
            }
        }
    }

    fn control(&mut self, at: &Locator<'_>, here: &Place<'_>, control: &Control) {
        self.title(at, here, &control.title);
        self.filled(at, here, &[("why", &control.why)]);
        let remediation = here.field("remediation");
        self.filled(at, &remediation, &[("text", &control.remediation.text)]);
        let snippets = remediation.field("snippets");
        for (number, snippet) in control.remediation.snippets.iter().enumerate() {
            self.filled(at, &snippets.item(number), &[("text", &snippet.text)]);
        }
        self.components_exist(at, &here.field("components"), &control.components);
    }

    fn attacker(&mut self, at: &Locator<'_>, here: &Place<'_>, attacker: &AttackerProfile) {
        self.filled(
            at,
            here,
            &[
                ("name", &attacker.name),
                ("goal", &attacker.goal),
                ("methods", &attacker.methods),
                ("capability", &attacker.capability),
                ("assets", &attacker.assets),
            ],
        );
        self.components_exist(at, &here.field("components"), &attacker.components);
        self.references_exist(at, &here.field("references"), &attacker.references);
    }

    fn term(&mut self, at: &Locator<'_>, here: &Place<'_>, term: &Term) {
        let fields = [("name", &*term.name), ("definition", &term.definition)];
        self.filled(at, here, &fields);
        let list = here.field("surfaces");
        for (number, id) in term.surfaces.iter().enumerate() {
            let components = self.catalog.components.iter();
            let known = components.flat_map(|one| &one.surfaces);
            let known = known.map(|one| one.id.as_str());
            self.resolves(at, &list.item(number), "attack surface", id.as_str(), known);
        }
    }

    fn reference(&mut self, at: &Locator<'_>, here: &Place<'_>, reference: &Reference) {
        // A published vulnerability has a number and need not have a name.
        if reference.kind != ReferenceKind::Cve {
            self.filled(at, here, &[("name", &reference.name)]);
        }
    }

    fn brief(&mut self, at: &Locator<'_>, brief: &Brief) {
        let top = &Place::Top;
        let fields = [("name", &*brief.name), ("summary", &brief.summary)];
        self.filled(at, top, &fields);
        self.components_exist(at, &top.field("components"), &brief.components);
        self.unlike(at, &top.field("components"), "component", &brief.components);
        let list = top.field("requirements");
        for (number, requirement) in brief.requirements.iter().enumerate() {
            if let Requirement::Threats { system, .. }
            | Requirement::Categories { system, .. }
            | Requirement::Mitigations { system } = requirement
            {
                let known = self.catalog.systems.iter().map(|one| one.id.as_str());
                let here = list.item(number);
                self.resolves(at, &here.field("system"), "system", system.as_str(), known);
            }
        }
    }

    fn title(&mut self, at: &Locator<'_>, here: &Place<'_>, title: &str) {
        self.filled(at, here, &[("title", title)]);
        let length = title.chars().count();
        if length > MAX_TITLE {
            self.add(
                at,
                &here.field("title"),
                format!("the title has {length} characters; shorten it to {MAX_TITLE}"),
            );
        }
    }

    /// Texts that must say something.
    fn filled(&mut self, at: &Locator<'_>, here: &Place<'_>, fields: &[(&'static str, &str)]) {
        for (name, text) in fields {
            if text.trim().is_empty() {
                self.add(
                    at,
                    &here.field(name),
                    format!("{name} is empty; write something"),
                );
            }
        }
    }

    fn components_exist(&mut self, at: &Locator<'_>, list: &Place<'_>, ids: &[Id]) {
        for (number, id) in ids.iter().enumerate() {
            self.component_exists(at, &list.item(number), id);
        }
    }

    fn component_exists(&mut self, at: &Locator<'_>, here: &Place<'_>, id: &Id) {
        let known = self.catalog.components.iter().map(|one| one.id.as_str());
        self.resolves(at, here, "component", id.as_str(), known);
    }

    fn controls_exist(&mut self, at: &Locator<'_>, list: &Place<'_>, ids: &[Id]) {
        for (number, id) in ids.iter().enumerate() {
            if self.catalog.control(id.as_str()).is_none() {
                let known = self.catalog.controls.iter().map(|one| one.id.as_str());
                self.resolves(at, &list.item(number), "control", id.as_str(), known);
            }
        }
    }

    fn references_exist(&mut self, at: &Locator<'_>, list: &Place<'_>, ids: &[ReferenceId]) {
        for (number, id) in ids.iter().enumerate() {
            if self.catalog.reference(id.as_str()).is_none() {
                let known = self.catalog.references.iter().map(|one| one.id.as_str());
                self.resolves(at, &list.item(number), "reference", id.as_str(), known);
            }
        }
    }

    /// An id must be one of those known.
    fn resolves<'n>(
        &mut self,
        at: &Locator<'_>,
        here: &Place<'_>,
        kind: &str,
        id: &str,
        known: impl Iterator<Item = &'n str> + Clone,
    ) {
        if !self.unread.contains(id) && known.clone().all(|one| one != id) {
            self.add(at, here, missing(kind, id, known));
        }
    }

    fn unlike_entries<T>(
        &mut self,
        at: &Locator<'_>,
        field: &'static str,
        kind: &str,
        entries: &[T],
        id: impl Fn(&T) -> &Id,
    ) {
        let list = Place::Top.field(field);
        let mut seen = HashSet::new();
        for (number, entry) in entries.iter().enumerate() {
            if !seen.insert(id(entry)) {
                let item = list.item(number);
                self.twice(at, &item.field("id"), kind, id(entry));
            }
        }
    }

    fn unlike(&mut self, at: &Locator<'_>, list: &Place<'_>, kind: &str, ids: &[Id]) {
        let mut seen = HashSet::new();
        for (number, id) in ids.iter().enumerate() {
            if !seen.insert(id) {
                self.twice(at, &list.item(number), kind, id);
            }
        }
    }

    fn twice(&mut self, at: &Locator<'_>, here: &Place<'_>, kind: &str, id: &Id) {
        let message = format!("{} {id} stands here already; keep one", with_article(kind));
        self.add(at, here, message);
    }

    fn add(&mut self, at: &Locator<'_>, here: &Place<'_>, message: String) {
        self.problems.push(at.problem(here, message));
    }
}
