//! The diagram in plain letters: zones as groups, numbered elements, flows one a line.
//!
//! ```text
//! ┄ Workstation ┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄
//!    1 [Docker client]
//! ┄ Host ┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄
//!    2 [Docker daemon]
//!
//!    1 Docker client → 2 Docker daemon: Engine API calls (Unix socket)
//!      ┆ crosses Workstation | Host
//!
//! (person)  [runs]  [(keeps data)]  {others run it}
//! ```

use unicode_segmentation::UnicodeSegmentation;
use unicode_width::UnicodeWidthStr;

use super::model::{Diagram, Flow, Node};
use crate::catalog::Catalog;
use crate::catalog::types::{ElementKind, Id};
use crate::encode;
use crate::session::types::Session;

/// Where names and flows begin.
const INDENT: usize = 5;
/// The rule behind a zone's name is no longer than this, however wide the screen.
const WIDEST_RULE: usize = 60;
/// The shapes of the four kinds, and what they mean.
const KINDS: [(ElementKind, &str); 4] = [
    (ElementKind::Actor, "(person)"),
    (ElementKind::Process, "[runs]"),
    (ElementKind::Store, "[(keeps data)]"),
    (ElementKind::ExternalService, "{others run it}"),
];

/// The diagram of a system in at most `columns` columns (at least 20); nothing where nothing of it
/// is in scope. It may go to a terminal as it is: the catalog's texts are encoded.
pub fn text(session: &Session, catalog: &Catalog, system: &Id, columns: usize) -> Option<String> {
    let diagram = Diagram::of(session, catalog, system)?;
    let mut page = Page {
        text: String::new(),
        columns: columns.max(20),
    };
    for zone in &diagram.zones {
        page.zone(&zone.zone.name);
        for node in &zone.elements {
            page.hanging(&number(*node), &shaped(*node));
        }
    }
    if !diagram.flows.is_empty() {
        page.text.push('\n');
    }
    for flow in &diagram.flows {
        page.flow(flow);
    }
    let nodes = || diagram.zones.iter().flat_map(|zone| &zone.elements);
    let legend: Vec<&str> = KINDS
        .iter()
        .filter(|(kind, _)| nodes().any(|node| node.element.kind == *kind))
        .map(|(_, sign)| *sign)
        .collect();
    page.text.push('\n');
    page.hanging("", &legend.join("  "));
    Some(page.text)
}

fn number(node: Node<'_>) -> String {
    format!("{:>width$} ", node.number, width = INDENT - 1)
}

/// An element in the shape of its kind.
fn shaped(node: Node<'_>) -> String {
    let name = encode::screen(&node.element.name);
    match node.element.kind {
        ElementKind::Actor => format!("({name})"),
        ElementKind::Process => format!("[{name}]"),
        ElementKind::Store => format!("[({name})]"),
        ElementKind::ExternalService => format!("{{{name}}}"),
    }
}

struct Page {
    text: String,
    columns: usize,
}

impl Page {
    fn zone(&mut self, name: &str) {
        let name = format!("{} ", encode::screen(name));
        self.hanging("┄ ", &name);
        // Only ordinary blanks go at the end of a line; a no-break space stays and takes its column.
        let used = 3 + name.trim_end_matches(' ').width();
        let rule = WIDEST_RULE.min(self.columns).saturating_sub(used);
        if rule > 0 {
            // Behind the name, on the line that was just ended.
            self.text.pop();
            self.text.push(' ');
            self.text.extend(std::iter::repeat_n('┄', rule));
            self.text.push('\n');
        }
    }

    fn flow(&mut self, flow: &Flow<'_>) {
        let (what, how) = (flow.data.what.trim(), flow.data.how.trim());
        let mut words = format!(
            "{} → {} {}: {}",
            encode::screen(&flow.from.element.name),
            flow.to.number,
            encode::screen(&flow.to.element.name),
            encode::screen(what)
        );
        if !how.is_empty() {
            words.push_str(" (");
            words.push_str(&encode::screen(how));
            words.push(')');
        }
        self.hanging(&number(flow.from), &words);
        if flow.crosses() {
            let lead = format!("{}┆ ", " ".repeat(INDENT));
            let here = encode::screen(&flow.from.zone.name);
            let there = encode::screen(&flow.to.zone.name);
            self.hanging(&lead, &format!("crosses {here} | {there}"));
        }
    }

