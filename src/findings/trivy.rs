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

/// The catalog's control of an id, as Trivy's own specifications docker-cis-1.6.0 and k8s-cis-1.23
/// relate them. Two entries are from the checks themselves: the specification gives the controller
/// manager's profiling (34) to the scheduler (40), and knows secrets in a build file (DS 31) only
/// by severity. Ids are written `DS002`, `DS-0002` and `AVD-DS-0002`.
fn control_of(id: &str) -> Option<&'static str> {
    let id = id.strip_prefix("AVD-").unwrap_or(id);
    let letters = id.bytes().take_while(u8::is_ascii_alphabetic).count();
    let (family, number) = id.split_at(letters);
    let number: u16 = number.trim_start_matches('-').parse().ok()?;
    let table: &[(u16, &str)] = match family {
        "DS" => &DOCKERFILE,
        "KSV" => &WORKLOADS,
        "KCV" => &CLUSTER,
        _ => return None,
    };
    table
        .iter()
        .find_map(|(one, control)| (*one == number).then_some(*control))
}

const DOCKERFILE: [(u16, &str); 5] = [
    (2, "image-non-root-user"),
    (5, "image-copy-not-add"),
    (17, "image-no-update-alone"),
    (26, "image-healthcheck"),
    (31, "image-no-secrets"),
];

const WORKLOADS: [(u16, &str); 20] = [
    (1, "k8s-pss-priv-escalation"),
    (3, "k8s-pss-capabilities"),
    (4, "k8s-pss-capabilities"),
    (8, "k8s-pss-host-ipc"),
    (9, "k8s-pss-host-network"),
    (10, "k8s-pss-host-pid"),
    (12, "k8s-pss-root"),
    (17, "k8s-pss-privileged"),
    (22, "k8s-pss-net-raw"),
    (23, "k8s-pss-hostpath"),
    (24, "k8s-pss-hostports"),
    (36, "k8s-sa-token-mount"),
    (38, "k8s-net-namespace-policies"),
    (41, "k8s-rbac-secrets"),
    (43, "k8s-rbac-bind-impersonate-escalate"),
    (44, "k8s-rbac-wildcards"),
    (45, "k8s-rbac-wildcards"),
    (46, "k8s-rbac-wildcards"),
    (103, "k8s-pss-windows-hostprocess"),
    (111, "k8s-rbac-cluster-admin"),
];

