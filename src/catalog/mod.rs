//! What is known: systems, questions, threats, controls, attackers, terms, references, briefs.
//!
//! The files under `catalog/` are embedded; files of the user's may extend or override them. Nothing
//! here reads a disk.

pub mod check;
pub mod load;
pub mod search;
pub mod source;
pub mod stats;
pub mod types;
pub mod vocabulary;

mod assemble;
mod fault;
mod index;
mod locate;
mod outline;
#[allow(dead_code, reason = "the build script packs, the program unpacks")]
mod packing;
mod parse;
mod scanner;
pub mod suggest;
mod words;

pub use check::check_user;
pub use load::{Catalog, CatalogError, Kind};
pub use parse::{MAX_FILE_BYTES, parse};
pub use search::{Hit, SearchIndex};
pub use source::{Origin, Problem, SourceFile};
pub use stats::CatalogStats;

/// A catalog may be a user's own, so its texts leave the program by the same ways as any other.
impl<'a> From<&'a types::Text> for crate::encode::Foreign<'a> {
    fn from(text: &'a types::Text) -> Self {
        Self::from(text.as_str())
    }
}
