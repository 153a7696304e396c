//! Step 3, the findings of the latest scan of each tool: what changed since the scan before, the
//! checks that the filter shows, and what each one is about.

use super::filter::{Which, component_name};
use crate::catalog::Catalog;
use crate::catalog::types::{Assessment, Control, Level};
use crate::encode::ForeignText;
use crate::findings::compare::Comparison;
use crate::findings::evidence::{control_of, named, threats_for, tool};
use crate::findings::numbers;
use crate::findings::standing::{
    Change, Latest, Place, about, chosen, line_about, lines as lines_of,
};
use crate::findings::words::counts;
use crate::session::types::Scan;
use crate::tui::app::OpenSession;
use crate::tui::theme::Meaning;
use crate::tui::widgets::rows::{Row, Target};

/// The most names of a log that are shown at once.
const MOST_DETAILS: usize = 40;

/// Tells the stop behind the numbers apart from those of the details.
const NUMBERS: usize = 1000;

/// The findings of the latest runs.
pub fn rows(open: &OpenSession, catalog: &Catalog, rows: &mut Vec<Row>) {
    let session = open.editor.session();
    for latest in &open.standing.latest {
        let scan = &session.scans[latest.scan];
        rows.push(Row::blank());
        rows.push(Row::heading(format!("Findings of {}", scan.file.shown())));
        let what = [
            tool(scan),
            scan.benchmark.clone(),
            counts(&scan.findings).join(", ").into(),
        ];
        let what = what.iter().filter(|one| !one.is_empty());
        let what = ForeignText::joined(what, " · ");
        rows.push(Row::indented(what.shown(), Meaning::Muted, 2));
        if let Some((before, comparison)) = &latest.before {
            since(&session.scans[*before], comparison, rows);
        }
        let shown: Vec<usize> = (0..scan.findings.len())
            .filter(|at| open.findings.shows(session, catalog, latest, *at))
            .collect();
        let (all, which) = (scan.findings.len(), open.findings.in_words(catalog));
        rows.push(Row::indented(
            format!(
                "Shown: {which}: {} of {all}. f shows others, / searches.",
                shown.len()
            ),
            Meaning::Muted,
            2,
        ));
        if open.findings.which == Which::Changed {
            changed(open, catalog, latest, rows);
            continue;
        }
        for at in shown {
            let place = Place {
                scan: latest.scan,
                finding: at,
            };
            item(open, catalog, Some(latest), place, rows);
        }
    }
}

/// What changed since the run before, in numbers.
fn since(before: &Scan, comparison: &Comparison, rows: &mut Vec<Row>) {
    let changes: Vec<String> = Change::ALL
        .into_iter()
        .map(|change| (change, change.count(comparison)))
        .filter(|(_, count)| *count > 0)
        .map(|(change, count)| format!("{count} {}", change.name()))
        .collect();
    let changes = if changes.is_empty() {
        "nothing changed".to_owned()
    } else {
        changes.join(", ")
    };
    rows.push(Row::indented(
        format!("Since {}: {changes}.", before.file.shown()),
        Meaning::Text,
        2,
    ));
    for caution in &comparison.cautions {
        rows.push(Row::indented(
            format!("! {}", caution.words().shown()),
            Meaning::Warning,
            2,
        ));
    }
}

/// The findings by what became of them. What is no longer checked stands in the run before.
fn changed(open: &OpenSession, catalog: &Catalog, latest: &Latest, rows: &mut Vec<Row>) {
    let session = open.editor.session();
    let Some((before, comparison)) = &latest.before else {
        rows.push(Row::indented(
            "There is no scan before this one. Run the tool again after a change, and import it.",
            Meaning::Muted,
            2,
        ));
        return;
    };
    let (before_lines, lines) = (
        lines_of(&session.scans[*before]),
        lines_of(&session.scans[latest.scan]),
    );
    for change in Change::ALL {
        let scan = if change == Change::NotChecked {
            *before
        } else {
            latest.scan
        };
        let lines = if change == Change::NotChecked {
            &before_lines
        } else {
            &lines
        };
        let places: Vec<Place> = change
            .subjects(comparison)
            .into_iter()
            .filter_map(|subject| lines.get(subject).copied())
            .filter(|at| {
                open.findings
                    .fits_rest(catalog, &session.scans[scan].findings[*at])
            })
            .map(|finding| Place { scan, finding })
            .collect();
        if places.is_empty() {
            continue;
        }
        rows.push(Row::heading(format!(
            "  {} ({})",
            capital(change.name()),
            places.len()
        )));
        if change == Change::NotChecked {
            rows.push(Row::indented(
                "It failed before and the new scan says nothing about it. That is not fixed.",
                Meaning::Muted,
                2,
            ));
        }
        for place in places {
            item(open, catalog, None, place, rows);
        }
    }
}

/// A text with a capital letter.
pub fn capital(text: &str) -> String {
    let mut letters = text.chars();
    letters.next().map_or_else(String::new, |first| {
        first.to_uppercase().chain(letters).collect()
    })
}

/// A finding in a line, and what it is about where it is open.
fn item(
    open: &OpenSession,
    catalog: &Catalog,
    latest: Option<&Latest>,
    place: Place,
    rows: &mut Vec<Row>,
) {
    let session = open.editor.session();
    let Some((scan, finding)) = place.of(session) else {
        return;
    };
    let is_chosen = chosen(session, scan, finding).is_some();
    let mark = if is_chosen { "[x]" } else { "[ ]" };
    let target = Target::Finding(scan.id.clone(), place.finding);
    let expanded = open.expanded.as_ref() == Some(&target);
    let control = control_of(catalog, finding);
    let mut tail = Vec::new();
    let change = latest.and_then(|latest| latest.change(place.finding));
    if let Some(change) = change
        && change != Change::StillFailing
    {
        tail.push(change.name().to_owned());
    }
    tail.push(finding.printed_status.shown().into_owned());
    let letters = control
        .map(|control| -> String { control.categories.iter().map(|one| one.letter()).collect() });
    tail.extend(letters);
    tail.retain(|part| !part.is_empty());
    rows.push(Row::item(mark, named(finding).shown(), target).with_tail(tail.join(" ")));
    if expanded {
        details(open, catalog, place, rows);
    }
}

