//! The saver's thread: it saves in time, sleeps otherwise, tries again, and gives nothing up.

use std::path::Path;
use std::sync::Arc;
use std::sync::mpsc::{self, Receiver};
use std::thread;
use std::time::{Duration, Instant};

use astride::session::edit::{Editor, Operation};
use astride::session::place::{Place, Step, TextField};
use astride::session::types::Session;
use astride::store::{
    Clock, Disk, Files, Location, Locking, Outcome, Pace, Replica, SaveError, SaveHandle, Saver,
    SaverEvent, SessionName, SystemClock, acquire_lock,
};
use pretty_assertions::assert_eq;

use super::edits::{edits, perform};
use super::faulty_disk::FaultyDisk;
use super::support::{FakeClock, TestFolder, describe, full_editor, owner, start};

/// Far more than anything here takes; reached only when a test fails.
const DEADLINE: Duration = Duration::from_secs(20);

struct Scene {
    test: TestFolder,
    location: Location,
    editor: Editor,
    saver: Option<Saver>,
    events: Receiver<SaverEvent>,
}

fn quick() -> Pace {
    Pace {
        first: Duration::from_millis(1),
        interval: Duration::from_millis(2),
        retries: [1, 2, 3, 4].map(Duration::from_millis),
    }
}

impl Scene {
    fn new(files: impl Files + 'static, clock: Arc<dyn Clock>, pace: Pace) -> Self {
        let test = TestFolder::new();
        let editor = full_editor();
        let location = test.create(editor.session());
        let writer = test.writer(&location, files);
        let (sender, events) = mpsc::channel();
        let notify = move |event| sender.send(event).unwrap();
        let replica = Replica::new(editor.session().clone());
        let saver = Saver::start(writer, replica, clock, pace, notify).ok();
        Self {
            test,
            location,
            editor,
            saver,
            events,
        }
    }

    fn quick(files: impl Files + 'static) -> Self {
        Self::new(files, Arc::new(SystemClock::start()), quick())
    }

    /// One that never saves by itself: its clock stands.
    fn standing() -> Self {
        let pace = Pace {
            first: Duration::from_secs(3_600),
            interval: Duration::from_secs(3_600),
            ..quick()
        };
        Self::new(Disk, Arc::new(FakeClock::default()), pace)
    }

    fn handle(&self) -> &SaveHandle {
        self.saver.as_ref().unwrap().handle()
    }

    fn type_in(&mut self, text: &str) {
        describe(&mut self.editor, text);
        let changes = self.editor.take_changes();
        self.handle().changes(changes);
    }

    fn move_about(&mut self, cursor: usize) {
        self.editor.set_place(Place {
            step: Step::Scope,
            cell: None,
            field: Some(TextField::Description),
            cursor,
        });
        let changes = self.editor.take_changes();
        self.handle().changes(changes);
    }

    fn next_event(&self) -> SaverEvent {
        self.events.recv_timeout(DEADLINE).unwrap()
    }

    fn next_saved(&self) -> u64 {
        loop {
            if let SaverEvent::Saved { sequence, .. } = self.next_event() {
                return sequence;
            }
        }
    }

    fn on_disk(&self) -> Session {
        self.test.session(&self.location)
    }

    fn finish(&mut self) -> Outcome {
        let saver = self.saver.take().unwrap();
        saver.finish(DEADLINE).ok().unwrap()
    }
}

fn safe(path: &Path, sequence: u64) -> Outcome {
    Outcome::Safe {
        path: path.to_owned(),
        sequence,
    }
}

#[test]
fn what_is_typed_is_on_disk_without_anyone_asking() {
    let mut scene = Scene::quick(Disk);
    scene.type_in("typed");
    assert_eq!(scene.next_saved(), 2);
    assert_eq!(scene.on_disk(), *scene.editor.session());
    scene.type_in("typed, and more");
    assert_eq!(scene.next_saved(), 3);
    assert_eq!(scene.on_disk(), *scene.editor.session());
}

#[test]
fn the_usual_pace_saves_within_half_a_second() {
    let clock = Arc::new(SystemClock::start());
    let mut scene = Scene::new(Disk, clock, Pace::default());
    let begun = Instant::now();
    scene.type_in("typed");
    scene.next_saved();
    let waited = begun.elapsed();
    assert!(waited >= Duration::from_millis(90), "{waited:?}");
    assert_eq!(scene.on_disk(), *scene.editor.session());
}

