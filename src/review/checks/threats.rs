//! Threats that nobody answers, that nobody could explain, and risks accepted in passing.

use std::collections::HashSet;

use super::{Looked, short};
use crate::review::Jump;
use crate::review::quality::{Check, Quality};
use crate::session::id::ThreatId;
use crate::session::types::{Response, Threat};
use crate::session::words::Risk;

const NO_TITLE: Check = Check::warning(
    "threat-without-title",
    "Nobody can talk about what has no name.",
);
const NO_STORY: Check = Check::note(
    "threat-without-story",
    "Who was not in the room needs two sentences to understand it.",
);
const NO_RESPONSE: Check = Check::warning(
    "threat-without-response",
    "A threat that nobody answers stays open after the workshop.",
);
const HIGH_RISK_ACCEPTED: Check = Check::warning(
    "high-risk-accepted-without-reason",
    "An accepted high risk needs a reason and a date to look at it again.",
);
const ACCEPTED: Check = Check::warning(
    "accepted-without-reason",
    "Whoever reads it later must see that the risk was accepted knowingly.",
);

pub(super) fn check(looked: &Looked<'_>, found: &mut Vec<Quality>) {
    let mitigated: HashSet<&ThreatId> = looked
        .session
        .mitigations
        .iter()
        .filter(|one| !one.what.trim().is_empty())
        .flat_map(|one| &one.threats)
        .collect();
    for threat in looked.threats() {
        check_one(threat, mitigated.contains(&threat.id), found);
    }
}

fn check_one(threat: &Threat, mitigated: bool, found: &mut Vec<Quality>) {
    let mut add = |check: &Check, message: String| {
        found.push(check.found(message, Jump::Threat(threat.id.clone())));
    };
    let title = || short(&threat.title);
    if threat.title.trim().is_empty() {
        add(&NO_TITLE, "A threat has no title".to_owned());
    }
    if threat.what_goes_wrong.trim().is_empty() {
        add(
            &NO_STORY,
            format!("'{}' does not say what goes wrong", title()),
        );
    }
    let decided = match threat.response {
        None | Some(Response::Mitigate) => mitigated,
        Some(Response::Eliminate | Response::Transfer | Response::Accept) => true,
    };
    if !decided {
        add(
            &NO_RESPONSE,
            format!("'{}' has no mitigation and no other response", title()),
        );
    }
    if threat.response != Some(Response::Accept) {
        return;
    }
    let no_reason = threat.response_reason.trim().is_empty();
    let risk = threat
        .likelihood
        .zip(threat.impact)
        .map(|(often, bad)| Risk::of(often, bad));
    if risk < Some(Risk::High) {
        if no_reason {
            add(
                &ACCEPTED,
                format!("'{}' is accepted without a reason", title()),
            );
        }
    } else if no_reason || threat.accepted_until.trim().is_empty() {
        let lacks = if no_reason {
            "without a reason"
        } else {
            "without saying until when"
        };
        add(
            &HIGH_RISK_ACCEPTED,
            format!("'{}' is a high risk, accepted {lacks}", title()),
        );
    }
}
