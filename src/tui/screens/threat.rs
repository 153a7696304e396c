//! Step 2, one threat: its texts, attack surface, rating, response and mitigations.

use crate::catalog::Catalog;
use crate::catalog::types::CatalogMitigation;
use crate::session::edit::Operation;
use crate::session::id::{MitigationId, ThreatId};
use crate::session::place::{DraftKey, MitigationText, TextField, ThreatText};
use crate::session::types::{
    Hands, Impact, Likelihood, Mitigation, MitigationStatus, Response, Threat,
};
use crate::tui::app::{App, OpenSession};
use crate::tui::keymap::Action;
use crate::tui::overlays::{Overlay, votes::ShowOfHands};
use crate::tui::screens::card;
use crate::tui::theme::Meaning;
use crate::tui::widgets::rows::{Choice, Row, Target};

/// The rows of an open threat.
pub fn rows(open: &OpenSession, catalog: &Catalog, id: &ThreatId) -> Vec<Row> {
    let session = open.editor.session();
    let Some(threat) = session.threat(id) else {
        return vec![Row::text(
            "This threat is not there any more. Esc goes back.",
            Meaning::Muted,
        )];
    };
    let text = |part| TextField::Threat(id.clone(), part);
    let mut rows = vec![
        Row::field(
            "Title",
            text(ThreatText::Title),
            "what happens, in a few words",
        ),
        Row::field(
            "What goes wrong",
            text(ThreatText::WhatGoesWrong),
            "who does what, and how",
        ),
        Row::field(
            "When it can happen",
            text(ThreatText::Preconditions),
            "what must be so for it to happen",
        ),
        Row::field(
            "What it leads to",
            text(ThreatText::Consequences),
            "the harm, and to whom",
        ),
        Row::blank(),
        choice(
            "Attack surface",
            surface_name(catalog, threat),
            Choice::Surface,
        ),
        choice(
            "How often",
            likelihood_words(threat.likelihood),
            Choice::Likelihood,
        ),
        choice("How bad", impact_words(threat.impact), Choice::Impact),
    ];
    if let Some(risk) = card::risk_of(threat) {
        rows.push(Row::indented(
            format!("Risk: {}", card::risk_sign(risk)),
            Meaning::Text,
            2,
        ));
    }
    hands(threat, &mut rows);
    rows.push(choice(
        "Response",
        response_words(threat.response),
        Choice::Response,
    ));
    let reason = text(ThreatText::ResponseReason);
    let wants_reason = matches!(threat.response, Some(Response::Accept | Response::Transfer));
    if wants_reason || !threat.response_reason.is_empty() {
        rows.push(Row::field(
            "Because",
            reason,
            "why this is the right response",
        ));
    }
    if threat.response == Some(Response::Accept) {
        let field = text(ThreatText::AcceptedUntil);
        rows.push(Row::field("Accepted until", field, "a date, or an event"));
    }
    rows.push(Row::blank());
    rows.push(Row::heading("What we do about it"));
    for mitigation in session
        .mitigations
        .iter()
        .filter(|one| one.threats.contains(id))
    {
        mitigation_rows(open, mitigation, &mut rows);
    }
    let draft = TextField::Draft(DraftKey::Mitigation(id.clone()));
    rows.push(Row::field("", draft, "add a mitigation…"));
    let untaken: Vec<_> = untaken(open, catalog, threat).collect();
    if !untaken.is_empty() {
        rows.push(Row::blank());
        rows.push(Row::heading("Suggested mitigations"));
        for (at, mitigation) in untaken {
            let target = Target::SuggestedMitigation(at);
            let expanded = open.expanded.as_ref() == Some(&target);
            rows.push(Row::item("[ ]", mitigation.what.clone(), target));
            if expanded {
                let verify = format!("How to check: {}", mitigation.verify);
                rows.push(Row::indented(verify, Meaning::Muted, 6));
            }
        }
    }
    rows
}

/// What a show of hands gave, with its spread.
fn hands(threat: &Threat, rows: &mut Vec<Row>) {
    let votes = &threat.votes;
    if votes.is_empty() {
        return;
    }
    let counted = |hands: &Hands, names: [&str; 5]| {
        let parts: Vec<String> = names
            .iter()
            .zip(hands.0)
            .filter(|(_, count)| *count > 0)
            .map(|(name, count)| format!("{name} {count}"))
            .collect();
        parts.join(", ")
    };
    let scales = [
        (
            "how often",
            counted(&votes.likelihood, Likelihood::ALL.map(Likelihood::name)),
        ),
        (
            "how bad",
            counted(&votes.impact, Impact::ALL.map(Impact::name)),
        ),
    ];
    for (scale, hands) in scales {
        if !hands.is_empty() {
            rows.push(Row::indented(
                format!("Hands, {scale}: {hands}"),
                Meaning::Muted,
                2,
            ));
        }
    }
    if votes.disagree() {
        rows.push(Row::indented(
            "The room disagrees; that is worth a note.",
            Meaning::Warning,
            2,
        ));
    }
    let field = TextField::Threat(threat.id.clone(), ThreatText::VotesNote);
    rows.push(Row::field(
        "What the others say",
        field,
        "why some see it differently",
    ));
}

