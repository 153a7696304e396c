//! Findings that were chosen: whether a scan found them, whether number and title are of one
//! finding, and what their remediation tells people to type.

use std::cell::OnceCell;

use super::{Looked, short, text};
use crate::catalog::Catalog;
use crate::catalog::types::Control;
use crate::review::Jump;
use crate::review::quality::{Check, Quality};
use crate::review::words::Words;
use crate::session::types::{Finding, Hardening, Session};

const NOT_IN_A_SCAN: Check = Check::warning(
    "finding-not-in-a-scan",
    "A finding that no imported report shows cannot be seen to go away.",
);
const DISAGREE: Check = Check::warning(
    "finding-number-and-title-disagree",
    "Numbers change between versions: a reader with another version looks at the wrong check.",
);

/// Words in common, in percent, from which two titles are of one check.
const ONE_CHECK: usize = 75;

/// The same without a scan, where nothing says which benchmark it is.
const SAME_TITLE: usize = 90;

pub(super) fn check(looked: &Looked<'_>, found: &mut Vec<Quality>) {
    let session = looked.session;
    let titles = OnceCell::new();
    let controls = OnceCell::new();
    for hardening in &session.hardenings {
        let jump = Jump::Hardening(hardening.id.clone());
        let named = !hardening.number.trim().is_empty() && !hardening.title.trim().is_empty();
        let problem = if !named {
            None
        } else if session.scans.iter().any(|scan| !scan.findings.is_empty()) {
            in_scans(session, hardening, &titles)
        } else {
            in_catalog(looked.catalog, hardening, &controls).map(|message| (&DISAGREE, message))
        };
        if let Some((check, message)) = problem {
            found.push(check.found(message, jump.clone()));
        }
        let number = hardening.number.trim().or("a finding").shown();
        let place = format!("The remediation of {number}");
        let remarks = text::check(hardening.remediation.raw());
        found.extend(remarks.iter().map(|one| one.at(&place, &jump)));
    }
}

/// Titles by their words, and whose they are. Made when they are first needed.
type Titles<'a, T> = OnceCell<Vec<(Words, &'a T)>>;

fn in_scans<'a>(
    session: &'a Session,
    hardening: &Hardening,
    titles: &Titles<'a, Finding>,
) -> Option<(&'static Check, String)> {
    let (number, title) = (hardening.number.trim(), hardening.title.trim());
    let findings = || session.scans.iter().flat_map(|scan| &scan.findings);
    let exact = |one: &Finding| one.number.trim() == number && one.title.trim() == title;
    if findings().any(exact) {
        return None;
    }
    let words = Words::of(title.raw());
    let alike: Vec<&Finding> = titles
        .get_or_init(|| {
            let titles = findings().map(|one| (Words::of(one.title.raw()), one));
            titles.collect()
        })
        .iter()
        .filter(|(other, _)| words.likeness(other) >= ONE_CHECK)
        .map(|(_, finding)| *finding)
        .collect();
    if alike.iter().any(|one| one.number.trim() == number) {
        return None;
    }
    // Another benchmark has other checks under the same numbers.
    let mut of_benchmark = session
        .scans
        .iter()
        .filter(|scan| hardening.benchmark.is_empty() || scan.benchmark == hardening.benchmark);
    let numbered =
        of_benchmark.find_map(|scan| scan.findings.iter().find(|one| one.number.trim() == number));
    let printed = number.shown();
    Some(match (alike.first(), numbered) {
        (Some(one), _) => (
            &DISAGREE,
            format!(
                "Finding {printed} has the title '{}', which the scan prints under {}",
                short(title),
                one.number.shown()
            ),
        ),
        (None, Some(one)) => (
            &DISAGREE,
            format!(
                "Finding {printed} has the title '{}', but the scan calls {printed} '{}'",
                short(title),
                short(&one.title)
            ),
        ),
        (None, None) => (
            &NOT_IN_A_SCAN,
            format!(
                "Finding {printed} '{}' is in no imported scan",
                short(title)
            ),
        ),
    })
}

/// Without a scan, the catalog knows which numbers a title had in the versions of a benchmark.
fn in_catalog<'a>(
    catalog: &'a Catalog,
    hardening: &Hardening,
    titles: &Titles<'a, Control>,
) -> Option<String> {
    let number = hardening.number.trim();
    let words = Words::of(hardening.title.raw());
    let titles = titles.get_or_init(|| {
        let of = |one: &'a Control| {
            let titles = one.printed_titles.iter().chain([&one.title]);
            titles.map(move |title| (Words::of(title), one))
        };
        catalog.controls.iter().flat_map(of).collect()
    });
    let alike = titles
        .iter()
        .filter(|(other, _)| words.likeness(other) >= SAME_TITLE);
    let mut numbers: Vec<&str> = alike
        .flat_map(|(_, control)| &control.numbers)
        .flat_map(|(_, numbers)| numbers.split(' '))
        .collect();
    if numbers.is_empty() || numbers.contains(&number.raw()) {
        return None;
    }
    numbers.sort_unstable();
    numbers.dedup();
    Some(format!(
        "Finding {} has the title '{}', which the benchmarks number {}",
        number.shown(),
        short(&hardening.title),
        numbers.join(" or ")
    ))
}
