//! A whole cohort at a glance: how far each table is, what everybody found, what only one found, what
//! nobody could answer.

use serde::Serialize;

use super::Table;
use super::about::groups;
use super::paper::{COLUMNS, Item, Paper};
use crate::catalog::Catalog;
use crate::catalog::types::Id;
use crate::encode::{ForeignText, foreign};
use crate::review::requirements;
use crate::session::coverage::{CellState, Coverage};
use crate::session::types::{MitigationStatus, OpenKind, Threat};
use crate::stride::Category;

/// The sessions of a cohort beside each other.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Cohort {
    /// Each table, in the order given.
    pub tables: Vec<TableLine>,
    /// Threats that every table has.
    pub found_by_all: Vec<Found>,
    /// Threats that some tables have, more than one.
    pub found_by_some: Vec<Found>,
    /// Threats that only one table has.
    pub found_by_one: Vec<Found>,
    /// Cells without an answer at any table that has them in scope.
    pub answered_by_nobody: Vec<Unanswered>,
}

/// How far one table is.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct TableLine {
    /// What the table is called.
    pub name: String,
    /// The id of its brief.
    pub brief: String,
    /// Cells in scope that have an answer.
    pub answered_cells: usize,
    /// Cells in scope.
    pub cells: usize,
    /// Recorded threats.
    pub threats: usize,
    /// Threats of its own, not from the catalog.
    pub own_threats: usize,
    /// Mitigations.
    pub mitigations: usize,
    /// Mitigations that somebody checked.
    pub verified: usize,
    /// What the brief asks for and is there.
    pub requirements_met: usize,
    /// What the brief asks for.
    pub requirements: usize,
    /// What is still missing, in words.
    pub missing: Vec<String>,
}

/// A threat with the tables that have it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Found {
    /// Its title, as the first of them wrote it.
    pub title: ForeignText,
    /// The component of its cell.
    pub component: String,
    /// The category of its cell.
    pub category: Category,
    /// Who has it.
    pub tables: Vec<String>,
}

/// A cell that nobody answered.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Unanswered {
    /// The component.
    pub component: String,
    /// The category.
    pub category: Category,
    /// What tables say about it: that they do not know, or that they disagree.
    pub said: Vec<ForeignText>,
}

impl Cohort {
    /// Puts the tables beside each other.
    pub fn of(tables: &[Table], catalog: &Catalog) -> Self {
        let all: Vec<(usize, &Threat)> = tables
            .iter()
            .enumerate()
            .flat_map(|(at, table)| table.session.threats.iter().map(move |one| (at, one)))
            .collect();
        let threats: Vec<&Threat> = all.iter().map(|(_, threat)| *threat).collect();
        let mut found: Vec<(Found, Vec<usize>)> = Vec::new();
        for ((at, threat), group) in all.into_iter().zip(groups(&threats)) {
            if group == found.len() {
                let line = Found {
                    title: threat.title.clone(),
                    component: threat.component.to_string(),
                    category: threat.category,
                    tables: Vec::new(),
                };
                found.push((line, Vec::new()));
            }
            let (line, by) = &mut found[group];
            if !by.contains(&at) {
                by.push(at);
                line.tables.push(tables[at].name.clone());
            }
        }
        let having = |range: std::ops::RangeInclusive<usize>| -> Vec<Found> {
            let found = found.iter().filter(|(_, by)| range.contains(&by.len()));
            found.map(|(line, _)| line.clone()).collect()
        };
        let count = tables.len();
        Self {
            tables: tables.iter().map(|table| line(table, catalog)).collect(),
            found_by_all: having(count..=count),
            found_by_some: having(2..=count.saturating_sub(1)),
            found_by_one: if count > 1 { having(1..=1) } else { Vec::new() },
            answered_by_nobody: unanswered(tables),
        }
    }

    /// For a terminal.
    pub fn text(&self) -> String {
        self.paper().text()
    }

    /// As Markdown.
    pub fn markdown(&self) -> String {
        self.paper().markdown()
    }

