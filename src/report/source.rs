//! A session as the forms read it: sections, numbers of threats, and names instead of ids, looked up
//! once. Not for how anything looks.

use std::cell::RefCell;
use std::collections::{HashMap, HashSet};
use std::rc::Rc;

use super::Options;
use super::sections::{self, Section};
use crate::catalog::Catalog;
use crate::catalog::types::{Id, Reference, ReferenceId, ReferenceKind};
use crate::encode::{Foreign, ForeignText, foreign};
use crate::session::id::{ParticipantId, ThreatId};
use crate::session::types::{Mitigation, Response, Session, Stamp, Threat};
use crate::session::words::Risk;

/// The kinds of references in the order of the list, and how they are introduced.
pub const KINDS: [(ReferenceKind, &str); 8] = [
    (ReferenceKind::Attack, "MITRE ATT&CK"),
    (ReferenceKind::MicrosoftMatrix, "Microsoft threat matrix"),
    (ReferenceKind::Cwe, "Weaknesses"),
    (ReferenceKind::Capec, "Attack patterns"),
    (ReferenceKind::Cve, "Vulnerabilities"),
    (ReferenceKind::Nist, "NIST SP 800-190"),
    (ReferenceKind::Owasp, "OWASP"),
    (ReferenceKind::Document, "Documents"),
];

/// What the forms need to know of a session, looked up once.
pub struct Source<'a> {
    pub session: &'a Session,
    pub catalog: &'a Catalog,
    pub options: &'a Options,
    pub sections: Vec<Section<'a>>,
    /// The threats by their ids, with their numbers through the whole document.
    pub threats: HashMap<&'a ThreatId, (usize, &'a Threat)>,
    pub mitigations: HashMap<&'a ThreatId, Vec<&'a Mitigation>>,
    pub people: HashMap<&'a ParticipantId, Foreign<'a>>,
    /// What is cited for a suggestion, once somebody asked.
    cited: RefCell<HashMap<String, Cited>>,
}

