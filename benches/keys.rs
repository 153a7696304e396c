//! From a key to the bytes of its frame, without the terminal: `App::update`, drawing, comparing
//! with the frame before, and writing what changed into memory.

use std::sync::Arc;

use astride::catalog::Catalog;
use astride::session::types::Session;
use astride::tui::app::{App, Event, Opened};
use astride::tui::draw::draw;
use astride::tui::theme::Theme;
use divan::Bencher;
use jiff::Timestamp;
use jiff::tz::TimeZone;
use ratatui::backend::CrosstermBackend;
use ratatui::crossterm::event::{KeyCode, KeyEvent, KeyModifiers};
use ratatui::layout::Rect;
use ratatui::{Terminal, TerminalOptions, Viewport};

#[allow(dead_code)]
mod support;

use support::SIZES;

fn main() {
    divan::main();
}

/// The program without its threads, drawing into memory.
struct Program {
    app: App,
    screen: Terminal<CrosstermBackend<std::io::Sink>>,
    now: Timestamp,
}

impl Program {
    fn with(catalog: Catalog, session: Session) -> Self {
        let size = (120, 40);
        let viewport = Viewport::Fixed(Rect::new(0, 0, size.0, size.1));
        let screen = Terminal::with_options(
            CrosstermBackend::new(std::io::sink()),
            TerminalOptions { viewport },
        )
        .expect("a fixed area asks no terminal");
        let mut program = Self {
            app: App::new(size, Theme::Dark, TimeZone::UTC, String::new()),
            screen,
            now: Timestamp::UNIX_EPOCH,
        };
        program.happens(Event::Catalog(Arc::new(catalog)));
        program.happens(Event::Opened(Box::new(Opened {
            name: "measured".into(),
            session,
            read_only: None,
            notice: None,
            id_seed: 1,
            is_new: false,
        })));
        program
    }

    fn of(threats: usize) -> Self {
        let catalog = Catalog::embedded();
        let session = support::session(&catalog, threats);
        Self::with(catalog, session)
    }

    fn happens(&mut self, event: Event) {
        self.app.update(event, self.now);
        self.screen
            .draw(|frame| draw(&self.app, frame))
            .expect("memory takes everything");
    }

    fn press(&mut self, code: KeyCode) {
        self.happens(Event::Key(KeyEvent::new(code, KeyModifiers::NONE)));
    }

    fn control(&mut self, letter: char) {
        let key = KeyEvent::new(KeyCode::Char(letter), KeyModifiers::CONTROL);
        self.happens(Event::Key(key));
    }
}

/// The cursor goes from cell to cell of the map: map, card and context change.
#[divan::bench(args = SIZES)]
fn move_on_the_map(bencher: Bencher<'_, '_>, threats: usize) {
    let mut program = Program::of(threats);
    program.press(KeyCode::Esc);
    let mut down = false;
    bencher.bench_local(|| {
        down = !down;
        program.press(if down { KeyCode::Down } else { KeyCode::Up });
    });
}

/// The next cell of the walk, and back.
#[divan::bench(args = SIZES)]
fn next_cell(bencher: Bencher<'_, '_>, threats: usize) {
    let mut program = Program::of(threats);
    let mut next = false;
    bencher.bench_local(|| {
        next = !next;
        program.control(if next { 'n' } else { 'p' });
    });
}

/// The cursor goes from row to row of a step's list.
#[divan::bench(args = ["1", "2", "3", "4", "5"], consts = SIZES)]
fn move_in_the_list_of_step<const THREATS: usize>(bencher: Bencher<'_, '_>, step: &str) {
    let mut program = Program::of(THREATS);
    program.press(KeyCode::Char(step.chars().next().unwrap_or('1')));
    let mut down = false;
    bencher.bench_local(|| {
        down = !down;
        program.press(if down { KeyCode::Down } else { KeyCode::Up });
    });
}

/// From one step to another and back.
#[divan::bench(args = ["1", "3", "4", "5"], consts = SIZES)]
fn change_to_step<const THREATS: usize>(bencher: Bencher<'_, '_>, step: &str) {
    let mut program = Program::of(THREATS);
    let step = KeyCode::Char(step.chars().next().unwrap_or('1'));
    let mut there = false;
    bencher.bench_local(|| {
        there = !there;
        program.press(if there { step } else { KeyCode::Char('2') });
    });
}

/// A character at the end of an answer of 20 KB, and taken away again.
#[divan::bench(args = SIZES)]
fn type_into_a_long_answer(bencher: Bencher<'_, '_>, threats: usize) {
    let catalog = Catalog::embedded();
    let session = support::session_with_long_answer(&catalog, threats, 20_000);
    let mut program = Program::with(catalog, session);
    let mut typed = false;
    bencher.bench_local(|| {
        typed = !typed;
        program.press(if typed {
            KeyCode::Char('x')
        } else {
            KeyCode::Backspace
        });
    });
}

/// A suggestion of the catalog taken, and taken back by undo.
#[divan::bench(args = SIZES)]
fn take_a_suggestion_and_undo(bencher: Bencher<'_, '_>, threats: usize) {
    let mut program = Program::of(threats);
    let mut taken = false;
    bencher.bench_local(|| {
        taken = !taken;
        program.press(KeyCode::Char(if taken { ' ' } else { 'u' }));
    });
}
