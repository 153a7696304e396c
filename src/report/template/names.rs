//! Which names a template may ask for: what it does not name need not be made, and most templates name
//! a few of the fields that a session of ten thousand threats has ten thousand times.

use std::collections::HashSet;

/// The names in a template.
#[derive(Clone, Debug, Default)]
pub struct Names {
    /// The fields of the session itself.
    session: HashSet<String>,
    /// Every word of the template; nothing where it may put names together while it is filled.
    words: Option<HashSet<String>>,
}

impl Names {
    /// The names in the text of a template, in which `session` are the names that it takes from
    /// outside.
    pub fn of(source: &str, session: HashSet<String>) -> Self {
        // A field is asked for by its name behind a full stop, or by any expression in square brackets.
        let puts_names_together = source.contains('[');
        let words = source.split(|c: char| !c.is_alphanumeric() && c != '_');
        let words = words.filter(|word| !word.is_empty()).map(str::to_owned);
        Self {
            session,
            words: (!puts_names_together).then(|| words.collect()),
        }
    }

    /// Whether this field of the session is asked for.
    pub fn ask_session_for(&self, name: &str) -> bool {
        self.session.contains(name)
    }

    /// Whether some record may be asked for a field of this name.
    pub fn may_ask_for(&self, name: &str) -> bool {
        let words = self.words.as_ref();
        words.is_none_or(|words| words.contains(name))
    }
}
