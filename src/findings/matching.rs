//! Which control a printed check is, by its title. A number alone never decides: benchmarks
//! renumber, and 5.22 is one threat in one version and another in the next.

use std::cell::OnceCell;
use std::collections::HashMap;

use regex::bytes::{RegexSet, RegexSetBuilder};

use super::benchmark::each;
use super::normalise;
use crate::catalog::Catalog;
use crate::catalog::types::{Control, Id};

/// The longest title that can be known, in bytes; the tools' own have at most 200.
const LONGEST_TITLE: usize = 1000;

/// What a benchmark is about.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Family {
    /// Docker.
    Docker,
    /// Kubernetes.
    Kubernetes,
}

/// Finds controls by title. Patterns are compiled only once a title is not known word for word.
pub struct Matcher<'c> {
    catalog: &'c Catalog,
    docker: HashMap<String, usize>,
    kubernetes: HashMap<String, Vec<usize>>,
    patterns: OnceCell<Patterns>,
}

struct Patterns {
    docker: Set,
    kubernetes: Set,
}

struct Set {
    patterns: RegexSet,
    controls: Vec<usize>,
}

impl<'c> Matcher<'c> {
    /// Prepares the titles of a catalog.
    pub fn new(catalog: &'c Catalog) -> Self {
        let mut docker = HashMap::new();
        let mut kubernetes: HashMap<String, Vec<usize>> = HashMap::new();
        for (position, control) in catalog.controls.iter().enumerate() {
            for printed in &control.printed_titles {
                match family(control) {
                    Family::Docker => {
                        docker.insert(normalise::title(printed), position);
                    }
                    Family::Kubernetes => {
                        let known = kubernetes
                            .entry(normalise::kubernetes_title(printed))
                            .or_default();
                        if !known.contains(&position) {
                            known.push(position);
                        }
                    }
                }
            }
        }
        Self {
            catalog,
            docker,
            kubernetes,
            patterns: OnceCell::new(),
        }
    }

    /// The control of a Docker benchmark with this title.
    pub fn docker(&self, printed: &str) -> Option<&'c Control> {
        if printed.len() > LONGEST_TITLE {
            return None;
        }
        let title = normalise::title(printed);
        if title.is_empty() {
            return None;
        }
        let known = self.docker.get(&title).copied();
        known
            .or_else(|| self.patterns().docker.only(&title))
            .map(|position| &self.catalog.controls[position])
    }

    /// The control of a Kubernetes benchmark with this title. Several components share titles; then
    /// the heading decides, and where that says nothing, the number picks among them.
    pub fn kubernetes(&self, printed: &str, group: &str, number: &str) -> Option<&'c Control> {
        if printed.len() > LONGEST_TITLE {
            return None;
        }
        let title = normalise::kubernetes_title(printed);
        if title.is_empty() {
            return None;
        }
        let Some(known) = self.kubernetes.get(&title) else {
            let position = self.patterns().kubernetes.only(&title)?;
            return Some(&self.catalog.controls[position]);
        };
        let controls: Vec<&Control> = known
            .iter()
            .map(|position| &self.catalog.controls[*position])
            .collect();
        if let [only] = controls[..] {
            return Some(only);
        }
        let component = component_of(group);
        let under_heading: Vec<&Control> = controls
            .iter()
            .copied()
            // The first component of a control is the one that it checks.
            .filter(|control| {
                let checked = control.components.first();
                component.is_some() && checked.map(Id::as_str) == component
            })
            .collect();
        if let [only] = under_heading[..] {
            return Some(only);
        }
        let among = if under_heading.is_empty() {
            &controls
        } else {
            &under_heading
        };
        let mut numbered = among.iter().copied().filter(|control| {
            control
                .numbers
                .iter()
                .any(|(_, all)| each(all).any(|one| one == number))
        });
        let first = numbered.next()?;
        numbered.next().is_none().then_some(first)
    }

    /// The control that has this number in a known benchmark or tool version, for the formats that
    /// print no titles. The version must be certain.
    pub fn numbered(&self, benchmark: &str, number: &str) -> Option<&'c Control> {
        self.catalog.controls.iter().find(|control| {
            control
                .numbers
                .iter()
                .any(|(known, all)| *known == *benchmark && each(all).any(|one| one == number))
        })
    }

    fn patterns(&self) -> &Patterns {
        self.patterns.get_or_init(|| Patterns {
            docker: Set::of(self.catalog, Family::Docker),
            kubernetes: Set::of(self.catalog, Family::Kubernetes),
        })
    }
}

impl Set {
    fn of(catalog: &Catalog, wanted: Family) -> Self {
        let (controls, patterns): (Vec<usize>, Vec<&str>) = catalog
            .controls
            .iter()
            .enumerate()
            .filter(|(_, control)| family(control) == wanted)
            .flat_map(|(position, control)| {
                let patterns = control.title_patterns.iter();
                patterns.map(move |pattern| (position, pattern.as_str()))
            })
            .unzip();
        if let Some(patterns) = compile(&patterns) {
            return Self { patterns, controls };
        }
        // A catalog of the user's holds a pattern that is none; the others still serve.
        let (controls, patterns): (Vec<usize>, Vec<&str>) = controls
            .into_iter()
            .zip(patterns)
            .filter(|(_, pattern)| compile(&[pattern]).is_some())
            .unzip();
        Self {
            patterns: compile(&patterns).unwrap_or_else(RegexSet::empty),
            controls,
        }
    }

