//! Threats and mitigations: merged field by field, and kept where one side removed what the other
//! worked on.

use std::collections::HashSet;

use super::list::{Sides, keyed, set};
use super::{Merger, Side, later, picked};
use crate::encode::{Foreign, ForeignText};
use crate::session::id::ThreatId;
use crate::session::place::{DraftKey, MitigationText, SentencePart, TextField, ThreatText};
use crate::session::types::{Disputed, Hands, Mitigation, Sentence, Session, Stamp, Threat, Votes};

impl Merger<'_> {
    /// Finds the threats that one side removed while the other worked on their mitigations, and the
    /// mitigations that went with a threat that stays.
    pub(super) fn find_what_must_stay(&mut self) {
        let base = self.base;
        for (removing, working) in [(self.ours, self.theirs), (self.theirs, self.ours)] {
            let has: HashSet<&ThreatId> = removing.threats.iter().map(|one| &one.id).collect();
            let removed: HashSet<&ThreatId> = base
                .threats
                .iter()
                .map(|one| &one.id)
                .filter(|id| !has.contains(id))
                .collect();
            if removed.is_empty() {
                continue;
            }
            let mut kept: HashSet<ThreatId> = needed(base, working)
                .filter(|id| removed.contains(id))
                .cloned()
                .collect();
            let changed = working
                .threats
                .iter()
                .filter(|one| removed.contains(&one.id) && base.threat(&one.id) != Some(one));
            kept.extend(changed.map(|one| one.id.clone()));
            for mitigation in &working.mitigations {
                let went_along = removing.mitigation(&mitigation.id).is_none();
                if went_along && mitigation.threats.iter().any(|id| kept.contains(id)) {
                    self.mitigations_kept.insert(mitigation.id.clone());
                }
            }
            self.threats_kept.extend(kept);
        }
    }

    pub(super) fn threats(&mut self) -> Vec<Threat> {
        let (base, ours, theirs) = (self.base, self.ours, self.theirs);
        keyed(
            &base.threats,
            &ours.threats,
            &theirs.threats,
            |one| one.id.clone(),
            |sides| match (sides.ours, sides.theirs) {
                (Some(our), Some(their)) => Some(self.threat(sides.base, our, their)),
                (Some(one), None) => self.lone_threat(&sides, one, Side::Theirs),
                (None, Some(one)) => self.lone_threat(&sides, one, Side::Ours),
                (None, None) => None,
            },
        )
    }

    /// A threat that only one side has: new, or removed by the other side.
    fn lone_threat(
        &mut self,
        sides: &Sides<'_, Threat>,
        one: &Threat,
        removed_by: Side,
    ) -> Option<Threat> {
        if sides.base.is_some() {
            if !self.threats_kept.contains(&one.id) {
                return None;
            }
            let removed = Disputed::ThreatRemoved(one.id.clone());
            self.dispute(removed_by, removed, &one.changed);
        }
        Some(one.clone())
    }

    fn threat(&mut self, base: Option<&Threat>, ours: &Threat, theirs: &Threat) -> Threat {
        if ours == theirs {
            return ours.clone();
        }
        let stamps = (&ours.changed, &theirs.changed);
        let id = &ours.id;
        let mut text = |part: ThreatText, of: fn(&Threat) -> &ForeignText| {
            let field = || TextField::Threat(id.clone(), part);
            let base = base.map_or_else(Foreign::default, |one| of(one).as_foreign());
            self.text(base, of(ours), of(theirs), field, stamps)
        };
        let title = text(ThreatText::Title, |one| &one.title);
        let what_goes_wrong = text(ThreatText::WhatGoesWrong, |one| &one.what_goes_wrong);
        let preconditions = text(ThreatText::Preconditions, |one| &one.preconditions);
        let consequences = text(ThreatText::Consequences, |one| &one.consequences);
        let response_reason = text(ThreatText::ResponseReason, |one| &one.response_reason);
        let accepted_until = text(ThreatText::AcceptedUntil, |one| &one.accepted_until);
        let mut part = |part: SentencePart, of: fn(&Threat) -> &ForeignText| {
            text(ThreatText::Sentence(part), of)
        };
        let sentence = Sentence {
            who: part(SentencePart::Who, |one| &one.sentence.who),
            action: part(SentencePart::Action, |one| &one.sentence.action),
            because: part(SentencePart::Because, |one| &one.sentence.because),
            harm: part(SentencePart::Harm, |one| &one.sentence.harm),
            asset: part(SentencePart::Asset, |one| &one.sentence.asset),
        };
        let note = text(ThreatText::VotesNote, |one| &one.votes.note);
        let votes = |of: fn(&Threat) -> Hands| {
            hands(base.map(of).unwrap_or_default(), of(ours), of(theirs))
        };
        let votes = Votes {
            likelihood: votes(|one| one.votes.likelihood),
            impact: votes(|one| one.votes.impact),
            note,
        };
        let stamp = &theirs.changed;
        let likelihood = self.choice(
            &base.and_then(|one| one.likelihood),
            &ours.likelihood,
            &theirs.likelihood,
            |value| Disputed::Likelihood(id.clone(), value),
            stamp,
        );
        let impact = self.choice(
            &base.and_then(|one| one.impact),
            &ours.impact,
            &theirs.impact,
            |value| Disputed::Impact(id.clone(), value),
            stamp,
        );
        let response = self.choice(
            &base.and_then(|one| one.response),
            &ours.response,
            &theirs.response,
            |value| Disputed::Response(id.clone(), value),
            stamp,
        );
        let surface = self.choice(
            &base.and_then(|one| one.surface.clone()),
            &ours.surface,
            &theirs.surface,
            |value| Disputed::Surface(id.clone(), value),
            stamp,
        );
        Threat {
            title,
            surface,
            what_goes_wrong,
            preconditions,
            consequences,
            sentence,
            likelihood,
            impact,
            votes,
            response,
            response_reason,
            accepted_until,
            controls: set(
                base.map_or(&[], |one| one.controls.as_slice()),
                &ours.controls,
                &theirs.controls,
            ),
            changed: later(&ours.changed, &theirs.changed),
            ..ours.clone()
        }
    }

    pub(super) fn mitigations(&mut self, threats: &[Threat]) -> Vec<Mitigation> {
        let (base, ours, theirs) = (self.base, self.ours, self.theirs);
        let mut merged = keyed(
            &base.mitigations,
            &ours.mitigations,
            &theirs.mitigations,
            |one| one.id.clone(),
            |sides| match (sides.ours, sides.theirs) {
                (Some(our), Some(their)) => Some(self.mitigation(sides.base, our, their)),
                (Some(one), None) => self.lone_mitigation(&sides, one, Side::Theirs),
                (None, Some(one)) => self.lone_mitigation(&sides, one, Side::Ours),
                (None, None) => None,
            },
        );
        let known: HashSet<&ThreatId> = threats.iter().map(|one| &one.id).collect();
        for one in &mut merged {
            one.threats.retain(|id| known.contains(id));
            if one.threats.is_empty() {
                // Each side let go of another threat; one without any could not be seen.
                let all = [ours, theirs].into_iter();
                let all = all.filter_map(|side| side.mitigation(&one.id));
                let mut linked = all.flat_map(|side| &side.threats);
                one.threats = linked
                    .find(|id| known.contains(id))
                    .cloned()
                    .into_iter()
                    .collect();
            }
        }
        merged
    }

    fn lone_mitigation(
        &mut self,
        sides: &Sides<'_, Mitigation>,
        one: &Mitigation,
        removed_by: Side,
    ) -> Option<Mitigation> {
        if let Some(base) = sides.base {
            if base != one {
                let removed = Disputed::MitigationRemoved(one.id.clone());
                self.dispute(removed_by, removed, &one.changed);
            } else if !self.mitigations_kept.contains(&one.id) {
                return None;
            }
        }
        Some(one.clone())
    }

    fn mitigation(
        &mut self,
        base: Option<&Mitigation>,
        ours: &Mitigation,
        theirs: &Mitigation,
    ) -> Mitigation {
        if ours == theirs {
            return ours.clone();
        }
        let id = &ours.id;
        let mut text = |part: MitigationText, of: fn(&Mitigation) -> &ForeignText| {
            let field = || TextField::Mitigation(id.clone(), part);
            let base = base.map_or_else(Foreign::default, |one| of(one).as_foreign());
            let stamps = (&ours.changed, &theirs.changed);
            self.text(base, of(ours), of(theirs), field, stamps)
        };
        let what = text(MitigationText::What, |one| &one.what);
        let owner = text(MitigationText::Owner, |one| &one.owner);
        let due = text(MitigationText::Due, |one| &one.due);
        let verify = text(MitigationText::Verify, |one| &one.verify);
        let evidence = text(MitigationText::Evidence, |one| &one.evidence);
        let status = self.choice(
            &base.map(|one| one.status).unwrap_or_default(),
            &ours.status,
            &theirs.status,
            |value| Disputed::MitigationStatus(id.clone(), value),
            &theirs.changed,
        );
        Mitigation {
            id: id.clone(),
            threats: set(
                base.map_or(&[], |one| one.threats.as_slice()),
                &ours.threats,
                &theirs.threats,
            ),
            what,
            status,
            owner,
            due,
            verify,
            evidence,
            controls: set(
                base.map_or(&[], |one| one.controls.as_slice()),
                &ours.controls,
                &theirs.controls,
            ),
            created: ours.created.clone(),
            changed: later(&ours.changed, &theirs.changed),
        }
    }
}

