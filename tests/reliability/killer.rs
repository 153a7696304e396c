//! A killer: words typed into the real program at a person's pace, `kill -9` at a random moment or in
//! the middle of a save. The file must be whole, hold the beginning of what was typed, and lack
//! little of it; what the screen called saved must be there.

use std::thread;
use std::time::{Duration, Instant};

use astride::store::{DataFolder, Owner};

use super::chance::{Chance, figures};
use super::team::Team;

/// Twelve characters a second.
const BETWEEN_KEYS: Duration = Duration::from_millis(83);

/// What may be lost to a kill.
#[derive(Clone, Copy)]
struct Limits {
    time: Duration,
    characters: usize,
}

/// The promise.
const PROMISED: Limits = Limits {
    time: Duration::from_millis(500),
    characters: 16,
};

/// For a machine that is busy with other tests: the pace is the same, the program may come later.
const BUSY: Limits = Limits {
    time: Duration::from_secs(2),
    characters: 32,
};

/// Waits without giving the core away for longer than a moment.
fn wait(time: Duration) {
    let until = Instant::now() + time;
    while let Some(left) = until.checked_duration_since(Instant::now()) {
        thread::park_timeout(left);
    }
}

/// `w000000 w000001 …`: what is missing is seen at once.
fn words() -> impl Iterator<Item = char> {
    (0..).flat_map(|number| format!("w{number:06} ").chars().collect::<Vec<_>>())
}

/// The next start opens what the kill left, and takes half-written files away.
fn opens_again(team: &Team) {
    let folder = DataFolder::new(team.home().join("data"));
    let location = folder.resolve("team-red").unwrap();
    let owner = Owner::this_process("2026-11-21T10:00:00Z".parse().unwrap());
    folder.open(&location, &owner).unwrap();
    assert_eq!(team.temporary_files(), 0);
}

/// Types and kills after some time; how many characters were lost.
fn random_kill(chance: &mut Chance, limits: Limits) -> usize {
    let team = Team::new();
    let mut program = team.typing();
    let lifetime = Duration::from_millis(100 + chance.below(2_400));
    let start = Instant::now();
    let mut sent: Vec<(char, Instant)> = Vec::new();
    for character in words() {
        if start.elapsed() + BETWEEN_KEYS > lifetime {
            break;
        }
        program.send(&character.to_string());
        sent.push((character, Instant::now()));
        wait(BETWEEN_KEYS);
    }
    wait(lifetime.saturating_sub(start.elapsed()));
    let killed = Instant::now();
    program.signal("KILL");
    program.end();
    let found = team.draft();
    let typed: String = sent.iter().map(|(character, _)| character).collect();
    assert!(typed.starts_with(&found), "{found:?} of {typed:?}");
    let safe = sent
        .iter()
        .filter(|(_, at)| killed.duration_since(*at) >= limits.time)
        .count();
    assert!(
        found.len() >= safe,
        "{found:?} of {typed:?}, {safe} were old"
    );
    let lost = typed.len() - found.len();
    assert!(lost <= limits.characters, "{lost} characters of {typed:?}");
    opens_again(&team);
    lost
}

/// Types, kills as soon as a half-written file is seen, or a moment later.
fn aimed_kill(chance: &mut Chance) {
    let team = Team::new();
    let mut program = team.typing();
    let before = team.draft();
    let mut typed = String::new();
    for character in words().take(3 + chance.below(9) as usize) {
        program.send(&character.to_string());
        typed.push(character);
    }
    let start = Instant::now();
    while team.temporary_files() == 0 && start.elapsed() < Duration::from_millis(700) {
        std::hint::spin_loop();
    }
    wait(Duration::from_micros(chance.below(3_000)));
    program.signal("KILL");
    program.end();
    let found = team.draft();
    assert!(
        found == before || typed.starts_with(&found),
        "{found:?} of {typed:?}"
    );
    opens_again(&team);
}

/// Types, and kills the moment the screen says that it is saved.
fn kill_after_saved(chance: &mut Chance) {
    let team = Team::new();
    let mut program = team.typing();
    let mut typed: String = words().take(9 + chance.below(60) as usize).collect();
    typed.push_str(" END");
    for part in typed.as_bytes().chunks(1 + chance.below(12) as usize) {
        program.send(std::str::from_utf8(part).unwrap());
        wait(Duration::from_millis(chance.below(120)));
    }
    program.wait_until("all of it, and saved", |screen| {
        screen.contains("END") && screen.contains("saved ") && !screen.contains("saving…")
    });
    program.signal("KILL");
    program.end();
    assert_eq!(team.draft(), typed, "the screen said that it was saved");
}

/// Runs on several threads: most of the time is waiting.
fn many(runs: u64, threads: u64, run: impl Fn(&mut Chance) -> usize + Sync) -> Vec<usize> {
    thread::scope(|scope| {
        let workers: Vec<_> = (0..threads)
            .map(|worker| {
                let run = &run;
                scope.spawn(move || {
                    (worker..runs)
                        .step_by(usize::try_from(threads).unwrap())
                        .map(|number| run(&mut Chance::new(number + 1)))
                        .collect::<Vec<_>>()
                })
            })
            .collect();
        workers
            .into_iter()
            .flat_map(|worker| worker.join().unwrap())
            .collect()
    })
}

#[test]
fn a_kill_at_any_moment_costs_a_few_letters_at_most() {
    many(6, 3, |chance| random_kill(chance, BUSY));
}

#[test]
fn a_kill_in_the_middle_of_a_save_leaves_a_whole_file() {
    many(6, 2, |chance| {
        aimed_kill(chance);
        0
    });
}

#[test]
fn what_the_screen_calls_saved_is_on_disk() {
    many(6, 2, |chance| {
        kill_after_saved(chance);
        0
    });
}

#[test]
#[ignore = "long: 1,000 kills, docs/reliability.md"]
fn long_a_thousand_random_kills() {
    let lost = many(1_000, 4, |chance| random_kill(chance, PROMISED));
    let most = lost.iter().max().unwrap();
    let tenths = 10 * lost.iter().sum::<usize>() / lost.len();
    let mean = format!("{}.{}", tenths / 10, tenths % 10);
    figures(&format!(
        "{} random kills while typing 12 characters a second: at most {most} characters lost, \
         {mean} on average; 0 files empty, torn, missing or older",
        lost.len()
    ));
}

#[test]
#[ignore = "long: 400 kills in a save, docs/reliability.md"]
fn long_four_hundred_aimed_kills() {
    let runs = many(400, 3, |chance| {
        aimed_kill(chance);
        0
    });
    figures(&format!(
        "{} kills aimed at a save: 0 files empty, torn or missing",
        runs.len()
    ));
}

#[test]
#[ignore = "long: 300 kills after a save, docs/reliability.md"]
fn long_three_hundred_kills_after_saved() {
    let runs = many(300, 3, |chance| {
        kill_after_saved(chance);
        0
    });
    figures(&format!(
        "{} kills the moment the screen said saved: 0 characters lost",
        runs.len()
    ));
}
