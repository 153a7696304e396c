//! What each word is: which file carries it out, what its number stands for, and keys and actions by their
//! names. Moving about is in [`super::go`], texts in [`super::write`], the write-up in
//! [`super::write_up`]; decisions about threats are in [`super::decide`].

use ratatui::crossterm::event::{KeyEvent, KeyModifiers};

use super::decide;
use super::edit;
use super::go::{back, go, open, out, quit, step};
use super::home;
use super::past;
use super::print;
use super::state::State;
use super::words::{self, Entry, Word};
use super::write::{add, new, note, park, parked, text};
use super::write_up::{export, find, form, names, save};
use crate::session::place::{DraftKey, Step};
use crate::tui::app::Effect;
use crate::tui::key::Key;
use crate::tui::keymap::{self, Action};
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
        Word::Find => find(state, rest),
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

fn shown(keys: &[Key], words: &str) -> bool {
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
