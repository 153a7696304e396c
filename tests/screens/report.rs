//! The Report step: the write-up as its reader will see it and as it is written, found words, forms and
//! templates, and where it goes.

use std::sync::Arc;

use astride::report::layout::OwnTemplate;
use astride::tui::app::{Effect, Event, PathNames};
use astride::tui::overlays::Overlay;
use pretty_assertions::assert_eq;
use ratatui::crossterm::event::KeyCode;
use ratatui::style::Modifier;

use super::driver::{Program, example};
use super::places::{place, templates};

fn report(columns: u16, rows: u16) -> Program {
    place("report").at(columns, rows)
}

fn copied(program: &Program) -> &str {
    let copies = program
        .effects
        .iter()
        .rev()
        .find_map(|effect| match effect {
            Effect::Copy(text) => Some(text.as_str()),
            _ => None,
        });
    copies.expect("something was copied")
}

#[test]
fn the_write_up_is_shown_as_its_reader_will_see_it_and_one_key_shows_what_is_written() {
    let mut program = report(80, 24);
    let rendered = program.screen();
    assert!(rendered.contains("━━━━━━━━━━"), "{rendered}");
    assert!(
        rendered.contains("• Brief: Container security course"),
        "{rendered}"
    );
    assert!(!rendered.contains("# Container"), "{rendered}");
    assert!(rendered.contains("services `shop-web`,"), "{rendered}");
    program.keys("v");
    let raw = program.screen();
    assert!(raw.contains("# Container platform"), "{raw}");
    assert!(raw.contains("services \\`shop-web\\`,"), "{raw}");
    assert!(raw.contains("Course hand-in · raw"), "{raw}");
    program.keys("v");
    assert!(
        program.notice().contains("100 columns"),
        "{}",
        program.notice()
    );
    program.app.notice = None;
    assert_eq!(program.screen(), rendered);
}

#[test]
fn a_wide_window_shows_both_side_by_side_and_a_narrow_one_the_rendered_text_until_it_is_wide_again()
{
    let mut program = report(120, 40);
    program.keys("vv");
    let both = program.screen();
    assert!(both.contains("side by side"), "{both}");
    assert!(
        both.contains("• Brief:") && both.contains("- Brief:"),
        "{both}"
    );
    program.event(Event::Resize(90, 40));
    let narrow = program.screen();
    assert!(
        narrow.contains("• Brief:") && !narrow.contains("- Brief:"),
        "{narrow}"
    );
    program.event(Event::Resize(120, 40));
    assert_eq!(program.screen(), both);
}

#[test]
fn both_texts_stay_at_the_same_words_wherever_one_goes() {
    let mut program = report(120, 40);
    program.keys("vv");
    for heading in [
        "Attackers",
        "Data flows of Kubernetes",
        "Docker-bench findings",
    ] {
        program.keys("/").control('z').keys(heading).enter();
        let screen = program.screen();
        let written = screen.lines().any(|line| {
            let right: String = line.chars().skip(58).collect();
            right.contains(&format!("# {heading}"))
        });
        assert!(written, "{heading} is not on the right:\n{screen}");
    }
}

#[test]
fn switching_keeps_the_place() {
    let mut program = report(80, 24);
    program.keys("/docker-bench findings").enter();
    program.esc().keys("v");
    assert!(
        program.screen().contains("## Docker-bench findings"),
        "{}",
        program.screen()
    );
}

#[test]
fn slash_finds_words_n_and_capital_n_go_on_and_esc_ends_it() {
    let mut program = report(80, 24);
    program.keys("/SOCKET").enter();
    let first = program.notice().to_owned();
    assert!(first.starts_with("'SOCKET': 1 of "), "{first}");
    let (buffer, cursor) = program.draw();
    let at = cursor.expect("the cursor is at the words");
    let found: String = (at.x..at.x + 6)
        .map(|x| buffer[(x, at.y)].symbol())
        .collect();
    assert_eq!(found.to_lowercase(), "socket");
    assert!(buffer[(at.x, at.y)].modifier.contains(Modifier::REVERSED));
    program.keys("n");
    assert!(
        program.notice().starts_with("'SOCKET': 2 of "),
        "{}",
        program.notice()
    );
    program.keys("NN");
    assert!(
        program.notice().contains("round the end"),
        "{}",
        program.notice()
    );
    program.esc();
    assert_eq!(
        program.opened().step.number(),
        5,
        "Esc ended the search and no more"
    );
    assert_eq!(program.draw().1, None);
    program.esc();
    assert_eq!(program.opened().step.number(), 2);
}

