//! Search over everything that the catalog says: titles, texts, terms, ids, official names.
//!
//! Every word of the query has to begin a word of the entry, in any order. Upper and lower case and
//! accents make no difference. Not for searching a session: what a team wrote is not here.

use std::fmt::Write as _;

use memchr::memmem::Finder;
use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

use super::load::{Catalog, Kind};
use super::types::{CatalogThreat, Component, Control, ReferenceId};

/// The most words of a query that count; more make no search better.
const MAX_WORDS: usize = 12;

/// An entry that holds every word of a query.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Hit {
    /// What it is.
    pub kind: Kind,
    /// Its id.
    pub id: String,
    /// Its title, name, question or official name.
    pub title: String,
    /// Where it belongs, such as `Docker › Docker host › Elevation of privilege`.
    pub place: String,
    /// How well it fits; higher is better, and only comparable within one search.
    pub score: u32,
}

/// The texts of a catalog, made ready to be searched.
#[derive(Debug, Default)]
pub struct SearchIndex {
    entries: Vec<Entry>,
}

#[derive(Debug)]
struct Entry {
    kind: Kind,
    id: String,
    title: String,
    place: String,
    folded_id: String,
    folded_title: String,
    folded_text: String,
}

impl SearchIndex {
    /// Makes the texts ready: a few milliseconds for the catalog that the program carries, so do it
    /// once, and not before somebody searches.
    pub fn new(catalog: &Catalog) -> Self {
        let mut index = Self::default();
        for system in &catalog.systems {
            let flows = system.data_flows.iter().map(|one| one.what.as_str());
            let elements = system.elements.iter().map(|one| one.name.as_str());
            let text = [system.summary.as_str()]
                .into_iter()
                .chain(flows)
                .chain(elements);
            index.add(
                Kind::System,
                system.id.as_str(),
                &system.name,
                "Systems",
                text,
            );
        }
        for component in &catalog.components {
            index.component(catalog, component);
        }
        for control in &catalog.controls {
            index.control(control);
        }
        for one in &catalog.attackers {
            let text = [&*one.goal, &one.methods, &one.capability, &one.assets];
            let examples = one.examples.as_deref();
            let cited = cited(catalog, &one.references);
            let text = text.into_iter().chain(examples).chain([&*cited]);
            index.add(
                Kind::Attacker,
                one.id.as_str(),
                &one.name,
                "Attacker profiles",
                text,
            );
        }
        for one in &catalog.glossary {
            let text = [&*one.definition]
                .into_iter()
                .chain(one.also.iter().map(|also| &**also));
            index.add(Kind::Term, one.id.as_str(), &one.name, "Glossary", text);
        }
        for one in &catalog.references {
            let text = [one.publisher.as_deref(), one.edition.as_deref()];
            let text = text.into_iter().flatten();
            index.add(
                Kind::Reference,
                one.id.as_str(),
                &one.name,
                "References",
                text,
            );
        }
        for one in &catalog.briefs {
            index.add(
                Kind::Brief,
                one.id.as_str(),
                &one.name,
                "Briefs",
                [&*one.summary],
            );
        }
        index
    }

    /// The entries that hold every word, best first, at most `limit`. None for an empty query.
    pub fn search(&self, query: &str, limit: usize) -> Vec<Hit> {
        let folded = fold(query);
        let Query { words } = Query::of(&folded);
        if words.is_empty() {
            return Vec::new();
        }
        let whole = folded.split_whitespace().collect::<Vec<_>>().join(" ");
        let mut scored: Vec<(u32, usize)> = self
            .entries
            .iter()
            .enumerate()
            .filter_map(|(position, entry)| Some((entry.score(&words, &whole)?, position)))
            .collect();
        // Equal scores stay in the order of the catalog.
        scored.sort_by_key(|&(score, position)| (u32::MAX - score, position));
        scored.truncate(limit);
        scored
            .into_iter()
            .map(|(score, position)| self.entries[position].hit(score))
            .collect()
    }

