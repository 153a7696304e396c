//! Words that decide something: take, leave, nothing, rate, respond and so on. Each is a named
//! operation of the session.

use super::act::{act_on, split, target};
use super::asks;
use super::edit::perform;
use super::print;
use super::state::State;
use super::words::Word;
use super::write::write;
use crate::catalog::types::Id;
use crate::session::edit::Operation;
use crate::session::id::ThreatId;
use crate::session::place::{CellKey, DraftKey, Step, TextField, ThreatText};
use crate::session::types::{Impact, Likelihood, MitigationStatus, OpenKind, Response};
use crate::session::words::Risk;
use crate::tui::keymap::Action;
use crate::tui::screens::card::Start;
use crate::tui::screens::threat::first_untaken;
use crate::tui::widgets::rows::Target;

/// Carries out a word that decides something.
pub(super) fn word(state: &mut State, word: Word, rest: &str) {
    match word {
        Word::Nothing => nothing(state, rest),
        Word::Unsure => open_question(state, OpenKind::NotKnown, rest),
        Word::Disagree => open_question(state, OpenKind::Disagree, rest),
        Word::Rate => rate(state, rest),
        Word::Respond => respond(state, rest),
        Word::Surface => surface(state, rest),
        _ => {
            let (number, more) = split(rest);
            let Some(target) = target(state, number) else {
                return;
            };
            match word {
                Word::Take => take(state, target),
                Word::Leave => leave(state, target, more),
                Word::Mitigate => mitigate(state, target, more),
                Word::Status => status(state, target, more),
                Word::Toggle => toggle(state, target),
                Word::Remove => remove(state, target),
                _ => {}
            }
        }
    }
}

fn cell(state: &State) -> Option<CellKey> {
    let open = state.open()?;
    (open.step == Step::Threats && open.threat.is_none()).then(|| open.cell.clone())
}

const NO_CELL: &str = "That is said about a cell: threats goes to them.";

fn revision(state: &State) -> Option<u64> {
    state.open().map(|open| open.editor.revision())
}

/// An action of the full screen whose own words name keys: where it changed something, these words.
fn done(state: &mut State, target: Target, action: Action, words: &str) {
    let before = revision(state);
    act_on(state, target, action);
    if revision(state) != before {
        state.app.notice = None;
        state.say(words);
    }
}

fn take(state: &mut State, target: Target) {
    match target {
        Target::Suggestion(_) => done(state, target, Action::Toggle, "Taken as your own."),
        Target::SuggestedMitigation(_) => done(state, target, Action::Toggle, "Taken as planned."),
        Target::Finding(..) => done(
            state,
            target,
            Action::Toggle,
            "Chosen. list reads it out above.",
        ),
        Target::Threat(_) => state.say("That one is yours already. remove N takes it away."),
        other => done(state, other, Action::Toggle, "Done."),
    }
}

fn toggle(state: &mut State, target: Target) {
    let words = match &target {
        Target::Component(id) => in_or_out(is_in(state, id)),
        Target::Attacker(id) => in_or_out(reckoned(state, id)),
        _ => "Done.",
    };
    done(state, target, Action::Toggle, words);
}

const fn in_or_out(was_in: bool) -> &'static str {
    if was_in {
        "It is out now."
    } else {
        "It is in now."
    }
}

fn is_in(state: &State, id: &Id) -> bool {
    state
        .open()
        .is_some_and(|open| open.components().contains(id))
}

fn reckoned(state: &State, id: &Id) -> bool {
    state.open().is_some_and(|open| {
        open.editor
            .session()
            .attackers
            .iter()
            .any(|one| one.profile == *id)
    })
}

fn leave(state: &mut State, target: Target, why: &str) {
    let (Target::Suggestion(suggestion), Some(cell)) = (target, cell(state)) else {
        return state.say("Only a suggestion that is not taken can be left.");
    };
    let operation = Operation::LeaveSuggestion {
        cell: cell.clone(),
        suggestion: suggestion.clone(),
    };
    if perform(state, operation, "Left.") {
        reason(state, TextField::LeftReason(cell, suggestion), why);
    }
}

/// The reason behind a decision: as it was said, or asked for.
fn reason(state: &mut State, field: TextField, why: &str) {
    if why.is_empty() {
        state.say("Say why.");
        asks::ask_for_text(state, field, false);
    } else {
        super::edit::replace(state, &field, why);
    }
}

