//! What each word does. Words of places and texts are carried out here; decisions about threats are
//! in [`super::decide`].

use ratatui::crossterm::event::{KeyEvent, KeyModifiers};

use super::asks;
use super::decide;
use super::edit;
use super::home;
use super::past;
use super::print;
use super::state::State;
use super::words::{self, Entry, Word};
use crate::report::Form;
use crate::session::edit::Operation;
use crate::session::place::{DraftKey, Step, TextField};
use crate::tui::app::Effect;
use crate::tui::keymap::{self, Action};
use crate::tui::overlays::palette::{Palette, What, carry_out};
use crate::tui::screens::home::HomeLine;
use crate::tui::widgets::rows::Target;

/// Carries out a line that is a command.
pub(super) fn command(state: &mut State, line: &str) {
    let line = line.trim();
    if line.is_empty() {
        return state.say("Type a word. help lists them.");
    }
    if let Some((entry, rest)) = words::understood(line) {
        return word(state, entry, rest);
    }
    if line.chars().all(|character| character.is_ascii_digit()) {
        return open(state, line);
    }
    if by_key_table(state, line) {
        return;
    }
    let first = line.split_whitespace().next().unwrap_or_default();
    let near = words::near(&first.to_lowercase())
        .map_or_else(String::new, |name| format!(" Did you mean {name}?"));
    state.say(&format!(
        "{} is no word here.{near} help lists the words. Nothing was changed.",
        print::quoted(first)
    ));
}

fn word(state: &mut State, entry: &Entry, rest: &str) {
    match entry.word {
        Word::Help => return help(state, rest),
        Word::Again => {
            let before = state.before.clone();
            return state.say(&before);
        }
        Word::List => return print::list(state),
        Word::Where => return print::headline(state),
        Word::Screen => {
            let words = print::screen(&state.app);
            return state.say(&words);
        }
        Word::Open => return open(state, rest),
        Word::Quit => return quit(state),
        Word::Out | Word::Close => return out(state, entry.word),
        _ => {}
    }
    match (state.open().is_some(), entry.place) {
        (false, words::Place::Session) => state.say("Open a session first: open N, or new TITLE."),
        (true, words::Place::Home) => {
            state.say("That is for the list of sessions. close goes there; nothing is lost.");
        }
        (false, _) => at_home(state, entry.word, rest),
        (true, _) => in_session(state, entry.word, rest),
    }
}

fn at_home(state: &mut State, word: Word, rest: &str) {
    let (number, more) = split(rest);
    let line = number
        .parse::<usize>()
        .ok()
        .and_then(|number| state.home.get(number.checked_sub(1)?));
    let session = match line {
        Some(HomeLine::Session(at)) => {
            let sessions = state.app.home.sessions.as_ref();
            sessions
                .and_then(|all| all.get(*at))
                .map(|one| one.name.clone())
        }
        _ => None,
    };
    match (word, session) {
        (Word::New, _) => home::begin(state, rest),
        (Word::Trash, _) => state.effects.push(Effect::ListTrash),
        (Word::Rename, Some(name)) if !more.is_empty() => {
            let title = more.to_owned();
            state.effects.push(Effect::Rename { name, title });
        }
        (Word::Copy, Some(name)) => state.effects.push(Effect::Duplicate(name)),
        (Word::Delete, Some(name)) => state.effects.push(Effect::MoveToTrash(name)),
        (Word::Rename, Some(_)) => state.say("Say the new title too: rename N TITLE."),
        _ => state.say("Say the number of a session. list reads them out."),
    }
}

