//! Decisions on the card that are no threats: what leaving a suggestion meant, and questions that
//! stay open because nobody here knows or the room disagrees.

use crate::catalog::types::Id;
use crate::session::edit::Operation;
use crate::session::place::{CellKey, TextField};
use crate::session::types::{LeaveKind, LeftSuggestion, OpenKind, Session, Stamp};
use crate::tui::app::{App, OpenSession};
use crate::tui::keymap::Action;
use crate::tui::theme::Meaning;
use crate::tui::widgets::rows::{Row, Target};

/// Who said so, and when.
pub fn signature(session: &Session, stamp: &Stamp) -> Row {
    Row::indented(session.who_and_when(stamp), Meaning::Muted, 2)
}

/// The rows of a cell's open question.
pub fn open_question(session: &Session, cell: &CellKey, rows: &mut Vec<Row>) {
    let record = session.cell(&cell.component, cell.category);
    let Some(question) = record.and_then(|record| record.open_question.as_ref()) else {
        return;
    };
    let label = match question.kind {
        OpenKind::NotKnown => "Open: we do not know",
        OpenKind::Disagree => "Open: we disagree",
    };
    rows.push(Row::blank());
    let field = TextField::OpenQuestion(cell.clone());
    rows.push(Row::field(label, field, question.kind.asks()));
    rows.push(signature(session, &question.created));
}

/// The rows below a suggestion that was left.
pub fn left(open: &OpenSession, left: &LeftSuggestion, expanded: bool, rows: &mut Vec<Row>) {
    let target = Target::LeaveKind(left.suggestion.clone());
    let choosing = open.selected() == Some(&target);
    let field = TextField::LeftReason(open.cell.clone(), left.suggestion.clone());
    let typing = open.active.as_ref().is_some_and(|one| one.field == field);
    if choosing || expanded {
        // The closing sign stays on the line of the last word.
        let value = format!("‹ {}\u{a0}›", left.kind.name());
        rows.push(Row::item("Decision", value, target).set_in(2));
    }
    if choosing {
        let choices: Vec<String> = LeaveKind::ALL
            .iter()
            .enumerate()
            .map(|(at, kind)| format!("{}\u{a0}{}", at + 1, kind.name().replace(' ', "\u{a0}")))
            .collect();
        rows.push(Row::indented(choices.join("   "), Meaning::Muted, 6));
    }
    let undecided = left.kind != LeaveKind::default();
    if typing || choosing || expanded || undecided || !left.reason.is_empty() {
        rows.push(Row::field(left.kind.begins(), field, left.kind.asks()).set_in(4));
    }
}

/// Leaves a suggestion and asks which decision that is; a suggestion that is left is open again.
pub fn leave(app: &mut App, cell: CellKey, suggestion: Id) {
    if kind_of(app, &cell, &suggestion).is_some() {
        app.edit(Operation::ReopenSuggestion {
            cell,
            suggestion: suggestion.clone(),
        });
        if let Some(open) = &mut app.open {
            open.list_mut().selected = Some(Target::Suggestion(suggestion));
        }
        return;
    }
    let operation = Operation::LeaveSuggestion {
        cell,
        suggestion: suggestion.clone(),
    };
    if app.edit(operation)
        && let Some(open) = &mut app.open
    {
        open.list_mut().selected = Some(Target::LeaveKind(suggestion));
        app.say("Left. Which decision is it? A number says it and goes on to the reason.");
    }
}

/// A key on the decision of a suggestion that was left.
pub fn choose(app: &mut App, cell: CellKey, suggestion: Id, action: Action) {
    let Some(now) = kind_of(app, &cell, &suggestion) else {
        return;
    };
    let all = LeaveKind::ALL;
    let by = |steps: usize| all[(now as usize + steps) % all.len()];
    let kind = match action {
        Action::Left => by(all.len() - 1),
        Action::Right => by(1),
        Action::Choose(number) => match usize::from(number).checked_sub(1) {
            Some(at) if at < all.len() => all[at],
            _ => return,
        },
        _ => now,
    };
    if kind != now
        && !app.edit(Operation::SetLeaveKind {
            cell: cell.clone(),
            suggestion: suggestion.clone(),
            kind,
        })
    {
        return;
    }
    if matches!(action, Action::Choose(_) | Action::Enter) {
        app.type_into(TextField::LeftReason(cell, suggestion));
    }
}

fn kind_of(app: &App, cell: &CellKey, suggestion: &Id) -> Option<LeaveKind> {
    let session = app.open.as_ref()?.editor.session();
    let record = session.cell(&cell.component, cell.category)?;
    let mut left = record.left.iter();
    let left = left.find(|one| one.suggestion == *suggestion)?;
    Some(left.kind)
}

/// Leaves the cell's question open on record; the same key again closes it.
pub fn ask(app: &mut App, cell: CellKey, kind: OpenKind) {
    let Some(open) = &app.open else { return };
    let record = open.editor.session().cell(&cell.component, cell.category);
    let now = record.and_then(|record| record.open_question.as_ref());
    if now.is_some_and(|question| question.kind == kind) {
        if app.edit(Operation::SetOpenQuestion { cell, kind: None }) {
            app.say("The question is closed again. u brings it back with its words.");
        }
        return;
    }
    let operation = Operation::SetOpenQuestion {
        cell: cell.clone(),
        kind: Some(kind),
    };
    if app.edit(operation) {
        app.type_into(TextField::OpenQuestion(cell));
        app.say("On record as an open question. The review lists it.");
    }
}
