//! What lies over a screen: help, palette, questions, and the form for a new session. The open
//! overlay takes all keys; Esc closes it and the focus is back where it was.

pub mod deck;
pub mod entry;
pub mod help;
pub mod history;
pub mod import;
pub mod menu;
pub mod palette;
pub mod parking;
pub mod path;
pub mod ratings;
pub mod search;
pub mod trouble;
pub mod votes;

use ratatui::crossterm::event::{KeyCode, KeyEvent, KeyModifiers};

use crate::catalog::types::Brief;
use crate::session::edit::Operation;
use crate::session::place::{DraftKey, TextField};
use crate::tui::app::{App, Effect, Event, PathNames};
use crate::tui::keymap::{self, Action, Context};
use crate::tui::screens::home;
use crate::tui::text::{Outcome, TextEdit};

use self::deck::Deck;
use self::help::Help;
use self::history::History;
use self::import::Preview;
use self::menu::Menu;
use self::palette::Palette;
use self::parking::Parking;
use self::path::PathPrompt;
use self::ratings::Ratings;
use self::search::Search;
use self::trouble::{About, Trouble};
use self::votes::ShowOfHands;

/// What lies over the screen.
#[derive(Debug)]
pub enum Overlay {
    /// Keys and words for the screen below.
    Help(Help),
    /// Every action by name.
    Palette(Palette),
    /// Everything that was typed and everything that the catalog knows.
    Search(Search),
    /// The thoughts that were put aside.
    Parking(Parking),
    /// Earlier texts and versions.
    History(History),
    /// All threats by how often and how bad.
    Ratings(Ratings),
    /// Cards for a room that is stuck.
    Deck(Deck),
    /// A show of hands on a threat.
    ShowOfHands(ShowOfHands),
    /// A short text is asked for.
    Ask {
        /// What for.
        asked: Asked,
        /// The text.
        line: InputLine,
    },
    /// A question to be answered yes or no.
    Question {
        /// The question.
        text: String,
        /// What yes does.
        yes: Box<Effect>,
    },
    /// A session that does not open, or is not saved.
    Trouble(Box<Trouble>),
    /// A path is asked for.
    Path(PathPrompt),
    /// What a report holds, before it is added.
    Preview(Preview),
    /// A few choices.
    Menu(Menu),
    /// The form for a new session.
    NewSession {
        /// The title.
        line: InputLine,
        /// The assignment, by its position.
        brief: usize,
    },
}

/// What a short text is asked for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Asked {
    /// Where to save a session that cannot be saved in its own folder.
    SaveFolder,
    /// A thought to put aside. Its letters go to the session as they are typed.
    Park,
    /// How many minutes a step has.
    TimeBox,
    /// A new title for the session of this name.
    Rename(String),
    /// Words that the shown findings hold.
    FindingWords,
    /// Words to find in the write-up.
    ReportWords,
}

impl Asked {
    /// The heading of the box.
    pub const fn heading(&self) -> &'static str {
        match self {
            Self::SaveFolder => "Save it in this folder",
            Self::Park => "Park a thought",
            Self::TimeBox => "How many minutes for this step?",
            Self::Rename(_) => "New title",
            Self::FindingWords => "Findings with these words (nothing: all)",
            Self::ReportWords => "Find in the write-up (nothing: end the search)",
        }
    }
}

/// A line of text of an overlay.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct InputLine {
    /// The text.
    pub text: String,
    /// Cursor and selection.
    pub edit: TextEdit,
}

impl InputLine {
    /// A line with the cursor at its end.
    pub fn new(text: &str) -> Self {
        Self {
            text: text.to_owned(),
            edit: TextEdit::at_end(text, false),
        }
    }

    /// What a key does to it; whether it did anything.
    pub fn key(&mut self, key: KeyEvent) -> bool {
        let outcome = self.edit.key(&self.text, key);
        self.carry_out(outcome)
    }

    /// Inserts pasted text.
    pub fn paste(&mut self, pasted: &str) {
        let outcome = self.edit.paste(&self.text, pasted);
        self.carry_out(outcome);
    }

    fn carry_out(&mut self, outcome: Outcome) -> bool {
        match outcome {
            Outcome::Changed(change) => {
                self.text
                    .replace_range(change.at..change.at + change.remove, &change.insert);
                true
            }
            Outcome::Moved | Outcome::Copy(_) => true,
            Outcome::Ignored => false,
        }
    }
}

impl Overlay {
    /// Asks for a short text.
    pub fn ask(asked: Asked, text: &str) -> Self {
        Self::Ask {
            asked,
            line: InputLine::new(text),
        }
    }

    /// The box about something that went wrong.
    pub fn trouble(about: About) -> Self {
        Self::Trouble(Box::new(Trouble::new(about)))
    }

