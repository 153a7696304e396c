//! Text on the screen: how it wraps, and how it is typed.

pub mod edit;
pub mod wrap;

pub use edit::{Change, Outcome, TextEdit};
