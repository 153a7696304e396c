//! `astride compare`: the sessions of a cohort beside each other.

use serde::Serialize;

use super::output::{self, Ending, Failure};
use super::{Context, tables};
use crate::merge::Cohort;

/// The result in JSON.
#[derive(Serialize)]
struct Compared {
    schema: &'static str,
    #[serde(flatten)]
    cohort: Cohort,
}

/// Compares sessions.
pub fn run(
    context: &Context,
    arguments: &[String],
    json: bool,
    markdown: bool,
) -> Result<Ending, Failure> {
    let tables = tables::read(context, arguments)?;
    let cohort = Cohort::of(&tables, &context.catalog()?);
    if json {
        output::json(&Compared {
            schema: "astride.compare/1",
            cohort,
        })?;
    } else if markdown {
        output::raw(&cohort.markdown())?;
    } else {
        output::text(&cohort.text())?;
    }
    Ok(Ending::Done)
}
