//! Plans of the edits that answer a cell without a threat: suggestions left, questions left open, nothing
//! that applies. Not for threats of the cell: see `threats`.

use super::Plan;
use crate::catalog::types::Id;
use crate::session::edit::delta::{Delta, Slot};
use crate::session::edit::operation::Refusal;
use crate::session::place::CellKey;
use crate::session::types::{
    Cell, LeaveKind, LeftSuggestion, NothingApplies, OpenKind, OpenQuestion, Session, Stamp,
};

pub(super) fn leave_suggestion(
    session: &Session,
    cell: &CellKey,
    suggestion: Id,
    stamp: &Stamp,
) -> Plan {
    let label = format!("leave the suggestion {suggestion}");
    let change = change_cell(session, cell, |cell| {
        if cell.left.iter().all(|one| one.suggestion != suggestion) {
            let created = stamp.clone();
            cell.left.push(LeftSuggestion {
                suggestion,
                kind: LeaveKind::default(),
                reason: String::new(),
                created,
            });
        }
    })?;
    Ok((label, vec![change]))
}

pub(super) fn reopen_suggestion(session: &Session, cell: &CellKey, suggestion: &Id) -> Plan {
    let label = format!("reopen the suggestion {suggestion}");
    let change = change_cell(session, cell, |cell| {
        cell.left.retain(|one| one.suggestion != *suggestion);
    })?;
    Ok((label, vec![change]))
}

pub(super) fn set_leave_kind(
    session: &Session,
    cell: &CellKey,
    suggestion: &Id,
    kind: LeaveKind,
) -> Plan {
    let label = format!("say why the suggestion {suggestion} is left");
    let change = change_cell(session, cell, |cell| {
        for left in &mut cell.left {
            if left.suggestion == *suggestion {
                left.kind = kind;
            }
        }
    })?;
    Ok((label, vec![change]))
}

pub(super) fn set_open_question(
    session: &Session,
    cell: &CellKey,
    kind: Option<OpenKind>,
    stamp: &Stamp,
) -> Plan {
    let label = match kind {
        Some(OpenKind::NotKnown) => "say that we do not know",
        Some(OpenKind::Disagree) => "say that we disagree",
        None => "close the open question",
    };
    let change = change_cell(session, cell, |cell| {
        match (&mut cell.open_question, kind) {
            (Some(question), Some(kind)) => question.kind = kind,
            (question @ None, Some(kind)) => {
                *question = Some(OpenQuestion {
                    kind,
                    text: String::new(),
                    created: stamp.clone(),
                });
            }
            (question, None) => *question = None,
        }
    })?;
    Ok((label.to_owned(), vec![change]))
}

pub(super) fn set_nothing_applies(
    session: &Session,
    cell: &CellKey,
    applies: bool,
    stamp: &Stamp,
) -> Plan {
    let label = if applies {
        "say that nothing applies"
    } else {
        "reopen the cell"
    };
    let change = change_cell(session, cell, |cell| {
        match (&cell.nothing_applies, applies) {
            (None, true) => {
                let created = stamp.clone();
                cell.nothing_applies = Some(NothingApplies {
                    reason: String::new(),
                    created,
                });
            }
            (_, false) => cell.nothing_applies = None,
            (Some(_), true) => {}
        }
    })?;
    Ok((label.to_owned(), vec![change]))
}

/// A recorded threat takes back the answer that nothing applies.
pub(super) fn reopened(session: &Session, cell: &CellKey) -> Option<Delta> {
    session
        .cell(&cell.component, cell.category)?
        .nothing_applies
        .as_ref()?;
    change_cell(session, cell, |cell| cell.nothing_applies = None).ok()
}

/// A changed copy of the cell in its place; the cell appears when it is first needed and goes when
/// nothing is left in it.
pub(super) fn change_cell(
    session: &Session,
    key: &CellKey,
    change: impl FnOnce(&mut Cell),
) -> Result<Delta, Refusal> {
    let found = session
        .cells
        .iter()
        .position(|cell| cell.component == key.component && cell.category == key.category);
    let mut cell = match found {
        Some(index) => session.cells[index].clone(),
        None => Cell::new(key.component.clone(), key.category),
    };
    change(&mut cell);
    Ok(Delta::Cell(match found {
        Some(index) if session.cells[index] == cell => return Err(Refusal::NoChange),
        Some(index) if cell.is_empty() => Slot::taken_out(index, &session.cells),
        Some(index) => Slot::replaced(index, &session.cells, cell),
        None if cell.is_empty() => return Err(Refusal::NoChange),
        None => Slot::put_in(session.cells.len(), cell),
    }))
}
