//! One file for each screen: which rows it shows, and what its keys do. Drawing common to all
//! screens is in [`crate::tui::draw`] and the widgets.

pub mod card;
pub mod compare;
pub mod context;
pub mod contradicted;
pub mod decisions;
pub mod disputes;
pub mod evidence;
pub mod harden;
pub mod home;
pub mod map;
pub mod report;
pub mod review;
pub mod scope;
pub mod sentence;
pub mod threat;

use crate::catalog::Catalog;
use crate::session::place::Step;
use crate::tui::app::OpenSession;
use crate::tui::widgets::rows::{Row, Target};

/// The rows of the list on the screen.
pub fn rows(open: &OpenSession, catalog: &Catalog) -> Vec<Row> {
    let rows = all_rows(open, catalog);
    if open.wall { spaced(rows) } else { rows }
}

/// The same with a blank line between entries, for reading from the back of a room. The lines of a
/// drawing stay together.
fn spaced(rows: Vec<Row>) -> Vec<Row> {
    let is_drawn = |row: &Row| matches!(row.target, Some(Target::Line(_)));
    let mut spaced: Vec<Row> = Vec::with_capacity(rows.len() * 2);
    for row in rows {
        let goes_on = |last: &Row| last.is_blank() || (is_drawn(last) && is_drawn(&row));
        let apart = row.target.is_some() && spaced.last().is_some_and(|last| !goes_on(last));
        if apart {
            spaced.push(Row::blank());
        }
        spaced.push(row);
    }
    spaced
}

fn all_rows(open: &OpenSession, catalog: &Catalog) -> Vec<Row> {
    if let Some(compare) = &open.compare {
        return compare::rows(open, catalog, compare);
    }
    match (open.step, &open.threat) {
        (Step::Scope, _) => scope::rows(open, catalog),
        (Step::Threats, Some(threat)) => threat::rows(open, catalog, threat),
        (Step::Threats, None) => card::rows(open, catalog),
        (Step::Harden, _) => harden::rows(open, catalog),
        (Step::Review, _) => review::rows(open, catalog),
        (Step::Report, _) => Vec::new(),
    }
}

/// Whether the rows of a step hang on where the cursor rests. Where they do, a long list is made
/// anew for every move.
pub const fn rows_follow_the_cursor(step: Step) -> bool {
    matches!(step, Step::Threats)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn on_the_wall_entries_stand_apart_and_drawings_stay_whole() {
        let line = |number| Row::item("", format!("line {number}"), Target::Line(number));
        let entry = |name: &str| Row::item("[ ]", name, Target::Component(id(name)));
        let rows = vec![entry("one"), entry("two"), line(0), line(1), line(2)];
        let blanks: Vec<bool> = spaced(rows).iter().map(Row::is_blank).collect();
        let expected = [false, true, false, true, false, false, false];
        assert_eq!(blanks, expected);
    }

    fn id(name: &str) -> crate::catalog::types::Id {
        crate::catalog::types::Id::new(name).unwrap()
    }
}
