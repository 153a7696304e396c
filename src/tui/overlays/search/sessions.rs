//! The search on the list of sessions: their titles at once, their texts as soon as they are read.

use super::{Found, MOST, Search, What, one_line};
use crate::catalog::search::{Query, fold};
use crate::session::search::KeptTexts;
use crate::tui::app::{App, Effect, Summary};
use crate::tui::overlays::Overlay;

/// The sessions of the list whose title or last words hold the query; only on the list.
pub(super) fn titles(app: &App, query: &str) -> Vec<Found> {
    if app.open.is_some() {
        return Vec::new();
    }
    let folded = fold(query);
    let query = Query::of(&folded);
    let mut found = Vec::new();
    for line in app.home.sessions.iter().flatten() {
        let (title, preview) = match &line.summary {
            Some(Summary::Whole { title, preview, .. }) => (title.as_str(), preview.as_str()),
            _ => (line.name.as_str(), ""),
        };
        let text = fold(&format!("{title} {preview} {}", line.name));
        if !query.is_empty() && query.is_in(&text) {
            found.push(Found {
                title: title.to_owned(),
                place: "Session".to_owned(),
                what: What::Session(line.name.clone()),
            });
        }
    }
    found
}

/// The texts of the sessions in the list that hold the query.
pub(super) fn texts_with(kept: &[KeptTexts], query: &str) -> Vec<Found> {
    let folded = fold(query);
    let folded = Query::of(&folded);
    if folded.is_empty() {
        return Vec::new();
    }
    kept.iter()
        .flat_map(|session| session.search(&folded).map(move |found| (session, found)))
        .take(MOST)
        .map(|(session, (field, text))| Found {
            title: one_line(text, query),
            place: session.title.clone(),
            what: What::TextOf(session.name.clone(), field.clone()),
        })
        .collect()
}

/// The texts of the sessions in the list are there: they are searched from now on.
pub fn texts(app: &mut App, texts: Vec<KeptTexts>) {
    let Some(Overlay::Search(mut search)) =
        app.overlay.take_if(|one| matches!(one, Overlay::Search(_)))
    else {
        return;
    };
    search.kept = texts;
    let selected = search.selected;
    search.search(app);
    // Whoever marked something keeps it: what is new comes behind.
    search.step(app, isize::try_from(selected).unwrap_or(0));
    app.overlay = Some(Overlay::Search(search));
}

impl App {
    /// Opens the search; on the list of sessions their texts are read for it.
    pub fn search_everything(&mut self, effects: &mut Vec<Effect>) {
        if self.open.is_none() {
            let names = self.home.sessions.iter().flatten();
            let names: Vec<String> = names.map(|one| one.name.clone()).collect();
            if !names.is_empty() {
                effects.push(Effect::ReadTexts(names));
            }
        }
        self.overlay = Some(Overlay::Search(Search::everything(self)));
    }
}