fn nothing(state: &mut State, why: &str) {
    let Some(cell) = cell(state) else {
        return state.say(NO_CELL);
    };
    let Some(open) = state.open() else { return };
    let session = open.editor.session();
    let has_threats = session
        .threats
        .iter()
        .any(|one| one.component == cell.component && one.category == cell.category);
    if has_threats {
        return state
            .say("This cell has threats. Remove them first, then say why nothing applies.");
    }
    let said = session
        .cell(&cell.component, cell.category)
        .is_some_and(|record| record.nothing_applies.is_some());
    let field = TextField::NothingAppliesReason(cell.clone());
    match (said, why) {
        (true, "") => {
            let operation = Operation::SetNothingApplies {
                cell,
                applies: false,
            };
            perform(state, operation, "Taken back: something may apply here.");
        }
        (true, why) => write(state, &field, why, false),
        (false, why) => {
            let operation = Operation::SetNothingApplies {
                cell,
                applies: true,
            };
            if perform(state, operation, "Nothing applies here.") {
                reason(state, field, why);
            }
        }
    }
}

fn open_question(state: &mut State, kind: OpenKind, text: &str) {
    let Some(cell) = cell(state) else {
        return state.say(NO_CELL);
    };
    let operation = Operation::SetOpenQuestion {
        cell: cell.clone(),
        kind: Some(kind),
    };
    state.app.edit(operation);
    state.app.notice = None;
    state.say(&format!("On record: {}.", kind.name()));
    reason(state, TextField::OpenQuestion(cell), text);
}

/// The threat that is meant: by its number, or the one that is open. A suggestion is taken first.
fn threat<'a>(state: &mut State, rest: &'a str) -> Option<(ThreatId, &'a str)> {
    let (number, more) = split(rest);
    if let Some(id) = state.open().and_then(|open| open.threat.clone()) {
        // Where one is open it is meant, unless a number of another one is said.
        return Some((id, rest));
    }
    let target = target(state, number)?;
    threat_of(state, target).map(|id| (id, more))
}

fn threat_of(state: &mut State, target: Target) -> Option<ThreatId> {
    match target {
        Target::Threat(id) => Some(id),
        Target::Suggestion(suggestion) => {
            take(state, Target::Suggestion(suggestion.clone()));
            let session = state.open()?.editor.session();
            let taken = session
                .threats
                .iter()
                .find(|one| one.suggestion.as_ref() == Some(&suggestion))?;
            Some(taken.id.clone())
        }
        _ => {
            state.say("That number is no threat.");
            None
        }
    }
}

fn mitigate(state: &mut State, target: Target, what: &str) {
    let Some(id) = threat_of(state, target) else {
        return;
    };
    if !what.is_empty() {
        let operation = Operation::AddMitigation {
            threat: id,
            what: what.to_owned(),
            verify: String::new(),
            controls: Vec::new(),
        };
        perform(state, operation, "Noted as planned.");
        return;
    }
    let catalog = state.app.catalog.clone();
    let suggested = catalog
        .zip(state.open())
        .and_then(|(catalog, open)| first_untaken(open, &catalog, &id));
    if suggested.is_some() {
        state.app.open_threat(id, Some(Start::Mitigation));
        state.app.notice = None;
        state.say("take N takes a suggested mitigation, add TEXT writes one of your own, back goes to the cell.");
    } else {
        asks::ask_for_text(state, TextField::Draft(DraftKey::Mitigation(id)), false);
    }
}

/// What was said for a level.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Level<T> {
    /// This one.
    Some(T),
    /// None of them.
    None,
    /// No word that is known.
    Unknown,
}

impl<T> Level<T> {
    /// The level, or nothing; refused where the word is not known.
    fn known(self) -> Result<Option<T>, ()> {
        match self {
            Self::Some(value) => Ok(Some(value)),
            Self::None => Ok(None),
            Self::Unknown => Err(()),
        }
    }
}

/// One of five words, by number or word; `-` for none.
fn level<T: Copy>(word: &str, all: &[T], name: impl Fn(T) -> &'static str) -> Level<T> {
    if word == "-" || word == "0" {
        return Level::None;
    }
    let by_number = word
        .parse::<usize>()
        .ok()
        .and_then(|number| all.get(number.checked_sub(1)?));
    let by_word = || {
        all.iter()
            .find(|one| name(**one).eq_ignore_ascii_case(word))
    };
    match by_number.or_else(by_word) {
        Some(value) => Level::Some(*value),
        None => Level::Unknown,
    }
}

