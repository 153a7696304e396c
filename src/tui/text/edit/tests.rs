//! What keys do to a text, and that the cursor never stands inside of a character.

use pretty_assertions::assert_eq;
use proptest::prelude::*;

use ratatui::crossterm::event::{KeyCode, KeyEvent, KeyModifiers};

use super::{Outcome, TextEdit};

/// A text and a field on it, driven by keys.
struct Typed {
    text: String,
    edit: TextEdit,
}

impl Typed {
    fn new(text: &str) -> Self {
        Self {
            text: text.to_owned(),
            edit: TextEdit::at_end(text, true),
        }
    }

    fn press(mut self, code: KeyCode, modifiers: KeyModifiers) -> Self {
        let outcome = self.edit.key(&self.text, KeyEvent::new(code, modifiers));
        self.carry_out(outcome);
        self
    }

    fn carry_out(&mut self, outcome: Outcome) {
        if let Outcome::Changed(change) = outcome {
            self.text
                .replace_range(change.at..change.at + change.remove, &change.insert);
        }
    }

    fn key(self, code: KeyCode) -> Self {
        self.press(code, KeyModifiers::NONE)
    }

    fn control(self, character: char) -> Self {
        self.press(KeyCode::Char(character), KeyModifiers::CONTROL)
    }
}

#[test]
fn backspace_takes_a_whole_grapheme() {
    assert_eq!(Typed::new("xe\u{301}").key(KeyCode::Backspace).text, "x");
    assert_eq!(Typed::new("x👩‍👩‍👧").key(KeyCode::Backspace).text, "x");
}

#[test]
fn line_feed_makes_a_new_line_and_deletes_nothing() {
    assert_eq!(Typed::new("first line").control('j').text, "first line\n");
}

#[test]
fn alt_and_a_letter_never_edits() {
    for character in ['h', 'd', 'b', 'x', '<'] {
        let typed = Typed::new("some words").press(KeyCode::Char(character), KeyModifiers::ALT);
        assert_eq!(typed.text, "some words");
    }
}

#[test]
fn alt_gr_characters_are_text() {
    let both = KeyModifiers::CONTROL | KeyModifiers::ALT;
    assert_eq!(Typed::new("a").press(KeyCode::Char('@'), both).text, "a@");
}

#[test]
fn words_are_deleted_one_at_a_time() {
    assert_eq!(Typed::new("one two three").control('w').text, "one two ");
    assert_eq!(Typed::new("one two  ").control('w').text, "one ");
}

#[test]
fn typing_replaces_the_selection() {
    let typed = Typed::new("old").control('a').key(KeyCode::Char('n'));
    assert_eq!((typed.text.as_str(), typed.edit.cursor), ("n", 1));
}

#[test]
fn paste_keeps_paragraphs_and_drops_control_characters() {
    let mut typed = Typed::new("");
    let outcome = typed.edit.paste("", "one\r\ntwo\rthree\u{1b}[31m\u{7}");
    typed.carry_out(outcome);
    assert_eq!(typed.text, "one\ntwo\nthree[31m");
}

#[test]
fn paste_into_a_short_field_is_one_line() {
    let mut edit = TextEdit::at_end("", false);
    let Outcome::Changed(change) = edit.paste("", "one\ntwo") else {
        panic!("no change")
    };
    assert_eq!(change.insert, "one two");
}

#[test]
fn up_and_down_follow_the_displayed_lines() {
    let mut typed = Typed::new("one two three");
    typed.edit.set_columns(8);
    let typed = typed.key(KeyCode::Up);
    assert_eq!(typed.edit.cursor, 5);
    assert_eq!(typed.key(KeyCode::Down).edit.cursor, 13);
}

#[test]
fn home_and_end_stay_on_the_displayed_line() {
    let mut typed = Typed::new("one two three");
    typed.edit.set_columns(8);
    let typed = typed.key(KeyCode::Up).key(KeyCode::End);
    assert_eq!(typed.edit.cursor, 7);
    assert_eq!(typed.key(KeyCode::Home).edit.cursor, 0);
}

proptest! {
    #[test]
    fn the_cursor_always_stands_on_a_grapheme(
        text in "[a-z é\u{301}👩\u{200d}\n漢]{0,30}",
        keys in proptest::collection::vec((0_usize..14, any::<bool>(), any::<bool>()), 0..40),
    ) {
        let codes = [
            KeyCode::Left, KeyCode::Right, KeyCode::Up, KeyCode::Down, KeyCode::Home,
            KeyCode::End, KeyCode::Backspace, KeyCode::Delete, KeyCode::Enter,
            KeyCode::Char('x'), KeyCode::Char('\u{301}'), KeyCode::PageUp, KeyCode::Char('k'),
            KeyCode::Char('u'),
        ];
        let mut typed = Typed::new(&text);
        typed.edit.set_columns(7);
        for (code, shift, control) in keys {
            let mut modifiers = KeyModifiers::NONE;
            modifiers.set(KeyModifiers::SHIFT, shift);
            modifiers.set(KeyModifiers::CONTROL, control);
            typed = typed.press(codes[code], modifiers);
            prop_assert!(typed.edit.cursor <= typed.text.len());
            prop_assert!(typed.text.is_char_boundary(typed.edit.cursor));
        }
    }
}
