//! The pictures of the README show the program as it is. Where this fails, look at what changed, and
//! draw them anew: `cargo run --example pictures`.

#![allow(clippy::unwrap_used)] // a panic in a test is a result

#[allow(dead_code)] // its `main` writes the files
#[path = "../examples/pictures.rs"]
mod pictures;

use std::fs;
use std::path::Path;

#[test]
fn the_pictures_show_the_program_as_it_is() {
    let assets = Path::new(env!("CARGO_MANIFEST_DIR")).join("assets");
    for (name, picture) in pictures::pictures() {
        let there = fs::read_to_string(assets.join(name)).unwrap_or_default();
        assert!(
            there == picture,
            "assets/{name} is stale: cargo run --example pictures"
        );
    }
}

#[test]
fn every_step_has_a_picture_in_the_readme() {
    let readme = include_str!("../README.md");
    for (name, _) in pictures::pictures() {
        assert!(
            readme.contains(&format!("assets/{name}")),
            "{name} is not in the README"
        );
    }
}
