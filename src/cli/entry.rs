//! `astride catalog show`: one entry of the catalog with everything in it.

use std::fmt::Write as _;

use serde::Serialize;

use super::output::{self, Ending, Failure};
use super::{Context, catalog};
use crate::catalog::{Catalog, Kind};
use crate::encode;

#[derive(Serialize)]
struct Shown {
    schema: &'static str,
    kind: &'static str,
    entry: serde_json::Value,
}

/// Shows one entry. Where several kinds have the id, the first one is shown and the others are named.
pub fn run(context: &Context, id: &str, kind: Option<&str>, json: bool) -> Result<Ending, Failure> {
    let catalog = context.catalog()?;
    let found = find(&catalog, id).map_err(|error| {
        Failure::new(
            format!("The entry could not be put into JSON: {error}."),
            "",
        )
    })?;
    let mut fitting = found
        .into_iter()
        .filter(|(found, _)| kind.is_none_or(|wanted| is_called(*found, wanted)));
    let Some((kind, entry)) = fitting.next() else {
        let of_kind = kind.map_or_else(String::new, |kind| {
            format!(" of the kind {}", encode::quoted(kind))
        });
        return Err(Failure::new(
            format!("The catalog has no entry {}{of_kind}.", encode::quoted(id)),
            near(&catalog, id),
        ));
    };
    if json {
        output::json(&Shown {
            schema: "astride.catalog-entry/1",
            kind: kind.name(),
            entry,
        })?;
    } else {
        let mut text = format!("{}\n", kind.name());
        in_words(&entry, 0, &mut text);
        output::text(&text)?;
    }
    for (other, _) in fitting {
        let name = other.name();
        output::say(&format!(
            "There is a {name} of this id too: add --kind '{name}' to see it."
        ));
    }
    Ok(Ending::Done)
}

/// Whether a person may mean this kind: by its name, or by a word of it.
fn is_called(kind: Kind, wanted: &str) -> bool {
    kind.name() == wanted || kind.name().split(' ').any(|word| word == wanted)
}

/// What to do about an id that is none: entries with the same word in their id, or the list.
fn near(known: &Catalog, id: &str) -> String {
    const MOST: usize = 5;
    let word = id.trim().to_lowercase();
    let mut ids: Vec<String> = catalog::entries(known)
        .into_iter()
        .map(|entry| entry.id)
        .filter(|id| word.len() > 2 && id.to_lowercase().contains(&word))
        .collect();
    ids.sort();
    ids.dedup();
    ids.truncate(MOST);
    if ids.is_empty() {
        "`astride catalog list` shows every id.".to_owned()
    } else {
        format!(
            "Did you mean {}? `astride catalog list` shows every id.",
            ids.join(", ")
        )
    }
}

/// The entries with this id, of whatever kind.
fn find(catalog: &Catalog, id: &str) -> Result<Vec<(Kind, serde_json::Value)>, serde_json::Error> {
    let mut found = Vec::new();
    let mut add = |kind: Kind, entry: serde_json::Result<serde_json::Value>| {
        entry.map(|entry| found.push((kind, entry)))
    };
    if let Some(one) = catalog.system(id) {
        add(Kind::System, serde_json::to_value(one))?;
    }
    if let Some(one) = catalog.component(id) {
        add(Kind::Component, serde_json::to_value(one))?;
    }
    if let Some((_, one)) = catalog.threat(id) {
        add(Kind::Threat, serde_json::to_value(one))?;
    }
    if let Some(one) = catalog.control(id) {
        add(Kind::Control, serde_json::to_value(one))?;
    }
    if let Some(one) = catalog.attacker(id) {
        add(Kind::Attacker, serde_json::to_value(one))?;
    }
    if let Some(one) = catalog.glossary.iter().find(|one| one.id == *id) {
        add(Kind::Term, serde_json::to_value(one))?;
    }
    if let Some(one) = catalog.reference(id) {
        add(Kind::Reference, serde_json::to_value(one))?;
    }
    if let Some(one) = catalog.brief(id) {
        add(Kind::Brief, serde_json::to_value(one))?;
    }
    for component in &catalog.components {
        for one in component.surfaces.iter().filter(|one| one.id == *id) {
            add(Kind::Surface, serde_json::to_value(one))?;
        }
        for one in component.prompts.iter().filter(|one| one.id == *id) {
            add(Kind::Prompt, serde_json::to_value(one))?;
        }
    }
    Ok(found)
}

/// An entry as indented lines of names and values; empty values are left out.
fn in_words(value: &serde_json::Value, depth: usize, text: &mut String) {
    use serde_json::Value;
    let indent = "  ".repeat(depth);
    match value {
        Value::Object(fields) => {
            for (name, value) in fields {
                let name = name.replace('_', " ");
                match value {
                    Value::Null => {}
                    Value::Array(entries) if entries.is_empty() => {}
                    Value::Object(_) | Value::Array(_) => {
                        let _ = writeln!(text, "{indent}{name}:");
                        in_words(value, depth + 1, text);
                    }
                    Value::String(words) => {
                        let words = words.replace('\n', &format!("\n{indent}  "));
                        let _ = writeln!(text, "{indent}{name}: {words}");
                    }
                    other => {
                        let _ = writeln!(text, "{indent}{name}: {other}");
                    }
                }
            }
        }
        Value::Array(entries) => {
            for entry in entries {
                match entry {
                    Value::String(words) => {
                        let _ = writeln!(text, "{indent}- {words}");
                    }
                    other => {
                        in_words(other, depth, text);
                        text.push('\n');
                    }
                }
            }
        }
        other => {
            let _ = writeln!(text, "{indent}{other}");
        }
    }
}
