//! What the latest scans mean for the rest of a session: for cells, threats, mitigations and
//! answers.
//!
//! It suggests and points out; it answers for nobody. What it finds becomes part of the session
//! only by an edit that somebody asked for.

use std::collections::HashSet;

use super::standing::{Place, Standing};
use crate::catalog::Catalog;
use crate::catalog::types::{Control, Id};
use crate::encode::{ForeignText, foreign};
use crate::session::id::{HardeningId, MitigationId, ThreatId};
use crate::session::place::CellKey;
use crate::session::types::{Finding, FindingStatus, MitigationStatus, Scan, Session, Threat};

/// The catalog's control of a finding.
pub fn control_of<'c>(catalog: &'c Catalog, finding: &Finding) -> Option<&'c Control> {
    catalog.control(finding.control.as_ref()?.as_str())
}

/// Whether a control bears on a cell.
pub fn bears_on(control: &Control, cell: &CellKey) -> bool {
    control.categories.contains(&cell.category) && control.components.contains(&cell.component)
}

/// The failed findings of the latest runs that bear on a cell. A control is named once.
pub fn on_cell(
    session: &Session,
    catalog: &Catalog,
    standing: &Standing,
    cell: &CellKey,
) -> Vec<Place> {
    let mut places = Vec::new();
    let mut named: HashSet<&Id> = HashSet::new();
    for latest in &standing.latest {
        for (at, finding) in session.scans[latest.scan].findings.iter().enumerate() {
            let bears = finding.status == FindingStatus::Failed
                && control_of(catalog, finding).is_some_and(|control| bears_on(control, cell));
            if bears && finding.control.as_ref().is_some_and(|id| named.insert(id)) {
                places.push(Place {
                    scan: latest.scan,
                    finding: at,
                });
            }
        }
    }
    places
}

/// The cells in scope that a control bears on, in the order of the walk. Where none is in scope,
/// those out of scope.
pub fn cells_of(session: &Session, control: &Control) -> Vec<CellKey> {
    let cells = |components: &mut dyn Iterator<Item = &Id>| -> Vec<CellKey> {
        components
            .flat_map(|component| {
                control.categories.iter().map(|category| CellKey {
                    component: component.clone(),
                    category: *category,
                })
            })
            .collect()
    };
    let in_scope = &mut session
        .components
        .iter()
        .filter(|id| control.components.contains(id));
    let inside = cells(in_scope);
    if inside.is_empty() {
        cells(&mut control.components.iter())
    } else {
        inside
    }
}

/// Why a threat is suggested for a finding.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Why {
    /// It names the same control, itself or in a mitigation.
    Control,
    /// It is in a cell that the control bears on.
    Cell,
}

impl Why {
    /// In a few words.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Control => "same control",
            Self::Cell => "same component and letter",
        }
    }
}

/// The threats that a control may prove, the surest first.
pub fn threats_for(session: &Session, control: &Control) -> Vec<(ThreatId, Why)> {
    let by_mitigation: HashSet<&ThreatId> = session
        .mitigations
        .iter()
        .filter(|one| one.controls.contains(&control.id))
        .flat_map(|one| &one.threats)
        .collect();
    let why = |threat: &Threat| {
        if threat.controls.contains(&control.id) || by_mitigation.contains(&threat.id) {
            return Some(Why::Control);
        }
        let cell = CellKey {
            component: threat.component.clone(),
            category: threat.category,
        };
        bears_on(control, &cell).then_some(Why::Cell)
    };
    let threats = session.threats.iter();
    let mut found: Vec<(ThreatId, Why)> = threats
        .filter_map(|threat| Some((threat.id.clone(), why(threat)?)))
        .collect();
    found.sort_by_key(|(_, why)| *why);
    found
}

/// A mitigation whose control failed and passes now, with the words for its evidence.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Offer {
    /// The mitigation.
    pub mitigation: MitigationId,
    /// What was seen.
    pub evidence: ForeignText,
}

