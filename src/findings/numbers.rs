//! Which number a control has in which version of which benchmark, for people to read: 2.13 here is
//! 2.15 there, and both are the same control.

use crate::catalog::types::Control;

use super::benchmark::each;

/// A number, and the versions that give it to the control.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Numbered {
    /// The number; several where a version splits the control.
    pub number: String,
    /// The versions in words, in the catalog's order, such as `CIS Docker 1.2.0`.
    pub versions: Vec<String>,
}

/// The numbers of a control, each once, in the order of their first version.
pub fn of(control: &Control) -> Vec<Numbered> {
    let mut numbers: Vec<Numbered> = Vec::new();
    for (version, number) in &control.numbers {
        let number = each(number).collect::<Vec<_>>().join(" and ");
        let version = in_words(version.as_str());
        match numbers.iter_mut().find(|one| one.number == number) {
            Some(known) => known.versions.push(version),
            None => numbers.push(Numbered {
                number,
                versions: vec![version],
            }),
        }
    }
    numbers
}

/// One line for each number. Versions of one family that follow each other stand together.
pub fn lines(control: &Control) -> Vec<String> {
    of(control)
        .into_iter()
        .map(|one| format!("{} in {}", one.number, joined(&one.versions)))
        .collect()
}

/// `CIS Docker 1.3.1, 1.6.0; docker-bench 1.3.6`
fn joined(versions: &[String]) -> String {
    let mut families: Vec<(&str, Vec<&str>)> = Vec::new();
    for version in versions {
        let (family, number) = version.rsplit_once(' ').unwrap_or((version, ""));
        match families.iter_mut().find(|(known, _)| *known == family) {
            Some((_, numbers)) => numbers.push(number),
            None => families.push((family, vec![number])),
        }
    }
    let families: Vec<String> = families
        .into_iter()
        .map(|(family, numbers)| format!("{family} {}", numbers.join(", ")))
        .collect();
    families.join("; ")
}

/// The catalog's name of a version as people write it.
fn in_words(version: &str) -> String {
    let families = [
        ("cis-docker-ce-", "CIS Docker CE"),
        ("cis-docker-", "CIS Docker"),
        ("cis-kubernetes-", "CIS Kubernetes"),
        ("aqua-docker-bench-cis-", "aquasecurity's docker-bench, CIS"),
        ("docker-bench-", "docker-bench-security"),
    ];
    families
        .into_iter()
        .find_map(|(prefix, name)| {
            let number = version.strip_prefix(prefix)?;
            Some(format!("{name} {number}"))
        })
        .unwrap_or_else(|| version.to_owned())
}

#[cfg(test)]
mod tests {
    use pretty_assertions::assert_eq;

    use super::*;
    use crate::catalog::Catalog;

    #[test]
    fn live_restore_is_said_with_all_its_numbers() {
        let catalog = Catalog::embedded();
        let control = catalog.control("daemon-live-restore").expect("a control");
        let lines = lines(control);
        let line = |number: &str| {
            let found = lines.iter().find(|line| line.starts_with(number));
            found.map_or("", String::as_str)
        };
        assert!(line("2.13 in").contains("CIS Docker 1.2.0"), "{lines:?}");
        assert!(line("2.14 in").contains("CIS Docker CE 1.1.0"), "{lines:?}");
        assert!(line("2.15 in").contains("CIS Docker 1.3.1, 1.6.0, 1.7.0"));
        assert!(line("2.16 in").contains("CIS Docker 1.8.0"), "{lines:?}");
    }

    #[test]
    fn every_version_of_every_control_is_said_once() {
        let catalog = Catalog::embedded();
        for control in &catalog.controls {
            let said: usize = of(control).iter().map(|one| one.versions.len()).sum();
            assert_eq!(said, control.numbers.len(), "{}", control.id);
        }
    }
}
