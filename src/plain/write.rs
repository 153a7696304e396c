//! Words that write: something new, texts that are there, notes, thoughts put aside. Not for the decisions
//! about threats: see [`super::decide`].

use super::act::{split, target};
use super::asks;
use super::edit;
use super::state::State;
use crate::session::edit::Operation;
use crate::session::place::{DraftKey, MitigationText, Step, TextField, ThreatText};
use crate::tui::widgets::rows::Target;

/// Something new in this place, as the first line of the list that takes it.
pub(super) fn add(state: &mut State, text: &str) {
    let Some(open) = state.open() else { return };
    let cell = open.cell.clone();
    let key = match (open.step, &open.threat) {
        (Step::Threats, Some(threat)) => DraftKey::Mitigation(threat.clone()),
        (Step::Threats, None) => DraftKey::Threat(cell),
        (Step::Review, _) => DraftKey::ReviewNote,
        (Step::Scope, _) => {
            return state.say("assume TEXT adds an assumption, person NAME somebody in the room.");
        }
        (Step::Harden, _) => {
            return state.say("mitigate N TEXT adds a mitigation, finding a finding.");
        }
        (Step::Report, _) => return state.say("The write-up follows from the other steps."),
    };
    new(state, &key, text);
}

pub(super) fn new(state: &mut State, key: &DraftKey, text: &str) {
    let field = TextField::Draft(key.clone());
    if text.is_empty() {
        return asks::ask_for_text(state, field, false);
    }
    if let Some(operation) = Operation::answering(key, text.to_owned()) {
        edit::perform(state, operation, "Recorded.");
    }
}

pub(super) fn text(state: &mut State, rest: &str, joins: bool) {
    let (number, words) = split(rest);
    let Some(target) = target(state, number) else {
        return;
    };
    let field = match target {
        Target::Field(field) => field,
        Target::New(key) => TextField::Draft(key),
        Target::Threat(id) => TextField::Threat(id, ThreatText::Title),
        Target::Mitigation(id) => TextField::Mitigation(id, MitigationText::What),
        _ => return state.say("That number is no text. open N shows what is in it."),
    };
    if words.is_empty() {
        return asks::ask_for_text(state, field, joins);
    }
    write(state, &field, words, joins);
}

/// Writes a whole text into a field.
pub(super) fn write(state: &mut State, field: &TextField, words: &str, joins: bool) {
    let before = edit::text_of(state, field);
    let space = if before.is_empty() || before.ends_with(char::is_whitespace) {
        ""
    } else {
        " "
    };
    let text = if joins {
        format!("{before}{space}{words}")
    } else {
        words.to_owned()
    };
    if matches!(field, TextField::Draft(_)) {
        edit::answer(state, field, &text, false);
    } else if edit::replace(state, field, &text) {
        state.say("Noted.");
    }
}

pub(super) fn note(state: &mut State, text: &str) {
    let Some(open) = state.open() else { return };
    if open.step == Step::Review {
        return new(state, &DraftKey::ReviewNote, text);
    }
    if open.step != Step::Threats {
        return state.say("Notes are written on a cell, in step 2, or in the review, step 4.");
    }
    let field = TextField::CellNote(open.cell.clone());
    if text.is_empty() {
        asks::ask_for_text(state, field, false);
    } else {
        write(state, &field, text, true);
    }
}

pub(super) fn park(state: &mut State, text: &str) {
    let Some(open) = state.open() else { return };
    if text.is_empty() {
        return state.say("Say the thought too: park TEXT.");
    }
    let operation = Operation::Park {
        text: text.to_owned(),
        cell: (open.step == Step::Threats).then(|| open.cell.clone()),
    };
    edit::perform(state, operation, "Parked. parked reads the thoughts out.");
}

pub(super) fn parked(state: &mut State) {
    let Some(open) = state.open() else { return };
    let thoughts: Vec<String> = open
        .editor
        .session()
        .parked
        .iter()
        .map(|one| {
            let done = if one.settled { " (done with)" } else { "" };
            format!("- {}{done}", one.text)
        })
        .collect();
    if thoughts.is_empty() {
        return state.say("Nothing is parked. park TEXT puts a thought aside.");
    }
    state.say(&thoughts.join("\n"));
}
