//! How the file stands is always on the screen, in words, and reading-only sessions stay as they are.

use astride::session::types::Session;
use astride::tui::app::{Effect, Event};
use astride::tui::theme::Theme;
use pretty_assertions::assert_eq;
use ratatui::crossterm::event::KeyCode;
use ratatui::style::Color;

use super::driver::{Program, example, start_time};
use super::places::{ALL, damage, disk_full, place};

fn without_place(session: &Session) -> Session {
    let mut session = session.clone();
    session.working.place = astride::session::place::Place::default();
    session
}

/// The letters that are red.
fn red(program: &Program) -> String {
    let (buffer, _) = program.draw();
    let red = buffer.content.iter().filter(|cell| cell.fg == Color::Red);
    red.map(ratatui::buffer::Cell::symbol).collect()
}

#[test]
fn every_screen_of_a_session_says_how_the_file_stands() {
    for place in ALL {
        let program = place.at(80, 24);
        if program.app.open.is_none() || place.name == "help" {
            continue;
        }
        let screen = program.screen();
        let top = screen.lines().next().unwrap_or_default();
        assert!(
            ["saved", "saving…", "NOT SAVED", "reading only"]
                .iter()
                .any(|words| top.ends_with(words)),
            "{}: {top}",
            place.name
        );
    }
}

#[test]
fn nothing_moves_in_the_top_line_while_it_saves() {
    let mut program = place("card").at(80, 24);
    let steps = |program: &Program| {
        let screen = program.screen();
        let top = screen.lines().next().unwrap_or_default();
        top.find("1 Scope").expect("the steps are there")
    };
    let before = steps(&program);
    program.keys(" ");
    assert!(program.screen().contains("saving…"));
    assert_eq!(steps(&program), before);
    program.event(Event::Saved(start_time()));
    assert!(program.screen().contains("saved 14:02"));
    assert_eq!(steps(&program), before);
    program.event(Event::SaveFailed(disk_full()));
    assert_eq!(steps(&program), before);
}

#[test]
fn not_saved_is_in_red_words_until_it_is_saved() {
    let mut program = place("not-saved").at(80, 24);
    let words = "NOT SAVED: the disk is full. Tried again in 5 s. Ctrl+S shows what you can do.";
    assert_eq!(red(&program), format!("NOT SAVED{words}"));
    program
        .keys("ahalf a sen")
        .esc()
        .keys("2j?")
        .esc()
        .keys("1");
    for _ in 0..3 {
        assert!(red(&program).starts_with("NOT SAVEDNOT SAVED"));
        program.key(KeyCode::Down);
    }
    program.event(Event::Saved(start_time()));
    assert_eq!(red(&program), "");
    assert!(!program.screen().contains("NOT SAVED"));
}

#[test]
fn messages_are_seen_while_the_text_is_not_saved() {
    let mut program = place("not-saved").at(80, 24);
    program.keys("u");
    assert!(program.screen().contains("NOT SAVED. Undone: add"));
}

#[test]
fn ctrl_s_offers_every_way_to_keep_the_text_and_typing_goes_on_after_it() {
    let mut program = place("not-saved").at(80, 24);
    program.keys("ahalf a sen").control('s');
    let screen = program.screen();
    for words in [
        "What happened",
        "the disk is full",
        "What it means",
        "only in this window",
        "What there is",
        "saved last at 14:02",
        "What you can do",
    ] {
        assert!(screen.contains(words), "{words}: {screen}");
    }
    program.effects.clear();
    program.keys("s");
    assert!(program.effects.contains(&Effect::SaveNow));
    program.keys("t");
    assert!(program.screen().contains("half a sen"));
    program.keys("y");
    let copied =
        |effect: &Effect| matches!(effect, Effect::Copy(text) if text.contains("half a sen"));
    assert!(program.effects.iter().any(copied));
    program.esc().esc().keys("tence");
    assert!(program.typed().contains("half a sentence"));
}

#[test]
fn another_folder_is_asked_for_and_used() {
    let mut program = place("not-saved-what-now").at(80, 24);
    program.keys("fstick/rescue").enter();
    let wanted = Effect::SaveElsewhere("~/stick/rescue".to_owned());
    assert!(program.effects.contains(&wanted));
    program.event(Event::Saved(start_time()));
    assert!(!program.screen().contains("NOT SAVED"));
}

