//! Where a session stands by its scans: the latest run of each tool, what changed since the run
//! before, which controls fail now, and which were mended.
//!
//! Not for what follows from it for threats and answers: that is [`super::evidence`].

use std::collections::HashMap;

use super::compare::{Comparison, Side, Subject, compare, severity, was_not_checked};
use super::{Report, Run};
use crate::catalog::types::Id;
use crate::session::types::{Finding, FindingStatus, Hardening, Scan, Session};

/// A finding by its position: the scan in the session, the finding in the scan.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Place {
    /// The scan's position.
    pub scan: usize,
    /// The finding's position in it.
    pub finding: usize,
}

impl Place {
    /// The scan and the finding, where they are there.
    pub fn of(self, session: &Session) -> Option<(&Scan, &Finding)> {
        let scan = session.scans.get(self.scan)?;
        Some((scan, scan.findings.get(self.finding)?))
    }
}

/// The latest run of one tool.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Latest {
    /// Its position among the scans.
    pub scan: usize,
    /// The run of the same tool before it, and what changed since.
    pub before: Option<(usize, Comparison)>,
    /// What became of each of its findings, in their order; empty without a run before.
    pub changes: Vec<Option<Change>>,
}

impl Latest {
    /// What became of a finding since the run before.
    pub fn change(&self, finding: usize) -> Option<Change> {
        self.changes.get(finding).copied().flatten()
    }
}

/// The latest run of a tool, the run before it, and what changed between the two.
#[derive(Clone, Copy, Debug)]
pub struct BeforeAndAfter<'a> {
    /// The run before.
    pub before: &'a Scan,
    /// The latest run.
    pub after: &'a Scan,
    /// What changed.
    pub comparison: &'a Comparison,
}

/// A control that failed once and passes now.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Fixed {
    /// Where it failed last.
    pub failed: Place,
    /// Where it passes.
    pub passes: Place,
}

/// Where a session stands by its scans.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Standing {
    /// The latest run of each tool, in the order of the session.
    pub latest: Vec<Latest>,
    failing: HashMap<Id, Place>,
    fixed: HashMap<Id, Fixed>,
}

impl Standing {
    /// Looks at all scans of a session.
    pub fn of(session: &Session) -> Self {
        let scans = &session.scans;
        let mut standing = Self::default();
        let mut passing: Vec<(Id, Place)> = Vec::new();
        for (at, scan) in scans.iter().enumerate() {
            if scans[at + 1..].iter().any(|later| later.tool == scan.tool) {
                continue;
            }
            let before = scans[..at].iter().rposition(|one| one.tool == scan.tool);
            let before = before.map(|before| {
                let comparison = compare(Side::from(&scans[before]), Side::from(scan));
                (before, comparison)
            });
            let changes = before
                .as_ref()
                .map_or_else(Vec::new, |(_, comparison)| changes(comparison, scan));
            standing.latest.push(Latest {
                scan: at,
                before,
                changes,
            });
            for (control, finding) in verdicts(scan) {
                let place = Place { scan: at, finding };
                match scan.findings[finding].status {
                    FindingStatus::Failed => {
                        standing.failing.entry(control.clone()).or_insert(place);
                    }
                    FindingStatus::Passed => passing.push((control.clone(), place)),
                    FindingStatus::Manual | FindingStatus::Information => {}
                }
            }
        }
        let earlier = failed_earlier(scans);
        for (control, passes) in passing {
            let tool = scans[passes.scan].tool.as_str();
            if !standing.failing.contains_key(&control)
                && let Some(failed) = earlier.get(&(tool, &control)).copied()
            {
                standing.fixed.insert(control, Fixed { failed, passes });
            }
        }
        standing
    }

    /// Where a control fails now.
    pub fn failing(&self, control: &Id) -> Option<Place> {
        self.failing.get(control).copied()
    }

    /// Where a control failed and passes now.
    pub fn fixed(&self, control: &Id) -> Option<Fixed> {
        self.fixed.get(control).copied()
    }

    /// What changed by the latest run of each tool that has two. What *before and after* means on the
    /// screens and in every write-up.
    pub fn before_and_after<'a>(
        &'a self,
        session: &'a Session,
    ) -> impl Iterator<Item = BeforeAndAfter<'a>> {
        self.latest.iter().filter_map(|latest| {
            let (before, comparison) = latest.before.as_ref()?;
            Some(BeforeAndAfter {
                before: session.scans.get(*before)?,
                after: session.scans.get(latest.scan)?,
                comparison,
            })
        })
    }

    /// Whether any two runs can be compared.
    pub fn has_before(&self) -> bool {
        self.latest.iter().any(|one| one.before.is_some())
    }
}

