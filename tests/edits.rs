//! Edits as a model: whatever is done can be taken back exactly, done again exactly, and repeated by
//! a replica that only sees the smallest changes.

#![allow(clippy::unwrap_used)] // a panic in a test is a result

use std::sync::LazyLock;

use astride::catalog::Catalog;
use astride::catalog::types::Id;
use astride::session::edit::{Editor, Operation};
use astride::session::id::IdSource;
use astride::session::place::{
    CellKey, DraftKey, HardeningText, MitigationText, SentencePart, TextField, ThreatText,
};
use astride::session::removed::Removed;
use astride::session::types::{
    Finding, FindingStatus, Impact, Level, Likelihood, MitigationStatus, OpenKind, Response,
    Session,
};
use astride::stride::Category;
use jiff::{SignedDuration, Timestamp};
use pretty_assertions::assert_eq;
use proptest::prelude::*;

static CATALOG: LazyLock<Catalog> = LazyLock::new(Catalog::embedded);

fn start() -> Timestamp {
    "2026-11-21T14:00:00Z".parse().unwrap()
}

fn editor() -> Editor {
    let brief = CATALOG.brief("course").unwrap();
    let session = Session::new("Team", brief.id.clone(), brief.components.clone(), start());
    Editor::new(session, IdSource::new(1))
}

fn cell(component: &str, category: Category) -> CellKey {
    CellKey {
        component: Id::new(component).unwrap(),
        category,
    }
}

fn type_text(editor: &mut Editor, field: &TextField, text: &str) {
    for character in text.chars() {
        let at = editor.session().text(field).map_or(0, str::len);
        let operation = Operation::EditText {
            field: field.clone(),
            at,
            remove: 0,
            insert: character.to_string(),
            typing: true,
        };
        editor.perform(operation, start()).unwrap();
    }
}

