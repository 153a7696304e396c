//! Before and after: what two runs say about the same controls.
//!
//! A control that is absent from the second run is not fixed, it was not checked. What changed
//! between the tools themselves is said, since it can look like a change of the machine.

use std::collections::BTreeMap;

use crate::catalog::types::Id;
use crate::encode::{Foreign, ForeignText, foreign};
use crate::session::types::{Finding, FindingStatus, Scan};

/// One run, as the comparison needs it.
#[derive(Clone, Copy, Debug)]
pub struct Side<'a> {
    /// Such as `docker-bench-security`.
    pub tool: Foreign<'a>,
    /// The tool's version, empty where unknown.
    pub tool_version: Foreign<'a>,
    /// The benchmark, empty where unknown.
    pub benchmark: Foreign<'a>,
    /// What it found.
    pub findings: &'a [Finding],
}

impl<'a> From<&'a Scan> for Side<'a> {
    fn from(scan: &'a Scan) -> Self {
        Self {
            tool: scan.tool.as_foreign(),
            tool_version: scan.tool_version.as_foreign(),
            benchmark: scan.benchmark.as_foreign(),
            findings: &scan.findings,
        }
    }
}

/// What is compared: a control, or a check that the catalog does not know, by its own number.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Subject {
    /// A control of the catalog.
    Control(Id),
    /// A check under its number and title; comparable only within one benchmark.
    Check {
        /// The number as printed.
        number: ForeignText,
        /// The title as printed.
        title: ForeignText,
    },
}

impl Subject {
    /// The control's key, or the number as printed.
    pub fn words(&self) -> ForeignText {
        match self {
            Self::Control(id) => id.as_str().into(),
            Self::Check { number, .. } => number.clone(),
        }
    }
}

/// A control that fails in both runs.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct StillFailing {
    /// Which.
    pub subject: Subject,
    /// How many containers, files or users were named before.
    pub items_before: usize,
    /// How many are named after: fewer is progress.
    pub items_after: usize,
}

/// A control whose number changed between the runs.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Renumbered {
    /// Which.
    pub subject: Subject,
    /// The number before.
    pub before: ForeignText,
    /// The number after.
    pub after: ForeignText,
}

/// What became of the failed controls. Lists are in the order of their subjects.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Comparison {
    /// Failed before, passes now.
    pub fixed: Vec<Subject>,
    /// Failed before, fails now.
    pub still_failing: Vec<StillFailing>,
    /// Was checked before and did not fail, fails now.
    pub new: Vec<Subject>,
    /// Fails now, and was not checked before.
    pub newly_checked: Vec<Subject>,
    /// Failed before; now the tool says neither that it passes nor that it fails.
    pub undecided: Vec<Subject>,
    /// Failed before, and was not checked again. This is not fixed.
    pub not_checked: Vec<Subject>,
    /// The same controls under other numbers.
    pub renumbered: Vec<Renumbered>,
    /// Checked in both runs.
    pub in_both: usize,
    /// Why the comparison may mislead.
    pub cautions: Vec<Caution>,
}

/// Why a comparison may mislead.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Caution {
    /// Two different tools.
    OtherTool {
        /// The tool before.
        before: ForeignText,
        /// The tool after.
        after: ForeignText,
    },
    /// Two versions of one tool.
    OtherVersion {
        /// The version before.
        before: ForeignText,
        /// The version after.
        after: ForeignText,
    },
    /// Two versions of the benchmark.
    OtherBenchmark {
        /// The benchmark before.
        before: ForeignText,
        /// The benchmark after.
        after: ForeignText,
    },
    /// Failed checks without a control, which two benchmarks cannot share.
    NotComparable(usize),
}

impl Caution {
    /// It in a sentence or two.
    pub fn words(&self) -> ForeignText {
        match self {
            Self::OtherTool { before, after } => foreign!(
                "The runs are of two tools, {} and {}, which do not check alike.",
                before,
                after
            ),
            Self::OtherVersion { before, after } => foreign!(
                "The tool changed from version {} to {}. Some differences may be the tool's.",
                before,
                after
            ),
            Self::OtherBenchmark { before, after } => foreign!(
                "The benchmark changed from {} to {}. Numbers moved; controls are compared by their \
                 titles.",
                before,
                after
            ),
            Self::NotComparable(count) => foreign!(
                "Failed checks without a known control were left out, since the benchmarks differ: \
                 {}.",
                count
            ),
        }
    }
}

