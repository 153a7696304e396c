//! Search over everything: what the team typed, the whole catalog, and on the list of sessions their
//! titles and texts. The marked result is explained below the list, so that a word of the field is looked up
//! without leaving the screen.
//!
//! Not for actions: these are in the palette.

mod place;
mod sessions;

use std::sync::Arc;

use crate::catalog::Kind;
use crate::catalog::search::{Query, SearchIndex, fold};
use crate::session::place::{CellKey, TextField};
use crate::session::search::{KeptTexts, SessionIndex};
use crate::tui::app::{App, Effect, OpenSession};
use crate::tui::keymap::Action;
use crate::tui::overlays::InputLine;
use crate::tui::overlays::entry::{self, EntryLine};
use crate::tui::screens::context;
use crate::tui::theme::Meaning;
use crate::tui::widgets::rows::Target;

pub use place::place_of;
pub use sessions::texts;

/// The most results of one kind that are listed.
const MOST: usize = 40;

/// The search.
#[derive(Debug)]
pub struct Search {
    /// What is searched for.
    pub line: InputLine,
    /// What was found, best first.
    pub results: Vec<Found>,
    /// The marked one.
    pub selected: usize,
    /// What is known about the marked one.
    pub about: Vec<EntryLine>,
    /// The first visible line of it.
    pub top: usize,
    scope: Scope,
    typed: SessionIndex,
    /// The texts of the sessions in the list, once they are read.
    kept: Vec<KeptTexts>,
}

/// Where is searched.
#[derive(Clone, Debug, PartialEq, Eq)]
enum Scope {
    /// Everywhere.
    Everything,
    /// In the glossary; these terms, which turn up in the cell on the screen, come first.
    Words(Vec<String>),
}

/// A result.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Found {
    /// Its title, or the text that holds the words.
    pub title: String,
    /// Where it belongs.
    pub place: String,
    /// What it is.
    pub what: What,
}

/// What a result is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum What {
    /// A text of the team.
    Text(TextField),
    /// An entry of the catalog.
    Entry(Kind, String),
    /// A session of the list.
    Session(String),
    /// A text of a session of the list.
    TextOf(String, TextField),
}

impl Search {
    /// Searches everywhere.
    pub fn everything(app: &mut App) -> Self {
        Self::open(app, Scope::Everything)
    }

    /// Searches everywhere for words that were typed elsewhere.
    pub fn for_words(app: &mut App, words: &str) -> Self {
        let mut search = Self::everything(app);
        search.line = InputLine::new(words);
        search.search(app);
        search
    }

    /// Looks words up; those of the cell on the screen come first.
    pub fn words(app: &mut App) -> Self {
        let here = match (&app.open, &app.catalog) {
            (Some(open), Some(catalog)) => context::terms(open, catalog)
                .into_iter()
                .map(|term| term.id.as_str().to_owned())
                .collect(),
            _ => Vec::new(),
        };
        Self::open(app, Scope::Words(here))
    }

    /// Looks up one entry of the catalog.
    pub fn entry(app: &mut App, kind: Kind, id: &str) -> Self {
        let mut search = Self::open(app, Scope::Words(Vec::new()));
        let wanted = What::Entry(kind, id.to_owned());
        if let Some(at) = search.results.iter().position(|one| one.what == wanted) {
            search.selected = at;
        }
        search.explain(app);
        search
    }

    fn open(app: &mut App, scope: Scope) -> Self {
        let typed = app
            .open
            .as_ref()
            .map(|open| SessionIndex::new(open.editor.session()))
            .unwrap_or_default();
        if app.search_index.is_none()
            && let Some(catalog) = &app.catalog
        {
            app.search_index = Some(Arc::new(SearchIndex::new(catalog)));
        }
        let mut search = Self {
            line: InputLine::new(""),
            results: Vec::new(),
            selected: 0,
            about: Vec::new(),
            top: 0,
            scope,
            typed,
            kept: Vec::new(),
        };
        search.search(app);
        search
    }

