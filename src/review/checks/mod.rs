//! The quality checks, one file for each subject. What a check is: [`super::quality`].

mod cells;
mod findings;
mod mitigations;
mod text;
mod threats;
mod twice;

use std::collections::HashSet;

use super::quality::Quality;
use crate::catalog::Catalog;
use crate::catalog::types::Id;
use crate::encode::Foreign;
use crate::session::id::ThreatId;
use crate::session::types::{Session, Threat};

pub use text::Remark;

/// What is looked at: the session as far as it is in scope.
struct Looked<'a> {
    session: &'a Session,
    catalog: &'a Catalog,
    in_scope: HashSet<&'a str>,
    /// The threats whose component is in scope.
    considered: HashSet<&'a ThreatId>,
}

impl<'a> Looked<'a> {
    fn at(session: &'a Session, catalog: &'a Catalog) -> Self {
        let in_scope: HashSet<&str> = session.components.iter().map(Id::as_str).collect();
        let considered = session
            .threats
            .iter()
            .filter(|threat| in_scope.contains(threat.component.as_str()))
            .map(|threat| &threat.id)
            .collect();
        Self {
            session,
            catalog,
            in_scope,
            considered,
        }
    }

    fn is_in_scope(&self, component: &Id) -> bool {
        self.in_scope.contains(component.as_str())
    }

    fn threats(&self) -> impl Iterator<Item = &'a Threat> {
        let in_scope = |threat: &&Threat| self.is_in_scope(&threat.component);
        self.session.threats.iter().filter(in_scope)
    }
}

/// Everything that stands out, in the order of the session.
pub fn all(session: &Session, catalog: &Catalog) -> Vec<Quality> {
    let looked = Looked::at(session, catalog);
    let mut found = Vec::new();
    threats::check(&looked, &mut found);
    twice::check(&looked, &mut found);
    mitigations::check(&looked, &mut found);
    cells::check(&looked, &mut found);
    findings::check(&looked, &mut found);
    found
}

/// What stands out in the text of a remediation: words that the tools do not know.
pub fn remarks(text: &str) -> Vec<Remark> {
    text::check(text)
}

/// A text shortened for a message.
fn short<'a>(text: impl Into<Foreign<'a>>) -> String {
    const LONGEST: usize = 80;
    let text = text.into().trim().shown();
    let line = text.lines().next().unwrap_or_default();
    if line.chars().count() <= LONGEST {
        return line.to_owned();
    }
    let mut start: String = line.chars().take(LONGEST).collect();
    start.push('…');
    start
}

#[cfg(test)]
mod tests;