    fn component(&mut self, catalog: &Catalog, component: &Component) {
        let system = catalog
            .system(component.system.as_str())
            .map_or(component.system.as_str(), |one| &one.name);
        let id = component.id.as_str();
        let text = [&*component.summary, &component.short];
        self.add(Kind::Component, id, &component.name, system, text);
        let here = format!("{system} › {}", component.name);
        for one in &component.surfaces {
            self.add(
                Kind::Surface,
                one.id.as_str(),
                &one.name,
                &here,
                [&*one.what],
            );
        }
        for one in &component.prompts {
            let cell = format!("{here} › {}", one.category);
            let text = [&*one.hint].into_iter().chain(one.why.as_deref());
            self.add(Kind::Prompt, one.id.as_str(), &one.question, &cell, text);
        }
        for one in &component.threats {
            let cell = format!("{here} › {}", one.category);
            let text = threat_text(catalog, component, one);
            self.add(Kind::Threat, one.id.as_str(), &one.title, &cell, [&*text]);
        }
    }

    fn control(&mut self, one: &Control) {
        let mut text = format!("{}\n{}\n", one.why, one.remediation.text);
        for part in one
            .printed_titles
            .iter()
            .chain(one.remediation.snippets.iter().map(|s| &s.text))
        {
            text.push_str(part);
            text.push('\n');
        }
        // Each number once: most editions agree.
        let mut numbers: Vec<&str> = one.numbers.iter().map(|(_, number)| &**number).collect();
        numbers.sort_unstable();
        numbers.dedup();
        for part in numbers {
            text.push_str(part);
            text.push('\n');
        }
        self.add(
            Kind::Control,
            one.id.as_str(),
            &one.title,
            "Controls",
            [&*text],
        );
    }

    fn add<'t>(
        &mut self,
        kind: Kind,
        id: &str,
        title: &str,
        place: &str,
        text: impl IntoIterator<Item = &'t str>,
    ) {
        let mut folded_text = String::new();
        for part in text {
            fold_into(&mut folded_text, part);
            folded_text.push('\n');
        }
        fold_into(&mut folded_text, place);
        self.entries.push(Entry {
            kind,
            folded_id: fold(id),
            folded_title: fold(title),
            folded_text,
            id: id.to_owned(),
            title: title.to_owned(),
            place: place.to_owned(),
        });
    }
}

fn threat_text(catalog: &Catalog, component: &Component, threat: &CatalogThreat) -> String {
    let mut text = String::new();
    let mut line = |part: &str| {
        text.push_str(part);
        text.push('\n');
    };
    line(&threat.what_goes_wrong);
    line(&threat.preconditions);
    line(&threat.impact);
    for mitigation in &threat.mitigations {
        line(&mitigation.what);
        line(&mitigation.verify);
    }
    if let Some(correction) = &threat.correction {
        line(&correction.taught);
        line(&correction.today);
    }
    if let Some(surface) = component
        .surfaces
        .iter()
        .find(|one| one.id == threat.surface)
    {
        line(&surface.name);
    }
    for control in &threat.controls {
        line(control.as_str());
    }
    line(&cited(catalog, &threat.references));
    text
}

/// References as their ids and official names.
fn cited(catalog: &Catalog, ids: &[ReferenceId]) -> String {
    let mut text = String::new();
    for id in ids {
        let name = catalog.reference(id.as_str()).map_or("", |one| &one.name);
        // Writing to a string cannot fail.
        let _ = writeln!(text, "{id} {name}");
    }
    text
}

/// The words of a query, made ready to be looked for.
#[derive(Debug)]
pub struct Query<'q> {
    words: Vec<Word<'q>>,
}

impl<'q> Query<'q> {
    /// The words of a folded query.
    pub fn of(folded: &'q str) -> Self {
        let words = folded
            .split_whitespace()
            .map(|word| word.trim_matches(|c: char| !c.is_alphanumeric()))
            .filter(|word| !word.is_empty())
            .take(MAX_WORDS)
            .map(Word::new)
            .collect();
        Self { words }
    }

    /// Whether there is no word in it.
    pub const fn is_empty(&self) -> bool {
        self.words.is_empty()
    }

    /// Whether every word begins a word of the folded text.
    pub fn is_in(&self, folded_text: &str) -> bool {
        self.words
            .iter()
            .all(|word| word.in_text(folded_text).is_some())
    }
}

/// A word of a query.
#[derive(Debug)]
struct Word<'q> {
    text: &'q str,
    finder: Finder<'q>,
}

