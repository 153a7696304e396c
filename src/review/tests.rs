use pretty_assertions::assert_eq;

use super::testing::{Team, cell, id};
use super::*;
use crate::catalog::types::Requirement;
use crate::session::edit::Operation;
use crate::session::id::IdSource;
use crate::session::place::{CellKey, MitigationText, TextField, ThreatText};
use crate::session::types::{Impact, Likelihood, MitigationStatus, Response};
use crate::stride::Category;

#[test]
fn a_new_course_session_misses_everything_and_jumps_to_the_first_cells() {
    let team = Team::with_brief("course");
    let report = team.report();
    assert!(!report.passes());
    assert!(
        report
            .requirements
            .iter()
            .all(|one| !one.met && !one.missing.is_empty())
    );
    assert_eq!(
        report.requirements[0].jump,
        Jump::Cell(CellKey {
            component: id("docker-client"),
            category: Category::Spoofing
        })
    );
    assert_eq!(
        report.requirements.last().map(|one| &one.jump),
        Some(&Jump::Harden)
    );
}

#[test]
fn a_finished_course_session_passes() {
    let mut team = Team::with_brief("course");
    for component in ["docker-host", "etcd"] {
        for number in 0..5 {
            let threat = team.threat(component, Category::Tampering, &format!("T{number}"));
            team.mitigation(&threat);
        }
    }
    for number in ["5.10", "5.14", "2.1"] {
        team.finding(number, true);
    }
    assert_eq!(team.checks(), Vec::<&str>::new());
    assert!(team.report().passes());
}

#[test]
fn missing_threats_are_counted() {
    let mut team = Team::with_brief("course");
    team.threat("docker-client", Category::Spoofing, "One");
    team.threat("docker-client", Category::Spoofing, "Two");
    let result = team.requirement("Docker threats");
    assert_eq!(
        result.missing,
        "2 of 5 so far: 3 Docker threats still missing."
    );
    assert_eq!(
        result.jump,
        Jump::Cell(CellKey {
            component: id("docker-client"),
            category: Category::Tampering
        })
    );
}

#[test]
fn threats_of_one_category_can_be_asked_for() {
    let mut team = Team::with_brief("docker");
    let mut briefs = team.catalog.briefs.iter_mut();
    let brief = briefs.find(|one| one.id == "docker").expect("it ships");
    brief.requirements = vec![Requirement::Threats {
        system: id("docker"),
        category: Some(Category::Repudiation),
        at_least: 1,
    }];
    team.threat("docker-client", Category::Spoofing, "Another category");
    let result = team.requirement("Docker Repudiation threat");
    assert_eq!(
        result.jump,
        Jump::Cell(cell("docker-client", Category::Repudiation))
    );
    assert!(!result.met);
    team.threat("docker-client", Category::Repudiation, "Nobody was it");
    assert!(team.requirement("Docker Repudiation threat").met);
}

#[test]
fn a_threat_out_of_scope_does_not_count() {
    let mut team = Team::with_brief("course");
    team.threat("docker-client", Category::Spoofing, "One");
    let before = team.requirement("Docker threats").missing;
    team.does(Operation::SetInScope {
        component: id("docker-client"),
        in_scope: false,
        walk_order: Vec::new(),
    });
    assert_ne!(team.requirement("Docker threats").missing, before);
    assert_eq!(team.checks(), Vec::<&str>::new());
}

#[test]
fn a_threat_without_mitigation_is_named_and_jumped_to() {
    let mut team = Team::with_brief("course");
    let first = team.threat("docker-client", Category::Spoofing, "One");
    team.mitigation(&first);
    let second = team.threat("docker-client", Category::Spoofing, "Two");
    let result = team.requirement("every Docker threat");
    assert_eq!(result.missing, "Without one: Two.");
    assert_eq!(result.jump, Jump::Threat(second));
}

#[test]
fn an_emptied_mitigation_is_none() {
    let mut team = Team::with_brief("course");
    let threat = team.threat("docker-client", Category::Spoofing, "One");
    let mitigation = team.mitigation(&threat);
    assert!(team.requirement("every Docker threat").met);
    team.writes(TextField::Mitigation(mitigation, MitigationText::What), "");
    assert!(!team.requirement("every Docker threat").met);
}

#[test]
fn missing_categories_are_named_and_jumped_to() {
    let mut team = Team::with_brief("docker");
    for category in Category::ALL {
        if category != Category::Repudiation {
            team.threat("docker-client", category, "T");
        }
    }
    let result = team.requirement("categories");
    assert_eq!(
        result.missing,
        "5 of 6 so far. No threat yet for: Repudiation."
    );
    assert_eq!(
        result.jump,
        Jump::Cell(CellKey {
            component: id("docker-client"),
            category: Category::Repudiation
        })
    );
}

#[test]
fn one_finding_must_be_the_teams_own_choice() {
    let mut team = Team::with_brief("course");
    for number in ["5.10", "5.14", "5.22"] {
        team.finding(number, true);
    }
    let result = team.requirement("chosen and documented");
    assert_eq!(
        result.missing,
        "At least 1 documented finding must be none of 5.10, 5.14, 5.22."
    );
    team.finding("2.14", true);
    assert!(team.requirement("chosen and documented").met);
}

#[test]
fn half_documented_findings_are_named() {
    let mut team = Team::with_brief("course");
    team.finding("5.10", false);
    let missing = team.requirement("chosen and documented").missing;
    assert!(missing.starts_with("0 of 3 so far: 3 documented findings still missing."));
    assert!(missing.ends_with("Finding 5.10 has no issue, no remediation yet."));
}

