//! What stands out in a session: answers that a reviewer would ask about. Each check has a name
//! that stays the same, says why it matters, and leads to the place.

use std::collections::{HashMap, HashSet};

use super::Jump;
use crate::catalog::Catalog;
use crate::catalog::types::Id;
use crate::session::id::ThreatId;
use crate::session::place::CellKey;
use crate::session::types::{Mitigation, MitigationStatus, Response, Session, Threat};
use crate::session::words::Risk;

/// How much it matters.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Severity {
    /// Should be mended.
    Warning,
    /// Worth a thought.
    Note,
}

impl Severity {
    /// In words.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Warning => "warning",
            Self::Note => "note",
        }
    }
}

/// Something that stands out.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Quality {
    /// The check's name, such as `threat-without-response`.
    pub check: &'static str,
    /// How much it matters.
    pub severity: Severity,
    /// What stands out.
    pub message: String,
    /// Why it matters.
    pub why: &'static str,
    /// Where it can be put right.
    pub jump: Jump,
}

/// Everything that stands out, in the order of the session.
pub fn check(session: &Session, catalog: &Catalog) -> Vec<Quality> {
    let mut found = Vec::new();
    let mitigated: HashSet<&ThreatId> = session
        .mitigations
        .iter()
        .filter(|one| !one.what.trim().is_empty())
        .flat_map(|one| &one.threats)
        .collect();
    let mut titles: HashMap<(&str, crate::stride::Category, String), usize> = HashMap::new();
    let in_scope: HashSet<&str> = session.components.iter().map(Id::as_str).collect();
    for threat in &session.threats {
        if !in_scope.contains(threat.component.as_str()) {
            continue;
        }
        check_threat(threat, mitigated.contains(&threat.id), &mut found);
        let key = (
            threat.component.as_str(),
            threat.category,
            threat.title.trim().to_lowercase(),
        );
        let seen = titles.entry(key).or_default();
        *seen += 1;
        if *seen == 2 {
            found.push(Quality {
                check: "same-threat-twice",
                severity: Severity::Warning,
                message: format!("'{}' is recorded twice in its cell", threat.title),
                why: "Two threats with one title are counted twice and mitigated once.",
                jump: Jump::Threat(threat.id.clone()),
            });
        }
    }
    let considered: HashSet<&ThreatId> = session
        .threats
        .iter()
        .filter(|threat| in_scope.contains(threat.component.as_str()))
        .map(|threat| &threat.id)
        .collect();
    for mitigation in &session.mitigations {
        if mitigation.threats.iter().any(|id| considered.contains(id)) {
            check_mitigation(mitigation, &mut found);
        }
    }
    for cell in &session.cells {
        let empty = cell
            .nothing_applies
            .as_ref()
            .is_some_and(|answer| answer.reason.trim().is_empty());
        if empty && in_scope.contains(cell.component.as_str()) {
            let name = catalog
                .component(cell.component.as_str())
                .map_or_else(|| cell.component.to_string(), |one| one.name.clone());
            let key = CellKey {
                component: cell.component.clone(),
                category: cell.category,
            };
            found.push(Quality {
                check: "nothing-applies-without-reason",
                severity: Severity::Warning,
                message: format!(
                    "{name}, {}: nothing applies, but no reason is given",
                    cell.category
                ),
                why: "Without the reason nobody can tell a considered no from a skipped question.",
                jump: Jump::Cell(key),
            });
        }
    }
    found
}

fn check_threat(threat: &Threat, mitigated: bool, found: &mut Vec<Quality>) {
    let mut add = |check, severity, message: String, why| {
        let jump = Jump::Threat(threat.id.clone());
        found.push(Quality {
            check,
            severity,
            message,
            why,
            jump,
        });
    };
    let title = &threat.title;
    if title.trim().is_empty() {
        add(
            "threat-without-title",
            Severity::Warning,
            "A threat has no title".to_owned(),
            "Nobody can talk about what has no name.",
        );
    }
    if threat.what_goes_wrong.trim().is_empty() {
        add(
            "threat-without-story",
            Severity::Note,
            format!("'{title}' does not say what goes wrong"),
            "Who was not in the room needs two sentences to understand it.",
        );
    }
    let decided = match threat.response {
        None | Some(Response::Mitigate) => mitigated,
        Some(Response::Eliminate | Response::Transfer | Response::Accept) => true,
    };
    if !decided {
        add(
            "threat-without-response",
            Severity::Warning,
            format!("'{title}' has no mitigation and no other response"),
            "A threat that nobody answers stays open after the workshop.",
        );
    }
    let risk = threat
        .likelihood
        .zip(threat.impact)
        .map(|(often, bad)| Risk::of(often, bad));
    if threat.response == Some(Response::Accept) && risk >= Some(Risk::High) {
        let reason = threat.response_reason.trim().is_empty();
        if reason || threat.accepted_until.trim().is_empty() {
            let lacks = if reason {
                "without a reason"
            } else {
                "without saying until when"
            };
            add(
                "high-risk-accepted-without-reason",
                Severity::Warning,
                format!("'{title}' is a high risk, accepted {lacks}"),
                "An accepted high risk needs a reason and a date to look at it again.",
            );
        }
    } else if threat.response == Some(Response::Accept) && threat.response_reason.trim().is_empty()
    {
        add(
            "accepted-without-reason",
            Severity::Warning,
            format!("'{title}' is accepted without a reason"),
            "Whoever reads it later must see that the risk was accepted knowingly.",
        );
    }
}

fn check_mitigation(mitigation: &Mitigation, found: &mut Vec<Quality>) {
    let mut add = |check, severity, message: String, why| {
        let jump = Jump::Mitigation(mitigation.id.clone());
        found.push(Quality {
            check,
            severity,
            message,
            why,
            jump,
        });
    };
    let what = mitigation.what.lines().next().unwrap_or_default();
    if mitigation.verify.trim().is_empty() {
        add(
            "mitigation-without-check",
            Severity::Note,
            format!("'{what}' does not say how to check it"),
            "What cannot be checked is hoped for.",
        );
    }
    if mitigation.status == MitigationStatus::Verified && mitigation.evidence.trim().is_empty() {
        add(
            "verified-without-evidence",
            Severity::Warning,
            format!("'{what}' is verified, but what was seen is not noted"),
            "Evidence is what an auditor asks for first.",
        );
    }
}
