//! Step 3: all mitigations across the threats, by how far they are; the findings that were chosen
//! and documented; and the findings of the latest scans to choose from.

pub mod act;
mod chosen;
mod copy;
pub mod filter;
mod list;
pub mod make_threat;
pub mod shown;

use crate::catalog::Catalog;
use crate::findings::evidence::offers;
use crate::session::types::{MitigationStatus, Response};
use crate::tui::app::OpenSession;
use crate::tui::screens::threat;
use crate::tui::theme::Meaning;
use crate::tui::widgets::rows::{Row, Target};

pub use act::act;

/// The rows of the step.
pub fn rows(open: &OpenSession, catalog: &Catalog) -> Vec<Row> {
    let session = open.editor.session();
    let mut rows = vec![Row::text(
        "What are we going to do about it?",
        Meaning::Question,
    )];
    if session.mitigations.is_empty() {
        let next = if session.threats.is_empty() {
            "There are no threats yet either: 2 goes to the walk, which finds them."
        } else {
            "Below are the threats that wait for one: Enter opens a threat, m begins there."
        };
        rows.push(Row::blank());
        rows.push(Row::text(
            format!(
                "No mitigations yet. A mitigation is one thing that makes a threat less likely or \
                 less harmful. {next}"
            ),
            Meaning::Muted,
        ));
    }
    for status in MitigationStatus::ALL {
        let count = session
            .mitigations
            .iter()
            .filter(|one| one.status == status)
            .count();
        if count == 0 {
            continue;
        }
        rows.push(Row::blank());
        rows.push(Row::heading(format!(
            "{} ({count})",
            list::capital(status.name())
        )));
        for mitigation in session
            .mitigations
            .iter()
            .filter(|one| one.status == status)
        {
            threat::mitigation_rows(open, mitigation, &mut rows);
            for id in &mitigation.threats {
                if let Some(threat) = open.recorded.threat(session, id) {
                    rows.push(Row::indented(
                        format!("for: {}", threat.title.shown()),
                        Meaning::Muted,
                        6,
                    ));
                }
            }
        }
    }
    let waiting: Vec<_> = open
        .recorded
        .without_mitigation(session)
        .filter(|one| {
            matches!(
                one.response,
                None | Some(Response::Mitigate | Response::Eliminate)
            )
        })
        .collect();
    if !waiting.is_empty() {
        rows.push(Row::blank());
        rows.push(Row::heading(format!(
            "Threats without a mitigation ({})",
            waiting.len()
        )));
        for threat in waiting {
            rows.push(Row::item(
                "!",
                threat.title.shown(),
                Target::Threat(threat.id.clone()),
            ));
        }
    }
    offer_rows(open, &mut rows);
    rows.push(Row::blank());
    rows.push(Row::heading("Findings chosen to be hardened"));
    if session.hardenings.is_empty() {
        rows.push(Row::text(
            "None yet. A finding is one check that a benchmark tool such as docker-bench failed. \
             i reads a report, to choose from with Space; a writes one down by hand.",
            Meaning::Muted,
        ));
    }
    for hardening in &session.hardenings {
        chosen::rows(open, catalog, hardening, &mut rows);
    }
    list::rows(open, catalog, &mut rows);
    rows
}

/// The mitigations that the scans show to hold.
fn offer_rows(open: &OpenSession, rows: &mut Vec<Row>) {
    let session = open.editor.session();
    let offers = offers(session, &open.standing);
    if offers.is_empty() {
        return;
    }
    rows.push(Row::blank());
    rows.push(Row::heading(format!(
        "The scan shows that these hold ({})",
        offers.len()
    )));
    for offer in offers {
        let Some(mitigation) = session.mitigation(&offer.mitigation) else {
            continue;
        };
        let target = Target::Offer(offer.mitigation.clone());
        let row = Row::item("?", mitigation.what.shown(), target);
        rows.push(row.with_tail("Space: verified"));
        rows.push(Row::indented(offer.evidence.shown(), Meaning::Muted, 6));
    }
}
