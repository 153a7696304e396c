//! Lines in, runs out: where each line of a text report stands and what belongs together.
//!
//! One reader for all tools that print lines; which of them it was is decided later, from the
//! [`super::raw::Signs`] gathered here. A file may hold many runs. All are read; only the last
//! [`KEPT_RUNS`] are kept, so that memory stays with the size of a run and not of a history.

use std::borrow::Cow;
use std::collections::{HashMap, HashSet, VecDeque};

use super::grammar::{self, Line};
use super::raw::{RawCheck, RawRun, Word};
use super::{Counts, markdown};

/// How many runs of one file are kept.
pub const KEPT_RUNS: usize = 20;
/// The longest line that is read, in bytes.
const LONGEST_LINE: usize = 1 << 20;
/// The most checks of one run; real ones have fewer than 300.
const MOST_CHECKS: usize = 100_000;

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
    reader.prefix = first_prefix(text);
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

/// The checks of one number in a run: aquasecurity's tool prints some numbers twice.
struct Same {
    without_remediation: Option<usize>,
    last: usize,
}

struct Reader<'t, 'f> {
    read: TextRead<'t>,
    run: RawRun<'t>,
    mode: Mode,
    group: &'t str,
    last: Last,
    just_read_check: bool,
    remediated: Option<usize>,
    numbers: HashMap<&'t str, Same>,
    next_same: Vec<Option<usize>>,
    parents: HashSet<&'t str>,
    headings: HashSet<(&'t str, &'t str)>,
    checks_under_heading: bool,
    prefix: &'t str,
    is_failure: &'f dyn Fn(&str) -> bool,
}

impl<'t, 'f> Reader<'t, 'f> {
    fn new(is_failure: &'f dyn Fn(&str) -> bool) -> Self {
        Self {
            read: TextRead::default(),
            run: RawRun::default(),
            mode: Mode::Checks,
            group: "",
            last: Last::Nothing,
            just_read_check: false,
            remediated: None,
            numbers: HashMap::new(),
            next_same: Vec::new(),
            parents: HashSet::new(),
            headings: HashSet::new(),
            checks_under_heading: false,
            prefix: "",
            is_failure,
        }
    }

