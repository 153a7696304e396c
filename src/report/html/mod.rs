//! The form `html`: the whole session as one page for a browser, without scripts and without anything to
//! fetch: numbers first, then scope, diagrams, coverage, threats, what is to be done, findings, answers.

mod answers;
mod page;
mod threats;

use std::collections::{HashMap, HashSet};

use self::page::Page;
use super::{Options, diagram};
use crate::catalog::Catalog;
use crate::catalog::types::{Id, Text};
use crate::encode::{self, Foreign, ForeignText};
use crate::session::coverage::{CellState, Coverage};
use crate::session::id::{ParticipantId, ThreatId};
use crate::session::types::{Mitigation, Session, Threat};
use crate::session::words::Risk;
use crate::stride::Category;

/// Writes a session up.
pub fn write(session: &Session, catalog: &Catalog, options: &Options) -> String {
    let writer = Writer::new(session, catalog, options);
    let mut page = Page::new(&session.title);
    writer.overview(&mut page);
    writer.scope(&mut page);
    writer.attackers(&mut page);
    writer.diagrams(&mut page);
    writer.coverage(&mut page);
    writer.threats(&mut page);
    writer.to_be_done(&mut page);
    writer.findings(&mut page);
    writer.answers(&mut page);
    writer.finish(page)
}

/// What the sections need to know, looked up once.
struct Writer<'a> {
    session: &'a Session,
    catalog: &'a Catalog,
    options: &'a Options,
    /// Threats with their numbers, in the order of the page: by system and component, then the others.
    sections: Vec<(&'a str, Vec<(usize, &'a Threat)>)>,
    numbers: HashMap<&'a ThreatId, usize>,
    mitigations: HashMap<&'a ThreatId, Vec<&'a Mitigation>>,
    people: HashMap<&'a ParticipantId, Foreign<'a>>,
}

impl<'a> Writer<'a> {
    fn new(session: &'a Session, catalog: &'a Catalog, options: &'a Options) -> Self {
        let walk: HashMap<&Id, usize> = catalog
            .components
            .iter()
            .enumerate()
            .map(|(at, one)| (&one.id, at))
            .collect();
        let mut threats: Vec<&Threat> = session.threats.iter().collect();
        threats.sort_by_key(|one| {
            let place = walk.get(&one.component).copied().unwrap_or(usize::MAX);
            (place, one.component.as_str(), one.category)
        });
        let systems: HashMap<&Id, &str> = catalog
            .systems
            .iter()
            .map(|one| (&one.id, one.name.as_str()))
            .collect();
        let mut sections: Vec<(&str, Vec<(usize, &Threat)>)> = Vec::new();
        let mut places: HashMap<&str, usize> = HashMap::new();
        let mut numbers = HashMap::new();
        for (at, threat) in threats.into_iter().enumerate() {
            let component = catalog.component(threat.component.as_str());
            let system = component.and_then(|one| systems.get(&one.system).copied());
            let system = system.unwrap_or("Other components");
            numbers.insert(&threat.id, at + 1);
            let place = *places.entry(system).or_insert_with(|| {
                sections.push((system, Vec::new()));
                sections.len() - 1
            });
            sections[place].1.push((at + 1, threat));
        }
        let mut mitigations: HashMap<&ThreatId, Vec<&Mitigation>> = HashMap::new();
        for mitigation in &session.mitigations {
            for threat in &mitigation.threats {
                mitigations.entry(threat).or_default().push(mitigation);
            }
        }
        let people = session
            .participants
            .iter()
            .map(|one| (&one.id, one.name.as_foreign()))
            .collect();
        Self {
            session,
            catalog,
            options,
            sections,
            numbers,
            mitigations,
            people,
        }
    }

    fn finish(&self, page: Page) -> String {
        let brief = self.catalog.brief(self.session.brief.as_str());
        let brief = brief.map_or(self.session.brief.as_str(), |one| one.name.as_str());
        let people = self.session.participants.iter();
        let people = people
            .filter(|_| self.options.names)
            .map(|one| one.name.trim());
        let people = ForeignText::joined(people, ", ");
        let begun = self.session.created.strftime("%Y-%m-%d").to_string();
        page.finish(&[
            ("Brief", brief.into()),
            ("Participants", people.as_foreign()),
            ("Begun", begun.as_str().into()),
        ])
    }

