//! `astride diff`: what changed from one session, or one version of it, to another.

use serde::Serialize;

use super::output::{self, Ending, Failure};
use super::{Context, tables};
use crate::merge::Difference;

/// The result in JSON.
#[derive(Serialize)]
struct Differences {
    schema: &'static str,
    #[serde(flatten)]
    difference: Difference,
}

/// Compares two sessions.
pub fn run(
    context: &Context,
    before: &str,
    after: &str,
    json: bool,
    markdown: bool,
) -> Result<Ending, Failure> {
    let before = tables::one(context, before)?;
    let after = tables::one(context, after)?;
    let difference = Difference::between(&before, &after);
    if json {
        output::json(&Differences {
            schema: "astride.diff/1",
            difference,
        })?;
    } else if markdown {
        output::raw(&difference.markdown())?;
    } else {
        output::text(&difference.text())?;
    }
    Ok(Ending::Done)
}
