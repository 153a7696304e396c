//! What there was before: the earlier texts of one field, the earlier versions of the session, and
//! what was removed since. Each can be put back.
//!
//! It holds what was read and what is marked. Reading is the loop's, putting back is an edit:
//! see [`crate::tui::app`].

use crate::encode;
use crate::merge::Past;
use crate::merge::past::Version;
use crate::session::place::TextField;
use crate::tui::app::App;
use crate::tui::keymap::Action;
use crate::tui::overlays::Overlay;
use crate::tui::overlays::menu::{Does, Entry, Menu};
use crate::tui::text::wrap;

/// The most columns that the box takes, with its frame.
pub const COLUMNS: u16 = 92;

/// The three lists.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum List {
    /// The earlier texts of one field.
    Text,
    /// The earlier versions of the session.
    Session,
    /// What was removed.
    Removed,
}

impl List {
    /// All three, in the order of Tab.
    pub const ALL: [Self; 3] = [Self::Text, Self::Session, Self::Removed];

    /// Its name.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Text => "This text",
            Self::Session => "Whole session",
            Self::Removed => "Removed",
        }
    }
}

/// Earlier texts and versions.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct History {
    /// The field whose texts are looked for.
    pub field: Option<TextField>,
    /// What was read; nothing as long as it is being read.
    pub past: Option<Result<Past, String>>,
    /// The list on the screen.
    pub list: List,
    /// The marked line, from 0.
    pub selected: usize,
    /// The first visible line of what stands below the list.
    pub top: usize,
}

/// A line of a list.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Line {
    /// When, and what.
    pub text: String,
    /// The difference, in a few words.
    pub tail: String,
}

impl History {
    /// Before anything is read.
    pub const fn waiting(field: Option<TextField>) -> Self {
        let list = if field.is_some() {
            List::Text
        } else {
            List::Session
        };
        Self {
            field,
            past: None,
            list,
            selected: 0,
            top: 0,
        }
    }

    /// The heading of the box.
    pub fn heading(&self) -> String {
        match (&self.field, self.list) {
            (Some(field), List::Text) => format!("Earlier texts: {}", field.name()),
            (None, List::Text) => "Earlier texts".to_owned(),
            (_, List::Session) => "Earlier versions".to_owned(),
            (_, List::Removed) => "Removed since".to_owned(),
        }
    }

    fn read(&self) -> Option<&Past> {
        self.past.as_ref()?.as_ref().ok()
    }

    /// The lines of the list on the screen.
    pub fn lines(&self, app: &App) -> Vec<Line> {
        let Some(past) = self.read() else {
            return Vec::new();
        };
        let when = |version: &Version| format!("{:<15}", app.moment(version.saved));
        match self.list {
            List::Text => past
                .texts
                .iter()
                .map(|one| Line {
                    text: format!("{}  {}", when(&one.version), first_line(&one.text)),
                    tail: one.change.words(),
                })
                .collect(),
            List::Session => past
                .versions
                .iter()
                .map(|one| match &one.since {
                    Ok(since) => Line {
                        text: format!(
                            "{}  {} of {} cells, {} threat{}",
                            when(&one.version),
                            since.before.answered_cells,
                            since.before.cells,
                            since.before.threats,
                            if since.before.threats == 1 { "" } else { "s" },
                        ),
                        tail: since.in_short(),
                    },
                    Err(_) => Line {
                        text: format!("{}  ! does not open", when(&one.version)),
                        tail: String::new(),
                    },
                })
                .collect(),
            List::Removed => past
                .removed
                .iter()
                .map(|one| Line {
                    text: format!(
                        "{}: {}",
                        one.entry.field().name(),
                        first_line(one.entry.title())
                    ),
                    tail: app.moment(one.version.saved),
                })
                .collect(),
        }
    }

    /// What is to be said instead of a list that is empty.
    pub fn nothing(&self) -> String {
        let past = match &self.past {
            None => return "Reading the earlier versions…".to_owned(),
            Some(Err(words)) => return words.clone(),
            Some(Ok(past)) => past,
        };
        let versions = if past.kept == 1 {
            "the earlier version that is kept".to_owned()
        } else {
            format!("all {} earlier versions that are kept", past.kept)
        };
        match self.list {
            List::Text if self.field.is_none() => {
                "No text is marked. Mark one first, then look at its history.".to_owned()
            }
            _ if past.kept == 0 => format!(
                "No earlier version of this {} is kept yet. One is kept at the first save of each \
                 run, every few minutes, and before text goes.",
                if self.list == List::Text {
                    "text"
                } else {
                    "session"
                }
            ),
            List::Text => format!("This text says the same in {versions}, or was not there yet."),
            List::Session => format!("The session is the same in {versions}."),
            List::Removed => {
                format!("Nothing was removed: everything in {versions} is still there.")
            }
        }
    }

