//! The mouse, where it is on: clicks and the wheel, and nothing while it is off.

use astride::tui::app::{Effect, Event};
use pretty_assertions::assert_eq;
use ratatui::crossterm::event::{KeyCode, KeyModifiers, MouseButton, MouseEvent, MouseEventKind};

use super::driver::Program;
use super::places::place;

fn mouse(program: &mut Program, kind: MouseEventKind, column: u16, row: u16) {
    program.event(Event::Mouse(MouseEvent {
        kind,
        column,
        row,
        modifiers: KeyModifiers::NONE,
    }));
}

fn click(program: &mut Program, column: u16, row: u16) {
    mouse(
        program,
        MouseEventKind::Down(MouseButton::Left),
        column,
        row,
    );
}

/// The place of these words on the screen.
fn find(program: &Program, words: &str) -> (u16, u16) {
    let screen = program.screen();
    for (row, line) in screen.lines().enumerate() {
        if let Some((before, _)) = line.split_once(words) {
            return (before.chars().count() as u16, row as u16);
        }
    }
    panic!("{words} is not on\n{screen}");
}

#[test]
fn without_the_mouse_a_click_does_nothing() {
    let mut program = place("card-worked").at(80, 24);
    let before = program.screen_and_cursor();
    click(&mut program, 40, 12);
    assert_eq!(program.screen_and_cursor(), before);
}

#[test]
fn a_click_marks_a_row_and_a_second_one_opens_it() {
    let mut program = place("card-worked").at(80, 40);
    program.key(KeyCode::F(7));
    assert!(program.effects.contains(&Effect::Mouse(true)));
    program.key(KeyCode::Home);
    let (column, row) = find(&program, "add a threat");
    click(&mut program, column, row);
    assert!(!program.is_typing());
    click(&mut program, column, row);
    assert!(program.is_typing());
    // A click beside the field leaves it; the text is kept.
    program.keys("half");
    let (column, row) = find(&program, "[x]");
    click(&mut program, column, row);
    assert!(!program.is_typing());
    assert!(program.screen().contains("half"));
}

#[test]
fn a_click_on_the_map_opens_the_cell() {
    let mut program = place("card").at(80, 24);
    program.key(KeyCode::F(7));
    let (_, row) = find(&program, "registry");
    // The letters begin in column 11 of the map, two columns each; T is the second.
    click(&mut program, 2 + 11 + 2, row);
    assert!(
        program.screen().contains("Docker registry · Tampering"),
        "{}",
        program.screen()
    );
}

#[test]
fn a_click_in_the_list_of_sessions_marks_and_opens() {
    let mut program = place("home").at(80, 24);
    program.key(KeyCode::F(7));
    let (column, row) = find(&program, "The course brief");
    click(&mut program, column, row);
    assert!(
        !program
            .effects
            .iter()
            .any(|one| matches!(one, Effect::OpenExample(_)))
    );
    click(&mut program, column, row);
    assert!(
        program
            .effects
            .iter()
            .any(|one| matches!(one, Effect::OpenExample(_)))
    );
}

#[test]
fn the_wheel_moves_and_never_types() {
    let mut program = place("review-course").at(80, 24);
    program.key(KeyCode::F(7));
    let before = program.screen_and_cursor();
    mouse(&mut program, MouseEventKind::ScrollDown, 40, 12);
    let after = program.screen_and_cursor();
    assert!(after != before);
    mouse(&mut program, MouseEventKind::ScrollUp, 40, 12);
    let mut typing = place("card-typing").at(80, 24);
    typing.app.mouse = true;
    let before = typing.screen_and_cursor();
    mouse(&mut typing, MouseEventKind::ScrollDown, 40, 12);
    assert_eq!(typing.screen_and_cursor(), before);
}

#[test]
fn clicks_anywhere_at_any_size_break_nothing() {
    for place in super::places::ALL {
        for (columns, rows) in [(132, 43), (80, 24), (40, 12), (20, 5), (10, 3)] {
            for (column, row) in [
                (0, 0),
                (columns - 1, rows - 1),
                (columns / 2, rows / 2),
                (3, 2),
            ] {
                let mut program = place.at(columns, rows);
                program.app.mouse = true;
                click(&mut program, column, row);
                click(&mut program, column, row);
                mouse(&mut program, MouseEventKind::ScrollDown, column, row);
                program.draw();
            }
        }
    }
}