/// The threats that a side's new or changed mitigations and drafts are for.
fn needed<'a>(base: &'a Session, working: &'a Session) -> impl Iterator<Item = &'a ThreatId> {
    let mitigations = working
        .mitigations
        .iter()
        .filter(|one| base.mitigation(&one.id) != Some(one))
        .flat_map(|one| &one.threats);
    let drafts = working.working.drafts.iter().filter_map(|draft| {
        let is_new = base.draft(&draft.key) != Some(&draft.text);
        match &draft.key {
            DraftKey::Mitigation(threat) if is_new => Some(threat),
            _ => None,
        }
    });
    mitigations.chain(drafts)
}

/// Hands that went up: level by level what one side counted anew; where both did, the more.
fn hands(base: Hands, ours: Hands, theirs: Hands) -> Hands {
    let mut merged = ours;
    let sides = base.0.iter().zip(ours.0).zip(theirs.0);
    for (level, ((was, our), their)) in merged.0.iter_mut().zip(sides) {
        let (value, differ) = picked(was, &our, &their);
        *level = if differ { our.max(their) } else { *value };
    }
    merged
}

/// The stamp of a side's value, for entries that have one stamp only.
pub(super) fn stamps<'a, T>(
    ours: &'a T,
    theirs: &'a T,
    of: impl Fn(&'a T) -> &'a Stamp,
) -> (&'a Stamp, &'a Stamp) {
    (of(ours), of(theirs))
}
