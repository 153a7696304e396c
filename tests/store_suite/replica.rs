//! The saver's copy of a session: whatever is edited, its text is the one that the whole session has,
//! and nothing is written that would not open again, however large the session is.

use std::sync::Arc;
use std::sync::mpsc;
use std::time::Duration;

use astride::session::edit::{Delta, Editor, Operation, Slot};
use astride::session::id::IdSource;
use astride::session::place::{TextField, ThreatText};
use astride::session::types::{Session, Threat};
use astride::store::{
    Integrity, Outcome, Pace, Replica, SaveError, Saver, SaverEvent, Writer, decode, encode,
};
use pretty_assertions::assert_eq;
use proptest::prelude::*;

use super::edits::{Edit, edits, perform};
use super::faulty_disk::FaultyDisk;
use super::support::{FakeClock, TestFolder, after, describe, empty_session, full_editor, start};

/// Far more than anything here takes; reached only when a test fails.
const DEADLINE: Duration = Duration::from_secs(60);

fn take_in(replica: &mut Replica, editor: &mut Editor) {
    for delta in editor.take_changes() {
        replica.apply(&delta).unwrap();
    }
}

/// Makes the edits one by one, and has the text after each of them, written and read back in pieces.
fn texts_are_the_same(mut editor: Editor, edits: &[Edit]) {
    let mut replica = Replica::reading_back_in_pieces_from(0, editor.session().clone());
    replica.checked_text(1).unwrap();
    for (number, edit) in (2..).zip(edits) {
        perform(&mut editor, edit);
        take_in(&mut replica, &mut editor);
        let text = replica.checked_text(number).unwrap();
        assert_eq!(*text, encode(editor.session(), number).unwrap());
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 48, ..ProptestConfig::default() })]

    #[test]
    fn the_text_of_the_pieces_is_the_text_of_the_session(edits in edits()) {
        let editor = Editor::new(empty_session("Team blue"), IdSource::new(7));
        texts_are_the_same(editor, &edits);
    }

    #[test]
    fn and_it_is_in_a_session_with_something_of_everything(edits in edits()) {
        texts_are_the_same(full_editor(), &edits);
    }

    #[test]
    fn several_changes_between_two_texts_are_all_in_the_second(edits in edits()) {
        let mut editor = full_editor();
        let mut replica = Replica::reading_back_in_pieces_from(0, editor.session().clone());
        for (number, some) in (1..).zip(edits.chunks(9)) {
            for edit in some {
                perform(&mut editor, edit);
            }
            take_in(&mut replica, &mut editor);
            let text = replica.checked_text(number).unwrap();
            assert_eq!(*text, encode(editor.session(), number).unwrap());
        }
    }
}

fn in_pieces(session: &Session) -> Replica {
    let mut replica = Replica::reading_back_in_pieces_from(0, session.clone());
    replica.checked_text(1).unwrap();
    replica
}

fn problem(replica: &mut Replica) -> String {
    match replica.checked_text(2) {
        Err(SaveError::WouldNotOpen { problem }) => problem,
        other => panic!("{other:?}"),
    }
}

#[test]
fn an_entry_that_stands_twice_is_refused_in_pieces_too() {
    let session = full_editor().session().clone();
    let mut replica = in_pieces(&session);
    let twice = Delta::Threat(Slot::put_in(0, session.threats[0].clone()));
    replica.apply(&twice).unwrap();
    assert!(problem(&mut replica).contains("stands twice"));
    replica.apply(&twice.inverse()).unwrap();
    assert_eq!(
        *replica.checked_text(3).unwrap(),
        encode(&session, 3).unwrap()
    );
}

#[test]
fn a_reference_that_leads_nowhere_is_refused_in_pieces_too() {
    let session = full_editor().session().clone();
    let linked = &session.mitigations[0].threats[0];
    let at = session
        .threats
        .iter()
        .position(|one| one.id == *linked)
        .unwrap();
    let mut replica = in_pieces(&session);
    let gone = Delta::Threat(Slot::taken_out(at, &session.threats));
    replica.apply(&gone).unwrap();
    assert!(problem(&mut replica).contains("there is no threat"));
}

