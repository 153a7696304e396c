//! That each check fires, and that it does not.

use jiff::Timestamp;
use pretty_assertions::assert_eq;

use crate::catalog::Catalog;
use crate::catalog::types::{Snippet, SnippetKind};
use crate::review::Jump;
use crate::review::checks::remarks;
use crate::review::testing::{Team, cell, id};
use crate::session::edit::Operation;
use crate::session::id::{IdSource, ScanId};
use crate::session::place::TextField;
use crate::session::types::{Finding, FindingStatus, LeaveKind, OpenKind, Scan, Stamp};
use crate::stride::Category;

const NOTHING: [&str; 0] = [];

/// The checks that a text sets off, with their words.
fn set_off(text: &str) -> Vec<(&'static str, String)> {
    let remarks = remarks(text);
    remarks
        .iter()
        .map(|one| (one.check(), one.word.clone()))
        .collect()
}

fn one(check: &'static str, word: &str) -> Vec<(&'static str, String)> {
    vec![(check, word.to_owned())]
}

fn threats(titles: &[&str]) -> Team {
    let mut team = Team::with_brief("free");
    for title in titles {
        let threat = team.threat("etcd", Category::Spoofing, title);
        team.mitigation(&threat);
    }
    team
}

#[test]
fn the_same_threat_in_nearly_the_same_words_is_noticed() {
    let team = threats(&[
        "Registry credentials stolen from a build agent",
        "The credentials of the registry are stolen from the build agents",
        "Registry credential is stolen by a build agent's cache",
    ]);
    assert_eq!(
        team.messages("same-threat-twice"),
        [
            "'The credentials of the registry are stolen from the build agents' is recorded twice in its cell",
            "'Registry credential is stolen by a build agent's cache' says nearly the same as \
             'Registry credentials stolen from a build agent' in its cell",
        ]
    );
}

#[test]
fn threats_that_share_some_words_or_contradict_each_other_are_two() {
    for titles in [
        [
            "Registry credentials stolen from a build agent",
            "Registry image replaced by a build agent",
        ],
        [
            "Peer traffic between members with TLS switched on",
            "Peer traffic between members without TLS switched on",
        ],
        ["Threat 1", "Threat 2"],
    ] {
        assert_eq!(threats(&titles).checks(), NOTHING, "{titles:?}");
    }
    let mut team = threats(&["Same words"]);
    let threat = team.threat("etcd", Category::Tampering, "Same words");
    team.mitigation(&threat);
    assert_eq!(team.checks(), NOTHING, "another cell");
}

#[test]
fn a_suggestion_left_as_accepted_needs_words_and_one_that_does_not_apply_does_not() {
    let mut team = Team::with_brief("course");
    let cell = cell("docker-host", Category::ElevationOfPrivilege);
    let suggestion = id("host-docker-sock-mounted");
    team.does(Operation::LeaveSuggestion {
        cell: cell.clone(),
        suggestion: suggestion.clone(),
    });
    assert_eq!(team.checks(), NOTHING);
    team.does(Operation::SetLeaveKind {
        cell: cell.clone(),
        suggestion: suggestion.clone(),
        kind: LeaveKind::Accepted,
    });
    assert_eq!(team.checks(), ["left-without-reason"]);
    team.writes(
        TextField::LeftReason(cell, suggestion),
        "By Ana, until March",
    );
    assert_eq!(team.checks(), NOTHING);
}

#[test]
fn an_open_question_says_what_is_to_be_found_out() {
    let mut team = Team::with_brief("course");
    let cell = cell("docker-host", Category::Spoofing);
    team.does(Operation::SetOpenQuestion {
        cell: cell.clone(),
        kind: Some(OpenKind::NotKnown),
    });
    assert_eq!(team.checks(), ["open-question-without-words"]);
    team.writes(TextField::OpenQuestion(cell), "Who may log in over SSH?");
    assert_eq!(team.checks(), NOTHING);
}

