//! The JSON that aquasecurity's docker-bench and kube-bench share: both are made of one library.

use std::borrow::Cow;

use serde::Deserialize;

use super::documents::Loose;
use super::raw::{RawCheck, RawRun, Word};
use super::recover::{self, Member};
use super::scanner::Read;

/// One part of a report, such as the checks of a node.
#[derive(Default, Deserialize)]
#[serde(default)]
pub struct Part<'t> {
    /// Such as `4`, or `18.09` in the Docker tool.
    #[serde(borrow)]
    pub id: Loose<'t>,
    /// The benchmark, such as `cis-1.12`.
    #[serde(borrow)]
    pub version: Loose<'t>,
    /// Such as `Worker Node Security Configuration`.
    #[serde(borrow)]
    pub text: Loose<'t>,
    /// Such as `node`.
    #[serde(borrow)]
    pub node_type: Loose<'t>,
    #[serde(borrow)]
    tests: Option<Vec<Group<'t>>>,
    total_pass: Option<usize>,
    total_fail: Option<usize>,
    total_warn: Option<usize>,
    total_info: Option<usize>,
}

#[derive(Default, Deserialize)]
#[serde(default)]
struct Group<'t> {
    #[serde(borrow)]
    desc: Loose<'t>,
    #[serde(borrow)]
    results: Option<Vec<Check<'t>>>,
}

/// One check.
#[derive(Default, Deserialize)]
#[serde(default)]
pub struct Check<'t> {
    #[serde(borrow)]
    test_number: Loose<'t>,
    #[serde(borrow)]
    test_desc: Loose<'t>,
    #[serde(borrow)]
    status: Loose<'t>,
    #[serde(borrow)]
    remediation: Loose<'t>,
    #[serde(borrow)]
    test_info: Option<Vec<Loose<'t>>>,
    #[serde(borrow)]
    actual_value: Loose<'t>,
    #[serde(borrow)]
    reason: Loose<'t>,
}

impl<'t> Check<'t> {
    /// The check as other readers make it, if number and word are there.
    pub fn into_raw(self, group: Cow<'t, str>) -> Option<RawCheck<'t>> {
        let word = Word::parse(&self.status.0)?;
        if self.test_number.0.trim().is_empty() {
            return None;
        }
        let mut check = RawCheck::new(word, self.test_number.0, self.test_desc.0);
        check.group = group;
        if word != Word::Pass {
            check.details = [self.reason.0, self.actual_value.0]
                .into_iter()
                .flat_map(non_empty_lines)
                .collect();
        }
        check.remediation = if self.remediation.0.is_empty() {
            let info = self.test_info.unwrap_or_default();
            info.into_iter().map(|Loose(text)| text).collect()
        } else {
            vec![self.remediation.0]
        };
        Some(check)
    }
}

fn non_empty_lines(text: Cow<'_, str>) -> Vec<Cow<'_, str>> {
    let kept = |line: &&str| !line.trim().is_empty();
    match text {
        Cow::Borrowed(text) => text.lines().filter(kept).map(Cow::Borrowed).collect(),
        Cow::Owned(text) => text
            .lines()
            .filter(kept)
            .map(|line| Cow::Owned(line.to_owned()))
            .collect(),
    }
}

impl<'t> Part<'t> {
    /// Adds the checks of the part to a run.
    pub fn add_to(self, run: &mut RawRun<'t>, read: &mut Read<'t>) {
        let totals = [
            self.total_pass,
            self.total_warn,
            self.total_fail,
            self.total_info,
        ];
        for (word, total) in [Word::Pass, Word::Warn, Word::Fail, Word::Info]
            .into_iter()
            .zip(totals)
        {
            if let Some(total) = total {
                let stated = &mut run.stated.words[word as usize];
                *stated = Some(stated.unwrap_or(0).saturating_add(total));
            }
        }
        for group in self.tests.unwrap_or_default() {
            read.counts.skipped += 1;
            for check in group.results.unwrap_or_default() {
                match check.into_raw(group.desc.0.clone()) {
                    Some(check) => {
                        read.counts.read += 1;
                        run.checks.push(check);
                    }
                    None => read.counts.not_understood += 1,
                }
            }
        }
    }
}

/// Reads what is whole of a broken document into one run.
pub fn recover(text: &str) -> Read<'_> {
    let mut read = Read::default();
    if !text.contains("\"test_number\"") {
        return read;
    }
    let mut run = RawRun::default();
    let mut group: Cow<'_, str> = Cow::Borrowed("");
    let mut check = Check::default();
    let mut pending = false;
    for (name, member) in recover::members(text) {
        match (name, member) {
            ("test_number", Member::Text(number)) => {
                take(
                    &mut run,
                    &mut read,
                    std::mem::take(&mut check),
                    group.clone(),
                    pending,
                );
                pending = true;
                check.test_number = Loose(number);
            }
            ("test_desc", Member::Text(text)) => check.test_desc = Loose(text),
            ("status", Member::Text(text)) => check.status = Loose(text),
            ("remediation", Member::Text(text)) => check.remediation = Loose(text),
            ("actual_value", Member::Text(text)) => check.actual_value = Loose(text),
            ("reason", Member::Text(text)) => check.reason = Loose(text),
            ("section", Member::Text(_)) => {
                take(
                    &mut run,
                    &mut read,
                    std::mem::take(&mut check),
                    group.clone(),
                    pending,
                );
                pending = false;
            }
            ("desc", Member::Text(text)) => {
                group = text;
                read.counts.skipped += 1;
            }
            ("version", Member::Text(text)) if run.benchmark.is_empty() => run.benchmark = text,
            ("id", Member::Text(text)) if run.benchmark.is_empty() && text.contains('.') => {
                run.benchmark = text;
            }
            _ => {}
        }
    }
    take(&mut run, &mut read, check, group.clone(), pending);
    if !run.checks.is_empty() {
        read.runs.push(run);
    }
    read
}

fn take<'t>(
    run: &mut RawRun<'t>,
    read: &mut Read<'t>,
    check: Check<'t>,
    group: Cow<'t, str>,
    pending: bool,
) {
    if !pending {
        return;
    }
    match check.into_raw(group) {
        Some(check) => {
            read.counts.read += 1;
            run.checks.push(check);
        }
        None => read.counts.not_understood += 1,
    }
}
