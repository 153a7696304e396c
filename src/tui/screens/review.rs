//! Step 4: the coverage of every cell, what the brief still asks for, what stands out, and the
//! team's own words about its work. Each line leads to the place where it can be put right.

use std::fmt::Write as _;

use crate::catalog::Catalog;
use crate::review::{Jump, Severity};
use crate::session::edit::Operation;
use crate::session::place::{CellKey, DraftKey, Step, TextField};
use crate::stride::Category;
use crate::tui::app::{App, OpenSession};
use crate::tui::keymap::Action;
use crate::tui::theme::Meaning;
use crate::tui::widgets::rows::{Row, Target};

/// The rows of the review.
pub fn rows(open: &OpenSession, catalog: &Catalog) -> Vec<Row> {
    let mut rows = vec![
        Row::text("Did we do a good enough job?", Meaning::Question),
        Row::blank(),
    ];
    super::disputes::rows(open, &mut rows);
    brief(open, catalog, &mut rows);
    coverage(open, catalog, &mut rows);
    quality(open, &mut rows);
    rows.push(Row::blank());
    rows.push(Row::heading("In our own words"));
    for note in &open.editor.session().review_notes {
        let field = TextField::ReviewNote(note.id.clone());
        rows.push(Row::field("", field, "a note"));
    }
    let draft = TextField::Draft(DraftKey::ReviewNote);
    rows.push(Row::field(
        "",
        draft,
        "add a note: what went well, what is missing, what comes next…",
    ));
    rows
}

fn brief(open: &OpenSession, catalog: &Catalog, rows: &mut Vec<Row>) {
    let id = &open.editor.session().brief;
    let name = catalog
        .brief(id.as_str())
        .map_or_else(|| id.to_string(), |one| one.name.clone());
    rows.push(Row::heading(format!("What the brief asks for: {name}")));
    let Some(check) = &open.check else { return };
    if check.requirements.is_empty() {
        rows.push(Row::indented(
            "This brief asks for nothing in particular.",
            Meaning::Muted,
            2,
        ));
    }
    for (at, result) in check.requirements.iter().enumerate() {
        let mark = if result.met { "✓" } else { "○" };
        let target = Target::Jump(result.jump.clone(), at);
        rows.push(Row::item(mark, result.requirement.clone(), target));
        if !result.met {
            rows.push(Row::indented(result.missing.clone(), Meaning::Warning, 4));
        }
    }
}

fn coverage(open: &OpenSession, catalog: &Catalog, rows: &mut Vec<Row>) {
    let (answered, all) = open.coverage.answered();
    rows.push(Row::blank());
    rows.push(Row::heading(format!(
        "Coverage: {answered} of {all} cells have an answer"
    )));
    let mut system = None;
    for id in open.components() {
        let Some(component) = catalog.component(id.as_str()) else {
            continue;
        };
        if system != Some(&component.system) {
            system = Some(&component.system);
            let name = catalog
                .system(component.system.as_str())
                .map_or_else(|| component.system.to_string(), |one| one.name.clone());
            rows.push(Row::indented(
                format!("{name:<26} S  T  R  I  D  E  threats"),
                Meaning::Muted,
                2,
            ));
        }
        let mut line = format!("{:<26}", component.name);
        for category in Category::ALL {
            let _ = write!(line, " {} ", open.coverage.state(id, category).sign());
        }
        let threats: usize = Category::ALL
            .iter()
            .map(|category| open.coverage.threats(id, *category))
            .sum();
        let _ = write!(line, " {threats:>4}");
        rows.push(Row::item("", line, Target::Cell(id.clone())));
    }
    rows.push(Row::indented(
        "● threats recorded   – nothing applies   ○ in progress   · untouched",
        Meaning::Muted,
        2,
    ));
}

fn quality(open: &OpenSession, rows: &mut Vec<Row>) {
    let Some(check) = &open.check else { return };
    rows.push(Row::blank());
    rows.push(Row::heading(format!(
        "What stands out ({})",
        check.quality.len()
    )));
    if check.quality.is_empty() {
        rows.push(Row::indented(
            "Nothing. Every threat has an answer that can be checked.",
            Meaning::Muted,
            2,
        ));
    }
    let first = check.requirements.len();
    for (at, finding) in check.quality.iter().enumerate() {
        let mark = match finding.severity {
            Severity::Warning => "!",
            Severity::Note => "·",
        };
        let target = Target::Jump(finding.jump.clone(), first + at);
        rows.push(Row::item(mark, finding.message.clone(), target.clone()));
        if open.selected() == Some(&target) {
            rows.push(Row::indented(finding.why, Meaning::Muted, 4));
        }
    }
}

/// Carries out what a key means in the review.
pub fn act(app: &mut App, action: Action) -> bool {
    let Some(open) = &mut app.open else {
        return false;
    };
    let selected = open.selected().cloned();
    match (action, selected) {
        (Action::Note, _) => app.type_into(TextField::Draft(DraftKey::ReviewNote)),
        (Action::Enter | Action::Edit, Some(Target::New(key))) => {
            app.type_into(TextField::Draft(key));
        }
        (Action::Enter | Action::Edit, Some(Target::Field(field))) => app.type_into(field),
        (Action::Enter, Some(Target::Cell(component))) => {
            let state = |category| open.coverage.state(&component, category);
            let gap = Category::ALL
                .into_iter()
                .find(|one| !state(*one).is_answered());
            let category = gap.unwrap_or(Category::Spoofing);
            app.visit_cell(CellKey {
                component,
                category,
            });
        }
        (Action::Enter, Some(Target::Dispute(id, take_other))) => {
            super::disputes::settle(app, id, take_other);
        }
        (Action::Enter, Some(Target::Jump(jump, _))) => go(app, jump),
        (Action::Remove, Some(Target::Field(TextField::ReviewNote(id)))) => {
            app.remove(Operation::RemoveReviewNote(id));
        }
        (Action::Remove, _) => app.say("D removes a note of your own. Move to one first."),
        _ => return false,
    }
    true
}

fn go(app: &mut App, jump: Jump) {
    match jump {
        Jump::Scope => {
            app.go_step(Step::Scope.number());
        }
        Jump::Harden => {
            app.go_step(Step::Harden.number());
        }
        Jump::Cell(cell) => app.visit_cell(cell),
        Jump::Threat(id) => app.visit_threat(id, Step::Review),
        Jump::Mitigation(id) => {
            let Some(open) = &mut app.open else { return };
            let threat = open
                .editor
                .session()
                .mitigation(&id)
                .and_then(|mitigation| mitigation.threats.first().cloned());
            let target = Target::Mitigation(id);
            match threat {
                Some(threat) => {
                    app.visit_threat(threat, Step::Review);
                    if let Some(open) = &mut app.open {
                        open.expanded = Some(target.clone());
                        open.threat_list.selected = Some(target);
                    }
                }
                None => {
                    app.go_step(Step::Harden.number());
                }
            }
        }
    }
}