/// How a word stands in a text, the better the greater.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Match {
    Start,
    Whole,
}

impl<'q> Word<'q> {
    fn new(text: &'q str) -> Self {
        Self {
            text,
            finder: Finder::new(text),
        }
    }

    /// Whether a word of the text begins with this one, or is this one.
    fn in_text(&self, text: &str) -> Option<Match> {
        let bytes = text.as_bytes();
        let mut best = None;
        for at in self.finder.find_iter(bytes) {
            if at > 0 && is_word_byte(bytes[at - 1]) && is_word_byte(bytes[at]) {
                continue;
            }
            let after = bytes.get(at + self.text.len()).copied();
            if after.is_none_or(|byte| !is_word_byte(byte)) {
                return Some(Match::Whole);
            }
            best = Some(Match::Start);
        }
        best
    }
}

/// Letters and digits; every byte of a character beyond ASCII counts as a letter.
const fn is_word_byte(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() || byte >= 0x80
}

impl Entry {
    /// The sum over the words, or nothing if one of them is missing.
    fn score(&self, words: &[Word<'_>], whole: &str) -> Option<u32> {
        let mut sum = 0;
        for word in words {
            sum += self.word_score(word)?;
        }
        // Who types a whole name wants that entry.
        if self.folded_id == whole {
            sum += 1_000;
        }
        if self.folded_title == whole {
            sum += 1_500;
        } else if self.folded_title.starts_with(whole) {
            sum += 20;
        }
        // Among equals the kinds that explain come before those that only mention.
        Some(sum * 10 + self.kind_bonus())
    }

    fn word_score(&self, word: &Word<'_>) -> Option<u32> {
        match word.in_text(&self.folded_title) {
            Some(Match::Whole) => return Some(100),
            Some(Match::Start) => return Some(80),
            None => {}
        }
        match word.in_text(&self.folded_id) {
            Some(Match::Whole) => return Some(60),
            Some(Match::Start) => return Some(50),
            None => {}
        }
        match word.in_text(&self.folded_text) {
            Some(Match::Whole) => Some(20),
            Some(Match::Start) => Some(15),
            None => None,
        }
    }

    const fn kind_bonus(&self) -> u32 {
        match self.kind {
            Kind::System | Kind::Component => 5,
            Kind::Term => 4,
            Kind::Threat => 3,
            Kind::Control | Kind::Attacker => 2,
            Kind::Prompt | Kind::Brief => 1,
            Kind::Surface | Kind::Reference => 0,
        }
    }

    fn hit(&self, score: u32) -> Hit {
        Hit {
            kind: self.kind,
            id: self.id.clone(),
            title: self.title.clone(),
            place: self.place.clone(),
            score,
        }
    }
}

/// Lower case without accents: how texts and queries are compared.
pub fn fold(text: &str) -> String {
    let mut folded = String::with_capacity(text.len());
    fold_into(&mut folded, text);
    folded
}

fn fold_into(folded: &mut String, text: &str) {
    if text.is_ascii() {
        let start = folded.len();
        folded.push_str(text);
        folded[start..].make_ascii_lowercase();
        return;
    }
    // By way of upper case, which makes `ß` an `ss` and a final sigma a sigma.
    let plain = text
        .nfkd()
        .filter(|c| !is_combining_mark(*c))
        .flat_map(char::to_uppercase)
        .flat_map(char::to_lowercase);
    folded.extend(plain);
}

#[cfg(test)]
mod tests {
    use std::sync::LazyLock;

    use super::*;
    use crate::catalog::SourceFile;

    static INDEX: LazyLock<SearchIndex> = LazyLock::new(|| SearchIndex::new(&Catalog::embedded()));

    fn ids(query: &str) -> Vec<String> {
        let hits = INDEX.search(query, 20);
        hits.into_iter().map(|hit| hit.id).collect()
    }

    #[test]
    fn a_whole_title_or_id_comes_first() {
        for (query, id) in [
            ("T1611", "T1611"),
            ("t1611", "T1611"),
            ("Escape to Host", "T1611"),
            ("kube-apiserver", "kube-apiserver"),
            ("host-docker-sock-mounted", "host-docker-sock-mounted"),
            ("daemon-icc-off", "daemon-icc-off"),
            ("kernel", "kernel"),
            ("docker host", "docker-host"),
        ] {
            assert_eq!(ids(query)[0], id, "{query}");
        }
    }

