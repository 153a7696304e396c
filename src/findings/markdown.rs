//! Reports pasted into Markdown: which lines belong to code blocks that hold a report, and checks
//! that somebody turned into rows of a table.
//!
//! Not a Markdown parser: it looks for fences and for bars at the beginning of lines.

use std::borrow::Cow;
use std::ops::Range;

use super::Counts;
use super::grammar::{self, Line};
use super::raw::{RawCheck, RawRun, Word};

/// A text cut into its lines, and where its code blocks with reports are.
pub struct Blocks<'t> {
    /// All lines.
    pub lines: Vec<&'t str>,
    /// The lines of each code block that holds checks.
    pub reports: Vec<Range<usize>>,
}

/// The code blocks with checks in them, if most checks of a text stand in such. The remediations of
/// some benchmarks hold fences too; then the text is a report and no Markdown file.
pub fn report_blocks(text: &str) -> Option<Blocks<'_>> {
    if !text.contains("```") && !text.contains("~~~") {
        return None;
    }
    let mut lines = Vec::new();
    let mut reports = Vec::new();
    let mut open: Option<(&str, usize)> = None;
    let (mut inside, mut outside, mut in_block) = (0_usize, 0_usize, 0_usize);
    for (position, line) in super::decode::lines(text).enumerate() {
        lines.push(line);
        match (open, fence(line)) {
            (None, Some(mark)) => {
                open = Some((mark, position + 1));
                in_block = 0;
            }
            (Some((begun, start)), Some(mark))
                if mark.starts_with(begun) && line.trim().len() == mark.len() =>
            {
                if in_block > 0 {
                    reports.push(start..position);
                }
                inside += in_block;
                open = None;
            }
            _ if matches!(grammar::classify(line).1, Line::Check { .. }) => {
                if open.is_some() {
                    in_block += 1;
                } else {
                    outside += 1;
                }
            }
            _ => {}
        }
    }
    // A block that is never closed goes on to the end.
    if let Some((_, start)) = open.filter(|_| in_block > 0) {
        reports.push(start..lines.len());
        inside += in_block;
    }
    (inside > outside).then_some(Blocks { lines, reports })
}

/// The run of backquotes or tildes that a line begins with.
fn fence(line: &str) -> Option<&str> {
    let text = line.trim_start();
    let mark = text.chars().next().filter(|one| matches!(one, '`' | '~'))?;
    let length = text.bytes().take_while(|byte| *byte == mark as u8).count();
    (length >= 3).then(|| &text[..length])
}

/// Checks in the rows of Markdown tables, for texts that have none as lines.
pub fn table(text: &str) -> (RawRun<'_>, Counts) {
    let mut run = RawRun::default();
    let mut counts = Counts::default();
    let mut group = "";
    for line in super::decode::lines(text) {
        match row(line) {
            Some((Word::Info, number, title)) if !number.contains('.') => {
                group = title;
                counts.read += 1;
            }
            Some((word, number, title)) => {
                let title = title.replace("<br>", " ").replace("<br/>", " ");
                let mut check = RawCheck::new(word, number, title);
                check.group = Cow::Borrowed(group);
                match word {
                    Word::Fail => run.signs.fails += 1,
                    Word::Note => run.signs.notes += 1,
                    _ => {}
                }
                run.checks.push(check);
                counts.read += 1;
            }
            None if line.trim_start().starts_with('|') => counts.not_understood += 1,
            None => counts.skipped += 1,
        }
    }
    drop_group_headings(&mut run);
    (run, counts)
}

fn drop_group_headings(run: &mut RawRun<'_>) {
    let parents: std::collections::HashSet<String> = run
        .checks
        .iter()
        .filter_map(|check| Some(check.number.rsplit_once('.')?.0.to_owned()))
        .collect();
    let mut group = Cow::Borrowed("");
    for check in &mut run.checks {
        if check.word == Word::Info && parents.contains(check.number.as_ref()) {
            group = check.title.clone();
        } else if !group.is_empty() {
            check.group = group.clone();
        }
    }
    run.checks
        .retain(|check| check.word != Word::Info || !parents.contains(check.number.as_ref()));
}

/// A row with a word in one cell, and a number with a title in one other or two others.
fn row(line: &str) -> Option<(Word, &str, &str)> {
    const MOST_CELLS: usize = 12;
    let inner = line.trim().strip_prefix('|')?;
    let mut word = None;
    let mut number = None;
    let mut title = None;
    for cell in inner.split('|').take(MOST_CELLS) {
        let cell = cell.trim();
        if word.is_none()
            && let Some(found) = cell_word(cell)
        {
            word = Some(found);
        } else if number.is_none() {
            let plain = cell.trim_matches(['*', '`', '_']);
            if grammar::is_number(plain) {
                number = Some(plain);
            } else if let Some((found, after)) = grammar::split_number(plain) {
                number = Some(found);
                title = Some(after.trim_start_matches([' ', '-', '\t']));
            }
        } else if title.is_none() && !cell.is_empty() {
            title = Some(cell);
        }
    }
    let title = title.filter(|title| !title.is_empty())?;
    Some((word?, number?, title))
}

/// The word of a cell, whatever role, emphasis or brackets stand around it.
fn cell_word(cell: &str) -> Option<Word> {
    const LONGEST: usize = 40;
    if cell.len() > LONGEST {
        return None;
    }
    let word = cell
        .trim_end_matches(|one: char| !one.is_ascii_uppercase())
        .rsplit(|one: char| !one.is_ascii_alphabetic())
        .next()?;
    Word::parse(word)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rows_are_read_in_several_layouts() {
        for line in [
            "|{statusfail}`FAIL` |  1.1.2 Ensure ownership (Automated)|",
            "| 1.1.2 | Ensure ownership (Automated) | **FAIL** |",
            "| FAIL | `1.1.2` | Ensure ownership (Automated) |",
            "| [FAIL] | 1.1.2 - Ensure ownership (Automated)",
        ] {
            let found = row(line);
            assert_eq!(
                found,
                Some((Word::Fail, "1.1.2", "Ensure ownership (Automated)")),
                "{line}"
            );
        }
        assert_eq!(row("| Status | Descriptor |"), None);
        assert_eq!(row("|--------|------------|"), None);
    }

    #[test]
    fn prose_around_the_code_blocks_is_left_out() {
        let text =
            "Before:\n- [WARN] 5.10 - in prose\n```\n[WARN] 5.10 - a\n[PASS] 5.11 - b\n```\nend\n";
        let blocks = report_blocks(text).unwrap();
        assert_eq!(blocks.reports.len(), 1);
        assert_eq!(blocks.reports[0], 3..5);
        assert_eq!(blocks.lines[3..5], ["[WARN] 5.10 - a", "[PASS] 5.11 - b"]);
        assert_eq!(blocks.lines.len(), 7);
    }

    #[test]
    fn a_block_that_is_never_closed_is_read_to_the_end() {
        let blocks = report_blocks("text\n```sh\n[WARN] 5.10 - a\n").unwrap();
        assert_eq!(blocks.reports[0], 2..3);
    }

    #[test]
    fn fences_inside_remediations_do_not_hide_the_report() {
        let text = "[FAIL] 5.10 a\n== Remediations ==\n5.10 Do\n```\nkubectl get\n```\n";
        assert!(report_blocks(text).is_none());
    }
}
