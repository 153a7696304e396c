//! How things look: a style is never the only sign of anything, and without colours there are none.

use std::fmt::Write as _;

use astride::tui::theme::Theme;
use pretty_assertions::assert_eq;
use ratatui::buffer::Cell;
use ratatui::style::{Color, Modifier};

use super::driver::Program;
use super::places::{ALL, place};

fn in_theme(name: &str, theme: Theme) -> Program {
    let mut program = Program::with_theme(80, 24, theme);
    (place(name).go)(&mut program);
    program
}

/// The style of a cell in words; empty for the terminal's own.
fn style_of(cell: &Cell) -> String {
    let mut words = Vec::new();
    for (color, ground) in [(cell.fg, ""), (cell.bg, " behind")] {
        if color != Color::Reset {
            words.push(format!("{color:?}{ground}"));
        }
    }
    for (modifier, name) in [
        (Modifier::BOLD, "bold"),
        (Modifier::REVERSED, "reverse"),
        (Modifier::UNDERLINED, "underline"),
        (Modifier::DIM, "dim"),
        (Modifier::SLOW_BLINK, "blink"),
    ] {
        if cell.modifier.contains(modifier) {
            words.push(name.to_owned());
        }
    }
    words.join(" ")
}

/// For each line of the screen a line of letters below it, and what they mean.
fn dump(program: &Program) -> String {
    let (buffer, _) = program.draw();
    let (columns, rows) = program.app.size;
    let mut styles: Vec<String> = Vec::new();
    let mut text = String::new();
    for y in 0..rows {
        let mut letters = String::new();
        for x in 0..columns {
            let style = style_of(&buffer[(x, y)]);
            if style.is_empty() {
                letters.push(' ');
                continue;
            }
            let at = styles.iter().position(|one| *one == style);
            let at = at.unwrap_or_else(|| {
                styles.push(style);
                styles.len() - 1
            });
            letters.push(char::from(b'a' + at as u8));
        }
        let line: String = (0..columns).map(|x| buffer[(x, y)].symbol()).collect();
        let _ = writeln!(text, "{}\n{}", line.trim_end(), letters.trim_end());
    }
    for (at, style) in styles.iter().enumerate() {
        let _ = writeln!(text, "{} {style}", char::from(b'a' + at as u8));
    }
    text
}

fn style_picture(name: &str, program: &Program) {
    insta::with_settings!({
        snapshot_path => "../snapshots",
        prepend_module_to_snapshot => false,
        omit_expression => true,
    }, {
        insta::assert_snapshot!(format!("style-{name}").to_lowercase(), dump(program));
    });
}

#[test]
fn card_and_review_in_colours_and_without() {
    for name in ["card-worked", "review-course"] {
        for theme in [Theme::Dark, Theme::None] {
            let program = in_theme(name, theme);
            style_picture(&format!("{name}-{theme:?}"), &program);
        }
    }
}

#[test]
fn the_card_at_every_size_in_colours_and_without() {
    for (columns, rows) in [(132, 43), (120, 40), (60, 20), (40, 12), (20, 5)] {
        for theme in [Theme::Dark, Theme::None] {
            let mut program = Program::with_theme(columns, rows, theme);
            (place("card-worked").go)(&mut program);
            style_picture(&format!("card-worked-{columns}x{rows}-{theme:?}"), &program);
        }
    }
}

#[test]
fn the_other_themes_and_signs_in_ascii() {
    for theme in [Theme::Light, Theme::HighContrast] {
        style_picture(
            &format!("card-worked-{theme:?}"),
            &in_theme("card-worked", theme),
        );
    }
    for name in ["home", "card-worked", "review-course", "threat"] {
        let mut program = in_theme(name, Theme::None);
        program.app.ascii = true;
        style_picture(&format!("{name}-ascii"), &program);
    }
}

#[test]
fn frames_and_signs_are_ascii_where_they_have_to_be() {
    for place in ALL {
        let mut program = place.at(80, 24);
        program.app.ascii = true;
        for character in program.screen().chars() {
            let drawn = ('\u{2190}'..='\u{27bf}').contains(&character);
            assert!(
                !drawn,
                "{character} in {}:\n{}",
                place.name,
                program.screen()
            );
        }
    }
}

#[test]
fn without_colours_there_is_no_colour_anywhere() {
    for place in ALL {
        let (buffer, _) = in_theme(place.name, Theme::None).draw();
        for cell in &buffer.content {
            assert_eq!(
                (cell.fg, cell.bg),
                (Color::Reset, Color::Reset),
                "{}",
                place.name
            );
        }
    }
}

#[test]
fn nothing_is_dim_and_nothing_blinks() {
    let bad = Modifier::DIM | Modifier::SLOW_BLINK | Modifier::RAPID_BLINK | Modifier::HIDDEN;
    for place in ALL {
        for theme in [Theme::Dark, Theme::Light, Theme::HighContrast, Theme::None] {
            let (buffer, _) = in_theme(place.name, theme).draw();
            assert!(
                buffer
                    .content
                    .iter()
                    .all(|cell| !cell.modifier.intersects(bad)),
                "{}",
                place.name
            );
        }
    }
}

#[test]
fn red_is_for_text_that_is_not_safe_and_nothing_else() {
    for place in ALL {
        let (buffer, _) = place.at(80, 24).draw();
        let red = buffer.content.iter().any(|cell| cell.fg == Color::Red);
        assert_eq!(red, place.name.starts_with("not-saved"), "{}", place.name);
    }
}

#[test]
fn the_backgrounds_are_the_terminals_own() {
    for theme in [Theme::Dark, Theme::Light, Theme::HighContrast] {
        for place in ALL {
            let (buffer, _) = in_theme(place.name, theme).draw();
            assert!(buffer.content.iter().all(|cell| cell.bg == Color::Reset));
        }
    }
}