fn details(open: &OpenSession, catalog: &Catalog, place: Place, rows: &mut Vec<Row>) {
    let session = open.editor.session();
    let Some((_, finding)) = place.of(session) else {
        return;
    };
    let control = control_of(catalog, finding);
    let mut stops = 0;
    let mut say = |text: String, meaning, indent| {
        let mut row = Row::indented(text, meaning, indent);
        // Labels are stops, so that the cursor passes through details longer than the screen.
        if meaning == Meaning::Muted && indent == 6 {
            row.target = Some(Target::Line(stops));
            stops += 1;
        }
        rows.push(row);
    };
    match control {
        Some(control) => {
            say(control.why.to_string(), Meaning::Text, 6);
            say(facts(catalog, control), Meaning::Muted, 6);
        }
        None => say(
            "The catalog does not know this check, so there is no letter and no snippet. \
             The tool's own words stand below."
                .to_owned(),
            Meaning::Muted,
            6,
        ),
    }
    for line in history(open, place) {
        say(line, Meaning::Text, 6);
    }
    if !finding.details.is_empty() {
        say("Named in the log:".to_owned(), Meaning::Muted, 6);
        for detail in finding.details.iter().take(MOST_DETAILS) {
            say(detail.shown().into_owned(), Meaning::Text, 8);
        }
        if finding.details.len() > MOST_DETAILS {
            let more = finding.details.len() - MOST_DETAILS;
            say(format!("… and {more} more"), Meaning::Muted, 8);
        }
    }
    if let Some(control) = control {
        say("What to do (y copies it):".to_owned(), Meaning::Muted, 6);
        say(control.remediation.text.to_string(), Meaning::Text, 8);
        for snippet in &control.remediation.snippets {
            say(snippet.text.to_string(), Meaning::Question, 10);
        }
    }
    if !finding.remediation.is_empty() {
        say("The tool says:".to_owned(), Meaning::Muted, 6);
        say(finding.remediation.shown().into_owned(), Meaning::Text, 8);
    }
    if let Some(control) = control {
        number_rows(control, rows);
        let threats = threats_for(session, control);
        let titles: Vec<_> = threats
            .iter()
            .filter_map(|(id, _)| Some(session.threat(id)?.title.shown()))
            .take(3)
            .collect();
        if !titles.is_empty() {
            let more = threats.len() - titles.len();
            let more = if more == 0 {
                String::new()
            } else {
                format!(", and {more} more")
            };
            rows.push(Row::indented(
                format!(
                    "It may prove: {}{more}. Space chooses it, to link them.",
                    titles.join("; ")
                ),
                Meaning::Text,
                6,
            ));
        }
    }
}

/// Letters, components, level, and who can decide.
pub fn facts(catalog: &Catalog, control: &Control) -> String {
    let letters: Vec<String> = control
        .categories
        .iter()
        .map(|one| format!("{} {one}", one.letter()))
        .collect();
    let components: Vec<String> = control
        .components
        .iter()
        .map(|id| component_name(catalog, id))
        .collect();
    let level = match control.level {
        Level::One => "level 1",
        Level::Two => "level 2",
    };
    let decided = match control.assessment {
        Assessment::Automated => "a tool can decide it",
        Assessment::Manual => "a person has to look",
    };
    [
        letters.join(", "),
        components.join(", "),
        level.to_owned(),
        decided.to_owned(),
    ]
    .join(" · ")
}

/// Which number it has in which version.
pub fn number_rows(control: &Control, rows: &mut Vec<Row>) {
    let label = "One check, numbered differently from version to version:";
    rows.push(Row::indented(label, Meaning::Muted, 6));
    let lines = numbers::lines(control);
    let last = lines.len().saturating_sub(1);
    for (at, line) in lines.into_iter().enumerate() {
        let mut row = Row::indented(line, Meaning::Muted, 8);
        // The last one is a stop: the cursor passes through all of them.
        row.target = (at == last).then_some(Target::Line(NUMBERS));
        rows.push(row);
    }
}

/// What this run and the one before say.
fn history(open: &OpenSession, place: Place) -> Vec<String> {
    let session = open.editor.session();
    let Some((scan, finding)) = place.of(session) else {
        return Vec::new();
    };
    let mut says = vec![format!(
        "[{}] in {}",
        finding.printed_status.shown(),
        scan.file.shown()
    )];
    let latest = open
        .standing
        .latest
        .iter()
        .find(|latest| latest.scan == place.scan);
    let before = latest.and_then(|latest| Some((latest, latest.before.as_ref()?)));
    if let Some((latest, (before, _))) = before {
        let before = &session.scans[*before];
        let was = match line_about(before, &about(finding)).map(|at| &before.findings[at]) {
            Some(was) => format!(
                "[{}] {} in {}",
                was.printed_status.shown(),
                was.number.shown(),
                before.file.shown()
            ),
            None => format!("not checked in {}", before.file.shown()),
        };
        let change = latest
            .change(place.finding)
            .map_or_else(String::new, |change| format!(": {}", change.name()));
        says.push(format!("before: {was}{change}"));
    }
    says
}
