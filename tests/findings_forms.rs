//! The forms in which people hand over reports, each as a small text of our own.
#![allow(clippy::format_collect, clippy::unwrap_used, reason = "a test")]

use std::sync::LazyLock;

use astride::catalog::Catalog;
use astride::findings::json::FindingsJson;
use astride::findings::{Notice, ReadError, Reading, Run, read};
use astride::session::types::FindingStatus;
use pretty_assertions::assert_eq;

static CATALOG: LazyLock<Catalog> = LazyLock::new(Catalog::embedded);

fn reading(text: &str) -> Reading {
    read(text.as_bytes(), "report", &CATALOG).unwrap()
}

fn error(text: &str) -> ReadError {
    read(text.as_bytes(), "report", &CATALOG).unwrap_err()
}

/// The current run of a report by one tool.
fn current(text: &str) -> (&'static str, Run) {
    let reading = reading(text);
    assert_eq!(reading.reports.len(), 1, "{:?}", reading.reports);
    let report = &reading.reports[0];
    (report.tool, report.current().unwrap().clone())
}

fn lines(run: &Run) -> Vec<String> {
    run.findings
        .iter()
        .map(|one| {
            let control = one.control.as_ref().map_or("-", |id| id.as_str());
            format!(
                "{} {} {control}",
                one.printed_status.raw(),
                one.number.raw()
            )
        })
        .collect()
}

#[test]
fn one_control_under_three_numbers() {
    for (text, expected) in [
        (
            "[WARN] 2.14 - Ensure live restore is Enabled\n",
            "WARN 2.14 daemon-live-restore",
        ),
        (
            "[WARN] 2.13 - Ensure live restore is Enabled (Scored)\n",
            "WARN 2.13 daemon-live-restore",
        ),
        (
            "[WARN] 2.15 - Ensure live restore is enabled (Scored)\n",
            "WARN 2.15 daemon-live-restore",
        ),
    ] {
        assert_eq!(lines(&current(text).1), [expected]);
    }
    let numbers = &CATALOG.control("daemon-live-restore").unwrap().numbers;
    for (version, number) in [
        ("cis-docker-1.2.0", "2.13"),
        ("cis-docker-ce-1.1.0", "2.14"),
        ("cis-docker-1.6.0", "2.15"),
    ] {
        assert!(
            numbers
                .iter()
                .any(|(one, its)| *one == *version && its == number)
        );
    }
}

#[test]
fn a_number_alone_decides_nothing() {
    let (_, run) = current(
        "[NOTE] 5.22 - Ensure docker exec commands are not used with privileged option\n\
         [WARN] 5.23 - Ensure the coffee is hot\n",
    );
    assert_eq!(
        lines(&run),
        ["NOTE 5.22 ct-exec-no-privileged", "WARN 5.23 -"]
    );
}

#[test]
fn words_mean_what_the_tool_means() {
    let (tool, run) = current(
        "[WARN] 5.10 - Ensure memory usage for container is limited\n\
         [NOTE] 5.22 - Ensure docker exec commands are not used with privileged option\n",
    );
    assert_eq!(tool, "docker-bench-security");
    let meanings: Vec<_> = run.findings.iter().map(|one| one.status).collect();
    assert_eq!(meanings, [FindingStatus::Failed, FindingStatus::Manual]);
    let (tool, run) = current(
        "[WARN] 5.1 Ensure AppArmor Profile is Enabled\n\
         [FAIL] 5.10 Ensure memory usage for container is limited\n",
    );
    assert_eq!(tool, "docker-bench");
    let meanings: Vec<_> = run.findings.iter().map(|one| one.status).collect();
    assert_eq!(meanings, [FindingStatus::Manual, FindingStatus::Failed]);
}

const REPORT: &str = "\
# Docker Bench for Security v1.6.0
# Based on the CIS Docker Benchmark 1.6.0.

Initializing 2031-02-03T04:05:06+00:00


Section A - Check results

