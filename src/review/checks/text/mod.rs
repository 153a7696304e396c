//! What an answer tells people to type, held against what the tools know: keys of `daemon.json`,
//! flags, things that Kubernetes removed, and blocks of code that do not parse.
//!
//! Not a linter: only what is surely wrong, since a false alarm costs more trust than it saves.

mod blocks;
mod daemon_json;
mod flags;
mod kubernetes;
mod objects;

use crate::review::Jump;
use crate::review::quality::{Check, Quality};

const UNKNOWN_KEY: Check = Check::warning(
    "unknown-daemon-key",
    "dockerd does not start with a key in daemon.json that it does not know.",
);
const REMOVED: Check = Check::warning(
    "removed-from-kubernetes",
    "What a cluster no longer has protects nothing.",
);
const FLAG: Check = Check::warning(
    "misspelt-flag",
    "A command with a flag that does not exist ends with an error, or is never tried.",
);
const JSON: Check = Check::warning(
    "invalid-json",
    "Whoever pastes it gets an error, and dockerd may not start again.",
);
const YAML: Check = Check::warning(
    "invalid-yaml",
    "Whoever applies it gets an error, and the control is not in place.",
);

/// Something in a text that is wrong.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Remark {
    check: &'static Check,
    /// The word that is wrong, or the language of the block.
    pub word: String,
    /// What is wrong with it.
    pub message: String,
}

impl Remark {
    /// The name of the check.
    pub const fn check(&self) -> &'static str {
        self.check.name
    }

    /// The remark as something that stands out at a place.
    pub(super) fn at(&self, place: &str, jump: &Jump) -> Quality {
        let message = format!("{place}: {}", self.message);
        self.check.found(message, jump.clone()).about(&self.word)
    }
}

/// Everything in a text that is surely wrong, each word once.
pub(super) fn check(text: &str) -> Vec<Remark> {
    let mut found = Vec::new();
    let mut add = |check: &'static Check, word: &str, message: String| {
        let remark = Remark {
            check,
            word: word.to_owned(),
            message,
        };
        if !found.contains(&remark) {
            found.push(remark);
        }
    };
    daemon_json::check(text, &mut add);
    kubernetes::check(text, &mut add);
    flags::check(text, &mut add);
    blocks::check(text, &mut add);
    found
}

/// Where remarks go: the check, the word, and what is wrong.
type Add<'a> = dyn FnMut(&'static Check, &str, String) + 'a;
