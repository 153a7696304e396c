//! Words about the write-up and saving: its form, names in it, the file it goes to.

use super::act::act;
use super::state::State;
use crate::report::Form;
use crate::session::place::Step;
use crate::tui::app::Effect;
use crate::tui::keymap::Action;

pub(super) fn form(state: &mut State, name: &str) {
    let found = Form::ALL
        .iter()
        .find(|form| form.id.eq_ignore_ascii_case(name) || form.name.eq_ignore_ascii_case(name));
    let Some(form) = found else {
        for form in Form::ALL {
            state.say(&format!("{}: {}", form.id, form.description));
        }
        return;
    };
    if let Some(open) = &mut state.app.open {
        open.report.form = form;
        open.report.changed();
    }
    state.say(&format!("The form is {}.", form.id));
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

pub(super) fn export(state: &mut State, path: &str) {
    state.app.go_step(Step::Report.number());
    // The text is made for what the session holds now.
    state.app.finish(&mut state.effects);
    if path.is_empty() {
        return act(state, Action::Export);
    }
    let Some(open) = state.open() else { return };
    let effect = Effect::Export {
        path: path.to_owned(),
        text: open.report.text.clone(),
        overwrite: false,
    };
    state.effects.extend([Effect::SaveNow, effect]);
}

pub(super) fn save(state: &mut State) {
    if state.open().is_some_and(|open| open.read_only.is_some()) {
        return state.say("This session is open for reading only; there is nothing to save.");
    }
    state.save = true;
}
