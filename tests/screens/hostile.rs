//! Text of strangers: nothing in a session, a file name or a message moves the cursor, turns what
//! stands beside it, or hides in it.

use astride::catalog::types::Id;
use astride::session::place::{Draft, DraftKey, Step};
use astride::session::types::{
    Assumption, Cell, Finding, FindingStatus, Hardening, LeaveKind, LeftSuggestion, NothingApplies,
    ReviewNote, Scan, Session,
};
use astride::stride::Category;
use astride::tui::app::{Event, SessionLine, Summary};
use astride::tui::overlays::trouble::{Damage, SaveTrouble};
use ratatui::crossterm::event::KeyCode;

use super::driver::{CATALOG, Program, cell, example, start_time};

/// Clears the screen, writes the clipboard, sets the title, turns text around, hides letters.
const EVIL: &str = "a\u{1b}[2Jb\u{1b}]52;c;ZXZpbA==\u{7}c\u{9b}31md\u{202e}e\u{2066}f\u{200b}g\
                    \u{e0041}\u{e007f}h\u{ad}i\rj\u{8}k\u{feff}l\u{2028}m\u{7f}n\u{90}o\u{200f}p";

fn is_harmful(character: char) -> bool {
    character.is_control()
        || matches!(character,
            '\u{ad}' | '\u{61c}' | '\u{200b}' | '\u{200e}' | '\u{200f}' | '\u{2028}' | '\u{2029}'
            | '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{2069}' | '\u{feff}'
            | '\u{e0000}'..='\u{e007f}')
}

/// The course example with the evil text in every field.
fn evil_session() -> Session {
    let evil = || EVIL.to_owned();
    let mut session = example("course.ron");
    session.title = evil();
    session.description = format!("{EVIL}\n{EVIL}");
    for participant in &mut session.participants {
        participant.name = evil();
    }
    for attacker in &mut session.attackers {
        attacker.note = evil();
    }
    assert!(!session.assumptions.is_empty());
    for assumption in &mut session.assumptions {
        *assumption = Assumption {
            text: evil(),
            ..assumption.clone()
        };
    }
    for threat in &mut session.threats {
        for text in [
            &mut threat.title,
            &mut threat.what_goes_wrong,
            &mut threat.preconditions,
            &mut threat.consequences,
            &mut threat.response_reason,
            &mut threat.accepted_until,
        ] {
            *text = evil();
        }
    }
    for mitigation in &mut session.mitigations {
        for text in [
            &mut mitigation.what,
            &mut mitigation.owner,
            &mut mitigation.due,
            &mut mitigation.verify,
            &mut mitigation.evidence,
        ] {
            *text = evil();
        }
    }
    for note in &mut session.review_notes {
        *note = ReviewNote {
            text: evil(),
            ..note.clone()
        };
    }
    evil_cell(&mut session);
    session
}

/// A cell, a finding and drafts with the evil text.
fn evil_cell(session: &mut Session) {
    let evil = || EVIL.to_owned();
    let stamp = session.threats[0].created.clone();
    let empty = cell("etcd", Category::Repudiation);
    session.cells.retain(|one| one.component != empty.component);
    let mut answered = Cell::new(empty.component.clone(), empty.category);
    answered.note = evil();
    answered.nothing_applies = Some(NothingApplies {
        reason: evil(),
        created: stamp.clone(),
    });
    answered.left = CATALOG
        .suggestions(&empty.component, empty.category)
        .map(|suggestion| LeftSuggestion {
            kind: LeaveKind::default(),
            suggestion: suggestion.id.clone(),
            reason: evil(),
            created: stamp.clone(),
        })
        .collect();
    assert!(!answered.left.is_empty());
    session.cells.push(answered);
    session.hardenings = vec![Hardening {
        confirmed: None,
        id: serde_json::from_str("\"h-1\"").expect("an id"),
        number: evil(),
        title: evil(),
        benchmark: evil(),
        control: None,
        issue: evil(),
        why_here: evil(),
        remediation: evil(),
        result: evil(),
        threats: Vec::new(),
        created: stamp.clone(),
        changed: stamp,
    }];
    let finding = |status| Finding {
        number: evil(),
        title: evil(),
        printed_status: evil(),
        status,
        control: Id::new("ct-memory-limit").ok(),
        details: vec![evil(), evil()],
        remediation: evil(),
    };
    let scan = |id: &str, status| Scan {
        id: serde_json::from_str(id).expect("an id"),
        file: evil(),
        tool: "docker-bench-security".to_owned(),
        tool_version: evil(),
        benchmark: evil(),
        findings: vec![finding(status), finding(status)],
        created: session.threats[0].created.clone(),
    };
    session.scans = vec![
        scan("\"s-1\"", FindingStatus::Passed),
        scan("\"s-2\"", FindingStatus::Failed),
    ];
    session.working.drafts = vec![
        Draft {
            key: DraftKey::Threat(empty),
            text: evil(),
        },
        Draft {
            key: DraftKey::Assumption,
            text: evil(),
        },
        Draft {
            key: DraftKey::Participant,
            text: evil(),
        },
        Draft {
            key: DraftKey::ReviewNote,
            text: evil(),
        },
        Draft {
            key: DraftKey::Mitigation(session.threats[0].id.clone()),
            text: evil(),
        },
    ];
}

