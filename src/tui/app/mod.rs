//! The state of the whole program, what can happen to it, and what it wants done.
//!
//! [`update`](App::update) decides everything and does nothing; `draw` only reads; the event loop
//! alone carries effects out. Screens and overlays have files of their own.

mod act;
mod earlier;
mod edits;
mod go;
pub mod input;
mod keys;
mod mouse;
pub mod open;
mod outside;
mod room;
mod saving;
pub mod update;
mod visit;

use std::collections::HashMap;
use std::sync::Arc;

use jiff::Timestamp;
use jiff::tz::TimeZone;
use ratatui::crossterm::event::{KeyEvent, MouseEvent};
use serde::{Deserialize, Serialize};

use crate::catalog::Catalog;
use crate::catalog::search::SearchIndex;
use crate::catalog::types::Id;
use crate::encode::ForeignText;
use crate::findings::Reading;
use crate::merge::Past;
use crate::report::layout::OwnTemplate;
use crate::session::edit::Delta;
use crate::session::place::TextField;
use crate::session::search::KeptTexts;
use crate::session::types::Session;
use crate::tui::overlays::Overlay;
use crate::tui::overlays::trouble::{Damage, SaveTrouble};
use crate::tui::screens::home::Home;
use crate::tui::theme::{Meaning, Theme};

pub use open::{OpenSession, SaveState};

/// Everything that the screen shows and keys act on.
#[derive(Debug)]
pub struct App {
    /// Columns and rows of the terminal.
    pub size: (u16, u16),
    /// The colours.
    pub theme: Theme,
    /// Frames and signs in ASCII.
    pub ascii: bool,
    /// Whether the program takes the mouse.
    pub mouse: bool,
    /// Who types at this machine, where the settings say so.
    pub author: Option<String>,
    /// For showing times.
    pub zone: TimeZone,
    /// Where sessions live, for people to read.
    pub folder: String,
    /// How the program is called from a shell, with the folders that it was called with.
    pub command: String,
    /// What is known; nothing for the first moments after the start.
    pub catalog: Option<Arc<Catalog>>,
    /// The catalog without what belongs to the open session alone.
    pub shared_catalog: Option<Arc<Catalog>>,
    /// The catalog made ready to be searched, once somebody searched.
    pub search_index: Option<Arc<SearchIndex>>,
    /// The list of sessions.
    pub home: Home,
    /// The session on the screen.
    pub open: Option<Box<OpenSession>>,
    /// Where to go in the session that is being opened.
    pub goes_to: Option<TextField>,
    /// What lies over the screen.
    pub overlay: Option<Overlay>,
    /// The status line's message.
    pub notice: Option<Notice>,
    /// When Ctrl+C was pressed: a second press quits.
    pub interrupted: Option<Timestamp>,
    /// The time of the event that is being handled.
    pub now: Timestamp,
    /// A session that was opened before the catalog was ready.
    pub waiting: Option<Box<Opened>>,
    /// Keys that came while something waits for the catalog; they are taken in once it is ready.
    pub held: Option<Vec<Event>>,
    /// Whether the program is to end.
    pub quitting: bool,
}

/// A message in the status line.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Notice {
    /// What it says.
    pub text: String,
    /// How it looks.
    pub meaning: Meaning,
}

/// A session in the list of sessions.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct SessionLine {
    /// The name by which it is opened.
    pub name: String,
    /// When it was saved last.
    pub modified: Option<Timestamp>,
    /// What is in it, once it was read.
    pub summary: Option<Summary>,
}

/// What the list shows of a session.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Summary {
    /// It can be opened.
    Whole {
        /// Its title.
        title: String,
        /// Its brief.
        brief: Id,
        /// Cells with an answer, and all in scope.
        answered: (usize, usize),
        /// Threats recorded.
        threats: usize,
        /// Where the team was, in words.
        place: String,
        /// The last thing that was written.
        preview: String,
    },
    /// It cannot be opened, and why.
    Damaged(String),
}

/// A session as the store gives it.
#[derive(Debug)]
pub struct Opened {
    /// The name by which it is opened.
    pub name: String,
    /// The document.
    pub session: Session,
    /// Why it may only be read.
    pub read_only: Option<String>,
    /// Something to say about it.
    pub notice: Option<String>,
    /// Where new ids start.
    pub id_seed: u64,
    /// It was just made.
    pub is_new: bool,
}

