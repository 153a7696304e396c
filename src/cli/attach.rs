//! `astride attach`: a scanner's report into a session.

use std::path::Path;

use jiff::Timestamp;

use super::output::{self, Ending, Failure};
use super::{Context, findings, refusal};
use crate::encode;
use crate::findings::standing::same_run;
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
    context.read_whole(argument)?;
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
    let mut scans = Vec::new();
    for report in &reading.reports {
        let Some(run) = report.current() else {
            continue;
        };
        if let Some(known) = same_run(editor.session(), run) {
            words.push(format!(
                "Nothing new: the session has this run already, from {}.",
                encode::screen(&known.file)
            ));
            continue;
        }
        words.push(format!(
            "Added {}: {} checks, {} failed",
            run.tool,
            run.findings.len(),
            run.failed().count()
        ));
        // The edit gives it an id of its own.
        let id = ScanId::fresh(&mut ids, |_| false);
        scans.push(run.to_scan(&reading.file, id, stamp.clone()));
    }
    if words.is_empty() {
        let notes: Vec<String> = reading.notices.iter().map(ToString::to_string).collect();
        return Err(Failure::new(
            format!("The report holds no run. {}", notes.join(" ")),
            "Run the scanner again and give its report.",
        ));
    }
    if scans.is_empty() {
        for line in words {
            output::say(&line);
        }
        return Ok(Ending::Done);
    }
    editor
        .perform(Operation::AddScans(scans), now)
        .map_err(|refusal| Failure::new(format!("The report was not added: {refusal}."), ""))?;
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
        output::say(&line);
    }
    for notice in &reading.notices {
        output::say(&format!("Note: {notice}"));
    }
    Ok(Ending::Done)
}
