//! Plans of the edits of the review: notes, and what stands out and is left so. Not for finding what
//! stands out: see `crate::review`.

use super::texts::with_draft_dropped;
use super::{Plan, position, shortened, words};
use crate::session::edit::delta::{Delta, Slot};
use crate::session::edit::operation::Refusal;
use crate::session::id::{AcceptedCheckId, IdSource, NoteId};
use crate::session::place::DraftKey;
use crate::session::types::{AcceptedCheck, ReviewNote, Session, Stamp};

pub(super) fn accept_check(
    session: &Session,
    check: String,
    subject: String,
    stamp: &Stamp,
    ids: &mut IdSource,
) -> Plan {
    let accepted = &session.accepted_checks;
    if accepted
        .iter()
        .any(|one| one.check == check && one.subject == subject)
    {
        return Err(Refusal::NoChange);
    }
    let label = format!("accept {check}");
    let known = |id: &AcceptedCheckId| accepted.iter().any(|one| one.id == *id);
    let entry = AcceptedCheck {
        id: AcceptedCheckId::fresh(ids, known),
        check,
        subject,
        reason: String::new(),
        created: stamp.clone(),
    };
    let added = Slot::put_in(accepted.len(), entry);
    Ok((label, vec![Delta::AcceptedCheck(added)]))
}

pub(super) fn remove_accepted_check(session: &Session, id: &AcceptedCheckId) -> Plan {
    let index = position(&session.accepted_checks, |one| one.id == *id)?;
    let label = format!("no longer accept {}", session.accepted_checks[index].check);
    let taken = Slot::taken_out(index, &session.accepted_checks);
    Ok((label, vec![Delta::AcceptedCheck(taken)]))
}

pub(super) fn add_review_note(
    session: &Session,
    text: String,
    stamp: &Stamp,
    ids: &mut IdSource,
) -> Plan {
    let text = words(text)?;
    let label = format!("add the note '{}'", shortened(&text));
    let known = |id: &NoteId| session.review_notes.iter().any(|one| one.id == *id);
    let entry = ReviewNote {
        id: NoteId::fresh(ids, known),
        text,
        created: stamp.clone(),
    };
    let added = Delta::ReviewNote(Slot::put_in(session.review_notes.len(), entry));
    Ok((
        label,
        with_draft_dropped(session, &DraftKey::ReviewNote, added),
    ))
}

pub(super) fn remove_review_note(session: &Session, id: &NoteId) -> Plan {
    let index = position(&session.review_notes, |one| one.id == *id)?;
    let label = format!(
        "remove the note '{}'",
        shortened(&session.review_notes[index].text)
    );
    Ok((
        label,
        vec![Delta::ReviewNote(Slot::taken_out(
            index,
            &session.review_notes,
        ))],
    ))
}
