//! Threats of several tables side by side, and their mitigations.

use std::collections::HashMap;

use super::Table;
use super::decisions::Disputes;
use crate::encode::{Foreign, ForeignText};
use crate::merge::about::groups;
use crate::session::id::ThreatId;
use crate::session::place::{MitigationText, TextField, ThreatText};
use crate::session::types::{Disputed, Hands, Mitigation, Stamp, Threat};

/// A threat that is kept, with the tables that said it in these words.
struct Kept {
    threat: Threat,
    tables: Vec<usize>,
}

/// The threats of all tables, and which of them became which other one.
pub(super) fn together(
    tables: &[Table],
    disputes: &mut Disputes,
) -> (Vec<Threat>, HashMap<ThreatId, ThreatId>) {
    let all: Vec<(usize, &Threat)> = tables
        .iter()
        .enumerate()
        .flat_map(|(table, one)| {
            one.session
                .threats
                .iter()
                .map(move |threat| (table, threat))
        })
        .collect();
    let threats: Vec<&Threat> = all.iter().map(|(_, threat)| *threat).collect();
    let numbers = groups(&threats);
    let mut kept: Vec<Vec<Kept>> = Vec::new();
    kept.resize_with(numbers.iter().max().map_or(0, |last| last + 1), Vec::new);
    let mut became = HashMap::new();
    for ((table, threat), group) in all.into_iter().zip(numbers) {
        let group = &mut kept[group];
        let from = &tables[table].name;
        let same = group
            .iter_mut()
            .find(|one| !one.tables.contains(&table) && says_the_same(&one.threat, threat));
        if let Some(same) = same {
            became.insert(threat.id.clone(), same.threat.id.clone());
            same.tables.push(table);
            join(&mut same.threat, threat, from, disputes);
            continue;
        }
        if let Some(first) = group.first() {
            rated_differently(&first.threat, threat, from, disputes);
        }
        group.push(Kept {
            threat: threat.clone(),
            tables: vec![table],
        });
    }
    let threats = kept.into_iter().flatten().map(|one| one.threat).collect();
    (threats, became)
}

/// Whether two threats say the same in the same words, whatever is then decided about them.
fn says_the_same(one: &Threat, other: &Threat) -> bool {
    let words = |threat: &Threat| {
        [
            threat.title.trim().to_text(),
            threat.what_goes_wrong.trim().to_text(),
            threat.preconditions.trim().to_text(),
            threat.consequences.trim().to_text(),
            ForeignText::joined(threat.sentence.parts(), "\u{0}"),
        ]
    };
    one.component == other.component
        && one.category == other.category
        && one.suggestion == other.suggestion
        && one.surface == other.surface
        && words(one) == words(other)
}

/// Two tables say the same threat: it stands once, with what either decided.
fn join(threat: &mut Threat, other: &Threat, from: &str, disputes: &mut Disputes) {
    rated_differently(threat, other, from, disputes);
    threat.likelihood = threat.likelihood.or(other.likelihood);
    threat.impact = threat.impact.or(other.impact);
    threat.response = threat.response.or(other.response);
    for control in &other.controls {
        if !threat.controls.contains(control) {
            threat.controls.push(control.clone());
        }
    }
    // The same people did not vote twice where the whole vote is the same.
    if threat.votes.likelihood != other.votes.likelihood
        || threat.votes.impact != other.votes.impact
    {
        add_hands(&mut threat.votes.likelihood, other.votes.likelihood);
        add_hands(&mut threat.votes.impact, other.votes.impact);
    }
    let id = threat.id.clone();
    let mut text = |part, ours: &mut ForeignText, theirs: &ForeignText| {
        let field = TextField::Threat(id.clone(), part);
        disputes.text(ours, theirs, field, from, &other.changed);
    };
    text(
        ThreatText::ResponseReason,
        &mut threat.response_reason,
        &other.response_reason,
    );
    text(
        ThreatText::AcceptedUntil,
        &mut threat.accepted_until,
        &other.accepted_until,
    );
    text(
        ThreatText::VotesNote,
        &mut threat.votes.note,
        &other.votes.note,
    );
    widen(
        &mut threat.created,
        &mut threat.changed,
        &other.created,
        &other.changed,
    );
}

