//! Earlier versions: when one is kept, what is kept for how long, and bringing one back.

use astride::session::edit::{Editor, Operation};
use astride::session::place::{CellKey, DraftKey, TextField};
use astride::store::{FolderError, Generation, GenerationId, Integrity, Location, Writer, decode};
use astride::stride::Category;
use pretty_assertions::assert_eq;

use super::faulty_disk::FaultyDisk;
use super::support::{TestFolder, after, describe, empty_session, full_editor, id, owner, start};

const ANSWER: &str = "Anybody who reaches the socket of the daemon is root on the host, and our \
    build agents mount it into jobs that come from forks.";

struct Scene {
    test: TestFolder,
    location: Location,
    editor: Editor,
    writer: Writer,
}

impl Scene {
    fn new() -> Self {
        let test = TestFolder::new();
        let editor = full_editor();
        let location = test.create(editor.session());
        let writer = test.disk_writer(&location);
        Self {
            test,
            location,
            editor,
            writer,
        }
    }

    /// Saves the description at a second and returns the number of the save.
    fn save(&mut self, text: &str, second: i64) -> u64 {
        describe(&mut self.editor, text);
        let saved = self.writer.save(self.editor.session(), after(second));
        saved.unwrap().sequence
    }

    fn history(&self) -> Vec<Generation> {
        self.test.folder.history(&self.location).unwrap()
    }

    fn numbers(&self) -> Vec<String> {
        self.history()
            .iter()
            .map(|one| one.id.to_string())
            .collect()
    }

    fn kept_descriptions(&self) -> Vec<String> {
        let read = |one: &Generation| decode(&std::fs::read(&one.path).unwrap()).unwrap();
        let versions = self.history();
        versions
            .iter()
            .map(|one| read(one).session.description.into_raw())
            .collect()
    }
}

#[test]
fn the_version_found_at_the_start_is_kept_and_then_one_every_three_minutes() {
    let mut scene = Scene::new();
    assert_eq!(scene.numbers(), Vec::<String>::new());
    assert_eq!(scene.save("a", 1), 2);
    assert_eq!(scene.numbers(), ["1"], "the file as it was found");
    for second in 2..180 {
        scene.save(&"a".repeat(usize::try_from(second).unwrap()), second);
    }
    assert_eq!(scene.numbers(), ["1"]);
    scene.save(&"a".repeat(200), 181);
    assert_eq!(scene.numbers(), ["180", "1"]);
}

#[test]
fn text_that_goes_is_kept_first() {
    let mut scene = Scene::new();
    scene.save("short", 1);
    let full = scene.save(ANSWER, 2);
    scene.save("", 3);
    assert_eq!(scene.numbers()[0], full.to_string());
    assert_eq!(scene.kept_descriptions()[0], ANSWER);
}

#[test]
fn a_removed_threat_is_kept_first() {
    let mut scene = Scene::new();
    scene.save("a", 1);
    let cell = CellKey {
        component: id("docker-host"),
        category: Category::Tampering,
    };
    let title = "The registry hands out images that nobody signed".into();
    let add = Operation::AddThreat { cell, title };
    scene.editor.perform(add, start()).unwrap();
    let with_threat = scene.save("ab", 2);
    let threat = scene.editor.session().threats.last().unwrap().id.clone();
    scene
        .editor
        .perform(Operation::RemoveThreat(threat), start())
        .unwrap();
    scene.save("abc", 3);
    assert_eq!(scene.numbers()[0], with_threat.to_string());
}

#[test]
fn a_draft_that_becomes_a_threat_is_no_loss() {
    let mut scene = Scene::new();
    scene.save("a", 1);
    let cell = CellKey {
        component: id("docker-host"),
        category: Category::Tampering,
    };
    let draft = Operation::EditText {
        field: TextField::Draft(DraftKey::Threat(cell.clone())),
        at: 0,
        remove: 0,
        insert: "Images come from a registry that nobody watches ".to_owned(),
        typing: true,
    };
    scene.editor.perform(draft, start()).unwrap();
    scene.save("ab", 2);
    let title = "Images come from a registry that nobody watches".into();
    let add = Operation::AddThreat { cell, title };
    scene.editor.perform(add, start()).unwrap();
    scene.save("abc", 3);
    assert_eq!(scene.numbers(), ["1"]);
}

#[test]
fn an_answer_eaten_by_a_stuck_key_is_kept_as_it_was() {
    let mut scene = Scene::new();
    for second in 0..60 {
        scene.save(ANSWER, second * 2);
    }
    let mut left = ANSWER.len();
    while left > 0 {
        left = left.saturating_sub(2);
        describe(&mut scene.editor, &ANSWER[..left]);
        let milliseconds = i64::try_from(ANSWER.len() - left).unwrap() * 33;
        let now = after(120) + jiff::SignedDuration::from_millis(milliseconds);
        scene.writer.save(scene.editor.session(), now).unwrap();
    }
    assert!(scene.kept_descriptions().contains(&ANSWER.to_owned()));
    assert!(
        scene.history().len() < 6,
        "and not at every save: {:?}",
        scene.numbers()
    );
}

