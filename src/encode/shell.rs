//! A word on a command line that people paste into a shell.

use std::borrow::Cow;

/// A word for a shell: as it is where that is safe, otherwise in single quotes.
pub fn shell_word(word: &str) -> Cow<'_, str> {
    let plain = |c: char| c.is_ascii_alphanumeric() || matches!(c, '-' | '_' | '.' | '/');
    // The shell knows a home folder only outside quotes.
    let (home, rest) = match word.strip_prefix("~/") {
        Some(rest) => ("~/", rest),
        None => ("", word),
    };
    if !rest.is_empty() && rest.chars().all(plain) {
        return Cow::Borrowed(word);
    }
    Cow::Owned(format!("{home}'{}'", rest.replace('\'', "'\\''")))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_a_shell_would_read_otherwise_is_quoted() {
        assert_eq!(shell_word("team-blue"), "team-blue");
        assert_eq!(shell_word("~/out/report.md"), "~/out/report.md");
        assert_eq!(shell_word("~/my reports/a.md"), "~/'my reports/a.md'");
        assert_eq!(shell_word("it's; rm"), "'it'\\''s; rm'");
        assert_eq!(shell_word(""), "''");
        assert_eq!(shell_word("$HOME"), "'$HOME'");
    }
}