    /// Words behind a lead, broken between words and set in as far as the first line. A word that
    /// is longer than a line is broken inside.
    fn hanging(&mut self, lead: &str, words: &str) {
        let indent = lead.width();
        let mut used = indent;
        self.text.push_str(lead);
        for word in words.split_inclusive(' ') {
            let shown = word.trim_end_matches(' ');
            if used > indent && used + shown.width() > self.columns {
                self.break_line(indent);
                used = indent;
            }
            for grapheme in word.graphemes(true) {
                if grapheme != " " && used > indent && used + grapheme.width() > self.columns {
                    self.break_line(indent);
                    used = indent;
                }
                self.text.push_str(grapheme);
                used += grapheme.width();
            }
        }
        self.break_line(0);
    }

    fn break_line(&mut self, indent: usize) {
        let kept = self.text.trim_end_matches(' ').len();
        self.text.truncate(kept);
        self.text.push('\n');
        self.text.extend(std::iter::repeat_n(' ', indent));
    }
}

#[cfg(test)]
mod tests {
    use std::sync::LazyLock;

    use jiff::Timestamp;
    use pretty_assertions::assert_eq;
    use proptest::prelude::*;

    use super::*;
    use crate::catalog::types::System;

    fn id(text: &str) -> Id {
        Id::new(text).expect("tests use kebab-case")
    }

    fn session(components: &[&str]) -> Session {
        let components = components.iter().map(|one| id(one)).collect();
        Session::new("Team", id("free"), components, Timestamp::UNIX_EPOCH)
    }

    #[test]
    fn a_system_out_of_scope_has_no_diagram() {
        let catalog = Catalog::embedded();
        assert_eq!(text(&session(&["etcd"]), &catalog, &id("docker"), 80), None);
        assert_eq!(
            text(&session(&["etcd"]), &catalog, &id("unknown"), 80),
            None
        );
    }

    #[test]
    fn only_what_touches_the_scope_is_drawn() {
        let catalog = Catalog::embedded();
        let drawn = text(&session(&["etcd"]), &catalog, &id("kubernetes"), 80).expect("in scope");
        assert!(drawn.contains("[(etcd)]"));
        assert!(drawn.contains("Backup storage"));
        assert!(!drawn.contains("kubelet"));
    }

    #[test]
    fn a_flow_names_both_ends_and_the_boundary_it_crosses() {
        let catalog = Catalog::embedded();
        let drawn = text(
            &session(&["docker-client", "docker-host"]),
            &catalog,
            &id("docker"),
            200,
        )
        .expect("in scope");
        let lines: Vec<&str> = drawn.lines().collect();
        let at = lines
            .iter()
            .position(|line| line.contains("Docker client → ") && line.contains("Docker daemon"))
            .expect("the client calls the daemon");
        assert_eq!(lines[at + 1], "     ┆ crosses Workstation | Host");
    }

    #[test]
    fn every_diagram_fits_its_columns() {
        let catalog = Catalog::embedded();
        let session = session(
            &catalog
                .walk_order()
                .iter()
                .map(Id::as_str)
                .collect::<Vec<_>>(),
        );
        for system in &catalog.systems {
            for columns in [20, 37, 56, 80, 120] {
                let drawn = text(&session, &catalog, &system.id, columns).expect("in scope");
                for line in drawn.lines() {
                    assert!(line.width() <= columns, "{columns}: {line}");
                    assert_eq!(line.trim_end(), line);
                }
            }
        }
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(64))]

        #[test]
        fn foreign_names_neither_steer_nor_widen_it(name in any::<String>(), columns in 20..100_usize) {
            // The diagram needs the systems only; the rest of the catalog is slow to load each time.
            static SYSTEMS: LazyLock<Vec<System>> = LazyLock::new(|| Catalog::embedded().systems);
            let mut catalog = Catalog::default();
            catalog.systems.clone_from(&SYSTEMS);
            let system = catalog.systems.first_mut().expect("three ship");
            for zone in &mut system.trust_zones {
                zone.name = name.as_str().into();
            }
            for element in &mut system.elements {
                element.name = name.as_str().into();
            }
            let session = session(&["docker-client"]);
            let drawn = text(&session, &catalog, &id("docker"), columns).expect("in scope");
            prop_assert!(drawn.chars().all(|c| c == '\n' || !c.is_control()));
            for line in drawn.lines() {
                prop_assert!(line.graphemes(true).map(UnicodeWidthStr::width).sum::<usize>() <= columns);
            }
        }
    }
}
