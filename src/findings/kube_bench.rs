//! kube-bench: its JSON as a list, with totals and in several documents, exported from Security Hub,
//! its `JUnit` report, and which benchmark a text without any name is.

use std::borrow::Cow;
use std::collections::HashSet;

use quick_xml::events::{BytesStart, Event};
use quick_xml::{Reader, XmlVersion};
use serde::Deserialize;

use super::aqua_docker_bench::go_meaning;
use super::asff;
use super::benchmark;
use super::documents::Outline;
use super::go_report::{self, Check, Part};
use super::grammar::split_number;
use super::matching::Family;
use super::notice::Notice;
use super::raw::{RawCheck, RawRun, Signs, Word};
use super::scanner::{Identity, Json, Read, Scanner};
use crate::catalog::Catalog;
use crate::catalog::types::Control;

/// How the catalog names the benchmarks.
const COLUMN: &str = "cis-kubernetes-";

/// What is known of it.
pub const SCANNER: Scanner = Scanner {
    tool: "kube-bench",
    family: Some(Family::Kubernetes),
    prints,
    start_failures: &[
        "unable to determine benchmark version",
        "nable to detect running programs for component",
    ],
    json: Some(Json {
        recognises,
        read,
        recover,
    }),
    junit: Some(read_junit),
    meaning: go_meaning,
    identify,
};

fn prints(signs: &Signs) -> bool {
    signs.kubernetes_titles > 0 && signs.go() > 0
}

fn is_part(outline: &Outline) -> bool {
    outline.has("tests") && (outline.has("node_type") || outline.has("version"))
}

fn recognises(outline: &Outline) -> bool {
    outline.has("Controls") || outline.is_or_lists(is_part) || asff::recognises(outline)
}

#[derive(Default, Deserialize)]
#[serde(default)]
struct WithTotals<'t> {
    #[serde(borrow, rename = "Controls")]
    controls: Option<Vec<Part<'t>>>,
}

fn read<'t>(documents: &[&'t str]) -> Result<Read<'t>, serde_json::Error> {
    let mut read = Read::default();
    let mut run = RawRun::default();
    let mut seen: HashSet<(String, String)> = HashSet::new();
    for text in documents {
        if let Some(exported) = asff::read(text) {
            read.counts.read += exported.checks.len();
            read.counts.skipped += exported.others;
            run.checks.extend(exported.checks);
            run.benchmark = exported.benchmark.into();
            finish(&mut run, &mut read);
            continue;
        }
        let parts: Vec<Part<'t>> = if text.starts_with('[') {
            serde_json::from_str(text)?
        } else if let Some(parts) = serde_json::from_str::<WithTotals<'t>>(text)?.controls {
            parts
        } else {
            vec![serde_json::from_str(text)?]
        };
        for part in parts {
            // Parts come as documents of their own or together; one that comes again is a new run.
            let name = (part.id.0.to_string(), part.node_type.0.to_string());
            if seen.contains(&name) {
                seen.clear();
                finish(&mut run, &mut read);
            }
            seen.insert(name);
            if run.benchmark.is_empty() {
                run.benchmark.clone_from(&part.version.0);
            }
            part.add_to(&mut run, &mut read);
        }
    }
    finish(&mut run, &mut read);
    Ok(read)
}

fn finish<'t>(run: &mut RawRun<'t>, read: &mut Read<'t>) {
    let run = std::mem::take(run);
    if !run.checks.is_empty() {
        read.runs.push(run);
    }
}

fn recover(text: &str) -> Read<'_> {
    go_report::recover(text)
}

