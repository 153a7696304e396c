//! Text on the screen: how it wraps, and how it is typed.

pub mod edit;
mod put;
pub mod wrap;

pub use edit::{Change, Outcome, TextEdit};
pub use put::put;
