//! What keys do in the report.

use super::command::command;
use super::{ReportView, Show, WIDE};
use crate::report::layout::Layout;
use crate::tui::app::{App, Effect};
use crate::tui::keymap::Action;
use crate::tui::overlays::menu::{Does, Entry, Menu};
use crate::tui::overlays::path::PathPrompt;
use crate::tui::overlays::{Asked, Overlay};

/// What many terminals take at most through OSC 52, in bytes before it is encoded (xterm's limit).
const CLIPBOARD: usize = 74_994;

/// Carries out what a key means in the report.
pub fn act(app: &mut App, action: Action, effects: &mut Vec<Effect>) -> bool {
    let page = isize::from(i16::try_from(app.size.1).unwrap_or(24)) - 7;
    let Some(open) = &mut app.open else {
        return false;
    };
    let report = &mut open.report;
    match action {
        Action::Up => scroll(app, -1),
        Action::Down => scroll(app, 1),
        Action::PageUp => scroll(app, -page.max(1)),
        Action::PageDown => scroll(app, page.max(1)),
        Action::First => report.first(),
        Action::Last => report.last(),
        Action::ToggleNames => toggle_names(app),
        Action::ChooseForm => choose_form(app),
        Action::NextView => next_view(app),
        Action::FindText => {
            let words = report.found.as_ref().map(|found| found.words.clone());
            let words = words.unwrap_or_default();
            app.overlay = Some(Overlay::ask(Asked::ReportWords, &words));
        }
        Action::NextHit => step(app, 1),
        Action::PreviousHit => step(app, -1),
        Action::CopySnippet => copy(app, effects),
        Action::CopyCommand => {
            let words = command(app);
            app.say(format!("Sent to the terminal's clipboard: {words}"));
            effects.push(Effect::Copy(words));
        }
        Action::Export => ask_for_path(app),
        Action::Back if report.found.is_some() => {
            report.end_search();
            app.say("The search is over. Esc again goes back to the walk.");
        }
        _ => return false,
    }
    true
}

impl ReportView {
    fn first(&mut self) {
        if let Some(reader) = self.reader_mut() {
            reader.first();
        }
    }

    fn last(&mut self) {
        if let Some(reader) = self.reader_mut() {
            reader.last();
        }
    }

    fn end_search(&mut self) {
        self.found = None;
        self.found_beside = None;
    }
}

fn scroll(app: &mut App, by: isize) {
    let Some(open) = &mut app.open else { return };
    if !open.report.scroll(by) {
        app.say(if by < 0 {
            "This is the start of the write-up."
        } else {
            "This is the end of the write-up."
        });
    }
}

fn toggle_names(app: &mut App) {
    let Some(open) = &mut app.open else { return };
    let report = &mut open.report;
    report.options.names = !report.options.names;
    report.changed();
    let names = report.options.names;
    app.say(if names {
        "Names are in the write-up."
    } else {
        "Names are left out."
    });
}

/// All forms and the user's own templates, to choose from.
fn choose_form(app: &mut App) {
    let Some(open) = &app.open else { return };
    let report = &open.report;
    let layouts = Layout::all(&report.own);
    let here = report.layout.id();
    let selected = layouts.iter().position(|one| one.id() == here);
    let entries = layouts.iter().map(|layout| Entry {
        text: layout.name().to_owned(),
        tail: match layout {
            Layout::Form(form) => form.id.to_owned(),
            Layout::Own(template) if template.source.is_err() => "yours, cannot be read".to_owned(),
            Layout::Own(_) => "yours".to_owned(),
        },
        does: Does::Form(layout.id().to_owned()),
    });
    app.overlay = Some(Overlay::Menu(Menu {
        heading: "The form of the write-up",
        entries: entries.collect(),
        selected: selected.unwrap_or(0),
    }));
}

/// Writes the session up by the form or template of this name.
pub fn take_form(app: &mut App, name: &str) {
    let Some(open) = &mut app.open else { return };
    let Some(layout) = Layout::named(name, &open.report.own) else {
        return;
    };
    let words = match &layout {
        Layout::Form(form) => format!("Form {}: {}", form.id, form.description),
        Layout::Own(template) => format!("Your own template {}", template.path),
    };
    open.report.choose(layout);
    app.say(words);
}

