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

/// What was lost to a kill.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
struct Loss {
    /// How long before the kill the first of it was typed.
    time: Duration,
    characters: usize,
}

/// The promise.
const PROMISED: Loss = Loss {
    time: Duration::from_millis(500),
    characters: 16,
};

/// For a machine that is busy with other tests: the pace is the same, the program may come later.
const BUSY: Loss = Loss {
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

/// Types and kills after some time; what was lost.
fn random_kill(chance: &mut Chance) -> Loss {
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
    opens_again(&team);
    let first_lost = sent.get(found.len());
    Loss {
        time: first_lost.map_or(Duration::ZERO, |(_, at)| killed.duration_since(*at)),
        characters: typed.len() - found.len(),
    }
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
fn many<T: Send>(runs: u64, threads: u64, run: impl Fn(&mut Chance) -> T + Sync) -> Vec<T> {
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
    for loss in many(6, 3, random_kill) {
        assert!(loss.time <= BUSY.time, "{loss:?}");
        assert!(loss.characters <= BUSY.characters, "{loss:?}");
    }
}

#[test]
fn a_kill_in_the_middle_of_a_save_leaves_a_whole_file() {
    many(6, 2, aimed_kill);
}

#[test]
fn what_the_screen_calls_saved_is_on_disk() {
    many(6, 2, kill_after_saved);
}

#[test]
#[ignore = "long: 1,000 kills, docs/reliability.md"]
fn long_a_thousand_random_kills() {
    let losses = many(1_000, 4, random_kill);
    let time = losses.iter().map(|loss| loss.time).max().unwrap();
    let characters = losses.iter().map(|loss| loss.characters);
    let (most, all) = (characters.clone().max().unwrap(), characters.sum::<usize>());
    let over = losses.iter().filter(|loss| loss.time > PROMISED.time);
    figures(&format!(
        "{} random kills while typing 12 characters a second: at most {most} characters and {time:?} \
         lost, {all} characters in all, {} beyond 500 ms; 0 files empty, torn, missing or older",
        losses.len(),
        over.count()
    ));
    assert!(most <= PROMISED.characters, "{most} characters");
    assert!(time <= PROMISED.time, "{time:?}");
}

#[test]
#[ignore = "long: 400 kills in a save, docs/reliability.md"]
fn long_four_hundred_aimed_kills() {
    let runs = many(400, 2, aimed_kill);
    figures(&format!(
        "{} kills aimed at a save: 0 files empty, torn or missing",
        runs.len()
    ));
}

#[test]
#[ignore = "long: 300 kills after a save, docs/reliability.md"]
fn long_three_hundred_kills_after_saved() {
    let runs = many(300, 2, kill_after_saved);
    figures(&format!(
        "{} kills the moment the screen said saved: 0 characters lost",
        runs.len()
    ));
}
