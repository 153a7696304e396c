//! A copy of a session, kept up by the same changes as the one on the screen, together with the text of
//! its file.
//!
//! Nothing of a session is written before it was read back and is the same. Of a session of ordinary
//! size the whole text is read back for every save. A large one is read back whole when it is taken
//! over and at the end, and in between what changed is: reading eight megabytes back takes a hundred
//! times as long as the entry that somebody types into.
//!
//! A change that does not fit would mean that the two copies differ. It is noticed before it is
//! carried out: a copy that is known to be good is never traded for one that may not be. Not for
//! writing to disk: see [`super::save`].

use std::sync::Arc;

use jiff::Timestamp;

use super::check::check;
use super::courtesy::step_aside;
use super::decode::{MAX_FILE, decode_own};
use super::envelope::{self, Integrity};
use super::pieces::Pieces;
use super::save_error::SaveError;
use super::scan::{Overview, scan};
use super::watch::{Version, Watch};
use crate::session::edit::{Delta, Slot, TextDelta};
use crate::session::types::{FORMAT, Session};

/// A session whose text is at least so long is read back in pieces. Below, all of it takes 2 ms.
const LARGE: usize = 128 * 1024;

/// The change does not fit the copy.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct OutOfStep;

/// How the text was last read back.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum ReadBack {
    /// Not yet, or it failed: all of it is written anew and read back before anything is saved.
    No,
    /// All of it.
    Whole,
    /// All of it once, and since then the pieces that changed.
    InPieces,
}

/// A session and the text of its file.
#[derive(Debug)]
pub struct Replica {
    session: Session,
    /// The file that it was just read from, until its text is made for the first time.
    read_from: Option<Vec<u8>>,
    pieces: Pieces,
    read_back: ReadBack,
    large: usize,
    watch: Watch,
}

impl Replica {
    /// A copy of a session.
    pub fn new(session: Session) -> Self {
        Self::reading_back_in_pieces_from(LARGE, session)
    }

    /// The same, which counts as large from so many bytes on: for tests, which need not wait for a large
    /// session then.
    pub fn reading_back_in_pieces_from(large: usize, session: Session) -> Self {
        Self {
            pieces: Pieces::new(&session),
            session,
            read_from: None,
            read_back: ReadBack::No,
            large,
            watch: Watch::default(),
        }
    }

    /// A copy of a session that was just read from these bytes. Where its text is the same to the byte,
    /// reading it back would be reading them once more.
    #[must_use]
    pub fn read_from(mut self, bytes: Vec<u8>) -> Self {
        self.read_from = Some(bytes);
        self
    }

    /// The session.
    pub const fn session(&self) -> &Session {
        &self.session
    }

    /// Carries a change out, or leaves everything as it is.
    pub fn apply(&mut self, delta: &Delta) -> Result<(), OutOfStep> {
        if !fits(&self.session, delta) {
            return Err(OutOfStep);
        }
        self.watch.changes(&self.session, delta);
        self.pieces.changes(&self.session, delta);
        delta.apply(&mut self.session);
        Ok(())
    }

    /// Takes a whole session in the place of what it has.
    pub fn replace(&mut self, session: Session) {
        self.watch.replaces(&self.session, &session);
        self.session = session;
        self.distrust();
    }

    /// The next text is written anew and read back as a whole.
    pub(super) fn distrust(&mut self) {
        self.pieces = Pieces::new(&self.session);
        self.read_back = ReadBack::No;
    }

    /// The text of its file for the save of that number, after it was read back and found to be the
    /// same session. If it is not, all of it is made anew the next time.
    pub fn checked_text(&mut self, sequence: u64) -> Result<Arc<String>, SaveError> {
        let text = self.try_text(sequence);
        if text.is_err() {
            self.distrust();
        }
        text
    }

    /// Makes everything ready for the first save, where that takes long. Nothing may have changed yet.
    pub(super) fn prepare(&mut self) {
        let read_from = self.read_from.take().unwrap_or_default();
        let first = envelope::first_line(&read_from);
        let sequence = first.and_then(|line| line.sequence).unwrap_or(0);
        // Whatever is wrong is said by the save.
        let Ok(text) = self.pieces.write_all(&self.session, sequence) else {
            return;
        };
        if text.as_bytes() == read_from {
            self.read_back = ReadBack::Whole;
        } else if self.is_large() && self.read_back_whole_of(text, sequence).is_err() {
            self.distrust();
        }
    }

    /// The next text is read back as a whole, however large it is.
    pub(super) const fn read_back_whole(&mut self) {
        self.read_back = ReadBack::No;
    }

    /// Reads all of it back, where only the pieces that changed were since the last time.
    pub(super) fn check_whole(&mut self) -> Result<(), SaveError> {
        if self.read_back == ReadBack::InPieces {
            self.read_back_whole();
            self.checked_text(0)?;
        }
        Ok(())
    }

