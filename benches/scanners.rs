//! Reading what scanners print: goal 100 MB a second for text and 50 for JSON, on one core.

use std::fs;
use std::path::Path;

use astride::catalog::Catalog;
use astride::findings::read;
use divan::Bencher;
use divan::counter::BytesCount;

fn main() {
    divan::main();
}

/// So much of each: the same report again and again, as a machine that runs it every hour has it.
const MEBIBYTES: usize = 16;

#[divan::bench(args = [
    "made-dbs-1.3.5-before.txt",
    "made-dbs-master-before-nocolor-remediation.txt",
    "made-aqua-cis-1.2-before.txt",
    "made-kube-bench-0.15.6-before.txt",
    "made-dbs-1.3.5-before.json",
    "made-dbs-master-before-remediation.json",
    "made-aqua-cis-1.2-before.json",
    "made-kube-bench-0.15.6-before.json",
    "made-kube-bench-0.15.6-before-junit.xml",
])]
fn report(bencher: Bencher<'_, '_>, name: &str) {
    let catalog = Catalog::embedded();
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures/scans");
    let text = fs::read_to_string(folder.join(name)).expect("the fixture is there");
    let text = text.repeat(MEBIBYTES * 1024 * 1024 / text.len());
    // The patterns for titles are compiled once, when the first report is read.
    let _ = read(&text.as_bytes()[..64], name, &catalog);
    bencher
        .counter(BytesCount::of_str(&text))
        .bench(|| read(text.as_bytes(), name, &catalog));
}
