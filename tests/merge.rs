//! Two versions of a session, and ten tables of a workshop, brought together: nothing anybody wrote is
//! missing.

#![allow(clippy::unwrap_used)] // a panic in a test is a result

#[path = "common/edits.rs"]
mod edits;

use astride::encode::ForeignText;
use astride::merge::{Cohort, Difference, Names, Table, bring_together, three_way};
use astride::session::edit::{Editor, Operation};
use astride::session::id::IdSource;
use astride::session::place::{CellKey, TextField, ThreatText};
use astride::session::types::{Disputed, Impact, Session};
use astride::store::{decode, encode};
use astride::stride::Category;
use jiff::Timestamp;
use pretty_assertions::assert_eq;
use proptest::prelude::*;

use edits::{CATALOG, edit, holds, new_session, texts, written};

fn names() -> Names {
    Names {
        ours: "our branch".to_owned(),
        theirs: "theirs".to_owned(),
    }
}

fn perform(session: &Session, operation: Operation) -> Session {
    // Another start for each edit, as for two people: an id that was given up is not given again.
    let start = format!("{operation:?}").bytes().map(u64::from).sum();
    let mut editor = Editor::new(session.clone(), IdSource::new(start));
    editor.perform(operation, later()).unwrap();
    editor.session().clone()
}

fn later() -> Timestamp {
    "2026-11-21T15:00:00Z".parse().unwrap()
}

fn typed(session: &Session, field: TextField, text: &str) -> Session {
    let operation = Operation::EditText {
        remove: session.text(&field).map_or(0, ForeignText::len),
        field,
        at: 0,
        insert: text.to_owned(),
        typing: false,
    };
    perform(session, operation)
}

fn with_threat(session: &Session, title: &str) -> Session {
    let cell = CellKey {
        component: session.components[0].clone(),
        category: Category::Spoofing,
    };
    let title = title.into();
    perform(session, Operation::AddThreat { cell, title })
}

/// What is written can be read: ids stand once, references lead somewhere.
fn opens(session: &Session) {
    let text = encode(session, 1).unwrap();
    assert_eq!(decode(text.as_bytes()).unwrap().session, *session);
}

#[test]
fn different_fields_of_one_threat_merge_without_a_dispute() {
    let base = with_threat(&new_session("Team"), "A threat");
    let id = base.threats[0].id.clone();
    let what = TextField::Threat(id.clone(), ThreatText::WhatGoesWrong);
    let ours = typed(&base, what, "Somebody reads it.");
    let theirs = perform(&base, Operation::SetImpact(id, Some(Impact::Severe)));
    let merged = three_way(Some(&base), &ours, &theirs, &names());
    assert_eq!(merged.disputes, []);
    assert_eq!(merged.threats[0].what_goes_wrong, "Somebody reads it.");
    assert_eq!(merged.threats[0].impact, Some(Impact::Severe));
}

#[test]
fn a_text_that_both_changed_stays_ours_and_theirs_is_in_dispute() {
    let base = with_threat(&new_session("Team"), "A threat");
    let id = base.threats[0].id.clone();
    let title = TextField::Threat(id, ThreatText::Title);
    let ours = typed(&base, title.clone(), "Ours");
    let theirs = typed(&base, title.clone(), "Theirs");
    let merged = three_way(Some(&base), &ours, &theirs, &names());
    assert_eq!(merged.threats[0].title, "Ours");
    assert_eq!(merged.disputes.len(), 1);
    assert_eq!(merged.disputes[0].from, "theirs");
    assert_eq!(
        merged.disputes[0].other,
        Disputed::Text(title, "Theirs".into())
    );
    // Settled with the other value, it holds; undo brings the dispute back.
    let mut editor = Editor::new(merged.clone(), IdSource::new(5));
    let settle = Operation::SettleDispute {
        dispute: merged.disputes[0].id.clone(),
        take_other: true,
    };
    editor.perform(settle, later()).unwrap();
    assert_eq!(editor.session().threats[0].title, "Theirs");
    assert_eq!(editor.session().disputes, []);
    editor.undo();
    assert_eq!(editor.session(), &merged);
}

#[test]
fn a_threat_that_one_removed_and_the_other_worked_on_stays() {
    let base = with_threat(&new_session("Team"), "A threat");
    let id = base.threats[0].id.clone();
    let removed = perform(&base, Operation::RemoveThreat(id.clone()));
    let worked = perform(
        &base,
        Operation::AddMitigation {
            threat: id.clone(),
            what: "Close it".into(),
            verify: "".into(),
            controls: Vec::new(),
        },
    );
    for (ours, theirs) in [(&removed, &worked), (&worked, &removed)] {
        let merged = three_way(Some(&base), ours, theirs, &names());
        assert_eq!(merged.threats.len(), 1);
        assert_eq!(merged.mitigations[0].what, "Close it");
        assert_eq!(
            merged.disputes[0].other,
            Disputed::ThreatRemoved(id.clone())
        );
        opens(&merged);
    }
    // Nobody worked on it: it is gone.
    let merged = three_way(Some(&base), &removed, &base, &names());
    assert_eq!(merged.threats, []);
    assert_eq!(merged.disputes, []);
}