#[test]
fn words_that_are_not_there_are_said_to_be_not_there() {
    let mut program = report(80, 24);
    program.keys("/blockchain").enter();
    assert_eq!(
        program.notice(),
        "Not found: there is no 'blockchain' in the write-up. / asks for other words."
    );
    program.keys("n");
    assert!(
        program.notice().starts_with("Not found"),
        "{}",
        program.notice()
    );
    program.esc().keys("n");
    assert!(
        program.notice().starts_with("Nothing is looked for"),
        "{}",
        program.notice()
    );
}

#[test]
fn a_search_goes_on_in_the_other_view_and_after_an_edit() {
    let mut program = report(120, 40);
    program.keys("/participants").enter().keys("v");
    assert!(
        program.screen().contains("· raw · 1 of 1"),
        "{}",
        program.screen()
    );
    program.keys("a");
    assert!(
        program.screen().contains("not found"),
        "{}",
        program.screen()
    );
}

#[test]
fn the_whole_write_up_is_copied_and_how_much_that_is_is_said() {
    let mut program = report(80, 24);
    program.keys("y");
    let text = copied(&program).to_owned();
    assert_eq!(text, program.opened().report.text());
    let lines = text.lines().count();
    assert!(
        program.notice().contains(&format!("{lines} lines, ")),
        "{}",
        program.notice()
    );
    assert!(program.notice().contains(" KB"), "{}", program.notice());
}

#[test]
fn the_command_that_does_the_same_is_at_the_end_and_one_key_copies_it() {
    let mut program = report(120, 40);
    program.keys("aG");
    let command = "astride export team-blue --form course --no-names -o \
                   container-platform-of-a-ticket-shop.md";
    let screen = program.screen();
    assert!(
        screen.contains("What next?") && screen.contains(command),
        "{screen}"
    );
    program.keys("Y");
    assert_eq!(copied(&program), command);
}

#[test]
fn after_writing_the_path_is_said_proposed_again_and_in_the_command() {
    let mut program = report(120, 40);
    program
        .keys("w")
        .control('z')
        .keys("~/my reports/shop.md")
        .enter();
    let written = program.effects.iter().any(|effect| {
        matches!(effect, Effect::Export { path, overwrite: false, .. } if path == "~/my reports/shop.md")
    });
    assert!(written && program.app.overlay.is_none());
    program.event(Event::Written {
        path: "~/my reports/shop.md".to_owned(),
        full: "/home/ana/my reports/shop.md".to_owned(),
    });
    assert!(
        program
            .notice()
            .starts_with("Written to /home/ana/my reports/shop.md.")
    );
    program.keys("Y");
    assert!(
        copied(&program).ends_with("-o ~/'my reports/shop.md' --force"),
        "{}",
        copied(&program)
    );
    program.keys("w");
    assert!(
        program.screen().contains("> ~/my reports/shop.md"),
        "{}",
        program.screen()
    );
}

#[test]
fn the_path_is_completed_and_a_folder_gets_the_proposed_name() {
    let mut program = report(80, 24);
    program.keys("w").control('z').keys("do").key(KeyCode::Tab);
    let asked = Effect::CompletePath {
        typed: "do".to_owned(),
        fill: true,
    };
    assert!(program.effects.contains(&asked));
    program.event(Event::PathNames(PathNames {
        typed: "do".to_owned(),
        filled: "docs/".to_owned(),
        names: vec!["docs/".to_owned()],
    }));
    program.enter();
    assert!(
        program
            .screen()
            .contains("> docs/container-platform-of-a-ticket-shop.md"),
        "{}",
        program.screen()
    );
    assert!(
        !program
            .effects
            .iter()
            .any(|effect| matches!(effect, Effect::Export { .. }))
    );
    program.enter();
    assert!(program.effects.iter().any(|effect| {
        matches!(effect, Effect::Export { path, .. } if path == "docs/container-platform-of-a-ticket-shop.md")
    }));
}

#[test]
fn templates_are_asked_for_on_entering_the_step_and_anew_when_it_is_asked_for_again() {
    let asked = |program: &Program| {
        let effects = program.effects.iter();
        effects
            .filter(|one| matches!(one, Effect::ReadTemplates))
            .count()
    };
    let mut program = report(80, 24);
    assert_eq!(asked(&program), 1);
    program.keys(" kg");
    assert_eq!(asked(&program), 1);
    program.keys("5");
    assert_eq!(asked(&program), 2);
}

