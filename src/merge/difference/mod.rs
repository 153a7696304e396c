//! What changed from one session to another, or from one version to a later one: threats, risks,
//! mitigations, findings, and the rest of what was said.
//!
//! Not for which threats are the same: see `pairs`; nor for how it is read out: see `paper`.

mod pairs;
mod paper;

use std::collections::HashMap;

use serde::Serialize;

use super::facts::{self, Entry};
use crate::findings::compare::{Side, compare};
use crate::session::coverage::Coverage;
use crate::session::types::{Mitigation, MitigationStatus, Session, Threat};
use crate::session::words::Risk;
use crate::stride::Category;
use pairs::matched;

/// Everything that differs.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Difference {
    /// What is compared.
    pub before: Overview,
    /// With what.
    pub after: Overview,
    /// Threats that only the second has.
    pub threats_added: Vec<ThreatLine>,
    /// Threats that only the first has.
    pub threats_gone: Vec<ThreatLine>,
    /// Threats that both have, and what is different about them.
    pub threats_changed: Vec<Changed>,
    /// Threats that are rated differently.
    pub risks: Vec<RiskChange>,
    /// Mitigations that only the second has.
    pub mitigations_added: Vec<MitigationLine>,
    /// Mitigations that only the first has.
    pub mitigations_gone: Vec<MitigationLine>,
    /// Mitigations that got further, or back.
    pub mitigations_moved: Vec<Moved>,
    /// Findings that failed in the last scan of the first and pass in that of the second.
    pub findings_fixed: Vec<String>,
    /// Findings that fail only in the last scan of the second.
    pub findings_new: Vec<String>,
    /// Everything else.
    pub others: Vec<Changed>,
}

/// The size of a session.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Overview {
    /// Its title.
    pub title: String,
    /// Recorded threats.
    pub threats: usize,
    /// Cells in scope that have an answer.
    pub answered_cells: usize,
    /// Cells in scope.
    pub cells: usize,
}

/// A threat.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct ThreatLine {
    /// Its id.
    pub id: String,
    /// Its title.
    pub title: String,
    /// The component of its cell.
    pub component: String,
    /// The category of its cell.
    pub category: Category,
    /// Its risk, where it is rated.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub risk: Option<&'static str>,
}

/// A mitigation.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct MitigationLine {
    /// Its id.
    pub id: String,
    /// What to do.
    pub what: String,
    /// How far it is.
    pub status: MitigationStatus,
}

/// An entry with what is different about it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Changed {
    /// What it is, in words.
    pub what: String,
    /// Each fact that is different.
    pub fields: Vec<FieldChange>,
}

/// A fact that is different.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct FieldChange {
    /// Which.
    pub field: &'static str,
    /// Its value in the first; empty where there is none.
    pub before: String,
    /// Its value in the second; empty where there is none.
    pub after: String,
}

/// A threat that is rated differently.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct RiskChange {
    /// The threat's title.
    pub title: String,
    /// Its risk in the first.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub before: Option<&'static str>,
    /// Its risk in the second.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub after: Option<&'static str>,
    /// `up`, `down`, `rated` for the first time, or `unrated` now.
    pub direction: &'static str,
}

/// A mitigation that is further, or less far.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Moved {
    /// What to do.
    pub what: String,
    /// How far it is in the first.
    pub before: MitigationStatus,
    /// How far it is in the second.
    pub after: MitigationStatus,
}

impl Difference {
    /// Compares two sessions. Entries are matched by their ids, and threats that know nothing of each
    /// other by what they are about.
    pub fn between(before: &Session, after: &Session) -> Self {
        let pairs = matched(before, after);
        let mut difference = Self {
            before: overview(before),
            after: overview(after),
            threats_added: Vec::new(),
            threats_gone: Vec::new(),
            threats_changed: Vec::new(),
            risks: Vec::new(),
            mitigations_added: Vec::new(),
            mitigations_gone: Vec::new(),
            mitigations_moved: Vec::new(),
            findings_fixed: Vec::new(),
            findings_new: Vec::new(),
            others: Vec::new(),
        };
        for (old, new) in pairs {
            match (old, new) {
                (Some(old), Some(new)) => difference.threat(before, old, after, new),
                (Some(old), None) => difference.threats_gone.push(line(old)),
                (None, Some(new)) => difference.threats_added.push(line(new)),
                (None, None) => {}
            }
        }
        difference.mitigations(before, after);
        difference.findings(before, after);
        difference.others(before, after);
        difference
    }

    /// Whether nothing differs.
    pub fn is_empty(&self) -> bool {
        self.threats_added.is_empty()
            && self.threats_gone.is_empty()
            && self.threats_changed.is_empty()
            && self.mitigations_added.is_empty()
            && self.mitigations_gone.is_empty()
            && self.mitigations_moved.is_empty()
            && self.findings_fixed.is_empty()
            && self.findings_new.is_empty()
            && self.others.is_empty()
    }

    fn threat(&mut self, before: &Session, old: &Threat, after: &Session, new: &Threat) {
        let mut fields = changes(&facts::threat(before, old), &facts::threat(after, new));
        if old.title != new.title {
            fields.insert(0, changed("title", &old.title, &new.title));
        }
        if !fields.is_empty() {
            let what = new.title.clone();
            self.threats_changed.push(Changed { what, fields });
        }
        let (old_risk, new_risk) = (risk(old), risk(new));
        let direction = match (old_risk, new_risk) {
            (Some(old), Some(new)) if new > old => "up",
            (Some(old), Some(new)) if new < old => "down",
            (None, Some(_)) => "rated",
            (Some(_), None) => "unrated",
            _ => return,
        };
        self.risks.push(RiskChange {
            title: new.title.clone(),
            before: old_risk.map(Risk::name),
            after: new_risk.map(Risk::name),
            direction,
        });
    }