fn scanned(team: &mut Team, findings: &[(&str, &str)]) {
    let finding = |(number, title): &(&str, &str)| Finding {
        number: (*number).into(),
        title: (*title).into(),
        printed_status: "WARN".into(),
        status: FindingStatus::Failed,
        control: None,
        details: Vec::new(),
        remediation: "".into(),
    };
    let scan = Scan {
        id: ScanId::fresh(&mut IdSource::new(3), |_| false),
        file: "bench.log".into(),
        tool: "docker-bench-security".into(),
        tool_version: "".into(),
        benchmark: "".into(),
        findings: findings.iter().map(finding).collect(),
        created: Stamp {
            by: None,
            at: Timestamp::UNIX_EPOCH,
        },
    };
    team.does(Operation::AddScan(Box::new(scan)));
}

const SCAN: [(&str, &str); 2] = [
    ("2.14", "Ensure Userland Proxy is Disabled (Scored)"),
    (
        "2.17",
        "Ensure containers are restricted from acquiring new privileges (Scored)",
    ),
];

#[test]
fn a_chosen_finding_must_be_in_a_scan_where_there_is_one() {
    let mut team = Team::with_brief("free");
    team.hardening("5.99", "Ensure the moon is full", "Wait.");
    assert_eq!(team.checks(), NOTHING, "nothing was imported yet");
    scanned(&mut team, &SCAN);
    assert_eq!(
        team.messages("finding-not-in-a-scan"),
        ["Finding 5.99 'Ensure the moon is full' is in no imported scan"]
    );
}

#[test]
fn number_and_title_of_a_finding_must_be_those_of_the_scan() {
    let mut team = Team::with_brief("free");
    scanned(&mut team, &SCAN);
    team.hardening("2.14", "Ensure userland proxy is disabled", "Off.");
    assert_eq!(
        team.checks(),
        NOTHING,
        "small and large letters do not matter"
    );
    team.hardening("2.17", "Ensure userland proxy is disabled", "Off.");
    team.hardening("2.17", "Ensure live restore is enabled", "On.");
    assert_eq!(
        team.messages("finding-number-and-title-disagree"),
        [
            "Finding 2.17 has the title 'Ensure userland proxy is disabled', which the scan prints under 2.14",
            "Finding 2.17 has the title 'Ensure live restore is enabled', but the scan calls 2.17 \
             'Ensure containers are restricted from acquiring new privileges (Scored)'",
        ]
    );
}

#[test]
fn without_a_scan_the_catalog_knows_which_numbers_a_title_had() {
    let mut team = Team::with_brief("free");
    // The same check in two versions of the benchmark.
    for number in ["2.17", "2.14"] {
        let title = "Ensure containers are restricted from acquiring new privileges (Scored)";
        team.hardening(number, title, "Restrict them.");
    }
    assert_eq!(team.checks(), NOTHING);
    let title = "Ensure containers are restricted from acquiring new privileges";
    team.hardening("5.31", title, "Restrict them.");
    let messages = team.messages("finding-number-and-title-disagree");
    assert!(
        messages.len() == 1 && messages[0].contains("2.14") && messages[0].contains("2.17"),
        "{messages:?}"
    );
}

#[test]
fn a_misspelt_key_of_the_daemon_is_found_with_what_was_meant() {
    // As in a write-up of the course.
    let text = "Edit the docker daemon configuration file at /etc/docker/daemon.json with\n\
                {\n  \"no-new-priveleges\": true\n}";
    let found = remarks(text);
    assert_eq!(found.len(), 1);
    assert_eq!(
        found[0].message,
        "dockerd knows no key no-new-priveleges in daemon.json; did you mean no-new-privileges?"
    );
    for text in [
        "{ \"no-new-priveleges\": true }",
        "Set no-new-priveleges to true in daemon.json.",
        "```json\n{\"icc\": false, \"no-new-priveleges\": true}\n```",
    ] {
        assert_eq!(
            set_off(text),
            one("unknown-daemon-key", "no-new-priveleges"),
            "{text}"
        );
    }
    let text = "In daemon.json: {\"wormholes\": true}";
    assert_eq!(set_off(text), one("unknown-daemon-key", "wormholes"));
}

