//! The JSON of docker-bench-security in all its forms: flat with repeated keys (2017), sections
//! (2018), a list of runs (March 2021), single checks without a section. Nothing in the script
//! escapes anything, so that some of it is not valid; then what is whole is recovered.

use std::borrow::Cow;
use std::collections::HashMap;
use std::fmt;

use serde::Deserialize;
use serde::de::{Deserializer, IgnoredAny, MapAccess, Visitor};

use super::documents::Loose;
use super::grammar::is_number;
use super::raw::{RawCheck, RawRun, Word};
use super::recover::{self, Member};
use super::scanner::Read;

#[derive(Default)]
struct Document<'t> {
    version: Cow<'t, str>,
    start: Cow<'t, str>,
    checks: Cow<'t, str>,
    tests: Vec<Node<'t>>,
    flat: Vec<(Cow<'t, str>, Cow<'t, str>)>,
}

/// A section, or a check; with a choice of single checks both stand side by side.
#[derive(Default, Deserialize)]
#[serde(default)]
struct Node<'t> {
    #[serde(borrow)]
    id: Loose<'t>,
    #[serde(borrow)]
    desc: Loose<'t>,
    #[serde(borrow)]
    result: Loose<'t>,
    #[serde(borrow)]
    details: Loose<'t>,
    #[serde(borrow)]
    items: Option<Vec<Loose<'t>>>,
    #[serde(borrow)]
    remediation: Loose<'t>,
    #[serde(borrow, rename = "remediation-impact")]
    impact: Loose<'t>,
    #[serde(borrow)]
    results: Option<Vec<Node<'t>>>,
}

impl<'de> Deserialize<'de> for Document<'de> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct Members;

        impl<'de> Visitor<'de> for Members {
            type Value = Document<'de>;

            fn expecting(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
                formatter.write_str("a report of docker-bench-security")
            }

            // Keys repeat in the oldest form, once for each container: no map could hold them.
            fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Self::Value, A::Error> {
                let mut document = Document::default();
                while let Some(Loose(key)) = map.next_key()? {
                    match key.as_ref() {
                        "dockerbenchsecurity" => {
                            document.version = map.next_value::<Loose<'_>>()?.0;
                        }
                        "start" => document.start = map.next_value::<Loose<'_>>()?.0,
                        "checks" => document.checks = map.next_value::<Loose<'_>>()?.0,
                        "tests" => {
                            document.tests = map.next_value::<Option<_>>()?.unwrap_or_default();
                        }
                        number if is_number(number) => {
                            let value = map.next_value::<Loose<'_>>()?.0;
                            document.flat.push((key, value));
                        }
                        _ => {
                            map.next_value::<IgnoredAny>()?;
                        }
                    }
                }
                Ok(document)
            }
        }

        deserializer.deserialize_map(Members)
    }
}

/// Reads whole documents.
pub fn read<'t>(documents: &[&'t str]) -> Result<Read<'t>, serde_json::Error> {
    let mut read = Read::default();
    for text in documents {
        // In March 2021 the reports of all runs stood in one list.
        if text.starts_with('[') {
            for document in serde_json::from_str::<Vec<Document<'t>>>(text)? {
                read_document(document, &mut read);
            }
        } else {
            read_document(serde_json::from_str(text)?, &mut read);
        }
    }
    Ok(read)
}

fn read_document<'t>(document: Document<'t>, read: &mut Read<'t>) {
    let mut run = RawRun {
        started: started(document.start),
        tool_version: document.version,
        ..RawRun::default()
    };
    run.stated.checks = document.checks.parse().ok();
    let is_flat = document.tests.is_empty();
    for node in document.tests {
        match node.results {
            Some(results) => {
                read.counts.skipped += 1;
                for one in results {
                    push(&mut run, one, &node.desc.0, read);
                }
            }
            None => push(&mut run, node, "", read),
        }
    }
    push_flat(&mut run, document.flat, read);
    if is_flat {
        // The oldest form leaves out some checks that it counts.
        run.stated.checks = None;
    }
    if !run.checks.is_empty() {
        read.runs.push(run);
    }
}

fn push<'t>(run: &mut RawRun<'t>, node: Node<'t>, group: &str, read: &mut Read<'t>) {
    let (Some(word), true) = (Word::parse(&node.result.0), is_number(&node.id.0)) else {
        read.counts.not_understood += 1;
        return;
    };
    let mut check = RawCheck::new(word, node.id.0, node.desc.0);
    check.group = Cow::Owned(group.to_owned());
    check.details = match node.items {
        Some(items) if !items.is_empty() => {
            rejoined(items.into_iter().map(|Loose(item)| item).collect())
        }
        _ if node.details.0.trim().is_empty() => Vec::new(),
        _ => vec![node.details.0],
    };
    if !node.remediation.0.is_empty() {
        check.remediation.push(node.remediation.0);
        if !node.impact.0.is_empty() {
            let impact = format!("Remediation Impact: {}", node.impact.0);
            check.remediation.push(Cow::Owned(impact));
        }
    }
    run.checks.push(check);
    read.counts.read += 1;
}

