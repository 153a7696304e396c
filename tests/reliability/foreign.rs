//! Foreign bytes, bounded: the bodies of the fuzz targets with a moderate number of mutations of good
//! and hostile seeds. fuzz/ runs the same bodies without end.

#[path = "../../fuzz/bodies.rs"]
mod bodies;

use std::fs;
use std::path::Path;

use proptest::prelude::*;

/// Bytes that have broken other programs.
const HOSTILE: [&[u8]; 12] = [
    b"\x1b]0;owned\x07",
    b"\xff\xfe\x00",
    b"((((((((((((((((((((((((((((((((((((((((",
    b"[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[",
    b"{\"a\":{\"a\":{\"a\":{\"a\":",
    b"99999999999999999999999999",
    b"\\u{110000}",
    b"\"",
    b"/*",
    b"r#\"",
    "\u{202e}\u{2066}".as_bytes(),
    b"&#x1b;<![CDATA[",
];

/// What is done to a seed.
#[derive(Clone, Debug)]
struct Accident {
    place: prop::sample::Index,
    lost: usize,
    found: Vec<u8>,
}

fn accidents() -> impl Strategy<Value = Vec<Accident>> {
    let found = prop_oneof![
        2 => prop::sample::select(HOSTILE.to_vec()).prop_map(<[u8]>::to_vec),
        1 => prop::collection::vec(any::<u8>(), 0..6),
        1 => Just(Vec::new()),
    ];
    let accident = (any::<prop::sample::Index>(), 0..60_usize, found)
        .prop_map(|(place, lost, found)| Accident { place, lost, found });
    prop::collection::vec(accident, 0..6)
}

fn mutated(seed: &[u8], accidents: &[Accident]) -> Vec<u8> {
    let mut bytes = seed.to_vec();
    for Accident { place, lost, found } in accidents {
        let at = place.index(bytes.len() + 1);
        let end = (at + lost).min(bytes.len());
        bytes.splice(at..end, found.iter().copied());
    }
    bytes
}

fn read(path: &str) -> Vec<u8> {
    fs::read(Path::new(env!("CARGO_MANIFEST_DIR")).join(path)).unwrap()
}

fn sessions() -> Vec<Vec<u8>> {
    [
        "tests/commands/everything.ron",
        "sessions/web-infrastructure.ron",
    ]
    .map(read)
    .to_vec()
}

fn reports() -> Vec<Vec<u8>> {
    [
        "made-dbs-1.3.5-before.txt",
        "made-dbs-1.3.5-before.json",
        "made-aqua-cis-1.2-before.txt",
        "made-aqua-cis-1.2-before.json",
        "made-kube-bench-0.15.6-before.txt",
        "made-kube-bench-0.2.3-concatenated.json",
        "made-kube-bench-0.15.6-before-junit.xml",
    ]
    .map(|name| read(&format!("tests/fixtures/scans/{name}")))
    .to_vec()
}

fn config(cases: u32) -> ProptestConfig {
    ProptestConfig {
        cases,
        failure_persistence: None,
        ..ProptestConfig::default()
    }
}

proptest! {
    #![proptest_config(config(48))]

    #[test]
    fn a_session_is_refused_or_comes_back(
        seed in prop::sample::select(sessions()),
        accidents in accidents(),
    ) {
        bodies::session(&mutated(&seed, &accidents));
    }

    #[test]
    fn a_report_is_read_or_refused(
        seed in prop::sample::select(reports()),
        accidents in accidents(),
    ) {
        bodies::findings(&mutated(&seed, &accidents));
    }

    #[test]
    fn a_catalog_file_is_taken_or_refused(accidents in accidents()) {
        let seed = include_bytes!("../fixtures/catalog/ci-pipeline/build-runner.ron");
        bodies::catalog(&mutated(seed, &accidents));
    }

    #[test]
    fn keys_in_any_order_leave_a_session_that_can_be_saved(
        keys in prop::collection::vec(any::<u8>(), 0..300),
    ) {
        bodies::keys(&keys);
    }

    #[test]
    fn every_form_of_write_up_is_made_of_any_text_and_is_inert(
        bytes in prop::collection::vec(any::<u8>(), 0..400),
        hostile in prop::sample::select(HOSTILE.to_vec()),
    ) {
        bodies::export(&bytes);
        bodies::export_all(&[&bytes, hostile].concat());
    }
}