/// What the lines of one control in one run say together.
struct Verdict<'a> {
    status: FindingStatus,
    number: Foreign<'a>,
    items: usize,
}

/// Compares two runs of the same machine.
pub fn compare(before: Side<'_>, after: Side<'_>) -> Comparison {
    let mut comparison = Comparison {
        cautions: cautions(before, after),
        ..Comparison::default()
    };
    let same_benchmark = before.tool == after.tool && before.benchmark == after.benchmark;
    let mut left_out = 0;
    let old = verdicts(before, same_benchmark, &mut left_out);
    let new = verdicts(after, same_benchmark, &mut left_out);
    if left_out > 0 {
        comparison.cautions.push(Caution::NotComparable(left_out));
    }
    for (subject, verdict) in &old {
        let Some(now) = new.get(subject) else {
            if verdict.status == FindingStatus::Failed {
                comparison.not_checked.push(subject.clone());
            }
            continue;
        };
        comparison.in_both += 1;
        if verdict.number != now.number {
            comparison.renumbered.push(Renumbered {
                subject: subject.clone(),
                before: verdict.number.to_text(),
                after: now.number.to_text(),
            });
        }
        match (verdict.status, now.status) {
            (FindingStatus::Failed, FindingStatus::Failed) => {
                comparison.still_failing.push(StillFailing {
                    subject: subject.clone(),
                    items_before: verdict.items,
                    items_after: now.items,
                });
            }
            (FindingStatus::Failed, FindingStatus::Passed) => {
                comparison.fixed.push(subject.clone());
            }
            (FindingStatus::Failed, _) => comparison.undecided.push(subject.clone()),
            (_, FindingStatus::Failed) => comparison.new.push(subject.clone()),
            _ => {}
        }
    }
    comparison.newly_checked = new
        .iter()
        .filter(|(subject, now)| now.status == FindingStatus::Failed && !old.contains_key(*subject))
        .map(|(subject, _)| subject.clone())
        .collect();
    comparison
}

/// The verdict on each control: the worst of its lines, since aquasecurity's tool prints two.
fn verdicts<'a>(
    side: Side<'a>,
    same_benchmark: bool,
    left_out: &mut usize,
) -> BTreeMap<Subject, Verdict<'a>> {
    let mut verdicts: BTreeMap<Subject, Verdict<'a>> = BTreeMap::new();
    for finding in side.findings {
        if was_not_checked(finding) {
            continue;
        }
        let subject = match &finding.control {
            Some(control) => Subject::Control(control.clone()),
            None if same_benchmark => Subject::Check {
                number: finding.number.clone(),
                title: finding.title.clone(),
            },
            None => {
                *left_out += usize::from(finding.status == FindingStatus::Failed);
                continue;
            }
        };
        let line = Verdict {
            status: finding.status,
            number: finding.number.as_foreign(),
            items: finding.details.len(),
        };
        let verdict = verdicts.entry(subject).or_insert(Verdict {
            status: FindingStatus::Passed,
            number: finding.number.as_foreign(),
            items: 0,
        });
        if severity(line.status) > severity(verdict.status) {
            verdict.status = line.status;
            verdict.number = line.number;
        }
        if line.status == FindingStatus::Failed {
            verdict.items += line.items;
        }
    }
    verdicts
}

/// Checks of images print an INFO where no container runs.
pub(super) fn was_not_checked(finding: &Finding) -> bool {
    finding.status == FindingStatus::Information
        && finding
            .details
            .iter()
            .any(|detail| detail.raw().starts_with("No containers running"))
}

pub(super) const fn severity(status: FindingStatus) -> u8 {
    match status {
        FindingStatus::Passed => 0,
        FindingStatus::Information => 1,
        FindingStatus::Manual => 2,
        FindingStatus::Failed => 3,
    }
}

