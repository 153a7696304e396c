//! Step 5: the write-up as its reader will see it, or exactly as it will be written, and writing it.
//!
//! What keys do is in [`mod@act`]; pages of text are [`crate::tui::preview`]'s.

pub mod act;
pub mod command;
mod draw;
mod notes;

use std::sync::Arc;

use ratatui::layout::Rect;

use crate::catalog::Catalog;
use crate::report::layout::{Layout, NotWritten, OwnTemplate};
use crate::report::{Form, Options, diagram};
use crate::session::types::Session;
use crate::tui::preview::{self, Found, Reader};

pub use act::act;

/// From so many columns of the terminal on there is room for two texts beside each other.
pub const WIDE: u16 = 100;

/// The columns between two texts beside each other.
const GUTTER: u16 = 3;

/// How the write-up is shown.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Show {
    /// As its reader will see it.
    #[default]
    Rendered,
    /// Exactly as it will be written.
    Raw,
    /// Both, where there is room; otherwise as its reader will see it.
    Both,
}

/// The write-up on the screen.
#[derive(Debug)]
pub struct ReportView {
    /// What it is written up by.
    pub layout: Layout,
    /// What is put into it.
    pub options: Options,
    /// How it is shown.
    pub show: Show,
    /// The user's own templates.
    pub own: Vec<Arc<OwnTemplate>>,
    /// Whether they were asked for since the step was entered.
    pub asked_for_templates: bool,
    /// What was looked for, in the text that the keys move.
    pub found: Option<Found>,
    /// Where it was written last, as it was typed.
    pub written_to: Option<String>,
    /// The text, exactly as it will be written, or why there is none.
    written: Result<String, NotWritten>,
    /// What the format has no place for, in sentences.
    left_out: Vec<String>,
    /// The command that does the same.
    command: String,
    rendered: Option<Reader>,
    raw: Option<Reader>,
    /// The same words in the text beside it.
    found_beside: Option<Found>,
    /// Where to go on reading once there are pages again.
    resume: usize,
    is_wide: bool,
    made_for: Option<u64>,
}

impl Default for ReportView {
    fn default() -> Self {
        Self {
            layout: Layout::Form(&Form::ALL[0]),
            options: Options { names: true },
            show: Show::default(),
            own: Vec::new(),
            asked_for_templates: false,
            found: None,
            written_to: None,
            written: Ok(String::new()),
            left_out: Vec::new(),
            command: String::new(),
            rendered: None,
            raw: None,
            found_beside: None,
            resume: 0,
            is_wide: false,
            made_for: None,
        }
    }
}

impl ReportView {
    /// The text, exactly as it will be written; empty where there is none.
    pub fn text(&self) -> &str {
        self.written.as_deref().unwrap_or_default()
    }

    /// Why there is no text.
    pub fn problem(&self) -> Option<&NotWritten> {
        self.written.as_ref().err()
    }

    /// Writes the text anew where the session or the choice changed.
    pub fn refresh(&mut self, session: &Session, catalog: &Catalog, revision: u64) {
        if self.made_for == Some(revision) {
            return;
        }
        self.made_for = Some(revision);
        let written = self.layout.write(session, catalog, &self.options);
        let left_out = self.layout.left_out(session, catalog, &self.options);
        // What came out the same was cut into pieces already.
        if written != self.written || left_out != self.left_out {
            self.written = written;
            self.left_out = left_out;
            self.forget_pages();
        }
    }

    /// The choice is another one: the text is to be written anew, and read from its start.
    pub fn changed(&mut self) {
        self.made_for = None;
        self.forget_pages();
        self.resume = 0;
    }

    /// What it is written up by is another one.
    pub fn choose(&mut self, layout: Layout) {
        self.layout = layout;
        self.written_to = None;
        self.found = None;
        self.changed();
    }

    /// The user's templates were read; whether what is shown is another one now.
    pub fn take_templates(&mut self, own: Vec<Arc<OwnTemplate>>) -> bool {
        let before = match &self.layout {
            Layout::Own(template) => Some(Arc::clone(template)),
            Layout::Form(_) => None,
        };
        let now = own.iter().find(|one| one.name == self.layout.id()).cloned();
        let is_another = before != now;
        self.own = own;
        if is_another {
            let id = self.layout.id().to_owned();
            let layout = Layout::named(&id, &self.own);
            self.layout = layout.unwrap_or(Layout::Form(&Form::ALL[0]));
            self.made_for = None;
            self.forget_pages();
        }
        is_another
    }

    /// The pages are to be made anew, and read on where they were.
    fn forget_pages(&mut self) {
        if let Some(reader) = self.reader() {
            self.resume = reader.source_of_top();
        }
        self.rendered = None;
        self.raw = None;
    }

    /// How it is shown in this window.
    pub fn shown(&self) -> Show {
        match self.show {
            _ if self.problem().is_some() => Show::Rendered,
            _ if !self.layout.is_markdown() => Show::Raw,
            Show::Both if !self.is_wide => Show::Rendered,
            other => other,
        }
    }

    /// The text that the keys move.
    fn reader(&self) -> Option<&Reader> {
        match self.shown() {
            Show::Raw => self.raw.as_ref(),
            Show::Rendered | Show::Both => self.rendered.as_ref(),
        }
    }

