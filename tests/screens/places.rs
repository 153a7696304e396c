//! Every screen and overlay, with the keys that lead there.

use std::sync::Arc;
use std::time::Duration;

use astride::catalog::types::Id;
use astride::report::layout::OwnTemplate;
use astride::review::gaps::GapKind;
use astride::session::place::DraftKey;
use astride::store::{DiskFault, SaveError, SaveStep};
use astride::tui::app::{Event, PathNames, SessionLine, Summary};
use astride::tui::overlays::Overlay;
use astride::tui::overlays::deck::Face;
use astride::tui::overlays::trouble::{Damage, SaveTrouble};
use astride::tui::widgets::rows::Target;
use jiff::SignedDuration;
use ratatui::crossterm::event::KeyCode;

use super::disputes::session_with_a_dispute;
use super::driver::{Program, example, new_session, start_time};
use super::earlier;
use super::harden::{AFTER, BEFORE, import, preview, search};

/// A screen or an overlay.
pub struct Place {
    pub name: &'static str,
    /// Goes there in a program that has just started.
    pub go: fn(&mut Program),
}

impl Place {
    pub fn at(&self, columns: u16, rows: u16) -> Program {
        // A window that is too small takes no keys but those that save and quit.
        let mut program = Program::new(columns.max(20), rows.max(5));
        (self.go)(&mut program);
        program.event(Event::Resize(columns, rows));
        program
    }
}

pub fn place(name: &str) -> &'static Place {
    ALL.iter()
        .find(|place| place.name == name)
        .expect("a place of the list")
}

