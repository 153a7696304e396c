//! Draws the overlays of the room: search, parked thoughts, cards, a show of hands.

use ratatui::buffer::Buffer;
use ratatui::layout::{Position, Rect};
use unicode_width::UnicodeWidthStr;

use crate::encode;
use crate::session::types::{Impact, Level, Likelihood};
use crate::tui::app::App;
use crate::tui::draw::floating;
use crate::tui::draw_home::paragraphs;
use crate::tui::draw_overlay::input_line;
use crate::tui::overlays::deck::{Deck, Face};
use crate::tui::overlays::parking::{self, Parking};
use crate::tui::overlays::search::Search;
use crate::tui::overlays::votes::ShowOfHands;
use crate::tui::text::{put, wrap};
use crate::tui::theme::Meaning;

/// One line from a column on, cut where it is too long.
pub fn words_at(
    app: &App,
    area: Rect,
    at: (u16, u16),
    text: &str,
    meaning: Meaning,
    buffer: &mut Buffer,
) {
    let (column, row) = at;
    if row < area.height && column < area.width {
        let room = usize::from(area.width - column);
        let text = encode::screen(text);
        let style = app.theme.style(meaning);
        let fitted = wrap::fitted(&text, room);
        put(buffer, area.x + column, area.y + row, fitted, room, style);
    }
}

/// A marked or unmarked line of a list with something short at its right end.
pub fn entry(app: &App, line: Rect, marked: bool, (text, tail): (&str, &str), buffer: &mut Buffer) {
    let tail = encode::screen(tail);
    let tail = wrap::fitted(&tail, usize::from(line.width / 3));
    let meaning = if marked {
        Meaning::Selected
    } else {
        Meaning::Text
    };
    if marked {
        words_at(app, line, (0, 0), "›", Meaning::Key, buffer);
    }
    let room = Rect {
        width: line.width.saturating_sub(tail.width() as u16 + 2),
        ..line
    };
    words_at(app, room, (2, 0), text, meaning, buffer);
    let column = line.width.saturating_sub(tail.width() as u16);
    words_at(app, line, (column, 0), &tail, Meaning::Muted, buffer);
}

/// The search: the line, what was found, and what is known about the marked one.
pub fn search(app: &App, search: &Search, area: Rect, buffer: &mut Buffer) -> Option<Position> {
    // The top line stays visible: it says whether everything is saved.
    let area = Rect {
        y: area.y + 1,
        height: area.height.saturating_sub(1),
        ..area
    };
    let inner = floating(app, area, (92, area.height), search.heading(), buffer);
    let line = Rect { height: 1, ..inner };
    let cursor = input_line(app, &search.line, search.placeholder(), line, buffer);
    let list = Rect {
        y: inner.y + 2,
        height: (inner.height.saturating_sub(3) / 2).min(search.results.len().max(1) as u16),
        ..inner
    };
    if search.results.is_empty() {
        words_at(app, list, (0, 0), search.nothing(), Meaning::Muted, buffer);
        return cursor;
    }
    let shown = usize::from(list.height);
    let top = search.selected.saturating_sub(shown.saturating_sub(1));
    for (at, found) in search.results.iter().enumerate().skip(top).take(shown) {
        let line = Rect {
            y: list.y + (at - top) as u16,
            height: 1,
            ..list
        };
        let words = (found.title.as_str(), found.place.as_str());
        entry(app, line, at == search.selected, words, buffer);
    }
    let count = format!("{} of {}", search.selected + 1, search.results.len());
    let column = inner.width.saturating_sub(count.width() as u16);
    let below = Rect {
        y: list.bottom(),
        height: inner.bottom().saturating_sub(list.bottom()),
        ..inner
    };
    let rule = "─".repeat(usize::from(column.saturating_sub(1)));
    words_at(app, below, (0, 0), &rule, Meaning::Muted, buffer);
    words_at(app, below, (column, 0), &count, Meaning::Muted, buffer);
    let about = Rect {
        y: below.y + 1,
        height: below.height.saturating_sub(1),
        ..below
    };
    let lines: Vec<(String, Meaning)> = search
        .about
        .iter()
        .skip(search.top)
        .map(|(text, meaning)| (encode::screen_lines(text).into_owned(), *meaning))
        .collect();
    paragraphs(app, &lines, about, buffer);
    cursor
}

/// The list of parked thoughts.
pub fn parked(app: &App, list: &Parking, area: Rect, buffer: &mut Buffer) -> Option<Position> {
    let thoughts = parking::thoughts(app);
    let height = (thoughts.len() as u16 + 4).clamp(8, area.height.max(8));
    let inner = floating(app, area, (84, height), "Parked thoughts", buffer);
    if thoughts.is_empty() {
        let words = [
            ("Nothing is parked.".to_owned(), Meaning::Question),
            (
                "A thought that does not belong to this question can wait here: p parks one \
                 from anywhere, Ctrl+T while typing."
                    .to_owned(),
                Meaning::Muted,
            ),
        ];
        paragraphs(app, &words, inner, buffer);
        return None;
    }
    let shown = usize::from(inner.height);
    let top = list.selected.saturating_sub(shown.saturating_sub(1));
    for (at, thought) in thoughts.iter().enumerate().skip(top).take(shown) {
        let line = Rect {
            y: inner.y + (at - top) as u16,
            height: 1,
            ..inner
        };
        let mark = if thought.settled { "✓" } else { "·" };
        let catalog = app.catalog.as_deref();
        let place = thought.cell.as_ref().and_then(|cell| {
            let component = catalog?.component(cell.component.as_str())?;
            Some(format!("{} · {}", component.short, cell.category.letter()))
        });
        let text = format!("{mark} {}", thought.text.shown());
        let words = (text.as_str(), place.as_deref().unwrap_or_default());
        entry(app, line, at == list.selected, words, buffer);
    }
    let y = inner.y + (list.selected - top) as u16;
    Some(Position::new(inner.x, y))
}

