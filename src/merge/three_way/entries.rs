//! The lists that hold little more than a text each, and chosen findings. What one side removed and
//! the other changed stays: it goes with one key.

use super::list::{keyed, set};
use super::threats::stamps;
use super::{Merger, later, picked};
use crate::encode::{Foreign, ForeignText};
use crate::session::place::{HardeningText, TextField};
use crate::session::types::{
    AcceptedCheck, Assumption, ChosenAttacker, Hardening, ParkedThought, Participant, ReviewNote,
    Stamp, Threat,
};

impl Merger<'_> {
    pub(super) fn participants(&mut self) -> Vec<Participant> {
        let (base, ours, theirs) = (self.base, self.ours, self.theirs);
        let begun = Stamp {
            by: None,
            at: ours.created,
        };
        keyed(
            &base.participants,
            &ours.participants,
            &theirs.participants,
            |one| one.id.clone(),
            |sides| {
                let (Some(our), Some(their)) = (sides.ours, sides.theirs) else {
                    return sides.lone().cloned();
                };
                let field = || TextField::ParticipantName(our.id.clone());
                let base = sides
                    .base
                    .map_or_else(Foreign::default, |one| one.name.as_foreign());
                let name = self.text(base, &our.name, &their.name, field, (&begun, &begun));
                Some(Participant {
                    id: our.id.clone(),
                    name,
                })
            },
        )
    }

    pub(super) fn assumptions(&mut self) -> Vec<Assumption> {
        let (base, ours, theirs) = (self.base, self.ours, self.theirs);
        keyed(
            &base.assumptions,
            &ours.assumptions,
            &theirs.assumptions,
            |one| one.id.clone(),
            |sides| {
                let (Some(our), Some(their)) = (sides.ours, sides.theirs) else {
                    return sides.lone().cloned();
                };
                let field = || TextField::Assumption(our.id.clone());
                let base = sides
                    .base
                    .map_or_else(Foreign::default, |one| one.text.as_foreign());
                let stamps = stamps(our, their, |one| &one.created);
                let text = self.text(base, &our.text, &their.text, field, stamps);
                Some(Assumption {
                    text,
                    ..our.clone()
                })
            },
        )
    }

    pub(super) fn attackers(&mut self) -> Vec<ChosenAttacker> {
        let (base, ours, theirs) = (self.base, self.ours, self.theirs);
        let begun = Stamp {
            by: None,
            at: ours.created,
        };
        keyed(
            &base.attackers,
            &ours.attackers,
            &theirs.attackers,
            |one| one.profile.clone(),
            |sides| {
                let (Some(our), Some(their)) = (sides.ours, sides.theirs) else {
                    return sides.lone().cloned();
                };
                let field = || TextField::AttackerNote(our.profile.clone());
                let base = sides
                    .base
                    .map_or_else(Foreign::default, |one| one.note.as_foreign());
                let note = self.text(base, &our.note, &their.note, field, (&begun, &begun));
                Some(ChosenAttacker {
                    profile: our.profile.clone(),
                    note,
                })
            },
        )
    }

    pub(super) fn review_notes(&mut self) -> Vec<ReviewNote> {
        let (base, ours, theirs) = (self.base, self.ours, self.theirs);
        keyed(
            &base.review_notes,
            &ours.review_notes,
            &theirs.review_notes,
            |one| one.id.clone(),
            |sides| {
                let (Some(our), Some(their)) = (sides.ours, sides.theirs) else {
                    return sides.lone().cloned();
                };
                let field = || TextField::ReviewNote(our.id.clone());
                let base = sides
                    .base
                    .map_or_else(Foreign::default, |one| one.text.as_foreign());
                let stamps = stamps(our, their, |one| &one.created);
                let text = self.text(base, &our.text, &their.text, field, stamps);
                Some(ReviewNote {
                    text,
                    ..our.clone()
                })
            },
        )
    }

    pub(super) fn parked(&mut self) -> Vec<ParkedThought> {
        let (base, ours, theirs) = (self.base, self.ours, self.theirs);
        keyed(
            &base.parked,
            &ours.parked,
            &theirs.parked,
            |one| one.id.clone(),
            |sides| {
                let (Some(our), Some(their)) = (sides.ours, sides.theirs) else {
                    return sides.lone().cloned();
                };
                let field = || TextField::Parked(our.id.clone());
                let base = sides
                    .base
                    .map_or_else(Foreign::default, |one| one.text.as_foreign());
                let stamps = stamps(our, their, |one| &one.created);
                let text = self.text(base, &our.text, &their.text, field, stamps);
                let was_settled = sides.base.is_some_and(|one| one.settled);
                Some(ParkedThought {
                    text,
                    settled: *picked(&was_settled, &our.settled, &their.settled).0,
                    ..our.clone()
                })
            },
        )
    }

    pub(super) fn accepted_checks(&mut self) -> Vec<AcceptedCheck> {
        let (base, ours, theirs) = (self.base, self.ours, self.theirs);
        keyed(
            &base.accepted_checks,
            &ours.accepted_checks,
            &theirs.accepted_checks,
            |one| one.id.clone(),
            |sides| {
                let (Some(our), Some(their)) = (sides.ours, sides.theirs) else {
                    return sides.lone().cloned();
                };
                let field = || TextField::AcceptedCheck(our.id.clone());
                let base = sides
                    .base
                    .map_or_else(Foreign::default, |one| one.reason.as_foreign());
                let stamps = stamps(our, their, |one| &one.created);
                let reason = self.text(base, &our.reason, &their.reason, field, stamps);
                Some(AcceptedCheck {
                    reason,
                    ..our.clone()
                })
            },
        )
    }

    pub(super) fn hardenings(&mut self, threats: &[Threat]) -> Vec<Hardening> {
        let (base, ours, theirs) = (self.base, self.ours, self.theirs);
        let mut merged = keyed(
            &base.hardenings,
            &ours.hardenings,
            &theirs.hardenings,
            |one| one.id.clone(),
            |sides| {
                let (Some(our), Some(their)) = (sides.ours, sides.theirs) else {
                    return sides.lone().cloned();
                };
                Some(self.hardening(sides.base, our, their))
            },
        );
        for one in &mut merged {
            one.threats
                .retain(|id| threats.iter().any(|threat| threat.id == *id));
        }
        merged
    }

    fn hardening(
        &mut self,
        base: Option<&Hardening>,
        ours: &Hardening,
        theirs: &Hardening,
    ) -> Hardening {
        if ours == theirs {
            return ours.clone();
        }
        let id = &ours.id;
        let mut text = |part: HardeningText, of: fn(&Hardening) -> &ForeignText| {
            let field = || TextField::Hardening(id.clone(), part);
            let base = base.map_or_else(Foreign::default, |one| of(one).as_foreign());
            let stamps = (&ours.changed, &theirs.changed);
            self.text(base, of(ours), of(theirs), field, stamps)
        };
        let number = text(HardeningText::Number, |one| &one.number);
        let title = text(HardeningText::Title, |one| &one.title);
        let issue = text(HardeningText::Issue, |one| &one.issue);
        let why_here = text(HardeningText::WhyHere, |one| &one.why_here);
        let remediation = text(HardeningText::Remediation, |one| &one.remediation);
        let result = text(HardeningText::Result, |one| &one.result);
        let confirmed = &base.and_then(|one| one.confirmed.clone());
        Hardening {
            number,
            title,
            issue,
            why_here,
            remediation,
            result,
            confirmed: picked(confirmed, &ours.confirmed, &theirs.confirmed)
                .0
                .clone(),
            threats: set(
                base.map_or(&[], |one| one.threats.as_slice()),
                &ours.threats,
                &theirs.threats,
            ),
            changed: later(&ours.changed, &theirs.changed),
            ..ours.clone()
        }
    }
}
