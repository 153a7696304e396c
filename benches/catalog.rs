//! The cost of the catalog: at the start of the program, with a file of the user's, and searched.

use astride::catalog::source::embedded_catalog;
use astride::catalog::{Catalog, CatalogStats, SearchIndex, SourceFile};
use divan::{Bencher, black_box};

fn main() {
    divan::main();
}

/// What the program pays at its start. Budget: 5 ms, hoped for: 2 ms.
#[divan::bench]
fn embedded() -> Catalog {
    Catalog::embedded()
}

/// The same from the RON texts, as it would be without the build script's work.
#[divan::bench]
fn from_ron(bencher: Bencher<'_, '_>) {
    let files = embedded_catalog();
    bencher.bench(|| Catalog::load(black_box(&files)));
}

/// With one file of the user's.
#[divan::bench]
fn with_a_user_file(bencher: Bencher<'_, '_>) {
    let text = r#"glossary([(id: "our-word", name: "Our word", definition: "What we mean.")])"#;
    bencher
        .with_inputs(|| vec![SourceFile::user("words.ron", text)])
        .bench_values(Catalog::load_with);
}

/// Once, when somebody searches for the first time.
#[divan::bench]
fn search_index(bencher: Bencher<'_, '_>) {
    let catalog = Catalog::embedded();
    bencher.bench(|| SearchIndex::new(black_box(&catalog)));
}

/// Each key in the search field. Budget: 5 ms.
#[divan::bench(args = ["s", "docker", "docker sock", "privileged container host", "T1611", "xyz"])]
fn search(bencher: Bencher<'_, '_>, query: &str) {
    let index = SearchIndex::new(&Catalog::embedded());
    bencher.bench(|| index.search(black_box(query), 50));
}

/// What `astride catalog stats` counts.
#[divan::bench]
fn stats(bencher: Bencher<'_, '_>) {
    let catalog = Catalog::embedded();
    bencher.bench(|| CatalogStats::of(black_box(&catalog)));
}
