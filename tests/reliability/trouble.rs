//! A disk that fails while people type, in the real program: said within a second, typing goes on,
//! and every way out works.

use std::fs;
use std::time::{Duration, Instant};

use super::team::Team;

#[test]
fn a_folder_that_goes_away_is_said_and_its_return_is_enough() {
    let team = Team::new();
    let mut program = team.typing();
    program.send("before").wait("before").wait_gone("saving…");
    let sessions = team.home().join("data/sessions");
    let away = team.home().join("data/away");
    fs::rename(&sessions, &away).unwrap();
    let begun = Instant::now();
    program.send(" after").wait("NOT SAVED");
    // A second is promised; a busy machine gets more, and still less than the first retry brings.
    assert!(begun.elapsed() < Duration::from_secs(3));
    program.send(" and on").wait("before after and on");
    fs::rename(&away, &sessions).unwrap();
    program.wait_gone("NOT SAVED").wait("saved ");
    assert_eq!(team.draft(), "before after and on");
}

#[test]
fn unsaved_text_is_saved_in_another_folder_on_request() {
    let team = Team::new();
    let mut program = team.typing();
    program.send("before").wait("before").wait_gone("saving…");
    fs::rename(
        team.home().join("data/sessions"),
        team.home().join("data/away"),
    )
    .unwrap();
    program.send(" after").wait("NOT SAVED").send("\x13");
    program.wait("What you can do").send("t");
    program
        .wait("Everything that you typed")
        .wait("before after");
    program.send("f").wait("Save it in this folder");
    program.send("\x1a").send("rescue\r");
    program.wait_gone("NOT SAVED").wait("Saved in");
    program
        .send(" there")
        .wait("after there")
        .wait_gone("saving…");
    let rescued = team.home().join("rescue/sessions/team-red.ron");
    program.esc().send("q");
    assert_eq!(program.end(), 0);
    assert!(
        fs::read_to_string(&rescued)
            .unwrap()
            .contains("before after there")
    );
    // The line to go on names the file, since the name alone would be looked for elsewhere.
    assert!(
        program.flowing().contains("rescue/sessions/team-red.ron"),
        "{}",
        program.text()
    );
}

#[test]
fn enter_on_a_damaged_session_leads_back_to_its_newest_good_version() {
    let team = Team::new();
    let mut program = team.typing();
    program.send("kept").wait("kept").wait_gone("saving…");
    program.esc().send("q");
    assert_eq!(program.end(), 0);
    let damage = "// astride session, format 1, save 90\n(\n    format: 1,\n    title: \"Team r";
    fs::write(team.file(), damage).unwrap();
    let mut program = super::common::Terminal::start(team.home(), 80, 24, &[]);
    program.wait("! cannot be opened").send("\r");
    program
        .wait("This session does not open")
        .wait("An earlier");
    program
        .send("t")
        .wait("Team r")
        .send("\x1b")
        .wait("What you can do");
    program.send("o").wait("This is version").wait("Map");
    let kept = team.home().join("data/history/team-red/90.ron");
    assert_eq!(fs::read_to_string(kept).unwrap(), damage);
}

#[test]
fn a_session_of_tomorrow_opens_for_reading_and_stays_as_it_is() {
    let team = Team::new();
    let text = fs::read_to_string(team.file()).unwrap();
    let tomorrow = text
        .replace("session, format 1,", "session, format 2,")
        .replace("    format: 1,\n", "    format: 2,\n    mood: \"calm\",\n");
    fs::write(team.file(), &tomorrow).unwrap();
    let mut program = team.open();
    program.wait("Reading only: a newer Astride").wait("mood");
    program.send("a").wait("open for reading only");
    program.send("5").wait("REPORT").send("q");
    assert_eq!(program.end(), 0);
    assert_eq!(fs::read_to_string(team.file()).unwrap(), tomorrow);
    assert!(!team.home().join("data/history").exists());
}