/// Every place. New screens and overlays belong here, and all tests cover them.
pub const ALL: &[Place] = &[
    Place {
        name: "home-empty",
        go: |_| {},
    },
    Place {
        name: "home",
        go: |program| home(program),
    },
    Place {
        name: "home-damaged",
        go: |program| {
            home(program);
            program.down(2);
        },
    },
    Place {
        name: "trash",
        go: trash,
    },
    Place {
        name: "trash-empty",
        go: |program| {
            home(program);
            program.keys("t").event(Event::Trash(Vec::new()));
        },
    },
    Place {
        name: "rename",
        go: |program| {
            home(program);
            program.keys("r");
        },
    },
    Place {
        name: "new-session",
        go: |program| {
            program.keys("n");
        },
    },
    Place {
        name: "scope",
        go: |program| {
            begin(program);
            program.keys("1");
        },
    },
    Place {
        name: "scope-diagram",
        go: |program| {
            begin(program);
            program.keys("1G").key(KeyCode::PageUp);
        },
    },
    Place {
        name: "environment",
        go: |program| {
            begin(program);
            program.keys("1").down(1).enter();
            program.keys("A shop in two containers, run by five people.");
            program.enter().keys("Nobody outside may see orders.");
        },
    },
    Place {
        name: "map",
        go: |program| {
            begin(program);
            program.esc();
        },
    },
    Place {
        name: "card",
        go: begin,
    },
    Place {
        name: "card-worked",
        go: |program| {
            worked(program);
        },
    },
    Place {
        name: "card-rated",
        go: |program| {
            harden(program);
            program.palette("docker host: elevation").keys("gr4");
            program.down(1).keys("5").esc();
        },
    },
    Place {
        name: "card-nothing-applies",
        go: |program| {
            begin(program);
            program.palette("etcd: repudiation").keys("-");
            program.keys("Only the API server talks to it, and that one keeps an audit log.");
            program.esc();
        },
    },
    Place {
        name: "card-details",
        go: |program| {
            worked(program);
            program.keys("g").down(1).enter();
        },
    },
    Place {
        name: "card-typing",
        go: |program| {
            worked(program);
            program.keys("aA forgotten test container still has the so");
        },
    },
    Place {
        name: "threat",
        go: |program| {
            worked(program);
            program.keys("g").enter();
        },
    },
    Place {
        name: "threat-rating",
        go: |program| {
            worked(program);
            program.keys("gr4").down(1).keys("5");
        },
    },
    Place {
        name: "threat-mitigations",
        go: |program| {
            worked(program);
            program.keys("gm ");
            program
                .keys("mOne rootless daemon for each build")
                .enter()
                .esc();
            program.key(KeyCode::Up).enter().down(2).enter().keys("Ana");
            program.esc();
        },
    },
    Place {
        name: "search",
        go: |program| {
            worked(program);
            program.keys("/socket");
        },
    },
    Place {
        name: "search-nothing",
        go: |program| {
            begin(program);
            program.keys("/zzz");
        },
    },
    Place {
        name: "words",
        go: |program| {
            begin(program);
            program.palette("docker host: elevation").keys("K");
        },
    },
    Place {
        name: "history",
        go: earlier::history,
    },
    Place {
        name: "history-session",
        go: |program| {
            earlier::history(program);
            program.key(KeyCode::Tab).down(1);
        },
    },
    Place {
        name: "history-removed",
        go: |program| {
            earlier::history(program);
            program.key(KeyCode::Tab).key(KeyCode::Tab);
        },
    },
    Place {
        name: "history-version",
        go: |program| {
            earlier::history(program);
            program.key(KeyCode::Tab).enter();
        },
    },
    Place {
        name: "history-empty",
        go: |program| {
            earlier::at_a_text(program);
            program.keys("H");
            earlier::answer(program, &[]);
        },
    },
    Place {
        name: "ratings",
        go: |program| {
            program.open(example("course.ron"), false);
            program.app.notice = None;
            program.keys("R");
        },
    },
    Place {
        name: "ratings-empty",
        go: |program| {
            begin(program);
            program.keys("R");
        },
    },
    Place {
        name: "finding-words",
        go: |program| {
            begin(program);
            import(program, BEFORE);
            program.keys("/mem");
        },
    },
    Place {
        name: "park",
        go: |program| {
            begin(program);
            program.keys("pWho may restore a bac");
        },
    },
    Place {
        name: "parked",
        go: |program| {
            begin(program);
            program.keys("pWho may restore a backup?").enter();
            program
                .keys("pAsk the platform team")
                .enter()
                .keys("P")
                .down(1)
                .keys(" ");
            program.key(KeyCode::Up);
        },
    },
    Place {
        name: "parked-nothing",
        go: |program| {
            begin(program);
            program.keys("P");
        },
    },
    Place {
        name: "cards",
        go: |program| {
            begin(program);
            program.keys("d");
            // The order is that of the seed; a threat shows more than a question.
            let is_question = |program: &Program| match &program.app.overlay {
                Some(Overlay::Deck(deck)) => {
                    matches!(deck.card().map(|card| &card.face), Some(Face::Question(_)))
                }
                _ => false,
            };
            while is_question(program) {
                program.keys("d");
            }
        },
    },
    Place {
        name: "sentence",
        go: |program| {
            begin(program);
            program.keys("sA job of a stranger").enter();
            program.keys("read the registry's password").enter();
        },
    },
    Place {
        name: "hands",
        go: |program| {
            worked(program);
            program.keys("g").enter().keys("v013").key(KeyCode::Right);
        },
    },
    Place {
        name: "threat-hands",
        go: |program| {
            worked(program);
            program.keys("g").enter().keys("v2013").key(KeyCode::Right);
            program.keys("5oTwo of us run such a host.").esc();
        },
    },
    Place {
        name: "wall",
        go: |program| {
            worked(program);
            program.keys("gW");
        },
    },
    Place {
        name: "turn-and-time",
        go: |program| {
            begin(program);
            program.keys("1");
            program
                .type_into_draft(DraftKey::Participant, "Ada")
                .type_into_draft(DraftKey::Participant, "Bo");
            program
                .keys("2TB")
                .enter()
                .down(1)
                .wait(18 * 60_000)
                .event(Event::Minute);
        },
    },
    Place {
        name: "harden-empty",
        go: |program| {
            begin(program);
            program.keys("3");
        },
    },
    Place {
        name: "harden",
        go: |program| harden(program),
    },
    Place {
        name: "harden-finding",
        go: |program| {
            harden(program);
            program.keys("a2.17").enter();
            program.keys("Ensure containers are restricted from acquiring new privileges");
            program
                .enter()
                .keys("A setuid program in an image can gain root.");
            program.esc();
        },
    },
    Place {
        name: "report-path",
        go: |program| {
            begin(program);
            program.keys("3imade").key(KeyCode::Tab);
            program.event(Event::PathNames(PathNames {
                typed: "made".to_owned(),
                filled: "made-dbs-".to_owned(),
                names: vec![
                    "made-dbs-after.txt".to_owned(),
                    "made-dbs-before.txt".to_owned(),
                ],
            }));
        },
    },
    Place {
        name: "report-preview",
        go: |program| {
            begin(program);
            preview(program, BEFORE);
        },
    },
    Place {
        name: "scan",
        go: |program| {
            begin(program);
            import(program, BEFORE);
        },
    },
    Place {
        name: "scan-finding",
        go: |program| {
            begin(program);
            import(program, BEFORE);
            search(program, "memory usage");
            program.enter();
        },
    },
    Place {
        name: "scan-which",
        go: |program| {
            begin(program);
            import(program, BEFORE);
            program.keys("f");
        },
    },
    Place {
        name: "scan-changed",
        go: |program| {
            begin(program);
            import(program, BEFORE);
            import(program, AFTER);
            program.keys("f").down(5).enter();
        },
    },
    Place {
        name: "card-evidence",
        go: |program| {
            begin(program);
            import(program, BEFORE);
            program.palette("docker host: denial").keys("G");
        },
    },
    Place {
        name: "review-contradicted",
        go: |program| {
            begin(program);
            program.palette("docker host: denial").keys("-");
            program
                .keys("One container cannot starve another here.")
                .esc();
            import(program, BEFORE);
            program.keys("4");
        },
    },
    Place {
        name: "review",
        go: |program| {
            begin(program);
            program.keys("4");
        },
    },
    Place {
        name: "review-course",
        go: |program| course(program, "4"),
    },
    Place {
        name: "review-gaps",
        go: |program| {
            doubtful(program);
            program.keys("4");
            to_gaps(program, GapKind::InDoubt);
        },
    },
    Place {
        name: "review-accepted",
        go: |program| {
            harden(program);
            program.keys("4");
            to_quality(program);
            program.keys("x").keys("The audit in March decides.").esc();
        },
    },
    Place {
        name: "card-leaving",
        go: |program| {
            begin(program);
            program.palette("docker host: elevation").keys("x");
        },
    },
    Place {
        name: "card-open-questions",
        go: doubtful,
    },
    Place {
        name: "compare",
        go: |program| {
            worked(program);
            program.keys("c");
        },
    },
    Place {
        name: "compare-too-early",
        go: |program| {
            begin(program);
            program.keys("c");
        },
    },
    Place {
        name: "review-disputes",
        go: |program| {
            program.open(session_with_a_dispute(), false);
            program.keys("4");
        },
    },
    Place {
        name: "report",
        go: |program| course(program, "5"),
    },
    Place {
        name: "report-raw",
        go: |program| course(program, "5v"),
    },
    Place {
        name: "report-both",
        go: |program| course(program, "5vv"),
    },
    Place {
        name: "report-found",
        go: |program| {
            course(program, "5/socket");
            program.enter().keys("n");
        },
    },
    Place {
        name: "report-not-found",
        go: |program| {
            course(program, "5/blockchain");
            program.enter();
        },
    },
    Place {
        name: "report-diagram",
        go: |program| {
            course(program, "5/data flows of docker");
            program.enter();
        },
    },
    Place {
        name: "report-table",
        go: |program| {
            course(program, "5f");
            program.down(6).enter().keys(" ");
        },
    },
    Place {
        name: "report-end",
        go: |program| course(program, "5G"),
    },
    Place {
        name: "report-forms",
        go: |program| {
            course(program, "5");
            program.event(Event::Templates(templates())).keys("f");
        },
    },
    Place {
        name: "report-own",
        go: |program| {
            course(program, "5");
            program.event(Event::Templates(templates())).keys("fGk");
            program.enter();
        },
    },
    Place {
        name: "report-broken-template",
        go: |program| {
            course(program, "5");
            program
                .event(Event::Templates(templates()))
                .keys("fG")
                .enter();
        },
    },
    Place {
        name: "report-left-out",
        go: |program| {
            course(program, "5f");
            program.down(8).enter();
        },
    },
    Place {
        name: "report-written",
        go: |program| {
            course(program, "5w");
            program.enter().event(Event::Written {
                path: "container-platform.md".to_owned(),
                full: "/home/ana/shop/container-platform.md".to_owned(),
            });
        },
    },
    Place {
        name: "help",
        go: |program| {
            begin(program);
            program.keys("?");
        },
    },
    Place {
        name: "palette",
        go: |program| {
            begin(program);
            program.keys(":");
        },
    },
    Place {
        name: "palette-search",
        go: |program| {
            begin(program);
            program.keys(":host tamp");
        },
    },
    Place {
        name: "question",
        go: |program| {
            course(program, "5");
            program.event(Event::ExportExists {
                path: "course-brief-done-well.md".to_owned(),
            });
        },
    },
    Place {
        name: "export-path",
        go: |program| {
            course(program, "5w");
        },
    },
    Place {
        name: "export-path-names",
        go: |program| {
            course(program, "5w");
            program.control('z').keys("docs/re").key(KeyCode::Tab);
            program.event(Event::PathNames(PathNames {
                typed: "docs/re".to_owned(),
                filled: "docs/re".to_owned(),
                names: vec!["readme.md".to_owned(), "reports/".to_owned()],
            }));
        },
    },
    Place {
        name: "not-saved",
        go: |program| {
            worked(program);
            program.event(Event::Saved(start_time()));
            program.event(Event::SaveFailed(disk_full()));
        },
    },
    Place {
        name: "not-saved-what-now",
        go: |program| {
            worked(program);
            program
                .event(Event::Saved(start_time()))
                .event(Event::SaveFailed(disk_full()))
                .control('s');
        },
    },
    Place {
        name: "damaged",
        go: |program| {
            home(program);
            program.event(Event::Damaged(Box::new(damage())));
        },
    },
    Place {
        name: "damaged-texts",
        go: |program| {
            home(program);
            program.event(Event::Damaged(Box::new(damage()))).keys("t");
        },
    },
    Place {
        name: "reading-only",
        go: |program| {
            program.open_for_reading(new_session());
        },
    },
];

