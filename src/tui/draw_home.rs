//! Draws the list of sessions and what stands beside it.

use ratatui::buffer::Buffer;
use ratatui::layout::{Position, Rect};
use unicode_width::UnicodeWidthStr;

use crate::tui::app::App;
use crate::tui::draw::boxed;
use crate::tui::layout::inside;
use crate::tui::screens::home::{self, HomeLine};
use crate::tui::text::{put, wrap};
use crate::tui::theme::Meaning;

/// Draws the list; gives the place for the real cursor.
pub fn draw(app: &App, area: Rect, bordered: bool, buffer: &mut Buffer) -> Option<Position> {
    let title = if app.home.trash.is_some() {
        "Trash"
    } else {
        "Sessions"
    };
    let list_area = list_area(area, bordered);
    let wide = list_area.width < area.width;
    let inner = if bordered {
        boxed(app, list_area, title, true, buffer)
    } else {
        list_area
    };
    let cursor = list(app, inner, buffer);
    if wide {
        let x = area.x + list_area.width;
        let side = Rect {
            x,
            width: area.width - list_area.width,
            ..area
        };
        let inner = boxed(app, side, "About it", false, buffer);
        paragraphs(app, &home::preview(app), inner, buffer);
    }
    cursor
}

/// The list takes the whole width where there is no room for a pane beside it.
const fn list_area(area: Rect, bordered: bool) -> Rect {
    let wide = area.width >= 76 && bordered;
    Rect {
        width: if wide {
            area.width * 6 / 10
        } else {
            area.width
        },
        ..area
    }
}

/// What the program is, for people who start it for the first time.
const INTRODUCTION: &str = "Astride asks what could go wrong with your containers, takes down the \
                            answers, and writes them up.";

/// A line of the list as it is drawn: what it stands for, or a text between.
enum Drawn {
    Line(usize, HomeLine),
    Text(String, Meaning),
}

fn drawn(app: &App, columns: usize) -> Vec<Drawn> {
    let mut drawn = Vec::new();
    let text = |words: &str, meaning| Drawn::Text(words.to_owned(), meaning);
    let sessions = app.home.sessions.as_deref().unwrap_or_default();
    if app.home.trash.is_none() && app.home.sessions.is_some() && sessions.is_empty() {
        let saved = format!("All is saved by itself, on this machine, in {}", app.folder);
        for (words, meaning) in [
            (INTRODUCTION, Meaning::Question),
            ("", Meaning::Text),
            (saved.as_str(), Meaning::Text),
            ("q leaves at any time; nothing is lost.", Meaning::Text),
            ("", Meaning::Text),
        ] {
            for range in wrap::lines(words, columns) {
                drawn.push(text(words[range].trim_end(), meaning));
            }
        }
    }
    let mut section = "";
    for (at, line) in app.home.lines().into_iter().enumerate() {
        let heading = match &line {
            HomeLine::Session(0) => "Continue where you stopped",
            HomeLine::Session(_) => "Earlier sessions",
            HomeLine::New => "Begin",
            HomeLine::Example(_) => "Finished examples",
            HomeLine::Trashed(_) => "In the trash: Enter brings a session back",
        };
        if heading != section {
            if !section.is_empty() {
                drawn.push(text("", Meaning::Text));
            }
            drawn.push(text(heading, Meaning::Heading));
            section = heading;
        }
        drawn.push(Drawn::Line(at, line));
    }
    if app.home.trash.as_ref().is_some_and(Vec::is_empty) {
        drawn.push(text("The trash is empty. Esc goes back.", Meaning::Text));
    }
    drawn
}

/// The line of the list that is drawn at this row of the screen.
pub fn line_at(app: &App, area: Rect, bordered: bool, y: u16) -> Option<usize> {
    let list = list_area(area, bordered);
    let inner = if bordered { inside(list) } else { list };
    let (drawn, top, _) = visible(app, inner);
    let offset = usize::from(y.checked_sub(inner.y)?);
    match drawn.get(top + offset)? {
        Drawn::Line(at, _) if offset < usize::from(inner.height) => Some(*at),
        _ => None,
    }
}

