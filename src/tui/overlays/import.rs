//! A scanner's report into the session: its path, then what was read and what will be added, before it
//! is added.
//!
//! Not for reading: the loop does that. Nothing is in the session before Enter.

use super::Overlay;
use super::path::{PathFor, PathPrompt};
use crate::findings::compare::compare;
use crate::findings::standing::{Change, run_before, same_run};
use crate::findings::words::{count, counts};
use crate::findings::{Notice, Reading, Report};
use crate::session::edit::Operation;
use crate::session::id::{IdSource, ScanId};
use crate::session::place::Step;
use crate::session::types::{Finding, FindingStatus, Scan, Session, Stamp};
use crate::tui::app::{App, Effect, ReportRead};
use crate::tui::theme::Meaning;
use crate::tui::widgets::rows::Target;

/// What was read, and what will be added.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Preview {
    /// What to read before Enter.
    pub lines: Vec<(String, Meaning)>,
    /// The first visible line.
    pub top: usize,
    /// What will be added.
    pub scans: Vec<Scan>,
}

/// Asks for the path.
pub fn ask(app: &mut App, effects: &mut Vec<Effect>) {
    if app
        .open
        .as_ref()
        .is_none_or(|open| open.read_only.is_some())
    {
        app.warn("This session is open for reading only.");
        return;
    }
    effects.push(Effect::CompletePath {
        typed: String::new(),
        fill: false,
    });
    app.overlay = Some(Overlay::Path(PathPrompt::to_read()));
}

/// Asks the loop to read the file at a path that was typed.
pub fn read_path(
    app: &mut App,
    path: String,
    reading: &mut Option<String>,
    effects: &mut Vec<Effect>,
) {
    if path.is_empty() {
        return app.say("Type the path of a report first; Tab completes names. Esc goes back.");
    }
    if path.ends_with('/') {
        return app.say("This is a folder. Type on, or Tab shows what is in it.");
    }
    *reading = Some(path.clone());
    effects.push(Effect::ReadReport(path));
    app.say("Reading it…");
}

/// The loop read a report.
pub fn read(app: &mut App, read: ReportRead) {
    let Some(Overlay::Path(PathPrompt {
        asked: PathFor::Report { reading },
        ..
    })) = &mut app.overlay
    else {
        return;
    };
    if reading.as_deref() != Some(read.path.as_str()) {
        return;
    }
    *reading = None;
    match (read.result, &app.open) {
        (Ok(reading), Some(open)) => {
            let preview = Preview::of(&reading, open.editor.session());
            app.notice = None;
            app.overlay = Some(Overlay::Preview(preview));
        }
        (Err(words), _) => app.warn(words),
        (Ok(_), None) => {}
    }
}

impl Preview {
    /// What a reading holds, in words, and what of it is new for a session.
    pub fn of(reading: &Reading, session: &Session) -> Self {
        let mut preview = Self {
            lines: Vec::new(),
            top: 0,
            scans: Vec::new(),
        };
        for report in &reading.reports {
            preview.report(reading, report, session);
        }
        preview.file(reading);
        preview.offer();
        preview
    }

    fn say(&mut self, text: impl Into<String>, meaning: Meaning) {
        self.lines.push((text.into(), meaning));
    }

    fn report(&mut self, reading: &Reading, report: &Report, session: &Session) {
        let Some(run) = report.current() else {
            self.say(
                format!("{}: no run in the file", report.tool),
                Meaning::Heading,
            );
            return;
        };
        let name = [
            format!("{} {}", run.tool, run.tool_version)
                .trim()
                .to_owned(),
            run.benchmark.clone(),
        ];
        let name: Vec<String> = name.into_iter().filter(|one| !one.is_empty()).collect();
        self.say(name.join(" · "), Meaning::Heading);
        let runs = match report.run_count {
            1 => "1 run".to_owned(),
            runs => format!("{runs} runs, of which the last is used"),
        };
        let began = if run.started.is_empty() {
            String::new()
        } else {
            format!(", begun {}", run.started)
        };
        self.say(format!("{runs}{began}."), Meaning::Text);
        self.say(
            format!(
                "{} = {}.",
                count(run.findings.len(), "check"),
                counts(&run.findings).join(" + ")
            ),
            Meaning::Text,
        );
        self.failed(&run.findings);
        if let Some(scan) = same_run(session, run) {
            let words = format!(
                "The session has this very run already, from {}: nothing new.",
                scan.file
            );
            self.say(words, Meaning::Warning);
        } else {
            if let Some(before) = run_before(session, report) {
                let comparison = compare(before.into(), run.side());
                let changes: Vec<String> = Change::ALL
                    .into_iter()
                    .map(|change| (change, change.count(&comparison)))
                    .filter(|(_, count)| *count > 0)
                    .map(|(change, count)| format!("{count} {}", change.name()))
                    .collect();
                let changes = if changes.is_empty() {
                    "nothing changed".to_owned()
                } else {
                    changes.join(", ")
                };
                self.say(format!("Since {}: {changes}.", before.file), Meaning::Text);
            }
            self.scans.push(scan_of(reading, run));
        }
        self.say("", Meaning::Text);
    }

