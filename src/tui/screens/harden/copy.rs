//! Step 3, what is copied to be pasted into a configuration. Not for getting it to the clipboard: that is
//! the loop's.

use super::act::{finding_of, hardening_of};
use crate::catalog::Catalog;
use crate::findings::evidence::control_of;
use crate::report::snippet::{Part, parts};
use crate::session::types::{Finding, Hardening};
use crate::tui::app::{App, Effect};
use crate::tui::widgets::rows::Target;

/// Copies what is to be pasted; pressed again, the next piece.
pub(super) fn copy(app: &mut App, selected: Option<Target>, effects: &mut Vec<Effect>) {
    let Some(catalog) = app.catalog.clone() else {
        return;
    };
    let Some(open) = &mut app.open else { return };
    let pieces = match &selected {
        Some(Target::Finding(scan, at)) => {
            finding_of(open, scan, *at).map(|(_, one)| pieces_of_finding(&catalog, one))
        }
        _ => hardening_of(selected.clone())
            .and_then(|id| open.editor.session().hardening(&id))
            .map(|one| pieces_of_hardening(&catalog, one)),
    };
    let Some(pieces) = pieces else {
        app.say("y copies what puts a finding right. Move to one first.");
        return;
    };
    let before = match &open.copied {
        Some((target, at)) if Some(target) == selected.as_ref() => at + 1,
        _ => 0,
    };
    let Some(piece) = pieces.get(before % pieces.len().max(1)) else {
        app.say("There is nothing to paste for this finding.");
        return;
    };
    let at = before % pieces.len();
    open.copied = selected.map(|target| (target, at));
    effects.push(Effect::Copy(piece.clone()));
    app.say(match pieces.len() {
        1 => "Sent to the terminal's clipboard.".to_owned(),
        all => format!(
            "Piece {} of {all} sent to the terminal's clipboard. y again sends the next.",
            at + 1
        ),
    });
}

fn pieces_of_finding(catalog: &Catalog, finding: &Finding) -> Vec<String> {
    let snippets: Vec<String> = control_of(catalog, finding)
        .into_iter()
        .flat_map(|control| &control.remediation.snippets)
        .map(|snippet| snippet.text.to_string())
        .collect();
    if !snippets.is_empty() {
        return snippets;
    }
    let text = Some(finding.remediation.raw().to_owned());
    text.filter(|text| !text.is_empty()).into_iter().collect()
}

/// The code of the team's own remediation, which may have been edited.
fn pieces_of_hardening(catalog: &Catalog, hardening: &Hardening) -> Vec<String> {
    let control = hardening
        .control
        .as_ref()
        .and_then(|id| catalog.control(id.as_str()));
    let code: Vec<String> = parts(&hardening.remediation, control)
        .into_iter()
        .filter_map(|part| match part {
            Part::Code(text, _) => Some(text.into_raw()),
            Part::Prose(_) => None,
        })
        .collect();
    if !code.is_empty() {
        return code;
    }
    let text = Some(hardening.remediation.raw().to_owned());
    text.filter(|text| !text.trim().is_empty())
        .into_iter()
        .collect()
}
