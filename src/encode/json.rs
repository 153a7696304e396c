//! JSON on its way to a file or a terminal: what would act or hide becomes a `\u` escape, which means the
//! same to a reader of JSON.

use std::fmt::Write as _;

use super::hidden::is_hidden;

/// JSON in which only line breaks, spaces and visible characters are left. Hidden characters stand in
/// strings alone, where an escape means the same.
pub fn json(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for character in text.chars() {
        if character == '\n' || !is_hidden(character) {
            out.push(character);
            continue;
        }
        for unit in character.encode_utf16(&mut [0; 2]) {
            // Writing to a string cannot fail.
            let _ = write!(out, "\\u{unit:04x}");
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    proptest! {
        #[test]
        fn nothing_hides_and_every_text_comes_back(text in any::<String>()) {
            let written = json(&serde_json::to_string_pretty(&[&text]).unwrap());
            prop_assert!(!written.chars().any(|c| c != '\n' && is_hidden(c)));
            let [back]: [String; 1] = serde_json::from_str(&written).unwrap();
            prop_assert_eq!(back, text);
        }
    }
}