[INFO] 2 - Docker daemon configuration
[WARN] 2.15 - Ensure live restore is enabled (Scored)
[INFO] 5 - Container Runtime
[WARN] 5.11 - Ensure that the memory usage for containers is limited (Automated)
[WARN]       * Container running without memory restrictions: web

Section C - Score

[INFO] Checks: 2
[INFO] Score: -2
";

/// The report with something before each line.
fn each_line(prefix: impl Fn(usize) -> String) -> String {
    let lines = REPORT.lines().enumerate();
    let lines: Vec<String> = lines
        .map(|(position, line)| prefix(position) + line)
        .collect();
    lines.join("\n") + "\n"
}

#[test]
fn names_and_times_before_every_line_are_skipped() {
    let expected = lines(&current(REPORT).1);
    assert_eq!(
        expected,
        ["WARN 2.15 daemon-live-restore", "WARN 5.11 ct-memory-limit"]
    );
    for prefix in ["bench-1  | ", "> ", "    ", "# "] {
        let text = each_line(|_| prefix.to_owned());
        let (_, run) = current(&text);
        assert_eq!(lines(&run), expected, "{prefix}");
        assert_eq!(run.findings[1].details.len(), 1, "{prefix}");
    }
    let timed = each_line(|position| format!("2031-02-03T04:05:{position:02}.0000001Z "));
    let (_, run) = current(&timed);
    assert_eq!(lines(&run), expected);
    assert_eq!(run.benchmark, "CIS Docker 1.6.0");
    assert_eq!(run.started, "2031-02-03T04:05:06+00:00");
}

#[test]
fn every_line_is_counted_once() {
    let text = format!("Pulling from docker\n{REPORT}some noise\n");
    let counts = reading(&text).counts;
    assert_eq!(counts.total(), text.lines().count());
    assert_eq!(counts.not_understood, 2);
}

fn adds_up(reading: &Reading) -> bool {
    let mut notices = reading.all_notices();
    !notices.any(|notice| matches!(notice, Notice::CountedOtherwise { .. }))
}

#[test]
fn a_report_that_counts_otherwise_says_so() {
    let text = REPORT.replace("Checks: 2", "Checks: 117");
    assert!(reading(&text).all_notices().any(|one| *one
        == Notice::CountedOtherwise {
            what: "checks",
            stated: 117,
            read: 2
        }));
    assert!(adds_up(&reading(REPORT)));
}

#[test]
fn several_runs_are_read_and_the_last_is_used() {
    let text = format!(
        "{REPORT}{REPORT}{}",
        REPORT.replace("[WARN] 2.15", "[PASS] 2.15")
    );
    let reading = reading(&text);
    let report = &reading.reports[0];
    assert_eq!((report.run_count, report.runs.len()), (3, 3));
    assert_eq!(report.current().unwrap().failed().count(), 1);
    assert_eq!(report.runs[0].failed().count(), 2);
    assert_eq!(
        reading.notices[0].to_string(),
        "3 runs of docker-bench-security found; the last one is used."
    );
}

#[test]
fn a_write_up_may_cut_one_report_into_code_blocks() {
    let text = "# Findings\n\nDaemon:\n```\n[WARN] 2.15 - Ensure live restore is enabled\n```\n\
                Containers, see [WARN] 5.2 - in the text:\n~~~text\n\
                [WARN] 5.11 - Ensure that the memory usage for containers is limited\n~~~\n";
    let reading = reading(text);
    assert_eq!(reading.reports[0].run_count, 1);
    let run = reading.reports[0].current().unwrap();
    assert_eq!(
        lines(run),
        ["WARN 2.15 daemon-live-restore", "WARN 5.11 ct-memory-limit"]
    );
    assert_eq!(reading.counts.total(), text.lines().count());
}