    /// The heading of the box.
    pub const fn heading(&self) -> &'static str {
        match self.scope {
            Scope::Everything => "Search",
            Scope::Words(_) => "Words",
        }
    }

    /// What stands in the empty line.
    pub const fn placeholder(&self) -> &'static str {
        match self.scope {
            Scope::Everything => "type a word: yours, a threat, a term, a number such as 5.31",
            Scope::Words(_) => "type the word to look up",
        }
    }

    /// What is said where nothing was found.
    pub fn nothing(&self) -> &'static str {
        if self.line.text.trim().is_empty() {
            "Everything that was typed here, and everything that the catalog knows."
        } else {
            "Nothing has all these words. Try fewer, or the beginning of one."
        }
    }

    /// Finds what holds every typed word.
    pub fn search(&mut self, app: &App) {
        self.selected = 0;
        self.results = match &self.scope {
            Scope::Everything => self.everywhere(app),
            Scope::Words(here) => words(app, here, &self.line.text),
        };
        self.explain(app);
    }

    fn everywhere(&self, app: &App) -> Vec<Found> {
        let query = &self.line.text;
        let mut found = sessions::titles(app, query);
        found.extend(sessions::texts_with(&self.kept, query));
        if let (Some(open), Some(catalog)) = (&app.open, &app.catalog) {
            let session = open.editor.session();
            let typed = self.typed.search(query, MOST);
            found.extend(typed.into_iter().filter_map(|field| {
                Some(Found {
                    title: one_line(&session.text(field)?.shown(), query),
                    place: place_of(session, catalog, field),
                    what: What::Text(field.clone()),
                })
            }));
        }
        let hits = app
            .search_index
            .as_ref()
            .map(|index| index.search(query, MOST))
            .unwrap_or_default();
        found.extend(hits.into_iter().map(|hit| Found {
            title: hit.title,
            place: hit.place,
            what: What::Entry(hit.kind, hit.id),
        }));
        // What is on the screen comes first; a stable sort keeps the order among the rest.
        if let Some(open) = &app.open {
            found.sort_by_key(|one| !is_on_screen(open, &one.what));
        }
        found
    }

    /// Marks another result.
    pub fn step(&mut self, app: &App, by: isize) {
        let last = self.results.len().saturating_sub(1);
        self.selected = self.selected.saturating_add_signed(by).min(last);
        self.explain(app);
    }

    /// Scrolls what is known about the marked result.
    fn scroll(&mut self, app: &mut App, by: isize) {
        let last = self.about.len().saturating_sub(1);
        let top = self.top.saturating_add_signed(by).min(last);
        if top == self.top {
            app.say("That is all about it.");
        }
        self.top = top;
    }

    fn explain(&mut self, app: &App) {
        self.top = 0;
        self.about = match (self.results.get(self.selected), &app.catalog) {
            (Some(found), Some(catalog)) => match &found.what {
                What::Text(field) => entry::text(app, field),
                What::Entry(kind, id) => entry::of(catalog, *kind, id),
                What::Session(_) => Vec::new(),
                What::TextOf(name, field) => self.text_of(name, field),
            },
            _ => Vec::new(),
        };
    }

    /// A text of a session of the list, in full.
    fn text_of(&self, name: &str, field: &TextField) -> Vec<EntryLine> {
        let session = self.kept.iter().find(|one| one.name == name);
        let text = session.and_then(|one| one.text(field)).unwrap_or_default();
        vec![
            (field.name().to_owned(), Meaning::Heading),
            (text.shown().into_owned(), Meaning::Text),
        ]
    }

    /// Carries out what a key means; whether the search closes.
    pub fn act(&mut self, app: &mut App, action: Action, effects: &mut Vec<Effect>) -> bool {
        match action {
            Action::Up => self.step(app, -1),
            Action::Down => self.step(app, 1),
            Action::PageUp => self.scroll(app, -3),
            Action::PageDown => self.scroll(app, 3),
            Action::Submit => {
                let Some(found) = self.results.get(self.selected).cloned() else {
                    app.say("Nothing to go to yet.");
                    return false;
                };
                return go(app, found.what, effects);
            }
            _ => {}
        }
        false
    }
}

