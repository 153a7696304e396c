//! The threats, one panel each, and the table of what is to be done about them.

use super::Writer;
use super::page::Page;
use crate::encode;
use crate::session::id::ThreatId;
use crate::session::types::{Impact, Likelihood, Mitigation, Response, Threat};
use crate::session::words::Risk;

/// The risk of a threat that was rated on both scales.
pub fn risk(threat: &Threat) -> Option<Risk> {
    Some(Risk::of(threat.likelihood?, threat.impact?))
}

impl<'a> Writer<'a> {
    pub fn threats(&self, page: &mut Page) {
        page.section("threats", "Threats");
        if self.sections.is_empty() {
            page.note("No threats are recorded yet.");
        }
        for (system, threats) in &self.sections {
            page.heading(3, system);
            for (number, threat) in threats {
                self.threat(*number, threat, page);
            }
        }
    }

    fn threat(&self, number: usize, threat: &'a Threat, page: &mut Page) {
        let risk = risk(threat);
        let class = risk.map_or("", Risk::name);
        page.put(format_args!(
            "<article class=\"threat {class}\" id=\"threat-{number}\">\n"
        ));
        let title = match threat.title.trim() {
            "" => "Untitled threat",
            title => title,
        };
        page.heading(4, &format!("{number}. {title}"));
        if let Some(risk) = risk {
            page.put(format_args!(
                "<p><span class=\"risk {0}\">{0} risk</span></p>\n",
                risk.name()
            ));
        }
        let likelihood = threat.likelihood.map_or("", Likelihood::name);
        let impact = threat.impact.map_or("", Impact::name);
        let until = if threat.response == Some(Response::Accept) {
            threat.accepted_until.as_str()
        } else {
            ""
        };
        let by = threat.created.by.as_ref().filter(|_| self.options.names);
        let by = by.map_or("", |id| {
            let known = self.people.get(id).copied();
            known.unwrap_or(id.as_str())
        });
        page.facts(&[
            ("Category", threat.category.name()),
            ("Component", self.component(&threat.component)),
            ("Attack surface", self.surface(threat)),
            ("Likelihood", likelihood),
            ("Impact", impact),
            ("Response", threat.response.map_or("", Response::name)),
            ("Accepted until", until),
            ("Recorded by", by),
        ]);
        page.labelled("What goes wrong", &threat.what_goes_wrong);
        page.labelled("Preconditions", &threat.preconditions);
        page.labelled("Consequences", &threat.consequences);
        page.labelled("Why this response", &threat.response_reason);
        if let Some(mitigations) = self.mitigations.get(&threat.id) {
            page.push("<p class=\"label\">Mitigations</p>\n<ul>\n");
            for mitigation in mitigations {
                self.mitigation(mitigation, page);
            }
            page.push("</ul>\n");
        }
        self.references(threat, page);
        page.push("</article>\n");
    }

    fn surface(&self, threat: &'a Threat) -> &'a str {
        let Some(id) = &threat.surface else { return "" };
        self.catalog
            .component(threat.component.as_str())
            .and_then(|one| one.surfaces.iter().find(|surface| surface.id == *id))
            .map_or(id.as_str(), |surface| surface.name.as_str())
    }

    fn mitigation(&self, mitigation: &Mitigation, page: &mut Page) {
        page.push("<li>");
        if mitigation.what.trim().is_empty() {
            page.note("Not described yet");
        }
        page.paragraphs(&mitigation.what);
        let owner = if self.options.names {
            mitigation.owner.as_str()
        } else {
            ""
        };
        page.facts(&[
            ("Status", mitigation.status.name()),
            ("Owner", owner),
            ("Due", &mitigation.due),
        ]);
        page.labelled("How to verify", &mitigation.verify);
        page.labelled("Evidence", &mitigation.evidence);
        page.push("</li>\n");
    }

    /// What the catalog says about the suggestion it was taken from, and the benchmarks' checks.
    fn references(&self, threat: &Threat, page: &mut Page) {
        let suggestion = threat.suggestion.as_ref();
        let known = suggestion.and_then(|id| self.catalog.threat(id.as_str()));
        let cited = known.into_iter().flat_map(|(_, known)| &known.references);
        let mut names: Vec<String> = cited
            .map(|id| match self.catalog.reference(id.as_str()) {
                Some(found) if found.name != id.as_str() => format!("{id} {}", found.name),
                _ => id.to_string(),
            })
            .collect();
        names.extend(threat.controls.iter().map(|id| {
            let control = self.catalog.control(id.as_str());
            let title = control.map_or(id.as_str(), |one| one.title.as_str());
            format!("Check: {title}")
        }));
        page.labelled("References", &names.join("\n"));
    }

    /// Every mitigation in a table: the one for whoever has to do it.
    pub fn to_be_done(&self, page: &mut Page) {
        if self.session.mitigations.is_empty() {
            return;
        }
        page.section("mitigations", "What is to be done");
        let mut rows: Vec<(&Mitigation, [String; 5])> = self
            .session
            .mitigations
            .iter()
            .map(|one| {
                let owner = if self.options.names {
                    one.owner.clone()
                } else {
                    String::new()
                };
                let row = [
                    one.what.clone(),
                    one.status.name().to_owned(),
                    owner,
                    one.due.clone(),
                    self.numbers_of(&one.threats),
                ];
                (one, row)
            })
            .collect();
        // What is still to be done first; within, as it was noted.
        rows.sort_by_key(|(one, _)| one.status);
        let rows: Vec<[String; 5]> = rows.into_iter().map(|(_, row)| row).collect();
        page.table(["Mitigation", "Status", "Owner", "Due", "Threats"], &rows);
    }

    /// The numbers of threats, as other sections name them.
    pub fn numbers_of(&self, threats: &[ThreatId]) -> String {
        let mut numbers: Vec<usize> = threats
            .iter()
            .filter_map(|id| self.numbers.get(id).copied())
            .collect();
        numbers.sort_unstable();
        let numbers: Vec<String> = numbers.iter().map(ToString::to_string).collect();
        numbers.join(", ")
    }

    /// A block to paste.
    pub fn code(page: &mut Page, text: &str) {
        page.put(format_args!(
            "<pre><code>{}</code></pre>\n",
            encode::html_code(text)
        ));
    }
}
