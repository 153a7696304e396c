//! The walk: steps, cells, suggestions, threats, and taking back what was done.

use astride::session::coverage::CellState;
use astride::session::place::Step;
use astride::session::types::MitigationStatus;
use astride::stride::Category;
use astride::tui::app::open::Pane;
use pretty_assertions::assert_eq;
use ratatui::crossterm::event::KeyCode;

use super::driver::{CATALOG, Program, cell};
use super::places::place;

fn state(program: &Program) -> CellState {
    let open = program.opened();
    open.coverage
        .state(&open.cell.component, open.cell.category)
}

#[test]
fn the_numbers_go_to_the_steps_from_every_step() {
    for from in '1'..='5' {
        for (to, step) in ('1'..='5').zip(Step::ALL) {
            let mut program = place("card").at(80, 24);
            program.key(KeyCode::Char(from)).key(KeyCode::Char(to));
            assert_eq!(program.opened().step, step, "{from} then {to}");
            assert!(program.screen().contains(&step.name().to_uppercase()));
        }
    }
}

#[test]
fn numbers_rate_on_a_rating_and_are_steps_elsewhere_in_a_threat() {
    let mut program = place("threat-rating").at(80, 24);
    let threat = &program.session().threats[0];
    assert_eq!(threat.likelihood.map(|one| one as usize + 1), Some(4));
    assert_eq!(threat.impact.map(|one| one as usize + 1), Some(5));
    program.keys("0");
    assert_eq!(program.session().threats[0].impact, None);
    program.keys("g4");
    assert_eq!(program.opened().step, Step::Review);
}

#[test]
fn arrows_and_hjkl_move_on_the_map_alike() {
    let mut by_arrows = place("map").at(80, 24);
    let mut by_letters = place("map").at(80, 24);
    for (code, letter, component, category) in [
        (KeyCode::Right, 'l', "docker-client", Category::Tampering),
        (KeyCode::Down, 'j', "docker-host", Category::Tampering),
        (KeyCode::Down, 'j', "docker-registry", Category::Tampering),
        (KeyCode::Down, 'j', "kube-apiserver", Category::Tampering),
        (KeyCode::Up, 'k', "docker-registry", Category::Tampering),
        (KeyCode::Left, 'h', "docker-registry", Category::Spoofing),
        (KeyCode::Left, 'h', "docker-registry", Category::Spoofing),
        (KeyCode::Home, 'g', "docker-client", Category::Spoofing),
        (
            KeyCode::End,
            'G',
            "kube-proxy",
            Category::ElevationOfPrivilege,
        ),
    ] {
        by_arrows.key(code);
        by_letters.key(KeyCode::Char(letter));
        assert_eq!(by_arrows.opened().cell, cell(component, category));
        assert_eq!(by_letters.opened().cell, cell(component, category));
    }
    by_arrows.enter();
    assert_eq!(by_arrows.opened().pane, Pane::Card);
    assert!(by_arrows.screen().contains("60 of 60"));
}

#[test]
fn tab_changes_between_map_and_card() {
    let mut program = place("card").at(80, 24);
    program.key(KeyCode::Tab);
    assert_eq!(program.opened().pane, Pane::Map);
    program.key(KeyCode::Tab);
    assert_eq!(program.opened().pane, Pane::Card);
}

#[test]
fn the_walk_goes_to_the_next_cell_without_an_answer() {
    let mut program = place("card").at(80, 24);
    program.control('n').keys(" ").control('p').keys(" n");
    assert_eq!(
        program.opened().cell,
        cell("docker-client", Category::Repudiation)
    );
    program.control('p').control('p').control('p');
    assert_eq!(program.notice(), "This is the first cell of the walk.");
}

#[test]
fn a_suggestion_is_taken_and_given_back_with_the_same_key() {
    let mut program = place("card").at(80, 24);
    program.keys(" ");
    assert!(program.screen().contains("› [x]"));
    assert_eq!(state(&program), CellState::ThreatsRecorded);
    program.keys(" ");
    assert!(program.screen().contains("› [ ]"));
    assert_eq!(state(&program), CellState::Untouched);
    assert!(program.session().threats.is_empty());
}