    /// A code block of a Markdown file is a run of its own where it contradicts the run before: the
    /// same check, otherwise. One that only repeats lines quotes them and is left out. Any other
    /// goes on with the run before: write-ups cut one report into sections.
    fn begin_block(&mut self, lines: &[&'t str]) -> bool {
        let (mut same, mut other, mut new) = (false, false, false);
        for line in lines {
            let Line::Check {
                word,
                number,
                title,
                ..
            } = grammar::classify(line).1
            else {
                continue;
            };
            match self.numbers.get(number) {
                Some(known) => {
                    let known = &self.run.checks[known.last];
                    let repeats = known.word == word && known.title == title;
                    same |= repeats;
                    other |= !repeats;
                }
                None => new |= number.contains('.'),
            }
        }
        if same && !other && !new {
            return false;
        }
        if same || other {
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
            && let Some(rest) = after_same_prefix(line, self.prefix)
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
                if self.mode == Mode::Remediations
                    && let Some(check) = self.remediated
                {
                    let lines = &mut self.run.checks[check].remediation;
                    lines.push(Cow::Borrowed(if kind == Line::Blank { "" } else { "```" }));
                }
                return Fate::Skipped;
            }
            Line::Comment => return Fate::Skipped,
            Line::Checks(count) => {
                self.run.stated.checks = Some(count);
                self.run.signs.tails += 1;
            }
            Line::Score => self.run.signs.tails += 1,
            Line::RunStart(started) => {
                if self.run.signs.initializing || self.has_content() {
                    self.finish_run();
                }
                self.run.signs.initializing = true;
                self.run.started = Cow::Borrowed(started);
                self.mode = Mode::Checks;
            }
            Line::Banner(version) => {
                if self.has_content() {
                    self.finish_run();
                }
                self.run.signs.banner = true;
                self.run.tool_version = Cow::Borrowed(version);
            }
            Line::Benchmark(text) => self.run.benchmark = Cow::Borrowed(text),
            Line::SectionA => {
                if !self.run.checks.is_empty() {
                    self.finish_run();
                }
                self.run.signs.sections += 1;
                self.mode = Mode::Checks;
            }
            Line::SectionB => {
                self.run.signs.sections += 1;
                self.mode = Mode::SectionB;
            }
            Line::SectionC => {
                self.run.signs.sections += 1;
                self.mode = Mode::Tail;
            }
            Line::Remediations => {
                self.run.signs.blocks += 1;
                self.remediated = None;
                self.mode = Mode::Remediations;
            }
            Line::Summary(name) => {
                self.run.signs.blocks += 1;
                self.mode = Mode::Summary {
                    total: name == "total",
                };
            }
            Line::SummaryCount(count, word) => {
                self.run.signs.blocks += 1;
                if self.mode != (Mode::Summary { total: true }) {
                    let stated = &mut self.run.stated.words[word as usize];
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
                    self.remediation_of(number, title);
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
        let is_over = self.run.signs.tails > 0
            || (self.run.signs.docker_benchmark && matches!(self.mode, Mode::Summary { .. }));
        if is_over {
            self.finish_run();
        }
        self.mode = Mode::Checks;
        if dash {
            self.run.signs.dashes += 1;
        } else {
            self.run.signs.without_dash += 1;
        }
        if word == Word::Info && title.contains("CIS Docker") && title.contains("Benchmark") {
            if !self.run.checks.is_empty() {
                self.finish_run();
            }
            self.run.signs.docker_benchmark = true;
            self.run.benchmark = Cow::Borrowed(number);
            self.last = Last::Heading;
            return Fate::Read;
        }
        if is_heading {
            return if word == Word::Info {
                self.heading(number, title);
                Fate::Read
            } else {
                Fate::NotUnderstood
            };
        }
        if word == Word::Info && title.contains("Remediation Impact:") {
            self.remediation_of(number, title);
            return Fate::Read;
        }
        self.add_check(word, number, title)
    }

    fn heading(&mut self, number: &'t str, title: &'t str) {
        if self.checks_under_heading && self.headings.contains(&(number, title)) {
            self.finish_run();
        }
        self.headings.insert((number, title));
        self.checks_under_heading = false;
        self.group = title;
        self.last = Last::Heading;
    }

    fn add_check(&mut self, word: Word, number: &'t str, title: &'t str) -> Fate {
        let position = self.run.checks.len();
        if position >= MOST_CHECKS {
            self.read.overfull = true;
            self.last = Last::Nothing;
            return Fate::NotUnderstood;
        }
        match word {
            Word::Note => self.run.signs.notes += 1,
            Word::Fail => self.run.signs.fails += 1,
            _ => {}
        }
        let mut check = RawCheck::new(word, number, title);
        check.group = Cow::Borrowed(self.group);
        if let Some(parent) = parent(number) {
            self.parents.insert(parent);
            if let Some(above) = self.numbers.get(parent)
                && self.run.checks[above.last].word == Word::Info
            {
                check.group.clone_from(&self.run.checks[above.last].title);
            }
        }
        self.run.checks.push(check);
        self.next_same.push(None);
        if !number.is_empty() {
            if let Some(same) = self.numbers.get_mut(number) {
                self.next_same[same.last] = Some(position);
                same.last = position;
                same.without_remediation.get_or_insert(position);
            } else {
                let same = Same {
                    without_remediation: Some(position),
                    last: position,
                };
                self.numbers.insert(number, same);
            }
        }
        self.checks_under_heading = true;
        self.last = Last::Check(position);
        self.just_read_check = true;
        Fate::Read
    }

    fn detail(&mut self, text: &'t str) -> Fate {
        self.run.signs.stars += 1;
        match self.last {
            _ if self.mode != Mode::Checks => {}
            Last::Check(check) => self.run.checks[check].details.push(Cow::Borrowed(text)),
            Last::Heading => {
                if text.starts_with("No containers running") {
                    self.run.no_containers = true;
                }
            }
            Last::Nothing => return Fate::NotUnderstood,
        }
        Fate::Read
    }

    fn remark(&mut self, word: Word, text: &'t str) -> Fate {
        if text.contains("might require root") {
            self.run.without_root = true;
            Fate::Read
        } else if word == Word::Info && self.mode == Mode::Checks && !self.run.checks.is_empty() {
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
                self.run.signs.tabs += 1;
                self.run.checks[check].details.push(Cow::Borrowed(text));
                Fate::Read
            }
            _ => Fate::NotUnderstood,
        }
    }

    fn other(&mut self, text: &'t str, after_check: bool) -> Fate {
        if self.mode == Mode::Remediations {
            if let Some((number, after)) = grammar::split_number(text)
                && !self.parents.contains(number)
                && let Some(check) = self.take_unremediated(number)
            {
                self.run.checks[check]
                    .remediation
                    .push(Cow::Borrowed(after.trim_start()));
                self.remediated = Some(check);
                return Fate::Read;
            }
            return self.continue_remediation(text);
        }
        if self.read.failure.is_none()
            && self.read.run_count == 0
            && self.run.checks.is_empty()
            && (self.is_failure)(text)
        {
            self.read.failure = Some(text);
            return Fate::Read;
        }
        if after_check && let Last::Check(check) = self.last {
            self.run.checks[check].line_below = Some(text);
        }
        Fate::NotUnderstood
    }

    fn continue_remediation(&mut self, text: &'t str) -> Fate {
        let Some(check) = self.remediated else {
            return Fate::NotUnderstood;
        };
        self.run.checks[check].remediation.push(Cow::Borrowed(text));
        Fate::Read
    }

    fn remediation_of(&mut self, number: &'t str, text: &'t str) {
        if let Some(check) = self.take_unremediated(number) {
            self.run.checks[check].remediation.push(Cow::Borrowed(text));
        }
    }

    /// The next check of this number that has no remediation yet, passed ones aside: tools print
    /// remediations in the order of the checks.
    fn take_unremediated(&mut self, number: &str) -> Option<usize> {
        let same = self.numbers.get_mut(number)?;
        loop {
            let check = same.without_remediation?;
            same.without_remediation = self.next_same[check];
            if self.run.checks[check].word != Word::Pass {
                return Some(check);
            }
        }
    }

    fn has_content(&self) -> bool {
        !self.run.checks.is_empty() || !self.headings.is_empty()
    }

    fn finish_run(&mut self) {
        let mut run = std::mem::take(&mut self.run);
        let no_skipped_checks = run.stated.words[Word::Info as usize] == Some(0);
        // Security guides number their checks otherwise than the groups that they stand in.
        let is_guide = run
            .checks
            .iter()
            .any(|check| check.number.starts_with("V-"));
        run.checks.retain(|check| {
            check.word != Word::Info
                || !(no_skipped_checks
                    || (is_guide && !check.number.starts_with("V-"))
                    || self.parents.contains(check.number.as_ref())
                    || is_group_title(&check.title))
        });
        // A choice of checks that do not exist makes a whole report without any.
        let is_whole = run.signs.initializing && run.signs.tails > 0;
        if !run.checks.is_empty() || is_whole {
            self.read.run_count += 1;
            if self.read.runs.len() == KEPT_RUNS {
                self.read.runs.pop_front();
            }
            self.read.runs.push_back(run);
        }
        self.mode = Mode::Checks;
        self.group = "";
        self.last = Last::Nothing;
        self.remediated = None;
        self.numbers.clear();
        self.next_same.clear();
        self.parents.clear();
        self.headings.clear();
        self.checks_under_heading = false;
    }
}

/// What became of a line.
enum Fate {
    Read,
    Skipped,
    NotUnderstood,
}

/// The number of the group that a check stands in: `1.1` for `1.1.7`.
fn parent(number: &str) -> Option<&str> {
    number.rsplit_once('.').map(|(parent, _)| parent)
}

/// Headings of groups that may stand without any check below them.
fn is_group_title(title: &str) -> bool {
    matches!(
        title,
        "General Configuration"
            | "Linux Hosts Specific Configuration"
            | "Universal Control Plane Configuration"
            | "Docker Trusted Registry Configuration"
    )
}

/// The prefix of the first line that has a word: a banner stands before it, under the same prefix.
fn first_prefix(text: &str) -> &str {
    const LOOKED_AT: usize = 2000;
    super::decode::lines(text)
        .take(LOOKED_AT)
        .find_map(|line| match grammar::classify(line) {
            (prefix, Line::Check { .. } | Line::Remark(..)) => Some(&line[..prefix]),
            _ => None,
        })
        .unwrap_or_default()
}

/// The line after a prefix of the same form as the one before the last word: the same characters,
/// where digits may differ, as in times.
fn after_same_prefix<'t>(line: &'t str, prefix: &str) -> Option<&'t str> {
    let start = line.get(..prefix.len())?;
    let same = start
        .bytes()
        .zip(prefix.bytes())
        .all(|(one, other)| one == other || (one.is_ascii_digit() && other.is_ascii_digit()));
    same.then(|| &line[prefix.len()..])
}
