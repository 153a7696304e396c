//! What a room needs: search, words, parked thoughts, cards, sentences, hands, turns and time.

use astride::catalog::{Catalog, SourceFile};
use astride::encode::ForeignText;
use astride::session::place::{DraftKey, SentencePart, Step};
use astride::session::types::Impact;
use astride::stride::Category;
use astride::tui::app::{Effect, Event};
use pretty_assertions::assert_eq;
use ratatui::crossterm::event::KeyCode;

use super::driver::{Program, cell, example, new_session};
use super::places::place;

#[test]
fn a_word_of_our_own_is_found_and_enter_goes_to_its_field() {
    let mut program = Program::new(120, 40);
    program.open(example("course.ron"), false);
    program.esc().esc().keys("4").keys("/StrictHostKey");
    assert!(
        program.screen().contains("Docker client · Spoofing, no"),
        "{}",
        program.screen()
    );
    program.enter();
    let open = program.opened();
    assert_eq!(open.step, Step::Threats);
    assert_eq!(open.cell, cell("docker-client", Category::Spoofing));
    assert!(program.app.overlay.is_none());
}

#[test]
fn every_text_of_a_session_leads_to_its_place() {
    let session = example("course.ron");
    let fields: Vec<_> = session
        .texts()
        .into_iter()
        .filter(|(_, text)| !text.is_empty())
        .map(|(field, _)| field)
        .collect();
    let mut program = Program::new(120, 40);
    program.open(session, false);
    for field in fields {
        program.app.visit_text(&field);
        program.event(Event::Resize(120, 40));
        let open = program.opened();
        let at = open.list().position(&open.rows);
        assert!(at.is_some(), "{field:?} is not on the screen");
    }
}

#[test]
fn a_threat_of_the_catalog_is_found_by_a_number_and_shown_on_its_card() {
    let mut program = place("card").at(120, 40);
    program.keys("/T1610");
    assert!(program.screen().contains("Search"));
    program.keys(" socket").enter();
    assert_eq!(program.opened().step, Step::Threats);
    assert!(
        program.screen().contains("What goes wrong"),
        "{}",
        program.screen()
    );
}

#[test]
fn a_term_is_explained_without_leaving_the_card() {
    let mut program = place("words").at(80, 24);
    program.keys("capab");
    assert!(
        program.screen().contains("Capability"),
        "{}",
        program.screen()
    );
    let before = program.opened().cell.clone();
    program.esc();
    assert_eq!(program.opened().cell, before);
}

#[test]
fn on_the_list_of_sessions_search_finds_their_titles() {
    let mut program = place("home").at(100, 30);
    let title = program.screen();
    assert!(title.contains("Team blue"), "{title}");
    program.keys("/blue").enter();
    let opened = program
        .effects
        .iter()
        .any(|one| matches!(one, Effect::Open(_)));
    assert!(opened, "{:?}", program.effects);
}

#[test]
fn a_half_typed_thought_is_in_the_session_before_enter() {
    let program = place("park").at(80, 24);
    assert_eq!(
        program
            .session()
            .draft(&DraftKey::Parked)
            .map(ForeignText::raw),
        Some("Who may restore a bac")
    );
    let mut program = place("park").at(80, 24);
    program.esc().keys("p").keys("kup?").enter();
    let session = program.session();
    assert_eq!(session.parked[0].text, "Who may restore a backup?");
    assert_eq!(
        session.parked[0].cell.as_ref(),
        Some(&program.opened().cell)
    );
    assert_eq!(session.draft(&DraftKey::Parked), None);
}

#[test]
fn parking_while_typing_keeps_the_field_and_its_text() {
    let mut program = place("card-typing").at(80, 24);
    let before = program.typed().to_owned();
    program.control('t').keys("later").enter();
    assert_eq!(program.session().parked[0].text, "later");
    assert_eq!(program.typed(), before);
    assert!(program.is_typing());
}

#[test]
fn a_parked_thought_leads_back_to_its_card_and_can_be_forgotten_and_brought_back() {
    let mut program = place("parked").at(80, 24);
    program.keys("D");
    assert_eq!(program.session().parked.len(), 1);
    program.keys("u");
    assert_eq!(program.session().parked.len(), 2);
    program.enter();
    assert!(program.app.overlay.is_none());
}

#[test]
fn a_card_is_taken_and_the_next_one_lies_on_the_table() {
    let mut program = place("cards").at(80, 24);
    let before = program.session().threats.len();
    program.keys(" ");
    assert_eq!(program.session().threats.len(), before + 1);
    assert!(program.app.overlay.is_some());
}

#[test]
fn a_thought_of_our_own_comes_before_any_card() {
    let mut program = place("cards").at(80, 24);
    program
        .keys("a")
        .keys("The cleaner unplugs the registry")
        .enter();
    let threat = program.session().threats.last().unwrap();
    assert_eq!(threat.title, "The cleaner unplugs the registry");
    assert_eq!(threat.suggestion, None);
}

