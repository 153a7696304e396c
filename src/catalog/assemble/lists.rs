//! Going through lists of entries with their numbers, and putting entries into lists.

use super::Declared;

/// Entries with where they stand.
pub fn numbered<T>(entries: Vec<T>, whole: Declared) -> impl Iterator<Item = (T, Declared)> {
    entries.into_iter().enumerate().map(move |(number, entry)| {
        let item = Some(number);
        (entry, Declared { item, ..whole })
    })
}

/// Keeps the entries that are let in.
pub fn retain_numbered<T>(
    entries: &mut Vec<T>,
    list: Declared,
    mut let_in: impl FnMut(&T, Declared) -> bool,
) {
    let mut number = 0;
    entries.retain(|entry| {
        let item = Some(number);
        number += 1;
        let_in(entry, Declared { item, ..list })
    });
}

/// Adds an entry, or puts it in the place of the one with the same id.
pub fn put<T, I: PartialEq>(list: &mut Vec<T>, entry: T, replaces: bool, id: impl Fn(&T) -> &I) {
    let known = if replaces {
        list.iter().position(|one| id(one) == id(&entry))
    } else {
        None
    };
    match known {
        Some(position) => list[position] = entry,
        None => list.push(entry),
    }
}

/// As [`put`], for what is told apart by a value.
pub fn put_by<T, I: PartialEq>(list: &mut Vec<T>, entry: T, replaces: bool, by: impl Fn(&T) -> I) {
    match list.iter().position(|one| by(one) == by(&entry)) {
        Some(position) if replaces => list[position] = entry,
        _ => list.push(entry),
    }
}
