//! The key bar keeps its word, and so do help and palette.

use astride::tui::app::{Effect, Event};
use astride::tui::key::Key;
use astride::tui::keymap::{self, Action, Context};
use pretty_assertions::assert_eq;
use ratatui::crossterm::event::{KeyCode, KeyModifiers};

use super::driver::Program;
use super::places::{ALL, Place, place};

fn press(program: &mut Program, key: Key) {
    let mut modifiers = KeyModifiers::NONE;
    modifiers.set(KeyModifiers::CONTROL, key.control);
    modifiers.set(KeyModifiers::SHIFT, key.shift);
    program.press(key.code, modifiers);
}

/// Everything that somebody can notice.
fn noticeable(program: &Program) -> (String, usize, bool) {
    let effects = program
        .effects
        .iter()
        .filter(|effect| !matches!(effect, Effect::Changes(_)))
        .count();
    (program.screen_and_cursor(), effects, program.app.quitting)
}

fn at_row(place: &Place, row: usize) -> Program {
    let mut program = place.at(140, 50);
    // In an overlay or a field the arrows mean something else; in the help, up needs room.
    let help = matches!(program.app.bar_contexts()[0], Context::Help);
    program.down(if help { 3 } else { row });
    program
}

fn try_the_key_bar(place: &Place, row: usize) {
    let bindings: Vec<_> = at_row(place, row)
        .app
        .bar_contexts()
        .into_iter()
        .flat_map(keymap::of)
        .filter(|binding| binding.bar)
        .collect();
    assert!(!bindings.is_empty(), "{} shows no keys", place.name);
    for binding in bindings {
        let mut program = at_row(place, row);
        let before = noticeable(&program);
        press(&mut program, binding.keys[0]);
        let here = format!("{} in {}, row {row}", binding.keys[0], place.name);
        assert!(noticeable(&program) != before, "{here} does nothing");
        for refusal in ["does nothing here", "Nothing to do here"] {
            assert!(!program.notice().contains(refusal), "{here}: {refusal}");
        }
    }
}

#[test]
fn every_key_of_the_key_bar_does_something() {
    for place in ALL {
        try_the_key_bar(place, 0);
    }
}

#[test]
fn every_key_of_the_key_bar_does_something_on_every_kind_of_row() {
    for name in [
        "home",
        "scope",
        "card-worked",
        "card-nothing-applies",
        "threat",
        "threat-mitigations",
        "harden",
        "harden-finding",
        "review",
        "review-accepted",
        "card-leaving",
        "compare",
    ] {
        let place = place(name);
        for row in [2, 5, 30] {
            try_the_key_bar(place, row);
        }
    }
}

#[test]
fn a_letter_means_the_same_in_every_step() {
    let places = [
        Context::Session,
        Context::Scope,
        Context::Map,
        Context::Card,
        Context::Compare,
        Context::Threat,
        Context::Harden,
        Context::Review,
    ];
    // One meaning in words, whatever it is here.
    let meaning = |action| match action {
        Action::Add | Action::Mitigate | Action::Note | Action::AddFinding => {
            "write something new".to_owned()
        }
        Action::Search | Action::FilterWords => "search".to_owned(),
        other => format!("{other:?}"),
    };
    let mut seen: Vec<(Key, Action)> = Vec::new();
    for binding in places.into_iter().flat_map(keymap::of) {
        for key in binding.keys {
            // Digits choose a level where one is marked, and a step elsewhere.
            let letter = match key.code {
                KeyCode::Char(letter) => !letter.is_ascii_digit(),
                _ => false,
            };
            let other = seen.iter().find(|(one, action)| {
                one == key
                    && *action != binding.action
                    && meaning(*action) != meaning(binding.action)
            });
            assert!(
                !letter || other.is_none(),
                "{key}: {other:?} and {:?}",
                binding.action
            );
            seen.push((*key, binding.action));
        }
    }
}

