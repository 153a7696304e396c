//! A team at work, for the tests of the review.

use jiff::Timestamp;

use super::{CheckReport, RequirementResult, check};
use crate::catalog::Catalog;
use crate::catalog::types::Id;
use crate::encode::ForeignText;
use crate::session::edit::{Editor, Operation};
use crate::session::id::{HardeningId, IdSource, MitigationId, ThreatId};
use crate::session::place::{CellKey, HardeningText, MitigationText, TextField, ThreatText};
use crate::session::types::{Finding, FindingStatus, Session};
use crate::stride::Category;

pub fn id(text: &str) -> Id {
    Id::new(text).expect("tests use kebab-case")
}

pub struct Team {
    pub catalog: Catalog,
    pub editor: Editor,
}

impl Team {
    pub fn with_brief(brief: &str) -> Self {
        let catalog = Catalog::embedded();
        let components = catalog
            .brief(brief)
            .map(|one| one.components.clone())
            .unwrap_or_default();
        let session = Session::new("Team blue", id(brief), components, Timestamp::UNIX_EPOCH);
        Self {
            catalog,
            editor: Editor::new(session, IdSource::new(1)),
        }
    }

    pub fn session(&self) -> &Session {
        self.editor.session()
    }

    pub fn does(&mut self, operation: Operation) {
        let done = self.editor.perform(operation, Timestamp::UNIX_EPOCH);
        done.expect("the tests make possible edits");
    }

    pub fn writes(&mut self, field: TextField, text: &str) {
        self.does(Operation::EditText {
            remove: self.session().text(&field).map_or(0, ForeignText::len),
            field,
            at: 0,
            insert: text.to_owned(),
            typing: false,
        });
    }

    pub fn threat(&mut self, component: &str, category: Category, title: &str) -> ThreatId {
        let cell = CellKey {
            component: id(component),
            category,
        };
        self.does(Operation::AddThreat {
            cell,
            title: title.into(),
        });
        let threat = self.session().threats.last().expect("just added");
        let threat = threat.id.clone();
        let field = TextField::Threat(threat.clone(), ThreatText::WhatGoesWrong);
        self.writes(field, "Something goes wrong.");
        threat
    }

    pub fn mitigation(&mut self, threat: &ThreatId) -> MitigationId {
        self.does(Operation::AddMitigation {
            threat: threat.clone(),
            what: "Do something".into(),
            verify: "Look".into(),
            controls: Vec::new(),
        });
        let mitigation = self.session().mitigations.last().expect("just added");
        mitigation.id.clone()
    }

    pub fn finding(&mut self, number: &str, documented: bool) {
        self.does(Operation::ChooseFinding {
            finding: Box::new(Finding {
                number: number.into(),
                title: format!("Ensure {number}").into(),
                printed_status: "WARN".into(),
                status: FindingStatus::Failed,
                control: None,
                details: Vec::new(),
                remediation: "".into(),
            }),
            benchmark: "".into(),
        });
        if documented {
            let hardening = self.session().hardenings.last().expect("just added");
            let hardening = hardening.id.clone();
            for part in [HardeningText::Issue, HardeningText::Remediation] {
                self.writes(TextField::Hardening(hardening.clone(), part), "Words");
            }
        }
    }

    pub fn report(&self) -> CheckReport {
        check(self.session(), &self.catalog)
    }

    /// The checks that found something.
    pub fn checks(&self) -> Vec<&'static str> {
        let quality = self.report().quality;
        quality.iter().map(|one| one.check).collect()
    }

    pub fn requirement(&self, starts: &str) -> RequirementResult {
        let all = self.report().requirements;
        let found = all.into_iter().find(|one| one.requirement.contains(starts));
        found.expect("the brief asks for it")
    }

    /// A mitigation in these words.
    pub fn mitigation_saying(&mut self, threat: &ThreatId, what: &str) -> MitigationId {
        let mitigation = self.mitigation(threat);
        let field = TextField::Mitigation(mitigation.clone(), MitigationText::What);
        self.writes(field, what);
        mitigation
    }

    /// A documented finding with this number, title and remediation.
    pub fn hardening(&mut self, number: &str, title: &str, remediation: &str) -> HardeningId {
        self.finding(number, true);
        let hardening = self.session().hardenings.last().expect("just added");
        let hardening = hardening.id.clone();
        for (part, text) in [
            (HardeningText::Title, title),
            (HardeningText::Remediation, remediation),
        ] {
            self.writes(TextField::Hardening(hardening.clone(), part), text);
        }
        hardening
    }

    /// The messages of a check.
    pub fn messages(&self, check: &str) -> Vec<String> {
        let quality = self.report().quality;
        let of_check = quality.into_iter().filter(|one| one.check == check);
        of_check.map(|one| one.message).collect()
    }
}

/// A cell.
pub fn cell(component: &str, category: Category) -> CellKey {
    CellKey {
        component: id(component),
        category,
    }
}
