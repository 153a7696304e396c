//! A team that edits a session by the operations that the screens use, and a catalog for it.

use std::borrow::Cow;

use astride::catalog::types::Id;
use astride::catalog::{Catalog, Origin, SourceFile};
use astride::report::{Form, Options};
use astride::session::edit::{Editor, Operation};
use astride::session::id::{HardeningId, IdSource, MitigationId, ScanId, ThreatId};
use astride::session::place::{CellKey, HardeningText, MitigationText, TextField, ThreatText};
use astride::session::types::{
    Finding, FindingStatus, Impact, Likelihood, MitigationStatus, Response, Scan, Session, Stamp,
};
use astride::stride::Category;
use jiff::Timestamp;

/// The fields that [`full`] fills.
pub const FIELDS: [&str; 31] = [
    "title",
    "participant Alice",
    "participant Bo",
    "description",
    "assumption",
    "attacker.note",
    "threat.title",
    "threat.what_goes_wrong",
    "threat.preconditions",
    "threat.consequences",
    "threat.response_reason",
    "threat.accepted_until",
    "mitigation.what",
    "mitigation.owner",
    "mitigation.due",
    "mitigation.verify",
    "mitigation.evidence",
    "nothing.reason",
    "cell.note",
    "left.reason",
    "scan.file",
    "scan.tool",
    "scan.tool_version",
    "scan.benchmark",
    "finding.number",
    "finding.title",
    "finding.issue",
    "finding.why_here",
    "finding.remediation",
    "finding.result",
    "review.note",
];

/// A catalog of the tests' own, so that better sentences in the shipped one do not change them.
const CATALOG: [&str; 8] = [
    r#"system((id: "docker", name: "Docker", summary: "s", components: ["docker-client", "docker-host"],
        trust_zones: [(id: "desk", name: "Workstation"), (id: "host", name: "Host")],
        elements: [
            (id: "admin", name: "Administrator", kind: actor, zone: "desk"),
            (id: "client", name: "Docker client", kind: process, zone: "desk", component: "docker-client"),
            (id: "daemon", name: "Docker daemon", kind: process, zone: "host", component: "docker-host"),
            (id: "volume", name: "Volume", kind: store, zone: "host", component: "docker-host"),
            (id: "hub", name: "Package \"hub\"", kind: external_service, zone: "host"),
        ],
        data_flows: [
            (id: "f1", from: "admin", to: "client", what: "Commands", how: "keyboard"),
            (id: "f2", from: "client", to: "daemon", what: "Engine API calls", how: "Unix socket"),
            (id: "f3", from: "daemon", to: "volume", what: "Data", how: "mount"),
            (id: "f4", from: "hub", to: "daemon", what: "Layers", how: "HTTPS 443"),
        ]))"#,
    r#"system((id: "kubernetes", name: "Kubernetes", summary: "s", components: ["etcd", "kubelet"],
        trust_zones: [(id: "store", name: "Data store")],
        elements: [(id: "etcd", name: "etcd", kind: store, zone: "store", component: "etcd")],
        data_flows: []))"#,
    r#"component((id: "docker-client", system: "docker", name: "Docker client", short: "client", summary: "s",
        surfaces: [(id: "client-compromise", name: "Client compromise", what: "w")], prompts: [],
        threats: [(id: "traffic-replayed", category: spoofing, surface: "client-compromise",
            title: "Client traffic replayed", what_goes_wrong: "Someone replays the client's calls.",
            preconditions: "The daemon listens on TCP.", impact: "Root on the host.",
            mitigations: [(what: "Use SSH.", verify: "docker context ls")],
            references: ["T1557", "CWE-294", "CVE-2014-5277", "guide", "unknown-source"],
            controls: ["daemon-tls"])]))"#,
    r#"component((id: "docker-host", system: "docker", name: "Docker host", short: "host", summary: "s",
        surfaces: [], prompts: [], threats: []))"#,
    r#"component((id: "etcd", system: "kubernetes", name: "etcd", short: "etcd", summary: "s",
        surfaces: [], prompts: [], threats: []))"#,
    r#"component((id: "kubelet", system: "kubernetes", name: "kubelet", short: "kubelet", summary: "s",
        surfaces: [], prompts: [], threats: []))"#,
    r#"brief((id: "course", name: "Container security course", summary: "s",
        components: ["docker-client", "docker-host", "etcd"], form: "course",
        requirements: [threats(system: "docker", at_least: 5), threats(system: "kubernetes", at_least: 5),
            findings(at_least: 3)]))"#,
    r#"references([
        (id: "T1557", kind: attack, name: "Adversary-in-the-Middle"),
        (id: "CWE-294", kind: cwe, name: "Authentication Bypass by Capture-replay"),
        (id: "CVE-2014-5277", kind: cve, name: "somewhere"),
        (id: "guide", kind: document, name: "Protect the socket", edition: "2026"),
    ])"#,
];

