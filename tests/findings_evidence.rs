//! What the scans of a session mean for its answers: pointed out and suggested, never decided.

#![allow(clippy::unwrap_used)] // a panic in a test is a result

use std::sync::LazyLock;

use astride::catalog::Catalog;
use astride::catalog::types::Id;
use astride::findings::evidence::{
    Answer, Why, cells_of, contradictions, offers, on_cell, threats_for,
};
use astride::findings::standing::{Change, Standing, outcome, seen};
use astride::session::edit::{Editor, Operation};
use astride::session::id::{IdSource, ScanId};
use astride::session::place::{CellKey, TextField};
use astride::session::types::{Finding, FindingStatus, MitigationStatus, Scan, Session, Stamp};
use astride::stride::Category;
use jiff::Timestamp;
use pretty_assertions::assert_eq;

use FindingStatus::{Failed, Information, Manual, Passed};

static CATALOG: LazyLock<Catalog> = LazyLock::new(Catalog::embedded);

const MEMORY: &str = "ct-memory-limit";

fn finding(number: &str, control: &str, status: FindingStatus) -> Finding {
    Finding {
        number: number.into(),
        title: format!("Ensure {control}").into(),
        printed_status: format!("{status:?}").to_uppercase().into(),
        status,
        control: Id::new(control).ok(),
        details: Vec::new(),
        remediation: "".into(),
    }
}

fn scan(file: &str, findings: Vec<Finding>) -> Scan {
    Scan {
        id: ScanId::fresh(&mut IdSource::new(1), |_| false),
        file: file.into(),
        tool: "docker-bench-security".into(),
        tool_version: "1.6.0".into(),
        benchmark: "CIS Docker 1.6.0".into(),
        findings,
        created: Stamp {
            by: None,
            at: Timestamp::UNIX_EPOCH,
        },
    }
}

struct Team(Editor);

impl Team {
    fn new() -> Self {
        let brief = CATALOG.brief("course").unwrap();
        let components = brief.components.clone();
        let session = Session::new("T", brief.id.clone(), components, Timestamp::UNIX_EPOCH);
        Self(Editor::new(session, IdSource::new(1)))
    }

    fn does(&mut self, operation: Operation) -> &mut Self {
        self.0.perform(operation, Timestamp::UNIX_EPOCH).unwrap();
        self
    }

    fn scans(&mut self, file: &str, findings: Vec<Finding>) -> &mut Self {
        self.does(Operation::AddScans(vec![scan(file, findings)]))
    }

    fn chooses(&mut self, finding: Finding) -> &mut Self {
        self.does(Operation::ChooseFinding {
            finding: Box::new(finding),
            benchmark: "CIS Docker 1.6.0".into(),
        })
    }

    fn session(&self) -> &Session {
        self.0.session()
    }

    fn outcome(&self) -> Option<Change> {
        let session = self.session();
        outcome(&seen(session, &session.hardenings[0]))
    }
}

fn host(category: Category) -> CellKey {
    CellKey {
        component: Id::new("docker-host").unwrap(),
        category,
    }
}

#[test]
fn the_runs_of_one_report_get_ids_of_their_own_and_are_one_step() {
    let mut team = Team::new();
    let runs = vec![scan("a.log", Vec::new()), scan("b.log", Vec::new())];
    team.does(Operation::AddScans(runs));
    let scans = &team.session().scans;
    assert!(scans.len() == 2 && scans[0].id != scans[1].id);
    team.0.undo();
    assert!(team.session().scans.is_empty());
}

#[test]
fn a_chosen_finding_is_followed_by_its_control_through_other_numbers() {
    for (now, expected) in [
        (Passed, Change::Fixed),
        (Failed, Change::StillFailing),
        (Manual, Change::Undecided),
        (Information, Change::Undecided),
    ] {
        let mut team = Team::new();
        let old = finding("5.10", MEMORY, Failed);
        team.scans("before.log", vec![old.clone()]).chooses(old);
        assert_eq!(team.outcome(), None, "one run says nothing of a change");
        team.scans("after.log", vec![finding("5.11", MEMORY, now)]);
        assert_eq!(team.outcome(), Some(expected));
    }
}

