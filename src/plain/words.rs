//! The words of plain mode: one table, from which they are understood and from which help is made.

/// What a word does.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Word {
    /// Explain the words.
    Help,
    /// Say again what was said.
    Again,
    /// Read this place out.
    List,
    /// One line: where we are and how far.
    Where,
    /// The next cell.
    Next,
    /// The cell before, or out of what is open.
    Back,
    /// One step out.
    Out,
    /// The next cell without an answer.
    Gap,
    /// To a cell by its name.
    Go,
    /// Step 1.
    Scope,
    /// Step 2.
    Threats,
    /// Step 3.
    Harden,
    /// Step 4.
    Review,
    /// Step 5.
    Report,
    /// Take a suggestion.
    Take,
    /// Leave a suggestion.
    Leave,
    /// Write something new here.
    Add,
    /// Open what has this number.
    Open,
    /// Write a text anew.
    Edit,
    /// Write on at the end of a text.
    More,
    /// Nothing applies.
    Nothing,
    /// Nobody knows.
    Unsure,
    /// The room disagrees.
    Disagree,
    /// A note on the cell or the review.
    Note,
    /// A mitigation for a threat.
    Mitigate,
    /// How often and how bad.
    Rate,
    /// What to do in principle.
    Respond,
    /// The attack surface.
    Surface,
    /// How far a mitigation is.
    Status,
    /// In or out, chosen or not, one further.
    Toggle,
    /// Remove.
    Remove,
    /// A finding by hand.
    Finding,
    /// An assumption.
    Assume,
    /// Somebody in the room.
    Person,
    /// Put a thought aside.
    Park,
    /// Read the parked thoughts out.
    Parked,
    /// Earlier texts and versions.
    History,
    /// All threats by how often and how bad.
    Ratings,
    /// The form of the write-up.
    Form,
    /// Names in the write-up.
    Names,
    /// Find words in the write-up.
    Find,
    /// Write the file.
    Export,
    /// Take the last step back.
    Undo,
    /// Do it again.
    Redo,
    /// Save at once.
    Save,
    /// A new session.
    New,
    /// A session gets another title.
    Rename,
    /// A copy of a session.
    Copy,
    /// A session goes to the trash.
    Delete,
    /// The trash.
    Trash,
    /// What the full screen would show.
    Screen,
    /// Leave the session.
    Close,
    /// Leave the program.
    Quit,
}

/// Where a word is of use.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Place {
    /// In the list of sessions.
    Home,
    /// In an open session.
    Session,
    /// Everywhere.
    Everywhere,
}

/// One line of the table.
#[derive(Clone, Copy, Debug)]
pub struct Entry {
    /// What it does.
    pub word: Word,
    /// The words for it, the usual one first.
    pub names: &'static [&'static str],
    /// What follows it.
    pub takes: &'static str,
    /// What it does, in a sentence.
    pub help: &'static str,
    /// Where.
    pub place: Place,
}

const fn entry(
    word: Word,
    names: &'static [&'static str],
    takes: &'static str,
    help: &'static str,
    place: Place,
) -> Entry {
    Entry {
        word,
        names,
        takes,
        help,
        place,
    }
}

use Place as P;
use Word as W;

