//! Notices text that goes, between one save and the next and over half a minute of saves.
//!
//! A key that repeats takes an answer away a few characters a save: none of these saves is a loss
//! by itself, all of them together are. Not for keeping anything on disk: see [`super::save`].

use std::collections::{HashMap, HashSet};

use jiff::{SignedDuration, Timestamp};

use super::pieces::Pieces;
use super::texts::is_any_lost;
use crate::session::all_texts::{Named, Texts};
use crate::session::edit::{Delta, Slot};
use crate::session::id::ScanId;
use crate::session::place::TextField;
use crate::session::types::{Scan, Session};

/// How far the two remembered versions are apart. A repeating key takes 200 characters away in
/// seven seconds, well before the older of them is forgotten.
const STEP: SignedDuration = SignedDuration::from_secs(15);

/// A version as it was saved.
#[derive(Debug)]
pub(super) struct Version {
    pub text: String,
    pub sequence: u64,
}

/// A version that was saved, and how everything that changed since then was in it.
#[derive(Clone, Debug)]
struct Remembered {
    pieces: Pieces,
    sequence: u64,
    texts: HashMap<TextField, String>,
    /// Scans that came or went, and whether they were there.
    scans: HashMap<ScanId, bool>,
}

impl Remembered {
    fn new(pieces: Pieces, sequence: u64) -> Self {
        Self {
            pieces,
            sequence,
            texts: HashMap::new(),
            scans: HashMap::new(),
        }
    }

    /// Whether text of it is not in `session` any more, which came from it by the changes noted.
    fn is_lost(&self, session: &Session) -> bool {
        let is_there = |id: &ScanId| session.scans.iter().any(|scan| scan.id == *id);
        let mut scans = self.scans.iter();
        scans.any(|(id, was_there)| *was_there && !is_there(id))
            || is_any_lost(
                self.texts.iter().map(|(field, old)| (field, old.as_str())),
                session,
            )
    }
}

/// The last version, and those of 15 to 30 seconds before.
#[derive(Debug, Default)]
pub(super) struct Watch {
    last: Option<Remembered>,
    middle: Option<Remembered>,
    oldest: Option<Remembered>,
    turned: Option<Timestamp>,
}

impl Watch {
    /// Whether nothing was saved yet.
    pub const fn is_empty(&self) -> bool {
        self.last.is_none()
    }

    /// Takes note of a change of `session` that is about to be made.
    pub fn changes(&mut self, session: &Session, delta: &Delta) {
        if self.is_empty() {
            return;
        }
        match delta {
            Delta::Text(delta) => {
                let old = session.text(&delta.field).unwrap_or_default();
                self.text(&delta.field, old);
            }
            Delta::Participant(slot) => self.entry(slot),
            Delta::Assumption(slot) => self.entry(slot),
            Delta::Attacker(slot) => self.entry(slot),
            Delta::Cell(slot) => self.entry(slot),
            Delta::Threat(slot) => self.entry(slot),
            Delta::Mitigation(slot) => self.entry(slot),
            Delta::Hardening(slot) => self.entry(slot),
            Delta::ReviewNote(slot) => self.entry(slot),
            Delta::Parked(slot) => self.entry(slot),
            Delta::AcceptedCheck(slot) => self.entry(slot),
            Delta::Draft(slot) => self.entry(slot),
            Delta::Scan(slot) => {
                self.scans(slot.before.as_deref(), true);
                self.scans(slot.after.as_deref(), false);
            }
            Delta::Component(_) | Delta::Dispute(_) | Delta::Room { .. } | Delta::Place { .. } => {}
        }
    }

    /// Takes note that one session takes the place of another.
    pub fn replaces(&mut self, before: &Session, after: &Session) {
        if self.is_empty() {
            return;
        }
        self.texts(&before.texts(), &after.texts());
        self.scans(&before.scans, true);
        self.scans(&after.scans, false);
    }

    fn entry<T: Texts>(&mut self, slot: &Slot<T>) {
        let before = slot.before.as_deref().map_or_else(Vec::new, T::texts);
        let after = slot.after.as_deref().map_or_else(Vec::new, T::texts);
        self.texts(&before, &after);
    }

    /// Takes note of the texts that are not the same before and after.
    fn texts(&mut self, before: &[Named<'_>], after: &[Named<'_>]) {
        let is_now: HashMap<&TextField, &str> =
            after.iter().map(|(field, text)| (field, *text)).collect();
        let mut was_there = HashSet::new();
        for (field, old) in before {
            was_there.insert(field);
            if is_now.get(field) != Some(old) {
                self.text(field, old);
            }
        }
        for (field, _) in after {
            if !was_there.contains(field) {
                self.text(field, "");
            }
        }
    }

    /// Only the first change of a text since a version says how it was in that version.
    fn text(&mut self, field: &TextField, old: &str) {
        for version in self.remembered() {
            if !version.texts.contains_key(field) {
                version.texts.insert(field.clone(), old.to_owned());
            }
        }
    }

