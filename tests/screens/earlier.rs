//! What was there before: earlier texts, earlier versions, what was removed; each put back, and taken
//! away again.

use astride::merge::Past;
use astride::merge::past::Version;
use astride::session::edit::{Editor, Operation};
use astride::session::id::{IdSource, ThreatId};
use astride::session::place::{TextField, ThreatText};
use astride::session::search::KeptTexts;
use astride::session::types::Session;
use astride::store::{DiskFault, SaveError, SaveStep};
use astride::tui::app::{Effect, Event};
use astride::tui::overlays::trouble::SaveTrouble;
use astride::tui::widgets::rows::Target;
use jiff::SignedDuration;
use pretty_assertions::assert_eq;
use ratatui::crossterm::event::KeyCode;

use super::driver::{Program, example, start_time};
use super::places::place;

/// The threat that the earlier versions are about.
pub fn threat(session: &Session) -> ThreatId {
    session.threats[0].id.clone()
}

fn what_goes_wrong(session: &Session) -> TextField {
    TextField::Threat(threat(session), ThreatText::WhatGoesWrong)
}

fn edited(session: &Session, operations: Vec<Operation>) -> Session {
    let mut editor = Editor::new(session.clone(), IdSource::new(9));
    for operation in operations {
        editor.perform(operation, start_time()).expect("an edit");
    }
    editor.session().clone()
}

/// The course example as it was: a minute ago, this morning, and yesterday, when it had a threat more.
fn versions(now: &Session) -> Vec<(i64, Session)> {
    let write = |text: &str| Operation::RestoreText {
        field: what_goes_wrong(now),
        text: text.to_owned(),
    };
    let short = "Somebody copies the key from a laptop.";
    let long = "Somebody copies the key from a laptop that was left in a train.\nThe key has no \
                passphrase, so that nothing else is needed.";
    let cell = astride::session::place::CellKey {
        component: now.threats[0].component.clone(),
        category: now.threats[0].category,
    };
    let added = edited(
        now,
        vec![
            write(long),
            Operation::AddThreat {
                cell,
                title: "The spare laptop is not encrypted".to_owned(),
            },
        ],
    );
    let spare = added.threats.last().expect("just added").id.clone();
    let yesterday = edited(
        &added,
        vec![Operation::AddMitigation {
            threat: spare,
            what: "Encrypt it before it leaves the office".to_owned(),
            verify: String::new(),
            controls: Vec::new(),
        }],
    );
    let morning = edited(now, vec![write(short)]);
    vec![
        (5, now.clone()),
        (290, morning.clone()),
        (300, morning),
        (22 * 60, yesterday),
    ]
}

/// Answers what the program asked for: versions, newest first, each with its age in minutes.
pub fn answer(program: &mut Program, versions: &[(i64, Session)]) {
    let asked = program
        .effects
        .iter()
        .rev()
        .find_map(|effect| match effect {
            Effect::ReadPast { present, field } => Some(((**present).clone(), field.clone())),
            _ => None,
        });
    let (present, field) = asked.expect("the earlier versions were asked for");
    let versions = versions.iter().enumerate().map(|(at, (minutes, session))| {
        let version = Version {
            number: (40 - at).to_string(),
            saved: start_time() - SignedDuration::from_mins(*minutes),
        };
        (version, Ok(session.clone()))
    });
    let past = Past::of(&present, field, versions);
    program.event(Event::Past(Box::new(Ok(past))));
}

/// The course example with the text of a threat marked.
pub fn at_a_text(program: &mut Program) {
    program.open(example("course.ron"), false);
    program.app.notice = None;
    let field = what_goes_wrong(program.session());
    program.app.visit_text(&field);
    let (columns, rows) = program.app.size;
    program.event(Event::Resize(columns, rows));
}

/// The same with its history on the screen.
pub fn history(program: &mut Program) {
    at_a_text(program);
    program.keys("H");
    let versions = versions(program.session());
    answer(program, &versions);
}

fn text(program: &Program) -> String {
    let session = program.session();
    let field = what_goes_wrong(session);
    session
        .text(&field)
        .expect("the threat is there")
        .to_owned()
}

#[test]
fn an_earlier_text_comes_back_as_one_edit_and_u_takes_it_away() {
    let mut program = place("history").at(80, 24);
    let now = text(&program);
    assert!(
        program.screen().contains("today 09:12"),
        "{}",
        program.screen()
    );
    assert!(program.screen().contains("yesterday 16:02"));
    program.down(1).enter();
    assert!(program.app.overlay.is_none());
    assert!(text(&program).starts_with("Somebody copies the key from a laptop that was left"));
    assert_eq!(
        program.notice(),
        "The text of yesterday 16:02 is back. Undo with u."
    );
    program.keys("u");
    assert_eq!(text(&program), now);
    assert_eq!(
        program.notice(),
        "Undone: put back an earlier text. Ctrl+R does it again."
    );
}

