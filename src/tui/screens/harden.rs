//! Step 3: all mitigations across the threats, by how far they are, and the findings that were
//! chosen and documented.

use std::collections::{HashMap, HashSet};

use crate::catalog::Catalog;
use crate::catalog::types::Control;
use crate::session::edit::Operation;
use crate::session::id::ScanId;
use crate::session::place::{HardeningText, Step, TextField};
use crate::session::types::{Finding, FindingStatus, Hardening, MitigationStatus, Response};
use crate::tui::app::{App, OpenSession};
use crate::tui::keymap::Action;
use crate::tui::screens::threat;
use crate::tui::theme::Meaning;
use crate::tui::widgets::rows::{Row, Target};

/// The rows of the step.
pub fn rows(open: &OpenSession, catalog: &Catalog) -> Vec<Row> {
    let session = open.editor.session();
    let mut rows = vec![Row::text(
        "What are we going to do about it?",
        Meaning::Question,
    )];
    if session.mitigations.is_empty() {
        let next = if session.threats.is_empty() {
            "There are no threats yet either: 2 goes to the walk, which finds them."
        } else {
            "Below are the threats that wait for one: Enter opens a threat, m begins there."
        };
        rows.push(Row::blank());
        rows.push(Row::text(
            format!(
                "No mitigations yet. A mitigation is one thing that makes a threat less likely or \
                 less harmful. {next}"
            ),
            Meaning::Muted,
        ));
    }
    let threats: HashMap<_, _> = session.threats.iter().map(|one| (&one.id, one)).collect();
    for status in MitigationStatus::ALL {
        let count = session
            .mitigations
            .iter()
            .filter(|one| one.status == status)
            .count();
        if count == 0 {
            continue;
        }
        rows.push(Row::blank());
        rows.push(Row::heading(format!(
            "{} ({count})",
            capitalised(status.name())
        )));
        for mitigation in session
            .mitigations
            .iter()
            .filter(|one| one.status == status)
        {
            threat::mitigation_rows(open, mitigation, &mut rows);
            for id in &mitigation.threats {
                if let Some(threat) = threats.get(id) {
                    rows.push(Row::indented(
                        format!("for: {}", threat.title),
                        Meaning::Muted,
                        6,
                    ));
                }
            }
        }
    }
    let answered: HashSet<_> = session
        .mitigations
        .iter()
        .flat_map(|one| &one.threats)
        .collect();
    let waiting: Vec<_> = session
        .threats
        .iter()
        .filter(|one| {
            matches!(
                one.response,
                None | Some(Response::Mitigate | Response::Eliminate)
            )
        })
        .filter(|one| !answered.contains(&one.id))
        .collect();
    if !waiting.is_empty() {
        rows.push(Row::blank());
        rows.push(Row::heading(format!(
            "Threats without a mitigation ({})",
            waiting.len()
        )));
        for threat in waiting {
            rows.push(Row::item(
                "!",
                threat.title.clone(),
                Target::Threat(threat.id.clone()),
            ));
        }
    }
    rows.push(Row::blank());
    rows.push(Row::heading("Findings chosen to be hardened"));
    if session.hardenings.is_empty() {
        rows.push(Row::text(
            "None yet. A finding is one check that a benchmark tool such as docker-bench failed. \
             `astride attach SESSION FILE` brings a report in, to choose from here with Space; \
             f writes one down by hand.",
            Meaning::Muted,
        ));
    }
    for hardening in &session.hardenings {
        hardening_rows(open, hardening, &mut rows);
    }
    scan_rows(open, catalog, &mut rows);
    rows
}

/// What the latest scan of each tool found to fail, to be chosen.
fn scan_rows(open: &OpenSession, catalog: &Catalog, rows: &mut Vec<Row>) {
    let session = open.editor.session();
    for (at, scan) in session.scans.iter().enumerate() {
        if session.scans[at + 1..]
            .iter()
            .any(|later| later.tool == scan.tool)
        {
            continue;
        }
        let failed = || {
            let is_failed = |one: &&Finding| one.status == FindingStatus::Failed;
            scan.findings.iter().filter(is_failed)
        };
        rows.push(Row::blank());
        rows.push(Row::heading(format!(
            "Failed in {} ({} {}): {}",
            scan.file,
            scan.tool,
            scan.benchmark,
            failed().count()
        )));
        for finding in failed() {
            let chosen = session.hardenings.iter().any(|one| {
                one.number == finding.number
                    && one.title == finding.title
                    && one.benchmark == scan.benchmark
            });
            let mark = if chosen { "[x]" } else { "[ ]" };
            let target = Target::Finding(scan.id.clone(), finding.number.clone());
            let expanded = open.expanded.as_ref() == Some(&target);
            let control = finding
                .control
                .as_ref()
                .and_then(|id| catalog.control(id.as_str()));
            let letters = control.map_or_else(String::new, |control| {
                control.categories.iter().map(|one| one.letter()).collect()
            });
            let text = format!("{} {}", finding.number, finding.title);
            rows.push(Row::item(mark, text, target).with_tail(letters));
            if expanded {
                finding_details(finding, control, rows);
            }
        }
    }
}

fn finding_details(finding: &Finding, control: Option<&Control>, rows: &mut Vec<Row>) {
    if let Some(control) = control {
        rows.push(Row::indented(control.why.clone(), Meaning::Text, 6));
        rows.push(Row::indented(
            control.remediation.text.clone(),
            Meaning::Text,
            6,
        ));
        for snippet in &control.remediation.snippets {
            rows.push(Row::indented(snippet.text.clone(), Meaning::Muted, 8));
        }
    }
    for detail in &finding.details {
        rows.push(Row::indented(detail.clone(), Meaning::Muted, 6));
    }
}