    fn scans<'a>(&mut self, scans: impl IntoIterator<Item = &'a Scan>, were_there: bool) {
        for scan in scans {
            for version in self.remembered() {
                version.scans.entry(scan.id.clone()).or_insert(were_there);
            }
        }
    }

    fn remembered(&mut self) -> impl Iterator<Item = &mut Remembered> {
        let versions = [&mut self.last, &mut self.middle, &mut self.oldest];
        versions.into_iter().flatten()
    }

    /// Whether text of the last version goes with `session`.
    pub fn goes(&self, session: &Session) -> bool {
        let last = self.last.as_ref();
        last.is_some_and(|last| last.is_lost(session))
    }

    /// The version of half a minute ago, if text went since then that the last version does not
    /// have either.
    pub fn went(&self, session: &Session) -> Option<Version> {
        let oldest = self.oldest.as_ref()?;
        let last = self.last.as_ref()?;
        let is_other = oldest.sequence != last.sequence;
        (is_other && oldest.is_lost(session)).then(|| Version {
            text: oldest.pieces.text(oldest.sequence),
            sequence: oldest.sequence,
        })
    }

    /// Remembers what was just saved.
    pub fn saved(&mut self, pieces: Pieces, sequence: u64, now: Timestamp) {
        let version = Remembered::new(pieces, sequence);
        let is_time = self.turned.is_none_or(|turned| {
            let passed = now.duration_since(turned);
            passed >= STEP || passed.is_negative()
        });
        if is_time {
            self.oldest = self.middle.take();
            self.middle = self.last.take().or_else(|| Some(version.clone()));
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
    use crate::store::encode::encode;

    const ANSWER: &str = "Anybody who reaches the socket of the daemon is root on the host. \
        Our build agents mount it, and their jobs come from forks of strangers.";

    /// A session of one text, saved again and again.
    struct Scene {
        watch: Watch,
        session: Session,
        sequence: u64,
    }

    impl Scene {
        fn new() -> Self {
            Self {
                watch: Watch::default(),
                session: session(""),
                sequence: 0,
            }
        }

        fn change(&mut self, description: &str) {
            let next = session(description);
            self.watch.replaces(&self.session, &next);
            self.session = next;
        }

        fn save(&mut self, now: Timestamp) {
            self.sequence += 1;
            let mut pieces = Pieces::new(&self.session);
            pieces.bring_up(&self.session, false).unwrap();
            self.watch.saved(pieces, self.sequence, now);
        }

        fn goes(&self) -> bool {
            self.watch.goes(&self.session)
        }

        fn went(&self) -> Option<Version> {
            self.watch.went(&self.session)
        }
    }

    fn session(description: &str) -> Session {
        let now = "2026-11-21T10:00:00Z".parse().unwrap();
        let mut session = Session::new("x", Id::new("course").unwrap(), Vec::new(), now);
        description.clone_into(&mut session.description);
        session
    }

    fn after(seconds: i64) -> Timestamp {
        let start: Timestamp = "2026-11-21T10:00:00Z".parse().unwrap();
        start + SignedDuration::from_secs(seconds)
    }

    #[test]
    fn an_answer_taken_away_by_a_repeating_key_is_noticed() {
        let mut scene = Scene::new();
        scene.change(ANSWER);
        // A minute of work with the answer in place, then eight characters less every save.
        for second in 0..60 {
            scene.save(after(second));
        }
        let mut now = after(60);
        let mut left = ANSWER.len();
        let kept = loop {
            left = left.checked_sub(8).expect("noticed before it is gone");
            scene.change(&ANSWER[..left]);
            assert!(!scene.goes(), "no single save is a loss");
            if let Some(kept) = scene.went() {
                break kept;
            }
            now += SignedDuration::from_millis(250);
            scene.save(now);
        };
        assert!(kept.text.contains(ANSWER));
        assert_eq!(kept.text, encode(&session(ANSWER), kept.sequence).unwrap());
    }

    #[test]
    fn what_was_kept_is_not_kept_again() {
        let mut scene = Scene::new();
        scene.change(ANSWER);
        for second in [0, 20, 40] {
            scene.save(after(second));
        }
        scene.change("");
        assert!(scene.goes());
        scene.watch.start_again();
        for second in [41, 61, 81, 101] {
            scene.save(after(second));
            assert!(scene.went().is_none());
        }
    }

    #[test]
    fn what_came_and_went_between_two_saves_was_in_no_version() {
        let mut scene = Scene::new();
        scene.change("short");
        scene.save(after(0));
        scene.change(ANSWER);
        scene.change("short");
        assert!(!scene.goes());
        scene.change("");
        assert!(!scene.goes(), "a short word");
        scene.change(ANSWER);
        scene.save(after(1));
        scene.change(
            "something else, and a little more than half of what was there before, \
            so that it is no loss at all",
        );
        assert!(!scene.goes());
        scene.change("");
        assert!(scene.goes());
    }
}