#[test]
fn leaving_a_suggestion_asks_why_and_the_same_key_opens_it_again() {
    let mut program = place("card").at(80, 24);
    program.keys("x");
    assert!(program.screen().contains("Decision ‹ does not apply"));
    program.enter();
    assert!(program.is_typing());
    assert!(program.screen().contains("Does not apply, because:"));
    assert!(!program.screen().contains("What goes wrong"));
    program.keys("not here").esc().keys("g");
    assert!(program.screen().contains("[–]"));
    program.keys("x");
    assert!(!program.screen().contains("[–]"));
}

#[test]
fn a_removed_threat_comes_back_with_one_key_with_all_that_belongs_to_it() {
    let mut program = place("harden").at(80, 24);
    program.palette("docker host: elevation").keys("g");
    let before = program.session().clone();
    program.keys("D");
    assert_eq!(program.notice(), "Removed. u brings it back.");
    assert_eq!(program.session().threats.len(), before.threats.len() - 1);
    assert!(program.session().mitigations.is_empty());
    program.keys("u");
    assert!(
        program
            .notice()
            .starts_with("Undone: remove 'Container with the engine")
    );
    assert_eq!(program.session().threats, before.threats);
    assert_eq!(program.session().mitigations, before.mitigations);
    program.control('r');
    assert!(program.notice().starts_with("Done again: remove"));
    assert!(program.session().mitigations.is_empty());
}

#[test]
fn undo_and_redo_say_when_there_is_nothing() {
    let mut program = place("card").at(80, 24);
    program.keys("u");
    assert_eq!(program.notice(), "Nothing to undo.");
    program.control('r');
    assert_eq!(program.notice(), "Nothing to do again.");
}

#[test]
fn nothing_applies_needs_a_reason_to_be_an_answer() {
    let mut program = place("card").at(80, 24);
    program.keys("-");
    assert!(program.is_typing());
    assert_eq!(state(&program), CellState::InProgress);
    program.keys("N");
    assert_eq!(state(&program), CellState::NothingApplies);
    program.keys("obody does that here.").esc();
    assert_eq!(state(&program), CellState::NothingApplies);
    assert!(program.screen().contains("1/60 cells"));
    program.keys("-");
    assert_eq!(state(&program), CellState::Untouched);
    program.keys("u");
    assert_eq!(state(&program), CellState::NothingApplies);
    assert!(program.screen().contains("Nobody does that here."));
}

#[test]
fn nothing_applies_cannot_be_said_where_threats_are() {
    let mut program = place("card").at(80, 24);
    program.keys(" -");
    assert!(program.notice().starts_with("This cell has threats."));
    assert!(!program.is_typing());
    assert_eq!(state(&program), CellState::ThreatsRecorded);
}

#[test]
fn a_threat_in_a_cell_where_nothing_applied_takes_that_answer_back() {
    let mut program = place("card").at(80, 24);
    program
        .keys("-Nobody does that here.")
        .esc()
        .keys("aBut they do")
        .enter();
    assert_eq!(state(&program), CellState::ThreatsRecorded);
    let (spoken, threats) = {
        let session = program.session();
        let open = program.opened();
        let record = session.cell(&open.cell.component, open.cell.category);
        (
            record.is_some_and(|one| one.nothing_applies.is_some()),
            session.threats.len(),
        )
    };
    assert_eq!((spoken, threats), (false, 1), "a cell is in one state");
}

#[test]
fn a_mitigation_goes_from_planned_to_verified_and_around() {
    let mut program = place("harden").at(80, 24);
    let status = |program: &Program| program.session().mitigations[0].status;
    assert_eq!(status(&program), MitigationStatus::Planned);
    for wanted in [
        MitigationStatus::Done,
        MitigationStatus::Verified,
        MitigationStatus::Planned,
    ] {
        program.keys(" ");
        assert_eq!(status(&program), wanted);
    }
}

#[test]
fn every_cell_of_the_brief_has_a_question_on_its_card() {
    let mut program = place("card").at(80, 24);
    for _ in 0..59 {
        let open = program.opened();
        let asked = CATALOG
            .prompts(&open.cell.component, open.cell.category)
            .count();
        assert!(asked > 0, "{:?}", open.cell);
        program.control('n');
    }
    assert!(program.screen().contains("60 of 60"));
    program.control('n');
    assert!(
        program
            .notice()
            .starts_with("This is the last cell of the walk.")
    );
}

#[test]
fn the_review_goes_to_the_gap_and_back() {
    let mut program = place("review").at(80, 24);
    program.enter();
    assert_ne!(program.opened().step, Step::Review);
    program.keys("4");
    assert_eq!(program.opened().step, Step::Review);
}
