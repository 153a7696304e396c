//! The matrix of components and categories with the five states of a cell, and what is left to do,
//! listed on request.

use crate::catalog::Catalog;
use crate::catalog::types::{Component, Id};
use crate::review::gaps::{GapKind, StateCounts};
use crate::session::coverage::CellState;
use crate::stride::Category;
use crate::tui::app::OpenSession;
use crate::tui::theme::Meaning;
use crate::tui::widgets::matrix::MatrixLine;
use crate::tui::widgets::rows::{Row, Target};

/// More lines than anybody reads; the first ones are enough to begin with.
const LISTED: usize = 200;

/// Numbers of the lines of gaps begin here, so that they are never those of other lines.
const FIRST: usize = 1 << 20;

/// The matrix, system by system.
pub fn matrix(open: &OpenSession, catalog: &Catalog, rows: &mut Vec<Row>) {
    let (answered, all) = open.coverage.answered();
    rows.push(Row::blank());
    rows.push(Row::heading(format!(
        "Coverage: {answered} of {all} cells have an answer"
    )));
    let in_scope = open.components();
    let mut systems: Vec<&Id> = Vec::new();
    let known = |id: &Id| catalog.component(id.as_str());
    for component in in_scope.iter().filter_map(known) {
        if !systems.contains(&&component.system) {
            systems.push(&component.system);
        }
    }
    let mut everything: Vec<&Id> = Vec::new();
    for system in systems {
        let name = catalog
            .system(system.as_str())
            .map_or(system.as_str(), |one| one.name.as_str());
        rows.push(Row::matrix(
            MatrixLine {
                name: name.to_owned(),
                short: name.to_owned(),
                signs: Category::ALL.map(Category::letter),
                count: "threats".to_owned(),
            },
            None,
        ));
        let of_system = in_scope.iter().filter_map(known);
        for component in of_system.filter(|one| one.system == *system) {
            rows.push(line(open, component));
        }
        let components: Vec<&Id> = catalog.components_of(system).map(|one| &one.id).collect();
        let counts = StateCounts::of(&open.coverage, components.iter().copied());
        rows.push(Row::indented(in_words(name, counts), Meaning::Muted, 2));
        everything.extend(components);
    }
    let counts = StateCounts::of(&open.coverage, everything);
    rows.push(Row::indented(
        in_words("In total", counts),
        Meaning::Text,
        2,
    ));
    rows.push(Row::indented(
        "● threats recorded   – nothing applies   ○ in progress   · untouched",
        Meaning::Muted,
        2,
    ));
}

fn line(open: &OpenSession, component: &Component) -> Row {
    let id = &component.id;
    let threats: usize = Category::ALL
        .iter()
        .map(|category| open.coverage.threats(id, *category))
        .sum();
    let line = MatrixLine {
        name: component.name.to_string(),
        short: component.short.to_string(),
        signs: Category::ALL.map(|category| open.coverage.state(id, category).sign()),
        count: threats.to_string(),
    };
    Row::matrix(line, Some(Target::Cell(id.clone())))
}

/// How many cells are in each state.
fn in_words(name: &str, counts: StateCounts) -> String {
    let (answered, all) = counts.answered();
    let states = [
        CellState::ThreatsRecorded,
        CellState::NothingApplies,
        CellState::InProgress,
        CellState::Untouched,
    ];
    let states: Vec<String> = states
        .iter()
        .map(|state| format!("{}\u{a0}{}", state.sign(), counts.get(*state)))
        .collect();
    let outside = match counts.get(CellState::OutOfScope) {
        0 => String::new(),
        count => format!("  out\u{a0}of\u{a0}scope\u{a0}{count}"),
    };
    format!(
        "{name}: {answered} of {all} answered:  {}{outside}",
        states.join("  ")
    )
}

/// What is left to do: a line for each kind, the one that was opened with its places.
pub fn gaps(open: &OpenSession, rows: &mut Vec<Row>) {
    let Some(check) = &open.check else { return };
    rows.push(Row::blank());
    rows.push(Row::heading("What is left to do"));
    for kind in GapKind::ALL {
        let gaps = check.gaps.get(kind);
        let target = Target::Gaps(kind);
        let expanded = open.expanded.as_ref() == Some(&target);
        let mark = if expanded { "-" } else { "+" };
        let count = gaps.len().to_string();
        rows.push(Row::item(
            mark,
            format!("{} ({count})", kind.name()),
            target,
        ));
        if !expanded {
            continue;
        }
        if gaps.is_empty() {
            rows.push(Row::indented("None.", Meaning::Muted, 6));
        }
        for (at, gap) in gaps.iter().take(LISTED).enumerate() {
            let target = Target::Jump(gap.jump.clone(), FIRST * (kind as usize + 1) + at);
            rows.push(
                Row::item("", gap.text.clone(), target)
                    .set_in(4)
                    .with_tail(gap.tail.clone()),
            );
        }
        if gaps.len() > LISTED {
            let more = format!("and {} more", gaps.len() - LISTED);
            rows.push(Row::indented(more, Meaning::Muted, 6));
        }
    }
}
