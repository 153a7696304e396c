//! Sessions of several groups become one model, by what they are about.
//!
//! Nothing is dropped and nobody's words are changed: threats about the same thing stand side by side,
//! and only what is word for word the same stands once. Where groups rate or answer one thing
//! differently, the session holds the first and disputes hold the others. The result does not depend
//! on the order in which the sessions are given.

mod decisions;
mod lists;
mod threats;

use std::collections::HashMap;
use std::hash::Hash;

use self::decisions::Disputes;
use super::rename::Renames;
use crate::catalog::types::Id;
use crate::session::id::{
    AcceptedCheckId, AssumptionId, DisputeId, HardeningId, IdSource, MitigationId, NoteId,
    ParkedId, ParticipantId, ScanId, ThreatId,
};
use crate::session::place::Working;
use crate::session::types::{FORMAT, Participant, Room, Session};

/// One group's session and what the group is called.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Table {
    /// How disputes and joined texts name it.
    pub name: String,
    /// What it worked out.
    pub session: Session,
}

/// All tables in one session. One table, however often it is given, comes out as it is.
///
/// # Panics
///
/// Where there is no table.
pub fn bring_together(tables: &[Table]) -> Session {
    let mut tables = in_their_own_order(tables);
    assert!(!tables.is_empty(), "there is something to bring together");
    if let [only] = tables.as_slice() {
        return only.session.clone();
    }
    let seed = seed(&tables);
    let mut ids = IdSource::new(seed);
    let participants = give_ids_of_their_own(&mut tables, &mut ids);
    let mut disputes = Disputes::default();
    let (threats, became) = threats::together(&tables, &mut disputes);
    let same = Renames {
        threats: became,
        ..Renames::default()
    };
    for table in &mut tables {
        same.apply(&mut table.session);
    }
    let tables = &tables;
    let (drafts, left_over) = lists::drafts(tables);
    let mut session = Session {
        format: FORMAT,
        title: lists::title(tables),
        brief: lists::brief(tables),
        created: tables
            .iter()
            .map(|table| table.session.created)
            .min()
            .unwrap_or_default(),
        participants,
        description: lists::joined(tables, |session| &session.description),
        components: lists::components(tables),
        own_systems: lists::own_systems(tables),
        assumptions: lists::assumptions(tables),
        attackers: lists::attackers(tables),
        cells: decisions::cells(tables, &threats, &mut disputes),
        mitigations: threats::mitigations(tables, &mut disputes),
        threats,
        scans: lists::scans(tables),
        hardenings: lists::hardenings(tables),
        review_notes: lists::review_notes(tables),
        parked: lists::parked(tables, left_over, &mut ids),
        accepted_checks: lists::accepted_checks(tables),
        disputes: Vec::new(),
        room: Room::default(),
        working: Working {
            drafts,
            ..Working::default()
        },
    };
    session.disputes = disputes.of(tables, &session, &mut ids);
    session
}

/// Each different session once, in an order that only depends on what is in them.
fn in_their_own_order(tables: &[Table]) -> Vec<Table> {
    let mut tables: Vec<(String, &Table)> = tables
        .iter()
        .map(|table| (format!("{:?}", table.session), table))
        .collect();
    tables.sort_by(|(text, one), (other_text, other)| {
        let begun = one.session.created.cmp(&other.session.created);
        begun
            .then_with(|| one.session.title.cmp(&other.session.title))
            .then_with(|| text.cmp(other_text))
            .then_with(|| one.name.cmp(&other.name))
    });
    tables.dedup_by(|(one, _), (other, _)| one == other);
    tables.into_iter().map(|(_, table)| table.clone()).collect()
}

fn seed(tables: &[Table]) -> u64 {
    let mut hasher = crc32fast::Hasher::new();
    for table in tables {
        hasher.update(format!("{:?}", table.session).as_bytes());
    }
    u64::from(hasher.finalize())
}

