//! Sessions in git: `astride git-setup` prepares a repository, and git itself calls the other two,
//! `astride merge-driver` for a merge and `astride textconv` for a comparison.
//!
//! Only git-setup starts git. Not for merging itself: see [`crate::merge`].

use std::fs;
use std::io;
use std::path::{Path, PathBuf};
use std::process::Command;

use super::output::{self, Ending, Failure};
use crate::encode;
use crate::merge::{Names, facts, three_way};
use crate::store::{self, Disk, Files as _, Loaded, MAX_FILE};
use crate::tui::stage::replace_file;

/// The files that are sessions, where nothing else is said.
const PATTERN: &str = "*.ron";

/// What follows a pattern in `.gitattributes`.
const ATTRIBUTES: &str = "merge=astride diff=astride";

/// Prepares the repository around the working folder.
pub fn set_up(patterns: &[String]) -> Result<Ending, Failure> {
    let top = PathBuf::from(git(&["rev-parse", "--show-toplevel"])?.unwrap_or_default());
    if top.as_os_str().is_empty() {
        return Err(Failure::new(
            "This folder is in no git repository.",
            "Change into one, or make one with git init, and say it again.",
        ));
    }
    let default = [PATTERN.to_owned()];
    let patterns = if patterns.is_empty() {
        &default
    } else {
        patterns
    };
    attributes(&top.join(".gitattributes"), patterns)?;
    let program = program();
    for (key, value) in [
        ("merge.astride.name", "Astride sessions".to_owned()),
        (
            "merge.astride.driver",
            format!("{program} merge-driver %O %A %B %P %Y"),
        ),
        ("diff.astride.textconv", format!("{program} textconv")),
        ("diff.astride.xfuncname", "^[A-Z].*$".to_owned()),
    ] {
        if git(&["config", "--local", "--get", key])?.as_deref() == Some(value.as_str()) {
            output::say(&format!("{key} is set already."));
            continue;
        }
        git(&["config", "--local", key, &value])?;
        output::say(&format!("Set {key} to: {value}"));
    }
    output::say(
        "From now on git merges sessions entry by entry and shows them in words. Commit \
         .gitattributes; everybody runs astride git-setup once in their own clone.",
    );
    Ok(Ending::Done)
}

/// Adds what is missing to the attributes of the repository.
fn attributes(path: &Path, patterns: &[String]) -> Result<(), Failure> {
    let shown = path.display();
    let unwritten = |error: io::Error| {
        Failure::new(
            format!("{shown} could not be changed: {error}."),
            "Look whether it can be written, and say it again.",
        )
    };
    let old = match fs::read_to_string(path) {
        Ok(text) => text,
        Err(error) if error.kind() == io::ErrorKind::NotFound => String::new(),
        Err(error) => return Err(unwritten(error)),
    };
    let mut text = old.clone();
    for pattern in patterns {
        if pattern.is_empty() || pattern.starts_with('-') || pattern.contains(char::is_whitespace) {
            return Err(Failure::new(
                format!("{} is no pattern for files.", encode::quoted(pattern)),
                "Give one such as *.ron or models/*.ron.",
            ));
        }
        let line = format!("{pattern} {ATTRIBUTES}");
        if text.lines().any(|one| one.trim() == line) {
            output::say(&format!("{shown} has the line already: {line}"));
            continue;
        }
        if !text.is_empty() && !text.ends_with('\n') {
            text.push('\n');
        }
        text.push_str(&line);
        text.push('\n');
        output::say(&format!("Added to {shown}: {line}"));
    }
    if text != old {
        replace_file(path, &text).map_err(unwritten)?;
    }
    Ok(())
}

/// What git prints; nothing where it says no.
fn git(arguments: &[&str]) -> Result<Option<String>, Failure> {
    let ran = Command::new("git")
        .args(arguments)
        .output()
        .map_err(|error| {
            Failure::new(
                format!("git could not be started: {error}."),
                "Install git, and say it again.",
            )
        })?;
    let words = String::from_utf8_lossy(&ran.stdout).trim_end().to_owned();
    let sets = arguments.len() == 4 && arguments[0] == "config" && arguments[2] != "--get";
    if sets && !ran.status.success() {
        let why = String::from_utf8_lossy(&ran.stderr).trim().to_owned();
        return Err(Failure::new(
            format!("git did not take the setting {}: {why}", arguments[2]),
            "Look whether the repository's configuration can be written.",
        ));
    }
    Ok(ran.status.success().then_some(words))
}

