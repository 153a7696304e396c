//! Write-ups: a session as a document. One file for each form, and one table of them.
//!
//! The same session gives the same bytes: no clock, no machine. Not for where the file goes, which is
//! the caller's, and not for judging the session, which is the review's.

mod course;
pub mod diagram;
mod fields;
mod hardening;
mod html;
mod interchange;
pub mod layout;
pub(crate) mod markdown;
mod sections;
pub mod snippet;
mod source;
pub mod template;

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
    /// Its layout, where it has one that can be copied and changed.
    pub template: Option<&'static str>,
    /// Whether it is for people or for programs.
    pub kind: Kind,
    /// Writes it.
    pub write: fn(&Session, &Catalog, &Options) -> String,
}

/// A form whose layout is a file of its name in assets/templates.
macro_rules! by_template {
    ($id:literal, $name:literal, $description:literal) => {{
        const SOURCE: &str = include_str!(concat!("../../assets/templates/", $id, ".md.j2"));
        Form {
            id: $id,
            name: $name,
            description: $description,
            extension: "md",
            template: Some(SOURCE),
            kind: Kind::WriteUp,
            write: |session, catalog, options| by_template($id, SOURCE, session, catalog, options),
        }
    }};
}

impl Form {
    /// Every form.
    pub const ALL: &'static [Self] = &[
        Self {
            id: "course",
            name: "Course hand-in",
            description: "scope, attackers, diagram, numbered threats for each system, findings",
            extension: "md",
            template: None,
            kind: Kind::WriteUp,
            write: course::write,
        },
        by_template!(
            "threat-description",
            "Threats and descriptions",
            "threats by system and category, each with its attack surface or description"
        ),
        by_template!(
            "threat-mitigation",
            "Threats and mitigations",
            "numbered threats with category and letter, each with its mitigations"
        ),
        by_template!(
            "attack-surface",
            "Attack surfaces",
            "attack surfaces first, what an attacker does there, the category in capitals"
        ),
        by_template!(
            "summary",
            "Summary",
            "what could go wrong, attackers, components in words, threats by category, hardening"
        ),
        by_template!(
            "full",
            "Full report",
            "everything: risks, coverage, every field, owners, findings, decisions, open questions"
        ),
        by_template!("table", "Table", "all threats in one table"),
        Self {
            id: "html",
            name: "Web page",
            description: "one page for a browser or for printing, with the diagrams as pictures",
            extension: "html",
            template: None,
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

/// Writes a session up by a template of the program's own.
fn by_template(
    name: &str,
    source: &str,
    session: &Session,
    catalog: &Catalog,
    options: &Options,
) -> String {
    template::Template { name, source }
        .write(session, catalog, options)
        .expect("the fields do not depend on the session, and tests fill every template")
}
