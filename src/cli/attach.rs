//! `astride attach`: a scanner's report into a session.

use std::path::Path;

use jiff::Timestamp;

use super::output::{self, Ending, Failure};
use super::{Context, findings, refusal};
use crate::session::edit::{Editor, Operation};
use crate::session::id::{IdSource, ScanId};
use crate::session::types::{Stamp, to_the_second};
use crate::store::{Disk, Owner, Writer};

/// Adds the current run of each report in the file to a session.
pub fn run(context: &Context, argument: &str, file: &Path) -> Result<Ending, Failure> {
    let catalog = context.catalog()?;
    let reading = findings::read(file, &catalog)?;
    let now = Timestamp::now();
    // Read before it is locked: a session that does not open leaves no lock file behind.
    context.read(argument)?;
    let location = context.location(argument)?;
    let found = context
        .folder
        .open(&location, &Owner::this_process(now))
        .map_err(|error| refusal::to_read(&context.folder, &location, &error))?;
    let permit = found.locking.permit().map_err(|_| {
        Failure::new(
            "The session is open in another window. Nothing was changed.",
            "Close it there first, then attach the report.",
        )
    })?;
    let mut ids = IdSource::new(now.as_nanosecond().unsigned_abs() as u64);
    let mut editor = Editor::new(found.opened.loaded.session, ids.clone());
    let stamp = Stamp {
        by: None,
        at: to_the_second(now),
    };
    let mut words = Vec::new();
    for report in &reading.reports {
        let known = |id: &ScanId| editor.session().scans.iter().any(|scan| scan.id == *id);
        let id = ScanId::fresh(&mut ids, known);
        let Some(scan) = report
            .current()
            .map(|run| run.to_scan(&reading.file, id, stamp.clone()))
        else {
            continue;
        };
        let failed = report.current().map_or(0, |run| run.failed().count());
        words.push(format!(
            "{}: {} checks, {failed} failed",
            scan.tool,
            scan.findings.len()
        ));
        editor
            .perform(Operation::AddScan(Box::new(scan)), now)
            .map_err(|refusal| Failure::new(format!("The report was not added: {refusal}."), ""))?;
    }
    if words.is_empty() {
        let notes: Vec<String> = reading.notices.iter().map(ToString::to_string).collect();
        return Err(Failure::new(
            format!("The report holds no run. {}", notes.join(" ")),
            "Run the scanner again and give its report.",
        ));
    }
    let on_disk = found.opened.on_disk;
    let mut writer = Writer::new(Box::new(Disk), found.opened.location, on_disk, permit);
    writer.save(editor.session(), now).map_err(|error| {
        let explanation = error.explain();
        Failure::new(
            format!("{} {}", explanation.what, explanation.meaning),
            explanation.advice,
        )
    })?;
    for line in words {
        output::say(&format!("Added {line}"));
    }
    for notice in &reading.notices {
        output::say(&format!("Note: {notice}"));
    }
    Ok(Ending::Done)
}
