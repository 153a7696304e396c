//! What is known about one entry of the catalog, or about a text of the team, as lines to read.
//!
//! Not for the cards: these show entries where they can be taken.

use std::collections::BTreeMap;

use crate::catalog::source::Origin;
use crate::catalog::types::{Id, ReferenceId};
use crate::catalog::{Catalog, Kind};
use crate::session::place::TextField;
use crate::tui::app::App;
use crate::tui::theme::Meaning;

/// A paragraph and how it looks.
pub type EntryLine = (String, Meaning);

/// Lines that grow part by part.
#[derive(Default)]
struct Lines(Vec<EntryLine>);

impl Lines {
    fn text(&mut self, text: &str) {
        if !text.trim().is_empty() {
            self.0.push((text.to_owned(), Meaning::Text));
        }
    }

    /// A text under its label; nothing where there is none.
    fn part(&mut self, label: &str, text: &str) {
        if !text.trim().is_empty() {
            self.0.push((label.to_owned(), Meaning::Heading));
            self.text(text);
        }
    }

    fn references(&mut self, catalog: &Catalog, ids: &[ReferenceId]) {
        let named: Vec<String> = ids
            .iter()
            .map(|id| match catalog.reference(id.as_str()) {
                Some(one) if !one.name.is_empty() => format!("{id}  {}", one.name),
                _ => id.to_string(),
            })
            .collect();
        self.part("Read on", &named.join("\n"));
    }
}

/// What the catalog knows about an entry.
pub fn of(catalog: &Catalog, kind: Kind, id: &str) -> Vec<EntryLine> {
    let mut lines = Lines::default();
    match kind {
        Kind::System => {
            if let Some(one) = catalog.system(id) {
                lines.text(&one.summary);
                let names: Vec<&str> = catalog
                    .components_of(&one.id)
                    .map(|component| component.name.as_str())
                    .collect();
                lines.part("Components", &names.join(", "));
            }
        }
        Kind::Component => {
            if let Some(one) = catalog.component(id) {
                lines.text(&one.summary);
                let names: Vec<&str> = one.surfaces.iter().map(|one| one.name.as_str()).collect();
                lines.part("Attack surfaces", &names.join(", "));
            }
        }
        Kind::Surface => {
            if let Some((component, one)) = catalog.surface(id) {
                lines.text(&one.what);
                let threats: Vec<String> = component
                    .threats
                    .iter()
                    .filter(|threat| threat.surface == one.id)
                    .map(|threat| format!("{}  {}", threat.category.letter(), threat.title))
                    .collect();
                lines.part("Threats that the catalog knows here", &threats.join("\n"));
            }
        }
        Kind::Prompt => prompt(catalog, id, &mut lines),
        Kind::Threat => threat(catalog, id, &mut lines),
        Kind::Control => control(catalog, id, &mut lines),
        Kind::Attacker => {
            if let Some(one) = catalog.attacker(id) {
                lines.part("What they want", &one.goal);
                lines.part("How they go about it", &one.methods);
                lines.part("Skill and means", &one.capability);
                lines.part("What they are after", &one.assets);
                lines.part("On record", one.examples.as_deref().unwrap_or_default());
                lines.references(catalog, &one.references);
            }
        }
        Kind::Term => {
            if let Some(one) = catalog.term(id) {
                lines.text(&one.definition);
                lines.part("Also", &one.also.join(", "));
                let surfaces: Vec<String> = one
                    .surfaces
                    .iter()
                    .filter_map(|id| catalog.surface(id.as_str()))
                    .map(|(component, surface)| format!("{}: {}", component.name, surface.name))
                    .collect();
                lines.part("Turns up at", &surfaces.join("\n"));
            }
        }
        Kind::Reference => {
            if let Some(one) = catalog.reference(id) {
                let parts = [one.publisher.as_deref(), one.edition.as_deref()];
                let about: Vec<&str> = parts.into_iter().flatten().collect();
                lines.text(&format!("{}  {}", one.id, one.name));
                lines.text(&about.join(", "));
                lines.part("Note", one.note.as_deref().unwrap_or_default());
                let citing: Vec<String> = catalog
                    .components
                    .iter()
                    .flat_map(|component| component.threats.iter().map(move |one| (component, one)))
                    .filter(|(_, threat)| threat.references.contains(&one.id))
                    .map(|(component, threat)| format!("{}: {}", component.name, threat.title))
                    .collect();
                lines.part("Threats that cite it", &citing.join("\n"));
            }
        }
        Kind::Brief => {
            if let Some(one) = catalog.brief(id) {
                lines.text(&one.summary);
            }
        }
    }
    if let Origin::User(file) = catalog.origin(kind, id) {
        let label = if catalog.is_overridden(kind, id) {
            "From your catalog, instead of the program's"
        } else {
            "From your catalog"
        };
        lines.part(label, file);
    }
    lines.0
}