/// How git's shell starts this program: by its name where that finds it, otherwise by its path.
fn program() -> String {
    let Ok(own) = std::env::current_exe() else {
        return "astride".to_owned();
    };
    let own = fs::canonicalize(&own).unwrap_or(own);
    let name = format!("astride{}", std::env::consts::EXE_SUFFIX);
    let on_path = std::env::var_os("PATH").is_some_and(|folders| {
        let mut found = std::env::split_paths(&folders).map(|folder| folder.join(&name));
        let first = found.find(|path| path.is_file());
        first.and_then(|path| fs::canonicalize(path).ok()) == Some(own.clone())
    });
    if on_path {
        return "astride".to_owned();
    }
    let path = own.display().to_string().replace('\\', "/");
    format!("'{}'", path.replace('\'', "'\\''"))
}

/// Merges as git asks: the result takes the place of `ours`. Without one, `ours` stays untouched and
/// git is told that there is a conflict.
pub fn merge(
    base: &Path,
    ours: &Path,
    theirs: &Path,
    path: &str,
    their_name: Option<&str>,
) -> Result<Ending, Failure> {
    let refused = |which: &str, why: String| {
        Failure::new(
            format!("{path}: {which} does not open as a session, so it was not merged. {why}"),
            "git has left your version in place. Mend the other one, or choose with \
             git checkout --ours or --theirs, then git add.",
        )
    };
    let our = read(ours).map_err(|why| refused("our version", why))?;
    let their = read(theirs).map_err(|why| refused("their version", why))?;
    // An empty base: both sides added the file.
    let base = match fs::metadata(base) {
        Ok(metadata) if metadata.len() == 0 => None,
        Err(_) => None,
        Ok(_) => Some(read(base).map_err(|why| refused("the common version", why))?),
    };
    // A git that does not know names of sides leaves the sign as it is.
    let named = their_name.filter(|name| !name.is_empty() && !name.starts_with('%'));
    let names = Names {
        ours: "our branch".to_owned(),
        theirs: named.unwrap_or("the other branch").to_owned(),
    };
    let base = base.as_ref().map(|base| &base.session);
    let merged = three_way(base, &our.session, &their.session, &names);
    let sequence = our.sequence.max(their.sequence) + 1;
    let text = store::encode(&merged, sequence)
        .map_err(|error| Failure::new(format!("{path} could not be merged: {error}."), ""))?;
    store::decode(text.as_bytes()).map_err(|error| refused("the result", error.explain().what))?;
    replace_file(ours, &text).map_err(|error| {
        Failure::new(
            format!("{path}: the result could not be written: {error}."),
            "Look whether there is room on the disk, and merge again.",
        )
    })?;
    let new = merged
        .disputes
        .len()
        .saturating_sub(our.session.disputes.len());
    if new > 0 {
        output::say(&format!(
            "{path}: both sides changed the same {}; step 4 of astride shows what is to be settled.",
            if new == 1 { "thing" } else { "things" }
        ));
    }
    Ok(Ending::Done)
}

fn read(path: &Path) -> Result<Loaded, String> {
    let bytes = Disk
        .read(path, MAX_FILE as u64 + 1)
        .map_err(|error| format!("It could not be read: {error}."))?;
    store::decode(&bytes).map_err(|error| {
        let explanation = error.explain();
        format!("{} {}", explanation.what, explanation.meaning)
    })
}

/// Prints a session in words, one fact a line. What is no session is printed as it is.
pub fn in_words(path: &Path) -> Result<Ending, Failure> {
    match read(path) {
        Ok(loaded) => output::text(&facts::readable(&loaded.session))?,
        Err(_) => {
            let bytes = Disk.read(path, MAX_FILE as u64 + 1).map_err(|error| {
                Failure::new(
                    format!("{} could not be read: {error}.", path.display()),
                    "Give the path of a file.",
                )
            })?;
            output::text(&String::from_utf8_lossy(&bytes))?;
        }
    }
    Ok(Ending::Done)
}
