//! What a reader of a report should know besides the findings, in sentences for people.

use std::fmt;

/// One thing worth saying.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Notice {
    /// The file holds several runs.
    Runs {
        /// The tool.
        tool: &'static str,
        /// How many.
        count: usize,
    },
    /// The tool could not start, and says why.
    NotStarted {
        /// The tool.
        tool: &'static str,
        /// Its words.
        line: String,
    },
    /// Values that look like credentials were masked.
    Masked(usize),
    /// The JSON is broken; what could be recovered was read.
    Recovered {
        /// The line, from 1.
        line: usize,
        /// The column, from 1.
        column: usize,
    },
    /// The report counts itself, and otherwise.
    CountedOtherwise {
        /// Checks, or checks with one word.
        what: &'static str,
        /// What the report says.
        stated: usize,
        /// What was read.
        read: usize,
    },
    /// The report does not say its version; it follows from the numbers.
    VersionFromNumbers(String),
    /// The report does not say its benchmark; it follows from the numbers.
    BenchmarkFromNumbers(String),
    /// The report states one version and numbers its checks like another.
    VersionDisagrees {
        /// What it states.
        stated: String,
        /// What the numbers say.
        numbers: String,
    },
    /// No containers were running.
    NoContainers,
    /// The tool ran without root.
    WithoutRoot,
    /// Titles that the catalog does not know.
    UnknownTitles(usize),
    /// Lines longer than can be read.
    LongLines(usize),
    /// A run with more checks than any scanner prints.
    Overfull,
    /// Bytes that are no text.
    Damaged,
}

impl fmt::Display for Notice {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Runs { tool, count } => write!(
                formatter,
                "{count} runs of {tool} found; the last one is used."
            ),
            Self::NotStarted { tool, line } => write!(
                formatter,
                "{tool} could not start and checked nothing. It says: {line}"
            ),
            Self::Masked(1) => {
                formatter.write_str("1 value that looks like a credential was masked.")
            }
            Self::Masked(count) => write!(
                formatter,
                "{count} values that look like credentials were masked."
            ),
            Self::Recovered { line, column } => write!(
                formatter,
                "The JSON is broken at line {line}, column {column}, as the tool itself sometimes \
                 writes it. What could be recovered was read; please compare it with the file."
            ),
            Self::CountedOtherwise { what, stated, read } => write!(
                formatter,
                "The report counts {stated} {what}; {read} were read."
            ),
            Self::VersionFromNumbers(version) => write!(
                formatter,
                "The report does not state its version. Its numbers are those of {version}."
            ),
            Self::BenchmarkFromNumbers(benchmark) => write!(
                formatter,
                "The report does not name its benchmark. Its numbers fit {benchmark} best."
            ),
            Self::VersionDisagrees { stated, numbers } => write!(
                formatter,
                "The report states version {stated}, but numbers its checks like {numbers}."
            ),
            Self::NoContainers => formatter.write_str(
                "No containers were running, so the checks of running containers are missing.",
            ),
            Self::WithoutRoot => {
                formatter.write_str("The tool ran without root, so some checks may be wrong.")
            }
            Self::UnknownTitles(1) => formatter.write_str(
                "1 finding has a title that the catalog does not know. It is kept without a \
                 control.",
            ),
            Self::UnknownTitles(count) => write!(
                formatter,
                "{count} findings have titles that the catalog does not know. They are kept \
                 without a control."
            ),
            Self::LongLines(count) => {
                write!(formatter, "Lines longer than 1 MiB were left out: {count}.")
            }
            Self::Overfull => formatter.write_str(
                "A run holds more checks than any scanner prints. The rest of it was left out.",
            ),
            Self::Damaged => formatter.write_str(
                "The file holds bytes that are no text. They are replaced; please compare the \
                 findings with the file.",
            ),
        }
    }
}
