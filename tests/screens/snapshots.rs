//! Pictures of every screen and overlay. Look at a changed one as somebody who sees it for the first
//! time, then accept it with `cargo insta review`.

use super::driver::Program;
use super::places::{ALL, place};

fn picture(name: &str, program: &Program) {
    let (columns, rows) = program.app.size;
    insta::with_settings!({
        snapshot_path => "../snapshots",
        prepend_module_to_snapshot => false,
        omit_expression => true,
    }, {
        insta::assert_snapshot!(format!("{name}-{columns}x{rows}"), program.screen_and_cursor());
    });
}

#[test]
fn every_place_at_80_columns() {
    for place in ALL {
        picture(place.name, &place.at(80, 24));
    }
}

#[test]
fn every_place_at_120_columns() {
    for place in ALL {
        picture(place.name, &place.at(120, 40));
    }
}

#[test]
fn the_report_in_a_small_window() {
    for name in [
        "report",
        "report-raw",
        "report-both",
        "report-found",
        "report-not-found",
        "report-table",
        "report-end",
    ] {
        picture(name, &place(name).at(60, 20));
    }
}

#[test]
fn the_main_screens_at_odd_sizes() {
    for name in [
        "home",
        "card-worked",
        "threat",
        "review",
        "compare",
        "history",
        "history-session",
        "history-removed",
        "ratings",
    ] {
        for (columns, rows) in [(60, 20), (40, 12), (20, 5), (132, 43)] {
            picture(name, &place(name).at(columns, rows));
        }
    }
}
