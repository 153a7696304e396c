//! A text that is either part of what the program carries, or its own.
//!
//! The embedded catalog holds ten thousand ids and a megabyte of sentences. Their letters are in the
//! program already, so that a start need not copy them one by one.

use std::borrow::{Borrow, Cow};
use std::fmt;
use std::ops::Deref;
use std::sync::OnceLock;

use serde::{Deserialize, Deserializer, Serialize, de};

/// The bytes of the program that texts may be part of.
static CARRIED: OnceLock<&'static [u8]> = OnceLock::new();

/// From now on, texts read from these bytes stay there.
pub fn keep_texts_in(bytes: &'static [u8]) {
    // The second call brings the same bytes.
    let _ = CARRIED.set(bytes);
}

/// A text of the catalog, which is cheap to copy where the program carries it.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(transparent)]
pub struct Text(Cow<'static, str>);

impl Text {
    /// The text itself.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// The part of the program where these very bytes are.
    fn carried(text: &str) -> Option<&'static str> {
        let carried = *CARRIED.get()?;
        let start = (text.as_ptr() as usize).checked_sub(carried.as_ptr() as usize)?;
        let bytes = carried.get(start..start.checked_add(text.len())?)?;
        std::str::from_utf8(bytes).ok()
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

impl<'de> Deserialize<'de> for Text {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct Visitor;

        impl<'de> de::Visitor<'de> for Visitor {
            type Value = Text;

            fn expecting(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
                formatter.write_str("a string")
            }

            fn visit_borrowed_str<E: de::Error>(self, text: &'de str) -> Result<Text, E> {
                Ok(Text::carried(text).map_or_else(
                    || Text(Cow::Owned(text.to_owned())),
                    |text| Text(Cow::Borrowed(text)),
                ))
            }

            fn visit_str<E: de::Error>(self, text: &str) -> Result<Text, E> {
                Ok(Text(Cow::Owned(text.to_owned())))
            }

            fn visit_string<E: de::Error>(self, text: String) -> Result<Text, E> {
                Ok(Text(Cow::Owned(text)))
            }
        }

        // Not `deserialize_string`: postcard lends a text only to who asks for a `str`.
        deserializer.deserialize_str(Visitor)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::catalog::Catalog;

    #[test]
    fn the_embedded_catalog_copies_nothing() {
        let catalog = Catalog::embedded();
        let threats = || catalog.components.iter().flat_map(|one| &one.threats);
        let titles = threats().map(|one| one.title.as_str());
        let ids = threats().map(|one| one.id.as_str());
        let mitigations = threats().flat_map(|one| &one.mitigations);
        let texts = mitigations.map(|one| one.what.as_str()).chain(titles);
        let copied: Vec<&str> = texts
            .chain(ids)
            .filter(|text| Text::carried(text).is_none())
            .collect();
        assert_eq!(copied, [""; 0]);
    }
}
