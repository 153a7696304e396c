//! `astride keys`: the table of keys that the program obeys, with the changes of the configuration.

use std::fmt::Write as _;

use serde::Serialize;

use super::manual::PLACES;
use super::output::{self, Ending, Failure};
use crate::tui::keymap;

#[derive(Serialize)]
struct Keys {
    schema: &'static str,
    keys: Vec<Line>,
}

#[derive(Serialize)]
struct Line {
    place: &'static str,
    action: String,
    keys: Vec<String>,
    label: &'static str,
    help: &'static str,
}

/// Prints the table.
pub fn run(json: bool) -> Result<Ending, Failure> {
    let lines = PLACES.iter().flat_map(|place| {
        keymap::of(*place).map(|binding| Line {
            place: place.name(),
            action: format!("{}.{}", place.id(), binding.action.id()),
            keys: binding.keys.iter().map(ToString::to_string).collect(),
            label: binding.label,
            help: binding.help,
        })
    });
    if json {
        output::json(&Keys {
            schema: "astride.keys/1",
            keys: lines.collect(),
        })?;
        return Ok(Ending::Done);
    }
    let mut text = String::new();
    let mut place = "";
    for line in lines {
        if line.place != place {
            if !place.is_empty() {
                text.push('\n');
            }
            place = line.place;
            let _ = writeln!(text, "{place}");
        }
        let keys = line.keys.join(", ");
        let _ = writeln!(text, "  {keys:<22} {:<28} {}", line.action, line.help);
    }
    output::text(&text)?;
    Ok(Ending::Done)
}