fn check(program: &Program) {
    let (buffer, _) = program.draw();
    for cell in &buffer.content {
        assert!(
            !cell.symbol().chars().any(is_harmful),
            "{:?} reached the screen:\n{}",
            cell.symbol(),
            program.screen()
        );
    }
}

#[test]
fn hostile_text_of_a_session_never_reaches_the_terminal() {
    for (columns, rows) in [(120, 40), (40, 12)] {
        let mut program = Program::new(columns, rows);
        program.open(evil_session(), false);
        check(&program);
        program.palette("etcd: repudiation");
        check(&program);
        // Down the card, opening what can be opened; then every step, row by row.
        for step in ["2", "1", "3", "4"] {
            program.keys(step).keys("g");
            for _ in 0..25 {
                program.enter();
                check(&program);
                program.esc();
                program.keys(step).key(KeyCode::Down);
                check(&program);
            }
        }
        program.keys("5");
        for _ in 0..40 {
            check(&program);
            program.keys(" ");
        }
        program.keys("w");
        check(&program);
        // The same as it will be written, beside it, and where words are found.
        program.esc().keys("vg");
        for _ in 0..40 {
            check(&program);
            program.keys(" ");
        }
        program.keys("v/ESC").enter();
        for _ in 0..10 {
            check(&program);
            program.keys("n");
        }
        program.keys("Y");
        check(&program);
    }
}

#[test]
fn an_open_threat_of_a_stranger_is_harmless() {
    for (columns, rows) in [(120, 40), (60, 20)] {
        let mut program = Program::new(columns, rows);
        program.open(evil_session(), false);
        let id = program.session().threats[0].id.clone();
        program.app.visit_threat(id, Step::Review);
        program.key(KeyCode::Home);
        assert!(program.opened().threat.is_some());
        for _ in 0..30 {
            program.enter();
            check(&program);
            program.key(KeyCode::Tab);
            check(&program);
            if program.is_typing() {
                program.esc();
            }
            program.key(KeyCode::Down);
        }
    }
}

#[test]
fn hostile_names_and_messages_are_harmless() {
    let evil = || EVIL.to_owned();
    let line = |summary| SessionLine {
        name: evil(),
        modified: Some(start_time()),
        summary,
    };
    let whole = Summary::Whole {
        title: evil(),
        brief: CATALOG.briefs[0].id.clone(),
        answered: (1, 2),
        threats: 3,
        place: evil(),
        preview: format!("{EVIL}\n{EVIL}"),
    };
    let lines = vec![
        line(Some(whole)),
        line(Some(Summary::Damaged(evil()))),
        line(None),
    ];
    for (columns, rows) in [(120, 40), (80, 24), (30, 8)] {
        let mut program = Program::new(columns, rows);
        program.event(Event::Sessions(lines.clone()));
        check(&program);
        for _ in 0..3 {
            program.key(KeyCode::Down);
            check(&program);
        }
        program.keys("gr");
        check(&program);
        program.esc().event(Event::Trash(lines.clone()));
        check(&program);
        program.open(evil_session(), false).keys("5");
        for event in [
            Event::Told(evil()),
            Event::Failed(evil()),
            Event::ExportExists { path: evil() },
            Event::SaveFailed(SaveTrouble {
                reason: evil(),
                what: evil(),
                meaning: evil(),
                advice: evil(),
                retry_in: 1,
            }),
        ] {
            program.event(event);
            check(&program);
        }
        program.control('s');
        check(&program);
        program.keys("t");
        check(&program);
        program.event(Event::Damaged(Box::new(Damage {
            name: evil(),
            what: evil(),
            meaning: evil(),
            good: Some((evil(), start_time())),
            texts: vec![(evil(), format!("{EVIL}\n{EVIL}"))],
            is_newer: false,
        })));
        check(&program);
        program.keys("t");
        check(&program);
        program.esc().esc();
        check(&program);
        program.esc();
        check(&program);
    }
}

#[test]
fn pasted_control_characters_do_not_even_get_into_the_session() {
    let mut program = Program::with_session(80, 24);
    program.keys("a").event(Event::Paste(EVIL.to_owned()));
    assert!(!program.typed().chars().any(char::is_control));
    check(&program);
}
