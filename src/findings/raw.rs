//! What a scanner printed, before anything is known about it: words, numbers, titles as they stood.
//!
//! Every reader of a format makes these; [`super::assemble`] turns them into findings.

use std::borrow::Cow;

/// The word that a scanner prints for a check.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Word {
    /// `PASS`
    Pass,
    /// `WARN`: a failure in docker-bench-security, 'look yourself' in the tools written in Go.
    Warn,
    /// `FAIL`
    Fail,
    /// `INFO`
    Info,
    /// `NOTE`: a check that a person has to do.
    Note,
}

impl Word {
    /// All five, in the order in which reports are counted.
    pub const ALL: [Self; 5] = [Self::Pass, Self::Warn, Self::Fail, Self::Info, Self::Note];

    /// The word as printed.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Pass => "PASS",
            Self::Warn => "WARN",
            Self::Fail => "FAIL",
            Self::Info => "INFO",
            Self::Note => "NOTE",
        }
    }

    /// The word that a text says exactly.
    pub fn parse(text: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|word| word.as_str() == text)
    }
}

/// One check as a scanner printed it.
#[derive(Clone, Debug)]
pub struct RawCheck<'t> {
    /// The word.
    pub word: Word,
    /// The number; empty for the one check that docker-bench-security prints without.
    pub number: Cow<'t, str>,
    /// The title; empty where the format has none.
    pub title: Cow<'t, str>,
    /// The heading that it stands under.
    pub group: Cow<'t, str>,
    /// Containers, files, users, raw output.
    pub details: Vec<Cow<'t, str>>,
    /// What the tool says to do, line by line.
    pub remediation: Vec<Cow<'t, str>>,
    /// The line right below, where it is of no known kind: perhaps the rest of a wrapped title.
    pub line_below: Option<&'t str>,
    /// The control, where the scanner's own table of ids gives it.
    pub control: Option<&'static str>,
}

impl<'t> RawCheck<'t> {
    /// A check with nothing but the essentials.
    pub fn new(
        word: Word,
        number: impl Into<Cow<'t, str>>,
        title: impl Into<Cow<'t, str>>,
    ) -> Self {
        Self {
            word,
            number: number.into(),
            title: title.into(),
            group: Cow::Borrowed(""),
            details: Vec::new(),
            remediation: Vec::new(),
            line_below: None,
            control: None,
        }
    }
}

/// One run of a scanner as it stands in a file.
#[derive(Clone, Debug, Default)]
pub struct RawRun<'t> {
    /// When it began, in the words of the report.
    pub started: Cow<'t, str>,
    /// The version of the tool that the report states.
    pub tool_version: Cow<'t, str>,
    /// The benchmark that the report states, in its own words.
    pub benchmark: Cow<'t, str>,
    /// The checks in order.
    pub checks: Vec<RawCheck<'t>>,
    /// What the report itself says about how much it holds.
    pub stated: Stated,
    /// What speaks for one tool or another.
    pub signs: Signs,
    /// No containers were running, so a whole section was not checked.
    pub no_containers: bool,
    /// The tool ran without the rights that it asks for.
    pub without_root: bool,
}

/// What a report says about itself, to be checked against what was read.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Stated {
    /// `Checks: 117`
    pub checks: Option<usize>,
    /// The sums of the summary blocks, in the order of [`Word::ALL`].
    pub words: [Option<usize>; 5],
}

/// What speaks for one tool or another in a text.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Signs {
    /// The banner of docker-bench-security.
    pub banner: bool,
    /// `Initializing …`
    pub initializing: bool,
    /// `Section A - Check results` and the like.
    pub sections: usize,
    /// `Checks: 117`, `Score: 12`
    pub tails: usize,
    /// Checks with a dash after the number.
    pub dashes: usize,
    /// Checks without one.
    pub without_dash: usize,
    /// `[NOTE]`
    pub notes: usize,
    /// `[FAIL]`
    pub fails: usize,
    /// Detail lines with a star.
    pub stars: usize,
    /// Raw output after a tab.
    pub tabs: usize,
    /// `== Summary ==`, `== Remediations ==`
    pub blocks: usize,
    /// `[INFO] 18.09 CIS Docker Community Edition Benchmark`
    pub docker_benchmark: bool,
    /// Titles of Docker controls.
    pub docker_titles: usize,
    /// Titles of Kubernetes controls, or headings and titles that speak of Kubernetes.
    pub kubernetes_titles: usize,
}

impl Signs {
    /// How much speaks for the shell script.
    pub const fn shell(&self) -> usize {
        let mut points =
            self.dashes + self.stars + 10 * self.notes + 100 * (self.sections + self.tails);
        if self.initializing {
            points += 100;
        }
        if self.banner {
            points += 1000;
        }
        points
    }

    /// How much speaks for one of the tools written in Go.
    pub const fn go(&self) -> usize {
        let mut points = self.without_dash + self.tabs + 10 * self.fails + 100 * self.blocks;
        if self.docker_benchmark {
            points += 1000;
        }
        points
    }
}