    fn failed(&mut self, findings: &[Finding]) {
        let failed = || {
            let failed = |one: &&Finding| one.status == FindingStatus::Failed;
            findings.iter().filter(failed)
        };
        let all = failed().count();
        let known = failed().filter(|one| one.control.is_some()).count();
        if all > 0 {
            let words = format!(
                "Of the {all} failed, the catalog explains {known}; {} stay without a control.",
                all - known
            );
            self.say(words, Meaning::Muted);
        }
    }

    fn file(&mut self, reading: &Reading) {
        let counts = reading.counts;
        self.say(format!("The file {}", reading.file), Meaning::Heading);
        self.say(
            format!(
                "{} = {} read + {} skipped + {} not understood.",
                lines(counts.total()),
                counts.read,
                counts.skipped,
                counts.not_understood
            ),
            Meaning::Text,
        );
        let mut masked = false;
        for notice in reading.all_notices() {
            masked |= matches!(notice, Notice::Masked(_));
            self.say(format!("! {notice}"), Meaning::Warning);
        }
        if !masked {
            self.say("Nothing in it looks like a credential.", Meaning::Muted);
        }
        self.say("", Meaning::Text);
    }

    fn offer(&mut self) {
        let checks: usize = self.scans.iter().map(|scan| scan.findings.len()).sum();
        let words = match self.scans.len() {
            0 => "There is nothing to add. Esc goes back.".to_owned(),
            runs => format!(
                "Enter adds {} with {} to the session. Nothing else changes; u takes it back.",
                count(runs, "run"),
                count(checks, "check")
            ),
        };
        self.say(words, Meaning::Question);
    }

    /// Moves the visible part.
    pub fn scroll(&mut self, by: isize) {
        let last = self.lines.len().saturating_sub(3);
        self.top = self.top.saturating_add_signed(by).min(last);
    }

    /// Adds the runs, as one step of undo.
    pub fn add(&mut self, app: &mut App) {
        let scans = std::mem::take(&mut self.scans);
        if scans.is_empty() {
            app.say("Nothing was added: the session has it already.");
            return;
        }
        let first = app
            .open
            .as_ref()
            .map_or(0, |open| open.editor.session().scans.len());
        let words = format!("Added {}.", count(scans.len(), "run"));
        if !app.edit(Operation::AddScans(scans)) {
            return;
        }
        app.say(format!(
            "{words} Enter shows a finding, Space chooses it. u takes the report back."
        ));
        let Some(open) = &mut app.open else { return };
        open.step = Step::Harden;
        let scan = open.editor.session().scans.get(first);
        let target = scan.and_then(|scan| {
            let failed = |one: &Finding| one.status == FindingStatus::Failed;
            let at = scan.findings.iter().position(failed)?;
            Some(Target::Finding(scan.id.clone(), at))
        });
        open.findings = crate::tui::screens::harden::filter::Filter::default();
        if target.is_some() {
            open.lists[Step::Harden as usize].selected = target;
        }
    }
}

fn lines(total: usize) -> String {
    let noun = if total == 1 {
        "line or entry"
    } else {
        "lines or entries"
    };
    format!("{total} {noun}")
}

fn scan_of(reading: &Reading, run: &crate::findings::Run) -> Scan {
    // The edit gives it an id and a time of its own.
    let id = ScanId::fresh(&mut IdSource::new(0), |_| false);
    let created = Stamp {
        by: None,
        at: jiff::Timestamp::UNIX_EPOCH,
    };
    run.to_scan(&reading.file, id, created)
}
