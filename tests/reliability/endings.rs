//! Every way to end, in every state: all that was typed is on disk, the terminal is as it was, and the
//! last line says how to go on.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::thread;
use std::time::{Duration, Instant};

use astride::catalog::Catalog;
use astride::store::DataFolder;
use astride::tui::run::{self, Start};
use astride::tui::theme::Theme;

use super::chance::figures;
use super::common::Terminal;
use super::team::Team;

const HALF: &str = "half a sen";
/// Far more than the two seconds that are promised; only reached when a test fails.
const DEADLINE: Duration = Duration::from_secs(20);

/// What the program is doing when it is ended.
#[derive(Clone, Copy, Debug)]
enum State {
    Typing,
    Saving,
    Palette,
    Help,
    ExportPath,
}

const STATES: [State; 5] = [
    State::Typing,
    State::Saving,
    State::Palette,
    State::Help,
    State::ExportPath,
];

impl State {
    /// Brings the program into it, with half a sentence typed before.
    fn reach(self, program: &mut Terminal) {
        program.send(HALF).wait(HALF);
        match self {
            Self::Typing => {
                program.wait_gone("saving…");
            }
            Self::Saving => {}
            Self::Palette => {
                program.esc().send(":").wait("What would you like to do?");
            }
            Self::Help => {
                program.esc().send("?").wait("Help for this screen");
            }
            Self::ExportPath => {
                program.esc().send("5w").wait("Write the file to");
            }
        }
    }
}

/// The terminal as the shell wants it back.
fn is_given_back(program: &Terminal, how: &str) {
    assert_eq!(program.modes(), (false, false), "{how}");
    assert!(!program.hides_cursor(), "{how}");
    assert!(program.is_set_as_before(), "{how}: echo or line mode");
    let words = program.flowing();
    assert!(words.contains(" open team-red"), "{how}: {words}");
}

#[test]
fn a_signal_in_any_state_loses_nothing_and_gives_the_terminal_back() {
    let mut slowest = Duration::ZERO;
    for state in STATES {
        for signal in ["TERM", "HUP", "INT", "QUIT"] {
            let how = format!("{signal} while {state:?}");
            let team = Team::new();
            let mut program = team.typing();
            state.reach(&mut program);
            let begun = Instant::now();
            program.signal(signal);
            assert_eq!(program.end(), 0, "{how}");
            slowest = slowest.max(begun.elapsed());
            program.wait("Go on with");
            is_given_back(&program, &how);
            assert_eq!(team.draft(), HALF, "{how}");
        }
    }
    figures(&format!(
        "20 signals in states: all text kept, terminal given back, slowest end {slowest:?}"
    ));
}

#[test]
fn a_storm_of_resizes_and_signals_ends_once() {
    let team = Team::new();
    let mut program = team.typing();
    program.send(HALF).wait(HALF);
    for columns in 20..100 {
        program.resize(columns, 24);
    }
    program.resize(80, 24);
    for signal in ["TERM", "HUP", "INT"] {
        program.signal(signal);
    }
    assert_eq!(program.end(), 0);
    assert_eq!(team.draft(), HALF);
    assert_eq!(program.modes(), (false, false));
}

#[test]
fn ctrl_z_saves_gives_the_terminal_back_and_fg_goes_on() {
    let bash = Path::new("/bin/bash");
    if !bash.exists() {
        return; // only a shell with job control can stop and bring back
    }
    let team = Team::new();
    let shell = ["--norc", "--noprofile", "-i"];
    let mut program = Terminal::start_other(team.home(), 80, 24, bash.to_str().unwrap(), &shell);
    let binary = env!("CARGO_BIN_EXE_astride");
    program.wait("bash-");
    program
        .send(&format!("{binary} open team-red\r"))
        .wait("Map");
    program.send("a").wait("Enter done").send(HALF).wait(HALF);
    program.esc().wait_gone("Enter done").send("\x1a");
    program.wait("Stopped");
    // The shell may ask for bracketed paste itself.
    assert!(!program.modes().0);
    assert!(!program.hides_cursor());
    assert_eq!(team.draft(), HALF);
    program.send("echo back$((40 + 2))\r").wait("back42");
    program.send("fg\r").wait("Map").wait(HALF);
    assert_eq!(program.modes(), (true, true));
    program.send("q").wait("Go on with");
    assert!(!program.modes().0);
    program.send("exit\r");
}

/// A process of this test that holds a terminal, so that the terminal can be killed with it.
struct Host {
    process: Child,
    program: PathBuf,
}

impl Host {
    fn start(team: &Team, ignores_hangup: bool) -> Self {
        let host = Command::new(std::env::current_exe().unwrap())
            .args(["--exact", "endings::terminal_host", "--ignored"])
            .env("ASTRIDE_TEST_HOST", team.home())
            .env("ASTRIDE_TEST_NOHUP", if ignores_hangup { "1" } else { "" })
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            .spawn()
            .unwrap();
        let ready = team.home().join("ready");
        until("the program is on its screen", || ready.exists());
        let number = fs::read_to_string(ready).unwrap();
        Self {
            process: host,
            program: Path::new("/proc").join(number.trim()),
        }
    }

