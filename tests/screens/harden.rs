//! The Harden step: a report comes in, findings are chosen, linked and compared.

use std::fs;
use std::path::Path;

use astride::findings::read;
use astride::session::types::{MitigationStatus, Session};
use astride::stride::Category;
use astride::tui::app::{Effect, Event, PathNames, ReportRead};
use astride::tui::overlays::Overlay;
use astride::tui::widgets::rows::Target;
use pretty_assertions::assert_eq;
use ratatui::crossterm::event::KeyCode;

use super::driver::{CATALOG, Program, cell};

pub const BEFORE: &str = "made-dbs-1.3.5-before.txt";
pub const AFTER: &str = "made-dbs-1.3.5-after.txt";

/// Types the path of a sample and lets the loop's answer come.
pub fn preview(program: &mut Program, name: &str) {
    program.keys("3i").keys(name).enter();
    let asked = Effect::ReadReport(name.to_owned());
    assert!(
        program.effects.contains(&asked),
        "the loop is asked to read"
    );
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures/scans");
    let bytes = fs::read(folder.join(name)).expect("the sample is there");
    let result = read(&bytes, name, &CATALOG).map_err(|error| error.to_string());
    program.event(Event::Report(Box::new(ReportRead {
        path: name.to_owned(),
        result,
    })));
}

/// Adds a sample to the session.
pub fn import(program: &mut Program, name: &str) {
    preview(program, name);
    program.enter();
}

fn begun() -> Program {
    Program::with_session(100, 60)
}

/// Searches the shown findings.
pub fn search(program: &mut Program, words: &str) {
    program.keys("/").control('z').keys(words).enter();
}

fn failed(session: &Session) -> usize {
    let findings = session.scans.iter().flat_map(|scan| &scan.findings);
    findings.filter(|one| one.printed_status == "WARN").count()
}

#[test]
fn what_will_be_added_is_said_before_and_the_counts_add_up() {
    let mut program = begun();
    preview(&mut program, BEFORE);
    let screen = program.screen();
    let numbers = |line: &str| -> Vec<usize> {
        line.split(|one: char| !one.is_ascii_digit())
            .filter_map(|word| word.parse().ok())
            .collect()
    };
    let line = |with: &str| {
        let line = screen.lines().find(|line| line.contains(with));
        line.unwrap_or_else(|| panic!("no {with}:\n{screen}"))
            .to_owned()
    };
    let checks = numbers(&line("checks = "));
    assert_eq!(checks[0], checks[1..].iter().sum::<usize>());
    let lines = numbers(&line(" not understood."));
    assert_eq!(lines[0], lines[1..].iter().sum::<usize>());
    assert!(screen.contains("Enter adds 1 run"), "{screen}");
    assert!(program.session().scans.is_empty(), "nothing before Enter");
    program.esc();
    assert!(program.session().scans.is_empty(), "nothing after Esc");
}

#[test]
fn a_report_is_one_step_of_undo_and_the_same_one_again_is_nothing_new() {
    let mut program = begun();
    import(&mut program, BEFORE);
    assert_eq!(program.session().scans.len(), 1);
    assert!(matches!(
        program.opened().selected(),
        Some(Target::Finding(..))
    ));
    preview(&mut program, BEFORE);
    assert!(
        program.screen().contains("nothing new"),
        "{}",
        program.screen()
    );
    program.enter();
    assert_eq!(program.session().scans.len(), 1);
    program.keys("u");
    assert!(program.session().scans.is_empty());
    program.control('r');
    assert_eq!(program.session().scans.len(), 1);
}

#[test]
fn tab_types_on_and_shows_what_there_is() {
    let mut program = begun();
    program.keys("3imade-d").key(KeyCode::Tab);
    let wanted = Effect::CompletePath {
        typed: "made-d".to_owned(),
        fill: true,
    };
    assert!(program.effects.contains(&wanted));
    let names = ["made-dbs-a.txt", "made-dbs-b.txt"].map(str::to_owned);
    program.event(Event::PathNames(PathNames {
        typed: "made-d".to_owned(),
        filled: "made-dbs-".to_owned(),
        names: names.to_vec(),
    }));
    let screen = program.screen();
    assert!(screen.contains("> made-dbs-"), "{screen}");
    assert!(screen.contains("made-dbs-b.txt"), "{screen}");
    // What comes for a text that was typed on meanwhile is too late.
    program.keys("x").event(Event::PathNames(PathNames {
        typed: "made-dbs-".to_owned(),
        filled: "other".to_owned(),
        names: Vec::new(),
    }));
    assert!(program.screen().contains("> made-dbs-x"));
}

