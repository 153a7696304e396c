//! What each word does to the session, without a program around it; and that nothing of the terminal
//! is in what is said.

use std::sync::{Arc, LazyLock};

use astride::catalog::Catalog;
use astride::merge::Past;
use astride::merge::past::Version;
use astride::plain::{Reply, State, happened, interpret, words::WORDS};
use astride::report::layout::OwnTemplate;
use astride::session::place::{DraftKey, SentencePart, TextField};
use astride::session::types::{Impact, Likelihood, MitigationStatus, Response, Session};
use astride::tui::app::{App, Effect, Event, Opened};
use astride::tui::theme::Theme;
use jiff::Timestamp;
use jiff::tz::TimeZone;
use pretty_assertions::assert_eq;

use super::driver::Plain;

static CATALOG: LazyLock<Arc<Catalog>> = LazyLock::new(|| Arc::new(Catalog::embedded()));

fn now() -> Timestamp {
    "2026-11-21T14:02:00Z".parse().unwrap()
}

struct Room {
    state: State,
    last: Reply,
}

impl Room {
    fn new() -> Self {
        let app = App::new((80, 40), Theme::None, TimeZone::UTC, "/data".to_owned());
        let mut state = State::new(app);
        happened(&mut state, Event::Catalog(Arc::clone(&CATALOG)), now());
        let brief = CATALOG.brief("course").unwrap();
        let session = Session::new(
            "Team blue",
            brief.id.clone(),
            brief.components.clone(),
            now(),
        );
        let opened = Opened {
            name: "team-blue".to_owned(),
            session,
            read_only: None,
            notice: None,
            id_seed: 1,
            is_new: true,
        };
        let last = happened(&mut state, Event::Opened(Box::new(opened)), now());
        Self { state, last }
    }

    fn say(&mut self, line: &str) -> &str {
        self.last = interpret(&mut self.state, line, now());
        &self.last.text
    }

    /// The number of the line that holds these words, in a list read out now.
    fn number(&mut self, words: &str) -> String {
        let list = self.say("list").to_owned();
        let line = list.lines().find(|line| line.contains(words));
        let line = line.unwrap_or_else(|| panic!("{words} is not in\n{list}"));
        line.split_once(". ").unwrap().0.trim().to_owned()
    }

    fn session(&self) -> &Session {
        self.state.app.open.as_ref().unwrap().editor.session()
    }
}

#[test]
fn a_threat_is_rated_answered_and_mitigated_by_words() {
    let mut room = Room::new();
    assert_eq!(
        room.say("add Somebody copies the client certificate"),
        "Recorded.\n"
    );
    let number = room.number("copies the client certificate");
    let said = room.say(&format!("rate {number} likely major")).to_owned();
    assert_eq!(said, "Rated: likely, major. The risk is high.\n");
    room.say(&format!(
        "respond {number} accept because it is a test system"
    ));
    room.say(&format!("mitigate {number} Keep it on a token"));
    let threat = &room.session().threats[0];
    assert_eq!(threat.likelihood, Some(Likelihood::Likely));
    assert_eq!(threat.impact, Some(Impact::Major));
    assert_eq!(threat.response, Some(Response::Accept));
    assert_eq!(threat.response_reason, "it is a test system");
    assert_eq!(room.session().mitigations[0].what, "Keep it on a token");

    room.say(&format!("threat {number}"));
    assert!(
        room.last.text.contains("threat 'Somebody copies"),
        "{}",
        room.last.text
    );
    let mitigation = room.number("Keep it on a token");
    room.say(&format!("status {mitigation} verified"));
    assert_eq!(
        room.session().mitigations[0].status,
        MitigationStatus::Verified
    );
    let field = room.number("What goes wrong");
    room.say(&format!("edit {field}"));
    for line in ["It lies in the home folder.", "", "..", "."] {
        room.say(line);
    }
    assert_eq!(
        room.session().threats[0].what_goes_wrong,
        "It lies in the home folder.\n\n."
    );
    room.say("back");
    assert!(
        room.last.text.contains("cell 1 of 60"),
        "{}",
        room.last.text
    );
}

#[test]
fn suggestions_are_taken_left_and_given_back() {
    let mut room = Room::new();
    let first = room.state.app.open.as_ref().unwrap().rows.len();
    assert!(first > 0);
    let list = room.say("list").to_owned();
    assert!(list.contains("Suggested:"), "{list}");
    assert_eq!(room.say("take 1"), "Taken as your own.\n");
    assert_eq!(room.session().threats.len(), 1);
    room.say("leave 2 we have no such client");
    let left = &room.session().cells[0].left[0];
    assert_eq!(left.reason, "we have no such client");
    assert_eq!(room.say("remove 1"), "Removed. undo brings it back.\n");
    assert_eq!(room.session().threats.len(), 0);
    assert!(room.say("undo").starts_with("Undone: "));
    assert_eq!(room.session().threats.len(), 1);
}

