//! What a format could not carry of a session, counted, in sentences for people.
//!
//! Each format says which of these it has no place for; what this session does not have is not named.

use super::model::Model;
use crate::session::types::{Response, Session};

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
    let session = model.session;
    let written = |text: &str| usize::from(!text.trim().is_empty());
    let (count, one, many) = match part {
        Part::Description => (
            written(&session.description),
            "the description of the environment",
            "",
        ),
        Part::Assumptions => (session.assumptions.len(), "1 assumption", "assumptions"),
        Part::Attackers => (
            session.attackers.len(),
            "1 attacker profile",
            "attacker profiles",
        ),
        Part::Participants => (model.people().len(), "1 participant", "participants"),
        Part::Answers => (
            answers(session),
            "1 answer that is not a threat (nothing applies, a note, a suggestion left)",
            "answers that are not threats (nothing applies, notes, suggestions left)",
        ),
        Part::Scans => (
            session.scans.len(),
            "1 scan with its findings",
            "scans with their findings",
        ),
        Part::Hardenings => (
            session.hardenings.len(),
            "1 documented finding",
            "documented findings",
        ),
        Part::ReviewNotes => (
            session.review_notes.len(),
            "1 note of the review",
            "notes of the review",
        ),
        Part::Parked => (
            session.parked.len() + session.disputes.len(),
            "1 thought that was put aside, or dispute",
            "thoughts that were put aside, or disputes",
        ),
        Part::Votes => (
            session
                .threats
                .iter()
                .filter(|one| !one.votes.is_empty())
                .count(),
            "the show of hands on 1 threat",
            "shows of hands on threats",
        ),
        Part::Sentences => (
            session
                .threats
                .iter()
                .filter(|one| !one.sentence.is_empty())
                .count(),
            "the parts of 1 threat that was written as a sentence",
            "threats written as sentences, part by part",
        ),
        Part::Drafts => (
            session.working.drafts.len(),
            "1 half-typed text",
            "half-typed texts",
        ),
        Part::Diagram => (
            model.flows.len(),
            "the trust zones and 1 data flow",
            "data flows, and the trust zones",
        ),
        Part::Ratings => (
            session
                .threats
                .iter()
                .filter(|one| one.likelihood.is_some() || one.impact.is_some())
                .count(),
            "likelihood and impact of 1 threat as they were rated",
            "ratings of likelihood and impact as they were given",
        ),
        Part::Surfaces => (
            session
                .threats
                .iter()
                .filter(|one| one.surface.is_some())
                .count(),
            "the attack surface of 1 threat",
            "attack surfaces of threats",
        ),
        Part::Controls => (
            session
                .threats
                .iter()
                .map(|one| one.controls.len())
                .sum::<usize>()
                + session
                    .mitigations
                    .iter()
                    .map(|one| one.controls.len())
                    .sum::<usize>(),
            "1 link to a benchmark's check",
            "links to benchmark checks",
        ),
        Part::Decisions => (
            session
                .threats
                .iter()
                .filter(|one| matches!(one.response, Some(Response::Accept | Response::Transfer)))
                .count(),
            "that 1 threat is accepted or transferred, but in its text",
            "decisions to accept or transfer, but in texts",
        ),
        Part::MitigationFacts => (
            session
                .mitigations
                .iter()
                .filter(|one| {
                    let facts = [&one.due, &one.verify, &one.evidence];
                    facts.iter().any(|text| !text.trim().is_empty())
                        || !model.owner_of(one).trim().is_empty()
                })
                .count(),
            "owner, due date, check and evidence of 1 mitigation, but in its text",
            "mitigations' owners, due dates, checks and evidence, but in texts",
        ),
        Part::LooseMitigations => (
            session
                .mitigations
                .iter()
                .filter(|one| one.threats.is_empty())
                .count(),
            "1 mitigation that belongs to no threat",
            "mitigations that belong to no threat",
        ),
        Part::EmptyComponents => (
            model
                .nodes
                .iter()
                .filter(|one| one.threats.is_empty())
                .count(),
            "1 component without a threat",
            "components without a threat",
        ),
        Part::Stamps => (
            session.threats.len() + session.mitigations.len(),
            "when it was recorded and changed, and by whom",
            "times of recording and changing, and by whom",
        ),
    };
    match count {
        0 => None,
        1 => Some(one.to_owned()),
        _ if part == Part::Stamps => Some(one.to_owned()),
        count => Some(format!("{count} {many}")),
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
