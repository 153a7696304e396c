//! Titles made comparable: benchmarks reword them from version to version.
//!
//! Catalogs write `title_patterns` over the result of [`title`], so a change here is a change of
//! the catalog format; docs/catalog.md describes it.

/// Notes that the tools append to titles.
const NOTES: [&str; 6] = [
    "(scored)",
    "(not scored)",
    "(automated)",
    "(manual)",
    "(deprecated)",
    "(swarm mode not enabled)",
];

/// Words that come and go between versions without a change of meaning.
const FILLERS: [&str; 18] = [
    "ensure", "that", "the", "are", "is", "be", "been", "has", "have", "on", "in", "of", "for",
    "a", "an", "to", "verify", "do",
];

/// A title in lower case, without number, notes, quotes, fillers and repeated blanks.
pub fn title(printed: &str) -> String {
    let mut text = printed.trim().to_ascii_lowercase();
    if text.contains('(') {
        for note in NOTES {
            text = text.replace(note, " ");
        }
    }
    let text = without_number(text.trim_start());
    let mut result = String::with_capacity(text.len());
    let mut word_start = 0;
    let mut in_word = false;
    for one in text.chars() {
        if one.is_ascii_alphanumeric() || one == '_' {
            if !in_word {
                word_start = result.len();
                in_word = true;
            }
            result.push(one);
            continue;
        }
        if in_word {
            drop_filler(&mut result, word_start);
            in_word = false;
        }
        if matches!(one, '/' | '.' | '-') {
            result.push(one);
        } else if !result.is_empty() && !result.ends_with(' ') {
            result.push(' ');
        }
    }
    if in_word {
        drop_filler(&mut result, word_start);
    }
    // A dropped filler can leave two blanks side by side.
    let mut collapsed = String::with_capacity(result.len());
    for word in result.split(' ').filter(|word| !word.is_empty()) {
        if !collapsed.is_empty() {
            collapsed.push(' ');
        }
        collapsed.push_str(word);
    }
    collapsed
}

/// A title of a Kubernetes benchmark: besides [`title`], file modes and the spelling of flags do
/// not count, and a pod specification is a manifest.
pub fn kubernetes_title(printed: &str) -> String {
    let plain = title(printed);
    let mut result = String::with_capacity(plain.len());
    for word in plain.split(' ') {
        let word = word.trim_start_matches('-').trim_end_matches(['.', '-']);
        if word.is_empty() || is_file_mode(word) {
            continue;
        }
        if !result.is_empty() {
            result.push(' ');
        }
        result.push_str(word);
    }
    result.replace("pod specification", "manifest")
}

fn drop_filler(result: &mut String, start: usize) {
    if FILLERS.contains(&&result[start..]) {
        result.truncate(start);
    }
}

fn is_file_mode(word: &str) -> bool {
    matches!(word.len(), 3 | 4) && word.bytes().all(|byte| matches!(byte, b'0'..=b'7'))
}

/// The text after a number that it begins with; one check repeats its own.
fn without_number(text: &str) -> &str {
    match super::grammar::split_number(text) {
        Some((number, after)) if number.contains('.') => after,
        _ => text,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use pretty_assertions::assert_eq;

    #[test]
    fn wordings_of_one_check_become_alike() {
        for printed in [
            "Ensure live restore is Enabled",
            "Ensure live restore is enabled (Scored)",
            "Ensure that live restore is Enabled (Automated)",
        ] {
            assert_eq!(title(printed), "live restore enabled");
        }
    }

    #[test]
    fn quotes_numbers_and_notes_do_not_count() {
        assert_eq!(
            title(
                "1.1.12 Ensure auditing is configured for Dockerfiles - /etc/containerd/config.toml (Automated)"
            ),
            "auditing configured dockerfiles - /etc/containerd/config.toml"
        );
        assert_eq!(
            title("Ensure that the \u{2018}on-failure\u{2019} policy is set to '5'"),
            "-failure policy set 5"
        );
        assert_eq!(
            title("Ensure options are set(Scored) (Swarm mode not enabled)"),
            "options set"
        );
    }

    #[test]
    fn kubernetes_titles_forget_file_modes() {
        let old = "Ensure that the API server pod specification file permissions are set to 644 or more restrictive (Scored)";
        let new = "Ensure that the API server manifest file permissions are set to 600 or more restrictive (Automated)";
        assert_eq!(kubernetes_title(old), kubernetes_title(new));
        assert_eq!(
            kubernetes_title("Ensure that the --anonymous-auth argument is set to false."),
            "anonymous-auth argument set false"
        );
    }
}