fn hardening_rows(open: &OpenSession, hardening: &Hardening, rows: &mut Vec<Row>) {
    let target = Target::Hardening(hardening.id.clone());
    let expanded = open.expanded.as_ref() == Some(&target);
    let title = match (hardening.number.as_str(), hardening.title.as_str()) {
        ("", "") => "a finding without number and title".to_owned(),
        (number, title) => format!("{number} {title}"),
    };
    rows.push(Row::item("◆", title, target).with_tail(hardening.benchmark.clone()));
    if expanded {
        let text = |part| TextField::Hardening(hardening.id.clone(), part);
        for (label, part, placeholder) in [
            (
                "Number, as the tool printed it",
                HardeningText::Number,
                "such as 2.17",
            ),
            (
                "Title, as the tool printed it",
                HardeningText::Title,
                "such as Ensure …",
            ),
            ("Issue", HardeningText::Issue, "what is wrong"),
            (
                "Why it matters here",
                HardeningText::WhyHere,
                "what it would mean for this system",
            ),
            (
                "Remediation",
                HardeningText::Remediation,
                "what to set, with the exact line or command",
            ),
            (
                "Result",
                HardeningText::Result,
                "what the tool says after the change",
            ),
        ] {
            rows.push(Row::field(label, text(part), placeholder).set_in(4));
        }
    }
}

fn capitalised(word: &str) -> String {
    let mut letters = word.chars();
    letters.next().map_or_else(String::new, |first| {
        first.to_uppercase().chain(letters).collect()
    })
}

/// Carries out what a key means in the step.
pub fn act(app: &mut App, action: Action) -> bool {
    let Some(open) = &mut app.open else {
        return false;
    };
    let selected = open.selected().cloned();
    match (action, selected) {
        (Action::Enter | Action::Edit, Some(Target::Field(field))) => app.type_into(field),
        (
            Action::Enter,
            Some(target @ (Target::Mitigation(_) | Target::Hardening(_) | Target::Finding(..))),
        ) => {
            let target = Some(target);
            open.expanded = if open.expanded == target {
                None
            } else {
                target
            };
        }
        (Action::Enter | Action::Mitigate | Action::Edit, Some(Target::Threat(id))) => {
            app.visit_threat(id, Step::Harden);
        }
        (Action::Toggle, Some(Target::Mitigation(id))) => threat::advance(app, &id),
        (Action::Toggle, Some(Target::Finding(scan, number))) => choose(app, &scan, &number),
        (Action::Toggle, _) => app.say("Space says how far a mitigation is. Move to one first."),
        (Action::Remove, Some(Target::Mitigation(id))) => {
            app.remove(Operation::RemoveMitigation(id));
        }
        (Action::Remove, Some(Target::Hardening(id))) => {
            app.remove(Operation::RemoveHardening(id));
        }
        (Action::Remove, _) => app.say("D removes a mitigation or a finding. Move to one first."),
        (Action::AddFinding, _) => add_finding(app),
        (Action::Enter, None) => {
            app.say("There is nothing to open yet. f writes a finding down, 2 goes to the walk.");
        }
        _ => return false,
    }
    true
}

/// Chooses a finding to be hardened, or gives it back while nothing is written about it.
fn choose(app: &mut App, scan: &ScanId, number: &str) {
    let Some(catalog) = app.catalog.clone() else {
        return;
    };
    let Some(open) = &app.open else { return };
    let session = open.editor.session();
    let Some(scan) = session.scans.iter().find(|one| one.id == *scan) else {
        return;
    };
    let is_it = |one: &&Finding| one.number == number && one.status == FindingStatus::Failed;
    let Some(finding) = scan.findings.iter().find(is_it) else {
        return;
    };
    let chosen = session.hardenings.iter().find(|one| {
        one.number == finding.number
            && one.title == finding.title
            && one.benchmark == scan.benchmark
    });
    if let Some(chosen) = chosen {
        if chosen.issue.is_empty() && chosen.why_here.is_empty() && chosen.result.is_empty() {
            app.edit(Operation::RemoveHardening(chosen.id.clone()));
        } else {
            app.say("It is chosen and documented above. D there removes it.");
        }
        return;
    }
    let mut finding = finding.clone();
    if finding.remediation.is_empty()
        && let Some(control) = finding
            .control
            .as_ref()
            .and_then(|id| catalog.control(id.as_str()))
    {
        finding.remediation.clone_from(&control.remediation.text);
    }
    let benchmark = scan.benchmark.clone();
    if app.edit(Operation::ChooseFinding {
        finding: Box::new(finding),
        benchmark,
    }) {
        app.say("Chosen. It stands above: Enter opens it there to say what is wrong and why it matters here.");
    }
}

fn add_finding(app: &mut App) {
    let finding = Finding {
        number: String::new(),
        title: String::new(),
        printed_status: String::new(),
        status: FindingStatus::Failed,
        control: None,
        details: Vec::new(),
        remediation: String::new(),
    };
    let operation = Operation::ChooseFinding {
        finding: Box::new(finding),
        benchmark: String::new(),
    };
    if app.edit(operation)
        && let Some(open) = &mut app.open
        && let Some(added) = open.editor.session().hardenings.last()
    {
        let id = added.id.clone();
        open.expanded = Some(Target::Hardening(id.clone()));
        app.type_into(TextField::Hardening(id, HardeningText::Number));
    }
}
