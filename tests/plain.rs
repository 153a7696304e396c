//! Plain mode: the same journey as in the full screen, line by line, and what its words do.

#![allow(clippy::unwrap_used)] // a panic in a test is a result

#[path = "plain/driver.rs"]
mod driver;
#[path = "plain/journey.rs"]
mod journey;
#[path = "plain/words.rs"]
mod words;
