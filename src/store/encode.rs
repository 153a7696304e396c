//! A session as the text of its file.
//!
//! Not for writing the file: see [`super::save`]. docs/session-format.md describes the text.

use ron::extensions::Extensions;
use ron::ser::PrettyConfig;
use serde::Serialize;

use super::envelope;
use crate::session::types::Session;

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
    let layout = PrettyConfig::new()
        .new_line("\n")
        .indentor("    ")
        .separator(" ")
        .struct_names(false)
        .escape_strings(true)
        .extensions(Extensions::IMPLICIT_SOME);
    let mut text = ron::ser::to_string_pretty(value, layout)?;
    text.push('\n');
    Ok(text)
}
