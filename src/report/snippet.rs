//! Which lines of a remediation are something to paste, so that a write-up can show them as code.
//!
//! A guess, and a careful one: JSON objects that parse, commands that look like nothing else, and
//! text that stands like this in the catalog's control. Everything else stays prose.

use serde_json::Value;

use crate::catalog::types::Control;
use crate::encode::{Foreign, ForeignText};

/// A part of a text, in order.
#[derive(Debug, PartialEq, Eq)]
pub enum Part {
    /// Sentences.
    Prose(ForeignText),
    /// Something to paste, with the language for its fence.
    Code(ForeignText, &'static str),
}

/// Commands that people write down in remediations.
const COMMANDS: [&str; 18] = [
    "auditctl",
    "chmod",
    "chown",
    "curl",
    "docker",
    "dockerd",
    "echo",
    "etcdctl",
    "grep",
    "kubeadm",
    "kubectl",
    "mkdir",
    "openssl",
    "ps",
    "sed",
    "stat",
    "sudo",
    "systemctl",
];

/// A longer JSON object stays prose, in bytes.
const LONGEST_OBJECT: usize = 4 * 1024;

/// Splits a text into prose and code. Lines and their order stay; parts without words go.
pub fn parts<'a>(text: impl Into<Foreign<'a>>, control: Option<&Control>) -> Vec<Part> {
    let text = text.into().raw().replace("\r\n", "\n").replace('\r', "\n");
    let mut parts = Vec::new();
    let mut prose = Vec::new();
    let mut rest = Some(text.as_str());
    while let Some(here) = rest {
        let (count, language) = code_at(here, control).unzip();
        let (taken, after) = split_lines(here, count.unwrap_or(1));
        match language {
            Some(language) => {
                push_prose(&mut parts, &mut prose);
                parts.push(Part::Code(taken.into(), language));
            }
            None => prose.push(taken),
        }
        rest = after;
    }
    push_prose(&mut parts, &mut prose);
    parts
}

/// So many lines, and what follows them.
fn split_lines(text: &str, count: usize) -> (&str, Option<&str>) {
    match text.match_indices('\n').nth(count - 1) {
        Some((at, _)) => (&text[..at], Some(&text[at + 1..])),
        None => (text, None),
    }
}

fn push_prose(parts: &mut Vec<Part>, prose: &mut Vec<&str>) {
    let text = std::mem::take(prose).join("\n");
    if !text.trim().is_empty() {
        parts.push(Part::Prose(text.into()));
    }
}

/// How many of the first lines are code, and in which language.
fn code_at(text: &str, control: Option<&Control>) -> Option<(usize, &'static str)> {
    known_snippet(text, control)
        .or_else(|| json_object(text).map(|count| (count, "json")))
        .or_else(|| commands(text).map(|count| (count, "sh")))
}

fn known_snippet(text: &str, control: Option<&Control>) -> Option<(usize, &'static str)> {
    let snippets = &control?.remediation.snippets;
    snippets.iter().find_map(|snippet| {
        let wanted: Vec<&str> = snippet
            .text
            .trim_end()
            .split('\n')
            .map(str::trim_end)
            .collect();
        // One plain word is no snippet to recognise.
        let telling = wanted.len() > 1 || wanted[0].contains([' ', '=', ':']);
        let here = text.split('\n').map(str::trim_end).take(wanted.len());
        (telling && here.eq(wanted.iter().copied()))
            .then(|| (wanted.len(), snippet.kind.fence_language()))
    })
}

/// The lines of a JSON object that begins and ends with whole lines.
fn json_object(text: &str) -> Option<usize> {
    if !text.trim_start_matches(' ').starts_with('{') {
        return None;
    }
    // Bounded, because every line may look like the start of an object that never ends.
    let mut end = text.len().min(LONGEST_OBJECT);
    while !text.is_char_boundary(end) {
        end -= 1;
    }
    let text = &text[..end];
    let mut values = serde_json::Deserializer::from_str(text).into_iter::<Value>();
    values.next()?.ok()?;
    let end = values.byte_offset();
    let ends_its_line = text[end..].split('\n').next()?.trim().is_empty();
    ends_its_line.then(|| text[..end].matches('\n').count() + 1)
}