    fn overview(&self, page: &mut Page) {
        page.section("overview", "At a glance");
        let (answered, cells) = Coverage::of(self.session).answered();
        let threats = self.session.threats.len();
        let mut counts = vec![("Threats", threats.to_string())];
        for risk in Risk::ALL.into_iter().rev() {
            let found = self
                .session
                .threats
                .iter()
                .filter(|one| threats::risk(one) == Some(risk))
                .count();
            counts.push((
                match risk {
                    Risk::Low => "Low risk",
                    Risk::Medium => "Medium risk",
                    Risk::High => "High risk",
                    Risk::Critical => "Critical risk",
                },
                found.to_string(),
            ));
        }
        let unrated = self
            .session
            .threats
            .iter()
            .filter(|one| threats::risk(one).is_none())
            .count();
        counts.push(("Not rated", unrated.to_string()));
        counts.push(("Mitigations", self.session.mitigations.len().to_string()));
        counts.push(("Questions answered", format!("{answered} of {cells}")));
        let counts: Vec<(&str, Foreign<'_>)> = counts
            .iter()
            .map(|(label, text)| (*label, text.as_str().into()))
            .collect();
        page.facts(&counts);
    }

    fn scope(&self, page: &mut Page) {
        page.section("scope", "Scope");
        page.paragraphs(&self.session.description);
        let in_scope: HashSet<&Id> = self.session.components.iter().collect();
        let mut rows = Vec::new();
        for system in &self.catalog.systems {
            let part = |inside: bool| {
                let all = self.catalog.components_of(&system.id);
                let names = all.filter(|one| in_scope.contains(&one.id) == inside);
                names
                    .map(|one| one.name.as_str())
                    .collect::<Vec<_>>()
                    .join(", ")
            };
            let inside = part(true);
            if !inside.is_empty() {
                rows.push([
                    system.name.as_str().into(),
                    inside.into(),
                    part(false).into(),
                ]);
            }
        }
        let unknown = self.session.components.iter().map(Id::as_str);
        let unknown: Vec<&str> = unknown
            .filter(|id| self.catalog.component(id).is_none())
            .collect();
        if !unknown.is_empty() {
            rows.push([
                "Other".into(),
                unknown.join(", ").into(),
                ForeignText::new(),
            ]);
        }
        page.table(["System", "In scope", "Out of scope"], &rows);
        let written = |text: &ForeignText| !text.trim().is_empty();
        if self
            .session
            .assumptions
            .iter()
            .any(|one| written(&one.text))
        {
            page.heading(3, "Assumptions");
            page.list(self.session.assumptions.iter().map(|one| &one.text));
        }
    }

    fn attackers(&self, page: &mut Page) {
        if self.session.attackers.is_empty() {
            return;
        }
        page.section("attackers", "Attackers");
        let row = |chosen: &crate::session::types::ChosenAttacker| {
            let known = self.catalog.attacker(chosen.profile.as_str());
            let [name, goal, methods] = match known {
                Some(one) => [&one.name, &one.goal, &one.methods].map(Text::as_str),
                None => [chosen.profile.as_str(), "", ""],
            };
            [
                name.into(),
                goal.into(),
                methods.into(),
                chosen.note.clone(),
            ]
        };
        let rows: Vec<[ForeignText; 4]> = self.session.attackers.iter().map(row).collect();
        page.table(["Attacker", "Goal", "Methods", "Why this one"], &rows);
    }

    fn diagrams(&self, page: &mut Page) {
        let mut begun = false;
        for system in &self.catalog.systems {
            let Some(diagram) = diagram::Diagram::of(self.session, self.catalog, &system.id) else {
                continue;
            };
            if diagram.zones.is_empty() {
                continue;
            }
            if !begun {
                page.section("data-flows", "Data flows");
                page.note(
                    "Dashed frames are trust zones. Thick lines cross the border of one, so look there first. \
                     Rounded boxes are people, boxes with lines at top and bottom keep data, boxes with lines \
                     at the sides are run by others. The numbers are those of the table.",
                );
                begun = true;
            }
            page.heading(3, &system.name);
            page.push("<div class=\"wide\">\n");
            let title = format!("Data flows of {}", system.name);
            page.push(&diagram::svg(
                &diagram,
                &format!("diagram-{}", system.id),
                &title,
            ));
            page.push("</div>\n");
            let rows: Vec<[ForeignText; 6]> = diagram
                .flows
                .iter()
                .enumerate()
                .map(|(at, flow)| {
                    [
                        (at + 1).to_string().into(),
                        flow.from.element.name.as_str().into(),
                        flow.to.element.name.as_str().into(),
                        flow.data.what.as_str().into(),
                        flow.data.how.as_str().into(),
                        if flow.crosses() { "yes" } else { "no" }.into(),
                    ]
                })
                .collect();
            page.table(
                ["No.", "From", "To", "What", "How", "Crosses a boundary"],
                &rows,
            );
        }
    }

    fn coverage(&self, page: &mut Page) {
        if self.session.components.is_empty() {
            return;
        }
        let coverage = Coverage::of(self.session);
        page.section("coverage", "Coverage");
        page.note(
            "A number counts threats. – means that nothing applies, with a reason; ○ that an answer was begun; \
             · that nobody looked yet.",
        );
        page.push("<div class=\"wide\">\n<table class=\"matrix\">\n<thead>\n<tr><th scope=\"col\">Component</th>");
        for category in Category::ALL {
            page.put(format_args!("<th scope=\"col\">{}</th>", category.name()));
        }
        page.push("</tr>\n</thead>\n<tbody>\n");
        for component in &self.session.components {
            let name = encode::html_inline(self.component(component));
            page.put(format_args!("<tr><th scope=\"row\">{name}</th>"));
            for category in Category::ALL {
                let state = coverage.state(component, category);
                match state {
                    CellState::ThreatsRecorded => {
                        let threats = coverage.threats(component, category);
                        page.put(format_args!("<td class=\"threats\">{threats}</td>"));
                    }
                    other => page.put(format_args!("<td>{}</td>", other.sign())),
                }
            }
            page.push("</tr>\n");
        }
        page.push("</tbody>\n</table>\n</div>\n");
    }

    /// A component as people call it, or its id where the catalog does not know it.
    fn component(&self, id: &'a Id) -> &'a str {
        self.catalog
            .component(id.as_str())
            .map_or(id.as_str(), |one| one.name.as_str())
    }
}