/// What a random number means for the session as it is: mostly something possible.
#[allow(clippy::too_many_lines)] // one arm an operation
fn operation(editor: &Editor, dice: u64, text: &str) -> Operation {
    let session = editor.session();
    let pick = |count: usize| (dice / 64) as usize % count.max(1);
    let component = CATALOG.components[pick(CATALOG.components.len())]
        .id
        .clone();
    let category = Category::ALL[pick(6)];
    let here = CellKey {
        component: component.clone(),
        category,
    };
    let threat = session
        .threats
        .get(pick(session.threats.len()))
        .map(|one| one.id.clone());
    let mitigation = session
        .mitigations
        .get(pick(session.mitigations.len()))
        .map(|one| one.id.clone());
    let hardening = session
        .hardenings
        .get(pick(session.hardenings.len()))
        .map(|one| one.id.clone());
    let add_threat = Operation::AddThreat {
        cell: here.clone(),
        title: text.to_owned(),
    };
    let edit = |field: TextField| {
        let old = session.text(&field).unwrap_or_default();
        let mut at = pick(old.len() + 1);
        while !old.is_char_boundary(at) {
            at -= 1;
        }
        let remove = old[at..].chars().next().map_or(0, char::len_utf8) * (dice as usize % 2);
        Operation::EditText {
            field,
            at,
            remove,
            insert: text.to_owned(),
            typing: dice.is_multiple_of(3),
        }
    };
    match (dice % 42, threat, mitigation, hardening) {
        (0, ..) => Operation::AddParticipant {
            name: text.to_owned(),
        },
        (1, ..) => {
            let in_scope = !session.components.contains(&component);
            Operation::SetInScope {
                component,
                in_scope,
                walk_order: CATALOG.walk_order(),
            }
        }
        (2, ..) => Operation::AddAssumption {
            text: text.to_owned(),
        },
        (3, ..) => Operation::ChooseAttacker(CATALOG.attackers[pick(16)].id.clone()),
        (4, ..) if !session.attackers.is_empty() => {
            Operation::DropAttacker(session.attackers[0].profile.clone())
        }
        (5 | 6, ..) => {
            let found = &CATALOG.components[pick(CATALOG.components.len())];
            let suggestion = Box::new(found.threats[pick(found.threats.len())].clone());
            Operation::TakeSuggestion {
                component,
                suggestion,
            }
        }
        (7, ..) => Operation::LeaveSuggestion {
            cell: here,
            suggestion: component,
        },
        (8, ..) => Operation::ReopenSuggestion {
            cell: here,
            suggestion: component,
        },
        (9, ..) => Operation::SetNothingApplies {
            cell: here,
            applies: dice.is_multiple_of(2),
        },
        (10, Some(id), ..) => Operation::RemoveThreat(id),
        (11, Some(id), ..) => Operation::SetLikelihood(id, Some(Likelihood::ALL[pick(5)])),
        (12, Some(id), ..) => Operation::SetImpact(id, Some(Impact::ALL[pick(5)])),
        (13, Some(id), ..) => Operation::SetResponse(id, Some(Response::ALL[pick(4)])),
        (14, Some(id), ..) => Operation::SetSurface(id, Some(component)),
        (15 | 16, Some(threat), ..) => Operation::AddMitigation {
            threat,
            what: text.to_owned(),
            verify: String::new(),
            controls: Vec::new(),
        },
        (17, Some(threat), Some(id), _) => Operation::LinkMitigation(id, threat),
        (18, Some(threat), Some(id), _) => Operation::UnlinkMitigation(id, threat),
        (19, _, Some(id), _) => Operation::RemoveMitigation(id),
        (20, _, Some(id), _) => Operation::SetMitigationStatus(id, MitigationStatus::ALL[pick(3)]),
        (21, ..) => Operation::ChooseFinding {
            finding: Box::new(Finding {
                number: "5.10".to_owned(),
                title: text.to_owned(),
                printed_status: "WARN".to_owned(),
                status: FindingStatus::Failed,
                control: None,
                details: Vec::new(),
                remediation: String::new(),
            }),
            benchmark: "CIS".to_owned(),
        },
        (22, Some(threat), _, Some(hardening)) => Operation::SetHardeningThreat {
            hardening,
            threat,
            linked: dice.is_multiple_of(2),
        },
        (23, _, _, Some(id)) => Operation::RemoveHardening(id),
        (24, ..) => Operation::AddReviewNote {
            text: text.to_owned(),
        },
        (25, Some(id), ..) => edit(TextField::Threat(id, ThreatText::WhatGoesWrong)),
        (26, _, Some(id), _) => edit(TextField::Mitigation(id, MitigationText::Evidence)),
        (27, _, _, Some(id)) => edit(TextField::Hardening(id, HardeningText::Issue)),
        (28, ..) => edit(TextField::Draft(DraftKey::Threat(here))),
        (29, ..) => edit(TextField::Description),
        (30, ..) => edit(TextField::Draft(DraftKey::Sentence(
            here,
            SentencePart::ALL[pick(5)],
        ))),
        (31, ..) => Operation::AddSentence { cell: here },
        (32, ..) => Operation::Park {
            text: text.to_owned(),
            cell: Some(here),
        },
        (33, ..) if !session.parked.is_empty() => Operation::SettleParked(
            session.parked[pick(session.parked.len())].id.clone(),
            dice.is_multiple_of(2),
        ),
        (34, Some(threat), ..) => Operation::CountHands {
            threat,
            level: Level::Likelihood(Likelihood::ALL[pick(5)]),
            hands: 3,
        },
        (35, ..) => Operation::SetOpenQuestion {
            cell: here,
            kind: [None, Some(OpenKind::NotKnown), Some(OpenKind::Disagree)][pick(3)],
        },
        (36, ..) => Operation::AcceptCheck {
            check: "threat-without-response".to_owned(),
            subject: text.to_owned(),
        },
        (37, _, _, Some(hardening)) => Operation::SetHardeningConfirmed {
            hardening,
            confirmed: dice.is_multiple_of(2),
        },
        (38, _, Some(mitigation), _) => Operation::VerifyMitigation {
            mitigation,
            evidence: text.to_owned(),
        },
        (39, Some(id), ..) => Operation::RestoreText {
            field: TextField::Threat(id, ThreatText::WhatGoesWrong),
            text: text.to_owned(),
        },
        (40 | 41, ..) => {
            // What the session held some steps ago and holds no more.
            let mut earlier = editor.clone();
            for _ in 0..=pick(12) {
                earlier.undo();
            }
            let mut removed = Removed::since(earlier.session(), session);
            if removed.is_empty() {
                return add_threat;
            }
            let at = pick(removed.len());
            Operation::BringBack(Box::new(removed.swap_remove(at)))
        }
        _ => add_threat,
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(200))]

    #[test]
    fn everything_done_can_be_taken_back_and_done_again(
        dice in proptest::collection::vec((any::<u64>(), "[a-zé漢 \n]{1,6}"), 1..120),
    ) {
        let mut editor = editor();
        let before = editor.session().clone();
        let mut replica = before.clone();
        for (at, (dice, text)) in dice.iter().enumerate() {
            let now = start() + SignedDuration::from_secs(i64::try_from(at).unwrap());
            let operation = operation(&editor, *dice, text);
            // A refusal leaves no trace.
            let same = editor.session().clone();
            if editor.perform(operation, now).is_err() {
                prop_assert_eq!(editor.session(), &same);
            }
        }
        let after = editor.session().clone();
        for delta in editor.take_changes() {
            delta.apply(&mut replica);
        }
        prop_assert_eq!(&replica, &after);
        while editor.undo().is_some() {}
        prop_assert_eq!(editor.session(), &before);
        while editor.redo().is_some() {}
        prop_assert_eq!(editor.session(), &after);
        for delta in editor.take_changes() {
            delta.apply(&mut replica);
        }
        prop_assert_eq!(&replica, &after);
    }
}

