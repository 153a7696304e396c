//! Whether the content of a session makes sense: ids that stand once, references that lead
//! somewhere, texts and lists within bounds.
//!
//! Not whether the modelling is good: that is the review's. Everything that [`Editor`] can make
//! passes here; anything else would be a session that is saved today and refused tomorrow.
//!
//! [`Editor`]: crate::session::edit::Editor

use std::collections::HashSet;
use std::fmt::Display;
use std::hash::Hash;

use super::courtesy::step_aside_at;
use super::error::Problem;
use super::scan::{Overview, problem_at};
use crate::session::edit::MAX_TEXT;
use crate::session::types::{Disputed, FORMAT, Session};

/// No list of a session is longer.
const LONGEST_LIST: usize = 10_000;

/// The first thing in the session that cannot be right, found again in the text of its file.
pub(super) fn check(session: &Session, text: &str, overview: &Overview) -> Result<(), Problem> {
    let checker = Checker { text };
    if session.format != FORMAT {
        return Err(checker.at("format:", 1, format!("the format must be {FORMAT}")));
    }
    checker.list_lengths(session)?;
    checker.unique_ids(session)?;
    checker.references(session)?;
    if let Some(begin) = overview.too_long_text
        && longest_text(session) > MAX_TEXT
    {
        let what = "the text that begins here is longer than 256 KiB";
        return Err(problem_at(text, begin, what));
    }
    Ok(())
}

struct Checker<'a> {
    text: &'a str,
}

