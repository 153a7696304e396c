//! Bytes to the body of the same name; what must hold stands in bodies.rs.
#![no_main]

#[path = "../bodies.rs"]
#[allow(dead_code)] // each target uses one body
mod bodies;

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| bodies::session(bytes));