/// Whether the list on the screen has a row for it.
fn is_on_screen(open: &OpenSession, what: &What) -> bool {
    let rows = &open.rows;
    rows.iter().any(|row| match (what, &row.target) {
        (What::Text(field), Some(Target::Field(shown))) => field == shown,
        (What::Text(TextField::Draft(key)), Some(Target::New(shown))) => key == shown,
        (What::Text(TextField::Threat(id, _)), Some(Target::Threat(shown))) => id == shown,
        (What::Text(TextField::Mitigation(id, _)), Some(Target::Mitigation(shown))) => id == shown,
        (What::Text(TextField::Hardening(id, _)), Some(Target::Hardening(shown))) => id == shown,
        (What::Entry(Kind::Threat, id), Some(Target::Suggestion(shown))) => id == shown.as_str(),
        _ => false,
    })
}

/// Goes to where a result is on a screen; whether there is such a place.
fn go(app: &mut App, what: What, effects: &mut Vec<Effect>) -> bool {
    let Some(catalog) = app.catalog.clone() else {
        return false;
    };
    match what {
        What::Session(name) => {
            effects.push(Effect::Open(name));
            true
        }
        What::TextOf(name, field) => {
            app.goes_to = Some(field);
            effects.push(Effect::Open(name));
            true
        }
        What::Text(field) => {
            app.visit_text(&field);
            true
        }
        What::Entry(kind, id) if app.open.is_some() => match kind {
            Kind::Threat => {
                let Some((component, threat)) = catalog.threat(&id) else {
                    return false;
                };
                let cell = CellKey {
                    component: component.id.clone(),
                    category: threat.category,
                };
                app.visit_suggestion(cell, &threat.id);
                true
            }
            Kind::Prompt => {
                let found = catalog.components.iter().find_map(|component| {
                    let prompt = component.prompts.iter().find(|one| one.id.as_str() == id)?;
                    Some(CellKey {
                        component: component.id.clone(),
                        category: prompt.category,
                    })
                });
                found.map(|cell| app.visit_cell(cell)).is_some()
            }
            _ => {
                app.say("All that is known about it stands below. Page Down shows more of it.");
                false
            }
        },
        What::Entry(..) => {
            app.say("Open a session first; then Enter goes to the card.");
            false
        }
    }
}

/// The glossary: what turns up in the cell first, then the rest.
fn words(app: &App, here: &[String], query: &str) -> Vec<Found> {
    let Some(catalog) = &app.catalog else {
        return Vec::new();
    };
    let folded = fold(query);
    let query = Query::of(&folded);
    let mut terms: Vec<_> = catalog
        .glossary
        .iter()
        .filter(|term| {
            query.is_in(&fold(&term.name)) || term.also.iter().any(|name| query.is_in(&fold(name)))
        })
        .collect();
    let rank = |id: &str| here.iter().position(|one| one == id).unwrap_or(usize::MAX);
    terms.sort_by_key(|term| (rank(term.id.as_str()), fold(&term.name)));
    terms
        .into_iter()
        .map(|term| Found {
            title: term.name.to_string(),
            place: if rank(term.id.as_str()) < usize::MAX {
                "on this card".to_owned()
            } else {
                String::new()
            },
            what: What::Entry(Kind::Term, term.id.as_str().to_owned()),
        })
        .collect()
}

/// The line of a text that holds the first word of the query, or its first line.
fn one_line(text: &str, query: &str) -> String {
    let folded = fold(query);
    let first = folded.split_whitespace().next().unwrap_or_default();
    text.lines()
        .find(|line| fold(line).contains(first))
        .or_else(|| text.lines().find(|line| !line.trim().is_empty()))
        .unwrap_or_default()
        .trim()
        .to_owned()
}
