//! The sections of threats: each threat with everything known about it, then the other answers.

use super::Writer;
use super::sections::Section;
use crate::catalog::types::{Id, Reference, ReferenceId, ReferenceKind};
use crate::report::markdown::{Document, item_with_facts};
use crate::session::types::{Cell, Mitigation, Response, Stamp, Threat};
use crate::session::words::Risk;

/// The kinds of references in the order of the list, and how they are introduced.
const KINDS: [(ReferenceKind, &str); 8] = [
    (ReferenceKind::Attack, "MITRE ATT&CK"),
    (ReferenceKind::MicrosoftMatrix, "Microsoft threat matrix"),
    (ReferenceKind::Cwe, "Weaknesses"),
    (ReferenceKind::Capec, "Attack patterns"),
    (ReferenceKind::Cve, "Vulnerabilities"),
    (ReferenceKind::Nist, "NIST SP 800-190"),
    (ReferenceKind::Owasp, "OWASP"),
    (ReferenceKind::Document, "Documents"),
];

impl<'a> Writer<'a> {
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
        let title = match threat.title.trim() {
            "" => "Untitled threat",
            title => title,
        };
        document.heading(3, &format!("{number}. {title}"));
        let category = format!("{} ({})", threat.category, threat.category.letter());
        document.facts(&[
            ("Category", &category),
            ("Component", self.component(&threat.component)),
            ("Attack surface", self.surface(threat)),
            ("Risk", &risk(threat)),
            ("Response", &response(threat)),
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

    fn surface(&self, threat: &'a Threat) -> &'a str {
        let Some(id) = &threat.surface else {
            return "";
        };
        self.catalog
            .component(threat.component.as_str())
            .and_then(|one| one.surfaces.iter().find(|surface| surface.id == *id))
            .map_or(id.as_str(), |surface| surface.name.as_str())
    }

    /// Who wrote it first. Somebody who has left the session since is known by the id only.
    fn recorded_by(&self, stamp: &'a Stamp) -> &'a str {
        match &stamp.by {
            Some(id) if self.options.names => self.people.get(id).copied().unwrap_or(id.as_str()),
            _ => "",
        }
    }

    fn mitigation(&self, mitigation: &Mitigation) -> String {
        let owner = if self.options.names {
            mitigation.owner.as_str()
        } else {
            ""
        };
        item_with_facts(
            &mitigation.what,
            &[
                ("Status", mitigation.status.name()),
                ("Owner", owner),
                ("Due", &mitigation.due),
                ("How to verify", &mitigation.verify),
                ("Evidence", &mitigation.evidence),
            ],
        )
    }

    /// What the catalog says about the suggestion that the threat was taken from, and the controls.
    fn references(&self, threat: &Threat, document: &mut Document) {
        let suggestion = threat.suggestion.as_ref().map(Id::as_str);
        let known = suggestion.and_then(|id| self.catalog.threat(id));
        let cited: Vec<(&ReferenceId, Option<&Reference>)> = known
            .map(|(_, known)| known.references.as_slice())
            .unwrap_or_default()
            .iter()
            .map(|id| (id, self.catalog.reference(id.as_str())))
            .collect();
        let mut lists: Vec<(&str, Vec<String>)> = KINDS
            .iter()
            .map(|(kind, label)| {
                let of_kind = cited.iter().filter_map(|(id, found)| match found {
                    Some(found) if found.kind == *kind => Some(reference(found)),
                    // What the catalog does not explain is still worth its id.
                    None if *kind == ReferenceKind::Document => Some(id.to_string()),
                    _ => None,
                });
                (*label, of_kind.collect())
            })
            .collect();
        let controls = threat.controls.iter().map(|id| {
            let control = self.catalog.control(id.as_str());
            control.map_or_else(|| id.to_string(), |one| one.title.clone())
        });
        lists.push(("Benchmark checks", controls.collect()));
        let facts: Vec<(&str, String)> = lists
            .into_iter()
            .map(|(label, names)| (label, names.join("; ")))
            .filter(|(_, names)| !names.is_empty())
            .collect();
        if !facts.is_empty() {
            document.label("References");
            let facts: Vec<(&str, &str)> = facts
                .iter()
                .map(|(label, names)| (*label, names.as_str()))
                .collect();
            document.facts(&facts);
        }
    }

    /// Where nothing applies, which suggestions were left, and notes on cells.
    fn other_answers(&self, section: &Section<'a>, document: &mut Document) {
        let place = |cell: &'a Cell| {
            [
                self.component(&cell.component).to_owned(),
                cell.category.to_string(),
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
                    title.to_owned(),
                    one.reason.clone(),
                ]);
            }
            if !cell.note.trim().is_empty() {
                notes.push(item_with_facts(
                    &format!("{component}, {category}"),
                    &[("Note", &cell.note)],
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

fn reference(found: &Reference) -> String {
    let id = found.id.as_str();
    match found.kind {
        // The name of a vulnerability is where it was found, which says little here.
        ReferenceKind::Cve => id.to_owned(),
        ReferenceKind::Document => match &found.edition {
            Some(edition) => format!("{}, {edition}", found.name),
            None => found.name.clone(),
        },
        ReferenceKind::Nist => format!("{} {}", id.trim_start_matches("NIST-"), found.name),
        ReferenceKind::Owasp => format!("{} {}", id.trim_start_matches("OWASP-"), found.name),
        _ => format!("{id} {}", found.name),
    }
}

fn risk(threat: &Threat) -> String {
    match (threat.likelihood, threat.impact) {
        (Some(often), Some(bad)) => format!(
            "{} (likelihood {}: {}; impact {}: {})",
            Risk::of(often, bad).name(),
            often.name(),
            often.meaning(),
            bad.name(),
            bad.meaning()
        ),
        (Some(often), None) => format!("likelihood {}, impact not rated yet", often.name()),
        (None, Some(bad)) => format!("impact {}, likelihood not rated yet", bad.name()),
        (None, None) => String::new(),
    }
}

fn response(threat: &Threat) -> String {
    let Some(response) = threat.response else {
        return String::new();
    };
    let until = threat.accepted_until.trim();
    if response == Response::Accept && !until.is_empty() {
        format!("{}, until {until}", response.name())
    } else {
        response.name().to_owned()
    }
}
