//! Step 3: all mitigations across the threats, by how far they are, and the findings that were
//! chosen and documented.

use crate::catalog::Catalog;
use crate::session::edit::Operation;
use crate::session::place::{HardeningText, Step, TextField};
use crate::session::types::{Finding, FindingStatus, Hardening, MitigationStatus, Response};
use crate::tui::app::{App, OpenSession};
use crate::tui::keymap::Action;
use crate::tui::screens::threat;
use crate::tui::theme::Meaning;
use crate::tui::widgets::rows::{Row, Target};

/// The rows of the step.
pub fn rows(open: &OpenSession, _catalog: &Catalog) -> Vec<Row> {
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
                if let Some(threat) = session.threat(id) {
                    rows.push(Row::indented(
                        format!("for: {}", threat.title),
                        Meaning::Muted,
                        6,
                    ));
                }
            }
        }
    }
    let waiting: Vec<_> = session
        .threats
        .iter()
        .filter(|one| {
            matches!(
                one.response,
                None | Some(Response::Mitigate | Response::Eliminate)
            )
        })
        .filter(|one| {
            session
                .mitigations
                .iter()
                .all(|m| !m.threats.contains(&one.id))
        })
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
             f writes one down by hand: its number and title, and what you do about it.",
            Meaning::Muted,
        ));
    }
    for hardening in &session.hardenings {
        hardening_rows(open, hardening, &mut rows);
    }
    rows
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
        (Action::Enter, Some(target @ (Target::Mitigation(_) | Target::Hardening(_)))) => {
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