/// Where each control failed last among the runs that are not the latest of their tool.
fn failed_earlier(scans: &[Scan]) -> HashMap<(&str, &Id), Place> {
    let mut earlier = HashMap::new();
    for (scan, one) in scans.iter().enumerate() {
        if !scans[scan + 1..].iter().any(|later| later.tool == one.tool) {
            continue;
        }
        for (control, finding) in verdicts(one) {
            if one.findings[finding].status == FindingStatus::Failed {
                earlier.insert((one.tool.as_str(), control), Place { scan, finding });
            }
        }
    }
    earlier
}

/// The line that decides about each control of a run: the worst, since some tools print several.
fn verdicts(scan: &Scan) -> HashMap<&Id, usize> {
    let mut verdicts: HashMap<&Id, usize> = HashMap::new();
    for (at, finding) in scan.findings.iter().enumerate() {
        let Some(control) = &finding.control else {
            continue;
        };
        if was_not_checked(finding) {
            continue;
        }
        let worst = verdicts.entry(control).or_insert(at);
        if severity(finding.status) > severity(scan.findings[*worst].status) {
            *worst = at;
        }
    }
    verdicts
}

/// What became of a finding between two runs.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Change {
    /// Failed before, passes now.
    Fixed,
    /// Failed before, fails now.
    StillFailing,
    /// Did not fail before, fails now.
    New,
    /// Fails now, and was not checked before.
    NewlyChecked,
    /// Failed before; now the tool leaves it to a person.
    Undecided,
    /// Failed before, and was not checked again.
    NotChecked,
}

impl Change {
    /// All six, in the order in which to show them.
    pub const ALL: [Self; 6] = [
        Self::Fixed,
        Self::StillFailing,
        Self::New,
        Self::NewlyChecked,
        Self::Undecided,
        Self::NotChecked,
    ];

    /// In a few words.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Fixed => "fixed",
            Self::StillFailing => "still failing",
            Self::New => "new",
            Self::NewlyChecked => "newly checked",
            Self::Undecided => "for you to look at",
            Self::NotChecked => "no longer checked",
        }
    }

    /// How many there are in a comparison.
    pub fn count(self, comparison: &Comparison) -> usize {
        match self {
            Self::Fixed => comparison.fixed.len(),
            Self::StillFailing => comparison.still_failing.len(),
            Self::New => comparison.new.len(),
            Self::NewlyChecked => comparison.newly_checked.len(),
            Self::Undecided => comparison.undecided.len(),
            Self::NotChecked => comparison.not_checked.len(),
        }
    }

    /// The controls and checks with it.
    pub fn subjects(self, comparison: &Comparison) -> Vec<&Subject> {
        match self {
            Self::Fixed => comparison.fixed.iter().collect(),
            Self::StillFailing => comparison
                .still_failing
                .iter()
                .map(|one| &one.subject)
                .collect(),
            Self::New => comparison.new.iter().collect(),
            Self::NewlyChecked => comparison.newly_checked.iter().collect(),
            Self::Undecided => comparison.undecided.iter().collect(),
            Self::NotChecked => comparison.not_checked.iter().collect(),
        }
    }
}

fn changes(comparison: &Comparison, scan: &Scan) -> Vec<Option<Change>> {
    let by_subject: HashMap<&Subject, Change> = Change::ALL
        .into_iter()
        .flat_map(|change| {
            let subjects = change.subjects(comparison).into_iter();
            subjects.map(move |subject| (subject, change))
        })
        .collect();
    let findings = scan.findings.iter();
    findings
        .map(|finding| by_subject.get(&about(finding)).copied())
        .collect()
}

/// What a finding is about.
pub fn about(finding: &Finding) -> Subject {
    match &finding.control {
        Some(control) => Subject::Control(control.clone()),
        None => Subject::Check {
            number: finding.number.clone(),
            title: finding.title.clone(),
        },
    }
}