#[test]
fn a_template_of_ones_own_is_chosen_like_a_form_and_says_whose_it_is() {
    let program = place("report-own").at(80, 24);
    let screen = program.screen();
    assert!(
        screen.contains("Your own template: /home/ana/.config/astride"),
        "{screen}"
    );
    assert!(screen.contains("for the board"), "{screen}");
    assert_eq!(
        program.opened().report.text().lines().next(),
        Some("# Container platform of a ticket shop for the board")
    );
}

#[test]
fn a_template_in_the_place_of_a_form_is_marked_as_yours() {
    let mut program = report(80, 24);
    program.event(Event::Templates(templates())).keys("f");
    let screen = program.screen();
    let line = screen
        .lines()
        .find(|line| line.contains(" summary "))
        .expect("the form");
    assert!(line.contains("yours"), "{screen}");
}

#[test]
fn a_broken_template_shows_its_mistake_with_its_line_and_writes_nothing() {
    let mut program = place("report-broken-template").at(80, 24);
    let screen = program.screen();
    assert!(
        screen.contains("client.md.j2:6: there is no such name"),
        "{screen}"
    );
    assert!(screen.contains("›    6  - {{ threat.titel }}"), "{screen}");
    let before = program.effects.len();
    for key in ["w", "y"] {
        program.keys(key);
        assert!(
            program.notice().contains("Nothing can be written"),
            "{}",
            program.notice()
        );
        assert!(program.app.overlay.is_none());
    }
    assert_eq!(program.effects.len(), before);
    // Mended, it is read anew.
    let mended: Vec<Arc<OwnTemplate>> = vec![Arc::new(OwnTemplate {
        name: "client".to_owned(),
        path: "client.md.j2".to_owned(),
        source: Ok("# Mended\n".to_owned()),
    })];
    program.keys("5").event(Event::Templates(mended));
    assert_eq!(program.opened().report.text(), "# Mended\n");
    // Gone, the form of the course is shown instead.
    program.event(Event::Templates(Vec::new()));
    assert_eq!(program.opened().report.layout.id(), "course");
}

#[test]
fn a_template_that_cannot_be_read_says_so() {
    let mut program = report(80, 24);
    let why = "/t/odd.md.j2 is not UTF-8 text (byte 3).";
    program.event(Event::Templates(vec![Arc::new(OwnTemplate {
        name: "odd".to_owned(),
        path: "/t/odd.md.j2".to_owned(),
        source: Err(why.to_owned()),
    })]));
    program.keys("fG");
    assert!(
        program.screen().contains("yours, cannot be read"),
        "{}",
        program.screen()
    );
    program.enter();
    assert!(program.screen().contains(why), "{}", program.screen());
}

#[test]
fn what_is_no_markdown_is_shown_as_it_is_and_says_so() {
    let mut program = report(80, 24);
    program.keys("f").down(7).enter();
    assert_eq!(program.opened().report.layout.id(), "html");
    let screen = program.screen();
    assert!(
        screen.contains("A page for a browser") && screen.contains("<!"),
        "{screen}"
    );
    program.keys("v");
    assert_eq!(
        program.notice(),
        "This form is no Markdown: it is shown as it will be written."
    );
}

#[test]
fn leaving_and_coming_back_keeps_the_place_in_the_text() {
    let mut program = report(80, 24);
    program.keys("   ");
    let before = program.screen();
    program.keys("45");
    program.app.notice = None;
    assert_eq!(program.screen(), before);
}

#[test]
fn a_question_over_the_report_does_not_take_its_keys() {
    let mut program = report(80, 24);
    program.keys("w");
    assert!(matches!(program.app.overlay, Some(Overlay::Path(_))));
    program.keys("vn/");
    let Some(Overlay::Path(prompt)) = &program.app.overlay else {
        panic!("the path is asked for");
    };
    assert!(prompt.line.text.ends_with("vn/"));
}

#[test]
fn a_session_without_a_word_has_a_write_up_to_look_at() {
    let mut program = Program::with_session(80, 24);
    program.keys("5");
    assert!(
        program.screen().contains("Team blue"),
        "{}",
        program.screen()
    );
    let mut session = example("course.ron");
    session.title = String::new();
    program.open(session, false).keys("5");
    assert!(
        program.screen().contains("Untitled"),
        "{}",
        program.screen()
    );
}