/// Every word.
#[rustfmt::skip] // a table: one word a line
pub const WORDS: &[Entry] = &[
    entry(W::New, &["new", "begin"], "TITLE", "Begin a new session", P::Home),
    entry(W::Open, &["open", "show"], "N", "Open what has this number, or the session of this name", P::Everywhere),
    entry(W::Rename, &["rename"], "N TITLE", "Give a session another title", P::Home),
    entry(W::Copy, &["copy"], "N", "Make a copy of a session", P::Home),
    entry(W::Delete, &["delete"], "N", "Move a session to the trash", P::Home),
    entry(W::Trash, &["trash"], "", "List the trash; open N brings a session back", P::Home),
    entry(W::List, &["list", "read"], "", "Read this place out, with numbers", P::Everywhere),
    entry(W::Where, &["where"], "", "Say where we are and how far", P::Everywhere),
    entry(W::Next, &["next"], "", "Go to the next cell of the walk", P::Session),
    entry(W::Back, &["back", "previous"], "", "Go out of an open threat, or to the cell before", P::Session),
    entry(W::Gap, &["gap", "next open"], "", "Go to the next cell without an answer", P::Session),
    entry(W::Go, &["go"], "WORDS", "Go to a cell by words of its name, such as: go kubelet denial", P::Session),
    entry(W::Scope, &["scope", "step 1"], "", "Step 1: what are we working on?", P::Session),
    entry(W::Threats, &["threats", "walk", "step 2"], "", "Step 2: what can go wrong?", P::Session),
    entry(W::Harden, &["harden", "step 3"], "", "Step 3: what are we going to do about it?", P::Session),
    entry(W::Review, &["review", "step 4"], "", "Step 4: did we do a good enough job?", P::Session),
    entry(W::Report, &["report", "step 5"], "", "Step 5: the write-up", P::Session),
    entry(W::Take, &["take"], "N", "Take a suggested threat or mitigation as yours, or choose a finding", P::Session),
    entry(W::Leave, &["leave"], "N [WHY]", "Leave a suggestion, and say why", P::Session),
    entry(W::Add, &["add"], "[TEXT]", "Write a threat here, a mitigation in an open threat, a note in the review", P::Session),
    entry(W::Open, &["threat"], "N", "Open a threat with all its texts", P::Session),
    entry(W::Edit, &["edit", "write"], "N [TEXT]", "Write the text of this number anew", P::Session),
    entry(W::More, &["more", "append"], "N [TEXT]", "Write on at the end of the text of this number", P::Session),
    entry(W::Nothing, &["nothing"], "[WHY]", "Say that nothing applies in this cell, and why; without a reason, take it back", P::Session),
    entry(W::Unsure, &["unsure"], "TEXT", "Say that nobody here knows, and what would have to be found out", P::Session),
    entry(W::Disagree, &["disagree"], "TEXT", "Say that we disagree, and what each side says", P::Session),
    entry(W::Note, &["note"], "[TEXT]", "Write a note on this cell, or in the review", P::Session),
    entry(W::Mitigate, &["mitigate"], "N [TEXT]", "Write down what to do about a threat", P::Session),
    entry(W::Rate, &["rate"], "N HOW-OFTEN HOW-BAD", "Rate a threat with two numbers from 1 to 5, or the words for them; - for none", P::Session),
    entry(W::Respond, &["respond"], "N WORD [because WHY]", "Decide: mitigate, eliminate, transfer or accept", P::Session),
    entry(W::Surface, &["surface"], "N NAME", "Say which attack surface a threat uses", P::Session),
    entry(W::Status, &["status"], "N WORD", "Say how far a mitigation is: planned, done or verified", P::Session),
    entry(W::Toggle, &["in", "toggle"], "N", "Put a component or attacker in or out, choose a finding or not, or go one further", P::Session),
    entry(W::Toggle, &["out of scope"], "N", "The same", P::Session),
    entry(W::Remove, &["remove"], "N", "Remove what has this number; undo brings it back", P::Session),
    entry(W::Finding, &["finding"], "", "Write a finding down by hand, in step 3", P::Session),
    entry(W::Assume, &["assume"], "TEXT", "Note something that we take for granted", P::Session),
    entry(W::Person, &["person"], "NAME", "Somebody joins, by name or initials", P::Session),
    entry(W::Park, &["park"], "TEXT", "Put a thought aside", P::Session),
    entry(W::Parked, &["parked"], "", "Read the parked thoughts out", P::Session),
    entry(W::Ratings, &["ratings"], "", "Read all threats with their ratings, the highest risk first", P::Session),
    entry(W::History, &["history"], "[N]", "Read the earlier texts of this number, or earlier versions of the session, to put one back", P::Session),
    entry(W::Form, &["form"], "[NAME]", "Choose the form of the write-up", P::Session),
    entry(W::Names, &["names"], "on or off", "Names in the write-up, or not", P::Session),
    entry(W::Find, &["find"], "[WORDS]", "Find words in the write-up and read out where they stand; without words, the next place", P::Session),
    entry(W::Export, &["export"], "[PATH]", "Write the report to a file", P::Session),
    entry(W::Undo, &["undo", "u"], "", "Take the last step back", P::Session),
    entry(W::Redo, &["redo"], "", "Do again what was taken back", P::Session),
    entry(W::Save, &["save"], "", "Save at once; it is saved by itself too", P::Session),
    entry(W::Out, &["out", "esc"], "", "One step out; nothing is lost", P::Everywhere),
    entry(W::Close, &["close", "home", "sessions"], "", "Leave the session, to the list of sessions", P::Everywhere),
    entry(W::Screen, &["screen"], "", "Say what the full screen would show", P::Everywhere),
    entry(W::Again, &["again"], "", "Say again what was said last", P::Everywhere),
    entry(W::Help, &["help", "?"], "[WORD]", "Explain the words", P::Everywhere),
    entry(W::Quit, &["quit", "q", "exit", "bye"], "", "Leave; all is saved", P::Everywhere),
];