    /// The control whose patterns match, if it is one only.
    fn only(&self, title: &str) -> Option<usize> {
        let mut matches = self.patterns.matches(title.as_bytes()).into_iter();
        let first = self.controls[matches.next()?];
        matches
            .all(|pattern| self.controls[pattern] == first)
            .then_some(first)
    }
}

fn compile(patterns: &[&str]) -> Option<RegexSet> {
    const MOST_BYTES: usize = 1 << 22;
    RegexSetBuilder::new(patterns)
        .unicode(false)
        .size_limit(MOST_BYTES)
        .build()
        .ok()
}

/// What a control is about, by the benchmarks that number it.
fn family(control: &Control) -> Family {
    let kubernetes = |(benchmark, _): &(_, _)| -> bool {
        let benchmark: &Id = benchmark;
        benchmark.as_str().contains("kubernetes")
    };
    if control.numbers.iter().any(kubernetes) {
        Family::Kubernetes
    } else {
        Family::Docker
    }
}

/// The component that a heading of a Kubernetes benchmark speaks of.
fn component_of(heading: &str) -> Option<&'static str> {
    let heading = heading.to_ascii_lowercase();
    [
        ("api server", "kube-apiserver"),
        ("apiserver", "kube-apiserver"),
        ("controller manager", "kube-controller-manager"),
        ("controllermanager", "kube-controller-manager"),
        ("scheduler", "kube-scheduler"),
        ("etcd", "etcd"),
        ("kubelet", "kubelet"),
        ("proxy", "kube-proxy"),
        ("worker node", "kubelet"),
    ]
    .into_iter()
    .find_map(|(words, component)| heading.contains(words).then_some(component))
}

#[cfg(test)]
mod tests {
    use super::*;
    use pretty_assertions::assert_eq;

    fn id(control: Option<&Control>) -> &str {
        control.map_or("", |control| control.id.as_str())
    }

    #[test]
    fn live_restore_is_one_control_under_all_wordings() {
        let catalog = Catalog::embedded();
        let matcher = Matcher::new(&catalog);
        for printed in [
            "Ensure live restore is Enabled",
            "Ensure live restore is enabled (Scored)",
            "Ensure Live Restore is Enabled (Automated)",
        ] {
            assert_eq!(id(matcher.docker(printed)), "daemon-live-restore");
        }
    }

    #[test]
    fn every_printed_title_leads_back_to_its_control() {
        let catalog = Catalog::embedded();
        let matcher = Matcher::new(&catalog);
        for control in &catalog.controls {
            for printed in &control.printed_titles {
                let found = match family(control) {
                    Family::Docker => matcher.docker(printed),
                    Family::Kubernetes => {
                        let number = control.numbers.last().map_or("", |(_, one)| one);
                        matcher.kubernetes(printed, "", number)
                    }
                };
                assert_eq!(id(found), control.id.as_str(), "{printed}");
            }
        }
    }

    #[test]
    fn patterns_agree_with_the_printed_titles() {
        let catalog = Catalog::embedded();
        let matcher = Matcher::new(&catalog);
        for control in &catalog.controls {
            if control.title_patterns.is_empty() {
                continue;
            }
            for printed in &control.printed_titles {
                let title = normalise::title(printed);
                let found = matcher.patterns().docker.only(&title);
                let found = found.map(|position| catalog.controls[position].id.as_str());
                assert_eq!(found, Some(control.id.as_str()), "{title}");
            }
        }
    }

    #[test]
    fn the_heading_tells_components_with_the_same_title_apart() {
        let catalog = Catalog::embedded();
        let matcher = Matcher::new(&catalog);
        let title = "Ensure that the --profiling argument is set to false (Automated)";
        for (group, expected) in [
            ("API Server", "k8s-apiserver-profiling"),
            ("Controller Manager", "k8s-cm-profiling"),
            ("Scheduler", "k8s-scheduler-profiling"),
        ] {
            assert_eq!(id(matcher.kubernetes(title, group, "9.9.9")), expected);
        }
        assert_eq!(
            id(matcher.kubernetes(title, "", "1.4.1")),
            "k8s-scheduler-profiling"
        );
        assert_eq!(id(matcher.kubernetes(title, "", "9.9.9")), "");
    }

    #[test]
    fn a_control_that_bears_on_two_components_is_found_under_the_one_it_checks() {
        let catalog = Catalog::embedded();
        let matcher = Matcher::new(&catalog);
        let title =
            "Ensure that the RotateKubeletServerCertificate argument is set to true (Scored)";
        for (group, expected) in [
            ("Kubelet", "k8s-kubelet-rotate-server-cert"),
            ("Controller Manager", "k8s-cm-rotate-kubelet-cert"),
        ] {
            assert_eq!(id(matcher.kubernetes(title, group, "3.2.11")), expected);
        }
    }

    #[test]
    fn an_unknown_title_stays_unknown() {
        let catalog = Catalog::embedded();
        let matcher = Matcher::new(&catalog);
        assert_eq!(id(matcher.docker("Ensure the coffee is hot")), "");
        assert_eq!(id(matcher.docker("")), "");
    }
}
