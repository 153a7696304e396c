//! A cell's answer beside what the catalog has for it: seen after the group has answered, never
//! before, unless it asks. What the two sides have is decided in [`crate::review::compare`].

use crate::catalog::Catalog;
use crate::catalog::types::CatalogThreat;
use crate::review::Jump;
use crate::review::compare::{Comparison, compare};
use crate::review::gaps::cell_name;
use crate::session::place::{CellKey, Step};
use crate::session::types::{LeftSuggestion, Threat};
use crate::tui::app::{App, OpenSession};
use crate::tui::keymap::Action;
use crate::tui::screens::card;
use crate::tui::theme::Meaning;
use crate::tui::widgets::rows::{ListState, Row, Target};

/// The view of one cell.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Compare {
    /// The cell.
    pub cell: CellKey,
    /// Cursor and scroll.
    pub list: ListState,
    /// The group asked to see it without an answer of its own.
    pub asked: bool,
}

impl Compare {
    fn new(cell: CellKey) -> Self {
        Self {
            cell,
            list: ListState::default(),
            asked: false,
        }
    }

    /// Where it stands among the answered cells, in words.
    pub fn place(&self, open: &OpenSession) -> String {
        let answered = answered(open);
        match answered.iter().position(|cell| *cell == self.cell) {
            Some(at) => format!("{} of {} answered", at + 1, answered.len()),
            None => String::new(),
        }
    }
}

/// The cells with an answer, in the order of the walk.
fn answered(open: &OpenSession) -> Vec<CellKey> {
    let is_answered = |cell: &CellKey| {
        let state = open.coverage.state(&cell.component, cell.category);
        state.is_answered()
    };
    open.walk().filter(is_answered).collect()
}

/// The rows of the view.
pub fn rows(open: &OpenSession, catalog: &Catalog, view: &Compare) -> Vec<Row> {
    let cell = &view.cell;
    let name = cell_name(catalog, &cell.component, cell.category);
    let mut rows = vec![Row::text(name, Meaning::Question)];
    let state = open.coverage.state(&cell.component, cell.category);
    if !state.is_answered() && !view.asked {
        rows.push(Row::text(
            "This cell has no answer yet. Find your own first: after reading one it is hard to \
             think of another. Space shows it all the same.",
            Meaning::Text,
        ));
        rows.push(Row::blank());
        let target = Target::Jump(Jump::Cell(cell.clone()), 0);
        rows.push(Row::item("→", "Go to the card and answer", target));
        return rows;
    }
    rows.push(Row::text(
        "There is no single right answer: yours is about your system, this one is not. It is \
         one more pair of eyes.",
        Meaning::Muted,
    ));
    let compared = compare(open.editor.session(), catalog, cell);
    ours(open, &compared, &mut rows);
    theirs(open, catalog, &compared, &mut rows);
    for sample in &compared.samples {
        rows.push(Row::blank());
        rows.push(Row::heading("One good answer, in sentences"));
        rows.push(Row::indented(*sample, Meaning::Text, 2));
    }
    rows
}

fn ours(open: &OpenSession, compared: &Comparison<'_>, rows: &mut Vec<Row>) {
    let item = |threat: &Threat| {
        let target = Target::Threat(threat.id.clone());
        Row::item("●", threat.title.shown(), target)
    };
    if !compared.both.is_empty() {
        rows.push(Row::blank());
        rows.push(Row::heading(format!(
            "Both have it ({})",
            compared.both.len()
        )));
    }
    for (threat, known) in &compared.both {
        rows.push(item(threat));
        if threat.title.raw() != known.title.as_str() {
            let words = format!("in the catalog: {}", known.title);
            rows.push(Row::indented(words, Meaning::Muted, 4));
        }
    }
    if !compared.only_ours.is_empty() {
        rows.push(Row::blank());
        let count = compared.only_ours.len();
        rows.push(Row::heading(format!(
            "Only you have it ({count}): well seen"
        )));
        rows.extend(compared.only_ours.iter().map(|threat| item(threat)));
    }
    let session = open.editor.session();
    let cell = open.compare.as_ref().map(|view| &view.cell);
    let record = cell.and_then(|cell| session.cell(&cell.component, cell.category));
    if let Some(answer) = record.and_then(|record| record.nothing_applies.as_ref()) {
        rows.push(Row::blank());
        rows.push(Row::heading("Your answer: nothing applies"));
        rows.push(Row::indented(answer.reason.shown(), Meaning::Text, 2));
    }
}

