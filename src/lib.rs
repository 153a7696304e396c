#![allow(missing_docs)]
pub mod stride;
pub mod catalog;
