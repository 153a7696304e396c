//! The binary: reads the command line, runs, says how it ended.

use std::io::Write as _;
use std::process::{self, ExitCode};
use std::{env, io, panic, thread};

use astride::{cli, tui};
use color_eyre::config::HookBuilder;

fn main() -> ExitCode {
    install_hooks();
    match cli::run(cli::start::arguments(env::args_os().collect())) {
        Ok(ending) => ending.into(),
        Err(failure) => {
            // Nobody may be there to read it: a closed pipe is no reason to fail differently.
            let _ = writeln!(io::stderr(), "astride: {failure}");
            ExitCode::from(2)
        }
    }
}

/// A panic gives the terminal back first, then saves, then says what happened and where the text is.
/// On a thread beside the main one it ends the program, too.
fn install_hooks() {
    let (panic_hook, report_hook) = HookBuilder::blank().display_env_section(false).into_hooks();
    if report_hook.install().is_err() {
        return;
    }
    panic::set_hook(Box::new(move |info| {
        let Some(safe) = tui::run::after_panic() else {
            return;
        };
        let mut out = io::stderr();
        let _ = writeln!(out, "{}", panic_hook.panic_report(info));
        let _ = if safe {
            writeln!(
                out,
                "Astride made a mistake and stopped. What you typed is saved; start it again to go on."
            )
        } else {
            writeln!(
                out,
                "Astride made a mistake and stopped. Its last changes may not be saved; earlier versions are."
            )
        };
        if thread::current().name() != Some("main") {
            // The terminal is the shell's again: the screen must not go on drawing on it.
            process::exit(101);
        }
    }));
}
