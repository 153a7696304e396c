//! Trivy's JSON: misconfigurations, vulnerabilities and secrets of images, files and clusters.
//!
//! Trivy numbers checks by a table of its own. Where its compliance specifications say which check
//! of a CIS benchmark an id is, [`control_of`] leads to the catalog's control; where they do not,
//! the finding stays without one.

use std::borrow::Cow;
use std::collections::HashMap;

use serde::Deserialize;

use super::documents::{Loose, Outline};
use super::raw::{RawCheck, RawRun, Signs, Word};
use super::scanner::{Identity, Json, Read, Scanner};
use super::trivy_controls::control_of;
use crate::catalog::Catalog;
use crate::catalog::types::Control;
use crate::session::types::FindingStatus;

/// What is known of it.
pub const SCANNER: Scanner = Scanner {
    tool: "trivy",
    family: None,
    prints: |_: &Signs| false,
    start_failures: &[],
    json: Some(Json {
        recognises,
        read,
        recover,
    }),
    junit: None,
    meaning,
    identify,
};

fn meaning(word: Word) -> FindingStatus {
    match word {
        Word::Pass => FindingStatus::Passed,
        Word::Fail | Word::Warn => FindingStatus::Failed,
        Word::Note => FindingStatus::Manual,
        Word::Info => FindingStatus::Information,
    }
}

fn recognises(outline: &Outline) -> bool {
    let is_artifact = outline.has("Results") && outline.has("ArtifactName");
    let is_schema = outline.has("SchemaVersion") && outline.has("ArtifactName");
    is_artifact || is_schema || outline.has("ClusterName")
}

#[derive(Default, Deserialize)]
#[serde(default, rename_all = "PascalCase")]
struct Document<'t> {
    #[serde(borrow)]
    created_at: Loose<'t>,
    #[serde(borrow)]
    trivy: Option<Version<'t>>,
    #[serde(borrow)]
    artifact_name: Loose<'t>,
    #[serde(borrow)]
    results: Option<Vec<Target<'t>>>,
    #[serde(borrow)]
    resources: Option<Vec<Resource<'t>>>,
    // Before version 0.40 a cluster's report had two lists.
    #[serde(borrow)]
    vulnerabilities: Option<Vec<Resource<'t>>>,
    #[serde(borrow)]
    misconfigurations: Option<Vec<Resource<'t>>>,
}

#[derive(Default, Deserialize)]
#[serde(default, rename_all = "PascalCase")]
struct Version<'t> {
    #[serde(borrow)]
    version: Loose<'t>,
}

#[derive(Default, Deserialize)]
#[serde(default, rename_all = "PascalCase")]
struct Resource<'t> {
    #[serde(borrow)]
    namespace: Loose<'t>,
    #[serde(borrow)]
    kind: Loose<'t>,
    #[serde(borrow)]
    name: Loose<'t>,
    #[serde(borrow)]
    results: Option<Vec<Target<'t>>>,
}

#[derive(Default, Deserialize)]
#[serde(default, rename_all = "PascalCase")]
struct Target<'t> {
    #[serde(borrow, rename = "Target")]
    name: Loose<'t>,
    #[serde(borrow)]
    misconfigurations: Option<Vec<Misconfiguration<'t>>>,
    #[serde(borrow)]
    vulnerabilities: Option<Vec<Vulnerability<'t>>>,
    #[serde(borrow)]
    secrets: Option<Vec<Secret<'t>>>,
}

#[derive(Default, Deserialize)]
#[serde(default, rename_all = "PascalCase")]
struct Misconfiguration<'t> {
    #[serde(borrow, rename = "ID")]
    id: Loose<'t>,
    #[serde(borrow, rename = "AVDID")]
    avd_id: Loose<'t>,
    #[serde(borrow)]
    title: Loose<'t>,
    #[serde(borrow)]
    message: Loose<'t>,
    #[serde(borrow)]
    resolution: Loose<'t>,
    #[serde(borrow)]
    status: Loose<'t>,
}

#[derive(Default, Deserialize)]
#[serde(default, rename_all = "PascalCase")]
struct Vulnerability<'t> {
    #[serde(borrow, rename = "VulnerabilityID")]
    id: Loose<'t>,
    #[serde(borrow)]
    pkg_name: Loose<'t>,
    #[serde(borrow)]
    installed_version: Loose<'t>,
    #[serde(borrow)]
    fixed_version: Loose<'t>,
    #[serde(borrow)]
    severity: Loose<'t>,
    #[serde(borrow)]
    title: Loose<'t>,
}

#[derive(Default, Deserialize)]
#[serde(default, rename_all = "PascalCase")]
struct Secret<'t> {
    #[serde(borrow, rename = "RuleID")]
    id: Loose<'t>,
    #[serde(borrow)]
    title: Loose<'t>,
    #[serde(borrow)]
    start_line: Loose<'t>,
}

