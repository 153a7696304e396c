//! Step 1: what the team works on. Environment, components in and out of scope, data-flow diagram,
//! assumptions, attackers, and who is in the room.

use crate::catalog::Catalog;
use crate::report::diagram;
use crate::session::edit::Operation;
use crate::session::place::{DraftKey, TextField};
use crate::session::types::Session;
use crate::tui::app::{App, OpenSession};
use crate::tui::keymap::Action;
use crate::tui::theme::Meaning;
use crate::tui::widgets::rows::{Row, Target};

/// The columns for which the diagram is laid out: what a terminal of 80 columns has room for.
const DIAGRAM_COLUMNS: usize = 72;

/// The rows of the scope.
pub fn rows(open: &OpenSession, catalog: &Catalog) -> Vec<Row> {
    let session = open.editor.session();
    let mut rows = vec![
        Row::text("What are we working on?", Meaning::Question),
        Row::blank(),
        Row::field("Title", TextField::Title, "what the session is called"),
        Row::field(
            "Environment",
            TextField::Description,
            "what it is for, who uses it, where it runs, what must not happen",
        ),
    ];
    rows.push(Row::blank());
    rows.push(Row::heading("Components in scope"));
    for system in &catalog.systems {
        rows.push(Row::indented(system.name.clone(), Meaning::Muted, 2));
        for component in catalog.components_of(&system.id) {
            let mark = if session.components.contains(&component.id) {
                "[x]"
            } else {
                "[ ]"
            };
            let target = Target::Component(component.id.clone());
            let expanded = open.expanded.as_ref() == Some(&target);
            rows.push(Row::item(mark, component.name.clone(), target).set_in(2));
            if expanded {
                rows.push(Row::indented(component.summary.clone(), Meaning::Muted, 8));
            }
        }
    }
    rows.push(Row::blank());
    rows.push(Row::heading("Attackers we reckon with"));
    for attacker in &catalog.attackers {
        let chosen = session
            .attackers
            .iter()
            .any(|one| one.profile == attacker.id);
        let target = Target::Attacker(attacker.id.clone());
        let expanded = open.expanded.as_ref() == Some(&target);
        let mark = if chosen { "[x]" } else { "[ ]" };
        rows.push(Row::item(mark, attacker.name.clone(), target));
        if expanded {
            rows.push(Row::indented(
                format!("Wants: {}", attacker.goal),
                Meaning::Muted,
                6,
            ));
            rows.push(Row::indented(
                format!("How: {}", attacker.methods),
                Meaning::Muted,
                6,
            ));
        }
        if chosen {
            let field = TextField::AttackerNote(attacker.id.clone());
            rows.push(Row::field("", field, "why this one matters here").set_in(4));
        }
    }
    rows.push(Row::blank());
    rows.push(Row::heading("What we take for granted"));
    for assumption in &session.assumptions {
        rows.push(Row::field(
            "",
            TextField::Assumption(assumption.id.clone()),
            "an assumption",
        ));
    }
    let draft = TextField::Draft(DraftKey::Assumption);
    rows.push(Row::field("", draft, "add an assumption…"));
    rows.push(Row::blank());
    rows.push(Row::heading("Who is in the room"));
    for participant in &session.participants {
        let field = TextField::ParticipantName(participant.id.clone());
        rows.push(Row::field("", field, "a name or initials"));
    }
    let draft = TextField::Draft(DraftKey::Participant);
    rows.push(Row::field("", draft, "add a name or initials…"));
    let mut number = 0;
    for flow in &open.flows {
        rows.push(Row::blank());
        rows.push(Row::heading(format!("How data flows: {}", flow.system)));
        for line in &flow.lines {
            rows.push(Row::item("", line, Target::Line(number)));
            number += 1;
        }
    }
    rows
}

/// How data flows in a system, drawn in letters.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Flow {
    /// The name of the system.
    system: String,
    lines: Vec<String>,
}

/// The diagrams of the systems that have components in scope. To lay them out takes longer than a frame.
pub fn flows(session: &Session, catalog: &Catalog) -> Vec<Flow> {
    let systems = catalog.systems.iter();
    let drawn = systems.filter_map(|system| {
        let text = diagram::text(session, catalog, &system.id, DIAGRAM_COLUMNS)?;
        Some(Flow {
            system: system.name.to_string(),
            lines: text.lines().map(str::to_owned).collect(),
        })
    });
    drawn.collect()
}

/// Carries out what a key means in the scope.
pub fn act(app: &mut App, action: Action) -> bool {
    let Some(catalog) = app.catalog.clone() else {
        return false;
    };
    let Some(open) = &mut app.open else {
        return false;
    };
    let session = open.editor.session();
    let selected = open.selected().cloned();
    match (action, selected) {
        (Action::Enter | Action::Edit, Some(Target::Field(field))) => app.type_into(field),
        (Action::Enter | Action::Edit | Action::Toggle, Some(Target::New(key))) => {
            app.type_into(TextField::Draft(key));
        }
        (Action::Toggle, Some(Target::Component(component))) => {
            let in_scope = !session.components.contains(&component);
            let walk_order = catalog.walk_order();
            app.edit(Operation::SetInScope {
                component,
                in_scope,
                walk_order,
            });
        }
        (Action::Toggle, Some(Target::Attacker(id))) => {
            let chosen = session.attackers.iter().any(|one| one.profile == id);
            let operation = if chosen {
                Operation::DropAttacker(id)
            } else {
                Operation::ChooseAttacker(id)
            };
            app.edit(operation);
        }
        (Action::Enter, Some(target @ (Target::Component(_) | Target::Attacker(_)))) => {
            let target = Some(target);
            open.expanded = if open.expanded == target {
                None
            } else {
                target
            };
        }
        (Action::Remove, Some(Target::Field(TextField::Assumption(id)))) => {
            app.remove(Operation::RemoveAssumption(id));
        }
        (Action::Remove, Some(Target::Field(TextField::ParticipantName(id)))) => {
            app.remove(Operation::RemoveParticipant(id));
        }
        (Action::Remove, _) => {
            app.say("Only assumptions and people are removed here. Move to one first.");
        }
        (Action::Enter, Some(Target::Line(_))) => {
            app.say("The diagram follows from the components in scope; it is in the write-up too.");
        }
        (Action::Toggle, _) => {
            app.say("Space puts components and attackers in or out. Move to one first.");
        }
        _ => return false,
    }
    true
}