#[test]
fn leaving_with_unsaved_text_goes_by_what_can_be_done_about_it() {
    let mut program = place("not-saved").at(80, 24);
    program.keys("q");
    assert!(!program.app.quitting);
    assert!(program.screen().contains("What you can do"));
    program.event(Event::Saved(start_time()));
    assert!(
        program
            .screen()
            .contains("Everything that you typed is on disk now.")
    );
    program.esc().keys("q");
    assert!(program.app.quitting);
}

#[test]
fn a_damaged_session_offers_its_newest_good_version_and_its_texts() {
    let mut program = place("damaged").at(80, 24);
    let screen = program.screen();
    assert!(screen.contains("number 12, saved 4 min ago"), "{screen}");
    program.keys("t");
    assert!(program.screen().contains("paid twice."));
    program.esc().keys("o");
    let wanted = Effect::Restore {
        name: "shop".to_owned(),
        version: "12".to_owned(),
    };
    assert!(program.effects.contains(&wanted));
}

#[test]
fn a_damaged_session_without_anything_left_changes_nothing() {
    let mut program = place("home").at(80, 24);
    let mut nothing = damage();
    nothing.good = None;
    nothing.texts.clear();
    program.event(Event::Damaged(Box::new(nothing)));
    assert!(program.screen().contains("No earlier version of it opens."));
    program.effects.clear();
    program.keys("oty");
    assert_eq!(program.effects, []);
    program.esc();
    assert!(program.screen().contains("Continue where you stopped"));
}

#[test]
fn not_saved_is_seen_in_the_smallest_window_and_without_colours() {
    let mut program = place("not-saved").at(20, 5);
    assert!(program.screen().contains("NOT SAVED"));
    program = Program::with_theme(80, 24, Theme::None);
    (place("not-saved").go)(&mut program);
    assert_eq!(program.screen().matches("NOT SAVED").count(), 2);
}

#[test]
fn leaving_a_field_saves_at_once_and_ctrl_s_says_what_was_saved() {
    let mut program = place("card-typing").at(80, 24);
    program.effects.clear();
    program.esc();
    assert!(program.effects.contains(&Effect::SaveNow));
    program.effects.clear();
    program.control('s');
    assert!(program.effects.contains(&Effect::SaveNow));
    assert_eq!(program.notice(), "Saved: 1 cell answered, 2 threats.");
}

#[test]
fn every_typed_letter_goes_to_the_saver_at_once() {
    let mut program = place("card").at(80, 24);
    program.keys("a");
    for letter in "socket".chars() {
        program.effects.clear();
        program.key(KeyCode::Char(letter));
        let changes = program
            .effects
            .iter()
            .any(|effect| matches!(effect, Effect::Changes(deltas) if !deltas.is_empty()));
        assert!(changes, "{letter} stayed in memory");
    }
}

#[test]
fn a_reading_only_session_refuses_every_edit_politely() {
    for keys in [
        "2a", "2-", "2o", "2gD", "2gx", "2jx", "2g ", "1gjjj ", "1g\n", "1G\n", "3a", "3gj ",
        "3gD", "4o", "2g\nD", "2g\nm", "2g\n\n",
    ] {
        let session = example("course.ron");
        let mut program = Program::new(80, 24);
        program.open_for_reading(session.clone());
        assert!(program.screen().contains("reading only"));
        program.palette("docker host: tampering");
        for key in keys.chars() {
            match key {
                '\n' => program.enter(),
                key => program.key(KeyCode::Char(key)),
            };
        }
        assert_eq!(
            without_place(program.session()),
            without_place(&session),
            "{keys:?} changed it"
        );
        assert!(!program.is_typing(), "{keys:?}");
    }
}

#[test]
fn a_reading_only_session_says_why_nothing_changed() {
    let mut program = place("reading-only").at(80, 24);
    assert!(
        program
            .screen()
            .contains("Reading only: it is open in another window")
    );
    program.keys(" ");
    assert_eq!(
        program.notice(),
        "This session is open for reading only; nothing was changed."
    );
    program.keys("a");
    assert_eq!(program.notice(), "This session is open for reading only.");
    program.control('s');
    assert_eq!(
        program.notice(),
        "This session is open for reading only; there is nothing to save."
    );
}

#[test]
fn a_long_message_takes_the_line_of_the_keys_until_the_next_key() {
    let mut program = place("card").at(60, 20);
    let words = "/a/very/long/path/to/the/file.ron was changed outside Astride. It is kept as it is; this is a copy.";
    program.event(Event::Failed(words.to_owned()));
    let screen = program.screen().replace('\n', " ");
    assert!(screen.contains("this is a copy."), "{screen}");
    program.key(KeyCode::Down);
    assert!(program.key_bar().ends_with("? help"));
}