#[test]
fn a_threat_against_nothing_applies_is_for_the_group_to_settle() {
    let base = new_session("Team");
    let cell = CellKey {
        component: base.components[0].clone(),
        category: Category::Spoofing,
    };
    let applies = true;
    let nothing = perform(
        &base,
        Operation::SetNothingApplies {
            cell: cell.clone(),
            applies,
        },
    );
    let reason = TextField::NothingAppliesReason(cell.clone());
    let nothing = typed(&nothing, reason, "Only on our laptops.");
    let found = with_threat(&base, "A threat");
    let merged = three_way(Some(&base), &found, &nothing, &names());
    let other = Disputed::NothingApplies(cell, "Only on our laptops.".into());
    assert_eq!(merged.disputes[0].other, other);
    assert_eq!(merged.cells, []);
    assert_eq!(merged.threats.len(), 1);
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(150))]

    #[test]
    fn two_branches_merge_with_everything_that_both_wrote(
        seeds in any::<[u64; 3]>(), lengths in [1_usize..60, 1..40, 1..40],
    ) {
        let base = edit(new_session("Team"), seeds[0], lengths[0], "base");
        let ours = edit(base.clone(), seeds[1], lengths[1], "ours");
        let theirs = edit(base.clone(), seeds[2], lengths[2], "theirs");
        let merged = three_way(Some(&base), &ours, &theirs, &names());
        opens(&merged);
        let there = texts(&merged);
        for text in written(&ours, "ours").iter().chain(&written(&theirs, "theirs")) {
            prop_assert!(holds(&there, text), "{text} is missing");
        }
        // What is in all three is there too.
        for text in written(&ours, "base").intersection(&written(&theirs, "base")) {
            prop_assert!(holds(&there, text), "{text} is missing");
        }
        prop_assert_eq!(&three_way(Some(&base), &ours, &theirs, &names()), &merged);
        prop_assert_eq!(&three_way(Some(&base), &ours, &base, &names()), &ours);
        prop_assert_eq!(&three_way(Some(&base), &base, &theirs, &names()), &theirs);
        prop_assert_eq!(&three_way(Some(&base), &ours, &ours, &names()), &ours);
        // Two that know of no common version lose nothing either.
        let merged = three_way(None, &ours, &theirs, &names());
        opens(&merged);
        let there = texts(&merged);
        for text in written(&ours, "ours").iter().chain(&written(&theirs, "theirs")) {
            prop_assert!(holds(&there, text), "{text} is missing without a base");
        }
    }
}

fn tables(seed: u64, count: u64, length: usize) -> Vec<Table> {
    let tables = (0..count).map(|number| {
        let name = format!("Table {number}");
        Table {
            session: edit(
                new_session(&name),
                seed.wrapping_add(number),
                length,
                &format!("t{number}"),
            ),
            name,
        }
    });
    tables.collect()
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(12))]

    #[test]
    fn ten_tables_merge_with_nothing_lost(seed in any::<u64>(), turn in 0_usize..10) {
        let tables = tables(seed, 10, 60);
        let merged = bring_together(&tables);
        opens(&merged);
        let all = texts(&merged);
        for table in &tables {
            let session = &table.session;
            let mut wanted: Vec<&str> = Vec::new();
            wanted.extend(session.participants.iter().map(|one| one.name.raw()));
            for threat in &session.threats {
                wanted.extend([threat.title.raw(), threat.what_goes_wrong.raw()]);
            }
            for mitigation in &session.mitigations {
                wanted.extend([mitigation.what.raw(), mitigation.evidence.raw()]);
            }
            let marked = written(session, &table.name.replace("Table ", "t"));
            wanted.extend(marked.iter().map(String::as_str));
            for text in wanted {
                prop_assert!(holds(&all, text), "{}: {text} is missing", table.name);
            }
            // Ratings and responses hold, or are in dispute.
            for threat in &session.threats {
                let same = |one: &&astride::session::types::Threat| {
                    one.title == threat.title
                        && one.component == threat.component
                        && one.category == threat.category
                        && one.what_goes_wrong == threat.what_goes_wrong
                };
                let kept: Vec<_> = merged.threats.iter().filter(same).collect();
                prop_assert!(!kept.is_empty());
                let rated = threat.impact.is_none()
                    || kept.iter().any(|one| one.impact == threat.impact)
                    || merged.disputes.iter().any(|one| {
                        matches!(&one.other, Disputed::Impact(id, impact)
                            if *impact == threat.impact && kept.iter().any(|kept| kept.id == *id))
                    });
                prop_assert!(rated, "{:?} lost its rating", threat.title);
            }
        }
        let mut turned = tables.clone();
        turned.rotate_left(turn);
        turned.reverse();
        prop_assert_eq!(&bring_together(&turned), &merged);
        let again = [tables[0].clone(), tables[0].clone()];
        prop_assert_eq!(&bring_together(&again), &tables[0].session);
        prop_assert_eq!(&bring_together(&tables[..1]), &tables[0].session);
    }
}