#[test]
fn a_code_block_that_contradicts_is_a_run_and_one_that_repeats_is_a_quote() {
    let before = "```\n[WARN] 2.15 - Ensure live restore is enabled\n\
                  [WARN] 5.11 - Ensure that the memory usage for containers is limited\n```\n";
    let quote = "As said:\n```\n[WARN] 2.15 - Ensure live restore is enabled\n```\n";
    let after = before.replace("[WARN] 2.15", "[PASS] 2.15");
    let quoted = reading(&format!("{before}{quote}"));
    assert_eq!(quoted.reports[0].run_count, 1);
    let both = reading(&format!("{before}{quote}Then:\n{after}"));
    assert_eq!(both.reports[0].run_count, 2);
    assert_eq!(both.reports[0].current().unwrap().failed().count(), 1);
}

#[test]
fn wrapped_titles_are_joined() {
    let (_, run) = current(
        "[WARN] 5.13 - Ensure incoming\n container traffic is binded to a specific host interface\n\
         [WARN] 5.10 - Ensure memory usage for container is limited\n",
    );
    assert_eq!(lines(&run)[0], "WARN 5.13 ct-bind-specific-interface");
    assert!(run.findings[0].title.raw().ends_with("interface"));
}

#[test]
fn remediation_lines_are_no_checks() {
    let text = REPORT.replace(
        "Section C - Score",
        "Section B - Remediation measures\n\n[INFO] 5 - Container Runtime\n\
         [INFO] 5.11 - You should use --memory. Remediation Impact: None.\n\nSection C - Score",
    );
    let (_, run) = current(&text);
    assert_eq!(run.counts(), [0, 2, 0, 0, 0]);
    assert_eq!(
        run.findings[1].remediation,
        "You should use --memory. Remediation Impact: None."
    );
}

#[test]
fn a_check_that_lost_its_title_is_found_by_number_and_version() {
    let text = "# Docker Bench for Security v1.1.0\n# Inspired by the CIS Docker 1.11 Benchmark:\n\
                Initializing Wed Aug 10 23:07:18 UTC 2016\n\
                [INFO] 1 - Host Configuration\n\
                [WARN] 1.7  - Failed to inspect: auditctl command not found.\n\
                [WARN] 5.10 - Limit memory usage for container\n";
    let (_, run) = current(text);
    assert_eq!(
        lines(&run),
        ["WARN 1.7 host-audit-dockerd", "WARN 5.10 ct-memory-limit"]
    );
    assert_eq!(run.benchmark, "CIS Docker 1.11");
}

#[test]
fn a_check_without_number_is_kept_but_not_counted() {
    let text = REPORT.replace(
        "[INFO] 5 - Container",
        "[INFO] Ensure that experimental features are not implemented in production (Deprecated)\n\
         [INFO] 5 - Container",
    );
    let text = text.replace("Checks: 2", "Checks: 3");
    let reading = reading(&text);
    let run = reading.reports[0].current().unwrap();
    assert_eq!(run.counts(), [0, 2, 0, 0, 0]);
    assert_eq!(lines(run)[1], "INFO  daemon-no-experimental");
    assert!(adds_up(&reading));
}

#[test]
fn a_scanner_that_could_not_start_is_no_clean_result() {
    let reading = reading("Error connecting to docker daemon (does docker ps work?)\n");
    let report = &reading.reports[0];
    assert_eq!(
        (report.tool, report.run_count),
        ("docker-bench-security", 0)
    );
    assert!(report.current().is_none());
    assert!(matches!(reading.notices[0], Notice::NotStarted { .. }));
}

#[test]
fn without_containers_the_section_is_missing_and_said() {
    let text = "Initializing 2031\n[INFO] 4 - Container Images and Build File\n\
                [INFO] 4.1  - Ensure a user for the container has been created\n\
                [INFO]      * No containers running\n\
                [INFO] 5 - Container Runtime\n\
                [INFO]      * No containers running, skipping Section 5\n";
    assert!(
        reading(text)
            .all_notices()
            .any(|one| *one == Notice::NoContainers)
    );
}