    /// What the marked line holds, to be read before it is put back.
    pub fn about(&self) -> String {
        let Some(past) = self.read() else {
            return String::new();
        };
        let at = self.selected;
        match self.list {
            List::Text => past
                .texts
                .get(at)
                .map(|one| format!("{}\n\nNow it says:\n{}", one.text, past.now)),
            List::Session => past.versions.get(at).map(|one| match &one.since {
                Ok(since) => format!("Since then, {}", changes(&since.text())),
                Err(problem) => format!("Version {}: {problem}", one.version.number),
            }),
            List::Removed => past.removed.get(at).map(|one| {
                let mut text = one.entry.title().to_owned();
                for (name, words) in one.entry.texts() {
                    text.extend(["\n", name, ": ", words]);
                }
                text
            }),
        }
        .unwrap_or_default()
    }

    /// The same in lines of so many columns, safe to be shown.
    pub fn about_lines(&self, columns: usize) -> Vec<String> {
        let text = encode::screen_lines(&self.about()).into_owned();
        let lines = wrap::lines(&text, columns).into_iter();
        lines
            .map(|range| text[range].trim_end().to_owned())
            .collect()
    }

    /// Carries out what a key means; whether the box closes.
    pub fn act(&mut self, app: &mut App, action: Action) -> bool {
        let last = self.count().saturating_sub(1);
        let mark = |at: usize, history: &mut Self| {
            history.selected = at.min(last);
            history.top = 0;
        };
        match action {
            Action::Up => mark(self.selected.saturating_sub(1), self),
            Action::Down => mark(self.selected + 1, self),
            Action::First => mark(0, self),
            Action::Last => mark(last, self),
            Action::PageUp => self.top = self.top.saturating_sub(3),
            Action::PageDown => self.scroll_down(app),
            Action::NextPane => self.turn_to(1),
            Action::PreviousPane => self.turn_to(2),
            Action::Undo => app.undo(),
            Action::Enter => return self.put_back(app),
            _ => {}
        }
        false
    }

    fn scroll_down(&mut self, app: &mut App) {
        let columns = usize::from(app.size.0.min(COLUMNS).saturating_sub(4));
        if self.top + 3 < self.about_lines(columns).len() {
            self.top += 3;
        } else {
            app.say("That is all of it.");
        }
    }

    fn turn_to(&mut self, by: usize) {
        let at = (self.list as usize + by) % List::ALL.len();
        self.show(List::ALL[at]);
    }

    /// Shows one of the lists.
    pub const fn show(&mut self, list: List) {
        self.list = list;
        self.selected = 0;
        self.top = 0;
    }

    /// How many lines the list on the screen has.
    pub fn count(&self) -> usize {
        self.read().map_or(0, |past| match self.list {
            List::Text => past.texts.len(),
            List::Session => past.versions.len(),
            List::Removed => past.removed.len(),
        })
    }

    fn put_back(&self, app: &mut App) -> bool {
        let Some(past) = self.read() else {
            app.say("One moment: the earlier versions are being read.");
            return false;
        };
        let at = self.selected;
        match self.list {
            List::Text => match (past.texts.get(at), &self.field) {
                (Some(earlier), Some(field)) => app.put_text_back(field, earlier),
                _ => nothing_here(app),
            },
            List::Session => match past.versions.get(at) {
                Some(one) if one.since.is_ok() => {
                    app.overlay = Some(Overlay::Menu(ways_back(app, &one.version)));
                    true
                }
                Some(_) => {
                    app.say("That version does not open. Mark another one.");
                    false
                }
                None => nothing_here(app),
            },
            List::Removed => match past.removed.get(at) {
                Some(one) => app.bring_back(&one.entry),
                None => nothing_here(app),
            },
        }
    }
}

fn nothing_here(app: &mut App) -> bool {
    app.say("There is nothing to put back here. Tab shows the other lists.");
    false
}

/// The two ways back to a whole version.
fn ways_back(app: &App, version: &Version) -> Menu {
    let entry = |text: &str, does| Entry {
        text: text.to_owned(),
        tail: String::new(),
        does,
    };
    Menu {
        heading: "Go back to this version",
        entries: vec![
            entry(
                &format!(
                    "Open it as a session of its own, as of {}",
                    app.moment(version.saved)
                ),
                Does::VersionAsCopy(version.clone()),
            ),
            entry(
                "Put it in this session's place; this one is kept too",
                Does::VersionInPlace(version.clone()),
            ),
        ],
        selected: 0,
    }
}

/// What changed, without the heading and the sizes, which the line above says.
fn changes(text: &str) -> String {
    let rest = text.split_once("\n\n").map_or(text, |(_, rest)| rest);
    format!("what changed:\n{rest}")
}

fn first_line(text: &str) -> &str {
    text.lines()
        .find(|line| !line.trim().is_empty())
        .unwrap_or_default()
        .trim()
}

/// What was read goes into the box, if it is still open and about the same text as it stands now: an
/// answer that comes late may be about another.
pub fn read(app: &mut App, past: Result<Past, String>) {
    let Some(open) = &app.open else { return };
    if let Some(Overlay::History(history)) = &mut app.overlay {
        if let Ok(past) = &past {
            let field = past.field.as_ref();
            let now = field.and_then(|field| open.editor.session().text(field));
            if past.field != history.field || past.now != now.unwrap_or_default() {
                return;
            }
        }
        history.past = Some(past);
        history.selected = 0;
        history.top = 0;
    }
}
