//! What is recorded where: the threats of each cell, and how much is planned and done about each.
//!
//! Found in one pass and kept until the structure of the session changes, so that going from cell to
//! cell costs the same with ten thousand threats as with ten. Not for the states of cells: see
//! [`super::coverage`].

use std::collections::HashMap;

use super::id::ThreatId;
use super::place::CellKey;
use super::types::{MitigationStatus, Session, Threat};
use crate::catalog::types::Id;

/// How much is done about a threat.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Mitigated {
    /// How many mitigations it has.
    pub count: usize,
    /// How many of them are only planned.
    pub planned: usize,
}

/// Where the threats of a session are.
#[derive(Clone, Debug, Default)]
pub struct Recorded {
    /// Of each component and letter, the positions of its threats in the session.
    cells: HashMap<Id, [Vec<usize>; 6]>,
    /// By the position of the threat.
    mitigated: Vec<Mitigated>,
    /// Where each threat stands in the session.
    positions: HashMap<ThreatId, usize>,
}

impl Recorded {
    /// Looks through the session.
    pub fn of(session: &Session) -> Self {
        let mut cells: HashMap<Id, [Vec<usize>; 6]> = HashMap::new();
        let mut positions = HashMap::with_capacity(session.threats.len());
        for (at, threat) in session.threats.iter().enumerate() {
            positions.insert(threat.id.clone(), at);
            if !cells.contains_key(&threat.component) {
                cells.insert(threat.component.clone(), Default::default());
            }
            if let Some(cell) = cells.get_mut(&threat.component) {
                cell[threat.category.index()].push(at);
            }
        }
        let mut mitigated = vec![Mitigated::default(); session.threats.len()];
        for mitigation in &session.mitigations {
            let planned = usize::from(mitigation.status == MitigationStatus::Planned);
            for at in mitigation.threats.iter().filter_map(|id| positions.get(id)) {
                mitigated[*at].count += 1;
                mitigated[*at].planned += planned;
            }
        }
        Self {
            cells,
            mitigated,
            positions,
        }
    }

    /// A threat of the session that was looked through.
    pub fn threat<'a>(&self, session: &'a Session, id: &ThreatId) -> Option<&'a Threat> {
        session.threats.get(*self.positions.get(id)?)
    }

    /// The threats that nothing is planned about, in the order of the session that was looked through.
    pub fn without_mitigation<'a>(
        &'a self,
        session: &'a Session,
    ) -> impl Iterator<Item = &'a Threat> {
        let threats = session.threats.iter().zip(&self.mitigated);
        threats
            .filter(|(_, mitigated)| mitigated.count == 0)
            .map(|(threat, _)| threat)
    }

    /// The threats of a cell in the order of the session, which is the one that was looked through.
    pub fn threats<'a>(
        &'a self,
        session: &'a Session,
        cell: &CellKey,
    ) -> impl Iterator<Item = (&'a Threat, Mitigated)> {
        let positions = self.cells.get(&cell.component);
        let positions = positions.map_or(&[][..], |cells| &cells[cell.category.index()]);
        positions
            .iter()
            .filter_map(|at| Some((session.threats.get(*at)?, *self.mitigated.get(*at)?)))
    }
}

#[cfg(test)]
mod tests {
    use pretty_assertions::assert_eq;

    use super::*;
    use crate::catalog::source::embedded_examples;
    use crate::session::id::IdSource;
    use crate::store::decode;
    use crate::stride::Category;

    #[test]
    fn each_cell_has_what_a_look_at_every_threat_finds() {
        let mut cells = 0;
        for example in embedded_examples() {
            let session = decode(example.text().as_bytes()).unwrap().session;
            let recorded = Recorded::of(&session);
            for component in &session.components {
                for category in Category::ALL {
                    let cell = CellKey {
                        component: component.clone(),
                        category,
                    };
                    let is_here =
                        |one: &&Threat| one.component == *component && one.category == category;
                    let expected: Vec<(&Threat, Mitigated)> = session
                        .threats
                        .iter()
                        .filter(is_here)
                        .map(|threat| (threat, slowly(&session, threat)))
                        .collect();
                    cells += usize::from(!expected.is_empty());
                    let found: Vec<_> = recorded.threats(&session, &cell).collect();
                    assert_eq!(found, expected);
                }
            }
        }
        assert!(cells > 10, "only {cells} cells have threats");
    }

    #[test]
    fn each_threat_is_found_by_its_id_and_those_without_a_mitigation_are_told() {
        let mut waiting = 0;
        for example in embedded_examples() {
            let mut session = decode(example.text().as_bytes()).unwrap().session;
            session.mitigations.truncate(1);
            let recorded = Recorded::of(&session);
            for threat in &session.threats {
                assert_eq!(recorded.threat(&session, &threat.id), Some(threat));
            }
            let unknown = ThreatId::fresh(&mut IdSource::new(1), |id| session.threat(id).is_some());
            assert_eq!(recorded.threat(&session, &unknown), None);
            let expected: Vec<&Threat> = session
                .threats
                .iter()
                .filter(|threat| slowly(&session, threat).count == 0)
                .collect();
            waiting += expected.len();
            let found: Vec<&Threat> = recorded.without_mitigation(&session).collect();
            assert_eq!(found, expected);
        }
        assert!(waiting > 0);
    }

    fn slowly(session: &Session, threat: &Threat) -> Mitigated {
        let has = |one: &&crate::session::types::Mitigation| one.threats.contains(&threat.id);
        let mitigations = session.mitigations.iter().filter(has);
        let is_planned =
            |one: &&crate::session::types::Mitigation| one.status == MitigationStatus::Planned;
        Mitigated {
            count: mitigations.clone().count(),
            planned: mitigations.filter(is_planned).count(),
        }
    }
}