/// The lines, the first visible one, and the marked entry.
fn visible(app: &App, area: Rect) -> (Vec<Drawn>, usize, usize) {
    let drawn = drawn(app, usize::from(area.width));
    let count = app.home.lines().len();
    let selected = app.home.selected.min(count.saturating_sub(1));
    let here = drawn
        .iter()
        .position(|line| matches!(line, Drawn::Line(at, _) if *at == selected))
        .unwrap_or(0);
    let top = (here + 2).saturating_sub(usize::from(area.height));
    (drawn, top, selected)
}

fn list(app: &App, area: Rect, buffer: &mut Buffer) -> Option<Position> {
    let (drawn, top, selected) = visible(app, area);
    let mut cursor = None;
    for (line, y) in drawn.iter().skip(top).zip(area.y..area.bottom()) {
        let width = usize::from(area.width);
        match line {
            Drawn::Text(words, meaning) => {
                let style = app.theme.style(*meaning);
                put(buffer, area.x, y, wrap::fitted(words, width), width, style);
            }
            Drawn::Line(at, line) => {
                let marked = *at == selected;
                entry(
                    app,
                    line,
                    marked,
                    Rect {
                        y,
                        height: 1,
                        ..area
                    },
                    buffer,
                );
                if marked && app.overlay.is_none() {
                    cursor = Some(Position::new(area.x, y));
                }
            }
        }
    }
    cursor
}

fn entry(app: &App, line: &HomeLine, marked: bool, area: Rect, buffer: &mut Buffer) {
    let width = usize::from(area.width);
    let session = |at: &usize, list: &Option<Vec<crate::tui::app::SessionLine>>| {
        list.as_ref().and_then(|list| list.get(*at)).map(|session| {
            (
                home::title(session),
                home::progress(session),
                home::age_of(app, session.modified),
            )
        })
    };
    let (title, progress, age) = match line {
        HomeLine::Session(at) => session(at, &app.home.sessions).unwrap_or_default(),
        HomeLine::Trashed(at) => session(at, &app.home.trash).unwrap_or_default(),
        HomeLine::New => ("New session".to_owned(), String::new(), "n".to_owned()),
        HomeLine::Example(file) => (
            home::example_title(file).to_owned(),
            String::new(),
            String::new(),
        ),
    };
    let tail = match (progress.as_str(), age.as_str(), width) {
        // The title comes first: it must not be drawn over.
        (.., ..30) => String::new(),
        ("", age, _) => age.to_owned(),
        (progress, "", _) | (progress, _, ..50) => progress.to_owned(),
        (progress, age, _) => format!("{progress}  {age:>11}"),
    };
    if marked {
        put(
            buffer,
            area.x,
            area.y,
            "›",
            1,
            app.theme.style(Meaning::Key),
        );
    }
    let room = width.saturating_sub(2 + tail.width() + 2);
    let style = app.theme.style(if marked {
        Meaning::Selected
    } else {
        Meaning::Text
    });
    put(
        buffer,
        area.x + 2,
        area.y,
        wrap::fitted(&title, room),
        room,
        style,
    );
    let x = area.x + width.saturating_sub(tail.width()) as u16;
    put(
        buffer,
        x,
        area.y,
        &tail,
        width,
        app.theme.style(Meaning::Muted),
    );
}

/// Wrapped paragraphs one below the other, as many as fit.
pub fn paragraphs(app: &App, texts: &[(String, Meaning)], area: Rect, buffer: &mut Buffer) {
    let width = usize::from(area.width);
    let mut y = area.y;
    for (text, meaning) in texts {
        for range in wrap::lines(text, width) {
            if y >= area.bottom() {
                return;
            }
            let line = wrap::fitted(text[range].trim_end(), width);
            put(buffer, area.x, y, line, width, app.theme.style(*meaning));
            y += 1;
        }
    }
}
