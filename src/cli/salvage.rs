//! `astride show --salvage`: the texts that can still be read in a file, to copy from. For files that
//! are damaged or were saved by a newer program; nothing is repaired by guessing.

use std::fmt::Write as _;

use super::output::{self, Ending, Failure};
use super::{Context, refusal};
use crate::encode;

/// Prints every text of the file that a person may have written.
pub fn run(context: &Context, argument: &str) -> Result<Ending, Failure> {
    let location = context.location(argument)?;
    let found = context
        .folder
        .salvage(&location)
        .map_err(|error| refusal::to_read(&context.folder, &location, &error))?;
    let mut text = String::new();
    let mut count = 0;
    for one in found.iter().filter(|one| one.is_words()) {
        count += 1;
        let field = one.field.as_deref().unwrap_or("text").replace('_', " ");
        // Writing to a string cannot fail.
        let _ = writeln!(text, "line {}, {}", one.line, encode::screen(&field));
        for line in one.text.lines() {
            let _ = writeln!(text, "  {line}");
        }
    }
    if count == 0 {
        return Err(Failure::new(
            format!(
                "{}: no text can be found in this file any more. It was left as it is.",
                location.path().display()
            ),
            format!(
                "`astride history {}` lists its earlier versions.",
                refusal::argument(&location)
            ),
        ));
    }
    output::text(&text)?;
    let plural = if count == 1 { "" } else { "s" };
    output::say(&format!(
        "{count} text{plural}. The file was left as it is."
    ));
    Ok(Ending::Done)
}
