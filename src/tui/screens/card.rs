//! Step 2, the card of a cell: the question, what the catalog suggests, what the team recorded,
//! and the line that begins a threat of its own.

use crate::catalog::Catalog;
use crate::catalog::load::Kind;
use crate::catalog::source::Origin;
use crate::catalog::types::{CatalogThreat, Id};
use crate::session::edit::Operation;
use crate::session::id::ThreatId;
use crate::session::place::{CellKey, DraftKey, TextField};
use crate::session::recorded::Mitigated;
use crate::session::types::{OpenKind, Session, Threat};
use crate::session::words::Risk;
use crate::tui::app::{App, OpenSession};
use crate::tui::keymap::Action;
use crate::tui::screens::evidence;
use crate::tui::screens::sentence;
use crate::tui::screens::{compare, decisions};
use crate::tui::theme::Meaning;
use crate::tui::widgets::rows::{Row, Target};

/// The rows of the card.
pub fn rows(open: &OpenSession, catalog: &Catalog) -> Vec<Row> {
    let session = open.editor.session();
    let cell = &open.cell;
    let mut rows = Vec::new();
    for prompt in catalog.prompts(&cell.component, cell.category) {
        if !rows.is_empty() {
            rows.push(Row::blank());
        }
        rows.push(Row::text(prompt.question.clone(), Meaning::Question));
        rows.push(Row::indented(
            format!("hint: {}", prompt.hint),
            Meaning::Muted,
            2,
        ));
    }
    if rows.is_empty() {
        rows.push(Row::text(cell.category.plain_question(), Meaning::Question));
    }
    let record = session.cell(&cell.component, cell.category);
    if record.is_some_and(|record| record.nothing_applies.is_some()) {
        rows.push(Row::blank());
        let field = TextField::NothingAppliesReason(cell.clone());
        rows.push(Row::field(
            "– Nothing applies here, because",
            field,
            "say why in a sentence",
        ));
        let said = record.and_then(|record| record.nothing_applies.as_ref());
        rows.extend(said.map(|one| decisions::signature(session, &one.created)));
    }
    sentence::rows(open, &mut rows);
    decisions::open_question(session, cell, &mut rows);
    let here: Vec<(&Threat, Mitigated)> = open.recorded.threats(session, cell).collect();
    suggested(open, catalog, &here, &mut rows);
    own(open, catalog, &here, &mut rows);
    evidence::rows(open, catalog, &mut rows);
    let note = TextField::CellNote(cell.clone());
    let noting = open
        .active
        .as_ref()
        .is_some_and(|active| active.field == note);
    if noting || record.is_some_and(|record| !record.note.is_empty()) {
        rows.push(Row::blank());
        rows.push(Row::field("Note", note, "a note on this cell"));
    }
    rows
}

/// The threats that are recorded in a cell, and how much is done about each.
type Here<'a> = [(&'a Threat, Mitigated)];

fn suggested(open: &OpenSession, catalog: &Catalog, here: &Here<'_>, rows: &mut Vec<Row>) {
    let session = open.editor.session();
    let cell = &open.cell;
    let record = session.cell(&cell.component, cell.category);
    let mut suggestions = catalog
        .suggestions(&cell.component, cell.category)
        .peekable();
    if suggestions.peek().is_none() {
        return;
    }
    rows.push(Row::blank());
    rows.push(Row::heading("Suggested"));
    for suggestion in suggestions {
        let taken = here
            .iter()
            .find(|(threat, _)| threat.suggestion.as_ref() == Some(&suggestion.id));
        let left = record.and_then(|record| {
            record
                .left
                .iter()
                .find(|left| left.suggestion == suggestion.id)
        });
        let (mark, text, target) = match (taken, left) {
            (Some((threat, _)), _) => (
                "[x]",
                threat.title.shown(),
                Target::Threat(threat.id.clone()),
            ),
            (None, Some(_)) => (
                "[–]",
                suggestion.title.as_str().into(),
                Target::Suggestion(suggestion.id.clone()),
            ),
            (None, None) => (
                "[ ]",
                suggestion.title.as_str().into(),
                Target::Suggestion(suggestion.id.clone()),
            ),
        };
        let tail = match taken {
            Some((threat, _)) => risk_of(threat).map(risk_sign).unwrap_or_default(),
            None => left.map_or_else(
                || short_reference(catalog, suggestion),
                |left| session.who_and_when(&left.created),
            ),
        };
        let expanded = open.expanded.as_ref() == Some(&target);
        rows.push(Row::item(mark, text, target).with_tail(tail));
        if let Some((_, mitigated)) = taken {
            rows.extend(mitigations_of(*mitigated, 6));
        }
        if let Some(left) = left {
            decisions::left(open, left, expanded, rows);
        }
        if expanded {
            details(catalog, suggestion, rows);
        }
    }
}

