//! What templates can write about a session: records of named fields. docs/templates.md describes them
//! for people, and a test compares the two.
//!
//! Only what a template names is made. Texts are the session's own words; the engine escapes them.

mod decisions;
mod disputes;
mod findings;
mod knowledge;
mod risks;
mod scope;
mod systems;
mod threats;

use std::collections::HashSet;

use super::Options;
use super::source::Source;
use super::template::{Record, list};
use crate::catalog::Catalog;
use crate::encode::Foreign;
use crate::session::types::{Session, Stamp};

/// The fields of a session whose names are wanted.
pub fn of(
    session: &Session,
    catalog: &Catalog,
    options: &Options,
    wanted: &HashSet<String>,
) -> Record {
    let source = Source::new(session, catalog, options);
    let wants = |name: &str| wanted.contains(name);
    let mut record = scope::facts(&source);
    if wants("scope") {
        record = record.with("scope", scope::scope(&source));
    }
    if wants("attackers") {
        record = record.with("attackers", scope::attackers(&source));
    }
    if ["threats", "systems", "top_risks"]
        .iter()
        .any(|name| wants(name))
    {
        let threats = threats::Threats::of(&source);
        record = record
            .with("threats", threats.all())
            .with("systems", systems::systems(&source, &threats))
            .with("top_risks", risks::top(&source, &threats));
    }
    if wants("risk_matrix") {
        record = record.with("risk_matrix", risks::matrix(&source));
    }
    if wants("coverage") {
        record = record.with("coverage", risks::coverage(&source));
    }
    if wants("owners") {
        record = record.with("owners", threats::owners(&source));
    }
    if wants("findings") {
        record = record.with("findings", findings::findings(&source));
    }
    if wants("scans") {
        record = record.with("scans", findings::scans(&source));
    }
    if wants("comparisons") {
        record = record.with("comparisons", findings::comparisons(&source));
    }
    if wants("decisions") {
        record = record.with("decisions", decisions::decisions(&source));
    }
    if wants("questions") {
        record = record.with("questions", decisions::questions(&source));
    }
    if wants("parked") {
        record = record.with("parked", decisions::parked(&source));
    }
    if wants("glossary") {
        record = record.with("glossary", knowledge::glossary(&source));
    }
    if wants("references") {
        record = record.with("references", knowledge::references(&source));
    }
    record
}

/// The texts that have words.
fn words<'a, T: Into<Foreign<'a>>>(texts: impl IntoIterator<Item = T>) -> minijinja::Value {
    let texts = texts.into_iter().map(Into::into);
    list(texts.filter(|text: &Foreign<'a>| !text.trim().is_empty()))
}

/// A text without the white space around it, or other words where there is none.
fn or<'a>(text: impl Into<Foreign<'a>>, otherwise: &'a str) -> Foreign<'a> {
    text.into().or(otherwise)
}

/// The day of a stamp.
fn day(stamp: &Stamp) -> String {
    stamp.at.strftime("%Y-%m-%d").to_string()
}

#[cfg(test)]
mod tests;
