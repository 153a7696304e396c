//! The names of catalog entries. What they name is in the sibling files.

use std::fmt;

use serde::{Deserialize, Deserializer, Serialize, de};

use super::text::{Text, is_compiled};

/// The name of a catalog entry: lower-case letters and digits, words joined by single hyphens or
/// dots, 64 characters at most, such as `docker-host` or `cis-docker-1.6.0`.
///
/// ATT&CK, CWE, CAPEC and CVE entries keep their official spelling and are [`ReferenceId`]s.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(transparent)]
pub struct Id(Text);

impl Id {
    /// The longest id that is accepted, in bytes.
    pub const MAX: usize = 64;

    /// Takes a name as it is, or says what is wrong with it.
    pub fn new(text: impl Into<String>) -> Result<Self, InvalidId> {
        let text = text.into();
        if Self::is_valid(&text) {
            Ok(Self(text.into()))
        } else {
            Err(InvalidId(text.chars().take(Self::MAX).collect()))
        }
    }

    /// Byte by byte: the checks of a catalog do this ten thousand times.
    fn is_valid(text: &str) -> bool {
        let mut within_a_word = false;
        for byte in text.as_bytes() {
            within_a_word = match byte {
                b'a'..=b'z' | b'0'..=b'9' => true,
                b'-' | b'.' if within_a_word => false,
                _ => return false,
            }
        }
        within_a_word && text.len() <= Self::MAX
    }

    /// The id as text.
    pub fn as_str(&self) -> &str {
        self.0.as_str()
    }
}

impl fmt::Display for Id {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.pad(self.0.as_str())
    }
}

impl PartialEq<str> for Id {
    fn eq(&self, other: &str) -> bool {
        self.0.as_str() == other
    }
}

impl PartialEq<&str> for Id {
    fn eq(&self, other: &&str) -> bool {
        self.0.as_str() == *other
    }
}

impl std::borrow::Borrow<str> for Id {
    fn borrow(&self) -> &str {
        self.0.as_str()
    }
}

impl<'de> Deserialize<'de> for Id {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = Text::deserialize(deserializer)?;
        if is_compiled() || Self::is_valid(&text) {
            Ok(Self(text))
        } else {
            let invalid = InvalidId(text.chars().take(Self::MAX).collect());
            Err(de::Error::custom(invalid))
        }
    }
}

/// A name that is not an [`Id`].
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error(
    "the id {0:?} is not kebab-case: use lower-case letters and digits, with single hyphens between \
     words, at most 64 characters, such as docker-host"
)]
pub struct InvalidId(pub String);

/// The id of a [`Reference`](super::Reference): a kebab-case source id, or an official id such as `T1611`,
/// `CWE-250`, `CAPEC-94`, `CVE-2019-5736`, `NIST-3.4.3`.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(transparent)]
pub struct ReferenceId(Text);

impl ReferenceId {
    /// The id as text.
    pub fn as_str(&self) -> &str {
        self.0.as_str()
    }
}

impl fmt::Display for ReferenceId {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.pad(self.0.as_str())
    }
}

impl<'de> Deserialize<'de> for ReferenceId {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = Text::deserialize(deserializer)?;
        let plain = |byte: u8| byte.is_ascii_alphanumeric() || matches!(byte, b'.' | b'-' | b':');
        let is_fine = || !text.is_empty() && text.len() <= Id::MAX && text.bytes().all(plain);
        if is_compiled() || is_fine() {
            Ok(Self(text))
        } else {
            Err(de::Error::custom(format!(
                "the reference id {:?} does not fit: use letters, digits, dots, colons and hyphens, at \
                 most {} characters, such as T1611 or CWE-250",
                text.chars().take(Id::MAX).collect::<String>(),
                Id::MAX,
            )))
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_id_is_kebab_case() {
        for good in [
            "a",
            "docker-host",
            "cis-docker-1.6.0",
            "5.11",
            "ct-exec-no-privileged",
        ] {
            assert_eq!(Id::new(good).unwrap(), good);
        }
        let long = "x".repeat(Id::MAX + 1);
        for bad in [
            "", "-", "a-", "-a", "a--b", "..", "a.-b", "A", "a b", "a_b", "ä", "a/b", "a\nb", &long,
        ] {
            assert_eq!(Id::new(bad).unwrap_err().0, bad[..bad.len().min(Id::MAX)]);
        }
        assert!(Id::new("x".repeat(Id::MAX)).is_ok());
    }

    #[test]
    fn a_reference_id_keeps_its_official_spelling() {
        for good in [
            "T1611",
            "CWE-250",
            "CVE-2019-5736",
            "NIST-3.4.3",
            "K01:2025",
        ] {
            let quoted = format!("{good:?}");
            assert_eq!(
                ron::from_str::<ReferenceId>(&quoted).unwrap().as_str(),
                good
            );
        }
        for bad in ["", "CWE 250", "T1611\u{202e}", "CWE_250"] {
            assert!(
                ron::from_str::<ReferenceId>(&format!("{bad:?}")).is_err(),
                "{bad}"
            );
        }
    }
}