#[test]
fn a_saved_event_says_what_is_on_disk() {
    let mut scene = Scene::standing();
    scene.type_in("typed");
    let outcome = scene.handle().save_now(DEADLINE);
    assert_eq!(outcome, safe(scene.location.path(), 2));
    let expected = SaverEvent::Saved {
        at: start(),
        sequence: 2,
        bytes: usize::try_from(std::fs::metadata(scene.location.path()).unwrap().len()).unwrap(),
        changes: 1,
        warning: None,
    };
    assert_eq!(scene.next_event(), expected);
}

#[test]
fn many_changes_are_one_save() {
    let mut scene = Scene::standing();
    for number in 0..500 {
        scene.type_in(&format!("version {number}"));
    }
    assert_eq!(
        scene.handle().save_now(DEADLINE),
        safe(scene.location.path(), 2)
    );
    assert_eq!(scene.on_disk().description, "version 499");
}

#[test]
fn a_save_that_nothing_changed_for_writes_nothing() {
    let scene = Scene::standing();
    let modified = std::fs::metadata(scene.location.path())
        .unwrap()
        .modified()
        .unwrap();
    assert_eq!(
        scene.handle().save_now(DEADLINE),
        safe(scene.location.path(), 1)
    );
    let now = std::fs::metadata(scene.location.path())
        .unwrap()
        .modified()
        .unwrap();
    assert_eq!(modified, now);
    assert!(scene.events.try_recv().is_err());
}

#[test]
fn a_moved_place_is_saved_with_the_next_change_or_at_the_end() {
    let mut scene = Scene::quick(Disk);
    scene.move_about(3);
    // The place alone is not saved by itself: the next save is that of the change.
    scene.type_in("typed");
    assert_eq!(scene.next_saved(), 2);
    assert_eq!(scene.on_disk().working.place.cursor, 3);
    scene.move_about(7);
    assert_eq!(scene.finish(), safe(scene.location.path(), 3));
    assert_eq!(scene.on_disk().working.place.cursor, 7);
}

#[test]
fn undo_and_every_other_edit_reach_the_disk() {
    use proptest::strategy::{Strategy, ValueTree};
    let mut runner = proptest::test_runner::TestRunner::deterministic();
    for _ in 0..20 {
        let mut scene = Scene::standing();
        let edits = edits().new_tree(&mut runner).unwrap().current();
        for edit in &edits {
            perform(&mut scene.editor, edit);
            let changes = scene.editor.take_changes();
            scene.handle().changes(changes);
        }
        scene.finish();
        assert_eq!(scene.on_disk(), *scene.editor.session());
    }
}

#[test]
fn a_failed_save_is_said_and_tried_again_until_it_succeeds() {
    let disk = FaultyDisk::default();
    let mut scene = Scene::quick(disk.clone());
    disk.break_all("write", 28);
    scene.type_in("typed on a full disk");
    let mut waits = Vec::new();
    while waits.len() < 6 {
        match scene.next_event() {
            SaverEvent::Failed { error, retry_in } => {
                assert!(error.reason().ends_with("the disk is full"), "{error}");
                waits.push(retry_in.as_millis());
            }
            other => panic!("{other:?}"),
        }
    }
    assert_eq!(waits, [1, 2, 3, 4, 4, 4]);
    scene.type_in("typed on a full disk, and more");
    disk.repair();
    scene.next_saved();
    scene.finish();
    assert_eq!(
        scene.on_disk().description,
        "typed on a full disk, and more"
    );
}

#[test]
fn an_end_that_begins_while_nobody_waits_saves_all_the_same() {
    let disk = FaultyDisk::default();
    let mut scene = Scene::quick(disk.clone());
    scene.type_in("typed before the end");
    let mut saver = scene.saver.take().unwrap();
    disk.break_all("rename", 30);
    saver.begin_to_finish();
    let unfinished = saver.finish(DEADLINE).err().unwrap();
    assert!(matches!(unfinished.outcome, Outcome::Failed(_)));
    disk.repair();
    let mut saver = unfinished.saver;
    saver.begin_to_finish();
    let outcome = saver.finish(DEADLINE).ok().unwrap();
    assert!(matches!(outcome, Outcome::Safe { .. }));
    assert_eq!(scene.on_disk().description, "typed before the end");
}