    /// The form for a new session.
    pub fn new_session() -> Self {
        Self::NewSession {
            line: InputLine::new(""),
            brief: 0,
        }
    }

    /// Where keys are pressed while it is open.
    pub const fn context(&self) -> Context {
        match self {
            Self::Help(_) => Context::Help,
            Self::Palette(_) => Context::Palette,
            Self::Search(_) => Context::Search,
            Self::Parking(_) => Context::Parking,
            Self::History(_) => Context::History,
            Self::Ratings(_) => Context::Ratings,
            Self::Deck(_) => Context::Deck,
            Self::ShowOfHands(_) => Context::ShowOfHands,
            Self::Ask {
                asked: Asked::FindingWords,
                ..
            } => Context::FindingWords,
            Self::Ask { .. } => Context::Ask,
            Self::Question { .. } => Context::Question,
            Self::Path(prompt) => prompt.context(),
            Self::Preview(_) => Context::Preview,
            Self::Menu(_) => Context::Menu,
            Self::NewSession { .. } => Context::NewSession,
            Self::Trouble(trouble) => trouble.context(),
        }
    }

    /// Follows what was typed into its line.
    pub fn line_changed(&mut self, app: &mut App) {
        match self {
            Self::Palette(palette) => palette.search(app),
            Self::Search(search) => search.search(app),
            Self::Ask {
                asked: Asked::Park,
                line,
            } => keep_draft(app, &line.text),
            _ => {}
        }
    }

    /// Its line of text, where it has one.
    pub const fn line_mut(&mut self) -> Option<&mut InputLine> {
        match self {
            Self::Ask { line, .. } | Self::NewSession { line, .. } => Some(line),
            Self::Palette(palette) => Some(&mut palette.line),
            Self::Search(search) => Some(&mut search.line),
            Self::Help(_)
            | Self::Question { .. }
            | Self::Parking(_)
            | Self::History(_)
            | Self::Ratings(_)
            | Self::Deck(_)
            | Self::ShowOfHands(_)
            | Self::Preview(_)
            | Self::Menu(_)
            | Self::Trouble(_) => None,
            Self::Path(prompt) => Some(&mut prompt.line),
        }
    }
}

/// The assignments in the order of the form: the course first, the free one last.
pub fn briefs(app: &App) -> Vec<&Brief> {
    let mut briefs: Vec<&Brief> = app
        .catalog
        .as_deref()
        .map(|catalog| catalog.briefs.iter().collect())
        .unwrap_or_default();
    briefs.sort_by_key(|brief| match brief.id.as_str() {
        "course" => 0,
        "free" => 2,
        _ => 1,
    });
    briefs
}

/// A key while an overlay is open.
pub fn key(app: &mut App, key: KeyEvent, effects: &mut Vec<Effect>) {
    let Some(mut overlay) = app.overlay.take() else {
        return;
    };
    let action = keymap::meaning(&[overlay.context()], &key);
    let closes = if let Some(action) = action {
        act(app, &mut overlay, action, effects)
    } else {
        let typed = overlay.line_mut().is_some_and(|line| line.key(key));
        if typed {
            overlay.line_changed(app);
        }
        if !typed && overlay.line_mut().is_none() {
            app.say("Esc closes this.");
        }
        false
    };
    if !closes && app.overlay.is_none() {
        app.overlay = Some(overlay);
    }
}

