//! What there is, as lines to be read aloud: a number, what it is, what stands there. Signs that a
//! voice would spell are words here. Not for deciding anything.

use std::fmt::Write as _;

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;

use super::State;
use crate::catalog::Catalog;
use crate::encode::Foreign;
use crate::session::place::Step;
use crate::session::types::Threat;
use crate::stride::Category;
use crate::tui::app::{App, OpenSession};
use crate::tui::draw::draw_on;
use crate::tui::overlays::menu::Menu;
use crate::tui::overlays::ratings;
use crate::tui::screens::card::risk_of;
use crate::tui::widgets::matrix::MatrixLine;
use crate::tui::widgets::rows::{Row, RowKind, Target};

/// Reads the place out: where we are, then everything in it with numbers.
pub(super) fn place(state: &mut State) {
    headline(state);
    list(state);
}

/// Where we are and how far, in a line.
pub(super) fn headline(state: &mut State) {
    let words = state.open().map_or_else(
        || "The list of sessions.".to_owned(),
        |open| where_we_are(open, state.app.catalog.as_deref()),
    );
    state.say(&words);
}

fn where_we_are(open: &OpenSession, catalog: Option<&Catalog>) -> String {
    let session = open.editor.session();
    let step = open.step;
    let (answered, cells) = open.coverage.answered();
    let far = format!("{answered} of {cells} cells answered.");
    let mut words = format!("Step {} of 5, {}: ", step.number(), step.name());
    if step != Step::Threats {
        let _ = write!(words, "{} {far}", step.question());
        return words;
    }
    let component = catalog
        .and_then(|catalog| catalog.component(open.cell.component.as_str()))
        .map_or(open.cell.component.as_str(), |one| one.name.as_str());
    let _ = write!(words, "{component}, {}", open.cell.category);
    if let Some(at) = open.walk().position(|cell| cell == open.cell) {
        let _ = write!(words, ", cell {} of {cells}", at + 1);
    } else {
        words.push_str(", out of scope");
    }
    if let Some(threat) = open.threat.as_ref().and_then(|id| session.threat(id)) {
        let _ = write!(words, ", threat {}", quoted(&threat.title));
    }
    let _ = write!(words, ". {far}");
    words
}

/// A text within a sentence.
pub(super) fn quoted<'a>(text: impl Into<Foreign<'a>>) -> String {
    format!("'{}'", text.into().trim().shown())
}

/// Everything in the place, with numbers.
pub(super) fn list(state: &mut State) {
    let Some(open) = state.open() else {
        return super::home::list(state);
    };
    if open.step == Step::Report {
        let text = match open.report.problem() {
            Some(problem) => format!("Nothing can be written with this template: {problem}"),
            None => format!(
                "{}\nThat was the write-up. export PATH writes it.",
                open.report.text()
            ),
        };
        return state.say(&text);
    }
    let mut text = String::new();
    let mut numbered = Vec::new();
    for row in &open.rows {
        if let Some(target) = &row.target {
            numbered.push(target.clone());
        }
        let number = row.target.as_ref().map(|_| numbered.len());
        if let Some(line) = spoken(open, row, number) {
            text.push_str(&line);
            text.push('\n');
        }
    }
    state.numbered = numbered;
    state.say(&text);
}

/// A row as one line; nothing where it is only there for the eye.
fn spoken(open: &OpenSession, row: &Row, number: Option<usize>) -> Option<String> {
    let number = number.map_or_else(String::new, |number| format!("{number}. "));
    let words = match &row.kind {
        RowKind::Heading(text) => format!("\n{text}:"),
        RowKind::Text { text, indent, .. } => {
            return prose(open, text).map(|text| {
                let indent = " ".repeat(usize::from((*indent).min(4)));
                format!("{indent}{}", text.replace('\n', &format!("\n{indent}")))
            });
        }
        RowKind::Why { text, of, .. } => {
            return (open.selected() == Some(of)).then(|| format!("    {text}"));
        }
        RowKind::Item {
            mark, text, tail, ..
        } => item(open, row.target.as_ref(), mark, text, tail),
        RowKind::Matrix(line) => matrix(open, row.target.as_ref(), line),
        RowKind::Field {
            label,
            field,
            placeholder,
            ..
        } => {
            let label = label.trim_start_matches(['–', ' ']);
            let text = open
                .editor
                .session()
                .text(field)
                .unwrap_or_default()
                .shown();
            let label = match label {
                "" => String::new(),
                label => format!("{label}: "),
            };
            match (&*text, &row.target) {
                ("", Some(Target::New(_))) => {
                    format!("{label}({})", placeholder.trim_end_matches('…'))
                }
                ("", _) => format!("{label}empty ({placeholder})"),
                (text, Some(Target::New(_))) => format!("{label}draft, not an answer yet: {text}"),
                (text, _) => format!("{label}{text}"),
            }
        }
        RowKind::Blank => return None,
    };
    Some(format!("{number}{words}"))
}

