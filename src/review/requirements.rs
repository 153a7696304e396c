//! What the brief asks for, and what is still missing. Briefs are data: see `catalog/briefs/`.

use std::collections::{HashMap, HashSet};

use super::Jump;
use crate::catalog::Catalog;
use crate::catalog::types::{Id, Requirement, Text};
use crate::encode::Foreign;
use crate::session::coverage::Coverage;
use crate::session::id::ThreatId;
use crate::session::place::CellKey;
use crate::session::types::{Hardening, Session, Threat};
use crate::stride::Category;

/// One thing that the brief asks for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RequirementResult {
    /// What is asked for, in plain words.
    pub requirement: String,
    /// Whether it is there.
    pub met: bool,
    /// What is still missing; empty where it is met.
    pub missing: String,
    /// Where it can be put right.
    pub jump: Jump,
}

/// What the session's brief asks for, in the brief's order.
pub fn check(session: &Session, catalog: &Catalog) -> Vec<RequirementResult> {
    match catalog.brief(session.brief.as_str()) {
        Some(brief) => {
            let facts = Facts::of(session, catalog);
            brief
                .requirements
                .iter()
                .map(|requirement| facts.judge(requirement))
                .collect()
        }
        None => vec![RequirementResult {
            requirement: format!("The brief {} is known", session.brief),
            met: false,
            missing: format!(
                "The catalog has no brief \"{}\". Start with --catalog and the folder that has it.",
                session.brief
            ),
            jump: Jump::Scope,
        }],
    }
}

/// What the requirements count, gathered in one pass.
struct Facts<'a> {
    session: &'a Session,
    catalog: &'a Catalog,
    coverage: Coverage,
    /// The threats of each system, as far as their components are in scope.
    threats: HashMap<&'a Id, Vec<&'a Threat>>,
    mitigated: HashSet<&'a ThreatId>,
}

impl<'a> Facts<'a> {
    fn of(session: &'a Session, catalog: &'a Catalog) -> Self {
        let in_scope: HashSet<&Id> = session.components.iter().collect();
        let mut threats: HashMap<&Id, Vec<&Threat>> = HashMap::new();
        for threat in &session.threats {
            if !in_scope.contains(&threat.component) {
                continue;
            }
            if let Some(component) = catalog.component(threat.component.as_str()) {
                threats.entry(&component.system).or_default().push(threat);
            }
        }
        let mitigated = session
            .mitigations
            .iter()
            .filter(|one| !one.what.trim().is_empty())
            .flat_map(|one| &one.threats)
            .collect();
        Self {
            session,
            catalog,
            coverage: Coverage::of(session),
            threats,
            mitigated,
        }
    }

    fn judge(&self, requirement: &Requirement) -> RequirementResult {
        match requirement {
            Requirement::Threats {
                system,
                category,
                at_least,
            } => self.count_threats(system, *category, *at_least),
            Requirement::Categories { system, at_least } => self.categories(system, *at_least),
            Requirement::Mitigations { system } => self.mitigations(system),
            Requirement::Findings {
                at_least,
                of_own_choice,
                given,
            } => self.findings(*at_least, *of_own_choice, given),
            Requirement::Description => result(
                "The environment is described".to_owned(),
                self.session.description.trim().is_empty(),
                "Say in Scope what the system is for, who uses it and where it runs.".to_owned(),
                Jump::Scope,
            ),
            Requirement::Attackers { at_least } => {
                let have = self.session.attackers.len();
                let what = format!("At least {} chosen", count(*at_least, "attacker profile"));
                result(
                    what,
                    have < *at_least,
                    still(have, *at_least, "attacker profile"),
                    Jump::Scope,
                )
            }
            Requirement::Assumptions { at_least } => {
                let all = &self.session.assumptions;
                let have = all.iter().filter(|one| !one.text.trim().is_empty()).count();
                let what = format!("At least {} noted", count(*at_least, "assumption"));
                result(
                    what,
                    have < *at_least,
                    still(have, *at_least, "assumption"),
                    Jump::Scope,
                )
            }
            Requirement::EveryCell => self.every_cell(),
        }
    }

    fn name(&self, system: &Id) -> String {
        self.catalog
            .system(system.as_str())
            .map_or_else(|| system.to_string(), |system| system.name.to_string())
    }

    fn threats_of(&self, system: &Id) -> &[&'a Threat] {
        self.threats.get(system).map_or(&[], Vec::as_slice)
    }

    fn count_threats(
        &self,
        system: &Id,
        category: Option<Category>,
        at_least: usize,
    ) -> RequirementResult {
        let wanted = |one: Category| category.is_none_or(|category| category == one);
        let threats = self.threats_of(system).iter();
        let have = threats.filter(|one| wanted(one.category)).count();
        let kind = match category {
            None => format!("{} threat", self.name(system)),
            Some(category) => format!("{} {} threat", self.name(system), category.name()),
        };
        let what = format!("At least {}", count(at_least, &kind));
        result(
            what,
            have < at_least,
            still(have, at_least, &kind),
            self.first_gap_where(system, wanted),
        )
    }

    fn categories(&self, system: &Id, at_least: usize) -> RequirementResult {
        let seen: HashSet<Category> = self
            .threats_of(system)
            .iter()
            .map(|threat| threat.category)
            .collect();
        let open: Vec<&str> = Category::ALL
            .into_iter()
            .filter(|category| !seen.contains(category))
            .map(Category::name)
            .collect();
        let name = self.name(system);
        let what = format!("{name} threats in at least {at_least} of the six categories");
        let missing = format!(
            "{} of {at_least} so far. No threat yet for: {}.",
            seen.len(),
            open.join(", ")
        );
        let jump = self.first_gap_where(system, |category| !seen.contains(&category));
        result(what, seen.len() < at_least, missing, jump)
    }

