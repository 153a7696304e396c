use pretty_assertions::assert_eq;
use proptest::prelude::*;
use ratatui::buffer::Buffer;
use ratatui::layout::Rect;

use super::*;
use crate::catalog::types::Id;
use crate::tui::theme::{Meaning, Theme};

/// What is on the screen of a page, without blanks at the ends of lines.
fn screen(page: &Page, top: Spot, columns: u16, rows: u16) -> Vec<String> {
    let area = Rect::new(0, 0, columns, rows);
    let mut buffer = Buffer::empty(area);
    draw(page, top, None, (area, Theme::None), &mut buffer);
    (0..rows)
        .map(|y| {
            let line: String = (0..columns).map(|x| buffer[(x, y)].symbol()).collect();
            line.trim_end().to_owned()
        })
        .collect()
}

fn shown(text: &str, columns: u16) -> String {
    let page = markdown(text, &[]);
    screen(&page, Spot::default(), columns, 40)
        .join("\n")
        .trim_end()
        .to_owned()
}

#[test]
fn headings_stand_out_by_a_rule() {
    assert_eq!(
        shown("# Team\n\n## Scope\n\n### Hosts\n\nTwo of them.\n", 20),
        "Team\n\
         ━━━━━━━━━━━━━━━━━━━━\n\
         \n\
         Scope\n\
         ────────────────────\n\
         \n\
         Hosts\n\
         \n\
         Two of them."
    );
}

#[test]
fn lists_have_signs_and_numbers_and_later_lines_are_set_in() {
    assert_eq!(
        shown(
            "- one that is long\n- two\n  - inside\n    - deeper\n\n1. first\n2. second\n",
            14
        ),
        "• one that is\n  long\n• two\n  – inside\n    · deeper\n\n1. first\n2. second"
    );
}

#[test]
fn items_with_paragraphs_are_set_apart_and_tight_ones_are_not() {
    assert_eq!(
        shown("- a\n\n  more of a\n\n- b\n\nafter\n", 20),
        "• a\n\n  more of a\n\n• b\n\nafter"
    );
    assert_eq!(
        shown("before\n\n- a\n- b\n\nafter\n", 20),
        "before\n\n• a\n• b\n\nafter"
    );
}

#[test]
fn quotes_keep_their_bar_on_every_line() {
    assert_eq!(
        shown("> one two three\n>\n> - four\n", 12),
        "│ one two\n│ three\n│\n│ • four"
    );
}

#[test]
fn escapes_entities_and_marks_of_markdown_are_not_seen() {
    assert_eq!(
        shown(
            "**bold**, *soft*, `code` \\*as typed\\*, &amp; [a link](https://example.org)\n",
            60
        ),
        "bold, soft, code *as typed*, & a link"
    );
}

#[test]
fn code_stands_in_a_frame_that_names_its_language() {
    let shown = shown("```sh\ndocker info\n```\n", 30);
    let lines: Vec<&str> = shown.lines().collect();
    assert!(
        lines[0].starts_with("┌─ sh ───") && lines[0].ends_with('┐'),
        "{shown}"
    );
    assert!(
        lines[1].starts_with("│ docker info ") && lines[1].ends_with('│'),
        "{shown}"
    );
    assert!(
        lines[2].starts_with("└─") && lines[2].ends_with('┘'),
        "{shown}"
    );
    assert!(
        lines.iter().all(|line| line.chars().count() == 30),
        "{shown}"
    );
}

#[test]
fn a_known_diagram_is_drawn_in_letters_and_another_says_what_it_is() {
    let text = "```mermaid\nflowchart LR\n a --> b\n```\n";
    assert!(shown(text, 60).starts_with("┌─ source of a diagram (Mermaid)"));
    let known = [(
        "flowchart LR\n a --> b".to_owned(),
        Id::new("docker").unwrap(),
    )];
    let mut page = markdown(text, &known);
    page.draw_diagrams(60, &|system, _| Some(format!("the flows of {system}\n")));
    let lines = screen(&page, Spot::default(), 60, 4);
    assert!(lines[0].starts_with("┌─ data-flow diagram"), "{lines:?}");
    assert!(lines[1].starts_with("│ the flows of docker ") && lines[1].ends_with('│'));
    assert!(lines[2].starts_with('└'));
}

const TABLE: &str = "| No. | Threat | Risk |\n| ---: | --- | --- |\n\
                     | 1 | The daemon listens on every interface | high |\n\
                     | 12 | A key is lost | low |\n";

#[test]
fn a_table_has_aligned_columns() {
    assert_eq!(
        shown(TABLE, 60),
        "No. │ Threat                                │ Risk\n\
         ────┼───────────────────────────────────────┼─────\n  \
         1 │ The daemon listens on every interface │ high\n \
         12 │ A key is lost                         │ low"
    );
}

#[test]
fn a_table_that_is_too_wide_breaks_its_cells_and_rules_its_rows() {
    assert_eq!(
        shown(TABLE, 30),
        "No. │ Threat            │ Risk\n\
         ────┼───────────────────┼─────\n  \
         1 │ The daemon        │ high\n    \
         │ listens on every  │\n    \
         │ interface         │\n\
         ┄┄┄┄┼┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄┼┄┄┄┄┄\n \
         12 │ A key is lost     │ low\n\
         ┄┄┄┄┼┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄┼┄┄┄┄┄"
    );
}

#[test]
fn a_table_without_room_for_columns_is_a_list_with_its_header_as_labels() {
    assert_eq!(
        shown(TABLE, 20),
        "No.: 1\nThreat: The daemon\n  listens on every\n  interface\nRisk: high\n\n\
         No.: 12\nThreat: A key is\n  lost\nRisk: low"
    );
}