impl Checker<'_> {
    /// The problem where `needle` stands for the `nth` time, from 1.
    fn at(&self, needle: &str, nth: usize, what: String) -> Problem {
        let at = self.text.match_indices(needle).nth(nth - 1);
        problem_at(self.text, at.map_or(0, |(at, _)| at), what)
    }

    fn list_lengths(&self, session: &Session) -> Result<(), Problem> {
        let lists = [
            ("participants", session.participants.len()),
            ("components", session.components.len()),
            ("assumptions", session.assumptions.len()),
            ("attackers", session.attackers.len()),
            ("cells", session.cells.len()),
            ("threats", session.threats.len()),
            ("mitigations", session.mitigations.len()),
            ("scans", session.scans.len()),
            ("hardenings", session.hardenings.len()),
            ("review_notes", session.review_notes.len()),
            ("parked", session.parked.len()),
            ("accepted_checks", session.accepted_checks.len()),
            ("disputes", session.disputes.len()),
            ("drafts", session.working.drafts.len()),
        ];
        let findings = session.scans.iter().map(|scan| scan.findings.len());
        let findings = findings.map(|length| ("findings", length));
        let own = session.own_systems.iter().flat_map(|system| {
            [
                ("components", system.components.len()),
                ("trust_zones", system.trust_zones.len()),
                ("elements", system.elements.len()),
                ("data_flows", system.data_flows.len()),
            ]
        });
        let own = own.chain([("own_systems", session.own_systems.len())]);
        for (name, length) in lists.into_iter().chain(findings).chain(own) {
            if length > LONGEST_LIST {
                let what = format!("{length} {name} are more than the {LONGEST_LIST} allowed");
                return Err(self.at(&format!("{name}:"), 1, what));
            }
        }
        Ok(())
    }

    fn unique_ids(&self, session: &Session) -> Result<(), Problem> {
        self.unique("id", session.participants.iter().map(|one| &one.id))?;
        self.unique("component", session.components.iter())?;
        self.unique("id", session.assumptions.iter().map(|one| &one.id))?;
        self.unique("profile", session.attackers.iter().map(|one| &one.profile))?;
        self.unique("id", session.threats.iter().map(|one| &one.id))?;
        self.unique("id", session.mitigations.iter().map(|one| &one.id))?;
        self.unique("id", session.scans.iter().map(|one| &one.id))?;
        self.unique("id", session.hardenings.iter().map(|one| &one.id))?;
        self.unique("id", session.review_notes.iter().map(|one| &one.id))?;
        self.unique("id", session.own_systems.iter().map(|one| &one.id))?;
        let own = session.own_systems.iter().flat_map(|one| &one.components);
        self.unique("id", own.map(|one| &one.id))?;
        self.unique("id", session.parked.iter().map(|one| &one.id))?;
        self.unique("id", session.accepted_checks.iter().map(|one| &one.id))?;
        self.unique("id", session.disputes.iter().map(|one| &one.id))?;
        for cell in &session.cells {
            self.unique("suggestion", cell.left.iter().map(|one| &one.suggestion))?;
        }
        let mut cells = HashSet::new();
        for cell in &session.cells {
            if !cells.insert((&cell.component, cell.category)) {
                let (component, category) = (&cell.component, cell.category.id());
                let what = format!("the cell {component}, {category} stands twice");
                return Err(self.at(&format!("component: \"{component}\""), 2, what));
            }
        }
        let mut drafts = HashSet::new();
        if session
            .working
            .drafts
            .iter()
            .any(|draft| !drafts.insert(&draft.key))
        {
            let what = "two drafts are for the same thing".to_owned();
            return Err(self.at("drafts:", 1, what));
        }
        Ok(())
    }

    fn unique<'a, T>(&self, field: &str, ids: impl Iterator<Item = &'a T>) -> Result<(), Problem>
    where
        T: Display + Eq + Hash + 'a,
    {
        let mut seen = HashSet::with_capacity(ids.size_hint().0);
        for (at, id) in ids.enumerate() {
            step_aside_at(at);
            if !seen.insert(id) {
                let what = format!("the {field} \"{id}\" stands twice");
                let written = format!("{field}: \"{id}\"");
                // Two spaces, a list without field names, or the layout of somebody else.
                let needle = if self.text.matches(&written).nth(1).is_some() {
                    written
                } else {
                    format!("\"{id}\"")
                };
                return Err(self.at(&needle, 2, what));
            }
        }
        Ok(())
    }

    fn references(&self, session: &Session) -> Result<(), Problem> {
        let threats: HashSet<_> = session.threats.iter().map(|one| &one.id).collect();
        let mitigations = session.mitigations.iter().flat_map(|one| &one.threats);
        let hardenings = session.hardenings.iter().flat_map(|one| &one.threats);
        for (at, threat) in mitigations.chain(hardenings).enumerate() {
            step_aside_at(at);
            if !threats.contains(threat) {
                let what = format!("there is no threat \"{threat}\" in this session");
                return Err(self.at(&format!("\"{threat}\""), 1, what));
            }
        }
        Ok(())
    }
}

/// Only asked when the file holds a quoted text that may be too long.
fn longest_text(session: &Session) -> usize {
    let mut longest = 0;
    let mut see = |length: usize| longest = longest.max(length);
    for (_, text) in session.texts() {
        see(text.len());
    }
    for scan in &session.scans {
        let facts = [&scan.file, &scan.tool, &scan.tool_version, &scan.benchmark];
        for text in facts {
            see(text.len());
        }
        for finding in &scan.findings {
            let facts = [
                &finding.number,
                &finding.title,
                &finding.printed_status,
                &finding.remediation,
            ];
            for text in facts.into_iter().chain(&finding.details) {
                see(text.len());
            }
        }
    }
    for one in &session.hardenings {
        see(one.benchmark.len());
    }
    for one in &session.accepted_checks {
        see(one.check.len());
        see(one.subject.len());
    }
    for one in &session.disputes {
        see(one.from.len());
        if let Disputed::Text(_, other) | Disputed::NothingApplies(_, other) = &one.other {
            see(other.len());
        }
    }
    for system in &session.own_systems {
        see(system.name.len());
        see(system.what.len());
        for one in &system.components {
            see(one.name.len());
            see(one.what.len());
        }
        for one in &system.trust_zones {
            see(one.name.len());
        }
        for one in &system.elements {
            see(one.name.len());
        }
        for one in &system.data_flows {
            see(one.what.len());
            see(one.how.len());
        }
    }
    longest
}