fn prompt(catalog: &Catalog, id: &str, lines: &mut Lines) {
    let found = catalog
        .components
        .iter()
        .flat_map(|component| &component.prompts)
        .find(|one| one.id.as_str() == id);
    if let Some(one) = found {
        lines.text(&one.question);
        lines.part("Hint", &one.hint);
        lines.part("Why we ask", one.why.as_deref().unwrap_or_default());
    }
}

fn threat(catalog: &Catalog, id: &str, lines: &mut Lines) {
    let Some((component, one)) = catalog.threat(id) else {
        return;
    };
    lines.text(&one.what_goes_wrong);
    lines.part("When it can happen", &one.preconditions);
    lines.part("What it leads to", &one.impact);
    let helps: Vec<String> = one
        .mitigations
        .iter()
        .map(|one| format!("- {}\n  check: {}", one.what, one.verify))
        .collect();
    lines.part("What helps", &helps.join("\n"));
    if let Some(correction) = &one.correction {
        lines.part("Often taught", &correction.taught);
        lines.part("Today", &correction.today);
    }
    lines.part(
        "Not verified",
        one.unverified.as_deref().unwrap_or_default(),
    );
    let surface = component.surfaces.iter().find(|it| it.id == one.surface);
    lines.part(
        "Attack surface",
        surface.map_or("", |one| one.name.as_str()),
    );
    lines.part("Checked by", &controls(catalog, &one.controls).join("\n"));
    lines.references(catalog, &one.references);
}

/// Controls by their newest number and title.
fn controls(catalog: &Catalog, ids: &[Id]) -> Vec<String> {
    ids.iter()
        .filter_map(|id| catalog.control(id.as_str()))
        .map(|one| match one.numbers.last() {
            Some((version, number)) => format!("{version} {number}  {}", one.title),
            None => one.title.to_string(),
        })
        .collect()
}

fn control(catalog: &Catalog, id: &str, lines: &mut Lines) {
    let Some(one) = catalog.control(id) else {
        return;
    };
    lines.text(&one.why);
    lines.part("What to do", &one.remediation.text);
    for snippet in &one.remediation.snippets {
        lines.0.push((snippet.text.to_string(), Meaning::Key));
    }
    // One number and all the editions that agree on it.
    let mut numbers: BTreeMap<&str, Vec<&str>> = BTreeMap::new();
    for (version, number) in &one.numbers {
        numbers.entry(number).or_default().push(version.as_str());
    }
    let numbers: Vec<String> = numbers
        .into_iter()
        .map(|(number, versions)| format!("{number}  in {}", versions.join(", ")))
        .collect();
    lines.part("Its number", &numbers.join("\n"));
}

/// A text of the team, whole.
pub fn text(app: &App, field: &TextField) -> Vec<EntryLine> {
    let mut lines = Lines::default();
    if let Some(open) = &app.open {
        let text = open.editor.session().text(field).unwrap_or_default();
        lines.text(&text.shown());
    }
    lines.0
}
