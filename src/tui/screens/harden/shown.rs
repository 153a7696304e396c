//! Step 3, choosing which findings are shown. Not for what a filter is: see `filter`.

use super::{filter, list};
use crate::tui::app::App;
use crate::tui::overlays::Overlay;
use crate::tui::overlays::menu::Does;
use crate::tui::widgets::rows::Target;

pub(super) fn filter_menu(app: &mut App) {
    let Some(catalog) = app.catalog.clone() else {
        return;
    };
    let Some(open) = &app.open else { return };
    if open.standing.latest.is_empty() {
        app.say("There are no findings yet. i reads the report of a scanner.");
        return;
    }
    app.overlay = Some(Overlay::Menu(filter::menu(open, &catalog)));
}

/// Shows other findings.
pub fn choose_filter(app: &mut App, does: Does) {
    let Some(open) = &mut app.open else { return };
    match does {
        Does::Show(which) => open.findings.which = which,
        Does::Letter(letter) => open.findings.letter = letter,
        Does::Component(component) => open.findings.component = component,
        Does::Threat(..) | Does::Form(_) | Does::VersionAsCopy(_) | Does::VersionInPlace(_) => {
            return;
        }
    }
    to_the_list(app);
}

/// Shows only findings with these words.
pub fn search(app: &mut App, words: &str) {
    let Some(open) = &mut app.open else { return };
    words.clone_into(&mut open.findings.words);
    to_the_list(app);
}

/// Puts the cursor on the first finding that is shown, and says how many there are.
fn to_the_list(app: &mut App) {
    let Some(catalog) = app.catalog.clone() else {
        return;
    };
    let Some(open) = &mut app.open else { return };
    open.expanded = None;
    let mut rows = Vec::new();
    list::rows(open, &catalog, &mut rows);
    let targets = || {
        let targets = rows.iter().filter_map(|row| row.target.as_ref());
        targets.filter(|one| matches!(one, Target::Finding(..)))
    };
    let (first, count) = (targets().next().cloned(), targets().count());
    let words = open.findings.in_words(&catalog);
    if first.is_some() {
        open.list_mut().selected = first;
    }
    let narrow = open.findings.is_narrow();
    app.say(match (count, narrow) {
        (0, true) => {
            format!("No finding is {words}. f chooses others, / with nothing ends the search.")
        }
        (0, false) => format!("No finding is {words}."),
        (count, _) => format!("Shown: {words}: {count}."),
    });
}
