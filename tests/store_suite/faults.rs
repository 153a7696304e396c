//! Every call that a save makes fails in turn, and the process is killed around each of them: the
//! old or the new file is whole, and what happened is said.

use std::path::{Path, PathBuf};

use astride::session::edit::Editor;
use astride::session::id::IdSource;
use astride::session::types::Session;
use astride::store::{
    DiskFault, Entry, Integrity, Location, OpenError, SaveError, SaveStep, Saved, Warning, Writer,
    decode,
};
use pretty_assertions::assert_eq;

use super::faulty_disk::{Fault, FaultyDisk};
use super::support::{TestFolder, after, describe, full_editor, owner};

const LONG: &str = "An answer that a whole group talked about for ten minutes, and that is much \
    too long to be typed again at the end of the day.";

/// ENOSPC, EIO, EDQUOT, EROFS, EFBIG, EXDEV, EACCES, ESTALE, EINVAL of Linux.
const ERRNOS: [i32; 9] = [28, 5, 122, 30, 27, 18, 13, 116, 22];

struct Scene {
    test: TestFolder,
    location: Location,
    old: Session,
    new: Session,
}

impl Scene {
    /// A session on disk with an earlier version, and another one to be saved over it, in which
    /// text goes: the save with the most steps.
    fn new() -> Self {
        let test = TestFolder::new();
        let mut editor = full_editor();
        let location = test.create(editor.session());
        describe(&mut editor, LONG);
        let mut writer = test.writer(&location, FaultyDisk::default());
        writer.save(editor.session(), after(1)).unwrap();
        let old = editor.session().clone();
        describe(&mut editor, "gone");
        Self {
            test,
            location,
            old,
            new: editor.session().clone(),
        }
    }

    fn on_disk(&self) -> Session {
        let bytes = std::fs::read(self.location.path()).unwrap();
        let loaded = decode(&bytes).unwrap();
        assert_eq!(loaded.integrity, Integrity::Intact);
        loaded.session
    }

    fn assert_old_or_new_is_whole(&self) {
        let found = self.on_disk();
        assert!(
            found == self.old || found == self.new,
            "something else is on disk"
        );
        let has_text = |path: &PathBuf| {
            let loaded = std::fs::read(path).ok().map(|bytes| decode(&bytes));
            matches!(loaded, Some(Ok(loaded)) if loaded.session.description == LONG)
        };
        let files = self.test.files();
        assert!(files.iter().any(has_text), "the version before is kept");
    }

    /// How many calls a save makes when nothing fails.
    fn calls(&self) -> usize {
        let disk = FaultyDisk::default();
        let mut writer = self.test.writer(&self.location, disk.clone());
        writer.save(&self.new, after(2)).unwrap();
        disk.calls().len()
    }

    fn save(&self, disk: &FaultyDisk) -> (Writer, Result<Saved, SaveError>) {
        let mut writer = self.test.writer(&self.location, disk.clone());
        let result = writer.save(&self.new, after(2));
        (writer, result)
    }
}

#[test]
fn a_save_hardens_the_file_before_its_name_and_the_name_after() {
    let scene = Scene::new();
    let disk = FaultyDisk::default();
    scene.save(&disk).1.unwrap();
    let expected = [
        "list",             // the newest number
        "create",           // beside
        "write",            //
        "length",           // a short write is noticed here
        "sync",             // the text is on the disk
        "read",             // nobody else changed the session
        "create_folder",    // the history
        "exists",           //
        "hard_link",        // the version before has a second name
        "sync_folder",      // which is on the disk
        "keep_permissions", //
        "rename",           // the new file takes its place
        "sync_folder",      // which is on the disk
        "list",             // old versions
    ];
    assert_eq!(disk.calls(), expected);
}

