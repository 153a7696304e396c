//! Draws the pictures of the README from the program itself, so that they never age:
//! `cargo run --example pictures` writes them into `assets/`.

use std::fmt::Write as _;
use std::path::Path;
use std::sync::Arc;
use std::{env, fs, io};

use astride::catalog::Catalog;
use astride::session::types::Session;
use astride::tui::app::{App, Event, Opened};
use astride::tui::draw::draw_on;
use astride::tui::theme::Theme;
use jiff::Timestamp;
use jiff::tz::TimeZone;
use ratatui::buffer::{Buffer, Cell};
use ratatui::crossterm::event::{KeyCode, KeyEvent, KeyModifiers};
use ratatui::layout::Rect;
use ratatui::style::{Color, Modifier};

const COLUMNS: u16 = 120;
const ROWS: u16 = 34;
const CELL: (f32, f32) = (8.4, 18.0);

fn main() -> io::Result<()> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("assets");
    fs::create_dir_all(&folder)?;
    for (name, picture) in pictures() {
        fs::write(folder.join(name), picture)?;
    }
    Ok(())
}

/// Every picture with its file's name: one for each step. A test holds them against `assets/`.
pub fn pictures() -> Vec<(&'static str, String)> {
    // The palette goes to a cell by its name.
    [
        ("scope.svg", "1"),
        ("walk.svg", ":docker host: elevation\r"),
        ("threat.svg", ":docker host: elevation\r\n"),
        ("harden.svg", "3"),
        ("review.svg", "4"),
        ("report.svg", "5"),
    ]
    .map(|(name, keys)| (name, picture(keys)))
    .to_vec()
}

fn picture(keys: &str) -> String {
    let now: Timestamp = "2026-11-21T14:02:00Z".parse().expect("a valid time");
    let catalog = Arc::new(Catalog::embedded());
    let example = astride::catalog::source::embedded_examples()
        .iter()
        .find(|example| example.file == "course.ron")
        .expect("the course example is embedded");
    let mut session: Session = astride::store::decode(example.text().as_bytes())
        .expect("the tests open every example")
        .session;
    session.working.place = astride::session::place::Place::default();
    let mut app = App::new((COLUMNS, ROWS), Theme::Dark, TimeZone::UTC, String::new());
    app.update(Event::Catalog(catalog), now);
    let opened = Opened {
        name: "example".into(),
        session,
        read_only: None,
        notice: None,
        id_seed: 1,
        is_new: false,
    };
    app.update(Event::Opened(Box::new(opened)), now);
    for key in keys.chars() {
        let key = match key {
            '\r' | '\n' => KeyEvent::new(KeyCode::Enter, KeyModifiers::NONE),
            other => KeyEvent::new(KeyCode::Char(other), KeyModifiers::NONE),
        };
        app.update(Event::Key(key), now);
    }
    app.update(Event::Saved(now), now);
    let area = Rect::new(0, 0, COLUMNS, ROWS);
    let mut buffer = Buffer::empty(area);
    draw_on(&app, area, &mut buffer);
    svg(&buffer)
}

fn svg(buffer: &Buffer) -> String {
    let area = buffer.area;
    let (width, height) = (
        f32::from(area.width) * CELL.0 + 16.0,
        f32::from(area.height) * CELL.1 + 16.0,
    );
    let mut out = format!(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 {width:.0} {height:.0}\" \
         font-family=\"DejaVu Sans Mono, Menlo, Consolas, monospace\" font-size=\"14\">\n\
         <rect width=\"100%\" height=\"100%\" rx=\"8\" fill=\"#1d2021\"/>\n"
    );
    for y in 0..area.height {
        for x in 0..area.width {
            upright(&mut out, &buffer[(x, y)], x, y);
        }
        let mut x = 0;
        while x < area.width {
            let start = x;
            let style = look(&buffer[(x, y)]);
            let mut text = String::new();
            while x < area.width && look(&buffer[(x, y)]) == style {
                let symbol = buffer[(x, y)].symbol();
                text.push_str(if is_upright(symbol) { " " } else { symbol });
                x += 1;
            }
            run(&mut out, &text, style, start, x, y);
        }
    }
    out.push_str("</svg>\n");
    out
}

fn is_upright(symbol: &str) -> bool {
    matches!(symbol, "│" | "┃")
}

/// Upright lines are drawn, not written: a font's are shorter than a row, and the border would be
/// dashed. One unit more at each end meets the corners.
fn upright(out: &mut String, cell: &Cell, x: u16, y: u16) {
    if !is_upright(cell.symbol()) {
        return;
    }
    let width = if cell.symbol() == "┃" { 2.4 } else { 1.2 };
    let left = f32::from(x) * CELL.0 + 8.0 + (CELL.0 - width) / 2.0;
    let top = f32::from(y) * CELL.1 + 7.0;
    // Writing to a string cannot fail.
    let _ = writeln!(
        out,
        "<rect x=\"{left:.1}\" y=\"{top:.1}\" width=\"{width}\" height=\"{:.1}\" fill=\"{}\"/>",
        CELL.1 + 2.0,
        hex(cell.fg)
    );
}

type Look = (Color, Color, Modifier);

fn look(cell: &Cell) -> Look {
    (cell.fg, cell.bg, cell.modifier)
}

fn run(out: &mut String, text: &str, (fg, _, modifier): Look, start: u16, end: u16, y: u16) {
    let reversed = modifier.contains(Modifier::REVERSED);
    if text.trim().is_empty() && !reversed {
        return;
    }
    let left = f32::from(start) * CELL.0 + 8.0;
    let top = f32::from(y) * CELL.1 + 8.0;
    let length = f32::from(end - start) * CELL.0;
    let mut color = hex(fg);
    if reversed {
        let _ = writeln!(
            out,
            "<rect x=\"{left:.1}\" y=\"{top:.1}\" width=\"{length:.1}\" height=\"{:.1}\" fill=\"{color}\"/>",
            CELL.1
        );
        color = "#1d2021";
    }
    let weight = if modifier.contains(Modifier::BOLD) {
        " font-weight=\"bold\""
    } else {
        ""
    };
    let line = if modifier.contains(Modifier::UNDERLINED) {
        " text-decoration=\"underline\""
    } else {
        ""
    };
    let escaped = text
        .replace('&', "&amp;")
        .replace('<', "&lt;")
        .replace('>', "&gt;");
    let _ = writeln!(
        out,
        "<text x=\"{left:.1}\" y=\"{:.1}\" textLength=\"{length:.1}\" lengthAdjust=\"spacingAndGlyphs\" \
         fill=\"{color}\"{weight}{line} xml:space=\"preserve\">{escaped}</text>",
        top + 13.5
    );
}

const fn hex(color: Color) -> &'static str {
    match color {
        Color::Cyan => "#8ec07c",
        Color::Yellow => "#fabd2f",
        Color::Green => "#b8bb26",
        Color::Red => "#fb4934",
        Color::Gray => "#bdae93",
        Color::DarkGray => "#7c6f64",
        _ => "#ebdbb2",
    }
}
