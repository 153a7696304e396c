//! The review at work: decisions that are no threats, what is left to do, what is left as it is with
//! a reason, and the answers beside the sample answers.

use astride::encode::ForeignText;
use astride::review::gaps::GapKind;
use astride::session::coverage::CellState;
use astride::session::place::Step;
use astride::session::types::{LeaveKind, OpenKind};
use astride::stride::Category;
use astride::tui::app::Event;
use astride::tui::widgets::rows::Target;
use pretty_assertions::assert_eq;
use ratatui::crossterm::event::KeyCode;

use super::driver::{Program, cell};
use super::places::place;

fn left(program: &Program) -> Vec<(LeaveKind, ForeignText)> {
    let cells = program.session().cells.iter();
    cells
        .flat_map(|cell| &cell.left)
        .map(|left| (left.kind, left.reason.clone()))
        .collect()
}

/// Moves down to the first row that stands for what is wanted.
fn seek(program: &mut Program, wanted: impl Fn(&Target) -> bool) {
    program.keys("g");
    for _ in 0..200 {
        if program.opened().selected().is_some_and(&wanted) {
            return;
        }
        program.down(1);
    }
    panic!("no such row on\n{}", program.screen());
}

#[test]
fn each_number_is_a_decision_and_goes_on_to_its_reason() {
    for (key, kind) in ["1", "2", "3", "4", "5"].iter().zip(LeaveKind::ALL) {
        let mut program = place("card-leaving").at(80, 24);
        program.keys(key);
        assert!(program.is_typing(), "{key}");
        program.keys("Because.").esc();
        assert_eq!(left(&program), [(kind, "Because.".into())]);
        assert!(program.screen().contains(kind.begins()), "{key}");
        assert!(program.screen().contains("21 Nov 2026"), "{key}: when");
    }
}

#[test]
fn left_and_right_choose_the_decision_and_the_steps_keep_their_numbers_elsewhere() {
    let mut program = place("card-leaving").at(80, 24);
    program.key(KeyCode::Right).key(KeyCode::Right);
    assert_eq!(left(&program)[0].0, LeaveKind::Accepted);
    program.key(KeyCode::Left);
    assert_eq!(left(&program)[0].0, LeaveKind::Mitigated);
    assert_eq!(program.opened().step, Step::Threats);
    program.keys("gk4");
    assert_eq!(
        left(&program)[0].0,
        LeaveKind::Mitigated,
        "4 is a step on other rows"
    );
}

#[test]
fn a_question_stays_open_on_record_and_the_same_key_closes_it() {
    let here = cell("docker-client", Category::Spoofing);
    let question = |program: &Program| {
        let cell = program.session().cell(&here.component, here.category);
        cell.and_then(|cell| {
            cell.open_question
                .as_ref()
                .map(|one| (one.kind, one.text.clone()))
        })
    };
    let mut program = place("card").at(80, 24);
    program.keys("w").keys("Who has the key?").esc();
    assert_eq!(
        question(&program),
        Some((OpenKind::NotKnown, "Who has the key?".into()))
    );
    let state = program
        .opened()
        .coverage
        .state(&here.component, here.category);
    assert_eq!(
        state,
        CellState::InProgress,
        "an open question is no answer"
    );
    program.keys("!").esc();
    assert_eq!(
        question(&program),
        Some((OpenKind::Disagree, "Who has the key?".into()))
    );
    program.keys("!");
    assert_eq!(question(&program), None);
    program.keys("u");
    assert!(question(&program).is_some());
}

#[test]
fn the_review_lists_what_is_left_and_goes_there() {
    let mut program = place("card-open-questions").at(80, 40);
    program.keys("4");
    for kind in GapKind::ALL {
        seek(&mut program, |target| *target == Target::Gaps(kind));
        program.enter();
        let count = program
            .opened()
            .check
            .as_ref()
            .map_or(0, |check| check.gaps.get(kind).len());
        let expected = match kind {
            GapKind::Empty => 60,
            GapKind::InDoubt => 2,
            GapKind::Unmitigated | GapKind::Parked => 0,
        };
        assert_eq!(count, expected, "{kind:?}");
    }
    seek(&mut program, |target| {
        *target == Target::Gaps(GapKind::InDoubt)
    });
    program.enter().down(1);
    assert!(program.screen().contains("Ask the platform team"));
    program.enter();
    assert_eq!(
        program.opened().cell,
        cell("docker-host", Category::ElevationOfPrivilege)
    );
    assert_eq!(program.opened().step, Step::Threats);
}

