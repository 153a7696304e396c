//! Keys and words for the screen below.

use crate::session::coverage::CellState;
use crate::session::place::Step;
use crate::tui::app::App;
use crate::tui::keymap::{self, Action, Context};

/// The help: its lines, made when it was opened.
#[derive(Debug)]
pub struct Help {
    /// The lines.
    pub lines: Vec<HelpLine>,
    /// The first visible line.
    pub top: usize,
}

/// A line of the help.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum HelpLine {
    /// A heading.
    Heading(String),
    /// Keys and what they do.
    Key(String, &'static str),
    /// A sentence.
    Text(String),
    /// Nothing.
    Blank,
}

impl Help {
    /// The help for what is on the screen now.
    pub fn for_screen(app: &App) -> Self {
        let mut lines = Vec::new();
        if let Some(open) = &app.open {
            lines.push(HelpLine::Heading(format!(
                "{} {}",
                open.step.number(),
                open.step.name()
            )));
            lines.push(HelpLine::Text(about(open.step).to_owned()));
            if open.step == Step::Threats {
                let signs = [
                    CellState::ThreatsRecorded,
                    CellState::NothingApplies,
                    CellState::InProgress,
                    CellState::Untouched,
                ]
                .map(|state| format!("{} {}", state.sign(), state.name()))
                .join("   ");
                lines.push(HelpLine::Text(signs));
            }
        } else {
            lines.push(HelpLine::Heading("Sessions".to_owned()));
            lines.push(HelpLine::Text(
                "Each session is one threat model. Go on where you stopped, begin a new one, or \
                 look at a finished example."
                    .to_owned(),
            ));
        }
        lines.push(HelpLine::Blank);
        // What is going on now comes first: while typing, its keys.
        let mut contexts = app.bar_contexts();
        let typing = [Context::LongText, Context::ShortText];
        let typing = typing.into_iter().filter(|_| app.open.is_some());
        for context in app.contexts().into_iter().chain(typing) {
            if !contexts.contains(&context) {
                contexts.push(context);
            }
        }
        for context in contexts {
            lines.push(HelpLine::Heading(context.name().to_owned()));
            for binding in keymap::of(context) {
                let keys: Vec<String> = binding.keys.iter().map(ToString::to_string).collect();
                lines.push(HelpLine::Key(keys.join("  "), binding.help));
            }
            lines.push(HelpLine::Blank);
        }
        lines.push(HelpLine::Heading("Your text".to_owned()));
        lines.push(HelpLine::Text(format!(
            "Everything is saved by itself, in {}. Nothing ever goes online.",
            app.folder
        )));
        lines.push(HelpLine::Text(format!(
            "Astride {}",
            env!("CARGO_PKG_VERSION")
        )));
        Self { lines, top: 0 }
    }

    /// Moves the visible part.
    pub fn scroll(&mut self, action: Action) {
        let last = self.lines.len().saturating_sub(5);
        self.top = match action {
            Action::Up => self.top.saturating_sub(1),
            Action::Down => (self.top + 1).min(last),
            Action::PageUp => self.top.saturating_sub(15),
            Action::PageDown => (self.top + 15).min(last),
            _ => self.top,
        };
    }
}

const fn about(step: Step) -> &'static str {
    match step {
        Step::Scope => {
            "Say what you are working on: what it is, which parts belong to it, what you take for \
             granted, and who might attack. All of it can wait; the walk in step 2 works without."
        }
        Step::Threats => {
            "One card for each component and each letter of STRIDE. Read the question aloud. Take \
             what is suggested, write what you think of yourselves, or say why nothing applies."
        }
        Step::Harden => {
            "Everything you decided to do, over all threats: what is planned, done and verified, \
             who does it and how to check it. And the findings of a benchmark run that you chose."
        }
        Step::Review => {
            "What is covered, what the brief still asks for, and what stands out. Enter goes to \
             the place where it can be put right. There is no single right answer."
        }
        Step::Report => "Exactly what will be written. w writes it to a file.",
    }
}
