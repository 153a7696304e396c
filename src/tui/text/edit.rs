//! A field that is being typed into: cursor, selection, scroll, and what each key does.
//!
//! The text itself is not kept here: it belongs to the session (or to an overlay), which is why
//! nothing typed can be lost with a widget. A key gives a [`Change`] for its owner to carry out.
//!
//! Why not a ready-made text area: ratatui-textarea moves and deletes by `char`, undoes letter by
//! letter with a text of its own, and cuts words that are too long for the line.

use std::ops::Range;

use ratatui::crossterm::event::{KeyCode, KeyEvent, KeyModifiers};
use unicode_segmentation::UnicodeSegmentation;

use super::wrap;

/// How many bytes fast fingers type between two frames.
const FAST_FINGERS: usize = 16;

/// Part of a text to be replaced.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Change {
    /// Where, in bytes from the start.
    pub at: usize,
    /// How many bytes to take out.
    pub remove: usize,
    /// What to put in.
    pub insert: String,
    /// Typed letter by letter, so that undo takes a word at a time.
    pub typing: bool,
}

/// What came of a key.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Outcome {
    /// The text is to be changed.
    Changed(Change),
    /// The cursor or the selection moved.
    Moved,
    /// The selected text is to be copied.
    Copy(String),
    /// The key means nothing in a text.
    Ignored,
}

/// The state of a field that is being typed into.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TextEdit {
    /// In bytes from the start of the text, on a grapheme boundary.
    pub cursor: usize,
    /// The other end of the selection.
    pub anchor: Option<usize>,
    /// Enter makes a new line.
    pub multiline: bool,
    /// The column that moving up and down tries to keep.
    goal: Option<usize>,
    /// The width at which the text was drawn last, for moving by displayed lines.
    columns: usize,
}

impl TextEdit {
    /// A field with the cursor at the end of `text`, as people expect who come back to it.
    pub fn at_end(text: &str, multiline: bool) -> Self {
        Self {
            cursor: text.len(),
            anchor: None,
            multiline,
            goal: None,
            columns: 76,
        }
    }

    /// A field with the cursor at `cursor`, or as near before it as a grapheme begins.
    pub fn at(text: &str, cursor: usize, multiline: bool) -> Self {
        let mut edit = Self::at_end(text, multiline);
        edit.cursor = boundary_before(text, cursor);
        edit
    }

    /// Tells the width at which the text is drawn.
    pub fn set_columns(&mut self, columns: usize) {
        self.columns = columns.max(1);
    }

    /// The width at which the text is drawn.
    pub const fn columns(&self) -> usize {
        self.columns
    }

    /// The selected part of the text.
    pub fn selection(&self) -> Option<Range<usize>> {
        let anchor = self.anchor.filter(|anchor| *anchor != self.cursor)?;
        Some(anchor.min(self.cursor)..anchor.max(self.cursor))
    }

    /// Keeps cursor and selection inside a text that changed elsewhere, for instance by undo.
    pub fn settle(&mut self, text: &str) {
        self.cursor = boundary_before(text, self.cursor);
        self.anchor = self.anchor.map(|anchor| boundary_before(text, anchor));
    }

    /// Inserts pasted text as one edit. Line ends become LF, and blanks in a short field; other
    /// control characters are dropped, since no key types them.
    pub fn paste(&mut self, text: &str, pasted: &str) -> Outcome {
        let unified = pasted.replace("\r\n", "\n").replace('\r', "\n");
        let clean: String = unified
            .chars()
            .filter_map(|character| match character {
                '\n' if !self.multiline => Some(' '),
                '\n' | '\t' => Some(character),
                _ if character.is_control() => None,
                _ => Some(character),
            })
            .collect();
        if clean.is_empty() {
            Outcome::Ignored
        } else {
            self.insert(text, clean, false)
        }
    }

    /// Puts in what was typed at once. A few letters in one go are fast fingers; more is a burst,
    /// which undo takes back as one.
    pub fn insert_typed(&mut self, text: &str, typed: &str) -> Outcome {
        let fingers = typed.len() <= FAST_FINGERS;
        self.insert(text, typed.to_owned(), fingers)
    }

