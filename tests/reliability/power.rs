//! Power cuts at every moment of many saves, on a disk that keeps only what was synced: the session is
//! whole, and never older than what was acknowledged.

use std::collections::BTreeMap;
use std::io;
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex};

use astride::catalog::types::Id;
use astride::session::edit::{Editor, Operation};
use astride::session::id::IdSource;
use astride::session::place::TextField;
use astride::session::types::Session;
use astride::store::{
    DataFolder, DiskFault, Integrity, Locking, OnDisk, SessionName, Writer, decode,
};
use jiff::{SignedDuration, Timestamp};

use super::chance::{Chance, figures};
use super::simulated_disk::{Moment, SimulatedDisk};

fn start() -> Timestamp {
    "2026-11-21T10:00:00Z".parse().unwrap()
}

/// What the team knows: every text that was ever to be saved, and how many saves were acknowledged.
#[derive(Default)]
struct Known {
    descriptions: Vec<String>,
    acknowledged: usize,
}

struct Cutter {
    known: Arc<Mutex<Known>>,
    chance: Chance,
    session: PathBuf,
    cuts_each: usize,
    cuts: usize,
}

impl Cutter {
    fn moment(&mut self, moment: &Moment) {
        let killed = moment.kill();
        self.judge(&killed);
        for _ in 0..self.cuts_each {
            let found = moment.cut(&mut self.chance);
            self.judge(&found);
            self.cuts += 1;
        }
    }

    fn judge(&self, found: &BTreeMap<PathBuf, Vec<u8>>) {
        let known = self.known.lock().unwrap();
        let Some(bytes) = found.get(&self.session) else {
            assert_eq!(known.acknowledged, 0, "the session is gone");
            return;
        };
        let loaded = decode(bytes).unwrap_or_else(|error| panic!("{error}"));
        assert_eq!(loaded.integrity, Integrity::Intact);
        let which = known
            .descriptions
            .iter()
            .rposition(|one| *one == loaded.session.description)
            .expect("something that was never typed");
        // Position 0 is the text before the first save.
        assert!(
            which >= known.acknowledged,
            "save {which} is older than {} that was acknowledged",
            known.acknowledged
        );
        for (path, bytes) in found {
            let is_version = path.extension().is_some_and(|ending| ending == "ron");
            if is_version {
                assert!(decode(bytes).is_ok(), "{} is damaged", path.display());
            }
        }
    }
}

fn describe(editor: &mut Editor, text: &str) {
    let operation = Operation::EditText {
        field: TextField::Description,
        at: 0,
        remove: editor.session().description.len(),
        insert: text.to_owned(),
        typing: false,
    };
    editor.perform(operation, start()).unwrap();
}

/// Saves again and again, cuts the power many times between any two calls; how many cuts.
fn cut(saves: usize, cuts_each: usize, seed: u64) -> usize {
    let folder = DataFolder::new(PathBuf::from("/simulated"));
    let name = SessionName::from_title("Team blue");
    let location = folder.location(&name).unwrap();
    let known = Arc::new(Mutex::new(Known::default()));
    let cutter = Arc::new(Mutex::new(Cutter {
        known: Arc::clone(&known),
        chance: Chance::new(seed),
        session: location.path().to_owned(),
        cuts_each,
        cuts: 0,
    }));
    let watching = Arc::clone(&cutter);
    let disk = SimulatedDisk::watched(move |moment| watching.lock().unwrap().moment(&moment));
    let fault = DiskFault {
        kind: io::ErrorKind::Unsupported,
        code: None,
    };
    let permit = Locking::Unsupported(fault).permit().unwrap();
    let mut writer = Writer::new(Box::new(disk.clone()), location, OnDisk::Nothing, permit);
    let components = vec![Id::new("docker-host").unwrap()];
    let session = Session::new("Team blue", Id::new("course").unwrap(), components, start());
    let mut editor = Editor::new(session, IdSource::new(seed));
    let mut chance = Chance::new(seed + 1_000);
    known.lock().unwrap().descriptions.push(String::new());
    for save in 0..saves {
        // Grows as a rule; shrinks at times, which keeps the version before.
        let length = if save % 4 == 3 {
            3
        } else {
            100 + chance.below(3_000)
        };
        let text = format!("save {save} {}", "x".repeat(length as usize));
        describe(&mut editor, &text);
        known.lock().unwrap().descriptions.push(text);
        let now = start() + SignedDuration::from_secs(60 * i64::try_from(save).unwrap());
        writer.save(editor.session(), now).unwrap();
        known.lock().unwrap().acknowledged = save + 1;
        let mut cutter = cutter.lock().unwrap();
        cutter.moment(&disk.moment());
    }
    drop(writer);
    let cutter = cutter.lock().unwrap();
    cutter.cuts
}

#[test]
fn a_power_cut_at_any_moment_leaves_a_whole_session_and_nothing_acknowledged_is_lost() {
    let cuts: usize = (0..2).map(|seed| cut(6, 5, seed)).sum();
    assert!(cuts > 500, "{cuts}");
}

#[test]
#[ignore = "long: 10,000 power cuts, docs/reliability.md"]
fn long_ten_thousand_power_cuts() {
    let cuts: usize = (0..10).map(|seed| cut(12, 10, seed)).sum();
    assert!(cuts >= 10_000, "{cuts}");
    figures(&format!(
        "{cuts} simulated power cuts: 0 corrupt, nothing acknowledged lost"
    ));
}

/// The model itself: it must notice what it is there to notice.
#[test]
fn the_model_sees_a_name_that_was_not_synced_and_text_that_was_not() {
    use astride::store::Files as _;
    let disk = SimulatedDisk::default();
    let target = Path::new("/folder/a.ron");
    let mut file = disk.create_beside(target).unwrap();
    file.write_all(&[b'x'; 2_000]).unwrap();
    let path = file.path().to_owned();
    drop(file);
    disk.rename(&path, target).unwrap();
    let possible = |disk: &SimulatedDisk| {
        let mut chance = Chance::new(3);
        let moment = disk.moment();
        (0..200)
            .map(|_| moment.cut(&mut chance).get(target).cloned())
            .collect::<std::collections::BTreeSet<_>>()
    };
    let unsynced = possible(&disk);
    assert!(unsynced.contains(&None), "the name may be gone");
    assert!(unsynced.contains(&Some(Vec::new())), "the text may be gone");
    assert!(unsynced.len() > 4, "and torn in several ways");
    disk.sync_folder(Path::new("/folder")).unwrap();
    assert!(!possible(&disk).contains(&None), "the name lasts now");
}
