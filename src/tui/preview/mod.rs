//! A write-up as its reader will see it, in letters: headings, lists, tables, code. A text is cut into
//! pieces once ([`markdown()`], [`raw()`]); of these only what can be seen is laid out for a frame.
//!
//! Not for writing anything up, and not for what keys do: see [`crate::tui::screens::report`].

mod draw;
mod find;
mod layout;
mod markdown;
mod page;
mod raw;
mod reader;
mod table;

pub use draw::draw;
pub use find::{Found, find};
pub use markdown::{Diagrams, markdown};
pub use page::Page;
pub use raw::raw;
pub use reader::{Reader, Spot};
#[cfg(test)]
mod tests;
