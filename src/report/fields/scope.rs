//! What the team works on: the facts of the title page, systems and components in scope, diagrams,
//! attackers.

use minijinja::Value;

use super::words;
use crate::catalog::types::Id;
use crate::encode;
use crate::report::diagram;
use crate::report::source::Source;
use crate::report::template::{Record, list};

/// The title page, assumptions and notes.
pub fn facts(source: &Source<'_>) -> Record {
    let session = source.session;
    let brief = source.catalog.brief(session.brief.as_str());
    let brief = brief.map_or(session.brief.as_str(), |one| one.name.as_str());
    let people = session.participants.iter();
    let people = people.filter(|_| source.options.names);
    Record::default()
        .with("title", super::or(&session.title, "Untitled session"))
        .with("brief", brief)
        .with("begun", session.created.strftime("%Y-%m-%d").to_string())
        .with("participants", words(people.map(|one| one.name.trim())))
        .with("description", session.description.trim())
        .with(
            "assumptions",
            words(session.assumptions.iter().map(|one| &one.text)),
        )
        .with(
            "review_notes",
            words(session.review_notes.iter().map(|one| &one.text)),
        )
}

/// The systems that have a component in scope, and components that the catalog does not know.
pub fn scope(source: &Source<'_>) -> Value {
    let in_scope = &source.session.components;
    let mut systems = Vec::new();
    for system in &source.catalog.systems {
        let (inside, outside): (Vec<_>, Vec<_>) = source
            .catalog
            .components_of(&system.id)
            .partition(|one| in_scope.contains(&one.id));
        if inside.is_empty() {
            continue;
        }
        let components = inside.iter().map(|one| {
            let surfaces = one.surfaces.iter().map(|surface| {
                Record::default()
                    .with("name", surface.name.as_str())
                    .with("what", surface.what.as_str())
            });
            Record::default()
                .with("name", one.name.as_str())
                .with("summary", one.summary.as_str())
                .with("surfaces", list(surfaces))
        });
        let drawn = diagram::mermaid(source.session, source.catalog, &system.id);
        let drawn = drawn.map(|text| encode::code_fence(&text, "mermaid"));
        systems.push(
            Record::default()
                .with("name", system.name.as_str())
                .with("summary", system.summary.as_str())
                .with("components", list(components))
                .with(
                    "out_of_scope",
                    words(outside.iter().map(|one| one.name.as_str())),
                )
                .with_markdown("diagram", drawn.unwrap_or_default()),
        );
    }
    let unknown: Vec<&Id> = in_scope
        .iter()
        .filter(|id| source.catalog.component(id.as_str()).is_none())
        .collect();
    if !unknown.is_empty() {
        let components = unknown.iter().map(|id| {
            Record::default()
                .with("name", id.as_str())
                .with("summary", "")
                .with("surfaces", list(Vec::<Value>::new()))
        });
        systems.push(
            Record::default()
                .with("name", "Other")
                .with("summary", "")
                .with("components", list(components))
                .with("out_of_scope", words::<&str>([]))
                .with_markdown("diagram", String::new()),
        );
    }
    list(systems)
}

/// The attackers that the team reckons with.
pub fn attackers(source: &Source<'_>) -> Value {
    list(source.session.attackers.iter().map(|chosen| {
        let profile = source.catalog.attacker(chosen.profile.as_str());
        let text = |part: fn(&crate::catalog::types::AttackerProfile) -> &str| {
            profile.map_or("", part).to_owned()
        };
        let name = profile.map_or(chosen.profile.as_str(), |one| one.name.as_str());
        Record::default()
            .with("name", name)
            .with("goal", text(|one| &one.goal))
            .with("methods", text(|one| &one.methods))
            .with("capability", text(|one| &one.capability))
            .with("assets", text(|one| &one.assets))
            .with("note", chosen.note.trim())
    }))
}
