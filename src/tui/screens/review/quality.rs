//! What stands out, and what the team leaves as it is with a reason.

use crate::review::{Quality, Severity};
use crate::session::edit::Operation;
use crate::session::id::AcceptedCheckId;
use crate::session::place::TextField;
use crate::session::types::Session;
use crate::tui::app::{App, OpenSession};
use crate::tui::theme::Meaning;
use crate::tui::widgets::rows::{Row, Target};

/// What stands out; below the marked line why it matters.
pub fn rows(open: &OpenSession, rows: &mut Vec<Row>) {
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
    let session = open.editor.session();
    let first = check.requirements.len();
    for (at, finding) in check.quality.iter().enumerate() {
        let mark = match finding.severity {
            Severity::Warning => "!",
            Severity::Note => "·",
        };
        let target = Target::Jump(finding.jump.clone(), first + at);
        rows.push(Row::item(mark, finding.message.clone(), target.clone()));
        rows.push(Row::why(finding.why, target, 4));
        if !session.accepted_checks.is_empty()
            && let Some(id) = acceptance(session, finding)
        {
            rows.push(reason(id));
        }
    }
    accepted(open, rows);
}

fn accepted(open: &OpenSession, rows: &mut Vec<Row>) {
    let Some(check) = &open.check else { return };
    if check.accepted.is_empty() {
        return;
    }
    let session = open.editor.session();
    rows.push(Row::blank());
    rows.push(Row::heading(format!(
        "Left as it is, with a reason ({})",
        check.accepted.len()
    )));
    for one in &check.accepted {
        let Some(entry) = session
            .accepted_checks
            .iter()
            .find(|entry| entry.id == one.id)
        else {
            continue;
        };
        let text = one.quality.as_ref().map_or_else(
            || format!("{}: put right since", one.check),
            |quality| quality.message.clone(),
        );
        let target = Target::Accepted(one.id.clone());
        let who = session.who_and_when(&entry.created);
        rows.push(Row::item("✓", text, target).with_tail(who));
        rows.push(reason(&one.id));
    }
}

fn reason(id: &AcceptedCheckId) -> Row {
    let field = TextField::AcceptedCheck(id.clone());
    let placeholder = "say why; without a reason it still stands out";
    Row::field("Left so, because", field, placeholder).set_in(4)
}

fn acceptance<'a>(session: &'a Session, quality: &Quality) -> Option<&'a AcceptedCheckId> {
    let mut accepted = session.accepted_checks.iter();
    let entry =
        accepted.find(|one| one.check == quality.check && one.subject == quality.subject)?;
    Some(&entry.id)
}

/// Leaves what stands out on a line as it is, and asks why.
pub fn accept(app: &mut App, line: usize) {
    let Some(open) = &app.open else { return };
    let Some(check) = &open.check else { return };
    let Some(quality) = line
        .checked_sub(check.requirements.len())
        .and_then(|at| check.quality.get(at))
        .cloned()
    else {
        app.say("x leaves what stands out as it is. Move to such a line first.");
        return;
    };
    if acceptance(open.editor.session(), &quality).is_none()
        && !app.edit(Operation::AcceptCheck {
            check: quality.check.into(),
            subject: quality.subject.as_str().into(),
        })
    {
        return;
    }
    let session = app.open.as_ref().map(|open| open.editor.session());
    let id = session.and_then(|session| acceptance(session, &quality).cloned());
    if let Some(id) = id {
        app.type_into(TextField::AcceptedCheck(id));
        app.say("Say why it is left so, then Esc. Without a reason it still stands out.");
    }
}

/// Takes an acceptance back.
pub fn take_back(app: &mut App, id: AcceptedCheckId) {
    if app.edit(Operation::RemoveAcceptedCheck(id)) {
        app.say("Taken back: it stands out again. u undoes it.");
    }
}
