//! The text of a session's file in pieces: one for each entry of a list and one for each other field,
//! so that after a change only what changed is written anew and read back.
//!
//! Put together they are exactly what [`super::encode()`] makes of the whole session. Not for
//! following changes (see [`super::replica`]), and not for the layout, which is the serialiser's.

mod part;
mod touched;

use std::convert::Infallible;
use std::ops::Range;
use std::sync::Arc;

use serde::Serialize;
use serde::de::DeserializeOwned;

use super::courtesy::step_aside_at;
use super::decode::parse;
use super::encode::{self, CLOSING, LIST_CLOSING, OPENING, list_opening};
use super::envelope;
use super::scan::scan;
use crate::session::edit::Delta;
use crate::session::types::Session;
use part::{Kind, Part};
use touched::{Touched, touched};

/// What can be written and read back.
trait Kept: Serialize + DeserializeOwned + PartialEq {}

impl<T: Serialize + DeserializeOwned + PartialEq> Kept for T {}

/// A piece that was just written.
#[derive(Debug, Default)]
struct Made {
    text: String,
    /// It holds a text that may be longer than any may be; known only of what was read back.
    has_long_text: bool,
}

/// Writes pieces, and reads each of them back by itself where nobody reads the whole text back.
#[derive(Clone, Copy)]
struct Maker {
    read_back: bool,
}

impl Maker {
    fn field<T: Kept>(self, name: &'static str, value: &T) -> Result<Made, String> {
        let text = encode::field(name, value).map_err(|error| error.to_string())?;
        self.made(text, &format!("    {name}: "), value)
    }

    fn entry<T: Kept>(self, name: &'static str, value: &T) -> Result<Made, String> {
        let text = encode::entry(name, value).map_err(|error| error.to_string())?;
        self.made(text, "", value)
    }

    fn made<T: Kept>(self, text: String, before: &str, value: &T) -> Result<Made, String> {
        let has_long_text = self.read_back && has_long_text_and_reads_back(&text, before, value)?;
        Ok(Made {
            text,
            has_long_text,
        })
    }
}

/// Reads a piece back as it stands in the file, up to its comma, and compares. Says whether it holds a
/// text that may be too long.
fn has_long_text_and_reads_back<T: Kept>(
    text: &str,
    before: &str,
    value: &T,
) -> Result<bool, String> {
    let differs = || "a part of it reads back differently".to_owned();
    let overview = scan(text).map_err(|problem| problem.what)?;
    let written = text.strip_prefix(before).ok_or_else(differs)?;
    // Something after it, or a comma that is missing would not be missed.
    let pair = parse(&format!("({written}())")).map_err(|problem| problem.what)?;
    let (found, ()): (T, ()) = pair;
    if found == *value {
        Ok(overview.too_long_text.is_some())
    } else {
        Err(differs())
    }
}

/// One piece: a stretch of a text that it may share with others.
#[derive(Clone, Debug)]
struct Piece {
    text: Arc<String>,
    stretch: Range<usize>,
}

impl Piece {
    fn alone(text: String) -> Self {
        Self {
            stretch: 0..text.len(),
            text: Arc::new(text),
        }
    }

    fn as_str(&self) -> &str {
        &self.text[self.stretch.clone()]
    }
}

/// The text of a session's file in pieces. A copy is cheap: what they are pieces of is shared.
#[derive(Clone, Debug)]
pub(super) struct Pieces {
    /// For each part in the order of the file, its pieces; none for what is to be written anew.
    parts: Vec<Vec<Option<Piece>>>,
}

impl Pieces {
    /// Nothing is written yet.
    pub fn new(session: &Session) -> Self {
        let parts = Part::ALL.iter();
        Self {
            parts: parts
                .map(|(part, ..)| vec![None; part.count(session)])
                .collect(),
        }
    }

    /// Takes note of a change of `session` that fits it and is about to be made: what it changes is
    /// written anew.
    pub fn changes(&mut self, session: &Session, delta: &Delta) {
        match touched(session, delta) {
            Touched::Nothing => {}
            Touched::Piece(part, index) => self.parts[part as usize][index] = None,
            Touched::PutIn(part, index) => self.parts[part as usize].insert(index, None),
            Touched::TakenOut(part, index) => drop(self.parts[part as usize].remove(index)),
        }
    }