fn in_session(state: &mut State, word: Word, rest: &str) {
    match word {
        Word::Next => state.app.go_cell(1),
        Word::Back => back(state),
        Word::Gap => act(state, Action::NextOpen),
        Word::Go => go(state, rest),
        Word::Scope | Word::Threats | Word::Harden | Word::Review | Word::Report => {
            step(state, word);
        }
        Word::Add => add(state, rest),
        Word::Edit => text(state, rest, false),
        Word::More => text(state, rest, true),
        Word::Note => note(state, rest),
        Word::Assume => new(state, &DraftKey::Assumption, rest),
        Word::Person => new(state, &DraftKey::Participant, rest),
        Word::Park => park(state, rest),
        Word::Parked => parked(state),
        Word::History => past::ask(state, rest),
        Word::Ratings => {
            let words = print::ratings(&state.app);
            state.say(&words);
        }
        Word::Finding => {
            state.app.go_step(Step::Harden.number());
            act(state, Action::AddFinding);
        }
        Word::Form => form(state, rest),
        Word::Names => names(state, rest),
        Word::Export => export(state, rest),
        Word::Undo => {
            state.app.undo();
            plain_words(state);
        }
        Word::Redo => {
            state.app.redo();
            plain_words(state);
        }
        Word::Save => save(state),
        other => decide::word(state, other, rest),
    }
}

/// Undo says which key does it again; here it is a word.
fn plain_words(state: &mut State) {
    if let Some(notice) = &mut state.app.notice {
        notice.text = notice
            .text
            .replace("Ctrl+R does it again.", "redo does it again.");
    }
}

/// The first word of a text, and the rest.
pub(super) fn split(text: &str) -> (&str, &str) {
    let text = text.trim();
    text.split_once(char::is_whitespace)
        .map_or((text, ""), |(first, rest)| (first, rest.trim()))
}

/// What a number of the last list stands for, where it is there still.
pub(super) fn target(state: &mut State, number: &str) -> Option<Target> {
    let Ok(number) = number.parse::<usize>() else {
        state.say("Say a number of the list first. list reads it out.");
        return None;
    };
    let said = number
        .checked_sub(1)
        .and_then(|at| state.numbered.get(at))
        .cloned();
    let target = said.map(|said| as_it_is_now(state, said));
    let there = state.open().is_some_and(|open| {
        open.rows
            .iter()
            .any(|row| row.target.is_some() && row.target == target)
    });
    if !there {
        state.say("There is nothing of that number in the list now. list reads it out anew.");
        return None;
    }
    target
}

/// A suggestion that was taken since it was read out is a threat by now.
fn as_it_is_now(state: &State, said: Target) -> Target {
    let Target::Suggestion(id) = &said else {
        return said;
    };
    let taken = state.open().and_then(|open| {
        let threats = &open.editor.session().threats;
        threats
            .iter()
            .find(|one| one.suggestion.as_ref() == Some(id))
    });
    taken.map_or_else(|| said.clone(), |threat| Target::Threat(threat.id.clone()))
}

/// Carries out an action of the key table on what has this number.
pub(super) fn act_on(state: &mut State, target: Target, action: Action) {
    if let Some(open) = &mut state.app.open {
        open.list_mut().selected = Some(target);
    }
    act(state, action);
}

pub(super) fn act(state: &mut State, action: Action) {
    let mut effects = Vec::new();
    state.app.act(action, &mut effects);
    state.effects.extend(effects);
}

/// A key by its name, or an action by the words of the key bar; a number says on what.
fn by_key_table(state: &mut State, line: &str) -> bool {
    let (words, number) = match line.rsplit_once(char::is_whitespace) {
        Some((words, number)) if number.parse::<usize>().is_ok() => (words.trim(), Some(number)),
        _ => (line, None),
    };
    let contexts = state.app.contexts();
    let key = edit::key_named(words).map(|code| KeyEvent::new(code, KeyModifiers::NONE));
    let by_key = key.and_then(|key| keymap::meaning(&contexts, &key));
    let by_label = || {
        contexts.iter().find_map(|context| {
            keymap::of(*context)
                .find(|one| one.label.eq_ignore_ascii_case(words) || shown(one.keys, words))
                .map(|one| one.action)
        })
    };
    let Some(action) = by_key.or_else(by_label) else {
        return false;
    };
    match number {
        None => act(state, action),
        Some(number) => {
            if let Some(target) = target(state, number) {
                act_on(state, target, action);
            }
        }
    }
    if state.said.is_empty() && state.app.notice.is_none() && state.app.overlay.is_none() {
        state.app.finish(&mut state.effects);
        print::list(state);
    }
    true
}

