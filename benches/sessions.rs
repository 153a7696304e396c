//! The cost of a session's life: opened, edited, saved, judged, written up, at three sizes.

use std::path::PathBuf;

use astride::catalog::Catalog;
use astride::report::{Form, Options};
use astride::review;
use astride::session::coverage::Coverage;
use astride::session::edit::{Editor, Operation};
use astride::session::id::{IdSource, ThreatId};
use astride::session::place::{TextField, ThreatText};
use astride::session::types::Likelihood;
use astride::store::{DataFolder, Owner, Replica, Saved, Writer, decode, encode};
use divan::{Bencher, black_box};
use jiff::Timestamp;

#[allow(dead_code)]
mod support;

use support::SIZES;

fn main() {
    divan::main();
}

const NOW: Timestamp = Timestamp::UNIX_EPOCH;

/// A folder that goes away with the measurement.
struct Folder(tempfile::TempDir);

impl Folder {
    fn new() -> Self {
        Self(tempfile::tempdir().expect("a temporary folder can be made"))
    }

    fn data(&self) -> DataFolder {
        DataFolder::new(PathBuf::from(self.0.path()))
    }
}

/// A session is opened from its file: goal at 10,000 threats 150 ms.
#[divan::bench(args = SIZES)]
fn load(bencher: Bencher<'_, '_>, threats: usize) {
    let session = support::session(&Catalog::embedded(), threats);
    let text = encode(&session, 1).expect("every session has a text");
    bencher.bench(|| decode(black_box(text.as_bytes())));
}

/// The text of the file alone.
#[divan::bench(args = SIZES)]
fn text_of_the_file(bencher: Bencher<'_, '_>, threats: usize) {
    let session = support::session(&Catalog::embedded(), threats);
    bencher.bench(|| encode(black_box(&session), 1));
}

/// A session in a folder of its own, opened to be saved.
struct Saving {
    _folder: Folder,
    writer: Writer,
    replica: Replica,
    editor: Editor,
    edited: ThreatId,
}

impl Saving {
    fn new(threats: usize) -> Self {
        let folder = Folder::new();
        let session = support::session(&Catalog::embedded(), threats);
        let owner = Owner::this_process(NOW);
        let location = folder
            .data()
            .create(&session, &owner)
            .expect("a new folder takes a session");
        let opened = folder
            .data()
            .open(&location, &owner)
            .expect("what was just saved opens");
        let permit = opened.locking.permit().expect("nobody else has it");
        Self {
            writer: opened.opened.writer(permit),
            replica: Replica::new(session.clone()),
            edited: session.threats[threats / 2].id.clone(),
            editor: Editor::new(session, IdSource::new(1)),
            _folder: folder,
        }
    }

    /// Types a letter into an answer, and saves.
    fn type_and_save(&mut self) -> Saved {
        let typed = Operation::EditText {
            field: TextField::Threat(self.edited.clone(), ThreatText::WhatGoesWrong),
            at: 0,
            remove: 0,
            insert: "x".to_owned(),
            typing: true,
        };
        self.editor
            .perform(typed, NOW)
            .expect("the threat is there");
        for delta in self.editor.take_changes() {
            self.replica.apply(&delta).expect("it follows the editor");
        }
        self.writer
            .save_replica(&mut self.replica, NOW)
            .expect("a new folder can be written")
    }
}

/// The first save of a run, which reads everything back: the saver does all of it but the edit before
/// anybody types.
#[divan::bench(args = SIZES, sample_count = 10, sample_size = 1)]
fn first_save(bencher: Bencher<'_, '_>, threats: usize) {
    bencher
        .with_inputs(|| Saving::new(threats))
        .bench_local_refs(Saving::type_and_save);
}

/// A save after one letter, on its thread, with everything that makes it safe: goal 50 ms.
#[divan::bench(args = SIZES)]
fn save(bencher: Bencher<'_, '_>, threats: usize) {
    let mut saving = Saving::new(threats);
    saving.type_and_save();
    bencher.bench_local(|| saving.type_and_save());
}

/// An edit and taking it back.
#[divan::bench(args = SIZES)]
fn edit_and_undo(bencher: Bencher<'_, '_>, threats: usize) {
    let session = support::session(&Catalog::embedded(), threats);
    let last = session.threats[threats - 1].id.clone();
    let mut editor = Editor::new(session, IdSource::new(1));
    bencher.bench_local(|| {
        let rate = Operation::SetLikelihood(last.clone(), Some(Likelihood::Expected));
        editor.perform(rate, NOW).expect("the threat is there");
        editor.undo();
        editor.take_changes()
    });
}

/// The states of all cells.
#[divan::bench(args = SIZES)]
fn coverage(bencher: Bencher<'_, '_>, threats: usize) {
    let session = support::session(&Catalog::embedded(), threats);
    bencher.bench(|| Coverage::of(black_box(&session)));
}

/// What the brief asks for and what stands out.
#[divan::bench(args = SIZES)]
fn check(bencher: Bencher<'_, '_>, threats: usize) {
    let catalog = Catalog::embedded();
    let session = support::session(&catalog, threats);
    bencher.bench(|| review::check(black_box(&session), &catalog));
}

/// Every form of write-up: goal at 10,000 threats 200 ms.
#[divan::bench(args = Form::ALL.iter().map(|form| form.id), consts = SIZES)]
fn write_up<const THREATS: usize>(bencher: Bencher<'_, '_>, form: &str) {
    let catalog = Catalog::embedded();
    let session = support::session(&catalog, THREATS);
    let form = Form::by_id(form).expect("it is one of the forms");
    let options = Options { names: true };
    bencher.bench(|| (form.write)(black_box(&session), &catalog, &options));
}
