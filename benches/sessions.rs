//! The cost of a session's life: opened, edited, saved, judged, written up, at three sizes.

use std::path::PathBuf;

use astride::catalog::Catalog;
use astride::report::{Form, Options};
use astride::review;
use astride::session::coverage::Coverage;
use astride::session::edit::{Editor, Operation};
use astride::session::id::IdSource;
use astride::session::types::Likelihood;
use astride::store::{DataFolder, Disk, Owner, Writer, decode, encode};
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

/// A save after one edit, on its thread, with everything that makes it safe: goal 50 ms.
#[divan::bench(args = SIZES)]
fn save(bencher: Bencher<'_, '_>, threats: usize) {
    let folder = Folder::new();
    let mut session = support::session(&Catalog::embedded(), threats);
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
    let mut writer = Writer::new(
        Box::new(Disk),
        opened.opened.location.clone(),
        opened.opened.on_disk,
        permit,
    );
    writer
        .save(&session, NOW)
        .expect("a new folder can be written");
    let mut number = 0;
    bencher.bench_local(|| {
        number += 1;
        session.threats[0].title = format!("Changed for the {number}th time").into();
        writer.save(&session, NOW)
    });
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
