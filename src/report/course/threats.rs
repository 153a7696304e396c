//! The sections of threats: each threat with everything known about it, then the other answers.

use crate::encode::{Foreign, ForeignText, foreign};
use crate::report::markdown::{Document, item_with_facts};
use crate::report::sections::Section;
use crate::report::source::{Source, response, risk};
use crate::session::types::{Cell, Mitigation, Threat};

impl<'a> Source<'a> {
    pub fn threats(&self, document: &mut Document) {
        for section in &self.sections {
            document.heading(2, &section.title);
            if section.threats.is_empty() && section.asked {
                document.paragraphs("No threats are recorded yet.");
            }
            for threat in &section.threats {
                self.threat(threat, document);
            }
            self.other_answers(section, document);
        }
    }

    fn threat(&self, threat: &'a Threat, document: &mut Document) {
        let number = self
            .threats
            .get(&threat.id)
            .map_or(0, |(number, _)| *number);
        let title = threat.title.trim().or("Untitled threat");
        document.heading(3, &foreign!("{}. {}", number, title));
        let category = format!("{} ({})", threat.category, threat.category.letter());
        document.facts(&[
            ("Category", category.as_str().into()),
            ("Component", self.component(&threat.component).into()),
            ("Attack surface", self.surface(threat).into()),
            ("Risk", risk(threat).as_str().into()),
            ("Response", response(threat).as_foreign()),
            ("Recorded by", self.recorded_by(&threat.created)),
        ]);
        document.labelled("What goes wrong", &threat.what_goes_wrong);
        document.labelled("Preconditions", &threat.preconditions);
        document.labelled("Consequences", &threat.consequences);
        document.labelled("Why this response", &threat.response_reason);
        if let Some(mitigations) = self.mitigations.get(&threat.id) {
            document.label("Mitigations");
            let items: Vec<String> = mitigations.iter().map(|one| self.mitigation(one)).collect();
            document.items(&items);
        }
        self.references(threat, document);
    }

    fn mitigation(&self, mitigation: &Mitigation) -> String {
        let owner = if self.options.names {
            mitigation.owner.as_foreign()
        } else {
            Foreign::default()
        };
        item_with_facts(
            &mitigation.what,
            &[
                ("Status", mitigation.status.name().into()),
                ("Owner", owner),
                ("Due", mitigation.due.as_foreign()),
                ("How to verify", mitigation.verify.as_foreign()),
                ("Evidence", mitigation.evidence.as_foreign()),
            ],
        )
    }

    /// What the catalog says about the suggestion that the threat was taken from, and the controls.
    fn references(&self, threat: &Threat, document: &mut Document) {
        let lists = self.cited(threat);
        if lists.is_empty() {
            return;
        }
        document.label("References");
        let facts: Vec<(&str, Foreign<'_>)> = lists
            .iter()
            .map(|(label, names)| (*label, names.as_str().into()))
            .collect();
        document.facts(&facts);
    }

    /// Where nothing applies, which suggestions were left, and notes on cells.
    fn other_answers(&self, section: &Section<'a>, document: &mut Document) {
        let place = |cell: &'a Cell| {
            [
                ForeignText::from(self.component(&cell.component)),
                cell.category.name().into(),
            ]
        };
        let mut nothing = Vec::new();
        let mut left = Vec::new();
        let mut notes = Vec::new();
        for &cell in &section.cells {
            let [component, category] = place(cell);
            if let Some(answer) = &cell.nothing_applies
                && !answer.reason.trim().is_empty()
            {
                nothing.push([component.clone(), category.clone(), answer.reason.clone()]);
            }
            for one in cell.left.iter().filter(|one| !one.reason.trim().is_empty()) {
                let id = one.suggestion.as_str();
                let title = self
                    .catalog
                    .threat(id)
                    .map_or(id, |(_, known)| &known.title);
                left.push([
                    component.clone(),
                    category.clone(),
                    title.into(),
                    one.reason.clone(),
                ]);
            }
            if !cell.note.trim().is_empty() {
                notes.push(item_with_facts(
                    &foreign!("{}, {}", component, category),
                    &[("Note", cell.note.as_foreign())],
                ));
            }
        }
        if !(nothing.is_empty() && left.is_empty() && notes.is_empty()) {
            document.heading(3, &format!("{}: other answers", section.name));
        }
        if !nothing.is_empty() {
            document.label("Where nothing applies");
            document.table(["Component", "Category", "Reason"], &nothing);
        }
        if !left.is_empty() {
            document.label("Looked at and left");
            document.table(["Component", "Category", "Suggestion", "Reason"], &left);
        }
        if !notes.is_empty() {
            document.label("Notes");
            document.items(&notes);
        }
    }
}