    /// Takes the terminal away as a killed window does.
    fn vanish(&mut self) {
        self.process.kill().unwrap();
        self.process.wait().unwrap();
    }

    /// Whether the program still runs. One that ended and was not fetched has no file any more.
    fn is_running(&self) -> bool {
        fs::read_link(self.program.join("exe")).is_ok()
    }
}

impl Drop for Host {
    fn drop(&mut self) {
        let _ = self.process.kill();
        let _ = self.process.wait();
    }
}

fn until(what: &str, is_so: impl Fn() -> bool) {
    let start = Instant::now();
    while !is_so() {
        assert!(start.elapsed() < DEADLINE, "waited until {what}");
        thread::park_timeout(Duration::from_millis(2));
    }
}

/// No test of its own: the process that [`Host`] starts. Types, says that it is ready, and waits for
/// its end.
#[test]
#[ignore = "started by the tests about vanished terminals"]
fn terminal_host() {
    let Some(home) = std::env::var_os("ASTRIDE_TEST_HOST").map(PathBuf::from) else {
        return;
    };
    let ignores = std::env::var_os("ASTRIDE_TEST_NOHUP").is_some_and(|value| !value.is_empty());
    let binary = env!("CARGO_BIN_EXE_astride");
    let mut program = if ignores {
        let line = format!("trap '' HUP; exec {binary} open team-red");
        Terminal::start_other(&home, 80, 24, "/bin/sh", &["-c", &line])
    } else {
        Terminal::start(&home, 80, 24, &["open", "team-red"])
    };
    program.wait("Map").send("a").wait("Enter done");
    program.send(HALF).wait(HALF);
    fs::write(home.join("ready.part"), program.process().to_string()).unwrap();
    fs::rename(home.join("ready.part"), home.join("ready")).unwrap();
    loop {
        thread::park();
    }
}

#[cfg(target_os = "linux")]
#[test]
fn a_terminal_that_vanishes_ends_the_program_and_nothing_is_lost() {
    for ignores_hangup in [false, true] {
        let team = Team::new();
        let mut host = Host::start(&team, ignores_hangup);
        assert!(host.is_running());
        let begun = Instant::now();
        host.vanish();
        until("the program ends", || !host.is_running());
        figures(&format!(
            "terminal vanished, hangup ignored {ignores_hangup}: ended after {:?}",
            begun.elapsed()
        ));
        assert_eq!(team.draft(), HALF, "hangup ignored: {ignores_hangup}");
    }
}

/// No test of its own: the program as a library, with a thread that panics when it is told to.
#[test]
#[ignore = "started by the test about panics"]
fn program_that_panics() {
    let Some(home) = std::env::var_os("HOME").map(PathBuf::from) else {
        return;
    };
    if !home.join("panic-program").exists() {
        return;
    }
    std::panic::set_hook(Box::new(|_| {
        if let Some(true) = run::after_panic() {
            fs::write(
                PathBuf::from(std::env::var_os("HOME").unwrap()).join("was-saved"),
                "",
            )
            .unwrap();
        }
        std::process::exit(101);
    }));
    thread::spawn(move || {
        until("told to panic", || home.join("panic-now").exists());
        panic!("on purpose");
    });
    let start = Start {
        ascii: false,
        mouse: false,
        author: None,
        editor: None,
        notice: None,
        folder: DataFolder::new(PathBuf::from(std::env::var_os("ASTRIDE_DATA_DIR").unwrap())),
        theme: Theme::Dark,
        zone: jiff::tz::TimeZone::UTC,
        templates: Vec::new(),
        command: "astride".to_owned(),
        open: Some("team-red".to_owned()),
        catalog: Box::new(|| Ok(Catalog::embedded())),
    };
    let _ = run::run(start);
}

#[test]
fn a_panic_on_any_thread_saves_and_gives_the_terminal_back() {
    let team = Team::new();
    fs::write(team.home().join("panic-program"), "").unwrap();
    let myself = std::env::current_exe().unwrap();
    let arguments = [
        "--exact",
        "endings::program_that_panics",
        "--ignored",
        "--nocapture",
    ];
    let mut program =
        Terminal::start_other(team.home(), 80, 24, myself.to_str().unwrap(), &arguments);
    program.wait("Map").send("a").wait("Enter done");
    program.send(HALF).wait(HALF);
    fs::write(team.home().join("panic-now"), "").unwrap();
    assert_eq!(program.end(), 101);
    assert_eq!(program.modes(), (false, false));
    assert!(!program.hides_cursor());
    assert!(program.is_set_as_before());
    assert!(team.home().join("was-saved").exists());
    assert_eq!(team.draft(), HALF);
}