#[test]
fn a_report_that_cannot_be_read_says_why_and_the_path_stays() {
    let mut program = begun();
    program.keys("3inone.log").enter();
    program.event(Event::Report(Box::new(ReportRead {
        path: "none.log".to_owned(),
        result: Err("none.log cannot be read: there is none.".to_owned()),
    })));
    assert!(program.notice().starts_with("none.log cannot be read"));
    assert!(matches!(program.app.overlay, Some(Overlay::Path(_))));
}

#[test]
fn filters_and_words_choose_what_is_shown() {
    let mut program = begun();
    import(&mut program, BEFORE);
    let all = program.session().scans[0].findings.len();
    let failing = failed(program.session());
    assert!(
        program
            .screen()
            .contains(&format!("failed: {failing} of {all}"))
    );
    program.keys("f").down(3).enter();
    assert!(
        program
            .screen()
            .contains(&format!("all checks: {all} of {all}"))
    );
    search(&mut program, "live restore");
    assert!(
        program.screen().contains("with 'live restore': 1 of"),
        "{}",
        program.screen()
    );
    search(&mut program, "");
    // Below the six kinds of verdicts stand the letters.
    program.keys("f").key(KeyCode::Home);
    program.esc();
    assert!(
        program
            .screen()
            .contains(&format!("all checks: {all} of {all}"))
    );
}

#[test]
fn the_screen_says_which_number_a_check_has_in_which_version() {
    let mut program = begun();
    import(&mut program, BEFORE);
    program.keys("f").down(3).enter();
    search(&mut program, "live restore");
    program.enter();
    let screen = program.screen();
    for words in [
        "2.13 in CIS Docker 1.2.0",
        "2.14 in",
        "2.15 in CIS Docker 1.3.1, 1.6.0, 1.7.0",
        "2.16 in CIS Docker 1.8.0",
        "\"live-restore\": true",
    ] {
        assert!(screen.contains(words), "{words} is missing:\n{screen}");
    }
}

#[test]
fn a_finding_is_chosen_with_the_snippet_and_linked_to_a_threat_that_shares_its_cell() {
    let mut program = begun();
    program
        .palette("docker host: denial")
        .keys("aOne container eats all memory")
        .enter()
        .esc();
    import(&mut program, BEFORE);
    search(&mut program, "memory usage");
    program.keys(" ");
    let chosen = program
        .session()
        .hardenings
        .last()
        .expect("it is chosen")
        .clone();
    assert_eq!(chosen.number, "5.10");
    assert!(
        chosen.remediation.contains("--memory"),
        "{}",
        chosen.remediation
    );
    let list = Target::Hardening(chosen.id.clone());
    program.app.open.as_mut().expect("open").list_mut().selected = Some(list);
    program.enter();
    assert!(
        program.screen().contains("same component and letter"),
        "{}",
        program.screen()
    );
    let threat = program.session().threats[0].id.clone();
    let link = Target::Link(chosen.id.clone(), threat.clone());
    program.app.open.as_mut().expect("open").list_mut().selected = Some(link);
    program.keys(" ");
    assert_eq!(program.session().hardenings[0].threats, [threat]);
    program.keys("y");
    let copied = program
        .effects
        .iter()
        .any(|effect| matches!(effect, Effect::Copy(text) if text.contains("--memory")));
    assert!(copied, "the snippet is copied");
}

#[test]
fn a_finding_becomes_a_threat_and_the_cell_is_asked_only_where_it_may_be_several() {
    let mut program = begun();
    import(&mut program, BEFORE);
    search(&mut program, "memory usage");
    program.keys("t");
    if matches!(program.app.overlay, Some(Overlay::Menu(_))) {
        program.enter();
    }
    let threat = &program.session().threats[0];
    assert_eq!(threat.category, Category::DenialOfService);
    assert_eq!(threat.controls.len(), 1);
    assert!(threat.title.starts_with("Not met:"), "{}", threat.title);
    assert!(
        program.opened().threat.is_some(),
        "it is open to be reworded"
    );
    program.esc();
    program.keys("u");
    assert!(program.session().threats.is_empty(), "one step of undo");
}

#[test]
fn a_card_shows_the_failed_checks_that_bear_on_it_and_leads_to_them() {
    let mut program = begun();
    import(&mut program, BEFORE);
    program.palette("docker host: denial");
    assert!(
        program.screen().contains("Evidence: failed checks"),
        "{}",
        program.screen()
    );
    let here = cell("docker-host", Category::DenialOfService);
    assert!(
        !program
            .opened()
            .coverage
            .state(&here.component, here.category)
            .is_answered()
    );
    program.keys("G").enter();
    assert!(
        program.screen().contains("3 HARDEN"),
        "{}",
        program.screen()
    );
}

