//! Two versions of one session that went different ways become one again, as git asks for it.
//!
//! Entries are matched by their ids and merged field by field. What only one side changed is taken;
//! what both changed stays as ours has it, and theirs becomes a dispute. Nothing that either side
//! wrote is missing afterwards: an entry that one side removed and the other worked on stays.

mod apart;
mod cells;
mod entries;
mod list;
mod own;
mod threats;

use std::collections::HashSet;

use self::list::{keyed, set};
use crate::catalog::types::Id;
use crate::encode::{Foreign, ForeignText};
use crate::session::id::{DisputeId, IdSource, MitigationId, ThreatId};
use crate::session::place::{Draft, TextField, Working};
use crate::session::types::{Dispute, Disputed, FORMAT, Session, Stamp};

/// What the two sides are called, such as names of branches.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Names {
    /// Whose values stay.
    pub ours: String,
    /// Whose values become disputes.
    pub theirs: String,
}

/// One session from two versions and what they both come from, if that is known.
pub fn three_way(
    base: Option<&Session>,
    ours: &Session,
    theirs: &Session,
    names: &Names,
) -> Session {
    let nothing = Session::new("", ours.brief.clone(), Vec::new(), ours.created);
    let base = base.unwrap_or(&nothing);
    if ours == theirs || theirs == base {
        return ours.clone();
    }
    if ours == base {
        return theirs.clone();
    }
    let theirs = &apart::with_ids_of_their_own(base, ours, theirs);
    let mut merger = Merger {
        base,
        ours,
        theirs,
        names,
        disputes: Vec::new(),
        threats_kept: HashSet::new(),
        mitigations_kept: HashSet::new(),
    };
    merger.find_what_must_stay();
    merger.session()
}

/// Which side a value comes from.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Side {
    Ours,
    Theirs,
}

struct Merger<'a> {
    base: &'a Session,
    ours: &'a Session,
    theirs: &'a Session,
    names: &'a Names,
    /// Where from, what, and who gave that value and when.
    disputes: Vec<(String, Disputed, Stamp)>,
    /// Removed by one side, and the other side worked on something that needs them.
    threats_kept: HashSet<ThreatId>,
    /// Removed together with a threat that stays.
    mitigations_kept: HashSet<MitigationId>,
}

/// The value that only one side changed, or ours, and whether both changed it differently.
fn picked<'a, T: PartialEq + ?Sized>(base: &T, ours: &'a T, theirs: &'a T) -> (&'a T, bool) {
    if ours == theirs || theirs == base {
        (ours, false)
    } else if ours == base {
        (theirs, false)
    } else {
        (ours, true)
    }
}

/// The later of two stamps.
fn later(one: &Stamp, other: &Stamp) -> Stamp {
    if other.at > one.at { other } else { one }.clone()
}