    fn paper(&self) -> Paper {
        let row = |one: &TableLine| -> [ForeignText; COLUMNS] {
            [
                one.name.clone(),
                format!("{} of {}", one.answered_cells, one.cells),
                one.threats.to_string(),
                one.own_threats.to_string(),
                one.mitigations.to_string(),
                one.verified.to_string(),
                format!("{} of {}", one.requirements_met, one.requirements),
            ]
            .map(ForeignText::from)
        };
        let header = [
            "Table",
            "Cells answered",
            "Threats",
            "Of their own",
            "Mitigations",
            "Checked",
            "Brief",
        ];
        let mut paper = Paper {
            title: format!("{} tables", self.tables.len()).into(),
            table: Some((header, self.tables.iter().map(row).collect())),
            ..Paper::default()
        };
        let found = |all: &[Found], names: bool| -> Vec<Item> {
            let items = all.iter().map(|one| {
                let item = Item::new(&one.title)
                    .with("cell", format!("{} · {}", one.component, one.category));
                if names {
                    item.with("found by", one.tables.join(", "))
                } else {
                    item
                }
            });
            items.collect()
        };
        paper.list("Everybody found", found(&self.found_by_all, false));
        paper.list("Several found", found(&self.found_by_some, true));
        paper.list("Only one found", found(&self.found_by_one, true));
        let nobody = self.answered_by_nobody.iter().map(|one| {
            let item = Item::new(format!("{} · {}", one.component, one.category));
            item.with("said", ForeignText::joined(&one.said, "\n"))
        });
        paper.list("Nobody could answer", nobody.collect());
        let missing = self.tables.iter().filter(|one| !one.missing.is_empty());
        let missing =
            missing.map(|one| Item::new(one.name.as_str()).with("missing", one.missing.join("\n")));
        paper.list("What the brief still asks for", missing.collect());
        paper
    }
}

fn line(table: &Table, catalog: &Catalog) -> TableLine {
    let session = &table.session;
    let (answered_cells, cells) = Coverage::of(session).answered();
    let results = requirements::check(session, catalog);
    let mitigations = session.mitigations.iter();
    TableLine {
        name: table.name.clone(),
        brief: session.brief.to_string(),
        answered_cells,
        cells,
        threats: session.threats.len(),
        own_threats: session
            .threats
            .iter()
            .filter(|one| one.suggestion.is_none())
            .count(),
        mitigations: session.mitigations.len(),
        verified: mitigations
            .filter(|one| one.status == MitigationStatus::Verified)
            .count(),
        requirements_met: results.iter().filter(|one| one.met).count(),
        requirements: results.len(),
        missing: results
            .iter()
            .filter(|one| !one.met)
            .map(|one| format!("{}: {}", one.requirement, one.missing))
            .collect(),
    }
}

fn unanswered(tables: &[Table]) -> Vec<Unanswered> {
    let coverages: Vec<Coverage> = tables
        .iter()
        .map(|one| Coverage::of(&one.session))
        .collect();
    let mut components: Vec<&Id> = Vec::new();
    for id in tables.iter().flat_map(|one| &one.session.components) {
        if !components.contains(&id) {
            components.push(id);
        }
    }
    let mut cells = Vec::new();
    for component in components {
        for category in Category::ALL {
            let mut states = coverages.iter().map(|one| one.state(component, category));
            if states.any(CellState::is_answered) {
                continue;
            }
            let said = tables.iter().filter_map(|table| {
                let cell = table.session.cell(component, category)?;
                let question = cell.open_question.as_ref()?;
                let kind = match question.kind {
                    OpenKind::NotKnown => "do not know",
                    OpenKind::Disagree => "disagree",
                };
                Some(if question.text.is_empty() {
                    foreign!("{}: {}", table.name, kind)
                } else {
                    foreign!("{}: {}: {}", table.name, kind, question.text)
                })
            });
            cells.push(Unanswered {
                component: component.to_string(),
                category,
                said: said.collect(),
            });
        }
    }
    cells
}