#[test]
fn the_same_finding_twice_is_one() {
    let mut team = Team::with_brief("course");
    for _ in 0..3 {
        team.finding("2.14", true);
    }
    let missing = team.requirement("chosen and documented").missing;
    assert_eq!(
        missing,
        "1 of 3 so far: 2 documented findings still missing."
    );
}

#[test]
fn an_unknown_brief_is_said_and_nothing_else() {
    let mut session = Team::with_brief("course").session().clone();
    session.brief = id("nobody-knows");
    let report = check(&session, &Catalog::embedded());
    assert_eq!(report.requirements.len(), 1);
    assert!(report.requirements[0].missing.contains("nobody-knows"));
    assert!(!report.passes());
}

#[test]
fn every_cell_and_other_requirements_can_be_met() {
    let mut team = Team::with_brief("docker");
    let brief = team
        .catalog
        .briefs
        .iter_mut()
        .find(|one| one.id == "docker");
    brief.expect("it ships").requirements = vec![
        Requirement::Description,
        Requirement::Attackers { at_least: 1 },
        Requirement::Assumptions { at_least: 1 },
        Requirement::EveryCell,
    ];
    assert!(team.report().requirements.iter().all(|one| !one.met));
    team.writes(TextField::Description, "Three hosts");
    team.does(Operation::ChooseAttacker(id("crypto-miner")));
    team.does(Operation::AddAssumption {
        text: "Patched".into(),
    });
    for component in team.session().components.clone() {
        for category in Category::ALL {
            team.threat(component.as_str(), category, "T");
        }
    }
    assert!(team.report().requirements.iter().all(|one| one.met));
}

#[test]
fn a_threat_needs_a_mitigation_or_another_response() {
    let mut team = Team::with_brief("free");
    let threat = team.threat("etcd", Category::Spoofing, "One");
    for (response, expected) in [
        (Some(Response::Mitigate), vec!["threat-without-response"]),
        (Some(Response::Eliminate), vec![]),
        (Some(Response::Transfer), vec![]),
        (Some(Response::Accept), vec!["accepted-without-reason"]),
        (None, vec!["threat-without-response"]),
    ] {
        team.does(Operation::SetResponse(threat.clone(), response));
        assert_eq!(team.checks(), expected, "{response:?}");
    }
    team.mitigation(&threat);
    assert_eq!(team.checks(), Vec::<&str>::new());
}

#[test]
fn an_accepted_high_risk_needs_a_reason_and_a_date() {
    let mut team = Team::with_brief("free");
    let threat = team.threat("etcd", Category::Spoofing, "One");
    team.does(Operation::SetLikelihood(
        threat.clone(),
        Some(Likelihood::Likely),
    ));
    team.does(Operation::SetImpact(threat.clone(), Some(Impact::Major)));
    team.does(Operation::SetResponse(
        threat.clone(),
        Some(Response::Accept),
    ));
    assert_eq!(team.checks(), ["high-risk-accepted-without-reason"]);
    for part in [ThreatText::ResponseReason, ThreatText::AcceptedUntil] {
        team.writes(TextField::Threat(threat.clone(), part), "March");
    }
    assert_eq!(team.checks(), Vec::<&str>::new());
}

#[test]
fn what_is_missing_in_a_mitigation_stands_out() {
    let mut team = Team::with_brief("free");
    let threat = team.threat("etcd", Category::Spoofing, "One");
    let mitigation = team.mitigation(&threat);
    let verified = MitigationStatus::Verified;
    team.does(Operation::SetMitigationStatus(mitigation.clone(), verified));
    team.writes(
        TextField::Mitigation(mitigation.clone(), MitigationText::Verify),
        "",
    );
    let report = team.report();
    let found: Vec<_> = report
        .quality
        .iter()
        .map(|one| (one.check, &one.jump))
        .collect();
    let jump = Jump::Mitigation(mitigation);
    assert_eq!(
        found,
        [
            ("mitigation-without-check", &jump),
            ("verified-without-evidence", &jump)
        ]
    );
}

#[test]
fn empty_answers_stand_out() {
    let mut team = Team::with_brief("free");
    let first = team.threat("etcd", Category::Spoofing, "Same");
    let second = team.threat("etcd", Category::Spoofing, "same ");
    for threat in [&first, &second] {
        team.mitigation(threat);
    }
    team.writes(TextField::Threat(first, ThreatText::WhatGoesWrong), "");
    let cell = CellKey {
        component: id("kubelet"),
        category: Category::Tampering,
    };
    team.does(Operation::SetNothingApplies {
        cell,
        applies: true,
    });
    assert_eq!(
        team.checks(),
        [
            "threat-without-story",
            "same-threat-twice",
            "nothing-applies-without-reason"
        ]
    );
}

#[test]
fn ten_thousand_threats_are_reviewed_in_one_pass() {
    let mut team = Team::with_brief("course");
    let threat = team.threat("etcd", Category::Spoofing, "One");
    team.mitigation(&threat);
    let mut session = team.session().clone();
    let mut ids = IdSource::new(7);
    for number in 0..10_000 {
        let mut threat = session.threats[0].clone();
        threat.id = ThreatId::fresh(&mut ids, |_| false);
        threat.title = format!("Threat {number}").into();
        let mut mitigation = session.mitigations[0].clone();
        mitigation.threats = vec![threat.id.clone()];
        session.threats.push(threat);
        session.mitigations.push(mitigation);
    }
    let report = check(&session, &team.catalog);
    assert!(report.quality.is_empty());
}
