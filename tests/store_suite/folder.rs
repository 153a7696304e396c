//! The data folder: names that cannot leave it, lists that hide nothing, and a trash that gives
//! everything back.

use std::path::Path;

use astride::store::{
    DataFolder, FolderError, Integrity, Location, OpenError, SessionName, acquire_lock, encode,
};
use pretty_assertions::assert_eq;

use super::support::{
    TestFolder, after, describe, empty_session, full_editor, full_session, owner,
};

fn name(text: &str) -> SessionName {
    SessionName::new(text).unwrap()
}

fn names(folder: &DataFolder) -> Vec<String> {
    let mut names: Vec<String> = folder
        .list()
        .unwrap()
        .into_iter()
        .map(|entry| entry.name.to_string())
        .collect();
    names.sort();
    names
}

fn set_modified(path: &Path, second: i64) {
    let time = std::time::SystemTime::from(after(second));
    let file = std::fs::File::options().write(true).open(path).unwrap();
    file.set_modified(time).unwrap();
}

#[test]
fn nothing_is_made_before_something_is_saved() {
    let test = TestFolder::new();
    assert_eq!(test.folder.list().unwrap(), []);
    assert_eq!(test.folder.list_trash().unwrap(), []);
    let missing = test.folder.location(&name("x")).unwrap();
    assert!(test.folder.open(&missing, &owner()).is_err());
    assert!(!test.folder.root().exists());
}

#[test]
fn sessions_of_one_title_get_numbers() {
    let test = TestFolder::new();
    for _ in 0..3 {
        test.create(&empty_session("Team Blue!"));
    }
    assert_eq!(
        names(&test.folder),
        ["team-blue", "team-blue-2", "team-blue-3"]
    );
}

#[test]
fn the_last_changed_session_comes_first_and_damaged_ones_are_listed() {
    let test = TestFolder::new();
    for (title, second) in [("one", 10), ("two", 30), ("three", 20)] {
        set_modified(test.create(&empty_session(title)).path(), second);
    }
    let damaged = test.folder.root().join("sessions").join("four.ron");
    std::fs::write(&damaged, "(").unwrap();
    set_modified(&damaged, 25);
    let entries = test.folder.list().unwrap();
    let order: Vec<&str> = entries.iter().map(|entry| entry.name.as_str()).collect();
    assert_eq!(order, ["two", "four", "three", "one"]);
    assert_eq!(entries[0].modified, after(30));
    assert!(test.folder.summary(&name("four")).unwrap_err().is_damage());
}

#[test]
fn what_is_not_a_session_is_not_listed() {
    let test = TestFolder::new();
    test.create(&empty_session("one"));
    let sessions = test.folder.root().join("sessions");
    std::fs::create_dir(sessions.join("folder.ron")).unwrap();
    for file in [".one.abcdefgh.tmp", "notes.txt", ".hidden.ron", "one.lock"] {
        std::fs::write(sessions.join(file), "x").unwrap();
    }
    assert_eq!(names(&test.folder), ["one"]);
}

#[test]
fn the_summary_says_how_far_a_session_is() {
    let test = TestFolder::new();
    let mut editor = full_editor();
    describe(&mut editor, "x");
    let location = test.create(editor.session());
    let summary = test.folder.summary(location.name().unwrap()).unwrap();
    assert_eq!(summary.title, editor.session().title);
    assert_eq!(summary.brief, editor.session().brief);
    assert_eq!(summary.threats, editor.session().threats.len());
    assert_eq!(summary.cells, editor.session().components.len() * 6);
    assert!(summary.answered > 0 && summary.answered < summary.cells);
    assert_eq!(summary.place, editor.session().working.place);
    assert_eq!(summary.integrity, Integrity::Intact);
}

#[test]
fn a_name_is_looked_up_in_the_folder_and_a_path_where_it_leads() {
    let test = TestFolder::new();
    let location = test.create(&empty_session("one"));
    assert_eq!(test.folder.resolve("one").unwrap().path(), location.path());
    // By its path it is the same session, with the same lock and history.
    let by_path = test
        .folder
        .resolve(location.path().to_str().unwrap())
        .unwrap();
    assert_eq!(by_path.lock_file(), location.lock_file());
    assert_eq!(by_path.history(), location.history());

    let outside = test.outside("model.ron");
    std::fs::write(&outside, encode(&full_session(), 3).unwrap()).unwrap();
    let elsewhere = test.folder.resolve(outside.to_str().unwrap()).unwrap();
    assert_eq!(elsewhere.name(), None);
    assert_eq!(test.session(&elsewhere), full_session());
}

#[test]
fn names_and_paths_are_not_mistaken_for_each_other() {
    let test = TestFolder::new();
    for bad in [
        "..",
        "",
        "-x",
        "a\nb",
        "C:x",
        "nul",
        "/etc/passwd",
        "../x",
        "./x",
    ] {
        let error = test.folder.resolve(bad).unwrap_err();
        assert!(
            matches!(error, OpenError::NotAName { .. }),
            "{bad:?}: {error}"
        );
        assert!(!error.to_string().contains('\n'));
    }
}

