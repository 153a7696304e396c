//! `astride check`: what it says about answers of the course, what is left as it is, and a brief that
//! an instructor wrote.

use super::sandbox::Sandbox;

/// A session of one threat, with a mitigation and a finding in these words.
fn session(mitigation: &str, remediation: &str, more: &str) -> String {
    let at = r#"(at: "2026-11-12T08:24:03Z")"#;
    format!(
        r##"#![enable(implicit_some)]
(
    format: 1, title: "Team blue", brief: "free", created: "2026-11-12T08:04:08Z", participants: [],
    description: "", components: ["etcd"], assumptions: [], attackers: [], cells: [],
    threats: [(
        id: "t-mhd24m", component: "etcd", category: tampering, title: "Pods are changed",
        what_goes_wrong: "Somebody changes them.", preconditions: "", consequences: "",
        response_reason: "", accepted_until: "", controls: [], created: {at}, changed: {at},
    )],
    mitigations: [(
        id: "m-mhd24m", threats: ["t-mhd24m"], what: {mitigation:?}, status: planned, owner: "",
        due: "", verify: "Look.", evidence: "", controls: [], created: {at}, changed: {at},
    )],
    scans: [],
    hardenings: [(
        id: "h-mhd24m", number: "2.17", title: "Ensure containers are restricted from acquiring new privileges (Scored)",
        benchmark: "", issue: "They may.", why_here: "", remediation: {remediation:?}, result: "",
        threats: [], created: {at}, changed: {at},
    )],
    review_notes: [],
    {more}
    working: (place: (step: review), drafts: []),
)"##
    )
}

/// The sentence of a course write-up about tampered clusters.
const REMOVED: &str = "Use Kubernetes network policies, implement PodSecurityPolicies, and \
    regularly audit and review cluster configurations for any unauthorized changes.";

/// The remediation of another, with its slip.
const MISSPELT: &str = "Edit the docker daemon configuration file at /etc/docker/daemon.json with\n\
    {\n  \"no-new-priveleges\": true\n}";

#[test]
fn what_two_write_ups_of_the_course_got_wrong_is_found() {
    let sandbox = Sandbox::new();
    sandbox.write("odd.ron", session(REMOVED, MISSPELT, ""));
    let checked = sandbox.run(&["check", "odd.ron"]);
    assert_eq!(checked.code, 1);
    let lines: Vec<&str> = checked.stdout.lines().collect();
    assert_eq!(lines.len(), 2, "{}", checked.stdout);
    assert!(lines[0].contains("Kubernetes has no PodSecurityPolicies since 1.25"));
    assert!(lines[1].contains("did you mean no-new-privileges?"));

    let mended = session(
        "Use Pod Security Admission.",
        "{\"no-new-privileges\": true}",
        "",
    );
    sandbox.write("mended.ron", mended);
    assert_eq!(
        sandbox.done(&["check", "mended.ron"]),
        "Nothing is missing.\n"
    );
}

#[test]
fn what_is_accepted_is_listed_with_its_reason_and_does_not_fail_the_check() {
    let sandbox = Sandbox::new();
    let accepted = |reason: &str| {
        format!(
            r#"accepted_checks: [(
                id: "q-1r7kpc", check: "unknown-daemon-key", subject: "h-mhd24m/no-new-priveleges",
                reason: {reason:?}, created: (at: "2026-11-12T08:24:03Z"),
            )],"#
        )
    };
    sandbox.write(
        "kept.ron",
        session("Do it.", MISSPELT, &accepted("A quotation.")),
    );
    let checked = sandbox.done(&["check", "kept.ron"]);
    assert!(checked.starts_with("accepted: The remediation of 2.17: dockerd knows no key"));
    assert!(checked.contains("(unknown-daemon-key): A quotation.\n"));

    sandbox.write("empty.ron", session("Do it.", MISSPELT, &accepted(" ")));
    assert_eq!(
        sandbox.run(&["check", "empty.ron"]).code,
        1,
        "no reason, not accepted"
    );
}

#[test]
fn an_instructor_writes_a_brief_without_code() {
    let sandbox = Sandbox::new();
    sandbox.write(
        "mine/lab.ron",
        r#"brief((
            id: "lab-seven", name: "Lab seven", summary: "Two threats to etcd's system, and one finding.",
            components: ["etcd", "kubelet"],
            requirements: [
                threats(system: "kubernetes", at_least: 2),
                threats(system: "kubernetes", category: denial_of_service, at_least: 1),
                categories(system: "kubernetes", at_least: 2),
                mitigations(system: "kubernetes"),
                findings(at_least: 1, of_own_choice: 1, given: ["5.10"]),
                description,
                attackers(at_least: 1),
            ],
        ))"#,
    );
    sandbox.done(&[
        "--catalog",
        "mine",
        "new",
        "lab",
        "--brief",
        "lab-seven",
        "--no-open",
    ]);
    let checked = sandbox.json(&["--catalog", "mine", "check", "lab", "--json"]);
    assert_eq!(checked["brief"], "lab-seven");
    let requirements = checked["requirements"].as_array().unwrap();
    let words: Vec<&str> = requirements
        .iter()
        .map(|one| one["requirement"].as_str().unwrap())
        .collect();
    assert_eq!(
        words,
        [
            "At least 2 Kubernetes threats",
            "At least 1 Kubernetes Denial of service threat",
            "Kubernetes threats in at least 2 of the six categories",
            "A mitigation for every Kubernetes threat",
            "1 finding chosen and documented, at least 1 of them none of 5.10",
            "The environment is described",
            "At least 1 attacker profile chosen",
        ]
    );
    for one in requirements {
        assert_eq!(one["met"], false);
        assert_ne!(one["missing"], "");
        assert_ne!(one["place"], "");
    }
}
