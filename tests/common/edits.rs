//! Sessions as teams make them, from random numbers: every kind of entry, with words that can be found
//! again.

#![allow(dead_code, clippy::unwrap_used)] // each test file uses a part, and a panic is a result

use std::collections::BTreeSet;
use std::sync::LazyLock;

use astride::catalog::Catalog;
use astride::encode::ForeignText;
use astride::session::edit::{Editor, Operation};
use astride::session::id::IdSource;
use astride::session::place::{
    CellKey, DraftKey, HardeningText, MitigationText, TextField, ThreatText,
};
use astride::session::types::{
    Finding, FindingStatus, Impact, LeaveKind, Likelihood, MitigationStatus, OpenKind, Response,
    Session,
};
use astride::stride::Category;
use jiff::{SignedDuration, Timestamp};

pub static CATALOG: LazyLock<Catalog> = LazyLock::new(Catalog::embedded);

pub fn start() -> Timestamp {
    "2026-11-21T14:00:00Z".parse().unwrap()
}

/// Numbers that look random and are the same each time.
pub struct Dice(u64);

impl Dice {
    pub const fn new(seed: u64) -> Self {
        Self(seed.wrapping_mul(0x9e37_79b9_7f4a_7c15).wrapping_add(1))
    }

    pub fn roll(&mut self, sides: usize) -> usize {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut mixed = self.0;
        mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        mixed ^= mixed >> 31;
        usize::try_from(mixed % sides.max(1) as u64).unwrap()
    }
}

pub fn new_session(title: &str) -> Session {
    let brief = CATALOG.brief("course").unwrap();
    Session::new(title, brief.id.clone(), brief.components.clone(), start())
}

/// Makes `count` edits. `mark` stands in every text, so that it can be found again.
pub fn edit(session: Session, seed: u64, count: usize, mark: &str) -> Session {
    let mut editor = Editor::new(session, IdSource::new(seed ^ 0x5eed));
    let mut dice = Dice::new(seed);
    for at in 0..count {
        let now = start() + SignedDuration::from_secs(i64::try_from(at).unwrap() + 60);
        let text = format!("{mark} {at} {}", dice.roll(1_000));
        let operation = operation(editor.session(), &mut dice, &text);
        // Some are refused, as by hand: they change nothing.
        let _ = editor.perform(operation, now);
        if dice.roll(4) == 0 {
            let people = &editor.session().participants;
            let by = people
                .get(dice.roll(people.len()))
                .map(|one| one.id.clone());
            editor.set_typist(by);
        }
    }
    editor.session().clone()
}

