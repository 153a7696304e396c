//! In a field every printable key is text, and what was typed is never further away than one key.

use astride::session::place::{DraftKey, Step, TextField};
use astride::stride::Category;
use astride::tui::app::Event;
use pretty_assertions::assert_eq;
use ratatui::crossterm::event::{KeyCode, KeyModifiers};

use super::driver::{Program, cell};
use super::places::place;

/// Every character that a keyboard types, in one line.
fn printable() -> String {
    (' '..='~').chain("äßéñøłж漢字👩‍🔬".chars()).collect()
}

fn typed_into(name: &str) -> Program {
    let mut program = place(name).at(80, 24);
    program.control('a').key(KeyCode::Backspace);
    program
}

#[test]
fn every_printable_key_is_text_in_a_field() {
    for name in ["card-typing", "environment"] {
        let mut program = typed_into(name);
        program.keys(&printable());
        assert_eq!(program.typed(), printable());
        assert!(program.app.overlay.is_none() && !program.app.quitting);
    }
}

#[test]
fn every_printable_key_is_text_in_an_overlay() {
    for name in ["rename", "export-path", "new-session", "palette"] {
        let mut program = place(name).at(80, 24);
        for _ in 0..80 {
            program.key(KeyCode::Backspace);
        }
        program.keys(&printable());
        let overlay = program.app.overlay.as_mut().expect("still open");
        assert_eq!(
            overlay.line_mut().map(|line| line.text.clone()),
            Some(printable())
        );
    }
}

#[test]
fn characters_of_alt_gr_are_text_and_alt_letters_leave_the_field() {
    let mut program = typed_into("card-typing");
    for character in "@{}[]|\\~€".chars() {
        let both = KeyModifiers::CONTROL | KeyModifiers::ALT;
        program.press(KeyCode::Char(character), both);
    }
    assert_eq!(program.typed(), "@{}[]|\\~€");
    program.press(KeyCode::Char('q'), KeyModifiers::ALT);
    assert!(!program.is_typing() && !program.app.quitting);
    assert_eq!(program.session().working.drafts[0].text, "@{}[]|\\~€");
}

#[test]
fn enter_makes_a_new_line_in_a_long_field_and_the_key_bar_says_so() {
    let mut program = typed_into("environment");
    assert!(program.key_bar().contains("Enter new line"));
    program.keys("one").enter().enter().keys("two");
    assert_eq!(program.typed(), "one\n\ntwo");
}

#[test]
fn enter_goes_on_in_a_short_field_and_the_key_bar_says_so() {
    let mut program = place("scope").at(80, 24);
    program.enter().keys(" and friends");
    assert!(program.key_bar().contains("Enter done"));
    program.enter();
    let active = program.opened().active.as_ref().expect("the next field");
    assert_eq!(active.field, TextField::Description);
    assert_eq!(program.session().title, "Team blue and friends");
}

#[test]
fn enter_records_a_threat_and_the_next_can_be_typed_at_once() {
    let mut program = place("card").at(80, 24);
    program.keys("aOne").enter().keys("Two").enter();
    let titles: Vec<_> = program
        .session()
        .threats
        .iter()
        .map(|one| one.title.as_str())
        .collect();
    assert_eq!(titles, ["One", "Two"]);
    assert!(program.is_typing());
    assert_eq!(program.typed(), "");
}

#[test]
fn enter_on_an_empty_line_leaves_the_field_without_an_entry() {
    let mut program = place("card").at(80, 24);
    program.keys("a   ").enter();
    assert!(!program.is_typing());
    assert_eq!(program.session().threats.len(), 0);
    assert!(program.session().working.drafts.is_empty());
}

#[test]
fn ctrl_n_and_ctrl_p_change_the_cell_while_typing_and_keep_the_draft() {
    let mut program = place("card").at(80, 24);
    program.keys("ahalf a thr").control('n');
    assert_eq!(
        program.opened().cell,
        cell("docker-client", Category::Tampering)
    );
    assert!(!program.screen().contains("half a thr"));
    program.keys("another").control('p');
    assert_eq!(
        program.opened().cell,
        cell("docker-client", Category::Spoofing)
    );
    assert!(program.screen().contains("half a thr"));
    program.keys("aeat");
    assert_eq!(program.typed(), "half a threat");
}