#[test]
fn the_numbers_tell_two_versions_with_one_banner_apart() {
    let old = "# Docker Bench for Security v1.6.0\nInitializing 2031\n\nSection A - Check results\n\
        [WARN] 5.1 - Ensure that, if applicable, an AppArmor Profile is enabled (Automated)\n\
        [WARN] 5.10 - Ensure that the memory usage for containers is limited (Automated)\n\
        [WARN] 5.28 - Ensure that the PIDs cgroup limit is used (Automated)\n";
    let new = old
        .replace("5.28", "5.29")
        .replace("5.10", "5.11")
        .replace("5.1 ", "5.2 ");
    assert_eq!(current(old).1.tool_version, "1.6.0");
    assert_eq!(current(&new).1.tool_version, "1.6.0 (numbered like 1.6.1)");
}

#[test]
fn flat_json_is_known_by_number_because_its_version_is_stated() {
    let (_, run) = current(
        "{\n\"dockerbenchsecurity\": \"1.3.4\",\n\"start\": 1900000000,\n\"1.4\": \
         \"docker:x:999:alice\",\n\"4.1\": \"WARN: web\",\n\"4.1\": \"WARN: cache\",\n\
         \"2.14\": \"WARN\",\n\"checks\": 104, \"score\": 17, \"end\": 1900000004 \n}",
    );
    assert_eq!(
        lines(&run),
        [
            "WARN 4.1 image-non-root-user",
            "WARN 2.14 daemon-live-restore"
        ]
    );
    assert_eq!(run.findings[0].details, ["web", "cache"]);
    assert_eq!(run.started, "2030-03-17T17:46:40Z");
}

#[test]
fn json_that_is_cut_off_is_recovered_and_said() {
    let text = "{ \"dockerbenchsecurity\": \"1.3.5\", \"start\": 1900000000,\n \"tests\": [\n\
        {\"id\": \"5\", \"desc\": \"Container Runtime\", \"results\": [\n\
        {\"id\": \"5.10\", \"desc\": \"Ensure that the memory usage for containers is limited \
        (Scored)\", \"result\": \"WARN\", \"details\": \"a: web\", \"items\": [\"web\"]},\n\
        {\"id\": \"5.11\", \"desc\": \"Ensure that CPU pri";
    let reading = reading(text);
    let run = reading.reports[0].current().unwrap();
    assert_eq!(lines(run), ["WARN 5.10 ct-memory-limit"]);
    assert!(matches!(
        reading.notices[..],
        [.., Notice::Recovered { line: 5, .. }]
    ));
}

#[test]
fn json_in_a_list_with_log_lines_around_it_is_read() {
    let one = "{\"dockerbenchsecurity\":\"1.3.5\",\"start\":1900000000,\"tests\":[{\"id\":\"5.10\",\
        \"desc\":\"Ensure that the memory usage for containers is limited (Scored)\",\
        \"result\":\"WARN\"}],\"checks\":1,\"score\":-1,\"end\":1900000001}";
    let reading = reading(&format!(
        "starting\n[{one},\n{}]\ndone\n",
        one.replace("WARN", "PASS")
    ));
    assert_eq!(reading.reports[0].run_count, 2);
    assert_eq!(reading.reports[0].current().unwrap().failed().count(), 0);
}

#[test]
fn a_coloured_report_inside_a_json_text_is_read() {
    let coloured = REPORT.replace("[WARN]", "\u{1b}[1;31m[WARN]\u{1b}[0m");
    let text = serde_json::json!({ "job": "bench", "output": coloured }).to_string();
    assert_eq!(lines(&current(&text).1), lines(&current(REPORT).1));
}

const KUBE: &str = "\
[INFO] 1 Control Plane Security Configuration
[INFO] 1.2 API Server
[FAIL] 1.2.15 Ensure that the --profiling argument is set to false (Automated)
[INFO] 1.3 Controller Manager
[PASS] 1.3.2 Ensure that the --profiling argument is set to false (Automated)

== Remediations master ==
1.2.15 Edit the API server pod specification file
and set the below parameter.
```
--profiling=false
```

== Summary master ==
1 checks PASS
1 checks FAIL
0 checks WARN
0 checks INFO

