//! Step 4: what the brief still asks for, the coverage of every cell, what is left to do, what stands
//! out, and the team's own words about its work. Each line leads to the place where it can be put right.

mod coverage;
mod quality;

use crate::catalog::Catalog;
use crate::review::Jump;
use crate::session::edit::Operation;
use crate::session::place::{CellKey, DraftKey, Step, TextField};
use crate::stride::Category;
use crate::tui::app::{App, OpenSession};
use crate::tui::keymap::Action;
use crate::tui::screens::compare;
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
    coverage::matrix(open, catalog, &mut rows);
    coverage::gaps(open, &mut rows);
    super::contradicted::rows(open, catalog, &mut rows);
    quality::rows(open, &mut rows);
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
        .map_or_else(|| id.to_string(), |one| one.name.to_string());
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
        (Action::Enter | Action::Toggle, Some(target @ Target::Gaps(_))) => {
            let target = Some(target);
            open.expanded = if open.expanded == target {
                None
            } else {
                target
            };
        }
        (Action::Enter | Action::Edit, Some(Target::Accepted(id))) => {
            app.type_into(TextField::AcceptedCheck(id));
        }
        (Action::Leave, Some(Target::Jump(_, line))) => quality::accept(app, line),
        (Action::Leave, _) => {
            app.say("x leaves what stands out as it is. Move to such a line first.");
        }
        (Action::Compare, selected) => compare_from(app, selected),
        (
            Action::Remove,
            Some(Target::Accepted(id) | Target::Field(TextField::AcceptedCheck(id))),
        ) => quality::take_back(app, id),
        (Action::Remove, Some(Target::Field(TextField::ReviewNote(id)))) => {
            app.remove(Operation::RemoveReviewNote(id));
        }
        (Action::Remove, _) => app.say(
            "D removes a note of your own, or takes back what was left so. Move to one first.",
        ),
        _ => return false,
    }
    true
}

/// Compares the cell that the line is about, or else the first with an answer.
fn compare_from(app: &mut App, selected: Option<Target>) {
    let Some(open) = &app.open else { return };
    let session = open.editor.session();
    let cell = match selected {
        Some(Target::Cell(component)) => {
            let is_answered = |one: &Category| open.coverage.state(&component, *one).is_answered();
            let category = Category::ALL.into_iter().find(is_answered);
            category.map(|category| CellKey {
                component,
                category,
            })
        }
        Some(Target::Jump(Jump::Cell(cell), _)) => Some(cell),
        Some(Target::Jump(Jump::Threat(id), _)) => session.threat(&id).map(|threat| CellKey {
            component: threat.component.clone(),
            category: threat.category,
        }),
        _ => None,
    };
    match cell {
        Some(cell) => compare::open(app, cell),
        None => compare::open_first(app),
    }
}

fn go(app: &mut App, jump: Jump) {
    match jump {
        Jump::Scope => {
            app.go_step(Step::Scope.number());
        }
        Jump::Harden => {
            app.go_step(Step::Harden.number());
        }
        Jump::Hardening(id) => {
            app.go_step(Step::Harden.number());
            if let Some(open) = &mut app.open {
                let target = Some(Target::Hardening(id));
                open.expanded.clone_from(&target);
                open.list_mut().selected = target;
            }
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
