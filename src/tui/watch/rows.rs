//! What the facilitator sees, from the most to the least pressing: turn and time, where the team is,
//! what comes next, what was put aside, how far it is.

use std::fmt::Write as _;

use jiff::Timestamp;

use super::Watch;
use crate::session::coverage::Coverage;
use crate::session::place::{CellKey, DraftKey, Step};
use crate::session::types::{Participant, TimeBox};
use crate::stride::Category;
use crate::tui::theme::Meaning;
use crate::tui::widgets::rows::Row;

/// The rows for the state as it is.
pub(super) fn rows(watch: &Watch) -> Vec<Row> {
    let coverage = Coverage::of(&watch.session);
    let mut rows = Vec::new();
    if let Some(problem) = &watch.problem {
        rows.push(Row::text(format!("! {problem}"), Meaning::Warning));
        rows.push(Row::blank());
    }
    room(watch, &mut rows);
    let here = watch.session.working.place.cell.clone();
    now(watch, here.as_ref(), &coverage, &mut rows);
    next(watch, here.as_ref(), &coverage, &mut rows);
    parked(watch, &mut rows);
    if !watch.session.disputes.is_empty() {
        let count = watch.session.disputes.len();
        rows.push(Row::blank());
        rows.push(Row::text(
            format!("To settle in step 4: {count}"),
            Meaning::Warning,
        ));
    }
    matrix(watch, &coverage, &mut rows);
    rows
}

/// Whose turn it is, and how much time is left.
fn room(watch: &Watch, rows: &mut Vec<Row>) {
    let room = &watch.session.room;
    let mut shown = false;
    if let Some(name) = room.turn.as_ref().and_then(|id| {
        let mut all = watch.session.participants.iter();
        all.find(|one: &&Participant| one.id == *id)
    }) {
        let name = &name.name;
        rows.push(Row::text(
            format!("Turn: {}", name.shown()),
            Meaning::Question,
        ));
        shown = true;
    }
    if let Some(time_box) = &room.time_box {
        let (words, over) = time(time_box, watch.now);
        let meaning = if over {
            Meaning::Warning
        } else {
            Meaning::Text
        };
        rows.push(Row::text(words, meaning));
        shown = true;
    }
    if shown {
        rows.push(Row::blank());
    }
}

/// What is left of a time box, and whether it is over.
fn time(time_box: &TimeBox, now: Timestamp) -> (String, bool) {
    let passed = now.as_second() - time_box.started.as_second();
    let left = i64::from(time_box.minutes) * 60 - passed;
    let clock = |seconds: i64| format!("{}:{:02}", seconds / 60, seconds % 60);
    let step = time_box.step.name();
    let minutes = time_box.minutes;
    if left >= 0 {
        let words = format!("Time for {step}: {} left of {minutes} min", clock(left));
        (words, false)
    } else {
        let words = format!("Time for {step}: over by {} ({minutes} min)", clock(-left));
        (words, true)
    }
}

/// Where the team is.
fn now(watch: &Watch, here: Option<&CellKey>, coverage: &Coverage, rows: &mut Vec<Row>) {
    let place = &watch.session.working.place;
    if place.step != Step::Threats {
        rows.push(Row::heading(format!("Now: {}", place.step.name())));
        rows.push(Row::text(place.step.question(), Meaning::Text));
        return;
    }
    let Some(cell) = here else {
        rows.push(Row::heading("Now: the walk begins"));
        return;
    };
    rows.push(Row::heading(format!("Now: {}", cell_name(watch, cell))));
    questions(watch, cell, rows);
    let count = coverage.threats(&cell.component, cell.category);
    let mut words = match count {
        0 => "No threat yet".to_owned(),
        1 => "1 threat recorded".to_owned(),
        count => format!("{count} threats recorded"),
    };
    let state = coverage.state(&cell.component, cell.category);
    if count == 0 {
        let _ = write!(words, ", {}", state.name());
    }
    rows.push(Row::text(words, Meaning::Muted));
    let typing = watch.session.working.drafts.iter().rev();
    let mut typing = typing.filter(|draft| match &draft.key {
        DraftKey::Threat(key) | DraftKey::Sentence(key, _) => key == cell,
        _ => false,
    });
    if let Some(draft) = typing.next() {
        rows.push(Row::text(
            format!("> {}", draft.text.shown()),
            Meaning::Text,
        ));
    }
}