/// The rows of a mitigation, opened when the cursor asked for it. Shared with the Harden step.
pub fn mitigation_rows(open: &OpenSession, mitigation: &Mitigation, rows: &mut Vec<Row>) {
    let target = Target::Mitigation(mitigation.id.clone());
    let expanded = open.expanded.as_ref() == Some(&target);
    let (owner, status) = (&mitigation.owner, mitigation.status);
    let tail = if owner.is_empty() {
        status.name().to_owned()
    } else {
        format!("{} · {}", owner.shown(), status.name())
    };
    let mark = status_mark(mitigation.status);
    rows.push(Row::item(mark, mitigation.what.shown(), target).with_tail(tail));
    if expanded {
        let text = |part| TextField::Mitigation(mitigation.id.clone(), part);
        for (label, part, placeholder) in [
            (
                "What to do",
                MitigationText::What,
                "what to do, as an instruction",
            ),
            ("Owner", MitigationText::Owner, "who does it"),
            ("By when", MitigationText::Due, "a date, or an event"),
            (
                "How to check",
                MitigationText::Verify,
                "a command or a look that shows it holds",
            ),
            (
                "What we saw",
                MitigationText::Evidence,
                "what the check showed, once it was done",
            ),
        ] {
            rows.push(Row::field(label, text(part), placeholder).set_in(4));
        }
    }
}

/// The box before a mitigation.
pub const fn status_mark(status: MitigationStatus) -> &'static str {
    match status {
        MitigationStatus::Planned => "[ ]",
        MitigationStatus::Done => "[~]",
        MitigationStatus::Verified => "[x]",
    }
}

fn choice(label: &str, value: impl std::fmt::Display, target: Choice) -> Row {
    Row::item(
        format!("{label:<14}"),
        // The closing sign stays on the line of the last word.
        format!("‹ {value}\u{a0}›"),
        Target::Choice(target),
    )
}

fn surface_name(catalog: &Catalog, threat: &Threat) -> String {
    let Some(id) = &threat.surface else {
        return "not said".to_owned();
    };
    catalog
        .component(threat.component.as_str())
        .and_then(|component| component.surfaces.iter().find(|one| one.id == *id))
        .map_or_else(|| id.to_string(), |surface| surface.name.to_string())
}

fn likelihood_words(value: Option<Likelihood>) -> String {
    value.map_or_else(
        || "not rated".to_owned(),
        |value| format!("{} {}: {}", value as u8 + 1, value.name(), value.meaning()),
    )
}

fn impact_words(value: Option<Impact>) -> String {
    value.map_or_else(
        || "not rated".to_owned(),
        |value| format!("{} {}: {}", value as u8 + 1, value.name(), value.meaning()),
    )
}

fn response_words(value: Option<Response>) -> String {
    value.map_or_else(
        || "not decided".to_owned(),
        |value| format!("{}: {}", value.name(), value.meaning()),
    )
}

/// The catalog's mitigations that the team has not taken, with their positions.
fn untaken<'a>(
    open: &'a OpenSession,
    catalog: &'a Catalog,
    threat: &'a Threat,
) -> impl Iterator<Item = (usize, &'a CatalogMitigation)> {
    let session = open.editor.session();
    let suggestion = threat
        .suggestion
        .as_ref()
        .and_then(|id| catalog.threat(id.as_str()));
    suggestion
        .into_iter()
        .flat_map(|(_, suggestion)| suggestion.mitigations.iter().enumerate())
        .filter(move |(_, mitigation)| {
            !session.mitigations.iter().any(|one| {
                one.threats.contains(&threat.id) && one.what.raw() == mitigation.what.as_str()
            })
        })
}

/// The first of the catalog's mitigations that the team has not taken.
pub fn first_untaken(open: &OpenSession, catalog: &Catalog, id: &ThreatId) -> Option<usize> {
    let threat = open.editor.session().threat(id)?;
    untaken(open, catalog, threat).next().map(|(at, _)| at)
}

