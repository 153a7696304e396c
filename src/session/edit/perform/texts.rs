//! Plans of the edits of texts, drafts among them. Not for what a draft becomes once it is told: see the
//! file of its subject.

use super::cells::change_cell;
use super::{Plan, position};
use crate::session::edit::delta::{Delta, Slot, TextDelta};
use crate::session::edit::operation::{MAX_TEXT, Refusal};
use crate::session::place::{Draft, DraftKey, TextField};
use crate::session::types::{Session, Stamp};

pub(super) fn edit_text(
    session: &Session,
    field: TextField,
    at: usize,
    remove: usize,
    insert: String,
    stamp: &Stamp,
) -> Plan {
    let label = if insert.is_empty() {
        "delete text"
    } else {
        "type"
    }
    .to_owned();
    let draft = if let TextField::Draft(key) = &field {
        session
            .working
            .drafts
            .iter()
            .position(|draft| draft.key == *key)
    } else {
        None
    };
    if let TextField::CellNote(key) = &field
        && session.cell(&key.component, key.category).is_none()
    {
        let change = change_cell(session, key, |cell| cell.note = insert)?;
        return Ok((label, vec![change]));
    }
    let old = match (session.text(&field), &field) {
        (Some(text), _) => text,
        (None, TextField::Draft(_)) => "",
        (None, _) => return Err(Refusal::Gone),
    };
    let removed = old.get(at..at + remove).ok_or(Refusal::Gone)?.to_owned();
    if removed == insert {
        return Err(Refusal::NoChange);
    }
    if old.len() - remove + insert.len() > MAX_TEXT {
        return Err(Refusal::TooLong);
    }
    if let TextField::Draft(key) = &field {
        if let Some(index) = draft
            && insert.is_empty()
            && remove == old.len()
        {
            let dropped = Slot::taken_out(index, &session.working.drafts);
            return Ok((label, vec![Delta::Draft(dropped)]));
        }
        if draft.is_none() {
            let entry = Draft {
                key: key.clone(),
                text: insert,
            };
            let added = Slot::put_in(session.working.drafts.len(), entry);
            return Ok((label, vec![Delta::Draft(added)]));
        }
    }
    let touched = match &field {
        TextField::Threat(id, _) => session.threat(id).map(|one| &one.changed),
        TextField::Mitigation(id, _) => session.mitigation(id).map(|one| &one.changed),
        TextField::Hardening(id, _) => session.hardening(id).map(|one| &one.changed),
        _ => None,
    }
    .map(|before| (before.clone(), stamp.clone()));
    Ok((
        label,
        vec![Delta::Text(TextDelta {
            field,
            at,
            removed,
            inserted: insert,
            touched,
        })],
    ))
}

pub(super) fn drop_draft(session: &Session, key: &DraftKey) -> Plan {
    let index = position(&session.working.drafts, |draft| draft.key == *key)?;
    let dropped = Slot::taken_out(index, &session.working.drafts);
    Ok(("drop the draft".to_owned(), vec![Delta::Draft(dropped)]))
}

/// What was added, and the draft gone from which it came.
pub(super) fn with_draft_dropped(session: &Session, key: &DraftKey, added: Delta) -> Vec<Delta> {
    let mut deltas = Vec::new();
    if let Ok(index) = position(&session.working.drafts, |draft| draft.key == *key) {
        deltas.push(Delta::Draft(Slot::taken_out(
            index,
            &session.working.drafts,
        )));
    }
    deltas.push(added);
    deltas
}
