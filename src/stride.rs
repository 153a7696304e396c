//! The six STRIDE categories and the property that each one violates.
//!
//! Everything else in the program speaks of categories through this type. It holds no questions
//! and no threats: those are the catalog's.

use std::fmt;

use serde::{Deserialize, Serialize};

/// One of the six kinds of threat that the name STRIDE stands for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Category {
    /// Someone or something pretends to be another.
    Spoofing,
    /// Data, code or configuration is changed without permission.
    Tampering,
    /// Someone denies an action, and no record can answer.
    Repudiation,
    /// Someone learns what they should not.
    InformationDisclosure,
    /// The service is slowed down or stopped for those who need it.
    DenialOfService,
    /// Someone gains rights that were not given.
    ElevationOfPrivilege,
}

impl Category {
    /// All six, in the order of the letters.
    pub const ALL: [Self; 6] = [
        Self::Spoofing,
        Self::Tampering,
        Self::Repudiation,
        Self::InformationDisclosure,
        Self::DenialOfService,
        Self::ElevationOfPrivilege,
    ];

    /// The letter in STRIDE.
    pub const fn letter(self) -> char {
        match self {
            Self::Spoofing => 'S',
            Self::Tampering => 'T',
            Self::Repudiation => 'R',
            Self::InformationDisclosure => 'I',
            Self::DenialOfService => 'D',
            Self::ElevationOfPrivilege => 'E',
        }
    }

    /// The category as words, for headings and lists.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Spoofing => "Spoofing",
            Self::Tampering => "Tampering",
            Self::Repudiation => "Repudiation",
            Self::InformationDisclosure => "Information disclosure",
            Self::DenialOfService => "Denial of service",
            Self::ElevationOfPrivilege => "Elevation of privilege",
        }
    }

    /// The name as catalogs, sessions and JSON write it.
    pub const fn id(self) -> &'static str {
        match self {
            Self::Spoofing => "spoofing",
            Self::Tampering => "tampering",
            Self::Repudiation => "repudiation",
            Self::InformationDisclosure => "information_disclosure",
            Self::DenialOfService => "denial_of_service",
            Self::ElevationOfPrivilege => "elevation_of_privilege",
        }
    }

    /// The property of a secure system that this category violates.
    pub const fn violated_property(self) -> &'static str {
        match self {
            Self::Spoofing => "authenticity",
            Self::Tampering => "integrity",
            Self::Repudiation => "accountability",
            Self::InformationDisclosure => "confidentiality",
            Self::DenialOfService => "availability",
            Self::ElevationOfPrivilege => "authorization",
        }
    }

    /// What the category asks, in one sentence for people who never heard the word.
    pub const fn plain_question(self) -> &'static str {
        match self {
            Self::Spoofing => "Who or what could pretend to be someone else here?",
            Self::Tampering => "What could be changed here without permission?",
            Self::Repudiation => {
                "Who could deny what they did here, and which record would answer?"
            }
            Self::InformationDisclosure => "Who could learn here what they should not know?",
            Self::DenialOfService => "What could slow this down or stop it?",
            Self::ElevationOfPrivilege => {
                "How could someone gain more rights here than they were given?"
            }
        }
    }

    /// The position among the six, from 0.
    pub const fn index(self) -> usize {
        self as usize
    }
}

impl fmt::Display for Category {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.pad(self.name())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_letters_spell_stride() {
        let word: String = Category::ALL
            .iter()
            .map(|category| category.letter())
            .collect();
        assert_eq!(word, "STRIDE");
    }

    #[test]
    fn the_id_is_what_ron_writes() {
        for category in Category::ALL {
            assert_eq!(ron::to_string(&category).unwrap(), category.id());
        }
    }
}
