//! Where it is worst and how far the team got: top risks, the risk matrix, coverage.

use minijinja::Value;

use super::threats::Threats;
use crate::report::source::Source;
use crate::report::template::{Record, list};
use crate::session::coverage::{CellState, Coverage};
use crate::session::types::{Impact, Likelihood, Threat};
use crate::session::words::Risk;
use crate::stride::Category;

/// How many top risks there are.
const TOP: usize = 10;

/// More numbers in a cell of the matrix than these are counted.
const NUMBERS: usize = 12;

/// The threats of high and critical risk in scope, highest first, ten at most.
pub fn top(source: &Source<'_>, threats: &Threats<'_>) -> Value {
    let mut rated: Vec<(u8, &Threat)> = in_scope(source)
        .filter_map(|threat| {
            let (often, bad) = threat.likelihood.zip(threat.impact)?;
            let product = (often as u8 + 1) * (bad as u8 + 1);
            (Risk::of(often, bad) >= Risk::High).then_some((product, threat))
        })
        .collect();
    rated.sort_by_key(|(product, _)| std::cmp::Reverse(*product));
    threats.some(rated.into_iter().take(TOP).map(|(_, threat)| threat))
}

/// The threats of components in scope, in the order of the walk.
fn in_scope<'a>(source: &Source<'a>) -> impl Iterator<Item = &'a Threat> {
    let sections = source.sections.iter().filter(|one| one.in_scope);
    sections
        .flat_map(|section| section.threats.iter().copied())
        .collect::<Vec<_>>()
        .into_iter()
}

/// Likelihood against impact, with the numbers of the threats.
pub fn matrix(source: &Source<'_>) -> Value {
    let mut cells = vec![Vec::new(); 25];
    let mut unrated = Vec::new();
    for threat in in_scope(source) {
        let number = source
            .threats
            .get(&threat.id)
            .map_or(0, |(number, _)| *number);
        match threat.likelihood.zip(threat.impact) {
            Some((often, bad)) => cells[often as usize * 5 + bad as usize].push(number),
            None => unrated.push(number),
        }
    }
    let rows = Likelihood::ALL.into_iter().rev().map(|often| {
        let cells = Impact::ALL.into_iter().map(|bad| {
            let here = &cells[often as usize * 5 + bad as usize];
            Record::default()
                .with("risk", Risk::of(often, bad).name())
                .with("count", here.len())
                .with("threats", numbers(here))
        });
        Record::default()
            .with("likelihood", often.name())
            .with("meaning", often.meaning())
            .with("cells", list(cells))
    });
    let impacts = Impact::ALL.into_iter().map(|bad| {
        Record::default()
            .with("name", bad.name())
            .with("meaning", bad.meaning())
    });
    Record::default()
        .with("impacts", list(impacts))
        .with("rows", list(rows))
        .with("unrated", numbers(&unrated))
        .into()
}

/// Numbers of threats in a line, or how many where there are too many to read.
fn numbers(of: &[usize]) -> String {
    if of.len() > NUMBERS {
        return format!("{} threats", of.len());
    }
    let numbers: Vec<String> = of.iter().map(usize::to_string).collect();
    numbers.join(", ")
}

/// The state of every cell in scope, by system.
pub fn coverage(source: &Source<'_>) -> Value {
    let coverage = Coverage::of(source.session);
    let (answered, cells) = coverage.answered();
    let systems = source.catalog.systems.iter().filter_map(|system| {
        let in_scope = source
            .catalog
            .components_of(&system.id)
            .filter(|one| source.session.components.contains(&one.id));
        let mut done = 0;
        let rows: Vec<Record> = in_scope
            .map(|component| {
                let states = Category::ALL.map(|category| {
                    let state = coverage.state(&component.id, category);
                    done += usize::from(state.is_answered());
                    state_record(state, coverage.threats(&component.id, category))
                });
                Record::default()
                    .with("component", component.name.as_str())
                    .with("cells", list(states))
            })
            .collect();
        let all = rows.len() * Category::ALL.len();
        (!rows.is_empty()).then(|| {
            Record::default()
                .with("name", system.name.as_str())
                .with("answered", done)
                .with("cells", all)
                .with("rows", list(rows))
        })
    });
    let systems = list(systems);
    Record::default()
        .with("answered", answered)
        .with("cells", cells)
        .with("systems", systems)
        .into()
}

fn state_record(state: CellState, threats: usize) -> Record {
    let short = match (state, threats) {
        (CellState::ThreatsRecorded, 1) => "1 threat".to_owned(),
        (CellState::ThreatsRecorded, count) => format!("{count} threats"),
        (state, _) => state.name().to_owned(),
    };
    Record::default()
        .with("state", state.name())
        .with("threats", threats)
        .with("words", short)
}
