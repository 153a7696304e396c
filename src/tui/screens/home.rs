//! The list of sessions: go on, begin, look at an example. And the trash, to bring sessions back.

use std::collections::HashSet;

use jiff::Timestamp;

use crate::catalog::source::embedded_examples;
use crate::tui::app::{App, Effect, SessionLine, Summary};
use crate::tui::keymap::{self, Action, Context};
use crate::tui::overlays::{Asked, Overlay};
use crate::tui::text::wrap;
use crate::tui::theme::Meaning;

/// The state of the list.
#[derive(Debug, Default)]
pub struct Home {
    /// The sessions, newest first; nothing until they were listed.
    pub sessions: Option<Vec<SessionLine>>,
    /// The trash, while it is shown.
    pub trash: Option<Vec<SessionLine>>,
    /// The line under the cursor.
    pub selected: usize,
    /// The sessions that are being read.
    asked: HashSet<String>,
}

/// A line of the list.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum HomeLine {
    /// A session; the first is the one to go on with.
    Session(usize),
    /// Begin a new one.
    New,
    /// A finished example, by the file's name.
    Example(&'static str),
    /// A session in the trash.
    Trashed(usize),
}

impl Home {
    /// The lines in order.
    pub fn lines(&self) -> Vec<HomeLine> {
        if let Some(trash) = &self.trash {
            return (0..trash.len()).map(HomeLine::Trashed).collect();
        }
        let sessions = self.sessions.as_deref().unwrap_or_default();
        let mut lines: Vec<HomeLine> = Vec::new();
        if !sessions.is_empty() {
            lines.push(HomeLine::Session(0));
        }
        lines.push(HomeLine::New);
        lines.extend((1..sessions.len()).map(HomeLine::Session));
        lines.extend(
            embedded_examples()
                .iter()
                .map(|example| HomeLine::Example(example.file)),
        );
        lines
    }

    /// The line under the cursor.
    pub fn line(&self) -> Option<HomeLine> {
        let lines = self.lines();
        lines
            .get(self.selected.min(lines.len().saturating_sub(1)))
            .cloned()
    }

    /// The session under the cursor.
    pub fn session(&self) -> Option<&SessionLine> {
        match self.line()? {
            HomeLine::Session(at) => self.sessions.as_ref()?.get(at),
            HomeLine::Trashed(at) => self.trash.as_ref()?.get(at),
            HomeLine::New | HomeLine::Example(_) => None,
        }
    }

    /// Takes in a new list of the sessions.
    pub fn listed(&mut self, sessions: Vec<SessionLine>) {
        self.asked.clear();
        self.sessions = Some(sessions);
    }

    /// Sessions near the cursor of which nothing is known yet but the name. Each is asked for once.
    pub fn ask_for_unread(&mut self, lines: usize) -> Vec<String> {
        let from = self.selected.saturating_sub(lines);
        let unread: Vec<String> = self
            .sessions
            .iter()
            .flatten()
            .skip(from)
            .take(2 * lines)
            .filter(|session| session.summary.is_none() && !self.asked.contains(&session.name))
            .map(|session| session.name.clone())
            .collect();
        self.asked.extend(unread.iter().cloned());
        unread
    }
}

/// The title of a session as the list shows it.
pub fn title(session: &SessionLine) -> String {
    match &session.summary {
        Some(Summary::Whole { title, .. }) => title.clone(),
        Some(Summary::Damaged(_)) | None => session.name.clone(),
    }
}

/// How far a session is, in a few words.
pub fn progress(session: &SessionLine) -> String {
    match &session.summary {
        Some(Summary::Whole {
            answered: (done, all),
            threats,
            ..
        }) => {
            let plural = if *threats == 1 { "" } else { "s" };
            format!("{done}/{all} cells, {threats} threat{plural}")
        }
        Some(Summary::Damaged(_)) => "! cannot be opened".to_owned(),
        None => String::new(),
    }
}

/// What stands beside the list about the line under the cursor: text and how it looks.
pub fn preview(app: &App) -> Vec<(String, Meaning)> {
    match app.home.line() {
        Some(HomeLine::Session(_) | HomeLine::Trashed(_)) => {
            let Some(session) = app.home.session() else { return Vec::new() };
            session_preview(app, session)
        }
        Some(HomeLine::Example(file)) => vec![
            (example_title(file).to_owned(), Meaning::Heading),
            ("A finished session that shows where this leads. It opens as a copy of yours, so nothing can go wrong with it.".to_owned(), Meaning::Text),
        ],
        Some(HomeLine::New) => vec![
            ("A new session".to_owned(), Meaning::Heading),
            ("Only a title is needed, and even that can wait. Everything can be changed later.".to_owned(), Meaning::Text),
        ],
        None => vec![("Sessions that you throw away stay here until you bring them back.".to_owned(), Meaning::Text)],
    }
}