fn shown(keys: &[crate::tui::key::Key], words: &str) -> bool {
    keys.iter()
        .any(|key| key.to_string().eq_ignore_ascii_case(words))
}

fn help(state: &mut State, rest: &str) {
    if let Some((entry, _)) = words::understood(rest) {
        return state.say(&words::line(entry));
    }
    let mut text = words::help(state.open().is_some());
    text.push_str(
        "N is a number of the last list; a number alone opens. A long text goes on until a line with a \
         single dot. Keys of the full screen work too, by name: m 3, Space 3.\n",
    );
    state.say(&text);
}

fn open(state: &mut State, rest: &str) {
    if state.open().is_some() {
        let (number, _) = split(rest);
        if let Some(target) = target(state, number) {
            act_on(state, target, Action::Enter);
            if state.said.is_empty() && state.app.notice.is_none() {
                state.app.finish(&mut state.effects);
                if state
                    .open()
                    .is_some_and(|open| open.active.is_none() && open.threat.is_none())
                {
                    print::list(state);
                }
            }
        }
        return;
    }
    let Ok(number) = rest.parse::<usize>() else {
        if rest.is_empty() {
            return state.say("Say a number of the list, or a session's name.");
        }
        return state.effects.push(Effect::Open(rest.to_owned()));
    };
    let line = number
        .checked_sub(1)
        .and_then(|at| state.home.get(at))
        .cloned();
    match line {
        Some(HomeLine::New) => home::begin(state, ""),
        Some(_) => {
            state.app.home.selected = number - 1;
            act(state, Action::Enter);
        }
        None => state.say("There is nothing of that number. list reads the sessions out."),
    }
}

pub(super) fn quit(state: &mut State) {
    act(state, Action::Quit);
    state.quit = state.app.quitting;
    if let Some(notice) = &mut state.app.notice {
        notice.text = notice.text.replace(
            "Ctrl+S tries again, Ctrl+C twice leaves",
            "save tries again, Ctrl+C leaves",
        );
    }
}

/// One step out, or the whole way to the list of sessions.
fn out(state: &mut State, word: Word) {
    if state.open().is_none() {
        act(state, Action::Back);
        if state.app.notice.is_some() {
            state.app.notice = None;
            state.say("This is the start. quit leaves; everything is saved.");
        } else {
            home::list(state);
        }
        return;
    }
    // The map is for the eye: here one step out of a card is out of the session.
    for _ in 0..8 {
        let before = state.place();
        act(state, Action::Back);
        let moved = state.place() != before;
        if state.app.notice.is_some() || (word == Word::Out && moved) {
            break;
        }
    }
    if state.open().is_none() {
        state.app.notice = None;
        state.say("Saved.");
    }
}

fn back(state: &mut State) {
    if state.open().is_some_and(|open| open.threat.is_some()) {
        state.app.leave_threat();
    } else {
        state.app.go_cell(-1);
    }
}

fn step(state: &mut State, word: Word) {
    let step = match word {
        Word::Scope => Step::Scope,
        Word::Harden => Step::Harden,
        Word::Review => Step::Review,
        Word::Report => Step::Report,
        _ => Step::Threats,
    };
    let here = state
        .open()
        .is_some_and(|open| open.step == step && open.threat.is_none());
    state.app.go_step(step.number());
    if here {
        print::place(state);
    } else if step == Step::Report {
        state.say(
            "form NAME chooses the form, names off leaves names out, export PATH writes the file.",
        );
    }
}

/// To the best of what the palette finds among the cells.
fn go(state: &mut State, words: &str) {
    let mut palette = Palette::open(&state.app);
    palette
        .line
        .paste(&format!("go to {}", words.replace([':', ','], " ")));
    palette.search(&state.app);
    palette
        .entries
        .retain(|entry| matches!(entry.what, What::Cell(_)) && entry.text.starts_with("Go to "));
    match palette.entries.len() {
        0 => state.say("No cell has these words in its name. review lists them all."),
        1..=12 => {
            let entry = palette.entries.remove(0);
            carry_out(&mut state.app, entry, &mut state.effects);
        }
        many => state.say(&format!(
            "{many} cells have these words in their names: say one more."
        )),
    }
}

