//! STRIDE categories as other programs write them.

use crate::stride::Category;

/// Words that name a category, in lower case without spaces; the first that stands in a name decides.
const WORDS: [(&str, Category); 20] = [
    ("spoof", Category::Spoofing),
    ("authenticity", Category::Spoofing),
    ("tamper", Category::Tampering),
    ("integrity", Category::Tampering),
    ("nonrepudiation", Category::InformationDisclosure),
    ("non-repudiation", Category::InformationDisclosure),
    ("repudiat", Category::Repudiation),
    ("accountab", Category::Repudiation),
    ("disclos", Category::InformationDisclosure),
    ("confidential", Category::InformationDisclosure),
    ("privacy", Category::InformationDisclosure),
    ("linkab", Category::InformationDisclosure),
    ("linking", Category::InformationDisclosure),
    ("identif", Category::InformationDisclosure),
    ("detect", Category::InformationDisclosure),
    ("unaware", Category::InformationDisclosure),
    ("denial", Category::DenialOfService),
    ("availab", Category::DenialOfService),
    ("elevat", Category::ElevationOfPrivilege),
    ("privilege", Category::ElevationOfPrivilege),
];

/// The category of this very name or letter.
pub fn exact(name: &str) -> Option<Category> {
    let name = name.trim();
    Category::ALL.into_iter().find(|one| {
        let letter = one.letter().to_string();
        [one.name(), one.id(), &letter]
            .iter()
            .any(|known| known.eq_ignore_ascii_case(name))
    })
}

/// The category that a name comes nearest to.
pub fn nearest(name: &str) -> Option<Category> {
    let plain = name.to_lowercase().replace(' ', "");
    exact(name).or_else(|| {
        WORDS
            .iter()
            .find(|(word, _)| plain.contains(word))
            .map(|(_, found)| *found)
    })
}

/// Which of several names counts, and what is to be said about the others: a threat of a session
/// stands in one category.
pub fn of(names: &[String]) -> (Category, String) {
    let found = names.iter().find_map(|name| exact(name));
    let found = found.or_else(|| names.iter().find_map(|name| nearest(name)));
    // Somewhere it must stand; its own word for it is kept beside it.
    let category = found.unwrap_or(Category::Tampering);
    let others: Vec<&str> = names
        .iter()
        .filter(|name| exact(name) != Some(category))
        .map(|name| exact(name).map_or(name.as_str(), |one| one.name()))
        .collect();
    (category, others.join(", "))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_letters_and_kin_are_understood() {
        for category in Category::ALL {
            assert_eq!(exact(category.name()), Some(category));
            assert_eq!(exact(&category.name().to_uppercase()), Some(category));
            assert_eq!(exact(&category.letter().to_string()), Some(category));
        }
        assert_eq!(
            nearest("Confidentiality"),
            Some(Category::InformationDisclosure)
        );
        assert_eq!(
            nearest("Elevation Of Privileges"),
            Some(Category::ElevationOfPrivilege)
        );
        assert_eq!(
            nearest("Non-repudiation"),
            Some(Category::InformationDisclosure)
        );
        assert_eq!(nearest("Bias"), None);
    }

    #[test]
    fn no_name_is_lost() {
        let names = |list: &[&str]| list.iter().map(|one| (*one).to_owned()).collect::<Vec<_>>();
        assert_eq!(
            of(&names(&["T", "E"])),
            (Category::Tampering, "Elevation of privilege".to_owned())
        );
        assert_eq!(
            of(&names(&["Bias"])),
            (Category::Tampering, "Bias".to_owned())
        );
        assert_eq!(
            of(&names(&["Spoofing"])),
            (Category::Spoofing, String::new())
        );
    }
}