/// Something that happened.
#[derive(Debug)]
pub enum Event {
    /// A key was pressed.
    Key(KeyEvent),
    /// Characters that were typed faster than they could be drawn, in order.
    Typed(String),
    /// Text was pasted.
    Paste(String),
    /// The mouse was clicked, or its wheel turned.
    Mouse(MouseEvent),
    /// A text came back from the person's editor.
    Edited {
        /// Which.
        field: TextField,
        /// The whole text.
        text: String,
    },
    /// The window has a new size.
    Resize(u16, u16),
    /// The catalog is ready.
    Catalog(Arc<Catalog>),
    /// The sessions were listed, newest first.
    Sessions(Vec<SessionLine>),
    /// What is in sessions of the list.
    Summaries(HashMap<String, Summary>),
    /// The trash was listed.
    Trash(Vec<SessionLine>),
    /// A session was opened or made.
    Opened(Box<Opened>),
    /// The session was saved, everything in it.
    Saved(Timestamp),
    /// The session was saved as it was after so many changes; the loop knows whether that is all.
    SavedUpTo {
        /// When.
        at: Timestamp,
        /// How many changes are in it.
        changes: u64,
    },
    /// The session could not be saved, and why.
    SaveFailed(SaveTrouble),
    /// A session does not open: what there is of it.
    Damaged(Box<Damage>),
    /// The saver lost count of the changes; the loop hands it the whole session.
    OutOfStep,
    /// The time box is a minute on.
    Minute,
    /// The user's own templates were read.
    Templates(Vec<Arc<OwnTemplate>>),
    /// A write-up was written.
    Written {
        /// The path as it was typed.
        path: String,
        /// The whole path.
        full: String,
    },
    /// Something went well that the loop was asked to do.
    Told(String),
    /// Something went wrong that the loop was asked to do.
    Failed(String),
    /// The file of an export is there already.
    ExportExists {
        /// Its path.
        path: String,
    },
    /// What a typed path may become.
    PathNames(PathNames),
    /// A report was read, or why not.
    Report(Box<ReportRead>),
    /// The texts of the sessions in the list.
    Texts(Vec<KeptTexts>),
    /// What the earlier versions of the open session hold, or why they cannot be read.
    Past(Box<Result<Past, String>>),
    /// The program is to end, for instance because the terminal was closed.
    Terminate,
}

/// What a typed path may become.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PathNames {
    /// What was typed.
    pub typed: String,
    /// The same, as long as all possible names agree.
    pub filled: String,
    /// The possible names, without their folder.
    pub names: Vec<String>,
}

/// A scanner's report as the loop read it.
#[derive(Debug)]
pub struct ReportRead {
    /// As it was typed.
    pub path: String,
    /// What it holds, or why it could not be read.
    pub result: Result<Reading, String>,
}