";

#[test]
fn kube_bench_headings_tell_the_component() {
    let (tool, run) = current(KUBE);
    assert_eq!(tool, "kube-bench");
    assert_eq!(
        lines(&run),
        [
            "FAIL 1.2.15 k8s-apiserver-profiling",
            "PASS 1.3.2 k8s-cm-profiling"
        ]
    );
    assert_eq!(
        run.findings[0].remediation,
        "Edit the API server pod specification file\nand set the below parameter.\n```\n\
         --profiling=false\n```"
    );
}

#[test]
fn logs_of_two_pods_are_two_runs() {
    let reading = reading(&format!("{KUBE}{}", KUBE.replace("[FAIL]", "[PASS]")));
    assert_eq!(reading.reports[0].run_count, 2);
}

#[test]
fn a_part_may_follow_the_remediations_without_a_summary() {
    let start = KUBE.find("\n== Summary").unwrap();
    let text = format!(
        "{}[INFO] 4 Worker Node Security Configuration\n[INFO] 4.2 Kubelet\n\
         [FAIL] 4.2.1 Ensure that the --anonymous-auth argument is set to false (Automated)\n",
        &KUBE[..start]
    );
    assert_eq!(
        lines(&current(&text).1)[2],
        "FAIL 4.2.1 k8s-kubelet-anonymous-auth"
    );
}

#[test]
fn groups_of_security_guides_are_no_checks() {
    let text = "[INFO] 2 Control Plane Configuration\n[INFO] 2.1 DISA Category Code I\n\
                [FAIL] V-242381 The Kubernetes Controller Manager must have secure binding\n\
                [INFO] V-242390 The API server must have anonymous authentication disabled\n";
    assert_eq!(
        lines(&current(text).1),
        ["FAIL V-242381 -", "INFO V-242390 -"]
    );
}

#[test]
fn only_the_failures_are_enough() {
    let text = "[FAIL] 5.10 Ensure that the memory usage for containers is limited (Scored)\n\
                [FAIL] 5.28 Ensure that the PIDs cgroup limit is used (Scored)\n2 checks FAIL\n";
    let (tool, run) = current(text);
    assert_eq!(tool, "docker-bench");
    assert_eq!(
        lines(&run),
        ["FAIL 5.10 ct-memory-limit", "FAIL 5.28 ct-pids-limit"]
    );
    assert_eq!(reading(text).all_notices().count(), 0);
}

#[test]
fn two_tools_in_one_file_are_two_reports() {
    let aqua = "[INFO] 18.09 CIS Docker Community Edition Benchmark\n\
                [FAIL] 5.10 Ensure that the memory usage for containers is limited (Scored)\n\n\
                == Summary ==\n1 checks FAIL\n\n";
    let reading = reading(&format!("{aqua}{KUBE}{REPORT}{KUBE}"));
    let found: Vec<_> = reading
        .reports
        .iter()
        .map(|report| (report.tool, report.run_count))
        .collect();
    assert_eq!(
        found,
        [
            ("docker-bench", 1),
            ("kube-bench", 2),
            ("docker-bench-security", 1)
        ]
    );
}

#[test]
fn credentials_are_masked_and_counted() {
    let text = "[INFO] 2 Etcd Node Configuration\n\
        [FAIL] 2.1 Ensure that the --cert-file and --key-file arguments are set as appropriate \
        (Automated)\n\t ETCD_NAME=a\n\t AWS_SECRET_ACCESS_KEY=abcdef0123\n\t PATH=/usr/bin\n";
    let reading = reading(text);
    let run = reading.reports[0].current().unwrap();
    assert_eq!(
        run.findings[0].details,
        [
            "ETCD_NAME=a",
            "AWS_SECRET_ACCESS_KEY=[masked]",
            "PATH=/usr/bin"
        ]
    );
    assert!(reading.all_notices().any(|one| *one == Notice::Masked(1)));
    assert!(!format!("{reading:?}").contains("abcdef0123"));
}