fn own(open: &OpenSession, catalog: &Catalog, here: &Here<'_>, rows: &mut Vec<Row>) {
    let cell = &open.cell;
    rows.push(Row::blank());
    rows.push(Row::heading("Ours"));
    let known = |id: &Id| {
        catalog
            .suggestions(&cell.component, cell.category)
            .any(|one| one.id == *id)
    };
    let is_ours =
        |(threat, _): &&(&Threat, Mitigated)| !threat.suggestion.as_ref().is_some_and(known);
    let ours = here.iter().filter(is_ours);
    for (number, (threat, mitigated)) in ours.enumerate() {
        let target = Target::Threat(threat.id.clone());
        let mark = format!("{}", number + 1);
        let risk = risk_of(threat).map(risk_sign).unwrap_or_default();
        let indent = mark.len() as u16 + 3;
        rows.push(Row::item(mark, threat.title.shown(), target).with_tail(risk));
        rows.extend(mitigations_of(*mitigated, indent));
    }
    let draft = TextField::Draft(DraftKey::Threat(cell.clone()));
    rows.push(Row::field("", draft, "add a threat…"));
}

/// All that the catalog says about a suggestion.
pub fn details(catalog: &Catalog, suggestion: &CatalogThreat, rows: &mut Vec<Row>) {
    let mut part = |label: &str, text: &str| {
        if !text.is_empty() {
            rows.push(Row::indented(label.to_owned(), Meaning::Muted, 6));
            rows.push(Row::indented(text.to_owned(), Meaning::Text, 8));
        }
    };
    part("What goes wrong", &suggestion.what_goes_wrong);
    part("When it can happen", &suggestion.preconditions);
    part("What it leads to", &suggestion.impact);
    let mitigations: Vec<String> = suggestion
        .mitigations
        .iter()
        .map(|one| format!("- {}", one.what))
        .collect();
    part("What helps", &mitigations.join("\n"));
    if let Some(correction) = &suggestion.correction {
        part("Often taught", &correction.taught);
        part("Today", &correction.today);
    }
    if let Some(unverified) = &suggestion.unverified {
        part("Not verified", unverified);
    }
    let references: Vec<String> = suggestion
        .references
        .iter()
        .map(|id| match catalog.reference(id.as_str()) {
            Some(reference) if !reference.name.is_empty() => format!("{id} {}", reference.name),
            _ => id.to_string(),
        })
        .collect();
    part("Read on", &references.join(" · "));
    match catalog.origin(Kind::Threat, suggestion.id.as_str()) {
        Origin::User(file) if catalog.is_overridden(Kind::Threat, suggestion.id.as_str()) => {
            part("From your catalog, instead of the program's", file);
        }
        Origin::User(file) => part("From your catalog", file),
        Origin::Program => {}
    }
}

/// The recorded threats of a cell.
pub fn threats_of<'a>(session: &'a Session, cell: &'a CellKey) -> impl Iterator<Item = &'a Threat> {
    session
        .threats
        .iter()
        .filter(|threat| threat.category == cell.category && threat.component == cell.component)
}

