//! The other lists and texts of several tables: what is word for word the same stands once.

use std::collections::HashMap;

use super::{Table, in_scope};
use crate::catalog::types::Id;
use crate::encode::{ForeignText, foreign};
use crate::session::id::{IdSource, ParkedId};
use crate::session::own::OwnSystem;
use crate::session::place::{CellKey, Draft, DraftKey};
use crate::session::types::{
    AcceptedCheck, Assumption, Cell, ChosenAttacker, Hardening, ParkedThought, ReviewNote, Scan,
    Session, Stamp,
};

/// Different texts one below the other, each with who says it; one alone as it is.
pub(super) fn labelled(texts: Vec<(&str, ForeignText)>) -> ForeignText {
    let mut different: Vec<(Vec<&str>, ForeignText)> = Vec::new();
    for (table, text) in texts {
        if text.trim().is_empty() {
            continue;
        }
        match different
            .iter_mut()
            .find(|(_, one)| one.trim() == text.trim())
        {
            Some((tables, _)) => tables.push(table),
            None => different.push((vec![table], text)),
        }
    }
    match different.as_slice() {
        [] => ForeignText::new(),
        [(_, text)] => text.clone(),
        _ => different
            .iter()
            .map(|(tables, text)| foreign!("{}: {}", tables.join(", "), text))
            .reduce(|above, below| foreign!("{}\n{}", above, below))
            .unwrap_or_default(),
    }
}

/// What each table says in a cell.
pub(super) fn said<'a>(
    cells: &[(&'a Table, &'a Cell)],
    text: impl Fn(&'a Cell) -> Option<&'a ForeignText>,
) -> Vec<(&'a str, ForeignText)> {
    cells
        .iter()
        .filter_map(|(table, cell)| Some((table.name.as_str(), text(cell)?.clone())))
        .collect()
}

/// A text of all tables.
pub(super) fn joined(tables: &[Table], text: impl Fn(&Session) -> &ForeignText) -> ForeignText {
    let texts = tables
        .iter()
        .map(|table| (table.name.as_str(), text(&table.session).clone()));
    labelled(texts.collect())
}

/// The systems that tables brought from elsewhere: what is known of one of them is put together.
pub(super) fn own_systems(tables: &[Table]) -> Vec<OwnSystem> {
    let mut systems: Vec<OwnSystem> = Vec::new();
    for one in tables.iter().flat_map(|table| &table.session.own_systems) {
        match systems.iter_mut().find(|known| known.id == one.id) {
            Some(known) => *known = known.joined_with(one),
            None => systems.push(one.clone()),
        }
    }
    systems
}

/// The titles of all tables.
pub(super) fn title(tables: &[Table]) -> ForeignText {
    let mut titles: Vec<&ForeignText> = Vec::new();
    for table in tables {
        if !titles.contains(&&table.session.title) {
            titles.push(&table.session.title);
        }
    }
    ForeignText::joined(titles, " + ")
}

/// The brief of most tables; among equals, of the first.
pub(super) fn brief(tables: &[Table]) -> Id {
    let count = |brief: &Id| {
        let same = tables.iter().filter(|table| table.session.brief == *brief);
        same.count()
    };
    let mut best = &tables[0].session.brief;
    for table in tables {
        if count(&table.session.brief) > count(best) {
            best = &table.session.brief;
        }
    }
    best.clone()
}

pub(super) fn components(tables: &[Table]) -> Vec<Id> {
    in_scope(tables)
}

/// All entries, but for those that another table has too; `join` brings what such a pair has.
fn once<T: Clone>(
    tables: &[Table],
    list: impl Fn(&Session) -> &[T],
    is_same: impl Fn(&T, &T) -> bool,
    join: impl Fn(&mut T, &T),
) -> Vec<T> {
    let mut kept: Vec<(T, usize)> = Vec::new();
    for (table, one) in tables.iter().enumerate() {
        for entry in list(&one.session) {
            let same = kept
                .iter_mut()
                .find(|(other, seen_at)| *seen_at < table && is_same(other, entry));
            match same {
                Some((other, seen_at)) => {
                    *seen_at = table;
                    join(other, entry);
                }
                None => kept.push((entry.clone(), table)),
            }
        }
    }
    kept.into_iter().map(|(entry, _)| entry).collect()
}

fn earlier(stamp: &mut Stamp, other: &Stamp) {
    if other.at < stamp.at {
        stamp.clone_from(other);
    }
}

pub(super) fn assumptions(tables: &[Table]) -> Vec<Assumption> {
    once(
        tables,
        |session| &session.assumptions,
        |one, other| one.text.trim() == other.text.trim(),
        |one, other| earlier(&mut one.created, &other.created),
    )
}

pub(super) fn review_notes(tables: &[Table]) -> Vec<ReviewNote> {
    once(
        tables,
        |session| &session.review_notes,
        |one, other| one.text.trim() == other.text.trim(),
        |one, other| earlier(&mut one.created, &other.created),
    )
}