impl Merger<'_> {
    fn session(mut self) -> Session {
        let (base, ours, theirs) = (self.base, self.ours, self.theirs);
        let begun = Stamp {
            by: None,
            at: ours.created,
        };
        let stamps = (&begun, &begun);
        let title = || TextField::Title;
        let title = self.text(
            base.title.as_foreign(),
            &ours.title,
            &theirs.title,
            title,
            stamps,
        );
        let description = || TextField::Description;
        let texts = (
            base.description.as_foreign(),
            &ours.description,
            &theirs.description,
        );
        let description = self.text(texts.0, texts.1, texts.2, description, stamps);
        let threats = self.threats();
        let mitigations = self.mitigations(&threats);
        let hardenings = self.hardenings(&threats);
        let mut session = Session {
            format: FORMAT,
            title,
            brief: picked(&base.brief, &ours.brief, &theirs.brief).0.clone(),
            created: *picked(&base.created, &ours.created, &theirs.created).0,
            participants: self.participants(),
            description,
            components: self.components(),
            own_systems: self.own_systems(),
            assumptions: self.assumptions(),
            attackers: self.attackers(),
            cells: self.cells(),
            threats,
            mitigations,
            scans: keyed(
                &base.scans,
                &ours.scans,
                &theirs.scans,
                |one| one.id.clone(),
                |sides| {
                    sides
                        .ours
                        .zip(sides.theirs)
                        .map_or(sides.lone(), |(one, _)| Some(one))
                        .cloned()
                },
            ),
            hardenings,
            review_notes: self.review_notes(),
            parked: self.parked(),
            accepted_checks: self.accepted_checks(),
            disputes: keyed(
                &base.disputes,
                &ours.disputes,
                &theirs.disputes,
                |one| one.id.clone(),
                |sides| {
                    sides
                        .ours
                        .zip(sides.theirs)
                        .map_or(sides.lone(), |(one, _)| Some(one))
                        .cloned()
                },
            ),
            room: picked(&base.room, &ours.room, &theirs.room).0.clone(),
            working: Working {
                place: ours.working.place.clone(),
                drafts: self.drafts(),
            },
        };
        self.add_disputes(&mut session);
        session
    }

    /// A text. What is there is never given up for an empty one.
    fn text(
        &mut self,
        base: Foreign<'_>,
        ours: &ForeignText,
        theirs: &ForeignText,
        field: impl FnOnce() -> TextField,
        (our_stamp, their_stamp): (&Stamp, &Stamp),
    ) -> ForeignText {
        match picked(&base, &ours.as_foreign(), &theirs.as_foreign()) {
            (text, false) => text.to_text(),
            (_, true) if ours.is_empty() => {
                self.dispute(
                    Side::Ours,
                    Disputed::Text(field(), ForeignText::new()),
                    our_stamp,
                );
                theirs.clone()
            }
            (_, true) => {
                let other = Disputed::Text(field(), theirs.clone());
                self.dispute(Side::Theirs, other, their_stamp);
                ours.clone()
            }
        }
    }

    /// A choice; where both sides chose, theirs becomes a dispute.
    fn choice<T: Clone + PartialEq>(
        &mut self,
        base: &T,
        ours: &T,
        theirs: &T,
        disputed: impl FnOnce(T) -> Disputed,
        their_stamp: &Stamp,
    ) -> T {
        let (value, differ) = picked(base, ours, theirs);
        if differ {
            self.dispute(Side::Theirs, disputed(theirs.clone()), their_stamp);
        }
        value.clone()
    }

    /// Notes that a side has another value.
    fn dispute(&mut self, side: Side, other: Disputed, stamp: &Stamp) {
        let from = match side {
            Side::Ours => &self.names.ours,
            Side::Theirs => &self.names.theirs,
        };
        self.disputes.push((from.clone(), other, stamp.clone()));
    }

    fn add_disputes(&mut self, session: &mut Session) {
        // The ids come from what the disputes are about, so that the same merge gives the same file.
        let mut seed = crc32fast::Hasher::new();
        for (from, other, stamp) in &self.disputes {
            seed.update(format!("{from:?} {other:?} {stamp:?}").as_bytes());
        }
        let mut ids = IdSource::new(u64::from(seed.finalize()));
        for (from, other, created) in self.disputes.drain(..) {
            let from = ForeignText::from(from);
            let same = |one: &Dispute| one.from == from && one.other == other;
            if session.disputes.iter().any(same) {
                continue;
            }
            let known = |id: &DisputeId| session.disputes.iter().any(|one| one.id == *id);
            let id = DisputeId::fresh(&mut ids, known);
            session.disputes.push(Dispute {
                id,
                from,
                other,
                created,
            });
        }
    }

    /// A component that one side put out of scope and the other worked on becomes a dispute.
    fn components(&mut self) -> Vec<Id> {
        let (base, ours, theirs) = (self.base, self.ours, self.theirs);
        let mut kept = set(&base.components, &ours.components, &theirs.components);
        let in_scope = |session: &Session, id: &Id| session.components.contains(id);
        for id in &base.components {
            let now = (in_scope(ours, id), in_scope(theirs, id));
            let (side, other) = match now {
                (true, false) => (Side::Theirs, ours),
                (false, true) => (Side::Ours, theirs),
                _ => continue,
            };
            let Some(stamp) = worked_on(base, other, id) else {
                continue;
            };
            // It stays in scope, where the work can be seen.
            let at = base.components.iter().take_while(|one| *one != id);
            let at = at.filter(|one| kept.contains(one)).count();
            kept.insert(at.min(kept.len()), id.clone());
            self.dispute(side, Disputed::InScope(id.clone(), false), &stamp);
        }
        kept
    }

    fn drafts(&mut self) -> Vec<Draft> {
        let (base, ours, theirs) = (self.base, self.ours, self.theirs);
        let begun = Stamp {
            by: None,
            at: ours.created,
        };
        keyed(
            &base.working.drafts,
            &ours.working.drafts,
            &theirs.working.drafts,
            |one| one.key.clone(),
            |sides| {
                let (Some(our), Some(their)) = (sides.ours, sides.theirs) else {
                    return sides.lone().cloned();
                };
                let field = || TextField::Draft(our.key.clone());
                let base = sides
                    .base
                    .map_or_else(Foreign::default, |one| one.text.as_foreign());
                let text = self.text(base, &our.text, &their.text, field, (&begun, &begun));
                Some(Draft {
                    key: our.key.clone(),
                    text,
                })
            },
        )
    }
}

/// The last stamp of a threat of a component that is new or changed since `base`.
fn worked_on(base: &Session, now: &Session, component: &Id) -> Option<Stamp> {
    now.threats
        .iter()
        .filter(|threat| threat.component == *component)
        .filter(|threat| base.threat(&threat.id) != Some(threat))
        .map(|threat| threat.changed.clone())
        .max_by_key(|stamp| stamp.at)
}
