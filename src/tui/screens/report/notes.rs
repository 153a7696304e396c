//! What the screen says around a write-up: what its format has no place for, whose template it is,
//! what is wrong with that, and what comes next. None of it is written.

use super::ReportView;
use crate::report::layout::{Layout, NotWritten};
use crate::tui::preview::Page;
use crate::tui::theme::Meaning;

/// So many lines of a template are shown before and after a mistake.
const AROUND: usize = 3;

/// What stands before the text.
pub fn before(report: &ReportView) -> Page {
    let mut page = Page::default();
    let name = report.layout.name();
    if let Layout::Own(template) = &report.layout {
        let words = format!("Your own template: {}", template.path);
        page.note(&words, Meaning::Muted);
    }
    if let Some(problem) = report.problem() {
        mistake(report, problem, &mut page);
        return page;
    }
    if !report.layout.is_markdown() {
        let words = match report.layout.extension() {
            "html" => "A page for a browser: here is its source, as it will be written.",
            _ => "A file for another program: here it is as it will be written.",
        };
        page.note(words, Meaning::Muted);
    }
    if !report.left_out.is_empty() {
        let words = format!("Not in it, because {name} has no place for it:");
        page.note(&words, Meaning::Warning);
        page.list(&report.left_out);
    }
    if !page.is_empty() {
        page.rule();
        page.note("", Meaning::Text);
    }
    page
}

/// Why a template of the user's own cannot be used, with its lines around the mistake.
fn mistake(report: &ReportView, problem: &NotWritten, page: &mut Page) {
    page.note("", Meaning::Text);
    page.note("Nothing can be written with it:", Meaning::Question);
    page.note(&problem.to_string(), Meaning::Warning);
    page.note("", Meaning::Text);
    if let (NotWritten::Mistake(mistake), Layout::Own(template)) = (problem, &report.layout)
        && let Ok(source) = &template.source
    {
        let first = mistake.line.saturating_sub(AROUND + 1);
        let lines = source.lines().enumerate().skip(first);
        for (at, line) in lines.take(2 * AROUND + 1) {
            let number = at + 1;
            let (sign, meaning) = if number == mistake.line {
                ("›", Meaning::Question)
            } else {
                (" ", Meaning::Muted)
            };
            page.note(&format!("{sign} {number:>4}  {line}"), meaning);
        }
        page.note("", Meaning::Text);
    }
    let words = "Your session is as it was. Mend the template, then press 5: it is read anew. \
                 docs/templates.md names what a template can use; f chooses another form.";
    page.note(words, Meaning::Text);
}

/// What stands behind the text.
pub fn after(report: &ReportView, page: &mut Page) {
    if report.problem().is_some() {
        return;
    }
    page.note("", Meaning::Text);
    page.rule();
    page.note("That was the write-up. What next?", Meaning::Question);
    let words = match &report.written_to {
        Some(path) => format!("It was written to {path}. w writes it again, y copies all of it."),
        None => "w writes it to a file, y copies all of it.".to_owned(),
    };
    page.note(&words, Meaning::Text);
    page.note(
        "The same from a shell, for next time; Y copies this line:",
        Meaning::Text,
    );
    page.note(&report.command, Meaning::Key);
}