/// The line that speaks about each control and check of a run: the worst, of equals the first.
pub fn lines(scan: &Scan) -> HashMap<Subject, usize> {
    let mut lines: HashMap<Subject, usize> = HashMap::new();
    for (at, finding) in scan.findings.iter().enumerate() {
        let worst = lines.entry(about(finding)).or_insert(at);
        if severity(finding.status) > severity(scan.findings[*worst].status) {
            *worst = at;
        }
    }
    lines
}

/// Whether a finding is about this control or check.
fn is_about(subject: &Subject, finding: &Finding) -> bool {
    match subject {
        Subject::Control(id) => finding.control.as_ref() == Some(id),
        Subject::Check { number, title } => {
            finding.control.is_none() && finding.number == *number && finding.title == *title
        }
    }
}

/// The line that speaks about a control or check in a run.
pub fn line_about(scan: &Scan, subject: &Subject) -> Option<usize> {
    let about = scan.findings.iter().enumerate();
    about
        .filter(|(_, finding)| is_about(subject, finding))
        // Of equals the first: `max_by_key` would take the last.
        .min_by_key(|(_, finding)| std::cmp::Reverse(severity(finding.status)))
        .map(|(at, _)| at)
}

/// What one run says about a chosen finding.
#[derive(Clone, Copy, Debug)]
pub struct Seen<'a> {
    /// The run.
    pub scan: &'a Scan,
    /// Its line; nothing where it was not checked.
    pub finding: Option<&'a Finding>,
}

/// What the runs say about a chosen finding, oldest first. Runs of tools that never check it are
/// left out.
pub fn seen<'a>(session: &'a Session, hardening: &Hardening) -> Vec<Seen<'a>> {
    let subject = subject_of(hardening);
    let lines: Vec<Seen<'a>> = session
        .scans
        .iter()
        .map(|scan| {
            let line = line_about(scan, &subject).map(|at| &scan.findings[at]);
            let finding = line.filter(|finding| !was_not_checked(finding));
            Seen { scan, finding }
        })
        .collect();
    let speaks = |tool: &str| {
        lines
            .iter()
            .any(|one| one.scan.tool == tool && one.finding.is_some())
    };
    lines
        .iter()
        .filter(|one| speaks(&one.scan.tool))
        .copied()
        .collect()
}

/// What became of a chosen finding between the last two runs of the tool that checks it.
pub fn outcome(seen: &[Seen<'_>]) -> Option<Change> {
    let last = seen.last()?;
    let before = seen[..seen.len() - 1]
        .iter()
        .rev()
        .filter(|one| one.scan.tool == last.scan.tool)
        .find_map(|one| one.finding)?;
    let failed = before.status == FindingStatus::Failed;
    match (failed, last.finding.map(|one| one.status)) {
        (true, Some(FindingStatus::Passed)) => Some(Change::Fixed),
        (true, Some(FindingStatus::Failed)) => Some(Change::StillFailing),
        (true, Some(FindingStatus::Manual | FindingStatus::Information)) => Some(Change::Undecided),
        (true, None) => Some(Change::NotChecked),
        (false, Some(FindingStatus::Failed)) => Some(Change::New),
        (false, _) => None,
    }
}

/// What a chosen finding is about.
pub fn subject_of(hardening: &Hardening) -> Subject {
    match &hardening.control {
        Some(control) => Subject::Control(control.clone()),
        None => Subject::Check {
            number: hardening.number.clone(),
            title: hardening.title.clone(),
        },
    }
}

/// The hardening that was chosen for a finding, if one was.
pub fn chosen<'a>(session: &'a Session, scan: &Scan, finding: &Finding) -> Option<&'a Hardening> {
    let same_line = |one: &&Hardening| {
        one.number == finding.number
            && one.title == finding.title
            && one.benchmark == scan.benchmark
    };
    let same_control = |one: &&Hardening| one.control.is_some() && one.control == finding.control;
    let hardenings = &session.hardenings;
    hardenings
        .iter()
        .find(same_line)
        .or_else(|| hardenings.iter().find(same_control))
}

/// The scan of a session that holds the very same run.
pub fn same_run<'a>(session: &'a Session, run: &Run) -> Option<&'a Scan> {
    session.scans.iter().find(|scan| {
        scan.tool == run.tool
            && scan.tool_version == run.tool_version
            && scan.benchmark == run.benchmark
            && scan.findings == run.findings
    })
}

/// The run that a new report would be compared with.
pub fn run_before<'a>(session: &'a Session, report: &Report) -> Option<&'a Scan> {
    session.scans.iter().rfind(|scan| scan.tool == report.tool)
}