#[test]
fn the_same_text_again_is_listed_once() {
    let program = place("history").at(80, 24);
    let screen = program.screen();
    assert!(screen.contains("1 of 2"), "{screen}");
    assert!(screen.contains("words"), "{screen}");
}

#[test]
fn esc_leaves_the_earlier_texts_and_changes_nothing() {
    let mut program = place("history").at(80, 24);
    let before = program.session().clone();
    program.down(1).esc();
    assert!(program.app.overlay.is_none());
    assert_eq!(program.session(), &before);
}

#[test]
fn while_typing_an_earlier_text_comes_back_into_the_field() {
    let mut program = Program::new(80, 24);
    at_a_text(&mut program);
    program.enter().keys(" More").control('g');
    let versions = versions(program.session());
    answer(&mut program, &versions[1..]);
    program.enter();
    assert!(program.is_typing());
    assert_eq!(program.typed(), "Somebody copies the key from a laptop.");
    assert!(program.notice().contains("Undo with Ctrl+Z"));
    program.keys("!").control('z').control('z');
    assert!(program.typed().ends_with(" More"), "{}", program.typed());
}

#[test]
fn where_no_version_is_kept_words_say_when_one_is() {
    let mut program = Program::new(80, 24);
    at_a_text(&mut program);
    program.keys("H");
    assert!(program.screen().contains("Reading the earlier versions…"));
    answer(&mut program, &[]);
    let screen = program.screen();
    assert!(
        screen.contains("No earlier version of this text is kept yet."),
        "{screen}"
    );
}

#[test]
fn a_threat_removed_yesterday_comes_back_with_its_mitigations_as_one_edit() {
    let mut program = place("history-removed").at(120, 40);
    let before = program.session().clone();
    assert!(
        program
            .screen()
            .contains("The spare laptop is not encrypted")
    );
    program.enter();
    let session = program.session();
    assert_eq!(session.threats.len(), before.threats.len() + 1);
    assert_eq!(session.mitigations.len(), before.mitigations.len() + 1);
    let back = session.threats.last().expect("it is back");
    assert_eq!(program.opened().threat.as_ref(), Some(&back.id));
    assert_eq!(
        program.notice(),
        "The threat is back, with its mitigation. Undo with u."
    );
    program.keys("u");
    assert_eq!(program.session().threats, before.threats);
    assert_eq!(program.session().mitigations, before.mitigations);
    assert_eq!(
        program.opened().threat,
        None,
        "a threat that is gone is left"
    );
}

#[test]
fn a_whole_version_becomes_a_session_of_its_own() {
    let mut program = place("history-version").at(80, 24);
    program.enter();
    let effect = program.effects.last().expect("something to do");
    assert_eq!(
        effect,
        &Effect::RestoreCopy {
            version: "39".to_owned(),
            title: format!("{}, as of 21 Nov 09:12", program.session().title),
        }
    );
}

#[test]
fn a_whole_version_takes_the_place_of_the_session_and_nothing_is_typed_meanwhile() {
    let mut program = place("history-version").at(80, 24);
    program.down(1).enter();
    let effect = program.effects.last().expect("something to do");
    assert_eq!(
        effect,
        &Effect::Restore {
            name: "team-blue".to_owned(),
            version: "39".to_owned(),
        }
    );
    let before = program.session().clone();
    program.keys("D");
    assert_eq!(program.session().threats, before.threats);
    // Where it fails, the session goes on as it was.
    program.event(Event::Failed("That version is gone.".to_owned()));
    program.keys("D");
    assert_eq!(program.session().threats.len() + 1, before.threats.len());
}

#[test]
fn an_answer_that_comes_late_is_not_taken_for_another_text() {
    let mut program = Program::new(80, 24);
    at_a_text(&mut program);
    program.keys("H");
    let versions = versions(program.session());
    program.esc().key(KeyCode::Up).keys("H");
    let field = what_goes_wrong(program.session());
    let late = Past {
        kept: versions.len(),
        field: Some(field),
        ..Past::default()
    };
    program.event(Event::Past(Box::new(Ok(late))));
    assert!(program.screen().contains("Reading the earlier versions…"));
}

#[test]
fn what_is_not_saved_comes_before_going_back() {
    let mut program = place("history-version").at(80, 24);
    let error = SaveError::Disk {
        step: SaveStep::Write,
        fault: DiskFault::from(std::io::Error::from(std::io::ErrorKind::StorageFull)),
    };
    let trouble = SaveTrouble::of(&error, std::time::Duration::from_secs(5));
    let effects = program.effects.len();
    program.event(Event::SaveFailed(trouble)).enter();
    assert!(
        program.notice().starts_with("NOT SAVED"),
        "{}",
        program.notice()
    );
    let asked = &program.effects[effects..];
    assert!(
        !asked
            .iter()
            .any(|one| matches!(one, Effect::RestoreCopy { .. }))
    );
}

