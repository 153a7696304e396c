//! What a scanner printed becomes findings: matched to controls, masked, with the meaning that the
//! tool gives its words.

use std::borrow::Cow;

use super::decode::without_escapes;
use super::matching::{Family, Matcher};
use super::notice::Notice;
use super::raw::{RawCheck, RawRun, Signs, Word};
use super::scanner::{self, Scanner};
use super::{Run, secrets};
use crate::catalog::Catalog;
use crate::catalog::types::Control;
use crate::encode::ForeignText;
use crate::session::types::Finding;

/// Words by which titles and headings of Kubernetes benchmarks can be told, in lower case.
const KUBERNETES_WORDS: [&str; 9] = [
    "kube",
    "etcd",
    "api server",
    "pod ",
    "pods",
    "namespace",
    "service account",
    "rbac",
    "cluster",
];

/// Makes findings of runs, with one catalog.
pub struct Assembler<'c> {
    catalog: &'c Catalog,
    matcher: Matcher<'c>,
}

/// A run and what is to say about it.
pub struct Assembled {
    /// The run.
    pub run: Run,
    /// What to say.
    pub notices: Vec<Notice>,
}

impl<'c> Assembler<'c> {
    /// Prepares the titles of a catalog.
    pub fn new(catalog: &'c Catalog) -> Self {
        Self {
            catalog,
            matcher: Matcher::new(catalog),
        }
    }

    /// The scanner that printed the lines of a run, if it is a known one.
    pub fn scanner_of(&self, run: &RawRun<'_>) -> Option<&'static Scanner> {
        let mut signs = run.signs;
        self.count_titles(run, &mut signs);
        scanner::printing(&signs)
    }

    fn count_titles(&self, run: &RawRun<'_>, signs: &mut Signs) {
        for check in &run.checks {
            if self.matcher.docker(&check.title).is_some() {
                signs.docker_titles += 1;
            } else if signs.go() > 0 {
                let known = self
                    .matcher
                    .kubernetes(&check.title, &check.group, &check.number);
                if known.is_some() || speaks_of_kubernetes(check) {
                    signs.kubernetes_titles += 1;
                }
            }
        }
    }

    /// Makes findings of a run.
    pub fn assemble(&self, mut raw: RawRun<'_>, scanner: &Scanner) -> Assembled {
        let mut controls: Vec<Option<&'c Control>> = Vec::with_capacity(raw.checks.len());
        for check in &mut raw.checks {
            controls.push(self.control(check, scanner));
        }
        let pairs: Vec<(&str, &Control)> = raw
            .checks
            .iter()
            .zip(&controls)
            .filter(|(check, _)| !check.number.is_empty())
            .filter_map(|(check, control)| Some((check.number.as_ref(), (*control)?)))
            .collect();
        let identity = (scanner.identify)(&raw, &pairs, self.catalog);
        let mut notices: Vec<Notice> = identity.notice.into_iter().collect();
        add_up(&raw, &mut notices);
        if raw.no_containers {
            notices.push(Notice::NoContainers);
        }
        if raw.without_root {
            notices.push(Notice::WithoutRoot);
        }
        let mut masked = 0;
        let mut unknown = 0;
        let mut findings = Vec::with_capacity(raw.checks.len());
        for (check, control) in raw.checks.into_iter().zip(controls) {
            let control = control.or_else(|| {
                let has_no_title =
                    check.title.is_empty() || check.title.starts_with("Failed to inspect");
                has_no_title
                    .then(|| self.matcher.numbered(&identity.column, &check.number))
                    .flatten()
            });
            if control.is_none() {
                // A line without a number is a check only if its title is one.
                if check.number.is_empty() {
                    continue;
                }
                unknown += 1;
            }
            findings.push(finding(&check, control, scanner, &mut masked));
        }
        if masked > 0 {
            notices.push(Notice::Masked(masked));
        }
        if unknown > 0 && scanner.family.is_some() {
            notices.push(Notice::UnknownTitles(unknown));
        }
        Assembled {
            run: Run {
                tool: scanner.tool,
                started: raw.started.into_owned().into(),
                tool_version: identity.tool_version.into(),
                benchmark: identity.benchmark.into(),
                findings,
            },
            notices,
        }
    }

    fn control(&self, check: &mut RawCheck<'_>, scanner: &Scanner) -> Option<&'c Control> {
        if let Some(id) = check.control {
            return self.catalog.control(id);
        }
        let family = scanner.family?;
        let known = self.by_title(&check.title, check, family);
        if known.is_some() {
            return known;
        }
        // Terminals and web pages wrap long lines.
        let joined = format!("{} {}", check.title, check.line_below?.trim());
        let known = self.by_title(&joined, check, family)?;
        check.title = Cow::Owned(joined);
        Some(known)
    }

    fn by_title(&self, title: &str, check: &RawCheck<'_>, family: Family) -> Option<&'c Control> {
        match family {
            Family::Docker => self.matcher.docker(title),
            Family::Kubernetes => self.matcher.kubernetes(title, &check.group, &check.number),
        }
    }
}

fn speaks_of_kubernetes(check: &RawCheck<'_>) -> bool {
    let text = format!("{} {}", check.group, check.title).to_ascii_lowercase();
    KUBERNETES_WORDS.iter().any(|word| text.contains(word)) || check.number.starts_with("V-")
}

fn finding(
    check: &RawCheck<'_>,
    control: Option<&Control>,
    scanner: &Scanner,
    masked: &mut usize,
) -> Finding {
    let mut clean = |text: &str| {
        let text = without_escapes(Cow::Borrowed(text));
        let (masked_text, count) = secrets::mask(&text);
        *masked += count;
        masked_text.into_owned()
    };
    Finding {
        number: on_one_line(&check.number).into(),
        title: on_one_line(&check.title).into(),
        printed_status: check.word.as_str().into(),
        status: (scanner.meaning)(check.word),
        control: control.map(|control| control.id.clone()),
        details: check
            .details
            .iter()
            .map(|detail| detail.trim())
            .filter(|detail| !detail.is_empty())
            .map(&mut clean)
            .map(ForeignText::from)
            .collect(),
        remediation: clean(check.remediation.join("\n").trim()).into(),
    }
}

/// Text of a JSON member without the line breaks and escapes that it may spell out.
fn on_one_line(text: &str) -> String {
    let text = without_escapes(Cow::Borrowed(text.trim()));
    text.replace(['\n', '\r'], " ")
}

/// Compares what was read with what the report says about itself.
fn add_up(run: &RawRun<'_>, notices: &mut Vec<Notice>) {
    if let Some(stated) = run.stated.checks
        && stated != run.checks.len()
    {
        notices.push(Notice::CountedOtherwise {
            what: "checks",
            stated,
            read: run.checks.len(),
        });
    }
    for word in Word::ALL {
        let Some(stated) = run.stated.words[word as usize] else {
            continue;
        };
        let read = run.checks.iter().filter(|check| check.word == word).count();
        if stated != read {
            notices.push(Notice::CountedOtherwise {
                what: match word {
                    Word::Pass => "checks with PASS",
                    Word::Warn => "checks with WARN",
                    Word::Fail => "checks with FAIL",
                    Word::Info => "checks with INFO",
                    Word::Note => "checks with NOTE",
                },
                stated,
                read,
            });
        }
    }
}