#[test]
fn what_stands_out_is_left_so_only_with_a_reason() {
    let mut program = place("card-worked").at(80, 40);
    program.keys("4");
    let open = |program: &Program| {
        let check = program.opened().check.as_ref().expect("the review is open");
        (check.quality.len(), check.accepted.len())
    };
    let (before, _) = open(&program);
    let stands_out = |program: &Program| {
        let first = program
            .opened()
            .check
            .as_ref()
            .map_or(0, |check| check.requirements.len());
        move |target: &Target| matches!(target, Target::Jump(_, line) if *line == first)
    };
    let wanted = stands_out(&program);
    seek(&mut program, wanted);
    program.keys("x");
    assert!(program.is_typing());
    program.esc();
    assert_eq!(
        open(&program),
        (before, 0),
        "without a reason it still stands out"
    );

    let wanted = stands_out(&program);
    seek(&mut program, wanted);
    program.keys("x").keys("The audit decides.").esc();
    assert_eq!(open(&program), (before - 1, 1));
    assert!(
        program
            .screen()
            .contains("Left as it is, with a reason (1)")
    );

    seek(&mut program, |target| matches!(target, Target::Accepted(_)));
    program.keys("D");
    assert_eq!(open(&program), (before, 0));
    program.keys("u");
    assert_eq!(open(&program), (before - 1, 1));
}

#[test]
fn no_line_of_the_matrix_wraps_at_any_width() {
    let mut program = place("review").at(80, 200);
    for columns in 20..=120 {
        program.event(Event::Resize(columns, 200));
        let screen = program.screen();
        let lines = screen.lines();
        let signs = |line: &&str| line.matches('·').count() == 6;
        assert_eq!(lines.filter(signs).count(), 10, "{columns}:\n{screen}");
    }
}

#[test]
fn nothing_is_compared_before_the_group_has_answered_unless_it_asks() {
    let mut program = place("compare-too-early").at(80, 40);
    let missed = "You did not consider it";
    assert!(program.screen().contains("no answer yet"));
    assert!(!program.screen().contains(missed));
    program.keys(" ");
    assert!(program.screen().contains(missed));
    program.esc();
    assert!(program.opened().compare.is_none());
    assert_eq!(program.opened().step, Step::Threats);
}

#[test]
fn compare_shows_both_sides_and_one_key_takes_a_missed_one() {
    let mut program = place("compare").at(100, 60);
    let screen = program.screen();
    for words in [
        "There is no single right answer",
        "Both have it (1)",
        "Only you have it (1): well seen",
        "You looked at it and left it (1)",
        "We run nothing privileged",
        "You did not consider it",
        "One good answer, in sentences",
    ] {
        assert!(screen.contains(words), "{words} in\n{screen}");
    }
    let threats = program.session().threats.len();
    program.keys("G ");
    assert_eq!(program.session().threats.len(), threats + 1);
    assert!(program.screen().contains("Both have it (2)"));
    program.keys("u");
    assert_eq!(program.session().threats.len(), threats);
}

#[test]
fn compare_opens_from_the_review_and_esc_goes_back_to_it() {
    let mut program = place("review-course").at(80, 40);
    program.keys("c");
    let first = program
        .opened()
        .compare
        .as_ref()
        .map(|view| view.cell.clone());
    assert!(first.is_some());
    program.key(KeyCode::Right);
    let next = program
        .opened()
        .compare
        .as_ref()
        .map(|view| view.cell.clone());
    assert_ne!(first, next);
    program.esc();
    assert!(program.opened().compare.is_none());
    assert_eq!(program.opened().step, Step::Review);
    program.keys("c2");
    assert!(program.opened().compare.is_none(), "a step leaves it");
}