#[test]
fn escapes_that_json_spells_out_do_not_get_through() {
    let text = r#"{"id":"4","version":"cis-1.12","node_type":"node","tests":[{"desc":"Kubelet",
        "results":[{"test_number":"4.2.1","test_desc":"Ensure \u001b[31m that the --anonymous-auth
        argument is set to false","status":"FAIL","actual_value":"\u001b]52;c;ZWNobw==\u0007off",
        "remediation":"\u001b[2Jset it"}]}]}"#;
    let text = text.replace("\n        argument", " argument");
    let (_, run) = current(&text);
    let finding = &run.findings[0];
    for text in [&finding.title, &finding.remediation] {
        assert!(!text.raw().contains('\u{1b}'), "{text:?}");
    }
    assert_eq!(run.findings[0].details, ["off"]);
}

#[test]
fn trivy_misconfigurations_lead_to_controls_where_its_ids_allow() {
    let text = r#"{"SchemaVersion":2,"CreatedAt":"2031-02-03T04:05:06Z","ArtifactName":"app:1",
        "ArtifactType":"container_image","Results":[
        {"Target":"Dockerfile","Class":"config","Type":"dockerfile","MisconfSummary":{"Failures":2},
         "Misconfigurations":[
          {"Type":"Dockerfile Security Check","ID":"DS002","AVDID":"AVD-DS-0002",
           "Title":"Image user should not be 'root'","Message":"Specify at least 1 USER command",
           "Resolution":"Add 'USER name' line","Severity":"HIGH","Status":"FAIL"},
          {"ID":"DS-0026","Title":"No HEALTHCHECK defined","Status":"PASS"},
          {"ID":"DS001","Title":"':latest' tag used","Status":"FAIL"}]},
        {"Target":"app:1 (debian 13)","Class":"os-pkgs","Vulnerabilities":[
          {"VulnerabilityID":"CVE-2031-0001","PkgName":"libx","InstalledVersion":"1.0",
           "FixedVersion":"1.1","Severity":"HIGH"},
          {"VulnerabilityID":"CVE-2031-0001","PkgName":"libx-dev","InstalledVersion":"1.0",
           "Severity":"HIGH"}]},
        {"Target":"/app/.env","Class":"secret","Secrets":[
          {"RuleID":"aws-access-key-id","Title":"AWS Access Key ID","StartLine":3,"Match":"x"}]}]}"#;
    let (tool, run) = current(text);
    assert_eq!(tool, "trivy");
    assert_eq!(
        lines(&run),
        [
            "FAIL DS002 image-non-root-user",
            "PASS DS-0026 image-healthcheck",
            "FAIL DS001 -",
            "FAIL CVE-2031-0001 -",
            "FAIL aws-access-key-id image-no-secrets",
        ]
    );
    assert_eq!(run.findings[3].details.len(), 2);
    assert_eq!(run.findings[3].remediation, "Update libx to 1.1.");
}

#[test]
fn trivy_reports_of_clusters_are_read_in_both_shapes() {
    let resource = r#"{"Namespace":"shop","Kind":"Deployment","Name":"web","Results":[
        {"Target":"Deployment/web","Misconfigurations":[{"ID":"KSV017","Title":"Privileged",
        "Message":"Container 'web' is privileged","Status":"FAIL"}]}]}"#;
    for text in [
        format!(r#"{{"ClusterName":"kind","Resources":[{resource}]}}"#),
        format!(
            r#"{{"ClusterName":"kind","Vulnerabilities":[],"Misconfigurations":[{resource}]}}"#
        ),
    ] {
        let (_, run) = current(&text);
        assert_eq!(lines(&run), ["FAIL KSV017 k8s-pss-privileged"]);
        assert_eq!(
            run.findings[0].details,
            ["shop/Deployment/web: Container 'web' is privileged"]
        );
    }
}

