//! Words about the write-up and saving: its form, names in it, what is found in it, the file it goes to.

use super::act::act;
use super::state::State;
use crate::report::layout::Layout;
use crate::session::place::Step;
use crate::tui::keymap::Action;
use crate::tui::screens::report;

pub(super) fn form(state: &mut State, name: &str) {
    let Some(open) = state.open() else { return };
    let layouts = Layout::all(&open.report.own);
    let wanted = |layout: &&Layout| {
        layout.id().eq_ignore_ascii_case(name) || layout.name().eq_ignore_ascii_case(name)
    };
    let Some(layout) = layouts.iter().find(wanted) else {
        for layout in &layouts {
            state.say(&match layout {
                Layout::Form(form) => format!("{}: {}", form.id, form.description),
                Layout::Own(template) => format!("{}: your own template", template.name),
            });
        }
        return;
    };
    let id = layout.id().to_owned();
    report::act::take_form(&mut state.app, &id);
    state.app.notice = None;
    state.say(&format!("The form is {id}."));
}

pub(super) fn names(state: &mut State, rest: &str) {
    let wanted = match rest.to_lowercase().as_str() {
        "on" | "yes" => true,
        "off" | "no" => false,
        _ => return state.say("Say names on, or names off."),
    };
    if let Some(open) = &mut state.app.open {
        open.report.options.names = wanted;
        open.report.changed();
    }
    state.say(if wanted {
        "Names are in the write-up."
    } else {
        "Names are left out."
    });
}

/// Goes to the write-up, made for what the session holds now.
fn to_the_write_up(state: &mut State) {
    if state.open().is_some_and(|open| open.step != Step::Report) {
        state.app.go_step(Step::Report.number());
    }
    state.app.finish(&mut state.effects);
}

pub(super) fn export(state: &mut State, path: &str) {
    to_the_write_up(state);
    let report = state.open().map(|open| &open.report);
    let is_broken = report.is_some_and(|report| report.problem().is_some());
    if path.is_empty() || is_broken {
        return act(state, Action::Export);
    }
    report::act::write(&mut state.app, path, &mut state.effects);
}

/// The next place with these words, read out with its paragraph.
pub(super) fn find(state: &mut State, words: &str) {
    to_the_write_up(state);
    if words.is_empty() {
        act(state, Action::NextHit);
    } else {
        report::act::find(&mut state.app, words);
    }
    let report = state.open().map(|open| &open.report);
    let place = report.and_then(|one| Some((one.found.as_ref()?, one.paragraph()?)));
    let Some((found, paragraph)) = place else {
        // What is to be said is said already: there is no such place.
        return;
    };
    let (at, all) = (found.at + 1, found.places.len());
    let words = format!("Place {at} of {all}: {paragraph}\nfind goes to the next.");
    state.app.notice = None;
    state.say(&words);
}

pub(super) fn save(state: &mut State) {
    if state.open().is_some_and(|open| open.read_only.is_some()) {
        return state.say("This session is open for reading only; there is nothing to save.");
    }
    state.save = true;
}