#[test]
fn an_end_that_cannot_save_gives_the_saver_back() {
    let disk = FaultyDisk::default();
    let mut scene = Scene::quick(disk.clone());
    disk.break_all("rename", 30);
    scene.type_in("not yet on disk");
    let unfinished = scene.saver.take().unwrap().finish(DEADLINE).err().unwrap();
    assert!(matches!(unfinished.outcome, Outcome::Failed(_)));
    disk.repair();
    let outcome = unfinished.saver.finish(DEADLINE).ok().unwrap();
    assert!(matches!(outcome, Outcome::Safe { .. }));
    assert_eq!(scene.on_disk().description, "not yet on disk");
}

#[test]
fn another_folder_takes_over_when_the_first_one_fails() {
    let disk = FaultyDisk::default();
    let mut scene = Scene::quick(disk.clone());
    disk.break_all("sync", 5);
    scene.type_in("saved elsewhere");
    assert!(matches!(scene.next_event(), SaverEvent::Failed { .. }));
    let other = TestFolder::new();
    let wanted = SessionName::from_title("Team blue");
    let (place, permit) = other.folder.claim(&wanted, &owner()).unwrap();
    disk.repair();
    let outcome = scene.handle().move_to(place.clone(), permit, DEADLINE);
    assert!(matches!(outcome, Outcome::Safe { ref path, .. } if path == place.path()));
    assert_eq!(other.session(&place).description, "saved elsewhere");
}

#[test]
fn another_folder_that_fails_too_is_given_up_and_the_first_one_is_tried_again() {
    let disk = FaultyDisk::default();
    let mut scene = Scene::quick(disk.clone());
    disk.break_all("sync", 28);
    scene.type_in("saved where it was");
    assert!(matches!(scene.next_event(), SaverEvent::Failed { .. }));
    let other = TestFolder::new();
    let wanted = SessionName::from_title("Team blue");
    let (place, permit) = other.folder.claim(&wanted, &owner()).unwrap();
    let outcome = scene.handle().move_to(place.clone(), permit, DEADLINE);
    assert!(matches!(outcome, Outcome::Failed(_)), "{outcome:?}");
    disk.repair();
    let outcome = scene.handle().save_now(DEADLINE);
    assert!(matches!(outcome, Outcome::Safe { ref path, .. } if path == scene.location.path()));
    assert_eq!(scene.on_disk().description, "saved where it was");
    assert!(!place.path().exists());
}

#[test]
fn a_saved_event_counts_the_changes_that_are_in_it() {
    let mut scene = Scene::standing();
    for text in ["one", "one two", "one two three"] {
        scene.type_in(text);
    }
    scene.handle().save_now(DEADLINE);
    scene.type_in("one two three four");
    let SaverEvent::Saved { changes, .. } = scene.next_event() else {
        panic!()
    };
    assert_eq!(changes, 3, "the fourth is not on disk");
}

#[test]
fn a_conflict_is_said_and_both_files_stay() {
    let mut scene = Scene::standing();
    std::fs::write(scene.location.path(), "somebody else's").unwrap();
    scene.type_in("ours");
    let Outcome::Safe { path, .. } = scene.handle().save_now(DEADLINE) else {
        panic!()
    };
    let SaverEvent::Conflict(conflict) = scene.next_event() else {
        panic!()
    };
    assert_eq!(conflict.theirs, scene.location.path());
    assert_eq!(conflict.ours, path);
    assert_eq!(
        std::fs::read(scene.location.path()).unwrap(),
        b"somebody else's"
    );
    let ours = scene.test.folder.resolve(path.to_str().unwrap()).unwrap();
    assert_eq!(scene.test.session(&ours), *scene.editor.session());
}

#[test]
fn the_end_saves_what_is_not_saved_and_lets_the_lock_go() {
    let mut scene = Scene::standing();
    scene.type_in("typed just before the end");
    let held = acquire_lock(&scene.location.lock_file(), &owner());
    assert!(matches!(held, Locking::HeldByOther { .. }));
    assert_eq!(scene.finish(), safe(scene.location.path(), 2));
    assert_eq!(scene.on_disk(), *scene.editor.session());
    let free = acquire_lock(&scene.location.lock_file(), &owner());
    assert!(matches!(free, Locking::Held(_)));
}

#[test]
fn a_saver_that_is_dropped_saves_first() {
    let mut scene = Scene::standing();
    scene.type_in("typed before an early return");
    drop(scene.saver.take());
    assert_eq!(scene.on_disk(), *scene.editor.session());
}