#[test]
fn absent_is_not_fixed() {
    let mut team = Team::new();
    let old = finding("5.10", MEMORY, Failed);
    team.scans("before.log", vec![old.clone()]).chooses(old);
    team.scans("after.log", vec![finding("5.2", "ct-selinux", Passed)]);
    assert_eq!(team.outcome(), Some(Change::NotChecked));
    let standing = Standing::of(team.session());
    assert!(standing.fixed(&Id::new(MEMORY).unwrap()).is_none());
}

#[test]
fn a_control_that_was_mended_stays_so_in_later_runs_until_it_fails_again() {
    let memory = Id::new(MEMORY).unwrap();
    let mut team = Team::new();
    for (file, status) in [("1", Failed), ("2", Passed), ("3", Passed)] {
        team.scans(file, vec![finding("5.10", MEMORY, status)]);
    }
    let fixed = Standing::of(team.session()).fixed(&memory).unwrap();
    assert_eq!((fixed.failed.scan, fixed.passes.scan), (0, 2));
    team.scans("4", vec![finding("5.10", MEMORY, Failed)]);
    let standing = Standing::of(team.session());
    assert!(standing.fixed(&memory).is_none() && standing.failing(&memory).is_some());
}

#[test]
fn evidence_bears_on_the_cells_of_its_control_and_answers_none() {
    let mut team = Team::new();
    let twice = vec![
        finding("5.10", MEMORY, Failed),
        finding("5.10", MEMORY, Failed),
    ];
    team.scans("before.log", twice);
    let standing = Standing::of(team.session());
    let at = |category| on_cell(team.session(), &CATALOG, &standing, &host(category)).len();
    assert_eq!(at(Category::DenialOfService), 1, "a control is named once");
    assert_eq!(at(Category::Repudiation), 0);
    assert!(team.session().cells.is_empty() && team.session().threats.is_empty());
}

#[test]
fn threats_that_share_the_control_come_before_those_that_share_the_cell() {
    let mut team = Team::new();
    for title in ["By cell", "By control"] {
        team.does(Operation::AddThreat {
            cell: host(Category::DenialOfService),
            title: title.into(),
        });
    }
    team.does(Operation::AddThreat {
        cell: host(Category::Spoofing),
        title: "Neither".into(),
    });
    let controlled = team.session().threats[1].id.clone();
    team.does(Operation::AddMitigation {
        threat: controlled,
        what: "Set limits".into(),
        verify: "".into(),
        controls: vec![Id::new(MEMORY).unwrap()],
    });
    let control = CATALOG.control(MEMORY).unwrap();
    let found: Vec<(&str, Why)> = threats_for(team.session(), control)
        .into_iter()
        .map(|(id, why)| (team.session().threat(&id).unwrap().title.raw(), why))
        .collect();
    assert_eq!(
        found,
        [("By control", Why::Control), ("By cell", Why::Cell)]
    );
}

#[test]
fn every_control_of_the_catalog_leads_to_a_cell() {
    let session = Team::new();
    for control in &CATALOG.controls {
        let cells = cells_of(session.session(), control);
        let bears = !control.components.is_empty() && !control.categories.is_empty();
        assert_eq!(bears, !cells.is_empty(), "{}", control.id);
    }
}

