//! Step 2, the context: what helps with the cell. Attack surfaces, the words that turn up in it, and the
//! attackers that the team reckons with.

use crate::catalog::Catalog;
use crate::catalog::types::Term;
use crate::tui::app::OpenSession;
use crate::tui::theme::Meaning;
use crate::tui::widgets::rows::{Row, Target};

/// The rows of the context.
pub fn rows(open: &OpenSession, catalog: &Catalog) -> Vec<Row> {
    let cell = &open.cell;
    let mut rows = Vec::new();
    let Some(component) = catalog.component(cell.component.as_str()) else {
        return rows;
    };
    rows.push(Row::text(cell.category.plain_question(), Meaning::Text));
    rows.push(Row::text(
        format!("It is about {}.", cell.category.violated_property()),
        Meaning::Muted,
    ));
    let selected = match open.selected() {
        Some(Target::Suggestion(id)) => Some(id.clone()),
        Some(Target::Threat(id)) => open
            .editor
            .session()
            .threat(id)
            .and_then(|threat| threat.suggestion.clone()),
        _ => None,
    };
    let suggestion = selected.and_then(|id| Some(catalog.threat(id.as_str())?.1));
    rows.push(Row::blank());
    rows.push(Row::heading("Attack surfaces"));
    for surface in &component.surfaces {
        let marked = suggestion.is_some_and(|suggestion| suggestion.surface == surface.id);
        let sign = if marked { "›" } else { " " };
        rows.push(Row::text(format!("{sign} {}", surface.name), Meaning::Text));
    }
    let attackers: Vec<&str> = open
        .editor
        .session()
        .attackers
        .iter()
        .filter_map(|chosen| catalog.attacker(chosen.profile.as_str()))
        .map(|attacker| attacker.name.as_str())
        .collect();
    if !attackers.is_empty() {
        rows.push(Row::blank());
        rows.push(Row::heading("Attackers"));
        rows.extend(
            attackers
                .into_iter()
                .map(|name| Row::indented(name, Meaning::Text, 2)),
        );
    }
    let terms = terms(open, catalog);
    if !terms.is_empty() {
        rows.push(Row::blank());
        rows.push(Row::heading("Words"));
        for term in terms {
            rows.push(Row::text(term.name.clone(), Meaning::Key));
            rows.push(Row::indented(term.definition.clone(), Meaning::Muted, 2));
        }
    }
    rows
}

/// The terms that turn up in the cell's questions and suggestions, at most five.
pub fn terms<'a>(open: &OpenSession, catalog: &'a Catalog) -> Vec<&'a Term> {
    let cell = &open.cell;
    let mut text = String::from(" ");
    for prompt in catalog.prompts(&cell.component, cell.category) {
        text.push_str(&prompt.question);
        text.push(' ');
        text.push_str(&prompt.hint);
        text.push(' ');
    }
    for suggestion in catalog.suggestions(&cell.component, cell.category) {
        text.push_str(&suggestion.title);
        text.push(' ');
    }
    let text = text.to_lowercase();
    let turns_up = |name: &str| {
        let name = name.to_lowercase();
        // A name with its explanation in brackets turns up by what stands before them.
        let name = name.split(" (").next().unwrap_or_default();
        text.match_indices(name).any(|(at, _)| {
            let before = text[..at].chars().next_back();
            let after = text[at + name.len()..].chars().next();
            let inside = |c: Option<char>| c.is_some_and(char::is_alphanumeric);
            !inside(before) && (!inside(after) || after == Some('s'))
        })
    };
    catalog
        .glossary
        .iter()
        .filter(|term| turns_up(&term.name) || term.also.iter().any(|name| turns_up(name)))
        .take(5)
        .collect()
}