#[test]
fn keys_that_the_daemon_knows_and_objects_of_others_are_left_alone() {
    for text in [
        "Put {\"no-new-privileges\": true, \"userland-proxy\": false} into daemon.json.",
        "In daemon.json set log-opts to {\"max-size\": \"10m\", \"max-file\": \"3\"}.",
        "Add a registry-mirror and insecure-registries to daemon.json; see log-drivers.",
        "{\"apiVersion\": \"v1\", \"kind\": \"Secret\"}",
        "docker inspect --format '{{.HostConfig.Privileged}}'",
        "The client reads {\"credsStore\": \"pass\"} from config.json, the daemon daemon.json.",
        "The kernel's no_new_privs, also no-new-privs, is set by --security-opt no-new-privileges.",
    ] {
        assert_eq!(set_off(text), [], "{text}");
    }
}

#[test]
fn json_that_does_not_parse_is_found() {
    for (text, word) in [
        ("daemon.json:\n{\n  \"icc\": false,\n}", "daemon.json"),
        ("daemon.json:\n{\n  \"icc\": false", "daemon.json"),
        ("```json\n{\"a\": 1,}\n```", "json"),
        ("~~~ JSON\n[1, 2\n~~~\nMore words.", "json"),
    ] {
        assert_eq!(set_off(text), one("invalid-json", word), "{text}");
    }
    for text in [
        "```json\n{\"a\": [1, 2]}\n```",
        "```sh\n{ echo; }\n```",
        "```json\n{\"a\": {{ .Values.a }}}\n```",
        "A list {a, b} in words.",
    ] {
        assert_eq!(set_off(text), [], "{text}");
    }
}

#[test]
fn yaml_that_does_not_parse_is_found() {
    for text in [
        "```yaml\nspec:\n  - name: a\n   image: b\n```",
        "1. Apply:\n   ```yml\n   kind: [Pod\n   ```",
    ] {
        assert_eq!(set_off(text), one("invalid-yaml", "yaml"), "{text}");
    }
    for text in [
        "```yaml\nspec:\n  - name: a\n    image: b\n---\nkind: Pod\n```",
        "1. Apply:\n   ```yml\n   kind: Pod\n   spec: {}\n   ```",
        "```yaml\nname: {{ .Release.Name }}\n```",
        "```text\nkind: [Pod\n```",
    ] {
        assert_eq!(set_off(text), [], "{text}");
    }
}

#[test]
fn what_kubernetes_removed_is_found_with_what_there_is_today() {
    // As in a write-up of the course.
    let text = "Use Kubernetes network policies, implement PodSecurityPolicies, and regularly \
                audit and review cluster configurations for any unauthorized changes.";
    let found = remarks(text);
    assert_eq!(found.len(), 1);
    assert_eq!(
        found[0].message,
        "Kubernetes has no PodSecurityPolicies since 1.25; today it is Pod Security Admission, \
         which enforces the Pod Security Standards by namespace"
    );
    for (text, word) in [
        ("Write a pod security policy.", "pod security policy"),
        (
            "```yaml\napiVersion: policy/v1beta1\nkind: PodSecurityPolicy\n```",
            "PodSecurityPolicy",
        ),
        (
            "Start it with --basic-auth-file=users.csv",
            "--basic-auth-file",
        ),
    ] {
        assert!(
            set_off(text).contains(&("removed-from-kubernetes", word.to_owned())),
            "{text}"
        );
    }
}

#[test]
fn a_sentence_about_the_removal_is_no_advice() {
    for text in [
        "PodSecurityPolicy was removed in Kubernetes 1.25. Use Pod Security Admission.",
        "Use Pod Security Admission instead of PodSecurityPolicy.",
        "Use Pod Security Admission with the Pod Security Standards.",
        "apiVersion: policy/v1",
    ] {
        assert_eq!(set_off(text), [], "{text}");
    }
}