#[test]
fn who_may_only_read_sees_earlier_texts_and_changes_nothing() {
    let mut program = Program::new(80, 24);
    program.open_for_reading(example("course.ron"));
    let field = what_goes_wrong(program.session());
    program.app.visit_text(&field);
    program.event(Event::Resize(80, 24)).keys("H");
    let versions = versions(program.session());
    answer(&mut program, &versions);
    let before = program.session().clone();
    program.enter();
    assert_eq!(program.session(), &before);
    assert!(
        program.notice().contains("reading only"),
        "{}",
        program.notice()
    );
}

#[test]
fn versions_that_cannot_be_read_are_said_so() {
    let mut program = Program::new(80, 24);
    at_a_text(&mut program);
    program.keys("H");
    let words = "The earlier versions could not be listed.".to_owned();
    program.event(Event::Past(Box::new(Err(words.clone()))));
    assert!(program.screen().contains(&words));
    program.enter().key(KeyCode::Tab);
    assert!(program.screen().contains(&words));
}

#[test]
fn numbers_rate_all_threats_in_the_picture_and_u_takes_it_back() {
    let mut program = place("ratings").at(80, 24);
    let before = program.session().threats[0].clone();
    program.keys("5");
    assert!(
        program.screen().contains("How bad?"),
        "{}",
        program.screen()
    );
    program.keys("5");
    assert_eq!(
        program.notice(),
        "Rated: expected, severe ▲▲▲▲ critical. Undo with u."
    );
    program.keys("uu");
    assert_eq!(program.session().threats[0].likelihood, before.likelihood);
    assert_eq!(program.session().threats[0].impact, before.impact);
    program.down(1).keys("0");
    assert_eq!(program.session().threats[1].likelihood, None);
}

#[test]
fn enter_in_the_picture_opens_the_threat_and_esc_leads_back() {
    let mut program = Program::new(80, 24);
    program.open(example("course.ron"), false);
    program.keys("4R").down(1).enter();
    let wanted = program.session().threats[1].id.clone();
    assert_eq!(program.opened().threat, Some(wanted));
    program.esc();
    assert_eq!(program.opened().step, astride::session::place::Step::Review);
}

#[test]
fn slash_means_search_everywhere_and_tab_widens_it_from_the_findings() {
    let mut program = place("scan").at(80, 24);
    program.keys("/capab").key(KeyCode::Tab);
    let screen = program.screen();
    assert!(screen.contains("Search"), "{screen}");
    assert!(screen.contains("Capability"), "{screen}");
}

#[test]
fn a_word_in_any_session_is_found_on_the_list_and_enter_goes_to_its_text() {
    let mut program = place("home").at(80, 24);
    program.keys("/");
    let names = program.effects.iter().find_map(|effect| match effect {
        Effect::ReadTexts(names) => Some(names.clone()),
        _ => None,
    });
    assert!(!names.expect("the texts are asked for").is_empty());
    let session = example("course.ron");
    program.keys("stricthostkey");
    let texts = KeptTexts::of("team-blue".to_owned(), &session);
    program.event(Event::Texts(vec![texts]));
    assert!(
        program.screen().contains("Container platform of a"),
        "{}",
        program.screen()
    );
    program.enter();
    assert!(
        program
            .effects
            .contains(&Effect::Open("team-blue".to_owned()))
    );
    program.open(session, false);
    let open = program.opened();
    let at = open.list().position(&open.rows).expect("a row is marked");
    let Some(Target::Field(field)) = &open.rows[at].target else {
        panic!("a text is marked");
    };
    let text = program.session().text(field).expect("it is there");
    assert!(text.contains("StrictHostKey"), "{text}");
}

#[test]
fn what_is_on_the_screen_is_found_first() {
    let mut program = place("card").at(80, 24);
    program.keys("/daemon");
    let Some(astride::tui::overlays::Overlay::Search(search)) = &program.app.overlay else {
        panic!("the search is open");
    };
    let first = &search.results[0];
    let rows = &program.opened().rows;
    let shown = rows.iter().any(|row| match &row.target {
        Some(Target::Suggestion(id)) => {
            first.what
                == astride::tui::overlays::search::What::Entry(
                    astride::catalog::Kind::Threat,
                    id.as_str().to_owned(),
                )
        }
        _ => false,
    });
    assert!(shown, "{first:?} is not on the card");
}