    /// The text that was checked last, made again.
    pub(super) fn text_again(&self, sequence: u64) -> String {
        self.pieces.text(sequence)
    }

    /// Whether text of the version that was saved last went since; not known before the first save.
    pub(super) fn goes(&self) -> Option<bool> {
        (!self.watch.is_empty()).then(|| self.watch.goes(&self.session))
    }

    /// The version of half a minute ago, if text went since then that the last version does not
    /// have either.
    pub(super) fn went(&self) -> Option<Version> {
        self.watch.went(&self.session)
    }

    /// Remembers that what it is now was just saved; `kept` says that the version before was.
    pub(super) fn saved(&mut self, sequence: u64, kept: bool, now: Timestamp) {
        if kept {
            self.watch.start_again();
        }
        self.watch.saved(self.pieces.clone(), sequence, now);
    }

    fn is_large(&self) -> bool {
        self.pieces.bytes() >= self.large
    }

    fn try_text(&mut self, sequence: u64) -> Result<Arc<String>, SaveError> {
        if self.pieces.is_blank() {
            let text = self.pieces.write_all(&self.session, sequence);
            return self.read_back_whole_of(text.map_err(would_not_open)?, sequence);
        }
        let in_pieces = self.read_back != ReadBack::No && self.is_large();
        let has_long_text = self
            .pieces
            .bring_up(&self.session, in_pieces)
            .map_err(would_not_open)?;
        let text = Arc::new(self.pieces.text(sequence));
        step_aside();
        if !in_pieces {
            return self.read_back_whole_of(text, sequence);
        }
        within_bounds(&text)?;
        self.check_the_rest(&text, sequence, has_long_text)?;
        self.read_back = ReadBack::InPieces;
        Ok(text)
    }

    fn read_back_whole_of(
        &mut self,
        text: Arc<String>,
        sequence: u64,
    ) -> Result<Arc<String>, SaveError> {
        within_bounds(&text)?;
        self.read_back = ReadBack::No;
        let loaded = decode_own(&text).map_err(|error| would_not_open(error.explain().what))?;
        let is_same = loaded.session == self.session && loaded.sequence == sequence;
        if !is_same || loaded.integrity != Integrity::Intact {
            return Err(reads_back_differently());
        }
        self.read_back = ReadBack::Whole;
        Ok(text)
    }

    /// What is looked at besides the pieces: that they make sense together, and the lines around them.
    fn check_the_rest(
        &self,
        text: &str,
        sequence: u64,
        has_long_text: bool,
    ) -> Result<(), SaveError> {
        let overview = if has_long_text {
            scan(text).map_err(|problem| would_not_open(problem.what))?
        } else {
            Overview::default()
        };
        step_aside();
        check(&self.session, text, &overview)
            .map_err(|problem| would_not_open(problem.to_string()))?;
        let first = envelope::first_line(text.as_bytes());
        let is_right = first.is_some_and(|line| {
            line.format == u64::from(FORMAT) && line.sequence == Some(sequence)
        });
        if is_right && envelope::integrity(text, false) == Integrity::Intact {
            Ok(())
        } else {
            Err(reads_back_differently())
        }
    }
}

fn within_bounds(text: &str) -> Result<(), SaveError> {
    let bytes = text.len();
    if bytes > MAX_FILE {
        return Err(SaveError::TooLarge { bytes });
    }
    Ok(())
}

fn would_not_open(problem: String) -> SaveError {
    SaveError::WouldNotOpen { problem }
}

fn reads_back_differently() -> SaveError {
    would_not_open("it reads back differently".to_owned())
}

fn fits(session: &Session, delta: &Delta) -> bool {
    match delta {
        Delta::Text(text) => text_fits(session, text),
        Delta::Participant(slot) => slot_fits(&session.participants, slot),
        Delta::Component(slot) => slot_fits(&session.components, slot),
        Delta::Assumption(slot) => slot_fits(&session.assumptions, slot),
        Delta::Attacker(slot) => slot_fits(&session.attackers, slot),
        Delta::Cell(slot) => slot_fits(&session.cells, slot),
        Delta::Threat(slot) => slot_fits(&session.threats, slot),
        Delta::Mitigation(slot) => slot_fits(&session.mitigations, slot),
        Delta::Scan(slot) => slot_fits(&session.scans, slot),
        Delta::Hardening(slot) => slot_fits(&session.hardenings, slot),
        Delta::ReviewNote(slot) => slot_fits(&session.review_notes, slot),
        Delta::Parked(slot) => slot_fits(&session.parked, slot),
        Delta::AcceptedCheck(slot) => slot_fits(&session.accepted_checks, slot),
        Delta::Dispute(slot) => slot_fits(&session.disputes, slot),
        Delta::Room { before, .. } => session.room == *before,
        Delta::Draft(slot) => slot_fits(&session.working.drafts, slot),
        Delta::Place { before, .. } => session.working.place == *before,
    }
}