#[test]
fn a_text_that_is_too_long_is_refused_in_pieces_too() {
    let session = full_editor().session().clone();
    let mut long = session.threats[0].clone();
    long.what_goes_wrong = "x".repeat(256 * 1024 + 1).into();
    let mut replica = in_pieces(&session);
    let replaced = Delta::Threat(Slot::replaced(0, &session.threats, long.clone()));
    replica.apply(&replaced).unwrap();
    let problem = problem(&mut replica);
    assert!(problem.contains("longer than 256 KiB"), "{problem}");
    // Escapes double its length in the file, and it is allowed all the same.
    long.what_goes_wrong = "\n".repeat(200 * 1024).into();
    let mut replica = in_pieces(&session);
    let replaced = Delta::Threat(Slot::replaced(0, &session.threats, long));
    replica.apply(&replaced).unwrap();
    assert!(replica.checked_text(2).is_ok());
}

#[test]
fn a_session_taken_over_as_a_whole_is_the_text_from_then_on() {
    let mut editor = full_editor();
    let mut replica = in_pieces(&empty_session("another"));
    replica.replace(editor.session().clone());
    assert_eq!(
        *replica.checked_text(2).unwrap(),
        encode(editor.session(), 2).unwrap()
    );
    describe(&mut editor, "and goes on");
    take_in(&mut replica, &mut editor);
    assert_eq!(
        *replica.checked_text(3).unwrap(),
        encode(editor.session(), 3).unwrap()
    );
}

/// A session that is large enough to be read back in pieces, with answers that nobody wants to lose.
fn large_editor() -> Editor {
    let editor = full_editor();
    let mut session = editor.session().clone();
    let model: Threat = session.threats[0].clone();
    for number in 0..6 {
        let mut threat = model.clone();
        threat.id = ron::from_str(&format!("\"t-large-{number}\"")).unwrap();
        threat.what_goes_wrong = format!("{number} {}", "a long answer, ".repeat(16_000)).into();
        session.threats.push(threat);
    }
    Editor::new(session, IdSource::new(3))
}

fn type_into(editor: &mut Editor, at: usize, remove: usize, insert: &str) {
    let id = editor.session().threats.last().unwrap().id.clone();
    let typed = Operation::EditText {
        field: TextField::Threat(id, ThreatText::WhatGoesWrong),
        at,
        remove,
        insert: insert.to_owned(),
        typing: false,
    };
    editor.perform(typed, start()).unwrap();
}

#[test]
fn a_large_session_is_saved_by_the_saver_as_it_is() {
    let test = TestFolder::new();
    let mut editor = large_editor();
    let location = test.create(editor.session());
    let writer = test.disk_writer(&location);
    let (sender, events) = mpsc::channel();
    let notify = move |event| drop(sender.send(event));
    let pace = Pace {
        first: Duration::from_secs(3_600),
        ..Pace::default()
    };
    let read_from = std::fs::read(location.path()).unwrap();
    let replica = Replica::new(editor.session().clone()).read_from(read_from);
    let clock = Arc::new(FakeClock::default());
    let saver = Saver::start(writer, replica, clock, pace, notify)
        .ok()
        .unwrap();
    for sequence in 2..6 {
        type_into(&mut editor, 0, 1, "typed \"here\"\n");
        saver.handle().changes(editor.take_changes());
        let outcome = saver.handle().save_now(DEADLINE);
        assert!(matches!(outcome, Outcome::Safe { .. }), "{outcome:?}");
        let bytes = std::fs::read(location.path()).unwrap();
        assert!(bytes.len() > 1024 * 1024, "large enough for pieces");
        assert_eq!(
            bytes,
            encode(editor.session(), sequence).unwrap().into_bytes()
        );
        let SaverEvent::Saved { bytes: said, .. } = events.recv_timeout(DEADLINE).unwrap() else {
            panic!()
        };
        assert_eq!(said, bytes.len());
    }
    type_into(&mut editor, 0, 0, "the last words, ");
    saver.handle().changes(editor.take_changes());
    assert!(saver.finish(DEADLINE).is_ok());
    assert_eq!(test.session(&location), *editor.session());
}

