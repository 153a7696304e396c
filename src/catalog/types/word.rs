//! A word that is either part of what the program carries, or its own.
//!
//! The embedded catalog holds ten thousand ids. Their letters are in the program already, so that a
//! start need not copy them one by one.

use std::borrow::Cow;
use std::fmt;
use std::sync::OnceLock;

use serde::{Deserialize, Deserializer, Serialize, de};

/// The bytes of the program that words may be part of.
static CARRIED: OnceLock<&'static [u8]> = OnceLock::new();

/// From now on, words read from these bytes stay there.
pub fn keep_words_in(bytes: &'static [u8]) {
    // The second call brings the same bytes.
    let _ = CARRIED.set(bytes);
}

/// A short text that is cheap to copy where the program carries it.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(transparent)]
pub(super) struct Word(Cow<'static, str>);

impl Word {
    pub(super) fn as_str(&self) -> &str {
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

impl From<String> for Word {
    fn from(text: String) -> Self {
        Self(Cow::Owned(text))
    }
}

impl fmt::Display for Word {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.pad(&self.0)
    }
}

impl<'de> Deserialize<'de> for Word {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct Visitor;

        impl<'de> de::Visitor<'de> for Visitor {
            type Value = Word;

            fn expecting(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
                formatter.write_str("a string")
            }

            fn visit_borrowed_str<E: de::Error>(self, text: &'de str) -> Result<Word, E> {
                Ok(Word::carried(text).map_or_else(
                    || Word(Cow::Owned(text.to_owned())),
                    |text| Word(Cow::Borrowed(text)),
                ))
            }

            fn visit_str<E: de::Error>(self, text: &str) -> Result<Word, E> {
                Ok(Word(Cow::Owned(text.to_owned())))
            }

            fn visit_string<E: de::Error>(self, text: String) -> Result<Word, E> {
                Ok(Word(Cow::Owned(text)))
            }
        }

        deserializer.deserialize_string(Visitor)
    }
}
