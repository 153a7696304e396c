//! What the terminal and the locale say about signs and colours. Pure: the environment is handed in.

use super::{Environment, Settings, ThemeName};

/// The terminal that the program runs in, as its environment describes it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Place {
    /// The environment.
    pub environment: Environment,
}

impl Place {
    /// The environment of this process, as far as it counts here.
    pub fn of_this_process() -> Self {
        const COUNT: [&str; 12] = [
            "TERM",
            "NO_COLOR",
            "COLORTERM",
            "ACCESSIBLE",
            "LC_ALL",
            "LC_CTYPE",
            "LANG",
            "VISUAL",
            "EDITOR",
            "TMUX",
            "STY",
            "COLORFGBG",
        ];
        let environment = COUNT
            .iter()
            .filter_map(|name| Some(((*name).to_owned(), std::env::var(name).ok()?)))
            .collect();
        Self { environment }
    }

    /// A variable that is set and not empty.
    pub fn get(&self, name: &str) -> Option<&str> {
        self.environment
            .get(name)
            .map(String::as_str)
            .filter(|value| !value.is_empty())
    }

    /// Whether lines are wanted instead of a screen.
    pub fn wants_plain(&self) -> bool {
        let accessible = self.get("ACCESSIBLE").is_some_and(|value| value != "0");
        accessible || self.get("TERM") == Some("dumb")
    }

    /// Whether frames and signs are ASCII.
    pub fn ascii(&self, settings: &Settings) -> bool {
        settings.ascii.unwrap_or_else(|| {
            !locale_is_utf8(&self.environment) || self.get("TERM") == Some("linux")
        })
    }

    /// The colours: the command line first, then `NO_COLOR`, then the settings.
    pub fn theme(&self, settings: &Settings) -> ThemeName {
        if self.get("NO_COLOR").is_some() {
            return ThemeName::None;
        }
        settings.theme.unwrap_or(ThemeName::Dark)
    }
}

/// Whether the locale's characters are UTF-8. One that is not set says nothing against it.
pub fn locale_is_utf8(environment: &Environment) -> bool {
    let value = ["LC_ALL", "LC_CTYPE", "LANG"]
        .iter()
        .filter_map(|name| environment.get(*name))
        .find(|value| !value.is_empty());
    value.is_none_or(|value| {
        let value = value.to_lowercase();
        value.contains("utf-8") || value.contains("utf8")
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn place(variables: &[(&str, &str)]) -> Place {
        let environment = variables
            .iter()
            .map(|(name, value)| ((*name).to_owned(), (*value).to_owned()))
            .collect();
        Place { environment }
    }

    #[test]
    fn signs_are_ascii_where_the_locale_or_the_console_needs_it() {
        let none = Settings::default();
        assert!(!place(&[("LANG", "de_DE.UTF-8")]).ascii(&none));
        assert!(!place(&[]).ascii(&none));
        assert!(place(&[("LANG", "de_DE.UTF-8"), ("LC_ALL", "C")]).ascii(&none));
        assert!(place(&[("LANG", "en_US.utf8"), ("TERM", "linux")]).ascii(&none));
        let never = Settings {
            ascii: Some(false),
            ..Settings::default()
        };
        assert!(!place(&[("LC_ALL", "C")]).ascii(&never));
    }

    #[test]
    fn plain_is_for_those_who_ask_and_for_terminals_that_can_do_no_more() {
        assert!(place(&[("ACCESSIBLE", "1")]).wants_plain());
        assert!(place(&[("TERM", "dumb")]).wants_plain());
        assert!(!place(&[("ACCESSIBLE", "0"), ("TERM", "xterm")]).wants_plain());
    }

    #[test]
    fn no_color_wins_over_the_settings() {
        let light = Settings {
            theme: Some(ThemeName::Light),
            ..Settings::default()
        };
        assert_eq!(place(&[]).theme(&light), ThemeName::Light);
        assert_eq!(place(&[("NO_COLOR", "1")]).theme(&light), ThemeName::None);
        assert_eq!(place(&[("NO_COLOR", "")]).theme(&light), ThemeName::Light);
    }
}
