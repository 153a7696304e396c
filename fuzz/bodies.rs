//! What the fuzz targets do with bytes, and what must hold afterwards. Also driven by the bounded tests
//! in tests/reliability/foreign.rs, so that every `cargo test` tries each of them.

use std::sync::{Arc, LazyLock};

use astride::catalog::source::embedded_examples;
use astride::catalog::{Catalog, SourceFile, check_user};
use astride::report::{Form, Options};
use astride::session::types::Session;
use astride::store::{Integrity, decode, encode, salvage};
use astride::tui::app::{App, Effect, Event, Opened};
use astride::tui::draw::draw_on;
use astride::tui::theme::Theme;
use ratatui::buffer::Buffer;
use ratatui::crossterm::event::{KeyCode, KeyEvent, KeyModifiers};
use ratatui::layout::Rect;

static CATALOG: LazyLock<Arc<Catalog>> = LazyLock::new(|| Arc::new(Catalog::embedded()));

fn example() -> Session {
    let example = embedded_examples().first().expect("there are examples");
    decode(example.text().as_bytes())
        .expect("they open")
        .session
}

/// A session that is saved opens again as the same, and saving it again changes nothing.
fn survives_saving(session: &Session) {
    let text = encode(session, 7).expect("a session can be written");
    let again = decode(text.as_bytes()).unwrap_or_else(|error| panic!("{error}"));
    assert_eq!(again.integrity, Integrity::Intact);
    assert!(&again.session == session, "it comes back as another");
    let same = encode(&again.session, 7).expect("again") == text;
    assert!(same, "saved again it is another text");
}

/// Bytes as a session file: refused with a message that is safe to print, or a session that can be
/// saved. What can still be read in them is found without trouble.
pub fn session(bytes: &[u8]) {
    match decode(bytes) {
        Ok(loaded) => survives_saving(&loaded.session),
        Err(error) => {
            let words = error.to_string();
            assert!(!words.contains(char::is_control), "{words:?}");
            assert!(words.len() < 2_000, "{} bytes of message", words.len());
        }
    }
    for found in salvage(bytes) {
        assert!(found.line > 0);
    }
}

/// Bytes as a file of a user's catalog.
pub fn catalog(bytes: &[u8]) {
    let text = String::from_utf8_lossy(bytes).into_owned();
    let file = SourceFile::user("mutated.ron", text);
    for problem in check_user(&[file]) {
        let words = problem.to_string();
        assert!(!words.contains(char::is_control), "{words:?}");
    }
}

/// Bytes as a scanner's report, in whatever format they look like.
pub fn findings(bytes: &[u8]) {
    if let Ok(reading) = astride::findings::read(bytes, "report", &CATALOG) {
        let counted = reading.reports.iter().flat_map(|report| &report.runs);
        let entries: usize = counted.map(|run| run.failed().count()).sum();
        assert!(entries <= bytes.len());
    }
}

fn key(byte: u8) -> Event {
    let plain = |code| KeyEvent::new(code, KeyModifiers::NONE);
    let control = |letter| KeyEvent::new(KeyCode::Char(letter), KeyModifiers::CONTROL);
    Event::Key(match byte {
        0 => plain(KeyCode::Esc),
        1..=26 => control(char::from(b'a' + byte - 1)),
        27..=31 => plain(KeyCode::F(byte - 26)),
        32..=126 => plain(KeyCode::Char(char::from(byte))),
        127 => plain(KeyCode::Backspace),
        128..=159 => plain(KeyCode::Enter),
        160..=169 => plain(KeyCode::Tab),
        170..=179 => plain(KeyCode::BackTab),
        180..=189 => plain(KeyCode::Up),
        190..=199 => plain(KeyCode::Down),
        200..=209 => plain(KeyCode::Left),
        210..=219 => plain(KeyCode::Right),
        220..=224 => plain(KeyCode::Delete),
        225..=229 => return Event::Paste("a\u{1b}[2J\r\nb\u{202e}c\u{0}".to_owned()),
        230..=234 => return Event::Resize(u16::from(byte) - 200, u16::from(byte) - 225),
        235 => return Event::Resize(1, 1),
        236..=245 => return Event::Resize(120, 40),
        246..=250 => KeyEvent::new(KeyCode::Char('d'), KeyModifiers::ALT),
        _ => plain(KeyCode::Char('ß')),
    })
}