/// Three templates of somebody's own: one in the place of a form, one more form, one with a mistake.
pub fn templates() -> Vec<Arc<OwnTemplate>> {
    let template = |name: &str, source: &str| {
        Arc::new(OwnTemplate {
            name: name.to_owned(),
            path: format!("/home/ana/.config/astride/templates/{name}.md.j2"),
            source: Ok(source.to_owned()),
        })
    };
    vec![
        template(
            "board",
            "# {{ title }} for the board\n\n{% for threat in top_risks %}\n- *{{ threat.risk }}*: {{ threat.title }}\n{% endfor %}\n",
        ),
        template(
            "client",
            "# {{ title }}\n\n## Threats\n\n{% for threat in threats %}\n- {{ threat.titel }}\n{% endfor %}\n",
        ),
        template("summary", "# {{ title }}\n\nOurs.\n"),
    ]
}

/// A full disk, at the third attempt.
pub fn disk_full() -> SaveTrouble {
    let fault = DiskFault {
        kind: std::io::ErrorKind::StorageFull,
        code: None,
    };
    let step = SaveStep::Write;
    SaveTrouble::of(&SaveError::Disk { step, fault }, Duration::from_secs(5))
}

/// A damaged session with an earlier version, and texts that can still be read.
pub fn damage() -> Damage {
    Damage {
        name: "shop".to_owned(),
        what: "The session file cannot be understood at line 41, column 7: a comma or a closing \
               bracket is expected here."
            .to_owned(),
        meaning: "The file was left as it is.".to_owned(),
        good: Some(("12".to_owned(), start_time() - SignedDuration::from_mins(4))),
        texts: vec![
            ("line 3, title".to_owned(), "The shop".to_owned()),
            (
                "line 40, what goes wrong".to_owned(),
                "Orders are\npaid twice.".to_owned(),
            ),
        ],
        is_newer: false,
    }
}

