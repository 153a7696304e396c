//! The facilitator's second terminal, looked at without one.

use std::sync::Arc;

use astride::session::place::Step;
use astride::session::types::{ParkedThought, Participant, Session, Stamp, TimeBox};
use astride::stride::Category;
use astride::tui::theme::Theme;
use astride::tui::watch::{Event, Watch, draw_on};
use jiff::SignedDuration;
use jiff::tz::TimeZone;
use ratatui::buffer::Buffer;
use ratatui::crossterm::event::{KeyCode, KeyEvent, KeyModifiers};
use ratatui::layout::Rect;

use super::driver::{CATALOG, cell, new_session, start_time};

/// A table in the middle of its work.
fn session() -> Session {
    let mut session = new_session();
    let id = |text: &str| serde_json::from_str(&format!("\"{text}\"")).expect("an id");
    session.participants = vec![Participant {
        id: serde_json::from_str("\"p-1\"").expect("an id"),
        name: "Ana".into(),
    }];
    session.room.turn = Some(session.participants[0].id.clone());
    session.room.time_box = Some(TimeBox {
        step: Step::Threats,
        minutes: 40,
        started: start_time() - SignedDuration::from_mins(29),
    });
    session.parked = vec![ParkedThought {
        id: id("k-1"),
        text: "Who pays for the second registry?".into(),
        cell: None,
        settled: false,
        created: Stamp {
            by: None,
            at: start_time(),
        },
    }];
    session.working.place.cell = Some(cell("docker-host", Category::Tampering));
    session
}

fn watch(columns: u16, rows: u16) -> Watch {
    Watch::new(
        (columns, rows),
        Theme::Dark,
        TimeZone::UTC,
        Arc::clone(&CATALOG),
        session(),
        start_time(),
    )
}

fn screen(watch: &Watch) -> String {
    let (columns, rows) = watch.size;
    let area = Rect::new(0, 0, columns, rows);
    let mut buffer = Buffer::empty(area);
    draw_on(watch, area, &mut buffer);
    let mut screen = String::new();
    for y in 0..rows {
        let line: String = (0..columns).map(|x| buffer[(x, y)].symbol()).collect();
        screen.push_str(line.trim_end());
        screen.push('\n');
    }
    screen
}

fn press(watch: &mut Watch, code: KeyCode) {
    let key = KeyEvent::new(code, KeyModifiers::NONE);
    watch.update(Event::Key(key), start_time());
}

#[test]
fn it_looks_like_this() {
    for (columns, rows) in [(80, 24), (60, 20), (120, 40)] {
        insta::with_settings!({
            snapshot_path => "../snapshots",
            prepend_module_to_snapshot => false,
            omit_expression => true,
        }, {
            let name = format!("watch-{columns}x{rows}");
            insta::assert_snapshot!(name, screen(&watch(columns, rows)));
        });
    }
}

#[test]
fn the_next_question_is_there_ahead_of_time() {
    let watch = watch(80, 60);
    let screen = screen(&watch);
    let next = CATALOG
        .prompts(
            &cell("docker-host", Category::Repudiation).component,
            Category::Repudiation,
        )
        .next()
        .expect("a question");
    let begin: String = next.question.chars().take(30).collect();
    for words in [
        "Turn: Ana",
        "Time for Threats: 11:00 left of 40 min",
        "Now: Docker host · Tampering",
        "Next: Docker host · Repudiation",
        begin.as_str(),
        "Parked (1)",
        "Who pays for the second registry?",
        "Coverage: 0 of 60",
    ] {
        assert!(screen.contains(words), "{words} is not on\n{screen}");
    }
}

#[test]
fn a_time_box_that_is_over_says_so() {
    let mut watch = watch(80, 24);
    watch.update(Event::Tick, start_time() + SignedDuration::from_mins(12));
    assert!(
        screen(&watch).contains("over by 1:00"),
        "{}",
        screen(&watch)
    );
}

#[test]
fn it_follows_and_keeps_what_it_has_where_the_file_cannot_be_read() {
    let mut watch = watch(80, 24);
    let mut moved = session();
    moved.working.place.cell = Some(cell("etcd", Category::Spoofing));
    watch.update(Event::Read(Box::new(moved)), start_time());
    assert!(screen(&watch).contains("Now: etcd · Spoofing"));
    watch.update(Event::Unreadable("It is gone.".to_owned()), start_time());
    let screen = screen(&watch);
    assert!(
        screen.contains("! It is gone.") && screen.contains("Now: etcd"),
        "{screen}"
    );
}

#[test]
fn its_keys_scroll_and_quit_at_every_size() {
    for (columns, rows) in [(80, 24), (60, 20), (40, 12), (20, 5), (8, 2)] {
        let mut watch = watch(columns, rows);
        let top = screen(&watch);
        for _ in 0..300 {
            press(&mut watch, KeyCode::Down);
        }
        if rows > 4 {
            assert_ne!(screen(&watch), top);
            assert!(screen(&watch).contains("▶ here") || columns < 70);
        }
        press(&mut watch, KeyCode::Char('g'));
        assert_eq!(screen(&watch), top);
        press(&mut watch, KeyCode::Char('q'));
        assert!(watch.quitting);
    }
}
