//! The form `course`: what the container-security course asks for. Threats of each system, numbered,
//! with category, component, attack surface, what goes wrong and mitigations; then the findings. Scope,
//! attackers and diagrams stand before, where the session has them.
//!
//! Nothing that a team wrote is left out, also not what belongs to components that were later put
//! out of scope or that this catalog does not know: that has sections of its own.

mod findings;
mod threats;

use super::markdown::Document;
use super::source::Source;
use super::{Options, diagram};
use crate::catalog::Catalog;
use crate::catalog::types::Text;
use crate::encode::ForeignText;
use crate::session::types::Session;

/// Writes a session up.
pub fn write(session: &Session, catalog: &Catalog, options: &Options) -> String {
    let source = Source::new(session, catalog, options);
    let mut document = Document::default();
    document.heading(1, &session.title);
    source.facts(&mut document);
    source.scope(&mut document);
    source.attackers(&mut document);
    source.diagrams(&mut document);
    source.threats(&mut document);
    source.findings(&mut document);
    source.review(&mut document);
    document.finish()
}

impl Source<'_> {
    fn facts(&self, document: &mut Document) {
        let brief = self.catalog.brief(self.session.brief.as_str());
        let brief = brief.map_or(self.session.brief.as_str(), |one| one.name.as_str());
        let people = self.session.participants.iter();
        let names = people
            .filter(|_| self.options.names)
            .map(|one| one.name.trim());
        let names = ForeignText::joined(names, ", ");
        let created = self.session.created.strftime("%Y-%m-%d").to_string();
        document.facts(&[
            ("Brief", brief.into()),
            ("Participants", names.as_foreign()),
            ("Begun", created.as_str().into()),
        ]);
    }

    fn scope(&self, document: &mut Document) {
        let rows = self.scope_table();
        let written = |text: &ForeignText| !text.trim().is_empty();
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
            document.list(self.session.assumptions.iter().map(|one| &one.text));
        }
    }

    fn attackers(&self, document: &mut Document) {
        let rows: Vec<[ForeignText; 4]> = self
            .session
            .attackers
            .iter()
            .map(|chosen| {
                let profile = self.catalog.attacker(chosen.profile.as_str());
                let [name, goal, methods] = match profile {
                    Some(one) => [&one.name, &one.goal, &one.methods].map(Text::as_str),
                    None => [chosen.profile.as_str(), "", ""],
                };
                [
                    name.into(),
                    goal.into(),
                    methods.into(),
                    chosen.note.clone(),
                ]
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
        let notes = || self.session.review_notes.iter().map(|one| &one.text);
        if notes().any(|text| !text.trim().is_empty()) {
            document.heading(2, "Review notes");
            document.list(notes());
        }
    }
}