    /// Writes everything anew. The whole file, of which all pieces are stretches from then on, so that
    /// a large session is in memory once.
    pub fn write_all(&mut self, session: &Session, sequence: u64) -> Result<Arc<String>, String> {
        // Reserved and not used is no memory yet; growing step by step would copy it again and again.
        const OF_A_PIECE: usize = 1_024;
        let room = self.parts.iter().map(Vec::len).sum::<usize>() * OF_A_PIECE;
        let maker = Maker { read_back: false };
        let mut stretches = vec![Vec::new(); Part::ALL.len()];
        let text = self.lay_out(sequence, room, |text, part, index| {
            let begin = text.len();
            text.push_str(&part.write(session, index, maker)?.text);
            stretches[part as usize].push(begin..text.len());
            Ok::<(), String>(())
        })?;
        let text = Arc::new(text);
        let piece = |stretch| {
            let text = Arc::clone(&text);
            Some(Piece { text, stretch })
        };
        let parts = stretches.into_iter();
        self.parts = parts
            .map(|stretches| stretches.into_iter().map(piece).collect())
            .collect();
        Ok(text)
    }

    /// Writes what is to be written anew, and reads each piece of it back if asked to. Says whether a
    /// piece that was read back holds a text that may be too long.
    pub fn bring_up(&mut self, session: &Session, read_back: bool) -> Result<bool, String> {
        let maker = Maker { read_back };
        let mut has_long_text = false;
        for ((part, ..), pieces) in Part::ALL.iter().zip(&mut self.parts) {
            for (index, piece) in pieces.iter_mut().enumerate() {
                if piece.is_none() {
                    let made = part.write(session, index, maker)?;
                    has_long_text |= made.has_long_text;
                    *piece = Some(Piece::alone(made.text));
                    step_aside_at(index);
                }
            }
        }
        Ok(has_long_text)
    }

    /// What a fault in memory would do to a piece.
    #[cfg(test)]
    pub fn damage_title(&mut self) {
        let damaged = Piece::alone("    title: \"damaged\",\n".to_owned());
        self.parts[Part::Title as usize][0] = Some(damaged);
    }

    /// Whether everything is to be written anew.
    pub fn is_blank(&self) -> bool {
        self.parts.iter().flatten().all(Option::is_none)
    }

    /// How many bytes all pieces have.
    pub fn bytes(&self) -> usize {
        let pieces = self.parts.iter().flatten().flatten();
        pieces.map(|piece| piece.stretch.len()).sum()
    }

    /// The whole file, put together from what is written.
    pub fn text(&self, sequence: u64) -> String {
        // Each list has two lines more, and no name is longer.
        const AROUND: usize = 64;
        let room = self.bytes() + (Part::ALL.len() + 1) * AROUND;
        let put = |text: &mut String, part, index: usize| {
            if let Some(piece) = &self.parts[part as usize][index] {
                text.push_str(piece.as_str());
            }
            Ok::<(), Infallible>(())
        };
        let Ok(text) = self.lay_out(sequence, room, put);
        text
    }

    /// The lines around the pieces, with the pieces as `put` adds them.
    fn lay_out<E>(
        &self,
        sequence: u64,
        room: usize,
        mut put: impl FnMut(&mut String, Part, usize) -> Result<(), E>,
    ) -> Result<String, E> {
        let mut text = envelope::begin(sequence, room);
        text.push_str(OPENING);
        for ((part, name, kind), pieces) in Part::ALL.iter().zip(&self.parts) {
            match (kind, pieces.len()) {
                (Kind::ListIfAny, 0) => {}
                (Kind::List, 0) => text.extend(["    ", name, ": [],\n"]),
                (Kind::Field, _) => put(&mut text, *part, 0)?,
                (Kind::List | Kind::ListIfAny, entries) => {
                    text.push_str(&list_opening(name));
                    for index in 0..entries {
                        put(&mut text, *part, index)?;
                        step_aside_at(index);
                    }
                    text.push_str(LIST_CLOSING);
                }
            }
        }
        text.push_str(CLOSING);
        envelope::end(&mut text);
        Ok(text)
    }
}

#[cfg(test)]
mod tests {
    use pretty_assertions::assert_eq;
    use serde::{Deserialize, Deserializer, Serializer};

    use super::*;
    use crate::catalog::types::Id;
    use crate::session::edit::Slot;
    use crate::session::id::{IdSource, ThreatId};
    use crate::session::place::CellKey;
    use crate::session::types::{Stamp, Threat};
    use crate::store::encode::encode;
    use crate::stride::Category;

    const READING_BACK: Maker = Maker { read_back: true };

