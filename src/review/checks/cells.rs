//! Answers of cells that are not threats: nothing applies, open questions, suggestions left.

use super::Looked;
use crate::review::Jump;
use crate::review::quality::{Check, Quality};
use crate::session::place::CellKey;
use crate::session::types::{Cell, LeaveKind};

const NO_REASON: Check = Check::warning(
    "nothing-applies-without-reason",
    "Without the reason nobody can tell a considered no from a skipped question.",
);
const LEFT_WITHOUT_REASON: Check = Check::note(
    "left-without-reason",
    "'Mitigated' and 'accepted' are claims: say by what, or by whom and until when.",
);
const OPEN_WITHOUT_WORDS: Check = Check::note(
    "open-question-without-words",
    "Whoever is to find it out must know what to look for.",
);

pub(super) fn check(looked: &Looked<'_>, found: &mut Vec<Quality>) {
    for cell in &looked.session.cells {
        if looked.is_in_scope(&cell.component) {
            check_one(looked, cell, found);
        }
    }
}

fn check_one(looked: &Looked<'_>, cell: &Cell, found: &mut Vec<Quality>) {
    let name = looked
        .catalog
        .component(cell.component.as_str())
        .map_or_else(|| cell.component.as_str(), |one| one.name.as_str());
    let place = format!("{name}, {}", cell.category);
    let jump = Jump::Cell(CellKey {
        component: cell.component.clone(),
        category: cell.category,
    });
    let nothing = cell.nothing_applies.as_ref();
    if nothing.is_some_and(|answer| answer.reason.trim().is_empty()) {
        let message = format!("{place}: nothing applies, but no reason is given");
        found.push(NO_REASON.found(message, jump.clone()));
    }
    if let Some(question) = &cell.open_question
        && question.text.trim().is_empty()
    {
        let message = format!(
            "{place}: {}, but not what is to be found out",
            question.kind.name()
        );
        found.push(OPEN_WITHOUT_WORDS.found(message, jump.clone()));
    }
    for left in &cell.left {
        let claims = matches!(left.kind, LeaveKind::Mitigated | LeaveKind::Accepted);
        if claims && left.reason.trim().is_empty() {
            let title = looked
                .catalog
                .threat(left.suggestion.as_str())
                .map_or(left.suggestion.as_str(), |(_, one)| one.title.as_str());
            let message = format!(
                "{place}: '{title}' is left as {}, without saying more",
                left.kind.name()
            );
            let quality = LEFT_WITHOUT_REASON.found(message, jump.clone());
            found.push(quality.about(left.suggestion.as_str()));
        }
    }
}
