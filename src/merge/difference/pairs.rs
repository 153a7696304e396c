//! Which threats of two sessions are the same.

use std::collections::HashMap;

use crate::merge::about::groups;
use crate::session::id::ThreatId;
use crate::session::types::{Session, Threat};

/// Threats in pairs: by id, then by what they are about. Those of the second that stand alone follow
/// in its order.
pub(super) fn matched<'a>(
    before: &'a Session,
    after: &'a Session,
) -> Vec<(Option<&'a Threat>, Option<&'a Threat>)> {
    let by_id: HashMap<_, &Threat> = after.threats.iter().map(|one| (&one.id, one)).collect();
    let old_ids: HashMap<_, &Threat> = before.threats.iter().map(|one| (&one.id, one)).collect();
    let old = before
        .threats
        .iter()
        .filter(|one| !by_id.contains_key(&one.id));
    let new = after
        .threats
        .iter()
        .filter(|one| !old_ids.contains_key(&one.id));
    let alone: Vec<&Threat> = old.chain(new).collect();
    let count = before
        .threats
        .iter()
        .filter(|one| !by_id.contains_key(&one.id))
        .count();
    let mut waiting: HashMap<usize, Vec<&Threat>> = HashMap::new();
    let mut partner: HashMap<&ThreatId, &Threat> = HashMap::new();
    let mut without = Vec::new();
    for (at, (threat, group)) in alone.iter().copied().zip(groups(&alone)).enumerate() {
        if at < count {
            waiting.entry(group).or_default().insert(0, threat);
        } else if let Some(old) = waiting.get_mut(&group).and_then(Vec::pop) {
            partner.insert(&old.id, threat);
        } else {
            without.push((None, Some(threat)));
        }
    }
    let pairs = before.threats.iter().map(|old| {
        let same = by_id.get(&old.id).or_else(|| partner.get(&old.id));
        (Some(old), same.copied())
    });
    pairs.chain(without).collect()
}
