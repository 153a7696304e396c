//! Step 3, what the keys do: choosing, documenting, confirming. Which findings are shown is in `filter`
//! and `shown`, findings that become threats in `make_threat`, what is copied in `copy`.

use super::copy::copy;
use super::make_threat::make_threat;
use super::shown::filter_menu;
use crate::findings::evidence::{control_of, offers};
use crate::findings::standing::{Change, Place, chosen};
use crate::session::edit::Operation;
use crate::session::id::{HardeningId, MitigationId, ScanId};
use crate::session::place::{HardeningText, MitigationText, Step, TextField};
use crate::session::types::{Finding, FindingStatus, Scan};
use crate::tui::app::{App, Effect, OpenSession};
use crate::tui::keymap::Action;
use crate::tui::overlays::{Asked, Overlay, import};
use crate::tui::screens::threat;
use crate::tui::widgets::rows::Target;

/// Carries out what a key means in the step.
pub fn act(app: &mut App, action: Action, effects: &mut Vec<Effect>) -> bool {
    let Some(open) = &mut app.open else {
        return false;
    };
    // A line of details is there for the cursor to pass; its keys are those of what is open.
    let selected = match open.selected() {
        Some(Target::Line(_)) => open.expanded.clone(),
        other => other.cloned(),
    };
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
        (Action::Enter, Some(Target::Link(_, threat))) => app.visit_threat(threat, Step::Harden),
        (Action::Enter | Action::Toggle, Some(Target::Offer(id))) => verify(app, &id),
        (Action::Edit, Some(Target::Mitigation(id))) => {
            open.expanded = Some(Target::Mitigation(id.clone()));
            app.type_into(TextField::Mitigation(id, MitigationText::What));
        }
        (Action::Edit, Some(Target::Hardening(id) | Target::Link(id, _))) => document(app, id),
        (Action::Edit, Some(Target::Finding(scan, at))) => {
            if let Some(id) = chosen_for(app, &scan, at) {
                document(app, id);
            } else if choose(app, &scan, at)
                && let Some(id) = chosen_for(app, &scan, at)
            {
                document(app, id);
            }
        }
        (Action::Edit, _) => app.say("e documents a finding. Move to one first."),
        (Action::Toggle, Some(Target::Mitigation(id))) => threat::advance(app, &id),
        (Action::Toggle, Some(Target::Finding(scan, at))) => _ = choose(app, &scan, at),
        (Action::Toggle, Some(Target::Link(hardening, threat))) => {
            let linked = open
                .editor
                .session()
                .hardening(&hardening)
                .is_some_and(|one| one.threats.contains(&threat));
            app.edit(Operation::SetHardeningThreat {
                hardening,
                threat,
                linked: !linked,
            });
        }
        (Action::Toggle, _) => {
            app.say("Space chooses a finding, or says how far a mitigation is. Move to one first.");
        }
        (Action::Remove, Some(Target::Mitigation(id))) => {
            app.remove(Operation::RemoveMitigation(id));
        }
        (Action::Remove, selected) => match hardening_of(selected) {
            Some(id) => _ = app.remove(Operation::RemoveHardening(id)),
            None => app.say("D removes a mitigation or a chosen finding. Move to one first."),
        },
        (Action::AddFinding, _) => add_finding(app),
        (Action::Import, _) => import::ask(app, effects),
        (Action::Filter, _) => filter_menu(app),
        (Action::FilterWords, _) => {
            let words = open.findings.words.clone();
            app.overlay = Some(Overlay::ask(Asked::FindingWords, &words));
        }
        (Action::MakeThreat, selected) => make_threat(app, selected),
        (Action::CopySnippet, selected) => copy(app, selected, effects),
        (Action::ConfirmByHand, selected) => confirm(app, selected),
        (Action::Enter, None) => {
            app.say("There is nothing to open yet. i reads a report, 2 goes to the walk.");
        }
        _ => return false,
    }
    true
}

/// The chosen finding that a row belongs to.
pub(super) fn hardening_of(selected: Option<Target>) -> Option<HardeningId> {
    match selected? {
        Target::Hardening(id)
        | Target::Link(id, _)
        | Target::Field(TextField::Hardening(id, _)) => Some(id),
        _ => None,
    }
}