fn session_preview(app: &App, session: &SessionLine) -> Vec<(String, Meaning)> {
    let mut lines = vec![(title(session), Meaning::Heading)];
    if let Some(modified) = session.modified {
        let what = if app.home.trash.is_some() {
            "thrown away"
        } else {
            "saved"
        };
        lines.push((format!("{what} {}", app.age(modified)), Meaning::Muted));
    }
    match &session.summary {
        Some(Summary::Whole { place, preview, .. }) => {
            lines.push((progress(session), Meaning::Text));
            lines.push((place.clone(), Meaning::Text));
            if !preview.is_empty() {
                lines.push((String::new(), Meaning::Text));
                lines.push(("Last written".to_owned(), Meaning::Muted));
                lines.push((preview.clone(), Meaning::Text));
            }
        }
        Some(Summary::Damaged(why)) => {
            lines.push((why.clone(), Meaning::Warning));
            lines.push(("The file is kept as it is.".to_owned(), Meaning::Text));
        }
        None => {}
    }
    lines
}

/// The title of an example, from its file's name.
pub fn example_title(file: &str) -> &str {
    match file.strip_suffix(".ron").unwrap_or(file) {
        "course" => "The course brief, done well",
        "web-infrastructure" => "A simple web infrastructure",
        other => other,
    }
}

/// A title for a session that was given none.
pub fn default_title(app: &App) -> String {
    let day = app
        .now
        .to_zoned(app.zone.clone())
        .strftime("%-d %B %Y")
        .to_string();
    format!("Threat model, {day}")
}

/// How many columns the longest age takes, so that the list lines up.
pub fn age_of(app: &App, modified: Option<Timestamp>) -> String {
    modified.map_or_else(String::new, |at| app.age(at))
}

/// Carries out what a key means in the list.
pub fn act(app: &mut App, action: Action, effects: &mut Vec<Effect>) -> bool {
    let count = app.home.lines().len();
    let last = count.saturating_sub(1);
    let home = &mut app.home;
    home.selected = home.selected.min(last);
    match action {
        Action::Up => home.selected = home.selected.saturating_sub(1),
        Action::Down => home.selected = (home.selected + 1).min(last),
        Action::PageUp => home.selected = home.selected.saturating_sub(10),
        Action::PageDown => home.selected = (home.selected + 10).min(last),
        Action::First => home.selected = 0,
        Action::Last => home.selected = last,
        Action::NewSession => app.overlay = Some(Overlay::new_session()),
        Action::Enter => enter(app, effects),
        Action::Trash => effects.push(Effect::ListTrash),
        Action::Rename | Action::Duplicate | Action::Remove => {
            return on_session(app, action, effects);
        }
        Action::Back if app.home.trash.is_some() => {
            app.home.trash = None;
            app.home.selected = 0;
        }
        Action::Back => {
            let key = keymap::binding(&[Context::Everywhere], Action::Quit).map(|one| one.keys[0]);
            let key = key.map_or_else(String::new, |key| key.to_string());
            app.say(format!(
                "This is the start. {key} quits; everything is saved."
            ));
        }
        _ => return false,
    }
    true
}

fn enter(app: &mut App, effects: &mut Vec<Effect>) {
    match app.home.line() {
        Some(HomeLine::Session(_)) => {
            if let Some(session) = app.home.session() {
                effects.push(Effect::Open(session.name.clone()));
            }
        }
        Some(HomeLine::Trashed(_)) => {
            if let Some(session) = app.home.session() {
                effects.push(Effect::BringBack(session.name.clone()));
            }
        }
        Some(HomeLine::New) => app.overlay = Some(Overlay::new_session()),
        Some(HomeLine::Example(file)) => effects.push(Effect::OpenExample(file.to_owned())),
        None => app.say("There is nothing to bring back. Esc goes back to the sessions."),
    }
}

fn on_session(app: &mut App, action: Action, effects: &mut Vec<Effect>) -> bool {
    if app.home.trash.is_some() {
        return false;
    }
    let Some(session) = app.home.session().cloned() else {
        app.say("Move to a session first, with ↑ and ↓.");
        return true;
    };
    match action {
        Action::Rename => {
            app.overlay = Some(Overlay::ask(
                Asked::Rename(session.name.clone()),
                &title(&session),
            ));
        }
        Action::Duplicate => effects.push(Effect::Duplicate(session.name)),
        _ => effects.push(Effect::MoveToTrash(session.name)),
    }
    true
}

/// The title of a line cut to a width.
pub fn cut(text: &str, columns: usize) -> String {
    wrap::fitted(text, columns)
}
