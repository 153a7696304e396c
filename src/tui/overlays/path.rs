//! A path is asked for, with completion of names: of a report to read, or of a file to write.
//!
//! Not for looking into folders: the loop does that.

use super::{InputLine, import};
use crate::tui::app::{App, Effect, PathNames};
use crate::tui::keymap::{Action, Context};
use crate::tui::screens::report;
use crate::tui::text::TextEdit;

/// A path is typed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PathPrompt {
    /// The path.
    pub line: InputLine,
    /// What it may become.
    pub names: Vec<String>,
    /// What for.
    pub asked: PathFor,
}

/// What a path is asked for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum PathFor {
    /// A scanner's report, to read it.
    Report {
        /// The path that is being read.
        reading: Option<String>,
    },
    /// The write-up, to write it.
    WriteUp {
        /// The file's name that is proposed.
        name: String,
    },
}

impl PathPrompt {
    /// Asks for the report of a scanner.
    pub fn to_read() -> Self {
        Self {
            line: InputLine::new(""),
            names: Vec::new(),
            asked: PathFor::Report { reading: None },
        }
    }

    /// Asks where to write the write-up, and proposes a path.
    pub fn to_write(path: &str) -> Self {
        let name = path.rsplit('/').next().unwrap_or(path);
        Self {
            line: InputLine::new(path),
            names: Vec::new(),
            asked: PathFor::WriteUp {
                name: name.to_owned(),
            },
        }
    }

    /// The heading of the box.
    pub const fn heading(&self) -> &'static str {
        match self.asked {
            PathFor::Report { .. } => "Read the report of a scanner",
            PathFor::WriteUp { .. } => "Write the file to",
        }
    }

    /// Where its keys are pressed.
    pub const fn context(&self) -> Context {
        match self.asked {
            PathFor::Report { .. } => Context::ReportPath,
            PathFor::WriteUp { .. } => Context::ExportPath,
        }
    }

    /// Carries out an action; whether the prompt closes.
    pub fn act(&mut self, app: &mut App, action: Action, effects: &mut Vec<Effect>) -> bool {
        match action {
            Action::Complete => effects.push(Effect::CompletePath {
                typed: self.line.text.clone(),
                fill: true,
            }),
            Action::Undo => self.line = InputLine::new(""),
            Action::Submit => return self.submit(app, effects),
            _ => {}
        }
        false
    }

    fn submit(&mut self, app: &mut App, effects: &mut Vec<Effect>) -> bool {
        let path = self.line.text.trim().to_owned();
        match &mut self.asked {
            PathFor::Report { reading } => {
                import::read_path(app, path, reading, effects);
                false
            }
            PathFor::WriteUp { .. } if path.is_empty() => {
                app.say("Type a path first; Tab completes names. Esc goes back.");
                false
            }
            PathFor::WriteUp { name } if path.ends_with('/') => {
                self.line = InputLine::new(&format!("{path}{name}"));
                app.say("In this folder, under this name: Enter writes it.");
                false
            }
            PathFor::WriteUp { .. } => report::act::write(app, &path, effects),
        }
    }

    /// Names were found for what was typed.
    pub fn found(&mut self, app: &mut App, found: PathNames) {
        // What was typed meanwhile goes before what was found for less.
        if self.line.text != found.typed {
            return;
        }
        let nothing = found.names.is_empty() && !found.typed.is_empty();
        if found.filled != found.typed {
            self.line.edit = TextEdit::at_end(&found.filled, false);
            self.line.text = found.filled;
        }
        self.names = found.names;
        if nothing {
            app.say(match self.asked {
                PathFor::Report { .. } => "No file or folder begins like this.",
                PathFor::WriteUp { .. } => {
                    "No file or folder begins like this: Enter makes a new file."
                }
            });
        }
    }
}
