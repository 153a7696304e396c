//! The same threat twice in a cell: the same title, or nearly the same words.

use std::collections::HashMap;

use super::{Looked, short};
use crate::review::Jump;
use crate::review::quality::{Check, Quality};
use crate::review::words::Words;
use crate::session::types::Threat;
use crate::stride::Category;

const TWICE: Check = Check::warning(
    "same-threat-twice",
    "Two threats that say the same are counted twice and mitigated once.",
);

/// Words in common, in percent, from which two titles are nearly the same.
const NEARLY: usize = 80;

/// So many words must be common: two titles of one word each are the same or they are not.
const AT_LEAST: usize = 3;

/// In a cell with more threats only the same words count: comparing each with each would take long.
const MANY: usize = 64;

pub(super) fn check(looked: &Looked<'_>, found: &mut Vec<Quality>) {
    let mut cells: HashMap<(&str, Category), usize> = HashMap::new();
    for threat in looked.threats() {
        *cells.entry(place(threat)).or_default() += 1;
    }
    let mut seen: HashMap<(&str, Category), Vec<(Words, &Threat)>> = HashMap::new();
    let mut same: HashMap<(&str, Category, String, Words), usize> = HashMap::new();
    for threat in looked.threats() {
        let place = place(threat);
        if cells.get(&place).is_none_or(|count| *count < 2) || threat.title.trim().is_empty() {
            continue;
        }
        let words = Words::of(threat.title.raw());
        // Where no word is left, the title itself has to do.
        let plain = if words.is_empty() {
            threat.title.trim().raw().to_lowercase()
        } else {
            String::new()
        };
        let title = || short(&threat.title);
        let compared = (cells[&place] <= MANY).then(|| words.clone());
        let times = same.entry((place.0, place.1, plain, words)).or_default();
        *times += 1;
        if *times > 1 {
            if *times == 2 {
                found.push(TWICE.found(
                    format!("'{}' is recorded twice in its cell", title()),
                    Jump::Threat(threat.id.clone()),
                ));
            }
            continue;
        }
        let Some(words) = compared else {
            continue;
        };
        let before = seen.entry(place).or_default();
        if let Some((_, other)) = before.iter().find(|(other, _)| nearly(&words, other)) {
            found.push(TWICE.found(
                format!(
                    "'{}' says nearly the same as '{}' in its cell",
                    title(),
                    short(&other.title)
                ),
                Jump::Threat(threat.id.clone()),
            ));
        }
        before.push((words, threat));
    }
}

fn place(threat: &Threat) -> (&str, Category) {
    (threat.component.as_str(), threat.category)
}

fn nearly(one: &Words, other: &Words) -> bool {
    one.overlaps(other)
        && one.shared(other) >= AT_LEAST
        && one.likeness(other) >= NEARLY
        && !one.contradicts(other)
}
