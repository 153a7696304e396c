//! Step 4, the answers that the latest scans contradict. Which of the two is right, the team says.

use crate::catalog::Catalog;
use crate::findings::evidence::{Answer, contradictions};
use crate::review::Jump;
use crate::tui::app::OpenSession;
use crate::tui::widgets::rows::{Row, Target};

/// Tells these lines apart from the other jumps of the review.
const FIRST: usize = 1 << 20;

/// The rows; none where no answer is contradicted.
pub fn rows(open: &OpenSession, catalog: &Catalog, rows: &mut Vec<Row>) {
    let found = contradictions(open.editor.session(), catalog, &open.standing);
    if found.is_empty() {
        return;
    }
    rows.push(Row::blank());
    rows.push(Row::heading(format!(
        "What the scans contradict ({})",
        found.len()
    )));
    for (at, one) in found.into_iter().enumerate() {
        let jump = match one.answer {
            Answer::Mitigation(id) => Jump::Mitigation(id),
            Answer::NothingApplies(cell) => Jump::Cell(cell),
            Answer::Confirmed(_) => Jump::Harden,
        };
        let target = Target::Jump(jump, FIRST + at);
        rows.push(Row::item("!", one.message, target.clone()));
        rows.push(Row::why(
            "An answer that a scan contradicts is either not carried out everywhere, or the scan \
             looked at another machine. Look, and change the answer or run it again.",
            target,
            4,
        ));
    }
}