fn questions(watch: &Watch, cell: &CellKey, rows: &mut Vec<Row>) {
    let mut found = false;
    for prompt in watch.catalog.prompts(&cell.component, cell.category) {
        rows.push(Row::text(prompt.question.clone(), Meaning::Question));
        let hint = format!("hint: {}", prompt.hint);
        rows.push(Row::indented(hint, Meaning::Muted, 2));
        found = true;
    }
    if !found {
        let question = cell.category.plain_question();
        rows.push(Row::text(question, Meaning::Question));
    }
}

/// The next cell of the walk without an answer, with its question ahead of time.
fn next(watch: &Watch, here: Option<&CellKey>, coverage: &Coverage, rows: &mut Vec<Row>) {
    rows.push(Row::blank());
    let walk: Vec<CellKey> = watch
        .session
        .components
        .iter()
        .flat_map(|component| {
            Category::ALL.map(|category| CellKey {
                component: component.clone(),
                category,
            })
        })
        .collect();
    let at = here.and_then(|here| walk.iter().position(|one| one == here));
    let after = at.map_or(0, |at| at + 1);
    let open = |cell: &&CellKey| {
        Some(*cell) != here && !coverage.state(&cell.component, cell.category).is_answered()
    };
    let before = walk[..after.min(walk.len())].iter();
    let Some(cell) = walk[after.min(walk.len())..]
        .iter()
        .chain(before)
        .find(open)
    else {
        rows.push(Row::heading("Next: every other cell has an answer"));
        return;
    };
    rows.push(Row::heading(format!("Next: {}", cell_name(watch, cell))));
    questions(watch, cell, rows);
}

fn parked(watch: &Watch, rows: &mut Vec<Row>) {
    let open = watch.session.parked.iter().filter(|one| !one.settled);
    let open: Vec<_> = open.map(|one| one.text.shown()).collect();
    if open.is_empty() {
        return;
    }
    rows.push(Row::blank());
    rows.push(Row::heading(format!("Parked ({})", open.len())));
    let thoughts = open.into_iter().map(|text| format!("- {text}"));
    rows.extend(thoughts.map(|text| Row::indented(text, Meaning::Text, 2)));
}

/// How far the team is, component by component.
fn matrix(watch: &Watch, coverage: &Coverage, rows: &mut Vec<Row>) {
    let (answered, all) = coverage.answered();
    rows.push(Row::blank());
    let words = format!("Coverage: {answered} of {all} cells have an answer");
    rows.push(Row::heading(words));
    let here = watch.session.working.place.cell.as_ref();
    for id in &watch.session.components {
        let name = watch.catalog.component(id.as_str());
        let name = name.map_or(id.as_str(), |one| one.name.as_str());
        let mut line = String::new();
        for category in Category::ALL {
            let is_here =
                here.is_some_and(|cell| cell.component == *id && cell.category == category);
            let sign = coverage.state(id, category).sign();
            let _ = write!(line, "{}", if is_here { '▶' } else { sign });
            line.push(' ');
        }
        rows.push(Row::indented(format!("{line} {name}"), Meaning::Text, 2));
    }
    rows.push(Row::indented(
        "● threats  – nothing applies  ○ in progress  · untouched  ▶ here",
        Meaning::Muted,
        2,
    ));
}

fn cell_name(watch: &Watch, cell: &CellKey) -> String {
    let component = watch.catalog.component(cell.component.as_str());
    let component = component.map_or(cell.component.as_str(), |one| one.name.as_str());
    format!("{component} · {}", cell.category)
}
