//! Gives entries other ids, everywhere in a session where they stand: two sessions that know nothing
//! of each other may use one id for two things.

use std::collections::HashMap;
use std::hash::Hash;

use crate::session::id::{
    AcceptedCheckId, AssumptionId, DisputeId, HardeningId, MitigationId, NoteId, ParkedId,
    ParticipantId, ScanId, ThreatId,
};
use crate::session::place::{DraftKey, TextField};
use crate::session::types::{Dispute, Disputed, Session, Stamp};

/// Which ids become which.
#[derive(Debug, Default)]
pub(super) struct Renames {
    pub participants: HashMap<ParticipantId, ParticipantId>,
    pub assumptions: HashMap<AssumptionId, AssumptionId>,
    pub threats: HashMap<ThreatId, ThreatId>,
    pub mitigations: HashMap<MitigationId, MitigationId>,
    pub scans: HashMap<ScanId, ScanId>,
    pub hardenings: HashMap<HardeningId, HardeningId>,
    pub notes: HashMap<NoteId, NoteId>,
    pub parked: HashMap<ParkedId, ParkedId>,
    pub checks: HashMap<AcceptedCheckId, AcceptedCheckId>,
    pub disputes: HashMap<DisputeId, DisputeId>,
}

fn change<T: Clone + Eq + Hash>(map: &HashMap<T, T>, id: &mut T) {
    if let Some(new) = map.get(id) {
        id.clone_from(new);
    }
}

/// The same for links to several entries; two that become one stand once.
fn change_all<T: Clone + Eq + Hash>(map: &HashMap<T, T>, ids: &mut Vec<T>) {
    let mut changed: Vec<T> = Vec::with_capacity(ids.len());
    for mut id in ids.drain(..) {
        change(map, &mut id);
        if !changed.contains(&id) {
            changed.push(id);
        }
    }
    *ids = changed;
}

impl Renames {
    /// Changes every id and every mention of it.
    pub fn apply(&self, session: &mut Session) {
        for one in &mut session.participants {
            change(&self.participants, &mut one.id);
        }
        for one in &mut session.assumptions {
            change(&self.assumptions, &mut one.id);
            self.stamp(&mut one.created);
        }
        for cell in &mut session.cells {
            if let Some(one) = &mut cell.nothing_applies {
                self.stamp(&mut one.created);
            }
            if let Some(one) = &mut cell.open_question {
                self.stamp(&mut one.created);
            }
            for one in &mut cell.left {
                self.stamp(&mut one.created);
            }
        }
        for one in &mut session.threats {
            change(&self.threats, &mut one.id);
            self.stamp(&mut one.created);
            self.stamp(&mut one.changed);
        }
        for one in &mut session.mitigations {
            change(&self.mitigations, &mut one.id);
            change_all(&self.threats, &mut one.threats);
            self.stamp(&mut one.created);
            self.stamp(&mut one.changed);
        }
        for one in &mut session.scans {
            change(&self.scans, &mut one.id);
            self.stamp(&mut one.created);
        }
        for one in &mut session.hardenings {
            change(&self.hardenings, &mut one.id);
            change_all(&self.threats, &mut one.threats);
            if let Some(confirmed) = &mut one.confirmed {
                self.stamp(confirmed);
            }
            self.stamp(&mut one.created);
            self.stamp(&mut one.changed);
        }
        for one in &mut session.review_notes {
            change(&self.notes, &mut one.id);
            self.stamp(&mut one.created);
        }
        for one in &mut session.parked {
            change(&self.parked, &mut one.id);
            self.stamp(&mut one.created);
        }
        for one in &mut session.accepted_checks {
            change(&self.checks, &mut one.id);
            one.subject = self.subject(one.subject.raw()).into();
            self.stamp(&mut one.created);
        }
        for one in &mut session.disputes {
            self.dispute(one);
        }
        if let Some(turn) = &mut session.room.turn {
            change(&self.participants, turn);
        }
        if let Some(field) = &mut session.working.place.field {
            self.field(field);
        }
        for draft in &mut session.working.drafts {
            self.draft_key(&mut draft.key);
        }
    }

    fn stamp(&self, stamp: &mut Stamp) {
        if let Some(by) = &mut stamp.by {
            change(&self.participants, by);
        }
    }

    fn dispute(&self, dispute: &mut Dispute) {
        change(&self.disputes, &mut dispute.id);
        self.stamp(&mut dispute.created);
        match &mut dispute.other {
            Disputed::Text(field, _) => self.field(field),
            Disputed::Likelihood(id, _)
            | Disputed::Impact(id, _)
            | Disputed::Response(id, _)
            | Disputed::Surface(id, _)
            | Disputed::ThreatRemoved(id) => change(&self.threats, id),
            Disputed::MitigationStatus(id, _) | Disputed::MitigationRemoved(id) => {
                change(&self.mitigations, id);
            }
            Disputed::NothingApplies(..) | Disputed::InScope(..) => {}
        }
    }

    fn field(&self, field: &mut TextField) {
        match field {
            TextField::ParticipantName(id) => change(&self.participants, id),
            TextField::Assumption(id) => change(&self.assumptions, id),
            TextField::Threat(id, _) => change(&self.threats, id),
            TextField::Mitigation(id, _) => change(&self.mitigations, id),
            TextField::Hardening(id, _) => change(&self.hardenings, id),
            TextField::ReviewNote(id) => change(&self.notes, id),
            TextField::Parked(id) => change(&self.parked, id),
            TextField::AcceptedCheck(id) => change(&self.checks, id),
            TextField::Draft(key) => self.draft_key(key),
            TextField::Title
            | TextField::Description
            | TextField::AttackerNote(_)
            | TextField::NothingAppliesReason(_)
            | TextField::OpenQuestion(_)
            | TextField::CellNote(_)
            | TextField::LeftReason(..) => {}
        }
    }

    fn draft_key(&self, key: &mut DraftKey) {
        if let DraftKey::Mitigation(threat) = key {
            change(&self.threats, threat);
        }
    }

    /// The subject of a check holds ids as words among others.
    fn subject(&self, subject: &str) -> String {
        let in_id = |c: char| c.is_ascii_alphanumeric() || matches!(c, '-' | '.' | '_');
        let mut out = String::with_capacity(subject.len());
        let mut rest = subject;
        while !rest.is_empty() {
            let end = rest.find(|c| !in_id(c)).unwrap_or(rest.len());
            out.push_str(&self.word(&rest[..end]));
            rest = &rest[end..];
            let end = rest.find(in_id).unwrap_or(rest.len());
            out.push_str(&rest[..end]);
            rest = &rest[end..];
        }
        out
    }

    fn word(&self, word: &str) -> String {
        let threat = self.threats.iter().find(|(old, _)| old.as_str() == word);
        let mitigation = || {
            let mut all = self.mitigations.iter();
            all.find(|(old, _)| old.as_str() == word)
        };
        let hardening = || {
            let mut all = self.hardenings.iter();
            all.find(|(old, _)| old.as_str() == word)
        };
        threat
            .map(|(_, new)| new.to_string())
            .or_else(|| mitigation().map(|(_, new)| new.to_string()))
            .or_else(|| hardening().map(|(_, new)| new.to_string()))
            .unwrap_or_else(|| word.to_owned())
    }
}
