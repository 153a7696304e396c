//! Threats with everything known about them, and mitigations.

use std::collections::{BTreeMap, HashMap};

use minijinja::Value;

use super::{day, or};
use crate::report::source::{Source, response, risk};
use crate::report::template::{Record, list};
use crate::session::id::ThreatId;
use crate::session::types::{Hands, Hardening, Impact, Likelihood, Mitigation, Threat};
use crate::session::words::Risk;

/// The records of all threats, made once and shared by every list that names them.
pub struct Threats<'a> {
    records: HashMap<&'a ThreatId, Value>,
    in_order: Vec<&'a ThreatId>,
}

impl<'a> Threats<'a> {
    /// Of a session.
    pub fn of(source: &Source<'a>) -> Self {
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
                (&threat.id, record(source, threat, found).into())
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

fn record(source: &Source<'_>, threat: &Threat, findings: &[&Hardening]) -> Record {
    let number = source
        .threats
        .get(&threat.id)
        .map_or(0, |(number, _)| *number);
    let rated = threat.likelihood.zip(threat.impact);
    let cited = source
        .cited(threat)
        .into_iter()
        .map(|(kind, names)| Record::default().with("kind", kind).with("names", names));
    let mitigations = source.mitigations.get(&threat.id);
    let mitigations = mitigations.map_or(&[][..], Vec::as_slice);
    let findings = findings.iter().map(|one| {
        Record::default()
            .with("number", one.number.trim())
            .with("title", one.title.trim())
    });
    let sentence = &threat.sentence;
    let sentence = if sentence.is_empty() {
        String::new()
    } else {
        sentence.text()
    };
    let component = source
        .catalog
        .component(threat.component.as_str())
        .map_or(threat.component.as_str(), |one| one.name.as_str());
    Record::default()
        .with("number", number)
        .with("title", or(&threat.title, "Untitled threat"))
        .with("category", threat.category.name())
        .with("letter", threat.category.letter().to_string())
        .with("component", component)
        .with("surface", source.surface(threat).to_owned())
        .with("what_goes_wrong", threat.what_goes_wrong.trim())
        .with("preconditions", threat.preconditions.trim())
        .with("consequences", threat.consequences.trim())
        .with("sentence", sentence)
        .with("likelihood", threat.likelihood.map_or("", Likelihood::name))
        .with("impact", threat.impact.map_or("", Impact::name))
        .with(
            "risk",
            rated.map_or("", |(often, bad)| Risk::of(often, bad).name()),
        )
        .with("risk_in_words", risk(threat))
        .with("votes", votes(threat))
        .with("votes_note", threat.votes.note.trim())
        .with("response", response(threat))
        .with("response_reason", threat.response_reason.trim())
        .with(
            "mitigations",
            list(mitigations.iter().map(|one| mitigation(source, one))),
        )
        .with("findings", list(findings))
        .with("references", list(cited))
        .with("recorded_by", source.recorded_by(&threat.created))
        .with("recorded_on", day(&threat.created))
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

fn mitigation(source: &Source<'_>, mitigation: &Mitigation) -> Record {
    let owner = if source.options.names {
        mitigation.owner.trim()
    } else {
        ""
    };
    let threats = mitigation.threats.iter().filter_map(|id| {
        let (number, threat) = source.threats.get(id)?;
        let title = or(&threat.title, "Untitled threat");
        Some(
            Record::default()
                .with("number", *number)
                .with("title", title),
        )
    });
    let checks = mitigation.controls.iter().map(|id| {
        let control = source.catalog.control(id.as_str());
        control.map_or_else(|| id.to_string(), |one| one.title.to_string())
    });
    Record::default()
        .with("what", or(&mitigation.what, "Not described yet"))
        .with("status", mitigation.status.name())
        .with("owner", owner)
        .with("due", mitigation.due.trim())
        .with("verify", mitigation.verify.trim())
        .with("evidence", mitigation.evidence.trim())
        .with("checks", list(checks))
        .with("threats", list(threats))
}

/// The mitigations by owner, in the order of the owners' names; those without an owner come last.
pub fn owners(source: &Source<'_>) -> Value {
    let mut owners: BTreeMap<(bool, &str), Vec<Record>> = BTreeMap::new();
    for one in &source.session.mitigations {
        let owner = if source.options.names {
            one.owner.trim()
        } else {
            ""
        };
        let of_owner = owners.entry((owner.is_empty(), owner)).or_default();
        of_owner.push(mitigation(source, one));
    }
    list(owners.into_iter().map(|((_, name), mitigations)| {
        Record::default()
            .with("name", name)
            .with("mitigations", list(mitigations))
    }))
}
