//! Text that people typed or that came from a file. It is kept as it came, and the type sees to it that
//! nothing writes it out raw by mistake: it cannot be formatted, only given to an encoder.
//!
//! Not for words of the program, and not for what becomes of a text on its way out: that is each
//! encoder's business.

use std::borrow::Cow;
use std::fmt;
use std::ops::Range;

use serde::{Deserialize, Serialize};

use super::screen_lines;

/// A text that people typed or that came from a file.
///
/// There is no `Display`, so it does not slip into a message:
///
/// ```compile_fail
/// let title = astride::encode::ForeignText::from("Team \u{1b}[2J");
/// let message = format!("{title} was saved");
/// ```
///
/// ```compile_fail
/// let title = astride::encode::ForeignText::from("Team \u{1b}[2J");
/// let message: String = title.into();
/// ```
///
/// The ways out:
/// - the whole text: an encoder takes it as it is;
/// - in a sentence for people at a terminal: [`shown`](Self::shown);
/// - in a sentence for a document whose form is not known yet: `foreign!`, which makes foreign text again;
/// - to search, compare, measure, edit or serialise it: [`raw`](Self::raw), which never ends in output.
#[derive(Clone, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct ForeignText(String);

/// A part of a [`ForeignText`], or all of it, borrowed. The encoders take it, and words of ours too.
///
/// ```compile_fail
/// let title = astride::encode::ForeignText::from(" Team \u{1b}[2J");
/// let message = format!("{} was saved", title.trim());
/// ```
#[derive(Clone, Copy, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(transparent)]
pub struct Foreign<'a>(&'a str);

impl ForeignText {
    /// An empty text.
    pub const fn new() -> Self {
        Self(String::new())
    }

    /// The text as it is, to search, compare, measure, edit or serialise it; never to write it out.
    pub const fn raw(&self) -> &str {
        self.0.as_str()
    }

    /// The same, taken out.
    pub fn into_raw(self) -> String {
        self.0
    }

    /// All of it, borrowed.
    pub const fn as_foreign(&self) -> Foreign<'_> {
        Foreign(self.0.as_str())
    }

    /// Whether nothing is in it, not even a space.
    pub const fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// Its length in bytes.
    pub const fn len(&self) -> usize {
        self.0.len()
    }

    /// It without the white space around it.
    pub fn trim(&self) -> Foreign<'_> {
        self.as_foreign().trim()
    }

    /// As it may stand in a sentence for people at a terminal: its lines kept, everything hidden a mark.
    pub fn shown(&self) -> Cow<'_, str> {
        screen_lines(self)
    }

    /// Texts in a row with words of ours between them.
    pub fn joined<'a, T: Into<Foreign<'a>>>(
        texts: impl IntoIterator<Item = T>,
        between: &str,
    ) -> Self {
        let texts: Vec<&str> = texts.into_iter().map(|text| text.into().raw()).collect();
        Self(texts.join(between))
    }

    /// Puts more text behind it.
    pub fn push_str(&mut self, text: &str) {
        self.0.push_str(text);
    }

    /// Puts other text in the place of a range, in bytes on character boundaries.
    pub fn replace_range(&mut self, range: Range<usize>, text: &str) {
        self.0.replace_range(range, text);
    }
}

impl<'a> Foreign<'a> {
    /// The text as it is, to search, compare, measure, edit or serialise it; never to write it out.
    pub const fn raw(self) -> &'a str {
        self.0
    }

    /// Whether nothing is in it, not even a space.
    pub const fn is_empty(self) -> bool {
        self.0.is_empty()
    }

    /// Its length in bytes.
    pub const fn len(self) -> usize {
        self.0.len()
    }

    /// It without the white space around it.
    #[must_use]
    pub fn trim(self) -> Self {
        Self(self.0.trim())
    }

    /// It without the white space around it, or words of ours where it has none.
    #[must_use]
    pub fn or(self, otherwise: &'a str) -> Self {
        match self.trim() {
            empty if empty.is_empty() => Self(otherwise),
            text => text,
        }
    }

    /// As it may stand in a sentence for people at a terminal: its lines kept, everything hidden a mark.
    pub fn shown(self) -> Cow<'a, str> {
        screen_lines(self)
    }

    /// The same as a text of its own.
    pub fn to_text(self) -> ForeignText {
        ForeignText(self.0.to_owned())
    }
}

impl Default for &ForeignText {
    fn default() -> Self {
        static EMPTY: ForeignText = ForeignText::new();
        &EMPTY
    }
}

/// Shown as a message may show it, so that what is printed for a programmer does nothing either.
impl fmt::Debug for Foreign<'_> {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Debug::fmt(&*self.shown(), formatter)
    }
}

impl fmt::Debug for ForeignText {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Debug::fmt(&self.as_foreign(), formatter)
    }
}

impl From<String> for ForeignText {
    fn from(text: String) -> Self {
        Self(text)
    }
}

impl From<&str> for ForeignText {
    fn from(text: &str) -> Self {
        Self(text.to_owned())
    }
}

impl From<Cow<'_, str>> for ForeignText {
    fn from(text: Cow<'_, str>) -> Self {
        Self(text.into_owned())
    }
}

