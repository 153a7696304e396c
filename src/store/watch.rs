//! Notices text that goes, between one save and the next and over half a minute of saves.
//!
//! A key that repeats takes an answer away a few characters a save: none of these saves is a loss
//! by itself, all of them together are. Not for keeping anything on disk: see [`super::save`].

use std::sync::Arc;

use jiff::{SignedDuration, Timestamp};

use super::texts::is_lost;
use crate::session::types::Session;

/// How far the two remembered versions are apart. A repeating key takes 200 characters away in
/// seven seconds, well before the older of them is forgotten.
const STEP: SignedDuration = SignedDuration::from_secs(15);

/// A version as it was saved.
#[derive(Debug)]
pub(super) struct Version {
    pub session: Session,
    pub text: String,
    pub sequence: u64,
}

/// The last version, and those of 15 to 30 seconds before.
#[derive(Debug, Default)]
pub(super) struct Watch {
    last: Option<Arc<Version>>,
    middle: Option<Arc<Version>>,
    oldest: Option<Arc<Version>>,
    turned: Option<Timestamp>,
}

impl Watch {
    /// Whether nothing was saved yet.
    pub const fn is_empty(&self) -> bool {
        self.last.is_none()
    }

    /// Whether text of the last version goes with `session`.
    pub fn goes(&self, session: &Session) -> bool {
        let last = self.last.as_ref();
        last.is_some_and(|last| is_lost(&last.session, session))
    }

    /// The version of half a minute ago, if text went since then that the last version does not
    /// have either.
    pub fn went(&self, session: &Session) -> Option<Arc<Version>> {
        let oldest = self.oldest.as_ref()?;
        let last = self.last.as_ref()?;
        let is_other = oldest.sequence != last.sequence;
        (is_other && is_lost(&oldest.session, session)).then(|| Arc::clone(oldest))
    }

    /// Remembers what was just saved.
    pub fn saved(&mut self, version: Version, now: Timestamp) {
        let version = Arc::new(version);
        let is_time = self.turned.is_none_or(|turned| {
            let passed = now.duration_since(turned);
            passed >= STEP || passed.is_negative()
        });
        if is_time {
            self.oldest = self.middle.take();
            self.middle = self.last.take().or_else(|| Some(Arc::clone(&version)));
            self.turned = Some(now);
        }
        self.last = Some(version);
    }

    /// What went is kept: from here on, only what goes from the next version counts.
    pub fn start_again(&mut self) {
        *self = Self::default();
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::catalog::types::Id;

    const ANSWER: &str = "Anybody who reaches the socket of the daemon is root on the host. \
        Our build agents mount it, and their jobs come from forks of strangers.";

    fn session(description: &str) -> Session {
        let now = "2026-11-21T10:00:00Z".parse().unwrap();
        let mut session = Session::new("x", Id::new("course").unwrap(), Vec::new(), now);
        session.description = description.into();
        session
    }

    fn version(description: &str, sequence: u64) -> Version {
        Version {
            session: session(description),
            text: description.into(),
            sequence,
        }
    }

    #[test]
    fn an_answer_taken_away_by_a_repeating_key_is_noticed() {
        let start: Timestamp = "2026-11-21T10:00:00Z".parse().unwrap();
        let mut watch = Watch::default();
        // A minute of work with the answer in place, then eight characters less every save.
        for second in 0..60 {
            watch.saved(
                version(ANSWER, second),
                start + SignedDuration::from_secs(second.cast_signed()),
            );
        }
        let mut now = start + SignedDuration::from_secs(60);
        let mut left = ANSWER.len();
        let kept = loop {
            left = left.checked_sub(8).expect("noticed before it is gone");
            let next = session(&ANSWER[..left]);
            assert!(!watch.goes(&next), "no single save is a loss");
            if let Some(kept) = watch.went(&next) {
                break kept;
            }
            now += SignedDuration::from_millis(250);
            watch.saved(version(&ANSWER[..left], 1_000 - left as u64), now);
        };
        assert_eq!(kept.text, ANSWER);
    }

    #[test]
    fn what_was_kept_is_not_kept_again() {
        let start: Timestamp = "2026-11-21T10:00:00Z".parse().unwrap();
        let mut watch = Watch::default();
        for second in [0, 20, 40] {
            let now = start + SignedDuration::from_secs(second);
            watch.saved(version(ANSWER, second.cast_unsigned()), now);
        }
        assert!(watch.goes(&session("")));
        watch.start_again();
        for second in [41, 61, 81, 101] {
            let now = start + SignedDuration::from_secs(second);
            watch.saved(version("", second.cast_unsigned()), now);
            assert!(watch.went(&session("")).is_none());
        }
    }
}