#[test]
fn paste_keeps_paragraphs_and_is_one_step_of_undo() {
    let mut program = typed_into("environment");
    program.keys("Before. ");
    let pages = "First paragraph.\r\n\r\nSecond | with `code` and 'quotes'.\n".repeat(50);
    program.event(Event::Paste(pages.clone()));
    program.keys("After.");
    assert_eq!(
        program.typed(),
        format!("Before. {}After.", pages.replace("\r\n", "\n"))
    );
    program.control('z');
    assert!(!program.typed().ends_with("After."));
    program.control('z');
    assert_eq!(program.typed(), "Before. ");
    program.control('y');
    assert!(program.typed().ends_with("'quotes'.\n"));
}

#[test]
fn paste_outside_a_field_types_nothing_and_says_what_to_do() {
    let mut program = place("card").at(80, 24);
    program.event(Event::Paste("q:D".to_owned()));
    assert_eq!(
        program.notice(),
        "Begin a field first, for instance with a; then paste."
    );
    assert!(!program.app.quitting && program.app.overlay.is_none());
}

#[test]
fn a_burst_of_letters_is_one_edit_in_a_field_and_keys_elsewhere() {
    let mut program = typed_into("card-typing");
    program.event(Event::Typed("q: many words".to_owned()));
    assert_eq!(program.typed(), "q: many words");
    program.esc().event(Event::Typed("1jj".to_owned()));
    assert_eq!(program.opened().step, Step::Scope);
}

#[test]
fn undo_goes_back_in_sensible_steps_and_says_what_it_was() {
    let mut program = typed_into("card-typing");
    program.keys("one").wait(5_000).keys(" two");
    program.control('z');
    assert_eq!(program.typed(), "one ");
    assert!(program.notice().starts_with("Undone: "));
    program.control('r');
    assert_eq!(program.typed(), "one two");
}

#[test]
fn a_resumed_session_goes_on_in_the_same_field_at_the_same_cursor() {
    for name in [
        "card-typing",
        "environment",
        "threat",
        "harden-finding",
        "card-nothing-applies",
    ] {
        let mut program = place(name).at(80, 24);
        if !program.is_typing() {
            program.enter();
        }
        program
            .key(KeyCode::Left)
            .key(KeyCode::Left)
            .key(KeyCode::Left);
        let before = program.opened().active.clone().expect("a field");
        let text = program.typed().to_owned();
        let screen = program.screen_and_cursor();
        let mut later = Program::new(80, 24);
        later.open(program.session().clone(), false);
        let after = later.opened().active.clone().expect("the same field");
        assert_eq!(
            (&after.field, after.edit.cursor),
            (&before.field, before.edit.cursor)
        );
        assert_eq!(later.notice(), "Here you stopped. Go on typing.");
        assert_eq!(later.typed(), text);
        let cursor = |screen: &str| {
            screen
                .lines()
                .last()
                .map(|line| line.split(" at ").nth(1).map(str::to_owned))
        };
        assert_eq!(
            cursor(&later.screen_and_cursor()),
            cursor(&screen),
            "{name}"
        );
        later.keys("X");
        let mut wanted = text.clone();
        wanted.insert(before.edit.cursor, 'X');
        assert_eq!(later.typed(), wanted);
    }
}

#[test]
fn a_field_that_is_gone_is_left_calmly() {
    let mut program = place("card").at(80, 24);
    program.keys("aOne").enter().esc();
    program.key(KeyCode::Up).enter().enter();
    assert!(program.is_typing());
    // Undo takes the threat away under the cursor.
    program.control('z');
    assert!(program.session().threats.is_empty());
    assert!(!program.is_typing());
    let screen = program.screen();
    assert!(
        screen.contains("Ours") && screen.contains("Undone: add 'One'"),
        "{screen}"
    );
}

#[test]
fn tab_goes_through_the_fields_of_a_threat_and_types_no_tab() {
    let mut program = place("threat").at(80, 24);
    program.enter();
    let mut fields = Vec::new();
    for _ in 0..4 {
        fields.push(program.opened().active.clone().expect("a field").field);
        program.key(KeyCode::Tab);
    }
    fields.dedup();
    assert_eq!(fields.len(), 4);
    program.key(KeyCode::BackTab);
    assert_eq!(
        program.opened().active.as_ref().map(|one| &one.field),
        Some(&fields[3])
    );
    assert!(
        !program
            .session()
            .threats
            .iter()
            .any(|one| one.title.contains('\t'))
    );
}

#[test]
fn drafts_of_every_kind_are_kept() {
    let mut program = place("card").at(80, 24);
    program
        .keys("athreat")
        .esc()
        .keys("4oreview note")
        .esc()
        .keys("1G");
    let drafts = &program.session().working.drafts;
    assert_eq!(drafts.len(), 2);
    assert!(drafts.iter().any(|one| one.key == DraftKey::ReviewNote));
}
