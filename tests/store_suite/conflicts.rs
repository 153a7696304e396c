//! Two programs on one session: the lock keeps one out, and where there are no locks nobody's
//! text is overwritten.

use std::collections::HashSet;

use astride::store::{DataFolder, Integrity, Locking, Owner, SessionName, acquire_lock, decode};
use pretty_assertions::assert_eq;

use super::edits::{edited, edits};
use super::support::{TestFolder, after, describe, full_editor, full_session, owner};

#[test]
fn the_second_window_learns_who_has_the_session() {
    let test = TestFolder::new();
    let location = test.create(&full_session());
    let first = test.folder.open(&location, &owner()).unwrap();
    assert!(matches!(first.locking, Locking::Held(_)));
    let other = Owner {
        process: 4712,
        ..owner()
    };
    let second = test.folder.open(&location, &other).unwrap();
    // It may be read all the same.
    assert_eq!(second.opened.loaded.session, full_session());
    let held = second.locking.permit().unwrap_err();
    // On Windows a locked file cannot be read, so it is not known who has it.
    #[cfg(not(windows))]
    assert_eq!(held.who, Some(owner()));
    drop(first);
    let third = test.folder.open(&location, &other).unwrap();
    assert!(third.locking.permit().unwrap().is_locked());
}

#[test]
fn the_lock_outlives_every_save() {
    let test = TestFolder::new();
    let mut editor = full_editor();
    let location = test.create(editor.session());
    let mut writer = test.disk_writer(&location);
    for number in 0..5 {
        describe(&mut editor, &format!("version {number}"));
        writer.save(editor.session(), after(number)).unwrap();
        let second = acquire_lock(&location.lock_file(), &owner());
        assert!(
            matches!(second, Locking::HeldByOther { .. }),
            "after save {number}"
        );
    }
    drop(writer);
    assert!(
        location.lock_file().exists(),
        "the lock file is never deleted"
    );
    let free = acquire_lock(&location.lock_file(), &owner());
    assert!(matches!(free, Locking::Held(_)));
}

#[test]
fn where_no_lock_can_be_made_nobody_claims_to_have_one() {
    let test = TestFolder::new();
    let location = test.create(&full_session());
    std::fs::remove_file(location.lock_file()).unwrap();
    // Something that cannot be locked stands in the way.
    std::fs::create_dir(location.lock_file()).unwrap();
    let opened = test.folder.open(&location, &owner()).unwrap();
    assert!(matches!(opened.locking, Locking::Unsupported(_)));
    let permit = opened.locking.permit().unwrap();
    assert!(!permit.is_locked());
}

#[test]
fn a_session_changed_underneath_is_saved_beside_and_both_are_named() {
    let test = TestFolder::new();
    let mut editor = full_editor();
    let location = test.create(editor.session());
    let mut writer = test.disk_writer(&location);
    describe(&mut editor, "ours");
    writer.save(editor.session(), after(1)).unwrap();

    let theirs = std::fs::read_to_string(location.path()).unwrap();
    let theirs = theirs.replace("\"ours\"", "\"theirs\"");
    std::fs::write(location.path(), &theirs).unwrap();

    describe(&mut editor, "ours and more");
    let saved = writer.save(editor.session(), after(2)).unwrap();
    let conflict = saved.conflict.unwrap();
    assert_eq!(conflict.theirs, location.path());
    let name = conflict.ours.file_name().unwrap().to_str().unwrap();
    assert_eq!(name, "team-blue (conflict 2).ron");
    assert_eq!(std::fs::read_to_string(location.path()).unwrap(), theirs);

    // From now on ours is the other file, which is a session like any other.
    describe(&mut editor, "ours and still more");
    let saved = writer.save(editor.session(), after(3)).unwrap();
    assert_eq!(saved.conflict, None);
    assert_eq!(saved.path, conflict.ours);
    let name = SessionName::new("team-blue (conflict 2)").unwrap();
    let ours = test.folder.location(&name).unwrap();
    assert_eq!(test.session(&ours), *editor.session());
    assert_eq!(test.folder.list().unwrap().len(), 2);
    // And it has a lock of its own; the other file is free.
    let lock = acquire_lock(&ours.lock_file(), &owner());
    assert!(matches!(lock, Locking::HeldByOther { .. }));
    let lock = acquire_lock(&location.lock_file(), &owner());
    assert!(matches!(lock, Locking::Held(_)));
}

#[test]
fn a_touched_file_with_the_same_content_is_no_conflict() {
    let test = TestFolder::new();
    let mut editor = full_editor();
    let location = test.create(editor.session());
    let mut writer = test.disk_writer(&location);
    let bytes = std::fs::read(location.path()).unwrap();
    std::fs::remove_file(location.path()).unwrap();
    std::fs::write(location.path(), bytes).unwrap();
    describe(&mut editor, "more");
    assert_eq!(
        writer.save(editor.session(), after(1)).unwrap().conflict,
        None
    );
}

#[test]
fn a_session_taken_away_meanwhile_is_saved_again() {
    let test = TestFolder::new();
    let mut editor = full_editor();
    let location = test.create(editor.session());
    let mut writer = test.disk_writer(&location);
    std::fs::remove_file(location.path()).unwrap();
    describe(&mut editor, "still here");
    let saved = writer.save(editor.session(), after(1)).unwrap();
    assert_eq!(saved.conflict, None);
    assert_eq!(test.session(&location), *editor.session());
}

#[test]
fn a_new_session_never_takes_the_place_of_a_file() {
    let test = TestFolder::new();
    let location = test.create(&full_session());
    // As if it had appeared between looking and saving.
    let mut writer = test.writer_without_lock(&location);
    std::fs::remove_file(location.path()).unwrap();
    let mut fresh = test.writer_without_lock(&location);
    std::fs::write(location.path(), "somebody's").unwrap();
    for writer in [&mut writer, &mut fresh] {
        let saved = writer.save(&full_session(), after(1)).unwrap();
        assert!(saved.conflict.is_some());
    }
    assert_eq!(std::fs::read(location.path()).unwrap(), b"somebody's");
    assert_eq!(test.folder.list().unwrap().len(), 3);
}

#[test]
fn two_writers_without_locks_lose_nothing() {
    use proptest::strategy::{Strategy, ValueTree};
    let mut runner = proptest::test_runner::TestRunner::deterministic();
    for _ in 0..5 {
        let edits = edits().new_tree(&mut runner).unwrap().current();
        let test = TestFolder::new();
        let mut editors = [edited(&edits), edited(&edits)];
        let location = test.create(editors[0].session());
        let mut writers = [
            test.writer_without_lock(&location),
            test.writer_without_lock(&location),
        ];
        let mut last = [String::new(), String::new()];
        for step in 0..20 {
            let one = step % 3 % 2;
            last[one] = format!("writer {one} at step {step}");
            describe(&mut editors[one], &last[one]);
            let now = after(i64::try_from(step).unwrap());
            writers[one].save(editors[one].session(), now).unwrap();
        }
        let found: HashSet<String> = descriptions(&test.folder);
        for text in &last {
            assert!(found.contains(text), "'{text}' is not in {found:?}");
        }
    }
}

fn descriptions(folder: &DataFolder) -> HashSet<String> {
    let entries = folder.list().unwrap().into_iter();
    entries
        .map(|entry| {
            let location = folder.location(&entry.name).unwrap();
            let loaded = decode(&std::fs::read(location.path()).unwrap()).unwrap();
            assert_eq!(loaded.integrity, Integrity::Intact);
            loaded.session.description.into_raw()
        })
        .collect()
}