/// The card on the table.
pub fn deck(app: &App, deck: &Deck, area: Rect, buffer: &mut Buffer) -> Option<Position> {
    let inner = floating(app, area, (76, 16), "Cards", buffer);
    let mut words: Vec<(String, Meaning)> = Vec::new();
    let count = deck.cards.len();
    let from = deck.from.name();
    let Some((card, catalog)) = deck.card().zip(app.catalog.as_deref()) else {
        words.push(("No card is left.".to_owned(), Meaning::Question));
        let text =
            format!("Everything in {from} is answered, taken or left. Tab draws from elsewhere.");
        words.push((text, Meaning::Muted));
        paragraphs(app, &words, inner, buffer);
        return None;
    };
    let component = catalog
        .component(card.cell.component.as_str())
        .map_or(card.cell.component.as_str(), |one| one.name.as_str());
    let place = format!("{component} · {}", card.cell.category);
    words.push((place, Meaning::Heading));
    words.push((String::new(), Meaning::Text));
    match &card.face {
        Face::Question(id) => {
            let prompt = catalog
                .prompts(&card.cell.component, card.cell.category)
                .find(|one| one.id == *id);
            if let Some(prompt) = prompt {
                words.push((prompt.question.to_string(), Meaning::Question));
                words.push((format!("hint: {}", prompt.hint), Meaning::Muted));
            }
        }
        Face::Threat(id) => {
            if let Some((_, threat)) = catalog.threat(id.as_str()) {
                words.push((format!("What if: {}?", threat.title), Meaning::Question));
                words.push((threat.what_goes_wrong.to_string(), Meaning::Text));
            }
        }
    }
    words.push((String::new(), Meaning::Text));
    words.push((
        "Could that happen to us? Another idea? Press a: no card has it.".to_owned(),
        Meaning::Muted,
    ));
    let above = Rect {
        height: inner.height.saturating_sub(1),
        ..inner
    };
    paragraphs(app, &words, above, buffer);
    let tail = format!("card {} of {count}, drawn from {from}", deck.at + 1);
    let row = inner.height.saturating_sub(1);
    words_at(app, inner, (0, row), &tail, Meaning::Muted, buffer);
    None
}

/// How many hands went up for what.
pub fn show_of_hands(
    app: &App,
    hands: &ShowOfHands,
    area: Rect,
    buffer: &mut Buffer,
) -> Option<Position> {
    let votes = hands.votes(app);
    let inner = floating(app, area, (76, 14), "Show of hands", buffer);
    words_at(
        app,
        inner,
        (0, 0),
        "Ask for hands, level by level, and type how many. Nobody has to explain.",
        Meaning::Question,
        buffer,
    );
    let half = inner.width / 2;
    let mut cursor = None;
    let scales = [
        (
            "How often?",
            Likelihood::ALL.map(Likelihood::name),
            votes.likelihood,
        ),
        ("How bad?", Impact::ALL.map(Impact::name), votes.impact),
    ];
    for (scale, (title, names, counted)) in scales.into_iter().enumerate() {
        let column = half * scale as u16;
        words_at(app, inner, (column, 2), title, Meaning::Heading, buffer);
        for (level, (name, count)) in names.iter().zip(counted.0).enumerate() {
            let row = 3 + level as u16;
            let marked = match hands.marked {
                Level::Likelihood(marked) => scale == 0 && marked as usize == level,
                Level::Impact(marked) => scale == 1 && marked as usize == level,
            };
            let bar = "▇".repeat(usize::from(count.min(9)));
            let number = if count == 0 {
                "·".to_owned()
            } else {
                count.to_string()
            };
            let sign = if marked { "›" } else { " " };
            let text = format!("{sign} {name:<11} {number:>2} {bar}");
            let meaning = if marked {
                Meaning::Selected
            } else {
                Meaning::Text
            };
            let room = Rect {
                width: inner.width.min(column + half),
                ..inner
            };
            words_at(app, room, (column, row), &text, meaning, buffer);
            if marked && row < inner.height {
                cursor = Some(Position::new(inner.x + column, inner.y + row));
            }
        }
    }
    let words = if votes.disagree() {
        "The room is far apart: o notes why. Enter settles on the marked level."
    } else {
        "Enter settles on the marked level; the hands stay, never averaged."
    };
    words_at(app, inner, (0, 9), words, Meaning::Muted, buffer);
    if !votes.note.is_empty() {
        let note = format!("Noted: {}", votes.note.shown());
        words_at(app, inner, (0, 10), &note, Meaning::Text, buffer);
    }
    cursor
}
