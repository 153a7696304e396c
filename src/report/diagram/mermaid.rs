//! The diagram as a Mermaid flowchart, which many Markdown viewers draw.

use std::fmt::Write as _;

use super::model::Diagram;
use crate::catalog::Catalog;
use crate::catalog::types::{ElementKind, Id};
use crate::encode;
use crate::session::types::Session;

/// The flowchart of a system, without its fence; nothing where nothing of it is in scope.
pub fn mermaid(session: &Session, catalog: &Catalog, system: &Id) -> Option<String> {
    let diagram = Diagram::of(session, catalog, system)?;
    let mut out = String::from("flowchart LR\n");
    for (at, zone) in diagram.zones.iter().enumerate() {
        line(
            &mut out,
            &format!("  subgraph z{}[\"{}\"]", at + 1, label(&zone.zone.name)),
        );
        for node in &zone.elements {
            let name = label(&node.element.name);
            let shape = match node.element.kind {
                ElementKind::Actor => format!("([\"{name}\"])"),
                ElementKind::Process => format!("(\"{name}\")"),
                ElementKind::Store => format!("[(\"{name}\")]"),
                ElementKind::ExternalService => format!("[\"{name}\"]"),
            };
            line(&mut out, &format!("    e{}{shape}", node.number));
        }
        line(&mut out, "  end");
    }
    for flow in &diagram.flows {
        // A flow across a trust boundary is drawn thicker: that is where to look first.
        let arrow = if flow.crosses() { "==>" } else { "-->" };
        let (from, to) = (flow.from.number, flow.to.number);
        let what = label(&flow.data.what);
        line(&mut out, &format!("  e{from} {arrow}|\"{what}\"| e{to}"));
    }
    Some(out)
}

fn line(out: &mut String, text: &str) {
    out.push_str(text);
    out.push('\n');
}

/// A text for a quoted label. Letters, digits and plain punctuation stay; everything else is
/// written as Mermaid's own code, because Mermaid reads Markdown, HTML, directives (`%%`) and its
/// codes (`#`) inside quotes too. An empty label is a syntax error, so it becomes a dash.
fn label(text: &str) -> String {
    let mut out = String::new();
    let text = encode::screen(text.trim());
    // At its start a label is taken for a list by `1.` or `-`.
    let mut at_start = true;
    for character in text.chars() {
        let plain = match character {
            ' ' | ',' | '/' | ':' | '(' | '\'' => true,
            '.' | ')' | '-' | '+' => !at_start,
            _ => character.is_alphanumeric(),
        };
        at_start &= character.is_ascii_digit();
        if plain {
            out.push(character);
        } else {
            // Writing to a string cannot fail.
            let _ = write!(out, "#{};", character as u32);
        }
    }
    if out.is_empty() {
        out.push('–');
    }
    out
}

#[cfg(test)]
mod tests {
    use pretty_assertions::assert_eq;
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn a_label_cannot_end_itself_or_act() {
        assert_eq!(label("a\"] --> b"), "a#34;#93; --#62; b");
        assert_eq!(label("x;y#z"), "x#59;y#35;z");
        assert_eq!(label("%%{init}%%"), "#37;#37;#123;init#125;#37;#37;");
        assert_eq!(
            label("<b>`a`_b_*c*"),
            "#60;b#62;#96;a#96;#95;b#95;#42;c#42;"
        );
        assert_eq!(label("1. one"), "1#46; one");
        assert_eq!(label("- one"), "#45; one");
        assert_eq!(label("a\u{1b}\nb"), "a#8249;ESC#8250;#8629;b");
        assert_eq!(label(" "), "–");
    }

    #[test]
    fn ordinary_labels_stay_readable() {
        let text = "Engine API calls: build, run (Unix socket, HTTPS 2376) kube-apiserver";
        assert_eq!(label(text), text);
    }

    proptest! {
        #[test]
        fn nothing_in_a_label_means_anything(text in any::<String>()) {
            for character in label(&text).chars() {
                prop_assert!(
                    character.is_alphanumeric() || " ,/:(').-+#;–".contains(character)
                );
            }
        }
    }
}