    fn session() -> Session {
        let now = "2026-11-21T10:00:00Z".parse().unwrap();
        let host = Id::new("docker-host").unwrap();
        let mut session = Session::new("Blue", Id::new("course").unwrap(), vec![host.clone()], now);
        let stamp = Stamp { by: None, at: now };
        let mut ids = IdSource::new(1);
        for title in ["one", "two\n// three: [", "\u{1b}\"\\"] {
            let cell = CellKey {
                component: host.clone(),
                category: Category::Tampering,
            };
            let id = ThreatId::fresh(&mut ids, |_| false);
            session
                .threats
                .push(Threat::new(id, cell, title.to_owned(), &stamp));
        }
        session
    }

    #[test]
    fn the_pieces_of_a_session_are_the_text_of_its_file() {
        let mut session = session();
        for read_back in [false, true] {
            let mut pieces = Pieces::new(&session);
            assert_eq!(pieces.bring_up(&session, read_back), Ok(false));
            assert_eq!(pieces.text(7), encode(&session, 7).unwrap());
        }
        session.threats.clear();
        let mut pieces = Pieces::new(&session);
        let whole = pieces.write_all(&session, 8).unwrap();
        assert_eq!(*whole, encode(&session, 8).unwrap());
        assert_eq!(pieces.text(8), *whole);
        let mut pieces = Pieces::new(&session);
        pieces.bring_up(&session, true).unwrap();
        assert_eq!(pieces.text(8), encode(&session, 8).unwrap());
    }

    #[test]
    fn only_what_changed_is_written_anew() {
        let mut session = session();
        let mut pieces = Pieces::new(&session);
        pieces.bring_up(&session, false).unwrap();
        let before = pieces.clone();
        let mut changed = session.threats[1].clone();
        changed.title.push_str("!");
        let delta = Delta::Threat(Slot::replaced(1, &session.threats, changed));
        pieces.changes(&session, &delta);
        delta.apply(&mut session);
        pieces.bring_up(&session, true).unwrap();
        assert_eq!(pieces.text(2), encode(&session, 2).unwrap());
        let threats = Part::Threats as usize;
        for (at, (old, new)) in before.parts[threats]
            .iter()
            .zip(&pieces.parts[threats])
            .enumerate()
        {
            let (old, new) = (old.as_ref().unwrap(), new.as_ref().unwrap());
            assert_eq!(Arc::ptr_eq(&old.text, &new.text), at != 1);
        }
    }

    /// Writes itself in another way than it is read: what a fault in the serialiser would do.
    #[derive(Debug, PartialEq)]
    struct Misread(String);

    impl Serialize for Misread {
        fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
            serializer.serialize_str(&self.0)
        }
    }

    impl<'de> Deserialize<'de> for Misread {
        fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
            Ok(Self(String::deserialize(deserializer)?.to_lowercase()))
        }
    }

    #[test]
    fn a_piece_that_reads_back_as_something_else_is_refused() {
        let (good, bad) = (Misread("same".to_owned()), Misread("Other".to_owned()));
        for refused in [
            READING_BACK.entry("threats", &bad).map(|made| made.text),
            READING_BACK.field("title", &bad).map(|made| made.text),
        ] {
            assert_eq!(
                refused,
                Err("a part of it reads back differently".to_owned())
            );
        }
        let entry = READING_BACK.entry("threats", &good).unwrap();
        assert_eq!(entry.text, "        \"same\",\n");
        assert_eq!(
            READING_BACK.field("title", &good).unwrap().text,
            "    title: \"same\",\n"
        );
        // Nobody looks where the whole text is read back anyway.
        assert!(Maker { read_back: false }.field("title", &bad).is_ok());
    }

    #[test]
    fn a_damaged_piece_is_refused() {
        let text = "    title: \"same\",\n";
        let reads_back =
            |text: &str| has_long_text_and_reads_back(text, "    title: ", &"same".to_owned());
        assert_eq!(reads_back(text), Ok(false));
        for at in 0..text.len() {
            assert!(
                reads_back(&text[..at]).is_err() || text[at..].trim() == "",
                "{at}"
            );
        }
        for damaged in [
            "    title: \"same\" // ,\n",
            "    title: \"same\", \"more\",\n",
            "    title: \"same\"),(\n",
            "    title: \"sane\",\n",
            "    titel: \"same\",\n",
        ] {
            assert!(reads_back(damaged).is_err(), "{damaged}");
        }
    }
}