#[test]
fn a_failure_of_any_call_leaves_a_whole_file_and_the_next_save_succeeds() {
    for errno in ERRNOS {
        for at in 0..Scene::new().calls() {
            let scene = Scene::new();
            let disk = FaultyDisk::failing(at, Fault::Errno(errno));
            let (mut writer, result) = scene.save(&disk);
            scene.assert_old_or_new_is_whole();
            let call = disk.calls()[at].clone();
            match &result {
                Ok(saved) => {
                    // Only what is beside the point may fail without failing the save.
                    let beside = [
                        "list",
                        "hard_link",
                        "keep_permissions",
                        "sync_folder",
                        "sync",
                    ];
                    let warned = saved.warning.is_some();
                    assert!(warned || beside.contains(&call.as_str()), "{call} {errno}");
                    assert_eq!(scene.on_disk(), scene.new);
                }
                Err(error) => {
                    let SaveError::Disk { fault, .. } = error else {
                        panic!("{error:?}")
                    };
                    assert_eq!(fault.code, Some(errno));
                    assert!(!error.explain().advice.is_empty());
                }
            }
            assert_eq!(scene.test.temporary_files(), Vec::<PathBuf>::new());
            // The fault goes away.
            disk.repair();
            let saved = writer.save(&scene.new, after(3)).unwrap();
            assert_eq!(
                saved.conflict, None,
                "our own file is no conflict: {call} {errno}"
            );
            assert_eq!(scene.on_disk(), scene.new);
        }
    }
}

#[test]
fn a_call_that_succeeded_but_says_it_failed_makes_no_second_file() {
    for at in 0..Scene::new().calls() {
        let scene = Scene::new();
        let disk = FaultyDisk::failing(at, Fault::DoneButErrno(5));
        let (mut writer, result) = scene.save(&disk);
        if disk.calls()[at] == "rename" {
            assert!(result.is_ok(), "it is there: look before believing");
        }
        scene.assert_old_or_new_is_whole();
        disk.repair();
        let saved = writer.save(&scene.new, after(3)).unwrap();
        assert_eq!(saved.conflict, None);
        assert_eq!(scene.on_disk(), scene.new);
        let sessions = scene.test.folder.list().unwrap();
        let is_conflict = |entry: &Entry| entry.name.as_str().contains("conflict");
        assert!(!sessions.iter().any(is_conflict));
    }
}

#[test]
fn a_kill_around_any_call_leaves_a_whole_file_and_the_next_start_cleans_up() {
    for fault in [Fault::KilledBefore, Fault::KilledAfter] {
        for at in 0..Scene::new().calls() {
            let scene = Scene::new();
            let (writer, _) = scene.save(&FaultyDisk::failing(at, fault));
            // The kernel lets the lock go with the process.
            drop(writer);
            scene.assert_old_or_new_is_whole();
            let opened = scene.test.folder.open(&scene.location, &owner()).unwrap();
            assert_eq!(opened.opened.loaded.integrity, Integrity::Intact);
            assert_eq!(scene.test.temporary_files(), Vec::<PathBuf>::new());
        }
    }
}

#[test]
fn a_short_write_that_nobody_reports_is_noticed() {
    let scene = Scene::new();
    let disk = FaultyDisk::failing(2, Fault::ShortWrite);
    let (_writer, result) = scene.save(&disk);
    assert_eq!(disk.calls()[2], "write");
    let Err(SaveError::Disk { step, fault }) = result else {
        panic!("{result:?}")
    };
    assert_eq!(step, SaveStep::Write);
    assert_eq!(fault.to_string(), "not everything arrived on the disk");
    assert_eq!(scene.on_disk(), scene.old);
    assert_eq!(scene.test.temporary_files(), Vec::<PathBuf>::new());
}

#[test]
fn a_disk_without_second_names_keeps_versions_by_copying() {
    let scene = Scene::new();
    let disk = FaultyDisk::default();
    disk.break_all("hard_link", 95);
    let (_writer, result) = scene.save(&disk);
    assert_eq!(result.unwrap().warning, None);
    scene.assert_old_or_new_is_whole();
    assert_eq!(scene.on_disk(), scene.new);
}

#[test]
fn a_history_that_cannot_be_written_is_said_and_does_not_stop_saving() {
    let scene = Scene::new();
    let disk = FaultyDisk::default();
    disk.break_all("create_folder", 13);
    let fault = DiskFault {
        kind: std::io::ErrorKind::PermissionDenied,
        code: Some(13),
    };
    // While text only grows, the version before holds nothing that the new one does not.
    let mut editor = Editor::new(scene.old.clone(), IdSource::new(9));
    describe(&mut editor, &format!("{LONG} And more."));
    let mut writer = scene.test.writer(&scene.location, disk.clone());
    let saved = writer.save(editor.session(), after(2)).unwrap();
    assert_eq!(saved.warning, Some(Warning::VersionNotKept(fault)));
    // When text goes, it is kept where a save can be written at all.
    let saved = writer.save(&scene.new, after(3)).unwrap();
    let Some(Warning::VersionKeptBeside { path, .. }) = saved.warning else {
        panic!("{saved:?}")
    };
    let kept = decode(&std::fs::read(&path).unwrap()).unwrap();
    assert_eq!(kept.session, *editor.session());
    assert_eq!(path.file_name().unwrap(), "team-blue (version 3).ron");
    assert_eq!(scene.on_disk(), scene.new);
}