#[test]
fn no_more_than_twenty_versions_of_one_day_are_kept() {
    let mut scene = Scene::new();
    for minute in 0..40 {
        scene.save(&format!("{ANSWER} {minute}"), minute * 200);
    }
    assert_eq!(scene.history().len(), 20);
    let newest = scene.history()[0].id.sequence;
    assert_eq!(newest, 40, "the one before the last save");
}

#[test]
fn a_file_changed_by_hand_is_kept_before_it_is_replaced() {
    let mut scene = Scene::new();
    scene.save("ours", 1);
    let Scene {
        test,
        location,
        mut editor,
        writer,
    } = scene;
    drop(writer);
    let by_hand = std::fs::read_to_string(location.path()).unwrap();
    let by_hand = by_hand.replace("\"ours\"", "\"by hand\"") + "// a comment of mine\n";
    std::fs::write(location.path(), &by_hand).unwrap();

    let opened = test.folder.read(&location).unwrap();
    assert_eq!(opened.loaded.integrity, Integrity::ChangedOutside);
    assert_eq!(opened.loaded.session.description, "by hand");
    let mut writer = test.disk_writer(&location);
    describe(&mut editor, "by hand and here");
    assert_eq!(
        writer.save(editor.session(), after(2)).unwrap().conflict,
        None
    );
    let history = test.folder.history(&location).unwrap();
    assert_eq!(std::fs::read_to_string(&history[0].path).unwrap(), by_hand);
}

#[test]
fn a_damaged_session_is_restored_from_its_newest_good_version_and_kept() {
    let mut scene = Scene::new();
    scene.save(ANSWER, 1);
    scene.save("", 2);
    let Scene {
        test,
        location,
        writer,
        ..
    } = scene;
    drop(writer);
    let damage = b"// astride session, format 1, save 3\n(\n    title: \"Te";
    std::fs::write(location.path(), damage).unwrap();
    assert!(test.folder.read(&location).unwrap_err().is_damage());

    let good = test.folder.newest_good_version(&location).unwrap();
    assert_eq!(
        good.id,
        GenerationId {
            sequence: 2,
            copy: 1
        }
    );
    let restored = test.folder.restore(&location, good.id, &owner()).unwrap();
    assert_eq!(restored.opened.loaded.session.description, ANSWER);
    assert_eq!(restored.opened.loaded.sequence, 4);
    // The damaged file is one of the versions now.
    let history = test.folder.history(&location).unwrap();
    assert_eq!(std::fs::read(&history[0].path).unwrap(), damage);
    assert_eq!(restored.kept, Some(history[0].id));
    // And it does not hide the good ones.
    assert_eq!(
        test.folder.newest_good_version(&location).unwrap().id,
        good.id
    );
}

#[test]
fn a_restore_can_be_taken_back() {
    let mut scene = Scene::new();
    scene.save(ANSWER, 1);
    scene.save("new", 2);
    let Scene {
        test,
        location,
        writer,
        ..
    } = scene;
    drop(writer);
    let old = GenerationId {
        sequence: 2,
        copy: 1,
    };
    test.folder.restore(&location, old, &owner()).unwrap();
    assert_eq!(test.session(&location).description, ANSWER);
    let newest = test.folder.history(&location).unwrap()[0].id;
    test.folder.restore(&location, newest, &owner()).unwrap();
    assert_eq!(test.session(&location).description, "new");
}

#[test]
fn a_session_that_is_open_is_not_restored_under_its_window() {
    let mut scene = Scene::new();
    scene.save("a", 1);
    let first = GenerationId {
        sequence: 1,
        copy: 1,
    };
    let error = scene.test.folder.restore(&scene.location, first, &owner());
    assert!(matches!(error, Err(FolderError::InUse { .. })));
}

#[test]
fn a_session_that_is_gone_comes_back_from_its_history() {
    let mut scene = Scene::new();
    scene.save(ANSWER, 1);
    scene.save("", 2);
    let Scene {
        test,
        location,
        writer,
        ..
    } = scene;
    drop(writer);
    std::fs::remove_file(location.path()).unwrap();
    let error = test.folder.read(&location).unwrap_err();
    assert!(
        error
            .explain()
            .meaning
            .contains("2 earlier versions of it are kept"),
        "{error}"
    );
    let kept = GenerationId {
        sequence: 2,
        copy: 1,
    };
    test.folder.restore(&location, kept, &owner()).unwrap();
    assert_eq!(test.session(&location).description, ANSWER);
    // A new session with the same title does not take the history over.
    std::fs::remove_file(location.path()).unwrap();
    let other = test.create(&empty_session("Team blue"));
    assert_eq!(other.name().unwrap().as_str(), "team-blue-2");
}

#[test]
fn numbers_go_on_after_the_newest_version_that_is_kept() {
    let mut scene = Scene::new();
    for second in 0..3 {
        scene.save(&format!("{ANSWER} {second}"), second * 200);
    }
    let Scene {
        test,
        location,
        writer,
        mut editor,
    } = scene;
    drop(writer);
    // An older copy is put in place, as by a backup or by git.
    let old = &test.folder.history(&location).unwrap()[1];
    std::fs::copy(&old.path, location.path()).unwrap();
    let disk = FaultyDisk::default();
    let mut writer = test.writer(&location, disk);
    describe(&mut editor, "on from the old copy");
    let saved = writer.save(editor.session(), after(9_000)).unwrap();
    assert_eq!(saved.sequence, 4, "3 is a version that is kept");
}
