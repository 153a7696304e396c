//! Draws all threats by how often and how bad: the picture above, the names below.

use std::fmt::Write as _;

use ratatui::buffer::Buffer;
use ratatui::layout::{Position, Rect};
use unicode_width::UnicodeWidthStr;

use crate::session::types::{Impact, Likelihood, Threat};
use crate::tui::app::App;
use crate::tui::draw::floating;
use crate::tui::draw_home::paragraphs;
use crate::tui::draw_room::{entry, words_at};
use crate::tui::overlays::ratings::{self, Ratings, Scale};
use crate::tui::screens::card::{risk_of, risk_sign};
use crate::tui::theme::Meaning;

/// The columns of the words for how often.
const LABEL: u16 = 10;

/// The fewest lines in which the picture and the names are shown.
const SMALLEST: u16 = 11;

/// The picture and the list.
pub fn draw(app: &App, picture: &Ratings, area: Rect, buffer: &mut Buffer) -> Option<Position> {
    // The top line stays visible: it says whether everything is saved.
    let area = Rect {
        y: area.y + 1,
        height: area.height.saturating_sub(1),
        ..area
    };
    let heading = "All threats: how often, how bad";
    let inner = floating(app, area, (92, area.height), heading, buffer);
    let threats = ratings::threats(app);
    if threats.is_empty() {
        let words = [
            ("No threats yet.".to_owned(), Meaning::Question),
            (
                "A threat is one way in which things can go wrong, in a sentence. a on a card writes \
                 one; here all of them are rated side by side."
                    .to_owned(),
                Meaning::Text,
            ),
        ];
        paragraphs(app, &words, inner, buffer);
        return Some(Position::new(inner.x, inner.y));
    }
    // Where there is little room, the names go before the picture.
    let rows = if inner.height >= SMALLEST { 7 } else { 0 };
    if rows > 0 {
        matrix(app, picture, threats, inner, buffer);
    }
    let below = Rect {
        y: inner.y + rows,
        height: inner.height.saturating_sub(rows),
        ..inner
    };
    let count = format!("{} of {}", picture.selected + 1, threats.len());
    let column = below.width.saturating_sub(count.width() as u16);
    let rule = "─".repeat(usize::from(column.saturating_sub(1)));
    words_at(app, below, (0, 0), &rule, Meaning::Muted, buffer);
    words_at(app, below, (column, 0), &count, Meaning::Muted, buffer);
    if let Some(threat) = threats.get(picture.selected) {
        let words = format!(" {} ", ratings::in_words(threat));
        let room = Rect {
            width: column.saturating_sub(1),
            ..below
        };
        words_at(app, room, (2, 0), &words, Meaning::Question, buffer);
    }
    let list = Rect {
        y: below.y + 1,
        height: below.height.saturating_sub(2),
        ..below
    };
    let bottom = below.height.saturating_sub(1);
    let scale = scale(picture, usize::from(below.width));
    words_at(app, below, (0, bottom), &scale, Meaning::Key, buffer);
    names(app, picture, threats, list, buffer)
}

