//! `astride man`: the manual page. Options come from the same definition that parses them, keys from
//! the same table that the program obeys.
//!
//! One page with everything in it: pages for single commands would have to be installed one by one.

use std::fmt::Write as _;
use std::io;

use clap::{Command, CommandFactory as _};
use clap_mangen::Man;

use super::arguments::Arguments;
use super::output::{self, Ending, Failure};
use crate::tui::keymap::{self, Binding, Context};

/// The keys of each place, in the order in which people meet them.
pub(super) const PLACES: [Context; 34] = [
    Context::Everywhere,
    Context::Home,
    Context::NewSession,
    Context::Ask,
    Context::FindingWords,
    Context::Trash,
    Context::Session,
    Context::Scope,
    Context::Map,
    Context::Card,
    Context::Decision,
    Context::Compare,
    Context::Threat,
    Context::Harden,
    Context::Review,
    Context::Report,
    Context::LongText,
    Context::ShortText,
    Context::ReportPath,
    Context::ExportPath,
    Context::Preview,
    Context::Menu,
    Context::Palette,
    Context::Search,
    Context::Parking,
    Context::History,
    Context::Ratings,
    Context::Deck,
    Context::ShowOfHands,
    Context::Help,
    Context::Question,
    Context::Damaged,
    Context::NotSaved,
    Context::Watch,
];

/// Prints the manual page.
pub fn run() -> Result<Ending, Failure> {
    let page = page()
        .map_err(|error| Failure::new(format!("The manual could not be made: {error}."), ""))?;
    output::raw(&page)?;
    Ok(Ending::Done)
}

fn page() -> io::Result<String> {
    let mut program = Arguments::command();
    program.build();
    let man = Man::new(program.clone());
    let mut bytes = Vec::new();
    man.render_title(&mut bytes)?;
    man.render_name_section(&mut bytes)?;
    man.render_synopsis_section(&mut bytes)?;
    man.render_description_section(&mut bytes)?;
    man.render_options_section(&mut bytes)?;
    let mut page = text(&bytes);
    page.push_str(".SH COMMANDS\n");
    commands(&program, &mut page)?;
    keys(&mut page);
    page.push_str(FILES);
    let mut bytes = Vec::new();
    man.render_extra_section(&mut bytes)?;
    man.render_version_section(&mut bytes)?;
    page.push_str(&text(&bytes));
    Ok(page)
}

/// Each command with the options that are its own.
fn commands(program: &Command, page: &mut String) -> io::Result<()> {
    for command in program.get_subcommands() {
        if command.get_name() == "help" || command.is_hide_set() {
            continue;
        }
        if command.has_subcommands() {
            commands(command, page)?;
            continue;
        }
        let own = command.clone().mut_args(|argument| {
            let everywhere = argument.is_global_set() || argument.get_id() == "help";
            argument.hide(everywhere)
        });
        let mut usage = own.clone();
        let usage = usage.render_usage().to_string();
        let usage = usage.trim_start_matches("Usage: ");
        // Writing to a string cannot fail.
        let _ = writeln!(page, ".SS {}", escaped(usage));
        if let Some(about) = own.get_about() {
            let _ = writeln!(page, "{}", escaped(&about.to_string()));
        }
        if own.get_arguments().any(|argument| !argument.is_hide_set()) {
            let mut bytes = Vec::new();
            Man::new(own).render_options_section(&mut bytes)?;
            let options = text(&bytes);
            // Below the command's own heading; a second one would begin a new chapter.
            let (_, options) = options.split_once(".SH OPTIONS\n").unwrap_or_default();
            page.push_str(options);
        }
    }
    Ok(())
}

fn keys(page: &mut String) {
    page.push_str(".SH KEYS\n");
    for place in PLACES {
        let _ = writeln!(page, ".SS {}", escaped(place.name()));
        for Binding { keys, help, .. } in keymap::of(place) {
            let keys: Vec<String> = keys.iter().map(ToString::to_string).collect();
            let _ = writeln!(
                page,
                ".TP\n\\fB{}\\fR\n{}",
                escaped(&keys.join(", ")),
                escaped(help)
            );
        }
    }
}

const FILES: &str = ".SH FILES
Sessions live in the folder that \\fB\\-\\-data\\-dir\\fR or ASTRIDE_DATA_DIR names, otherwise in the data
folder of the platform, which is \\fI~/.local/share/astride\\fR on Linux: the sessions themselves in
\\fIsessions\\fR, their earlier versions in \\fIhistory\\fR. A folder \\fIcatalog\\fR in the configuration
folder, which is \\fI~/.config/astride\\fR on Linux, joins the catalog at every start. Settings are in
\\fIconfig.ron\\fR beside it; \\fBastride config \\-\\-example\\fR prints one with every setting.
.SH ENVIRONMENT
.TP
\\fBASTRIDE_DATA_DIR\\fR, \\fBASTRIDE_CONFIG\\fR
Another folder for sessions, another configuration file.
.TP
\\fBVISUAL\\fR, \\fBEDITOR\\fR
What Ctrl+O opens a text in.
.TP
\\fBNO_COLOR\\fR
No colours; bold, reverse and signs carry everything.
.TP
\\fBACCESSIBLE\\fR
Line by line instead of a screen, as \\fB\\-\\-plain\\fR does; so does TERM=dumb.
.TP
\\fBLC_ALL\\fR, \\fBLC_CTYPE\\fR, \\fBLANG\\fR
Frames and signs are ASCII where the locale is not UTF\\-8, and on the Linux console.
";

fn text(bytes: &[u8]) -> String {
    String::from_utf8_lossy(bytes).into_owned()
}

/// Text in which nothing is an instruction to the formatter.
fn escaped(text: &str) -> String {
    let escaped = text.replace('\\', "\\e").replace('-', "\\-");
    if escaped.starts_with(['.', '\'']) {
        format!("\\&{escaped}")
    } else {
        escaped
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_place_with_keys_is_in_the_manual() {
        for binding in keymap::TABLE {
            assert!(
                PLACES.contains(&binding.context),
                "{:?} is missing",
                binding.context
            );
        }
    }

    #[test]
    fn nothing_in_a_text_is_an_instruction() {
        assert_eq!(escaped(".ron \\fB -x"), "\\&.ron \\efB \\-x");
    }
}