fn rate(state: &mut State, rest: &str) {
    let Some((id, words)) = threat(state, rest) else {
        return;
    };
    let (often, bad) = split(words);
    let often = level(often, &Likelihood::ALL, Likelihood::name);
    let bad = level(bad, &Impact::ALL, Impact::name);
    let (Ok(often), Ok(bad)) = (often.known(), bad.known()) else {
        let names = |names: Vec<String>| names.join(", ");
        let often = Likelihood::ALL
            .map(|one| format!("{} {} ({})", one as u8 + 1, one.name(), one.meaning()));
        let bad =
            Impact::ALL.map(|one| format!("{} {} ({})", one as u8 + 1, one.name(), one.meaning()));
        state.say(&format!("How often: {}.", names(often.to_vec())));
        state.say(&format!("How bad: {}.", names(bad.to_vec())));
        return state.say(
            "Say both, such as: rate 2 likely major. Where a threat is open, without its number.",
        );
    };
    let before = revision(state);
    state.app.edit(Operation::SetLikelihood(id.clone(), often));
    state.app.edit(Operation::SetImpact(id, bad));
    if revision(state) == before {
        return;
    }
    state.app.notice = None;
    match often.zip(bad) {
        Some((often, bad)) => {
            let risk = Risk::of(often, bad).name();
            state.say(&format!(
                "Rated: {}, {}. The risk is {risk}.",
                often.name(),
                bad.name()
            ));
        }
        None => state.say("Rated, as far as you said."),
    }
}

fn respond(state: &mut State, rest: &str) {
    let Some((id, words)) = threat(state, rest) else {
        return;
    };
    let (word, more) = split(words);
    let Ok(response) = level(word, &Response::ALL, Response::name).known() else {
        for one in Response::ALL {
            state.say(&format!("{}: {}.", one.name(), one.meaning()));
        }
        return state
            .say("Say one of them, such as: respond 2 accept because it is a test system.");
    };
    state.app.edit(Operation::SetResponse(id.clone(), response));
    state.app.notice = None;
    let name = response.map_or("not decided", Response::name);
    state.say(&format!("The response is: {name}."));
    let why = more.strip_prefix("because").unwrap_or(more).trim();
    if !why.is_empty() {
        let field = TextField::Threat(id, ThreatText::ResponseReason);
        super::edit::replace(state, &field, why);
    }
}

fn surface(state: &mut State, rest: &str) {
    let Some((id, words)) = threat(state, rest) else {
        return;
    };
    let Some(catalog) = state.app.catalog.clone() else {
        return;
    };
    let component = state
        .open()
        .and_then(|open| open.editor.session().threat(&id))
        .and_then(|threat| catalog.component(threat.component.as_str()));
    let Some(component) = component else { return };
    let wanted = words.to_lowercase();
    let found = component
        .surfaces
        .iter()
        .find(|one| !wanted.is_empty() && one.name.to_lowercase().contains(&wanted));
    let Some(found) = found else {
        let names: Vec<&str> = component
            .surfaces
            .iter()
            .map(|one| one.name.as_str())
            .collect();
        return state.say(&format!("The attack surfaces here: {}.", names.join(", ")));
    };
    let operation = Operation::SetSurface(id, Some(found.id.clone()));
    perform(
        state,
        operation,
        &format!("The attack surface is {}.", print::quoted(&found.name)),
    );
}

fn status(state: &mut State, target: Target, word: &str) {
    let Target::Mitigation(id) = target else {
        return state.say("That number is no mitigation.");
    };
    let Level::Some(status) = level(word, &MitigationStatus::ALL, MitigationStatus::name) else {
        return state.say("Say planned, done or verified.");
    };
    let words = format!("The mitigation is {}.", status.name());
    perform(state, Operation::SetMitigationStatus(id, status), &words);
}

fn remove(state: &mut State, target: Target) {
    const WORDS: &str = "Removed. undo brings it back.";
    match target {
        Target::Threat(id) => _ = perform(state, Operation::RemoveThreat(id), WORDS),
        other => done(state, other, Action::Remove, WORDS),
    }
}
