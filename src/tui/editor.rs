//! A text in the person's own editor: the whole text comes back, or the old one stays. The only other
//! program that Astride ever starts. Not for deciding what becomes of the text.

use std::fs;
use std::io::Write as _;
use std::process::Command;

/// Opens a text in an editor, named as in `EDITOR`: a program, perhaps with options. Waits until it
/// ends. What goes wrong comes back as a sentence; the text in the session is as it was then.
pub fn edit(editor: &str, text: &str) -> Result<String, String> {
    let mut words = editor.split_whitespace();
    let Some(program) = words.next() else {
        return Err("EDITOR names no program. The text is as it was.".to_owned());
    };
    let failed = |what: &str, error: &dyn std::fmt::Display| {
        format!("{what}: {error}. The text is as it was.")
    };
    let mut file = tempfile::Builder::new()
        .prefix("astride-")
        .suffix(".md")
        .tempfile()
        .map_err(|error| failed("No file could be made for the editor", &error))?;
    // Editors end the last line; that is taken back below where it was not there before.
    file.write_all(text.as_bytes())
        .and_then(|()| file.flush())
        .map_err(|error| failed("The text could not be written for the editor", &error))?;
    let status = Command::new(program)
        .args(words)
        .arg(file.path())
        .status()
        .map_err(|error| failed(&format!("{program} could not be started"), &error))?;
    if !status.success() {
        return Err(format!(
            "{program} ended with {status}. The text is as it was."
        ));
    }
    // Editors save by putting another file in its place: read by name, not through the handle.
    let bytes = fs::read(file.path())
        .map_err(|error| failed("What the editor wrote could not be read", &error))?;
    let Ok(mut edited) = String::from_utf8(bytes) else {
        let kept = file.keep().map_or_else(
            |_| String::new(),
            |(_, path)| format!(" It is kept in {}.", path.display()),
        );
        return Err(format!(
            "What the editor wrote is not UTF-8.{kept} The text is as it was."
        ));
    };
    if edited.contains("\r\n") && !text.contains("\r\n") {
        edited = edited.replace("\r\n", "\n");
    }
    if edited.ends_with('\n') && !text.ends_with('\n') {
        edited.pop();
    }
    Ok(edited)
}

#[cfg(all(test, unix))]
mod tests {
    use super::*;

    #[test]
    fn the_whole_text_comes_back_without_the_editors_last_line_break() {
        let edited = edit("sed -i s/old/new/", "an old word").unwrap();
        assert_eq!(edited, "an new word");
        let edited = edit("sed -i $a\\more", "one\ntwo").unwrap();
        assert_eq!(edited, "one\ntwo\nmore");
    }

    #[test]
    fn an_editor_that_fails_leaves_the_text() {
        let words = edit("false", "text").unwrap_err();
        assert!(words.ends_with("The text is as it was."), "{words}");
        assert!(
            edit("/no/such/editor", "text")
                .unwrap_err()
                .contains("could not be started")
        );
        assert!(edit("  ", "text").is_err());
    }
}