/// Makes every id of every table the only one of its kind, but for people: one name is one person,
/// and as many of a name as one table has.
fn give_ids_of_their_own(tables: &mut [Table], ids: &mut IdSource) -> Vec<Participant> {
    let mut taken = Taken::default();
    let mut people: Vec<Participant> = Vec::new();
    let mut known: HashMap<(String, usize), ParticipantId> = HashMap::new();
    for table in tables {
        let session = &mut table.session;
        let mut renames = Renames::default();
        let mut same_name: HashMap<String, usize> = HashMap::new();
        for one in &session.participants {
            let name = one.name.trim().raw().to_lowercase();
            let count = same_name.entry(name.clone()).or_default();
            *count += 1;
            let person = known.entry((name, *count)).or_insert_with(|| {
                let is_taken = |id: &ParticipantId| people.iter().any(|one| one.id == *id);
                let id = if is_taken(&one.id) {
                    ParticipantId::fresh(ids, is_taken)
                } else {
                    one.id.clone()
                };
                people.push(Participant {
                    id: id.clone(),
                    name: one.name.clone(),
                });
                id
            });
            renames.participants.insert(one.id.clone(), person.clone());
        }
        gone_people(session, &mut renames, &people, ids);
        taken.rename(session, &mut renames, ids);
        renames.apply(session);
    }
    people
}

/// Stamps may name people who left the list. Their ids must not become somebody else's.
fn gone_people(
    session: &Session,
    renames: &mut Renames,
    people: &[Participant],
    ids: &mut IdSource,
) {
    let threats = session
        .threats
        .iter()
        .flat_map(|one| [&one.created, &one.changed]);
    let mitigations = session.mitigations.iter();
    let mitigations = mitigations.flat_map(|one| [&one.created, &one.changed]);
    for by in threats
        .chain(mitigations)
        .filter_map(|stamp| stamp.by.as_ref())
    {
        if !renames.participants.contains_key(by) && people.iter().any(|one| one.id == *by) {
            let is_taken = |id: &ParticipantId| people.iter().any(|one| one.id == *id);
            let new = ParticipantId::fresh(ids, is_taken);
            renames.participants.insert(by.clone(), new);
        }
    }
}

/// The ids that tables before have.
#[derive(Default)]
struct Taken {
    assumptions: Vec<AssumptionId>,
    threats: Vec<ThreatId>,
    mitigations: Vec<MitigationId>,
    scans: Vec<ScanId>,
    hardenings: Vec<HardeningId>,
    notes: Vec<NoteId>,
    parked: Vec<ParkedId>,
    checks: Vec<AcceptedCheckId>,
    disputes: Vec<DisputeId>,
}

impl Taken {
    fn rename(&mut self, session: &Session, renames: &mut Renames, ids: &mut IdSource) {
        macro_rules! each {
            ($taken:ident, $list:ident, $id:ident) => {
                renames.$taken = only_ones(
                    &mut self.$taken,
                    session.$list.iter().map(|one| &one.id),
                    |is_taken| $id::fresh(ids, is_taken),
                );
            };
        }
        each!(assumptions, assumptions, AssumptionId);
        each!(threats, threats, ThreatId);
        each!(mitigations, mitigations, MitigationId);
        each!(scans, scans, ScanId);
        each!(hardenings, hardenings, HardeningId);
        each!(notes, review_notes, NoteId);
        each!(parked, parked, ParkedId);
        each!(checks, accepted_checks, AcceptedCheckId);
        each!(disputes, disputes, DisputeId);
    }
}

fn only_ones<'a, I: Clone + Eq + Hash + 'a>(
    taken: &mut Vec<I>,
    own: impl Iterator<Item = &'a I>,
    mut fresh: impl FnMut(&dyn Fn(&I) -> bool) -> I,
) -> HashMap<I, I> {
    let own: Vec<&I> = own.collect();
    let known: std::collections::HashSet<I> = taken.iter().cloned().collect();
    let mut renamed: HashMap<I, I> = HashMap::new();
    for id in &own {
        if known.contains(id) {
            let new = fresh(&|new| {
                known.contains(new)
                    || own.contains(&new)
                    || renamed.values().any(|other| other == new)
            });
            renamed.insert((*id).clone(), new);
        }
    }
    taken.extend(
        own.into_iter()
            .map(|id| renamed.get(id).unwrap_or(id).clone()),
    );
    renamed
}

/// The components in scope of any table: the first table's order, and what others add behind what it
/// stands behind with them.
fn in_scope(tables: &[Table]) -> Vec<Id> {
    let mut all: Vec<Id> = Vec::new();
    for table in tables {
        let mut at = 0;
        for id in &table.session.components {
            if let Some(found) = all.iter().position(|one| one == id) {
                at = found + 1;
            } else {
                all.insert(at, id.clone());
                at += 1;
            }
        }
    }
    all
}