/// A finding of the list.
pub(super) fn finding_of<'a>(
    open: &'a OpenSession,
    scan: &ScanId,
    at: usize,
) -> Option<(&'a Scan, &'a Finding)> {
    let scans = &open.editor.session().scans;
    let scan = scans.iter().find(|one| one.id == *scan)?;
    Some((scan, scan.findings.get(at)?))
}

/// What was chosen for a finding of the list.
fn chosen_for(app: &App, scan: &ScanId, at: usize) -> Option<HardeningId> {
    let open = app.open.as_ref()?;
    let (scan, finding) = finding_of(open, scan, at)?;
    chosen(open.editor.session(), scan, finding).map(|one| one.id.clone())
}

/// Opens a chosen finding and begins with what is wrong.
fn document(app: &mut App, id: HardeningId) {
    let Some(open) = &mut app.open else { return };
    open.expanded = Some(Target::Hardening(id.clone()));
    app.type_into(TextField::Hardening(id, HardeningText::Issue));
    app.say("Say what is wrong. Tab goes on to why it matters here.");
}

/// Chooses a finding to be hardened, or gives it back while nothing is written about it. Whether it
/// is chosen now.
fn choose(app: &mut App, scan: &ScanId, at: usize) -> bool {
    let Some(catalog) = app.catalog.clone() else {
        return false;
    };
    let Some(open) = &app.open else {
        return false;
    };
    let Some((scan, finding)) = finding_of(open, scan, at) else {
        return false;
    };
    if let Some(known) = chosen(open.editor.session(), scan, finding) {
        let written = [&known.issue, &known.why_here, &known.result];
        if written.iter().all(|text| text.is_empty()) && known.threats.is_empty() {
            app.edit(Operation::RemoveHardening(known.id.clone()));
        } else {
            app.say("It is chosen and documented above. e goes there, D there removes it.");
        }
        return false;
    }
    let was_failing = open.standing.latest.iter().any(|latest| {
        open.editor.session().scans[latest.scan].id == scan.id
            && latest.change(at) == Some(Change::Fixed)
    });
    if finding.status == FindingStatus::Passed && !was_failing {
        app.say("It passes, so there is nothing to harden.");
        return false;
    }
    let mut finding = finding.clone();
    if let Some(control) = control_of(&catalog, &finding) {
        finding.remediation = control.remediation.text.to_string();
        for snippet in &control.remediation.snippets {
            finding.remediation.push('\n');
            finding.remediation.push_str(&snippet.text);
        }
    }
    let benchmark = scan.benchmark.clone();
    let is_chosen = app.edit(Operation::ChooseFinding {
        finding: Box::new(finding),
        benchmark,
    });
    if is_chosen {
        app.say("Chosen; it stands above. e goes there: what is wrong, and why it matters here.");
    }
    is_chosen
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

/// Marks a mitigation verified, with what the scans show as evidence.
fn verify(app: &mut App, id: &MitigationId) {
    let Some(open) = &app.open else { return };
    let offer = offers(open.editor.session(), &open.standing)
        .into_iter()
        .find(|offer| offer.mitigation == *id);
    let Some(offer) = offer else { return };
    let operation = Operation::VerifyMitigation {
        mitigation: offer.mitigation,
        evidence: offer.evidence,
    };
    if app.edit(operation) {
        app.say("Verified, with the scan as evidence. u takes it back.");
    }
}

/// Says that somebody looked by hand that a chosen finding is dealt with, or no longer.
fn confirm(app: &mut App, selected: Option<Target>) {
    let Some(open) = &app.open else { return };
    let session = open.editor.session();
    let hardening = hardening_of(selected).and_then(|id| session.hardening(&id));
    let Some(hardening) = hardening else {
        app.say("b confirms a chosen finding. Space chooses one; it stands above the lists then.");
        return;
    };
    let confirmed = hardening.confirmed.is_none();
    let control = hardening.control.as_ref();
    let fails = control.and_then(|id| open.standing.failing(id));
    let fails = fails.and_then(|place: Place| place.of(session));
    let words = match (confirmed, fails) {
        (false, _) => "No longer confirmed.".to_owned(),
        (true, Some((scan, _))) => format!(
            "Confirmed by hand, although {} says that it fails. Review lists it.",
            scan.file
        ),
        (true, None) => "Confirmed: somebody looked by hand, and it holds.".to_owned(),
    };
    let operation = Operation::SetHardeningConfirmed {
        hardening: hardening.id.clone(),
        confirmed,
    };
    if app.edit(operation) {
        app.say(words);
    }
}