/// Something new in this place, as the first line of the list that takes it.
fn add(state: &mut State, text: &str) {
    let Some(open) = state.open() else { return };
    let cell = open.cell.clone();
    let key = match (open.step, &open.threat) {
        (Step::Threats, Some(threat)) => DraftKey::Mitigation(threat.clone()),
        (Step::Threats, None) => DraftKey::Threat(cell),
        (Step::Review, _) => DraftKey::ReviewNote,
        (Step::Scope, _) => {
            return state.say("assume TEXT adds an assumption, person NAME somebody in the room.");
        }
        (Step::Harden, _) => {
            return state.say("mitigate N TEXT adds a mitigation, finding a finding.");
        }
        (Step::Report, _) => return state.say("The write-up follows from the other steps."),
    };
    new(state, &key, text);
}

fn new(state: &mut State, key: &DraftKey, text: &str) {
    let field = TextField::Draft(key.clone());
    if text.is_empty() {
        return asks::ask_for_text(state, field, false);
    }
    if let Some(operation) = Operation::answering(key, text.to_owned()) {
        edit::perform(state, operation, "Recorded.");
    }
}

fn text(state: &mut State, rest: &str, joins: bool) {
    let (number, words) = split(rest);
    let Some(target) = target(state, number) else {
        return;
    };
    let field = match target {
        Target::Field(field) => field,
        Target::New(key) => TextField::Draft(key),
        Target::Threat(id) => TextField::Threat(id, crate::session::place::ThreatText::Title),
        Target::Mitigation(id) => {
            TextField::Mitigation(id, crate::session::place::MitigationText::What)
        }
        _ => return state.say("That number is no text. open N shows what is in it."),
    };
    if words.is_empty() {
        return asks::ask_for_text(state, field, joins);
    }
    write(state, &field, words, joins);
}

/// Writes a whole text into a field.
pub(super) fn write(state: &mut State, field: &TextField, words: &str, joins: bool) {
    let before = edit::text_of(state, field);
    let space = if before.is_empty() || before.ends_with(char::is_whitespace) {
        ""
    } else {
        " "
    };
    let text = if joins {
        format!("{before}{space}{words}")
    } else {
        words.to_owned()
    };
    if matches!(field, TextField::Draft(_)) {
        edit::answer(state, field, &text, false);
    } else if edit::replace(state, field, &text) {
        state.say("Noted.");
    }
}

fn note(state: &mut State, text: &str) {
    let Some(open) = state.open() else { return };
    if open.step == Step::Review {
        return new(state, &DraftKey::ReviewNote, text);
    }
    if open.step != Step::Threats {
        return state.say("Notes are written on a cell, in step 2, or in the review, step 4.");
    }
    let field = TextField::CellNote(open.cell.clone());
    if text.is_empty() {
        asks::ask_for_text(state, field, false);
    } else {
        write(state, &field, text, true);
    }
}

fn park(state: &mut State, text: &str) {
    let Some(open) = state.open() else { return };
    if text.is_empty() {
        return state.say("Say the thought too: park TEXT.");
    }
    let operation = Operation::Park {
        text: text.to_owned(),
        cell: (open.step == Step::Threats).then(|| open.cell.clone()),
    };
    edit::perform(state, operation, "Parked. parked reads the thoughts out.");
}

fn parked(state: &mut State) {
    let Some(open) = state.open() else { return };
    let thoughts: Vec<String> = open
        .editor
        .session()
        .parked
        .iter()
        .map(|one| {
            let done = if one.settled { " (done with)" } else { "" };
            format!("- {}{done}", one.text)
        })
        .collect();
    if thoughts.is_empty() {
        return state.say("Nothing is parked. park TEXT puts a thought aside.");
    }
    state.say(&thoughts.join("\n"));
}

fn form(state: &mut State, name: &str) {
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

fn names(state: &mut State, rest: &str) {
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

fn export(state: &mut State, path: &str) {
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

fn save(state: &mut State) {
    if state.open().is_some_and(|open| open.read_only.is_some()) {
        return state.say("This session is open for reading only; there is nothing to save.");
    }
    state.save = true;
}
