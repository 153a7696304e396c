//! `astride config`: the settings that hold, and an example of the file. The file itself is only read.

use std::fmt::Write as _;
use std::path::PathBuf;

use super::Context;
use super::output::{self, Ending, Failure};
use crate::settings::EXAMPLE;

/// Prints the settings, or the example.
pub fn run(context: &Context, example: bool) -> Result<Ending, Failure> {
    if example {
        output::raw(EXAMPLE)?;
        return Ok(Ending::Done);
    }
    let mut text = String::new();
    for (name, value) in settings(context) {
        let _ = writeln!(text, "{name}: {value}");
    }
    output::text(&text)?;
    if let Some(problem) = &context.problem {
        output::say(problem);
    }
    Ok(Ending::Done)
}

/// Each setting and what holds, whether it was set or not.
pub(super) fn settings(context: &Context) -> Vec<(&'static str, String)> {
    let set = &context.settings;
    let yes = |on: bool| if on { "on" } else { "off" }.to_owned();
    let file = context.config.as_ref().map_or_else(String::new, |file| {
        let there = if file.exists() {
            ""
        } else {
            " (not there; `astride config --example` makes one)"
        };
        format!("{}{there}", file.display())
    });
    vec![
        ("file", file),
        ("theme", context.theme().name().to_owned()),
        ("ascii", yes(context.place.ascii(set))),
        ("mouse", yes(set.mouse.unwrap_or(false))),
        ("author", set.author.clone().unwrap_or_default()),
        ("data_dir", context.folder.root().display().to_string()),
        ("catalog_dir", listed(&context.catalogs)),
        ("templates_dir", listed(&context.templates)),
        ("keys", format!("{} changed", set.keys.len())),
    ]
}

/// Folders in a line.
fn listed(folders: &[PathBuf]) -> String {
    let folders: Vec<String> = folders
        .iter()
        .map(|one| one.display().to_string())
        .collect();
    folders.join(", ")
}