/// Five by five fields with the numbers of the threats, and those that are not rated.
fn matrix(app: &App, picture: &Ratings, threats: &[Threat], area: Rect, buffer: &mut Buffer) {
    let width = area.width.saturating_sub(LABEL) / 5;
    for (column, impact) in Impact::ALL.into_iter().enumerate() {
        let x = LABEL + width * column as u16;
        let room = Rect {
            width: (x + width.saturating_sub(1)).min(area.width),
            ..area
        };
        words_at(app, room, (x, 0), impact.name(), Meaning::Muted, buffer);
        for (row, likelihood) in Likelihood::ALL.into_iter().rev().enumerate() {
            let here =
                |one: &Threat| one.likelihood == Some(likelihood) && one.impact == Some(impact);
            let marked = threats.get(picture.selected).is_some_and(here);
            let room_for = usize::from(width.saturating_sub(1));
            let numbers = numbers(picture, threats, here, room_for);
            let (text, meaning) = match (numbers.is_empty(), marked) {
                (true, _) => ("·", Meaning::Muted),
                (false, true) => (numbers.as_str(), Meaning::Selected),
                (false, false) => (numbers.as_str(), Meaning::Text),
            };
            words_at(app, room, (x, 1 + row as u16), text, meaning, buffer);
        }
    }
    for (row, likelihood) in Likelihood::ALL.into_iter().rev().enumerate() {
        let at = (0, 1 + row as u16);
        words_at(app, area, at, likelihood.name(), Meaning::Muted, buffer);
    }
    let unrated = |one: &Threat| one.likelihood.is_none() || one.impact.is_none();
    let room = usize::from(area.width.saturating_sub(LABEL + 1));
    let numbers = numbers(picture, threats, unrated, room);
    words_at(app, area, (0, 6), "not rated", Meaning::Muted, buffer);
    let (text, meaning) = if numbers.is_empty() {
        ("none", Meaning::Done)
    } else {
        (numbers.as_str(), Meaning::Warning)
    };
    words_at(app, area, (LABEL, 6), text, meaning, buffer);
}

/// The numbers of some threats, the marked one in brackets; where they do not fit, how many more.
fn numbers(
    picture: &Ratings,
    threats: &[Threat],
    wanted: impl Fn(&Threat) -> bool,
    room: usize,
) -> String {
    let mut all: Vec<usize> = (0..threats.len())
        .filter(|at| wanted(&threats[*at]))
        .collect();
    // What is marked is never among those for which there is no room.
    all.sort_by_key(|at| *at != picture.selected);
    let mut text = String::new();
    for (done, at) in all.iter().enumerate() {
        let number = if *at == picture.selected {
            format!("[{}]", at + 1)
        } else {
            (at + 1).to_string()
        };
        let space = usize::from(!text.is_empty());
        let rest = all.len() - done - 1;
        let more = if rest > 0 {
            1 + format!("+{rest}").len()
        } else {
            0
        };
        if text.len() + space + number.len() + more > room && !text.is_empty() {
            let _ = write!(text, " +{}", rest + 1);
            break;
        }
        if space > 0 {
            text.push(' ');
        }
        text.push_str(&number);
    }
    text
}

/// The threats by name with their ratings.
fn names(
    app: &App,
    picture: &Ratings,
    threats: &[Threat],
    area: Rect,
    buffer: &mut Buffer,
) -> Option<Position> {
    let shown = usize::from(area.height);
    let top = picture.selected.saturating_sub(shown.saturating_sub(1));
    for (at, threat) in threats.iter().enumerate().skip(top).take(shown) {
        let line = Rect {
            y: area.y + (at - top) as u16,
            height: 1,
            ..area
        };
        let apart = if threat.votes.disagree() {
            " (the room is far apart)"
        } else {
            ""
        };
        let text = format!("{:>2} {}{apart}", at + 1, threat.title.shown());
        let risk = risk_of(threat).map_or_else(|| "not rated".to_owned(), risk_sign);
        let marked = at == picture.selected;
        entry(app, line, marked, (&text, &risk), buffer);
    }
    let y = area.y + (picture.selected - top) as u16;
    (shown > 0).then(|| Position::new(area.x, y))
}

/// What the numbers mean on the marked scale; where there is no room for all, the first and the last.
fn scale(picture: &Ratings, room: usize) -> String {
    let (question, names) = match picture.scale {
        Scale::Likelihood => ("How often?", Likelihood::ALL.map(Likelihood::name)),
        Scale::Impact => ("How bad?", Impact::ALL.map(Impact::name)),
    };
    let levels: Vec<String> = names
        .iter()
        .enumerate()
        .map(|(at, name)| format!("{} {name}", at + 1))
        .collect();
    let all = format!("{question} {}  0 not sure", levels.join("  "));
    if all.width() <= room {
        return all;
    }
    format!("{question} {} to {}  0 not sure", levels[0], levels[4])
}