/// One test suite after another, in older versions without a root around them. Each test case
/// carries the whole check as JSON, with the real word; the elements know only failed and skipped.
fn read_junit(text: &str) -> Read<'_> {
    let mut read = Read::default();
    let mut run = RawRun::default();
    let mut reader = Reader::from_str(text);
    let config = reader.config_mut();
    config.check_end_names = false;
    config.allow_unmatched_ends = true;
    let mut case: Option<Case> = None;
    let mut seen: HashSet<String> = HashSet::new();
    loop {
        match reader.read_event() {
            Ok(Event::Start(start)) => match start.name().as_ref() {
                "testsuite" => {
                    let name = attribute(&start, "name");
                    if seen.contains(&name) {
                        seen.clear();
                        finish(&mut run, &mut read);
                    }
                    seen.insert(name);
                }
                "testcase" => {
                    take(case.replace(Case::of(&start)), &mut run, &mut read);
                }
                name @ ("failure" | "skipped" | "system-out") => {
                    let name = name.to_owned();
                    let Ok(text) = reader.read_text(start.name()) else {
                        break;
                    };
                    if let Some(case) = &mut case {
                        case.element(&name, &unescaped(&text.into_inner()));
                    }
                }
                _ => {}
            },
            Ok(Event::Empty(start)) => match start.name().as_ref() {
                "testcase" => {
                    take(case.replace(Case::of(&start)), &mut run, &mut read);
                }
                name @ ("failure" | "skipped") => {
                    let name = name.to_owned();
                    if let Some(case) = &mut case {
                        case.element(&name, "");
                    }
                }
                _ => {}
            },
            Ok(Event::End(end)) if end.name().as_ref() == "testcase" => {
                take(case.take(), &mut run, &mut read);
            }
            Ok(Event::Eof) | Err(_) => break,
            Ok(_) => {}
        }
    }
    // A case that is cut off may lack what says how it went.
    if case.is_some() {
        read.counts.not_understood += 1;
    }
    finish(&mut run, &mut read);
    read
}

fn attribute(start: &BytesStart<'_>, name: &str) -> String {
    let found = start.try_get_attribute(name).ok().flatten();
    found
        .and_then(|one| one.normalized_value(XmlVersion::Implicit1_0).ok())
        .map(Cow::into_owned)
        .unwrap_or_default()
}

#[derive(Default)]
struct Case {
    name: String,
    group: String,
    json: String,
    failure: Option<String>,
    skipped: bool,
}

impl Case {
    fn of(start: &BytesStart<'_>) -> Self {
        Self {
            name: attribute(start, "name"),
            group: attribute(start, "classname"),
            ..Self::default()
        }
    }

    fn element(&mut self, name: &str, text: &str) {
        match name {
            "failure" => self.failure = Some(text.trim().to_owned()),
            "skipped" => self.skipped = true,
            _ => text.trim().clone_into(&mut self.json),
        }
    }

    fn into_raw(self) -> Option<RawCheck<'static>> {
        let group: Cow<'static, str> = Cow::Owned(self.group);
        // Line breaks stand in the JSON as they are, which JSON forbids.
        let json = self.json.replace('\n', "\\n").replace('\t', "\\t");
        if let Ok(check) = serde_json::from_str::<Check<'_>>(&json)
            && let Some(check) = check.into_raw(group.clone())
        {
            return Some(owned(check));
        }
        let (number, title) = split_number(&self.name)?;
        let word = match (&self.failure, self.skipped) {
            (Some(_), _) => Word::Fail,
            (None, true) => Word::Warn,
            (None, false) => Word::Pass,
        };
        let mut check = RawCheck::new(word, number.to_owned(), title.trim_start().to_owned());
        check.group = group;
        check.remediation.extend(self.failure.map(Cow::Owned));
        Some(check)
    }
}

fn owned(check: RawCheck<'_>) -> RawCheck<'static> {
    let all = |list: Vec<Cow<'_, str>>| -> Vec<Cow<'static, str>> {
        list.into_iter()
            .map(|one| Cow::Owned(one.into_owned()))
            .collect()
    };
    RawCheck {
        word: check.word,
        number: Cow::Owned(check.number.into_owned()),
        title: Cow::Owned(check.title.into_owned()),
        group: Cow::Owned(check.group.into_owned()),
        details: all(check.details),
        remediation: all(check.remediation),
        line_below: None,
        control: check.control,
    }
}

fn take(case: Option<Case>, run: &mut RawRun<'_>, read: &mut Read<'_>) {
    let Some(case) = case else { return };
    match case.into_raw() {
        Some(check) => {
            read.counts.read += 1;
            run.checks.push(check);
        }
        None => read.counts.not_understood += 1,
    }
}

fn unescaped(text: &str) -> Cow<'_, str> {
    if let Some(inner) = text
        .trim()
        .strip_prefix("<![CDATA[")
        .and_then(|rest| rest.strip_suffix("]]>"))
    {
        return Cow::Owned(inner.to_owned());
    }
    quick_xml::escape::unescape(text).unwrap_or(Cow::Borrowed(text))
}