#[test]
fn a_removed_threat_comes_back_with_what_belonged_to_it_as_one_step() {
    let mut editor = editor();
    let here = cell("docker-host", Category::ElevationOfPrivilege);
    for title in ["The first", "The second"] {
        let (cell, title) = (here.clone(), title.to_owned());
        let operation = Operation::AddThreat { cell, title };
        editor.perform(operation, start()).unwrap();
    }
    let ids: Vec<_> = editor
        .session()
        .threats
        .iter()
        .map(|one| one.id.clone())
        .collect();
    for what in ["For one", "For both"] {
        let operation = Operation::AddMitigation {
            threat: ids[0].clone(),
            what: what.to_owned(),
            verify: String::new(),
            controls: Vec::new(),
        };
        editor.perform(operation, start()).unwrap();
    }
    let both = editor.session().mitigations[1].id.clone();
    let link = Operation::LinkMitigation(both, ids[1].clone());
    editor.perform(link, start()).unwrap();
    let earlier = editor.session().clone();
    let remove = Operation::RemoveThreat(ids[0].clone());
    editor.perform(remove, start()).unwrap();
    let without = editor.session().clone();

    let removed = Removed::since(&earlier, editor.session());
    assert_eq!(removed.len(), 1, "its own mitigation belongs to it");
    let back = Operation::BringBack(Box::new(removed[0].clone()));
    editor.perform(back.clone(), start()).unwrap();
    let session = editor.session();
    assert_eq!(session.threat(&ids[0]), earlier.threat(&ids[0]));
    for one in &earlier.mitigations {
        let now = session.mitigation(&one.id).unwrap();
        let mut linked = now.threats.clone();
        linked.sort();
        let mut expected = one.threats.clone();
        expected.sort();
        assert_eq!(linked, expected, "{}", one.what);
    }
    assert!(
        editor.perform(back, start()).is_err(),
        "it is there already"
    );
    editor.undo();
    assert_eq!(editor.session(), &without);
}

#[test]
fn undo_takes_back_a_word_at_a_time() {
    let mut editor = editor();
    type_text(&mut editor, &TextField::Description, "two hosts behind");
    editor.undo();
    assert_eq!(editor.session().description, "two hosts ");
    editor.undo();
    assert_eq!(editor.session().description, "two ");
    editor.redo();
    assert_eq!(editor.session().description, "two hosts ");
}

#[test]
fn a_pause_begins_a_new_step() {
    let mut editor = editor();
    type_text(&mut editor, &TextField::Description, "one");
    let later = start() + SignedDuration::from_secs(10);
    let operation = Operation::EditText {
        field: TextField::Description,
        at: 3,
        remove: 0,
        insert: "s".to_owned(),
        typing: true,
    };
    editor.perform(operation, later).unwrap();
    editor.undo();
    assert_eq!(editor.session().description, "one");
}

#[test]
fn a_paste_is_one_step() {
    let mut editor = editor();
    type_text(&mut editor, &TextField::Description, "See");
    let pasted = Operation::EditText {
        field: TextField::Description,
        at: 3,
        remove: 0,
        insert: ": three\npages of\ntext".to_owned(),
        typing: false,
    };
    editor.perform(pasted, start()).unwrap();
    editor.undo();
    assert_eq!(editor.session().description, "See");
}

#[test]
fn a_thousand_steps_can_be_taken_back() {
    let mut editor = editor();
    let before = editor.session().clone();
    for number in 0..1_500 {
        let operation = Operation::AddAssumption {
            text: format!("assumption {number}"),
        };
        editor.perform(operation, start()).unwrap();
    }
    for _ in 0..1_500 {
        assert!(editor.undo().is_some());
    }
    assert_eq!(editor.session(), &before);
}