#[test]
fn a_misspelt_flag_is_found_with_what_was_meant() {
    let found = remarks("Never start a container with --privilege.");
    assert_eq!(found.len(), 1);
    assert_eq!(
        found[0].message,
        "the flag --privilege does not exist; did you mean --privileged?"
    );
    assert_eq!(
        set_off("--anonymus-auth=false"),
        one("misspelt-flag", "--anonymus-auth")
    );
    for text in [
        "docker run --privileged --cap-drop=ALL --pids-limit 100 --security-opt no-new-privileges",
        "kube-apiserver --anonymous-auth=false --authorization-mode=Node,RBAC",
        "A dash -- like this -- or --- a line, and x--privilege.",
        "tool --something-of-its-own",
    ] {
        assert_eq!(set_off(text), [], "{text}");
    }
}

#[test]
fn texts_of_mitigations_and_findings_are_read() {
    let mut team = Team::with_brief("free");
    let threat = team.threat("etcd", Category::Spoofing, "One");
    let mitigation = team.mitigation_saying(&threat, "Forbid --privilege everywhere");
    let hardening = team.hardening("", "", "daemon.json: {\"no-new-priveleges\": true}");
    let quality = team.report().quality;
    let found: Vec<_> = quality
        .iter()
        .map(|one| (one.check, one.subject.clone(), one.jump.clone()))
        .collect();
    assert_eq!(
        found,
        [
            (
                "misspelt-flag",
                format!("{mitigation}/--privilege"),
                Jump::Mitigation(mitigation)
            ),
            (
                "unknown-daemon-key",
                format!("{hardening}/no-new-priveleges"),
                Jump::Hardening(hardening)
            ),
        ]
    );
}

#[test]
fn nothing_in_the_catalog_that_people_paste_sets_a_check_off() {
    let catalog = Catalog::embedded();
    let threats = catalog.components.iter().flat_map(|one| &one.threats);
    let mitigations = threats.flat_map(|one| &one.mitigations);
    let mut texts: Vec<String> = mitigations
        .flat_map(|one| [one.what.to_string(), one.verify.to_string()])
        .collect();
    for control in &catalog.controls {
        texts.push(control.remediation.text.to_string());
        let fenced = |one: &Snippet| {
            let language = one.kind.fence_language();
            let place = match one.kind {
                SnippetKind::DaemonJson => "For daemon.json:",
                _ => "",
            };
            format!("{place}\n```{language}\n{}\n```", one.text)
        };
        texts.extend(control.remediation.snippets.iter().map(fenced));
    }
    assert!(texts.len() > 2_000);
    for text in texts {
        assert_eq!(set_off(&text), [], "{text}");
    }
}

#[test]
fn what_is_accepted_with_a_reason_is_apart_and_comes_back_without_it() {
    let mut team = Team::with_brief("free");
    let threat = team.threat("etcd", Category::Spoofing, "One");
    team.does(Operation::AcceptCheck {
        check: "threat-without-response".into(),
        subject: threat.to_string().into(),
    });
    let report = team.report();
    assert_eq!(report.quality.len(), 1, "without a reason it is still open");
    assert!(report.accepted.is_empty() && !report.passes());

    let acceptance = team.session().accepted_checks[0].id.clone();
    team.writes(
        TextField::AcceptedCheck(acceptance.clone()),
        "The audit decides.",
    );
    let report = team.report();
    assert!(report.quality.is_empty() && report.passes());
    assert_eq!(report.accepted.len(), 1);
    assert_eq!(
        report.accepted[0].quality.as_ref().map(|one| one.check),
        Some("threat-without-response")
    );

    team.mitigation(&threat);
    assert_eq!(team.report().accepted[0].quality, None, "put right since");

    team.does(Operation::RemoveAcceptedCheck(acceptance));
    assert!(team.report().accepted.is_empty());
}