#[test]
fn a_sentence_is_built_part_by_part_and_becomes_a_threat() {
    let mut program = place("sentence").at(120, 40);
    assert!(
        program
            .screen()
            .contains("A job of a stranger can read the registry's")
    );
    program.keys("it is in an environment variable").enter();
    program
        .keys("images of ours with a back door")
        .enter()
        .keys("every host")
        .enter();
    let threat = program.session().threats.last().unwrap();
    assert_eq!(
        threat.title,
        "A job of a stranger can read the registry's password"
    );
    assert_eq!(
        threat.what_goes_wrong,
        "A job of a stranger can read the registry's password because it is in an environment \
         variable, which leads to images of ours with a back door on every host."
    );
    assert_eq!(threat.sentence.asset, "every host");
    assert!(program.session().working.drafts.is_empty());
}

#[test]
fn a_half_built_sentence_waits_on_its_card() {
    let mut program = place("sentence").at(120, 40);
    program.esc();
    let here = program.opened().cell.clone();
    program.control('n').control('p');
    assert_eq!(program.opened().cell, here);
    let who = DraftKey::Sentence(here, SentencePart::Who);
    assert_eq!(
        program.session().draft(&who).map(ForeignText::raw),
        Some("A job of a stranger")
    );
    assert!(program.screen().contains("A sentence"));
}

#[test]
fn hands_are_counted_never_averaged_and_disagreement_is_said() {
    let mut program = place("threat-hands").at(120, 40);
    let threat = &program.session().threats[0];
    assert_eq!(threat.votes.likelihood.0, [2, 0, 1, 3, 0]);
    assert_eq!((threat.likelihood, threat.impact), (None, None));
    assert_eq!(threat.votes.note, "Two of us run such a host.");
    assert!(
        program.screen().contains("The room disagrees"),
        "{}",
        program.screen()
    );
    program.keys("v").key(KeyCode::Right).down(3).enter();
    assert_eq!(program.session().threats[0].impact, Some(Impact::Major));
}

#[test]
fn the_turn_goes_round_and_says_who_wrote_what() {
    let mut program = place("turn-and-time").at(80, 24);
    assert!(
        program.screen().contains("Ada, then Bo"),
        "{}",
        program.screen()
    );
    program.keys("aFrom Ada").enter().esc();
    let ada = program.session().participants[0].id.clone();
    assert_eq!(
        program.session().threats.last().unwrap().created.by,
        Some(ada)
    );
    program.keys("TT");
    assert_eq!(program.session().room.turn, None);
}

#[test]
fn the_time_box_counts_whole_minutes_and_needs_no_clock_when_it_is_over() {
    let mut program = place("turn-and-time").at(80, 24);
    assert!(
        program.screen().contains("Threats 18 of 40 min"),
        "{}",
        program.screen()
    );
    assert!(program.app.next_tick().is_some());
    program.wait(60 * 60_000).event(Event::Minute);
    assert!(
        program.screen().contains("Threats 40 min are over"),
        "{}",
        program.screen()
    );
    assert_eq!(program.app.next_tick(), None);
    program.keys("B");
    assert_eq!(program.session().room.time_box, None);
    assert!(Program::new(80, 24).app.next_tick().is_none());
}

#[test]
fn the_wall_shows_the_question_without_side_panes() {
    let program = place("wall").at(60, 20);
    let screen = program.screen();
    assert!(!screen.contains("S T R I D E"), "{screen}");
    assert!(program.opened().wall);
}

#[test]
fn a_text_overridden_by_id_is_on_the_card_and_says_where_it_comes_from() {
    const OURS: &str = r#"addition((
        component: "docker-host",
        threats: [(
            id: "host-docker-sock-mounted",
            category: elevation_of_privilege,
            surface: "daemon-api",
            title: "Our agents mount the socket",
            what_goes_wrong: "It goes wrong.",
            preconditions: "It holds.",
            impact: "It follows.",
            mitigations: [(what: "Do it.", verify: "Look.")],
        )],
    ))"#;
    let file = SourceFile::user("ours/host.ron", OURS);
    let catalog = Catalog::embedded().extended(&[file]).unwrap();
    let mut program = Program::new(120, 40);
    program.event(Event::Catalog(catalog.into()));
    program.open(new_session(), true);
    program
        .palette("docker host: elevation")
        .keys("/agents mount")
        .enter();
    let screen = program.screen();
    assert!(screen.contains("Our agents mount the socket"), "{screen}");
    program.key(KeyCode::End);
    let shown = (0..40).any(|_| {
        program.key(KeyCode::PageUp);
        program.screen().contains("ours/host.ron")
    });
    assert!(
        shown || screen.contains("ours/host.ron"),
        "{}",
        program.screen()
    );
}