    fn reader_mut(&mut self) -> Option<&mut Reader> {
        match self.shown() {
            Show::Raw => self.raw.as_mut(),
            Show::Rendered | Show::Both => self.rendered.as_mut(),
        }
    }

    /// Cuts the text into pieces where that was not done yet, and lays it out for this room.
    pub fn fit(
        &mut self,
        (area, is_wide): (Rect, bool),
        command: String,
        session: &Session,
        catalog: &Catalog,
    ) {
        if command != self.command {
            self.command = command;
            self.forget_pages();
        }
        if is_wide != self.is_wide {
            // In another window it may be another text that the keys move.
            self.resume = self.reader().map_or(self.resume, Reader::source_of_top);
            self.is_wide = is_wide;
        }
        let (left, right) = halves(area, self.shown());
        let is_new = self.reader().is_none();
        self.make_pages(session, catalog);
        if let Some(reader) = &mut self.rendered {
            let draw = |system: &_, columns| diagram::text(session, catalog, system, columns);
            let columns = usize::from(left.width);
            reader.page.draw_diagrams(columns, &draw);
            reader.fit(columns, usize::from(left.height));
        }
        if let Some(reader) = &mut self.raw {
            let area = right.unwrap_or(left);
            reader.fit(usize::from(area.width), usize::from(area.height));
        }
        if is_new {
            let resume = self.resume;
            if let Some(reader) = self.reader_mut() {
                reader.go_to_source(resume);
            }
            self.find_again();
        }
    }

    /// The pages that are shown, where they are not there yet.
    fn make_pages(&mut self, session: &Session, catalog: &Catalog) {
        let shown = self.shown();
        if shown != Show::Raw && self.rendered.is_none() {
            let diagrams = if self.text().contains("```mermaid") {
                diagrams(session, catalog)
            } else {
                Vec::new()
            };
            let mut page = notes::before(self);
            page.append(&preview::markdown(self.text(), &diagrams));
            notes::after(self, &mut page);
            self.rendered = Some(Reader::of(page));
        }
        if shown != Show::Rendered && self.raw.is_none() {
            let mut page = notes::before(self);
            page.append(&preview::raw(self.text(), self.layout.is_markdown()));
            notes::after(self, &mut page);
            self.raw = Some(Reader::of(page));
        }
    }

    /// Shows it another way, from the same words on.
    pub fn show_as(&mut self, show: Show) {
        self.resume = self.reader().map_or(0, Reader::source_of_top);
        self.show = show;
        let resume = self.resume;
        match self.reader_mut() {
            Some(reader) => reader.go_to_source(resume),
            // They go there once they are made.
            None => return,
        }
        self.find_again();
    }

    /// Looks for words, and goes to the first place from here on.
    pub fn find(&mut self, words: &str) {
        self.found = Some(Found {
            words: words.to_owned(),
            ..Found::default()
        });
        self.find_again();
        let place = self.found.as_ref().and_then(Found::place).cloned();
        if let (Some(place), Some(reader)) = (place, self.reader_mut()) {
            reader.show(place.start);
        }
    }

    /// Looks for the same words in the text that is there now.
    fn find_again(&mut self) {
        self.found_beside = None;
        let Some(words) = self.found.as_ref().map(|found| found.words.clone()) else {
            return;
        };
        let Some(reader) = self.reader() else { return };
        let mut found = preview::find(&reader.page, &words);
        let top = reader.place_of_top().unwrap_or(0);
        let next = found.places.iter().position(|place| place.start >= top);
        found.at = next.unwrap_or(0);
        self.found = Some(found);
        if self.shown() == Show::Both
            && let Some(raw) = &self.raw
        {
            let mut beside = preview::find(&raw.page, &words);
            // Nothing there is where the reader is.
            beside.at = usize::MAX;
            self.found_beside = Some(beside);
        }
    }

    /// Goes to the next place or the one before. Whether it went round.
    pub fn next_place(&mut self, by: isize) -> bool {
        let Some(found) = &mut self.found else {
            return false;
        };
        let round = found.step(by);
        let place = found.place().cloned();
        if let (Some(place), Some(reader)) = (place, self.reader_mut()) {
            reader.show(place.start);
        }
        round
    }

    /// The paragraph in which the reader's place is, for reading out.
    pub fn paragraph(&self) -> Option<&str> {
        let place = self.found.as_ref()?.place()?;
        Some(self.reader()?.page.paragraph(place.start))
    }

    /// Moves the visible part by so many lines; whether there was anywhere to go.
    pub fn scroll(&mut self, by: isize) -> bool {
        self.reader_mut().is_some_and(|reader| reader.scroll(by))
    }
}

/// The room for one text, or for two beside each other.
fn halves(area: Rect, shown: Show) -> (Rect, Option<Rect>) {
    if shown != Show::Both {
        return (area, None);
    }
    let width = area.width.saturating_sub(GUTTER) / 2;
    let left = Rect { width, ..area };
    let right = Rect {
        x: area.x + width + GUTTER,
        width: area.width.saturating_sub(width + GUTTER),
        ..area
    };
    (left, Some(right))
}

/// The diagrams that a write-up of this session may hold.
fn diagrams(session: &Session, catalog: &Catalog) -> Vec<(String, crate::catalog::types::Id)> {
    let systems = catalog.systems.iter();
    systems
        .filter_map(|system| {
            let source = diagram::mermaid(session, catalog, &system.id)?;
            Some((source, system.id.clone()))
        })
        .collect()
}
