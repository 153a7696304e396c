//! The program, driven by keys and looked at. Time, zone and ids are fixed.

use std::sync::{Arc, LazyLock};

use astride::catalog::Catalog;
use astride::session::place::{CellKey, DraftKey, TextField};
use astride::session::types::Session;
use astride::stride::Category;
use astride::tui::app::{App, Effect, Event, OpenSession, Opened};
use astride::tui::draw::draw_on;
use astride::tui::theme::Theme;
use jiff::tz::TimeZone;
use jiff::{SignedDuration, Timestamp};
use ratatui::buffer::Buffer;
use ratatui::crossterm::event::{KeyCode, KeyEvent, KeyModifiers};
use ratatui::layout::{Position, Rect};

pub static CATALOG: LazyLock<Arc<Catalog>> = LazyLock::new(|| Arc::new(Catalog::embedded()));

pub fn start_time() -> Timestamp {
    "2026-11-21T14:02:00Z".parse().expect("a time")
}

/// The program, driven by keys.
pub struct Program {
    pub app: App,
    pub effects: Vec<Effect>,
    clock: Timestamp,
}

impl Program {
    pub fn new(columns: u16, rows: u16) -> Self {
        Self::with_theme(columns, rows, Theme::Dark)
    }

    pub fn with_theme(columns: u16, rows: u16, theme: Theme) -> Self {
        let folder = "/home/ana/.local/share/astride".to_owned();
        let app = App::new((columns, rows), theme, TimeZone::UTC, folder);
        let mut program = Self {
            app,
            effects: Vec::new(),
            clock: start_time(),
        };
        program.event(Event::Catalog(Arc::clone(&CATALOG)));
        program.event(Event::Sessions(Vec::new()));
        program
    }

    /// A new session with the brief `course`, as the form makes it.
    pub fn with_session(columns: u16, rows: u16) -> Self {
        let mut program = Self::new(columns, rows);
        program.open(new_session(), true);
        program
    }

    pub fn open(&mut self, session: Session, is_new: bool) -> &mut Self {
        self.event(opened(session, is_new, None))
    }

    pub fn open_for_reading(&mut self, session: Session) -> &mut Self {
        let reason = "Reading only: it is open in another window (bo on desk).";
        self.event(opened(session, false, Some(reason.to_owned())))
    }

    pub fn event(&mut self, event: Event) -> &mut Self {
        let effects = self.app.update(event, self.clock);
        self.effects.extend(effects);
        self
    }

    pub fn wait(&mut self, milliseconds: i64) -> &mut Self {
        self.clock += SignedDuration::from_millis(milliseconds);
        self
    }

    pub fn press(&mut self, code: KeyCode, modifiers: KeyModifiers) -> &mut Self {
        self.event(Event::Key(KeyEvent::new(code, modifiers)))
    }

    pub fn key(&mut self, code: KeyCode) -> &mut Self {
        self.press(code, KeyModifiers::NONE)
    }

    pub fn control(&mut self, character: char) -> &mut Self {
        self.press(KeyCode::Char(character), KeyModifiers::CONTROL)
    }

    /// Presses the keys of a text, one after the other.
    pub fn keys(&mut self, text: &str) -> &mut Self {
        for character in text.chars() {
            self.key(KeyCode::Char(character));
        }
        self
    }

    pub fn down(&mut self, times: usize) -> &mut Self {
        for _ in 0..times {
            self.key(KeyCode::Down);
        }
        self
    }

    pub fn enter(&mut self) -> &mut Self {
        self.key(KeyCode::Enter)
    }

    pub fn esc(&mut self) -> &mut Self {
        self.key(KeyCode::Esc)
    }

    /// Finds something in the palette and does it.
    /// Moves to a line that begins something new, types there and makes it an answer.
    pub fn type_into_draft(&mut self, key: DraftKey, text: &str) -> &mut Self {
        self.app.type_into(TextField::Draft(key));
        self.keys(text).enter().esc()
    }

    pub fn palette(&mut self, words: &str) -> &mut Self {
        self.keys(":").keys(words).enter()
    }

    pub fn draw(&self) -> (Buffer, Option<Position>) {
        let (columns, rows) = self.app.size;
        let area = Rect::new(0, 0, columns, rows);
        let mut buffer = Buffer::empty(area);
        let cursor = draw_on(&self.app, area, &mut buffer);
        (buffer, cursor)
    }

    /// What is on the screen, line by line.
    pub fn screen(&self) -> String {
        let (buffer, _) = self.draw();
        let (columns, rows) = self.app.size;
        let mut screen = String::new();
        for y in 0..rows {
            let line: String = (0..columns).map(|x| buffer[(x, y)].symbol()).collect();
            screen.push_str(line.trim_end());
            screen.push('\n');
        }
        screen
    }

    /// What is on the screen, and where the terminal's own cursor stands.
    pub fn screen_and_cursor(&self) -> String {
        let (buffer, cursor) = self.draw();
        let cursor = cursor.map_or_else(
            || "cursor: hidden".to_owned(),
            |at| {
                let under: String = (at.x..self.app.size.0)
                    .map(|x| buffer[(x, at.y)].symbol())
                    .collect();
                let under: String = under.chars().take(20).collect();
                format!("cursor: {},{} at '{}'", at.x, at.y, under.trim_end())
            },
        );
        format!("{}{cursor}\n", self.screen())
    }

    /// The line with the keys, where there is one.
    pub fn key_bar(&self) -> String {
        self.screen().lines().last().unwrap_or_default().to_owned()
    }

    pub fn notice(&self) -> &str {
        self.app
            .notice
            .as_ref()
            .map_or("", |notice| notice.text.as_str())
    }

    pub fn opened(&self) -> &OpenSession {
        self.app.open.as_ref().expect("a session is open")
    }

    pub fn session(&self) -> &Session {
        self.opened().editor.session()
    }

    /// Whether a field is being typed into.
    pub fn is_typing(&self) -> bool {
        self.app
            .open
            .as_ref()
            .is_some_and(|open| open.active.is_some())
    }

    /// The text of the field that is being typed into.
    pub fn typed(&self) -> &str {
        let active = self.opened().active.as_ref().expect("a field is active");
        self.session().text(&active.field).unwrap_or_default().raw()
    }
}

fn opened(session: Session, is_new: bool, read_only: Option<String>) -> Event {
    Event::Opened(Box::new(Opened {
        name: "team-blue".into(),
        session,
        read_only,
        notice: None,
        id_seed: 1,
        is_new,
    }))
}

pub fn new_session() -> Session {
    let brief = CATALOG.brief("course").expect("the course brief is there");
    Session::new(
        "Team blue",
        brief.id.clone(),
        brief.components.clone(),
        start_time(),
    )
}

/// A finished example, as it ships.
pub fn example(file: &str) -> Session {
    let example = astride::catalog::source::embedded_examples()
        .iter()
        .find(|example| example.file == file)
        .expect("the example ships with the program");
    astride::store::decode(example.text().as_bytes())
        .expect("the example can be read")
        .session
}

pub fn cell(component: &str, category: Category) -> CellKey {
    CellKey {
        component: astride::catalog::types::Id::new(component).expect("an id"),
        category,
    }
}

/// The session that a saver has which got these effects, from the new session on.
pub fn opened_again(effects: &[Effect]) -> Session {
    let mut session = new_session();
    for effect in effects {
        if let Effect::Changes(deltas) = effect {
            for delta in deltas {
                delta.apply(&mut session);
            }
        }
    }
    session
}
