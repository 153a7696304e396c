//! The promises of the store, as behaviour: no word lost, nothing damaged opened as if whole.

#![allow(clippy::unwrap_used)] // in tests, it is the assertion

mod conflicts;
mod edits;
mod faults;
mod faulty_disk;
mod folder;
mod format;
mod history;
mod replica;
mod saver;
mod support;
