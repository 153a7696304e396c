//! Several sessions beside each other: two branches of one become one again, ten tables become one
//! model, and what differs between them is told.
//!
//! Pure functions from sessions to sessions, results and words. Not for files or git: those are the
//! command line's. What cannot be decided here becomes a
//! [`Dispute`](crate::session::types::Dispute) in the session, for the group to settle.

mod about;
pub mod cohort;
pub mod difference;
pub mod dispute;
pub mod facts;
mod paper;
pub mod past;
mod rename;
mod three_way;
mod together;

pub use cohort::Cohort;
pub use difference::Difference;
pub use past::Past;
pub use three_way::{Names, three_way};
pub use together::{Table, bring_together};