/// Carries out what a key means on an open threat.
pub fn act(app: &mut App, action: Action) -> bool {
    let Some(open) = &mut app.open else {
        return false;
    };
    let Some(id) = open.threat.clone() else {
        return false;
    };
    let selected = open.selected().cloned();
    match (action, selected) {
        (Action::Mitigate | Action::Add, _) => {
            app.type_into(TextField::Draft(DraftKey::Mitigation(id)));
        }
        (Action::ShowOfHands, _) => {
            app.overlay = Some(Overlay::ShowOfHands(ShowOfHands::of(id)));
        }
        (Action::Enter | Action::Edit, Some(Target::Field(field))) => app.type_into(field),
        (Action::Enter | Action::Edit | Action::Toggle, Some(Target::New(key))) => {
            app.type_into(TextField::Draft(key));
        }
        (Action::Left, Some(Target::Choice(choice))) => {
            choose(app, &id, choice, Pick::Step(By::MinusOne));
        }
        (Action::Right | Action::Enter | Action::Toggle, Some(Target::Choice(choice))) => {
            choose(app, &id, choice, Pick::Step(By::One));
        }
        (Action::Choose(number), Some(Target::Choice(choice))) => {
            choose(app, &id, choice, Pick::Number(usize::from(number)));
        }
        // Numbers that mean nothing on this row are the steps, as everywhere.
        (Action::Choose(number), _) => return app.go_step(usize::from(number)),
        (Action::Toggle, Some(Target::SuggestedMitigation(at))) => take_mitigation(app, &id, at),
        (
            Action::Enter,
            Some(target @ (Target::SuggestedMitigation(_) | Target::Mitigation(_))),
        ) => {
            let target = Some(target);
            open.expanded = if open.expanded == target {
                None
            } else {
                target
            };
        }
        (Action::Toggle, Some(Target::Mitigation(mitigation))) => advance(app, &mitigation),
        (Action::Remove, Some(Target::Mitigation(mitigation))) => {
            app.remove(Operation::UnlinkMitigation(mitigation, id));
        }
        (Action::Remove, _) => {
            if app.remove(Operation::RemoveThreat(id)) {
                app.leave_threat();
            }
        }
        (Action::Toggle, _) => {
            app.say("Space takes a mitigation, or says how far it is. Move to one first.");
        }
        (Action::Left | Action::Right, _) => {
            app.say("← and → change a value. Move to How often, How bad or Response first.");
        }
        _ => return false,
    }
    true
}

/// Says that a mitigation is one further: planned, done, verified.
pub fn advance(app: &mut App, id: &MitigationId) {
    let Some(open) = &mut app.open else { return };
    let Some(mitigation) = open.editor.session().mitigation(id) else {
        return;
    };
    let next = mitigation.status.next();
    let no_evidence = mitigation.evidence.is_empty();
    if app.edit(Operation::SetMitigationStatus(id.clone(), next)) {
        if next == MitigationStatus::Verified && no_evidence {
            app.say("Verified. Enter opens it: note under 'What we saw' what the check showed.");
        } else {
            app.say(format!("The mitigation is {}.", next.name()));
        }
    }
}

fn take_mitigation(app: &mut App, threat: &ThreatId, at: usize) {
    let Some(catalog) = app.catalog.clone() else {
        return;
    };
    let Some(open) = &app.open else { return };
    let session = open.editor.session();
    let Some(mitigation) = session
        .threat(threat)
        .and_then(|threat| threat.suggestion.as_ref())
        .and_then(|id| catalog.threat(id.as_str()))
        .and_then(|(_, suggestion)| suggestion.mitigations.get(at))
    else {
        return;
    };
    let operation = Operation::AddMitigation {
        threat: threat.clone(),
        what: mitigation.what.as_str().into(),
        verify: mitigation.verify.as_str().into(),
        controls: mitigation.controls.clone(),
    };
    if app.edit(operation) {
        app.say("Taken as planned. Space says how far it is; Enter opens it.");
    }
}

/// Which value a key asks for.
#[derive(Clone, Copy, Debug)]
enum Pick {
    /// The next or the one before, around the end.
    Step(By),
    /// The one with this number from 1; 0 for none.
    Number(usize),
}

/// Which way a key steps.
#[derive(Clone, Copy, Debug)]
enum By {
    /// To the next value.
    One,
    /// To the value before.
    MinusOne,
}

/// The value that a key chooses among `all`: none, the first, … the last.
fn picked<T: Copy + PartialEq>(all: &[T], current: Option<T>, pick: Pick) -> Option<T> {
    let position = current.and_then(|value| all.iter().position(|one| *one == value));
    match pick {
        Pick::Number(0) => None,
        Pick::Number(number) => all.get(number - 1).copied().or(current),
        Pick::Step(by) => {
            // Position 0 is "none".
            let here = position.map_or(0, |at| at + 1);
            let count = all.len() + 1;
            let there = match by {
                By::One => (here + 1) % count,
                By::MinusOne => (here + count - 1) % count,
            };
            there.checked_sub(1).map(|at| all[at])
        }
    }
}

fn choose(app: &mut App, id: &ThreatId, choice: Choice, pick: Pick) {
    let Some(catalog) = app.catalog.clone() else {
        return;
    };
    let Some(open) = &app.open else { return };
    let Some(threat) = open.editor.session().threat(id) else {
        return;
    };
    let operation = match choice {
        Choice::Likelihood => Operation::SetLikelihood(
            id.clone(),
            picked(&Likelihood::ALL, threat.likelihood, pick),
        ),
        Choice::Impact => {
            Operation::SetImpact(id.clone(), picked(&Impact::ALL, threat.impact, pick))
        }
        Choice::Response => {
            Operation::SetResponse(id.clone(), picked(&Response::ALL, threat.response, pick))
        }
        Choice::Surface => {
            let component = catalog.component(threat.component.as_str());
            let surfaces: Vec<_> = component
                .into_iter()
                .flat_map(|one| &one.surfaces)
                .map(|one| &one.id)
                .collect();
            let surface = picked(&surfaces, threat.surface.as_ref(), pick).cloned();
            Operation::SetSurface(id.clone(), surface)
        }
    };
    app.edit(operation);
}