    /// What a key does to the text.
    pub fn key(&mut self, text: &str, key: KeyEvent) -> Outcome {
        let control = key.modifiers.contains(KeyModifiers::CONTROL);
        let alt = key.modifiers.contains(KeyModifiers::ALT);
        let shift = key.modifiers.contains(KeyModifiers::SHIFT);
        match key.code {
            // AltGr arrives as Ctrl and Alt together on some systems: a character with both is text.
            KeyCode::Char(character) if control == alt && !control => self.typed(text, character),
            KeyCode::Char(character) if control && alt && !character.is_ascii_alphabetic() => {
                self.typed(text, character)
            }
            // Esc followed quickly by a letter arrives as Alt and the letter: never an edit.
            KeyCode::Char(character) if control && !alt => self.control_key(text, character),
            KeyCode::Enter if self.multiline => self.insert(text, "\n".to_owned(), true),
            KeyCode::Backspace if control || alt => {
                self.delete(text, self.word_before(text)..self.cursor)
            }
            KeyCode::Backspace => self.delete(text, boundary_left(text, self.cursor)..self.cursor),
            KeyCode::Delete if control => self.delete(text, self.cursor..self.word_after(text)),
            KeyCode::Delete => self.delete(text, self.cursor..boundary_right(text, self.cursor)),
            KeyCode::Left | KeyCode::Right if !shift && !control && self.selection().is_some() => {
                let Range { start, end } = self.selection().unwrap_or(self.cursor..self.cursor);
                self.go(
                    if key.code == KeyCode::Left {
                        start
                    } else {
                        end
                    },
                    false,
                )
            }
            KeyCode::Left if control => self.go(self.word_before(text), shift),
            KeyCode::Right if control => self.go(self.word_after(text), shift),
            KeyCode::Left => self.go(boundary_left(text, self.cursor), shift),
            KeyCode::Right => self.go(boundary_right(text, self.cursor), shift),
            KeyCode::Home if control => self.go(0, shift),
            KeyCode::End if control => self.go(text.len(), shift),
            KeyCode::Home => self.go(self.line(text).start, shift),
            KeyCode::End => {
                let end = self.line_end(text);
                self.go(end, shift)
            }
            KeyCode::Up if self.multiline => self.go_lines(text, -1, shift),
            KeyCode::Down if self.multiline => self.go_lines(text, 1, shift),
            KeyCode::PageUp if self.multiline => self.go_lines(text, -10, shift),
            KeyCode::PageDown if self.multiline => self.go_lines(text, 10, shift),
            _ => Outcome::Ignored,
        }
    }

    fn control_key(&mut self, text: &str, character: char) -> Outcome {
        match character {
            // Line feed arrives as Ctrl-J, for instance from a paste without brackets.
            'j' if self.multiline => self.insert(text, "\n".to_owned(), true),
            'a' => {
                self.anchor = Some(0);
                self.cursor = text.len();
                Outcome::Moved
            }
            'w' => self.delete(text, self.word_before(text)..self.cursor),
            'u' => self.delete(text, self.line(text).start..self.cursor),
            'k' => {
                let end = self.line_end(text);
                self.delete(text, self.cursor..end)
            }
            'c' => match self.selection() {
                Some(range) => Outcome::Copy(text[range].to_owned()),
                None => Outcome::Ignored,
            },
            _ => Outcome::Ignored,
        }
    }

    fn typed(&mut self, text: &str, character: char) -> Outcome {
        self.insert(text, character.to_string(), true)
    }

    fn insert(&mut self, text: &str, insert: String, typing: bool) -> Outcome {
        let range = self.selection().unwrap_or(self.cursor..self.cursor);
        self.cursor = range.start + insert.len();
        self.anchor = None;
        self.goal = None;
        debug_assert!(range.end <= text.len());
        let typing = typing && range.is_empty();
        Outcome::Changed(Change {
            at: range.start,
            remove: range.len(),
            insert,
            typing,
        })
    }

    fn delete(&mut self, text: &str, range: Range<usize>) -> Outcome {
        let range = self.selection().unwrap_or(range);
        if range.is_empty() {
            return Outcome::Moved;
        }
        self.cursor = range.start;
        self.anchor = None;
        self.goal = None;
        let one = text[range.clone()].graphemes(true).count() == 1;
        let change = Change {
            at: range.start,
            remove: range.len(),
            insert: String::new(),
            typing: one,
        };
        Outcome::Changed(change)
    }

