//! A text that is either part of what the program carries, or its own.
//!
//! The embedded catalog holds ten thousand ids and a megabyte of sentences. Their letters are in the
//! program, each text once, and the compiled catalog says where: a start copies none and looks at none.

use std::borrow::{Borrow, Cow};
use std::cell::{Cell, RefCell};
use std::collections::HashMap;
use std::fmt;
use std::ops::Deref;
use std::sync::OnceLock;

use serde::{Deserialize, Deserializer, Serialize, Serializer, de, ser};

/// The texts that the program carries, one behind the other.
static CARRIED: OnceLock<&'static str> = OnceLock::new();

thread_local! {
    /// Where the build script gathers them.
    static GATHERED: RefCell<Gathered> = RefCell::default();
    /// Whether what is written or read on this thread is the compiled catalog.
    static COMPILED: Cell<bool> = const { Cell::new(false) };
}

/// Texts one behind the other, and where each of them is.
#[derive(Default)]
struct Gathered {
    all: String,
    places: HashMap<String, Place>,
}

/// Where a text begins among those that the program carries, and its length in bytes.
type Place = (u32, u32);

/// Writes a catalog in which texts are places; gives it with the texts one behind the other.
pub fn compiling<T>(write: impl FnOnce() -> T) -> (T, String) {
    let written = in_places(write);
    (written, GATHERED.take().all)
}

/// Reads a catalog in which texts are places in these.
pub fn reading_compiled<T>(texts: &'static str, read: impl FnOnce() -> T) -> T {
    // The second call brings the same.
    let _ = CARRIED.set(texts);
    in_places(read)
}

fn in_places<T>(work: impl FnOnce() -> T) -> T {
    COMPILED.set(true);
    let done = work();
    COMPILED.set(false);
    done
}

/// Whether what is read on this thread is the compiled catalog, which was looked at when it was
/// compiled.
pub fn is_compiled() -> bool {
    COMPILED.get()
}

/// A text of the catalog, which is cheap to copy where the program carries it.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Text(Cow<'static, str>);

impl Text {
    /// The text itself.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl Gathered {
    fn place(&mut self, text: &str) -> Option<Place> {
        if let Some(place) = self.places.get(text) {
            return Some(*place);
        }
        let start = u32::try_from(self.all.len()).ok()?;
        let place = (start, u32::try_from(text.len()).ok()?);
        self.all.push_str(text);
        self.places.insert(text.to_owned(), place);
        Some(place)
    }
}

impl Deref for Text {
    type Target = str;

    fn deref(&self) -> &str {
        &self.0
    }
}

impl Borrow<str> for Text {
    fn borrow(&self) -> &str {
        &self.0
    }
}

impl AsRef<str> for Text {
    fn as_ref(&self) -> &str {
        &self.0
    }
}

impl From<String> for Text {
    fn from(text: String) -> Self {
        Self(Cow::Owned(text))
    }
}

impl From<&str> for Text {
    fn from(text: &str) -> Self {
        Self(Cow::Owned(text.to_owned()))
    }
}

impl From<Text> for String {
    fn from(text: Text) -> Self {
        text.0.into_owned()
    }
}

impl PartialEq<str> for Text {
    fn eq(&self, other: &str) -> bool {
        &*self.0 == other
    }
}

impl PartialEq<&str> for Text {
    fn eq(&self, other: &&str) -> bool {
        &*self.0 == *other
    }
}

impl fmt::Debug for Text {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Debug::fmt(&self.0, formatter)
    }
}

impl fmt::Display for Text {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.pad(&self.0)
    }
}

impl Serialize for Text {
    /// As a text, and in the compiled catalog as its place.
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        if !is_compiled() {
            return serializer.serialize_str(&self.0);
        }
        let place = GATHERED.with_borrow_mut(|gathered| gathered.place(&self.0));
        place
            .ok_or_else(|| ser::Error::custom("the texts of the catalog take too much room"))?
            .serialize(serializer)
    }
}

impl<'de> Deserialize<'de> for Text {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        if !is_compiled() {
            return String::deserialize(deserializer).map(Self::from);
        }
        let (start, length) = Place::deserialize(deserializer)?;
        let (start, length) = (start as usize, length as usize);
        let carried = CARRIED.get().and_then(|all| all.get(start..start + length));
        let text = carried.ok_or_else(|| de::Error::custom("the program carries no such text"))?;
        Ok(Self(Cow::Borrowed(text)))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::catalog::Catalog;

    #[test]
    fn the_embedded_catalog_copies_nothing() {
        let catalog = Catalog::embedded();
        let all = CARRIED.get().unwrap().as_bytes().as_ptr_range();
        let threats = || catalog.components.iter().flat_map(|one| &one.threats);
        let titles = threats().map(|one| one.title.as_str());
        let ids = threats().map(|one| one.id.as_str());
        let mitigations = threats().flat_map(|one| &one.mitigations);
        let texts = mitigations.map(|one| one.what.as_str()).chain(titles);
        let copied: Vec<&str> = texts
            .chain(ids)
            .filter(|text| !all.contains(&text.as_bytes().as_ptr()))
            .collect();
        assert_eq!(copied, [""; 0]);
    }
}
