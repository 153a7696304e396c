//! What templates can write about a session: records of named fields. docs/templates.md describes them
//! for people, and a test compares the two.
//!
//! Only what a template may ask for is made. Texts are the session's own words; the engine escapes them.

mod decisions;
mod disputes;
mod findings;
mod glossary;
mod knowledge;
mod risks;
mod scope;
mod systems;
mod threats;

use super::Options;
use super::source::Source;
use super::template::{Names, Record, list};
use crate::catalog::Catalog;
use crate::session::types::{Session, Stamp};

/// The fields of a session that are asked for.
pub fn of(session: &Session, catalog: &Catalog, options: &Options, names: &Names) -> Record {
    let source = Source::new(session, catalog, options);
    let asked = |name: &str| names.ask_session_for(name);
    let mut record = scope::facts(&source);
    if asked("scope") {
        record = record.with("scope", scope::scope(&source));
    }
    if asked("attackers") {
        record = record.with("attackers", scope::attackers(&source));
    }
    if ["threats", "systems", "top_risks"].into_iter().any(asked) {
        let threats = threats::Threats::of(&source, names);
        if asked("threats") {
            record = record.with("threats", threats.all());
        }
        if asked("systems") {
            record = record.with("systems", systems::systems(&source, &threats, names));
        }
        if asked("top_risks") {
            record = record.with("top_risks", risks::top(&source, &threats));
        }
    }
    if asked("risk_matrix") {
        record = record.with("risk_matrix", risks::matrix(&source));
    }
    if asked("coverage") {
        record = record.with("coverage", risks::coverage(&source));
    }
    if asked("owners") {
        record = record.with("owners", threats::owners(&source, names));
    }
    if asked("findings") {
        record = record.with("findings", findings::findings(&source));
    }
    if asked("scans") {
        record = record.with("scans", findings::scans(&source));
    }
    if asked("comparisons") {
        record = record.with("comparisons", findings::comparisons(&source));
    }
    if asked("decisions") {
        record = record.with("decisions", decisions::decisions(&source));
    }
    if asked("questions") {
        record = record.with("questions", decisions::questions(&source));
    }
    if asked("parked") {
        record = record.with("parked", decisions::parked(&source));
    }
    if asked("glossary") {
        record = record.with("glossary", glossary::glossary(&source));
    }
    if asked("references") {
        record = record.with("references", knowledge::references(&source));
    }
    record
}

/// The texts that have words.
fn words<'a>(texts: impl IntoIterator<Item = &'a str>) -> minijinja::Value {
    list(texts.into_iter().filter(|text| !text.trim().is_empty()))
}

/// A text without the white space around it, or other words where there is none.
fn or<'a>(text: &'a str, otherwise: &'a str) -> &'a str {
    match text.trim() {
        "" => otherwise,
        text => text,
    }
}

/// The day of a stamp.
fn day(stamp: &Stamp) -> String {
    stamp.at.strftime("%Y-%m-%d").to_string()
}

#[cfg(test)]
mod tests;
