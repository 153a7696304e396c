//! Drawing at every size: never a panic, never a cursor outside, and a calm word where nothing fits.

use astride::tui::app::Event;
use pretty_assertions::assert_eq;

use super::driver::Program;
use super::places::{ALL, place};

/// Sizes at which the layout changes, and the ones just beside them.
const EDGES: [(u16, u16); 12] = [
    (19, 5),
    (20, 4),
    (20, 5),
    (20, 6),
    (39, 12),
    (40, 9),
    (40, 11),
    (40, 12),
    (71, 24),
    (72, 12),
    (111, 13),
    (112, 50),
];

fn draws(program: &Program) {
    let (columns, rows) = program.app.size;
    let (_, cursor) = program.draw();
    if let Some(at) = cursor {
        assert!(
            at.x < columns && at.y < rows,
            "cursor {at:?} at {columns}x{rows}"
        );
    }
}

#[test]
fn drawing_never_panics_at_any_size() {
    for place in ALL {
        let mut program = place.at(80, 24);
        let grid = (1..=140)
            .step_by(9)
            .flat_map(|columns| (1..=50).step_by(7).map(move |rows| (columns, rows)));
        for (columns, rows) in grid.chain(EDGES) {
            program.event(Event::Resize(columns, rows));
            draws(&program);
        }
    }
}

#[test]
fn every_place_is_reached_at_any_size() {
    for place in ALL {
        for (columns, rows) in [(1, 1), (20, 5), (33, 9)] {
            draws(&place.at(columns, rows));
        }
    }
}

#[test]
fn a_screen_that_is_too_small_says_that_the_text_is_safe() {
    for place in ALL {
        assert_eq!(
            place.at(19, 4).screen(),
            "Please enlarge.\nYour text is safe.\n\n\n"
        );
    }
}

#[test]
fn the_question_stays_on_the_screen_however_far_one_goes_down() {
    for (columns, rows) in [(80, 24), (60, 20), (120, 40)] {
        let mut program = place("card-details").at(columns, rows);
        for _ in 0..40 {
            let screen = program.screen();
            assert!(
                screen.contains("Which of your containers have"),
                "{columns}x{rows}\n{screen}"
            );
            program.down(1);
            let (_, cursor) = program.draw();
            assert!(cursor.is_some());
        }
    }
}

#[test]
fn keys_that_nobody_sees_the_effect_of_do_nothing() {
    let mut program = place("card-worked").at(80, 24);
    program.event(Event::Resize(19, 4));
    let before = program.session().clone();
    program.keys("D aux-r").down(2).enter();
    assert_eq!(program.session().threats, before.threats);
    assert!(!program.is_typing());
    program.control('s');
    assert!(
        program.screen().starts_with("Saved: "),
        "{}",
        program.screen()
    );
    program.keys("q");
    assert!(program.app.quitting);
}

#[test]
fn typing_goes_on_while_the_screen_is_too_small() {
    let mut program = place("card-typing").at(80, 24);
    program.event(Event::Resize(10, 3));
    program.keys("cket").event(Event::Resize(80, 24));
    assert_eq!(
        program.typed(),
        "A forgotten test container still has the socket"
    );
}

#[test]
fn the_field_that_is_typed_into_stays_visible_at_any_size() {
    for (columns, rows) in [(20, 5), (40, 12), (60, 20), (80, 24), (132, 43)] {
        for name in ["card-typing", "environment"] {
            let program = place(name).at(columns, rows);
            let (_, cursor) = program.draw();
            assert!(cursor.is_some(), "{name} at {columns}x{rows}");
        }
    }
}