fn theirs(open: &OpenSession, catalog: &Catalog, compared: &Comparison<'_>, rows: &mut Vec<Row>) {
    if !compared.left.is_empty() {
        rows.push(Row::blank());
        let count = compared.left.len();
        rows.push(Row::heading(format!(
            "You looked at it and left it ({count})"
        )));
    }
    for (threat, left) in &compared.left {
        suggestion(open, catalog, threat, ("[–]", ""), rows);
        rows.push(Row::indented(decision(left), Meaning::Muted, 6));
    }
    rows.push(Row::blank());
    let count = compared.missed.len();
    rows.push(Row::heading(format!("You did not consider it ({count})")));
    if count == 0 {
        rows.push(Row::indented(
            "Nothing. You have looked at all that the catalog has here.",
            Meaning::Muted,
            2,
        ));
    }
    for missed in &compared.missed {
        let tail = if missed.in_sample {
            "in the sample answer"
        } else {
            ""
        };
        suggestion(open, catalog, missed.threat, ("[ ]", tail), rows);
    }
}

fn suggestion(
    open: &OpenSession,
    catalog: &Catalog,
    threat: &CatalogThreat,
    (mark, tail): (&str, &str),
    rows: &mut Vec<Row>,
) {
    let target = Target::Suggestion(threat.id.clone());
    let expanded = open.expanded.as_ref() == Some(&target);
    rows.push(Row::item(mark, threat.title.clone(), target).with_tail(tail));
    if expanded {
        card::details(catalog, threat, rows);
    }
}

fn decision(left: &LeftSuggestion) -> String {
    if left.reason.trim().is_empty() {
        left.kind.name().to_owned()
    } else {
        format!("{}: {}", left.kind.name(), left.reason.shown())
    }
}

/// Sets the answer of a cell beside the sample answer.
pub fn open(app: &mut App, cell: CellKey) {
    let Some(open) = &mut app.open else { return };
    open.expanded = None;
    open.compare = Some(Compare::new(cell));
}

/// The same for the first cell that has an answer.
pub fn open_first(app: &mut App) {
    let Some(open) = &app.open else { return };
    match answered(open).into_iter().next() {
        Some(cell) => self::open(app, cell),
        None => app.say("No cell has an answer yet. Compare comes after your own thoughts."),
    }
}

/// Carries out what a key means in the view.
pub fn act(app: &mut App, action: Action) -> bool {
    let Some(catalog) = app.catalog.clone() else {
        return false;
    };
    let Some(open) = &mut app.open else {
        return false;
    };
    let selected = open.selected().cloned();
    let Some(view) = &mut open.compare else {
        return false;
    };
    match (action, selected) {
        (Action::Left, _) => step(app, -1),
        (Action::Right, _) => step(app, 1),
        (Action::Toggle, Some(Target::Jump(..))) => view.asked = true,
        (Action::Toggle, Some(Target::Suggestion(id))) => {
            let cell = view.cell.clone();
            if card::take(app, &catalog, &cell, &id).is_some() {
                app.say("Taken as your own. Enter opens it, u gives it back.");
            }
        }
        (Action::Toggle, _) => app.say("Space takes what you did not consider. Move to one first."),
        (Action::Enter, Some(target @ Target::Suggestion(_))) => {
            let target = Some(target);
            open.expanded = if open.expanded == target {
                None
            } else {
                target
            };
        }
        (Action::Enter, Some(Target::Threat(id))) => {
            let from = open.step;
            app.visit_threat(id, from);
        }
        (Action::Enter, Some(Target::Jump(Jump::Cell(cell), _))) => app.visit_cell(cell),
        (Action::Enter, _) => app.say("There is nothing to open here. ← and → go to other cells."),
        _ => return false,
    }
    true
}

/// Goes to another cell that has an answer.
fn step(app: &mut App, by: isize) {
    let Some(open) = &mut app.open else { return };
    let Some(view) = &open.compare else { return };
    let walk: Vec<CellKey> = open.walk().collect();
    let here = walk.iter().position(|cell| *cell == view.cell);
    let is_there = |cell: &CellKey| {
        let at = walk.iter().position(|one| one == cell);
        if by < 0 { at < here } else { at > here }
    };
    let mut cells = answered(open);
    cells.retain(is_there);
    let next = if by < 0 {
        cells.pop()
    } else {
        cells.into_iter().next()
    };
    match next {
        Some(cell) => {
            // The map beside it shows where it is.
            if open.step == Step::Threats {
                open.cell = cell.clone();
            }
            self::open(app, cell);
        }
        None if by < 0 => app.say("This is the first cell with an answer."),
        None => app.say("This is the last cell with an answer."),
    }
}