    fn go(&mut self, to: usize, select: bool) -> Outcome {
        if select {
            self.anchor.get_or_insert(self.cursor);
        } else {
            self.anchor = None;
        }
        self.cursor = to;
        self.goal = None;
        Outcome::Moved
    }

    fn go_lines(&mut self, text: &str, by: isize, select: bool) -> Outcome {
        let lines = wrap::lines(text, self.columns);
        let (row, column) = position(text, &lines, self.cursor);
        let goal = self.goal.unwrap_or(column);
        let target = row.saturating_add_signed(by).min(lines.len() - 1);
        let to = if target == row && by < 0 {
            0
        } else if target == row {
            text.len()
        } else {
            at_column(text, &lines, target, goal)
        };
        let outcome = self.go(to, select);
        self.goal = Some(goal);
        outcome
    }

    fn line(&self, text: &str) -> Range<usize> {
        let lines = wrap::lines(text, self.columns);
        let (row, _) = position(text, &lines, self.cursor);
        lines[row].clone()
    }

    /// The end of the displayed line, before the blank at which it was wrapped.
    fn line_end(&self, text: &str) -> usize {
        let lines = wrap::lines(text, self.columns);
        let (row, _) = position(text, &lines, self.cursor);
        last_column(text, &lines, row)
    }

    fn word_before(&self, text: &str) -> usize {
        text[..self.cursor]
            .split_word_bound_indices()
            .rev()
            .find(|(_, word)| !word.trim().is_empty())
            .map_or(0, |(at, _)| at)
    }

    fn word_after(&self, text: &str) -> usize {
        text[self.cursor..]
            .split_word_bound_indices()
            .find(|(_, word)| !word.trim().is_empty())
            .map_or(text.len(), |(at, word)| self.cursor + at + word.len())
    }
}

/// Row and column of a place in the text. At the seam of a wrapped line it is the next line's start.
pub fn position(text: &str, lines: &[Range<usize>], cursor: usize) -> (usize, usize) {
    let row = lines
        .partition_point(|line| line.start <= cursor)
        .saturating_sub(1);
    let start = lines.get(row).map_or(0, |line| line.start);
    (
        row,
        wrap::width(&text[start..cursor.max(start).min(text.len())]),
    )
}

fn at_column(text: &str, lines: &[Range<usize>], row: usize, column: usize) -> usize {
    let line = &lines[row];
    let last = last_column(text, lines, row);
    let mut used = 0;
    for (at, grapheme) in text[line.clone()].grapheme_indices(true) {
        let next = wrap::width_of(grapheme);
        if used + next > column || line.start + at >= last {
            return (line.start + at).min(last);
        }
        used += next;
    }
    last
}

/// The last place of a displayed line that is not the start of the next one.
fn last_column(text: &str, lines: &[Range<usize>], row: usize) -> usize {
    let line = &lines[row];
    let wrapped = lines
        .get(row + 1)
        .is_some_and(|next| next.start == line.end);
    if wrapped {
        boundary_left(text, line.end).max(line.start)
    } else {
        line.end
    }
}

fn boundary_before(text: &str, at: usize) -> usize {
    if at >= text.len() {
        return text.len();
    }
    let mut near = at;
    while !text.is_char_boundary(near) {
        near -= 1;
    }
    // A grapheme is short: looking back a little finds where it begins.
    let from = text[..near].rfind('\n').unwrap_or(0);
    text[from..]
        .grapheme_indices(true)
        .map(|(offset, _)| from + offset)
        .take_while(|start| *start <= near)
        .last()
        .unwrap_or(near)
}

fn boundary_left(text: &str, at: usize) -> usize {
    text[..at]
        .grapheme_indices(true)
        .next_back()
        .map_or(0, |(start, _)| start)
}

fn boundary_right(text: &str, at: usize) -> usize {
    text[at..]
        .graphemes(true)
        .next()
        .map_or(at, |grapheme| at + grapheme.len())
}

#[cfg(test)]
mod tests;