/// A large session on disk, saved once by this writer.
struct Large {
    test: TestFolder,
    editor: Editor,
    replica: Replica,
    writer: Writer,
    disk: FaultyDisk,
}

impl Large {
    fn new() -> Self {
        let test = TestFolder::new();
        let editor = large_editor();
        let location = test.create(editor.session());
        let disk = FaultyDisk::default();
        let mut large = Self {
            writer: test.writer(&location, disk.clone()),
            replica: Replica::new(editor.session().clone()),
            test,
            editor,
            disk,
        };
        type_into(&mut large.editor, 0, 0, "begun, ");
        large.save(1).unwrap();
        large
    }

    fn save(&mut self, second: i64) -> Result<(), SaveError> {
        take_in(&mut self.replica, &mut self.editor);
        let saved = self.writer.save_replica(&mut self.replica, after(second));
        saved.map(|_| ())
    }

    fn on_disk(&self) -> Session {
        let bytes = std::fs::read(self.writer.location().path()).unwrap();
        let loaded = decode(&bytes).unwrap();
        assert_eq!(loaded.integrity, Integrity::Intact);
        loaded.session
    }
}

#[test]
fn text_that_goes_from_a_large_session_is_kept_first() {
    let mut large = Large::new();
    let before = large.editor.session().clone();
    type_into(&mut large.editor, 0, 150_000, "");
    large.save(2).unwrap();
    let location = large.writer.location().clone();
    let newest = &large.test.folder.history(&location).unwrap()[0];
    let kept = decode(&std::fs::read(&newest.path).unwrap()).unwrap();
    assert_eq!(kept.session, before);
    assert_eq!(kept.integrity, Integrity::Intact);
}

#[test]
fn a_large_answer_eaten_by_a_stuck_key_is_kept_as_it_was() {
    let mut large = Large::new();
    for second in 1..8 {
        type_into(&mut large.editor, 0, 0, "x");
        large.save(second * 8).unwrap();
    }
    let before = large.editor.session().clone();
    for second in 57..62 {
        type_into(&mut large.editor, 0, 60, "");
        large.save(second).unwrap();
    }
    let location = large.writer.location().clone();
    let versions = large.test.folder.history(&location).unwrap();
    let kept = versions.iter().any(|one| {
        let version = decode(&std::fs::read(&one.path).unwrap()).unwrap();
        assert_eq!(version.integrity, Integrity::Intact);
        let answer = |session: &Session| {
            let last = session.threats.last().unwrap();
            last.what_goes_wrong.raw().to_owned()
        };
        answer(&before).ends_with(&answer(&version.session))
            && answer(&before).len() - answer(&version.session).len() < 20
    });
    assert!(kept, "{versions:?}");
}

#[test]
fn a_large_session_that_would_not_open_again_is_not_written() {
    let mut large = Large::new();
    let before = large.on_disk();
    let twice = large.editor.session().threats[0].clone();
    let twice = Delta::Threat(Slot::put_in(0, twice));
    large.replica.apply(&twice).unwrap();
    large.disk.repair();
    let error = large.save(2).unwrap_err();
    assert!(error.reason().contains("stands twice"), "{error}");
    assert!(!large.disk.calls().contains(&"create".to_owned()));
    assert_eq!(large.on_disk(), before);
    large.replica.apply(&twice.inverse()).unwrap();
    type_into(&mut large.editor, 0, 0, "on it goes, ");
    large.save(3).unwrap();
    assert_eq!(large.on_disk(), *large.editor.session());
}