#[test]
fn the_key_bar_ends_with_help_wherever_help_is_a_key() {
    for place in ALL {
        for columns in [40, 60, 80, 120] {
            let mut program = place.at(columns, 24);
            program.app.notice = None;
            if program.app.overlay.is_none() {
                let bar = program.key_bar();
                assert!(bar.ends_with(" help"), "{} at {columns}: {bar}", place.name);
            }
        }
    }
}

#[test]
fn the_key_bar_is_never_cut_off() {
    let labels: Vec<&str> = keymap::TABLE.iter().map(|one| one.label).collect();
    for place in ALL {
        let mut program = place.at(80, 24);
        for columns in (20..=130).step_by(3) {
            program.event(Event::Resize(columns, 12));
            program.app.notice = None;
            let bar = program.key_bar();
            assert!(
                labels.iter().any(|label| bar.ends_with(label)),
                "{} at {columns}: {bar}",
                place.name
            );
        }
    }
}

#[test]
fn a_key_without_a_meaning_says_so() {
    for name in ["home", "scope", "card", "harden", "review", "report"] {
        let mut program = place(name).at(80, 24);
        program.keys("ß");
        assert_eq!(
            program.notice(),
            "ß does nothing here. ? shows the keys that do."
        );
    }
}

#[test]
fn help_shows_every_key_of_the_place_and_the_same_key_closes_it() {
    for name in [
        "home", "trash", "scope", "map", "card", "threat", "harden", "review", "report",
    ] {
        let mut program = place(name).at(100, 200);
        program.app.notice = None;
        let before = program.screen();
        let contexts = program.app.contexts();
        program.keys("?");
        let help = program.screen();
        for binding in contexts.into_iter().flat_map(keymap::of) {
            let start: String = binding.help.chars().take(40).collect();
            assert!(
                help.contains(start.trim()),
                "{start} is not in the help of {name}"
            );
        }
        program.keys("?");
        assert_eq!(program.screen(), before);
    }
}

#[test]
fn help_is_there_while_typing_and_keeps_the_text() {
    let mut program = place("card-typing").at(80, 24);
    let before = program.typed().to_owned();
    program.key(KeyCode::F(1));
    assert!(program.screen().contains("While typing a short answer"));
    program.key(KeyCode::F(1)).keys("cket");
    assert_eq!(program.typed(), format!("{before}cket"));
}

#[test]
fn the_palette_finds_actions_by_plain_words() {
    for (words, action) in [
        ("undo", Action::Undo),
        ("take back", Action::Undo),
        ("redo", Action::Redo),
        ("export", Action::Export),
        ("save as", Action::Export),
        ("save", Action::Save),
        ("next", Action::NextOpen),
        ("quit", Action::Quit),
        ("exit", Action::Quit),
        ("help", Action::Help),
        ("delete", Action::Remove),
        ("nothing applies", Action::NothingApplies),
        ("review", Action::StepReview),
    ] {
        for name in ["card", "threat", "scope", "report"] {
            let mut program = place(name).at(80, 24);
            if keymap::binding(&program.app.contexts(), action).is_none() {
                continue;
            }
            program.keys(":").keys(words);
            let Some(astride::tui::overlays::Overlay::Palette(palette)) = &program.app.overlay
            else {
                panic!("the palette is open");
            };
            let found = palette.entries.iter().take(3);
            let wanted = astride::tui::overlays::palette::What::Action(action);
            assert!(
                found.into_iter().any(|entry| entry.what == wanted),
                "'{words}' does not find {action:?} in {name}: {:?}",
                palette.entries.iter().take(3).collect::<Vec<_>>()
            );
        }
    }
}

#[test]
fn the_palette_does_what_it_found() {
    let mut program = place("card").at(80, 24);
    program.palette("export");
    assert!(program.screen().contains("Write the file to"));
    program.esc().palette("quit");
    assert!(program.app.quitting);
}

#[test]
fn a_word_that_finds_nothing_says_so_and_keeps_the_palette() {
    let mut program = place("card").at(80, 24);
    program.keys(":xyzzy").enter();
    assert!(program.screen().contains("Nothing by that name"));
}