/// Carries out an action; whether the overlay closes.
fn act(app: &mut App, overlay: &mut Overlay, action: Action, effects: &mut Vec<Effect>) -> bool {
    match (overlay, action) {
        (Overlay::Trouble(trouble), action) => trouble::act(app, trouble, action, effects),
        (_, Action::Back) => true,
        (Overlay::Help(help), action) => {
            help.scroll(action);
            false
        }
        (Overlay::Path(prompt), action) => prompt.act(app, action, effects),
        (Overlay::Preview(preview), Action::Submit) => {
            preview.add(app);
            true
        }
        (Overlay::Preview(preview), action) => {
            match action {
                Action::Up => preview.scroll(-1),
                Action::Down => preview.scroll(1),
                Action::PageUp => preview.scroll(-10),
                _ => preview.scroll(10),
            }
            false
        }
        (Overlay::Menu(menu), Action::Submit) => {
            let does = menu.chosen().cloned();
            app.overlay = None;
            if let Some(does) = does {
                menu::carry_out(app, does, effects);
            }
            true
        }
        (Overlay::Menu(menu), action) => {
            menu.step(match action {
                Action::Up => -1,
                Action::Down => 1,
                Action::First => isize::MIN,
                _ => isize::MAX,
            });
            false
        }
        (Overlay::Palette(palette), Action::Submit) => {
            // What was typed stays where it found nothing, to be corrected.
            let Some(entry) = palette.chosen().cloned() else {
                return false;
            };
            app.overlay = None;
            palette::carry_out(app, entry, effects);
            true
        }
        (Overlay::Search(search), action) => search.act(app, action, effects),
        (Overlay::Parking(parking), action) => parking.act(app, action),
        (Overlay::History(history), action) => history.act(app, action),
        (Overlay::Ratings(ratings), action) => ratings.act(app, action),
        (Overlay::Deck(deck), action) => deck.act(app, action),
        (Overlay::ShowOfHands(hands), action) => hands.act(app, action),
        (Overlay::Palette(palette), Action::Up) => {
            palette.step(-1);
            false
        }
        (Overlay::Palette(palette), Action::Down) => {
            palette.step(1);
            false
        }
        (Overlay::Ask { line, .. }, Action::SearchEverything) => {
            app.overlay = Some(Overlay::Search(Search::for_words(app, &line.text)));
            true
        }
        (Overlay::Ask { asked, line }, Action::Submit) => submit(app, asked, &line.text, effects),
        (Overlay::Question { yes, .. }, Action::Confirm) => {
            effects.push((**yes).clone());
            true
        }
        (Overlay::NewSession { line, brief }, Action::Submit) => {
            create(app, &line.text, *brief, effects)
        }
        (Overlay::NewSession { brief, .. }, Action::Up) => {
            *brief = brief.saturating_sub(1);
            false
        }
        (Overlay::NewSession { brief, .. }, Action::Down) => {
            *brief = (*brief + 1).min(briefs(app).len().saturating_sub(1));
            false
        }
        (overlay @ (Overlay::Ask { .. } | Overlay::NewSession { .. }), Action::Undo) => {
            if let Some(line) = overlay.line_mut() {
                line.text.clear();
                line.edit = TextEdit::at_end("", false);
            }
            overlay.line_changed(app);
            false
        }
        _ => false,
    }
}

fn submit(app: &mut App, asked: &Asked, text: &str, effects: &mut Vec<Effect>) -> bool {
    let text = text.trim();
    if *asked == Asked::FindingWords {
        crate::tui::screens::harden::shown::search(app, text);
        return true;
    }
    if *asked == Asked::ReportWords {
        crate::tui::screens::report::act::find(app, text);
        return true;
    }
    if text.is_empty() {
        app.say("Type some words first, or press Esc.");
        return false;
    }
    match asked {
        Asked::FindingWords | Asked::ReportWords => {}
        Asked::Rename(name) => {
            effects.push(Effect::Rename {
                name: name.clone(),
                title: text.to_owned(),
            });
        }
        Asked::SaveFolder => {
            effects.push(Effect::SaveElsewhere(text.to_owned()));
        }
        Asked::Park => {
            let cell = app.open.as_ref().map(|open| open.cell.clone());
            let text = text.to_owned();
            if app.edit(Operation::Park { text, cell }) {
                app.say("Parked. P shows what is parked; you are where you were.");
            }
        }
        Asked::TimeBox => return app.start_time_box(text),
    }
    true
}

/// The loop found names for a path.
pub fn path_names(app: &mut App, names: PathNames) {
    match app.overlay.take() {
        Some(Overlay::Path(mut prompt)) => {
            prompt.found(app, names);
            app.overlay = Some(Overlay::Path(prompt));
        }
        other => app.overlay = other,
    }
}

/// Keeps a half-typed thought in the session, so that it is saved like every other word.
fn keep_draft(app: &mut App, text: &str) {
    let field = TextField::Draft(DraftKey::Parked);
    let Some(open) = &app.open else { return };
    let old = open.editor.session().text(&field).unwrap_or_default();
    if old != text {
        app.edit(Operation::EditText {
            field,
            at: 0,
            remove: old.len(),
            insert: text.to_owned(),
            typing: true,
        });
    }
}

fn create(app: &mut App, title: &str, brief: usize, effects: &mut Vec<Effect>) -> bool {
    let title = title.trim();
    let title = if title.is_empty() {
        home::default_title(app)
    } else {
        title.to_owned()
    };
    let briefs = briefs(app);
    let Some(brief) = briefs.get(brief.min(briefs.len().saturating_sub(1))) else {
        // The key comes again as soon as the catalog is there.
        app.say("One moment: the catalog is being read.");
        let enter = KeyEvent::new(KeyCode::Enter, KeyModifiers::NONE);
        app.held = Some(vec![Event::Key(enter)]);
        return false;
    };
    effects.push(Effect::Create {
        title,
        brief: brief.id.clone(),
        components: brief.components.clone(),
    });
    true
}
