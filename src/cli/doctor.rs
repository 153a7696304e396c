//! `astride doctor`: where everything is, what the terminal can do, who has which session open, how
//! much space is left, and what Astride would do here. Looks only; makes and mends nothing.

use std::fmt::Write as _;
use std::fs::{File, TryLockError};
use std::path::Path;

use serde::Serialize;

use super::output::{self, Ending, Failure};
use super::{Context, config};
use crate::settings::locale_is_utf8;
use crate::tui::terminal;

/// Below so many bytes somebody should make room before a workshop.
const LITTLE_SPACE: u64 = 64 * 1024 * 1024;

#[derive(Serialize)]
struct Doctor {
    schema: &'static str,
    version: &'static str,
    folders: Vec<Folder>,
    settings: Vec<Setting>,
    settings_problem: Option<String>,
    terminal: Terminal,
    sessions: usize,
    open_elsewhere: Vec<String>,
    bytes_free: Option<u64>,
    would_do: Vec<String>,
}

#[derive(Serialize)]
struct Folder {
    what: &'static str,
    path: String,
    exists: bool,
    writable: bool,
}

#[derive(Serialize)]
struct Setting {
    name: &'static str,
    value: String,
}

#[derive(Serialize)]
struct Terminal {
    is_there: bool,
    term: String,
    columns: Option<u16>,
    rows: Option<u16>,
    colours: String,
    locale: String,
    utf8: bool,
    inside: Option<&'static str>,
    editor: Option<String>,
}

/// Looks, and prints what it saw.
pub fn run(context: &Context, json: bool) -> Result<Ending, Failure> {
    let seen = look(context);
    if json {
        output::json(&seen)?;
    } else {
        output::text(&in_words(&seen))?;
    }
    Ok(Ending::Done)
}

fn look(context: &Context) -> Doctor {
    let root = context.folder.root();
    let mut folders = vec![folder("data", root)];
    if let Some(configuration) = context.config.as_deref().and_then(Path::parent) {
        folders.push(folder("configuration", configuration));
    }
    folders.extend(context.catalogs.iter().map(|one| folder("catalog", one)));
    folders.extend(context.templates.iter().map(|one| folder("templates", one)));
    let names: Vec<String> = context
        .folder
        .list()
        .unwrap_or_default()
        .into_iter()
        .map(|entry| entry.name.to_string())
        .collect();
    let open_elsewhere = names
        .iter()
        .filter(|name| is_locked(&root.join("sessions").join(format!("{name}.lock"))))
        .cloned()
        .collect();
    let terminal = terminal_of(context);
    let bytes_free = bytes_free(root);
    let would_do = advice(context, &folders, &terminal, bytes_free);
    let settings = config::settings(context)
        .into_iter()
        .map(|(name, value)| Setting { name, value })
        .collect();
    Doctor {
        schema: "astride.doctor/1",
        version: env!("CARGO_PKG_VERSION"),
        folders,
        settings,
        settings_problem: context.problem.clone(),
        terminal,
        sessions: names.len(),
        open_elsewhere,
        bytes_free,
        would_do,
    }
}

fn folder(what: &'static str, path: &Path) -> Folder {
    let exists = path.is_dir();
    Folder {
        what,
        path: path.display().to_string(),
        exists,
        // A file without a name, gone again at once.
        writable: exists && tempfile::tempfile_in(path).is_ok(),
    }
}

fn is_locked(lock: &Path) -> bool {
    File::open(lock)
        .is_ok_and(|file| matches!(file.try_lock_shared(), Err(TryLockError::WouldBlock)))
}

fn terminal_of(context: &Context) -> Terminal {
    let place = &context.place;
    let is_there = terminal::is_there();
    let size = is_there
        .then(ratatui::crossterm::terminal::size)
        .and_then(Result::ok);
    let word = |name: &str| place.get(name).unwrap_or_default().to_owned();
    let locale = ["LC_ALL", "LC_CTYPE", "LANG"]
        .into_iter()
        .find_map(|name| place.get(name));
    let colours = match (
        place.get("COLORTERM"),
        place.get("TERM").unwrap_or_default(),
    ) {
        (Some("truecolor" | "24bit"), _) => "16 million; Astride uses the terminal's own 16",
        (_, term) if term.contains("256") => "256; Astride uses the terminal's own 16",
        (_, "" | "dumb") => "none",
        _ => "at least 8",
    };
    let inside = match (place.get("TMUX"), place.get("STY")) {
        (Some(_), _) => Some("tmux"),
        (_, Some(_)) => Some("screen"),
        _ => None,
    };
    Terminal {
        is_there,
        term: word("TERM"),
        columns: size.map(|(columns, _)| columns),
        rows: size.map(|(_, rows)| rows),
        colours: colours.to_owned(),
        locale: locale.unwrap_or_default().to_owned(),
        utf8: locale_is_utf8(&place.environment),
        inside,
        editor: context.editor(),
    }
}

