//! What Astride writes for other programs and reads from them: exports held against the formats' schemas
//! and against what a schema does not see, imports, and the way there and back.

// A test may say that it failed by panicking.
#![allow(clippy::unwrap_used)]

#[path = "write_ups/team.rs"]
#[allow(dead_code)]
mod team;

#[path = "interchange/exports.rs"]
mod exports;
#[path = "interchange/formats.rs"]
mod formats;
#[path = "interchange/imports.rs"]
mod imports;
#[path = "interchange/sessions.rs"]
mod sessions;
