//! A title as the name of a file, on every platform.

use super::Foreign;

/// The longest name, in bytes, without the extension.
const MAX: usize = 80;

/// A name of lower-case ASCII letters, digits and single hyphens: never empty, never one of the
/// names that Windows reserves for devices, at most 80 bytes. Different titles may give the same
/// name, so look before writing.
pub fn file_name<'a>(title: impl Into<Foreign<'a>>) -> String {
    let mut name = String::new();
    for character in title.into().raw().chars() {
        match in_ascii(character) {
            Some(letters) => name.push_str(letters),
            None if character.is_ascii_alphanumeric() => name.push(character.to_ascii_lowercase()),
            // Part of a word, not between two: apostrophes, and accents that follow their letter.
            None if matches!(character, '\'' | '’' | '\u{300}'..='\u{36f}') => {}
            None if !name.is_empty() && !name.ends_with('-') => name.push('-'),
            None => {}
        }
        if name.len() >= MAX {
            break;
        }
    }
    name.truncate(MAX);
    let kept = name.trim_end_matches('-').len();
    name.truncate(kept);
    if name.is_empty() {
        name.push_str("untitled");
    } else if is_reserved(&name) {
        name.insert_str(0, "file-");
    }
    name
}

/// Letters of European languages as people write them without the accents.
const fn in_ascii(character: char) -> Option<&'static str> {
    Some(match character {
        'ä' | 'Ä' | 'æ' | 'Æ' => "ae",
        'ö' | 'Ö' | 'ø' | 'Ø' | 'œ' | 'Œ' => "oe",
        'ü' | 'Ü' => "ue",
        'ß' | 'ẞ' => "ss",
        'à' | 'á' | 'â' | 'ã' | 'å' | 'ą' | 'ă' | 'À' | 'Á' | 'Â' | 'Ã' | 'Å' | 'Ą' | 'Ă' => {
            "a"
        }
        'ç' | 'ć' | 'č' | 'Ç' | 'Ć' | 'Č' => "c",
        'ď' | 'đ' | 'ð' | 'Ď' | 'Đ' | 'Ð' => "d",
        'è' | 'é' | 'ê' | 'ë' | 'ę' | 'ě' | 'È' | 'É' | 'Ê' | 'Ë' | 'Ę' | 'Ě' => "e",
        'ğ' | 'Ğ' => "g",
        'ì' | 'í' | 'î' | 'ï' | 'ı' | 'Ì' | 'Í' | 'Î' | 'Ï' | 'İ' => "i",
        'ł' | 'Ł' => "l",
        'ñ' | 'ń' | 'ň' | 'Ñ' | 'Ń' | 'Ň' => "n",
        'ò' | 'ó' | 'ô' | 'õ' | 'ő' | 'Ò' | 'Ó' | 'Ô' | 'Õ' | 'Ő' => "o",
        'ř' | 'Ř' => "r",
        'ś' | 'š' | 'ş' | 'ș' | 'Ś' | 'Š' | 'Ş' | 'Ș' => "s",
        'ť' | 'ț' | 'ţ' | 'Ť' | 'Ț' | 'Ţ' => "t",
        'ù' | 'ú' | 'û' | 'ů' | 'ű' | 'Ù' | 'Ú' | 'Û' | 'Ů' | 'Ű' => "u",
        'ý' | 'ÿ' | 'Ý' => "y",
        'ź' | 'ż' | 'ž' | 'Ź' | 'Ż' | 'Ž' => "z",
        _ => return None,
    })
}

fn is_reserved(name: &str) -> bool {
    let numbered = |prefix: &str| {
        name.strip_prefix(prefix)
            .is_some_and(|rest| rest.len() == 1 && rest.as_bytes()[0].is_ascii_digit())
    };
    matches!(name, "con" | "prn" | "aux" | "nul") || numbered("com") || numbered("lpt")
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn a_title_becomes_a_readable_name() {
        assert_eq!(file_name("Team Blue: Docker & K8s"), "team-blue-docker-k8s");
        assert_eq!(file_name("  Größe des Müllers "), "groesse-des-muellers");
        assert_eq!(file_name("Bo's session"), "bos-session");
        assert_eq!(file_name("../../etc/passwd"), "etc-passwd");
    }

    #[test]
    fn there_is_always_a_name() {
        assert_eq!(file_name(""), "untitled");
        assert_eq!(file_name("中文"), "untitled");
        assert_eq!(file_name("..."), "untitled");
    }

    #[test]
    fn device_names_of_windows_are_avoided() {
        for device in ["con", "PRN", "Aux", "nul", "COM1", "lpt9"] {
            assert!(file_name(device).starts_with("file-"));
        }
        assert_eq!(file_name("console"), "console");
        assert_eq!(file_name("com10"), "com10");
    }

    proptest! {
        #[test]
        fn every_name_is_plain(title in any::<String>()) {
            let name = file_name(&title);
            prop_assert!(!name.is_empty() && name.len() <= MAX);
            prop_assert!(!name.starts_with('-') && !name.ends_with('-') && !name.contains("--"));
            prop_assert!(
                name.chars().all(|c| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '-')
            );
            prop_assert!(!is_reserved(&name));
            prop_assert_eq!(file_name(&name), name);
        }
    }
}