const MORE_CATALOG: [&str; 2] = [
    r#"attackers([(id: "crypto-miner", name: "Crypto-mining crew", goal: "Coins from others' computers.",
        methods: "Mass scans.", capability: "c", assets: "a")])"#,
    r#"controls([(id: "daemon-tls", title: "The daemon asks for client certificates", why: "w",
        remediation: (text: "t"), level: one, assessment: automated, categories: [spoofing],
        components: ["docker-host"], numbers: [])])"#,
];

pub fn catalog() -> Catalog {
    let files: Vec<SourceFile> = CATALOG
        .iter()
        .chain(&MORE_CATALOG)
        .enumerate()
        .map(|(at, text)| SourceFile {
            path: format!("{at}.ron"),
            text: Cow::Borrowed(*text),
            origin: Origin::Program,
        })
        .collect();
    Catalog::load(&files).unwrap()
}

pub fn id(text: &str) -> Id {
    Id::new(text).unwrap()
}

fn now() -> Timestamp {
    "2026-11-14T09:30:00Z".parse().unwrap()
}

/// A team that edits a session.
pub struct Team {
    pub catalog: Catalog,
    pub editor: Editor,
}

impl Team {
    pub fn new(title: &str) -> Self {
        let catalog = catalog();
        let components = catalog.brief("course").unwrap().components.clone();
        let session = Session::new(title, id("course"), components, now());
        Self {
            catalog,
            editor: Editor::new(session, IdSource::new(11)),
        }
    }

    pub fn session(&self) -> &Session {
        self.editor.session()
    }

    pub fn does(&mut self, operation: Operation) {
        self.editor.perform(operation, now()).unwrap();
    }

    fn writes(&mut self, field: TextField, text: &str) {
        let before = self.session().text(&field).unwrap_or_default();
        if *before != *text {
            self.does(Operation::EditText {
                remove: before.len(),
                field,
                at: 0,
                insert: text.to_owned(),
                typing: false,
            });
        }
    }

    pub fn threat(&mut self, component: &str, category: Category, title: &str) -> ThreatId {
        self.does(Operation::AddThreat {
            cell: cell(component, category),
            title: title.into(),
        });
        self.session().threats.last().unwrap().id.clone()
    }

    fn mitigation(&mut self, threat: &ThreatId, what: &str) -> MitigationId {
        self.does(Operation::AddMitigation {
            threat: threat.clone(),
            what: what.into(),
            verify: "".into(),
            controls: Vec::new(),
        });
        self.session().mitigations.last().unwrap().id.clone()
    }

    pub fn finding(&mut self, number: &str, title: &str) -> HardeningId {
        self.does(Operation::ChooseFinding {
            finding: Box::new(finding(number, title, FindingStatus::Failed)),
            benchmark: "CIS Docker Benchmark 1.6.0".into(),
        });
        self.session().hardenings.last().unwrap().id.clone()
    }

    pub fn write_up(&self) -> String {
        written(self.session(), &self.catalog, true)
    }
}

pub fn written(session: &Session, catalog: &Catalog, names: bool) -> String {
    (Form::by_id("course").unwrap().write)(session, catalog, &Options { names })
}

fn cell(component: &str, category: Category) -> CellKey {
    CellKey {
        component: id(component),
        category,
    }
}

fn finding(number: &str, title: &str, status: FindingStatus) -> Finding {
    Finding {
        number: number.into(),
        title: title.into(),
        printed_status: "".into(),
        status,
        control: None,
        details: Vec::new(),
        remediation: "".into(),
    }
}

/// A session with a text in every field that a write-up shows. `word` gives the text of a field by
/// the field's name, such as `threat.title`. Only a remediation may become code.
pub fn full(word: impl Fn(&str) -> String) -> Team {
    let mut team = Team::new(&word("title"));
    for name in ["Alice", "Bo"] {
        team.does(Operation::AddParticipant {
            name: word(&format!("participant {name}")).into(),
        });
    }
    let first = team.session().participants[0].id.clone();
    team.editor.set_typist(Some(first));
    team.writes(TextField::Description, &word("description"));
    team.does(Operation::AddAssumption {
        text: word("assumption").into(),
    });
    team.does(Operation::ChooseAttacker(id("crypto-miner")));
    team.writes(
        TextField::AttackerNote(id("crypto-miner")),
        &word("attacker.note"),
    );
    full_threats(&mut team, &word);
    full_cells(&mut team, &word);
    full_findings(&mut team, &word);
    team.does(Operation::AddReviewNote {
        text: word("review.note").into(),
    });
    team
}

