//! Write-ups: a session as a document. One file for each form, and one table of them.
//!
//! The same session gives the same bytes: no clock, no machine. Not for where the file goes, which is
//! the caller's, and not for judging the session, which is the review's.

mod course;
pub mod diagram;
mod hardening;
mod html;
mod interchange;
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

/// What a form is for.
#[derive(Clone, Copy, Debug)]
pub enum Kind {
    /// For people.
    WriteUp,
    /// For another program. Says what its format could not carry of a session.
    Interchange(fn(&Session, &Catalog, &Options) -> Vec<String>),
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
    /// Whether it is for people or for programs.
    pub kind: Kind,
    /// Writes it.
    pub write: fn(&Session, &Catalog, &Options) -> String,
}

impl Form {
    /// Every form.
    pub const ALL: &'static [Self] = &[
        Self {
            id: "course",
            name: "Course hand-in",
            description: "scope, attackers, diagram, numbered threats for each system, findings",
            extension: "md",
            kind: Kind::WriteUp,
            write: course::write,
        },
        Self {
            id: "html",
            name: "Web page",
            description: "one page for a browser or for printing, with the diagrams as pictures",
            extension: "html",
            kind: Kind::WriteUp,
            write: html::write,
        },
        interchange::OTM,
        interchange::THREAT_DRAGON,
        interchange::THREAT_COMPOSER,
        interchange::TM_BOM,
        interchange::CSV,
        interchange::SARIF,
        interchange::JSON,
    ];

    /// What it could not carry of this session, in sentences; nothing for a write-up.
    pub fn left_out(&self, session: &Session, catalog: &Catalog, options: &Options) -> Vec<String> {
        match self.kind {
            Kind::WriteUp => Vec::new(),
            Kind::Interchange(left_out) => left_out(session, catalog, options),
        }
    }

    /// The form of this id.
    pub fn by_id(id: &str) -> Option<&'static Self> {
        Self::ALL.iter().find(|form| form.id == id)
    }
}
