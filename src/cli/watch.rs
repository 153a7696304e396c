//! `astride watch`: a second terminal that follows a session and never writes.

use jiff::tz::TimeZone;

use super::Context;
use super::output::{Ending, Failure};
use crate::store::DataFolder;
use crate::tui::watch;

/// Watches a session until the person leaves.
pub fn run(context: &Context, argument: &str) -> Result<Ending, Failure> {
    let opened = context.read(argument)?;
    Context::needs_terminal()?;
    let start = watch::Start {
        folder: DataFolder::new(context.folder.root().to_owned()),
        location: opened.location,
        session: opened.loaded.session,
        catalog: context.catalog()?,
        theme: context.theme(),
        zone: TimeZone::system(),
    };
    watch::run(start)
        .map_err(|error| Failure::new(format!("The terminal could not be used: {error}."), ""))?;
    Ok(Ending::Done)
}
