//! Findings that kube-bench sent to AWS Security Hub, exported from there: a list of them, or an
//! object with such a list.
//!
//! The format has only checks that failed or warned, without the word. A reason that speaks of a
//! manual test tells the second kind; without one a check counts as failed, as the tool rates it.

use std::borrow::Cow;

use serde::Deserialize;

use super::documents::{Loose, Outline};
use super::grammar::split_number;
use super::raw::{RawCheck, Word};

/// What stands in the generators of kube-bench's findings.
const GENERATOR: &str = "cis-kubernetes-benchmark/";

/// Whether a document may be such an export; whose findings it holds, its entries say.
pub fn recognises(outline: &Outline) -> bool {
    let is_finding = |one: &Outline| one.has("GeneratorId") && one.has("ProductFields");
    outline.is_or_lists(is_finding) || (outline.has("Findings") && !outline.has("Results"))
}

#[derive(Default, Deserialize)]
#[serde(default, rename_all = "PascalCase")]
struct Export<'t> {
    #[serde(borrow)]
    findings: Option<Vec<Entry<'t>>>,
}

#[derive(Default, Deserialize)]
#[serde(default, rename_all = "PascalCase")]
struct Entry<'t> {
    #[serde(borrow)]
    title: Loose<'t>,
    #[serde(borrow)]
    generator_id: Loose<'t>,
    #[serde(borrow)]
    product_fields: Fields<'t>,
    #[serde(borrow)]
    remediation: Remediation<'t>,
}

#[derive(Default, Deserialize)]
#[serde(default)]
struct Fields<'t> {
    #[serde(borrow, rename = "Section")]
    section: Loose<'t>,
    #[serde(borrow, rename = "Subsection")]
    subsection: Loose<'t>,
    #[serde(borrow, rename = "Reason")]
    reason: Loose<'t>,
    #[serde(borrow, rename = "Actual result")]
    actual: Loose<'t>,
}

#[derive(Default, Deserialize)]
#[serde(default, rename_all = "PascalCase")]
struct Remediation<'t> {
    #[serde(borrow)]
    recommendation: Recommendation<'t>,
}

#[derive(Default, Deserialize)]
#[serde(default, rename_all = "PascalCase")]
struct Recommendation<'t> {
    #[serde(borrow)]
    text: Loose<'t>,
}

/// The checks of an export, and the benchmark that they name; nothing where it holds none.
pub struct Read<'t> {
    /// The checks in order.
    pub checks: Vec<RawCheck<'t>>,
    /// Such as `cis-1.23`.
    pub benchmark: String,
    /// Entries of other tools.
    pub others: usize,
}

/// Reads a document, if it is such an export.
pub fn read(text: &str) -> Option<Read<'_>> {
    if !text.contains("\"GeneratorId\"") {
        return None;
    }
    let entries: Vec<Entry<'_>> = if text.starts_with('[') {
        serde_json::from_str(text).ok()?
    } else if let Ok(Export {
        findings: Some(findings),
    }) = serde_json::from_str(text)
    {
        findings
    } else {
        vec![serde_json::from_str(text).ok()?]
    };
    let mut read = Read {
        checks: Vec::new(),
        benchmark: String::new(),
        others: 0,
    };
    for entry in entries {
        let generator = entry.generator_id.0.clone();
        let from = generator.split_once(GENERATOR);
        match (from, entry.into_raw()) {
            (Some((_, rest)), Some(check)) => {
                if read.benchmark.is_empty() {
                    rest.split('/')
                        .next()
                        .unwrap_or_default()
                        .clone_into(&mut read.benchmark);
                }
                read.checks.push(check);
            }
            _ => read.others += 1,
        }
    }
    Some(read)
}

impl<'t> Entry<'t> {
    fn into_raw(self) -> Option<RawCheck<'t>> {
        let (number, title) = split_title(self.title.0)?;
        let fields = self.product_fields;
        let is_manual = fields.reason.0.to_ascii_lowercase().contains("manual");
        let word = if is_manual { Word::Warn } else { Word::Fail };
        let mut check = RawCheck::new(word, number, title);
        check.group = if fields.subsection.0.is_empty() {
            fields.section.0
        } else {
            fields.subsection.0
        };
        check.details = [fields.reason.0, fields.actual.0]
            .into_iter()
            .filter(|text| !text.trim().is_empty())
            .collect();
        check.remediation = vec![self.remediation.recommendation.text.0];
        Some(check)
    }
}

/// `1.2.1 Ensure …`
fn split_title(text: Cow<'_, str>) -> Option<(Cow<'_, str>, Cow<'_, str>)> {
    match text {
        Cow::Borrowed(text) => {
            let (number, title) = split_number(text)?;
            Some((Cow::Borrowed(number), Cow::Borrowed(title.trim())))
        }
        Cow::Owned(text) => {
            let (number, title) = split_number(&text)?;
            Some((
                Cow::Owned(number.to_owned()),
                Cow::Owned(title.trim().to_owned()),
            ))
        }
    }
}
