//! What is known: systems, questions, threats, controls, attackers, terms, references, briefs.
//!
//! The files under `catalog/` are embedded; a folder of the user's may extend or override them.

pub mod check;
pub mod load;
pub mod source;
pub mod stats;
pub mod types;

pub use load::{Catalog, CatalogError, Kind};
pub use source::{Origin, Problem, SourceFile};