#[test]
fn the_same_threat_of_two_tables_stands_once_and_near_ones_stand_side_by_side() {
    let blue = with_threat(&new_session("Blue"), "Build agents mount the Docker socket");
    let blue = with_threat(&blue, "Logs are lost");
    let red = with_threat(&new_session("Red"), "Build agents mount the Docker socket");
    let red = with_threat(&red, "Build agents mount the Docker sockets");
    let rate = |session: &Session, impact| {
        let id = session.threats[0].id.clone();
        perform(session, Operation::SetImpact(id, Some(impact)))
    };
    let table = |session: Session| Table {
        name: session.title.raw().to_owned(),
        session,
    };
    let blue = table(rate(&blue, Impact::Severe));
    let red = table(rate(&red, Impact::Minor));
    let merged = bring_together(&[red, blue]);
    let titles: Vec<&str> = merged.threats.iter().map(|one| one.title.raw()).collect();
    assert_eq!(
        titles,
        [
            "Build agents mount the Docker socket",
            "Build agents mount the Docker sockets",
            "Logs are lost",
        ]
    );
    assert_eq!(merged.title, "Blue + Red");
    assert_eq!(merged.disputes.len(), 1);
    let id = merged.threats[0].id.clone();
    assert_eq!(merged.threats[0].impact, Some(Impact::Severe));
    assert_eq!(
        merged.disputes[0].other,
        Disputed::Impact(id, Some(Impact::Minor))
    );
    assert_eq!(merged.disputes[0].from, "Red");
}

#[test]
fn a_cohort_is_told_by_who_found_what() {
    let all = with_threat(&new_session("Blue"), "Everybody sees this");
    let blue = with_threat(&all, "Only blue sees that");
    let red = with_threat(&new_session("Red"), "Everybody sees this");
    let tables = [blue, red].map(|session| Table {
        name: session.title.raw().to_owned(),
        session,
    });
    let cohort = Cohort::of(&tables, &CATALOG);
    let titles = |found: &[astride::merge::cohort::Found]| -> Vec<ForeignText> {
        found.iter().map(|one| one.title.clone()).collect()
    };
    assert_eq!(titles(&cohort.found_by_all), ["Everybody sees this"]);
    assert_eq!(titles(&cohort.found_by_one), ["Only blue sees that"]);
    assert_eq!(cohort.found_by_one[0].tables, ["Blue"]);
    let cells = tables[0].session.components.len() * 6;
    assert_eq!(cohort.answered_by_nobody.len(), cells - 1);
    assert_eq!(cohort.tables[0].threats, 2);
    assert!(
        cohort
            .text()
            .contains("Only one found (1)\n  - Only blue sees that")
    );
    assert!(cohort.markdown().contains("| Blue | 1 of 60 | 2 |"));
}

#[test]
fn a_difference_tells_threats_risks_and_mitigations() {
    let before = with_threat(&new_session("Team"), "Stays");
    let before = with_threat(&before, "Goes");
    let [stays, goes] = [0, 1].map(|at| before.threats[at].id.clone());
    let before = perform(
        &before,
        Operation::AddMitigation {
            threat: stays.clone(),
            what: "Close it".into(),
            verify: "".into(),
            controls: Vec::new(),
        },
    );
    let likely = Some(astride::session::types::Likelihood::Likely);
    let before = perform(&before, Operation::SetLikelihood(stays.clone(), likely));
    let before = perform(
        &before,
        Operation::SetImpact(stays.clone(), Some(Impact::Minor)),
    );
    assert!(Difference::between(&before, &before).is_empty());
    let after = perform(&before, Operation::SetImpact(stays, Some(Impact::Severe)));
    let after = perform(&after, Operation::RemoveThreat(goes));
    let after = with_threat(&after, "Comes new here");
    let done = astride::session::types::MitigationStatus::Done;
    let mitigation = after.mitigations[0].id.clone();
    let after = perform(&after, Operation::SetMitigationStatus(mitigation, done));
    let difference = Difference::between(&before, &after);
    assert_eq!(difference.threats_added[0].title, "Comes new here");
    assert_eq!(difference.threats_gone[0].title, "Goes");
    assert_eq!(difference.threats_changed[0].what, "Stays");
    assert_eq!(difference.risks[0].direction, "up");
    assert_eq!(difference.mitigations_moved[0].after, done);
    assert_eq!(difference.others, []);
    let text = difference.text();
    for words in [
        "Threats added (1)",
        "Risks up (1)",
        "Mitigations done or checked (1)",
    ] {
        assert!(text.contains(words), "{words} is not in\n{text}");
        assert!(difference.markdown().contains(&format!("## {words}")));
    }
}
