//! Finds words in a page, without regard to case and accents, as the search everywhere else does.

use std::ops::Range;

use memchr::memmem::Finder;

use super::page::{Kind, Page, Piece};
use crate::catalog::search::fold;

/// What was found.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Found {
    /// What was looked for.
    pub words: String,
    /// Where it is, as places in the text of the page, in order.
    pub places: Vec<Range<usize>>,
    /// The one that the reader is at.
    pub at: usize,
}

impl Found {
    /// The place that the reader is at.
    pub fn place(&self) -> Option<&Range<usize>> {
        self.places.get(self.at)
    }

    /// Goes so many places on; from the last to the first. Whether it went round.
    pub fn step(&mut self, by: isize) -> bool {
        let all = self.places.len();
        if all == 0 {
            return false;
        }
        let next = self.at.cast_signed() + by;
        let round = next < 0 || next >= all.cast_signed();
        self.at = next.rem_euclid(all.cast_signed()).cast_unsigned();
        round
    }
}

/// Finds words as they were typed, in what will be written and not in the program's notes about it.
pub fn find(page: &Page, words: &str) -> Found {
    let needle = fold(words.trim());
    let mut found = Found {
        words: words.trim().to_owned(),
        ..Found::default()
    };
    if needle.is_empty() {
        return found;
    }
    let finder = Finder::new(needle.as_bytes());
    let mut folded = Folded::default();
    for piece in &page.pieces {
        if !piece.is_written {
            continue;
        }
        for range in texts(page, piece) {
            folded.of(&page.text[range.clone()]);
            let mut from = 0;
            while let Some(at) = finder.find(&folded.text[from..]) {
                let start = from + at;
                let end = start + needle.len();
                found
                    .places
                    .push(range.start + folded.before(start)..range.start + folded.before(end));
                from = end;
            }
        }
    }
    found
}

/// The texts of a piece: those of its cells, or its own.
fn texts<'a>(page: &'a Page, piece: &'a Piece) -> impl Iterator<Item = Range<usize>> + 'a {
    let (cells, own) = match &piece.kind {
        Kind::Row { cells, .. } => (&page.cells[cells.clone()], None),
        _ => (&[][..], Some(piece.text.clone())),
    };
    cells.iter().cloned().chain(own)
}

/// A text in small letters without accents, and where its bytes were before.
#[derive(Default)]
struct Folded {
    text: Vec<u8>,
    /// For each byte of the text, and its end, the place before; empty where they are the same.
    places: Vec<usize>,
}

impl Folded {
    fn of(&mut self, text: &str) {
        self.text.clear();
        self.places.clear();
        if text.is_ascii() {
            self.text.extend_from_slice(text.as_bytes());
            self.text.make_ascii_lowercase();
            return;
        }
        for (at, character) in text.char_indices() {
            let mut bytes = [0; 4];
            let character = character.encode_utf8(&mut bytes);
            let folded = fold(character);
            self.places.extend(std::iter::repeat_n(at, folded.len()));
            self.text.extend_from_slice(folded.as_bytes());
        }
        self.places.push(text.len());
    }

    fn before(&self, place: usize) -> usize {
        self.places.get(place).copied().unwrap_or(place)
    }
}
