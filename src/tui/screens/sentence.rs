//! Step 2, the sentence: a threat built part by part on its card, readable at every moment.
//!
//! Its parts are drafts of the session until the sentence is told; then it is a threat like any other.

use crate::session::place::{CellKey, DraftKey, SentencePart, TextField};
use crate::tui::app::{App, OpenSession};
use crate::tui::theme::Meaning;
use crate::tui::widgets::rows::Row;

/// The label of a part and what may stand there.
const fn words(part: SentencePart) -> (&'static str, &'static str) {
    match part {
        SentencePart::Who => ("Who", "for instance: a job of a stranger"),
        SentencePart::Action => (
            "can do what",
            "for instance: start a container with the host's disk mounted",
        ),
        SentencePart::Because => (
            "because of what",
            "for instance: the build agents share the Docker socket",
        ),
        SentencePart::Harm => (
            "leading to which harm",
            "for instance: root on the build host",
        ),
        SentencePart::Asset => (
            "on which asset",
            "for instance: our signing keys. Enter here records the threat",
        ),
    }
}

/// The rows of the sentence that is being built; none where there is none.
pub fn rows(open: &OpenSession, rows: &mut Vec<Row>) {
    let cell = &open.cell;
    let typing = open.active.as_ref().is_some_and(|active| {
        matches!(&active.field, TextField::Draft(DraftKey::Sentence(key, _)) if key == cell)
    });
    let sentence = open.editor.session().draft_sentence(cell);
    if !typing && sentence.is_empty() {
        return;
    }
    rows.push(Row::blank());
    rows.push(Row::heading("A sentence"));
    rows.push(Row::indented(sentence.text().shown(), Meaning::Question, 2));
    for part in SentencePart::ALL {
        let (label, example) = words(part);
        let field = TextField::Draft(DraftKey::Sentence(cell.clone(), part));
        rows.push(Row::field(label, field, example).set_in(2));
    }
}

/// Begins a sentence, or goes on with the one that was begun.
pub fn begin(app: &mut App, cell: CellKey) {
    let Some(open) = &app.open else { return };
    let session = open.editor.session();
    let unwritten = SentencePart::ALL.into_iter().find(|part| {
        session
            .draft(&DraftKey::Sentence(cell.clone(), *part))
            .is_none()
    });
    let part = unwritten.unwrap_or(SentencePart::Asset);
    app.type_into(TextField::Draft(DraftKey::Sentence(cell, part)));
    app.say("Who can do what, because of what? Enter goes on, in any order; Esc keeps it.");
}
