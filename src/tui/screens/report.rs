//! Step 5: exactly what will be written, and writing it.

use std::borrow::Cow;
use std::sync::Arc;

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;

use crate::catalog::Catalog;
use crate::encode;
use crate::report::{Form, Kind, Options};
use crate::session::types::Session;
use crate::tui::app::App;
use crate::tui::keymap::Action;
use crate::tui::overlays::{Asked, Overlay};
use crate::tui::text::wrap;
use crate::tui::theme::{Meaning, Theme};

/// The write-up on the screen.
#[derive(Debug)]
pub struct ReportView {
    /// The form.
    pub form: &'static Form,
    /// What is put into it.
    pub options: Options,
    /// The text exactly as it will be written.
    pub text: String,
    /// What the form's format has no place for, in sentences.
    pub left_out: Vec<String>,
    /// The first visible line.
    pub top: usize,
    made_for: Option<u64>,
}

impl Default for ReportView {
    fn default() -> Self {
        Self {
            form: &Form::ALL[0],
            options: Options { names: true },
            text: String::new(),
            left_out: Vec::new(),
            top: 0,
            made_for: None,
        }
    }
}

impl ReportView {
    /// Writes the text anew where the session or the choice changed.
    pub fn refresh(&mut self, session: &Session, catalog: &Arc<Catalog>, revision: u64) {
        if self.made_for != Some(revision) {
            self.text = (self.form.write)(session, catalog, &self.options);
            self.left_out = self.form.left_out(session, catalog, &self.options);
            self.made_for = Some(revision);
        }
    }

    /// The form or the options are others now: the text is to be written anew, and read from its start.
    pub fn changed(&mut self) {
        self.made_for = None;
        self.top = 0;
    }

    /// Draws the visible part; says whether there is more below.
    pub fn draw(&self, area: Rect, theme: Theme, buffer: &mut Buffer) -> bool {
        let columns = usize::from(area.width);
        let mut y = area.y;
        let is_write_up = matches!(self.form.kind, Kind::WriteUp);
        for (at, line) in self.lines().enumerate().skip(self.top) {
            let meaning = if at < self.notes() {
                Meaning::Muted
            } else if is_write_up && line.starts_with('#') {
                Meaning::Heading
            } else {
                Meaning::Text
            };
            for range in wrap::lines(&line, columns) {
                if y >= area.bottom() {
                    return true;
                }
                let text = encode::screen(&line[range]).into_owned();
                buffer.set_stringn(area.x, y, text, columns, theme.style(meaning));
                y += 1;
            }
        }
        false
    }

    /// How many lines above the text say what is not in it.
    const fn notes(&self) -> usize {
        match self.left_out.len() {
            0 => 0,
            // A line before them and an empty one behind.
            lines => lines + 2,
        }
    }

    /// What is shown: what the format has no place for, then the text exactly as it will be written.
    fn lines(&self) -> impl Iterator<Item = Cow<'_, str>> {
        let name = self.form.name;
        let before = (!self.left_out.is_empty())
            .then(|| Cow::Owned(format!("Not in it, because {name} has no place for it:")));
        let after = (!self.left_out.is_empty()).then_some(Cow::Borrowed(""));
        let notes = self.left_out.iter();
        let notes = notes.map(|line| Cow::Owned(format!("- {line}")));
        let text = self.text.trim_end().split('\n').map(Cow::Borrowed);
        before.into_iter().chain(notes).chain(after).chain(text)
    }

    /// Moves the visible part by so many lines.
    pub fn scroll(&mut self, by: isize) {
        let last = self.lines().count().saturating_sub(5);
        self.top = self.top.saturating_add_signed(by).min(last);
    }
}

/// Carries out what a key means in the report.
pub fn act(app: &mut App, action: Action) -> bool {
    let page = isize::from(i16::try_from(app.size.1).unwrap_or(24)) - 7;
    let Some(open) = &mut app.open else {
        return false;
    };
    let report = &mut open.report;
    match action {
        Action::Up => report.scroll(-1),
        Action::Down => report.scroll(1),
        Action::PageUp => report.scroll(-page.max(1)),
        Action::PageDown => report.scroll(page.max(1)),
        Action::First => report.top = 0,
        Action::Last => report.scroll(isize::MAX / 2),
        Action::ToggleNames => {
            report.options.names = !report.options.names;
            report.changed();
            let names = report.options.names;
            app.say(if names {
                "Names are in the write-up."
            } else {
                "Names are left out."
            });
        }
        Action::NextForm => {
            let here = Form::ALL
                .iter()
                .position(|form| form.id == report.form.id)
                .unwrap_or(0);
            report.form = &Form::ALL[(here + 1) % Form::ALL.len()];
            report.changed();
            let words = format!("Form {}: {}", report.form.id, report.form.description);
            app.say(words);
        }
        Action::Export => {
            let title = &open.editor.session().title;
            let path = format!("{}.{}", encode::file_name(title), report.form.extension);
            app.overlay = Some(Overlay::ask(Asked::ExportPath, &path));
        }
        _ => return false,
    }
    true
}