#[test]
fn what_is_no_report_is_refused_with_a_reason() {
    assert_eq!(error(" \n"), ReadError::Empty);
    assert_eq!(error("Dear team,\nall is well.\n"), ReadError::Unknown);
    assert_eq!(
        error("[WARN] 5.10 - \u{201c}weights\u{201d} cannot be capitalised\n"),
        ReadError::Unknown
    );
    assert!(matches!(
        error("{\"a\": [1 2]}"),
        ReadError::BrokenJson { line: 1, .. }
    ));
    let falco = r#"{"rule":"Run shell","priority":"Notice","output":"x","time":"2031"}"#;
    assert!(error(falco).to_string().contains("Falco"));
    let inspect = r#"[{"Id":"1","HostConfig":{"Privileged":true}}]"#;
    assert!(error(inspect).to_string().contains("docker inspect"));
    let windows = r#"{"id":"1","text":"Account Policies","tests":[{"section":"1.1","results":[
        {"test_number":"1.1.1","test_desc":"Ensure 'Enforce history' is set","status":"FAIL"}]}]}"#;
    assert_eq!(error(windows), ReadError::Unknown);
    let linux = "[INFO] 1 Initial Setup\n[FAIL] 1.1.1.1 Ensure mounting of cramfs is disabled\n";
    assert_eq!(error(linux), ReadError::Unknown);
    let large = vec![b'a'; astride::findings::LARGEST + 1];
    assert_eq!(read(&large, "report", &CATALOG), Err(ReadError::TooLarge));
}

#[test]
fn a_line_that_is_too_long_is_left_out_and_said() {
    let text = format!("{REPORT}{}\n", "x".repeat(2 << 20));
    assert!(
        reading(&text)
            .all_notices()
            .any(|one| *one == Notice::LongLines(1))
    );
}

#[test]
fn the_json_keeps_its_shape() {
    let before = reading(REPORT);
    let after = reading(&REPORT.replace("[WARN] 2.15", "[PASS] 2.15"));
    let comparison =
        astride::findings::compare::compare(before.reports[0].side(), after.reports[0].side());
    let readings = [before, after];
    let json = FindingsJson::new(&readings, &CATALOG, true).with_comparison(&comparison);
    insta::assert_snapshot!(serde_json::to_string_pretty(&json).unwrap());
}

#[test]
fn findings_exported_from_security_hub_are_those_of_kube_bench() {
    let entry = |title: &str, reason: &str, generator: &str| {
        format!(
            "{{\"SchemaVersion\": \"2018-10-08\", \"Title\": \"{title}\", \"GeneratorId\": \"{generator}\", \
             \"ProductFields\": {{\"Section\": \"Worker Node\", \"Subsection\": \"4.2 Kubelet\", \
             \"Reason\": \"{reason}\", \"Actual result\": \"\"}}, \
             \"Remediation\": {{\"Recommendation\": {{\"Text\": \"Set it.\"}}}}}}"
        )
    };
    let ours = "arn:aws:securityhub:::cis-kubernetes-benchmark/cis-1.23/4.2.1";
    let anonymous = "4.2.1 Ensure that the --anonymous-auth argument is set to false (Automated)";
    let list = format!(
        "[{}, {}, {}]",
        entry(anonymous, "", ours),
        entry(
            "4.2.9 Ensure that the --event-qps argument is set (Manual)",
            "Test marked as a manual test",
            ours
        ),
        entry("9.9 Another tool says so", "", "prowler"),
    );
    for text in [list.clone(), format!("{{\"Findings\": {list}}}")] {
        let read = reading(&text);
        assert_eq!(read.counts.total(), 3);
        let (tool, run) = current(&text);
        assert_eq!(tool, "kube-bench");
        let said: Vec<(&str, &str)> = run
            .findings
            .iter()
            .map(|one| (one.number.raw(), one.printed_status.raw()))
            .collect();
        assert_eq!(said, [("4.2.1", "FAIL"), ("4.2.9", "WARN")]);
        assert_eq!(run.findings[0].remediation, "Set it.");
        assert!(run.findings[0].control.is_some());
    }
}