/// From the first who said it to the last who changed it.
fn widen(created: &mut Stamp, changed: &mut Stamp, other_created: &Stamp, other_changed: &Stamp) {
    if other_created.at < created.at {
        created.clone_from(other_created);
    }
    if other_changed.at > changed.at {
        changed.clone_from(other_changed);
    }
}

fn add_hands(hands: &mut Hands, more: Hands) {
    for (level, more) in hands.0.iter_mut().zip(more.0) {
        *level = level.saturating_add(more);
    }
}

/// What another table says about risk and response of the same thing is for the group to settle.
fn rated_differently(threat: &Threat, other: &Threat, from: &str, disputes: &mut Disputes) {
    let id = &threat.id;
    let stamp = &other.changed;
    if other.likelihood.is_some()
        && threat.likelihood.is_some()
        && threat.likelihood != other.likelihood
    {
        disputes.note(
            from,
            Disputed::Likelihood(id.clone(), other.likelihood),
            stamp,
        );
    }
    if other.impact.is_some() && threat.impact.is_some() && threat.impact != other.impact {
        disputes.note(from, Disputed::Impact(id.clone(), other.impact), stamp);
    }
    if other.response.is_some() && threat.response.is_some() && threat.response != other.response {
        disputes.note(from, Disputed::Response(id.clone(), other.response), stamp);
    }
}

/// The mitigations of all tables. What two tables want to do about the same threat in the same words
/// stands once.
pub(super) fn mitigations(tables: &[Table], disputes: &mut Disputes) -> Vec<Mitigation> {
    let mut kept: Vec<(Mitigation, Vec<usize>)> = Vec::new();
    let mut by_words: HashMap<Foreign<'_>, Vec<usize>> = HashMap::new();
    for (table, one) in tables.iter().enumerate() {
        for mitigation in &one.session.mitigations {
            let candidates = by_words.entry(mitigation.what.trim()).or_default();
            let same = candidates.iter().copied().find(|at| {
                let (other, from) = &kept[*at];
                !from.contains(&table) && is_compatible(other, mitigation)
            });
            if let Some(at) = same {
                let (other, from) = &mut kept[at];
                from.push(table);
                join_mitigation(other, mitigation, &one.name, disputes);
            } else {
                candidates.push(kept.len());
                kept.push((mitigation.clone(), vec![table]));
            }
        }
    }
    kept.into_iter().map(|(mitigation, _)| mitigation).collect()
}

fn texts(mitigation: &Mitigation) -> [&ForeignText; 4] {
    [
        &mitigation.owner,
        &mitigation.due,
        &mitigation.verify,
        &mitigation.evidence,
    ]
}

/// Whether two mitigations in the same words are for a common threat and contradict each other in no
/// text.
fn is_compatible(one: &Mitigation, other: &Mitigation) -> bool {
    let agree = |(one, other): (&ForeignText, &ForeignText)| {
        one.is_empty() || other.is_empty() || one == other
    };
    one.threats.iter().any(|id| other.threats.contains(id))
        && texts(one).into_iter().zip(texts(other)).all(agree)
}

fn join_mitigation(one: &mut Mitigation, other: &Mitigation, from: &str, disputes: &mut Disputes) {
    if one.status != other.status {
        let status = Disputed::MitigationStatus(one.id.clone(), other.status);
        disputes.note(from, status, &other.changed);
    }
    let id = one.id.clone();
    let mut text = |part, ours: &mut ForeignText, theirs: &ForeignText| {
        let field = TextField::Mitigation(id.clone(), part);
        disputes.text(ours, theirs, field, from, &other.changed);
    };
    text(MitigationText::Owner, &mut one.owner, &other.owner);
    text(MitigationText::Due, &mut one.due, &other.due);
    text(MitigationText::Verify, &mut one.verify, &other.verify);
    text(MitigationText::Evidence, &mut one.evidence, &other.evidence);
    for threat in &other.threats {
        if !one.threats.contains(threat) {
            one.threats.push(threat.clone());
        }
    }
    for control in &other.controls {
        if !one.controls.contains(control) {
            one.controls.push(control.clone());
        }
    }
    widen(
        &mut one.created,
        &mut one.changed,
        &other.created,
        &other.changed,
    );
}