impl From<Foreign<'_>> for ForeignText {
    fn from(text: Foreign<'_>) -> Self {
        text.to_text()
    }
}

impl From<&Self> for ForeignText {
    fn from(text: &Self) -> Self {
        text.clone()
    }
}

impl<'a> From<&'a str> for Foreign<'a> {
    fn from(text: &'a str) -> Self {
        Self(text)
    }
}

impl<'a> From<&'a String> for Foreign<'a> {
    fn from(text: &'a String) -> Self {
        Self(text)
    }
}

impl<'a> From<&'a Cow<'_, str>> for Foreign<'a> {
    fn from(text: &'a Cow<'_, str>) -> Self {
        Self(text)
    }
}

impl<'a> From<&'a ForeignText> for Foreign<'a> {
    fn from(text: &'a ForeignText) -> Self {
        text.as_foreign()
    }
}

impl<'a> From<&&'a str> for Foreign<'a> {
    fn from(text: &&'a str) -> Self {
        Self(text)
    }
}

impl From<&Self> for Foreign<'_> {
    fn from(text: &Self) -> Self {
        *text
    }
}

impl PartialEq<ForeignText> for &str {
    fn eq(&self, other: &ForeignText) -> bool {
        *self == other.0
    }
}

impl PartialEq<ForeignText> for String {
    fn eq(&self, other: &ForeignText) -> bool {
        *self == other.0
    }
}

impl PartialEq<String> for ForeignText {
    fn eq(&self, other: &String) -> bool {
        self.0 == *other
    }
}

impl PartialEq<str> for ForeignText {
    fn eq(&self, other: &str) -> bool {
        self.0 == other
    }
}

impl PartialEq<&str> for ForeignText {
    fn eq(&self, other: &&str) -> bool {
        self.0 == *other
    }
}

impl PartialEq<str> for Foreign<'_> {
    fn eq(&self, other: &str) -> bool {
        self.0 == other
    }
}

impl PartialEq<&str> for Foreign<'_> {
    fn eq(&self, other: &&str) -> bool {
        self.0 == *other
    }
}

/// Words of ours and foreign texts together: `foreign!("Threat {}: {}", number, title)`. It is written
/// like `format!`, and what comes out is foreign text again, for an encoder.
macro_rules! foreign {
    ($words:literal $(, $part:expr)* $(,)?) => {
        $crate::encode::ForeignText::from(format!($words $(, $crate::encode::Part(&$part))*))
    };
}
pub(crate) use foreign;

/// What `foreign!` puts together, and nobody else: it writes foreign text as it is.
pub(crate) struct Part<'a, T: ?Sized>(pub(crate) &'a T);

pub(crate) trait Piece {
    fn write(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result;
}

impl<T: fmt::Display + ?Sized> Piece for T {
    fn write(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.fmt(formatter)
    }
}

impl Piece for ForeignText {
    fn write(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(self.raw())
    }
}

impl Piece for &ForeignText {
    fn write(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(self.raw())
    }
}

impl Piece for Foreign<'_> {
    fn write(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(self.raw())
    }
}

impl<T: Piece + ?Sized> fmt::Display for Part<'_, T> {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.write(formatter)
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::super::hidden::is_hidden;
    use super::*;

    #[test]
    fn what_is_printed_for_a_programmer_does_nothing() {
        let text = ForeignText::from("a\n\u{1b}[2J\u{202e}");
        assert_eq!(format!("{text:?}"), r#""a\n‹ESC›[2J‹U+202E›""#);
        assert_eq!(format!("{:?}", text.as_foreign()), format!("{text:?}"));
    }

    #[test]
    fn words_of_ours_and_foreign_text_are_foreign_together() {
        let title = ForeignText::from(" Eve \u{1b} ");
        let together = foreign!("Threat {}: {} ({})", 3, title.trim(), "open");
        assert_eq!(together, "Threat 3: Eve \u{1b} (open)");
        assert_eq!(together.shown(), "Threat 3: Eve ‹ESC› (open)");
    }

    #[test]
    fn where_nothing_was_typed_words_of_ours_stand_in() {
        let or = |text: &str| ForeignText::from(text).trim().or("Untitled").to_text();
        assert_eq!(or(" \n"), "Untitled");
        assert_eq!(or(" Team "), "Team");
    }

    proptest! {
        #[test]
        fn it_is_saved_as_any_text_is(text in any::<String>()) {
            let foreign = ForeignText::from(text.as_str());
            let saved = ron::to_string(&foreign).unwrap();
            prop_assert_eq!(&saved, &ron::to_string(&text).unwrap());
            prop_assert_eq!(ron::from_str::<ForeignText>(&saved).unwrap(), foreign);
        }

        #[test]
        fn nothing_hidden_is_in_what_is_shown_of_it(text in any::<String>()) {
            let emoji_parts = ['\u{200d}', '\u{fe0f}'];
            let acts = |c: char| is_hidden(c) && c != '\n' && !emoji_parts.contains(&c);
            let foreign = ForeignText::from(text.as_str());
            prop_assert!(!foreign.shown().chars().any(acts));
            let printed = format!("{foreign:?}");
            prop_assert!(!printed.chars().any(acts));
        }
    }
}