/// The findings of a report, one for each id and word: an id repeats for each place.
struct Findings<'t> {
    run: RawRun<'t>,
    positions: HashMap<(String, Word), usize>,
}

impl<'t> Findings<'t> {
    fn add(&mut self, word: Word, id: &str, title: Cow<'t, str>) -> &mut RawCheck<'t> {
        let run = &mut self.run;
        let position = *self
            .positions
            .entry((id.to_owned(), word))
            .or_insert_with(|| {
                let mut check = RawCheck::new(word, id.to_owned(), title);
                check.control = control_of(id);
                run.checks.push(check);
                run.checks.len() - 1
            });
        &mut run.checks[position]
    }
}

fn read<'t>(documents: &[&'t str]) -> Result<Read<'t>, serde_json::Error> {
    let mut read = Read::default();
    for text in documents {
        let document: Document<'t> = serde_json::from_str(text)?;
        let mut findings = Findings {
            run: RawRun {
                started: document.created_at.0,
                tool_version: document.trivy.unwrap_or_default().version.0,
                benchmark: document.artifact_name.0,
                ..RawRun::default()
            },
            positions: HashMap::new(),
        };
        for target in document.results.unwrap_or_default() {
            read_target(target, "", &mut findings, &mut read);
        }
        let lists = [
            document.resources,
            document.vulnerabilities,
            document.misconfigurations,
        ];
        for resource in lists.into_iter().flatten().flatten() {
            let place = [resource.namespace, resource.kind, resource.name]
                .map(|Loose(part)| part)
                .iter()
                .filter(|part| !part.is_empty())
                .map(AsRef::as_ref)
                .collect::<Vec<&str>>()
                .join("/");
            for target in resource.results.unwrap_or_default() {
                read_target(target, &place, &mut findings, &mut read);
            }
        }
        // A report without any finding is a run too: nothing was found.
        read.runs.push(findings.run);
    }
    Ok(read)
}

fn read_target<'t>(
    target: Target<'t>,
    place: &str,
    findings: &mut Findings<'t>,
    read: &mut Read<'t>,
) {
    let place = if place.is_empty() {
        target.name.0.as_ref()
    } else {
        place
    };
    for one in target.misconfigurations.unwrap_or_default() {
        let id = if one.id.0.is_empty() {
            &one.avd_id.0
        } else {
            &one.id.0
        };
        // Without a status it failed: older versions listed failures only.
        let word = match one.status.0.as_ref() {
            "FAIL" | "" => Some(Word::Fail),
            "PASS" => Some(Word::Pass),
            "EXCEPTION" => Some(Word::Info),
            _ => None,
        };
        let (Some(word), false) = (word, id.is_empty()) else {
            read.counts.not_understood += 1;
            continue;
        };
        let check = findings.add(word, id, one.title.0);
        let message = one.message.0;
        check.details.push(Cow::Owned(if message.is_empty() {
            place.to_owned()
        } else {
            format!("{place}: {message}")
        }));
        if check.remediation.is_empty() && !one.resolution.0.is_empty() {
            check.remediation.push(one.resolution.0);
        }
        read.counts.read += 1;
    }
    for one in target.vulnerabilities.unwrap_or_default() {
        if one.id.0.is_empty() {
            read.counts.not_understood += 1;
            continue;
        }
        let (package, installed) = (&one.pkg_name.0, &one.installed_version.0);
        let title = if one.title.0.is_empty() {
            Cow::Owned(format!("{package} is vulnerable"))
        } else {
            one.title.0
        };
        let check = findings.add(Word::Fail, &one.id.0, title);
        let severity = &one.severity.0;
        check.details.push(Cow::Owned(format!(
            "{place}: {package} {installed} ({severity})"
        )));
        if !one.fixed_version.0.is_empty() {
            let fixed = format!("Update {package} to {}.", one.fixed_version.0);
            if check.remediation.iter().all(|line| *line != fixed) {
                check.remediation.push(Cow::Owned(fixed));
            }
        }
        read.counts.read += 1;
    }
    for one in target.secrets.unwrap_or_default() {
        if one.id.0.is_empty() {
            read.counts.not_understood += 1;
            continue;
        }
        // What was found is left out: it is a secret.
        let check = findings.add(Word::Fail, &one.id.0, one.title.0);
        check.control = Some("image-no-secrets");
        check
            .details
            .push(Cow::Owned(format!("{place}: line {}", one.start_line.0)));
        read.counts.read += 1;
    }
}

/// Nothing is recovered: half of a list of vulnerabilities would look like a clean rest.
fn recover(_: &str) -> Read<'_> {
    Read::default()
}

fn identify<'c>(run: &RawRun<'_>, _: &[(&str, &'c Control)], _: &'c Catalog) -> Identity {
    Identity {
        tool_version: run.tool_version.to_string(),
        ..Identity::default()
    }
}