#[test]
fn nothing_unsure_and_disagree_are_answers() {
    let mut room = Room::new();
    room.say("nothing there is no client");
    let cell = &room.session().cells[0];
    assert_eq!(
        cell.nothing_applies.as_ref().unwrap().reason,
        "there is no client"
    );
    room.say("next");
    assert!(
        room.last.text.contains("cell 2 of 60"),
        "{}",
        room.last.text
    );
    room.say("unsure who signs the images");
    let question = room.session().cells[1].open_question.as_ref().unwrap();
    assert_eq!(question.text, "who signs the images");
    room.say("disagree half of us say nobody");
    let question = room.session().cells[1].open_question.as_ref().unwrap();
    assert_eq!(question.kind.name(), "we disagree");
}

#[test]
fn the_scope_is_set_by_words() {
    let mut room = Room::new();
    room.say("scope");
    let client = room.number("in: Docker client");
    assert_eq!(room.say(&format!("in {client}")), "It is out now.\n");
    room.say("assume The host is patched weekly");
    room.say("person Ana");
    let environment = room.number("Environment");
    room.say(&format!("edit {environment} A shop"));
    let session = room.session();
    assert!(
        !session
            .components
            .iter()
            .any(|id| id.as_str() == "docker-client")
    );
    assert_eq!(session.assumptions[0].text, "The host is patched weekly");
    assert_eq!(session.participants[0].name, "Ana");
    assert_eq!(session.description, "A shop");
}

#[test]
fn a_number_never_means_what_was_not_said() {
    let mut room = Room::new();
    room.say("list");
    room.say("next");
    let before = room.session().clone();
    assert!(room.say("take 900").contains("nothing of that number"));
    assert!(room.say("take").contains("Say a number"));
    assert_eq!(room.session().threats, before.threats);
}

#[test]
fn half_typed_text_of_the_full_screen_is_read_out_and_finished() {
    let mut room = Room::new();
    let cell = room.state.app.open.as_ref().unwrap().cell.clone();
    let draft = astride::session::place::DraftKey::Threat(cell);
    let operation = astride::session::edit::Operation::EditText {
        field: astride::session::place::TextField::Draft(draft),
        at: 0,
        remove: 0,
        insert: "Somebody takes the ke".to_owned(),
        typing: true,
    };
    assert!(room.state.app.edit(operation));
    room.say("where");
    let number = room.number("draft, not an answer yet: Somebody takes the ke");
    assert_eq!(
        room.say(&format!("edit {number} Somebody takes the key")),
        "Recorded.\n"
    );
    assert_eq!(room.session().threats[0].title, "Somebody takes the key");
    assert!(room.session().working.drafts.is_empty());
}

/// What the program was asked to read, answered with one version of yesterday.
fn answer_with_yesterday(room: &mut Room, yesterday: &Session) {
    let asked = room.last.effects.iter().find_map(|effect| match effect {
        Effect::ReadPast { present, field } => Some(((**present).clone(), field.clone())),
        _ => None,
    });
    let (present, field) = asked.expect("the earlier versions are asked for");
    let version = Version {
        number: "7".to_owned(),
        saved: "2026-11-20T16:02:00Z".parse().unwrap(),
    };
    let past = Past::of(&present, field, [(version, Ok(yesterday.clone()))]);
    let event = Event::Past(Box::new(Ok(past)));
    room.last = happened(&mut room.state, event, now());
}

#[test]
fn an_earlier_text_is_read_out_and_put_back_by_its_number() {
    let mut room = Room::new();
    room.say("add A precious threat");
    let yesterday = room.session().clone();
    let number = room.number("A precious threat");
    room.say(&format!("edit {number} Ruined"));
    room.say(&format!("history {number}"));
    answer_with_yesterday(&mut room, &yesterday);
    let said = room.last.text.clone();
    assert!(
        said.contains("1. yesterday 16:02  A precious threat (+3 −1 words)"),
        "{said}"
    );
    let said = room.say("show 1").to_owned();
    assert!(
        said.starts_with("A precious threat\n\nNow it says:\nRuined\n"),
        "{said}"
    );
    assert_eq!(
        room.say("1"),
        "The text of yesterday 16:02 is back. Undo with u.\n"
    );
    assert_eq!(room.session().threats[0].title, "A precious threat");
    assert!(room.say("undo").starts_with("Undone: put back"));
    assert_eq!(room.session().threats[0].title, "Ruined");
}