/// How much is done about a threat, as a line below it; nothing where there is nothing to say.
fn mitigations_of(mitigated: Mitigated, indent: u16) -> Option<Row> {
    let words = match (mitigated.count, mitigated.count - mitigated.planned) {
        (0, _) => return None,
        (1, 0) => "1 mitigation planned".to_owned(),
        (1, _) => "1 mitigation done".to_owned(),
        (count, 0) => format!("{count} mitigations planned"),
        (count, done) => format!("{count} mitigations, {done} of them done"),
    };
    Some(Row::indented(words, Meaning::Muted, indent))
}

/// The risk of a threat, where both ratings are there.
pub fn risk_of(threat: &Threat) -> Option<Risk> {
    Some(Risk::of(threat.likelihood?, threat.impact?))
}

/// A risk as sign and word: the sign is there for those who see no colours.
pub fn risk_sign(risk: Risk) -> String {
    let signs = "▲".repeat(risk as usize + 1);
    format!("{signs} {}", risk.name())
}

/// The number or id by which people know a suggestion best.
fn short_reference(catalog: &Catalog, suggestion: &CatalogThreat) -> String {
    let control = suggestion.controls.iter().find_map(|id| {
        let numbers = &catalog.control(id.as_str())?.numbers;
        numbers
            .iter()
            .rfind(|(version, _)| version.as_str().starts_with("cis-"))
    });
    match control {
        Some((_, number)) => format!("CIS {number}"),
        None => suggestion
            .references
            .first()
            .map(|id| id.as_str().to_owned())
            .filter(|id| id.len() <= 10)
            .unwrap_or_default(),
    }
}

/// Carries out what a key means on the card.
pub fn act(app: &mut App, action: Action) -> bool {
    let Some(catalog) = app.catalog.clone() else {
        return false;
    };
    let Some(open) = &mut app.open else {
        return false;
    };
    let cell = open.cell.clone();
    let selected = open.selected().cloned();
    match (action, selected) {
        (Action::Add, _) => app.type_into(TextField::Draft(DraftKey::Threat(cell))),
        (Action::Sentence, _) => sentence::begin(app, cell),
        (Action::Note, _) => app.type_into(TextField::CellNote(cell)),
        (Action::NothingApplies, _) => nothing_applies(app, cell),
        (Action::NotKnown, _) => decisions::ask(app, cell, OpenKind::NotKnown),
        (Action::Disagree, _) => decisions::ask(app, cell, OpenKind::Disagree),
        (Action::Compare, _) => compare::open(app, cell),
        (
            Action::Left | Action::Right | Action::Enter | Action::Choose(_),
            Some(Target::LeaveKind(id)),
        ) => decisions::choose(app, cell, id, action),
        (Action::Toggle, Some(Target::Suggestion(id))) => {
            take(app, &catalog, &cell, &id);
        }
        (Action::Toggle, Some(Target::Threat(id))) => give_back(app, &id),
        (Action::Enter, Some(Target::Suggestion(id))) => {
            let target = Some(Target::Suggestion(id));
            open.expanded = if open.expanded == target {
                None
            } else {
                target
            };
        }
        (Action::Enter | Action::Edit, Some(Target::Threat(id))) => app.open_threat(id, None),
        (Action::Edit | Action::Mitigate | Action::Rate, Some(Target::Suggestion(id))) => {
            if let Some(threat) = take(app, &catalog, &cell, &id) {
                app.open_threat(threat, start_of(action));
            }
        }
        (Action::Mitigate | Action::Rate, Some(Target::Threat(id))) => {
            app.open_threat(id, start_of(action));
        }
        // Behind the last threat, right after it was written, the keys are about that one.
        (Action::Mitigate | Action::Rate, Some(Target::New(_))) => {
            match threats_of(open.editor.session(), &cell)
                .last()
                .map(|threat| threat.id.clone())
            {
                Some(id) => app.open_threat(id, start_of(action)),
                None => app.say("There is no threat here yet. a writes one, Space takes one."),
            }
        }
        (Action::Leave, Some(Target::Suggestion(id) | Target::LeaveKind(id))) => {
            decisions::leave(app, cell, id);
        }
        (Action::Leave, Some(Target::Threat(_))) => {
            app.say("This one is taken. Space gives a suggestion back; then x leaves it.");
        }
        (Action::Remove, Some(Target::Threat(id))) => {
            app.remove(Operation::RemoveThreat(id));
        }
        (Action::Enter | Action::Edit | Action::Toggle, Some(Target::New(key))) => {
            app.type_into(TextField::Draft(key));
        }
        (Action::Enter | Action::Edit, Some(Target::Field(field))) => app.type_into(field),
        (Action::Enter, Some(Target::Finding(scan, at))) => evidence::visit(app, scan, at),
        (Action::Enter, Some(Target::Evidence)) => evidence::visit_all(app, &cell),
        (Action::Left | Action::PreviousCell, _) => app.go_cell(-1),
        (Action::Right | Action::NextCell, _) => app.go_cell(1),
        (Action::Toggle, _) => {
            app.say("Space takes a suggestion. Move to one first, with ↑ and ↓.");
        }
        (Action::Mitigate | Action::Rate | Action::Remove | Action::Leave, _) => {
            app.say("Move to a threat or a suggestion first, with ↑ and ↓.");
        }
        _ => return false,
    }
    true
}

