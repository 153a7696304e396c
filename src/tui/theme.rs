//! Styles by meaning. The terminal's own sixteen colours, its foreground and background untouched,
//! so that every theme and projector works. Colour never speaks alone: signs stand beside it.

use ratatui::style::{Color, Modifier, Style};

use crate::settings::ThemeName;

/// The set of colours.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Theme {
    /// For dark backgrounds.
    #[default]
    Dark,
    /// For light backgrounds.
    Light,
    /// Bold and reverse, few colours.
    HighContrast,
    /// No colours at all: bold, underline, reverse and signs carry everything.
    None,
}

/// What a piece of the screen means.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Meaning {
    /// Ordinary text.
    Text,
    /// The question: the brightest thing on the screen.
    Question,
    /// A heading.
    Heading,
    /// Secondary, still needed.
    Muted,
    /// The name of a key.
    Key,
    /// Under the cursor, in the focused pane.
    Selected,
    /// Under the cursor, in another pane.
    Marked,
    /// The border of the focused pane.
    FocusedBorder,
    /// The border of another pane.
    Border,
    /// Something is done or recorded.
    Done,
    /// Something deserves attention.
    Warning,
    /// The text is not safe. Nothing else is red.
    Danger,
    /// Marked text in a field.
    Selection,
}

impl From<ThemeName> for Theme {
    fn from(name: ThemeName) -> Self {
        match name {
            ThemeName::Dark => Self::Dark,
            ThemeName::Light => Self::Light,
            ThemeName::HighContrast => Self::HighContrast,
            ThemeName::None => Self::None,
        }
    }
}

impl Theme {
    /// All four, in the order in which a key goes through them.
    pub const ALL: [Self; 4] = [Self::Dark, Self::Light, Self::HighContrast, Self::None];

    /// As people say it.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Dark => "dark",
            Self::Light => "light",
            Self::HighContrast => "high contrast",
            Self::None => "none",
        }
    }

    /// The one after it, and from the last the first again.
    #[must_use]
    pub const fn next(self) -> Self {
        match self {
            Self::Dark => Self::Light,
            Self::Light => Self::HighContrast,
            Self::HighContrast => Self::None,
            Self::None => Self::Dark,
        }
    }

    /// The style for a meaning.
    pub fn style(self, meaning: Meaning) -> Style {
        let style = Style::new();
        let bold = Modifier::BOLD;
        let reverse = Modifier::REVERSED;
        let color = |dark: Color, light: Color| match self {
            Self::Dark => style.fg(dark),
            Self::Light => style.fg(light),
            Self::HighContrast | Self::None => style,
        };
        match meaning {
            Meaning::Text => style,
            Meaning::Question => style.add_modifier(bold),
            Meaning::Heading | Meaning::FocusedBorder => {
                color(Color::Cyan, Color::Blue).add_modifier(bold)
            }
            Meaning::Muted => match self {
                Self::Dark => style.fg(Color::Gray),
                Self::Light => style.fg(Color::DarkGray),
                Self::HighContrast | Self::None => style,
            },
            Meaning::Key => color(Color::Yellow, Color::Magenta).add_modifier(bold),
            Meaning::Selected | Meaning::Selection => style.add_modifier(reverse),
            Meaning::Marked => style.add_modifier(bold | Modifier::UNDERLINED),
            Meaning::Border => match self {
                Self::Dark | Self::Light => style.fg(Color::DarkGray),
                Self::HighContrast | Self::None => style,
            },
            Meaning::Done => color(Color::Green, Color::Green),
            Meaning::Warning => color(Color::Yellow, Color::Magenta),
            Meaning::Danger => match self {
                Self::None => style.add_modifier(bold | reverse),
                _ => style.fg(Color::Red).add_modifier(bold),
            },
        }
    }
}