/// A text between the items; nothing where it only explains what the eye sees, or was said before.
fn prose<'a>(open: &OpenSession, text: &'a str) -> Option<&'a str> {
    if text.trim().is_empty() || text == open.step.question() || text.starts_with('●') {
        return None;
    }
    // The heading of a table, whose columns are words here.
    Some(
        text.split_once("  S  T  R  I")
            .map_or(text, |(name, _)| name.trim_end()),
    )
}

/// A line of the coverage: the component and the state of each of its cells in words; the totals
/// as they stand.
fn matrix(open: &OpenSession, target: Option<&Target>, line: &MatrixLine) -> String {
    match target {
        Some(Target::Cell(_)) => item(open, target, "", &line.name, &line.count),
        _ => format!("{} {}", line.name, line.count)
            .trim_end()
            .to_owned(),
    }
}

fn item(open: &OpenSession, target: Option<&Target>, mark: &str, text: &str, tail: &str) -> String {
    if let Some(Target::Cell(component)) = target {
        let name = text.split("  ").next().unwrap_or(text).trim();
        let states: Vec<String> = Category::ALL
            .iter()
            .map(|category| {
                let state = open.coverage.state(component, *category);
                format!("{} {}", category.name(), state.name())
            })
            .collect();
        return format!("{name}: {}", states.join(", "));
    }
    let before = sign(target, mark);
    let text = text.replace(['‹', '›'], "").replace('\u{a0}', " ");
    let tail = tail.trim_start_matches(['▲', ' ']);
    let mut words = before;
    words.push_str(text.trim());
    if !tail.is_empty() {
        let _ = write!(words, " ({})", tail.replace(" · ", ", "));
    }
    words
}

/// The sign before an item, in words.
fn sign(target: Option<&Target>, mark: &str) -> String {
    let words = match (mark.trim(), target) {
        ("[x]", Some(Target::Threat(_))) => "taken",
        ("[x]", Some(Target::Component(_) | Target::Attacker(_))) => "in",
        ("[ ]", Some(Target::Component(_) | Target::Attacker(_))) => "out",
        ("[x]", Some(Target::Finding(..))) => "chosen",
        ("[x]", Some(Target::Mitigation(_))) => "verified",
        ("[~]", Some(Target::Mitigation(_))) => "done",
        ("[ ]", Some(Target::Mitigation(_))) => "planned",
        ("[x]", _) => "yes",
        ("[–]", _) => "left",
        ("✓", _) => "met",
        ("○", _) => "missing",
        ("!", _) => "warning",
        ("·", Some(Target::Jump(..))) => "note",
        ("[ ]" | "◆" | "·" | "", _) => return String::new(),
        // The number that the eye sees; the ear has one of its own.
        (number, Some(Target::Threat(_))) if number.parse::<usize>().is_ok() => {
            return String::new();
        }
        (other, _) => other,
    };
    format!("{words}: ")
}

/// A few choices, with numbers.
pub(super) fn menu(menu: &Menu) -> String {
    let mut text = format!("{}:\n", menu.heading);
    for (at, entry) in menu.entries.iter().enumerate() {
        let tail = match entry.tail.as_str() {
            "" => String::new(),
            tail => format!(" ({tail})"),
        };
        let _ = writeln!(text, "{}. {}{tail}", at + 1, entry.text);
    }
    text.push_str("Type a number, or back.\n");
    text
}

/// All threats with their ratings in words, the highest risk first, those without a rating last.
pub(super) fn ratings(app: &App) -> String {
    let mut threats: Vec<&Threat> = ratings::threats(app).iter().collect();
    if threats.is_empty() {
        return "No threats yet. add TEXT writes one on its cell.\n".to_owned();
    }
    threats.sort_by_key(|one| std::cmp::Reverse(risk_of(one)));
    let mut text = String::from("All threats, how often and how bad:\n");
    for threat in threats {
        let rating = ratings::in_words(threat).replace('▲', "");
        let words: Vec<&str> = rating.split_whitespace().collect();
        let apart = if threat.votes.disagree() {
            "; the room is far apart"
        } else {
            ""
        };
        let _ = writeln!(
            text,
            "{} ({}{apart})",
            threat.title.shown(),
            words.join(" ")
        );
    }
    text
}

/// What the full screen would show, line by line, without its frames.
pub(super) fn screen(app: &App) -> String {
    let area = Rect::new(0, 0, app.size.0, app.size.1);
    let mut buffer = Buffer::empty(area);
    draw_on(app, area, &mut buffer);
    let mut text = String::new();
    for y in 0..area.height {
        let line: String = (0..area.width)
            .filter_map(|x| buffer.cell((x, y)).map(ratatui::buffer::Cell::symbol))
            .map(|symbol| if is_frame(symbol) { " " } else { symbol })
            .collect();
        let words: Vec<&str> = line.split_whitespace().collect();
        if !words.is_empty() {
            text.push_str(&words.join(" "));
            text.push('\n');
        }
    }
    text
}

fn is_frame(symbol: &str) -> bool {
    symbol
        .chars()
        .all(|character| ('\u{2500}'..='\u{257f}').contains(&character))
}