#[test]
fn what_was_removed_is_read_out_and_brought_back() {
    let mut room = Room::new();
    room.say("add A precious threat");
    let yesterday = room.session().clone();
    let number = room.number("A precious threat");
    room.say(&format!("remove {number}"));
    room.say("history");
    answer_with_yesterday(&mut room, &yesterday);
    assert!(room.last.text.contains("−1 threat"), "{}", room.last.text);
    let said = room.say("removed").to_owned();
    assert!(said.contains("1. Threat: A precious threat"), "{said}");
    room.say("1");
    assert_eq!(room.session().threats.len(), 1);
}

#[test]
fn a_whole_version_is_chosen_by_two_numbers() {
    let mut room = Room::new();
    let yesterday = room.session().clone();
    room.say("add A precious threat");
    room.say("history");
    answer_with_yesterday(&mut room, &yesterday);
    let said = room.say("1").to_owned();
    assert!(
        said.contains("1. Open it as a session of its own"),
        "{said}"
    );
    room.say("1");
    let copies =
        |one: &&Effect| matches!(one, Effect::RestoreCopy { version, .. } if version == "7");
    assert_eq!(room.last.effects.iter().filter(copies).count(), 1);
}

#[test]
fn all_ratings_are_read_out_the_highest_risk_first() {
    let mut room = Room::new();
    room.say("add A small one");
    room.say("add A big one");
    let number = room.number("A big one");
    room.say(&format!("rate {number} 5 5"));
    assert_eq!(
        room.say("ratings"),
        "All threats, how often and how bad:\nA big one (expected, severe critical)\n\
         A small one (not rated)\n"
    );
}

#[test]
fn a_sentence_becomes_a_threat_with_its_last_part() {
    let mut room = Room::new();
    let cell = room.state.app.open.as_ref().unwrap().cell.clone();
    let words = [
        "a thief",
        "copies the key",
        "it has no passphrase",
        "access",
        "the registry",
    ];
    for (part, text) in SentencePart::ALL.into_iter().zip(words) {
        assert!(room.session().threats.is_empty());
        room.state
            .app
            .type_into(TextField::Draft(DraftKey::Sentence(cell.clone(), part)));
        room.say("where");
        room.say(text);
    }
    let threat = &room.session().threats[0];
    assert_eq!(threat.sentence.who, "a thief");
    assert_eq!(threat.sentence.asset, "the registry");
    assert!(room.session().working.drafts.is_empty());
}

#[test]
fn words_lead_out_of_every_question() {
    let mut room = Room::new();
    room.say("close");
    room.say("new Team red");
    let said = room.say("help").to_owned();
    assert!(
        said.contains("Type its number") && said.contains("quit leaves"),
        "{said}"
    );
    assert!(room.say("again").contains("Which assignment?"));
    assert!(room.say("soon").contains("Type a number"));
    assert_eq!(room.say("back"), "Nothing was begun.\n");
    assert!(room.say("where").contains("The list of sessions."));

    room.say("new Team red");
    room.say("quit");
    assert!(room.last.quit);
    assert!(
        !room
            .last
            .effects
            .iter()
            .any(|one| matches!(one, Effect::Create { .. }))
    );
}

#[test]
fn words_lead_out_of_a_question_about_a_path_and_a_dot_still_does() {
    for word in ["back", "out", ".", "esc"] {
        let mut room = Room::new();
        room.say("export");
        let said = room.say("help").to_owned();
        assert!(said.contains("back leaves the question"), "{said}");
        room.say(word);
        assert!(room.say("where").contains("Step 5 of 5"), "{word}");
        let exports = |one: &Effect| matches!(one, Effect::Export { .. });
        assert!(!room.last.effects.iter().any(exports), "{word}");
    }
}

#[test]
fn where_a_text_is_typed_every_line_is_text() {
    let mut room = Room::new();
    room.say("scope");
    let environment = room.number("Environment");
    room.say(&format!("edit {environment}"));
    for line in ["quit", "help", "."] {
        room.say(line);
    }
    assert_eq!(room.session().description, "quit\nhelp");
}

#[test]
fn what_is_no_word_changes_nothing_and_says_what_is_near() {
    let mut room = Room::new();
    let said = room.say("mitgate 1").to_owned();
    assert!(said.contains("Did you mean mitigate?"), "{said}");
    assert!(room.say("").contains("help lists them"));
    assert!(room.session().threats.is_empty());
}

