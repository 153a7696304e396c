//! Going out: Esc, Ctrl+C and q never lose a word.

use astride::session::types::Session;
use astride::tui::app::Effect;
use pretty_assertions::assert_eq;

use super::driver::{Program, opened_again};
use super::places::{ALL, place};

/// The session without where the team is, which moving about changes.
fn content(program: &Program) -> Option<Session> {
    let mut session = program.app.open.as_ref()?.editor.session().clone();
    session.working.place = astride::session::place::Place::default();
    Some(session)
}

#[test]
fn ten_times_esc_ends_at_the_sessions_and_nothing_is_lost() {
    for place in ALL
        .iter()
        .filter(|place| !place.name.starts_with("not-saved"))
    {
        let mut program = place.at(80, 24);
        let before = content(&program);
        for _ in 0..10 {
            program.esc();
            if let Some(now) = content(&program) {
                assert_eq!(Some(now), before, "{}", place.name);
            }
        }
        assert!(program.app.open.is_none(), "{}", place.name);
        assert!(program.app.overlay.is_none() && program.app.home.trash.is_none());
        assert!(!program.app.quitting);
        assert!(program.screen().contains("Sessions"), "{}", place.name);
        if before.is_some() {
            assert!(program.effects.contains(&Effect::Close), "{}", place.name);
        }
    }
}

#[test]
fn esc_from_a_half_typed_threat_keeps_it_as_a_draft() {
    let mut program = place("card-typing").at(80, 24);
    program.esc();
    assert_eq!(
        program.notice(),
        "Kept as a draft. Enter in the field makes it an answer."
    );
    assert!(
        program
            .screen()
            .contains("› A forgotten test container still has the so")
    );
    let drafts = &program.session().working.drafts;
    assert_eq!(
        drafts[0].text,
        "A forgotten test container still has the so"
    );
}

#[test]
fn everything_reaches_the_saver_before_the_session_is_closed() {
    let mut program = place("card-typing").at(80, 24);
    for _ in 0..10 {
        program.esc();
    }
    let close = program
        .effects
        .iter()
        .position(|effect| *effect == Effect::Close)
        .expect("the session is closed");
    let later = &program.effects[close..];
    assert!(
        !later
            .iter()
            .any(|effect| matches!(effect, Effect::Changes(_)))
    );
    let replayed = opened_again(&program.effects[..close]);
    assert_eq!(
        replayed.working.drafts[0].text,
        "A forgotten test container still has the so"
    );
}

#[test]
fn one_ctrl_c_says_that_all_is_saved_and_a_second_one_quits() {
    for place in ALL
        .iter()
        .filter(|place| !place.name.starts_with("not-saved"))
    {
        let mut program = place.at(80, 24);
        program.control('c');
        assert_eq!(program.notice(), "Everything is saved. Ctrl+C again quits.");
        assert!(
            program.screen().contains("Everything is saved."),
            "{}",
            place.name
        );
        assert!(!program.app.quitting);
        program.wait(1_500).control('c');
        assert!(program.app.quitting, "{}", place.name);
    }
}

#[test]
fn a_second_ctrl_c_after_two_seconds_only_says_it_again() {
    let mut program = place("card").at(80, 24);
    program.control('c').wait(3_500).control('c');
    assert!(!program.app.quitting);
    program.wait(1_000).control('c');
    assert!(program.app.quitting);
}

#[test]
fn any_other_key_disarms_ctrl_c() {
    for name in ["card", "card-typing", "palette", "home"] {
        let mut program = place(name).at(80, 24);
        program.control('c').keys("j").control('c');
        assert!(!program.app.quitting, "{name}");
    }
}

#[test]
fn ctrl_c_copies_what_is_selected() {
    let mut program = place("card-typing").at(80, 24);
    program.control('a').control('c');
    assert!(!program.app.quitting);
    let copied = Effect::Copy("A forgotten test container still has the so".to_owned());
    assert!(program.effects.contains(&copied));
}

#[test]
fn q_quits_at_once_when_all_is_saved() {
    for name in [
        "home", "card", "threat", "scope", "harden", "review", "report", "map",
    ] {
        let mut program = place(name).at(80, 24);
        program.keys("q");
        assert!(program.app.quitting, "{name}");
    }
}

#[test]
fn neither_q_nor_esc_leaves_behind_what_is_not_saved() {
    let mut program = place("not-saved").at(80, 24);
    program.keys("q");
    assert!(!program.app.quitting);
    assert!(program.notice().starts_with("NOT SAVED: the disk is full."));
    for _ in 0..10 {
        program.esc();
    }
    assert!(program.app.open.is_some());
    assert!(!program.effects.contains(&Effect::Close));
    program.control('c');
    assert!(
        program
            .screen()
            .contains("Ctrl+C again quits all the same.")
    );
    program.control('c');
    assert!(program.app.quitting);
}

#[test]
fn esc_goes_back_to_where_a_threat_was_opened() {
    let mut program = place("harden").at(80, 24);
    program
        .keys("G")
        .key(ratatui::crossterm::event::KeyCode::Up)
        .enter();
    if program.opened().threat.is_none() {
        // The last row is a field of the findings only where there are some.
        program.esc().keys("3G").enter();
    }
    assert!(program.opened().threat.is_some());
    program.esc();
    assert_eq!(program.opened().step, astride::session::place::Step::Harden);
}