fn next_view(app: &mut App) {
    let is_wide = app.size.0 >= WIDE;
    let Some(open) = &mut app.open else { return };
    let report = &mut open.report;
    if report.problem().is_some() {
        return app.say("There is nothing to show yet. f chooses another form.");
    }
    if !report.layout.is_markdown() {
        return app.say("This form is no Markdown: it is shown as it will be written.");
    }
    let (show, words) = match report.shown() {
        Show::Rendered => (Show::Raw, "Exactly as it will be written."),
        Show::Raw if is_wide => (
            Show::Both,
            "Both: as its reader sees it, and as it is written.",
        ),
        Show::Raw => (
            Show::Rendered,
            "As its reader will see it. In a window of 100 columns also both, side by side.",
        ),
        Show::Both => (Show::Rendered, "As its reader will see it."),
    };
    report.show_as(show);
    app.say(words);
}

/// Looks for words in the write-up; none end the search.
pub fn find(app: &mut App, words: &str) {
    let Some(open) = &mut app.open else { return };
    if words.trim().is_empty() {
        return open.report.end_search();
    }
    open.report.find(words);
    say_where(app, false);
}

fn step(app: &mut App, by: isize) {
    let Some(open) = &mut app.open else { return };
    if open.report.found.is_none() {
        return app.say("Nothing is looked for yet. / asks for words.");
    }
    let round = open.report.next_place(by);
    say_where(app, round);
}

/// Says at which of how many places the reader is.
fn say_where(app: &mut App, round: bool) {
    let found = app
        .open
        .as_ref()
        .and_then(|open| open.report.found.as_ref());
    let Some(found) = found else { return };
    let words = &found.words;
    let all = found.places.len();
    let said = match all {
        0 => format!("Not found: there is no '{words}' in the write-up. / asks for other words."),
        1 => format!("'{words}' is in it once. Esc ends the search."),
        _ => {
            let round = if round { ", round the end" } else { "" };
            let at = found.at + 1;
            format!("'{words}': {at} of {all}{round}. n next, N before, Esc ends the search.")
        }
    };
    app.say(said);
}

/// Copies the whole write-up, and says how much that is.
fn copy(app: &mut App, effects: &mut Vec<Effect>) {
    let Some(open) = &app.open else { return };
    if open.report.problem().is_some() {
        return refuse(app);
    }
    let text = open.report.text().to_owned();
    let lines = text.lines().count();
    let much = format!("{lines} lines, {}", size_in_words(text.len()));
    let words = if text.len() > CLIPBOARD {
        format!(
            "Sent to the terminal's clipboard: {much}. Many terminals take no more than 73 KB: \
             look at what was pasted, or write it to a file with w."
        )
    } else {
        format!("Sent to the terminal's clipboard: the whole write-up, {much}.")
    };
    effects.push(Effect::Copy(text));
    app.say(words);
}

/// A number of bytes as people say it.
fn size_in_words(bytes: usize) -> String {
    match bytes {
        0..1_024 => format!("{bytes} bytes"),
        1_024..1_048_576 => format!("{} KB", bytes.div_ceil(1_024)),
        _ => format!("{} MB", bytes.div_ceil(1_048_576)),
    }
}

fn ask_for_path(app: &mut App) {
    let Some(open) = &app.open else { return };
    if open.report.problem().is_some() {
        return refuse(app);
    }
    let path = super::command::proposed_path(&open.report, open.editor.session());
    app.overlay = Some(Overlay::Path(PathPrompt::to_write(&path)));
}

fn refuse(app: &mut App) {
    app.warn("Nothing can be written with this template yet. Mend it, or choose a form with f.");
}

/// Writes it to the path that was typed. Whether the prompt closes.
pub fn write(app: &mut App, path: &str, effects: &mut Vec<Effect>) -> bool {
    let Some(open) = &app.open else { return true };
    effects.push(Effect::SaveNow);
    effects.push(Effect::Export {
        path: path.to_owned(),
        text: open.report.text().to_owned(),
        overwrite: false,
    });
    true
}

/// It was written: says where, and how to do it again.
pub fn written(app: &mut App, path: &str, full: &str) {
    if let Some(open) = &mut app.open {
        open.report.written_to = Some(path.to_owned());
    }
    let words = format!("Written to {full}. From a shell: {}", command(app));
    // Two lines of the screen, and no more.
    let room = 2 * usize::from(app.size.0.saturating_sub(2));
    app.say(if crate::tui::text::wrap::width(&words) <= room {
        words
    } else {
        format!("Written to {full}. Y copies the command that does it again.")
    });
}
