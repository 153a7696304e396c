//! What helps a reader who was not in the room: the terms that the write-up uses, and its references.

use std::collections::{BTreeMap, BTreeSet, HashMap, HashSet};

use minijinja::Value;
use regex::bytes::Regex;

use crate::catalog::types::{Id, Reference, ReferenceId, ReferenceKind, Term, Text};
use crate::report::source::{self, Source};
use crate::report::template::{Record, list};
use crate::session::types::Session;

/// The terms that occur in the team's words, by name.
pub fn glossary(source: &Source<'_>) -> Value {
    let mut names: HashMap<String, &Term> = HashMap::new();
    for term in &source.catalog.glossary {
        // `Namespace (Linux)` is written without what stands in brackets.
        let name = term.name.split(" (").next().unwrap_or_default();
        for name in term
            .also
            .iter()
            .map(Text::as_str)
            .chain([name, term.name.as_str()])
        {
            if name.is_ascii() && name.len() > 1 {
                names.entry(name.to_ascii_lowercase()).or_insert(term);
            }
        }
    }
    let used = used(source.session, &names);
    let mut terms: Vec<&&Term> = used.values().collect();
    terms.sort_by_key(|term| term.name.to_lowercase());
    list(terms.into_iter().map(|term| {
        Record::default()
            .with("name", term.name.as_str())
            .with("definition", term.definition.trim())
    }))
}

/// The terms whose names stand in the texts as words, in the singular or the plural.
fn used<'a>(session: &Session, names: &HashMap<String, &'a Term>) -> HashMap<&'a Id, &'a Term> {
    let mut found = HashMap::new();
    let mut longest_first: Vec<&String> = names.keys().collect();
    longest_first.sort_by(|one, other| other.len().cmp(&one.len()).then(one.cmp(other)));
    let patterns: Vec<String> = longest_first
        .iter()
        .map(|name| regex::escape(name))
        .collect();
    let pattern = format!(r"(?i-u)\b(?:{})(?:es|s)?\b", patterns.join("|"));
    // A catalog with more words than the engine takes has no glossary, which is no loss of answers.
    let Ok(pattern) = Regex::new(&pattern) else {
        return found;
    };
    let mut known = HashSet::new();
    for text in texts(session) {
        for place in pattern.find_iter(text.as_bytes()) {
            let word = &text[place.range()];
            if !known.insert(word) {
                continue;
            }
            let word = word.to_ascii_lowercase();
            let singular = [
                &word,
                word.trim_end_matches('s'),
                word.trim_end_matches("es"),
            ];
            if let Some(term) = singular.iter().find_map(|word| names.get(*word)) {
                found.insert(&term.id, *term);
            }
        }
    }
    found
}

/// What the team wrote in sentences.
fn texts(session: &Session) -> impl Iterator<Item = &str> {
    let threats = session.threats.iter().flat_map(|one| {
        [
            &one.title,
            &one.what_goes_wrong,
            &one.preconditions,
            &one.consequences,
            &one.response_reason,
        ]
    });
    let mitigations = session
        .mitigations
        .iter()
        .flat_map(|one| [&one.what, &one.verify]);
    let findings = session
        .hardenings
        .iter()
        .flat_map(|one| [&one.title, &one.issue, &one.why_here, &one.remediation]);
    let assumptions = session.assumptions.iter().map(|one| &one.text);
    threats
        .chain(mitigations)
        .chain(findings)
        .chain(assumptions)
        .chain([&session.description])
        .map(String::as_str)
}

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
