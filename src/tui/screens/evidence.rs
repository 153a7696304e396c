//! Step 2, the evidence on a card: failed checks of the latest scans that bear on the cell. It answers
//! for nobody: what follows from a check is the team's to say.

use crate::catalog::Catalog;
use crate::findings::evidence::{named, on_cell};
use crate::session::id::ScanId;
use crate::session::place::{CellKey, Step};
use crate::tui::app::{App, OpenSession};
use crate::tui::screens::harden::filter::{Filter, Which};
use crate::tui::widgets::rows::{Row, Target};

/// How many checks the card names; the Harden step has all.
const SHOWN: usize = 4;

/// The rows of the evidence; none where no check bears on the cell.
pub fn rows(open: &OpenSession, catalog: &Catalog, rows: &mut Vec<Row>) {
    let session = open.editor.session();
    let places = on_cell(session, catalog, &open.standing, &open.cell);
    if places.is_empty() {
        return;
    }
    rows.push(Row::blank());
    rows.push(Row::heading(format!(
        "Evidence: failed checks that bear on this ({})",
        places.len()
    )));
    for place in places.iter().take(SHOWN) {
        if let Some((scan, finding)) = place.of(session) {
            let target = Target::Finding(scan.id.clone(), place.finding);
            let row = Row::item("!", named(finding), target);
            rows.push(row.with_tail(finding.printed_status.clone()));
        }
    }
    if places.len() > SHOWN {
        let more = places.len() - SHOWN;
        let words = format!("{more} more: Enter shows them all in Harden");
        rows.push(Row::item("…", words, Target::Evidence));
    }
}

/// Goes to a finding of the evidence, open in the Harden step.
pub fn visit(app: &mut App, scan: ScanId, finding: usize) {
    if !app.go_step(Step::Harden.number()) {
        return;
    }
    let Some(open) = &mut app.open else { return };
    let target = Target::Finding(scan, finding);
    open.findings = Filter::default();
    open.expanded = Some(target.clone());
    open.list_mut().selected = Some(target);
}

/// Goes to all checks that bear on the cell, in the Harden step.
pub fn visit_all(app: &mut App, cell: &CellKey) {
    if !app.go_step(Step::Harden.number()) {
        return;
    }
    let Some(catalog) = app.catalog.clone() else {
        return;
    };
    let Some(open) = &mut app.open else { return };
    open.findings = Filter {
        which: Which::Failed,
        letter: Some(cell.category),
        component: Some(cell.component.clone()),
        words: String::new(),
    };
    let session = open.editor.session();
    let places = on_cell(session, &catalog, &open.standing, cell);
    let first = places.first().and_then(|place| {
        let (scan, _) = place.of(session)?;
        Some(Target::Finding(scan.id.clone(), place.finding))
    });
    open.expanded = None;
    if first.is_some() {
        open.list_mut().selected = first;
    }
    app.say("The failed checks that bear on this cell. f shows others; 2 goes back to the cell.");
}