/// The list with three sessions, one of them damaged.
fn home(program: &mut Program) {
    program.event(Event::Sessions(lines()));
}

fn trash(program: &mut Program) {
    home(program);
    let trashed = |name: &str, hours: i64| SessionLine {
        name: name.to_owned(),
        modified: Some(start_time() - SignedDuration::from_hours(hours)),
        summary: None,
    };
    let lines = vec![trashed("first-try", 2), trashed("rehearsal", 50)];
    program.keys("t").event(Event::Trash(lines));
}

fn lines() -> Vec<SessionLine> {
    let line = |name: &str, minutes: i64, summary| SessionLine {
        name: name.to_owned(),
        modified: Some(start_time() - SignedDuration::from_mins(minutes)),
        summary: Some(summary),
    };
    let whole = |title: &str, answered, threats, place: &str, preview: &str| Summary::Whole {
        title: title.to_owned(),
        brief: Id::new("course").expect("an id"),
        answered,
        threats,
        place: place.to_owned(),
        preview: preview.to_owned(),
    };
    vec![
        line(
            "team-blue",
            5,
            whole(
                "Team blue",
                (12, 60),
                14,
                "at step 2 Threats, docker-host · Elevation of privilege",
                "Build agents share the host's Docker socket",
            ),
        ),
        line(
            "shop",
            60 * 30,
            Summary::Damaged(
                "Line 41, column 7: a comma or closing bracket is missing.".to_owned(),
            ),
        ),
        line(
            "payment-platform",
            60 * 24 * 9,
            whole(
                "Payment platform of the northern region, second round",
                (60, 60),
                1,
                "at step 4 Review",
                "",
            ),
        ),
    ]
}

