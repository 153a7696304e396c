//! Write-ups: a session as a document. One file for each form, and one table of them.
//!
//! The same session gives the same bytes: no clock, no machine. Not for where the file goes, which is
//! the caller's, and not for judging the session, which is the review's.

mod course;
pub mod diagram;
mod hardening;
pub(crate) mod markdown;
pub mod snippet;

use crate::catalog::Catalog;
use crate::session::types::Session;

/// What is put into a write-up.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Options {
    /// Names of people: who was in the room, and who does what.
    pub names: bool,
}

/// A layout of a write-up.
#[derive(Debug)]
pub struct Form {
    /// As the command line names it.
    pub id: &'static str,
    /// As people call it.
    pub name: &'static str,
    /// What it is for, in a sentence.
    pub description: &'static str,
    /// The usual end of its file's name.
    pub extension: &'static str,
    /// Writes it.
    pub write: fn(&Session, &Catalog, &Options) -> String,
}

impl Form {
    /// Every form.
    pub const ALL: &'static [Self] = &[Self {
        id: "course",
        name: "Course hand-in",
        description: "scope, attackers, diagram, numbered threats for each system, findings",
        extension: "md",
        write: course::write,
    }];

    /// The form of this id.
    pub fn by_id(id: &str) -> Option<&'static Self> {
        Self::ALL.iter().find(|form| form.id == id)
    }
}
