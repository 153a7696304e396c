//! What an event does to the program. Decides everything and does nothing: what is to be done
//! outside comes back as effects. Not for what single keys and actions do: see `keys` and `act`.

use std::borrow::Cow;
use std::sync::Arc;

use jiff::Timestamp;
use ratatui::crossterm::event::KeyEventKind;
use ratatui::layout::Rect;

use super::open::SaveState;
use super::{App, Effect, Event, OpenSession, Opened};
use crate::session::edit::{Delta, Editor};
use crate::session::id::IdSource;
use crate::session::place::Step;
use crate::tui::layout::Areas;
use crate::tui::overlays::{self, Overlay, trouble::About};
use crate::tui::screens;

impl App {
    /// Takes in one event and says what is to be done.
    pub fn update(&mut self, event: Event, now: Timestamp) -> Vec<Effect> {
        self.now = now;
        let mut effects = Vec::new();
        if let (Some(held), Event::Key(_) | Event::Typed(_) | Event::Paste(_)) =
            (&mut self.held, &event)
        {
            held.push(event);
            return effects;
        }
        match event {
            Event::Key(key) if key.kind == KeyEventKind::Release => return effects,
            Event::Key(key) => self.key(key, &mut effects),
            Event::Typed(text) => self.typed(&text, &mut effects),
            Event::Paste(text) => self.paste(&text),
            Event::Mouse(mouse) => self.on_mouse(mouse, &mut effects),
            Event::Edited { field, text } => self.edited(&field, &text, &mut effects),
            Event::Resize(columns, rows) => self.size = (columns, rows),
            Event::Catalog(catalog) => {
                self.catalog = Some(Arc::clone(&catalog));
                self.shared_catalog = Some(catalog);
                if let Some(waiting) = self.waiting.take() {
                    self.opened(waiting);
                }
                for event in self.held.take().into_iter().flatten() {
                    effects.extend(self.update(event, now));
                }
            }
            Event::Sessions(sessions) => self.home.listed(sessions),
            Event::Summaries(mut summaries) => {
                for session in self.home.sessions.iter_mut().flatten() {
                    if let Some(summary) = summaries.remove(&session.name) {
                        session.summary = Some(summary);
                    }
                }
            }
            Event::Trash(trash) => {
                self.home.trash = Some(trash);
                self.home.selected = 0;
            }
            Event::Opened(opened) => self.opened(opened),
            Event::Saved(at) => {
                if let Some(open) = &mut self.open {
                    open.save = SaveState::Saved(Some(at));
                }
            }
            Event::SaveFailed(trouble) => {
                if let Some(open) = &mut self.open {
                    open.save = SaveState::Failed(trouble, open.save.last());
                }
            }
            Event::Damaged(damage) => {
                self.notice = None;
                self.goes_to = None;
                self.overlay = Some(Overlay::trouble(About::Damaged(*damage)));
            }
            Event::OutOfStep | Event::SavedUpTo { .. } | Event::Minute => {}
            Event::Templates(templates) => self.take_templates(templates),
            Event::Written { path, full } => screens::report::act::written(self, &path, &full),
            Event::Told(words) => self.say(words),
            Event::Failed(words) => {
                self.goes_to = None;
                if let Some(open) = &mut self.open {
                    open.leaving = false;
                }
                self.warn(words);
            }
            Event::ExportExists { path } => self.ask_to_overwrite(path),
            Event::PathNames(names) => overlays::path_names(self, names),
            Event::Report(report) => overlays::import::read(self, *report),
            Event::Texts(texts) => overlays::search::texts(self, texts),
            Event::Past(past) => overlays::history::read(self, *past),
            Event::Terminate => self.quitting = true,
        }
        self.finish(&mut effects);
        effects
    }

    fn opened(&mut self, opened: Box<Opened>) {
        let Some(shared) = self.shared_catalog.clone() else {
            self.waiting = Some(opened);
            self.held.get_or_insert_default();
            return;
        };
        let opened = *opened;
        let catalog = match opened.session.with_own_systems(&shared) {
            Cow::Borrowed(_) => Arc::clone(&shared),
            Cow::Owned(joined) => Arc::new(joined),
        };
        self.catalog = Some(Arc::clone(&catalog));
        // It belongs to the catalog that it was made of.
        self.search_index = None;
        let mut editor = Editor::new(opened.session, IdSource::new(opened.id_seed));
        editor.set_typist(editor.session().room.turn.clone());
        if opened.read_only.is_none() {
            self.name_typist(&mut editor, opened.is_new);
        }
        let mut open = OpenSession::new(opened.name, editor, &catalog);
        open.read_only = opened.read_only;
        self.overlay = None;
        if let Some(reason) = &open.read_only {
            let reason = reason.clone();
            self.warn(reason);
        } else if let Some(words) = opened.notice {
            self.warn(words);
        } else if let Some(words) = screens::disputes::notice(open.editor.session()) {
            self.warn(words);
        } else if opened.is_new {
            self.say(
                "Read the question aloud. Space takes a suggestion, a adds a threat of your own.",
            );
        } else if open.active.is_some() {
            self.say("Here you stopped. Go on typing.");
        } else {
            self.notice = None;
        }
        self.open = Some(Box::new(open));
        if let Some(field) = self.goes_to.take() {
            self.go_to_found(&field);
        }
    }

    fn ask_to_overwrite(&mut self, path: String) {
        let Some(open) = &self.open else { return };
        let text = open.report.text().to_owned();
        self.overlay = Some(Overlay::Question {
            text: format!("{path} is there already. Replace it?"),
            yes: Box::new(Effect::Export {
                path,
                text,
                overwrite: true,
            }),
        });
    }

    /// Brings everything that is drawn up to date and hands changes to the saver.
    pub fn finish(&mut self, effects: &mut Vec<Effect>) {
        if let (Some(open), Some(catalog)) = (&mut self.open, &self.catalog) {
            open.editor.set_place(open.place());
            open.refresh(&Arc::clone(catalog));
            if open.step == Step::Report && !open.report.asked_for_templates {
                open.report.asked_for_templates = true;
                effects.push(Effect::ReadTemplates);
            }
            let changes = open.editor.take_changes();
            if !changes.is_empty() {
                if changes
                    .iter()
                    .any(|delta| !matches!(delta, Delta::Place { .. }))
                {
                    open.save = match &open.save {
                        SaveState::Failed(trouble, at) => SaveState::Failed(trouble.clone(), *at),
                        other => SaveState::Saving(other.last()),
                    };
                }
                effects.push(Effect::Changes(changes));
            }
        }
        self.scroll();
        if self.open.is_none() && self.home.trash.is_none() {
            let unread = self.home.ask_for_unread(usize::from(self.size.1));
            if !unread.is_empty() {
                effects.push(Effect::Summarise(unread));
            }
        }
    }

    /// Keeps the cursor of the list visible.
    fn scroll(&mut self) {
        let areas = Areas::of(self);
        let theme = self.theme;
        if let (Some(open), Some(area)) = (&mut self.open, areas.inner()) {
            open.scroll(area, theme);
            if open.step == Step::Report {
                self.fit_report(area);
            }
        }
    }

    /// Lays the write-up out for the room that there is.
    fn fit_report(&mut self, area: Rect) {
        let command = screens::report::command::command(self);
        let is_wide = self.size.0 >= screens::report::WIDE;
        if let (Some(open), Some(catalog)) = (&mut self.open, &self.catalog) {
            let session = open.editor.session();
            open.report.fit((area, is_wide), command, session, catalog);
        }
    }
}
