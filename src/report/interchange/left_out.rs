//! What a format could not carry of a session, counted, in sentences for people.
//!
//! Each format says which of these it has no place for; what this session does not have is not named.

use super::model::Model;
use crate::encode::ForeignText;
use crate::session::types::{Response, Session, Threat};

/// Something of a session that a format may have no place for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Part {
    /// The description of the environment.
    Description,
    /// What the team takes for granted.
    Assumptions,
    /// Chosen attacker profiles and why.
    Attackers,
    /// Who was in the room.
    Participants,
    /// Cells where nothing applies, notes on cells, suggestions that were left.
    Answers,
    /// Imported scans.
    Scans,
    /// Findings that were chosen and documented.
    Hardenings,
    /// Notes of the review.
    ReviewNotes,
    /// Thoughts that were put aside, and disputes that are not settled.
    Parked,
    /// Shows of hands on likelihood and impact.
    Votes,
    /// The parts of threats that were written as sentences.
    Sentences,
    /// Half-typed texts.
    Drafts,
    /// Trust zones and data flows.
    Diagram,
    /// Likelihood and impact apart from the risk that they make.
    Ratings,
    /// Attack surfaces of threats.
    Surfaces,
    /// Benchmark checks of threats and mitigations.
    Controls,
    /// That a threat is accepted or transferred, as a field of its own.
    Decisions,
    /// Owner, due date, verification and evidence of mitigations, as fields of their own.
    MitigationFacts,
    /// Mitigations that belong to no threat.
    LooseMitigations,
    /// Components without any threat.
    EmptyComponents,
    /// Who recorded or changed something, and when.
    Stamps,
}

/// The parts that this session has, as sentences.
pub fn sentences(model: &Model<'_>, parts: &[Part]) -> Vec<String> {
    parts
        .iter()
        .filter_map(|part| sentence(model, *part))
        .collect()
}

fn sentence(model: &Model<'_>, part: Part) -> Option<String> {
    let (one, many) = words(part);
    match count(model, part) {
        0 => None,
        1 => Some(one.to_owned()),
        _ if part == Part::Stamps => Some(one.to_owned()),
        count => Some(format!("{count} {many}")),
    }
}

/// What one is called, and what many are called behind their number.
const fn words(part: Part) -> (&'static str, &'static str) {
    match part {
        Part::Description => ("the description of the environment", ""),
        Part::Assumptions => ("1 assumption", "assumptions"),
        Part::Attackers => ("1 attacker profile", "attacker profiles"),
        Part::Participants => ("1 participant", "participants"),
        Part::Answers => (
            "1 answer that is not a threat (nothing applies, a note, a suggestion left)",
            "answers that are not threats (nothing applies, notes, suggestions left)",
        ),
        Part::Scans => ("1 scan with its findings", "scans with their findings"),
        Part::Hardenings => ("1 documented finding", "documented findings"),
        Part::ReviewNotes => ("1 note of the review", "notes of the review"),
        Part::Parked => (
            "1 thought that was put aside, or dispute",
            "thoughts that were put aside, or disputes",
        ),
        Part::Votes => ("the show of hands on 1 threat", "shows of hands on threats"),
        Part::Sentences => (
            "the parts of 1 threat that was written as a sentence",
            "threats written as sentences, part by part",
        ),
        Part::Drafts => ("1 half-typed text", "half-typed texts"),
        Part::Diagram => (
            "the trust zones and 1 data flow",
            "data flows, and the trust zones",
        ),
        Part::Ratings => (
            "likelihood and impact of 1 threat as they were rated",
            "ratings of likelihood and impact as they were given",
        ),
        Part::Surfaces => (
            "the attack surface of 1 threat",
            "attack surfaces of threats",
        ),
        Part::Controls => ("1 link to a benchmark's check", "links to benchmark checks"),
        Part::Decisions => (
            "that 1 threat is accepted or transferred, but in its text",
            "decisions to accept or transfer, but in texts",
        ),
        Part::MitigationFacts => (
            "owner, due date, check and evidence of 1 mitigation, but in its text",
            "mitigations' owners, due dates, checks and evidence, but in texts",
        ),
        Part::LooseMitigations => (
            "1 mitigation that belongs to no threat",
            "mitigations that belong to no threat",
        ),
        Part::EmptyComponents => (
            "1 component without a threat",
            "components without a threat",
        ),
        Part::Stamps => (
            "when it was recorded and changed, and by whom",
            "times of recording and changing, and by whom",
        ),
    }
}

/// How much of it this session has.
fn count(model: &Model<'_>, part: Part) -> usize {
    let session = model.session;
    let written = |text: &ForeignText| usize::from(!text.trim().is_empty());
    let threats = |has: fn(&Threat) -> bool| session.threats.iter().filter(|one| has(one)).count();
    match part {
        Part::Description => written(&session.description),
        Part::Assumptions => session.assumptions.len(),
        Part::Attackers => session.attackers.len(),
        Part::Participants => model.people().len(),
        Part::Answers => answers(session),
        Part::Scans => session.scans.len(),
        Part::Hardenings => session.hardenings.len(),
        Part::ReviewNotes => session.review_notes.len(),
        Part::Parked => session.parked.len() + session.disputes.len(),
        Part::Votes => threats(|one| !one.votes.is_empty()),
        Part::Sentences => threats(|one| !one.sentence.is_empty()),
        Part::Drafts => session.working.drafts.len(),
        Part::Diagram => model.flows.len(),
        Part::Ratings => threats(|one| one.likelihood.is_some() || one.impact.is_some()),
        Part::Surfaces => threats(|one| one.surface.is_some()),
        Part::Controls => {
            session
                .threats
                .iter()
                .map(|one| one.controls.len())
                .sum::<usize>()
                + session
                    .mitigations
                    .iter()
                    .map(|one| one.controls.len())
                    .sum::<usize>()
        }
        Part::Decisions => {
            threats(|one| matches!(one.response, Some(Response::Accept | Response::Transfer)))
        }
        Part::MitigationFacts => session
            .mitigations
            .iter()
            .filter(|one| {
                let facts = [&one.due, &one.verify, &one.evidence];
                facts.iter().any(|text| !text.trim().is_empty())
                    || !model.owner_of(one).trim().is_empty()
            })
            .count(),
        Part::LooseMitigations => session
            .mitigations
            .iter()
            .filter(|one| one.threats.is_empty())
            .count(),
        Part::EmptyComponents => model
            .nodes
            .iter()
            .filter(|one| one.threats.is_empty())
            .count(),
        Part::Stamps => session.threats.len() + session.mitigations.len(),
    }
}

fn answers(session: &Session) -> usize {
    let cells = session.cells.iter();
    cells
        .map(|cell| {
            usize::from(cell.nothing_applies.is_some())
                + usize::from(cell.open_question.is_some())
                + usize::from(!cell.note.trim().is_empty())
                + cell.left.len()
        })
        .sum()
}