fn identify<'c>(run: &RawRun<'_>, pairs: &[(&str, &'c Control)], catalog: &'c Catalog) -> Identity {
    let fits = benchmark::fits(catalog, COLUMN, pairs, &|version| rank(version, run));
    let best = benchmark::best(&fits).map(|fit| fit.version);
    let numbers = best.map(|version| version.replacen(COLUMN, "cis-", 1));
    let stated = run.benchmark.trim();
    let (benchmark, notice) = match (stated, numbers) {
        ("", Some(numbers)) => {
            let notice = Notice::BenchmarkFromNumbers(numbers.clone());
            (numbers, Some(notice))
        }
        ("", None) => (managed_service(run).to_owned(), None),
        (stated, _) => (stated.to_owned(), None),
    };
    Identity {
        tool_version: String::new(),
        benchmark,
        column: best.unwrap_or_default().to_owned(),
        notice,
    }
}

/// The age of a benchmark, if a report may be of it: numbers alone do not tell all apart. Three were
/// named after versions of Kubernetes before counting went on at 1.7.
fn rank(version: &str, run: &RawRun<'_>) -> Option<u32> {
    const AGES: [&str; 13] = [
        "1.3", "1.4", "1.5", "1.6", "1.20", "1.23", "1.24", "1.7", "1.8", "1.9", "1.10", "1.11",
        "1.12",
    ];
    const AUTOMATED: u32 = 3;
    const STRICTER: u32 = 6;
    let (age, _) = (0..)
        .zip(AGES)
        .find(|(_, one)| version[COLUMN.len()..] == **one)?;
    let titles_with = |part: &str| {
        let titles = run.checks.iter().map(|check| &check.title);
        titles.filter(|title| title.contains(part)).count()
    };
    // `(Scored)` became `(Automated)` with 1.6, and file mode 644 became 600 with 1.24.
    let (old, new) = (
        titles_with("Scored)"),
        titles_with("(Automated)") + titles_with("(Manual)"),
    );
    let (open, strict) = (titles_with("set to 644"), titles_with("set to 600"));
    let fits_notes = old == new || ((new > old) == (age >= AUTOMATED));
    let fits_modes = open == strict || ((strict > open) == (age >= STRICTER));
    (fits_notes && fits_modes).then_some(age)
}

/// The family of a managed service's benchmark, which the catalog does not number.
fn managed_service(run: &RawRun<'_>) -> &'static str {
    [
        ("GKE", "gke"),
        ("EKS", "eks"),
        ("AKS", "aks"),
        ("ACK", "ack"),
    ]
    .into_iter()
    .find(|(name, _)| {
        run.checks.iter().any(|check| {
            check
                .title
                .split(|one: char| !one.is_ascii_alphanumeric())
                .any(|word| word == *name)
        })
    })
    .map_or("", |(_, family)| family)
}

#[cfg(test)]
mod tests {
    use super::*;
    use pretty_assertions::assert_eq;

    #[test]
    fn a_part_that_comes_again_is_a_new_run() {
        let part = |word: &str| {
            format!(
                r#"{{"id":"4","version":"cis-1.12","text":"Worker","node_type":"node","tests":[
                {{"section":"4.1","desc":"Files","results":[{{"test_number":"4.1.1",
                "test_desc":"Ensure x","status":"{word}"}}]}}],"total_fail":1}}"#
            )
        };
        let (first, second) = (part("FAIL"), part("PASS"));
        let read = read(&[&first, &second]).unwrap();
        let words: Vec<_> = read.runs.iter().map(|run| run.checks[0].word).collect();
        assert_eq!(words, [Word::Fail, Word::Pass]);
    }

    #[test]
    fn junit_without_a_root_and_without_json_is_read() {
        let text = "<testsuite name=\"a\"><testcase name=\"1.1.1 Ensure &#34;x&#34;\" \
                    classname=\"Files\"><failure type=\"\">chmod &#xA;600</failure></testcase>\
                    </testsuite>\n<testsuite name=\"b\"><testcase name=\"2.1 Ensure y\" \
                    classname=\"etcd\"><skipped/></testcase><testcase name=\"2.2 Ensure z\">";
        let read = read_junit(text);
        let checks = &read.runs[0].checks;
        assert_eq!(checks.len(), 2);
        assert_eq!(checks[0].title, "Ensure \"x\"");
        assert_eq!(checks[0].remediation, ["chmod \n600"]);
        assert_eq!(checks[1].word, Word::Warn);
        assert_eq!(read.counts.not_understood, 1);
    }
}
