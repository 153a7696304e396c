//! A key as the key table names it, and as it is written on the screen.

use std::fmt::{self, Write as _};

use ratatui::crossterm::event::{KeyCode, KeyEvent, KeyModifiers};

/// A key or a chord.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Key {
    /// The key.
    pub code: KeyCode,
    /// With Ctrl held.
    pub control: bool,
    /// With Shift held. Characters carry it in themselves.
    pub shift: bool,
}

impl Key {
    /// A key alone.
    pub const fn plain(code: KeyCode) -> Self {
        Self {
            code,
            control: false,
            shift: false,
        }
    }

    /// A character alone.
    pub const fn char(character: char) -> Self {
        Self::plain(KeyCode::Char(character))
    }

    /// A character with Ctrl.
    pub const fn control(character: char) -> Self {
        Self {
            code: KeyCode::Char(character),
            control: true,
            shift: false,
        }
    }

    /// The key of this name, as it is written on the screen: `Ctrl+G`, `F6`, `Space`, `n`.
    pub fn named(name: &str) -> Option<Self> {
        let (control, name) = match name.get(..5) {
            Some(start) if start.eq_ignore_ascii_case("ctrl+") => (true, &name[5..]),
            _ => (false, name),
        };
        let mut letters = name.chars();
        let code = match (letters.next()?, letters.next()) {
            (letter, None) if control => KeyCode::Char(letter.to_ascii_lowercase()),
            (letter, None) => KeyCode::Char(letter),
            _ => match name.to_ascii_lowercase().as_str() {
                "space" => KeyCode::Char(' '),
                "enter" => KeyCode::Enter,
                "esc" => KeyCode::Esc,
                "tab" => KeyCode::Tab,
                "shift+tab" => KeyCode::BackTab,
                "up" => KeyCode::Up,
                "down" => KeyCode::Down,
                "left" => KeyCode::Left,
                "right" => KeyCode::Right,
                "home" => KeyCode::Home,
                "end" => KeyCode::End,
                "pgup" => KeyCode::PageUp,
                "pgdn" => KeyCode::PageDown,
                "del" => KeyCode::Delete,
                "backspace" => KeyCode::Backspace,
                other => KeyCode::F(other.strip_prefix('f')?.parse().ok().filter(|n| *n <= 24)?),
            },
        };
        Some(Self {
            code,
            control,
            shift: false,
        })
    }

    /// Whether a key event is this key.
    pub fn matches(self, event: &KeyEvent) -> bool {
        let control = event.modifiers.contains(KeyModifiers::CONTROL);
        let alt = event.modifiers.contains(KeyModifiers::ALT);
        match (self.code, event.code) {
            // AltGr arrives as Ctrl and Alt together on some systems: that is a character alone.
            (KeyCode::Char(wanted), KeyCode::Char(pressed)) => {
                // Some terminals send a capital, others the small letter and Shift.
                let shifted = event.modifiers.contains(KeyModifiers::SHIFT);
                let pressed = if shifted && !control {
                    pressed.to_ascii_uppercase()
                } else {
                    pressed
                };
                wanted == pressed && self.control == (control && !alt) && alt == (alt && control)
            }
            (KeyCode::BackTab, KeyCode::BackTab) => true,
            (wanted, pressed) => {
                wanted == pressed
                    && self.control == control
                    && self.shift == event.modifiers.contains(KeyModifiers::SHIFT)
                    && !alt
            }
        }
    }
}

impl fmt::Display for Key {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut name = String::new();
        if self.control {
            name.push_str("Ctrl+");
        }
        if self.shift {
            name.push_str("Shift+");
        }
        match self.code {
            KeyCode::Char(' ') => name.push_str("Space"),
            KeyCode::Char(character) if self.control => name.push(character.to_ascii_uppercase()),
            KeyCode::Char(character) => name.push(character),
            KeyCode::Enter => name.push_str("Enter"),
            KeyCode::Esc => name.push_str("Esc"),
            KeyCode::Tab => name.push_str("Tab"),
            KeyCode::BackTab => name.push_str("Shift+Tab"),
            KeyCode::Up => name.push('↑'),
            KeyCode::Down => name.push('↓'),
            KeyCode::Left => name.push('←'),
            KeyCode::Right => name.push('→'),
            KeyCode::Home => name.push_str("Home"),
            KeyCode::End => name.push_str("End"),
            KeyCode::PageUp => name.push_str("PgUp"),
            KeyCode::PageDown => name.push_str("PgDn"),
            KeyCode::Delete => name.push_str("Del"),
            KeyCode::Backspace => name.push_str("Backspace"),
            KeyCode::F(number) => write!(name, "F{number}")?,
            other => write!(name, "{other:?}")?,
        }
        formatter.pad(&name)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_capital_is_the_capital_or_shift_and_the_letter() {
        let key = Key::char('D');
        assert!(key.matches(&KeyEvent::new(KeyCode::Char('D'), KeyModifiers::NONE)));
        assert!(key.matches(&KeyEvent::new(KeyCode::Char('D'), KeyModifiers::SHIFT)));
        assert!(key.matches(&KeyEvent::new(KeyCode::Char('d'), KeyModifiers::SHIFT)));
        assert!(!key.matches(&KeyEvent::new(KeyCode::Char('d'), KeyModifiers::NONE)));
    }

    #[test]
    fn alt_is_not_nothing() {
        assert!(!Key::char('q').matches(&KeyEvent::new(KeyCode::Char('q'), KeyModifiers::ALT)));
        assert!(
            !Key::plain(KeyCode::Enter).matches(&KeyEvent::new(KeyCode::Enter, KeyModifiers::ALT))
        );
    }

    #[test]
    fn keys_are_written_as_on_the_keyboard() {
        assert_eq!(Key::control('s').to_string(), "Ctrl+S");
        assert_eq!(Key::char(' ').to_string(), "Space");
        assert_eq!(Key::plain(KeyCode::BackTab).to_string(), "Shift+Tab");
    }
}