#[allow(clippy::too_many_lines)] // one arm an operation
fn operation(session: &Session, dice: &mut Dice, words: &str) -> Operation {
    let text = ForeignText::from(words);
    let brief = CATALOG.brief("course").unwrap();
    let component = brief.components[dice.roll(4)].clone();
    let cell = CellKey {
        component: component.clone(),
        category: Category::ALL[dice.roll(3)],
    };
    let threat = session.threats.get(dice.roll(session.threats.len()));
    let threat = threat.map(|one| one.id.clone());
    let mitigation = session
        .mitigations
        .get(dice.roll(session.mitigations.len()));
    let mitigation = mitigation.map(|one| one.id.clone());
    let hardening = session.hardenings.get(dice.roll(session.hardenings.len()));
    let hardening = hardening.map(|one| one.id.clone());
    let assumption = session
        .assumptions
        .get(dice.roll(session.assumptions.len()));
    let assumption = assumption.map(|one| one.id.clone());
    let typed = |field: TextField| {
        let remove = session.text(&field).map_or(0, ForeignText::len);
        Operation::EditText {
            field,
            at: 0,
            remove,
            insert: words.to_owned(),
            typing: false,
        }
    };
    let suggestions = &CATALOG.component(component.as_str()).unwrap().threats;
    let suggestion = suggestions[dice.roll(suggestions.len().min(6))].clone();
    match (dice.roll(34), threat, mitigation, hardening) {
        (0, ..) => Operation::AddParticipant { name: text },
        (1, ..) => Operation::AddAssumption { text },
        (2 | 3, ..) => Operation::TakeSuggestion {
            component,
            suggestion: Box::new(suggestion),
        },
        (4, ..) => Operation::LeaveSuggestion {
            cell,
            suggestion: suggestion.id,
        },
        (5, ..) => typed(TextField::LeftReason(cell, suggestion.id)),
        (6, ..) => Operation::SetNothingApplies {
            cell,
            applies: true,
        },
        (7, ..) => typed(TextField::NothingAppliesReason(cell)),
        (8, ..) => Operation::SetOpenQuestion {
            cell,
            kind: [None, Some(OpenKind::NotKnown), Some(OpenKind::Disagree)][dice.roll(3)],
        },
        (9, ..) => typed(TextField::OpenQuestion(cell)),
        (10, ..) => typed(TextField::Draft(DraftKey::Threat(cell))),
        (11, ..) => typed(TextField::Description),
        (12, ..) => Operation::Park {
            text,
            cell: Some(cell),
        },
        (13, ..) => Operation::AddReviewNote { text },
        (14, ..) => Operation::ChooseFinding {
            finding: Box::new(Finding {
                number: "5.10".into(),
                title: text,
                printed_status: "WARN".into(),
                status: FindingStatus::Failed,
                control: None,
                details: Vec::new(),
                remediation: "".into(),
            }),
            benchmark: "CIS".into(),
        },
        (15, ..) => Operation::AcceptCheck {
            check: "threat-without-response".into(),
            subject: text,
        },
        (16, Some(id), ..) => Operation::SetLikelihood(id, Some(Likelihood::ALL[dice.roll(5)])),
        (17, Some(id), ..) => Operation::SetImpact(id, Some(Impact::ALL[dice.roll(5)])),
        (18, Some(id), ..) => Operation::SetResponse(id, Some(Response::ALL[dice.roll(4)])),
        (19, Some(id), ..) => typed(TextField::Threat(id, ThreatText::Title)),
        (20, Some(id), ..) => typed(TextField::Threat(id, ThreatText::WhatGoesWrong)),
        (21 | 22, Some(threat), ..) => Operation::AddMitigation {
            threat,
            what: text,
            verify: "".into(),
            controls: Vec::new(),
        },
        (23, Some(id), ..) => Operation::RemoveThreat(id),
        (24, _, Some(id), _) => Operation::RemoveMitigation(id),
        (25, _, Some(id), _) => typed(TextField::Mitigation(id, MitigationText::What)),
        (26, _, Some(id), _) => {
            Operation::SetMitigationStatus(id, MitigationStatus::ALL[dice.roll(3)])
        }
        (27, Some(threat), Some(id), _) => Operation::LinkMitigation(id, threat),
        (28, _, _, Some(id)) => typed(TextField::Hardening(id, HardeningText::Issue)),
        (29, ..) if assumption.is_some() => {
            typed(TextField::Assumption(assumption.expect("just seen")))
        }
        (30, ..) => Operation::SetLeaveKind {
            cell,
            suggestion: suggestion.id,
            kind: LeaveKind::ALL[dice.roll(5)],
        },
        (31, ..) => {
            let in_scope = !session.components.contains(&component);
            Operation::SetInScope {
                component,
                in_scope,
                walk_order: CATALOG.walk_order(),
            }
        }
        _ => Operation::AddThreat { cell, title: text },
    }
}

/// Every text in a session that stands behind a field, wherever it is.
pub fn texts(session: &Session) -> BTreeSet<String> {
    fn collect(value: &serde_json::Value, texts: &mut BTreeSet<String>) {
        match value {
            serde_json::Value::String(text) => {
                texts.insert(text.clone());
            }
            serde_json::Value::Array(all) => all.iter().for_each(|one| collect(one, texts)),
            serde_json::Value::Object(all) => all.values().for_each(|one| collect(one, texts)),
            _ => {}
        }
    }
    let mut all = BTreeSet::new();
    collect(&serde_json::to_value(session).unwrap(), &mut all);
    all
}

/// Those of a side that carry its mark: what that side wrote.
pub fn written(session: &Session, mark: &str) -> BTreeSet<String> {
    let all = texts(session).into_iter();
    all.filter(|text| text.starts_with(mark)).collect()
}

/// Whether a text is among others, alone or as a part of one.
pub fn holds(all: &BTreeSet<String>, text: &str) -> bool {
    all.contains(text) || all.iter().any(|one| one.contains(text))
}