/// The entry that a line begins with, and what follows: the longest name wins.
pub fn understood(line: &str) -> Option<(&'static Entry, &str)> {
    let line = line.trim();
    let mut best: Option<(&'static Entry, &str, usize)> = None;
    for entry in WORDS {
        for name in entry.names {
            let Some(start) = line.get(..name.len()) else {
                continue;
            };
            let rest = &line[name.len()..];
            let ends = rest.is_empty() || rest.starts_with(char::is_whitespace);
            if start.eq_ignore_ascii_case(name)
                && ends
                && best.is_none_or(|(_, _, length)| name.len() > length)
            {
                best = Some((entry, rest.trim(), name.len()));
            }
        }
    }
    best.map(|(entry, rest, _)| (entry, rest))
}

/// The words that are of use in a place, as help.
pub fn help(in_session: bool) -> String {
    let wanted = |entry: &&Entry| match entry.place {
        Place::Everywhere => true,
        Place::Home => !in_session,
        Place::Session => in_session,
    };
    let mut text = String::new();
    for entry in WORDS.iter().filter(wanted) {
        text.push_str(&line(entry));
    }
    text
}

/// A word with what it takes, and its sentence.
pub fn line(entry: &Entry) -> String {
    let space = if entry.takes.is_empty() { "" } else { " " };
    format!(
        "{}{space}{}: {}.\n",
        entry.names[0], entry.takes, entry.help
    )
}

/// The word that a misspelt one is nearest to.
pub fn near(typed: &str) -> Option<&'static str> {
    WORDS
        .iter()
        .flat_map(|entry| entry.names)
        .map(|name| (strsim::damerau_levenshtein(name, typed), *name))
        .filter(|(distance, name)| *distance <= 2 && name.len() > 2)
        .min()
        .map(|(_, name)| name)
}

#[cfg(test)]
mod tests {
    use std::collections::HashSet;

    use super::*;

    #[test]
    fn no_word_means_two_things() {
        let mut seen = HashSet::new();
        for entry in WORDS {
            for name in entry.names {
                assert!(seen.insert(*name), "{name} twice");
            }
        }
    }

    #[test]
    fn the_longest_name_wins_and_the_rest_follows() {
        let (entry, rest) = understood("  next open ").unwrap();
        assert_eq!((entry.word, rest), (Word::Gap, ""));
        let (entry, rest) = understood("NEXT").unwrap();
        assert_eq!((entry.word, rest), (Word::Next, ""));
        let (entry, rest) = understood("take  3").unwrap();
        assert_eq!((entry.word, rest), (Word::Take, "3"));
        assert!(understood("nextdoor").is_none());
    }

    #[test]
    fn a_slip_of_the_finger_is_understood() {
        assert_eq!(near("mitgate"), Some("mitigate"));
        assert_eq!(near("xyzzy"), None);
    }
}