#[test]
fn a_session_outside_leaves_nothing_beside_itself() {
    let test = TestFolder::new();
    let repository = test.outside("repository");
    std::fs::create_dir(&repository).unwrap();
    let path = repository.join("model.ron");
    let mut editor = full_editor();
    std::fs::write(&path, encode(editor.session(), 3).unwrap()).unwrap();
    let location = test.folder.resolve(path.to_str().unwrap()).unwrap();
    let mut writer = test.disk_writer(&location);
    describe(&mut editor, "changed in place");
    writer.save(editor.session(), after(1)).unwrap();
    let beside: Vec<_> = std::fs::read_dir(&repository).unwrap().collect();
    assert_eq!(beside.len(), 1);
    assert_eq!(test.session(&location), *editor.session());
    // Its lock and its earlier versions are in the data folder.
    assert!(location.lock_file().starts_with(test.folder.root()));
    assert_eq!(test.folder.history(&location).unwrap().len(), 1);
}

#[test]
fn a_missing_session_is_told_with_similar_names() {
    let test = TestFolder::new();
    test.create(&empty_session("Team blue"));
    let missing = test.folder.resolve("team-bleu").unwrap();
    let error = test.folder.open(&missing, &owner()).unwrap_err();
    let said = error.to_string();
    assert_eq!(
        said,
        "There is no session 'team-bleu'. Nothing was opened. Did you mean team-blue?"
    );
    assert!(!missing.lock_file().exists());
}

#[cfg(unix)]
mod links {
    use std::os::unix::fs::symlink;

    use pretty_assertions::assert_eq;

    use super::*;

    #[test]
    fn a_save_replaces_what_a_link_leads_to_and_not_the_link() {
        let test = TestFolder::new();
        test.create(&empty_session("other"));
        let target = test.outside("model.ron");
        let mut editor = full_editor();
        std::fs::write(&target, encode(editor.session(), 1).unwrap()).unwrap();
        let link = test.folder.root().join("sessions").join("linked.ron");
        symlink(&target, &link).unwrap();

        let location = test.folder.resolve("linked").unwrap();
        let by_path = test.folder.resolve(target.to_str().unwrap()).unwrap();
        assert_eq!(
            location.lock_file(),
            by_path.lock_file(),
            "one file, one lock"
        );
        let mut writer = test.disk_writer(&location);
        describe(&mut editor, "through the link");
        writer.save(editor.session(), after(1)).unwrap();
        assert!(std::fs::symlink_metadata(&link).unwrap().is_symlink());
        assert_eq!(test.session(&by_path).description, "through the link");
        assert_eq!(names(&test.folder), ["linked", "other"]);
    }

    #[test]
    fn a_link_to_a_link_is_refused() {
        let test = TestFolder::new();
        let one = test.outside("one.ron");
        let two = test.outside("two.ron");
        symlink("one.ron", &two).unwrap();
        symlink("two.ron", &one).unwrap();
        let error = test.folder.resolve(one.to_str().unwrap()).unwrap_err();
        assert_eq!(error, OpenError::LinkToLink);
    }

    #[test]
    fn a_pipe_is_not_waited_for() {
        let test = TestFolder::new();
        let pipe = test.outside("pipe.ron");
        let made = std::process::Command::new("mkfifo")
            .arg(&pipe)
            .status()
            .unwrap();
        assert!(made.success());
        for path in [pipe.as_path(), Path::new("/dev/zero.ron")] {
            let location = test.folder.resolve(path.to_str().unwrap()).unwrap();
            let error = test.folder.read(&location).unwrap_err();
            assert!(matches!(
                error,
                OpenError::NotAFile | OpenError::Missing { .. }
            ));
        }
        let device = test.outside("zero.ron");
        symlink("/dev/zero", &device).unwrap();
        let location = test.folder.resolve(device.to_str().unwrap()).unwrap();
        assert_eq!(test.folder.read(&location), Err(OpenError::NotAFile));
    }
}

#[test]
fn a_file_of_gigabytes_is_refused_by_its_size() {
    let test = TestFolder::new();
    let path = test.outside("huge.ron");
    let file = std::fs::File::create(&path).unwrap();
    file.set_len(5 << 30).unwrap();
    let location = test.folder.resolve(path.to_str().unwrap()).unwrap();
    let error = test.folder.read(&location).unwrap_err();
    assert_eq!(error, OpenError::TooLarge { bytes: 5 << 30 });
}

#[test]
fn a_copy_is_a_session_of_its_own() {
    let test = TestFolder::new();
    let session = full_session();
    let original = test.create(&session);
    let copy = test
        .folder
        .duplicate(original.name().unwrap(), "Team red", &owner())
        .unwrap();
    assert_eq!(copy.name().unwrap().as_str(), "team-red");
    let copied = test.session(&copy);
    assert_eq!(copied.title, "Team red");
    assert_eq!(copied.threats, session.threats);
    assert_eq!(test.session(&original), session);
}