#[test]
fn what_could_act_on_a_terminal_is_a_mark() {
    let shown = shown("a\u{1b}]52;c;eA==\u{7}b\n\n`\u{202e}x`\n", 60);
    assert!(shown.contains("a‹ESC›]52;c;eA==‹BEL›b"), "{shown}");
    assert!(shown.contains("‹U+202E›x"), "{shown}");
}

#[test]
fn words_are_found_without_regard_to_case_and_accents() {
    let page = markdown("# Über etcd\n\nETCD holds all; `etcd`.\n", &[]);
    assert_eq!(find(&page, "etcd").places.len(), 3);
    assert_eq!(find(&page, " UBER ").places.len(), 1);
    let place = find(&page, "uber etcd").places[0].clone();
    assert_eq!(&page.text[place], "Über etcd");
    assert!(find(&page, "nothing").places.is_empty());
    assert!(find(&page, "  ").places.is_empty());
}

#[test]
fn nothing_is_found_across_cells_or_in_what_the_program_says() {
    let mut page = markdown("| a | b |\n| --- | --- |\n| one | two |\n", &[]);
    page.note("one note", Meaning::Muted);
    assert_eq!(find(&page, "one").places.len(), 1);
    assert!(find(&page, "one two").places.is_empty());
    assert!(find(&page, "note").places.is_empty());
}

#[test]
fn the_next_place_after_the_last_is_the_first() {
    let page = raw("a b a b a\n", false);
    let mut found = find(&page, "a");
    assert_eq!((found.step(1), found.at), (false, 1));
    assert_eq!((found.step(1), found.at), (false, 2));
    assert_eq!((found.step(1), found.at), (true, 0));
    assert_eq!((found.step(-1), found.at), (true, 2));
}

/// A text with everything in it, some of it longer than a screen.
fn everything() -> String {
    use std::fmt::Write as _;
    let mut text = String::from("# All\n\n");
    for number in 1..40 {
        let _ = write!(
            text,
            "## Threat {number}\n\nWords of **threat** {number}, a few more than fit a line.\n\n\
             - item\n  - inside, with enough words to need another line\n\n\
             ```sh\nrun {number}\n```\n\n{TABLE}\n> quoted {number}\n\n"
        );
    }
    text
}

#[test]
fn line_by_line_one_passes_everything_and_comes_back() {
    let page = markdown(&everything(), &[]);
    for columns in [20, 33, 76] {
        let whole = screen(&page, Spot::default(), columns, 3_000);
        let length = whole.iter().rposition(|line| !line.is_empty()).unwrap() + 1;
        let mut reader = Reader::of(page.clone());
        reader.fit(usize::from(columns), 10);
        for line in 0..length - 10 {
            assert_eq!(
                screen(&reader.page, reader.top, columns, 10),
                whole[line..line + 10]
            );
            reader.scroll(1);
        }
        // List-shaped tables end in an empty line, which is the last of the page then.
        reader.last();
        let last = reader.top;
        reader.scroll(5);
        assert_eq!(reader.top, last, "no further than the last page");
        for _ in 0..length {
            reader.scroll(-1);
        }
        assert_eq!(reader.top, Spot::default());
    }
}

#[test]
fn another_width_keeps_the_words_at_the_top() {
    let mut reader = Reader::of(markdown(&everything(), &[]));
    reader.fit(40, 10);
    let place = find(&reader.page, "quoted 20").places[0].clone();
    reader.top = reader.spot_of(place.start);
    for columns in [76, 20, 33, 40] {
        reader.fit(columns, 10);
        let top = screen(&reader.page, reader.top, columns as u16, 1);
        assert_eq!(top, ["│ quoted 20"]);
    }
}

#[test]
fn two_readers_of_one_text_stand_at_the_same_place() {
    let text = everything();
    let mut rendered = Reader::of(markdown(&text, &[]));
    let mut written = Reader::of(raw(&text, true));
    rendered.fit(40, 10);
    written.fit(40, 10);
    let place = find(&rendered.page, "Threat 30").places[0].clone();
    rendered.top = rendered.spot_of(place.start);
    let beside = written.beside(&rendered);
    assert_eq!(screen(&written.page, beside, 40, 1), ["## Threat 30"]);
    written.go_to_source(rendered.source_of_top());
    assert_eq!(written.top, beside);
}

proptest! {
    #[test]
    fn any_text_is_cut_and_laid_out_at_any_width(
        lines in proptest::collection::vec(
            "( {0,4}|> ?|- |1\\. |  - |\\| ?|```|# |    )[a-c|*_`\\[\\]<>&#é漢\u{1b}\t ]{0,20}", 0..24),
        columns in 1_u16..60,
    ) {
        let text = lines.join("\n");
        let page = markdown(&text, &[]);
        let mut reader = Reader::of(page);
        reader.fit(usize::from(columns), 7);
        for by in [3, 50, -2, 1, -60] {
            reader.scroll(by);
            screen(&reader.page, reader.top, columns, 7);
        }
        reader.last();
        for place in find(&reader.page, "a").places {
            prop_assert!(reader.page.text[place.clone()].eq_ignore_ascii_case("a"));
            reader.show(place.start);
        }
    }

    #[test]
    fn every_word_of_prose_is_there(words in "[a-z]{1,9}( [a-z]{1,9}){0,30}", columns in 12_u16..60) {
        let shown = shown(&format!("- {words}\n"), columns);
        let seen: String = shown.chars().filter(char::is_ascii_lowercase).collect();
        let wanted: String = words.chars().filter(char::is_ascii_lowercase).collect();
        prop_assert_eq!(seen, wanted);
    }
}
