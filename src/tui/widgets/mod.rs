//! Pieces that screens are made of.

pub mod pinned;
pub mod rows;
