//! Writes the session that the measurements use: `cargo run --example sample_session -- 10000`
//! prints one of ten thousand threats, and with `20000` behind it the first answer has that many
//! bytes and is being typed into.

use std::io::Write as _;
use std::{env, io};

use astride::catalog::Catalog;

#[allow(dead_code)]
#[path = "../benches/support/mod.rs"]
mod support;

fn main() -> io::Result<()> {
    let numbers: Vec<usize> = env::args()
        .skip(1)
        .filter_map(|argument| argument.parse().ok())
        .collect();
    let catalog = Catalog::embedded();
    let session = match numbers[..] {
        [threats] => support::session(&catalog, threats),
        [threats, answer] => support::session_with_long_answer(&catalog, threats, answer),
        _ => return Err(io::Error::other("say how many threats")),
    };
    let text = astride::store::encode(&session, 1).map_err(io::Error::other)?;
    io::stdout().write_all(text.as_bytes())
}