/// The mitigations that the latest runs show to hold: one of their controls was mended and none
/// fails.
pub fn offers(session: &Session, standing: &Standing) -> Vec<Offer> {
    let open = session
        .mitigations
        .iter()
        .filter(|one| one.status != MitigationStatus::Verified);
    open.filter_map(|mitigation| {
        let fails = |id: &Id| standing.failing(id).is_some();
        if mitigation.controls.iter().any(fails) {
            return None;
        }
        let lines: Vec<ForeignText> = mitigation
            .controls
            .iter()
            .filter_map(|control| {
                let fixed = standing.fixed(control)?;
                let (after, passes) = fixed.passes.of(session)?;
                let (before, _) = fixed.failed.of(session)?;
                Some(foreign!(
                    "{} passes in {} ({}); it failed in {}.",
                    named(passes),
                    after.file,
                    tool(after),
                    before.file
                ))
            })
            .collect();
        (!lines.is_empty()).then(|| Offer {
            mitigation: mitigation.id.clone(),
            evidence: ForeignText::joined(&lines, "\n"),
        })
    })
    .collect()
}

/// An answer that a scan contradicts.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Contradiction {
    /// The answer.
    pub answer: Answer,
    /// The failed finding.
    pub place: Place,
    /// Both, in a sentence.
    pub message: String,
}

/// An answer of the team.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Answer {
    /// A mitigation is done or verified.
    Mitigation(MitigationId),
    /// Nothing applies in a cell.
    NothingApplies(CellKey),
    /// Somebody confirmed by hand that a finding is dealt with.
    Confirmed(HardeningId),
}

/// The answers that the latest runs contradict, in the order of the session.
pub fn contradictions(
    session: &Session,
    catalog: &Catalog,
    standing: &Standing,
) -> Vec<Contradiction> {
    let mut found = Vec::new();
    let mut note = |answer, place: Place, says: &dyn Fn(&str) -> String| {
        if let Some((scan, finding)) = place.of(session) {
            let message = says(&format!(
                "{} fails in {}",
                named(finding).shown(),
                scan.file.shown()
            ));
            found.push(Contradiction {
                answer,
                place,
                message,
            });
        }
    };
    for mitigation in &session.mitigations {
        let failing = mitigation
            .controls
            .iter()
            .find_map(|id| standing.failing(id));
        if let Some(place) = failing
            && mitigation.status != MitigationStatus::Planned
        {
            let answer = Answer::Mitigation(mitigation.id.clone());
            let (what, status) = (mitigation.what.trim(), mitigation.status.name());
            note(answer, place, &|fails| {
                format!("'{}' is {status}, but {fails}.", what.shown())
            });
        }
    }
    for cell in &session.cells {
        if cell.nothing_applies.is_none() || !session.components.contains(&cell.component) {
            continue;
        }
        let key = CellKey {
            component: cell.component.clone(),
            category: cell.category,
        };
        let places = on_cell(session, catalog, standing, &key);
        if let Some(place) = places.first() {
            let component = catalog
                .component(key.component.as_str())
                .map_or(key.component.as_str(), |one| one.name.as_str());
            let more = match places.len() - 1 {
                0 => String::new(),
                1 => ", and 1 more check".to_owned(),
                more => format!(", and {more} more checks"),
            };
            let category = key.category;
            note(Answer::NothingApplies(key.clone()), *place, &|fails| {
                format!("{component} · {category}: nothing applies, but {fails}{more}.")
            });
        }
    }
    for hardening in &session.hardenings {
        if hardening.confirmed.is_some()
            && let Some(control) = &hardening.control
            && let Some(place) = standing.failing(control)
        {
            note(Answer::Confirmed(hardening.id.clone()), place, &|fails| {
                let number = hardening.number.shown();
                format!("{number} was confirmed by hand, but {fails}.")
            });
        }
    }
    found
}

/// Number and title of a finding, as far as they are there.
pub fn named(finding: &Finding) -> ForeignText {
    foreign!("{} {}", finding.number, finding.title)
        .trim()
        .to_text()
}

/// A tool with its version.
pub fn tool(scan: &Scan) -> ForeignText {
    foreign!("{} {}", scan.tool, scan.tool_version)
        .trim()
        .to_text()
}