#[test]
fn a_draft_becomes_a_threat_and_is_gone() {
    let mut editor = editor();
    let here = cell("docker-host", Category::ElevationOfPrivilege);
    let key = DraftKey::Threat(here.clone());
    type_text(
        &mut editor,
        &TextField::Draft(key.clone()),
        "Build agents share the socket",
    );
    assert_eq!(
        editor.session().draft(&key),
        Some("Build agents share the socket")
    );
    let title = editor.session().draft(&key).unwrap().to_owned();
    editor
        .perform(Operation::AddThreat { cell: here, title }, start())
        .unwrap();
    assert_eq!(editor.session().draft(&key), None);
    assert_eq!(
        editor.session().threats[0].title,
        "Build agents share the socket"
    );
    editor.undo();
    assert_eq!(
        editor.session().draft(&key),
        Some("Build agents share the socket")
    );
}

#[test]
fn a_removed_threat_takes_its_own_mitigations_and_undo_brings_all_back() {
    let mut editor = editor();
    let here = cell("etcd", Category::Tampering);
    for title in ["first", "second"] {
        let operation = Operation::AddThreat {
            cell: here.clone(),
            title: title.to_owned(),
        };
        editor.perform(operation, start()).unwrap();
    }
    let [first, second] = [0, 1].map(|at| editor.session().threats[at].id.clone());
    for (threat, what) in [(&first, "only the first"), (&first, "both")] {
        let operation = Operation::AddMitigation {
            threat: threat.clone(),
            what: what.to_owned(),
            verify: String::new(),
            controls: Vec::new(),
        };
        editor.perform(operation, start()).unwrap();
    }
    let shared = editor.session().mitigations[1].id.clone();
    editor
        .perform(Operation::LinkMitigation(shared, second.clone()), start())
        .unwrap();
    let before = editor.session().clone();
    editor
        .perform(Operation::RemoveThreat(first), start())
        .unwrap();
    let left: Vec<&str> = editor
        .session()
        .mitigations
        .iter()
        .map(|one| one.what.as_str())
        .collect();
    assert_eq!(left, ["both"]);
    assert_eq!(editor.session().mitigations[0].threats, [second]);
    assert_eq!(editor.undo().as_deref(), Some("remove 'first'"));
    assert_eq!(editor.session(), &before);
}

#[test]
fn a_taken_suggestion_is_the_teams_own_copy() {
    let mut editor = editor();
    let (component, suggestion) = CATALOG.threat("host-docker-sock-mounted").unwrap();
    let operation = Operation::TakeSuggestion {
        component: component.id.clone(),
        suggestion: Box::new(suggestion.clone()),
    };
    editor.perform(operation, start()).unwrap();
    let id = editor.session().threats[0].id.clone();
    let field = TextField::Threat(id, ThreatText::Title);
    type_text(&mut editor, &field, ", at ours too");
    let threat = &editor.session().threats[0];
    assert_eq!(threat.suggestion.as_ref(), Some(&suggestion.id));
    assert_eq!(threat.title, format!("{}, at ours too", suggestion.title));
}

#[test]
fn a_threat_takes_back_that_nothing_applies() {
    let mut editor = editor();
    let here = cell("etcd", Category::Spoofing);
    let operation = Operation::SetNothingApplies {
        cell: here.clone(),
        applies: true,
    };
    editor.perform(operation, start()).unwrap();
    type_text(
        &mut editor,
        &TextField::NothingAppliesReason(here.clone()),
        "only the API server",
    );
    let operation = Operation::AddThreat {
        cell: here.clone(),
        title: "after all".to_owned(),
    };
    editor.perform(operation, start()).unwrap();
    assert!(
        editor
            .session()
            .cell(&here.component, here.category)
            .is_none()
    );
    editor.undo();
    let field = TextField::NothingAppliesReason(here);
    assert_eq!(editor.session().text(&field), Some("only the API server"));
}

#[test]
fn a_text_beyond_the_limit_is_refused_and_changes_nothing() {
    let mut editor = editor();
    let operation = Operation::EditText {
        field: TextField::Description,
        at: 0,
        remove: 0,
        insert: "x".repeat(256 * 1024 + 1),
        typing: false,
    };
    assert!(editor.perform(operation, start()).is_err());
    assert_eq!(editor.session().description, "");
    assert_eq!(editor.take_changes(), []);
}