fn cautions(before: Side<'_>, after: Side<'_>) -> Vec<Caution> {
    let pair = |one: Foreign<'_>, other: Foreign<'_>| (one.to_text(), other.to_text());
    let mut cautions = Vec::new();
    if before.tool != after.tool {
        let (before, after) = pair(before.tool, after.tool);
        cautions.push(Caution::OtherTool { before, after });
    } else if before.tool_version != after.tool_version {
        let (before, after) = pair(before.tool_version, after.tool_version);
        cautions.push(Caution::OtherVersion { before, after });
    }
    if before.benchmark != after.benchmark {
        let (before, after) = pair(before.benchmark, after.benchmark);
        cautions.push(Caution::OtherBenchmark { before, after });
    }
    cautions
}

#[cfg(test)]
mod tests {
    use super::*;
    use pretty_assertions::assert_eq;

    fn finding(number: &str, control: &str, status: FindingStatus, details: &[&str]) -> Finding {
        Finding {
            number: number.into(),
            title: format!("Ensure {number}").into(),
            printed_status: "".into(),
            status,
            control: Id::new(control).ok(),
            details: details.iter().map(|one| (*one).into()).collect(),
            remediation: "".into(),
        }
    }

    fn side<'a>(tool: &'a str, findings: &'a [Finding]) -> Side<'a> {
        Side {
            tool: tool.into(),
            tool_version: "1".into(),
            benchmark: "b".into(),
            findings,
        }
    }

    fn names(subjects: &[Subject]) -> Vec<ForeignText> {
        subjects.iter().map(Subject::words).collect()
    }

    use FindingStatus::{Failed, Information, Manual, Passed};

    #[test]
    fn absent_is_not_fixed() {
        let before = [
            finding("5.10", "memory", Failed, &["web"]),
            finding("5.11", "cpu", Failed, &["web"]),
            finding("4.1", "user", Failed, &["web"]),
        ];
        let after = [
            finding("5.11", "cpu", Passed, &[]),
            finding("4.1", "user", Information, &["No containers running"]),
        ];
        let comparison = compare(side("t", &before), side("t", &after));
        assert_eq!(names(&comparison.fixed), ["cpu"]);
        assert_eq!(names(&comparison.not_checked), ["memory", "user"]);
    }

    #[test]
    fn a_control_fails_while_one_of_its_lines_fails() {
        let before = [
            finding("2.2.a", "level", Failed, &[]),
            finding("2.2.b", "level", Failed, &[]),
        ];
        let after = [
            finding("2.2.a", "level", Passed, &[]),
            finding("2.2.b", "level", Failed, &[]),
        ];
        let comparison = compare(side("t", &before), side("t", &after));
        assert_eq!(comparison.still_failing.len(), 1);
        assert!(comparison.fixed.is_empty());
    }

    #[test]
    fn fewer_containers_are_progress() {
        let before = [finding("5.10", "memory", Failed, &["a", "b", "c"])];
        let after = [finding("5.11", "memory", Failed, &["c"])];
        let comparison = compare(side("t", &before), side("t", &after));
        let still = &comparison.still_failing[0];
        assert_eq!((still.items_before, still.items_after), (3, 1));
        assert_eq!(comparison.renumbered[0].after, "5.11");
    }

    #[test]
    fn undecided_and_newly_checked_have_lists_of_their_own() {
        let before = [
            finding("1", "a", Failed, &[]),
            finding("2", "b", Passed, &[]),
        ];
        let after = [
            finding("1", "a", Manual, &[]),
            finding("2", "b", Failed, &[]),
            finding("3", "c", Failed, &[]),
        ];
        let comparison = compare(side("t", &before), side("t", &after));
        assert_eq!(names(&comparison.undecided), ["a"]);
        assert_eq!(names(&comparison.new), ["b"]);
        assert_eq!(names(&comparison.newly_checked), ["c"]);
    }

    #[test]
    fn checks_without_control_compare_within_one_benchmark_only() {
        let before = [finding("9.9", "?", Failed, &[])];
        let after = [finding("9.9", "?", Passed, &[])];
        let same = compare(side("t", &before), side("t", &after));
        assert_eq!(names(&same.fixed), ["9.9"]);
        let other = compare(side("t", &before), side("u", &after));
        assert!(other.fixed.is_empty());
        assert!(other.cautions.contains(&Caution::NotComparable(1)));
    }
}