#[test]
fn a_panic_on_any_thread_can_have_everything_saved() {
    let mut scene = Scene::standing();
    scene.type_in("typed before the panic");
    let handle = scene.handle().clone();
    let outcome = thread::spawn(move || handle.save_now(DEADLINE))
        .join()
        .unwrap();
    assert_eq!(outcome, safe(scene.location.path(), 2));
    assert_eq!(scene.on_disk(), *scene.editor.session());
}

#[test]
fn who_asks_after_the_end_hears_what_was_saved_last() {
    let mut scene = Scene::standing();
    scene.type_in("typed");
    let handle = scene.handle().clone();
    scene.finish();
    assert_eq!(handle.save_now(DEADLINE), safe(scene.location.path(), 2));
}

#[test]
fn a_disk_that_hangs_is_not_waited_for() {
    let (release, gate) = mpsc::channel::<()>();
    let test = TestFolder::new();
    let mut editor = full_editor();
    let location = test.create(editor.session());
    let writer = test.disk_writer(&location);
    let clock: Arc<dyn Clock> = Arc::new(SystemClock::start());
    // The thread hangs while it tells of the first save, as it would in a call to the disk.
    let gate = std::sync::Mutex::new(gate);
    let notify = move |_| {
        let _ = gate.lock().unwrap().recv_timeout(DEADLINE);
    };
    let replica = Replica::new(editor.session().clone());
    let saver = Saver::start(writer, replica, clock, quick(), notify);
    let saver = saver.ok().unwrap();
    describe(&mut editor, "typed");
    saver.handle().changes(editor.take_changes());
    let outcome = saver.handle().save_now(Duration::from_millis(20));
    assert_eq!(outcome, Outcome::NoAnswer);
    // Handing changes over never waits.
    describe(&mut editor, "typed meanwhile");
    saver.handle().changes(editor.take_changes());
    drop(release);
    assert!(saver.finish(DEADLINE).is_ok());
    assert_eq!(test.session(&location).description, "typed meanwhile");
}

#[test]
fn a_change_that_does_not_fit_is_said_and_the_whole_session_puts_it_right() {
    let mut scene = Scene::standing();
    scene.type_in("first");
    // A change goes missing on the way.
    describe(&mut scene.editor, "lost on the way, and longer");
    drop(scene.editor.take_changes());
    scene.type_in("third");
    assert_eq!(scene.next_event(), SaverEvent::OutOfStep);
    // What was good before is still saved, and nobody says that it is everything.
    let outcome = scene.handle().save_now(DEADLINE);
    assert_eq!(outcome, Outcome::Failed(SaveError::OutOfStep));
    assert_eq!(scene.on_disk().description, "first");
    assert_eq!(scene.next_saved(), 2);
    scene.handle().replace(scene.editor.session().clone());
    scene.type_in("fourth");
    let outcome = scene.handle().save_now(DEADLINE);
    assert_eq!(outcome, safe(scene.location.path(), 3));
    assert_eq!(scene.on_disk(), *scene.editor.session());
}

#[test]
fn saving_a_session_that_cannot_be_saved_goes_on_after_an_undo() {
    let mut scene = Scene::quick(Disk);
    let threat = scene.editor.session().threats[0].id.clone();
    let operation = Operation::AddMitigation {
        threat,
        what: "much".into(),
        verify: "x".repeat(300 * 1024).into(),
        controls: Vec::new(),
    };
    scene.editor.perform(operation, start()).unwrap();
    let changes = scene.editor.take_changes();
    scene.handle().changes(changes);
    let SaverEvent::Failed { error, .. } = scene.next_event() else {
        panic!()
    };
    assert!(error.reason().contains("longer than 256 KiB"), "{error}");
    scene.editor.undo();
    scene.type_in("shorter");
    scene.next_saved();
    scene.finish();
    assert_eq!(scene.on_disk(), *scene.editor.session());
}

#[test]
fn time_only_matters_while_something_is_not_saved() {
    let clock = Arc::new(FakeClock::default());
    let mut scene = Scene::new(Disk, Arc::clone(&clock) as Arc<dyn Clock>, Pace::default());
    scene.type_in("typed");
    clock.advance(Duration::from_millis(100));
    // Whatever wakes it, it sees that the time has come.
    scene.type_in("typed, and more");
    assert_eq!(scene.next_saved(), 2);
    clock.advance(Duration::from_secs(3_600));
    scene.move_about(1);
    assert_eq!(scene.finish(), safe(scene.location.path(), 3));
}
