//! Lines in, runs out: where each line of a text report stands and what belongs together.
//!
//! One reader for all tools that print lines; which of them it was is decided later, from the
//! [`super::raw::Signs`] gathered here. A file may hold many runs. All are read; only the last
//! [`KEPT_RUNS`] are kept, so that memory stays with the size of a run and not of a history.

use std::borrow::Cow;
use std::collections::VecDeque;

use super::building::Building;
use super::grammar::{self, Line};
use super::raw::{RawRun, Word};
use super::{Counts, markdown, prefix};

/// How many runs of one file are kept.
pub const KEPT_RUNS: usize = 20;
/// The longest line that is read, in bytes.
const LONGEST_LINE: usize = 1 << 20;

/// What a text holds.
#[derive(Debug, Default)]
pub struct TextRead<'t> {
    /// The last runs, oldest first.
    pub runs: VecDeque<RawRun<'t>>,
    /// How many runs there were.
    pub run_count: usize,
    /// Lines.
    pub counts: Counts,
    /// Lines too long to be read.
    pub long_lines: usize,
    /// A run held more checks than any scanner prints.
    pub overfull: bool,
    /// A line that says why a tool could not start.
    pub failure: Option<&'t str>,
}

/// Reads a text. `is_failure` knows the lines that tools print when they cannot start.
pub fn read<'t>(text: &'t str, is_failure: &dyn Fn(&str) -> bool) -> TextRead<'t> {
    let mut reader = Reader::new(is_failure);
    reader.prefix = prefix::first(text);
    if let Some(blocks) = markdown::report_blocks(text) {
        let mut read = 0;
        for report in blocks.reports {
            let lines = &blocks.lines[report];
            if !reader.begin_block(lines) {
                continue;
            }
            read += lines.len();
            for line in lines {
                reader.line(line);
            }
        }
        reader.read.counts.skipped += blocks.lines.len() - read;
    } else {
        for line in super::decode::lines(text) {
            reader.line(line);
        }
    }
    reader.finish_run();
    reader.read
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Mode {
    Checks,
    SectionB,
    Remediations,
    Summary { total: bool },
    Tail,
}

/// What a detail line would belong to.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Last {
    Nothing,
    Heading,
    Check(usize),
}

struct Reader<'t, 'f> {
    read: TextRead<'t>,
    building: Building<'t>,
    mode: Mode,
    last: Last,
    just_read_check: bool,
    prefix: &'t str,
    is_failure: &'f dyn Fn(&str) -> bool,
}

impl<'t, 'f> Reader<'t, 'f> {
    fn new(is_failure: &'f dyn Fn(&str) -> bool) -> Self {
        Self {
            read: TextRead::default(),
            building: Building::default(),
            mode: Mode::Checks,
            last: Last::Nothing,
            just_read_check: false,
            prefix: "",
            is_failure,
        }
    }

