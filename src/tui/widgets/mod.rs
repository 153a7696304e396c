//! Pieces that screens are made of.

pub mod matrix;
pub mod pinned;
pub mod rows;
