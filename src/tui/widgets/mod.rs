//! Pieces that screens are made of.

pub mod rows;