/// Items are cut at blanks, which cuts an image with two names in two: `[a:1 a:2]`.
fn rejoined(items: Vec<Cow<'_, str>>) -> Vec<Cow<'_, str>> {
    let mut joined: Vec<Cow<'_, str>> = Vec::with_capacity(items.len());
    let mut open = false;
    for item in items {
        let ends = item.ends_with(']');
        let begins = item.starts_with('[');
        match joined.last_mut() {
            Some(last) if open => {
                let last = last.to_mut();
                last.push(' ');
                last.push_str(&item);
            }
            _ => {
                open = begins;
                joined.push(item);
            }
        }
        open = open && !ends;
    }
    joined
}

/// The oldest form: one pair for each message, so that a number stands once for each container.
fn push_flat<'t>(
    run: &mut RawRun<'t>,
    pairs: Vec<(Cow<'t, str>, Cow<'t, str>)>,
    read: &mut Read<'t>,
) {
    let mut positions: HashMap<Cow<'t, str>, usize> = HashMap::new();
    for (number, value) in pairs {
        let (word, item) = match value.split_once(": ") {
            Some((word, item)) => (word, item.trim()),
            None => (value.trim(), ""),
        };
        // Check 1.4 prints a line of the group file and no word.
        let Some(word) = Word::parse(word) else {
            read.counts.skipped += 1;
            continue;
        };
        let item = (!item.is_empty()).then(|| Cow::Owned(item.to_owned()));
        read.counts.read += 1;
        let position = *positions.entry(number.clone()).or_insert_with(|| {
            run.checks.push(RawCheck::new(word, number, ""));
            run.checks.len() - 1
        });
        let check = &mut run.checks[position];
        if weight(word) > weight(check.word) {
            check.word = word;
            check.details.clear();
        }
        if weight(word) == weight(check.word) {
            check.details.extend(item);
        }
    }
}

const fn weight(word: Word) -> u8 {
    match word {
        Word::Pass => 0,
        Word::Note => 1,
        Word::Info => 2,
        Word::Warn | Word::Fail => 3,
    }
}

/// Seconds since 1970 as a time that people read.
fn started(seconds: Cow<'_, str>) -> Cow<'_, str> {
    let time = seconds
        .parse()
        .ok()
        .and_then(|seconds| jiff::Timestamp::from_second(seconds).ok());
    match time {
        Some(time) => Cow::Owned(time.to_string()),
        None => seconds,
    }
}

/// Reads what is whole of a broken document.
pub fn recover(text: &str) -> Read<'_> {
    let mut read = Read::default();
    if !text.contains("\"result\"") && !text.contains("\"dockerbenchsecurity\"") {
        return read;
    }
    let mut run = RawRun::default();
    let mut flat = Vec::new();
    let mut node = Node::default();
    let mut group = Cow::Borrowed("");
    for (name, member) in recover::members(text) {
        match (name, member) {
            ("dockerbenchsecurity", Member::Text(version)) => {
                finish(&mut run, &mut flat, &mut read);
                run.tool_version = version;
            }
            ("start", Member::Bare(seconds)) => run.started = started(Cow::Borrowed(seconds)),
            ("id", Member::Text(id)) => {
                node = Node {
                    id: Loose(id),
                    ..Node::default()
                }
            }
            ("desc", Member::Text(text)) => node.desc = Loose(text),
            ("results", Member::Opens) => {
                group = std::mem::take(&mut node).desc.0;
                read.counts.skipped += 1;
            }
            ("result", Member::Text(text)) => {
                let whole = Node {
                    result: Loose(text),
                    ..std::mem::take(&mut node)
                };
                push(&mut run, whole, &group, &mut read);
            }
            ("details", Member::Text(text)) => {
                if let Some(check) = run.checks.last_mut() {
                    check.details.push(text);
                }
            }
            ("items", Member::Texts(items)) => {
                if let Some(check) = run.checks.last_mut() {
                    check.details = rejoined(items);
                }
            }
            ("remediation", Member::Text(text)) => {
                if let Some(check) = run.checks.last_mut() {
                    check.remediation.push(text);
                }
            }
            ("checks", Member::Bare(count)) => run.stated.checks = count.parse().ok(),
            (number, Member::Text(value)) if is_number(number) => {
                flat.push((Cow::Borrowed(number), value));
            }
            _ => {}
        }
    }
    finish(&mut run, &mut flat, &mut read);
    read
}

fn finish<'t>(
    run: &mut RawRun<'t>,
    flat: &mut Vec<(Cow<'t, str>, Cow<'t, str>)>,
    read: &mut Read<'t>,
) {
    let mut run = std::mem::take(run);
    if !flat.is_empty() {
        run.stated.checks = None;
        push_flat(&mut run, std::mem::take(flat), read);
    }
    if !run.checks.is_empty() {
        read.runs.push(run);
    }
}

#[cfg(test)]
mod tests {
    use super::super::Counts;
    use super::*;
    use pretty_assertions::assert_eq;

    #[test]
    fn the_flat_form_counts_each_number_once_with_its_worst_word() {
        let text = r#"{"dockerbenchsecurity":"1.3.4","1.4":"docker:x:999:alice","4.1":"WARN: web",
            "4.1":"WARN: cache","4.6":"WARN","4.6":"WARN: [a:1 a:2]","5.29":"INFO","checks":9}"#;
        let read = read(&[text]).unwrap();
        let checks = &read.runs[0].checks;
        let found: Vec<_> = checks
            .iter()
            .map(|check| (check.number.as_ref(), check.word, check.details.join("|")))
            .collect();
        assert_eq!(
            found,
            [
                ("4.1", Word::Warn, "web|cache".to_owned()),
                ("4.6", Word::Warn, "[a:1 a:2]".to_owned()),
                ("5.29", Word::Info, String::new()),
            ]
        );
        assert_eq!(
            read.counts,
            Counts {
                read: 5,
                skipped: 1,
                not_understood: 0
            }
        );
    }

    #[test]
    fn an_image_with_two_names_is_one_item() {
        let items = ["[a:1", "a:2]", "[b:1]", "c"].map(Cow::Borrowed).to_vec();
        assert_eq!(rejoined(items), ["[a:1 a:2]", "[b:1]", "c"]);
    }
}
