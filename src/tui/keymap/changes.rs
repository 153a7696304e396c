//! Other keys for actions: read by name, checked against the table, and never half applied.

use std::collections::BTreeMap;

use ratatui::crossterm::event::KeyCode;

use super::{Binding, Context, TABLE};
use crate::tui::key::Key;

/// Keys by the name of an action, such as `next_open`, or with its place, such as `card.note`.
pub type KeyChanges = BTreeMap<String, Vec<String>>;

/// The table with these changes, and what could not be done. A change that would give a key two
/// meanings in one place is left out as a whole.
pub fn changed_table(changes: &KeyChanges) -> (Vec<Binding>, Vec<String>) {
    let mut table = TABLE.to_vec();
    let mut problems = Vec::new();
    for (name, keys) in changes {
        match with_change(&table, name, keys) {
            Ok(other) => table = other,
            Err(problem) => problems.push(format!("keys: {name}: {problem}")),
        }
    }
    (table, problems)
}

fn with_change(table: &[Binding], name: &str, keys: &[String]) -> Result<Vec<Binding>, String> {
    let parsed: Vec<Key> = keys
        .iter()
        .map(|key| Key::named(key).ok_or_else(|| format!("there is no key {key}")))
        .collect::<Result<_, _>>()?;
    if parsed.is_empty() {
        return Err("name at least one key".to_owned());
    }
    let mut table = table.to_vec();
    let mut found = false;
    for at in 0..table.len() {
        let binding = table[at];
        let with_place = format!("{}.{}", binding.context.id(), binding.action.id());
        if name != binding.action.id() && name != with_place {
            continue;
        }
        found = true;
        let typing = matches!(
            binding.context,
            Context::LongText
                | Context::ShortText
                | Context::Ask
                | Context::Palette
                | Context::NewSession
                | Context::ReportPath
                | Context::ExportPath
        );
        let is_text = |key: &Key| !key.control && matches!(key.code, KeyCode::Char(_));
        if typing && parsed.iter().any(is_text) {
            if name == with_place {
                return Err("a letter is text there; use Ctrl and a letter".to_owned());
            }
            continue;
        }
        let taken = table.iter().enumerate().find(|(other, one)| {
            *other != at
                && one.context == binding.context
                && one.keys.iter().any(|key| parsed.contains(key))
        });
        if let Some((_, other)) = taken {
            let place = other.context.name();
            return Err(format!(
                "in {place} that key means '{}' already",
                other.label
            ));
        }
        // Once for each change at the start, and needed until the end.
        table[at].keys = Box::leak(parsed.clone().into_boxed_slice());
    }
    if found {
        Ok(table)
    } else {
        Err("there is no action of this name; `astride keys` lists them".to_owned())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::tui::keymap::Action;

    fn change(name: &str, keys: &[&str]) -> (Vec<Binding>, Vec<String>) {
        let keys = keys.iter().map(|key| (*key).to_owned()).collect();
        changed_table(&KeyChanges::from([(name.to_owned(), keys)]))
    }

    #[test]
    fn an_action_gets_another_key_where_it_has_one() {
        let (table, problems) = change("card.note", &["O", "Ctrl+G"]);
        assert!(problems.is_empty(), "{problems:?}");
        let note = table
            .iter()
            .find(|one| one.context == Context::Card && one.action == Action::Note)
            .unwrap();
        assert_eq!(note.keys, [Key::char('O'), Key::control('g')]);
    }

    #[test]
    fn a_key_with_a_meaning_is_refused_and_nothing_changes() {
        let (table, problems) = change("card.note", &["a"]);
        assert_eq!(
            problems,
            ["keys: card.note: in Card that key means 'add' already"]
        );
        assert_eq!(table.len(), TABLE.len());
        assert!(
            table
                .iter()
                .zip(TABLE)
                .all(|(one, other)| one.keys == other.keys)
        );
    }

    #[test]
    fn letters_stay_letters_while_typing() {
        let (_, problems) = change("long_text.save", &["s"]);
        assert_eq!(problems.len(), 1);
    }

    #[test]
    fn unknown_names_are_said() {
        assert_eq!(change("fly", &["f"]).1.len(), 1);
        assert_eq!(change("undo", &["Hyper+Q"]).1.len(), 1);
    }
}
