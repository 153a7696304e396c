//! Fenced blocks of JSON and YAML that do not parse. What is not marked as either is left alone.

use saphyr_parser::Parser;
use serde_json::Value;

use super::{Add, JSON, YAML, daemon_json};

pub(super) fn check(text: &str, add: &mut Add<'_>) {
    if !text.contains("```") && !text.contains("~~~") {
        return;
    }
    for block in blocks(text) {
        // Templates are filled in before they are parsed.
        if block.text.contains("{{") {
            continue;
        }
        match block.language.as_str() {
            "json" => {
                if let Err(error) = serde_json::from_str::<Value>(&block.text) {
                    let line = error.line();
                    let reason = daemon_json::reason(&error);
                    add(
                        &JSON,
                        "json",
                        format!("a block of JSON does not parse (its line {line}: {reason})"),
                    );
                }
            }
            "yaml" | "yml" => {
                let mut parser = Parser::new_from_str(&block.text);
                if let Some(error) = parser.find_map(Result::err) {
                    let line = error.marker().line();
                    let reason = error.info();
                    add(
                        &YAML,
                        "yaml",
                        format!("a block of YAML does not parse (its line {line}: {reason})"),
                    );
                }
            }
            _ => {}
        }
    }
}

struct Block {
    language: String,
    text: String,
}

/// The fenced blocks of a text; one that is never closed goes on to the end.
fn blocks(text: &str) -> Vec<Block> {
    let mut blocks = Vec::new();
    let mut open: Option<(&str, usize, Block)> = None;
    for line in text.lines() {
        let trimmed = line.trim_start();
        let indent = line.len() - trimmed.len();
        let length = trimmed.len() - trimmed.trim_start_matches(['`', '~']).len();
        let (fence, rest) = trimmed.split_at(length);
        let is_fence = fence.starts_with("```") || fence.starts_with("~~~");
        open = match open {
            None if is_fence => {
                let language = rest.split_whitespace().next().unwrap_or_default();
                let block = Block {
                    language: language.to_ascii_lowercase(),
                    text: String::new(),
                };
                Some((fence, indent, block))
            }
            None => None,
            Some((opening, _, block)) if fence.starts_with(opening) && rest.trim().is_empty() => {
                blocks.push(block);
                None
            }
            Some((opening, indent, mut block)) => {
                // What is set in with its fence is not part of the text.
                let own = line.len() - line.trim_start_matches(' ').len();
                block.text.push_str(&line[own.min(indent)..]);
                block.text.push('\n');
                Some((opening, indent, block))
            }
        };
    }
    blocks.extend(open.map(|(_, _, block)| block));
    blocks
}
