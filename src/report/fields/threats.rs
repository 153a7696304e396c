//! Threats with everything known about them, and mitigations.

use std::collections::{BTreeMap, HashMap};

use minijinja::Value;

use super::{day, or};
use crate::report::source::{Source, response, risk};
use crate::report::template::{Names, Record, Sparse, list};
use crate::session::id::ThreatId;
use crate::session::types::{Hands, Hardening, Impact, Likelihood, Mitigation, Threat};
use crate::session::words::Risk;

/// The records of all threats, made once and shared by every list that names them.
pub struct Threats<'a> {
    records: HashMap<&'a ThreatId, Value>,
    in_order: Vec<&'a ThreatId>,
}

impl<'a> Threats<'a> {
    /// Of a session, with the fields that are asked for.
    pub fn of(source: &Source<'a>, names: &Names) -> Self {
        let mut findings: HashMap<&ThreatId, Vec<&Hardening>> = HashMap::new();
        for hardening in &source.session.hardenings {
            for threat in &hardening.threats {
                findings.entry(threat).or_default().push(hardening);
            }
        }
        let in_order: Vec<&Threat> = source
            .sections
            .iter()
            .flat_map(|section| section.threats.iter().copied())
            .collect();
        let records = in_order
            .iter()
            .map(|threat| {
                let found = findings.get(&threat.id).map_or(&[][..], Vec::as_slice);
                (&threat.id, record(source, threat, found, names).into())
            })
            .collect();
        Self {
            records,
            in_order: in_order.iter().map(|threat| &threat.id).collect(),
        }
    }

    /// All of them, in the order of the walk.
    pub fn all(&self) -> Value {
        list(self.in_order.iter().filter_map(|id| self.get(id)))
    }

    /// Some of them.
    pub fn some<'b>(&self, threats: impl IntoIterator<Item = &'b Threat>) -> Value {
        list(threats.into_iter().filter_map(|one| self.get(&one.id)))
    }

    fn get(&self, id: &ThreatId) -> Option<Value> {
        self.records.get(id).cloned()
    }
}

fn record<'n>(
    source: &Source<'_>,
    threat: &Threat,
    findings: &[&Hardening],
    names: &'n Names,
) -> Sparse<'n> {
    let rated = threat.likelihood.zip(threat.impact);
    Sparse::new(names, 23)
        .with("number", || {
            let found = source.threats.get(&threat.id);
            found.map_or(0, |(number, _)| *number)
        })
        .with("title", || or(&threat.title, "Untitled threat"))
        .with("category", || threat.category.name())
        .with("letter", || threat.category.letter().to_string())
        .with("component", || {
            let known = source.catalog.component(threat.component.as_str());
            known.map_or(threat.component.as_str(), |one| one.name.as_str())
        })
        .with("surface", || source.surface(threat))
        .with("what_goes_wrong", || threat.what_goes_wrong.trim())
        .with("preconditions", || threat.preconditions.trim())
        .with("consequences", || threat.consequences.trim())
        .with("sentence", || sentence(threat))
        .with("likelihood", || {
            threat.likelihood.map_or("", Likelihood::name)
        })
        .with("impact", || threat.impact.map_or("", Impact::name))
        .with("risk", || {
            rated.map_or("", |(often, bad)| Risk::of(often, bad).name())
        })
        .with("risk_in_words", || risk(threat))
        .with("votes", || votes(threat))
        .with("votes_note", || threat.votes.note.trim())
        .with("response", || response(threat))
        .with("response_reason", || threat.response_reason.trim())
        .with("mitigations", || {
            let mitigations = source.mitigations.get(&threat.id).into_iter().flatten();
            list(mitigations.map(|one| mitigation(source, one, names)))
        })
        .with("findings", || list(findings.iter().map(|one| finding(one))))
        .with("references", || {
            let cited = source.cited(threat);
            list(cited.iter().map(|(kind, names)| {
                Record::default()
                    .with("kind", *kind)
                    .with("names", names.as_str())
            }))
        })
        .with("recorded_by", || source.recorded_by(&threat.created))
        .with("recorded_on", || day(&threat.created))
}

fn finding(hardening: &Hardening) -> Record {
    Record::default()
        .with("number", hardening.number.trim())
        .with("title", hardening.title.trim())
}

fn sentence(threat: &Threat) -> String {
    if threat.sentence.is_empty() {
        return String::new();
    }
    threat.sentence.text()
}

/// A show of hands in words: the spread, which is the point of it.
fn votes(threat: &Threat) -> String {
    let scale = |name: &str, hands: &Hands, levels: [&str; 5]| {
        let raised: Vec<String> = levels
            .iter()
            .zip(hands.0)
            .filter(|(_, count)| *count > 0)
            .map(|(level, count)| format!("{level} {count}"))
            .collect();
        (!raised.is_empty()).then(|| format!("{name} {}", raised.join(", ")))
    };
    let votes = &threat.votes;
    [
        scale(
            "likelihood",
            &votes.likelihood,
            Likelihood::ALL.map(Likelihood::name),
        ),
        scale("impact", &votes.impact, Impact::ALL.map(Impact::name)),
    ]
    .into_iter()
    .flatten()
    .collect::<Vec<_>>()
    .join("; ")
}

fn mitigation<'n>(source: &Source<'_>, mitigation: &Mitigation, names: &'n Names) -> Sparse<'n> {
    Sparse::new(names, 8)
        .with("what", || or(&mitigation.what, "Not described yet"))
        .with("status", || mitigation.status.name())
        .with("owner", || owner(source, mitigation))
        .with("due", || mitigation.due.trim())
        .with("verify", || mitigation.verify.trim())
        .with("evidence", || mitigation.evidence.trim())
        .with("checks", || {
            list(mitigation.controls.iter().map(|id| {
                let control = source.catalog.control(id.as_str());
                control.map_or(id.as_str(), |one| one.title.as_str())
            }))
        })
        .with("threats", || {
            list(mitigation.threats.iter().filter_map(|id| {
                let (number, threat) = source.threats.get(id)?;
                let title = or(&threat.title, "Untitled threat");
                Some(
                    Record::default()
                        .with("number", *number)
                        .with("title", title),
                )
            }))
        })
}

fn owner<'a>(source: &Source<'_>, mitigation: &'a Mitigation) -> &'a str {
    if source.options.names {
        mitigation.owner.trim()
    } else {
        ""
    }
}

/// The mitigations by owner, in the order of the owners' names; those without an owner come last.
pub fn owners(source: &Source<'_>, names: &Names) -> Value {
    let mut owners: BTreeMap<(bool, &str), Vec<&Mitigation>> = BTreeMap::new();
    for one in &source.session.mitigations {
        let owner = owner(source, one);
        owners
            .entry((owner.is_empty(), owner))
            .or_default()
            .push(one);
    }
    list(owners.into_iter().map(|((_, name), mitigations)| {
        let mitigations = mitigations.into_iter();
        Record::default().with("name", name).with(
            "mitigations",
            list(mitigations.map(|one| mitigation(source, one, names))),
        )
    }))
}
