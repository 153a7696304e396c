//! A difference as text and as Markdown. Not for what differs: see the module above.

use super::{Changed, Difference, MitigationLine, Overview, ThreatLine};
use crate::merge::paper::{Item, Paper};

impl Difference {
    /// For a terminal.
    pub fn text(&self) -> String {
        if self.is_empty() {
            return "Nothing is different.\n".to_owned();
        }
        self.paper().text()
    }

    /// As Markdown.
    pub fn markdown(&self) -> String {
        self.paper().markdown()
    }

    fn paper(&self) -> Paper {
        let size = |one: &Overview| {
            format!(
                "{} ({} threats, {} of {} cells answered)",
                one.title, one.threats, one.answered_cells, one.cells
            )
        };
        let mut paper = Paper {
            title: "What changed".to_owned(),
            facts: vec![("Before", size(&self.before)), ("After", size(&self.after))],
            ..Paper::default()
        };
        let threats = |lines: &[ThreatLine]| -> Vec<Item> {
            let items = lines.iter().map(|one| {
                Item::new(&one.title)
                    .with("cell", format!("{} · {}", one.component, one.category))
                    .with("risk", one.risk.unwrap_or_default())
            });
            items.collect()
        };
        paper.list("Threats added", threats(&self.threats_added));
        paper.list("Threats gone", threats(&self.threats_gone));
        paper.list("Threats changed", in_items(&self.threats_changed));
        let risks = |wanted: &[&str]| -> Vec<Item> {
            let risks = self
                .risks
                .iter()
                .filter(|one| wanted.contains(&one.direction));
            let words = |risk: Option<&'static str>| risk.unwrap_or("not rated");
            let items = risks.map(|one| {
                let change = format!("{} → {}", words(one.before), words(one.after));
                Item::new(&one.title).with("risk", change)
            });
            items.collect()
        };
        paper.list("Risks up", risks(&["up"]));
        paper.list("Risks down", risks(&["down"]));
        paper.list("Rated, or not any more", risks(&["rated", "unrated"]));
        let moved = |further: bool| -> Vec<Item> {
            let moved = self.mitigations_moved.iter();
            let moved = moved.filter(|one| (one.after > one.before) == further);
            let items = moved.map(|one| {
                let change = format!("{} → {}", one.before.name(), one.after.name());
                Item::new(&one.what).with("how far", change)
            });
            items.collect()
        };
        let mitigations = |lines: &[MitigationLine]| -> Vec<Item> {
            let items = lines
                .iter()
                .map(|one| Item::new(&one.what).with("how far", one.status.name()));
            items.collect()
        };
        paper.list("Mitigations done or checked", moved(true));
        paper.list("Mitigations taken back", moved(false));
        paper.list("Mitigations added", mitigations(&self.mitigations_added));
        paper.list("Mitigations gone", mitigations(&self.mitigations_gone));
        let findings = |all: &[String]| all.iter().map(Item::new).collect();
        paper.list("Findings fixed", findings(&self.findings_fixed));
        paper.list("Findings new", findings(&self.findings_new));
        paper.list("Also different", in_items(&self.others));
        paper
    }
}

fn in_items(all: &[Changed]) -> Vec<Item> {
    let items = all.iter().map(|one| {
        let mut item = Item::new(&one.what);
        for field in &one.fields {
            let change = match (field.before.as_str(), field.after.as_str()) {
                ("", after) => after.to_owned(),
                (before, "") => before.to_owned(),
                (before, after) => format!("{before} → {after}"),
            };
            item = item.with(field.field, change);
        }
        item
    });
    items.collect()
}
