//! Which version of a benchmark numbered a report: banners are missing, and one of them lies.
//!
//! The catalog knows the number of each control in each version. The version that agrees with most
//! of the pairs of number and control, as matched by title, is the one.

use std::cmp::Reverse;
use std::collections::{HashMap, HashSet};

use crate::catalog::Catalog;
use crate::catalog::types::Control;

/// How well a version fits a report.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Fit<'c> {
    /// The version, as the catalog names it.
    pub version: &'c str,
    /// Pairs that agree.
    pub agreeing: usize,
    /// Pairs that the version numbers otherwise, or does not have.
    pub contradicting: usize,
    /// Controls of the version's sections that the report does not have.
    pub missing: usize,
}

/// The versions whose names begin with `prefix`, the best first; of equals, the newer. `rank` gives
/// the age of a version, and nothing for one that the report cannot be of.
pub fn fits<'c>(
    catalog: &'c Catalog,
    prefix: &str,
    pairs: &[(&str, &'c Control)],
    rank: &dyn Fn(&str) -> Option<u32>,
) -> Vec<Fit<'c>> {
    let sections: HashSet<&str> = pairs.iter().map(|(number, _)| section(number)).collect();
    let printed: HashSet<&str> = pairs.iter().map(|(number, _)| *number).collect();
    let mut fits: Vec<Fit<'c>> = Vec::new();
    let mut positions: HashMap<&'c str, usize> = HashMap::new();
    for control in &catalog.controls {
        for (version, numbers) in versions(control, prefix) {
            let position = *positions.entry(version).or_insert_with(|| {
                fits.push(Fit {
                    version,
                    agreeing: 0,
                    contradicting: 0,
                    missing: 0,
                });
                fits.len() - 1
            });
            if sections.contains(section(numbers))
                && !each(numbers).any(|number| printed.contains(number))
            {
                fits[position].missing += 1;
            }
        }
    }
    for (number, control) in pairs {
        for (version, numbers) in versions(control, prefix) {
            if each(numbers).any(|one| one == *number)
                && let Some(position) = positions.get(version)
            {
                fits[*position].agreeing += 1;
            }
        }
    }
    for fit in &mut fits {
        fit.contradicting = pairs.len() - fit.agreeing.min(pairs.len());
    }
    let mut ranked: Vec<(u32, Fit<'c>)> = fits
        .into_iter()
        .filter_map(|fit| Some((rank(fit.version)?, fit)))
        .collect();
    ranked.sort_by_key(|(rank, fit)| (Reverse(fit.agreeing), fit.missing, Reverse(*rank)));
    ranked.into_iter().map(|(_, fit)| fit).collect()
}

/// The version that fits best, if it fits at all.
pub fn best<'c>(fits: &[Fit<'c>]) -> Option<Fit<'c>> {
    let best = *fits.first()?;
    // Less than four in five is another benchmark, such as one of a managed service.
    (best.agreeing > 0 && best.agreeing >= 4 * best.contradicting).then_some(best)
}

/// The numbers of one entry of a control: aquasecurity's tool splits some checks, `2.2.a 2.2.b`.
pub fn each(numbers: &str) -> impl Iterator<Item = &str> {
    numbers.split(' ')
}

fn versions<'c>(control: &'c Control, prefix: &str) -> impl Iterator<Item = (&'c str, &'c str)> {
    control
        .numbers
        .iter()
        .filter_map(move |(version, numbers)| {
            let version = version.as_str();
            version
                .starts_with(prefix)
                .then_some((version, numbers.as_str()))
        })
}

fn section(number: &str) -> &str {
    number.split('.').next().unwrap_or(number)
}

#[cfg(test)]
mod tests {
    use super::*;
    use pretty_assertions::assert_eq;

    fn best_of(pairs: &[(&str, &str)]) -> String {
        let catalog = Catalog::embedded();
        let pairs: Vec<_> = pairs
            .iter()
            .map(|(number, id)| (*number, catalog.control(id).unwrap()))
            .collect();
        let fits = fits(&catalog, "docker-bench-", &pairs, &|_| Some(0));
        best(&fits).map_or(String::new(), |fit| fit.version.to_owned())
    }

    #[test]
    fn numbers_tell_the_two_tools_with_one_banner_apart() {
        let old = [
            ("5.10", "ct-memory-limit"),
            ("5.1", "ct-apparmor"),
            ("2.15", "daemon-live-restore"),
        ];
        let new = [
            ("5.11", "ct-memory-limit"),
            ("5.2", "ct-apparmor"),
            ("2.15", "daemon-live-restore"),
        ];
        assert_eq!(best_of(&new), "docker-bench-1.6.1");
        assert!(best_of(&old) != "docker-bench-1.6.1");
    }

    #[test]
    fn numbers_that_no_version_has_fit_nothing() {
        assert_eq!(
            best_of(&[("9.10", "ct-memory-limit"), ("9.1", "ct-apparmor")]),
            ""
        );
    }
}