#[test]
fn a_session_that_would_not_open_again_is_not_written() {
    let scene = Scene::new();
    let mut wrong = scene.new.clone();
    wrong.threats.push(wrong.threats[0].clone());
    let disk = FaultyDisk::default();
    let mut writer = scene.test.writer(&scene.location, disk.clone());
    let error = writer.save(&wrong, after(2)).unwrap_err();
    assert!(error.reason().contains("stands twice"), "{error}");
    assert_eq!(scene.on_disk(), scene.old);
    assert!(!disk.calls().contains(&"create".to_owned()));
}

#[test]
fn a_session_too_large_to_open_again_is_not_written() {
    let scene = Scene::new();
    let mut large = scene.new.clone();
    let threat = large.threats[0].clone();
    large.threats = (0..40)
        .map(|number| {
            let mut threat = threat.clone();
            threat.id = ron::from_str(&format!("\"t-{number}\"")).unwrap();
            threat.what_goes_wrong = "x".repeat(250 * 1024).into();
            threat
        })
        .collect();
    large.mitigations.clear();
    large.hardenings.clear();
    let mut writer = scene.test.writer(&scene.location, FaultyDisk::default());
    let error = writer.save(&large, after(2)).unwrap_err();
    assert!(matches!(error, SaveError::TooLarge { .. }), "{error}");
    assert_eq!(scene.on_disk(), scene.old);
}

#[test]
fn a_folder_that_went_away_fails_the_save_and_coming_back_is_enough() {
    let scene = Scene::new();
    let mut writer = scene.test.writer(&scene.location, FaultyDisk::default());
    let sessions = scene.location.path().parent().unwrap();
    let away = sessions.with_file_name("away");
    std::fs::rename(sessions, &away).unwrap();
    let error = writer.save(&scene.new, after(2)).unwrap_err();
    assert!(error.reason().contains("not there"), "{error}");
    std::fs::rename(&away, sessions).unwrap();
    writer.save(&scene.new, after(3)).unwrap();
    assert_eq!(scene.on_disk(), scene.new);
}

#[cfg(unix)]
#[test]
fn folders_and_files_are_for_their_owner_only() {
    use std::os::unix::fs::PermissionsExt;
    let scene = Scene::new();
    scene.save(&FaultyDisk::default()).1.unwrap();
    let mode = |path: &Path| std::fs::metadata(path).unwrap().permissions().mode() & 0o777;
    for file in scene.test.files() {
        assert_eq!(mode(&file), 0o600, "{}", file.display());
        assert_eq!(mode(file.parent().unwrap()), 0o700, "{}", file.display());
    }
    assert_eq!(mode(&scene.location.lock_file()), 0o600);
    assert_eq!(mode(scene.test.folder.root()), 0o700);
}

#[cfg(unix)]
#[test]
fn permissions_that_somebody_gave_a_file_are_kept() {
    use std::os::unix::fs::PermissionsExt;
    let scene = Scene::new();
    let path = scene.location.path();
    std::fs::set_permissions(path, std::fs::Permissions::from_mode(0o640)).unwrap();
    scene.save(&FaultyDisk::default()).1.unwrap();
    let mode = std::fs::metadata(path).unwrap().permissions().mode() & 0o777;
    assert_eq!(mode, 0o640);
}

#[test]
fn a_damaged_file_is_not_opened_and_not_touched() {
    let scene = Scene::new();
    let path = scene.location.path();
    for damage in [
        &b""[..],
        &[0; 512],
        b"// astride session, format 1, save 3\n( titl",
    ] {
        std::fs::write(path, damage).unwrap();
        let error = scene
            .test
            .folder
            .open(&scene.location, &owner())
            .unwrap_err();
        assert!(error.is_damage() || error == OpenError::Empty, "{error}");
        assert_eq!(std::fs::read(path).unwrap(), damage);
    }
}