#[test]
fn every_word_answers_something_wherever_it_is_said() {
    for entry in WORDS {
        for name in entry.names {
            for place in ["scope", "threats", "harden", "review", "report"] {
                let mut room = Room::new();
                room.say(place);
                room.say(name);
                let reply = &room.last;
                let heard =
                    !reply.text.is_empty() || reply.quit || reply.save || !reply.effects.is_empty();
                assert!(heard, "{name} in {place} says nothing");
            }
        }
    }
}

#[test]
fn saving_and_leaving_ask_the_loop_to_wait_for_the_disk() {
    let mut room = Room::new();
    room.say("save");
    assert!(room.last.save);
    room.say("add A threat");
    assert!(
        room.last
            .effects
            .iter()
            .any(|effect| matches!(effect, Effect::Changes(_)))
    );
    room.say("close");
    assert!(room.last.effects.contains(&Effect::Close));
    assert!(room.state.app.open.is_none());
    room.say("quit");
    assert!(room.last.quit);
}

#[test]
fn nothing_moves_the_cursor_and_signs_are_words() {
    let folder = tempfile::tempdir().unwrap();
    let mut plain = Plain::start(folder.path(), &["--plain", "--color", "always"], &[]);
    plain.hear("Sessions are in");
    plain.say("new Team blue").say("1");
    plain.say("add Evil \u{1b}[2J title").hear("Recorded.");
    plain.say("list").hear("title");
    plain
        .say("review")
        .say("scope")
        .say("harden")
        .say("report")
        .say("screen")
        .say("help")
        .say("quit");
    let mut heard = Vec::new();
    let (code, _) = {
        heard.append(&mut plain.heard);
        plain.end()
    };
    assert_eq!(code, 0);
    let text = heard.join("\n");
    assert!(!text.contains('\u{1b}'), "{text}");
    for sign in ["[x]", "▲", "‹", "┃", "●"] {
        assert!(!text.contains(sign) || sign == "‹", "{sign} in\n{text}");
    }
}

#[test]
fn input_that_ends_saves_and_says_where() {
    let folder = tempfile::tempdir().unwrap();
    let mut plain = Plain::start(folder.path(), &["--plain"], &[]);
    plain.hear("Sessions are in");
    plain
        .say("new Team red")
        .say("1")
        .say("add One threat")
        .hear("Recorded.");
    let (code, last) = plain.end();
    assert_eq!(code, 0);
    assert!(last.contains("Saved in"), "{last}");
    let file = folder.path().join("data/sessions/team-red.ron");
    assert!(
        std::fs::read_to_string(file)
            .unwrap()
            .contains("One threat")
    );
}

#[test]
fn words_in_the_write_up_are_found_and_read_out() {
    let mut room = Room::new();
    room.say("scope");
    room.say("assume The registry answers only to the build hosts.");
    room.say("assume Nobody else has the registry's key.");
    let first = room.say("find REGISTRY").to_owned();
    assert!(first.contains("Place 1 of "), "{first}");
    let second = room.say("find").to_owned();
    assert!(second.contains("Place 2 of "), "{second}");
    assert!(
        room.say("find the build hosts")
            .contains("The registry answers only to the build hosts.")
    );
    assert!(room.say("find blockchain").contains("Not found"));
}

#[test]
fn a_template_of_ones_own_is_a_form_and_a_broken_one_says_its_line() {
    let mut room = Room::new();
    room.say("report");
    let template = |name: &str, source: &str| {
        Arc::new(OwnTemplate {
            name: name.to_owned(),
            path: format!("{name}.md.j2"),
            source: Ok(source.to_owned()),
        })
    };
    let templates = vec![
        template("board", "# {{ title }} for the board\n"),
        template("broken", "# {{ titel }}\n"),
    ];
    happened(&mut room.state, Event::Templates(templates), now());
    assert!(room.say("form").contains("board: your own template"));
    assert!(room.say("form board").contains("The form is board."));
    assert!(room.say("list").contains("# Team blue for the board"));
    room.say("form broken");
    assert!(room.say("list").contains("broken.md.j2:1: "));
    let refused = room.say("export out.md").to_owned();
    assert!(refused.contains("Nothing can be written"), "{refused}");
    assert!(
        room.last
            .effects
            .iter()
            .all(|one| !matches!(one, Effect::Export { .. }))
    );
}

#[test]
fn what_would_go_to_a_clipboard_is_said() {
    let mut room = Room::new();
    room.say("report");
    let said = room.say("y").to_owned();
    assert!(said.starts_with("To copy:\n# Team blue"), "{said}");
    assert!(
        room.last
            .effects
            .iter()
            .all(|one| !matches!(one, Effect::Copy(_)))
    );
}