#[test]
fn a_foreign_file_is_copied_in_and_not_touched() {
    let test = TestFolder::new();
    let source = test.outside("from a stranger.ron");
    let original = encode(&full_session(), 99).unwrap();
    std::fs::write(&source, &original).unwrap();
    let imported = test.folder.import(&source, &owner()).unwrap();
    assert_eq!(imported.bytes, original.len() as u64);
    let own = test.folder.read(&imported.location).unwrap();
    assert_eq!(own.loaded.session, full_session());
    assert_eq!(own.loaded.sequence, 1);
    assert_eq!(std::fs::read_to_string(&source).unwrap(), original);
}

#[test]
fn a_renamed_session_keeps_its_history() {
    let test = TestFolder::new();
    let mut editor = full_editor();
    let location = test.create(editor.session());
    let mut writer = test.disk_writer(&location);
    describe(&mut editor, "second");
    writer.save(editor.session(), after(1)).unwrap();

    let to = name("kitchen");
    let from = location.name().unwrap();
    let open = test.folder.rename(from, &to, &owner()).unwrap_err();
    assert!(matches!(open, FolderError::InUse { .. }), "{open}");
    drop(writer);
    let renamed = test.folder.rename(from, &to, &owner()).unwrap();
    assert_eq!(names(&test.folder), ["kitchen"]);
    assert_eq!(test.session(&renamed), *editor.session());
    assert_eq!(test.folder.history(&renamed).unwrap().len(), 1);
    assert_eq!(test.folder.history(&location).unwrap(), []);
}

#[test]
fn renaming_never_takes_the_place_of_another_session() {
    let test = TestFolder::new();
    let one = test.create(&empty_session("one"));
    let two = test.create(&empty_session("two"));
    let error = test
        .folder
        .rename(one.name().unwrap(), two.name().unwrap(), &owner())
        .unwrap_err();
    assert_eq!(error, FolderError::NameTaken { name: "two".into() });
    assert_eq!(test.session(&two).title, "two");
}

#[test]
fn what_is_thrown_away_comes_back_with_its_history() {
    let test = TestFolder::new();
    let mut editor = full_editor();
    let location = test.create(editor.session());
    let mut writer = test.disk_writer(&location);
    describe(&mut editor, "second");
    writer.save(editor.session(), after(1)).unwrap();
    drop(writer);

    let own = location.name().unwrap();
    test.folder.throw_away(own, &owner()).unwrap();
    assert_eq!(names(&test.folder), Vec::<String>::new());
    // Meanwhile the name is given again, and that one goes the same way.
    let second = test.create(&empty_session("Team blue 1"));
    test.folder
        .rename(second.name().unwrap(), own, &owner())
        .unwrap();
    test.folder.throw_away(own, &owner()).unwrap();
    let third = test.create(&empty_session("x"));
    test.folder
        .rename(third.name().unwrap(), own, &owner())
        .unwrap();

    let trash = test.folder.list_trash().unwrap();
    assert_eq!(trash.len(), 2);
    assert!(trash.iter().all(|one| one.name == *own));
    let first = trash.iter().find(|one| one.entry == *own).unwrap();
    let back: Location = test.folder.bring_back(first, &owner()).unwrap();
    assert_eq!(back.name().unwrap().as_str(), format!("{own}-2"));
    assert_eq!(test.session(&back), *editor.session());
    assert_eq!(test.folder.history(&back).unwrap().len(), 1);
    assert_eq!(test.folder.list_trash().unwrap().len(), 1);
    let again = test.folder.bring_back(first, &owner());
    assert_eq!(again, Err(FolderError::NoSuchEntry));
}

#[test]
fn a_session_open_elsewhere_is_not_thrown_away() {
    let test = TestFolder::new();
    let location = test.create(&full_session());
    let _lock = acquire_lock(&location.lock_file(), &owner());
    let error = test
        .folder
        .throw_away(location.name().unwrap(), &owner())
        .unwrap_err();
    assert_eq!(
        error.to_string(),
        "The session is open elsewhere: process 4711 on table-3, since 2026-11-21 10:00 UTC. \
         Nothing was changed. Close it there first."
    );
    assert_eq!(test.session(&location), full_session());
}

#[test]
fn half_written_files_are_taken_away_by_the_next_who_may_write() {
    let test = TestFolder::new();
    let location = test.create(&full_session());
    let sessions = test.folder.root().join("sessions");
    let leftover = sessions.join(".team-blue-words-numbe.abcd1234.tmp");
    let mine = format!(".{}.abcd1234.tmp", location.name().unwrap());
    let of_another = sessions.join(".other.abcd1234.tmp");
    let of_similar_name = sessions.join(format!(".{}.b.abcd1234.tmp", location.name().unwrap()));
    for path in [
        &leftover,
        &sessions.join(&mine),
        &of_another,
        &of_similar_name,
    ] {
        std::fs::write(path, "half").unwrap();
    }
    let held = acquire_lock(&location.lock_file(), &owner());
    test.folder.open(&location, &owner()).unwrap();
    assert!(sessions.join(&mine).exists(), "somebody else is writing");
    drop(held);
    test.folder.open(&location, &owner()).unwrap();
    assert!(!sessions.join(&mine).exists());
    assert!(of_another.exists() && of_similar_name.exists() && leftover.exists());
}