/// A label and a line for each kind of references.
type Cited = Rc<[(&'static str, String)]>;

impl<'a> Source<'a> {
    /// Looks everything up.
    pub fn new(session: &'a Session, catalog: &'a Catalog, options: &'a Options) -> Self {
        let sections = sections::of(session, catalog);
        let in_order = sections.iter().flat_map(|section| &section.threats);
        let threats = in_order
            .enumerate()
            .map(|(at, threat)| (&threat.id, (at + 1, *threat)))
            .collect();
        let mut mitigations: HashMap<&ThreatId, Vec<&Mitigation>> = HashMap::new();
        for mitigation in &session.mitigations {
            for threat in &mitigation.threats {
                mitigations.entry(threat).or_default().push(mitigation);
            }
        }
        let people = session
            .participants
            .iter()
            .map(|person| (&person.id, person.name.as_foreign()))
            .collect();
        Self {
            session,
            catalog,
            options,
            sections,
            threats,
            mitigations,
            people,
            cited: RefCell::default(),
        }
    }

    /// The components of each system that has one in scope, and those the catalog does not know.
    pub fn scope_table(&self) -> Vec<[ForeignText; 3]> {
        let in_scope: HashSet<&Id> = self.session.components.iter().collect();
        let mut rows = Vec::new();
        for system in &self.catalog.systems {
            let part = |inside: bool| {
                let names: Vec<&str> = self
                    .catalog
                    .components_of(&system.id)
                    .filter(|one| in_scope.contains(&one.id) == inside)
                    .map(|one| one.name.as_str())
                    .collect();
                names.join(", ")
            };
            let inside = part(true);
            if !inside.is_empty() {
                rows.push([
                    system.name.as_str().into(),
                    inside.into(),
                    part(false).into(),
                ]);
            }
        }
        let unknown: Vec<&str> = self
            .session
            .components
            .iter()
            .map(Id::as_str)
            .filter(|id| self.catalog.component(id).is_none())
            .collect();
        if !unknown.is_empty() {
            rows.push([
                "Other".into(),
                unknown.join(", ").into(),
                ForeignText::new(),
            ]);
        }
        rows
    }

    /// A component as people call it, or its id where the catalog does not know it.
    pub fn component(&self, id: &'a Id) -> &'a str {
        self.catalog
            .component(id.as_str())
            .map_or(id.as_str(), |one| one.name.as_str())
    }

    /// A threat as other sections name it.
    pub fn named_threat(&self, id: &ThreatId) -> Option<ForeignText> {
        let (number, threat) = self.threats.get(id)?;
        Some(foreign!("Threat {}: {}", number, threat.title.trim()))
    }

    /// The attack surface of a threat, empty where none is named.
    pub fn surface(&self, threat: &'a Threat) -> &'a str {
        let Some(id) = &threat.surface else {
            return "";
        };
        self.catalog
            .component(threat.component.as_str())
            .and_then(|one| one.surfaces.iter().find(|surface| surface.id == *id))
            .map_or(id.as_str(), |surface| surface.name.as_str())
    }

    /// Who wrote it first. Somebody who has left the session since is known by the id only.
    pub fn recorded_by(&self, stamp: &'a Stamp) -> Foreign<'a> {
        match &stamp.by {
            Some(id) if self.options.names => {
                let known = self.people.get(id).copied();
                known.unwrap_or_else(|| id.as_str().into())
            }
            _ => Foreign::default(),
        }
    }

    /// What the catalog cites for the suggestion that a threat was taken from, and the controls of
    /// the benchmarks: a label and a line for each kind that there is.
    pub fn cited(&self, threat: &Threat) -> Cited {
        let suggestion = threat.suggestion.as_ref().map_or("", Id::as_str);
        let known = self.cited.borrow().get(suggestion).cloned();
        let of_suggestion = known.unwrap_or_else(|| {
            let cited = self.cited_for(suggestion);
            let known = Rc::clone(&cited);
            self.cited.borrow_mut().insert(suggestion.to_owned(), known);
            cited
        });
        if threat.controls.is_empty() {
            return of_suggestion;
        }
        let controls: Vec<&str> = threat
            .controls
            .iter()
            .map(|id| {
                let control = self.catalog.control(id.as_str());
                control.map_or(id.as_str(), |one| one.title.as_str())
            })
            .collect();
        let checks = ("Benchmark checks", controls.join("; "));
        of_suggestion.iter().cloned().chain([checks]).collect()
    }

    fn cited_for(&self, suggestion: &str) -> Cited {
        let Some((_, known)) = self.catalog.threat(suggestion) else {
            return Rc::default();
        };
        let cited: Vec<(&ReferenceId, Option<&Reference>)> = known
            .references
            .iter()
            .map(|id| (id, self.catalog.reference(id.as_str())))
            .collect();
        let of_kind = |kind: ReferenceKind| -> Vec<String> {
            let of_kind = cited.iter().filter_map(|(id, found)| match found {
                Some(found) if found.kind == kind => Some(reference(found)),
                // What the catalog does not explain is still worth its id.
                None if kind == ReferenceKind::Document => Some(id.to_string()),
                _ => None,
            });
            of_kind.collect()
        };
        KINDS
            .iter()
            .map(|(kind, label)| (*label, of_kind(*kind).join("; ")))
            .filter(|(_, names)| !names.is_empty())
            .collect()
    }
}

/// A reference in a line.
pub fn reference(found: &Reference) -> String {
    let id = found.id.as_str();
    match found.kind {
        // The name of a vulnerability is where it was found, which says little here.
        ReferenceKind::Cve => id.to_owned(),
        ReferenceKind::Document => match &found.edition {
            Some(edition) => format!("{}, {edition}", found.name),
            None => found.name.to_string(),
        },
        ReferenceKind::Nist => format!("{} {}", id.trim_start_matches("NIST-"), found.name),
        ReferenceKind::Owasp => format!("{} {}", id.trim_start_matches("OWASP-"), found.name),
        _ => format!("{id} {}", found.name),
    }
}

/// The risk of a threat in words, empty where nothing is rated.
pub fn risk(threat: &Threat) -> String {
    match (threat.likelihood, threat.impact) {
        (Some(often), Some(bad)) => format!(
            "{} (likelihood {}: {}; impact {}: {})",
            Risk::of(often, bad).name(),
            often.name(),
            often.meaning(),
            bad.name(),
            bad.meaning()
        ),
        (Some(often), None) => format!("likelihood {}, impact not rated yet", often.name()),
        (None, Some(bad)) => format!("impact {}, likelihood not rated yet", bad.name()),
        (None, None) => String::new(),
    }
}

/// The response to a threat in words, empty where none is chosen.
pub fn response(threat: &Threat) -> ForeignText {
    let Some(response) = threat.response else {
        return ForeignText::new();
    };
    let until = threat.accepted_until.trim();
    if response == Response::Accept && !until.is_empty() {
        foreign!("{}, until {}", response.name(), until)
    } else {
        response.name().into()
    }
}