/// Bytes as keys, pastes and sizes: what the saver is told gives exactly the session on the screen, it
/// can be saved, and every frame can be drawn.
pub fn keys(bytes: &[u8]) {
    let now = "2026-11-21T14:00:00Z".parse().expect("a time");
    let zone = jiff::tz::TimeZone::UTC;
    let mut app = App::new((80, 24), Theme::Dark, zone, "/home/ana".to_owned());
    app.update(Event::Catalog(Arc::clone(&CATALOG)), now);
    let mut replica = example();
    let opened = Opened {
        name: "example".into(),
        session: replica.clone(),
        read_only: None,
        notice: None,
        id_seed: 1,
        is_new: false,
    };
    let mut apply = |effects: Vec<Effect>| {
        for effect in effects {
            if let Effect::Changes(deltas) = effect {
                for delta in deltas {
                    delta.apply(&mut replica);
                }
            }
        }
    };
    apply(app.update(Event::Opened(Box::new(opened)), now));
    for (number, byte) in bytes.iter().enumerate() {
        apply(app.update(key(*byte), now));
        if number % 16 == 0 || number + 1 == bytes.len() {
            let area = Rect::new(0, 0, app.size.0, app.size.1);
            draw_on(&app, area, &mut Buffer::empty(area));
        }
        if app.open.is_none() {
            break;
        }
    }
    if let Some(open) = &app.open {
        let same = open.editor.session() == &replica;
        assert!(same, "the saver has another session than the screen");
    }
    survives_saving(&replica);
}

/// A session with this text in every kind of its fields.
fn filled_with(text: &str) -> Session {
    let mut session = example();
    session.title = text.into();
    session.description = text.into();
    for one in &mut session.participants {
        one.name = text.into();
    }
    for one in &mut session.assumptions {
        one.text = text.into();
    }
    for threat in &mut session.threats {
        threat.title = text.into();
        threat.what_goes_wrong = text.into();
        threat.response_reason = text.into();
    }
    for one in &mut session.mitigations {
        one.what = text.into();
        one.owner = text.into();
    }
    for one in &mut session.hardenings {
        one.title = text.into();
        one.remediation = text.into();
    }
    session
}

/// The same session gives the same write-up twice, and nothing in it acts on a terminal or hides.
fn is_inert(session: &Session, form: &Form, names: bool) {
    let options = Options { names };
    let page = (form.write)(session, &CATALOG, &options);
    let acts = |c: &char| {
        c.is_control() && !matches!(c, '\n' | '\r' | '\t')
            || matches!(c, '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}' | '\u{200b}')
    };
    let found = page.chars().find(acts);
    assert_eq!(found, None, "in the form {}", form.id);
    let again = (form.write)(session, &CATALOG, &options);
    let differs = page
        .lines()
        .zip(again.lines())
        .find(|(one, two)| one != two);
    assert_eq!(differs, None, "{} comes out different", form.id);
    assert!(page == again, "{} comes out longer or shorter", form.id);
}

/// Bytes as every kind of text of a session, through the form of write-up that the first byte chooses.
pub fn export(bytes: &[u8]) {
    let Some((choice, bytes)) = bytes.split_first() else {
        return;
    };
    let session = filled_with(&String::from_utf8_lossy(bytes));
    survives_saving(&session);
    let (names, form) = (choice % 2 == 0, usize::from(choice / 2) % Form::ALL.len());
    is_inert(&session, &Form::ALL[form], names);
}

/// The same through every form.
pub fn export_all(bytes: &[u8]) {
    let session = filled_with(&String::from_utf8_lossy(bytes));
    survives_saving(&session);
    for form in Form::ALL {
        for names in [true, false] {
            is_inert(&session, form, names);
        }
    }
}