pub(super) fn scans(tables: &[Table]) -> Vec<Scan> {
    once(
        tables,
        |session| &session.scans,
        |one, other| {
            one.file == other.file
                && one.tool == other.tool
                && one.tool_version == other.tool_version
                && one.benchmark == other.benchmark
                && one.findings == other.findings
        },
        |one, other| earlier(&mut one.created, &other.created),
    )
}

pub(super) fn accepted_checks(tables: &[Table]) -> Vec<AcceptedCheck> {
    once(
        tables,
        |session| &session.accepted_checks,
        |one, other| {
            one.check == other.check
                && one.subject == other.subject
                && one.reason.trim() == other.reason.trim()
        },
        |one, other| earlier(&mut one.created, &other.created),
    )
}

pub(super) fn attackers(tables: &[Table]) -> Vec<ChosenAttacker> {
    let mut order: Vec<&Id> = Vec::new();
    for one in tables.iter().flat_map(|table| &table.session.attackers) {
        if !order.contains(&&one.profile) {
            order.push(&one.profile);
        }
    }
    let notes = |profile: &Id| {
        let notes = tables.iter().filter_map(|table| {
            let mut all = table.session.attackers.iter();
            let found = all.find(|one| one.profile == *profile)?;
            Some((table.name.as_str(), found.note.clone()))
        });
        labelled(notes.collect())
    };
    order
        .into_iter()
        .map(|profile| ChosenAttacker {
            profile: profile.clone(),
            note: notes(profile),
        })
        .collect()
}

/// Chosen findings: the same finding with texts that do not contradict each other stands once.
pub(super) fn hardenings(tables: &[Table]) -> Vec<Hardening> {
    once(
        tables,
        |session| &session.hardenings,
        |one, other| {
            let agree = |one: &ForeignText, other: &ForeignText| {
                one.is_empty() || other.is_empty() || one == other
            };
            one.number == other.number
                && one.title == other.title
                && one.benchmark == other.benchmark
                && one.control == other.control
                && agree(&one.issue, &other.issue)
                && agree(&one.why_here, &other.why_here)
                && agree(&one.remediation, &other.remediation)
                && agree(&one.result, &other.result)
        },
        |one, other| {
            for (ours, theirs) in [
                (&mut one.issue, &other.issue),
                (&mut one.why_here, &other.why_here),
                (&mut one.remediation, &other.remediation),
                (&mut one.result, &other.result),
            ] {
                if ours.is_empty() {
                    ours.clone_from(theirs);
                }
            }
            for threat in &other.threats {
                if !one.threats.contains(threat) {
                    one.threats.push(threat.clone());
                }
            }
            if one.confirmed.is_none() {
                one.confirmed.clone_from(&other.confirmed);
            }
            earlier(&mut one.created, &other.created);
            if other.changed.at > one.changed.at {
                one.changed.clone_from(&other.changed);
            }
        },
    )
}

/// Half-typed texts, each under its key once, and those that another table has under the same key.
pub(super) fn drafts(tables: &[Table]) -> (Vec<Draft>, Vec<ParkedThought>) {
    let mut drafts: Vec<Draft> = Vec::new();
    let mut known: HashMap<&DraftKey, &ForeignText> = HashMap::new();
    let mut left_over = Vec::new();
    for table in tables {
        for draft in &table.session.working.drafts {
            match known.get(&draft.key) {
                None => {
                    known.insert(&draft.key, &draft.text);
                    drafts.push(draft.clone());
                }
                Some(text) if **text == draft.text => {}
                Some(_) => left_over.push(ParkedThought {
                    // Replaced by one of its own before it goes into a session.
                    id: ParkedId::fresh(&mut IdSource::new(0), |_| false),
                    text: draft.text.clone(),
                    cell: cell_of(&draft.key),
                    settled: false,
                    created: Stamp {
                        by: None,
                        at: table.session.created,
                    },
                }),
            }
        }
    }
    (drafts, left_over)
}

fn cell_of(key: &DraftKey) -> Option<CellKey> {
    match key {
        DraftKey::Threat(cell) | DraftKey::Sentence(cell, _) => Some(cell.clone()),
        _ => None,
    }
}

/// Thoughts put aside by any table, and drafts that found no place of their own.
pub(super) fn parked(
    tables: &[Table],
    left_over: Vec<ParkedThought>,
    ids: &mut IdSource,
) -> Vec<ParkedThought> {
    let mut parked = once(
        tables,
        |session| &session.parked,
        |one, other| one.text.trim() == other.text.trim() && one.cell == other.cell,
        |one, other| {
            one.settled &= other.settled;
            earlier(&mut one.created, &other.created);
        },
    );
    for mut one in left_over {
        let known = |id: &ParkedId| parked.iter().any(|other| other.id == *id);
        one.id = ParkedId::fresh(ids, known);
        parked.push(one);
    }
    parked
}
