//! Step 3, a finding that becomes a threat. Not for what a threat of a finding is: see
//! `session::edit`.

use std::fmt::Write as _;

use super::act::{finding_of, hardening_of};
use super::filter::component_name;
use crate::findings::evidence::{cells_of, control_of};
use crate::findings::standing::{line_about, subject_of};
use crate::session::edit::Operation;
use crate::session::id::ScanId;
use crate::session::place::{CellKey, Step};
use crate::tui::app::{App, OpenSession};
use crate::tui::overlays::Overlay;
use crate::tui::overlays::menu::{Does, Entry, Menu};
use crate::tui::widgets::rows::Target;

/// Makes the finding under the cursor a threat; asks for the cell only where it may be several.
pub(super) fn make_threat(app: &mut App, selected: Option<Target>) {
    let Some(catalog) = app.catalog.clone() else {
        return;
    };
    let Some(open) = &app.open else { return };
    let Some((scan, at)) = place_of(open, selected) else {
        app.say("t makes a finding of a scan a threat. Move to one first.");
        return;
    };
    let Some((_, finding)) = finding_of(open, &scan, at) else {
        return;
    };
    let cells = match control_of(&catalog, finding) {
        Some(control) => cells_of(open.editor.session(), control),
        None => open.walk().collect(),
    };
    match cells.as_slice() {
        [cell] => {
            let cell = cell.clone();
            record(app, &scan, at, cell);
        }
        [] => app.say("There is no component in scope that it could be a threat to."),
        cells => {
            let entries = cells
                .iter()
                .map(|cell| Entry {
                    text: format!(
                        "{} · {}",
                        component_name(&catalog, &cell.component),
                        cell.category
                    ),
                    tail: cell.category.letter().to_string(),
                    does: Does::Threat(scan.clone(), at, cell.clone()),
                })
                .collect();
            app.overlay = Some(Overlay::Menu(Menu {
                heading: "Where does the threat belong?",
                entries,
                selected: 0,
            }));
        }
    }
}

/// The finding that a row stands for; for a chosen one, the latest line about it.
fn place_of(open: &OpenSession, selected: Option<Target>) -> Option<(ScanId, usize)> {
    if let Some(Target::Finding(scan, at)) = selected {
        return Some((scan, at));
    }
    let session = open.editor.session();
    let hardening = session.hardening(&hardening_of(selected)?)?;
    let subject = subject_of(hardening);
    session.scans.iter().rev().find_map(|scan| {
        let at = line_about(scan, &subject)?;
        Some((scan.id.clone(), at))
    })
}

/// Records a finding as a threat of a cell, and opens it to be put into words.
pub fn record(app: &mut App, scan: &ScanId, at: usize, cell: CellKey) {
    let Some(catalog) = app.catalog.clone() else {
        return;
    };
    let Some(open) = &app.open else { return };
    let Some((scan, finding)) = finding_of(open, scan, at) else {
        return;
    };
    let control = control_of(&catalog, finding);
    let mut what = control.map_or_else(String::new, |control| control.why.to_string());
    if !finding.details.is_empty() {
        let named: Vec<&str> = finding
            .details
            .iter()
            .take(10)
            .map(String::as_str)
            .collect();
        if !what.is_empty() {
            what.push_str("\n\n");
        }
        _ = write!(what, "{} names: {}", scan.file, named.join("; "));
    }
    let mut finding = finding.clone();
    let title = control.map_or(finding.title.as_str(), |control| control.title.as_str());
    finding.title = format!("Not met: {title}");
    let operation = Operation::AddThreatFromFinding {
        cell,
        finding: Box::new(finding),
        what_goes_wrong: what,
    };
    if app.edit(operation)
        && let Some(open) = &app.open
        && let Some(threat) = open.editor.session().threats.last()
    {
        let id = threat.id.clone();
        app.visit_threat(id, Step::Harden);
        app.say("Recorded. Put it into your own words; Esc goes back to the findings.");
    }
}