    /// A code block of a Markdown file is a run of its own where it has a check that the run before
    /// has too. One that only repeats lines is a quote and is left out. Any other block goes on
    /// with the run before: write-ups cut one report into sections.
    fn begin_block(&mut self, lines: &[&'t str]) -> bool {
        let (mut knows, mut differs) = (false, false);
        let mut details: &[Cow<'t, str>] = &[];
        for line in lines {
            match grammar::classify(line).1 {
                Line::Check {
                    word,
                    number,
                    title,
                    ..
                } => {
                    let before = self.building.check(number);
                    knows |= before.is_some();
                    differs |= before.is_none_or(|one| one.word != word || one.title != title);
                    details = before.map_or(&[], |one| &one.details);
                }
                Line::Detail(text) => differs |= !details.iter().any(|one| one == text),
                _ => {}
            }
        }
        if knows && !differs {
            return false;
        }
        if knows {
            self.finish_run();
        }
        self.mode = Mode::Checks;
        self.last = Last::Nothing;
        true
    }

    fn line(&mut self, line: &'t str) {
        if line.len() > LONGEST_LINE {
            self.read.long_lines += 1;
            self.read.counts.not_understood += 1;
            return;
        }
        let (prefix, mut kind) = grammar::classify(line);
        if matches!(
            kind,
            Line::Check { .. } | Line::Detail(_) | Line::Remark(..) | Line::Checks(_) | Line::Score
        ) {
            self.prefix = &line[..prefix];
        } else if !self.prefix.is_empty()
            && let Some(rest) = prefix::after_same(line, self.prefix)
        {
            kind = grammar::without_word(rest);
        }
        let after_check = std::mem::take(&mut self.just_read_check);
        match self.take(kind, after_check) {
            Fate::Read => self.read.counts.read += 1,
            Fate::Skipped => self.read.counts.skipped += 1,
            Fate::NotUnderstood => self.read.counts.not_understood += 1,
        }
    }

    fn take(&mut self, kind: Line<'t>, after_check: bool) -> Fate {
        match kind {
            Line::Check {
                word,
                number,
                title,
                dash,
            } => return self.check(word, number, title, dash),
            Line::Detail(text) => return self.detail(text),
            Line::Remark(word, text) => return self.remark(word, text),
            Line::Raw(text) => return self.raw(text),
            Line::Other(text) => return self.other(text, after_check),
            Line::Blank | Line::Fence => {
                if self.mode == Mode::Remediations {
                    let text = if kind == Line::Blank { "" } else { "```" };
                    self.building.continue_remediation(text);
                }
                return Fate::Skipped;
            }
            Line::Comment => return Fate::Skipped,
            Line::Checks(count) => {
                self.building.run.stated.checks = Some(count);
                self.building.run.signs.tails += 1;
            }
            Line::Score => self.building.run.signs.tails += 1,
            Line::RunStart(started) => {
                if self.building.run.signs.initializing || self.building.is_begun() {
                    self.finish_run();
                }
                self.building.run.signs.initializing = true;
                self.building.run.started = Cow::Borrowed(started);
                self.mode = Mode::Checks;
            }
            Line::Banner(version) => {
                if self.building.is_begun() {
                    self.finish_run();
                }
                self.building.run.signs.banner = true;
                self.building.run.tool_version = Cow::Borrowed(version);
            }
            Line::Benchmark(text) => self.building.run.benchmark = Cow::Borrowed(text),
            Line::SectionA => {
                if !self.building.run.checks.is_empty() {
                    self.finish_run();
                }
                self.building.run.signs.sections += 1;
                self.mode = Mode::Checks;
            }
            Line::SectionB => {
                self.building.run.signs.sections += 1;
                self.mode = Mode::SectionB;
            }
            Line::SectionC => {
                self.building.run.signs.sections += 1;
                self.mode = Mode::Tail;
            }
            Line::Remediations => {
                self.building.begin_remediations();
                self.mode = Mode::Remediations;
            }
            Line::Summary(name) => {
                self.building.run.signs.blocks += 1;
                self.mode = Mode::Summary {
                    total: name == "total",
                };
            }
            Line::SummaryCount(count, word) => {
                self.building.run.signs.blocks += 1;
                if self.mode != (Mode::Summary { total: true }) {
                    let stated = &mut self.building.run.stated.words[word as usize];
                    *stated = Some(stated.unwrap_or(0).saturating_add(count));
                }
            }
        }
        self.last = Last::Nothing;
        Fate::Read
    }

    fn check(&mut self, word: Word, number: &'t str, title: &'t str, dash: bool) -> Fate {
        let is_heading = number.bytes().all(|byte| byte.is_ascii_digit());
        match self.mode {
            Mode::SectionB => {
                if !is_heading {
                    self.building.remediation_of(number, title);
                }
                return Fate::Read;
            }
            // Without a summary, only the heading of the next part ends the remediations.
            Mode::Remediations if !(is_heading && word == Word::Info) => {
                return self.continue_remediation(title);
            }
            _ => {}
        }
        // After its score, or the one summary of the Docker tool, a report is over.
        let is_over = self.building.run.signs.tails > 0
            || (self.building.run.signs.docker_benchmark
                && matches!(self.mode, Mode::Summary { .. }));
        if is_over {
            self.finish_run();
        }
        self.mode = Mode::Checks;
        if dash {
            self.building.run.signs.dashes += 1;
        } else {
            self.building.run.signs.without_dash += 1;
        }
        if word == Word::Info && title.contains("CIS Docker") && title.contains("Benchmark") {
            if !self.building.run.checks.is_empty() {
                self.finish_run();
            }
            self.building.run.signs.docker_benchmark = true;
            self.building.run.benchmark = Cow::Borrowed(number);
            self.last = Last::Heading;
            return Fate::Read;
        }
        if is_heading {
            if word != Word::Info {
                return Fate::NotUnderstood;
            }
            if self.building.comes_again(number, title) {
                self.finish_run();
            }
            self.building.heading(number, title);
            self.last = Last::Heading;
            return Fate::Read;
        }
        if word == Word::Info && title.contains("Remediation Impact:") {
            self.building.remediation_of(number, title);
            return Fate::Read;
        }
        self.add_check(word, number, title)
    }

    fn add_check(&mut self, word: Word, number: &'t str, title: &'t str) -> Fate {
        if let Some(check) = self.building.add_check(word, number, title) {
            self.last = Last::Check(check);
            self.just_read_check = true;
            Fate::Read
        } else {
            self.read.overfull = true;
            self.last = Last::Nothing;
            Fate::NotUnderstood
        }
    }

    fn continue_remediation(&mut self, text: &'t str) -> Fate {
        if self.building.continue_remediation(text) {
            Fate::Read
        } else {
            Fate::NotUnderstood
        }
    }

    fn detail(&mut self, text: &'t str) -> Fate {
        self.building.run.signs.stars += 1;
        match self.last {
            _ if self.mode != Mode::Checks => {}
            Last::Check(check) => self.building.run.checks[check]
                .details
                .push(Cow::Borrowed(text)),
            Last::Heading => {
                if text.starts_with("No containers running") {
                    self.building.run.no_containers = true;
                }
            }
            Last::Nothing => return Fate::NotUnderstood,
        }
        Fate::Read
    }

    fn remark(&mut self, word: Word, text: &'t str) -> Fate {
        if text.contains("might require root") {
            self.building.run.without_root = true;
            Fate::Read
        } else if word == Word::Info
            && self.mode == Mode::Checks
            && !self.building.run.checks.is_empty()
        {
            // One check of docker-bench-security has lost its number; its title is matched later.
            self.add_check(word, "", text)
        } else {
            Fate::NotUnderstood
        }
    }

    fn raw(&mut self, text: &'t str) -> Fate {
        match (self.mode, self.last) {
            (Mode::Remediations, _) => self.continue_remediation(text),
            (Mode::Checks, Last::Check(check)) => {
                self.building.run.signs.tabs += 1;
                self.building.run.checks[check]
                    .details
                    .push(Cow::Borrowed(text));
                Fate::Read
            }
            _ => Fate::NotUnderstood,
        }
    }

    fn other(&mut self, text: &'t str, after_check: bool) -> Fate {
        if self.mode == Mode::Remediations {
            if let Some((number, after)) = grammar::split_number(text)
                && self.building.begin_remediation(number, after.trim_start())
            {
                return Fate::Read;
            }
            return self.continue_remediation(text);
        }
        if self.read.failure.is_none()
            && self.read.run_count == 0
            && self.building.run.checks.is_empty()
            && (self.is_failure)(text)
        {
            self.read.failure = Some(text);
            return Fate::Read;
        }
        if after_check && let Last::Check(check) = self.last {
            self.building.run.checks[check].line_below = Some(text);
        }
        Fate::NotUnderstood
    }

    fn finish_run(&mut self) {
        if let Some(run) = self.building.finish() {
            self.read.run_count += 1;
            if self.read.runs.len() == KEPT_RUNS {
                self.read.runs.pop_front();
            }
            self.read.runs.push_back(run);
        }
        self.mode = Mode::Checks;
        self.last = Last::Nothing;
    }
}

/// What became of a line.
enum Fate {
    Read,
    Skipped,
    NotUnderstood,
}
