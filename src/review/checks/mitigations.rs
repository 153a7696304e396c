//! Mitigations that cannot be checked, that were checked without a trace, and what they tell people
//! to type.

use super::{Looked, short, text};
use crate::review::Jump;
use crate::review::quality::{Check, Quality};
use crate::session::types::MitigationStatus;

const NO_CHECK: Check = Check::note(
    "mitigation-without-check",
    "What cannot be checked is hoped for.",
);
const NO_EVIDENCE: Check = Check::warning(
    "verified-without-evidence",
    "Evidence is what an auditor asks for first.",
);

pub(super) fn check(looked: &Looked<'_>, found: &mut Vec<Quality>) {
    let is_considered = |id| looked.considered.contains(id);
    for mitigation in &looked.session.mitigations {
        if !mitigation.threats.iter().any(is_considered) {
            continue;
        }
        let jump = Jump::Mitigation(mitigation.id.clone());
        let what = || short(&mitigation.what);
        if mitigation.verify.trim().is_empty() {
            let message = format!("'{}' does not say how to check it", what());
            found.push(NO_CHECK.found(message, jump.clone()));
        }
        if mitigation.status == MitigationStatus::Verified && mitigation.evidence.trim().is_empty()
        {
            let message = format!("'{}' is verified, but what was seen is not noted", what());
            found.push(NO_EVIDENCE.found(message, jump.clone()));
        }
        let mut remarks = text::check(mitigation.what.raw());
        for remark in text::check(mitigation.verify.raw()) {
            if !remarks.contains(&remark) {
                remarks.push(remark);
            }
        }
        if !remarks.is_empty() {
            let place = format!("'{}'", what());
            found.extend(remarks.iter().map(|one| one.at(&place, &jump)));
        }
    }
}