    fn mitigations(&mut self, before: &Session, after: &Session) {
        let mut unmatched: Vec<&Mitigation> = before.mitigations.iter().collect();
        for new in &after.mitigations {
            let same_id = unmatched.iter().position(|old| old.id == new.id);
            let same = same_id.or_else(|| unmatched.iter().position(|old| old.what == new.what));
            let Some(at) = same else {
                self.mitigations_added.push(mitigation_line(new));
                continue;
            };
            let old = unmatched.remove(at);
            if old.status != new.status {
                self.mitigations_moved.push(Moved {
                    what: new.what.clone(),
                    before: old.status,
                    after: new.status,
                });
            }
            let old_facts = facts::mitigation(before, old);
            let mut fields = changes(&old_facts, &facts::mitigation(after, new));
            fields.retain(|one| one.field != "how far");
            if old.what != new.what {
                fields.insert(0, changed("what we do", &old.what, &new.what));
            }
            if !fields.is_empty() {
                let what = format!("Mitigation: {}", new.what);
                self.others.push(Changed { what, fields });
            }
        }
        self.mitigations_gone = unmatched.into_iter().map(mitigation_line).collect();
    }

    /// The last scan of each tool in the one beside the last of the same tool in the other.
    fn findings(&mut self, before: &Session, after: &Session) {
        let mut tools: Vec<&str> = Vec::new();
        for scan in after.scans.iter().rev() {
            if tools.contains(&scan.tool.as_str()) {
                continue;
            }
            tools.push(&scan.tool);
            let mut earlier = before.scans.iter().rev();
            let Some(old) = earlier.find(|one| one.tool == scan.tool) else {
                continue;
            };
            let compared = compare(Side::from(old), Side::from(scan));
            let fixed = compared.fixed.iter().map(ToString::to_string);
            self.findings_fixed.extend(fixed);
            let new = compared.new.iter().chain(&compared.newly_checked);
            self.findings_new.extend(new.map(ToString::to_string));
        }
    }

    /// What is neither a threat nor a mitigation.
    fn others(&mut self, before: &Session, after: &Session) {
        let rest = |session: &Session| -> Vec<Entry> {
            let all = facts::entries(session).into_iter();
            let rest = all.filter(|entry| {
                !entry.heading.starts_with("Threat: ") && !entry.heading.starts_with("Mitigation: ")
            });
            rest.collect()
        };
        let (old, new) = (rest(before), rest(after));
        let in_new: HashMap<&str, &Entry> = new.iter().map(|one| (one.key.as_str(), one)).collect();
        let in_old: HashMap<&str, &Entry> = old.iter().map(|one| (one.key.as_str(), one)).collect();
        for entry in &old {
            let mut fields = Vec::new();
            match in_new.get(entry.key.as_str()) {
                Some(now) => {
                    if entry.heading != now.heading {
                        fields.push(changed("now", &entry.heading, &now.heading));
                    }
                    fields.extend(changes(entry, now));
                }
                None => fields.push(changed("gone", &said(entry), "")),
            }
            if !fields.is_empty() {
                let what = entry.heading.clone();
                self.others.push(Changed { what, fields });
            }
        }
        for entry in new
            .iter()
            .filter(|one| !in_old.contains_key(one.key.as_str()))
        {
            self.others.push(Changed {
                what: entry.heading.clone(),
                fields: vec![changed("added", "", &said(entry))],
            });
        }
    }
}

/// What an entry says, in one text.
fn said(entry: &Entry) -> String {
    if entry.facts.is_empty() {
        return entry.heading.clone();
    }
    let facts = entry.facts.iter();
    let facts: Vec<String> = facts
        .map(|(name, value)| format!("{name}: {value}"))
        .collect();
    facts.join("; ")
}

fn overview(session: &Session) -> Overview {
    let (answered_cells, cells) = Coverage::of(session).answered();
    Overview {
        title: session.title.clone(),
        threats: session.threats.len(),
        answered_cells,
        cells,
    }
}

fn risk(threat: &Threat) -> Option<Risk> {
    Some(Risk::of(threat.likelihood?, threat.impact?))
}

fn line(threat: &Threat) -> ThreatLine {
    ThreatLine {
        id: threat.id.to_string(),
        title: threat.title.clone(),
        component: threat.component.to_string(),
        category: threat.category,
        risk: risk(threat).map(Risk::name),
    }
}

fn mitigation_line(one: &Mitigation) -> MitigationLine {
    MitigationLine {
        id: one.id.to_string(),
        what: one.what.clone(),
        status: one.status,
    }
}

fn changed(field: &'static str, before: &str, after: &str) -> FieldChange {
    FieldChange {
        field,
        before: before.to_owned(),
        after: after.to_owned(),
    }
}

/// The facts of two entries that differ.
fn changes(old: &Entry, new: &Entry) -> Vec<FieldChange> {
    let values = |entry: &Entry, field: &str| -> String {
        let all = entry.facts.iter().filter(|(name, _)| *name == field);
        let all: Vec<&str> = all.map(|(_, value)| value.as_str()).collect();
        all.join("\n")
    };
    let mut fields: Vec<&'static str> = Vec::new();
    for (name, _) in old.facts.iter().chain(&new.facts) {
        if !fields.contains(name) {
            fields.push(name);
        }
    }
    let changes = fields.into_iter().filter_map(|field| {
        let (before, after) = (values(old, field), values(new, field));
        (before != after).then(|| changed(field, &before, &after))
    });
    changes.collect()
}