/// Room left on the disk of the folder, or of the nearest one above it that is there.
#[cfg(unix)]
fn bytes_free(folder: &Path) -> Option<u64> {
    let there = folder.ancestors().find(|one| one.is_dir())?;
    let found = rustix::fs::statvfs(there).ok()?;
    Some(found.f_bavail.saturating_mul(found.f_frsize))
}

#[cfg(not(unix))]
fn bytes_free(_folder: &Path) -> Option<u64> {
    None
}

/// What Astride would do here, and what a person may want to do.
fn advice(
    context: &Context,
    folders: &[Folder],
    terminal: &Terminal,
    bytes_free: Option<u64>,
) -> Vec<String> {
    let mut advice = Vec::new();
    let plain = context.plain || context.place.wants_plain();
    advice.push(match (plain, terminal.is_there) {
        (true, _) => "`astride` would read and write line by line.".to_owned(),
        (false, true) => format!(
            "`astride` would use the whole screen, colours {}, {} signs.",
            context.theme().name(),
            if context.place.ascii(&context.settings) {
                "ASCII"
            } else {
                "drawn"
            }
        ),
        (false, false) => {
            "There is no terminal here: `astride` would refuse, `astride --plain` would not."
                .to_owned()
        }
    });
    for folder in folders {
        match (folder.exists, folder.writable) {
            (false, _) if folder.what == "data" => advice.push(format!(
                "{} would be made with the first session.",
                folder.path
            )),
            (true, false) if folder.what == "data" => advice.push(format!(
                "{} cannot be written: sessions could not be saved. --data-dir names another.",
                folder.path
            )),
            _ => {}
        }
    }
    if let (Some(columns), Some(rows)) = (terminal.columns, terminal.rows)
        && (columns < 80 || rows < 24)
    {
        advice.push(format!(
            "The window has {columns} columns and {rows} rows; from 80 and 24 on all fits."
        ));
    }
    if terminal.editor.is_none() {
        advice.push("Ctrl+O would find no editor: EDITOR is not set.".to_owned());
    }
    if bytes_free.is_some_and(|bytes| bytes < LITTLE_SPACE) {
        advice.push(
            "There is little space left on the disk: make room before a workshop.".to_owned(),
        );
    }
    if context.problem.is_some() {
        advice.push("The settings have a mistake; the defaults hold instead.".to_owned());
    }
    advice
}

fn in_words(seen: &Doctor) -> String {
    let mut text = format!("Astride {}\n\nFolders\n", seen.version);
    for folder in &seen.folders {
        let state = match (folder.exists, folder.writable) {
            (false, _) => "not there",
            (true, true) => "can be written",
            (true, false) => "can be read only",
        };
        let _ = writeln!(text, "  {:<14} {} ({state})", folder.what, folder.path);
    }
    text.push_str("\nSettings\n");
    for setting in &seen.settings {
        let _ = writeln!(text, "  {:<14} {}", setting.name, setting.value);
    }
    if let Some(problem) = &seen.settings_problem {
        let _ = writeln!(text, "  mistake        {problem}");
    }
    let terminal = &seen.terminal;
    let size = match (terminal.columns, terminal.rows) {
        (Some(columns), Some(rows)) => format!("{columns} columns, {rows} rows"),
        _ => "not known".to_owned(),
    };
    let none = "none";
    text.push_str("\nTerminal\n");
    for (label, value) in [
        ("there", if terminal.is_there { "yes" } else { "no" }),
        ("TERM", terminal.term.as_str()),
        ("inside", terminal.inside.unwrap_or("nothing else")),
        ("size", size.as_str()),
        ("colours", terminal.colours.as_str()),
        (
            "locale",
            if terminal.locale.is_empty() {
                none
            } else {
                &terminal.locale
            },
        ),
        ("UTF-8", if terminal.utf8 { "yes" } else { "no" }),
        ("editor", terminal.editor.as_deref().unwrap_or(none)),
    ] {
        let _ = writeln!(text, "  {label:<14} {value}");
    }
    let open = match seen.open_elsewhere.as_slice() {
        [] => "none open elsewhere".to_owned(),
        names => format!("open elsewhere: {}", names.join(", ")),
    };
    let free = seen.bytes_free.map_or_else(
        || "not known".to_owned(),
        |bytes| format!("{} MB free", bytes / 1_000_000),
    );
    let _ = writeln!(
        text,
        "\nSessions\n  {} in the data folder, {open}\n  {free}",
        seen.sessions
    );
    text.push_str("\nWhat happens here\n");
    for line in &seen.would_do {
        let _ = writeln!(text, "  {line}");
    }
    text
}
