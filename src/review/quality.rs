//! What stands out in a session: answers that a reviewer would ask about. Each check has a name
//! that stays the same, says why it matters, leads to the place, and can be accepted with a reason.
//!
//! The checks themselves are in [`super::checks`], one file for each subject.

use super::Jump;
use super::checks;
use crate::catalog::Catalog;
use crate::session::id::AcceptedCheckId;
use crate::session::types::Session;

/// How much it matters.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Severity {
    /// Should be mended.
    Warning,
    /// Worth a thought.
    Note,
}

impl Severity {
    /// In words.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Warning => "warning",
            Self::Note => "note",
        }
    }
}

/// A kind of thing that can stand out.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Check {
    /// Its name, such as `threat-without-response`.
    pub name: &'static str,
    /// How much it matters.
    pub severity: Severity,
    /// Why it matters.
    pub why: &'static str,
}

impl Check {
    /// One that should be mended.
    pub const fn warning(name: &'static str, why: &'static str) -> Self {
        let severity = Severity::Warning;
        Self {
            name,
            severity,
            why,
        }
    }

    /// One that is worth a thought.
    pub const fn note(name: &'static str, why: &'static str) -> Self {
        let severity = Severity::Note;
        Self {
            name,
            severity,
            why,
        }
    }

    /// It stands out here.
    pub fn found(&self, message: String, jump: Jump) -> Quality {
        Quality {
            check: self.name,
            severity: self.severity,
            message,
            why: self.why,
            subject: jump.subject(),
            jump,
        }
    }
}

/// Something that stands out.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Quality {
    /// The check's name, such as `threat-without-response`.
    pub check: &'static str,
    /// How much it matters.
    pub severity: Severity,
    /// What stands out.
    pub message: String,
    /// Why it matters.
    pub why: &'static str,
    /// What it is about, for an acceptance to hold on to: an id, and for one word of a text the word.
    pub subject: String,
    /// Where it can be put right.
    pub jump: Jump,
}

impl Quality {
    /// The same about one word of a text: another word there is another matter.
    #[must_use]
    pub fn about(mut self, word: &str) -> Self {
        self.subject.push('/');
        self.subject.extend(word.chars().take(64));
        self
    }
}

/// Something that stood out and that the team leaves as it is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Accepted {
    /// The acceptance.
    pub id: AcceptedCheckId,
    /// The check's name.
    pub check: String,
    /// What stands out; nothing where it was put right since.
    pub quality: Option<Quality>,
}

/// Everything that stands out, in the order of the session, and apart from it what is accepted.
/// Accepted without a reason is still open.
pub fn check(session: &Session, catalog: &Catalog) -> (Vec<Quality>, Vec<Accepted>) {
    let mut open = checks::all(session, catalog);
    let mut accepted = Vec::new();
    for acceptance in &session.accepted_checks {
        let found = open
            .iter()
            .position(|one| one.check == acceptance.check && one.subject == acceptance.subject);
        if acceptance.reason.trim().is_empty() && found.is_some() {
            continue;
        }
        accepted.push(Accepted {
            id: acceptance.id.clone(),
            check: acceptance.check.shown().into_owned(),
            quality: found.map(|at| open.remove(at)),
        });
    }
    (open, accepted)
}
