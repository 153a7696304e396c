//! The command lines that most starts have: none at all, or `open` with a session, behind options of
//! every command.
//!
//! The whole tree of commands with its help is a quarter of a megabyte, and to make it takes a tenth of
//! a start. It is made where another command is named, and where anything is wrong or to be explained.

use std::ffi::OsString;

use clap::{CommandFactory as _, FromArgMatches as _, Parser, Subcommand};

use super::arguments::{Arguments, Command, Global};

/// The same options as those of the whole program, and one of its commands.
#[derive(Debug, Parser)]
#[command(
    name = "astride",
    disable_help_flag = true,
    disable_help_subcommand = true
)]
struct Start {
    #[command(flatten)]
    global: Global,
    #[command(subcommand)]
    command: Option<Open>,
}

#[derive(Debug, Subcommand)]
enum Open {
    Open { session: String },
}

/// What the command line says.
///
/// Ends the program where the command line is wrong or asks for help.
pub fn arguments(line: Vec<OsString>) -> Arguments {
    quickly(&line).unwrap_or_else(|| Arguments::parse_from(line))
}

/// The arguments of a line that names no other command than `open`, and in which nothing is wrong.
fn quickly(line: &[OsString]) -> Option<Arguments> {
    let parser = Start::command();
    if !is_a_start(line, &parser) {
        return None;
    }
    let matches = parser.try_get_matches_from(line).ok()?;
    let Start { global, command } = Start::from_arg_matches(&matches).ok()?;
    let command = command.map(|Open::Open { session }| Command::Open { session });
    Some(Arguments { global, command })
}

/// Whether the first word that is neither an option nor the value of one is `open`, or there is none.
/// Only spares making an error where another command is named: the parser has the last word.
fn is_a_start(line: &[OsString], parser: &clap::Command) -> bool {
    let takes_a_value = |option: &str| {
        let mut options = parser.get_arguments();
        let known = options.find(|one| one.get_long() == Some(option));
        known.is_some_and(|one| one.get_action().takes_values())
    };
    let mut words = line.iter().skip(1);
    while let Some(word) = words.next() {
        let Some(word) = word.to_str() else {
            return false;
        };
        match word.strip_prefix("--") {
            Some(option) if takes_a_value(option) => {
                words.next();
            }
            Some(_) => {}
            None => return word == "open",
        }
    }
    true
}

#[cfg(test)]
mod tests {
    use clap::Parser as _;
    use proptest::prelude::*;

    use super::*;

    const WORDS: [&str; 16] = [
        "open",
        "big",
        "list",
        "--data-dir",
        "--data-dir=/tmp/x",
        "/tmp/x",
        "--color",
        "never",
        "--color=always",
        "--plain",
        "--catalog",
        "--config",
        "--help",
        "-V",
        "--",
        "--json",
    ];

    fn line(words: &[&str]) -> Vec<OsString> {
        let program = std::iter::once("astride");
        program
            .chain(words.iter().copied())
            .map(OsString::from)
            .collect()
    }

    #[test]
    fn a_start_needs_no_other_command() {
        for words in [
            &[][..],
            &["open", "big"],
            &["--plain"],
            &["--data-dir", "list", "open", "big"],
            &["--data-dir", "open"],
            &["open", "big", "--color=never"],
        ] {
            assert!(quickly(&line(words)).is_some(), "{words:?}");
        }
        for words in [
            &["list"][..],
            &["open"],
            &["--help"],
            &["open", "--help"],
            &["--color", "never", "export", "big"],
        ] {
            assert!(quickly(&line(words)).is_none(), "{words:?}");
        }
    }

    proptest! {
        #[test]
        fn what_is_read_quickly_is_what_the_whole_program_reads(
            words in prop::collection::vec(prop::sample::select(WORDS.to_vec()), 0..6),
        ) {
            let line = line(&words);
            if let Some(quick) = quickly(&line) {
                let whole = Arguments::try_parse_from(&line);
                let whole = whole.map_err(|error| TestCaseError::fail(error.to_string()))?;
                prop_assert_eq!(format!("{quick:?}"), format!("{whole:?}"));
            }
        }
    }
}
