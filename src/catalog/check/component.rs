//! Checks of components and of what additions bring to them.

use std::collections::HashSet;

use super::{Checker, MAX_SHORT};
use crate::catalog::locate::{Locator, Place};
use crate::catalog::types::{CatalogThreat, Component, Id, Prompt, SampleAnswer, Surface};
use crate::stride::Category;

impl Checker<'_> {
    pub(super) fn component(&mut self, at: &Locator<'_>, component: &Component) {
        let top = &Place::Top;
        self.filled(
            at,
            top,
            &[
                ("name", &component.name),
                ("short", &component.short),
                ("summary", &component.summary),
            ],
        );
        let length = component.short.chars().count();
        if length > MAX_SHORT {
            self.add(
                at,
                &top.field("short"),
                format!("the short name has {length} characters; shorten it to {MAX_SHORT}"),
            );
        }
        self.surfaces(at, &component.surfaces);
        self.prompts(at, &component.prompts);
        self.threats(at, &component.id, &component.threats);
        self.samples(at, &component.samples);
        self.cells(at, component);
    }

    /// Every cell of a complete system has a question and a suggestion.
    fn cells(&mut self, at: &Locator<'_>, component: &Component) {
        let system = self.catalog.system(component.system.as_str());
        if system.is_some_and(|system| system.draft) {
            return;
        }
        // Judged with what additions bring, so that a component may be spread over files, and with
        // what loading refused: an id that stands twice is trouble enough.
        let joined = self.catalog.component(component.id.as_str());
        let whole = || joined.into_iter().chain([component]);
        let top = &Place::Top;
        for category in Category::ALL {
            let id = category.id();
            let mut prompts = whole().flat_map(|one| &one.prompts);
            if prompts.all(|one| one.category != category) {
                let message = format!("the cell {id} has no prompt; add one for this category");
                self.add(at, &top.field("prompts"), message);
            }
            let mut threats = whole().flat_map(|one| &one.threats);
            if threats.all(|one| one.category != category) {
                let message = format!("the cell {id} has no threat; add one for this category");
                self.add(at, &top.field("threats"), message);
            }
        }
    }

    pub(super) fn surfaces(&mut self, at: &Locator<'_>, surfaces: &[Surface]) {
        let list = Place::Top.field("surfaces");
        for (number, surface) in surfaces.iter().enumerate() {
            let fields = [("name", &*surface.name), ("what", &surface.what)];
            self.filled(at, &list.item(number), &fields);
        }
    }

    pub(super) fn prompts(&mut self, at: &Locator<'_>, prompts: &[Prompt]) {
        let list = Place::Top.field("prompts");
        for (number, prompt) in prompts.iter().enumerate() {
            let fields = [("question", &*prompt.question), ("hint", &prompt.hint)];
            self.filled(at, &list.item(number), &fields);
        }
    }

    pub(super) fn threats(&mut self, at: &Locator<'_>, component: &Id, threats: &[CatalogThreat]) {
        let list = Place::Top.field("threats");
        let mut titles = HashSet::new();
        for (number, threat) in threats.iter().enumerate() {
            let here = list.item(number);
            self.threat(at, &here, component, threat);
            if !titles.insert(&threat.title) {
                self.add(
                    at,
                    &here.field("title"),
                    "another threat of this component has the same title; tell them apart"
                        .to_owned(),
                );
            }
        }
    }

    fn threat(
        &mut self,
        at: &Locator<'_>,
        here: &Place<'_>,
        component: &Id,
        threat: &CatalogThreat,
    ) {
        let surfaces = self
            .catalog
            .component(component.as_str())
            .map_or(&[][..], |one| &one.surfaces);
        let known = surfaces.iter().map(|one| one.id.as_str());
        let kind = format!("attack surface in {component} called");
        self.resolves(
            at,
            &here.field("surface"),
            &kind,
            threat.surface.as_str(),
            known,
        );
        self.title(at, here, &threat.title);
        self.filled(
            at,
            here,
            &[
                ("what_goes_wrong", &threat.what_goes_wrong),
                ("preconditions", &threat.preconditions),
                ("impact", &threat.impact),
            ],
        );
        let mitigations = here.field("mitigations");
        if threat.mitigations.is_empty() {
            self.add(
                at,
                &mitigations,
                "the threat has no mitigation; add at least one".to_owned(),
            );
        }
        for (number, mitigation) in threat.mitigations.iter().enumerate() {
            let here = mitigations.item(number);
            let fields = [("what", &*mitigation.what), ("verify", &mitigation.verify)];
            self.filled(at, &here, &fields);
            self.controls_exist(at, &here.field("controls"), &mitigation.controls);
        }
        self.references_exist(at, &here.field("references"), &threat.references);
        self.controls_exist(at, &here.field("controls"), &threat.controls);
        if let Some(correction) = &threat.correction {
            let here = here.field("correction");
            let fields = [
                ("taught", &*correction.taught),
                ("today", &correction.today),
            ];
            self.filled(at, &here, &fields);
            self.references_exist(at, &here.field("sources"), &correction.sources);
        }
    }

    pub(super) fn samples(&mut self, at: &Locator<'_>, samples: &[SampleAnswer]) {
        let list = Place::Top.field("samples");
        let mut seen = HashSet::new();
        for (number, sample) in samples.iter().enumerate() {
            let here = list.item(number);
            self.filled(at, &here, &[("answer", &sample.answer)]);
            if !seen.insert(sample.category) {
                let message = format!(
                    "there is a sample answer for {} already; keep one",
                    sample.category.id()
                );
                self.add(at, &here.field("category"), message);
            }
            let threats = here.field("threats");
            for (number, id) in sample.threats.iter().enumerate() {
                if self.catalog.threat(id.as_str()).is_none() {
                    let components = self.catalog.components.iter();
                    let known = components.flat_map(|one| &one.threats);
                    let known = known.map(|one| one.id.as_str());
                    self.resolves(at, &threats.item(number), "threat", id.as_str(), known);
                }
            }
        }
    }
}
