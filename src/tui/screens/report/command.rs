//! The command that writes the same file from a shell.

use super::ReportView;
use crate::encode;
use crate::session::types::Session;
use crate::tui::app::App;

/// The path that is proposed: the last one, or the session's title.
pub fn proposed_path(report: &ReportView, session: &Session) -> String {
    report.written_to.clone().unwrap_or_else(|| {
        let name = encode::file_name(&session.title);
        format!("{name}.{}", report.layout.extension())
    })
}

/// The command for the write-up on the screen, ready to be pasted. Nothing in it can act on a terminal.
pub fn command(app: &App) -> String {
    let Some(open) = &app.open else {
        return String::new();
    };
    let report = &open.report;
    let path = proposed_path(report, open.editor.session());
    let mut command = format!(
        "{} export {} --form {}",
        app.command,
        argument(&open.name),
        argument(report.layout.id())
    );
    if !report.options.names {
        command.push_str(" --no-names");
    }
    command.push_str(" -o ");
    command.push_str(&argument(&path));
    if report.written_to.is_some() {
        command.push_str(" --force");
    }
    encode::screen(&command).into_owned()
}

/// A word that cannot be taken for an option.
fn argument(word: &str) -> String {
    if word.starts_with('-') {
        encode::shell_word(&format!("./{word}")).into_owned()
    } else {
        encode::shell_word(word).into_owned()
    }
}
