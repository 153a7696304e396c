//! The catalog as a whole: what the program carries, and what files of the user's make of it.
//!
//! Not for judging what the entries say: that is [`super::check`]. How files become one catalog is
//! in `assemble`, how a text becomes entries in `parse`.

use std::collections::{BTreeMap, HashSet};

use super::assemble::Assembly;
use super::index::Index;
use super::source::{COMPILED, COMPILED_TEXTS, Origin, Problem, SourceFile};
use super::types::{
    AttackerProfile, Brief, CatalogFile, CatalogThreat, Component, Control, Id, Prompt, Reference,
    Surface, System, Term, reading_compiled,
};
use crate::stride::Category;

/// The most files that a user's folder may hold.
pub const MAX_FILES: usize = 2_000;

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
    pub(super) index: Index,
    /// Entries of the user's; all others are the program's.
    pub(super) from_user: BTreeMap<Kind, BTreeMap<String, FromUser>>,
}

/// An entry that a file of the user's brought.
#[derive(Clone, Debug)]
pub(super) struct FromUser {
    /// The file.
    pub origin: Origin,
    /// Whether it took the place of an entry of the program's.
    pub overrides: bool,
}

/// The kinds of entries; an id is unique within its kind.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
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
    /// Never in a program that passed its tests: they read what the build compiled.
    pub fn embedded() -> Self {
        let files: Vec<CatalogFile> =
            reading_compiled(COMPILED_TEXTS, || postcard::from_bytes(COMPILED))
                .expect("the build script wrote these bytes from the same types");
        let mut assembly = Assembly::default();
        for file in files {
            assembly.take_from_program(file);
        }
        assembly.finish().0
    }

    /// The catalog of these files alone: the user's among them add to the program's or override
    /// them, and among files of one origin an id may stand once.
    pub fn load(files: &[SourceFile]) -> Result<Self, CatalogError> {
        let is_program = |file: &SourceFile| file.origin == Origin::Program;
        let (program, user): (Vec<_>, Vec<_>) = files.iter().cloned().partition(is_program);
        Self::default().extended(&program)?.extended(&user)
    }

    /// The catalog that the program carries, with what the user's files add or override by id.
    ///
    /// Refuses files that cannot be understood, ids that stand twice, and entries that belong to
    /// something that does not exist. What else may be wrong is found by
    /// [`check_user`](super::check::check_user) and stops nobody from working.
    pub fn load_with(user_files: impl AsRef<[SourceFile]>) -> Result<Self, CatalogError> {
        match user_files.as_ref() {
            // What the program carries is in order: nothing needs to be joined to it.
            [] => Ok(Self::embedded()),
            user_files => Self::embedded().extended(user_files),
        }
    }

    /// This catalog, with what the user's files add or override by id.
    pub fn extended(self, user_files: &[SourceFile]) -> Result<Self, CatalogError> {
        let (catalog, problems) = Self::load_leniently(self, user_files);
        problems.map_or(Ok(catalog), Err)
    }

    /// This catalog with systems of a session's own behind it. An entry whose id is there already is left out.
    #[must_use]
    pub fn joined_by(&self, own: impl IntoIterator<Item = (System, Vec<Component>)>) -> Self {
        let mut joined = self.clone();
        let mut taken: HashSet<Id> = joined.components.iter().map(|one| one.id.clone()).collect();
        for (mut system, components) in own {
            if joined.system(system.id.as_str()).is_some() {
                continue;
            }
            system.components.clear();
            for component in components {
                if taken.insert(component.id.clone()) {
                    system.components.push(component.id.clone());
                    joined.components.push(component);
                }
            }
            joined.systems.push(system);
        }
        joined.index = Index::of(&joined);
        joined
    }

    /// As much as can be used, and what is wrong with the rest.
    pub(super) fn load_leniently(base: Self, files: &[SourceFile]) -> (Self, Option<CatalogError>) {
        let mut assembly = Assembly::on(base);
        assembly.take_files(files);
        let (catalog, problems) = assembly.finish();
        let problems = (!problems.is_empty()).then_some(CatalogError(problems));
        (catalog, problems)
    }

    /// A system.
    pub fn system(&self, id: &str) -> Option<&System> {
        self.systems.iter().find(|one| one.id == *id)
    }

    /// A component.
    pub fn component(&self, id: &str) -> Option<&Component> {
        self.components.get(self.index.component(self, id)?)
    }

    /// A control.
    pub fn control(&self, id: &str) -> Option<&Control> {
        self.controls.get(self.index.control(self, id)?)
    }

    /// A source or an official id.
    pub fn reference(&self, id: &str) -> Option<&Reference> {
        self.references.get(self.index.reference(self, id)?)
    }

    /// A term.
    pub fn term(&self, id: &str) -> Option<&Term> {
        self.glossary.get(self.index.term(self, id)?)
    }

    /// A threat of the catalog, with its component.
    pub fn threat(&self, id: &str) -> Option<(&Component, &CatalogThreat)> {
        self.index.threat(self, id)
    }

    /// An attack surface, with its component.
    pub fn surface(&self, id: &str) -> Option<(&Component, &Surface)> {
        self.components.iter().find_map(|component| {
            let surface = component.surfaces.iter().find(|one| one.id == *id)?;
            Some((component, surface))
        })
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
    pub fn prompts<'a>(
        &'a self,
        component: &Id,
        category: Category,
    ) -> impl Iterator<Item = &'a Prompt> + use<'a> {
        self.component(component.as_str())
            .into_iter()
            .flat_map(|one| &one.prompts)
            .filter(move |prompt| prompt.category == category)
    }

    /// The catalog's threats of a cell, the most telling first.
    pub fn suggestions<'a>(
        &'a self,
        component: &Id,
        category: Category,
    ) -> impl Iterator<Item = &'a CatalogThreat> + use<'a> {
        self.component(component.as_str())
            .into_iter()
            .flat_map(|one| &one.threats)
            .filter(move |threat| threat.category == category)
    }

    /// Who wrote an entry.
    pub fn origin(&self, kind: Kind, id: &str) -> &Origin {
        self.user_entry(kind, id)
            .map_or(&Origin::Program, |entry| &entry.origin)
    }

    /// Whether an entry of the program was replaced by one of the user's.
    pub fn is_overridden(&self, kind: Kind, id: &str) -> bool {
        self.user_entry(kind, id)
            .is_some_and(|entry| entry.overrides)
    }

    fn user_entry(&self, kind: Kind, id: &str) -> Option<&FromUser> {
        self.from_user.get(&kind)?.get(id)
    }
}
