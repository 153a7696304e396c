//! Pieces that screens are made of.

mod border;
pub mod matrix;
pub mod pinned;
pub mod rows;

pub use border::border;
