//! The references of a write-up, by kind and number, with their addresses.

use std::collections::{BTreeMap, BTreeSet};

use minijinja::Value;

use crate::catalog::types::{Reference, ReferenceId, ReferenceKind};
use crate::report::source::{self, Source};
use crate::report::template::{Record, list};

/// The references of the threats and attackers, by kind and id, each with its address where the id
/// says it.
pub fn references(source: &Source<'_>) -> Value {
    let of_threats = source.session.threats.iter().filter_map(|threat| {
        let suggestion = threat.suggestion.as_ref()?;
        let (_, known) = source.catalog.threat(suggestion.as_str())?;
        Some(&known.references)
    });
    let of_attackers = source.session.attackers.iter().filter_map(|chosen| {
        let profile = source.catalog.attacker(chosen.profile.as_str())?;
        Some(&profile.references)
    });
    let used: BTreeSet<&ReferenceId> = of_threats.chain(of_attackers).flatten().collect();
    let mut kinds: BTreeMap<usize, Vec<&Reference>> = BTreeMap::new();
    for id in used {
        if let Some(found) = source.catalog.reference(id.as_str()) {
            let place = source::KINDS
                .iter()
                .position(|(kind, _)| *kind == found.kind);
            kinds
                .entry(place.unwrap_or(usize::MAX))
                .or_default()
                .push(found);
        }
    }
    list(kinds.into_iter().map(|(place, mut entries)| {
        entries.sort_by_key(|one| by_number(one.id.as_str()));
        let entries = entries.into_iter().map(|one| {
            Record::default()
                .with("id", one.id.as_str())
                .with("name", in_words(one))
                .with_markdown("link", link(one))
        });
        let kind = source::KINDS
            .get(place)
            .map_or("Others", |(_, label)| *label);
        Record::default()
            .with("kind", kind)
            .with("entries", list(entries))
    }))
}

/// Ids in the order that people expect: `CWE-20` before `CWE-250`.
fn by_number(id: &str) -> (String, Vec<u64>) {
    let letters = id.chars().take_while(|c| !c.is_ascii_digit()).collect();
    let numbers = id
        .split(|c: char| !c.is_ascii_digit())
        .filter_map(|digits| digits.parse().ok())
        .collect();
    (letters, numbers)
}

fn in_words(found: &Reference) -> String {
    let name = source::reference(found);
    match (found.kind, &found.publisher) {
        (ReferenceKind::Document, Some(publisher)) => format!("{publisher}: {name}"),
        _ => name,
    }
}

/// The official page of an id, as a link. The ids are checked words, so nothing in them can act.
fn link(found: &Reference) -> String {
    let id = found.id.as_str();
    let digits = |prefix: &str| {
        let rest = id.strip_prefix(prefix)?;
        let all_digits = !rest.is_empty() && rest.bytes().all(|byte| byte.is_ascii_digit());
        all_digits.then(|| rest.to_owned())
    };
    let address = match found.kind {
        ReferenceKind::Attack => {
            let path = id.replacen('.', "/", 1);
            Some(format!("https://attack.mitre.org/techniques/{path}/"))
        }
        ReferenceKind::Cwe => digits("CWE-")
            .map(|number| format!("https://cwe.mitre.org/data/definitions/{number}.html")),
        ReferenceKind::Capec => digits("CAPEC-")
            .map(|number| format!("https://capec.mitre.org/data/definitions/{number}.html")),
        ReferenceKind::Cve => Some(format!("https://www.cve.org/CVERecord?id={id}")),
        _ => None,
    };
    address.map_or_else(String::new, |address| format!("<{address}>"))
}
