//! The form `course`: what the container-security course asks for. Threats of each system, numbered,
//! with category, component, attack surface, what goes wrong and mitigations; then the findings. Scope,
//! attackers and diagrams stand before, where the session has them.

use std::fmt::Write as _;

use super::markdown::Document;
use super::{Options, diagram};
use crate::catalog::Catalog;
use crate::catalog::types::{Id, Requirement, System};
use crate::encode;
use crate::session::types::{Hardening, Mitigation, Response, Session, Threat};
use crate::session::words::Risk;

/// Writes a session up.
pub fn write(session: &Session, catalog: &Catalog, options: &Options) -> String {
    let writer = Writer {
        session,
        catalog,
        options,
    };
    let mut document = Document::default();
    document.heading(1, &session.title);
    writer.facts(&mut document);
    writer.scope(&mut document);
    writer.attackers(&mut document);
    writer.diagrams(&mut document);
    for system in &catalog.systems {
        writer.system(system, &mut document);
    }
    writer.unknown_components(&mut document);
    writer.findings(&mut document);
    writer.review(&mut document);
    document.finish()
}

struct Writer<'a> {
    session: &'a Session,
    catalog: &'a Catalog,
    options: &'a Options,
}

impl Writer<'_> {
    fn facts(&self, document: &mut Document) {
        let brief = self.catalog.brief(self.session.brief.as_str());
        let brief = brief.map_or(self.session.brief.as_str(), |one| one.name.as_str());
        let names: Vec<&str> = self
            .session
            .participants
            .iter()
            .map(|one| one.name.as_str())
            .collect();
        let names = if self.options.names {
            names.join(", ")
        } else {
            String::new()
        };
        let created = self.session.created.strftime("%Y-%m-%d").to_string();
        document.facts(&[("Brief", brief), ("Team", &names), ("Begun", &created)]);
    }

    fn scope(&self, document: &mut Document) {
        document.heading(2, "Scope");
        document.paragraphs(&self.session.description);
        let mut rows = Vec::new();
        for system in &self.catalog.systems {
            let part = |inside: bool| {
                let names: Vec<&str> = self
                    .catalog
                    .components_of(&system.id)
                    .filter(|one| self.session.components.contains(&one.id) == inside)
                    .map(|one| one.name.as_str())
                    .collect();
                names.join(", ")
            };
            let inside = part(true);
            if !inside.is_empty() {
                rows.push(vec![system.name.clone(), inside, part(false)]);
            }
        }
        if !rows.is_empty() {
            document.table(&["System", "In scope", "Out of scope"], &rows);
        }
        if !self.session.assumptions.is_empty() {
            document.heading(3, "Assumptions");
            document.list(self.session.assumptions.iter().map(|one| one.text.as_str()));
        }
    }

    fn attackers(&self, document: &mut Document) {
        if self.session.attackers.is_empty() {
            return;
        }
        document.heading(2, "Attackers");
        let rows: Vec<Vec<String>> = self
            .session
            .attackers
            .iter()
            .map(
                |chosen| match self.catalog.attacker(chosen.profile.as_str()) {
                    Some(profile) => vec![
                        profile.name.clone(),
                        profile.goal.clone(),
                        profile.methods.clone(),
                        chosen.note.clone(),
                    ],
                    None => vec![
                        chosen.profile.to_string(),
                        String::new(),
                        String::new(),
                        chosen.note.clone(),
                    ],
                },
            )
            .collect();
        document.table(&["Attacker", "Goal", "Methods", "Why here"], &rows);
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
        document.paragraphs("Thick arrows cross a trust boundary.");
        for (name, text) in drawn {
            document.heading(3, &format!("Data flows of {name}"));
            document.code(&text, "mermaid");
        }
    }

    fn system(&self, system: &System, document: &mut Document) {
        let belongs = |id: &Id| {
            self.catalog
                .component(id.as_str())
                .is_some_and(|one| one.system == system.id)
        };
        let threats: Vec<&Threat> = self
            .session
            .threats
            .iter()
            .filter(|one| belongs(&one.component))
            .collect();
        let nothing: Vec<Vec<String>> = self
            .session
            .cells
            .iter()
            .filter(|cell| belongs(&cell.component))
            .filter_map(|cell| {
                let answer = cell.nothing_applies.as_ref()?;
                let component = self.component(&cell.component);
                let reason = answer.reason.trim().to_owned();
                (!reason.is_empty()).then(|| vec![component, cell.category.to_string(), reason])
            })
            .collect();
        let asked = self.session.components.iter().any(belongs);
        if threats.is_empty() && nothing.is_empty() && !asked {
            return;
        }
        document.heading(2, &format!("{} threats", system.name));
        if threats.is_empty() {
            document.paragraphs("No threats are recorded yet.");
        }
        for (at, threat) in threats.iter().enumerate() {
            self.threat(&format!("{} {}", system.name, at + 1), threat, document);
        }
        if !nothing.is_empty() {
            document.heading(3, &format!("{}: where nothing applies", system.name));
            document.table(&["Component", "Category", "Because"], &nothing);
        }
    }

    /// Threats of components that this catalog does not know: nothing a team wrote is left out.
    fn unknown_components(&self, document: &mut Document) {
        let unknown = |id: &Id| self.catalog.component(id.as_str()).is_none();
        let threats: Vec<&Threat> = self
            .session
            .threats
            .iter()
            .filter(|one| unknown(&one.component))
            .collect();
        if threats.is_empty() {
            return;
        }
        document.heading(2, "Threats to other components");
        for (at, threat) in threats.iter().enumerate() {
            self.threat(&format!("Other {}", at + 1), threat, document);
        }
    }

    fn component(&self, id: &Id) -> String {
        self.catalog
            .component(id.as_str())
            .map_or_else(|| id.to_string(), |one| one.name.clone())
    }

    fn threat(&self, number: &str, threat: &Threat, document: &mut Document) {
        document.heading(3, &format!("{number}: {}", threat.title));
        let category = format!("{} ({})", threat.category, threat.category.letter());
        let component = self.component(&threat.component);
        let surface = threat.surface.as_ref().map_or_else(String::new, |surface| {
            self.catalog
                .component(threat.component.as_str())
                .and_then(|one| one.surfaces.iter().find(|one| one.id == *surface))
                .map_or_else(|| surface.to_string(), |one| one.name.clone())
        });
        document.facts(&[
            ("Category", &category),
            ("Component", &component),
            ("Attack surface", &surface),
            ("What goes wrong", &threat.what_goes_wrong),
            ("When", &threat.preconditions),
            ("What it leads to", &threat.consequences),
            ("Risk", &risk(threat)),
            ("Response", &response(threat)),
            ("References", &self.references(threat)),
        ]);
        let mitigations: Vec<String> = self
            .session
            .mitigations
            .iter()
            .filter(|one| one.threats.contains(&threat.id))
            .map(|one| self.mitigation(one))
            .collect();
        if !mitigations.is_empty() {
            document.paragraphs("Mitigations:");
            document.numbered(&mitigations);
        }
    }

    fn references(&self, threat: &Threat) -> String {
        let Some((_, suggestion)) = threat
            .suggestion
            .as_ref()
            .and_then(|id| self.catalog.threat(id.as_str()))
        else {
            return String::new();
        };
        let named: Vec<String> = suggestion
            .references
            .iter()
            .map(|id| match self.catalog.reference(id.as_str()) {
                Some(reference) if id.as_str().chars().any(|c| c.is_ascii_uppercase()) => {
                    format!("{id} {}", reference.name)
                }
                Some(reference) => match &reference.edition {
                    Some(edition) => format!("{}, {edition}", reference.name),
                    None => reference.name.clone(),
                },
                None => id.to_string(),
            })
            .collect();
        named.join("; ")
    }

    /// A mitigation as an item of a list, in Markdown.
    fn mitigation(&self, mitigation: &Mitigation) -> String {
        let mut item = encode::markdown_block(&mitigation.what);
        let owner = if self.options.names {
            mitigation.owner.as_str()
        } else {
            ""
        };
        for (label, text) in [
            ("Status", mitigation.status.name()),
            ("Owner", owner),
            ("By when", &mitigation.due),
            ("How to check", &mitigation.verify),
            ("Seen", &mitigation.evidence),
        ] {
            if !text.trim().is_empty() {
                let text = encode::markdown_block(text).replace('\n', "\n  ");
                let text = text.replace("\n  \n", "\n\n");
                let _ = write!(item, "\n- {label}: {text}");
            }
        }
        item
    }

    fn findings(&self, document: &mut Document) {
        let brief = self.catalog.brief(self.session.brief.as_str());
        let wanted = brief.is_some_and(|brief| {
            let findings = |one: &Requirement| matches!(one, Requirement::Findings { .. });
            brief.requirements.iter().any(findings)
        });
        if self.session.hardenings.is_empty() && !wanted {
            return;
        }
        document.heading(2, "Docker-bench findings");
        if self.session.hardenings.is_empty() {
            document.paragraphs("No findings are documented yet.");
        }
        for hardening in &self.session.hardenings {
            self.finding(hardening, document);
        }
    }

    fn finding(&self, hardening: &Hardening, document: &mut Document) {
        document.heading(
            3,
            format!("{} {}", hardening.number, hardening.title).trim(),
        );
        let threats: Vec<&str> = hardening
            .threats
            .iter()
            .filter_map(|id| self.session.threat(id))
            .map(|threat| threat.title.as_str())
            .collect();
        document.facts(&[
            ("Benchmark", &hardening.benchmark),
            ("Issue", &hardening.issue),
            ("Why it matters here", &hardening.why_here),
            ("Remediation", &hardening.remediation),
            ("Result", &hardening.result),
            ("Threats", &threats.join("; ")),
        ]);
        let snippets = hardening
            .control
            .as_ref()
            .and_then(|id| self.catalog.control(id.as_str()))
            .map(|control| control.remediation.snippets.as_slice())
            .unwrap_or_default();
        for snippet in snippets {
            document.code(&snippet.text, snippet.kind.fence_language());
        }
    }

    fn review(&self, document: &mut Document) {
        if self.session.review_notes.is_empty() {
            return;
        }
        document.heading(2, "Review");
        document.list(
            self.session
                .review_notes
                .iter()
                .map(|one| one.text.as_str()),
        );
    }
}

fn risk(threat: &Threat) -> String {
    match (threat.likelihood, threat.impact) {
        (Some(often), Some(bad)) => {
            let risk = Risk::of(often, bad).name();
            format!(
                "{risk} (likelihood {}, impact {})",
                often.name(),
                bad.name()
            )
        }
        (Some(often), None) => format!("likelihood {}, impact not rated", often.name()),
        (None, Some(bad)) => format!("impact {}, likelihood not rated", bad.name()),
        (None, None) => String::new(),
    }
}

fn response(threat: &Threat) -> String {
    let Some(response) = threat.response else {
        return threat.response_reason.clone();
    };
    let mut words = response.name().to_owned();
    if response == Response::Accept && !threat.accepted_until.trim().is_empty() {
        words.push_str(" until ");
        words.push_str(&threat.accepted_until);
    }
    if !threat.response_reason.trim().is_empty() {
        words.push_str(", because: ");
        words.push_str(&threat.response_reason);
    }
    words
}
