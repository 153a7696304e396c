//! What commands print, and how they fail. Results go to standard output, everything else to
//! standard error; text of sessions is encoded before it reaches a terminal.

use std::fmt;
use std::io::{self, Write as _};
use std::process::ExitCode;

use serde::Serialize;

use crate::encode;

/// How a command ended. The numbers are documented and stay as they are.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Ending {
    /// It did what was asked.
    Done,
    /// The check found something.
    Found,
}

impl From<Ending> for ExitCode {
    fn from(ending: Ending) -> Self {
        match ending {
            Ending::Done => Self::SUCCESS,
            Ending::Found => Self::from(1),
        }
    }
}

/// Why a command could not do what was asked: what happened and what to do now. Exit code 2.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Failure {
    /// What happened, and what it means.
    pub what: String,
    /// What to do now.
    pub next: String,
}

impl Failure {
    /// What happened, and what to do now.
    pub fn new(what: impl Into<String>, next: impl Into<String>) -> Self {
        Self {
            what: what.into(),
            next: next.into(),
        }
    }
}

impl fmt::Display for Failure {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(&encode::screen_lines(&self.what))?;
        if !self.next.is_empty() {
            write!(formatter, "\n{}", encode::screen_lines(&self.next))?;
        }
        Ok(())
    }
}

impl std::error::Error for Failure {}

/// Prints text for people; control characters of stored text become visible marks.
pub fn text(text: &str) -> Result<(), Failure> {
    raw(&encode::screen_lines(text))
}

/// Prints text exactly as it is, for files and other programs.
pub fn raw(text: &str) -> Result<(), Failure> {
    let mut out = io::stdout().lock();
    let mut write = || {
        out.write_all(text.as_bytes())?;
        if !text.ends_with('\n') {
            out.write_all(b"\n")?;
        }
        out.flush()
    };
    match write() {
        // Whoever reads has seen enough, for instance `head`.
        Err(error) if error.kind() == io::ErrorKind::BrokenPipe => Ok(()),
        result => result.map_err(|error| {
            Failure::new(format!("The result could not be written: {error}."), "")
        }),
    }
}

/// Prints JSON, indented. What would act on a terminal or hide in it is written as `\u` escapes, so
/// that it comes back exact and does nothing on its way.
pub fn json(value: &impl Serialize) -> Result<(), Failure> {
    let text = encode::json(value).map_err(|error| {
        Failure::new(
            format!("The result could not be put into JSON: {error}."),
            "",
        )
    })?;
    raw(&text)
}

/// Says something beside the result.
pub fn say(words: &str) {
    // In one piece: nothing buffers what is written there.
    let line = format!("{}\n", encode::screen_lines(words));
    let _ = io::stderr().lock().write_all(line.as_bytes());
}