    fn mitigations(&self, system: &Id) -> RequirementResult {
        let without: Vec<&&Threat> = self
            .threats_of(system)
            .iter()
            .filter(|threat| !self.mitigated.contains(&threat.id))
            .collect();
        let what = format!("A mitigation for every {} threat", self.name(system));
        let none = self.threats_of(system).is_empty();
        let missing = if none {
            "There is no threat yet to mitigate.".to_owned()
        } else {
            let titles: Vec<_> = without
                .iter()
                .take(3)
                .map(|threat| threat.title.shown())
                .collect();
            let more = without.len() - titles.len();
            let more = if more == 0 {
                String::new()
            } else {
                format!(", and {more} more")
            };
            format!("Without one: {}{more}.", titles.join("; "))
        };
        let jump = without.first().map_or_else(
            || self.first_gap(system),
            |threat| Jump::Threat(threat.id.clone()),
        );
        result(what, none || !without.is_empty(), missing, jump)
    }

    fn findings(&self, at_least: usize, own: usize, given: &[Text]) -> RequirementResult {
        // The same finding chosen twice is one finding.
        let documented: HashSet<(Foreign<'_>, Foreign<'_>)> = self
            .session
            .hardenings
            .iter()
            .filter(|one| lacks(one).is_empty())
            .map(|one| (one.number.trim(), one.title.trim()))
            .collect();
        let own_found = documented
            .iter()
            .filter(|(number, _)| !given.iter().any(|one| *number == one.trim()))
            .count();
        let listed = given.join(", ");
        let mut what = format!("{} chosen and documented", count(at_least, "finding"));
        if own > 0 {
            what = format!("{what}, at least {own} of them none of {listed}");
        }
        let have = documented.len();
        let mut missing = Vec::new();
        if have < at_least {
            missing.push(still(have, at_least, "documented finding"));
        }
        if own_found < own {
            missing.push(format!(
                "At least {} must be none of {listed}.",
                count(own, "documented finding")
            ));
        }
        let unfinished = self.session.hardenings.iter().filter_map(unfinished);
        missing.extend(unfinished.take(3));
        let unmet = have < at_least || own_found < own;
        result(what, unmet, missing.join(" "), Jump::Harden)
    }

    fn every_cell(&self) -> RequirementResult {
        let (answered, all) = self.coverage.answered();
        let gap = self.session.components.iter().find_map(|component| {
            let category = Category::ALL
                .into_iter()
                .find(|category| !self.coverage.state(component, *category).is_answered())?;
            Some(Jump::Cell(CellKey {
                component: component.clone(),
                category,
            }))
        });
        result(
            "An answer in every cell in scope".to_owned(),
            answered < all,
            format!("{answered} of {all} cells have an answer."),
            gap.unwrap_or(Jump::Scope),
        )
    }

    /// The first cell of a system in scope that has no answer.
    fn first_gap(&self, system: &Id) -> Jump {
        self.first_gap_where(system, |_| true)
    }

    /// The first such cell of the categories asked for; where all are answered, the first of them.
    fn first_gap_where(&self, system: &Id, wanted: impl Fn(Category) -> bool) -> Jump {
        let cells = || {
            self.session
                .components
                .iter()
                .filter(|id| {
                    self.catalog
                        .component(id.as_str())
                        .is_some_and(|component| component.system == *system)
                })
                .flat_map(|component| Category::ALL.map(|category| (component, category)))
                .filter(|(_, category)| wanted(*category))
        };
        cells()
            .find(|(component, category)| !self.coverage.state(component, *category).is_answered())
            .or_else(|| cells().next())
            .map_or(Jump::Scope, |(component, category)| {
                Jump::Cell(CellKey {
                    component: component.clone(),
                    category,
                })
            })
    }
}

/// What a chosen finding still needs before it counts as documented.
fn lacks(hardening: &Hardening) -> Vec<&'static str> {
    [
        ("number", &hardening.number),
        ("title", &hardening.title),
        ("issue", &hardening.issue),
        ("remediation", &hardening.remediation),
    ]
    .into_iter()
    .filter(|(_, text)| text.trim().is_empty())
    .map(|(name, _)| name)
    .collect()
}

fn unfinished(hardening: &Hardening) -> Option<String> {
    let lacks = lacks(hardening);
    let number = hardening.number.trim();
    let name = if number.is_empty() {
        "A chosen finding".to_owned()
    } else {
        format!("Finding {}", number.shown())
    };
    (!lacks.is_empty()).then(|| format!("{name} has no {} yet.", lacks.join(", no ")))
}

fn result(requirement: String, unmet: bool, missing: String, jump: Jump) -> RequirementResult {
    let missing = if unmet { missing } else { String::new() };
    RequirementResult {
        requirement,
        met: !unmet,
        missing,
        jump,
    }
}

fn count(number: usize, noun: &str) -> String {
    let plural = if number == 1 { "" } else { "s" };
    format!("{number} {noun}{plural}")
}

fn still(have: usize, want: usize, noun: &str) -> String {
    format!(
        "{have} of {want} so far: {} still missing.",
        count(want.saturating_sub(have), noun)
    )
}
