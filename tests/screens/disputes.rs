//! Two versions disagree: the review shows both values, a key settles, undo brings it back.

use astride::merge::{Names, three_way};
use astride::session::types::{Disputed, Session};
use pretty_assertions::assert_eq;

use super::driver::{Program, new_session};

/// A session whose two branches describe the environment differently.
pub fn session_with_a_dispute() -> Session {
    let base = new_session();
    let with = |text: &str| {
        let mut session = base.clone();
        session.description = text.into();
        session
    };
    let names = Names {
        ours: "our branch".to_owned(),
        theirs: "kitchen-table".to_owned(),
    };
    let (ours, theirs) = (
        with("Two hosts behind a proxy."),
        with("One host, no proxy."),
    );
    three_way(Some(&base), &ours, &theirs, &names)
}

fn in_review() -> Program {
    let mut program = Program::new(100, 40);
    program.open(session_with_a_dispute(), false);
    assert_eq!(
        program.notice(),
        "Two versions disagree about one thing. 4 shows it, to be settled."
    );
    program.keys("4");
    program
}

#[test]
fn the_review_shows_what_is_to_be_settled() {
    let screen = in_review().screen();
    for words in [
        "To settle (1)",
        "The environment",
        "as it is: Two hosts behind a proxy.",
        "kitchen-table: One host, no proxy.",
    ] {
        assert!(screen.contains(words), "{words} is not on\n{screen}");
    }
}

#[test]
fn enter_takes_the_other_value_and_undo_brings_the_dispute_back() {
    let mut program = in_review();
    let before = program.session().clone();
    program.keys("g").down(1).enter();
    assert_eq!(program.session().description, "One host, no proxy.");
    assert_eq!(program.session().disputes, []);
    assert!(
        !program.screen().contains("To settle"),
        "{}",
        program.screen()
    );
    program.keys("u");
    assert_eq!(program.session().disputes, before.disputes);
    assert_eq!(program.session().description, before.description);
}

#[test]
fn enter_on_the_first_line_keeps_what_is_there() {
    let mut program = in_review();
    let other = program.session().disputes[0].other.clone();
    assert!(matches!(other, Disputed::Text(..)));
    program.keys("g").enter();
    assert_eq!(program.session().description, "Two hosts behind a proxy.");
    assert_eq!(program.session().disputes, []);
    assert!(program.notice().contains("u takes that back"));
}
