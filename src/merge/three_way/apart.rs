//! Two people who know nothing of each other may give two things one id. Before anything is merged,
//! theirs gets another one.

use std::collections::HashMap;
use std::hash::Hash;

use crate::merge::rename::Renames;
use crate::session::id::{
    AcceptedCheckId, AssumptionId, DisputeId, HardeningId, IdSource, MitigationId, NoteId,
    ParkedId, ParticipantId, ScanId, ThreatId,
};
use crate::session::types::Session;

/// Theirs, with other ids for what both sides added under one id and is not the same thing.
pub(super) fn with_ids_of_their_own(base: &Session, ours: &Session, theirs: &Session) -> Session {
    let mut ids = IdSource::new(u64::from(crc32fast::hash(format!("{theirs:?}").as_bytes())));
    macro_rules! renamed {
        ($list:ident, $id:ident, $mark:ident) => {
            renamed(
                [&base.$list, &ours.$list, &theirs.$list],
                |one| &one.id,
                |one, other| one.$mark == other.$mark,
                |taken| $id::fresh(&mut ids, taken),
            )
        };
    }
    let renames = Renames {
        participants: renamed!(participants, ParticipantId, name),
        assumptions: renamed!(assumptions, AssumptionId, created),
        threats: renamed!(threats, ThreatId, created),
        mitigations: renamed!(mitigations, MitigationId, created),
        scans: renamed!(scans, ScanId, findings),
        hardenings: renamed!(hardenings, HardeningId, created),
        notes: renamed!(review_notes, NoteId, created),
        parked: renamed!(parked, ParkedId, created),
        checks: renamed!(accepted_checks, AcceptedCheckId, created),
        disputes: renamed!(disputes, DisputeId, other),
    };
    let mut apart = theirs.clone();
    renames.apply(&mut apart);
    apart
}

fn renamed<T, I: Clone + Eq + Hash>(
    [base, ours, theirs]: [&[T]; 3],
    id: impl Fn(&T) -> &I,
    is_same: impl Fn(&T, &T) -> bool,
    mut fresh: impl FnMut(&dyn Fn(&I) -> bool) -> I,
) -> HashMap<I, I> {
    let mut renamed: HashMap<I, I> = HashMap::new();
    let in_base: HashMap<&I, &T> = base.iter().map(|one| (id(one), one)).collect();
    let in_ours: HashMap<&I, &T> = ours.iter().map(|one| (id(one), one)).collect();
    for one in theirs {
        let clashes = !in_base.contains_key(id(one))
            && in_ours.get(id(one)).is_some_and(|our| !is_same(our, one));
        if clashes {
            let new = fresh(&|new| {
                in_base.contains_key(new)
                    || in_ours.contains_key(new)
                    || theirs.iter().any(|other| id(other) == new)
                    || renamed.values().any(|other| other == new)
            });
            renamed.insert(id(one).clone(), new);
        }
    }
    renamed
}
