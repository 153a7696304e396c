//! The diagram as a Mermaid flowchart, which many Markdown viewers draw.

use std::fmt::Write as _;

use super::model::Diagram;
use crate::catalog::Catalog;
use crate::catalog::types::{ElementKind, Id};
use crate::session::types::Session;

/// The flowchart of a system, without its fence; nothing where nothing of it is in scope.
pub fn mermaid(session: &Session, catalog: &Catalog, system: &Id) -> Option<String> {
    let diagram = Diagram::of(session, catalog, system)?;
    let mut out = String::from("flowchart LR\n");
    let mut number = 0;
    for (at, (zone, elements)) in diagram.zones.iter().enumerate() {
        let _ = writeln!(out, "    subgraph z{}[\"{}\"]", at + 1, label(&zone.name));
        for element in elements {
            number += 1;
            let name = label(&element.name);
            let _ = match element.kind {
                ElementKind::Actor => writeln!(out, "        e{number}([\"{name}\"])"),
                ElementKind::Process => writeln!(out, "        e{number}[\"{name}\"]"),
                ElementKind::Store => writeln!(out, "        e{number}[(\"{name}\")]"),
                ElementKind::ExternalService => {
                    writeln!(out, "        e{number}{{{{\"{name}\"}}}}")
                }
            };
        }
        out.push_str("    end\n");
    }
    for flow in &diagram.flows {
        let (from, to) = (diagram.number(&flow.from), diagram.number(&flow.to));
        let crosses = diagram.zone(&flow.from).map(|zone| &zone.id)
            != diagram.zone(&flow.to).map(|zone| &zone.id);
        // A flow across a trust boundary is drawn thicker: that is where to look first.
        let arrow = if crosses { "==>" } else { "-->" };
        let _ = writeln!(out, "    e{from} {arrow}|\"{}\"| e{to}", label(&flow.what));
    }
    Some(out)
}

/// A text for a quoted label: what would end it or act in it is written as Mermaid's own code.
fn label(text: &str) -> String {
    let mut out = String::new();
    for character in crate::encode::screen(text).chars() {
        match character {
            '"' | '#' | ';' | '<' | '>' | '&' | '`' | '[' | ']' | '{' | '}' | '|' | '\\' => {
                let _ = write!(out, "#{};", character as u32);
            }
            '\n' => out.push(' '),
            other => out.push(other),
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use pretty_assertions::assert_eq;

    use super::*;

    #[test]
    fn a_label_cannot_end_itself() {
        assert_eq!(label("a\"] --> b"), "a#34;#93; --#62; b");
        assert_eq!(label("x;y#z"), "x#59;y#35;z");
    }
}