    #[test]
    fn words_count_in_any_order_and_by_their_beginnings() {
        let sorted = |query| {
            let mut found: Vec<_> = INDEX
                .search(query, 500)
                .into_iter()
                .map(|one| one.id)
                .collect();
            found.sort();
            found
        };
        assert_eq!(
            sorted("container privileged"),
            sorted("privileged container")
        );
        let found = ids("container privileged");
        assert!(
            found.contains(&"host-privileged-container".to_owned()),
            "{found:?}"
        );
        let found = ids("cont privil");
        assert!(
            found.contains(&"host-privileged-container".to_owned()),
            "{found:?}"
        );
        assert_eq!(ids("ivileged"), [""; 0]);
    }

    #[test]
    fn every_word_has_to_be_there() {
        assert!(!ids("socket").is_empty());
        assert_eq!(ids("socket zzzzz"), [""; 0]);
    }

    #[test]
    fn an_empty_query_finds_nothing() {
        for query in ["", "  ", "-", "\u{301}", "?!"] {
            assert_eq!(ids(query), [""; 0], "{query:?}");
        }
    }

    #[test]
    fn threats_are_found_by_the_official_names_that_they_cite() {
        let hits = INDEX.search("escape to host", 500);
        assert!(hits.iter().any(|hit| hit.kind == Kind::Threat));
        assert_eq!(hits[0].kind, Kind::Reference);
    }

    #[test]
    fn controls_are_found_by_their_numbers() {
        let hits = INDEX.search("5.31", 500);
        assert!(hits.iter().any(|hit| hit.kind == Kind::Control), "{hits:?}");
    }

    #[test]
    fn a_title_counts_more_than_an_id_and_an_id_more_than_a_text() {
        let catalog = Catalog::load(&[SourceFile::user(
            "words.ron",
            r#"glossary([
                (id: "in-text", name: "First", definition: "About a marmot."),
                (id: "by-marmot", name: "Second", definition: "Nothing."),
                (id: "in-title", name: "A marmot", definition: "Nothing."),
                (id: "begins", name: "Marmots", definition: "Nothing."),
            ])"#,
        )])
        .unwrap();
        let hits = SearchIndex::new(&catalog).search("marmot", 9);
        let order: Vec<_> = hits.iter().map(|hit| hit.id.as_str()).collect();
        assert_eq!(order, ["in-title", "begins", "by-marmot", "in-text"]);
        assert!(hits.is_sorted_by(|one, next| one.score >= next.score));
    }

    #[test]
    fn case_and_accents_make_no_difference() {
        let catalog = Catalog::load(&[SourceFile::user(
            "words.ron",
            r#"glossary([(id: "a", name: "Übergröße – naïve Straße", definition: "ΣΊΣΥΦΟΣ")])"#,
        )])
        .unwrap();
        let index = SearchIndex::new(&catalog);
        for query in [
            "ubergrosse",
            "ÜBERGRÖSSE",
            "übergröße",
            "NAIVE strasse",
            "σισυφος",
        ] {
            assert_eq!(index.search(query, 9).len(), 1, "{query}");
        }
    }

    #[test]
    fn a_hit_says_where_its_entry_belongs() {
        let hit = &INDEX.search("host-docker-sock-mounted", 1)[0];
        assert_eq!(hit.kind, Kind::Threat);
        assert_eq!(hit.place, "Docker › Docker host › Elevation of privilege");
    }

    #[test]
    fn no_more_hits_come_than_asked_for() {
        assert_eq!(INDEX.search("docker", 7).len(), 7);
        assert_eq!(INDEX.search("docker", 0).len(), 0);
    }

    #[test]
    fn any_query_is_survived() {
        let long = "ä ".repeat(10_000);
        for query in [
            &*long,
            "\u{0}",
            "\u{202e}x",
            "\u{1F468}\u{200d}\u{1F469}",
            "((((",
            "ß",
        ] {
            let _ = INDEX.search(query, 5);
        }
    }
}