const CLUSTER: [(u16, &str); 85] = [
    (1, "k8s-apiserver-anonymous-auth"),
    (2, "k8s-apiserver-token-auth-file"),
    (3, "k8s-apiserver-deny-external-ips"),
    (5, "k8s-apiserver-kubelet-client-cert"),
    (6, "k8s-apiserver-kubelet-ca"),
    (7, "k8s-apiserver-authz-not-alwaysallow"),
    (8, "k8s-apiserver-authz-node"),
    (9, "k8s-apiserver-authz-rbac"),
    (10, "k8s-apiserver-eventratelimit"),
    (11, "k8s-apiserver-no-alwaysadmit"),
    (12, "k8s-apiserver-alwayspullimages"),
    (14, "k8s-apiserver-serviceaccount-plugin"),
    (15, "k8s-apiserver-namespacelifecycle"),
    (16, "k8s-apiserver-noderestriction"),
    (18, "k8s-apiserver-profiling"),
    (19, "k8s-apiserver-audit-log-path"),
    (20, "k8s-apiserver-audit-maxage"),
    (21, "k8s-apiserver-audit-maxbackup"),
    (22, "k8s-apiserver-audit-maxsize"),
    (24, "k8s-apiserver-sa-lookup"),
    (25, "k8s-apiserver-sa-key-file"),
    (26, "k8s-apiserver-etcd-client-cert"),
    (27, "k8s-apiserver-tls-cert"),
    (28, "k8s-apiserver-client-ca"),
    (29, "k8s-apiserver-etcd-ca"),
    (30, "k8s-apiserver-encryption-config"),
    (33, "k8s-cm-terminated-pod-gc"),
    (34, "k8s-cm-profiling"),
    (35, "k8s-cm-sa-credentials"),
    (36, "k8s-cm-sa-private-key"),
    (37, "k8s-cm-root-ca"),
    (38, "k8s-cm-rotate-kubelet-cert"),
    (39, "k8s-cm-bind-localhost"),
    (40, "k8s-scheduler-profiling"),
    (41, "k8s-scheduler-bind-localhost"),
    (42, "k8s-etcd-server-cert"),
    (43, "k8s-etcd-client-cert-auth"),
    (44, "k8s-etcd-no-auto-tls"),
    (45, "k8s-etcd-peer-cert"),
    (46, "k8s-etcd-peer-client-auth"),
    (47, "k8s-etcd-no-peer-auto-tls"),
    (48, "k8s-apiserver-manifest-perm"),
    (49, "k8s-apiserver-manifest-owner"),
    (50, "k8s-cm-manifest-perm"),
    (51, "k8s-cm-manifest-owner"),
    (52, "k8s-scheduler-manifest-perm"),
    (53, "k8s-scheduler-manifest-owner"),
    (54, "k8s-etcd-manifest-perm"),
    (55, "k8s-etcd-manifest-owner"),
    (56, "k8s-cni-file-perm"),
    (57, "k8s-cni-file-owner"),
    (58, "k8s-etcd-data-perm"),
    (59, "k8s-etcd-data-owner"),
    (60, "k8s-admin-conf-perm"),
    (61, "k8s-admin-conf-owner"),
    (62, "k8s-scheduler-conf-perm"),
    (63, "k8s-scheduler-conf-owner"),
    (64, "k8s-cm-conf-perm"),
    (65, "k8s-cm-conf-owner"),
    (66, "k8s-pki-owner"),
    (67, "k8s-pki-key-perm"),
    (68, "k8s-pki-cert-perm"),
    (69, "k8s-kubelet-service-perm"),
    (70, "k8s-kubelet-service-owner"),
    (71, "k8s-proxy-kubeconfig-perm"),
    (72, "k8s-proxy-kubeconfig-owner"),
    (73, "k8s-kubelet-conf-perm"),
    (74, "k8s-kubelet-conf-owner"),
    (75, "k8s-node-ca-perm"),
    (76, "k8s-node-ca-owner"),
    (77, "k8s-kubelet-config-perm"),
    (78, "k8s-kubelet-config-owner"),
    (79, "k8s-kubelet-anonymous-auth"),
    (80, "k8s-kubelet-authz-mode"),
    (81, "k8s-kubelet-client-ca"),
    (82, "k8s-kubelet-readonly-port"),
    (84, "k8s-kubelet-iptables"),
    (85, "k8s-kubelet-streaming-timeout"),
    (86, "k8s-kubelet-hostname-override"),
    (87, "k8s-kubelet-event-qps"),
    (88, "k8s-kubelet-tls-cert"),
    (89, "k8s-kubelet-tls-cert"),
    (90, "k8s-kubelet-rotate-certs"),
    (91, "k8s-kubelet-rotate-server-cert"),
    (92, "k8s-kubelet-ciphers"),
];

#[cfg(test)]
mod tests {
    use super::*;
    use pretty_assertions::assert_eq;

    #[test]
    fn ids_lead_to_controls_in_every_spelling() {
        for id in ["DS002", "DS-0002", "AVD-DS-0002"] {
            assert_eq!(control_of(id), Some("image-non-root-user"));
        }
        assert_eq!(
            control_of("AVD-KCV-0086"),
            Some("k8s-kubelet-hostname-override")
        );
        assert_eq!(control_of("CVE-2031-0001"), None);
        assert_eq!(control_of("DS"), None);
    }

    #[test]
    fn every_control_of_the_tables_is_in_the_catalog() {
        let catalog = Catalog::embedded();
        for (_, control) in DOCKERFILE.iter().chain(&WORKLOADS).chain(&CLUSTER) {
            assert!(catalog.control(control).is_some(), "{control}");
        }
    }
}
