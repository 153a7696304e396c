//! A run while its lines come in: which check a remediation belongs to, which lines are headings,
//! where one run ends and the next begins.

use std::borrow::Cow;
use std::collections::{HashMap, HashSet};

use super::raw::{RawCheck, RawRun, Word};

/// The most checks of one run; real ones have fewer than 300.
const MOST_CHECKS: usize = 100_000;

/// A run that is being read.
#[derive(Default)]
pub struct Building<'t> {
    /// What is known of it so far.
    pub run: RawRun<'t>,
    group: &'t str,
    numbers: HashMap<&'t str, Same>,
    next_same: Vec<Option<usize>>,
    parents: HashSet<&'t str>,
    headings: HashSet<(&'t str, &'t str)>,
    checks_under_heading: bool,
    remediated: Option<usize>,
}

/// The checks of one number in a run: aquasecurity's tool prints some numbers twice.
struct Same {
    without_remediation: Option<usize>,
    last: usize,
}

impl<'t> Building<'t> {
    /// Whether anything of it was read yet.
    pub fn is_begun(&self) -> bool {
        !self.run.checks.is_empty() || !self.headings.is_empty()
    }

    /// The last check with this number.
    pub fn check(&self, number: &str) -> Option<&RawCheck<'t>> {
        let same = self.numbers.get(number)?;
        Some(&self.run.checks[same.last])
    }

    /// Whether this heading stood here before, with checks since: then another run begins. Some
    /// reports print a heading twice in a row.
    pub fn comes_again(&self, number: &'t str, title: &'t str) -> bool {
        self.checks_under_heading && self.headings.contains(&(number, title))
    }

    /// Begins a section.
    pub fn heading(&mut self, number: &'t str, title: &'t str) {
        self.headings.insert((number, title));
        self.checks_under_heading = false;
        self.group = title;
    }

    /// Adds a check, or what looks like one; nothing where there are too many.
    pub fn add_check(&mut self, word: Word, number: &'t str, title: &'t str) -> Option<usize> {
        let position = self.run.checks.len();
        if position >= MOST_CHECKS {
            return None;
        }
        match word {
            Word::Note => self.run.signs.notes += 1,
            Word::Fail => self.run.signs.fails += 1,
            _ => {}
        }
        let mut check = RawCheck::new(word, number, title);
        check.group = Cow::Borrowed(self.group);
        if let Some(parent) = parent(number) {
            self.parents.insert(parent);
            if let Some(above) = self.check(parent)
                && above.word == Word::Info
            {
                check.group.clone_from(&above.title);
            }
        }
        self.run.checks.push(check);
        self.next_same.push(None);
        if !number.is_empty() {
            if let Some(same) = self.numbers.get_mut(number) {
                self.next_same[same.last] = Some(position);
                same.last = position;
                same.without_remediation.get_or_insert(position);
            } else {
                let same = Same {
                    without_remediation: Some(position),
                    last: position,
                };
                self.numbers.insert(number, same);
            }
        }
        self.checks_under_heading = true;
        Some(position)
    }

    /// Adds a remediation that stands on one line.
    pub fn remediation_of(&mut self, number: &str, text: &'t str) {
        if let Some(check) = self.take_unremediated(number) {
            self.run.checks[check].remediation.push(Cow::Borrowed(text));
        }
    }

    /// Begins a block of remediations.
    pub fn begin_remediations(&mut self) {
        self.run.signs.blocks += 1;
        self.remediated = None;
    }

    /// Begins a remediation of several lines, if a check with this number waits for one.
    pub fn begin_remediation(&mut self, number: &str, text: &'t str) -> bool {
        if self.parents.contains(number) {
            return false;
        }
        let check = self.take_unremediated(number);
        if check.is_some() {
            self.remediated = check;
            self.continue_remediation(text);
        }
        check.is_some()
    }

    /// Adds a line to the remediation that was begun last.
    pub fn continue_remediation(&mut self, text: &'t str) -> bool {
        let Some(check) = self.remediated else {
            return false;
        };
        self.run.checks[check].remediation.push(Cow::Borrowed(text));
        true
    }

    /// The next check of this number that has no remediation yet, passed ones aside: tools print
    /// remediations in the order of the checks.
    fn take_unremediated(&mut self, number: &str) -> Option<usize> {
        let same = self.numbers.get_mut(number)?;
        loop {
            let check = same.without_remediation?;
            same.without_remediation = self.next_same[check];
            if self.run.checks[check].word != Word::Pass {
                return Some(check);
            }
        }
    }

    /// Ends the run and begins a new one. Lines that turned out to be headings are left out.
    pub fn finish(&mut self) -> Option<RawRun<'t>> {
        let done = std::mem::take(self);
        let mut run = done.run;
        let no_skipped_checks = run.stated.words[Word::Info as usize] == Some(0);
        // Security guides number their checks otherwise than the groups that they stand in.
        let is_guide = run
            .checks
            .iter()
            .any(|check| check.number.starts_with("V-"));
        run.checks.retain(|check| {
            let is_heading = no_skipped_checks
                || (is_guide && !check.number.starts_with("V-"))
                || done.parents.contains(check.number.as_ref())
                || is_group_title(&check.title);
            check.word != Word::Info || !is_heading
        });
        // A choice of checks that do not exist makes a whole report without any.
        let is_whole = run.signs.initializing && run.signs.tails > 0;
        (!run.checks.is_empty() || is_whole).then_some(run)
    }
}

/// The number of the group that a check stands in: `1.1` for `1.1.7`.
fn parent(number: &str) -> Option<&str> {
    number.rsplit_once('.').map(|(parent, _)| parent)
}

/// Headings of groups that may stand without any check below them.
fn is_group_title(title: &str) -> bool {
    matches!(
        title,
        "General Configuration"
            | "Linux Hosts Specific Configuration"
            | "Universal Control Plane Configuration"
            | "Docker Trusted Registry Configuration"
    )
}
