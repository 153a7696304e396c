//! The form `course`: what the container-security course asks for. Threats of each system, numbered,
//! with category, component, attack surface, what goes wrong and mitigations; then the findings. Scope,
//! attackers and diagrams stand before, where the session has them.
//!
//! Nothing that a team wrote is left out, also not what belongs to components that were later put
//! out of scope or that this catalog does not know: that has sections of its own.

mod findings;
mod sections;
mod threats;

use std::collections::{HashMap, HashSet};

use self::sections::Section;
use super::markdown::Document;
use super::{Options, diagram};
use crate::catalog::Catalog;
use crate::catalog::types::Id;
use crate::session::id::{ParticipantId, ThreatId};
use crate::session::types::{Mitigation, Session, Threat};

/// Writes a session up.
pub fn write(session: &Session, catalog: &Catalog, options: &Options) -> String {
    let writer = Writer::new(session, catalog, options);
    let mut document = Document::default();
    document.heading(1, &session.title);
    writer.facts(&mut document);
    writer.scope(&mut document);
    writer.attackers(&mut document);
    writer.diagrams(&mut document);
    writer.threats(&mut document);
    writer.findings(&mut document);
    writer.review(&mut document);
    document.finish()
}

/// What the parts of the write-up need to know, looked up once.
struct Writer<'a> {
    session: &'a Session,
    catalog: &'a Catalog,
    options: &'a Options,
    sections: Vec<Section<'a>>,
    /// The threats by their ids, with their numbers through the whole document.
    threats: HashMap<&'a ThreatId, (usize, &'a Threat)>,
    mitigations: HashMap<&'a ThreatId, Vec<&'a Mitigation>>,
    people: HashMap<&'a ParticipantId, &'a str>,
}

impl<'a> Writer<'a> {
    fn new(session: &'a Session, catalog: &'a Catalog, options: &'a Options) -> Self {
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
            .map(|person| (&person.id, person.name.as_str()))
            .collect();
        Self {
            session,
            catalog,
            options,
            sections,
            threats,
            mitigations,
            people,
        }
    }

    fn facts(&self, document: &mut Document) {
        let brief = self.catalog.brief(self.session.brief.as_str());
        let brief = brief.map_or(self.session.brief.as_str(), |one| one.name.as_str());
        let people = self.session.participants.iter();
        let names: Vec<&str> = people
            .filter(|_| self.options.names)
            .map(|one| one.name.trim())
            .collect();
        let created = self.session.created.strftime("%Y-%m-%d").to_string();
        document.facts(&[
            ("Brief", brief),
            ("Participants", &names.join(", ")),
            ("Begun", &created),
        ]);
    }

    fn scope(&self, document: &mut Document) {
        let rows = self.scope_table();
        let written = |text: &str| !text.trim().is_empty();
        let assumed = self
            .session
            .assumptions
            .iter()
            .any(|one| written(&one.text));
        if rows.is_empty() && !assumed && !written(&self.session.description) {
            return;
        }
        document.heading(2, "Scope");
        document.paragraphs(&self.session.description);
        document.table(["System", "In scope", "Out of scope"], &rows);
        if assumed {
            document.label("Assumptions");
            document.list(self.session.assumptions.iter().map(|one| one.text.as_str()));
        }
    }

    /// The components of each system that has one in scope, and those the catalog does not know.
    fn scope_table(&self) -> Vec<[String; 3]> {
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
                rows.push([system.name.clone(), inside, part(false)]);
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
            rows.push(["Other".to_owned(), unknown.join(", "), String::new()]);
        }
        rows
    }

    fn attackers(&self, document: &mut Document) {
        let rows: Vec<[String; 4]> = self
            .session
            .attackers
            .iter()
            .map(|chosen| {
                let profile = self.catalog.attacker(chosen.profile.as_str());
                let [name, goal, methods] = match profile {
                    Some(one) => [one.name.clone(), one.goal.clone(), one.methods.clone()],
                    None => [chosen.profile.to_string(), String::new(), String::new()],
                };
                [name, goal, methods, chosen.note.clone()]
            })
            .collect();
        if !rows.is_empty() {
            document.heading(2, "Attackers");
            document.table(["Attacker", "Goal", "Methods", "Note"], &rows);
        }
    }

    fn diagrams(&self, document: &mut Document) {
        let drawn: Vec<(&str, String)> = self
            .catalog
            .systems
            .iter()
            .filter_map(|system| {
                let text = diagram::mermaid(self.session, self.catalog, &system.id)?;
                Some((system.name.as_str(), text))
            })
            .collect();
        if drawn.is_empty() {
            return;
        }
        document.heading(2, "Data-flow diagram");
        document.paragraphs(
            "Each box is a trust zone. Thick arrows cross a trust boundary, so look there first.",
        );
        for (name, text) in drawn {
            document.heading(3, &format!("Data flows of {name}"));
            document.code(&text, "mermaid");
        }
    }

    fn review(&self, document: &mut Document) {
        let notes = || {
            self.session
                .review_notes
                .iter()
                .map(|one| one.text.as_str())
        };
        if notes().any(|text| !text.trim().is_empty()) {
            document.heading(2, "Review notes");
            document.list(notes());
        }
    }

    /// A component as people call it, or its id where the catalog does not know it.
    fn component(&self, id: &'a Id) -> &'a str {
        self.catalog
            .component(id.as_str())
            .map_or(id.as_str(), |one| one.name.as_str())
    }

    /// A threat as other sections name it.
    fn named_threat(&self, id: &ThreatId) -> Option<String> {
        let (number, threat) = self.threats.get(id)?;
        Some(format!("Threat {number}: {}", threat.title.trim()))
    }
}
