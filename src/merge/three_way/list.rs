//! Lists of three versions: which entries there are, and in which order.

use std::collections::{HashMap, HashSet};
use std::hash::Hash;

/// One entry in three versions; at least one of ours and theirs is there.
#[derive(Debug)]
pub(super) struct Sides<'a, T> {
    pub base: Option<&'a T>,
    pub ours: Option<&'a T>,
    pub theirs: Option<&'a T>,
}

impl<'a, T: PartialEq> Sides<'a, T> {
    /// The one that stays where only one side has it: `None` where the other side removed it and
    /// this one did not touch it.
    pub fn lone(&self) -> Option<&'a T> {
        match (self.ours, self.theirs) {
            (Some(one), None) | (None, Some(one)) if self.base != Some(one) => Some(one),
            _ => None,
        }
    }
}

/// Merges lists whose entries have keys. `merge` says what becomes of each entry.
pub(super) fn keyed<'a, T, K: Clone + Eq + Hash>(
    base: &'a [T],
    ours: &'a [T],
    theirs: &'a [T],
    key: impl Fn(&T) -> K,
    mut merge: impl FnMut(Sides<'a, T>) -> Option<T>,
) -> Vec<T> {
    let by_key = |list: &'a [T]| -> HashMap<K, &'a T> {
        list.iter().map(|entry| (key(entry), entry)).collect()
    };
    let (in_base, in_ours, in_theirs) = (by_key(base), by_key(ours), by_key(theirs));
    let keys = |list: &[T]| list.iter().map(&key).collect::<Vec<K>>();
    order(&keys(base), keys(ours), keys(theirs))
        .into_iter()
        .filter_map(|key| {
            merge(Sides {
                base: in_base.get(&key).copied(),
                ours: in_ours.get(&key).copied(),
                theirs: in_theirs.get(&key).copied(),
            })
        })
        .collect()
}

/// Every key of both sides once: in our order, unless only they changed the order. What only they
/// have comes behind what it stands behind with them, and behind what we put there.
fn order<K: Clone + Eq + Hash>(base: &[K], ours: Vec<K>, theirs: Vec<K>) -> Vec<K> {
    let (first, second) = if ours == base {
        (theirs, ours)
    } else {
        (ours, theirs)
    };
    let in_first: HashSet<K> = first.iter().cloned().collect();
    let in_second: HashSet<K> = second.iter().cloned().collect();
    let mut behind: HashMap<Option<K>, Vec<K>> = HashMap::new();
    let mut anchor = None;
    for key in second {
        if in_first.contains(&key) {
            anchor = Some(key);
        } else {
            behind.entry(anchor.clone()).or_default().push(key);
        }
    }
    let mut order = Vec::with_capacity(first.len());
    let mut waiting = behind.remove(&None).unwrap_or_default();
    for key in first {
        if in_second.contains(&key) {
            order.append(&mut waiting);
            waiting = behind.remove(&Some(key.clone())).unwrap_or_default();
        }
        order.push(key);
    }
    order.append(&mut waiting);
    order
}

/// Merges lists of which only matters what is in them: what one side put in is in, what one side
/// took out is out.
pub(super) fn set<T: Clone + Eq + Hash>(base: &[T], ours: &[T], theirs: &[T]) -> Vec<T> {
    keyed(base, ours, theirs, Clone::clone, |sides| {
        match (sides.base, sides.ours, sides.theirs) {
            (_, Some(one), Some(_)) | (None, Some(one), None) | (None, None, Some(one)) => {
                Some(one.clone())
            }
            _ => None,
        }
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn merged(base: &str, ours: &str, theirs: &str) -> String {
        let letters = |text: &str| text.chars().collect::<Vec<char>>();
        set(&letters(base), &letters(ours), &letters(theirs))
            .into_iter()
            .collect()
    }

    #[test]
    fn both_additions_are_in_and_both_removals_are_out() {
        assert_eq!(merged("abc", "abcx", "abcy"), "abcxy");
        assert_eq!(merged("abc", "bc", "ab"), "b");
        assert_eq!(merged("abc", "abxc", "aybc"), "aybxc");
        assert_eq!(merged("", "xy", "z"), "xyz");
        assert_eq!(
            merged("abc", "abc", "cba"),
            "cba",
            "only they changed the order"
        );
        assert_eq!(merged("abc", "bac", "cba"), "bac", "ours stays");
    }
}
