//! The diagram in plain letters: zones as groups, numbered elements, flows one a line.
//!
//! ```text
//! ┄ Workstation ┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄
//!   1 [Docker client]
//!
//!   1 → 4  Engine API calls (Unix socket)
//!          ┆ crosses Workstation | Host
//! ```

use std::fmt::Write as _;

use unicode_width::UnicodeWidthStr;

use super::model::Diagram;
use crate::catalog::Catalog;
use crate::catalog::types::{Element, ElementKind, Id};
use crate::session::types::Session;

/// The diagram of a system in at most `columns` columns; nothing where nothing of it is in scope.
pub fn text(session: &Session, catalog: &Catalog, system: &Id, columns: usize) -> Option<String> {
    let diagram = Diagram::of(session, catalog, system)?;
    let mut out = String::new();
    let mut number = 0;
    for (zone, elements) in &diagram.zones {
        let rule = "┄".repeat(columns.min(60).saturating_sub(zone.name.width() + 3));
        let _ = writeln!(out, "┄ {} {rule}", zone.name);
        for element in elements {
            number += 1;
            let _ = writeln!(out, "{number:>4} {}", shaped(element));
        }
    }
    out.push('\n');
    for flow in &diagram.flows {
        let (from, to) = (diagram.number(&flow.from), diagram.number(&flow.to));
        let lead = format!("{from:>4} → {to:<3}");
        wrapped(
            &mut out,
            &lead,
            &format!("{} ({})", flow.what, flow.how),
            columns,
        );
        let zones = (diagram.zone(&flow.from), diagram.zone(&flow.to));
        if let (Some(here), Some(there)) = zones
            && here.id != there.id
        {
            let words = format!("┆ crosses {} | {}", here.name, there.name);
            wrapped(&mut out, &" ".repeat(lead.width()), &words, columns);
        }
    }
    Some(out)
}

/// An element in the shape of its kind: `(person)`, `[runs]`, `[(keeps data)]`, `{others run it}`.
fn shaped(element: &Element) -> String {
    match element.kind {
        ElementKind::Actor => format!("({})", element.name),
        ElementKind::Process => format!("[{}]", element.name),
        ElementKind::Store => format!("[({})]", element.name),
        ElementKind::ExternalService => format!("{{{}}}", element.name),
    }
}

/// Words behind a lead, broken between words and set in as far as the first line.
fn wrapped(out: &mut String, lead: &str, words: &str, columns: usize) {
    let indent = lead.width() + 1;
    let mut line = format!("{lead} ");
    let mut used = indent;
    for word in words.split(' ') {
        if used > indent && used + word.width() > columns {
            out.push_str(line.trim_end());
            out.push('\n');
            line = " ".repeat(indent);
            used = indent;
        }
        line.push_str(word);
        line.push(' ');
        used += word.width() + 1;
    }
    out.push_str(line.trim_end());
    out.push('\n');
}
