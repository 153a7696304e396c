//! The promises proved by attack: kills, signals, vanished terminals, power cuts, foreign bytes.
//!
//! Short versions run with every `cargo test`. The long ones are ignored there and run by
//! `cargo test --test reliability -- --ignored --nocapture`; docs/reliability.md keeps their figures.

#![allow(clippy::unwrap_used)] // a panic in a test is a result
#![cfg(unix)]

#[path = "../common/mod.rs"]
mod common;

mod chance;
mod endings;
mod foreign;
mod killer;
mod power;
mod simulated_disk;
mod team;
mod traced;
mod trouble;
