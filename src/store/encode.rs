//! A session as the text of its file.
//!
//! Not for writing the file: see [`super::save`]. docs/session-format.md describes the text.

use ron::extensions::Extensions;
use ron::ser::PrettyConfig;
use serde::ser::{Serialize, SerializeStruct, Serializer};

use super::envelope;
use crate::session::types::Session;

/// What stands before the first field of a session.
pub(super) const OPENING: &str = "#![enable(implicit_some)]\n(\n";
/// What stands after the last one.
pub(super) const CLOSING: &str = ")\n";

/// The text of the file for one save of a session. The same session and number give the same text.
///
/// One field a line and LF on every system, so that git merges it. Texts are escaped: no control
/// character reaches the file, and a conversion of line ends does not touch what people wrote.
pub fn encode(session: &Session, sequence: u64) -> Result<String, ron::Error> {
    Ok(envelope::wrap(&document(session)?, sequence))
}

/// The RON between the first and the last line. Also for migration steps, which write the next
/// format.
pub(super) fn document<T: Serialize>(value: &T) -> Result<String, ron::Error> {
    let mut text = ron::ser::to_string_pretty(value, layout())?;
    text.push('\n');
    Ok(text)
}

/// The lines of one field, as they stand in the document of a structure that has it.
pub(super) fn field<T>(name: &'static str, value: &T) -> Result<String, ron::Error>
where
    T: Serialize + ?Sized,
{
    // The extension is named once, at the top of the document.
    let options = ron::Options::default().with_default_extension(Extensions::IMPLICIT_SOME);
    let alone = options.to_string_pretty(&Alone { name, value }, layout())?;
    within(&alone, "(\n", ")").map(str::to_owned)
}

/// The lines of one entry of a list, as they stand in the list of that name.
pub(super) fn entry<T: Serialize>(name: &'static str, value: &T) -> Result<String, ron::Error> {
    let list = field(name, std::slice::from_ref(value))?;
    within(&list, &list_opening(name), LIST_CLOSING).map(str::to_owned)
}

/// The line before the first entry of a list.
pub(super) fn list_opening(name: &str) -> String {
    format!("    {name}: [\n")
}

/// The line after the last entry of a list.
pub(super) const LIST_CLOSING: &str = "    ],\n";

/// What the text holds between its ends. The ends are those of the layout below, so anything else is a
/// fault of the serialiser.
fn within<'a>(text: &'a str, begin: &str, end: &str) -> Result<&'a str, ron::Error> {
    text.strip_prefix(begin)
        .and_then(|rest| rest.strip_suffix(end))
        .ok_or_else(|| ron::Error::Message("the layout is not the one of a session".to_owned()))
}

fn layout() -> PrettyConfig {
    PrettyConfig::new()
        .new_line("\n")
        .indentor("    ")
        .separator(" ")
        .struct_names(false)
        .escape_strings(true)
        .extensions(Extensions::IMPLICIT_SOME)
}

/// A structure with one field, so that the serialiser lays it out as it does in the whole.
struct Alone<'a, T: ?Sized> {
    name: &'static str,
    value: &'a T,
}

impl<T: Serialize + ?Sized> Serialize for Alone<'_, T> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut alone = serializer.serialize_struct("Session", 1)?;
        alone.serialize_field(self.name, self.value)?;
        alone.end()
    }
}