fn full_threats(team: &mut Team, word: &impl Fn(&str) -> String) {
    let (_, suggestion) = team.catalog.threat("traffic-replayed").unwrap();
    let suggestion = Box::new(suggestion.clone());
    team.does(Operation::TakeSuggestion {
        component: id("docker-client"),
        suggestion,
    });
    let threat = team.threat("etcd", Category::Tampering, &word("threat.title"));
    for (part, name) in [
        (ThreatText::WhatGoesWrong, "threat.what_goes_wrong"),
        (ThreatText::Preconditions, "threat.preconditions"),
        (ThreatText::Consequences, "threat.consequences"),
        (ThreatText::ResponseReason, "threat.response_reason"),
        (ThreatText::AcceptedUntil, "threat.accepted_until"),
    ] {
        team.writes(TextField::Threat(threat.clone(), part), &word(name));
    }
    team.does(Operation::SetLikelihood(
        threat.clone(),
        Some(Likelihood::Likely),
    ));
    team.does(Operation::SetImpact(threat.clone(), Some(Impact::Major)));
    team.does(Operation::SetResponse(
        threat.clone(),
        Some(Response::Accept),
    ));
    let mitigation = team.mitigation(&threat, &word("mitigation.what"));
    for (part, name) in [
        (MitigationText::Owner, "mitigation.owner"),
        (MitigationText::Due, "mitigation.due"),
        (MitigationText::Verify, "mitigation.verify"),
        (MitigationText::Evidence, "mitigation.evidence"),
    ] {
        team.writes(TextField::Mitigation(mitigation.clone(), part), &word(name));
    }
    team.does(Operation::SetMitigationStatus(
        mitigation,
        MitigationStatus::Verified,
    ));
}

fn full_cells(team: &mut Team, word: &impl Fn(&str) -> String) {
    let nothing = cell("docker-host", Category::Repudiation);
    team.does(Operation::SetNothingApplies {
        cell: nothing.clone(),
        applies: true,
    });
    team.writes(
        TextField::NothingAppliesReason(nothing),
        &word("nothing.reason"),
    );
    let noted = cell("docker-host", Category::Spoofing);
    team.writes(TextField::CellNote(noted), &word("cell.note"));
    let left = cell("docker-client", Category::Tampering);
    team.does(Operation::LeaveSuggestion {
        cell: left.clone(),
        suggestion: id("traffic-replayed"),
    });
    let field = TextField::LeftReason(left, id("traffic-replayed"));
    team.writes(field, &word("left.reason"));
}

fn full_findings(team: &mut Team, word: &impl Fn(&str) -> String) {
    let scan = Scan {
        id: ScanId::fresh(&mut IdSource::new(3), |_| false),
        file: word("scan.file").into(),
        tool: word("scan.tool").into(),
        tool_version: word("scan.tool_version").into(),
        benchmark: word("scan.benchmark").into(),
        findings: vec![
            finding("2.14", "t", FindingStatus::Failed),
            finding("5.10", "t", FindingStatus::Failed),
            finding("1.1", "t", FindingStatus::Passed),
        ],
        created: Stamp {
            by: None,
            at: now(),
        },
    };
    team.does(Operation::AddScan(Box::new(scan)));
    let hardening = team.finding(&word("finding.number"), &word("finding.title"));
    for (part, name) in [
        (HardeningText::Issue, "finding.issue"),
        (HardeningText::WhyHere, "finding.why_here"),
        (HardeningText::Remediation, "finding.remediation"),
        (HardeningText::Result, "finding.result"),
    ] {
        team.writes(TextField::Hardening(hardening.clone(), part), &word(name));
    }
    let threat = team.session().threats[1].id.clone();
    team.does(Operation::SetHardeningThreat {
        hardening,
        threat,
        linked: true,
    });
}

/// What people would write into the fields.
pub fn sensible(field: &str) -> String {
    match field {
        "title" => "Team blue",
        "participant Alice" => "Alice",
        "participant Bo" => "Bo",
        "description" => "Three hosts run the shop.\n\nBuilds happen on dock-1; releases on Fridays.",
        "assumption" => "Laptops are patched.",
        "attacker.note" => "Our hosts have spare power at night.",
        "threat.title" => "Anyone with the backup can change cluster state!",
        "threat.what_goes_wrong" => "The backup script has write access:\n- it runs hourly\n- its key is shared",
        "threat.preconditions" => "The key leaks.",
        "threat.consequences" => "Pods run what the attacker wants (see <https://example.com>).",
        "threat.response_reason" => "The backup moves next month.",
        "threat.accepted_until" => "31 December",
        "mitigation.what" => "Give the script a key that only reads.",
        "mitigation.owner" => "Olga",
        "mitigation.due" => "Friday",
        "mitigation.verify" => "etcdctl put x y --user backup fails.\n\nLook at the audit log too.",
        "mitigation.evidence" => "Permission denied, 12 November.",
        "nothing.reason" => "auditd | log-1 keep who did what.",
        "cell.note" => "Ask the network team.",
        "left.reason" => "We use SSH only.",
        "scan.file" => "before.log",
        "scan.tool" => "docker-bench-security",
        "scan.tool_version" => "1.6.1",
        "scan.benchmark" => "CIS Docker Benchmark 1.6.0",
        "finding.number" => "2.15",
        "finding.title" => "Ensure Userland Proxy is Disabled (Scored)",
        "finding.issue" => "The daemon starts a proxy for each published port.",
        "finding.why_here" => "dock-2 publishes eleven ports.",
        "finding.remediation" => {
            "Edit /etc/docker/daemon.json:\n{\n  \"userland-proxy\": false\n}\nThen restart:\nsystemctl restart docker --no-block"
        }
        "finding.result" => "[PASS] 2.15 in the second run.",
        "review.note" => "We were tired by the time we reached etcd.",
        other => panic!("no words for {other}"),
    }
    .to_owned()
}