#[test]
fn a_second_scan_says_what_was_fixed_and_offers_the_mitigations_as_verified() {
    let mut program = begun();
    import(&mut program, BEFORE);
    search(&mut program, "memory usage");
    program.keys(" t");
    if matches!(program.app.overlay, Some(Overlay::Menu(_))) {
        program.enter();
    }
    import(&mut program, AFTER);
    let screen = program.screen();
    assert!(
        screen.contains("Since made-dbs-1.3.5-before.txt:"),
        "{screen}"
    );
    assert!(screen.contains("fixed"), "{screen}");
    program.keys("f").down(5).enter();
    let screen = program.screen();
    assert!(screen.contains("Fixed ("), "{screen}");
}

#[test]
fn a_mitigation_whose_control_was_mended_is_verified_with_the_scan_as_evidence() {
    let mut program = begun();
    let before = read_sample(BEFORE);
    let after = read_sample(AFTER);
    let fixed =
        astride::findings::compare::compare(before.reports[0].side(), after.reports[0].side())
            .fixed;
    // A suggested threat with a mitigation that such a control checks.
    let (component, threat, at, category) = CATALOG
        .components
        .iter()
        .flat_map(|component| {
            component
                .threats
                .iter()
                .map(move |threat| (component, threat))
        })
        .find_map(|(component, threat)| {
            let at = threat.mitigations.iter().position(|one| {
                !one.controls.is_empty()
                    && one.controls.iter().all(|id| {
                        let subject = astride::findings::compare::Subject::Control(id.clone());
                        fixed.contains(&subject)
                    })
            })?;
            Some((component.id.clone(), threat.clone(), at, threat.category))
        })
        .expect("a mitigation is checked by a control that the samples mend");
    program
        .app
        .edit(astride::session::edit::Operation::TakeSuggestion {
            component,
            suggestion: Box::new(threat.clone()),
        });
    let recorded = program.session().threats[0].clone();
    assert_eq!(recorded.category, category);
    program
        .app
        .edit(astride::session::edit::Operation::AddMitigation {
            threat: recorded.id,
            what: threat.mitigations[at].what.to_string(),
            verify: String::new(),
            controls: threat.mitigations[at].controls.clone(),
        });
    let mitigation = program.session().mitigations[0].id.clone();
    program.keys("3 ");
    import(&mut program, BEFORE);
    // Done by its own word, and the scan says otherwise: Review lists it.
    program
        .app
        .edit(astride::session::edit::Operation::SetMitigationStatus(
            mitigation.clone(),
            MitigationStatus::Done,
        ));
    program.keys("4");
    assert!(
        program.screen().contains("What the scans contradict (1)"),
        "{}",
        program.screen()
    );
    import(&mut program, AFTER);
    program.keys("4");
    assert!(!program.screen().contains("What the scans contradict"));
    program.keys("3");
    assert!(
        program
            .screen()
            .contains("The scan shows that these hold (1)"),
        "{}",
        program.screen()
    );
    program.app.open.as_mut().expect("open").list_mut().selected = Some(Target::Offer(mitigation));
    program.keys(" ");
    let verified = &program.session().mitigations[0];
    assert_eq!(verified.status, MitigationStatus::Verified);
    assert!(
        verified
            .evidence
            .contains("it failed in made-dbs-1.3.5-before.txt"),
        "{}",
        verified.evidence
    );
}

fn read_sample(name: &str) -> astride::findings::Reading {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures/scans");
    let bytes = fs::read(folder.join(name)).expect("the sample is there");
    read(&bytes, name, &CATALOG).expect("the sample can be read")
}

#[test]
fn what_a_person_confirms_by_hand_is_said() {
    let mut program = begun();
    import(&mut program, BEFORE);
    search(&mut program, "memory usage");
    program.keys(" ");
    let id = program.session().hardenings[0].id.clone();
    program.app.open.as_mut().expect("open").list_mut().selected = Some(Target::Hardening(id));
    program.keys("b");
    assert!(program.session().hardenings[0].confirmed.is_some());
    assert!(
        program.notice().contains("says that it fails"),
        "{}",
        program.notice()
    );
    program.keys("4");
    assert!(
        program.screen().contains("was confirmed by hand, but"),
        "{}",
        program.screen()
    );
    program.keys("3b");
    assert!(program.session().hardenings[0].confirmed.is_none());
}