/// Something that the loop is to do.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Effect {
    /// Hand changes to the saver.
    Changes(Vec<Delta>),
    /// Save at once.
    SaveNow,
    /// List the sessions.
    ListSessions,
    /// Read what is in these sessions.
    Summarise(Vec<String>),
    /// List the trash.
    ListTrash,
    /// Open a session by name.
    Open(String),
    /// Open a copy of an example.
    OpenExample(String),
    /// Make a session and open it.
    Create {
        /// Its title.
        title: String,
        /// Its brief.
        brief: Id,
        /// The components in scope.
        components: Vec<Id>,
    },
    /// The open session is left.
    Close,
    /// Go back to an earlier version and open it.
    Restore {
        /// The name of the session.
        name: String,
        /// The number of the version.
        version: String,
    },
    /// Read the texts of these sessions, to be searched.
    ReadTexts(Vec<String>),
    /// Read the earlier versions of the open session.
    ReadPast {
        /// As it is now, to be compared with.
        present: Box<Session>,
        /// The field whose earlier texts are looked for.
        field: Option<TextField>,
    },
    /// Make a new session of an earlier version of the open one, and open it.
    RestoreCopy {
        /// The number of the version.
        version: String,
        /// The title of the new session.
        title: ForeignText,
    },
    /// Save the open session in this folder from now on.
    SaveElsewhere(String),
    /// Give a session another title.
    Rename {
        /// Its name.
        name: String,
        /// The new title.
        title: String,
    },
    /// Copy a session.
    Duplicate(String),
    /// Move a session to the trash.
    MoveToTrash(String),
    /// Bring a session back from the trash.
    BringBack(String),
    /// Write a file.
    Export {
        /// Where.
        path: String,
        /// What.
        text: String,
        /// Whether a file that is there may be replaced.
        overwrite: bool,
    },
    /// Open a text in the person's editor; the terminal is the editor's meanwhile.
    EditOutside {
        /// Which.
        field: TextField,
        /// The whole text.
        text: ForeignText,
    },
    /// Take the mouse, or leave it to the terminal.
    Mouse(bool),
    /// List the files and folders that a typed path may become.
    CompletePath {
        /// What was typed.
        typed: String,
        /// Whether to type on as far as the names agree.
        fill: bool,
    },
    /// Read a scanner's report.
    ReadReport(String),
    /// Read the user's own templates of write-ups.
    ReadTemplates,
    /// Give text to the terminal's clipboard.
    Copy(String),
    /// Stop until the shell brings the program back.
    Suspend,
    /// Draw everything anew.
    Redraw,
}

impl App {
    /// Whether what the program starts with is there: a session with its catalog, or the list of sessions.
    pub fn has_something_to_show(&self) -> bool {
        self.open.is_some() || self.waiting.is_none() && self.home.sessions.is_some()
    }

    /// The program as it starts: the list of sessions, not yet read.
    pub fn new(size: (u16, u16), theme: Theme, zone: TimeZone, folder: String) -> Self {
        Self {
            size,
            theme,
            ascii: false,
            mouse: false,
            author: None,
            zone,
            folder,
            command: "astride".to_owned(),
            catalog: None,
            shared_catalog: None,
            search_index: None,
            home: Home::default(),
            open: None,
            goes_to: None,
            overlay: None,
            notice: None,
            interrupted: None,
            now: Timestamp::UNIX_EPOCH,
            waiting: None,
            held: None,
            quitting: false,
        }
    }

    /// Says something in the status line.
    pub fn say(&mut self, text: impl Into<String>) {
        self.notice = Some(Notice {
            text: text.into(),
            meaning: Meaning::Text,
        });
    }

    /// Says in the status line that something deserves attention.
    pub fn warn(&mut self, text: impl Into<String>) {
        self.notice = Some(Notice {
            text: text.into(),
            meaning: Meaning::Warning,
        });
    }

    /// A time of the day as people here read it.
    pub fn clock(&self, time: Timestamp) -> String {
        time.to_zoned(self.zone.clone())
            .strftime("%H:%M")
            .to_string()
    }

    /// When something was, for a list in which neighbours are hours or minutes apart: `5 min ago`,
    /// `today 09:12`, `yesterday 16:02`, `3 Nov 16:02`.
    pub fn moment(&self, time: Timestamp) -> String {
        let seconds = self.now.as_second().saturating_sub(time.as_second());
        if (0..3_600).contains(&seconds) {
            return self.age(time);
        }
        let (then, now) = (
            time.to_zoned(self.zone.clone()),
            self.now.to_zoned(self.zone.clone()),
        );
        let clock = self.clock(time);
        if then.date() == now.date() {
            return format!("today {clock}");
        }
        if now.date().yesterday().is_ok_and(|day| day == then.date()) {
            return format!("yesterday {clock}");
        }
        let form = if then.year() == now.year() {
            "%-d %b"
        } else {
            "%-d %b %Y"
        };
        format!("{} {clock}", then.strftime(form))
    }

    /// How long ago something was, in words.
    pub fn age(&self, time: Timestamp) -> String {
        let seconds = self.now.as_second().saturating_sub(time.as_second()).max(0);
        match seconds {
            0..60 => "just now".to_owned(),
            60..3_600 => format!("{} min ago", seconds / 60),
            3_600..86_400 => format!("{} h ago", seconds / 3_600),
            _ => time
                .to_zoned(self.zone.clone())
                .strftime("%-d %b %Y")
                .to_string(),
        }
    }
}
