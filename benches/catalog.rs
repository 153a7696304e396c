//! The cost of the catalog: at the start of the program, with a file of the user's, and searched.

use std::sync::Arc;

use astride::catalog::source::embedded_catalog;
use astride::catalog::{Catalog, CatalogStats, SearchIndex, SourceFile};
use astride::tui::app::{App, Event};
use astride::tui::draw::draw_on;
use astride::tui::theme::Theme;
use divan::{Bencher, black_box};
use jiff::Timestamp;
use jiff::tz::TimeZone;
use ratatui::buffer::Buffer;
use ratatui::layout::Rect;

fn main() {
    divan::main();
}

/// What the program pays at its start. Budget: 5 ms, hoped for: 2 ms.
#[divan::bench]
fn embedded() -> Catalog {
    Catalog::embedded()
}

/// The start of the program up to its first screen, with the whole catalog or with an empty one:
/// the difference is what the catalog costs. Budget: 2 ms.
#[divan::bench(args = ["whole", "empty"])]
fn start(bencher: Bencher<'_, '_>, catalog: &str) {
    bencher.bench(|| {
        let catalog = match catalog {
            "whole" => Catalog::embedded(),
            _ => Catalog::default(),
        };
        let folder = String::from("/home/ana/.local/share/astride");
        let mut app = App::new((120, 40), Theme::Dark, TimeZone::UTC, folder);
        app.update(Event::Catalog(Arc::new(catalog)), Timestamp::UNIX_EPOCH);
        let mut buffer = Buffer::empty(Rect::new(0, 0, 120, 40));
        draw_on(&app, buffer.area, &mut buffer);
        // Given back, because the program does not take them apart either.
        (app, buffer)
    });
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
