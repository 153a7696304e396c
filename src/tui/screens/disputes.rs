//! Step 4, what is to be settled: where two versions or two tables disagree. One line keeps what the
//! session holds, one takes the other value; Enter on it settles, and undo brings the dispute back.

use crate::encode::ForeignText;
use crate::merge::dispute::in_words;
use crate::session::edit::Operation;
use crate::session::id::DisputeId;
use crate::session::types::Session;
use crate::tui::app::{App, OpenSession};
use crate::tui::theme::Meaning;
use crate::tui::widgets::rows::{Row, Target};

/// So many characters of a long text say which one it is.
const SHOWN: usize = 400;

/// The rows of all disputes; none where there are none.
pub fn rows(open: &OpenSession, rows: &mut Vec<Row>) {
    let session = open.editor.session();
    if session.disputes.is_empty() {
        return;
    }
    rows.push(Row::heading(format!(
        "To settle ({}): versions that were brought together disagree",
        session.disputes.len()
    )));
    rows.push(Row::indented(
        "Talk about it, then press Enter on the line that holds.",
        Meaning::Muted,
        2,
    ));
    for dispute in &session.disputes {
        let words = in_words(session, dispute);
        rows.push(Row::indented(words.about.shown(), Meaning::Warning, 2));
        let keep = Target::Dispute(dispute.id.clone(), false);
        let keep = Row::item("=", format!("as it is: {}", shown(&words.held)), keep);
        rows.push(keep.set_in(2));
        let from = shown(&dispute.from);
        let take = Target::Dispute(dispute.id.clone(), true);
        let take = Row::item("→", format!("{from}: {}", shown(&words.other)), take);
        rows.push(take.set_in(2));
    }
    rows.push(Row::blank());
}

fn shown(text: &ForeignText) -> String {
    let text = text.shown();
    if text.chars().count() <= SHOWN {
        return text.into_owned();
    }
    let mut start: String = text.chars().take(SHOWN).collect();
    start.push('…');
    start
}

/// Settles a dispute.
pub fn settle(app: &mut App, dispute: DisputeId, take_other: bool) {
    let settled = app.edit(Operation::SettleDispute {
        dispute,
        take_other,
    });
    if settled {
        app.say(if take_other {
            "Settled: the other value holds now. u takes that back."
        } else {
            "Settled: it stays as it is. u takes that back."
        });
    }
}

/// What is said when a session with disputes is opened.
pub fn notice(session: &Session) -> Option<String> {
    match session.disputes.len() {
        0 => None,
        1 => Some("Two versions disagree about one thing. 4 shows it, to be settled.".to_owned()),
        count => Some(format!(
            "Versions disagree about {count} things. 4 shows them, to be settled."
        )),
    }
}