fn slot_fits<T: PartialEq>(list: &[T], slot: &Slot<T>) -> bool {
    match &slot.before {
        None => slot.index <= list.len(),
        Some(before) => list.get(slot.index) == Some(&**before),
    }
}

fn text_fits(session: &Session, delta: &TextDelta) -> bool {
    let end = delta.at.checked_add(delta.removed.len());
    session
        .text(&delta.field)
        .zip(end)
        .and_then(|(text, end)| text.raw().get(delta.at..end))
        .is_some_and(|found| found == delta.removed)
}

#[cfg(test)]
mod tests {
    use pretty_assertions::assert_eq;

    use super::*;
    use crate::catalog::types::Id;
    use crate::session::place::{Place, TextField};
    use crate::store::encode::encode;

    fn session() -> Session {
        let now = "2026-11-21T10:00:00Z".parse().unwrap();
        Session::new("Grüße", Id::new("course").unwrap(), Vec::new(), now)
    }

    fn place(cursor: usize) -> Delta {
        let before = Place::default();
        let after = Place {
            cursor,
            ..Place::default()
        };
        Delta::Place { before, after }
    }

    fn typed(at: usize, removed: &str) -> Delta {
        Delta::Text(TextDelta {
            field: TextField::Title,
            at,
            removed: removed.to_owned(),
            inserted: "x".to_owned(),
            touched: None,
        })
    }

    #[test]
    fn a_change_that_fits_is_carried_out() {
        let mut replica = Replica::new(session());
        assert_eq!(replica.apply(&typed(2, "ü")), Ok(()));
        assert_eq!(replica.session().title, "Grxße");
    }

    #[test]
    fn a_change_that_does_not_fit_leaves_everything_as_it_was() {
        let component = Id::new("docker-host").unwrap();
        let taken_out = Slot {
            index: 0,
            before: Some(Box::new(component.clone())),
            after: None,
        };
        for delta in [
            typed(3, ""),
            typed(99, ""),
            typed(usize::MAX, "x"),
            typed(0, "x"),
            Delta::Component(Slot::put_in(1, component)),
            Delta::Component(taken_out),
        ] {
            let mut replica = Replica::new(session());
            assert_eq!(replica.apply(&delta), Err(OutOfStep), "{delta:?}");
            assert_eq!(*replica.session(), session());
        }
    }

    /// Nobody looks at a piece that did not change; the look at the whole finds it.
    #[test]
    fn a_piece_that_was_damaged_in_memory_is_found_and_made_anew() {
        let mut replica = Replica::reading_back_in_pieces_from(0, session());
        replica.checked_text(1).unwrap();
        replica.apply(&place(1)).unwrap();
        replica.pieces.damage_title();
        let damaged = replica.checked_text(2).unwrap();
        assert!(damaged.contains("damaged"), "what the pieces trust");
        assert_eq!(replica.check_whole(), Err(reads_back_differently()));
        let good = encode(replica.session(), 3).unwrap();
        assert_eq!(*replica.checked_text(3).unwrap(), good);
        assert_eq!(replica.check_whole(), Ok(()));
    }

    #[test]
    fn a_session_of_ordinary_size_is_read_back_whole_for_every_save() {
        let mut replica = Replica::new(session());
        replica.checked_text(1).unwrap();
        replica.apply(&place(1)).unwrap();
        replica.pieces.damage_title();
        assert_eq!(replica.checked_text(2), Err(reads_back_differently()));
        assert!(replica.checked_text(3).unwrap().contains("Grüße"));
    }

    #[test]
    fn what_was_just_read_is_not_read_back_where_its_text_is_the_same() {
        let text = encode(&session(), 4).unwrap();
        let other_layout = text.replace("    ", "  ");
        for (read_from, expected) in [
            (text, ReadBack::Whole),
            (other_layout, ReadBack::No),
            (String::new(), ReadBack::No),
        ] {
            // So large that it would not be read back before the first save.
            let replica = Replica::reading_back_in_pieces_from(usize::MAX, session());
            let mut replica = replica.read_from(read_from.into_bytes());
            replica.prepare();
            assert_eq!(replica.read_back, expected);
            assert_eq!(replica.read_from, None);
            assert_eq!(
                *replica.checked_text(5).unwrap(),
                encode(&session(), 5).unwrap()
            );
        }
    }

    #[test]
    fn what_is_made_ready_before_the_first_save_was_read_back_whole() {
        let mut replica = Replica::reading_back_in_pieces_from(0, session());
        replica.prepare();
        assert_eq!(replica.read_back, ReadBack::Whole);
        replica.apply(&place(1)).unwrap();
        replica.checked_text(2).unwrap();
        assert_eq!(replica.read_back, ReadBack::InPieces);
        replica.replace(session());
        assert_eq!(replica.read_back, ReadBack::No);
        replica.checked_text(3).unwrap();
        assert_eq!(replica.read_back, ReadBack::Whole);
    }
}