/// A new session with its first card.
fn begin(program: &mut Program) {
    program.open(new_session(), true);
}

/// A card with a taken suggestion, a left one and a threat of the team's own.
fn worked(program: &mut Program) {
    begin(program);
    program
        .palette("docker host: elevation")
        .keys(" ")
        .down(1)
        .keys("x1");
    program
        .keys("We run nothing privileged; the pipeline refuses it.")
        .esc();
    program
        .keys("aBuild agents share the host's Docker socket")
        .enter()
        .esc();
}

/// A card whose question stays open, and a suggestion that the room disagrees about.
fn doubtful(program: &mut Program) {
    begin(program);
    program.palette("docker host: elevation").keys("x5");
    program
        .keys("Ana says we need it, Bo says we do not.")
        .esc()
        .keys("w");
    program
        .keys("Who may change the unit file? Ask the platform team.")
        .esc();
}

/// Puts the cursor of the review on a kind of gap and opens it.
fn to_gaps(program: &mut Program, kind: GapKind) {
    let is_there = |program: &Program| program.opened().selected() == Some(&Target::Gaps(kind));
    program.keys("g");
    while !is_there(program) {
        program.down(1);
    }
    program.enter();
}

/// Puts the cursor of the review on the first line that stands out.
fn to_quality(program: &mut Program) {
    let first = program
        .opened()
        .check
        .as_ref()
        .map_or(0, |check| check.requirements.len());
    let is_there = |program: &Program| matches!(program.opened().selected(), Some(Target::Jump(_, line)) if *line == first);
    program.keys("g");
    while !is_there(program) {
        program.down(1);
    }
}

/// Mitigations in all three states.
fn harden(program: &mut Program) {
    worked(program);
    program.keys("gm ");
    program
        .keys("mGive each build its own rootless daemon")
        .enter()
        .esc();
    program
        .keys("mScan images before they are deployed")
        .enter()
        .esc();
    program.keys("3").down(1).keys(" ").down(1).keys("  g");
}

/// The example of the course, at a step.
fn course(program: &mut Program, keys: &str) {
    program.open(example("course.ron"), false).esc().keys(keys);
}
