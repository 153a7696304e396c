//! Findings counted and named in words, for screens, the command line and write-ups alike.

use crate::session::types::{Finding, FindingStatus};

/// How many findings have each verdict, as far as there are any; the numbers add up to all.
pub fn counts(findings: &[Finding]) -> Vec<String> {
    [
        FindingStatus::Failed,
        FindingStatus::Passed,
        FindingStatus::Manual,
        FindingStatus::Information,
    ]
    .into_iter()
    .filter_map(|status| {
        let count = findings.iter().filter(|one| one.status == status).count();
        (count > 0).then(|| format!("{count} {}", verdict(status)))
    })
    .collect()
}

/// A verdict in a few words.
pub const fn verdict(status: FindingStatus) -> &'static str {
    match status {
        FindingStatus::Failed => "failed",
        FindingStatus::Passed => "passed",
        FindingStatus::Manual => "to look at by hand",
        FindingStatus::Information => "for information",
    }
}

/// A number with its noun.
pub fn count(number: usize, noun: &str) -> String {
    let plural = if number == 1 { "" } else { "s" };
    format!("{number} {noun}{plural}")
}