#[test]
fn a_mitigation_is_offered_as_verified_only_where_none_of_its_controls_fails() {
    let mut team = Team::new();
    team.does(Operation::AddThreat {
        cell: host(Category::DenialOfService),
        title: "Starved".into(),
    });
    let threat = team.session().threats[0].id.clone();
    team.does(Operation::AddMitigation {
        threat,
        what: "Set limits".into(),
        verify: "".into(),
        controls: vec![Id::new(MEMORY).unwrap(), Id::new("ct-pids-limit").unwrap()],
    });
    let both = |memory, pids| {
        vec![
            finding("5.10", MEMORY, memory),
            finding("5.28", "ct-pids-limit", pids),
        ]
    };
    let count = |team: &Team| offers(team.session(), &Standing::of(team.session())).len();
    team.scans("before.log", both(Failed, Failed));
    assert_eq!(count(&team), 0);
    team.scans("middle.log", both(Passed, Failed));
    assert_eq!(count(&team), 0, "one of two still fails");
    team.scans("after.log", both(Passed, Passed));
    let found = offers(team.session(), &Standing::of(team.session()));
    assert_eq!(found.len(), 1);
    assert!(found[0].evidence.raw().contains("it failed in before.log"));
    assert!(found[0].evidence.raw().contains("it failed in middle.log"));
    team.does(Operation::VerifyMitigation {
        mitigation: found[0].mitigation.clone(),
        evidence: found[0].evidence.clone(),
    });
    assert_eq!(count(&team), 0, "what is verified is not offered again");
    assert_eq!(
        team.session().mitigations[0].status,
        MitigationStatus::Verified
    );
    team.scans("later.log", both(Failed, Passed));
    let said = contradictions(team.session(), &CATALOG, &Standing::of(team.session()));
    let id = team.session().mitigations[0].id.clone();
    assert_eq!(said.len(), 1);
    assert_eq!(said[0].answer, Answer::Mitigation(id));
    assert!(
        said[0].message.contains("fails in later.log"),
        "{}",
        said[0].message
    );
}

#[test]
fn nothing_applies_is_contradicted_by_a_failed_check_of_the_cell() {
    let mut team = Team::new();
    let cell = host(Category::DenialOfService);
    team.does(Operation::SetNothingApplies {
        cell: cell.clone(),
        applies: true,
    });
    team.does(Operation::EditText {
        field: TextField::NothingAppliesReason(cell.clone()),
        at: 0,
        remove: 0,
        insert: "We have one container.".to_owned(),
        typing: false,
    });
    let said =
        |team: &Team| contradictions(team.session(), &CATALOG, &Standing::of(team.session()));
    team.scans("a.log", vec![finding("5.10", MEMORY, Manual)]);
    assert!(said(&team).is_empty(), "a note is no failure");
    team.scans("b.log", vec![finding("5.10", MEMORY, Failed)]);
    assert_eq!(said(&team)[0].answer, Answer::NothingApplies(cell));
    team.scans("c.log", vec![finding("5.10", MEMORY, Passed)]);
    assert!(said(&team).is_empty(), "the latest run counts");
}

#[test]
fn a_confirmation_by_hand_is_contradicted_where_the_tool_says_fail() {
    let mut team = Team::new();
    let old = finding("5.10", MEMORY, Manual);
    team.scans("a.log", vec![old.clone()]).chooses(old);
    let hardening = team.session().hardenings[0].id.clone();
    team.does(Operation::SetHardeningConfirmed {
        hardening: hardening.clone(),
        confirmed: true,
    });
    let said =
        |team: &Team| contradictions(team.session(), &CATALOG, &Standing::of(team.session()));
    assert!(said(&team).is_empty());
    team.scans("b.log", vec![finding("5.10", MEMORY, Failed)]);
    assert_eq!(said(&team)[0].answer, Answer::Confirmed(hardening));
}

#[test]
fn a_finding_that_becomes_a_threat_is_linked_where_it_was_chosen() {
    let mut team = Team::new();
    let old = finding("5.10", MEMORY, Failed);
    team.scans("a.log", vec![old.clone()]).chooses(old.clone());
    team.does(Operation::AddThreatFromFinding {
        cell: host(Category::DenialOfService),
        finding: Box::new(old),
        what_goes_wrong: "".into(),
    });
    let threat = team.session().threats[0].id.clone();
    assert_eq!(
        team.session().hardenings[0].threats,
        std::slice::from_ref(&threat)
    );
    team.does(Operation::RemoveThreat(threat));
    assert!(team.session().hardenings[0].threats.is_empty());
    team.0.undo();
    team.0.undo();
    assert!(team.session().hardenings[0].threats.is_empty() && team.session().threats.is_empty());
}