/// A run of lines that are commands.
fn commands(text: &str) -> Option<usize> {
    let count = text.split('\n').take_while(|line| is_command(line)).count();
    (count > 0).then_some(count)
}

/// A known command with an option, a path or a setting, and not the end of a sentence. Lines that
/// show a prompt (`$ `) stay prose: linters forbid them as code.
fn is_command(line: &str) -> bool {
    let Some((command, arguments)) = line.trim_end().split_once(' ') else {
        return false;
    };
    let telling = |word: &str| word.starts_with(['-', '/']) || word.contains('=');
    COMMANDS.contains(&command)
        && arguments.split(' ').any(telling)
        && !arguments.ends_with(['.', ',', ':', ';', '!', '?'])
}

#[cfg(test)]
mod tests {
    use pretty_assertions::assert_eq;
    use proptest::prelude::*;

    use super::*;

    fn prose(text: &str) -> Part {
        Part::Prose(text.into())
    }

    fn code(text: &str, language: &'static str) -> Part {
        Part::Code(text.into(), language)
    }

    #[test]
    fn a_daemon_json_after_a_sentence_is_code() {
        let text =
            "Edit /etc/docker/daemon.json with\n{\n  \"userland-proxy\": false\n}\n\nRestart.";
        assert_eq!(
            parts(text, None),
            [
                prose("Edit /etc/docker/daemon.json with"),
                code("{\n  \"userland-proxy\": false\n}", "json"),
                prose("\nRestart."),
            ]
        );
    }

    #[test]
    fn commands_are_code_and_sentences_about_them_are_not() {
        let commands = "docker run --memory 256m app\nchmod 644 /etc/docker/daemon.json";
        assert_eq!(parts(commands, None), [code(commands, "sh")]);
        for text in [
            "docker should not run as root",
            "docker run takes --memory for this.",
            "Use --memory",
            "$ docker info --format x",
            "{not json}",
            "{\"a\": 1} is the setting",
            "",
        ] {
            let expected: Vec<Part> = [text]
                .into_iter()
                .filter(|text| !text.is_empty())
                .map(prose)
                .collect();
            assert_eq!(parts(text, None), expected);
        }
    }

    #[test]
    fn a_snippet_of_the_catalog_is_recognised() {
        let catalog = crate::catalog::Catalog::embedded();
        let (control, snippet) = catalog
            .controls
            .iter()
            .flat_map(|control| {
                let snippets = control.remediation.snippets.iter();
                snippets.map(move |snippet| (control, snippet))
            })
            .find(|(_, snippet)| snippet.kind.fence_language() == "yaml")
            .expect("the catalog has manifests");
        let text = format!("Apply this:\n{}", snippet.text);
        assert_eq!(
            parts(&text, Some(control)),
            [prose("Apply this:"), code(snippet.text.trim_end(), "yaml")]
        );
    }

    #[test]
    fn many_openings_take_no_long_time() {
        for line in ["{", "{\"a\":[", "{\"a\":", "docker"] {
            parts(
                &format!("{line}\n").repeat(256 * 1024 / (line.len() + 1)),
                None,
            );
        }
    }

    proptest! {
        #[test]
        fn every_line_with_words_stays(text in "([{}\":a -/\n]|docker run -v /|\\{\"a\": 1\\}\n){0,30}") {
            let lines = |text: &str| -> Vec<String> {
                text.split('\n').filter(|line| !line.trim().is_empty()).map(str::to_owned).collect()
            };
            let mut found = Vec::new();
            for part in parts(&text, None) {
                match part {
                    Part::Prose(text) | Part::Code(text, _) => found.extend(lines(text.raw())),
                }
            }
            prop_assert_eq!(found, lines(&text));
        }
    }
}
