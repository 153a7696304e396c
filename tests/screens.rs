//! Keys pressed, screen seen: the whole program without a terminal, at the sizes that people have.

#![allow(clippy::unwrap_used)] // a panic in a test is a result

use std::sync::{Arc, LazyLock};

use astride::catalog::Catalog;
use astride::catalog::types::Id;
use astride::session::types::Session;
use astride::tui::app::{App, Effect, Event, Opened, SessionLine, Summary};
use astride::tui::draw::draw_on;
use astride::tui::theme::Theme;
use jiff::Timestamp;
use jiff::tz::TimeZone;
use ratatui::buffer::Buffer;
use ratatui::crossterm::event::{KeyCode, KeyEvent, KeyModifiers};
use ratatui::layout::Rect;

static CATALOG: LazyLock<Arc<Catalog>> = LazyLock::new(|| Arc::new(Catalog::embedded()));

fn start_time() -> Timestamp {
    "2026-11-21T14:02:00Z".parse().unwrap()
}

/// The program, driven by keys.
struct Program {
    app: App,
    effects: Vec<Effect>,
    clock: Timestamp,
}

impl Program {
    fn new(columns: u16, rows: u16) -> Self {
        Self::with_theme(columns, rows, Theme::Dark)
    }

    fn with_theme(columns: u16, rows: u16, theme: Theme) -> Self {
        let folder = "/home/ana/.local/share/astride".to_owned();
        let app = App::new((columns, rows), theme, TimeZone::UTC, folder);
        let mut program = Self {
            app,
            effects: Vec::new(),
            clock: start_time(),
        };
        program.event(Event::Catalog(Arc::clone(&CATALOG)));
        program
    }

    /// A new session with the brief `course`, as the form makes it.
    fn with_session(columns: u16, rows: u16) -> Self {
        let mut program = Self::new(columns, rows);
        program.event(Event::Sessions(Vec::new()));
        program.open(new_session(), true);
        program
    }

    fn open(&mut self, session: Session, is_new: bool) {
        self.event(Event::Opened(Box::new(Opened {
            name: "team-blue".to_owned(),
            session,
            read_only: None,
            notice: None,
            id_seed: 1,
            is_new,
        })));
    }

    fn event(&mut self, event: Event) {
        let effects = self.app.update(event, self.clock);
        self.effects.extend(effects);
    }

    fn key(&mut self, code: KeyCode) -> &mut Self {
        self.event(Event::Key(KeyEvent::new(code, KeyModifiers::NONE)));
        self
    }

    fn control(&mut self, character: char) -> &mut Self {
        self.event(Event::Key(KeyEvent::new(
            KeyCode::Char(character),
            KeyModifiers::CONTROL,
        )));
        self
    }

    /// Presses the keys of a text, one after the other.
    fn keys(&mut self, text: &str) -> &mut Self {
        for character in text.chars() {
            self.key(KeyCode::Char(character));
        }
        self
    }

    fn enter(&mut self) -> &mut Self {
        self.key(KeyCode::Enter)
    }

    fn esc(&mut self) -> &mut Self {
        self.key(KeyCode::Esc)
    }

    fn screen(&self) -> String {
        let (columns, rows) = self.app.size;
        let area = Rect::new(0, 0, columns, rows);
        let mut buffer = Buffer::empty(area);
        draw_on(&self.app, area, &mut buffer);
        (0..rows)
            .map(|y| {
                let line: String = (0..columns)
                    .map(|x| buffer[(x, y)].symbol())
                    .collect::<String>();
                format!("{}\n", line.trim_end())
            })
            .collect()
    }

    fn session(&self) -> &Session {
        self.app
            .open
            .as_ref()
            .expect("a session is open")
            .editor
            .session()
    }
}

fn new_session() -> Session {
    let brief = CATALOG.brief("course").expect("the course brief is there");
    Session::new(
        "Team blue",
        brief.id.clone(),
        brief.components.clone(),
        start_time(),
    )
}

fn lines() -> Vec<SessionLine> {
    let line = |name: &str, minutes: i64, summary| SessionLine {
        name: name.to_owned(),
        modified: Some(start_time() - jiff::SignedDuration::from_mins(minutes)),
        summary: Some(summary),
    };
    vec![
        line(
            "team-blue",
            5,
            Summary::Whole {
                title: "Team blue".to_owned(),
                brief: Id::new("course").unwrap(),
                answered: (12, 60),
                threats: 14,
                place: "Threats: Docker host, spoofing".to_owned(),
                preview: "Build agents share the host's Docker socket".to_owned(),
            },
        ),
        line(
            "shop",
            60 * 30,
            Summary::Damaged("A bracket is missing in line 41.".to_owned()),
        ),
    ]
}

const SIZES: [(u16, u16); 4] = [(80, 24), (120, 40), (60, 20), (40, 12)];

#[test]
fn dump() {
    for (columns, rows) in SIZES {
        let mut program = Program::new(columns, rows);
        program.event(Event::Sessions(Vec::new()));
        println!("{}", program.screen());
        program.event(Event::Sessions(lines()));
        println!("{}", program.screen());
        program.keys("n");
        println!("{}", program.screen());
        let mut program = Program::with_session(columns, rows);
        println!("{}", program.screen());
        program.keys(" ");
        program.enter();
        println!("{}", program.screen());
        program.esc().keys("1");
        println!("{}", program.screen());
        program.keys("3");
        println!("{}", program.screen());
        program.keys("4");
        println!("{}", program.screen());
        program.keys("5");
        println!("{}", program.screen());
        program.keys("2?");
        println!("{}", program.screen());
        program.esc().keys(":und");
        println!("{}", program.screen());
        program.esc().keys("ahello this is");
        println!("{}", program.screen());
    }
}