/// Which row of the threat a key of the card leads to.
const fn start_of(action: Action) -> Option<Start> {
    match action {
        Action::Mitigate => Some(Start::Mitigation),
        Action::Rate => Some(Start::Rating),
        _ => None,
    }
}

/// Where the cursor starts in an open threat.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Start {
    /// On the first suggested mitigation, or typing one.
    Mitigation,
    /// On the likelihood.
    Rating,
}

/// Takes a suggestion as a threat of the team.
pub fn take(app: &mut App, catalog: &Catalog, cell: &CellKey, id: &Id) -> Option<ThreatId> {
    let (component, suggestion) = catalog.threat(id.as_str())?;
    let operation = Operation::TakeSuggestion {
        component: component.id.clone(),
        suggestion: Box::new(suggestion.clone()),
    };
    if !app.edit(operation) {
        return None;
    }
    let open = app.open.as_mut()?;
    let session = open.editor.session();
    let threat = threats_of(session, cell)
        .find(|threat| threat.suggestion.as_ref() == Some(id))
        .map(|threat| threat.id.clone())?;
    open.list_mut().selected = Some(Target::Threat(threat.clone()));
    app.say("Taken as your own. Enter opens it, m notes what to do about it.");
    Some(threat)
}

fn give_back(app: &mut App, id: &ThreatId) {
    let Some(open) = &mut app.open else { return };
    let suggestion = open
        .editor
        .session()
        .threat(id)
        .and_then(|threat| threat.suggestion.clone());
    let Some(suggestion) = suggestion else {
        app.say("This threat is your own. D removes it; u brings it back.");
        return;
    };
    if app.edit(Operation::RemoveThreat(id.clone()))
        && let Some(open) = &mut app.open
    {
        open.list_mut().selected = Some(Target::Suggestion(suggestion));
        app.say("Given back, with what was written for it. u brings it back.");
    }
}

fn nothing_applies(app: &mut App, cell: CellKey) {
    let Some(open) = &mut app.open else { return };
    let session = open.editor.session();
    if threats_of(session, &cell).next().is_some() {
        app.say("This cell has threats. Give them back or remove them first, then say why nothing applies.");
        return;
    }
    let said = session
        .cell(&cell.component, cell.category)
        .is_some_and(|record| record.nothing_applies.is_some());
    if said {
        app.edit(Operation::SetNothingApplies {
            cell,
            applies: false,
        });
    } else if app.edit(Operation::SetNothingApplies {
        cell: cell.clone(),
        applies: true,
    }) {
        app.type_into(TextField::NothingAppliesReason(cell));
    }
}
