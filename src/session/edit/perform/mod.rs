//! What each [`Operation`] changes. Plans only: nothing is changed here, so an edit that turns
//! out to be impossible leaves no trace.
//!
//! Here is the table of all edits; the plans are in the files below, one for each subject. Not for
//! carrying them out: see `delta` and `editor`.

mod cells;
mod disputes;
mod earlier;
mod hardenings;
mod mitigations;
mod review;
mod room;
mod scope;
mod texts;
mod threats;

use crate::session::edit::delta::Delta;
use crate::session::edit::operation::{MAX_TEXT, Operation, Refusal};
use crate::session::id::IdSource;
use crate::session::types::{Level, Session, Stamp};

type Plan = Result<(String, Vec<Delta>), Refusal>;

/// The label of an operation and the changes that carry it out.
#[allow(clippy::too_many_lines)] // one arm an operation: the table of all edits
pub(super) fn plan(
    session: &Session,
    operation: Operation,
    stamp: &Stamp,
    ids: &mut IdSource,
) -> Plan {
    match operation {
        Operation::EditText {
            field,
            at,
            remove,
            insert,
            typing: _,
        } => texts::edit_text(session, field, at, remove, insert, stamp),
        Operation::RestoreText { field, text } => {
            earlier::restore_text(session, field, text, stamp)
        }
        Operation::BringBack(removed) => earlier::bring_back(session, *removed),
        Operation::AddParticipant { name } => scope::add_participant(session, name, ids),
        Operation::RemoveParticipant(id) => scope::remove_participant(session, &id),
        Operation::SetInScope {
            component,
            in_scope,
            walk_order,
        } => scope::set_in_scope(session, component, in_scope, &walk_order),
        Operation::AddAssumption { text } => scope::add_assumption(session, text, stamp, ids),
        Operation::RemoveAssumption(id) => scope::remove_assumption(session, &id),
        Operation::ChooseAttacker(profile) => scope::choose_attacker(session, profile),
        Operation::DropAttacker(profile) => scope::drop_attacker(session, &profile),
        Operation::TakeSuggestion {
            component,
            suggestion,
        } => threats::take_suggestion(session, component, &suggestion, stamp, ids),
        Operation::LeaveSuggestion { cell, suggestion } => {
            cells::leave_suggestion(session, &cell, suggestion, stamp)
        }
        Operation::ReopenSuggestion { cell, suggestion } => {
            cells::reopen_suggestion(session, &cell, &suggestion)
        }
        Operation::SetLeaveKind {
            cell,
            suggestion,
            kind,
        } => cells::set_leave_kind(session, &cell, &suggestion, kind),
        Operation::SetOpenQuestion { cell, kind } => {
            cells::set_open_question(session, &cell, kind, stamp)
        }
        Operation::SetNothingApplies { cell, applies } => {
            cells::set_nothing_applies(session, &cell, applies, stamp)
        }
        Operation::AddThreat { cell, title } => {
            threats::add_threat(session, &cell, title, stamp, ids)
        }
        Operation::AddSentence { cell } => room::add_sentence(session, &cell, stamp, ids),
        Operation::AddThreatFromFinding {
            cell,
            finding,
            what_goes_wrong,
        } => {
            threats::add_threat_from_finding(session, &cell, *finding, what_goes_wrong, stamp, ids)
        }
        Operation::CountHands {
            threat,
            level,
            hands,
        } => threats::change_threat(
            session,
            &threat,
            "count the hands",
            stamp,
            |one| match level {
                Level::Likelihood(level) => one.votes.likelihood.0[level as usize] = hands,
                Level::Impact(level) => one.votes.impact.0[level as usize] = hands,
            },
        ),
        Operation::RemoveThreat(id) => threats::remove_threat(session, &id),
        Operation::SetSurface(id, surface) => {
            threats::change_threat(session, &id, "set the attack surface", stamp, |one| {
                one.surface = surface;
            })
        }
        Operation::SetLikelihood(id, likelihood) => {
            threats::change_threat(session, &id, "rate the likelihood", stamp, |one| {
                one.likelihood = likelihood;
            })
        }
        Operation::SetImpact(id, impact) => {
            threats::change_threat(session, &id, "rate the impact", stamp, |one| {
                one.impact = impact;
            })
        }
        Operation::SetResponse(id, response) => {
            threats::change_threat(session, &id, "decide the response", stamp, |one| {
                one.response = response;
            })
        }
        Operation::AddMitigation {
            threat,
            what,
            verify,
            controls,
        } => mitigations::add_mitigation(session, threat, what, verify, controls, stamp, ids),
        Operation::LinkMitigation(id, threat) => {
            mitigations::link_mitigation(session, &id, threat, stamp)
        }
        Operation::UnlinkMitigation(id, threat) => {
            mitigations::unlink_mitigation(session, &id, &threat, stamp)
        }
        Operation::RemoveMitigation(id) => mitigations::remove_mitigation(session, &id),
        Operation::SetMitigationStatus(id, status) => {
            let label = format!("mark the mitigation {}", status.name());
            mitigations::change_mitigation(session, &id, &label, stamp, |one| one.status = status)
        }
        Operation::VerifyMitigation {
            mitigation,
            evidence,
        } => mitigations::verify_mitigation(session, &mitigation, &evidence, stamp),
        Operation::AddScan(scan) => hardenings::add_scan(session, *scan),
        Operation::AddScans(scans) => hardenings::add_scans(session, scans, stamp, ids),
        Operation::RemoveScan(id) => hardenings::remove_scan(session, &id),
        Operation::ChooseFinding { finding, benchmark } => {
            hardenings::choose_finding(session, *finding, benchmark, stamp, ids)
        }
        Operation::RemoveHardening(id) => hardenings::remove_hardening(session, &id),
        Operation::SetHardeningThreat {
            hardening,
            threat,
            linked,
        } => hardenings::set_hardening_threat(session, &hardening, &threat, linked, stamp),
        Operation::SetHardeningConfirmed {
            hardening,
            confirmed,
        } => hardenings::set_hardening_confirmed(session, &hardening, confirmed, stamp),
        Operation::Park { text, cell } => room::park(session, text, cell, stamp, ids),
        Operation::SettleParked(id, settled) => room::settle_parked(session, &id, settled),
        Operation::RemoveParked(id) => room::remove_parked(session, &id),
        Operation::AcceptCheck { check, subject } => {
            review::accept_check(session, check, subject, stamp, ids)
        }
        Operation::RemoveAcceptedCheck(id) => review::remove_accepted_check(session, &id),
        Operation::SettleDispute {
            dispute,
            take_other,
        } => disputes::settle_dispute(session, &dispute, take_other, stamp),
        Operation::SetTurn(turn) => room::set_turn(session, turn),
        Operation::SetTimeBox(time_box) => room::set_time_box(session, time_box),
        Operation::AddReviewNote { text } => review::add_review_note(session, text, stamp, ids),
        Operation::RemoveReviewNote(id) => review::remove_review_note(session, &id),
        Operation::DropDraft(key) => texts::drop_draft(session, &key),
    }
}

fn position<T>(list: &[T], is_it: impl Fn(&T) -> bool) -> Result<usize, Refusal> {
    list.iter().position(is_it).ok_or(Refusal::Gone)
}

fn words(text: String) -> Result<String, Refusal> {
    match text.trim() {
        "" => Err(Refusal::Empty),
        trimmed if trimmed.len() > MAX_TEXT => Err(Refusal::TooLong),
        trimmed if trimmed.len() == text.len() => Ok(text),
        trimmed => Ok(trimmed.to_owned()),
    }
}

/// At most 40 characters of a text's first line, for a label.
fn shortened(text: &str) -> String {
    let line = text.lines().next().unwrap_or_default();
    if line.chars().count() <= 40 {
        line.to_owned()
    } else {
        let mut start: String = line.chars().take(39).collect();
        start.push('…');
        start
    }
}
