//! The words for ratings, responses and states, and the risk that two ratings make.
//!
//! One place for them, so that the screen, the write-ups and the documentation cannot disagree.

use super::types::{Impact, LeaveKind, Likelihood, MitigationStatus, OpenKind, Response};

/// How pressing a threat is: likelihood and impact together.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Risk {
    /// Can wait.
    Low,
    /// Should be planned.
    Medium,
    /// Should be done soon.
    High,
    /// Should be done now.
    Critical,
}

impl Risk {
    /// The risk of a rated threat. Each scale counts from 1 to 5; the product decides:
    /// 1 to 4 low, 5 to 9 medium, 10 to 16 high, 20 and more critical.
    pub const fn of(likelihood: Likelihood, impact: Impact) -> Self {
        match (likelihood as u8 + 1) * (impact as u8 + 1) {
            0..=4 => Self::Low,
            5..=9 => Self::Medium,
            10..=16 => Self::High,
            _ => Self::Critical,
        }
    }

    /// All four, lowest first.
    pub const ALL: [Self; 4] = [Self::Low, Self::Medium, Self::High, Self::Critical];

    /// As people say it.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Low => "low",
            Self::Medium => "medium",
            Self::High => "high",
            Self::Critical => "critical",
        }
    }
}

impl Likelihood {
    /// All five, lowest first.
    pub const ALL: [Self; 5] = [
        Self::Rare,
        Self::Unlikely,
        Self::Possible,
        Self::Likely,
        Self::Expected,
    ];

    /// As people say it.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Rare => "rare",
            Self::Unlikely => "unlikely",
            Self::Possible => "possible",
            Self::Likely => "likely",
            Self::Expected => "expected",
        }
    }

    /// What the word means here.
    pub const fn meaning(self) -> &'static str {
        match self {
            Self::Rare => "once in many years",
            Self::Unlikely => "once in a few years",
            Self::Possible => "about once a year",
            Self::Likely => "every few months",
            Self::Expected => "every week, or already now",
        }
    }
}

impl Impact {
    /// All five, lowest first.
    pub const ALL: [Self; 5] = [
        Self::Negligible,
        Self::Minor,
        Self::Moderate,
        Self::Major,
        Self::Severe,
    ];

    /// As people say it.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Negligible => "negligible",
            Self::Minor => "minor",
            Self::Moderate => "moderate",
            Self::Major => "major",
            Self::Severe => "severe",
        }
    }

    /// What the word means here.
    pub const fn meaning(self) -> &'static str {
        match self {
            Self::Negligible => "hardly noticed",
            Self::Minor => "an annoyance for some",
            Self::Moderate => "a bad day for many",
            Self::Major => "data, money or trust is lost",
            Self::Severe => "we may not recover",
        }
    }
}

impl Response {
    /// All four.
    pub const ALL: [Self; 4] = [
        Self::Mitigate,
        Self::Eliminate,
        Self::Transfer,
        Self::Accept,
    ];

    /// As people say it.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Mitigate => "mitigate",
            Self::Eliminate => "eliminate",
            Self::Transfer => "transfer",
            Self::Accept => "accept",
        }
    }

    /// What the word means here.
    pub const fn meaning(self) -> &'static str {
        match self {
            Self::Mitigate => "make it less likely or less harmful",
            Self::Eliminate => "remove what makes it possible",
            Self::Transfer => "let someone else carry it",
            Self::Accept => "live with it, knowingly",
        }
    }
}

impl MitigationStatus {
    /// All three in order.
    pub const ALL: [Self; 3] = [Self::Planned, Self::Done, Self::Verified];

    /// As people say it.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Planned => "planned",
            Self::Done => "done",
            Self::Verified => "verified",
        }
    }

    /// The one after it, and from the last the first again.
    #[must_use]
    pub const fn next(self) -> Self {
        match self {
            Self::Planned => Self::Done,
            Self::Done => Self::Verified,
            Self::Verified => Self::Planned,
        }
    }
}

impl OpenKind {
    /// What to say about it.
    pub const fn asks(self) -> &'static str {
        match self {
            Self::NotKnown => LeaveKind::NotKnown.asks(),
            Self::Disagree => LeaveKind::Disagree.asks(),
        }
    }

    /// Both.
    pub const ALL: [Self; 2] = [Self::NotKnown, Self::Disagree];

    /// As people say it.
    pub const fn name(self) -> &'static str {
        match self {
            Self::NotKnown => "we do not know",
            Self::Disagree => "we disagree",
        }
    }
}

impl LeaveKind {
    /// The beginning of the sentence that the reason ends.
    pub const fn begins(self) -> &'static str {
        match self {
            Self::DoesNotApply => "Does not apply, because",
            Self::Mitigated => "Already mitigated by",
            Self::Accepted => "Accepted, by whom and until when",
            Self::NotKnown => "We do not know",
            Self::Disagree => "We disagree",
        }
    }

    /// What to say about it.
    pub const fn asks(self) -> &'static str {
        match self {
            Self::DoesNotApply => "say why, if you like",
            Self::Mitigated => "say what stands against it already",
            Self::Accepted => "a name, the reason, and a date to look at it again",
            Self::NotKnown => "say what would have to be found out, and who could know",
            Self::Disagree => "say what each side holds",
        }
    }

    /// All five.
    pub const ALL: [Self; 5] = [
        Self::DoesNotApply,
        Self::Mitigated,
        Self::Accepted,
        Self::NotKnown,
        Self::Disagree,
    ];

    /// As people say it.
    pub const fn name(self) -> &'static str {
        match self {
            Self::DoesNotApply => "does not apply",
            Self::Mitigated => "already mitigated",
            Self::Accepted => "accepted",
            Self::NotKnown => "we do not know",
            Self::Disagree => "we disagree",
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn risk_grows_with_both_scales() {
        for likelihoods in Likelihood::ALL.windows(2) {
            for impacts in Impact::ALL.windows(2) {
                let here = Risk::of(likelihoods[0], impacts[0]);
                assert!(here <= Risk::of(likelihoods[1], impacts[0]));
                assert!(here <= Risk::of(likelihoods[0], impacts[1]));
            }
        }
        assert_eq!(Risk::of(Likelihood::Rare, Impact::Negligible), Risk::Low);
        assert_eq!(
            Risk::of(Likelihood::Expected, Impact::Severe),
            Risk::Critical
        );
    }
}
