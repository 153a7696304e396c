//! A document of another format as text. The lists that are as long as the session are made entry by
//! entry while they are written, so that no second session stands in memory as JSON values.

use std::cell::Cell;

use serde::{Serialize, Serializer};

use crate::encode;

/// The document as text, with nothing in it that acts or hides.
pub fn to_text(document: &impl Serialize) -> String {
    let mut text = encode::json(document)
        .expect("documents have only text, numbers and lists under names that are text");
    text.push('\n');
    text
}

/// A list whose entries are made while it is written, which happens once.
pub struct Each<I>(Cell<Option<I>>);

impl<I: Iterator> Each<I> {
    /// The list of these entries.
    pub fn of(entries: impl IntoIterator<IntoIter = I>) -> Self {
        Self(Cell::new(Some(entries.into_iter())))
    }
}

impl<I: Iterator<Item: Serialize>> Serialize for Each<I> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_seq(self.0.take().into_iter().flatten())
    }
}
