//! docker-bench-security, the shell script: how to know it, and which version wrote a report.
//!
//! Its text is read by [`super::text`], its JSON by [`super::docker_bench_json`].

use super::benchmark;
use super::docker_bench_json::{read, recover};
use super::documents::Outline;
use super::matching::Family;
use super::notice::Notice;
use super::raw::{RawRun, Signs, Word};
use super::scanner::{Identity, Json, Scanner};
use crate::catalog::Catalog;
use crate::catalog::types::Control;
use crate::session::types::FindingStatus;

const TOOL: &str = "docker-bench-security";
/// How the catalog names the tool's versions.
const COLUMN: &str = "docker-bench-";

/// What is known of it.
pub const SCANNER: Scanner = Scanner {
    tool: TOOL,
    family: Some(Family::Docker),
    prints,
    start_failures: &[
        "Error connecting to docker daemon",
        "Required program not found",
    ],
    json: Some(Json {
        recognises,
        read,
        recover,
    }),
    junit: None,
    meaning,
    identify,
};

fn prints(signs: &Signs) -> bool {
    let is_report = signs.docker_titles > 0 || signs.banner || signs.initializing;
    (is_report || signs.sections + signs.tails > 0) && signs.shell() > signs.go()
}

fn meaning(word: Word) -> FindingStatus {
    match word {
        Word::Pass => FindingStatus::Passed,
        Word::Warn | Word::Fail => FindingStatus::Failed,
        Word::Note => FindingStatus::Manual,
        Word::Info => FindingStatus::Information,
    }
}

fn recognises(outline: &Outline) -> bool {
    outline.is_or_lists(|one| one.has("dockerbenchsecurity"))
}

fn identify<'c>(run: &RawRun<'_>, pairs: &[(&str, &'c Control)], catalog: &'c Catalog) -> Identity {
    let stated = run.tool_version.trim();
    let fits = benchmark::fits(catalog, COLUMN, pairs, &|version| rank(version, run));
    let best = benchmark::best(&fits).map(|fit| fit.agreeing);
    // Of versions that fit alike the stated one is right: several differ in nothing but fixes.
    let numbered = best.and_then(|agreeing| {
        let alike = fits.iter().take_while(|fit| fit.agreeing == agreeing);
        let versions: Vec<&str> = alike.map(|fit| &fit.version[COLUMN.len()..]).collect();
        let by_statement = versions.iter().find(|version| **version == stated);
        by_statement.or(versions.first()).copied()
    });
    let (tool_version, notice) = match (stated, numbered) {
        ("", None) => (String::new(), None),
        ("", Some(numbers)) => {
            let notice = Notice::VersionFromNumbers(format!("{TOOL} {numbers}"));
            (numbers.to_owned(), Some(notice))
        }
        (stated, Some(numbers)) if stated != numbers && disagrees(&fits, stated, best) => {
            let notice = Notice::VersionDisagrees {
                stated: stated.to_owned(),
                numbers: numbers.to_owned(),
            };
            (format!("{stated} (numbered like {numbers})"), Some(notice))
        }
        (stated, _) => (stated.to_owned(), None),
    };
    let version = numbered.unwrap_or(stated);
    let signed_artifacts = pairs
        .iter()
        .any(|(_, control)| control.id == *"image-signed-artifacts");
    let benchmark = named_benchmark(&run.benchmark)
        .unwrap_or_else(|| benchmark_of(version, signed_artifacts).to_owned());
    Identity {
        tool_version,
        benchmark,
        column: format!("{COLUMN}{version}"),
        notice,
    }
}

/// The age of a version, if a report may be of it: numbers alone do not tell all apart.
fn rank(version: &str, run: &RawRun<'_>) -> Option<u32> {
    const SCORED: u32 = 10_305;
    const SECTIONS: u32 = 10_306;
    let age = version[COLUMN.len()..]
        .split('.')
        .try_fold(0, |age, part| Some(age * 100 + part.parse::<u32>().ok()?))?;
    let noted = |note: &str| {
        let titles = run.checks.iter().map(|check| &check.title);
        titles.filter(|title| title.contains(note)).count()
    };
    let scored = noted("Scored)");
    let automated = noted("(Automated)") + noted("(Manual)");
    let may_be = if run.signs.sections > 0 {
        age >= SECTIONS
    } else if run.signs.initializing && run.signs.tails > 0 {
        age < SECTIONS
    } else {
        true
    };
    let has_titles = run.checks.iter().any(|check| !check.title.is_empty());
    let fits_notes = !has_titles
        || match (scored, automated) {
            (0, 0) => age < SCORED,
            // Later versions kept the older words in section 2 only.
            (scored, automated) if scored > automated => (SCORED..=SECTIONS).contains(&age),
            _ => age >= SECTIONS,
        };
    (may_be && fits_notes).then_some(age)
}

/// Whether the stated version is known to number otherwise.
fn disagrees(fits: &[benchmark::Fit<'_>], stated: &str, best: Option<usize>) -> bool {
    fits.iter()
        .find(|fit| fit.version[COLUMN.len()..] == *stated)
        .is_some_and(|fit| Some(fit.agreeing) < best)
}

/// `CIS Docker CE 1.1.0` from `Inspired by the CIS Docker Community Edition Benchmark v1.1.0.`
fn named_benchmark(banner: &str) -> Option<String> {
    let (_, after) = banner.split_once("CIS Docker")?;
    let version = after
        .split_whitespace()
        .map(|word| word.trim_start_matches('v').trim_end_matches(['.', ':']))
        .find(|word| word.starts_with(|one: char| one.is_ascii_digit()))?;
    let edition = if after.contains("Community Edition") {
        "CE "
    } else {
        ""
    };
    Some(format!("CIS Docker {edition}{version}"))
}

fn benchmark_of(version: &str, signed_artifacts: bool) -> &'static str {
    match version {
        "1.0.0" => "CIS Docker 1.6",
        "1.1.0" => "CIS Docker 1.11",
        "1.2.0" => "CIS Docker 1.12",
        "1.3.0" | "1.3.1" => "CIS Docker 1.13",
        "1.3.2" | "1.3.3" | "1.3.4" => "CIS Docker CE 1.1.0",
        "1.3.5" => "CIS Docker 1.2.0",
        // Check 4.12 came with 1.4.0, during the time of this version.
        "1.3.6" if signed_artifacts => "CIS Docker 1.4.0",
        "1.3.6" => "CIS Docker 1.3.1",
        "1.5.0" => "CIS Docker 1.5.0",
        "1.6.0" | "1.6.1" => "CIS Docker 1.6.0",
        _ => "",
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use pretty_assertions::assert_eq;

    #[test]
    fn banners_name_their_benchmark() {
        for (banner, expected) in [
            (
                "Inspired by the CIS Docker Community Edition Benchmark v1.1.0.",
                "CIS Docker CE 1.1.0",
            ),
            (
                "Based on the CIS Docker Benchmark 1.6.0.",
                "CIS Docker 1.6.0",
            ),
            (
                "Inspired by the CIS Docker 1.11 Benchmark:",
                "CIS Docker 1.11",
            ),
        ] {
            assert_eq!(named_benchmark(banner).as_deref(), Some(expected));
        }
    }
}
